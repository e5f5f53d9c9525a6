import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EntryKind, signLayerByHand, signMessageByHand } from '../../../sandbox/sigstore/hand-signer.ts';
import type { SigstoreStack } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { hexOf } from '../../../src/domain/image/digest.ts';
import type { AttestationVerification } from '../../../src/domain/signature/facts.ts';
import { parseMessageBundle } from '../../../src/sigstore/verifying/message-signature.ts';
import { createProver } from '../../../src/sigstore/verifying/prover.ts';
import { IMAGE_SIGNATURE_LIMITS } from '../../../src/sigstore/verifying/signed-content.ts';
import type { Candidate } from '../../../src/usecases/ports.ts';
import { testCall } from '../../calls.ts';
import { bundleCandidate, type Json, legacyCandidate, verifierFor } from './golden.ts';
import {
  OTHER_SUBJECT,
  outcome,
  rootOf,
  SUBJECT,
  seconds,
  sign,
  startStack,
  statement,
  T,
} from './sandbox-signatures.ts';

let stack: SigstoreStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const SLSA = 'https://slsa.dev/provenance/v1';
const ours = { digest: { sha256: hexOf(SUBJECT) } };
const theirs = { digest: { sha256: hexOf(OTHER_SUBJECT) } };
const provenance = (changes: Json = {}): string =>
  statement({ predicateType: SLSA, predicate: { builder: 'ours' }, ...changes });

function prove(bundle: Json | Candidate, subject = SUBJECT, root = rootOf(stack)): Promise<AttestationVerification> {
  const candidate = 'format' in bundle ? (bundle as Candidate) : bundleCandidate(bundle);
  return verifierFor(root).verifyAttestation(candidate, subject);
}

/** `verified`, or the reason of the refusal. */
async function outcomeOf(...args: Parameters<typeof prove>): Promise<string> {
  const result = await prove(...args);
  return result.kind === 'verified' ? result.kind : result.reason;
}

/** What the `.att` tag of cosign holds: the envelope as layer, the proofs as annotations. */
function attestationLayer(bundle: Json): Extract<Candidate, { format: 'legacy' }> {
  const { certificate, tlogEntries } = bundle.verificationMaterial;
  const der: string = certificate.rawBytes;
  const [entry] = tlogEntries;
  const candidate = legacyCandidate(Buffer.from(JSON.stringify(bundle.dsseEnvelope)), {
    'dev.cosignproject.cosign/signature': '',
    'dev.sigstore.cosign/certificate': `-----BEGIN CERTIFICATE-----\n${der.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`,
    'dev.sigstore.cosign/bundle': JSON.stringify({
      SignedEntryTimestamp: entry.inclusionPromise.signedEntryTimestamp,
      Payload: {
        body: entry.canonicalizedBody,
        integratedTime: Number(entry.integratedTime),
        logIndex: Number(entry.logIndex),
        logID: Buffer.from(entry.logId.keyId, 'base64').toString('hex'),
      },
    }),
  });
  if (candidate.format !== 'legacy') throw new Error('no layer');
  return candidate;
}

