import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { on } from '../../sandbox/http/faults.ts';
import { type BuiltImage, buildImage, buildIndex } from '../../sandbox/registry/image-builder.ts';
import { signEnvelopeByHand } from '../../sandbox/sigstore/hand-signer.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03, OCI_MANIFEST } from '../../src/domain/image/media-types.ts';
import { decision, isOpen, type LabImage, openLab, RELEASE, RIGHT_SIGNER } from './in-process-gate.ts';
import { goodBundle, goodLayer, putSignatureTag } from './signature-seeds.ts';

/*
 * Advisories of other verifiers, replayed against the whole gate. Those that are about one signature's proofs
 * stand in __tests__/unit/verifying/advisories.test.ts; docs/threat-model.md lists all of them.
 */

const lab = await openLab();

const freshImage = (image?: BuiltImage): LabImage => lab.freshImage(image, '1.0');

function signedImage() {
  const image = freshImage();
  lab.attach(image.repository, image.digest, goodBundle(lab.sigstore, image.digest));
  return image;
}

const source = { 'source-repository': RELEASE.repository } as const;

test('cosign CVE-2022-36056: the identity is judged on every path, whatever proof stands beside the signature', async () => {
  const paths: readonly ((image: LabImage) => unknown)[] = [
    ({ repository, digest }) => lab.attach(repository, digest, goodBundle(lab.sigstore, digest)),
    ({ repository, digest }) =>
      lab.attach(repository, digest, goodBundle(lab.sigstore, digest, { entries: ['v2'], timestamps: [{}] })),
    ({ repository, digest }) =>
      lab.attach(repository, digest, goodBundle(lab.sigstore, digest, { entries: ['intoto'], timestamps: [{}] })),
    ({ repository, digest }) =>
      putSignatureTag(lab.registry.store, repository, digest, [goodLayer(lab.sigstore, digest)]),
    ({ repository, digest }) =>
      putSignatureTag(lab.registry.store, repository, digest, [goodLayer(lab.sigstore, digest, { timestamps: [{}] })]),
  ];
  for (const put of paths) {
    const image = freshImage();
    put(image);
    expect(decision(await lab.verify({ images: image.reference, ...source }))).toBe('pass');
    const wrong = { 'certificate-identity': 'https://github.com/acme/other/.github/workflows/x.yml@refs/heads/main' };
    expect(decision(await lab.verify({ images: image.reference, ...wrong }))).toBe('fail IDENTITY_MISMATCH');
  }
});

test('cosign CVE-2022-35929 and CVE-2026-39395: a valid attestation by the right signer opens nothing', async () => {
  const image = freshImage();
  for (const predicateType of [
    'https://slsa.dev/provenance/v1',
    'https://sigstore.dev/cosign/sign/v2',
    'https://sigstore.dev/cosign/sign/v1/',
  ]) {
    const payload = JSON.stringify({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: image.name, digest: { sha256: image.digest.slice(7) } }],
      predicateType,
      predicate: {},
    });
    lab.attach(image.repository, image.digest, signEnvelopeByHand(lab.sigstore, { payload, entries: ['dsse'] }));
  }
  const run = await lab.verify({ images: image.reference, ...source });
  expect(decision(run)).toBe('fail NO_SIGNATURE');
  expect(run.results.images[0]?.message).toContain('https://slsa.dev/provenance/v1');
});

test('cosign CVE-2023-46737, notation CVE-2023-33957: endless signatures are an error within a bounded number of calls', async () => {
  const image = freshImage();
  const layers = Array.from({ length: 150 }, () => goodLayer(lab.sigstore, image.digest, { logged: false }));
  putSignatureTag(lab.registry.store, image.repository, image.digest, layers);
  const run = await lab.verify({ images: image.reference, ...source });
  expect(decision(run)).toMatch(/^(error|fail) /);
  expect(isOpen(run)).toBe(false);
  expect(run.requests.length).toBeLessThan(120);
});

