import { join } from 'node:path';
import { VERSION } from '../compose/product.ts';
import type { Surroundings } from '../compose/surroundings.ts';
import { workflowAdvice } from './registry-advice.ts';
import type { RunEnvironment } from './run-environment.ts';

/** A run of an action as the adapters see it. */
export function surroundingsOf(run: RunEnvironment): Surroundings {
  const base = run.env['RUNNER_TOOL_CACHE'] || run.env['RUNNER_TEMP'] || '.';
  return {
    clock: run.clock,
    random: run.random,
    log: run.log,
    userAgent: `countersign/${VERSION}`,
    env: run.env,
    linuxUid: run.linuxUid,
    readFile: (path, maxBytes) => run.files.read(path, maxBytes),
    mask: run.mask,
    cacheDirectory: join(base, 'countersign', 'tuf'),
    atExit: run.atExit,
    early: run.early,
    registryAdvice: workflowAdvice,
  };
}
