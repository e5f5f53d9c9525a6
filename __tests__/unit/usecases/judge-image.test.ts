import { describe, expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import type { Evaluation } from '../../../src/domain/identity/evaluation.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import type { Facts, Verification } from '../../../src/domain/signature/facts.ts';
import type { RefusalReason } from '../../../src/domain/signature/refusal.ts';
import type { Examination } from '../../../src/usecases/examining/examine-image.ts';
import { judgeImage } from '../../../src/usecases/judging/judge-image.ts';
import type { Candidate, Place, UnreadableCandidate } from '../../../src/usecases/ports.ts';

const digest = `sha256:${'a'.repeat(64)}` as Digest;
const candidate: Candidate = { format: 'bundle', digest, bundle: new Uint8Array() };
const place: Place = {
  kind: 'referrers-api',
  request: 'GET /v2/app/referrers/x',
  status: 200,
  outcome: 'listed',
  entries: 1,
  error: undefined,
};

function facts(subject: string, signedAt = '2026-11-22T10:00:00Z'): Facts {
  return {
    format: 'bundle',
    identity: { issuer: 'https://issuer', subject, subjectKind: 'uri', claims: {} },
    annotations: {},
    provenTimes: [new Date(signedAt)],
    log: undefined,
    dockerReference: undefined,
  };
}

const verified = (subject: string, signedAt?: string): Verification => ({
  kind: 'verified',
  facts: facts(subject, signedAt),
});
const refused = (reason: RefusalReason): Verification => ({
  kind: 'refused',
  reason,
  message: `refused: ${reason}`,
  unverified: undefined,
});
const attestation: Verification = {
  kind: 'not-a-signature',
  what: 'attestation',
  predicateType: 'https://slsa.dev/provenance/v1',
  message: 'an attestation',
};

function examination(verifications: readonly Verification[], rest: Partial<Examination> = {}): Examination {
  return {
    examined: verifications.map((verification) => ({ candidate, verification })),
    attestations: [],
    undecided: [],
    unreadable: [],
    places: [place],
    listed: [],
    ...rest,
  };
}

const acceptGood = (one: Facts): Evaluation =>
  one.identity.subject.startsWith('good')
    ? { kind: 'accepted', notes: [] }
    : {
        kind: 'mismatch',
        reason: 'IDENTITY_MISMATCH',
        findings: [{ field: 'certificate-identity', expected: 'good', found: one.identity.subject, ok: false }],
        hints: [],
      };

const failedPlace: Place = {
  ...place,
  kind: 'signature-tag',
  outcome: 'failed',
  status: 503,
  error: new CodedError('REGISTRY_UNAVAILABLE', 'down'),
};
const unreadable = (outcome: UnreadableCandidate['outcome']): UnreadableCandidate => ({
  digest,
  place: 'referrers-api',
  outcome,
  artifactType: 'application/spdx+json',
  message: 'odd',
});

describe('judgeImage', () => {
  test('passes for one accepted signature, the newest one deciding who signed', () => {
    const found = [verified('good old', '2026-11-01T00:00:00Z'), verified('bad'), verified('good new')];
    const judgement = judgeImage(examination(found), acceptGood);
    expect(judgement).toMatchObject({ verdict: 'pass', reason: null });
    expect(judgement.accepted?.identity.subject).toBe('good new');
  });

  test('passes for an accepted signature although another place failed', () => {
    expect(judgeImage(examination([verified('good')], { places: [place, failedPlace] }), acceptGood).verdict).toBe(
      'pass',
    );
  });

  test.each<[string, readonly Verification[], Partial<Examination>, string, string]>([
    ['nothing at all', [], {}, 'fail', 'NO_SIGNATURE'],
    ['only an attestation', [attestation], {}, 'fail', 'NO_SIGNATURE'],
    ['only another artifact', [], { unreadable: [unreadable('not-a-signature')] }, 'fail', 'NO_SIGNATURE'],
    ['nothing, but a place that failed', [], { places: [place, failedPlace] }, 'error', 'REGISTRY_UNAVAILABLE'],
    [
      'a refusal and a place that failed',
      [verified('bad')],
      { places: [failedPlace] },
      'error',
      'REGISTRY_UNAVAILABLE',
    ],
    [
      'a listed signature that could not be fetched',
      [],
      { unreadable: [unreadable('failed')] },
      'error',
      'REGISTRY_UNAVAILABLE',
    ],
    ['a malformed signature', [], { unreadable: [unreadable('malformed')] }, 'fail', 'SIGNATURE_INVALID'],
    ['only a wrong signer', [verified('bad')], {}, 'fail', 'IDENTITY_MISMATCH'],
    ['a broken and a wrong signer', [refused('SIGNATURE_INVALID'), verified('bad')], {}, 'fail', 'IDENTITY_MISMATCH'],
    ['two broken ones', [refused('SIGNATURE_INVALID'), refused('NOT_LOGGED')], {}, 'fail', 'NOT_LOGGED'],
  ])('does not pass for %s', (_what, verifications, rest, verdict, reason) => {
    const judgement = judgeImage(examination(verifications, rest), acceptGood);
    expect(judgement).toMatchObject({ verdict, reason, accepted: undefined });
  });

  test('accepts nothing if no identity was given', () => {
    expect(judgeImage(examination([verified('good')]), undefined)).toMatchObject({
      verdict: 'fail',
      accepted: undefined,
    });
  });

  test('names the attestation it saw and each place it looked at', () => {
    const { message } = judgeImage(examination([attestation]), acceptGood);
    expect(message).toContain('https://slsa.dev/provenance/v1');
    expect(message).toContain('GET /v2/app/referrers/x → 200');
  });

  test('takes for the nearest of equally far ones the signature with the fewest rules unmet', () => {
    const unmet = (one: Facts): Evaluation => ({
      kind: 'mismatch',
      reason: one.identity.subject === 'issuer' ? 'ISSUER_MISMATCH' : 'CLAIM_MISMATCH',
      findings: Array.from({ length: one.identity.subject.length }, (_, index) => ({
        field: `rule ${index}`,
        expected: 'x',
        found: one.identity.subject,
        ok: false,
      })),
      hints: [],
    });
    const subjects = ['issuer', 'far away', 'near', 'further'];
    const { signatures, message } = judgeImage(examination(subjects.map((one) => verified(one))), unmet);
    const order = signatures.map(({ verification }) =>
      verification.kind === 'verified' ? verification.facts.identity.subject : '',
    );
    expect(order).toEqual(['near', 'further', 'far away', 'issuer']);
    expect(message).toContain('found near (closest of 4 signatures)');
  });

  test('puts expected and found side by side in the message', () => {
    expect(judgeImage(examination([verified('bad')]), acceptGood).message).toBe(
      'certificate-identity: expected good, found bad',
    );
  });
});
