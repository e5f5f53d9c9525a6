import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Largest file that is read where nothing smaller is asked for, in bytes. */
const FILE_MAX_BYTES = 16 * 1024 * 1024;
/** Opening a named pipe would wait for its writer. Windows has no such files and lacks the flag. */
const READ_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** Read at once behind what a file says is its size, in bytes. */
const CHUNK_BYTES = 64 * 1024;

/** What lies at a path is not a file that can be read to its end. The message goes on after the path: `is a directory`. */
export class UnfitFileError extends Error {
  override readonly name = 'UnfitFileError';
  readonly code: 'EISDIR' | 'ENOTREGULAR' | 'EFBIG';

  constructor(code: UnfitFileError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The bytes of a file, undefined if it does not exist. Only of a regular file (symbolic links are followed): a pipe, a
 * socket or a device may keep its reader waiting or never end. Throws UnfitFileError for those, for directories and
 * for more than `maxBytes`, by its size and while it is read; what the system says otherwise is thrown as it is.
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
    // By its size in one go; not believed: it may grow, and some files (of /proc) say none.
    for (let room = found.size + 1; length <= maxBytes; room = CHUNK_BYTES) {
      // No stream: loading them would cost the start of a run some milliseconds.
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

/** True if an error of the file system says that there is nothing at a path. */
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
