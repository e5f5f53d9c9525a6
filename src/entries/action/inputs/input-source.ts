import type { ReadCommittedFile } from '../../../github/committed-file.ts';
import type { GithubContext } from '../../../github/context.ts';

/** Where both actions' inputs come from; an entry builds it over the real process. */
export interface InputSource {
  /** The raw value of a declared input; undefined or empty = not given, which a step cannot tell apart. */
  input(name: string): string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly context: GithubContext;
  readonly files: InputFiles;
  /**
   * A file of the repository as a commit or branch has it; undefined if it is not there. Throws CodedError
   * INPUT_INVALID if it cannot be read, GITHUB_API_UNAVAILABLE for an outage.
   */
  readonly readCommittedFile: ReadCommittedFile;
  /** Registers a secret with the runner the moment it is read. */
  mask(value: string): void;
}

/** The files of the machine; paths may be relative to the working directory, patterns are to the workspace. */
export interface InputFiles {
  /** undefined if there is no such file; throws for what cannot be read, is no regular file or has more than `maxBytes` (default 16 MiB). */
  read(path: string, maxBytes?: number): Promise<Uint8Array | undefined>;
  /** Paths of the files that match, no directories; no order promised. */
  glob(pattern: string): Promise<readonly string[]>;
  /** The path without symbolic links; undefined if there is no such file. */
  realPath(path: string): Promise<string | undefined>;
  /** Where the path leads without symbolic links, also if nothing is there yet; throws if that cannot be told. */
  leadsTo(path: string): Promise<string>;
}
