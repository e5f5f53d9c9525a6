import { expect, test } from 'vitest';
import type { KeylessAuthority } from '../../../../src/domain/policy/policy.ts';
import { endOfPass } from '../../../../src/usecases/admitting/pass-lifetime.ts';
import type { Judgement } from '../../../../src/usecases/judging/judge-image.ts';
import { BASE, keyless, policy } from '../policy-values.ts';

const JUDGED_AT = 10_000;
const ACCEPTED = { kind: 'accepted', notes: [] } as const;
const MISMATCH = { kind: 'mismatch', reason: 'TOO_OLD', findings: [], hints: [] } as const;

const times = (...ms: readonly number[]) => ({ provenTimes: ms.map((one) => new Date(one)) });
const signature = (evaluation: unknown, ...ms: readonly number[]) => ({
  verification: { kind: 'verified', facts: times(...ms) },
  evaluation,
});
const attestation = (evaluation: unknown, ...ms: readonly number[]) => ({
  verification: { kind: 'verified', facts: times(...ms), evaluations: [undefined, evaluation] },
});
const judgement = (signatures: readonly unknown[], attestations: readonly unknown[] = []) =>
  ({ signatures, attested: { attestations, lines: [], identity: undefined } }) as unknown as Judgement;

const aged = (maxAgeMs: number | undefined, ofAttestation?: number) => {
  const line = { signers: [{ ...BASE, maxAgeMs: ofAttestation }] };
  const attestations = (ofAttestation === undefined ? [] : [line]) as unknown as KeylessAuthority['attestations'];
  return policy('p', keyless('a', { requirement: { ...BASE, maxAgeMs }, attestations }));
};
const end = (found: Judgement, ...policies: readonly ReturnType<typeof aged>[]) =>
  endOfPass(found, policies, JUDGED_AT);

test('the oldest proven time counts, as for max-age itself', () => {
  expect(end(judgement([signature(ACCEPTED, 9000, 8000)]), aged(5000))).toBe(13_000);
  expect(end(judgement([signature(ACCEPTED, 9000)]), aged(undefined))).toBe(Number.POSITIVE_INFINITY);
  expect(end(judgement([]), aged(5000))).toBe(Number.POSITIVE_INFINITY);
});

test('the earliest end of any signature, age and policy counts', () => {
  const found = judgement([signature(ACCEPTED, 9000), signature(ACCEPTED, 8000), signature(MISMATCH, 7000)]);
  expect(end(found, aged(5000), aged(6000))).toBe(13_000);
  expect(end(found, aged(undefined), aged(6000))).toBe(14_000);
  // Ended before the image was judged: it passes for another reason.
  expect(end(found, aged(1500))).toBe(10_500);
  expect(end(found, aged(1000))).toBe(10_000);
  expect(end(found, aged(500))).toBe(Number.POSITIVE_INFINITY);
});

test('attestations have ages too', () => {
  const found = judgement([], [attestation(ACCEPTED, 9500), attestation(MISMATCH, 6000)]);
  expect(end(found, aged(undefined, 2000))).toBe(11_500);
  expect(end(found, aged(1000, 2000))).toBe(10_500);
  expect(end(found, aged(undefined))).toBe(Number.POSITIVE_INFINITY);
});

test('a time that is none makes no pass longer', () => {
  expect(end(judgement([signature(ACCEPTED, Number.NaN)]), aged(5000))).toBeNaN();
});