describe('an attestation', () => {
  test.each<[string, string, readonly EntryKind[]]>([
    ['SLSA provenance', SLSA, ['dsse']],
    ['an SPDX document', 'https://spdx.dev/Document', ['intoto']],
    ['a vulnerability report', 'https://cosign.sigstore.dev/attestation/vuln/v1', ['hashedrekord']],
    ['a type of somebody’s own', 'urn:example:x', ['v2']],
  ])('of any predicate type is proven with all that it says: %s', async (_, predicateType, entries) => {
    const payload = statement({
      predicateType,
      predicate: { builder: { id: 'x' }, count: 3 },
      subject: [theirs, { ...ours, name: 'app', annotations: { team: 'red', n: 1 } }],
    });
    const result = await prove(sign(stack, { payload, entries, timestamps: [{ at: seconds(1) }] }));
    if (result.kind !== 'verified') throw new Error(JSON.stringify(result));
    const { facts } = result;
    expect(facts.statement).toMatchObject({
      type: 'https://in-toto.io/Statement/v1',
      predicateType,
      predicate: { builder: { id: 'x' }, count: 3 },
      subjects: [
        { name: undefined, digests: theirs.digest, annotations: {} },
        { name: 'app', digests: ours.digest, annotations: { team: 'red' } },
      ],
    });
    expect(Buffer.from(facts.statement.payload).toString()).toBe(payload);
    expect(facts.identity.subjectKind).toBe('uri');
    expect(facts.provenTimes).toEqual(entries[0] === 'v2' ? [seconds(1)] : [T, seconds(1)]);
    expect(facts.log?.index).toBeTypeOf('number');
  });

  test.each<[string, string, string]>([
    ['as it should be', provenance(), 'verified'],
    ['of statement type v0.1', provenance({ _type: 'https://in-toto.io/Statement/v0.1' }), 'verified'],
    ['without predicate', provenance({ predicate: undefined }), 'verified'],
    ['that names our image under two names', provenance({ subject: [ours, { ...ours, name: 'x' }] }), 'verified'],
    ['about another image', provenance({ subject: [theirs] }), 'SUBJECT_DIGEST_MISMATCH'],
    ['that only names our image', provenance({ subject: [{ name: `app@${SUBJECT}` }] }), 'SUBJECT_DIGEST_MISMATCH'],
    ['about nothing', provenance({ subject: [] }), 'SIGNATURE_INVALID'],
    ['of an unknown statement type', provenance({ _type: 'https://in-toto.io/Statement/v2' }), 'SIGNATURE_INVALID'],
    ['without predicate type', provenance({ predicateType: undefined }), 'SIGNATURE_INVALID'],
    ['with a predicate that is a list', provenance({ predicate: [] }), 'SIGNATURE_INVALID'],
    ['with an unknown field', provenance({ extra: 1 }), 'SIGNATURE_INVALID'],
    ['with two predicates', provenance().replace('"predicate":', '"predicate":{},"predicate":'), 'SIGNATURE_INVALID'],
    [
      'with a duplicate key in its predicate',
      provenance().replace('{"builder"', '{"builder":1,"builder"'),
      'SIGNATURE_INVALID',
    ],
  ])('%s: %s', async (_, payload, expected) => {
    expect(await outcomeOf(sign(stack, { payload }))).toBe(expected);
  });

  test('with 300,000 members, as an SBOM has, is proven; one with more than 1,500,000 is not read', async () => {
    const sbom = (count: number): Json =>
      sign(stack, { payload: provenance({ predicate: { files: Array(count).fill(0) } }) });
    expect(await outcomeOf(sbom(300_000))).toBe('verified');
    expect(await prove(sbom(1_500_001))).toMatchObject({
      kind: 'refused',
      reason: 'SIGNATURE_INVALID',
      message: expect.stringContaining('more than 1500000 members'),
    });
    expect(await outcomeOf(bundleCandidate(Buffer.alloc(16 * 1024 * 1024 + 1, 0x20)))).toBe('SIGNATURE_INVALID');
  });
});

describe('a tampered twin of an attestation is refused', () => {
  const made = (signing = {}): Json => sign(stack, { payload: provenance(), ...signing });

  test('with another predicate, predicate type or subject than was signed', async () => {
    const bundle = made();
    expect(await outcomeOf(bundle)).toBe('verified');
    for (const changes of [
      { predicate: { builder: 'theirs' } },
      { predicateType: `${SLSA}.1` },
      { subject: [ours, theirs] },
    ]) {
      const payload = Buffer.from(provenance(changes)).toString('base64');
      expect(await outcomeOf({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payload } })).toBe(
        'SIGNATURE_INVALID',
      );
    }
  });

  test('for another image, under another root, with the entry, timestamp or certificate of another', async () => {
    const bundle = made({ timestamps: [{}] });
    const other = made({ timestamps: [{}] });
    const { verificationMaterial: material } = bundle;
    const withMaterial = (changes: Json): Json => ({ ...bundle, verificationMaterial: { ...material, ...changes } });
    await using foreign = await startStack();
    expect(await outcomeOf(bundle)).toBe('verified');
    expect(await outcomeOf(bundle, OTHER_SUBJECT)).toBe('SUBJECT_DIGEST_MISMATCH');
    expect(await outcomeOf(bundle, SUBJECT, rootOf(foreign))).toBe('CERTIFICATE_UNTRUSTED');
    const { tlogEntries, timestampVerificationData, certificate } = other.verificationMaterial;
    expect(await outcomeOf(withMaterial({ tlogEntries }))).toBe('NOT_LOGGED');
    expect(await outcomeOf(withMaterial({ tlogEntries: [] }))).toBe('NOT_LOGGED');
    expect(await outcomeOf(withMaterial({ timestampVerificationData }))).toBe('TIMESTAMP_INVALID');
    expect(await outcomeOf(withMaterial({ certificate }))).toBe('SIGNATURE_INVALID');
    expect(await outcomeOf(made({ loggedAt: seconds(86_400) }))).toBe('CERTIFICATE_EXPIRED');
  });

  test('and says whose it claims to be, unverified', async () => {
    const result = await prove(made(), OTHER_SUBJECT);
    expect(result).toMatchObject({ kind: 'refused', unverified: { subjectKind: 'uri' } });
  });
});

