import { join, resolve } from 'node:path';
import type { InputSource } from './input-source.ts';

/** Directory for what this step writes: under RUNNER_TEMP, of its own for each step of a job. */
export function stepDirectory(source: Pick<InputSource, 'env'>, action: 'sign' | 'verify'): string {
  const temp = source.env['RUNNER_TEMP'] || '.';
  const step = (source.env['GITHUB_ACTION'] || 'step').replace(/[^A-Za-z0-9_-]/g, '_');
  return resolve(temp, join('countersign', `${action}-${step}`));
}

/** A path written in the workflow, relative to the workspace. */
export function workspacePath(source: Pick<InputSource, 'env'>, value: string): string {
  return resolve(source.env['GITHUB_WORKSPACE'] || '.', value);
}
