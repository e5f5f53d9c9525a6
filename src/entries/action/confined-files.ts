import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import nodePath, { basename, dirname, join, resolve } from 'node:path';
import { CodedError } from '../../coded-error.ts';
import { quoted } from '../../domain/text/quoted.ts';

import type { InputFiles } from './inputs/input-source.ts';

/** What is needed of the process; inputs and a run both have it. */
export interface Ground {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Pick<InputFiles, 'leadsTo'>;
}

/** Where a path leads: to a place that this step may use, or out of the two directories that are its own. */
export type Confined =
  | { readonly kind: 'inside'; readonly path: string }
  /** Words that follow the path as written: `leads to "/etc", outside …`. */
  | { readonly kind: 'outside'; readonly problem: string };

export const CONFINED_CURE =
  'Name a place in the workspace or under RUNNER_TEMP, and let no symbolic link on the way lead out of them.';

/**
 * Follows a path, which need not be there yet, and says whether it ends in the workspace or in RUNNER_TEMP, both by
 * their real paths. Code that is checked out may hold links, so the name of a path says nothing. A directory whose
 * variable is not set is the working directory.
 */
export async function confine({ env, files }: Ground, path: string): Promise<Confined> {
  try {
    const [real, workspace, temp] = await Promise.all([
      files.leadsTo(path),
      files.leadsTo(env['GITHUB_WORKSPACE'] || '.'),
      files.leadsTo(env['RUNNER_TEMP'] || '.'),
    ]);
    if (isWithin(workspace, real) || isWithin(temp, real)) return { kind: 'inside', path: real };
    const where = real === resolve(path) ? 'lies' : `leads to ${quoted(real)},`;
    const problem = `${where} outside the workspace (${quoted(workspace)}) and RUNNER_TEMP (${quoted(temp)})`;
    return { kind: 'outside', problem };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'outside', problem: `cannot be followed: ${why}` };
  }
}

/** True for the directory itself and what lies below it. Both absolute; `paths` are the rules of the platform. */
export function isWithin(directory: string, path: string, paths: typeof nodePath.posix = nodePath): boolean {
  const rest = paths.relative(directory, path);
  return rest !== '..' && !rest.startsWith(`..${paths.sep}`) && !paths.isAbsolute(rest);
}

/** Makes the directory if it is not there, and returns its real path. Throws INPUT_INVALID if that is not confined. */
export async function makeConfinedDirectory(ground: Ground, path: string): Promise<string> {
  const real = await requireInside(ground, path);
  await mkdir(real, { recursive: true });
  // A link may have been put in the way since.
  return requireInside(ground, real);
}

/**
 * Writes a whole file, with the directories on the way. It is written under a name of its own and renamed: what is
 * there, a link, a pipe or another name of some file, is replaced and never written to. Throws INPUT_INVALID if its
 * directory is not confined, or what the system says.
 */
export async function writeConfined(ground: Ground, path: string, content: string | Uint8Array): Promise<void> {
  const directory = await makeConfinedDirectory(ground, dirname(path));
  const temporary = join(directory, `.countersign-${randomBytes(8).toString('hex')}`);
  // Fails if there is anything of that name, a link too.
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(content).finally(() => file.close());
    await rename(temporary, join(directory, basename(path)));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function requireInside(ground: Ground, path: string): Promise<string> {
  const confined = await confine(ground, path);
  if (confined.kind === 'inside') return confined.path;
  throw new CodedError('INPUT_INVALID', `${quoted(path)} ${confined.problem}`, { hint: CONFINED_CURE });
}
