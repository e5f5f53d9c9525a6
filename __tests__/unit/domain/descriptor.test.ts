import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DESCRIPTORS_MAX, parseDescriptor, parseLayers, parseManifest } from '../../../src/domain/image/descriptor.ts';
import { readDocument } from '../../../src/domain/image/registry-document.ts';
import { ValueError } from '../../../src/domain/text/value-error.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const good = { mediaType: 'application/octet-stream', digest, size: 3 };
const LIMITS = { maxBytes: 1024 * 1024, maxMembers: 1000 };
const manifest = { schemaVersion: 2, config: good, layers: [good] };

describe('parseDescriptor', () => {
  test('keeps the fields we use and drops the others', () => {
    const platform = { os: 'linux', architecture: 'arm64', variant: 'v8', 'os.version': '1' };
    expect(
      parseDescriptor(
        {
          ...good,
          artifactType: 'a/b',
          annotations: { k: 'v' },
          platform,
          urls: ['https://evil.example'],
          data: 'eA==',
        },
        'x',
      ),
    ).toEqual({
      ...good,
      artifactType: 'a/b',
      annotations: { k: 'v' },
    });
  });

  test('takes empty and null optional fields for absent, as Go writers leave them', () => {
    expect(parseDescriptor({ ...good, artifactType: '', annotations: null }, 'x')).toEqual(good);
  });

  test.each([
    [null, 'null'],
    [[], 'a list'],
    ['x', 'a string'],
    [{ ...good, digest: undefined }, 'no digest'],
    [{ ...good, digest: `sha256:${'A'.repeat(64)}` }, 'an upper-case digest'],
    [{ ...good, digest: `sha512:${'a'.repeat(128)}` }, 'another algorithm'],
    [{ ...good, size: '3' }, 'a size in quotes'],
    [{ ...good, size: -1 }, 'a negative size'],
    [{ ...good, size: 1.5 }, 'half a byte'],
    [{ ...good, size: 2 ** 53 }, 'a size beyond exact numbers'],
    [{ ...good, mediaType: undefined }, 'no media type'],
    [{ ...good, mediaType: 'a\nb' }, 'a line break in the media type'],
    [{ ...good, mediaType: 'a'.repeat(256) }, 'a very long media type'],
    [{ ...good, annotations: { k: 1 } }, 'an annotation that is no string'],
    [{ ...good, annotations: [] }, 'annotations as a list'],
  ])('refuses %j: %s', (value, _reason) => {
    expect(() => parseDescriptor(value, 'x')).toThrow(ValueError);
  });
});

describe('parseManifest', () => {
  const golden = new URL('../../fixtures/golden/', import.meta.url);

  test('reads what cosign wrote', () => {
    const folders = listFolders(golden);
    expect(folders.length).toBeGreaterThan(5);
    for (const folder of folders) {
      const bytes = readFileSync(new URL(`${folder}/manifest.json`, golden));
      const parsed = parseManifest(readDocument(bytes, LIMITS, folder).json, folder);
      expect(parsed.layers.length, folder).toBeGreaterThan(0);
    }
  });

  test('reads subject, artifact type and annotations', () => {
    expect(parseManifest({ ...manifest, subject: good, artifactType: 'a/b', annotations: { k: 'v' } }, 'x')).toEqual({
      mediaType: undefined,
      artifactType: 'a/b',
      config: good,
      layers: [good],
      subject: good,
      annotations: { k: 'v' },
    });
  });

  test.each([
    [{ ...manifest, schemaVersion: 1 }, 'schema 1'],
    [{ ...manifest, schemaVersion: '2' }, 'a schema version in quotes'],
    [{ ...manifest, manifests: [] }, 'layers and manifests in one document'],
    [{ ...manifest, layers: undefined }, 'no layers'],
    [{ ...manifest, layers: {} }, 'layers that are no list'],
    [{ ...manifest, layers: [null] }, 'a layer that is null'],
    [{ ...manifest, config: undefined }, 'no config'],
    [{ ...manifest, subject: 'x' }, 'a subject that is a string'],
    [{ ...manifest, layers: new Array(DESCRIPTORS_MAX + 1).fill(good) }, 'more layers than anybody needs'],
  ])('refuses %#: %s', (value, _reason) => {
    expect(() => parseManifest(value, 'x')).toThrow(ValueError);
  });
});

test('a flawed or malformed layer is its own error and hides none of the others', () => {
  const flaw = { kind: 'lossy', path: ['layers', 1], problem: 'duplicate key "digest"' } as const;
  const layers = parseLayers({ ...manifest, layers: [good, good, null, good] }, new Map([[1, flaw]]), 'x');
  expect(layers.map((layer) => (layer instanceof ValueError ? layer.message : layer))).toEqual([
    good,
    'x does not read the same everywhere: duplicate key "digest" at layers[1]',
    'x: layers[2] is not an object',
    good,
  ]);
});

function listFolders(url: URL): readonly string[] {
  return readdirSync(url, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith('cosign'))
    .map((entry) => entry.name);
}