test('cosign CVE-2024-29902: a huge attachment is not read to its end, and hides no good signature', async () => {
  const image = freshImage();
  lab.attach(image.repository, image.digest, Buffer.alloc(20 * 1024 * 1024, 32));
  const unsigned = await lab.verify({ images: image.reference, ...source });
  // Larger than any image signature, so it is none; its size is known before its bytes.
  expect(decision(unsigned)).toBe('fail NO_SIGNATURE');
  expect(unsigned.requests.filter(({ path }) => path.includes('/blobs/'))).toEqual([]);
  lab.attach(image.repository, image.digest, goodBundle(lab.sigstore, image.digest));
  expect(decision(await lab.verify({ images: image.reference, ...source }))).toBe('pass');
});

test('cosign CVE-2024-29903: a manifest that claims more layers than can be is refused before anything is fetched for it', async () => {
  const image = freshImage();
  const layer = { mediaType: BUNDLE_V03, digest: `sha256:${'a'.repeat(64)}`, size: Number.MAX_SAFE_INTEGER };
  const manifest = {
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: layer,
    layers: Array.from({ length: 20_000 }, () => layer),
    subject: { mediaType: OCI_MANIFEST, digest: image.digest, size: 1 },
  };
  lab.registry.store.putManifest(image.repository, JSON.stringify(manifest), OCI_MANIFEST);
  const run = await lab.verify({ images: image.reference, ...source });
  expect(isOpen(run)).toBe(false);
  expect(run.requests.some(({ path }) => path.includes('/blobs/'))).toBe(false);
});

test('gh CVE-2025-25204: nothing found is a failure with exit status 1', async () => {
  const { reference } = freshImage();
  const run = await lab.verify({ images: reference, ...source });
  expect(run).toMatchObject({
    exitCode: 1,
    outputs: { verified: 'false', verdict: 'fail', reason: 'NO_SIGNATURE', images: '' },
  });
});

test('gh CVE-2026-48501: the job’s token goes neither to a TUF mirror nor to a registry that is not ghcr.io', async () => {
  const { reference } = signedImage();
  const run = await lab.verify({
    images: reference,
    ...source,
    'tuf-mirror': lab.sigstore.urls.tuf,
    'tuf-root': lab.sigstore.tuf.initialRoot.toString('utf8'),
  });
  expect(decision(run)).toBe('pass');
  expect(new Set(run.requests.map(({ server }) => server))).toEqual(new Set(['registry', 'tuf']));
  for (const { headers, path } of run.requests) expect(JSON.stringify([headers, path])).not.toContain('ghs_lab');
});

test('gh: a repository name is compared as text, never as a pattern', async () => {
  const { reference } = signedImage();
  for (const name of ['octo-org/octo.repo', 'octo-org/.*', 'octo-org/octo-repo|x', 'octo-org/octo-rep']) {
    const run = await lab.verify({ images: reference, 'source-repository': name });
    expect(isOpen(run), name).toBe(false);
  }
});

test('sigstore CVE-2026-24137: names of TUF targets never become paths', async () => {
  const { reference } = signedImage();
  const cache = join(lab.directory, 'tuf-paths', 'deep', 'cache');
  const root = lab.sigstore.trustedRootJson('all');
  const name = '../../../escaped.json';
  lab.sigstore.tuf.publish({
    'trusted_root.json': root,
    [name]: 'x',
    '/tmp/absolute-target.json': 'x',
    'signing_config.v0.2.json': lab.sigstore.signingConfigJson('v1'),
  });
  const run = await lab.verify(
    {
      images: reference,
      ...source,
      'tuf-mirror': lab.sigstore.urls.tuf,
      'tuf-root': lab.sigstore.tuf.initialRoot.toString('utf8'),
    },
    { env: { RUNNER_TOOL_CACHE: cache } },
  );
  expect(decision(run)).toBe('pass');
  const written = await readdir(join(lab.directory, 'tuf-paths'), { recursive: true, withFileTypes: true });
  for (const file of written.filter((entry) => entry.isFile())) {
    expect(file.parentPath.startsWith(join(cache, 'countersign', 'tuf'))).toBe(true);
    expect(file.name).toMatch(/^(?:(?:timestamp|snapshot|targets|\d+\.root)\.json|target-[0-9a-f]{64})$/);
  }
});

