import { isAbsolute, relative, resolve, sep } from 'node:path';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';
import type { CommittedFolder } from '../../../github/committed-file.ts';
import type { FileVersion } from '../../../github/deciding-files.ts';
import { splitLines } from '../../inputs/list-rule.ts';
import { decodeText } from '../../inputs/named-file.ts';
import { whyUnreadable } from '../../inputs/regular-file.ts';
import { workspaceOf } from '../confined-files.ts';
import type { Reading } from './input-source.ts';
import { decideVersion, OTHER_CURES, orProblem, readJudgedPath } from './judged-file.ts';
import { type PathGlob, parsePathGlob } from './path-glob.ts';
import { LIKELY_CAUSES } from './requested-image.ts';
import { findInWorkspace } from './workspace-file.ts';

/** A file that decides, or the literal text of the input. */
export interface JudgedText {
  /** As named in the input or found by a pattern; the name of the input for a literal. */
  readonly file: string;
  readonly text: string;
}

/** Files that one input may name, and folders that one pattern may lead to. */
const FILES_MAX = 500;
const FOLDERS_MAX = 200;

/** `owner/name/path@` and 40 hex digits or a full ref. */
const REMOTE = /^([A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+)\/([^@]+)@([0-9a-f]{40}|refs\/[^\s~^:?*[\\]+)$/;

/**
 * Reads an input with files that decide: paths and patterns, one per line, `owner/name/path@ref`, or the content itself
 * (contract §2.2). Each file is read by the rule of readJudgedFile; a pattern is expanded where its files are read. Returns
 * every file once. Problems are collected.
 */
export async function readJudgedFiles(
  reading: Reading,
  name: string,
  rules: { readonly isLiteral: (value: string) => boolean; readonly offline: boolean },
): Promise<readonly JudgedText[]> {
  const value = reading.source.input(name) ?? '';
  if (rules.isLiteral(value)) return [{ file: name, text: value }];
  const { problems } = reading;
  const found = new Map<string, JudgedText>();
  const lines = splitLines(value);
  for (const [index, line] of lines.entries()) {
    if (line === '') {
      problems.add(name, `line ${index + 1} of ${lines.length} is empty.`, LIKELY_CAUSES);
      continue;
    }
    for (const one of await readLine(reading, name, { line, offline: rules.offline })) found.set(one.file, one);
    if (found.size > FILES_MAX) {
      problems.add(name, `it names more than ${FILES_MAX} files.`, 'Narrow the patterns.');
      return [];
    }
  }
  return [...found.values()];
}

interface LineToRead {
  readonly line: string;
  readonly offline: boolean;
}

async function readLine(reading: Reading, name: string, { line, offline }: LineToRead): Promise<JudgedText[]> {
  const remote = REMOTE.exec(line);
  if (remote !== null) {
    const [, repository = '', path = '', ref = ''] = remote;
    return readRemote(reading, name, { line, offline, path, version: { repository, ref, name: line } });
  }
  if (!line.includes('*')) {
    const text = await readJudgedPath(reading, name, { value: line, offline });
    return text === undefined ? [] : [{ file: line, text }];
  }
  const glob = readGlob(reading, name, line);
  return glob === undefined ? [] : readPattern(reading, name, { line, offline, glob });
}

function readGlob({ problems }: Reading, name: string, pattern: string): PathGlob | undefined {
  try {
    return parsePathGlob(pattern);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    problems.add(name, `the pattern ${quoted(pattern)} ${error.message}.`, 'Write one pattern or path per line.');
    return undefined;
  }
}

async function readRemote(
  reading: Reading,
  name: string,
  { line, offline, path, version }: LineToRead & { readonly path: string; readonly version: FileVersion },
): Promise<JudgedText[]> {
  const { source, problems } = reading;
  if (offline) {
    problems.add(name, `\`offline\` forbids reading ${quoted(line)} from GitHub.`, OTHER_CURES);
    return [];
  }
  if (path.includes('*')) {
    const glob = readGlob(reading, name, path);
    if (glob === undefined) return [];
    const paths = await listCommitted(reading, name, { version, glob, pattern: line });
    return readCommittedPaths(reading, name, {
      version,
      paths,
      fileOf: (one) => `${version.repository}/${one}@${version.ref}`,
    });
  }
  const bytes = await orProblem(reading, name, {
    what: `reading ${quoted(line)}`,
    read: () => source.readCommittedFile(version, path),
  });
  if (bytes === 'failed') return [];
  if (bytes === undefined) {
    const what = `${version.ref} of ${version.repository} has no file ${quoted(path)}, or the token may not read it.`;
    const cure = 'A repository other than this one needs a token of its own in `github-token`, if it is not public.';
    problems.add(name, what, `Check the path and the ref. ${cure}`);
    return [];
  }
  const text = decodeText(reading, name, bytes);
  return text === undefined ? [] : [{ file: line, text }];
}

/** Expands a pattern where its files are read: in the working tree if that decides, else in the commit that does. */
async function readPattern(
  reading: Reading,
  name: string,
  { line, offline, glob }: LineToRead & { readonly glob: PathGlob },
): Promise<JudgedText[]> {
  const { source, problems } = reading;
  const { isTrustedEvent } = source.context.deciding;
  const workspace = resolve(workspaceOf(source.env));
  const base = line.slice(0, line.indexOf('*')).replace(/[^/]*$/, '');
  let place: Awaited<ReturnType<typeof findInWorkspace>>;
  try {
    // Something below the folder in which the pattern begins belongs to the same checkout.
    // Not by `resolve` with a fixed last part: the bundler would take that for files to copy.
    place = await findInWorkspace(source, `${resolve(workspace, base)}${sep}*`);
  } catch (error) {
    problems.add(name, `${quoted(line)} ${whyUnreadable(error)}.`, 'Name files that this step can read.');
    return [];
  }
  if (place !== undefined && !(isTrustedEvent && place.isOfRunCommit)) {
    const folder = place.committedPath.replace(/\/?\*$/, '');
    const pattern = `${folder}/${line.slice(base.length)}`.replace(/^\//, '');
    const decided = decideVersion(reading, name, { value: line, path: pattern, offline });
    if (decided === undefined) return [];
    const inCommit = readGlob(reading, name, pattern);
    if (inCommit === undefined) return [];
    const paths = await listCommitted(reading, name, { version: decided.version, glob: inCommit, pattern: line });
    return readCommittedPaths(reading, name, { version: decided.version, paths, fileOf: (one) => one });
  }
  const found = (await source.files.glob(line))
    .map((path) => (isAbsolute(line) ? resolve(workspace, path) : relative(workspace, resolve(workspace, path))))
    .map((path) => path.split(sep).join('/'))
    .filter((path) => glob.matches(path))
    .sort();
  if (found.length === 0) problems.add(name, `the pattern ${quoted(line)} matches no file.`, 'Check the pattern.');
  const texts: JudgedText[] = [];
  for (const path of found.slice(0, FILES_MAX + 1)) {
    const text = await readJudgedPath(reading, name, { value: path, offline });
    if (text !== undefined) texts.push({ file: path, text });
  }
  return texts;
}

interface CommittedPattern {
  readonly version: FileVersion;
  readonly glob: PathGlob;
  /** As written, for messages. */
  readonly pattern: string;
}

/** The paths of a commit that match, by listing only folders that may hold some. */
async function listCommitted(
  reading: Reading,
  name: string,
  { version, glob, pattern }: CommittedPattern,
): Promise<readonly string[]> {
  const { source, problems } = reading;
  const where = `${version.ref} of ${version.repository}`;
  const paths: string[] = [];
  const open = [glob.base];
  let listed = 0;
  for (let folder = open.shift(); folder !== undefined; folder = open.shift()) {
    listed += 1;
    if (listed > FOLDERS_MAX) {
      problems.add(name, `the pattern ${quoted(pattern)} leads to more than ${FOLDERS_MAX} folders.`, 'Narrow it.');
      return [];
    }
    const current = folder;
    const found: CommittedFolder | undefined | 'failed' = await orProblem(reading, name, {
      what: `listing ${quoted(current === '' ? '/' : current)} at ${where}`,
      read: () => source.listCommittedFolder(version, current),
    });
    if (found === 'failed') return [];
    const below = (one: string): string => (current === '' ? one : `${current}/${one}`);
    paths.push(...(found?.files ?? []).map(below).filter((path) => glob.matches(path)));
    open.push(...(found?.folders ?? []).map(below).filter((path) => glob.mayHold(path)));
  }
  if (paths.length === 0) {
    const what = `the pattern ${quoted(pattern)} matches no file at ${where}, or the job is not allowed to read it.`;
    problems.add(name, what, `Merge the ${name} first, and grant \`contents: read\` to the job. ${OTHER_CURES}`);
  }
  return paths.sort();
}

async function readCommittedPaths(
  reading: Reading,
  name: string,
  {
    version,
    paths,
    fileOf,
  }: { readonly version: FileVersion; readonly paths: readonly string[]; readonly fileOf: (path: string) => string },
): Promise<JudgedText[]> {
  const texts: JudgedText[] = [];
  if (paths.length > FILES_MAX) {
    reading.problems.add(name, `it names more than ${FILES_MAX} files.`, 'Narrow the patterns.');
    return [];
  }
  for (const path of paths) {
    const bytes = await orProblem(reading, name, {
      what: `reading ${quoted(path)} at ${version.ref} of ${version.repository}`,
      read: () => reading.source.readCommittedFile(version, path),
    });
    if (bytes === 'failed') continue;
    if (bytes === undefined) {
      const what = `${quoted(path)} at ${version.ref} of ${version.repository} was listed and is missing.`;
      reading.problems.add(name, what, 'Run the job again: the branch moved in between.');
      continue;
    }
    const text = decodeText(reading, name, bytes);
    if (text !== undefined) texts.push({ file: fileOf(path), text });
  }
  return texts;
}
