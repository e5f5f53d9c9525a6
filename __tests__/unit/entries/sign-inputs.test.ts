import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { mintSelfSignedP256 } from '../../../sandbox/sigstore/self-signed.ts';
import { CodedError } from '../../../src/coded-error.ts';
import { formatRepository } from '../../../src/domain/image/reference.ts';
import { parseAnnotationLine } from '../../../src/domain/signature/annotations.ts';
import { UnfitFileError } from '../../../src/entries/inputs/regular-file.ts';
import { readSignInputs } from '../../../src/entries/sign/inputs.ts';
import type { SignRequest } from '../../../src/usecases/signing/sign-request.ts';
import { DIGEST_A, DIGEST_B, type FakeSource, fakeSource, PULL_REQUEST } from './fake-input-source.ts';

const PINNED = `ghcr.io/acme/app@${DIGEST_A}`;
const TRUSTED_ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}';
const SIGNING_CONFIG = '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.2+json"}';

function read(fake: FakeSource): Promise<SignRequest> {
  return readSignInputs(fakeSource(fake));
}

/** Message and hint of the one error that reading must end in. */
async function problem(fake: FakeSource): Promise<{ code: string; text: string }> {
  const error = await read(fake).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CodedError)) throw new Error(`expected a CodedError, got ${String(error)}`);
  return { code: error.code, text: `${error.message} ${error.hint ?? ''}` };
}

function shown(request: SignRequest): string[] {
  return request.images.map(
    (image) => `${formatRepository(image.repository)}${image.tag ? `:${image.tag}` : ''}@${image.digest ?? '?'}`,
  );
}

test('fills every field with the defaults of the contract', async () => {
  const request = await read({ inputs: { images: PINNED } });
  expect(request).toMatchObject({
    format: 'bundle',
    recursive: false,
    annotations: {},
    ifSigned: 'skip',
    upload: true,
    dryRun: false,
    summary: true,
    trust: { kind: 'instance', instance: 'auto' },
    network: {
      registryLogin: undefined,
      tokenHosts: [],
      insecureRegistries: [],
      caCertificates: [],
      retryForMs: 300_000,
      concurrency: 16,
      signatureRepositories: [],
    },
  });
  expect(request.bundleDirectory).toBe('/runner/_temp/countersign/sign-step/bundles');
});

test.each([
  [{ images: PINNED }, [`ghcr.io/acme/app@${DIGEST_A}`], 'pinned'],
  [
    { images: 'ghcr.io/acme/app:1\nghcr.io/acme/app:latest,acme/app', digest: DIGEST_A },
    [`ghcr.io/acme/app:1@${DIGEST_A}`, `ghcr.io/acme/app:latest@${DIGEST_A}`, `docker.io/acme/app@${DIGEST_A}`],
    'the docker list rule and one digest for all',
  ],
  [
    { images: `a/b@${DIGEST_B}\nghcr.io/acme/app:1`, digest: DIGEST_A },
    [`docker.io/a/b@${DIGEST_B}`, `ghcr.io/acme/app:1@${DIGEST_A}`],
    'digest only for references that have none',
  ],
  [{ images: PINNED, digest: DIGEST_A }, [PINNED], 'a digest that only repeats'],
  [{ images: `"${PINNED}"\n\n` }, [PINNED], 'quoted, with empty lines'],
  [{ images: 'ghcr.io/acme/app:1', 'allow-tags': 'true' }, ['ghcr.io/acme/app:1@?'], 'a tag, if allowed'],
])('takes %j as images (%#)', async (inputs: Record<string, string>, expected, _why) => {
  expect(shown(await read({ inputs }))).toEqual(expected);
});

test('lower-cases a GHCR repository and says so', async () => {
  const request = await read({ inputs: { images: `ghcr.io/Acme/App@${DIGEST_A}` } });
  expect(shown(request)).toEqual([`ghcr.io/acme/app@${DIGEST_A}`]);
  expect(request.notices).toHaveLength(1);
  expect(request.notices[0]).toContain('ghcr.io/acme/app');
});

const BUILD = { 'containerimage.digest': DIGEST_A, 'image.name': 'ghcr.io/acme/app:1,acme/app:1' };