describe('an attestation is never an image signature, nor the reverse', () => {
  test('in a bundle', async () => {
    const [image, attested] = [sign(stack), sign(stack, { payload: provenance() })];
    expect([await outcome(image, rootOf(stack)), await outcomeOf(image)]).toEqual(['verified', 'SIGNATURE_INVALID']);
    expect([await outcome(attested, rootOf(stack)), await outcomeOf(attested)]).toEqual(['attestation', 'verified']);
    expect(await prove(image)).toMatchObject({ message: 'an image signature, not an attestation' });
  });

  test('when its predicate type is changed after it was signed', async () => {
    const relabelled = (bundle: Json, predicateType: string): Json => {
      const said: Json = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString('utf8'));
      const payload = Buffer.from(JSON.stringify({ ...said, predicateType })).toString('base64');
      return { ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payload } };
    };
    const image = relabelled(sign(stack, { payload: provenance() }), 'https://sigstore.dev/cosign/sign/v1');
    expect(await outcome(image, rootOf(stack))).toBe('SIGNATURE_INVALID');
    expect(await outcomeOf(relabelled(sign(stack), SLSA))).toBe('SIGNATURE_INVALID');
  });

  test('in a layer', async () => {
    const layer = attestationLayer(sign(stack, { payload: provenance() }));
    expect([await outcome(layer, rootOf(stack)), await outcomeOf(layer)]).toEqual(['SIGNATURE_INVALID', 'verified']);
    // With a signature annotation that fits it is still no simple-signing payload.
    const { annotations } = layer;
    const sig = JSON.parse(Buffer.from(layer.payload).toString()).signatures[0].sig;
    const signed = { ...layer, annotations: { ...annotations, 'dev.cosignproject.cosign/signature': sig } };
    expect(await outcome(signed, rootOf(stack))).toBe('SIGNATURE_INVALID');
    expect(await outcomeOf(attestationLayer(sign(stack)))).toBe('SIGNATURE_INVALID');
    const payload = Buffer.from(
      JSON.stringify({
        critical: {
          identity: { 'docker-reference': 'ghcr.io/acme/app' },
          image: { 'docker-manifest-digest': SUBJECT },
          type: 'cosign container image signature',
        },
        optional: null,
      }),
    );
    const legacy = legacyCandidate(payload, signLayerByHand(stack, { payload }));
    expect([await outcome(legacy, rootOf(stack)), await outcomeOf(legacy)]).toEqual(['verified', 'SIGNATURE_INVALID']);
  });
});

describe('a layer of the .att tag', () => {
  const layer = (): Extract<Candidate, { format: 'legacy' }> =>
    attestationLayer(sign(stack, { payload: provenance() }));

  test('is proven with what it says', async () => {
    expect(await prove(layer())).toMatchObject({
      kind: 'verified',
      facts: { statement: { predicateType: SLSA, predicate: { builder: 'ours' } }, provenTimes: [T] },
    });
  });

  test.each<[string, (layer: Extract<Candidate, { format: 'legacy' }>) => Partial<Candidate>, string]>([
    [
      'another predicate',
      ({ payload }) => ({ payload: withStatement(payload, { predicate: { builder: 'x' } }) }),
      'SIGNATURE_INVALID',
    ],
    [
      'a second signature',
      ({ payload }) => ({
        payload: withEnvelope(payload, (e) => ({ signatures: [...e.signatures, ...e.signatures] })),
      }),
      'SIGNATURE_INVALID',
    ],
    [
      'an unknown field',
      ({ payload }) => ({ payload: withEnvelope(payload, () => ({ extra: 1 })) }),
      'SIGNATURE_INVALID',
    ],
    [
      'another payload type',
      ({ payload }) => ({ payload: withEnvelope(payload, () => ({ payloadType: 'text/plain' })) }),
      'SIGNATURE_INVALID',
    ],
    ['the proofs of another', () => ({ annotations: layer().annotations }), 'SIGNATURE_INVALID'],
    [
      'no certificate',
      ({ annotations }) => ({ annotations: without(annotations, 'dev.sigstore.cosign/certificate') }),
      'CERTIFICATE_UNTRUSTED',
    ],
    [
      'no log entry',
      ({ annotations }) => ({ annotations: without(annotations, 'dev.sigstore.cosign/bundle') }),
      'NOT_LOGGED',
    ],
    [
      'the log entry of another',
      ({ annotations }) => ({
        annotations: {
          ...annotations,
          'dev.sigstore.cosign/bundle': layer().annotations['dev.sigstore.cosign/bundle'] ?? '',
        },
      }),
      'NOT_LOGGED',
    ],
  ])('with %s is refused: %s', async (_, change, expected) => {
    const original = layer();
    expect(await outcomeOf(original)).toBe('verified');
    expect(await outcomeOf({ ...original, ...change(original) } as Candidate)).toBe(expected);
  });

  const withEnvelope = (payload: Uint8Array, change: (envelope: Json) => Json): Uint8Array => {
    const envelope: Json = JSON.parse(Buffer.from(payload).toString());
    return Buffer.from(JSON.stringify({ ...envelope, ...change(envelope) }));
  };
  const withStatement = (payload: Uint8Array, changes: Json): Uint8Array =>
    withEnvelope(payload, () => ({ payload: Buffer.from(provenance(changes)).toString('base64') }));
  const without = (annotations: Readonly<Record<string, string>>, name: string): Record<string, string> =>
    Object.fromEntries(Object.entries(annotations).filter(([key]) => key !== name));
});

