import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { judge } from '../sandbox/sigstore-judge.ts';
import { GOLDEN, type Json, OCI_MANIFEST, type SignWorld, SUBJECT, shown, startSignWorld } from './sign-world.ts';

/*
 * What dist/sign writes, held against what cosign wrote for the very same image bytes. Every test names
 * what differs with its reason; what is not named is equal byte for byte.
 */

const golden = (path: string): Promise<Buffer> => readFile(join(GOLDEN, path));
const goldenJson = async (path: string): Promise<Json> => JSON.parse(String(await golden(path)));
const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString();

/** Every place in a JSON value, in order, with the kind of what is there; arrays by their first element. */
function fields(value: Json, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [`${path}[]`] : fields(value[0], `${path}[]`);
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, inner]) => fields(inner, `${path}.${key}`));
}

let world: SignWorld;
/** A private repository on an instance like GitHub's own: no logs, no SCT. */
let github: SignWorld;
let digest: string;

beforeAll(async () => {
  [world, github] = await Promise.all([
    startSignWorld(),
    startSignWorld({ variant: 'tsa', sigstore: { instance: 'github', run: { visibility: 'private' } } }),
  ]);
  digest = await putGolden(world, 'golden/unused');
});
afterAll(async () => {
  await Promise.all([world.close(), github.close()]);
});

/** The image that cosign signed, byte for byte. */
async function putGolden(into: SignWorld, repository: string): Promise<string> {
  const subject = await golden('cosign3-bundle-v1/subject-manifest.json');
  return into.registry.store.putManifest(repository, subject, OCI_MANIFEST);
}

interface Written {
  readonly run: RunResult;
  readonly world: SignWorld;
  readonly repository: string;
}

async function sign(
  into: SignWorld,
  repository: string,
  inputs: Readonly<Record<string, string>> = {},
): Promise<Written> {
  await putGolden(into, repository);
  const run = await into.sign({ images: `${into.host}/${repository}`, digest, ...inputs });
  expect(run.exitCode, shown(run)).toBe(0);
  return { run, world: into, repository };
}

/** Bytes of the only referrer, its bundle, and how the registry lists it. */
async function stored({ world: from, repository }: Written): Promise<{ manifest: string; bundle: string; list: Json }> {
  const { store } = from.registry;
  const [referrer, ...more] = store.referrers(repository, digest);
  expect(more).toEqual([]);
  const manifest = Buffer.from(referrer?.bytes ?? '').toString();
  const bundle = Buffer.from(store.getBlob(repository, JSON.parse(manifest).layers[0].digest) ?? '').toString();
  const answer = await fetch(`${from.registryUrl}/v2/${repository}/referrers/${digest}`, {
    headers: await from.pushLogin(repository),
  });
  return { manifest, bundle, list: await answer.json() };
}

const created = (manifest: Json): string => manifest.annotations['org.opencontainers.image.created'];

/** Text of a manifest with what must differ replaced: the bundle's digest and size, and the time. */
function comparable(text: string): string {
  const manifest = JSON.parse(text);
  const { digest: layer, size } = manifest.layers[0];
  return text
    .replace(`"size":${size},"digest":"${layer}"`, '"size":0,"digest":"the bundle"')
    .replace(created(manifest), 'now');
}

const CASES = [
  ['cosign3-bundle-v1', 'Rekor v1 and a timestamp', 'v1', {}],
  ['cosign3-bundle-v1-notsa', 'Rekor v1 alone', 'v1-no-tsa', {}],
  ['cosign3-bundle-v2', 'Rekor v2 and a timestamp', 'v2', {}],
  ['cosign3-bundle-tsa', 'a timestamp alone', 'tsa', {}],
  ['cosign3-bundle-annotations', 'annotations', 'v1', { annotations: 'team=red\nnote=a <b> & ü' }],
] as const;

