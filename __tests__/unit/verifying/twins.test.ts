import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../../src/usecases/ports.ts';
import {
  bundleCandidate,
  goldenBundle,
  goldenCandidates,
  goldenRoot,
  goldenSubject,
  type Json,
  legacyCandidate,
  verifierFor,
} from './golden.ts';
import { type Twin, twinsOf } from './twins.ts';

/**
 * What may pass although it was changed, each with its why (contract §3.4). Everything else in a golden
 * signature that is changed, emptied, removed or swapped is refused.
 */
const MAY_PASS: readonly { readonly where: RegExp; readonly change: RegExp; readonly why: string }[] = [
  {
    where: /^bundle v1 .*timestampVerificationData(\.rfc3161Timestamps(\.0)?)?$/,
    change: /^(removed|null|emptied)$/,
    why: 'a missing timestamp beside a proven log time proves nothing and is not asked for',
  },
  {
    where: /^legacy .*annotations\.dev\.sigstore\.cosign\/rfc3161timestamp$/,
    change: /^removed$/,
    why: 'a missing timestamp beside a proven log time proves nothing and is not asked for',
  },
  {
    where: /^legacy .*annotations\.dev\.sigstore\.cosign\/chain$/,
    change: /./,
    why: 'the chain annotation is never read: the trusted root holds the chain',
  },
  {
    where: /^legacy .*annotations\.dev\.sigstore\.cosign\/certificate$/,
    change: /^shorter$/,
    why: 'without the last line break the PEM is the same certificate',
  },
  {
    where: /^legacy .*rfc3161timestamp\.SignedRFC3161Timestamp$/,
    change: /^middle byte flipped$/,
    why: 'that byte is in the certificate embedded in the token, which is never read: the trusted root has the real one',
  },
  {
    where: /^legacy annotations$/,
    change: /^swapped with that of cosign2-legacy-two-signers-tsa [01]$/,
    why: 'both signers signed the same payload, so this is the signature of the other one, whole',
  },
  {
    where: /^legacy annotations$/,
    change: /^with an unknown field$/,
    why: 'a layer may carry annotations of other tools; they are not signed and not read',
  },
];

function mayPass(where: string, twin: Twin): boolean {
  return MAY_PASS.some((one) => one.where.test(`${where} ${twin.path}`) && one.change.test(twin.change));
}

const BUNDLES = [
  { folder: 'cosign3-bundle-v1', root: 'logs', kind: 'bundle v1' },
  { folder: 'cosign3-bundle-v1-notsa', root: 'logs', kind: 'bundle v1' },
  { folder: 'cosign3-bundle-annotations', root: 'logs', kind: 'bundle v1' },
  { folder: 'cosign3-bundle-pull-request', root: 'logs', kind: 'bundle v1' },
  { folder: 'cosign3-bundle-v2', root: 'logs', kind: 'bundle v2' },
  { folder: 'cosign3-bundle-reusable-workflow', root: 'logs', kind: 'bundle v2' },
  { folder: 'sigstore-go-intoto-v2', root: 'logs', kind: 'bundle v2' },
  { folder: 'cosign3-bundle-tsa', root: 'tsa', kind: 'bundle with timestamp alone' },
  { folder: 'cosign3-bundle-private-environment', root: 'tsa', kind: 'bundle with timestamp alone' },
] as const;

/** The reason a well-formed change must get, by where it is; ill-formed ones may be SIGNATURE_INVALID too. */
const REASONS: readonly [RegExp, readonly string[]][] = [
  [/^verificationMaterial\.tlogEntries|^annotations\.dev\.sigstore\.cosign\/bundle/, ['NOT_LOGGED']],
  [/^verificationMaterial\.timestampVerificationData|rfc3161timestamp/, ['TIMESTAMP_INVALID']],
  [/certificate/, ['SIGNATURE_INVALID', 'CERTIFICATE_UNTRUSTED']],
  [/./, ['SIGNATURE_INVALID']],
];

function expectedReasons({ path, change }: Twin): readonly string[] {
  const reasons = REASONS.find(([where]) => where.test(path))?.[1] ?? [];
  // A flipped byte may break the DER or JSON inside, and then nothing more can be said than "malformed".
  return /^(swapped|plus one)/.test(change) ? reasons : [...reasons, 'SIGNATURE_INVALID'];
}

