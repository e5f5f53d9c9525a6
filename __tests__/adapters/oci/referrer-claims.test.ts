import { describe, expect, test } from 'vitest';
import type { Descriptor } from '../../../src/domain/image/descriptor.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import {
  BUNDLE_PREDICATE_ANNOTATION,
  BUNDLE_V03,
  COSIGN_SIGN_PREDICATE,
  COSIGN_SIGNATURE_ARTIFACT,
  OCI_EMPTY,
  OCI_INDEX,
  OCI_MANIFEST,
  SIMPLE_SIGNING,
} from '../../../src/domain/image/media-types.ts';
import { createListedEntries } from '../../../src/oci/listed-entries.ts';
import { type Bench, openBench, seedImage } from './harness.ts';

/* What something claims to be decides whether it can be a damaged signature; only its bytes decide whether it is one. */

const MIB = 1024 * 1024;
const PROVENANCE = 'https://slsa.dev/provenance/v1';
const ZERO = `sha256:${'0'.repeat(64)}` as Digest;

/** Three things of the same shape that differ in what they say about themselves. */
const CLAIMS = {
  signature: { annotations: { [BUNDLE_PREDICATE_ANNOTATION]: COSIGN_SIGN_PREDICATE } },
  open: {},
  attestation: { annotations: { [BUNDLE_PREDICATE_ANNOTATION]: PROVENANCE } },
  note: { artifactType: 'application/vnd.example.note' },
} as const satisfies Record<string, Partial<Manifest>>;
type Claim = keyof typeof CLAIMS;

interface Manifest {
  readonly artifactType: unknown;
  readonly annotations: Readonly<Record<string, unknown>>;
  readonly config: unknown;
  readonly layers: readonly Readonly<Record<string, unknown>>[];
  readonly subject: unknown;
}

/** Pushes a referrer with one bundle of this size, and lists it as a registry does: with its type and annotations. */
function putReferrer(bench: Bench, claim: Claim, over: Partial<Manifest> & { readonly size?: number } = {}) {
  const { store } = bench.sandbox;
  const image = seedImage(bench);
  const { size = 100, ...fields } = over;
  const bundle = Buffer.alloc(size, claim);
  const manifest = {
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    artifactType: BUNDLE_V03,
    config: { mediaType: OCI_EMPTY, size: 2, digest: store.putBlob('acme/app', '{}') },
    layers: [{ mediaType: BUNDLE_V03, size, digest: store.putBlob('acme/app', bundle) }],
    subject: image,
    ...CLAIMS[claim],
    ...fields,
  };
  const bytes = JSON.stringify(manifest);
  const digest = store.putManifest('acme/app', bytes) as Digest;
  const { annotations } = manifest as { annotations?: Record<string, string> };
  const descriptor: Descriptor = {
    mediaType: OCI_MANIFEST,
    digest,
    size: bytes.length,
    artifactType: manifest.artifactType as string,
    ...(annotations === undefined ? {} : { annotations }),
  };
  return { image, descriptor };
}

function read(bench: Bench, { image, descriptor }: { image: Descriptor; descriptor: Descriptor }) {
  return bench
    .connect()
    .fetchReferrer({ repository: bench.repository, subject: image.digest }, { descriptor, place: 'referrers-api' });
}

/** The outcome for each claim, in this order. */
async function outcomes(
  put: (bench: Bench, claim: Claim) => { image: Descriptor; descriptor: Descriptor },
  quirks: NonNullable<NonNullable<Parameters<typeof openBench>[0]>['registry']>['quirks'] = {},
): Promise<string[]> {
  const found: string[] = [];
  for (const claim of Object.keys(CLAIMS) as Claim[]) {
    await using bench = await openBench({ registry: { quirks } });
    const set = await read(bench, put(bench, claim));
    const [unreadable] = set.unreadable;
    found.push(unreadable?.outcome ?? set.candidates.map(({ format }) => format).join());
    if (unreadable?.outcome !== 'not-a-signature') continue;
    // What is passed over says what it is and why.
    if (claim === 'attestation') expect(unreadable.predicateType).toBe(PROVENANCE);
    if (claim === 'note') expect(unreadable.artifactType).toBe('application/vnd.example.note');
    expect(unreadable.message).not.toBe('');
    if (unreadable.isUnread !== true) expect(unreadable.error).toBeUndefined();
  }
  return found;
}

