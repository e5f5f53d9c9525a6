import { CodedError } from '../../coded-error.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { FileSource, Reading } from './read-value.ts';
import { UnfitFileError, whyUnreadable } from './regular-file.ts';

/** A file that an input names. */
export interface NamedFile {
  /** The name of the input. */
  readonly name: string;
  readonly path: string;
  /** The advice if the file does not exist. */
  readonly cure: string;
  /** The advice if it is a directory. */
  readonly folderCure?: string;
}

/** The largest text that decides something, in bytes. */
const TEXT_MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads a file that an input names. Returns undefined and adds a problem if the file does not exist, is not a regular
 * file, or cannot be read.
 */
export async function readNamedFile(reading: Reading<FileSource>, file: NamedFile): Promise<Uint8Array | undefined> {
  return readFileAt(reading, file, file.path);
}

/** The same for a file whose real path is already known. */
export async function readFileAt(
  { source, problems }: Reading<FileSource>,
  { name, path, cure, folderCure }: NamedFile,
  at: string,
): Promise<Uint8Array | undefined> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await source.files.read(at);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const isFolder = error instanceof UnfitFileError && error.code === 'EISDIR';
    const readable = 'Name a file that this step can read.';
    problems.add(name, `${quoted(path)} ${whyUnreadable(error)}.`, isFolder ? (folderCure ?? readable) : readable);
    return undefined;
  }
  if (bytes === undefined) problems.add(name, `there is no file ${quoted(path)}.`, cure);
  return bytes;
}

/** The text of a file that decides something; undefined and a problem if it is too large or not text. */
export function decodeText({ problems }: Reading, name: string, bytes: Uint8Array): string | undefined {
  if (bytes.length > TEXT_MAX_BYTES) {
    problems.add(name, `the file has ${bytes.length} bytes, more than ${TEXT_MAX_BYTES}.`, 'Name the right file.');
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    problems.add(name, 'the file is not UTF-8 text.', 'Name the right file.');
    return undefined;
  }
}

/**
 * Reads an input that is a path or the content itself. Returns undefined if it is not given, or after a problem. Each
 * program has its own rule for which files may decide.
 */
export type ReadDeciding = (
  name: string,
  rules: {
    /** True if the value itself is the content, not a path. */
    readonly isLiteral: (value: string) => boolean;
  },
) => Promise<string | undefined>;
