import { expect, test } from 'vitest';
import { digestOf } from '../../../src/domain/image/digest.ts';
import { createSignatureVerifier } from '../../../src/sigstore/verifying/verifier.ts';
import { examineSet } from '../../../src/usecases/examining/examine-image.ts';
import type { Candidate } from '../../../src/usecases/ports.ts';
import { testCall } from '../../calls.ts';
import { goldenCandidates, goldenRoot, goldenSubject } from './golden.ts';

const folder = 'cosign3-legacy';

test('many signatures of one image are verified in order and leave turns of the event loop to others', async () => {
  const [golden] = goldenCandidates(folder);
  if (golden?.format !== 'legacy') throw new Error('no layer');
  const candidates = Array.from(
    { length: 80 },
    (_, index): Candidate => ({
      ...golden,
      digest: digestOf(Buffer.from(`candidate ${index}`)),
      annotations: index % 2 === 0 ? golden.annotations : {},
    }),
  );
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const verifier = createSignatureVerifier({
    trust: { rootFor: () => Promise.resolve({ label: 'golden', root: goldenRoot() }) },
  });
  const { examined } = await examineSet(
    { call: testCall(), verifier, digest: goldenSubject(folder), format: 'any' },
    Promise.resolve({ candidates, unreadable: [], places: [] }),
  );
  isDone = true;
  expect(turns).toBeGreaterThanOrEqual(10);
  expect(examined.map(({ candidate }) => candidate.digest)).toEqual(candidates.map(({ digest }) => digest));
  expect(examined.map(({ verification }) => verification.kind)).toEqual(
    candidates.map((_, index) => (index % 2 === 0 ? 'verified' : 'refused')),
  );
});

test('signatures that are verified at once get a turn of the event loop each, so what follows the first can leave', async () => {
  const [golden] = goldenCandidates(folder);
  if (golden === undefined) throw new Error('no candidate');
  const verifier = createSignatureVerifier({
    trust: { rootFor: () => Promise.resolve({ label: 'golden', root: goldenRoot() }) },
  });
  await verifier.prepare(testCall());
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const at = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { kind } = await verifier.verify(testCall(), golden, goldenSubject(folder));
      return `${kind} in turn ${turns}`;
    }),
  );
  isDone = true;
  expect(at.every((one) => one.startsWith('verified'))).toBe(true);
  expect(new Set(at).size).toBe(10);
});
