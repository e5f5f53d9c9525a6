import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createSlots } from '../e2e/sign-world.ts';
import { CASES, playCase } from './play-case.ts';
import { atFullSpeed, type RunRecord } from './run-record.ts';

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
  const expected = recorded[name];
  const played = await slot(() => playCase(one));
  const requests = atFullSpeed(played.requests, expected?.requests ?? [], one.unawaited);
  expect({ ...played, requests }).toEqual(expected);
});

describe('of the requests of a slow run', () => {
  const tag = '/v2/acme/app/manifests/sha256-<hex>.sig';
  const writing = [`registry GET ${tag} → 200`, 'registry HEAD /v2/acme/app → 200', `registry PUT ${tag} → 201`];
  const read = writing.slice(0, 1);
  const reading = writing.slice(0, 2);

  test('further reads of a tag that it writes are left out, and nothing else', () => {
    expect(atFullSpeed([...read, ...writing], writing, undefined)).toEqual(writing);
    // A tag that is only read, another request, and more reads than the product ever makes.
    for (const [requests, recorded] of [
      [[...read, ...reading], reading],
      [[...writing.slice(1, 2), ...writing], writing],
      [[...Array(7).fill(read[0]), ...writing], writing],
    ] as const) {
      expect(atFullSpeed(requests, recorded, undefined)).toEqual([...requests].sort());
    }
    expect(atFullSpeed(writing.slice(1), writing, undefined)).toEqual(writing.slice(1));
  });

  test('what it does not wait for may be missing, and may not come twice', () => {
    expect(atFullSpeed(reading.slice(1), reading, /GET/)).toEqual(reading);
    expect(atFullSpeed(reading.slice(0, 1), reading, /GET/)).toEqual(reading.slice(0, 1));
    expect(atFullSpeed([...read, ...reading], reading, /GET/)).toEqual([...read, ...reading]);
  });
});