/** Verifies every twin; returns what is wrong about the answers, so that one test can show all. */
async function wrongAnswers(
  context: { readonly folder: string; readonly root: 'logs' | 'tsa'; readonly kind: string },
  twins: readonly Twin[],
  toCandidate: (value: Json) => Candidate,
  judge: 'verify' | 'verifyAttestation' = 'verify',
): Promise<string[]> {
  const verifier = verifierFor(goldenRoot(context.root));
  const wrong: string[] = [];
  for (const twin of twins) {
    const result = await verifier[judge](toCandidate(twin.value), goldenSubject(context.folder));
    const name = `${twin.path} ${twin.change}`;
    if (result.kind === 'verified' && !mayPass(context.kind, twin)) wrong.push(`${name}: accepted`);
    if (result.kind === 'refused' && !expectedReasons(twin).includes(result.reason))
      wrong.push(`${name}: ${result.reason}`);
    if (result.kind === 'not-a-signature' && twin.path !== 'dsseEnvelope.payloadType')
      wrong.push(`${name}: ${result.what}`);
  }
  return wrong;
}

describe('every field of a golden bundle changed, emptied, removed or swapped is refused with its reason', () => {
  const documents = Object.fromEntries(BUNDLES.map(({ folder }) => [folder, goldenBundle(folder)]));

  test.each(BUNDLES)('$folder', async (row) => {
    const twins = twinsOf(goldenBundle(row.folder), documents);
    expect(twins.length).toBeGreaterThan(150);
    expect(await wrongAnswers(row, twins, bundleCandidate)).toEqual([]);
  });
});

test('every field of a golden attestation changed, emptied, removed or swapped is refused with its reason', async () => {
  const row = { folder: 'cosign3-attestation-slsa', root: 'logs', kind: 'bundle v1' } as const;
  const original = goldenBundle(row.folder);
  const verifier = verifierFor(goldenRoot(row.root));
  const { kind } = await verifier.verifyAttestation(bundleCandidate(original), goldenSubject(row.folder));
  expect(kind).toBe('verified');
  const twins = twinsOf(original, { image: goldenBundle('cosign3-bundle-v1') });
  expect(twins.length).toBeGreaterThan(150);
  expect(await wrongAnswers(row, twins, bundleCandidate, 'verifyAttestation')).toEqual([]);

  const statement: Json = JSON.parse(Buffer.from(original.dsseEnvelope.payload, 'base64').toString('utf8'));
  for (const twin of twinsOf(statement)) {
    const payload = Buffer.from(JSON.stringify(twin.value)).toString('base64');
    const changed = bundleCandidate({ ...original, dsseEnvelope: { ...original.dsseEnvelope, payload } });
    const result = await verifier.verifyAttestation(changed, goldenSubject(row.folder));
    expect(result, `${twin.path} ${twin.change}`).toMatchObject({ kind: 'refused', reason: 'SIGNATURE_INVALID' });
  }
});

describe('every field of a golden statement changed, emptied or removed breaks the signature', () => {
  test.each(BUNDLES.slice(0, 7))('$folder', async (row) => {
    const bundle = goldenBundle(row.folder);
    const statement: Json = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString('utf8'));
    const verifier = verifierFor(goldenRoot(row.root));
    for (const twin of twinsOf(statement)) {
      const payload = Buffer.from(JSON.stringify(twin.value)).toString('base64');
      const candidate = bundleCandidate({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payload } });
      const result = await verifier.verify(candidate, goldenSubject(row.folder));
      const expected = twin.path === 'predicateType' ? ['refused', 'not-a-signature'] : ['refused'];
      expect(expected, `${twin.path} ${twin.change}`).toContain(result.kind);
      if (result.kind === 'refused') expect(result.reason).toBe('SIGNATURE_INVALID');
    }
  });
});

