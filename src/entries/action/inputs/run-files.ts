import { join, resolve } from 'node:path';
import { CodedError } from '../../../coded-error.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { readText } from '../../inputs/read-value.ts';
import { CONFINED_CURE, confine, workspaceOf } from '../confined-files.ts';
import type { InputSource, Reading } from './input-source.ts';

/** The actions of this repository, as their folders in dist/ are called. */
export type ActionName = 'sign' | 'verify' | 'verify-files' | 'audit';

/** The directory for files that this step writes: under RUNNER_TEMP, separate for each step of a job. */
export function stepDirectory(source: Pick<InputSource, 'env'>, action: ActionName): string {
  const temp = source.env['RUNNER_TEMP'] || '.';
  const step = (source.env['GITHUB_ACTION'] || 'step').replace(/[^A-Za-z0-9_-]/g, '_');
  return resolve(temp, join('countersign', `${action}-${step}`));
}

/** The same, checked: throws INPUT_INVALID if an earlier step put a link there that leads elsewhere. */
export async function readStepDirectory(source: InputSource, action: ActionName): Promise<string> {
  const directory = stepDirectory(source, action);
  const confined = await confine(source, directory);
  if (confined.kind === 'inside') return directory;
  throw new CodedError('INPUT_INVALID', `the directory of this step ${quoted(directory)} ${confined.problem}`, {
    hint: 'An earlier step of this job put a symbolic link there. Remove it, and find out which code created it.',
  });
}

/** A path from the workflow, resolved against the workspace. */
export function workspacePath(source: Pick<InputSource, 'env'>, value: string): string {
  return resolve(workspaceOf(source.env), value);
}

/** The part of the inputs that paths need. */
export type PathSource = Pick<InputSource, 'input' | 'env' | 'files'>;

/** The path that an input tells this step to write to; undefined if not given. A path outside is a problem. */
export async function readWritePath(reading: Reading<PathSource>, name: string): Promise<string | undefined> {
  const { source, problems } = reading;
  const value = readText(reading, name);
  if (value === undefined) return undefined;
  const path = workspacePath(source, value);
  const confined = await confine(source, path);
  if (confined.kind === 'outside') problems.add(name, `${quoted(value)} ${confined.problem}.`, CONFINED_CURE);
  return path;
}
