import { join, resolve, sep } from 'node:path';
import { quoted } from '../../domain/text/quoted.ts';
import { hasUnseen } from '../../domain/text/visible-text.ts';
import { CONFINED_CURE, confine, pathWithin, workspaceOf } from '../action/confined-files.ts';
import type { Reading } from '../action/inputs/input-source.ts';
import { LIKELY_CAUSES } from '../action/inputs/requested-image.ts';
import { splitLines } from '../inputs/list-rule.ts';
import { UnfitFileError, whyUnreadable } from '../inputs/regular-file.ts';

/** A file that the input `files` or `base-files` names, with its text. */
export interface NamedFile {
  /** From the workspace, or absolute if it is outside; separated by `/`. For messages, results and annotations. */
  readonly name: string;
  /** From the part of its line that has no wildcard, or from its folder if it has none; separated by `/`. */
  readonly rendered: string;
  /** Its real path. */
  readonly path: string;
  /** True if its real path is not its name: a symbolic link leads there. */
  readonly isLinked: boolean;
  /** True if it lies in the workspace by its name. */
  readonly isInWorkspace: boolean;
  /** With its byte order mark, if it has one. */
  readonly text: string;
  /** The bytes as they were read. */
  readonly bytes: Uint8Array;
}

/** Limits: files, bytes of one and of all, and lines of the input. */
const FILES_MAX = 5_000;
const FILE_MAX_BYTES = 16 * 1024 * 1024;
const TOTAL_MAX_BYTES = 128 * 1024 * 1024;
const LINES_MAX = 1_000;

interface FilesRules {
  readonly input: 'files' | 'base-files';
  /** `confined`: in the workspace or under RUNNER_TEMP. `outside`: not in the workspace, where a pull request writes. */
  readonly place: 'confined' | 'outside';
}

/**
 * Reads the files that an input names: paths and globs, one per line, relative to the workspace. A line that begins with
 * `!` excludes what it matches from all lines. Every line that matches nothing, and every file that cannot be read, is a
 * problem. Undefined if the input is not given. In the order of the lines, those of one line sorted.
 */
export async function readNamedFiles(
  reading: Reading,
  { input, place }: FilesRules,
): Promise<readonly NamedFile[] | undefined> {
  const { source, problems } = reading;
  const lines = splitLines(source.input(input) ?? '');
  if (lines.every((line) => line === '')) return undefined;
  if (lines.length > LINES_MAX) {
    problems.add(input, `${lines.length} lines are more than the limit of ${LINES_MAX}.`, 'Use patterns.');
    return [];
  }
  const workspace = resolve(workspaceOf(source.env));
  const excluded = new Set<string>();
  for (const line of lines.filter((one) => one.startsWith('!'))) {
    for (const path of await expand(reading, workspace, line.slice(1).trim())) excluded.add(path);
  }
  const found = new Map<string, string>();
  for (const [index, line] of lines.entries()) {
    if (line.startsWith('!')) continue;
    const paths = line === '' ? [] : await expand(reading, workspace, line);
    if (line === '') problems.add(input, `line ${index + 1} of ${lines.length} is empty.`, LIKELY_CAUSES);
    else if (paths.length === 0)
      problems.add(input, `${quoted(line)} matches no file.`, await matchCure(reading, line));
    for (const path of paths) if (!excluded.has(path) && !found.has(path)) found.set(path, rootOf(workspace, line));
  }
  if (found.size > FILES_MAX) {
    const cure = 'Narrow the patterns, or split them across several steps.';
    problems.add(input, `${found.size} files are more than the limit of ${FILES_MAX}.`, cure);
    return [];
  }
  if (found.size === 0 && excluded.size > 0 && problems.list.length === 0) {
    problems.add(input, 'its lines with `!` exclude every file.', 'Exclude less.');
  }
  const files: NamedFile[] = [];
  let total = 0;
  for (const [path, root] of found) {
    const file = await readOne(reading, { workspace, path, root, input, place });
    if (file === undefined) continue;
    total += file.bytes.length;
    if (total > TOTAL_MAX_BYTES) {
      problems.add(input, `its files have more than ${TOTAL_MAX_BYTES} bytes.`, 'Split them across several steps.');
      return files;
    }
    files.push(file);
  }
  return files;
}

