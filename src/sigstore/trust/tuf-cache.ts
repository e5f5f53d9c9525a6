import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files of one TUF repository kept between runs. Nothing read from it is trusted before its signature or hash was checked. */
export interface TufCache {
  /** The file, or undefined if it is absent, unreadable or larger than `maxBytes`. */
  read(name: CacheName, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Best effort: a cache that cannot be written is no reason to fail. */
  write(name: CacheName, bytes: Uint8Array): Promise<void>;
}

/** Reads a regular file of at most `maxBytes`; undefined if it is not there, throws for anything else. */
export type ReadFile = (path: string, maxBytes: number) => Promise<Uint8Array | undefined>;

/** The only names there are: no name from metadata ever becomes a path. */
export type CacheName =
  | 'timestamp.json'
  | 'snapshot.json'
  | 'targets.json'
  | `${number}.root.json`
  | `target-${string}`;

const NAME = /^(?:timestamp\.json|snapshot\.json|targets\.json|[1-9]\d{0,6}\.root\.json|target-[0-9a-f]{64})$/;

/** The cache of the repository at `url` below `directory`, which lies in a directory of ours too: neither is a link. */
export function createTufCache(directory: string, url: string, readFile: ReadFile): TufCache {
  const folder = join(directory, createHash('sha256').update(url).digest('hex').slice(0, 32));
  return {
    async read(name, maxBytes) {
      if (!NAME.test(name)) return undefined;
      // Whatever keeps it from being read, the repository has it too.
      return readFile(join(folder, name), maxBytes).catch(() => undefined);
    },
    async write(name, bytes) {
      if (!NAME.test(name)) return;
      const temporary = join(folder, `${randomBytes(8).toString('hex')}.tmp`);
      try {
        await mkdir(folder, { recursive: true });
        // An earlier job may have put a link there, to have files of these names written elsewhere.
        for (const own of [folder, directory, dirname(directory)]) if ((await lstat(own)).isSymbolicLink()) return;
        // A new name, so that nothing that lies there, such as a pipe, is written to; renaming replaces it.
        await writeFile(temporary, bytes, { flag: 'wx' });
        await rename(temporary, join(folder, name));
      } catch {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}
