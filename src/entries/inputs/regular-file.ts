import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** The default size limit for a file, in bytes. */
const FILE_MAX_BYTES = 16 * 1024 * 1024;
/** Opening a named pipe would wait for its writer. Windows has no such files and lacks the flag. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** The read size beyond the reported file size, in bytes. */
const CHUNK_BYTES = 64 * 1024;

/** A path is not a file that can be read to its end. The message continues after the path: `is a directory`. */
export class UnfitFileError extends Error {
  override readonly name = 'UnfitFileError';
  readonly code: 'EISDIR' | 'ENOTREGULAR' | 'EFBIG';

  constructor(code: UnfitFileError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The bytes of a file; undefined if it does not exist. Reads only regular files (and follows symbolic links): a pipe,
 * a socket or a device may block its reader or never end. Throws UnfitFileError for those, for directories, and for
 * files larger than `maxBytes`, by their reported size or while reading. Passes on other errors of the file system.
 */
export async function readRegularFile(path: string, maxBytes = FILE_MAX_BYTES): Promise<Uint8Array | undefined> {
  const file = await openIfThere(path);
  if (file === undefined) return undefined;
  try {
    const found = await file.stat();
    if (found.isDirectory()) throw new UnfitFileError('EISDIR', 'is a directory');
    if (!found.isFile()) throw new UnfitFileError('ENOTREGULAR', 'is a pipe, a socket or a device, not a file');
    if (found.size > maxBytes) throw tooLarge(maxBytes);
    const chunks: Buffer[] = [];
    let length = 0;
    // Reads the reported size at once, but does not rely on it: a file may grow, and files in /proc report none.
    for (let room = found.size + 1; length <= maxBytes; room = CHUNK_BYTES) {
      // No stream: loading streams would cost some milliseconds at the start of a run.
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(room), 0, room);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      length += bytesRead;
    }
    if (length > maxBytes) throw tooLarge(maxBytes);
    return Buffer.concat(chunks, length);
  } finally {
    await file.close();
  }
}

/** Why a file cannot be read. Continues after its path: `is a directory`, `cannot be read (EACCES)`. */
export function whyUnreadable(error: unknown): string {
  if (error instanceof UnfitFileError) return error.message;
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return `cannot be read (${String(code ?? error)})`;
}

/** True if a file system error means that the path does not exist. */
export function isMissing(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, READ_AT_ONCE);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function tooLarge(maxBytes: number): UnfitFileError {
  return new UnfitFileError('EFBIG', `has more than ${maxBytes} bytes`);
}
