import { expect, test } from 'vitest';
import { readManifestDocument } from '../../../src/domain/image/manifest-document.ts';
import { type EntryKind, kindOfEntry, parseIndexEntries } from '../../../src/domain/image/platform-images.ts';

const digest = (hex: string): string => `sha256:${hex.repeat(64)}`;
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const FOREIGN = 'application/vnd.acme.notes+json';
const attestation = { 'vnd.docker.reference.type': 'attestation-manifest' };
const unknown = { os: 'unknown', architecture: 'unknown' };
const parse = (manifests: readonly unknown[]): ReturnType<typeof parseIndexEntries> => parseIndexEntries({ manifests });

test('lists the entries with their platforms', () => {
  const entry = { mediaType: OCI_MANIFEST, digest: digest('a') };
  expect(
    parse([
      { ...entry, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
      { mediaType: OCI_INDEX, digest: digest('b') },
      { mediaType: FOREIGN, digest: digest('c'), platform: { os: 'x'.repeat(1000) } },
    ]),
  ).toEqual([
    { ...entry, platform: 'linux/arm64/v8', isAttestation: false },
    { mediaType: OCI_INDEX, digest: digest('b'), platform: 'unknown', isAttestation: false },
    { mediaType: FOREIGN, digest: digest('c'), platform: 'x'.repeat(100), isAttestation: false },
  ]);
});

test.each([
  ['annotated and unknown/unknown', attestation, unknown, true],
  ['annotated, for a platform that a runtime would pull', attestation, { os: 'linux', architecture: 'amd64' }, false],
  ['annotated, without platform', attestation, undefined, false],
  ['annotated, with a system that only reads like both', attestation, { os: 'unknown/unknown' }, false],
  ['unknown/unknown alone', {}, unknown, false],
])(
  'takes an entry for a BuildKit attestation only by annotation and platform: %s',
  (_what, annotations, platform, is) => {
    const [entry] = parse([{ mediaType: OCI_MANIFEST, digest: digest('d'), platform, annotations }]);
    expect(entry?.isAttestation).toBe(is);
  },
);

test.each([
  ['without digest', [{ mediaType: OCI_MANIFEST }]],
  ['with another algorithm', [{ mediaType: OCI_MANIFEST, digest: `sha512:${'a'.repeat(128)}` }]],
  ['without media type', [{ digest: digest('a') }]],
  ['with a media type that would add to a header', [{ mediaType: 'a/b, c/d', digest: digest('a') }]],
  ['with parameters', [{ mediaType: `${OCI_MANIFEST}; v=1`, digest: digest('a') }]],
  ['that is not an object', ['x']],
])('refuses an index with an entry %s', (_why, manifests) => {
  expect(() => parse(manifests)).toThrow(/entry/);
});

test('refuses an index of more entries than are looked at', () => {
  const entries = Array.from({ length: 257 }, () => ({ mediaType: OCI_MANIFEST, digest: digest('a') }));
  expect(() => parse(entries)).toThrow(/more than 256/);
  expect(parse(entries.slice(1))).toHaveLength(256);
});

interface Child {
  /** As its index calls it. */
  readonly called: string;
  readonly content: Readonly<Record<string, unknown>>;
  /** As the registry calls it; as the index does if not given. */
  readonly served?: string;
  readonly isAttestation?: boolean;
}

function kindOf({ called, content, served = called, isAttestation = false }: Child): EntryKind {
  const [entry] = parse([
    {
      mediaType: called,
      digest: digest('e'),
      ...(isAttestation ? { annotations: attestation, platform: unknown } : {}),
    },
  ]);
  if (entry === undefined) throw new Error('no entry');
  return kindOfEntry(entry, readManifestDocument(Buffer.from(JSON.stringify(content))), served);
}

const image = { schemaVersion: 2, mediaType: OCI_MANIFEST, config: {}, layers: [{ mediaType: 'layer' }] };
const untypedImage = { ...image, mediaType: undefined };
const index = { schemaVersion: 2, mediaType: OCI_INDEX, manifests: [] };
const untypedIndex = { ...index, mediaType: undefined };
const statements = { ...image, layers: [{ mediaType: 'application/vnd.in-toto+json' }] };

test.each<[string, Child, EntryKind]>([
  ['an image', { called: OCI_MANIFEST, content: image }, 'image'],
  ['an image that says no type', { called: DOCKER_MANIFEST, content: untypedImage }, 'image'],
  ['an index', { called: OCI_INDEX, content: index }, 'index'],
  ['a list that says no type', { called: DOCKER_LIST, content: untypedIndex }, 'index'],
  ['a foreign document', { called: FOREIGN, content: { text: '' } }, 'foreign'],
  ['a foreign document that says another foreign type', { called: FOREIGN, content: { mediaType: 'a/b' } }, 'foreign'],
  ['a foreign document served as anything', { called: FOREIGN, content: {}, served: 'text/plain' }, 'foreign'],
  [
    'statements called an attestation',
    { called: OCI_MANIFEST, content: statements, isAttestation: true },
    'attestation',
  ],
  ['layers called an attestation', { called: OCI_MANIFEST, content: image, isAttestation: true }, 'image'],
  ['statements not called an attestation', { called: OCI_MANIFEST, content: statements }, 'image'],
])('its own bytes say what an entry leads to: %s', (_what, child, kind) => {
  expect(kindOf(child)).toBe(kind);
});

test.each<[string, Child]>([
  ['an index called an image', { called: OCI_MANIFEST, content: untypedIndex }],
  ['an image called an index', { called: OCI_INDEX, content: untypedImage }],
  ['an image called foreign', { called: FOREIGN, content: untypedImage }],
  ['an index called foreign', { called: FOREIGN, content: untypedIndex }],
  ['a foreign document called an image', { called: OCI_MANIFEST, content: { text: '' } }],
  ['a foreign document called an index', { called: OCI_INDEX, content: { text: '' } }],
  ['an OCI index called a Docker list', { called: DOCKER_LIST, content: index }],
  ['an OCI image called a Docker image', { called: DOCKER_MANIFEST, content: image }],
  [
    'an image without type served as the other one',
    { called: OCI_MANIFEST, content: untypedImage, served: DOCKER_MANIFEST },
  ],
  ['an image served as an index', { called: OCI_MANIFEST, content: image, served: OCI_INDEX }],
  ['an index called an attestation', { called: OCI_MANIFEST, content: untypedIndex, isAttestation: true }],
])('refuses an entry that contradicts the bytes: %s', (_what, child) => {
  expect(() => kindOf(child)).toThrow(/calls it/);
});
