import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { inputVariable, type Program, readManifest } from '../sandbox/runner/runner.ts';
import type { World } from '../sandbox/world.ts';
import { type InProcessOptions, runInProcess } from '../scripts/common/run-in-process.ts';
import { createSetOutput } from '../src/github/outputs.ts';

/**
 * Runs the action's sources in this process, where the runner would start `dist/`: for cases whose point is neither the
 * bundle nor the process. What the runner gives a process and takes from it (environment, files, printed lines) is the
 * same; nothing can kill the run.
 */
export const inThisProcess: Program = async (main, _cwd, env, { actionDir }) => {
  const manifest = await readManifest(actionDir);
  const inputs = Object.keys(manifest.inputs).map((name) => [name, env[inputVariable(name)] ?? '']);
  const event = await readFile(env['GITHUB_EVENT_PATH'] ?? '', 'utf8').catch(() => 'null');
  const { exitCode, stdout, durationMs } = await runInProcess({
    action: basename(dirname(main)) as InProcessOptions['action'],
    inputs: Object.fromEntries(inputs),
    env,
    event: JSON.parse(event),
    onOutput: createSetOutput(env['GITHUB_OUTPUT']),
  });
  return { exitCode, stdout, stderr: '', timedOut: false, durationMs, startedAt: Number.NaN, peakRssBytes: undefined };
};

/** The same world, whose runs happen in this process unless one names another program. */
export function withoutProcesses<W extends World>(world: W): W {
  const { sign, verify, audit, verifyFiles } = world;
  return {
    ...world,
    sign: (inputs, more) => sign(inputs, { program: inThisProcess, ...more }),
    verify: (inputs, more) => verify(inputs, { program: inThisProcess, ...more }),
    audit: (inputs, more) => audit(inputs, { program: inThisProcess, ...more }),
    verifyFiles: (inputs, more) => verifyFiles(inputs, { program: inThisProcess, ...more }),
  };
}
