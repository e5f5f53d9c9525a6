import { dirname, join } from 'node:path';
import { isCommitHash } from '../../../github/event-payload.ts';
import type { InputFiles } from './input-source.ts';

/** The working tree of a git repository. */
interface Checkout {
  /** Its top directory. */
  readonly top: string;
  /** The checked-out commit. Undefined if it cannot be determined; callers must treat that as the wrong commit. */
  readonly head: string | undefined;
}

/**
 * Finds the nearest checkout that contains the file, up to and including `workspace`, a directory above it. Does not
 * call git, which may not be installed and would obey the configuration of the checkout.
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
 * The commit of the checkout at `top` (gitrepository-layout(5)); undefined if there is no `.git`. If `.git` is a file
 * or a link, as in submodules and linked worktrees, the commit is undefined, because it may point anywhere.
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
  // A loose ref takes precedence over a packed one. A branch that names another ref is not followed.
  const loose = await read(ref);
  const commit = loose === undefined ? packedCommit((await read('packed-refs')) ?? '', ref) : loose.trimEnd();
  return { commit: commit !== undefined && isCommitHash(commit) ? commit : undefined };
}

/** Finds the ref in lines `<commit> <ref>`. Lines with `#` or `^` have another meaning (git-pack-refs(1)). */
function packedCommit(packed: string, ref: string): string | undefined {
  const line = packed.split('\n').find((one) => one.trimEnd().endsWith(` ${ref}`));
  const [commit, named] = line?.trimEnd().split(' ') ?? [];
  return named === ref ? commit : undefined;
}
