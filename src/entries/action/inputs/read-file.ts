import { CodedError } from '../../../coded-error.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { CONFINED_CURE, confine } from '../confined-files.ts';
import { UnfitFileError } from '../regular-file.ts';
import type { Reading } from './read-value.ts';
import { workspacePath } from './run-files.ts';

/** A file that an input names. */
interface NamedFile {
  /** The name of the input. */
  readonly name: string;
  readonly path: string;
  /** The advice if the file does not exist. */
  readonly cure: string;
  /** The advice if it is a directory. */
  readonly folderCure?: string;
}

/**
 * Reads a file that an input names. Returns undefined and adds a problem if the file does not exist, is not a regular
 * file, or cannot be read.
 */
export async function readNamedFile(reading: Reading, file: NamedFile): Promise<Uint8Array | undefined> {
  return readAt(reading, file, file.path);
}

/** The same for a file that decides what is signed. Its real path must be in the workspace or RUNNER_TEMP. */
export async function readConfinedFile(reading: Reading, file: NamedFile): Promise<Uint8Array | undefined> {
  const confined = await confine(reading.source, workspacePath(reading.source, file.path));
  // Read the path that was checked, not the one that was given.
  if (confined.kind === 'inside') return readAt(reading, file, confined.path);
  reading.problems.add(file.name, `${quoted(file.path)} ${confined.problem}.`, CONFINED_CURE);
  return undefined;
}

async function readAt(
  { source, problems }: Reading,
  { name, path, cure, folderCure }: NamedFile,
  at: string,
): Promise<Uint8Array | undefined> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await source.files.read(at);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    const why = error instanceof UnfitFileError ? error.message : `cannot be read (${String(code ?? error)})`;
    const isFolder = error instanceof UnfitFileError && error.code === 'EISDIR';
    const readable = 'Name a file that this step can read.';
    problems.add(name, `${quoted(path)} ${why}.`, isFolder ? (folderCure ?? readable) : readable);
    return undefined;
  }
  if (bytes === undefined) problems.add(name, `there is no file ${quoted(path)}.`, cure);
  return bytes;
}
