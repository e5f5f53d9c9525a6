import { join, resolve } from 'node:path';
import { CodedError } from '../../coded-error.ts';
import type { FileVersion } from '../../github/deciding-files.ts';
import { isCommitHash } from '../../github/event-payload.ts';
import { mapLimited } from '../../usecases/map-limited.ts';
import { pathWithin, workspaceOf } from '../action/confined-files.ts';
import { findCheckout } from '../action/inputs/checkout.ts';
import type { InputSource } from '../action/inputs/input-source.ts';
import type { FileText } from './file-images.ts';
import type { CommitReader } from './git-objects.ts';
import type { NamedFile } from './named-files.ts';

/** What base has under the names of the files that head names. */
export type BaseTexts =
  /** With the names of head's files. A file that is missing is not in base, so everything that it names is new. */
  | { readonly kind: 'texts'; readonly texts: readonly FileText[]; readonly where: string }
  /** Nothing is known, so everything counts as new. */
  | { readonly kind: 'unknown'; readonly why: string };

/** The most files that are asked of GitHub's API, which counts requests by the hour. */
const API_FILES_MAX = 200;
const API_CONCURRENCY = 8;

/** The commit that head is compared with: the base of a pull request or merge group as the payload has it. */
export function baseCommit({ context }: Pick<InputSource, 'context'>): FileVersion | undefined {
  const { isTrustedEvent, version } = context.deciding;
  return !isTrustedEvent && version !== undefined && isCommitHash(version.ref) ? version : undefined;
}

/**
 * Reads the files as base has them: from the objects of the checkout, where every byte is proven by its hash, else through
 * the contents API. By the names of the files, never through a link of head: a link that head adds would show what base
 * has elsewhere.
 */
export async function readBaseTexts(
  source: InputSource,
  files: readonly NamedFile[],
  { offline, commits }: { readonly offline: boolean; readonly commits: CommitReader },
): Promise<BaseTexts> {
  const version = baseCommit(source);
  if (version === undefined) return { kind: 'unknown', why: 'this event has no base commit to compare with' };
  const places = await locate(source, files);
  const texts: FileText[] = [];
  const rest: Located[] = [];
  for (const [gitDirectory, located] of Map.groupBy(places, (one) => one.gitDirectory)) {
    const paths = located.map(({ path }) => path);
    const found = gitDirectory === undefined ? undefined : await commits.read(gitDirectory, version.ref, paths);
    if (found === undefined) rest.push(...located);
    else for (const { name, path } of located) addText(texts, name, found.get(path));
  }
  const where = `${version.name} (${version.ref})`;
  if (rest.length === 0) return { kind: 'texts', texts, where };
  const shallow = `the checkout does not hold ${where}: give actions/checkout \`fetch-depth: 2\``;
  if (offline) return { kind: 'unknown', why: `${shallow}, and \`offline\` forbids GitHub's API` };
  if (rest.length > API_FILES_MAX) {
    return { kind: 'unknown', why: `${shallow}; ${rest.length} files are too many for GitHub's API` };
  }
  try {
    await mapLimited(rest, { limit: API_CONCURRENCY }, async ({ name, path }) => {
      addText(texts, name, await source.readCommittedFile(version, path));
    });
  } catch (error) {
    const isAboutBase = error instanceof CodedError && ['INPUT_INVALID', 'GITHUB_API_UNAVAILABLE'].includes(error.code);
    if (!isAboutBase) throw error;
    return { kind: 'unknown', why: `${shallow}, and GitHub's API did not give it: ${error.message}` };
  }
  return { kind: 'texts', texts, where };
}

interface Located {
  readonly name: string;
  /** The directory `.git` of the nearest checkout; undefined if there is none, or if it leads elsewhere. */
  readonly gitDirectory: string | undefined;
  /** In the commit: from the top of that checkout, or from the workspace; separated by `/`. */
  readonly path: string;
}

/** Where the files would be in a commit. Files that a link leads to, or outside the workspace, are nowhere. */
async function locate({ env, files }: InputSource, named: readonly NamedFile[]): Promise<Located[]> {
  const given = resolve(workspaceOf(env));
  const workspace = await files.leadsTo(given);
  const located: Located[] = [];
  for (const { name, path, isLinked, isInWorkspace } of named) {
    if (isLinked || !isInWorkspace) continue;
    const checkout = await findCheckout(files, path, workspace);
    const within = pathWithin(checkout?.top ?? workspace, path);
    // Without a readable HEAD, `.git` may be a file or a link, which may lead to a folder that a pull request wrote.
    const gitDirectory = checkout?.head === undefined ? undefined : join(checkout.top, '.git');
    if (within !== undefined) located.push({ name, gitDirectory, path: within.split(/[/\\]/).join('/') });
  }
  return located;
}

/** Text that base has in another encoding names nothing that can be compared. */
function addText(texts: FileText[], name: string, bytes: Uint8Array | undefined): void {
  if (bytes === undefined) return;
  try {
    texts.push({ name, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) });
  } catch {
    // Not there, then.
  }
}
