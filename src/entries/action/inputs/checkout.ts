import { dirname, join } from 'node:path';
import { isCommitHash } from '../../../github/event-payload.ts';
import type { InputFiles } from './input-source.ts';

/** The working tree of a git repository. */
export interface Checkout {
  /** Its top directory. */
  readonly top: string;
  /** The commit that is checked out; undefined if that cannot be told, which never counts as the right one. */
  readonly head: string | undefined;
}

/**
 * The nearest checkout that holds the file, up to and including `workspace`, a directory above it. Git itself is
 * not asked: it need not be there, and would obey the configuration of the checkout.
 */
export async function findCheckout(
  files: Pick<InputFiles, 'read' | 'realPath'>,
  path: string,
  workspace: string,
): Promise<Checkout | undefined> {
  let top = dirname(path);
  for (;;) {
    const head = await readHead(files, top).catch(() => ({ commit: undefined }));
    if (head !== undefined) return { top, head: head.commit };
    if (top === workspace || top === dirname(top)) return undefined;
    top = dirname(top);
  }
}

/**
 * The commit of the checkout at `top` (gitrepository-layout(5)); undefined if there is no `.git`. A `.git` that is
 * a file or a link, as submodules and linked worktrees have, leaves the commit open: it may point anywhere.
 */
async function readHead(
  files: Pick<InputFiles, 'read' | 'realPath'>,
  top: string,
): Promise<{ readonly commit: string | undefined } | undefined> {
  const [realTop, real] = [await files.realPath(top), await files.realPath(join(top, '.git'))];
  if (real === undefined) return undefined;
  if (realTop === undefined || real !== join(realTop, '.git')) return { commit: undefined };
  const read = async (name: string): Promise<string | undefined> => {
    const bytes = await files.read(join(real, name));
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  const head = (await read('HEAD'))?.trimEnd() ?? '';
  if (isCommitHash(head)) return { commit: head };
  const [, ref] = /^ref: (refs\/[^\s:\\]+)$/.exec(head) ?? [];
  if (ref === undefined || ref.split('/').some((part) => part === '' || part.startsWith('.'))) {
    return { commit: undefined };
  }
  // A loose ref wins over a packed one. A branch that names another ref is not followed.
  const loose = await read(ref);
  const commit = loose === undefined ? packedCommit((await read('packed-refs')) ?? '', ref) : loose.trimEnd();
  return { commit: commit !== undefined && isCommitHash(commit) ? commit : undefined };
}

/** Lines `<commit> <ref>`; those with `#` or `^` say something else (git-pack-refs(1)). */
function packedCommit(packed: string, ref: string): string | undefined {
  const line = packed.split('\n').find((one) => one.trimEnd().endsWith(` ${ref}`));
  const [commit, named] = line?.trimEnd().split(' ') ?? [];
  return named === ref ? commit : undefined;
}
