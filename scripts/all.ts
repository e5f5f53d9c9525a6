/**
 * What every commit must pass, one part after the other, with the time that each took. Stops at the first that fails.
 * Longer runs (interop, races, …) are apart: see CONTRIBUTING.md.
 */
import { spawnSync } from 'node:child_process';

const PARTS = ['types', 'lint', 'unused', 'test', 'build'] as const;

const lines: string[] = [];
for (const part of PARTS) {
  const from = performance.now();
  const { status } = spawnSync('npm', ['run', part], { stdio: 'inherit' });
  const seconds = ((performance.now() - from) / 1000).toFixed(0);
  lines.push(`${part.padEnd(8)}${seconds.padStart(5)} s  ${status === 0 ? 'passed' : 'failed'}`);
  if (status !== 0) break;
}
console.log(`\n${lines.join('\n')}`);
process.exitCode = lines.every((line) => line.endsWith('passed')) && lines.length === PARTS.length ? 0 : 1;
