import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startSigstore } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { digestOf } from '../../../src/domain/image/digest.ts';
import { simpleSigningPayload } from '../../../src/domain/signature/simple-signing.ts';
import { imageStatement } from '../../../src/domain/signature/statement.ts';
import { dsseBundle, dsseEnvelope } from '../../../src/sigstore/signing/bundle-writer.ts';
import { legacyLayer } from '../../../src/sigstore/signing/legacy-signature.ts';
import type { LogEntry } from '../../../src/sigstore/signing/log-entry.ts';
import { SUBJECT, signerOf, text } from './signing-world.ts';

// biome-ignore lint/suspicious/noExplicitAny: golden JSON is taken apart by hand
type Json = any;

const GOLDEN = new URL('../../fixtures/golden/', import.meta.url);
const golden = (path: string): Buffer => readFileSync(new URL(path, GOLDEN));
const base64 = (value: string): Buffer => Buffer.from(value, 'base64');
const IMAGE = digestOf(golden('cosign3-bundle-v1/subject-manifest.json'));

function entryOf(entry: Json): LogEntry {
  const proof = entry.inclusionProof;
  const promise = entry.inclusionPromise?.signedEntryTimestamp;
  return {
    url: 'https://log.example',
    logIndex: entry.logIndex ?? '0',
    keyId: base64(entry.logId.keyId),
    kind: entry.kindVersion.kind,
    version: entry.kindVersion.version,
    integratedTime: entry.integratedTime ?? '0',
    signedEntryTimestamp: promise && base64(promise),
    proof: {
      logIndex: proof.logIndex ?? '0',
      rootHash: base64(proof.rootHash),
      treeSize: proof.treeSize,
      hashes: (proof.hashes ?? []).map(base64),
      checkpoint: proof.checkpoint.envelope,
    },
    body: base64(entry.canonicalizedBody),
  };
}

test.each([
  'cosign3-bundle-v1',
  'cosign3-bundle-v1-notsa',
  'cosign3-bundle-v2',
  'cosign3-bundle-tsa',
  'cosign3-bundle-annotations',
  'cosign3-bundle-reusable-workflow',
  'cosign3-bundle-private-environment',
])('the proofs of %s are written byte for byte as cosign wrote them, but for the spaces after commas', (folder) => {
  const bundle: Json = JSON.parse(text(golden(`${folder}/bundle.json`)));
  const material = bundle.verificationMaterial;
  const stamps: Json[] = material.timestampVerificationData?.rfc3161Timestamps ?? [];
  const envelope = dsseEnvelope(base64(bundle.dsseEnvelope.payload), base64(bundle.dsseEnvelope.signatures[0].sig));
  const written = dsseBundle(
    {
      certificate: base64(material.certificate.rawBytes),
      entries: (material.tlogEntries ?? []).map(entryOf),
      timestamps: stamps.map((stamp) => base64(stamp.signedTimestamp)),
    },
    envelope,
  );
  expect(text(written)).toBe(JSON.stringify(bundle));
});

test.each<[string, Record<string, string>]>([
  ['cosign3-bundle-v1', {}],
  ['cosign3-bundle-annotations', { team: 'red', note: 'a <b> & ü' }],
])('the statement of %s is ours, but for the spaces after commas', (folder, annotations) => {
  const { dsseEnvelope: envelope }: Json = JSON.parse(text(golden(`${folder}/bundle.json`)));
  const payload: Json = JSON.parse(text(base64(envelope.payload)));
  expect(text(imageStatement(IMAGE, annotations))).toBe(JSON.stringify(payload));
});

test.each<[string, Record<string, string>]>([
  ['cosign2-legacy', { team: 'red' }],
  ['cosign3-legacy', {}],
  ['cosign2-legacy-two-signers-tsa', {}],
])('the payload of %s is ours byte for byte', (folder, annotations) => {
  const [reference = ''] = text(golden(`${folder}/subject.txt`))
    .trim()
    .split('@');
  const [registry = '', ...path] = reference.split('/');
  const payload = simpleSigningPayload({ registry, path: path.join('/') }, IMAGE, annotations);
  expect(text(payload)).toBe(text(golden(`${folder}/layer0`)));
});

