import type { ListCommittedFolder, ReadCommittedFile } from '../../../github/committed-file.ts';
import type { GithubContext } from '../../../github/context.ts';

/** The source of every action's inputs. An entry builds it over the real process. */
export interface InputSource {
  /** The raw value of a declared input. Undefined and empty both mean "not given": a step cannot tell them apart. */
  input(name: string): string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly context: GithubContext;
  readonly files: InputFiles;
  /**
   * Reads a repository file from a commit or branch; undefined if it does not exist there. Throws CodedError
   * INPUT_INVALID if it cannot be read, GITHUB_API_UNAVAILABLE for an outage.
   */
  readonly readCommittedFile: ReadCommittedFile;
  /** Lists a repository folder in a commit or branch; undefined if it does not exist there. Throws the same errors. */
  readonly listCommittedFolder: ListCommittedFolder;
  /** Ends when the run does; for programs that reading needs. */
  readonly signal?: AbortSignal | undefined;
  /** Registers a secret with the runner the moment it is read. */
  mask(value: string): void;
}

/** The machine's files. Relative paths start from the working directory, relative patterns from the workspace. */
export interface InputFiles {
  /**
   * The bytes of a file; undefined if it does not exist. Throws if it is unreadable, not a regular file, or larger
   * than `maxBytes` (default 16 MiB).
   */
  read(path: string, maxBytes?: number): Promise<Uint8Array | undefined>;
  /** The paths of the files that match, without directories, in no particular order. */
  glob(pattern: string): Promise<readonly string[]>;
  /** The path without symbolic links; undefined if there is no such file. */
  realPath(path: string): Promise<string | undefined>;
  /** The target of the path without symbolic links, even if it does not exist yet. Throws if it cannot be resolved. */
  leadsTo(path: string): Promise<string>;
}
