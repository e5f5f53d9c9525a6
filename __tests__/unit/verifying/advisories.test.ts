import { afterAll, beforeAll, expect, test } from 'vitest';
import { signLayerByHand } from '../../../sandbox/sigstore/hand-signer.ts';
import { createKey, toPem } from '../../../sandbox/sigstore/keys.ts';
import type { SigstoreStack } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { evaluateSigner } from '../../../src/domain/identity/signer-evaluation.ts';
import { hexOf } from '../../../src/domain/image/digest.ts';
import { facts, NOW, parse, RELEASE, requirement } from '../domain/identity-samples.ts';
import {
  bundleCandidate,
  goldenCandidates,
  goldenRoot,
  goldenSubject,
  type Json,
  legacyCandidate,
  verifierFor,
} from './golden.ts';
import {
  OTHER_SUBJECT,
  outcome,
  rootOf,
  SUBJECT,
  seconds,
  sign,
  startStack,
  statement,
  verify,
} from './sandbox-signatures.ts';

/*
 * One test for each published advisory that a verifier of signatures and identities can repeat. Of the others,
 * CVE-2024-29902/29903 and CVE-2023-46737 (endless lists and bodies), CVE-2022-47633 (tag resolved twice),
 * GHSA-fgw4-v983-mgp8 (nothing found = success), CVE-2026-48501 and the registry credential ones belong to the
 * registry and use-case tests; CVE-2026-24137 and CVE-2023-47122 (TUF names as paths, keys fetched from the log)
 * to those of the trust source. Keys, plugins and revocation (CVE-2023-25656, CVE-2024-23332, CVE-2024-56138)
 * are not part of this product.
 */

let stack: SigstoreStack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

const entriesOf = (bundle: Json): Json[] => bundle.verificationMaterial.tlogEntries;
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
const REKOR = 'dev.sigstore.cosign/bundle';

test('cosign CVE-2022-23649: a Rekor bundle of another signature proves nothing', async () => {
  const mine = signLayerByHand(stack, { payload });
  const foreign = signLayerByHand(stack, { payload: Buffer.from('something else') });
  expect(await outcome(legacyCandidate(payload, mine), rootOf(stack))).toBe('verified');
  expect(await outcome(legacyCandidate(payload, { ...mine, [REKOR]: foreign[REKOR] ?? '' }), rootOf(stack))).toBe(
    'NOT_LOGGED',
  );
});

test('cosign CVE-2022-35929, policy-controller CVE-2022-35930: a valid attestation is no image signature', async () => {
  const folder = 'cosign3-attestation-slsa';
  const [candidate] = goldenCandidates(folder);
  if (!candidate) throw new Error('no candidate');
  const result = await verifierFor(goldenRoot()).verify(candidate, goldenSubject(folder));
  expect(result.kind).toBe('not-a-signature');
});

test('cosign CVE-2022-36056: an invalid log entry is fatal, and the identity is judged all the same', async () => {
  const mine = signLayerByHand(stack, { payload });
  for (const bad of ['', '{}', 'null', (mine[REKOR] ?? '').replace('"integratedTime":', '"integratedTime":1')]) {
    expect(await outcome(legacyCandidate(payload, { ...mine, [REKOR]: bad }), rootOf(stack))).not.toBe('verified');
  }
  const result = await verify(legacyCandidate(payload, mine), rootOf(stack));
  if (result.kind !== 'verified') throw new Error(JSON.stringify(result));
  expect(evaluateSigner(result.facts, requirement({ certificateIdentity: [RELEASE] }), NOW).kind).toBe('mismatch');
});

test('cosign CVE-2026-22703, gitsign CVE-2024-51746: a true entry about another signature, key or digest is refused', async () => {
  for (const entries of [['dsse' as const], ['hashedrekord' as const], ['intoto' as const]]) {
    const bundle = sign(stack, { entries });
    const other = sign(stack, { entries, payload: statement({ predicate: { other: true } }) });
    expect(await outcome(other, rootOf(stack))).toBe('verified');
    bundle.verificationMaterial.tlogEntries = entriesOf(other);
    expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
  }
});

test('cosign CVE-2026-24122: an intermediate that had expired when it was signed is refused', async () => {
  await using between = await startStack({ intermediate: { notBefore: seconds(-100), notAfter: seconds(-1) } });
  const certify = { notBefore: seconds(-50), notAfter: seconds(50) };
  expect(await outcome(sign(between, { certify, loggedAt: seconds(-1) }), rootOf(between))).toBe('verified');
  expect(await outcome(sign(between, { certify }), rootOf(between))).toBe('CERTIFICATE_EXPIRED');
});

