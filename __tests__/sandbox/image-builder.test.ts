import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { buildImage, buildIndex } from '../../sandbox/registry/image-builder.ts';
import { seedFolder, seedReferrer, tagReferrers } from '../../sandbox/registry/seed.ts';
import { createStore, digestOfBytes } from '../../sandbox/registry/store.ts';

const json = (bytes: Uint8Array | undefined) => JSON.parse(Buffer.from(bytes ?? []).toString());

describe('the image builder', () => {
  test('makes the same bytes for the same options on every machine', () => {
    expect(buildImage().digest).toBe('sha256:7c41c561cde6c0ddfcdbd1e6810db3a297e24b05e7b26ca4ac3326ba4baee980');
    expect(buildImage({ content: 'other' }).digest).not.toBe(buildImage().digest);
  });

  test('makes a config whose diff_id is the digest of a tar with the file', () => {
    const [config, layer] = buildImage({ content: 'text' }).blobs;
    const tar = gunzipSync(layer ?? '');
    expect(json(config).rootfs.diff_ids).toEqual([digestOfBytes(tar)]);
    expect(tar.subarray(0, 9).toString()).toBe('hello.txt');
    expect(tar.subarray(257, 262).toString()).toBe('ustar');
    expect(Number.parseInt(tar.subarray(124, 135).toString(), 8)).toBe(5);
    expect(tar.subarray(512, 517).toString()).toBe('text\n');
    const sum = tar.subarray(0, 512).reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
    expect(Number.parseInt(tar.subarray(148, 154).toString(), 8)).toBe(sum);
    expect(tar.length % 512).toBe(0);
  });

  test('makes an index of two platforms, and their attestations when asked', () => {
    const plain = buildIndex();
    expect(json(plain.manifests.at(-1)?.bytes).manifests.map((entry: { platform: unknown }) => entry.platform)).toEqual(
      [
        { architecture: 'amd64', os: 'linux' },
        { architecture: 'arm64', os: 'linux' },
      ],
    );
    const attested = json(buildIndex({ attestations: true }).manifests.at(-1)?.bytes).manifests;
    expect(attested).toHaveLength(4);
    expect(attested[2]).toMatchObject({
      platform: { architecture: 'unknown', os: 'unknown' },
      annotations: {
        'vnd.docker.reference.type': 'attestation-manifest',
        'vnd.docker.reference.digest': attested[0].digest,
      },
    });
  });
});

describe('seeding', () => {
  const subject = '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","layers":[]}';
  const subjectDigest = digestOfBytes(Buffer.from(subject));

  function withFolder(files: Readonly<Record<string, string>>, look: (folder: string) => void): void {
    const folder = mkdtempSync(join(tmpdir(), 'seed-'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    try {
      look(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test('makes a referrer of a bundle folder, and lists it by tag when asked', () => {
    const manifest = JSON.stringify({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      artifactType: 'a/b',
      annotations: { n: 'v' },
      subject: { digest: subjectDigest },
    });
    withFolder({ 'subject-manifest.json': subject, 'manifest.json': manifest, 'bundle.json': '{"b":1}' }, (folder) => {
      const store = createStore();
      const seeded = seedFolder(store, 'acme/app', folder, { referrersTag: true });
      expect(seeded).toEqual({ subject: subjectDigest, signature: digestOfBytes(Buffer.from(manifest)) });
      expect(store.referrers('acme/app', subjectDigest).map(({ digest }) => digest)).toEqual([seeded.signature]);
      expect(store.getBlob('acme/app', digestOfBytes(Buffer.from('{"b":1}')))).toBeDefined();
      expect(store.getBlob('acme/app', digestOfBytes(Buffer.from('{}')))).toBeDefined();
      const tagged = store.getTag('acme/app', subjectDigest.replace(':', '-')) ?? '';
      expect(json(store.getManifest('acme/app', tagged)?.bytes).manifests).toEqual([
        {
          mediaType: 'application/vnd.oci.image.manifest.v1+json',
          digest: seeded.signature,
          size: manifest.length,
          artifactType: 'a/b',
          annotations: { n: 'v' },
        },
      ]);
    });
  });

  test('tags a legacy folder', () => {
    const files = {
      'subject-manifest.json': subject,
      'manifest.json': '{}',
      'config.json': '{"c":1}',
      layer0: 'payload',
    };
    withFolder(files, (folder) => {
      const store = createStore();
      const seeded = seedFolder(store, 'acme/app', folder);
      expect(store.getTag('acme/app', `${subjectDigest.replace(':', '-')}.sig`)).toBe(seeded.signature);
      expect(store.getBlob('acme/app', digestOfBytes(Buffer.from('payload')))).toBeDefined();
    });
  });

  test('attaches an artifact with everything it names', () => {
    const store = createStore();
    const stored = store.putManifest('acme/app', subject);
    const digest = seedReferrer(store, 'acme/app', stored, { layer: 'x', annotations: { n: 'v' } });
    const manifest = json(store.getManifest('acme/app', digest)?.bytes);
    expect(manifest.subject).toEqual({
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: stored,
      size: subject.length,
    });
    expect(store.getBlob('acme/app', manifest.layers[0].digest)?.length).toBe(1);
    expect(tagReferrers(store, 'acme/app', stored)).toBe(store.getTag('acme/app', stored.replace(':', '-')));
  });
});