test.each(CASES)(
  '%s (%s): manifest, listing, statement, envelope, bundle and entry are cosign’s',
  async (folder, _what, variant, inputs) => {
    const { sigstore } = world;
    const trustedRoot = sigstore.trustedRootJson(variant === 'tsa' ? 'tsa' : 'all');
    const made = await sign(world, `golden/${folder}`, {
      'signing-config': sigstore.signingConfigJson(variant),
      'trusted-root': trustedRoot,
      ...inputs,
    });
    const ours = await stored(made);
    const theirManifest = String(await golden(`${folder}/manifest.json`));
    // Different: the bundle's digest and size, and the time of signing.
    expect(comparable(ours.manifest)).toBe(comparable(theirManifest));
    expect(created(JSON.parse(ours.manifest))).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

    // Different in the descriptor: digest, size and time; the order of its members is the registry's.
    const [theirs] = (await goldenJson(`${folder}/referrers.json`)).manifests;
    const [listed, ...more] = ours.list.manifests;
    expect(more).toEqual([]);
    expect({ ...listed, digest: '', size: 0 }).toEqual({
      ...theirs,
      digest: '',
      size: 0,
      annotations: {
        ...theirs.annotations,
        'org.opencontainers.image.created': created(JSON.parse(ours.manifest)),
      },
    });

    const bundle = JSON.parse(ours.bundle);
    const theirBundle = await goldenJson(`${folder}/bundle.json`);
    // Different: protobuf's JSON of cosign has a random space after each comma, ours has none.
    expect(decoded(bundle.dsseEnvelope.payload)).toBe(
      JSON.stringify(JSON.parse(decoded(theirBundle.dsseEnvelope.payload))),
    );
    expect(Object.keys(bundle.dsseEnvelope)).toEqual(Object.keys(theirBundle.dsseEnvelope));
    expect(bundle.dsseEnvelope.payloadType).toBe(theirBundle.dsseEnvelope.payloadType);
    expect(bundle.dsseEnvelope.signatures.map(Object.keys)).toEqual(
      theirBundle.dsseEnvelope.signatures.map(Object.keys),
    );
    expect(bundle.mediaType).toBe(theirBundle.mediaType);

    // Different: cosign's entry may be the first of its log, and protobuf leaves out zeros and empty lists.
    const zeros = /\.(?:logIndex|hashes\[\]): string$/;
    const without = (list: readonly string[]): readonly string[] => list.filter((field) => !zeros.test(field));
    expect(without(fields(bundle))).toEqual(without(fields(theirBundle)));
    const entryOf = (from: Json): Json => from.verificationMaterial.tlogEntries?.[0];
    expect(entryOf(bundle)?.kindVersion).toEqual(entryOf(theirBundle)?.kindVersion);
    const bodyOf = (from: Json): Json => JSON.parse(decoded(entryOf(from)?.canonicalizedBody ?? btoa('{}')));
    expect(fields(bodyOf(bundle))).toEqual(fields(bodyOf(theirBundle)));

    // A second opinion on the same bytes, and its twin.
    const options = { trustedRoot, logs: variant === 'tsa' ? 0 : 1 };
    expect(judge(bundle, options)).toEqual({ accepted: SUBJECT });
    const payload = decoded(bundle.dsseEnvelope.payload).replace('"predicate":{', '"predicate":{"evil":"yes",');
    const tampered = structuredClone(bundle);
    tampered.dsseEnvelope.payload = btoa(unescape(encodeURIComponent(payload)));
    expect(judge(tampered, options)).toHaveProperty('refused');
    // What was published is what was written as a file, too.
    expect(await readFile(made.run.outputs['bundle-paths'] ?? '', 'utf8')).toBe(ours.bundle);
  },
);

test('on an instance like GitHub’s own the bundle holds a timestamp, no entry and a certificate without SCT', async () => {
  const made = await sign(github, 'golden/private');
  const { bundle: text, manifest } = await stored(made);
  const bundle = JSON.parse(text);
  // Different from cosign's on a private repository: that stack's CA had a CT log, GitHub's has none.
  expect(fields(bundle)).toEqual(fields(await goldenJson('cosign3-bundle-private-environment/bundle.json')));
  expect(comparable(manifest)).toBe(
    comparable(String(await golden('cosign3-bundle-private-environment/manifest.json'))),
  );
  const trustedRoot = github.sigstore.trustedRootJson('tsa');
  expect(judge(bundle, { trustedRoot, logs: 0, ctLogs: 0 })).toEqual({ accepted: SUBJECT });
  const [stamp] = bundle.verificationMaterial.timestampVerificationData.rfc3161Timestamps;
  const twin = structuredClone(bundle);
  const bytes = Buffer.from(stamp.signedTimestamp, 'base64');
  bytes[bytes.length - 5] = (bytes.at(-5) ?? 0) ^ 1;
  twin.verificationMaterial.timestampVerificationData.rfc3161Timestamps[0].signedTimestamp = bytes.toString('base64');
  expect(judge(twin, { trustedRoot, logs: 0, ctLogs: 0 })).toHaveProperty('refused');
  expect(github.asked('rekor-v1') + github.asked('rekor-v2')).toBe(0);
});

