import { readFileSync } from 'node:fs';
import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import { expect, test } from 'vitest';
import { on } from '../../../sandbox/http/faults.ts';
import type { Reply } from '../../../sandbox/http/serve.ts';
import { type SigstoreStack, startSigstore } from '../../../sandbox/sigstore/sigstore-stack.ts';
import type { ErrorCode } from '../../../src/coded-error.ts';
import { attestationStatement } from '../../../src/domain/attestation/statement.ts';
import { digestOf } from '../../../src/domain/image/digest.ts';
import type { AttestationVerification } from '../../../src/domain/signature/facts.ts';
import type { RefusalReason } from '../../../src/domain/signature/refusal.ts';
import { imageStatement } from '../../../src/domain/signature/statement.ts';
import { attestationBundle, dsseBundle, dsseEnvelope } from '../../../src/sigstore/signing/bundle-writer.ts';
import type { LogEntry } from '../../../src/sigstore/signing/log-entry.ts';
import type { AttestationToSign, Candidate, MadeSignature, SignatureVerifier } from '../../../src/usecases/ports.ts';
import { testCall } from '../../calls.ts';
import {
  requestsTo,
  SUBJECT,
  signerOf,
  startFaultySigstore,
  text,
  type Variant,
  verifierOf,
  type WorldOptions,
} from './signing-world.ts';

const TYPE = 'https://slsa.dev/provenance/v1';
const OTHER = digestOf(Buffer.from('another image'));

const payloadOf = (type: string, json: string): Uint8Array =>
  attestationStatement({ repository: { registry: 'ghcr.io', path: 'acme/app' }, digest: SUBJECT }, { type, json });
const PAYLOAD = payloadOf(TYPE, '{"by":"us"}');
const what = (forms: AttestationToSign['forms'], predicateType = TYPE): AttestationToSign => ({
  subject: SUBJECT,
  predicateType,
  forms,
});

/** The second opinion: @sigstore/verify, with every proof the root can check. Throws if it refuses. */
function secondOpinion(bundle: Uint8Array, stack: SigstoreStack, variant: Variant): void {
  const root = TrustedRoot.fromJSON(JSON.parse(stack.trustedRootJson(variant)));
  const thresholds = { tlogThreshold: variant === 'tsa' ? 0 : 1, ctlogThreshold: 1, timestampThreshold: 1 };
  new Verifier(toTrustMaterial(root), thresholds).verify(toSignedEntity(bundleFromJSON(JSON.parse(text(bundle)))));
}

function changed(text: string, field: RegExp): string {
  const twin = text.replace(field, (match) => match.slice(0, -1) + (match.endsWith('A') ? 'B' : 'A'));
  expect(twin).not.toBe(text);
  return twin;
}

const bundleOf = (bundle: Uint8Array): Candidate => ({ format: 'bundle', digest: digestOf(bundle), bundle });

function layerOf({ layer }: MadeSignature, change: Partial<Extract<Candidate, { format: 'legacy' }>> = {}): Candidate {
  if (layer === undefined) throw new TypeError('there is no layer');
  const { payload, annotations } = layer;
  return { format: 'legacy', digest: digestOf(payload), payload, annotations, ...change };
}

test.each<[Variant, string]>([
  ['v1', TYPE],
  ['v2', 'https://spdx.dev/Document'],
  ['tsa', 'urn:example:own'],
])('%s: an attestation of the type %s is made as a bundle and proven; its twins are not', async (variant, type) => {
  await using stack = await startSigstore();
  const payload = payloadOf(type, '{"by":"us"}');
  const signer = signerOf(stack, { variant });
  const { bundle, layer, log } = await signer.signAttestation(payload, what(['bundle'], type));
  expect(layer).toBeUndefined();
  expect(signer.loggedEntries()).toEqual(log === undefined ? [] : [log]);
  secondOpinion(bundle, stack, variant);
  const verifier = verifierOf(stack.trustedRootJson(variant));
  expect(await verifier.verifyAttestation(testCall(), bundleOf(bundle), SUBJECT)).toMatchObject({
    kind: 'verified',
    facts: { statement: { predicateType: type, predicate: { by: 'us' } } },
  });
  // Twins: as an image signature, about another image, with other bytes.
  expect(await verifier.verify(testCall(), bundleOf(bundle), SUBJECT)).toMatchObject({
    kind: 'not-a-signature',
    what: 'attestation',
  });
  expect(await verifier.verifyAttestation(testCall(), bundleOf(bundle), OTHER)).toMatchObject({
    reason: 'SUBJECT_DIGEST_MISMATCH',
  });
  for (const field of [/"sig":".{30}/, /"payload":".{60}/]) {
    const twin = Buffer.from(changed(text(bundle), field));
    expect(() => secondOpinion(twin, stack, variant)).toThrow();
    expect(await verifier.verifyAttestation(testCall(), bundleOf(twin), SUBJECT)).toMatchObject({ kind: 'refused' });
  }
});

