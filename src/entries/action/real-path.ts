import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { isMissing } from '../inputs/regular-file.ts';

/** The maximum number of links followed for one path, as on Linux. */
const LINKS_MAX = 40;

/** The path without symbolic links; undefined if there is no such file. */
export async function realPath(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/**
 * Resolves symbolic links in a path, even if the path does not exist yet: follows the links of its existing part and
 * dangling links. Resolves `..` by name. Throws for a loop and for a path that cannot be read.
 */
export async function leadsTo(path: string): Promise<string> {
  let links = 0;
  const follow = async (absolute: string): Promise<string> => {
    const real = await realPath(absolute);
    const parent = dirname(absolute);
    if (real !== undefined || parent === absolute) return real ?? absolute;
    const target = await readlink(absolute).catch(() => undefined);
    if (target === undefined) return join(await follow(parent), basename(absolute));
    links += 1;
    if (links > LINKS_MAX) throw new Error(`too many symbolic links in ${path}`);
    return follow(resolve(await follow(parent), target));
  };
  return follow(resolve(path));
}
