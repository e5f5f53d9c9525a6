import { join, resolve, sep } from 'node:path';
import { pathWithin, workspaceOf } from '../confined-files.ts';
import { findCheckout } from './checkout.ts';
import type { InputSource } from './input-source.ts';

/** A file that is in the workspace by its name or by its real path. It need not exist. */
export interface WorkspaceFile {
  /** True if every checkout that contains it is at the commit of this run (GITHUB_SHA). */
  readonly isOfRunCommit: boolean;
  /** Its path in the commit, separated by `/`. */
  readonly committedPath: string;
}

/**
 * Locates a path that an input names; undefined for a file outside the workspace. A linked file belongs to two
 * checkouts: the one with the link and the one with the target. Both must be at the run's commit. Otherwise a pull
 * request could select another file of that commit, or a trusted link could lead to a file that a pull request
 * wrote. Throws the errors of resolving the path.
 */
export async function findInWorkspace(
  { env, files, context }: Pick<InputSource, 'env' | 'files' | 'context'>,
  value: string,
): Promise<WorkspaceFile | undefined> {
  const workspace = resolve(workspaceOf(env));
  const path = resolve(workspace, value);
  const realWorkspace = (await files.realPath(workspace)) ?? workspace;
  const real = (await files.realPath(path)) ?? path;
  const inWorkspace = [pathWithin(workspace, path), pathWithin(realWorkspace, real)]
    .filter((one) => one !== undefined)
    .filter((one) => one !== '');
  const [first] = inWorkspace;
  if (first === undefined) return undefined;
  let committedPath: string | undefined;
  let isOfRunCommit = true;
  for (const one of new Set(inWorkspace)) {
    const absolute = join(realWorkspace, one);
    const checkout = await findCheckout(files, absolute, realWorkspace);
    const isRunCommit = checkout?.head !== undefined && checkout.head === context.sha;
    isOfRunCommit &&= isRunCommit;
    committedPath ??= isRunCommit ? pathWithin(checkout.top, absolute) : one;
  }
  return { isOfRunCommit, committedPath: (committedPath ?? first).split(sep).join('/') };
}