/** A `.sig` manifest with what must differ replaced: digests and sizes of payload and config, and the annotations' values. */
function comparableSignature(manifest: Json, keys: readonly string[]): string {
  const { config, layers } = structuredClone(manifest);
  for (const descriptor of [config, ...layers]) {
    descriptor.digest = 'another';
    descriptor.size = 0;
  }
  for (const layer of layers) {
    expect(Object.keys(layer.annotations)).toEqual(keys);
    layer.annotations = {};
  }
  return JSON.stringify({ ...manifest, config, layers });
}

// Beside each other: a tag is read again after a settling time.
test.concurrent.each([
  ['cosign2-legacy', {}, 'team=red', 'v1-no-tsa'],
  // cosign 3 leaves the chain empty; we write it as cosign 2 does, which its verifiers and all others read.
  ['cosign3-legacy', {}, '', 'v1-no-tsa'],
  ['cosign2-legacy-two-signers-tsa', { layers: 1 }, '', 'v1'],
] as const)(
  '%s: payload, layer, config and manifest of the .sig tag are cosign’s',
  async (folder, cut, annotations, variant) => {
    const repository = `golden/${folder}`;
    const made = await sign(world, repository, {
      format: 'legacy',
      annotations,
      'signing-config': world.sigstore.signingConfigJson(variant),
    });
    const { store } = world.registry;
    const manifest = world.signatureTag({ repository, digest });
    const theirs = await goldenJson(`${folder}/manifest.json`);
    // Different: theirs of two signers has two layers.
    if ('layers' in cut) theirs.layers.length = cut.layers;
    expect(comparableSignature(manifest, Object.keys(theirs.layers[0].annotations))).toBe(
      comparableSignature(theirs, Object.keys(theirs.layers[0].annotations)),
    );

    // Different: the registry in the payload's reference.
    const payload = Buffer.from(store.getBlob(repository, manifest.layers[0].digest) ?? '').toString();
    expect(payload.replace(world.host, '127.0.0.1:5000')).toBe(String(await golden(`${folder}/layer0`)));

    // Different: the payload's digest, and in the file of two signers a second entry.
    const config = Buffer.from(store.getBlob(repository, manifest.config.digest) ?? '').toString();
    const theirConfig = await goldenJson(`${folder}/config.json`);
    if ('layers' in cut) {
      theirConfig.history.length = cut.layers;
      theirConfig.rootfs.diff_ids.length = cut.layers;
    }
    theirConfig.rootfs.diff_ids = [manifest.layers[0].digest];
    expect(config).toBe(JSON.stringify(theirConfig));
    expect(manifest.config.size).toBe(config.length);

    const ours = manifest.layers[0].annotations;
    const golden0 = theirs.layers[0].annotations;
    const rekor = JSON.parse(ours['dev.sigstore.cosign/bundle']);
    const theirRekor = JSON.parse(golden0['dev.sigstore.cosign/bundle']);
    expect(fields(rekor)).toEqual(fields(theirRekor));
    expect(fields(JSON.parse(decoded(rekor.Payload.body)))).toEqual(
      fields(JSON.parse(decoded(theirRekor.Payload.body))),
    );

    // A second opinion: the same signature as a bundle, over the stored payload; and over another one.
    const bundle = JSON.parse(await readFile(made.run.outputs['bundle-paths'] ?? '', 'utf8'));
    const trustedRoot = world.sigstore.trustedRootJson('all');
    expect(bundle.messageSignature.signature).toBe(ours['dev.cosignproject.cosign/signature']);
    expect(judge(bundle, { trustedRoot, data: payload })).toEqual({ accepted: SUBJECT });
    expect(judge(bundle, { trustedRoot, data: payload.replace('"optional"', '"optional" ') })).toHaveProperty(
      'refused',
    );
  },
);

test.concurrent('format both writes one bundle and one .sig layer, of one certificate', async () => {
  const made = await sign(world, 'golden/both', { format: 'both' });
  const { bundle } = await stored(made);
  const [layer, ...more] = world.signatureTag({ repository: 'golden/both', digest }).layers;
  expect(more).toEqual([]);
  const pem = layer.annotations['dev.sigstore.cosign/certificate'].replace(/-----[^-]+-----|\n/g, '');
  expect(JSON.parse(bundle).verificationMaterial.certificate.rawBytes).toBe(pem);
  // The referrers API is there, so no referrers tag is.
  expect(world.registry.store.tags('golden/both')).toEqual([`${digest.replace(':', '-')}.sig`]);
});