describe('a signature, a bundle that may be one, an attestation and a note', () => {
  const MALFORMED = ['malformed', 'malformed', 'not-a-signature', 'not-a-signature'];
  const FAILED = ['failed', 'failed', 'not-a-signature', 'not-a-signature'];

  test('are all read if they can be: the bytes decide', async () => {
    expect(await outcomes((bench, claim) => putReferrer(bench, claim))).toEqual([
      'bundle',
      'bundle',
      'bundle',
      'bundle',
    ]);
  });

  test('a bundle over the cap is a damaged signature only if it says that it is one, and is not asked for', async () => {
    const put = (bench: Bench, claim: Claim) => putReferrer(bench, claim, { size: 16 * MIB + 1 });
    expect(await outcomes(put)).toEqual(['malformed', 'not-a-signature', 'not-a-signature', 'not-a-signature']);
    await using bench = await openBench();
    const one = put(bench, 'attestation');
    const { unreadable } = await read(bench, one);
    expect(bench.requests().filter((line) => line.includes('/blobs/'))).toEqual([]);
    expect(unreadable[0]?.message).toContain('16777217 bytes, and only 16777216 are read');
    expect(unreadable[0]?.message).toContain(`annotated as an attestation of type "${PROVENANCE}"`);
  });

  test('a bundle over the size of any image signature cannot be a missing one', async () => {
    const put = (size: number) => (bench: Bench, claim: Claim) => {
      const layers = [{ mediaType: BUNDLE_V03, size, digest: ZERO }];
      return putReferrer(bench, claim, { layers });
    };
    expect(await outcomes(put(MIB))).toEqual(FAILED);
    expect(await outcomes(put(MIB + 1))).toEqual(['failed', 'not-a-signature', 'not-a-signature', 'not-a-signature']);
  });

  test('a bundle longer than its manifest says', async () => {
    const put = (bench: Bench, claim: Claim) => {
      const digest = bench.sandbox.store.putBlob('acme/app', Buffer.alloc(16 * MIB + 1, 32));
      return putReferrer(bench, claim, { layers: [{ mediaType: BUNDLE_V03, size: 100, digest }] });
    };
    expect(await outcomes(put)).toEqual(MALFORMED);
  });

  test('other bytes for the bundle', async () => {
    expect(await outcomes(putReferrer, { tamperBlob: () => Buffer.from('other') })).toEqual(MALFORMED);
  });

  test('other bytes for the manifest', async () => {
    expect(await outcomes(putReferrer, { tamperManifest: () => Buffer.from('{}') })).toEqual(MALFORMED);
  });

  test('a manifest that is listed but not served', async () => {
    const gone = (bench: Bench, claim: Claim) => {
      const one = putReferrer(bench, claim);
      return { ...one, descriptor: { ...one.descriptor, digest: ZERO } };
    };
    expect(await outcomes(gone)).toEqual(FAILED);
  });

  test('a denied read', async () => {
    expect(await outcomes(putReferrer, { denyPull: 403 })).toEqual(FAILED);
  });

  test('a manifest over the cap of any signature', async () => {
    const put = (bench: Bench, claim: Claim) =>
      putReferrer(bench, claim, { config: { mediaType: OCI_EMPTY, size: 2, digest: ZERO, data: 'x'.repeat(MIB) } });
    expect(await outcomes(put)).toEqual(['malformed', 'not-a-signature', 'not-a-signature', 'not-a-signature']);
  });

  test.each<[string, Partial<Manifest>]>([
    ['the subject of another image', { subject: { mediaType: OCI_MANIFEST, digest: ZERO, size: 1 } }],
    ['a subject that is not a descriptor', { subject: { digest: 'sha512:x' } }],
    ['a config that is not a descriptor', { config: { mediaType: OCI_EMPTY, size: 2, digest: 'sha512:x' } }],
    ['a layer with another digest algorithm', { layers: [{ mediaType: BUNDLE_V03, size: 1, digest: 'sha512:x' }] }],
    ['a layer without a size', { layers: [{ mediaType: BUNDLE_V03, digest: ZERO }] }],
    ['a layer without a type', { layers: [{ size: 1, digest: ZERO }] }],
  ])('%s', async (_what, over) => {
    expect(await outcomes((bench, claim) => putReferrer(bench, claim, over))).toEqual(MALFORMED);
  });

  test('a malformed layer of another type is not a signature, whatever the manifest says', async () => {
    const layers = [{ mediaType: 'application/spdx+json', size: 1, digest: 'sha512:x' }];
    const found = await outcomes((bench, claim) => putReferrer(bench, claim, { layers }));
    expect(found).toEqual(['not-a-signature', 'not-a-signature', 'not-a-signature', 'not-a-signature']);
  });

  test('a manifest that parsers read differently says nothing; its listing does', async () => {
    const put = (bench: Bench, claim: Claim) => {
      const one = putReferrer(bench, claim);
      const { store } = bench.sandbox;
      const bytes = Buffer.from(store.getManifest('acme/app', one.descriptor.digest)?.bytes ?? '').toString('utf8');
      const twice = bytes.replace('{', '{"artifactType":"application/vnd.example.note",');
      return { ...one, descriptor: { ...one.descriptor, digest: store.putManifest('acme/app', twice) as Digest } };
    };
    expect(await outcomes(put)).toEqual(MALFORMED);
  });

  test('the listing decides only as long as nothing else is known', async () => {
    await using bench = await openBench();
    const lie = (claim: Claim, artifactType: string) => {
      const one = putReferrer(bench, claim, { layers: [{ mediaType: BUNDLE_V03, size: 1, digest: ZERO }] });
      return read(bench, { ...one, descriptor: { ...one.descriptor, artifactType, annotations: {} } });
    };
    // A signature that a registry lists as something else, and the reverse: the manifest was read, and says what it is.
    expect(await lie('signature', 'application/vnd.example.note')).toMatchObject({
      unreadable: [{ outcome: 'failed' }],
    });
    expect(await lie('note', COSIGN_SIGNATURE_ARTIFACT)).toMatchObject({
      unreadable: [{ outcome: 'not-a-signature' }],
    });
  });

  test.each<[string, Partial<Descriptor>, string]>([
    ['listed without a type', { artifactType: undefined }, 'failed'],
    ['listed with the type of an empty config', { artifactType: OCI_EMPTY }, 'failed'],
    [
      'listed as larger than any manifest of a signature',
      { artifactType: undefined, size: MIB + 1 },
      'not-a-signature',
    ],
    ['listed as an index', { mediaType: OCI_INDEX }, 'not-a-signature'],
    ['listed with a media type that is not a manifest', { mediaType: 'application/json' }, 'failed'],
    ['listed as cosign’s signature artifact', { artifactType: COSIGN_SIGNATURE_ARTIFACT, size: 5 * MIB }, 'failed'],
  ])('not served: %s', async (_what, over, outcome) => {
    await using bench = await openBench();
    const { image } = putReferrer(bench, 'open');
    const descriptor: Descriptor = {
      mediaType: OCI_MANIFEST,
      digest: ZERO,
      size: 1,
      artifactType: BUNDLE_V03,
      ...over,
    };
    expect(await read(bench, { image, descriptor })).toMatchObject({ candidates: [], unreadable: [{ outcome }] });
  });

  test('a wrong size in the listing does not lose what can be read', async () => {
    await using bench = await openBench();
    const one = putReferrer(bench, 'open');
    const found = await read(bench, { ...one, descriptor: { ...one.descriptor, size: 5 * MIB } });
    expect(found.candidates).toHaveLength(1);
  });
});

