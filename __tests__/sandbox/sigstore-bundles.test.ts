import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { at, isObject } from '../../sandbox/http/json-body.ts';
import { signEnvelopeByHand } from '../../sandbox/sigstore/hand-signer.ts';
import { createKey } from '../../sandbox/sigstore/keys.ts';
import { type StackVariant, startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { openStack } from './open-stack.ts';
import { type BundleJson, type LogKind, signOverHttp } from './sign-over-http.ts';
import { judge } from './sigstore-judge.ts';

const SAN = 'https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main';
const PAYLOAD = '{"_type":"https://in-toto.io/Statement/v1"}';

const stack = await openStack();

const flip = (base64: string): string => {
  const bytes = Buffer.from(base64, 'base64');
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  return bytes.toString('base64');
};

/** A copy with the string under a path changed. */
function tamper(bundle: BundleJson, path: readonly (string | number)[], change: (text: string) => string): BundleJson {
  const copy: BundleJson = structuredClone(bundle);
  const parent = at(copy, ...path.slice(0, -1));
  const last = path.at(-1);
  if (!isObject(parent) || typeof last !== 'string') throw new Error(`no member ${path.join('.')}`);
  const value = parent[last];
  if (typeof value !== 'string') throw new Error(`no string ${path.join('.')}`);
  Object.assign(parent, { [last]: change(value) });
  return copy;
}

const ENTRY = ['verificationMaterial', 'tlogEntries', 0] as const;
const STAMP = ['verificationMaterial', 'timestampVerificationData', 'rfc3161Timestamps', 0, 'signedTimestamp'] as const;

interface Row {
  readonly name: string;
  readonly log: LogKind;
  readonly timestamp: boolean;
  readonly variant: StackVariant;
  readonly data?: string;
  readonly tampered: readonly { readonly path: readonly (string | number)[]; readonly refused: string }[];
}

const rows: readonly Row[] = [
  {
    name: 'DSSE with a Rekor v1 dsse entry and a timestamp',
    log: 'v1-dsse',
    timestamp: true,
    variant: 'v1',
    tampered: [
      { path: ['dsseEnvelope', 'payload'], refused: 'TLOG_BODY_ERROR' },
      { path: [...ENTRY, 'inclusionPromise', 'signedEntryTimestamp'], refused: 'TLOG_INCLUSION_PROMISE_ERROR' },
      { path: [...ENTRY, 'logId', 'keyId'], refused: 'TLOG_INCLUSION_PROMISE_ERROR' },
      { path: STAMP, refused: 'TIMESTAMP_ERROR' },
    ],
  },
  {
    name: 'DSSE with a Rekor v1 dsse entry alone',
    log: 'v1-dsse',
    timestamp: false,
    variant: 'v1-no-tsa',
    tampered: [{ path: ['verificationMaterial', 'certificate', 'rawBytes'], refused: 'CERTIFICATE_ERROR' }],
  },
  {
    name: 'DSSE with a Rekor v1 intoto entry, as older clients wrote it',
    log: 'v1-intoto',
    timestamp: true,
    variant: 'v1',
    tampered: [{ path: ['dsseEnvelope', 'payload'], refused: 'TLOG_BODY_ERROR' }],
  },
  {
    name: 'DSSE with a Rekor v2 hashedrekord over the PAE and a timestamp',
    log: 'v2',
    timestamp: true,
    variant: 'v2',
    tampered: [
      { path: ['dsseEnvelope', 'payload'], refused: 'TLOG_BODY_ERROR' },
      { path: [...ENTRY, 'canonicalizedBody'], refused: 'TLOG_INCLUSION_PROOF_ERROR' },
      { path: STAMP, refused: 'TIMESTAMP_ERROR' },
    ],
  },
  {
    name: 'DSSE with a timestamp alone',
    log: 'none',
    timestamp: true,
    variant: 'tsa',
    tampered: [
      { path: ['dsseEnvelope', 'payload'], refused: 'SIGNATURE_ERROR' },
      { path: STAMP, refused: 'TIMESTAMP_ERROR' },
    ],
  },
  {
    name: 'a message signature with a Rekor v1 hashedrekord',
    log: 'v1-hashedrekord',
    timestamp: false,
    variant: 'v1',
    data: 'legacy payload',
    tampered: [{ path: ['messageSignature', 'signature'], refused: 'TLOG_BODY_ERROR' }],
  },
];

test.each(rows)('@sigstore/verify accepts $name made over HTTP, and refuses each tampered twin', async (row) => {
  const what = row.data === undefined ? { payload: PAYLOAD } : { data: row.data };
  const bundle = await signOverHttp(stack, { ...what, log: row.log, timestamp: row.timestamp });
  const options = { trustedRoot: stack.trustedRootJson(row.variant), logs: row.log === 'none' ? 0 : 1, ...what };
  expect(judge(bundle, options)).toEqual({ accepted: SAN });
  // The same under the root with everything, which is what TUF serves.
  expect(judge(bundle, { ...options, trustedRoot: stack.trustedRootJson('all') })).toEqual({ accepted: SAN });
  for (const { path, refused } of row.tampered)
    expect.soft(judge(tamper(bundle, path, flip), options), path.join('.')).toEqual({ refused });
});

test('a checkpoint of a tree with other leaves is refused', async () => {
  const bundle = await signOverHttp(stack, { payload: PAYLOAD, log: 'v1-dsse', timestamp: false });
  const other = await signOverHttp(stack, { payload: PAYLOAD, log: 'v1-dsse', timestamp: false });
  const path = [...ENTRY, 'inclusionProof', 'checkpoint', 'envelope'];
  const swapped = tamper(bundle, path, () => String(at(other, ...path)));
  expect(judge(swapped, { trustedRoot: stack.trustedRootJson('v1') })).toEqual({
    refused: 'TLOG_INCLUSION_PROOF_ERROR',
  });
});

test.each([
  ['an intermediate', { intermediate: true }],
  ['SCTs with extensions', { sctExtensions: 'leaf-index' as const }],
  ['an ECDSA key in Rekor v2', { rekorV2Key: 'P-256' as const }],
])('bundles of a stack with %s verify, and not under another stack', async (_, options) => {
  await using other = await startSigstore(options);
  const bundle = await signOverHttp(other, { payload: PAYLOAD, log: 'v2', timestamp: true });
  expect(judge(bundle, { trustedRoot: other.trustedRootJson('v2') })).toEqual({ accepted: SAN });
  expect(judge(bundle, { trustedRoot: stack.trustedRootJson('v2') })).toHaveProperty('refused');
});

test('a GitHub instance signs without SCT and log, and its root lists only authorities', async () => {
  await using github = await startSigstore({ instance: 'github', run: { visibility: 'private' } });
  const bundle = await signOverHttp(github, { payload: PAYLOAD, log: 'none', timestamp: true });
  const trustedRoot = github.trustedRootJson('tsa');
  expect(judge(bundle, { trustedRoot, logs: 0, ctLogs: 0 })).toEqual({ accepted: SAN });
  expect(judge(bundle, { trustedRoot, logs: 0, ctLogs: 1 })).toEqual({ refused: 'CERTIFICATE_ERROR' });
  const root: unknown = JSON.parse(trustedRoot);
  expect(at(root, 'certificateAuthorities', 0, 'subject', 'organization')).toBe('GitHub, Inc.');
  expect(at(root, 'ctlogs')).toEqual([]);
  expect(at(root, 'tlogs')).toEqual([]);
});

const golden = (folder: string): unknown =>
  JSON.parse(readFileSync(new URL(`../fixtures/golden/${folder}/bundle.json`, import.meta.url), 'utf8'));

/** The shape of a value: member names and types, arrays by their first element. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (!isObject(value)) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shapeOf(member)]));
}

const bodyOf = (bundle: unknown): unknown =>
  JSON.parse(Buffer.from(String(at(bundle, ...ENTRY, 'canonicalizedBody')), 'base64').toString('utf8'));

test.each([
  ['cosign3-attestation-slsa', 'v1-dsse'],
  ['sigstore-go-intoto-v2', 'v2'],
] as const)('an entry has the members, order and types of the one in golden %s', async (folder, log) => {
  const ours = await signOverHttp(stack, { payload: PAYLOAD, log, timestamp: true });
  const theirs = golden(folder);
  const { integratedTime, inclusionPromise, ...entry } = at(ours, ...ENTRY) as Record<string, unknown>;
  const kept = log === 'v2' ? entry : { ...entry, integratedTime, inclusionPromise };
  expect(shapeOf(kept)).toEqual(shapeOf(at(theirs, ...ENTRY)));
  expect(JSON.stringify(shapeOf(bodyOf(ours)))).toBe(JSON.stringify(shapeOf(bodyOf(theirs))));
  const lines = (bundle: unknown): string[] =>
    String(at(bundle, ...ENTRY, 'inclusionProof', 'checkpoint', 'envelope'))
      .split('\n')
      .map((line) => line.replace(/[0-9A-Za-z+/]{40,}=*$/, '<base64>').replace(/^\d+$/, '<number>'));
  expect(lines(ours)).toEqual(lines(theirs));
});

test('proofs have several hashes, and the global index is not the index in the shard', async () => {
  const bundle = await signOverHttp(stack, { payload: PAYLOAD, log: 'v1-dsse', timestamp: false });
  const proof = at(bundle, ...ENTRY, 'inclusionProof');
  expect(at(proof, 'hashes')).toSatisfy((hashes: unknown) => Array.isArray(hashes) && hashes.length >= 2);
  expect(at(proof, 'logIndex')).not.toBe(at(bundle, ...ENTRY, 'logIndex'));
});

test('a bundle under an intermediate that had expired is refused', async () => {
  const make = (until: number) =>
    startSigstore({ intermediate: { notBefore: seconds(-600), notAfter: seconds(until) } });
  for (const [until, verdict] of [
    [600, { accepted: SAN }],
    [-1, { refused: 'CERTIFICATE_ERROR' }],
  ] as const) {
    await using other = await make(until);
    const bundle = signEnvelopeByHand(other, {
      payload: PAYLOAD,
      certify: { notBefore: NOON, notAfter: seconds(600), sctTime: NOON },
      entries: ['dsse'],
      loggedAt: NOON,
    });
    expect(judge(bundle, { trustedRoot: other.trustedRootJson('v1') })).toEqual(verdict);
  }
});

test.each([
  ['a certificate of another key', { certify: { publicKey: createKey().publicKey } }, 'SIGNATURE_ERROR'],
  [
    'an entry about another payload',
    { alterBody: (body: string) => body.replace(/("payloadHash":.*?"value":")../, '$1zz') },
    'TLOG_BODY_ERROR',
  ],
])('%s is refused, though the log vouches for what it holds', (_, wrong, refused) => {
  const bundle = signEnvelopeByHand(stack, { payload: PAYLOAD, entries: ['dsse'], ...wrong });
  expect(judge(bundle, { trustedRoot: stack.trustedRootJson('v1') })).toEqual({ refused });
});

test('a timestamp authority whose clock is ahead stamps outside the certificate', async () => {
  for (const [timestampSkewMs, verdict] of [
    [0, { accepted: SAN }],
    [601_000, { refused: 'CERTIFICATE_ERROR' }],
  ] as const) {
    await using other = await startSigstore({ timestampSkewMs, clock: () => NOON });
    const bundle = await signOverHttp(other, { payload: PAYLOAD, log: 'v2', timestamp: true });
    expect(judge(bundle, { trustedRoot: other.trustedRootJson('v2') })).toEqual(verdict);
  }
});

const NOON = new Date('2026-06-01T12:00:00Z');
const seconds = (count: number): Date => new Date(NOON.getTime() + count * 1000);

test.each([
  ['logged in the last second of the certificate', { loggedAt: seconds(600) }, { accepted: SAN }],
  ['logged one second after the certificate', { loggedAt: seconds(601) }, { refused: 'CERTIFICATE_ERROR' }],
  ['logged one second before the certificate', { loggedAt: seconds(-1) }, { refused: 'CERTIFICATE_ERROR' }],
])('a bundle made by hand and %s is judged by that time', (_, when, verdict) => {
  const bundle = signEnvelopeByHand(stack, {
    payload: PAYLOAD,
    certify: { notBefore: NOON, notAfter: seconds(600), sctTime: NOON },
    entries: ['dsse'],
    ...when,
  });
  expect(judge(bundle, { trustedRoot: stack.trustedRootJson('v1') })).toEqual(verdict);
});

test.each([
  ['stamped in the last second of the certificate', { at: seconds(600) }, { accepted: SAN }],
  ['stamped one second later', { at: seconds(601) }, { refused: 'CERTIFICATE_ERROR' }],
  ['stamped by a stranger', { at: NOON, signedBy: 'stranger' as const }, { refused: 'TIMESTAMP_ERROR' }],
])('a bundle made by hand and %s is judged by that timestamp', (_, stamp, verdict) => {
  const bundle = signEnvelopeByHand(stack, {
    payload: PAYLOAD,
    certify: { notBefore: NOON, notAfter: seconds(600), sctTime: NOON },
    entries: ['v2'],
    timestamps: [stamp],
  });
  expect(judge(bundle, { trustedRoot: stack.trustedRootJson('v2') })).toEqual(verdict);
});

test.each([
  ['a certificate without SCT', { sct: 'none' as const }],
  ['an SCT of an unknown log', { sct: 'unknown-log' as const }],
  ['an SCT with a bad signature', { sct: 'bad-signature' as const }],
  ['a certificate signed by a stranger', { signedBy: 'stranger' as const }],
])('%s is refused, while the same bundle with the right one is accepted', (_, wrong) => {
  const trustedRoot = stack.trustedRootJson('v1');
  const make = (certify: object) => signEnvelopeByHand(stack, { payload: PAYLOAD, certify, entries: ['dsse'] });
  expect(judge(make({}), { trustedRoot })).toEqual({ accepted: SAN });
  expect(judge(make(wrong), { trustedRoot })).toEqual({ refused: 'CERTIFICATE_ERROR' });
});