test.each([
  ['cosign2-legacy', 0],
  ['cosign2-legacy-two-signers-tsa', 0],
  ['cosign2-legacy-two-signers-tsa', 1],
  // cosign v3 leaves the chain empty; given none, so do we.
  ['cosign3-legacy', 0],
])('the annotations of layer %s[%i] are written byte for byte, keys in the same order', (folder, index) => {
  const manifest: Json = JSON.parse(text(golden(`${folder}/manifest.json`)));
  const annotations = manifest.layers[index].annotations;
  const rekor = JSON.parse(annotations['dev.sigstore.cosign/bundle']);
  const stamp = annotations['dev.sigstore.cosign/rfc3161timestamp'];
  const layer = legacyLayer({
    payload: golden(`${folder}/layer${index}`),
    signature: base64(annotations['dev.cosignproject.cosign/signature']),
    certificatePem: annotations['dev.sigstore.cosign/certificate'],
    chainPem: annotations['dev.sigstore.cosign/chain'],
    timestamp: stamp && base64(JSON.parse(stamp).SignedRFC3161Timestamp),
    entry: {
      url: 'https://log.example',
      logIndex: String(rekor.Payload.logIndex),
      keyId: Buffer.from(rekor.Payload.logID, 'hex'),
      kind: 'hashedrekord',
      version: '0.0.1',
      integratedTime: String(rekor.Payload.integratedTime),
      signedEntryTimestamp: base64(rekor.SignedEntryTimestamp),
      proof: { logIndex: '0', rootHash: Buffer.alloc(32), treeSize: '1', hashes: [], checkpoint: '' },
      body: base64(rekor.Payload.body),
    },
  });
  expect(JSON.stringify(layer.annotations)).toBe(JSON.stringify(annotations));
});

/** Every place in a JSON value, in order, with the kind of what is there. */
function fields(value: Json, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [`${path}[]`] : fields(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => fields(inner, `${path}.${key}`));
}

test.each([
  ['v1', 'cosign3-bundle-v1', 'the golden entry is the first of its log, and zeros are left out'],
  ['v1-no-tsa', 'cosign3-bundle-v1-notsa', undefined],
  ['v2', 'cosign3-bundle-v2', 'the golden entry is the first of its log, and zeros are left out'],
  ['tsa', 'cosign3-bundle-tsa', undefined],
] as const)(
  '%s: a bundle we make has the fields of %s in the same order; differences: %s',
  async (variant, folder, difference) => {
    await using stack = await startSigstore();
    const made = await signerOf(stack, { variant }).signStatement(imageStatement(SUBJECT, {}), SUBJECT);
    const zeros = /\.(?:logIndex|hashes\[\]): string$/;
    const ours = fields(JSON.parse(text(made.bundle)));
    const theirs = fields(JSON.parse(text(golden(`${folder}/bundle.json`))));
    expect(difference === undefined ? ours : ours.filter((field) => !zeros.test(field))).toEqual(theirs);
  },
);

test.each(['v1', 'v2'] as const)('%s: the entry we make has the body of the golden one', async (variant) => {
  await using stack = await startSigstore();
  const made = await signerOf(stack, { variant }).signStatement(imageStatement(SUBJECT, {}), SUBJECT);
  const bodyOf = (bundle: Uint8Array): Json =>
    JSON.parse(text(base64(JSON.parse(text(bundle)).verificationMaterial.tlogEntries[0].canonicalizedBody)));
  expect(fields(bodyOf(made.bundle))).toEqual(fields(bodyOf(golden(`cosign3-bundle-${variant}/bundle.json`))));
});

test('a legacy layer we make has the annotations of the golden one, in the same order and form', async () => {
  await using stack = await startSigstore();
  const payload = simpleSigningPayload({ registry: 'ghcr.io', path: 'acme/app' }, SUBJECT, {});
  const { layer } = await signerOf(stack).signLegacyPayload(payload, SUBJECT);
  const manifest: Json = JSON.parse(text(golden('cosign2-legacy-two-signers-tsa/manifest.json')));
  const theirs = manifest.layers[0].annotations;
  const ours: Json = layer?.annotations;
  expect(Object.keys(ours)).toEqual(Object.keys(theirs));
  for (const key of ['dev.sigstore.cosign/bundle', 'dev.sigstore.cosign/rfc3161timestamp']) {
    expect(fields(JSON.parse(ours[key]))).toEqual(fields(JSON.parse(theirs[key])));
  }
  for (const [key, end] of [
    ['dev.sigstore.cosign/certificate', '-----END CERTIFICATE-----\n'],
    ['dev.sigstore.cosign/chain', '-----END CERTIFICATE-----'],
  ] as const) {
    const form = new RegExp(`^-----BEGIN CERTIFICATE-----\\n(?:[\\w+/]{64}\\n)+[\\w+/=]{1,64}\\n${end}$`);
    expect([ours[key], theirs[key]]).toEqual([expect.stringMatching(form), expect.stringMatching(form)]);
  }
});
