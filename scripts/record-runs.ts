/** Writes what every recorded run does (__tests__/fixtures/recorded-runs.json); build dist/ first. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CASES, playCase } from '../__tests__/recorded/play-case.ts';
import type { RunRecord } from '../__tests__/recorded/run-record.ts';

const records: Record<string, RunRecord> = {};
for (const [name, one] of CASES) {
  records[name] = await playCase(one);
  console.log(`${records[name].exitCode} ${name}`);
}
const path = fileURLToPath(new URL('../__tests__/fixtures/recorded-runs.json', import.meta.url));
writeFileSync(path, `${JSON.stringify(records, undefined, 1)}\n`);