test('cosign CVE-2026-39395: a predicate type that cannot be read is a failure', async () => {
  for (const predicateType of [undefined, null, '', 1, ['https://sigstore.dev/cosign/sign/v1']]) {
    expect(await outcome(sign(stack, { payload: statement({ predicateType }) }), rootOf(stack))).toBe(
      'SIGNATURE_INVALID',
    );
  }
});

test('sigstore-go CVE-2024-45395: entries, timestamps and subjects are capped', async () => {
  const bundle = sign(stack);
  bundle.verificationMaterial.tlogEntries = Array(10_000).fill(entriesOf(bundle)[0]);
  expect(await outcome(bundle, rootOf(stack))).toBe('SIGNATURE_INVALID');
  const subject = Array(2000).fill({ digest: { sha256: hexOf(OTHER_SUBJECT) } });
  expect(await outcome(sign(stack, { payload: statement({ subject }) }), rootOf(stack))).toBe('SIGNATURE_INVALID');
});

test('sigstore-go GHSA-9vcr-p3rj-q5q6: one log counted twice is not two proofs', async () => {
  const bundle = sign(stack);
  entriesOf(bundle).push(structuredClone(entriesOf(bundle)[0]));
  expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
});

test('sigstore-go GHSA-wqqc-jjcq-vfxm: a log key counts only in its window, for entries without a time too', async () => {
  const content = stack.trustedRootContent('all');
  const root = rootOf(stack, {
    logs: content.logs.map((log) => ({ ...log, validFor: { start: seconds(-100), end: seconds(-1) } })),
  });
  const v2 = sign(stack, { entries: ['v2'], timestamps: [{}] });
  expect(await outcome(v2, rootOf(stack))).toBe('verified');
  expect(await outcome(v2, root)).toBe('NOT_LOGGED');
  expect(await outcome(sign(stack), root)).toBe('NOT_LOGGED');
});

test('timestamp-authority CVE-2026-39984: the certificate that made the timestamp is the one that is checked', async () => {
  // Another key signed under the authority's name, the true certificate embedded beside it.
  const timestamps = [{ signedBy: 'stranger' as const, certificate: true }];
  expect(await outcome(sign(stack, { entries: ['v2'], timestamps }), rootOf(stack))).toBe('TIMESTAMP_INVALID');
});

test('timestamp-authority CVE-2025-66564: a huge timestamp is not parsed', async () => {
  const bundle = sign(stack, { timestamps: [{}] });
  const [timestamp] = bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps;
  timestamp.signedTimestamp = Buffer.concat([Buffer.from([0x30, 0x83, 1, 0, 0]), Buffer.alloc(65_536, 0x30)]).toString(
    'base64',
  );
  const result = await verify(bundle, rootOf(stack));
  expect(result).toMatchObject({ reason: 'TIMESTAMP_INVALID', message: expect.stringContaining('larger than') });
});

test('sigstore-js b5aa4f1: the pre-authentication encoding counts bytes, not characters', async () => {
  const subject = [{ digest: { sha256: hexOf(SUBJECT) }, annotations: { note: 'ü € 𝄞' } }];
  const bundle = sign(stack, { payload: statement({ subject }) });
  expect(await verify(bundle, rootOf(stack))).toMatchObject({
    kind: 'verified',
    facts: { annotations: { note: 'ü € 𝄞' } },
  });
});

test('sigstore-js f074710: an integratedTime that no signed entry timestamp vouches for is no time', async () => {
  const bundle = sign(stack);
  const [entry] = entriesOf(bundle);
  delete entry.inclusionPromise;
  entry.logIndex = entry.inclusionProof.logIndex;
  expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
  entry.integratedTime = '0';
  expect(await outcome(bundle, rootOf(stack))).toBe('TIMESTAMP_INVALID');
});

test('@sigstore/verify 4.1.2: a checkpoint signed by another log of the trusted root is refused', async () => {
  const bundle = sign(stack, { entries: ['v2'], timestamps: [{}] });
  const [entry] = entriesOf(bundle);
  entry.inclusionProof.checkpoint = entriesOf(sign(stack))[0].inclusionProof.checkpoint;
  expect(await outcome(bundle, rootOf(stack))).toBe('NOT_LOGGED');
});

test('@sigstore/verify: a DSSE bundle is about what it says, not about what it is shown beside (CVE-2023-33959 of notation-go)', async () => {
  expect(await outcome(sign(stack), rootOf(stack), OTHER_SUBJECT)).toBe('SUBJECT_DIGEST_MISMATCH');
});