test.each(['v1', 'v1-no-tsa'] as const)(
  '%s: both forms have one signature and one log entry, and the layer is the envelope that the log got',
  async (variant) => {
    await using stack = await startSigstore();
    const signer = signerOf(stack, { variant });
    const made = await signer.signAttestation(PAYLOAD, what(['bundle', 'legacy']));
    expect([requestsTo(stack, 'rekor-v1'), requestsTo(stack, 'rekor-v2'), signer.loggedEntries().length]).toEqual([
      1, 0, 1,
    ]);
    const bundle = JSON.parse(text(made.bundle));
    const envelope = JSON.parse(text(made.layer?.payload ?? new Uint8Array()));
    expect(envelope).toEqual(bundle.dsseEnvelope);
    const [entry] = bundle.verificationMaterial.tlogEntries;
    const body = JSON.parse(Buffer.from(entry.canonicalizedBody, 'base64').toString());
    expect(`sha256:${body.spec.envelopeHash.value}`).toBe(digestOf(made.layer?.payload ?? new Uint8Array()));

    secondOpinion(made.bundle, stack, variant);
    const verifier = verifierOf(stack.trustedRootJson(variant));
    const verify = (candidate: Candidate, digest = SUBJECT) =>
      verifier.verifyAttestation(testCall(), candidate, digest);
    expect(await verify(bundleOf(made.bundle))).toMatchObject({ kind: 'verified' });
    expect(await verify(layerOf(made))).toMatchObject({ kind: 'verified' });
    // Twins
    expect(await verify(layerOf(made), OTHER)).toMatchObject({ reason: 'SUBJECT_DIGEST_MISMATCH' });
    const payload = Buffer.from(changed(text(made.layer?.payload ?? new Uint8Array()), /"payload":".{60}/));
    expect(await verify(layerOf(made, { payload }))).toMatchObject({ kind: 'refused' });
    const { 'dev.sigstore.cosign/bundle': _, ...annotations } = made.layer?.annotations ?? {};
    expect(await verify(layerOf(made, { annotations }))).toMatchObject({ kind: 'refused', reason: 'NOT_LOGGED' });
  },
);

test('a layer has the annotations of one that cosign 2 wrote, and no timestamp', async () => {
  await using stack = await startSigstore();
  const { layer } = await signerOf(stack, { variant: 'v1' }).signAttestation(PAYLOAD, what(['legacy']));
  const sample = new URL('../../fixtures/attestation-samples/slsa-generator-att/manifest.json', import.meta.url);
  const theirs = JSON.parse(readFileSync(sample, 'utf8')).layers[0].annotations;
  const ours = layer?.annotations ?? {};
  expect(Object.keys(ours)).toEqual(Object.keys(theirs));
  expect(ours['dev.cosignproject.cosign/signature']).toBe('');
  expect(ours['predicateType']).toBe(TYPE);
  const keys = (text: string | undefined): string[] => Object.keys(JSON.parse(text ?? '{}').Payload);
  expect(keys(ours['dev.sigstore.cosign/bundle'])).toEqual(keys(theirs['dev.sigstore.cosign/bundle']));
});

test('the first entry of a log has its index in an attestation, and none in an image signature, as in cosign', () => {
  const bytes = Buffer.alloc(32, 1);
  const proof = { logIndex: '0', treeSize: '1', rootHash: bytes, hashes: [], checkpoint: 'c' };
  const entry: LogEntry = {
    url: 'https://log',
    logIndex: '0',
    keyId: bytes,
    kind: 'dsse',
    version: '0.0.1',
    integratedTime: '7',
    signedEntryTimestamp: bytes,
    proof,
    body: bytes,
  };
  const material = { certificate: bytes, entries: [entry], timestamps: [] };
  const envelope = dsseEnvelope(PAYLOAD, bytes);
  const indexes = (bundle: Uint8Array): unknown => {
    const [written] = JSON.parse(text(bundle)).verificationMaterial.tlogEntries;
    return [written.logIndex, written.inclusionProof.logIndex, written.integratedTime];
  };
  expect(indexes(attestationBundle(material, envelope))).toEqual(['0', '0', '7']);
  expect(indexes(dsseBundle(material, envelope))).toEqual([undefined, undefined, '7']);
});

test('a predicate that is text, as cosign writes it for spdx, is signed and proven', async () => {
  await using stack = await startSigstore();
  const payload = payloadOf('https://spdx.dev/Document', '"{\\"a\\": 1}"');
  const { bundle } = await signerOf(stack, { variant: 'v1' }).signAttestation(
    payload,
    what(['bundle'], 'https://spdx.dev/Document'),
  );
  const verifier = verifierOf(stack.trustedRootJson('v1'));
  expect(await verifier.verifyAttestation(testCall(), bundleOf(bundle), SUBJECT)).toMatchObject({
    facts: { statement: { predicate: '{"a": 1}' } },
  });
  // Twin: a number is no predicate.
  const number = payloadOf('https://spdx.dev/Document', '1');
  await expect(
    signerOf(stack, { variant: 'v1' }).signAttestation(number, what(['bundle'], 'https://spdx.dev/Document')),
  ).rejects.toMatchObject({ code: 'SELF_VERIFICATION_FAILED' });
});

test('the .att tag needs Rekor v1, and nothing is signed without it', async () => {
  await using stack = await startSigstore();
  const signer = signerOf(stack, { variant: 'v2' });
  await expect(signer.signAttestation(PAYLOAD, what(['bundle', 'legacy']))).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  });
  expect([requestsTo(stack, 'ca'), requestsTo(stack, 'rekor-v2')]).toEqual([0, 0]);
});

