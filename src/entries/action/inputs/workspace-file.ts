import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { findCheckout } from './checkout.ts';
import type { InputSource } from './input-source.ts';

/** A file that lies in the workspace by its name, or once symbolic links are resolved. It need not exist. */
export interface WorkspaceFile {
  /** True if every checkout it lies in has the commit of this run (GITHUB_SHA). */
  readonly isOfRunCommit: boolean;
  /** Its path in a commit, with `/`. */
  readonly committedPath: string;
}

/**
 * Looks where a path that an input names lies; undefined for a file outside the workspace. What a checkout links
 * to belongs to two: to the checkout with the link, and to the one with the target. Both have a say, or a pull
 * request could choose another file of the run's commit, or a trusted link could lead to what a pull request
 * wrote. Throws what resolving the path throws.
 */
export async function findInWorkspace(
  { env, files, context }: Pick<InputSource, 'env' | 'files' | 'context'>,
  value: string,
): Promise<WorkspaceFile | undefined> {
  const workspace = resolve(workspaceOf(env));
  const path = resolve(workspace, value);
  const realWorkspace = (await files.realPath(workspace)) ?? workspace;
  const real = (await files.realPath(path)) ?? path;
  const inWorkspace = [within(workspace, path), within(realWorkspace, real)].filter((one) => one !== undefined);
  const [first] = inWorkspace;
  if (first === undefined) return undefined;
  let committedPath: string | undefined;
  let isOfRunCommit = true;
  for (const one of new Set(inWorkspace)) {
    const absolute = join(realWorkspace, one);
    const checkout = await findCheckout(files, absolute, realWorkspace);
    const isRunCommit = checkout?.head !== undefined && checkout.head === context.sha;
    isOfRunCommit &&= isRunCommit;
    committedPath ??= isRunCommit ? within(checkout.top, absolute) : one;
  }
  return { isOfRunCommit, committedPath: (committedPath ?? first).split(sep).join('/') };
}

/** The directory that relative paths of inputs start from. */
export function workspaceOf(env: InputSource['env']): string {
  return env['GITHUB_WORKSPACE'] || '.';
}

/** The path below the directory; undefined if it lies elsewhere, or is the directory. */
function within(directory: string, path: string): string | undefined {
  const rest = relative(directory, path);
  if (rest === '' || rest === '..' || rest.startsWith(`..${sep}`) || isAbsolute(rest)) return undefined;
  return rest;
}
