import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import nodePath, { basename, dirname, join, resolve } from 'node:path';
import { CodedError } from '../../coded-error.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { InputFiles } from './inputs/input-source.ts';

/** The part of the process that this file needs. Both inputs and runs have it. */
export interface Ground {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly files: Pick<InputFiles, 'leadsTo'>;
}

/** The same, for replacing files that were read before. */
export interface ReadingGround extends Ground {
  readonly files: Pick<InputFiles, 'leadsTo' | 'read'>;
}

/** The target of a path: a location that this step may use, or one outside its two directories. */
type Confined =
  | { readonly kind: 'inside'; readonly path: string }
  /** The text after the path as written: `resolves to "/etc", outside …`. */
  | { readonly kind: 'outside'; readonly problem: string };

export const CONFINED_CURE =
  'Name a location in the workspace or under RUNNER_TEMP, and make sure that no symbolic link leads out of them.';

/**
 * Resolves a path, which need not exist yet, and checks whether it is in the workspace or in RUNNER_TEMP, comparing
 * real paths. Checked-out code may contain links, so the name of a path proves nothing. If a directory's variable is
 * not set, the working directory is used.
 */
export async function confine({ env, files }: Ground, path: string): Promise<Confined> {
  try {
    const [real, workspace, temp] = await Promise.all([
      files.leadsTo(path),
      files.leadsTo(workspaceOf(env)),
      files.leadsTo(env['RUNNER_TEMP'] || '.'),
    ]);
    if ([workspace, temp].some((directory) => pathWithin(directory, real) !== undefined))
      return { kind: 'inside', path: real };
    const where = real === resolve(path) ? 'is' : `resolves to ${quoted(real)},`;
    const problem = `${where} outside the workspace (${quoted(workspace)}) and RUNNER_TEMP (${quoted(temp)})`;
    return { kind: 'outside', problem };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'outside', problem: `cannot be resolved: ${why}` };
  }
}

/** The directory that relative paths in inputs start from. */
export function workspaceOf(env: Ground['env']): string {
  return env['GITHUB_WORKSPACE'] || '.';
}

/**
 * The path relative to the directory; empty for the directory itself, undefined for a path outside. Both are absolute;
 * `paths` has the platform's rules.
 */
export function pathWithin(
  directory: string,
  path: string,
  paths: typeof nodePath.posix = nodePath,
): string | undefined {
  const rest = paths.relative(directory, path);
  return rest === '..' || rest.startsWith(`..${paths.sep}`) || paths.isAbsolute(rest) ? undefined : rest;
}

/** Creates the directory if it does not exist and returns its real path. Throws INPUT_INVALID if it is not confined. */
export async function makeConfinedDirectory(ground: Ground, path: string): Promise<string> {
  const real = await requireInside(ground, path);
  await mkdir(real, { recursive: true });
  // A link may have been created in between.
  return requireInside(ground, real);
}

/**
 * Writes a whole file and creates missing directories. Writes to a temporary name first and then renames it, so that
 * an existing link, pipe or hard link is replaced and never written to. Throws INPUT_INVALID if the directory is not
 * confined, or the error of the file system.
 */
export async function writeConfined(ground: Ground, path: string, content: string | Uint8Array): Promise<void> {
  const directory = await makeConfinedDirectory(ground, dirname(path));
  const temporary = join(directory, `.countersign-${randomBytes(8).toString('hex')}`);
  // Fails if anything with that name exists, even a link.
  const file = await open(temporary, 'wx');
  try {
    await file.writeFile(content).finally(() => file.close());
    await rename(temporary, join(directory, basename(path)));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** New content for a file, written beside it and not yet in its place. */
export interface Replacement {
  /** Puts it in place, unless the file has changed in the meantime. */
  readonly commit: () => Promise<void>;
  /** Removes it again. Never rejects. */
  readonly discard: () => Promise<void>;
}

/**
 * Prepares new content for a file of this step's directories, with the mode of the file. Throws INPUT_INVALID if the path
 * is not confined, leads through a link, or is not a regular file with the content `before`.
 */
export async function prepareReplacement(
  ground: ReadingGround,
  { path, before, content }: { readonly path: string; readonly before: Uint8Array; readonly content: Uint8Array },
): Promise<Replacement> {
  const { mode } = await requireUnchanged(ground, path, before);
  const temporary = join(dirname(path), `.countersign-${randomBytes(8).toString('hex')}`);
  const discard = (): Promise<void> => rm(temporary, { force: true }).catch(() => undefined);
  const file = await open(temporary, 'wx', mode);
  try {
    // The mode above is narrowed by the umask of this process.
    await file.chmod(mode);
    await file.writeFile(content).finally(() => file.close());
  } catch (error) {
    await discard();
    throw error;
  }
  return {
    discard,
    async commit() {
      await requireUnchanged(ground, path, before);
      await rename(temporary, path);
    },
  };
}

async function requireUnchanged(
  ground: ReadingGround,
  path: string,
  before: Uint8Array,
): Promise<{ readonly mode: number }> {
  const refuse = (what: string, hint: string): never => {
    throw new CodedError('INPUT_INVALID', `${quoted(path)} ${what}`, { hint });
  };
  if ((await requireInside(ground, path)) !== path) refuse('is reached through a symbolic link', CONFINED_CURE);
  const found = await lstat(path);
  if (!found.isFile()) refuse('is not a regular file', 'Name the file itself.');
  const now = found.size === before.length ? await ground.files.read(path) : undefined;
  if (now === undefined || Buffer.compare(now, before) !== 0) {
    refuse('changed while this step checked it', 'Find out which process of the job writes it. Nothing was pinned.');
  }
  return { mode: found.mode & 0o7777 };
}

async function requireInside(ground: Ground, path: string): Promise<string> {
  const confined = await confine(ground, path);
  if (confined.kind === 'inside') return confined.path;
  throw new CodedError('INPUT_INVALID', `${quoted(path)} ${confined.problem}`, { hint: CONFINED_CURE });
}
