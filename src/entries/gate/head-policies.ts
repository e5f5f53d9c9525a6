import { resolve, sep } from 'node:path';
import type { PolicyProblem } from '../../domain/policy/policy.ts';
import { type PolicyContext, readPolicies } from '../../domain/policy/read-policies.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { confine, pathWithin, workspaceOf } from '../action/confined-files.ts';
import type { Reading } from '../action/inputs/input-source.ts';
import type { JudgedText } from '../action/inputs/judged-files.ts';
import { splitLines } from '../inputs/list-rule.ts';

/** Files that are parsed. Base has its own limit. */
const FILES_MAX = 500;
const FILE_MAX_BYTES = 4 * 1024 * 1024;

/**
 * Parses the policies as the working tree has them, on events on which base's version decides: a pull request that breaks
 * a policy fails its own step (contract §2.5.2), or it would break every step after the merge. `base` are the files that
 * decide; those that are not from the workspace are the same for head. Nothing that head says decides anything.
 */
export async function refuseBrokenHead(
  reading: Reading,
  {
    name,
    base,
    context,
  }: { readonly name: string; readonly base: readonly JudgedText[]; readonly context: PolicyContext },
): Promise<void> {
  const { source, problems } = reading;
  const workspace = resolve(workspaceOf(source.env));
  const isOfWorkspace = (file: string): boolean =>
    !REMOTE.test(file) && pathWithin(workspace, resolve(workspace, file)) !== undefined;
  const paths = new Set<string>();
  for (const line of splitLines(source.input(name) ?? '')) {
    if (!isOfWorkspace(line)) continue;
    const found = line.includes('*') ? await source.files.glob(line) : [line];
    for (const path of found) if (!path.split(/[/\\]/).includes('.git')) paths.add(path);
  }
  const head: JudgedText[] = base.filter(({ file }) => !isOfWorkspace(file));
  for (const path of [...paths].sort().slice(0, FILES_MAX)) {
    const file = (pathWithin(workspace, resolve(workspace, path)) ?? path).split(sep).join('/');
    const text = await readHead(reading, resolve(workspace, path));
    if (text === 'unreadable') {
      problems.add(name, `${quoted(file)} cannot be read as text. ${OF_HEAD}`, 'Correct the file.', { file, line: 1 });
    } else if (text !== undefined) {
      head.push({ file, text: text.content });
    }
  }
  // Without a checkout, or if the pull request removes every policy, there is nothing to parse.
  if (!head.some(({ file }) => isOfWorkspace(file))) return;
  const read = readPolicies(head, context);
  if (read.kind === 'policies') return;
  for (const problem of read.problems) addProblem(problems, name, problem);
}

const OF_HEAD = "This is head's version, which decides nothing yet and would break every run after the merge.";
const REMOTE = /@(?:[0-9a-f]{40}|refs\/.+)$/;

/** Undefined for a file that head does not have. */
async function readHead(
  { source }: Reading,
  path: string,
): Promise<{ readonly content: string } | 'unreadable' | undefined> {
  try {
    const confined = await confine(source, path);
    if (confined.kind === 'outside') return 'unreadable';
    const bytes = await source.files.read(confined.path, FILE_MAX_BYTES);
    return bytes === undefined ? undefined : { content: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return 'unreadable';
  }
}

function addProblem(
  problems: Reading['problems'],
  name: string,
  { file, line, document, path, what, cure }: PolicyProblem,
): void {
  const where = `${file}:${line}${document > 1 ? ` (document ${document})` : ''}`;
  const field = path === '' ? '' : ` ${path}`;
  problems.add(name, `${quoted(where)}${field}: ${what}. ${OF_HEAD}`, cure, { file, line });
}