test('gitsign CVE-2023-47122: no key comes from a service that the signature names', async () => {
  const { reference } = signedImage();
  const run = await lab.verify({ images: reference, ...source });
  expect(decision(run)).toBe('pass');
  expect(new Set(run.requests.map(({ server }) => server))).toEqual(new Set(['registry']));
});

test('gitsign CVE-2026-44310: what throws after the decision closes the gate all the same', async () => {
  const { reference } = signedImage();
  // A file where the report's directory should be: the decision is a pass, publishing it fails.
  const run = await lab.verify({ images: reference, ...source, report: '/dev/null/results.json' });
  expect(run.exitCode).toBe(1);
  expect(run.outputs).toMatchObject({ verified: 'false', images: '' });
  expect(run.outputs['verdict']).toBe('error');
});

test('what breaks while a pass is being published leaves no output that says so', async () => {
  const { reference } = signedImage();
  for (const broken of ['images', 'subject', 'verified']) {
    let isFirst = true;
    const run = await lab.verify(
      { images: reference, ...source },
      {
        onOutput: (name, value) => {
          if (name !== broken || value === '' || value === 'false' || !isFirst) return;
          isFirst = false;
          throw new Error('no space left on device');
        },
      },
    );
    expect(isFirst).toBe(false);
    expect(run.exitCode).toBe(1);
    expect(run.outputs).toMatchObject({ verified: 'false', images: '', issuer: '', subject: '', verdict: 'error' });
  }
});

test('notation-go CVE-2023-33959: a signature counts for the digest it names, in whatever repository it lies', async () => {
  const signed = freshImage();
  const bundle = goodBundle(lab.sigstore, signed.digest);
  const layer = goodLayer(lab.sigstore, signed.digest);
  const other = freshImage(buildImage({ content: 'another one' }));
  lab.attach(other.repository, other.digest, bundle);
  putSignatureTag(lab.registry.store, other.repository, other.digest, [layer]);
  expect(decision(await lab.verify({ images: other.reference, ...source }))).toBe('fail SUBJECT_DIGEST_MISMATCH');
  // A mirror of the same digest is legitimate.
  const mirror = 'acme/advisory-mirror';
  for (const one of lab.registry.store.manifests(signed.repository))
    lab.registry.store.putManifest(mirror, one.bytes, one.mediaType);
  lab.attach(mirror, signed.digest, bundle);
  expect(decision(await lab.verify({ images: `${lab.host}/${mirror}@${signed.digest}`, ...source }))).toBe('pass');
});

test('Kyverno #16336: an annotation that says "verified" is nobody’s verdict', async () => {
  const image = freshImage();
  const annotations = { 'dev.sigstore.cosign/verified': 'true', 'kyverno.io/verify-images': '{"x":true}' };
  const layer = { payload: goodLayer(lab.sigstore, image.digest).payload, annotations };
  putSignatureTag(lab.registry.store, image.repository, image.digest, [layer]);
  expect(decision(await lab.verify({ images: image.reference, ...source }))).toBe('fail SIGNATURE_INVALID');
});