const WILDCARD = /[*?[{]/;

/** The absolute paths of a line, sorted. A line that names an existing file is that file, whatever characters it holds. */
async function expand({ source }: Reading, workspace: string, line: string): Promise<readonly string[]> {
  if (line === '') return [];
  const literal = resolve(workspace, line);
  if (!WILDCARD.test(line)) return (await isFile(source, literal)) ? [literal] : [];
  if (await isFile(source, literal)) return [literal];
  const matched = await source.files.glob(line);
  return matched
    .map((path) => resolve(workspace, path))
    .filter((path) => !path.split(sep).includes('.git'))
    .sort();
}

/** Anything but a directory; what cannot be read is reported when it is read. */
async function isFile({ files }: Reading['source'], path: string): Promise<boolean> {
  try {
    return (await files.read(path, FILE_MAX_BYTES)) !== undefined;
  } catch (error) {
    return !(error instanceof UnfitFileError && error.code === 'EISDIR');
  }
}

async function matchCure({ source }: Reading, line: string): Promise<string> {
  if (WILDCARD.test(line)) return 'Check the pattern, and that the files are checked out before this step.';
  const path = resolve(workspaceOf(source.env), line);
  const isFolder = (await source.files.realPath(path).catch(() => undefined)) !== undefined;
  const folder = line.replace(/[/\\]+$/, '');
  return isFolder
    ? `Name the files in it: \`${folder}/**/*.yaml\`.`
    : `Check the path, and that the files are checked out before this step. ${LIKELY_CAUSES}`;
}

/** The absolute folder that the names of rendered files are relative to. */
function rootOf(workspace: string, line: string): string {
  const parts = line.split(/[/\\]/);
  const first = parts.findIndex((part) => WILDCARD.test(part));
  const fixed = first < 0 ? parts.slice(0, -1) : parts.slice(0, first);
  return resolve(workspace, /^[/\\]/.test(line) ? `/${fixed.join('/')}` : fixed.join('/'));
}

interface FoundFile extends FilesRules {
  readonly workspace: string;
  readonly path: string;
  readonly root: string;
}

async function readOne(
  { source, problems }: Reading,
  { workspace, path, root, input, place }: FoundFile,
): Promise<NamedFile | undefined> {
  const { files } = source;
  const within = pathWithin(workspace, path);
  const name = slashed(within ?? path);
  const refuse = (what: string, cure: string): undefined => {
    problems.add(input, `${quoted(name)} ${what}.`, cure);
  };
  if (hasUnseen(name)) return refuse('has a name with a line break or another invisible character', 'Rename the file.');
  try {
    const confined = await confine(source, path);
    const real = confined.kind === 'inside' ? confined.path : await files.leadsTo(path);
    const realWorkspace = await files.leadsTo(workspace);
    if (place === 'confined' && confined.kind === 'outside') return refuse(confined.problem, CONFINED_CURE);
    if (place === 'outside' && (within !== undefined || pathWithin(realWorkspace, real) !== undefined)) {
      const cure = 'Let an earlier step render base under RUNNER_TEMP, from a checkout of base.';
      return refuse('is in the workspace, where a pull request can write', cure);
    }
    const bytes = await files.read(real, FILE_MAX_BYTES);
    if (bytes === undefined) return refuse('does not exist', 'Check the path.');
    const text = decode(bytes);
    if (text === undefined) return refuse('is not text in UTF-8', 'Name only text files.');
    // The folders of the run may be reached through links of the machine.
    const plain = within === undefined ? await plainTemp(source, path) : join(realWorkspace, within);
    const rendered = slashed(pathWithin(root, path) ?? name);
    return { name, rendered, path: real, isLinked: real !== plain, isInWorkspace: within !== undefined, text, bytes };
  } catch (error) {
    return refuse(whyUnreadable(error), 'Name files that this step can read.');
  }
}

/** The path without the links that lead to RUNNER_TEMP itself. */
async function plainTemp({ env, files }: Reading['source'], path: string): Promise<string> {
  const temp = resolve(env['RUNNER_TEMP'] || '.');
  const within = pathWithin(temp, path);
  return within === undefined ? path : join(await files.leadsTo(temp), within);
}

function slashed(path: string): string {
  return path.split(sep).join('/');
}

/** The text with its byte order mark; undefined if the file is binary or has another encoding. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
