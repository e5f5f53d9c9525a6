import { CodedError } from '../../coded-error.ts';
import { UnfitFileError } from '../regular-file.ts';
import { quoted } from './input-problems.ts';
import type { Reading } from './read-value.ts';

/**
 * Reads a file that an input names. Undefined with a problem if it is not there, is no regular file, or may
 * not be read; `cure` is for the first.
 */
export async function readNamedFile(
  { source, problems }: Reading,
  name: string,
  path: string,
  cure: string,
): Promise<Uint8Array | undefined> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await source.files.read(path);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    const why = error instanceof UnfitFileError ? error.message : `cannot be read (${String(code ?? error)})`;
    problems.add(name, `${quoted(path)} ${why}.`, 'Name a file that this step may read.');
    return undefined;
  }
  if (bytes === undefined) problems.add(name, `there is no file ${quoted(path)}.`, cure);
  return bytes;
}