test('a bundle that cannot be a signature is marked so, for the case that its bytes show nothing', async () => {
  const marks = [];
  for (const claim of Object.keys(CLAIMS) as Claim[]) {
    await using bench = await openBench();
    const { candidates } = await read(bench, putReferrer(bench, claim));
    marks.push(candidates.map((one) => (one.format === 'bundle' ? one.ruledOut?.why : 'legacy')).join());
  }
  expect(marks).toEqual(['', '', expect.stringContaining(PROVENANCE), expect.stringContaining('vnd.example.note')]);
  await using bench = await openBench();
  const { candidates } = await read(bench, putReferrer(bench, 'open', { size: MIB + 1 }));
  expect(candidates).toMatchObject([
    { ruledOut: { why: expect.stringContaining('1048577 bytes'), predicateType: undefined } },
  ]);
});

describe('entries of a listing that name nothing fetchable', () => {
  const unreadable = (...entries: readonly unknown[]) => {
    const list = createListedEntries('referrers-api');
    list.add({ entries, flaws: new Map() });
    return { ...list.listing(), count: list.count() };
  };
  const entry = { mediaType: OCI_MANIFEST, size: 1, digest: `sha512:${'a'.repeat(128)}` };

  test.each<[string, object, string]>([
    ['no type', {}, 'malformed'],
    ['a bundle', { artifactType: BUNDLE_V03 }, 'malformed'],
    ['a signature', { artifactType: BUNDLE_V03, ...CLAIMS.signature }, 'malformed'],
    ['a type that is not text', { artifactType: 7 }, 'malformed'],
    ['an attestation', { artifactType: BUNDLE_V03, ...CLAIMS.attestation }, 'not-a-signature'],
    ['an SBOM', { artifactType: 'application/spdx+json' }, 'not-a-signature'],
    ['an index', { mediaType: OCI_INDEX }, 'not-a-signature'],
  ])('%s is %j: %s', (_what, over, outcome) => {
    expect(unreadable({ ...entry, ...over }).unreadable).toMatchObject([{ digest: 'entry 1', outcome }]);
  });

  test('many of one kind do not hide one of the other', () => {
    const sboms = Array.from({ length: 150 }, () => ({ ...entry, artifactType: 'application/spdx+json' }));
    const found = unreadable(...sboms, entry);
    expect(found.unreadable.slice(100)).toMatchObject([
      { digest: '1 more entries', outcome: 'malformed' },
      { digest: '50 more entries', outcome: 'not-a-signature' },
    ]);
    expect(found.count).toBe(151);
    expect(unreadable(...sboms).unreadable.some(({ outcome }) => outcome === 'malformed')).toBe(false);
  });
});

