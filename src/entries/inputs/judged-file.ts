import { isAbsolute, relative, resolve, sep } from 'node:path';
import { CodedError } from '../../coded-error.ts';
import { quoted } from './input-problems.ts';
import type { InputSource } from './input-source.ts';
import { readNamedFile } from './read-file.ts';
import { type Reading, readText } from './read-value.ts';

/** A file or literal that decides what is trusted. */
export interface JudgedFileRules {
  /** True if the value itself is the content, not a path. */
  readonly isLiteral: (value: string) => boolean;
  /** No call but the registry's: then a pull request needs the literal. */
  readonly offline: boolean;
}

const FILE_MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads an input that is a path or the content itself. On a pull request a file of the workspace is read
 * as the base commit has it, whatever is checked out: a pull request does not choose its judge (contract
 * §2.2). Undefined if not given or if there is a problem, which is then collected.
 */
export async function readJudgedFile(
  reading: Reading,
  name: string,
  rules: JudgedFileRules,
): Promise<string | undefined> {
  const { source, problems } = reading;
  const value = readText(reading, name);
  if (value === undefined || rules.isLiteral(value)) return value;
  const path = source.context.isPullRequest ? await pathInWorkspace(source, value) : undefined;
  if (path === undefined) {
    const cure = 'Write a path relative to the workspace (has the repository been checked out?) or the content itself.';
    const found = await readNamedFile(reading, name, resolve(workspaceOf(source), value), cure);
    return found === undefined ? undefined : decode(reading, name, found);
  }
  const literalCure =
    'Give the content itself instead of a path, or put the file outside the workspace in an earlier step.';
  if (rules.offline) {
    const what = `on a pull request ${quoted(value)} would have to be read from the base commit, which \`offline\` forbids.`;
    problems.add(name, what, literalCure);
    return undefined;
  }
  let bytes: Uint8Array | undefined;
  try {
    bytes = await source.readBaseFile(path);
  } catch (error) {
    // An outage is no bad input, and ends the run with its own code.
    if (!(error instanceof CodedError) || error.code !== 'INPUT_INVALID') throw error;
    const what = `on a pull request ${quoted(value)} is read from the base commit, and that failed: ${error.message}.`;
    problems.add(name, what, `Grant \`contents: read\` to the job. ${literalCure}`);
    return undefined;
  }
  if (bytes === undefined) {
    const what = `the base commit of this pull request has no file ${quoted(path)}; the checked-out one is not used, since a pull request must not choose its judge.`;
    const cure = `Commit the file to the base branch first; if it is there, grant \`contents: read\` to the job. ${literalCure}`;
    problems.add(name, what, cure);
    return undefined;
  }
  return decode(reading, name, bytes);
}

function decode({ problems }: Reading, name: string, bytes: Uint8Array): string | undefined {
  if (bytes.length > FILE_MAX_BYTES) {
    problems.add(name, `the file has ${bytes.length} bytes, more than ${FILE_MAX_BYTES}.`, 'Name the right file.');
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    problems.add(name, 'the file is not UTF-8 text.', 'Name the right file.');
    return undefined;
  }
}

function workspaceOf(source: InputSource): string {
  return source.env['GITHUB_WORKSPACE'] || '.';
}

/**
 * The path within the workspace, with `/`; undefined for a file elsewhere. A file counts as one of the
 * workspace if it lies there by its name or after symbolic links; without GITHUB_WORKSPACE every relative
 * path does.
 */
async function pathInWorkspace(source: InputSource, value: string): Promise<string | undefined> {
  const workspace = resolve(workspaceOf(source));
  const byName = within(workspace, resolve(workspace, value));
  if (byName !== undefined) return byName;
  const realWorkspace = (await source.files.realPath(workspace)) ?? workspace;
  const real = await source.files.realPath(resolve(workspace, value));
  return real === undefined ? within(realWorkspace, resolve(workspace, value)) : within(realWorkspace, real);
}

function within(directory: string, path: string): string | undefined {
  const rest = relative(directory, path);
  if (rest === '' || rest === '..' || rest.startsWith(`..${sep}`) || isAbsolute(rest)) return undefined;
  return rest.split(sep).join('/');
}