test.each([
  [JSON.stringify(BUILD), [`ghcr.io/acme/app:1@${DIGEST_A}`, `docker.io/acme/app:1@${DIGEST_A}`], 0, 'build-push'],
  [
    JSON.stringify({
      app: BUILD,
      test: { 'containerimage.digest': DIGEST_B },
      docs: { 'image.name': 'acme/docs' },
      'buildx.build.warnings': [],
    }),
    [`ghcr.io/acme/app:1@${DIGEST_A}`, `docker.io/acme/app:1@${DIGEST_A}`],
    2,
    'bake with a target that was not pushed',
  ],
  [
    JSON.stringify({ 'containerimage.descriptor': { digest: DIGEST_B }, 'image.name': 'ghcr.io/acme/app' }),
    [`ghcr.io/acme/app@${DIGEST_B}`],
    0,
    'only a descriptor',
  ],
])('takes the metadata %s', async (metadata, expected, skipped, _why) => {
  const request = await read({ inputs: { metadata } });
  expect(shown(request)).toEqual(expected);
  expect(request.skipped).toHaveLength(skipped);
});

test('names metadata without image.name by `images`', async () => {
  const metadata = JSON.stringify({ 'containerimage.descriptor': { digest: DIGEST_B } });
  const request = await read({ inputs: { metadata, images: 'ghcr.io/acme/app:1' } });
  expect(shown(request)).toEqual([`ghcr.io/acme/app:1@${DIGEST_B}`]);
});

test('reads metadata files and pinned lists by path and glob, in order', async () => {
  const request = await read({
    inputs: { metadata: 'out/*.json\nlist.txt' },
    globs: { 'out/*.json': ['/runner/app/out/b.json', '/runner/app/out/a.json'] },
    files: {
      '/runner/app/out/a.json': JSON.stringify(BUILD),
      '/runner/app/out/b.json': JSON.stringify({ ...BUILD, 'containerimage.digest': DIGEST_B }),
      '/runner/app/list.txt': `ghcr.io/acme/x@${DIGEST_A}\n`,
    },
  });
  expect(shown(request)).toEqual([
    `ghcr.io/acme/app:1@${DIGEST_A}`,
    `docker.io/acme/app:1@${DIGEST_A}`,
    `ghcr.io/acme/app:1@${DIGEST_B}`,
    `docker.io/acme/app:1@${DIGEST_B}`,
    `ghcr.io/acme/x@${DIGEST_A}`,
  ]);
});

test("takes the runner's list only if from-runner is written", async () => {
  const list = JSON.stringify({
    version: 1,
    subjects: [
      { name: 'ghcr.io/acme/app:1', digest: DIGEST_A, kind: 'oci' },
      { name: 'a.tgz', digest: DIGEST_B, kind: 'file' },
    ],
  });
  const fake = { env: { GITHUB_ARTIFACTS_LIST: '/runner/list' }, files: { '/runner/list': list } };
  const request = await read({ ...fake, inputs: { images: 'from-runner' } });
  expect(shown(request)).toEqual([`ghcr.io/acme/app:1@${DIGEST_A}`]);
  expect((await problem({ ...fake, inputs: {} })).text).toContain('no image is given');
});

