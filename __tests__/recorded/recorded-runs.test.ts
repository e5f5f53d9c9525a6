import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createSlots } from '../e2e/sign-world.ts';
import { CASES, playCase } from './play-case.ts';
import type { RunRecord } from './run-record.ts';

/*
 * Each outcome of both actions from outside: exit status, outputs, verdicts, requests, written manifests. A change of
 * structure leaves the record as it is. A change of behaviour changes it in the same commit (`npm run record`), so that
 * a reader sees what changed.
 */

const recorded = JSON.parse(
  readFileSync(new URL('../fixtures/recorded-runs.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, RunRecord>>;
const slot = createSlots();

test('every case is recorded, and every record has its case', () => {
  expect(Object.keys(recorded).sort()).toEqual(CASES.map(([name]) => name).sort());
});

test.concurrent.each(CASES)('%s', async (name, one) => {
  expect(await slot(() => playCase(one))).toEqual(recorded[name]);
});