test('@sigstore/verify: malformed input that makes libraries throw is refused, never a crash (gitsign CVE-2026-44310)', async () => {
  const bundle = sign(stack, { timestamps: [{}] });
  for (const bytes of [
    Buffer.alloc(1),
    Buffer.from([0x30, 0]),
    Buffer.alloc(64, 0xff),
    Buffer.from([0x30, 2, 0x30, 0]),
  ]) {
    const odd = structuredClone(bundle);
    odd.verificationMaterial.certificate.rawBytes = bytes.toString('base64');
    expect(await outcome(odd, rootOf(stack))).toBe('SIGNATURE_INVALID');
    const timestamp = structuredClone(bundle);
    timestamp.verificationMaterial.timestampVerificationData.rfc3161Timestamps[0].signedTimestamp =
      bytes.toString('base64');
    expect(await outcome(timestamp, rootOf(stack))).toBe('TIMESTAMP_INVALID');
  }
});

test('gitsign CVE-2026-44309: the bytes that were signed are verified, not an encoding of what was understood', async () => {
  const bundle = sign(stack);
  const text = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString('utf8');
  // The same JSON value, spelled otherwise.
  for (const spelled of [
    ` ${text}`,
    text.replace('{"_type"', '{ "_type"'),
    JSON.stringify(JSON.parse(text), null, 1),
  ]) {
    const respelled = {
      ...bundle,
      dsseEnvelope: { ...bundle.dsseEnvelope, payload: Buffer.from(spelled).toString('base64') },
    };
    expect(await outcome(respelled, rootOf(stack))).toBe('SIGNATURE_INVALID');
  }
});

test('cosign GHSA-fx35-mq7g-6g98: a bare public key never stands for a certificate', async () => {
  const key = createKey();
  const mine = signLayerByHand(stack, { payload, key });
  const pem = toPem('PUBLIC KEY', key.spki);
  expect(
    await outcome(legacyCandidate(payload, { ...mine, 'dev.sigstore.cosign/certificate': pem }), rootOf(stack)),
  ).toBe('SIGNATURE_INVALID');
  const bundle = sign(stack, { key });
  bundle.verificationMaterial.certificate.rawBytes = key.spki.toString('base64');
  expect(await outcome(bundle, rootOf(stack))).toBe('SIGNATURE_INVALID');
});

test('protojson and JavaScript disagree about duplicate keys: they are refused everywhere', async () => {
  const text = JSON.stringify(sign(stack));
  expect(await outcome(bundleCandidate(text), rootOf(stack))).toBe('verified');
  for (const name of ['mediaType', 'verificationMaterial', 'payload', 'canonicalizedBody', 'keyId']) {
    const doubled = text.replace(`"${name}":`, `"${name}":null,"${name}":`);
    expect(doubled).not.toBe(text);
    expect(await outcome(bundleCandidate(doubled), rootOf(stack))).toBe('SIGNATURE_INVALID');
  }
});

test('fulcio GHSA-59jp-pj84-45mr: an issuer pattern is anchored at both ends', () => {
  const given = {
    certificateIdentity: [RELEASE],
    certificateOidcIssuerRegexp: ['https://token\\.actions\\.githubusercontent\\.com'],
  };
  for (const issuer of [
    'https://token.actions.githubusercontent.com.evil.example',
    'https://evil.example/https://token.actions.githubusercontent.com',
  ]) {
    expect(evaluateSigner(facts({ issuer }), requirement(given), NOW)).toMatchObject({ reason: 'ISSUER_MISMATCH' });
  }
});

test('Kyverno CVE-2025-29778: every identity input that is given is asked', () => {
  const wrong = 'https://wrong.example/wrong';
  const given = { sourceRepository: ['acme/app'] };
  expect(evaluateSigner(facts(), requirement(given), NOW).kind).toBe('accepted');
  for (const more of [
    { certificateIdentity: [wrong] },
    { certificateIdentityRegexp: [wrong] },
    { certificateOidcIssuer: [wrong] },
    { certificateOidcIssuer: [facts().identity.issuer], certificateOidcIssuerRegexp: [wrong] },
    { workflow: ['.github/workflows/wrong.yml'] },
    { sourceRef: ['refs/heads/wrong'] },
    { signerWorkflow: ['wrong/wrong/.github/workflows/wrong.yml'] },
    { claims: ['build-trigger=wrong'] },
    { annotations: ['team=wrong'] },
    { maxAgeMs: 1 },
  ]) {
    expect(evaluateSigner(facts(), requirement({ ...given, ...more }), NOW).kind).toBe('mismatch');
  }
});

test('sigstore-js 7845532: a policy option that is not known is an error, not ignored', () => {
  expect(parse({ sourceRepository: ['acme/app'], claims: ['1.3.6.1.4.1.57264.1.12=x'] }).kind).toBe('invalid');
});
