import { type Digest, parseDigest } from '../../../domain/image/digest.ts';
import { ValueError } from '../../../domain/text/value-error.ts';

/** One build in the document of a build tool. */
export interface BuildEntry {
  /** Its object in the document, with its kind, such as `target app`; undefined if the document is about one build. */
  readonly object: string | undefined;
  /** The references under which it was pushed; empty if the document does not say. */
  readonly names: readonly string[];
  /** Undefined if it was not pushed. */
  readonly digest: Digest | undefined;
}

/** More builds than any document describes. Limits hostile files. */
const ENTRIES_MAX = 1_000;

/** Throws ValueError if a document describes more builds (`kind`, such as `targets`) than the limit. */
export function refuseTooMany(kind: string, count: number): void {
  if (count > ENTRIES_MAX) throw new ValueError(`it has more than ${ENTRIES_MAX} ${kind}`);
}

/** The digest in a field; undefined if the field is absent or empty. Throws ValueError if it is anything else. */
export function readDigestField(value: unknown, where: string): Digest | undefined {
  if (value === undefined || value === '') return undefined;
  const digest = typeof value === 'string' ? parseDigest(value) : undefined;
  if (digest === undefined) throw new ValueError(`${where} is not a sha256 digest`);
  return digest;
}