describe('a message signature, which only the conformance suite asks for', () => {
  const judge = async (bundle: Json, message: string, root = rootOf(stack)): Promise<string> => {
    const proof = await createProver({ rootFor: async () => ({ label: 'x', root }) }).prove(testCall(), {
      open: () => parseMessageBundle(Buffer.from(JSON.stringify(bundle)), Buffer.from(message)),
      limits: IMAGE_SIGNATURE_LIMITS,
      admit: (content) => content,
    });
    return proof.kind === 'refused' ? proof.reason : `${proof.kind} ${proof.content.kind}`;
  };
  const made = (data = 'a file'): Json => signMessageByHand(stack, { data, entries: ['hashedrekord'] });

  test('is proven over the very bytes, and over no others', async () => {
    const bundle = made();
    expect(await judge(bundle, 'a file')).toBe('proven message');
    expect(await judge(bundle, 'a filf')).toBe('SIGNATURE_INVALID');
    const { messageDigest: _, ...unnamed } = bundle.messageSignature;
    expect(await judge({ ...bundle, messageSignature: unnamed }, 'a file')).toBe('proven message');
    expect(await judge({ ...bundle, messageSignature: unnamed }, 'a filf')).toBe('SIGNATURE_INVALID');
    const messageDigest = made('a filf').messageSignature.messageDigest;
    expect(await judge({ ...bundle, messageSignature: { ...unnamed, messageDigest } }, 'a file')).toBe(
      'SIGNATURE_INVALID',
    );
    expect(await judge({ ...bundle, messageSignature: made().messageSignature }, 'a file')).toBe('SIGNATURE_INVALID');
    const { tlogEntries } = made().verificationMaterial;
    expect(
      await judge({ ...bundle, verificationMaterial: { ...bundle.verificationMaterial, tlogEntries } }, 'a file'),
    ).toBe('NOT_LOGGED');
    await using foreign = await startStack();
    expect(await judge(bundle, 'a file', rootOf(foreign))).toBe('CERTIFICATE_UNTRUSTED');
  });

  test('is neither an image signature nor an attestation, even over their statement', async () => {
    for (const payload of [statement(), provenance()]) {
      const bundle = made(payload);
      expect(await judge(bundle, payload)).toBe('proven message');
      expect(await outcome(bundle, rootOf(stack))).toBe('message-signature');
      expect(await outcomeOf(bundle)).toBe('SIGNATURE_INVALID');
      // Beside the other content each would pass by itself.
      const enveloped = sign(stack, { payload });
      const withEnvelope = { ...bundle, dsseEnvelope: enveloped.dsseEnvelope };
      const withMessage = { ...enveloped, messageSignature: bundle.messageSignature };
      expect(await judge(withEnvelope, payload)).toBe('SIGNATURE_INVALID');
      expect([await outcome(withMessage, rootOf(stack)), await outcomeOf(withMessage)]).toEqual([
        'SIGNATURE_INVALID',
        'SIGNATURE_INVALID',
      ]);
    }
  });
});
