import type { CodedError } from '../../coded-error.ts';
import type { Baseline } from '../../domain/audit/baseline.ts';
import type { ImageFacts } from '../../domain/audit/image-facts.ts';
import type { ImageResult } from '../../domain/results.ts';
import type { ReportedNews } from '../../report/audit-changes.ts';
import type { FailedLine } from '../../usecases/auditing/find-tags.ts';

/** Where the state of the audit is, and what the last run left there. */
export interface BaselineFile {
  /** As it was written, for messages. */
  readonly name: string;
  /** Absolute and without links. */
  readonly path: string;
  /** Undefined if there is no such file: this is the first run. */
  readonly baseline: Baseline | undefined;
}

/** Everything that one audit found, before anything is published. */
export interface Comparison {
  readonly reported: readonly ReportedNews[];
  /** Images as the next run will compare them, by key. */
  readonly now: ReadonlyMap<string, ImageFacts>;
  /** By key; what is in the results, secrets concealed. */
  readonly results: ReadonlyMap<string, ImageResult>;
  /** Keys of images about which nothing could be decided: the baseline keeps its old entries. */
  readonly undecided: ReadonlySet<string>;
  /** Lines whose tags are not known: the baseline keeps the entries that they cover. */
  readonly failed: readonly FailedLine[];
  /** New indexes that could not be read. Each is among the undecided. */
  readonly unread: readonly { readonly key: string; readonly error: CodedError }[];
}