describe('references', () => {
  test('signed by the right one: pass; unsigned; wrong subject; wrong issuer: each its reason, found ones named', async () => {
    const signed = signedImage();
    const unsigned = freshImage(buildImage({ content: 'row 2' }));
    const inputs = { ...RIGHT_SIGNER };
    expect(decision(await lab.verify({ images: signed.reference, ...inputs }))).toBe('pass');
    expect(decision(await lab.verify({ images: unsigned.reference, ...inputs }))).toBe('fail NO_SIGNATURE');
    const subject = await lab.verify({ images: signed.reference, 'certificate-identity': 'someone@example.com' });
    expect(decision(subject)).toBe('fail IDENTITY_MISMATCH');
    expect(subject.results.images[0]?.message).toContain(RELEASE.subject);
    const issuer = await lab.verify({
      images: signed.reference,
      ...inputs,
      'certificate-oidc-issuer': 'https://accounts.google.com',
    });
    expect(decision(issuer)).toBe('fail ISSUER_MISMATCH');
    expect(issuer.results.images[0]?.message).toContain(lab.sigstore.issuer);
  });

  test('no log entry and no timestamp: NOT_LOGGED, in words', async () => {
    const image = freshImage();
    lab.attach(image.repository, image.digest, goodBundle(lab.sigstore, image.digest, { entries: [] }));
    const run = await lab.verify({ images: image.reference, ...source });
    expect(decision(run)).toBe('fail NOT_LOGGED');
    expect(run.results.images[0]?.message).toContain('transparency log');
  });

  test('tag, tag and digest, digest: one image, the tag beside a digest never asked for', async () => {
    const image = signedImage();
    for (const reference of [`${image.name}:1.0`, `${image.name}:1.0@${image.digest}`, image.reference]) {
      const run = await lab.verify({ images: reference, ...source });
      expect(decision(run), reference).toBe('pass');
      expect(run.outputs['images']).toBe(image.reference);
    }
    const labelled = await lab.verify({ images: `${image.name}:no-such-tag@${image.digest}`, ...source });
    expect(decision(labelled)).toBe('pass');
    expect(labelled.requests.some(({ path }) => path.includes('no-such-tag'))).toBe(false);
  });

  test.each([
    'HOST/acme/app@sha256:abc',
    `HOST/acme/app@sha256:${'a'.repeat(63)}`,
    `HOST/acme/app@sha256:${'a'.repeat(65)}`,
    `HOST/acme/app@sha256:${'A'.repeat(64)}`,
    `HOST/acme/app@md5:${'a'.repeat(32)}`,
    `HOST/acme/app@sha512:${'a'.repeat(128)}`,
    'HOST/acme/../evil:1',
    'HOST/acme//app:1',
    'HOST/ACME/app:1',
    'HOST/acme/app',
    'HOST/acme/app:1:2',
    'HOST/acme/app:tag with space',
    'HOST/acme/app:1?x=y',
    'HOST/acme/app:1#x',
    'http://HOST/acme/app:1',
    'user:pw@HOST/acme/app:1',
    'HOST/acme/app:%2e%2e',
    `HOST/${'a'.repeat(300)}:1`,
    `HOST/acme/app:${'a'.repeat(129)}`,
  ])('%s is refused before any call', async (reference) => {
    const run = await lab.verify({ images: reference.replace('HOST', lab.host), ...source });
    expect(run.outputs).toMatchObject({ verified: 'false', images: '', reason: 'INPUT_INVALID' });
    expect(run.exitCode).toBe(1);
    expect(run.requests).toEqual([]);
  });

  test('the registry’s host is compared without case', async () => {
    const image = signedImage();
    const upper = image.reference.replace('127.0.0.1', 'LOCALHOST');
    const run = await lab.verify({ images: `${upper}\n${upper.replace('LOCALHOST', 'localhost')}`, ...source });
    expect(decision(run)).toBe('pass');
    expect(run.results.images).toHaveLength(1);
  });

  test('the digest of a platform image of a signed index is not signed by that', async () => {
    const index = buildIndex({ content: 'row 26' });
    const image = freshImage(index);
    lab.attach(image.repository, image.digest, goodBundle(lab.sigstore, image.digest));
    expect(decision(await lab.verify({ images: image.reference, ...source }))).toBe('pass');
    const child = index.manifests[0]?.digest as Digest;
    expect(decision(await lab.verify({ images: `${image.name}@${child}`, ...source }))).toBe('fail NO_SIGNATURE');
  });
});

test('row 35: what a registry answers to the image itself is told apart, and none of it opens', async () => {
  const { reference } = signedImage();
  const answers = [
    { status: 401, decided: 'error REGISTRY_DENIED' },
    { status: 403, decided: 'error REGISTRY_DENIED' },
    { status: 404, decided: 'error IMAGE_NOT_FOUND' },
    { status: 429, decided: 'error REGISTRY_UNAVAILABLE' },
    { status: 500, decided: 'error REGISTRY_UNAVAILABLE' },
  ];
  const messages = new Set<string>();
  for (const { status, decided } of answers) {
    lab.setFaults([{ match: on(undefined, /\/v2\//), times: 'always', action: { reply: { status } } }]);
    const run = await lab.verify({ images: reference, ...source });
    expect(decision(run)).toBe(decided);
    expect(isOpen(run)).toBe(false);
    messages.add(run.results.images[0]?.message ?? '');
  }
  expect(messages.size).toBe(answers.length);
});
