import type { ListCommittedFolder, ReadCommittedFile } from '../../../github/committed-file.ts';
import type { GithubContext } from '../../../github/context.ts';
import type { FileSource, Reading as ReadingOf, ValueSource } from '../../inputs/read-value.ts';

/** The source of every action's inputs; the runner gives undeclared and empty ones alike. An entry builds it over the real process. */
export interface InputSource extends FileSource {
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
}

/** The context of a reader that needs more than values. */
export type Reading<Source extends ValueSource = InputSource> = ReadingOf<Source>;

/** The machine's files. Relative paths start from the working directory, relative patterns from the workspace. */
export interface InputFiles {
  read: FileSource['files']['read'];
  /** The paths of the files that match, without directories, in no particular order. */
  glob(pattern: string): Promise<readonly string[]>;
  /** The path without symbolic links; undefined if there is no such file. */
  realPath(path: string): Promise<string | undefined>;
  /** The target of the path without symbolic links, even if it does not exist yet. Throws if it cannot be resolved. */
  leadsTo(path: string): Promise<string>;
}