test.each([
  [{}, 'images', 'no image is given', 'nothing'],
  [{ images: ' \n' }, 'images', 'not declared under `outputs:`', 'an empty value, with its likely causes'],
  [{ images: 'ghcr.io/acme/app:1' }, 'digest', `digest: \${{ steps.build.outputs.digest }}`, 'a tag without digest'],
  [{ images: 'ghcr.io/acme/app' }, 'images', '`latest` is not assumed', 'neither tag nor digest'],
  [{ images: 'ghcr.io/acme/app', 'allow-tags': 'true' }, 'images', '`latest` is not assumed', 'not with allow-tags'],
  [{ images: 'ghcr.io/acme/app@' }, 'images', 'masked value', 'a dropped digest'],
  [{ images: 'ghcr.io/acme/..' }, 'images', 'is not an image reference', 'a malformed reference'],
  [{ images: 'ghcr.io/acme/app:1', digest: 'sha512:00' }, 'digest', 'sha256:', 'another algorithm'],
  [{ images: PINNED, digest: DIGEST_B }, 'digest', 'a different digest', 'a digest nothing takes'],
  [{ images: '"ghcr.io/a' }, 'images', 'not closed', 'an open quote'],
  [{ images: `from-runner,${PINNED}` }, 'images', 'from-runner is given together with', 'two sources'],
  [{ images: 'from-runner' }, 'images', 'the runner lists no image', 'an old runner'],
  [{ metadata: '{' }, 'metadata', 'not valid JSON', 'malformed JSON'],
  [{ metadata: '[]' }, 'metadata', 'names no pushed image', 'an empty list'],
  [{ metadata: '{}' }, 'metadata', 'names no pushed image', 'an empty object'],
  [{ metadata: JSON.stringify({ ...BUILD, 'containerimage.digest': 'x' }) }, 'metadata', 'sha256', 'a bad digest'],
  [{ metadata: JSON.stringify(BUILD), digest: DIGEST_A }, 'digest', 'together with metadata', 'conflict with digest'],
  [
    { metadata: JSON.stringify(BUILD), images: 'acme/app' },
    'images',
    'either images or metadata',
    'conflict with images',
  ],
  [
    { metadata: JSON.stringify(BUILD), images: PINNED },
    'images',
    'either metadata or pinned',
    'pinned beside metadata',
  ],
  [{ metadata: 'none/*.json' }, 'metadata', 'matches no file', 'a glob without match'],
  [{ metadata: 'none.json' }, 'metadata', 'there is no file', 'a missing file'],
  [
    {
      metadata: JSON.stringify({ a: { 'containerimage.digest': DIGEST_A }, b: { 'containerimage.digest': DIGEST_B } }),
      images: 'acme/app:1',
    },
    'images',
    'exactly one repository without a tag',
    'one tag for two digests',
  ],
  [
    { metadata: JSON.stringify({ ...BUILD, 'containerimage.descriptor': { digest: DIGEST_B } }) },
    'metadata',
    'different digests',
    'two digests of one build',
  ],
  [{ images: PINNED, format: 'both,legacy' }, 'format', 'bundle, legacy, both', 'an unknown word'],
  [{ images: PINNED, upload: 'yes' }, 'upload', 'neither true nor false', 'a typo in a boolean'],
  [{ images: PINNED, concurrency: '0' }, 'concurrency', 'from 1 to 100', 'a number out of range'],
  [{ images: PINNED, concurrency: '1e1' }, 'concurrency', 'from 1 to 100', 'no plain number'],
  [{ images: PINNED, 'retry-for': '5' }, 'retry-for', 'is not a duration', 'a duration without unit'],
  [{ images: PINNED, 'retry-for': '2h' }, 'retry-for', 'longer than 1h', 'too long a budget'],
  [{ images: PINNED, timeout: '0s' }, 'timeout', 'not a duration between 1s and 24h', 'no time at all'],
  [{ images: PINNED, timeout: '2d' }, 'timeout', 'not a duration between 1s and 24h', 'days'],
  [{ images: PINNED, timeout: 'soon' }, 'timeout', 'not a duration between 1s and 24h', 'a time that is none'],
  [{ images: PINNED, annotations: 'a=1\na=2' }, 'annotations', 'given twice', 'a repeated key'],
  [{ images: PINNED, annotations: `a=${'x'.repeat(65_536)}` }, 'annotations', 'more than 65536', 'more than is read'],
  [{ images: PINNED, annotations: 'novalue' }, 'annotations', 'key=value', 'no equals sign'],
  [{ images: PINNED, 'trusted-root': TRUSTED_ROOT }, 'trusted-root', 'without signing-config', 'half a pair'],
  [{ images: PINNED, 'signing-config': SIGNING_CONFIG }, 'signing-config', 'without trusted-root', 'the other half'],
  [
    { images: PINNED, 'trusted-root': '{"a":1}', 'signing-config': SIGNING_CONFIG },
    'trusted-root',
    'no mediaType',
    'JSON',
  ],
  [
    { images: PINNED, 'trusted-root': '{', 'signing-config': SIGNING_CONFIG },
    'trusted-root',
    'not valid JSON',
    'malformed',
  ],
  [
    { images: PINNED, instance: 'github', 'trusted-root': TRUSTED_ROOT, 'signing-config': SIGNING_CONFIG },
    'instance',
    'cannot be combined with trusted-root and signing-config',
    'two sources of trust',
  ],
  [
    { images: PINNED, instance: 'github', 'tuf-mirror': 'https://t.example' },
    'instance',
    'cannot be combined with tuf-mirror',
    'two',
  ],
  [{ images: PINNED, 'tuf-root': '{}' }, 'tuf-root', 'without tuf-mirror', 'a root for no mirror'],
  [{ images: PINNED, 'tuf-mirror': 'http://t.example' }, 'tuf-mirror', 'not an https URL', 'plain http'],
  [{ images: PINNED, 'tuf-mirror': 'https://u:p@t.example' }, 'tuf-mirror', 'no credential', 'credentials in a URL'],
  [{ images: PINNED, 'registry-username': 'u' }, 'registry-password', 'is missing', 'half a login'],
  [{ images: PINNED, registry: 'ghcr.io' }, 'registry', 'without a login', 'a registry for nothing'],
  [
    { images: `${PINNED},acme/x@${DIGEST_A}`, 'registry-username': 'u', 'registry-password': 'p' },
    'registry',
    '2 registries ("ghcr.io", "docker.io")',
    'an ambiguous login',
  ],
  [
    { metadata: JSON.stringify(BUILD), 'registry-username': 'u', 'registry-password': 'p' },
    'registry',
    'not written as references',
    'with metadata the registry must be named',
  ],
  [
    { images: PINNED, registry: 'https://ghcr.io', 'registry-username': 'u', 'registry-password': 'p' },
    'registry',
    'is not a registry',
    'a URL',
  ],
  [{ images: PINNED, 'token-hosts': 'https://auth.example' }, 'token-hosts', 'not a host name', 'a URL'],
  [{ images: PINNED, 'ca-certificates': 'missing.pem' }, 'ca-certificates', 'there is no file', 'a missing file'],
  [
    { images: PINNED, 'ca-certificates': '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
    'ca-certificates',
    'cannot be parsed',
    'no certificate',
  ],
  [
    { images: PINNED, 'signature-repository': 'ghcr.io/acme/sigs:1' },
    'signature-repository',
    'is not a repository',
    'tag',
  ],
])('refuses %j, naming %s', async (inputs: Record<string, string>, input, cure, _why) => {
  const found = await problem({ inputs });
  expect(found.code).toBe('INPUT_INVALID');
  expect(found.text).toContain(`input ${input}: `);
  expect(found.text).toContain(cure);
});

test.each([
  [
    { a: JSON.stringify({ ...BUILD, 'image.name': `acme/x@${DIGEST_B}` }) },
    'and its metadata have different digests',
    'a name',
  ],
  [{ a: JSON.stringify({ ...BUILD, 'image.name': 'Acme/X' }) }, 'lower case', 'a bad name'],
  [{ a: 'acme/app:1' }, 'which has no digest', 'an unpinned line'],
  [{ a: '\n' }, 'it is empty', 'an empty file'],
  [{ a: '{"docs":{"image.name":"acme/docs"}}' }, 'not pushed, skipped (no digest)', 'nothing pushed'],
  [{ a: new Uint8Array(5 * 1024 * 1024) }, 'bytes', 'a huge file'],
  [{ a: new UnfitFileError('EISDIR', 'is a directory') }, 'is a directory', 'a directory'],
  [{ a: Object.assign(new Error('x'), { code: 'EACCES' }) }, 'cannot be read (EACCES)', 'no access'],
])('refuses a metadata file with %#: %s', async (files, text, _why) => {
  const found = await problem({ inputs: { metadata: 'a' }, files: { '/runner/app/a': files.a } });
  expect(found.text).toContain('input metadata: ');
  expect(found.text).toContain(text);
});

test.each([
  [JSON.stringify({ version: 3 }), 'is not in version 1'],
  [
    JSON.stringify({ version: 1, subjects: [{ kind: 'oci', name: `acme/x@${DIGEST_B}`, digest: DIGEST_A }] }),
    'two different digests',
  ],
  [new Uint8Array(5 * 1024 * 1024), 'is too large'],
  [new UnfitFileError('ENOTREGULAR', 'is a pipe'), '"/runner/list" is a pipe.'],
])("refuses a runner's list %#", async (list, text) => {
  const env = { GITHUB_ARTIFACTS_LIST: '/runner/list' };
  const found = await problem({ env, files: { '/runner/list': list }, inputs: { images: 'from-runner' } });
  expect(found.text).toContain(text);
});

test('refuses more images and more files than any workflow has', async () => {
  const images = Array.from({ length: 10_001 }, (_, i) => `acme/a${i}@${DIGEST_A}`).join('\n');
  expect((await problem({ inputs: { images } })).text).toContain('10001 images are more than the limit of 10000');
  const globs = { '*': Array.from({ length: 1_001 }, (_, i) => `/runner/app/${i}.json`) };
  expect((await problem({ globs, inputs: { metadata: '*' } })).text).toContain(
    '1001 files are more than the limit of 1000',
  );
});

const { certificatePem: PEM } = mintSelfSignedP256('Countersign test root');

test('takes further roots as text or from a file, hosts in lower case, and paths relative to the workspace', async () => {
  const inputs = {
    images: PINNED,
    'registry-username': 'u',
    'registry-password': 'p',
    registry: 'localhost',
    'ca-certificates': 'ca.pem',
    'token-hosts': 'Auth.Example:8443, auth.example:8443',
    'insecure-registries': '[::1]:5000',
    'bundle-directory': 'out',
    concurrency: '100',
    recursive: 'FALSE',
    annotations: 'a=1\n\nb=x=y',
    'signature-repository': 'ghcr.io/acme/sigs',
  };
  const request = await read({ inputs, files: { '/runner/app/ca.pem': PEM + PEM } });
  expect(request).toMatchObject({
    bundleDirectory: '/runner/app/out',
    recursive: false,
    annotations: { a: '1', b: 'x=y' },
    network: {
      registryLogin: { registry: 'localhost' },
      tokenHosts: ['auth.example:8443'],
      insecureRegistries: ['[::1]:5000'],
      concurrency: 100,
      signatureRepositories: [{ images: undefined, repository: { registry: 'ghcr.io', path: 'acme/sigs' } }],
    },
  });
  expect(request.network.caCertificates).toHaveLength(2);
  expect((await read({ inputs: { ...inputs, 'ca-certificates': PEM } })).network.caCertificates).toHaveLength(1);
});

test.each([
  [{ 'registry-password': 'p' }, 'registry-username', 'is missing although registry-password', 'the other half'],
  [
    { registry: 'ghcr', 'registry-username': 'u', 'registry-password': 'p' },
    'registry',
    'neither a dot',
    'a bare word',
  ],
  [{ 'token-hosts': '"x' }, 'token-hosts', 'not closed', 'an open quote'],
  [{ 'ca-certificates': 'empty.pem' }, 'ca-certificates', 'no PEM certificate', 'a file without certificates'],
  [{ 'ca-certificates': 'huge.pem' }, 'ca-certificates', 'more than 4194304', 'a huge file'],
  [{ 'ca-certificates': 'binary.pem' }, 'ca-certificates', 'not UTF-8', 'no text'],
  [{ 'tuf-root': '[]' }, 'tuf-root', 'there is no file', 'an array is no literal'],
  [{ 'tuf-root': 'array.json' }, 'tuf-root', 'not a JSON object', 'an array in a file'],
  [{ 'trusted-root': '{"mediaType":"x"}' }, 'trusted-root', 'mediaType "x"', 'another kind of file'],
  [{ 'tuf-mirror': 'nonsense' }, 'tuf-mirror', 'not an https URL', 'no URL'],
])('refuses %j, naming %s in the words of the contract', async (inputs: Record<string, string>, input, text, _why) => {
  const files = {
    '/runner/app/empty.pem': 'x',
    '/runner/app/huge.pem': new Uint8Array(5 * 1024 * 1024),
    '/runner/app/binary.pem': new Uint8Array([0xff, 0xfe, 0x80]),
    '/runner/app/array.json': '[]',
  };
  const found = await problem({ files, inputs: { images: PINNED, ...inputs } });
  expect(found.text).toContain(`input ${input}: `);
  expect(found.text).toContain(text);
});

test('plain http is allowed for a mirror on loopback', async () => {
  const { trust } = await read({ inputs: { images: PINNED, 'tuf-mirror': 'http://127.0.0.1:8001', 'tuf-root': '{}' } });
  expect(trust).toEqual({ kind: 'tuf', mirror: new URL('http://127.0.0.1:8001'), root: '{}' });
});

test('without RUNNER_TEMP and GITHUB_WORKSPACE paths are those of the working directory', async () => {
  const env = { RUNNER_TEMP: '', GITHUB_WORKSPACE: '' };
  const request = await read({ env, inputs: { images: PINNED, 'bundle-directory': 'out' } });
  expect(request.bundleDirectory).toBe(resolve('out'));
  expect(request.reportPath).toBe(resolve('countersign/sign-step/results.json'));
});

test('reports every bad input in one error', async () => {
  const { text } = await problem({
    inputs: { images: 'ghcr.io/a:1', format: 'x', upload: 'maybe', concurrency: '-1' },
  });
  expect(text).toContain('4 inputs cannot be used');
  for (const name of ['digest', 'format', 'upload', 'concurrency']) expect(text).toContain(`input ${name}: `);
});

test('uses a login for the one registry all images name, and masks it at once', async () => {
  const source = fakeSource({
    inputs: { images: PINNED, 'registry-username': 'u', 'registry-password': ' p w \n', 'github-token': 'ghs_x' },
  });
  const { network } = await readSignInputs(source);
  expect(network.registryLogin).toEqual({
    registry: 'ghcr.io',
    username: 'u',
    password: ' p w ',
    source: 'the inputs `registry-username` and `registry-password`',
  });
  expect(network.fallbackLogin).toEqual({
    registry: 'ghcr.io',
    username: 'octocat',
    password: 'ghs_x',
    source: '`github-token` (no login for ghcr.io was found)',
  });
  expect(source.masked.sort()).toEqual([' p w ', 'ghs_x']);
});

test.each(['https://ghes.example', 'http://github.com', 'https://github.com.evil.example', 'https://acme.ghe.com'])(
  "does not offer the job's token of %s to ghcr.io",
  async (server) => {
    const env = { GITHUB_SERVER_URL: server };
    const inputs = { images: PINNED, 'github-token': 'ghs_x', instance: 'public-good' };
    const { network } = await read({ env, inputs });
    expect(network.fallbackLogin).toBeUndefined();
  },
);

const PUBLIC = { repository: { private: false, visibility: 'public' } };

test.each([
  ['an Enterprise Server', 'https://ghes.example'],
  ['a ghe.com tenant', 'https://acme.ghe.com'],
  ['a host that only begins like it', 'https://github.com.evil.example'],
  ['github.com without TLS', 'http://github.com'],
  ['no URL', 'github.com'],
])('instance auto stops on %s, for a public repository too', async (_name, server) => {
  const found = await problem({ env: { GITHUB_SERVER_URL: server }, event: PUBLIC, inputs: { images: PINNED } });
  expect(found.code).toBe('PUBLIC_LOG_REFUSED');
  expect(found.text).toContain(`this job runs on ${server}, not on github.com`);
  expect(found.text).toContain('\n- `signing-config` and `trusted-root`');
  // Neither would work there: the public authority and GitHub's accept only id-tokens of github.com.
  expect(found.text).not.toContain('instance: public-good');
  expect(found.text).not.toContain('instance: github');
});

test('a ghe.com tenant is told where its own Sigstore is', async () => {
  const found = await problem({ env: { GITHUB_SERVER_URL: 'https://acme.ghe.com' }, inputs: { images: PINNED } });
  expect(found.text).toContain('`gh attestation trusted-root`');
});

test.each([
  [{ instance: 'public-good' }],
  [{ 'signing-config': SIGNING_CONFIG, 'trusted-root': TRUSTED_ROOT }],
  [{ 'tuf-mirror': 'https://tuf.example' }],
])('on another server %j is an explicit choice', async (inputs: Record<string, string>) => {
  const env = { GITHUB_SERVER_URL: 'https://ghes.example' };
  await expect(read({ env, event: PUBLIC, inputs: { images: PINNED, ...inputs } })).resolves.toBeDefined();
});

test('what a public log would reveal and the choices are lists', async () => {
  const error = await read({
    event: { repository: { private: true } },
    inputs: { images: PINNED },
  }).catch((thrown: unknown) => thrown);
  if (!(error instanceof CodedError)) throw new Error('expected a CodedError');
  const [first, ...facts] = error.message.split('\n');
  expect(first?.split(' ').length).toBeLessThan(30);
  expect(facts).toHaveLength(4);
  expect(error.hint?.split('\n')).toEqual([
    'Choose one:',
    expect.stringContaining('- `instance: public-good`'),
    expect.stringContaining('- `instance: github`'),
    expect.stringContaining('- `signing-config` and `trusted-root`'),
  ]);
});

test.each([
  ['private', { repository: { private: true, visibility: 'private' } }],
  ['internal', { repository: { private: true, visibility: 'internal' } }],
  ['contradictory', { repository: { private: true, visibility: 'public' } }],
])('instance auto stops for a repository that is %s', async (_name, event) => {
  const found = await problem({ event, inputs: { images: PINNED } });
  expect(found.code).toBe('PUBLIC_LOG_REFUSED');
  expect(found.text).toContain('instance: public-good');
  expect(found.text).toContain('instance: github');
});

test('a payload that does not say whether the repository is public leaves the answer to the id-token', async () => {
  const { trust } = await read({ event: {}, inputs: { images: PINNED } });
  expect(trust).toEqual({ kind: 'instance', instance: 'auto' });
});

test.each([
  [{ instance: 'public-good' }],
  [{ instance: 'github' }],
  [{ 'trusted-root': TRUSTED_ROOT, 'signing-config': SIGNING_CONFIG }],
  [{ 'tuf-mirror': 'https://tuf.example' }],
])('an explicit choice %j signs for a private repository', async (choice: Record<string, string>) => {
  const event = { repository: { private: true } };
  await expect(read({ event, inputs: { images: PINNED, ...choice } })).resolves.toBeDefined();
});

const TRUST_FILES = { 'trusted-root': 'trust/root.json', 'signing-config': '/runner/_temp/config.json' };

test('reads trust files from the checked-out commit of this run and from elsewhere, without a call', async () => {
  const source = fakeSource({
    inputs: { images: PINNED, ...TRUST_FILES },
    files: {
      '/runner/app/trust/root.json': TRUSTED_ROOT,
      '/runner/_temp/config.json': SIGNING_CONFIG,
    },
  });
  expect((await readSignInputs(source)).trust).toEqual({
    kind: 'files',
    trustedRoot: TRUSTED_ROOT,
    signingConfig: SIGNING_CONFIG,
  });
  expect(source.asked).toEqual([]);
});

test('on a pull request reads every file of the workspace as the base commit has it', async () => {
  const evil = '{"mediaType":"the pull request chose this"}';
  const source = fakeSource({
    event: PULL_REQUEST,
    env: { GITHUB_EVENT_NAME: 'pull_request' },
    inputs: {
      images: PINNED,
      'trusted-root': 'root.json',
      'signing-config': './config.json',
      'ca-certificates': '/runner/app/ca.pem',
    },
    files: {
      '/runner/app/root.json': evil,
      '/runner/app/config.json': evil,
      '/runner/app/ca.pem': evil,
    },
    committed: { 'root.json': TRUSTED_ROOT, 'config.json': SIGNING_CONFIG, 'ca.pem': PEM },
  });
  const request = await readSignInputs(source);
  expect(request.trust).toMatchObject({ trustedRoot: TRUSTED_ROOT, signingConfig: SIGNING_CONFIG });
  expect(request.network.caCertificates).toHaveLength(1);
  const base = '1'.repeat(40);
  expect(source.asked.toSorted()).toEqual([`${base} ca.pem`, `${base} config.json`, `${base} root.json`]);
});

test.each(['version=1.2', 'version = 1.2', ' note =  a = b '])(
  'the annotations line %j means the same to the gate that is asked for it',
  async (line) => {
    const signed = (await read({ inputs: { images: PINNED, annotations: line } })).annotations;
    const { key, value } = parseAnnotationLine(line);
    expect(signed).toEqual({ [key]: value });
  },
);
