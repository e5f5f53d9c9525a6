import { expect, test } from 'vitest';
import { parsePlatformImages } from '../../../src/domain/platform-images.ts';

const digest = (hex: string): string => `sha256:${hex.repeat(64)}`;
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const attestation = { 'vnd.docker.reference.type': 'attestation-manifest' };
const parse = (manifests: unknown): ReturnType<typeof parsePlatformImages> =>
  parsePlatformImages(new TextEncoder().encode(JSON.stringify({ manifests })));

test('lists the platform images and nested indexes, with their platforms', () => {
  expect(
    parse([
      { mediaType: OCI_MANIFEST, digest: digest('a'), platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
      { mediaType: OCI_INDEX, digest: digest('b') },
    ]),
  ).toEqual([
    { mediaType: OCI_MANIFEST, digest: digest('a'), platform: 'linux/arm64/v8', isIndex: false },
    { mediaType: OCI_INDEX, digest: digest('b'), platform: 'unknown', isIndex: true },
  ]);
});

test('leaves out a BuildKit attestation manifest', () => {
  const platform = { os: 'unknown', architecture: 'unknown' };
  expect(parse([{ mediaType: OCI_MANIFEST, digest: digest('c'), platform, annotations: attestation }])).toEqual([]);
});

test('does not let the attestation annotation hide an image that a runtime would pull', () => {
  const platform = { os: 'linux', architecture: 'amd64' };
  const children = parse([{ mediaType: OCI_MANIFEST, digest: digest('d'), platform, annotations: attestation }]);
  expect(children.map((child) => child.digest)).toEqual([digest('d')]);
});

test('does not take an unknown platform alone for an attestation', () => {
  const platform = { os: 'unknown', architecture: 'unknown' };
  expect(parse([{ mediaType: OCI_MANIFEST, digest: digest('e'), platform }])).toHaveLength(1);
});

test.each([
  ['no list', undefined],
  ['an entry without digest', [{ mediaType: OCI_MANIFEST }]],
  ['an entry with another algorithm', [{ mediaType: OCI_MANIFEST, digest: `sha512:${'a'.repeat(128)}` }]],
  ['an entry without media type', [{ digest: digest('a') }]],
  ['an entry that is neither image nor index', [{ mediaType: 'application/json', digest: digest('a') }]],
  ['an entry that is no object', ['x']],
  ['too many entries', Array.from({ length: 257 }, () => ({ mediaType: OCI_MANIFEST, digest: digest('a') }))],
])('refuses an index with %s', (_why, manifests) => {
  expect(() => parse(manifests)).toThrow();
});