describe('layers of a .sig tag', () => {
  /** Reads a tag with these layers; layers without a digest get a payload of their own. */
  async function readTag(layers: readonly Readonly<Record<string, unknown>>[]) {
    await using bench = await openBench();
    const { store } = bench.sandbox;
    const image = seedImage(bench);
    const payload = store.putBlob('acme/app', 'payload');
    const manifest = {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        size: 2,
        digest: store.putBlob('acme/app', '{}'),
      },
      layers: layers.map((layer) => ({ mediaType: SIMPLE_SIGNING, size: 7, digest: payload, ...layer })),
    };
    const tag = `${image.digest.replace(':', '-')}.sig`;
    store.setTag('acme/app', tag, store.putManifest('acme/app', JSON.stringify(manifest)));
    return await bench.connect().fetchLegacy(bench.repository, image.digest);
  }
  const NOTE = { mediaType: 'application/vnd.example.note' };

  test('of another type are listed and do not count towards the limits, however many there are', async () => {
    const found = await readTag([...Array.from({ length: 1100 }, () => NOTE), {}]);
    expect(found.candidates).toHaveLength(1);
    expect(found.unreadable).toHaveLength(1100);
    expect(found.unreadable.every(({ outcome }) => outcome === 'not-a-signature')).toBe(true);
    const beyond = await readTag([...Array.from({ length: 1000 }, () => ({})), NOTE, {}]);
    expect(beyond.unreadable.map(({ outcome }) => outcome)).toEqual(['not-a-signature', 'failed']);
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['a malformed signature', { digest: 'sha512:x' }, 'malformed'],
    ['a malformed layer of another type', { ...NOTE, digest: 'sha512:x' }, 'not-a-signature'],
    ['a malformed layer without a type', { mediaType: undefined, digest: 'sha512:x' }, 'malformed'],
    ['a large layer of another type', { ...NOTE, size: 17 * MIB }, 'not-a-signature'],
    ['a signature that is not served', { digest: ZERO }, 'failed'],
  ])('%s is %j: %s', async (_what, layer, outcome) => {
    const found = await readTag([{}, layer]);
    expect(found.candidates).toHaveLength(1);
    expect(found.unreadable).toMatchObject([{ outcome }]);
  });
});
