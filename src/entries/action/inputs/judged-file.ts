import { CodedError } from '../../../coded-error.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import type { FileVersion } from '../../../github/deciding-files.ts';
import { decodeText, type ReadDeciding, readNamedFile } from '../../inputs/named-file.ts';
import { readText } from '../../inputs/read-value.ts';
import { whyUnreadable } from '../../inputs/regular-file.ts';
import type { Reading } from './input-source.ts';
import { workspacePath } from './run-files.ts';
import { findInWorkspace, type WorkspaceFile } from './workspace-file.ts';

/** Rules for reading a trust file: a file or literal that decides what is trusted. */
interface JudgedFileRules {
  /** True if the value itself is the content, not a path. */
  readonly isLiteral: (value: string) => boolean;
  /** True if only the registry may be called. A file that must be read from a commit is then a problem. */
  readonly offline: boolean;
}

export const OTHER_CURES =
  'Give the content itself instead of a path, or let an earlier step write the file under RUNNER_TEMP, from a source that no pull request can change.';

/**
 * Reads an input that is a path or the content itself. A file in the workspace is used as it is only on events whose
 * commit no pull request can choose, and only if it is in a checkout of that commit. Otherwise it is read from a
 * commit, whatever is checked out, so that a pull request cannot choose what it is checked against. Returns undefined
 * if the input is not given, or if there is a problem, which is collected.
 */
export async function readJudgedFile(
  reading: Reading,
  name: string,
  rules: JudgedFileRules,
): Promise<string | undefined> {
  const value = readText(reading, name);
  if (value === undefined || rules.isLiteral(value)) return value;
  return readJudgedPath(reading, name, { value, offline: rules.offline });
}

/** The same as a reader for inputs that every program has. */
export function judgedReader(reading: Reading, { offline }: Pick<JudgedFileRules, 'offline'>): ReadDeciding {
  return (name, { isLiteral }) => readJudgedFile(reading, name, { isLiteral, offline });
}

/** The same for one path. */
export async function readJudgedPath(
  reading: Reading,
  name: string,
  { value, offline }: { readonly value: string; readonly offline: boolean },
): Promise<string | undefined> {
  const { source, problems } = reading;
  let file: WorkspaceFile | undefined;
  try {
    file = await findInWorkspace(source, value);
  } catch (error) {
    problems.add(name, `${quoted(value)} ${whyUnreadable(error)}.`, 'Name a file that this step can read.');
    return undefined;
  }
  const { isTrustedEvent } = source.context.deciding;
  const bytes =
    file === undefined || (isTrustedEvent && file.isOfRunCommit)
      ? await readAsItIs(reading, name, value)
      : await readDecidingVersion(reading, name, { value, path: file.committedPath, offline });
  return bytes === undefined ? undefined : decodeText(reading, name, bytes);
}

function readAsItIs(reading: Reading, name: string, value: string): Promise<Uint8Array | undefined> {
  const cure = 'Give the path of a checked-out file, relative to the workspace, or the content itself.';
  return readNamedFile(reading, { name, path: workspacePath(reading.source, value), cure });
}

/** A file or pattern that an input names, and its path in a commit. */
interface CommittedPath {
  readonly value: string;
  readonly path: string;
  readonly offline: boolean;
}

async function readDecidingVersion(
  reading: Reading,
  name: string,
  file: CommittedPath,
): Promise<Uint8Array | undefined> {
  const decided = decideVersion(reading, name, file);
  if (decided === undefined) return undefined;
  const { source, problems } = reading;
  const { version, where, why } = decided;
  const bytes = await orProblem(reading, name, {
    what: `${why}; reading ${quoted(file.path)} from ${where}`,
    read: () => source.readCommittedFile(version, file.path),
  });
  if (bytes === 'failed') return undefined;
  if (bytes === undefined) {
    const what = `${why}, and ${where} has no file ${quoted(file.path)}, or the job is not allowed to read it.`;
    const cure = source.context.deciding.isTrustedEvent
      ? 'Check out the commit of this run'
      : `Merge the ${name} first`;
    problems.add(name, what, `${cure}, and grant \`contents: read\` to the job. ${OTHER_CURES}`);
  }
  return bytes;
}

/** The commit or branch that decides instead of the working tree; undefined and a problem if it cannot be asked. */
export function decideVersion(
  { source, problems }: Reading,
  name: string,
  file: CommittedPath,
): { readonly version: FileVersion; readonly where: string; readonly why: string } | undefined {
  const { deciding, eventName } = source.context;
  const { version } = deciding;
  const why = deciding.isTrustedEvent
    ? `${quoted(file.value)} is not in a checkout of this run's commit (GITHUB_SHA)`
    : `the working tree is not trusted on ${eventName === '' ? 'an unknown event' : eventName}`;
  if (version === undefined) {
    const missing = deciding.isTrustedEvent
      ? 'GITHUB_SHA and GITHUB_REPOSITORY do not name that commit'
      : 'the event payload names neither a base commit nor a default branch to read instead';
    problems.add(name, `${why}, and ${missing}.`, OTHER_CURES);
    return undefined;
  }
  const where = `${version.name} (${version.ref} of ${version.repository})`;
  if (file.offline) {
    const asked = `${quoted(file.path)} from ${where}`;
    problems.add(name, `${why}, and \`offline\` forbids reading ${asked}.`, OTHER_CURES);
    return undefined;
  }
  return { version, where, why };
}

/** Reads from GitHub's API. A refusal is a problem. */
export async function orProblem<Result>(
  { problems }: Pick<Reading, 'problems'>,
  name: string,
  { what, read }: { readonly what: string; readonly read: () => Promise<Result> },
): Promise<Result | 'failed'> {
  try {
    return await read();
  } catch (error) {
    // An outage is not a bad input. It ends the run with its own code.
    if (!(error instanceof CodedError) || error.code !== 'INPUT_INVALID') throw error;
    problems.add(name, `${what} failed: ${error.message}.`, `Grant \`contents: read\` to the job. ${OTHER_CURES}`);
    return 'failed';
  }
}
