import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Files of one TUF repository, kept between runs. Callers must check the signature or hash of every file before
 * trusting it.
 */
export interface TufCache {
  /** The file, or undefined if it is absent, unreadable or larger than `maxBytes`. */
  read(name: CacheName, maxBytes: number): Promise<Uint8Array | undefined>;
  /** When the file was last written; undefined if that is not known. */
  writtenAt(name: CacheName): Promise<Date | undefined>;
  /** Best effort: a cache that cannot be written is not an error. */
  write(name: CacheName, bytes: Uint8Array): Promise<void>;
}

/** Reads a regular file of at most `maxBytes`; undefined if it does not exist, throws for anything else. */
export type ReadFile = (path: string, maxBytes: number) => Promise<Uint8Array | undefined>;

/** The only possible names: no name from metadata ever becomes a path. */
export type CacheName =
  | 'timestamp.json'
  | 'snapshot.json'
  | 'targets.json'
  | `${number}.root.json`
  | `target-${string}`;

const NAME = /^(?:timestamp\.json|snapshot\.json|targets\.json|[1-9]\d{0,6}\.root\.json|target-[0-9a-f]{64})$/;

/** The cache of the repository at `url`, below `directory`. Writes only if `directory` and its parent are not links. */
export function createTufCache(directory: string, url: string, readFile: ReadFile): TufCache {
  const folder = join(directory, createHash('sha256').update(url).digest('hex').slice(0, 32));
  return {
    async read(name, maxBytes) {
      if (!NAME.test(name)) return undefined;
      // Any read failure is acceptable: the repository also has the file.
      return readFile(join(folder, name), maxBytes).catch(() => undefined);
    },
    async writtenAt(name) {
      if (!NAME.test(name)) return undefined;
      return lstat(join(folder, name)).then(
        ({ mtime }) => mtime,
        () => undefined,
      );
    },
    async write(name, bytes) {
      if (!NAME.test(name)) return;
      const temporary = join(folder, `${randomBytes(8).toString('hex')}.tmp`);
      try {
        await mkdir(folder, { recursive: true });
        // An earlier job may have placed a link there to redirect these writes.
        for (const own of [folder, directory, dirname(directory)]) if ((await lstat(own)).isSymbolicLink()) return;
        // A new name avoids writing into an existing file, such as a pipe; renaming replaces that file.
        await writeFile(temporary, bytes, { flag: 'wx' });
        await rename(temporary, join(folder, name));
      } catch {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}