test('a log entry about another envelope is refused for a layer, and named', async () => {
  const change = (reply: Reply): Reply => {
    const answer = JSON.parse(Buffer.from(reply.body ?? '').toString());
    const [entry] = Object.values<{ body: string }>(answer);
    if (entry === undefined) return reply;
    const body = JSON.parse(Buffer.from(entry.body, 'base64').toString());
    body.spec.envelopeHash.value = 'a'.repeat(64);
    entry.body = Buffer.from(JSON.stringify(body)).toString('base64');
    return { ...reply, body: JSON.stringify(answer) };
  };
  const rule = { match: on('POST', /entries/), times: 'always', action: { change } } as const;
  await using stack = await startFaultySigstore({ 'rekor-v1': [rule] });
  const signer = signerOf(stack, { variant: 'v1' });
  await expect(signer.signAttestation(PAYLOAD, what(['legacy']))).rejects.toMatchObject({
    code: 'LOG_INVALID',
    message: expect.stringContaining('envelopeHash'),
  });
  expect(signer.loggedEntries()).toHaveLength(1);
});

// ── self-verification ───────────────────────────────────────────────────────────────────────────

const failureOf = async (options: WorldOptions, payload = PAYLOAD, asked = what(['bundle'])): Promise<unknown> => {
  await using stack = await startSigstore();
  return await signerOf(stack, { variant: 'v1', ...options })
    .signAttestation(payload, asked)
    .catch((error: unknown) => error);
};

test.each<[RefusalReason, ErrorCode]>([
  ['SIGNATURE_INVALID', 'SELF_VERIFICATION_FAILED'],
  ['SUBJECT_DIGEST_MISMATCH', 'SELF_VERIFICATION_FAILED'],
  ['NOT_LOGGED', 'LOG_INVALID'],
  ['TIMESTAMP_INVALID', 'TSA_INVALID'],
  ['CERTIFICATE_UNTRUSTED', 'CA_INVALID'],
])('a verifier that refuses an attestation as %s is obeyed, with the code %s', async (reason, code) => {
  const refused: AttestationVerification = { kind: 'refused', reason, message: 'm', unverified: undefined };
  expect(await failureOf({ signer: { verify: verifierThat(async () => refused) } })).toMatchObject({ code });
});

test('a verifier that read another statement than the signed one is not believed', async () => {
  const reading = (change: object) => {
    const statement = {
      kind: 'statement',
      type: '',
      predicateType: TYPE,
      predicate: {},
      subjects: [],
      payload: PAYLOAD,
    };
    const facts = {
      identity: { issuer: 'i', subject: 's', subjectKind: 'uri', claims: {} },
      provenTimes: [new Date()],
      log: undefined,
      statement: { ...statement, ...change },
    };
    return verifierThat(async () => ({ kind: 'verified', facts }) as unknown as AttestationVerification);
  };
  expect(await failureOf({ signer: { verify: reading({}) } })).toMatchObject({ log: expect.anything() });
  for (const change of [{ predicateType: 'urn:other' }, { payload: payloadOf(TYPE, '{"by":"others"}') }]) {
    expect(await failureOf({ signer: { verify: reading(change) } })).toMatchObject({
      code: 'SELF_VERIFICATION_FAILED',
    });
  }
});

test('an image signature is never made as an attestation, nor the reverse', async () => {
  const asked = what(['bundle'], 'https://sigstore.dev/cosign/sign/v1');
  expect(await failureOf({}, imageStatement(SUBJECT, {}), asked)).toMatchObject({ code: 'SELF_VERIFICATION_FAILED' });
  await using stack = await startSigstore();
  await expect(signerOf(stack, { variant: 'v1' }).signStatement(PAYLOAD, SUBJECT)).rejects.toMatchObject({
    code: 'SELF_VERIFICATION_FAILED',
  });
});

function verifierThat(verifyAttestation: SignatureVerifier['verifyAttestation']): SignatureVerifier {
  return { verify: () => Promise.reject(new Error('nobody asked for a signature')), verifyAttestation };
}