describe('every field of a golden log entry changed, emptied or removed breaks its proof', () => {
  test.each(BUNDLES.slice(0, 7))('$folder', async (row) => {
    const bundle = goldenBundle(row.folder);
    const [entry] = bundle.verificationMaterial.tlogEntries;
    const body: Json = JSON.parse(Buffer.from(entry.canonicalizedBody, 'base64').toString('utf8'));
    const verifier = verifierFor(goldenRoot(row.root));
    for (const twin of twinsOf(body)) {
      const canonicalizedBody = Buffer.from(JSON.stringify(twin.value)).toString('base64');
      const verificationMaterial = { ...bundle.verificationMaterial, tlogEntries: [{ ...entry, canonicalizedBody }] };
      const result = await verifier.verify(
        bundleCandidate({ ...bundle, verificationMaterial }),
        goldenSubject(row.folder),
      );
      expect(result, `${twin.path} ${twin.change}`).toMatchObject({ kind: 'refused', reason: 'NOT_LOGGED' });
    }
  });
});

const LAYERS = [
  { folder: 'cosign3-legacy', layer: 0 },
  { folder: 'cosign2-legacy', layer: 0 },
  { folder: 'cosign2-legacy-two-signers-tsa', layer: 0 },
  { folder: 'cosign2-legacy-two-signers-tsa', layer: 1 },
];
const JSON_ANNOTATIONS = ['dev.sigstore.cosign/bundle', 'dev.sigstore.cosign/rfc3161timestamp'];

describe('every field of a golden .sig layer changed, emptied, removed or swapped is refused with its reason', () => {
  const document = (folder: string, layer: number): Json => {
    const candidate = goldenCandidates(folder)[layer];
    if (candidate?.format !== 'legacy') throw new Error('no layer');
    const annotations = Object.entries(candidate.annotations).map(([name, value]) => [
      name,
      JSON_ANNOTATIONS.includes(name) ? JSON.parse(value) : value,
    ]);
    return {
      payload: JSON.parse(Buffer.from(candidate.payload).toString('utf8')),
      annotations: Object.fromEntries(annotations),
    };
  };
  const toCandidate = (value: Json): Candidate => {
    const given = typeof value.annotations === 'object' && value.annotations !== null ? value.annotations : {};
    const annotations = Object.entries(given).map(([name, text]): [string, string] => [
      name,
      typeof text === 'string' ? text : JSON.stringify(text),
    ]);
    return legacyCandidate(Buffer.from(JSON.stringify(value.payload) ?? ''), Object.fromEntries(annotations));
  };
  const others = Object.fromEntries(LAYERS.map(({ folder, layer }) => [`${folder} ${layer}`, document(folder, layer)]));

  test.each(LAYERS)('$folder layer $layer', async ({ folder, layer }) => {
    const original = document(folder, layer);
    const context = { folder, root: 'logs', kind: 'legacy' } as const;
    const unchanged = await verifierFor(goldenRoot('logs')).verify(toCandidate(original), goldenSubject(folder));
    expect(unchanged.kind).toBe('verified');
    const twins = twinsOf(original, others);
    expect(twins.length).toBeGreaterThan(150);
    expect(await wrongAnswers(context, twins, toCandidate)).toEqual([]);
  });
});

test('no byte of a timestamp that carries a signature can be changed', async () => {
  const folder = 'cosign3-bundle-tsa';
  const bundle = goldenBundle(folder);
  const [timestamp] = bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps;
  const token = Buffer.from(timestamp.signedTimestamp, 'base64');
  const verifier = verifierFor(goldenRoot('tsa'));
  const accepted: number[] = [];
  for (let index = 0; index < token.length; index += 1) {
    // Every byte around what the authority signed (TSTInfo, signed attributes), every fourth of the rest.
    const isSigned = (index > 75 && index < 235) || (index > 345 && index < 580) || index > 600;
    if (isSigned && index % 4 !== 0) continue;
    const flipped = Buffer.from(token);
    flipped[index] = (flipped[index] ?? 0) ^ 1;
    timestamp.signedTimestamp = flipped.toString('base64');
    const result = await verifier.verify(bundleCandidate(bundle), goldenSubject(folder));
    if (result.kind === 'verified') accepted.push(index);
  }
  // PKIStatus: 0 becomes 1, grantedWithMods, which RFC 3161 §2.4.2 gives a token too; it is not signed.
  expect(accepted).toEqual([8]);
});
