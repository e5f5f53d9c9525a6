import { RFC3161Timestamp } from '@sigstore/core';
import { describe, expect, test } from 'vitest';
import { parseBundle } from '../../../src/sigstore/verifying/bundle-json.ts';
import { parseCertificate } from '../../../src/sigstore/verifying/certificate.ts';
import { readDer } from '../../../src/sigstore/verifying/der.ts';
import { type CountingProofs, type ProofContext, proveWhole } from '../../../src/sigstore/verifying/library-proof.ts';
import { prepareTrust } from '../../../src/sigstore/verifying/trust.ts';
import { goldenBundle, goldenRoot } from './golden.ts';

function signatureOf(folder: string): { material: ProofContext['material']; proofs: CountingProofs; times: Date[] } {
  const bundle = parseBundle(Buffer.from(JSON.stringify(goldenBundle(folder))));
  if (bundle.kind !== 'signature') throw new Error(`${folder} is ${bundle.kind}`);
  const { material } = bundle;
  const timestamps = material.timestamps.map((der) => new RFC3161Timestamp(readDer(der)));
  const logged = material.entries.map(({ integratedTime }) => new Date(integratedTime * 1000));
  return {
    material,
    proofs: { entries: material.entries.map(({ entry }) => entry), timestamps },
    times: [...logged, ...timestamps.map(({ signingTime }) => signingTime)],
  };
}

describe('a certificate that the library has accepted at a time', () => {
  const { material, proofs, times } = signatureOf('cosign3-bundle-v1');
  const other = signatureOf('cosign3-bundle-v1-notsa');

  /** The same root without its authorities, with what the library has accepted under it: only what is known passes. */
  function afterOneProof(): ProofContext {
    const trust = prepareTrust('golden', goldenRoot());
    const context = { material, certificate: parseCertificate(material.certificate), trust };
    proveWhole(proofs, times, context);
    return { ...context, trust: { ...trust, material: { ...trust.material, certificateAuthorities: [] } } };
  }

  test('is not judged again at the same times', () => {
    expect(times).toHaveLength(2);
    expect(() => proveWhole(proofs, times, afterOneProof())).not.toThrow();
  });

  test('is judged again at any other time', () => {
    const context = afterOneProof();
    const [first = new Date(0), second = new Date(0)] = times;
    for (const later of [
      [first, new Date(second.getTime() + 1)],
      [new Date(first.getTime() - 1), second],
      [...times, new Date(first.getTime() + 1000)],
    ]) {
      expect(() => proveWhole(proofs, later, context)).toThrow(
        expect.objectContaining({ reason: 'CERTIFICATE_UNTRUSTED' }),
      );
    }
  });

  test('is judged again under any other root', () => {
    const { certificate } = afterOneProof();
    const trust = prepareTrust('other', { ...goldenRoot(), certificateAuthorities: [] });
    expect(() => proveWhole(proofs, times, { material, certificate, trust })).toThrow(
      expect.objectContaining({ reason: 'CERTIFICATE_UNTRUSTED' }),
    );
  });

  test('is judged again if nothing says when', () => {
    const context = afterOneProof();
    expect(() => proveWhole(proofs, [], context)).toThrow(expect.objectContaining({ reason: 'CERTIFICATE_UNTRUSTED' }));
  });

  test('is not accepted for a time that the proofs themselves do not establish', () => {
    // The caller says the known times, and the log's entry another one: the library asks for that one.
    const context = afterOneProof();
    const entries = proofs.entries.map((entry) => ({
      ...entry,
      integratedTime: String(Number(entry.integratedTime) + 1),
    }));
    // Not the reason of the log, which refuses such an entry too, but later.
    expect(() => proveWhole({ ...proofs, entries }, times, context)).toThrow(
      expect.objectContaining({ reason: 'CERTIFICATE_UNTRUSTED' }),
    );
  });

  test('is kept with a thousand times at most, and judged again at others', () => {
    const trust = prepareTrust('golden', goldenRoot());
    const context = { material, certificate: parseCertificate(material.certificate), trust };
    const many = new Set(Array.from({ length: 1000 }, (_, index) => index));
    trust.acceptedAt.set(context.certificate, many);
    expect(() => proveWhole(proofs, times, context)).not.toThrow();
    expect(many.size).toBe(1000);
    const strange = { ...context, trust: { ...trust, material: { ...trust.material, certificateAuthorities: [] } } };
    expect(() => proveWhole(proofs, times, strange)).toThrow(
      expect.objectContaining({ reason: 'CERTIFICATE_UNTRUSTED' }),
    );
  });

  test.each<[string, (context: ProofContext) => [CountingProofs, ProofContext]]>([
    [
      'another signature',
      (context) => [proofs, { ...context, material: { ...material, signature: other.material.signature } }],
    ],
    ['another payload', (context) => [proofs, { ...context, material: { ...material, payload: Buffer.from('{}') } }]],
    ['the log entry of another signature', (context) => [{ ...proofs, entries: other.proofs.entries }, context]],
    ['no log entry', (context) => [{ ...proofs, entries: [] }, context]],
    ['no proof at all', (context) => [{ entries: [], timestamps: [] }, context]],
    [
      'the same log entry twice',
      (context) => [{ ...proofs, entries: [...proofs.entries, ...proofs.entries] }, context],
    ],
    [
      'the timestamp of another signature',
      (context) => [{ ...proofs, timestamps: signatureOf('cosign3-bundle-tsa').proofs.timestamps }, context],
    ],
    [
      'a promise of the log that is damaged',
      (context) => [
        {
          ...proofs,
          entries: proofs.entries.map((entry) => {
            const signedEntryTimestamp = Buffer.from(entry.inclusionPromise?.signedEntryTimestamp ?? []);
            return { ...entry, inclusionPromise: { signedEntryTimestamp: signedEntryTimestamp.reverse() } };
          }),
        },
        context,
      ],
    ],
  ])('does not make up for %s', (_what, tamper) => {
    const [tampered, context] = tamper(afterOneProof());
    expect(() => proveWhole(tampered, times, context)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^@sigstore\/verify: /) }),
    );
  });
});
