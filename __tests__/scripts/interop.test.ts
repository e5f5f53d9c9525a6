import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CANNOT } from '../../scripts/interop/act/cases.ts';
import { dataText, type InteropData, limitsOf, type Row, rowsOf } from '../../scripts/interop/data.ts';
import { type Case, type Cell, type Plan, planCases } from '../../scripts/interop/matrix.ts';
import { interopPage } from '../../scripts/interop/page.ts';

const DOCS = join(import.meta.dirname, '../../docs');
const readDocument = (name: string): string => readFileSync(join(DOCS, name), 'utf8');
const DATA = JSON.parse(readDocument('interop.json')) as InteropData;

test('docs/interop.md is what the script writes from docs/interop.json, and a page', () => {
  const page = readDocument('interop.md');
  expect(page).toBe(interopPage(DATA));
  expect(page.split('\n').length).toBeLessThanOrEqual(90);
});

test('docs/interop.json is as the script writes it, one entry per line', () => {
  expect(readDocument('interop.json')).toBe(dataText(DATA));
});

test('one verdict that changes is seen on the page', () => {
  const [first, ...others] = DATA.rows as [Row, ...Row[]];
  const changed = {
    ...DATA,
    rows: [{ ...first, verdicts: { ...first.verdicts, 'our gate': 'disagrees' as const } }, ...others],
  };
  expect(interopPage(DATA)).toContain('Nobody disagreed.');
  expect(interopPage(changed)).toContain('**1 disagreed.**');
  expect(interopPage(changed)).toContain('**✗ 1**');
});

test('the examples that ran on act are two lines, with the code of each twin that was refused', () => {
  const page = interopPage({
    ...DATA,
    checks: [
      'act 1.0: examples/helm.yml passes',
      'act 1.0: examples/migration/tutorial-after.yml passes',
      'act 1.0: examples/helm.yml (other file) is refused with IDENTITY_MISMATCH',
    ],
  });
  expect(page).toContain('- act 1.0: 2 workflows of examples/ pass: helm, migration/tutorial-after\n');
  expect(page).toContain(
    '- act 1.0: 1 with one thing wrong are refused, and what follows does not run: helm (other file): `IDENTITY_MISMATCH`\n',
  );
  for (const name of Object.keys(CANNOT)) expect(page).toContain(`](../examples/${name}): `);
});

const named = (...names: readonly string[]): never[] => names.map((name) => ({ name }) as never);
const plan = (more: Partial<Plan> = {}): readonly Case[] =>
  planCases({
    ...{ signers: named('ours', 'cosign'), registries: named('with API', 'without'), everyRegistry: false },
    ...{ everyShape: false, ...more },
  });

test('cells become rows by signature, and limits are told once', () => {
  const [one] = plan() as [Case];
  const cell = { case: one, format: 'bundle', verifier: 'gate', verdict: 'agrees', twins: 3 } as const;
  const limit = { ...cell, verifier: 'other', verdict: 'cannot', why: 'reads no bundles', twins: 0 } as const;
  const cells: readonly Cell[] = [cell, limit, { ...limit, case: { ...one, number: 2 } }];
  expect(rowsOf(cells)).toEqual([
    {
      ...{ case: 1, signer: 'ours', signature: 'bundle', writtenAs: 'bundle', services: 'v1' },
      ...{ registry: 'with API', image: 'single image', verdicts: { gate: 3, other: 'cannot' } },
    },
    expect.objectContaining({ case: 2, verdicts: { other: 'cannot' } }),
  ]);
  expect(limitsOf(cells)).toEqual([{ who: 'other', does: 'verifies', format: 'bundle', why: 'reads no bundles' }]);
});

test.each([
  { everyShape: true, everyRegistry: true, cases: 144 },
  { everyShape: true, everyRegistry: false, cases: 72 },
  { everyShape: false, everyRegistry: false, cases: 36 },
])('each registry meets every format, service and shape: %o', ({ cases, ...how }) => {
  const planned = plan(how);
  expect(planned).toHaveLength(cases);
  for (const registry of ['with API', 'without']) {
    const own = planned.filter((one) => one.registry.name === registry && one.signer.name === 'ours');
    expect(new Set(own.map(({ format, services }) => `${format} ${services}`)).size).toBe(9);
    expect(new Set(own.map(({ shape }) => shape)).size).toBe(4);
  }
});
