import { expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import { LIKELY_CAUSES } from '../../../src/entries/action/inputs/requested-image.ts';
import { readVerifyInputs } from '../../../src/entries/verify/inputs.ts';
import type { VerifyRequest } from '../../../src/usecases/verifying/verify-request.ts';
import { DIGEST_A, type FakeSource, fakeSource, PULL_REQUEST } from './fake-input-source.ts';

const IMAGES = 'ghcr.io/acme/app:1';
const ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}';

function read(fake: FakeSource): Promise<VerifyRequest> {
  return readVerifyInputs(fakeSource(fake));
}

async function problem(fake: FakeSource): Promise<string> {
  const error = await read(fake).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CodedError)) throw new Error(`expected a CodedError, got ${String(error)}`);
  expect(error.code).toBe('INPUT_INVALID');
  return `${error.message} ${error.hint ?? ''}`;
}

test('fills every field with the defaults of the contract', async () => {
  const request = await read({ inputs: { images: IMAGES } });
  expect(request).toMatchObject({
    format: 'any',
    mode: 'enforce',
    recursive: false,
    waitForMs: 30_000,
    offline: false,
    summary: true,
    trust: { kind: 'instance', instance: 'auto' },
    network: { retryForMs: 60_000, concurrency: 16 },
    identity: { kind: 'no-identity' },
    reportPath: '/runner/_temp/countersign/verify-step/results.json',
  });
});

test('waits for no signature on pull requests unless told to', async () => {
  expect((await read({ event: PULL_REQUEST, inputs: { images: IMAGES } })).waitForMs).toBe(0);
  expect((await read({ event: PULL_REQUEST, inputs: { images: IMAGES, 'wait-for': '10s' } })).waitForMs).toBe(10_000);
  const warn = { images: IMAGES, mode: 'warn' };
  expect((await read({ inputs: warn })).waitForMs).toBe(0);
  expect((await read({ inputs: { ...warn, 'wait-for': '10s' } })).waitForMs).toBe(10_000);
});

test('takes one identity value a line, commas included', async () => {
  const { identity } = await read({
    inputs: {
      images: IMAGES,
      'certificate-identity': 'https://a.example/x,y\nhttps://b.example/z\n',
      'certificate-oidc-issuer': 'https://issuer.example',
      claims: 'runner-environment=github-hosted',
      'max-age': '30d',
    },
  });
  expect(identity).toMatchObject({
    kind: 'requirement',
    requirement: {
      identities: [{ subjects: ['https://a.example/x,y', 'https://b.example/z'], issuers: ['https://issuer.example'] }],
      maxAgeMs: 30 * 86_400_000,
    },
  });
});

test('expects the issuer of the server it runs on', async () => {
  const inputs = { images: IMAGES, 'source-repository': 'acme/app' };
  const env = { GITHUB_SERVER_URL: 'https://octo.ghe.com' };
  expect((await read({ inputs, env })).identity).toMatchObject({
    requirement: { identities: [{ issuers: ['https://token.actions.octo.ghe.com'] }] },
  });
});

test.each([
  [{ images: `${IMAGES}\n\n${IMAGES}` }, 'input images: item 2 of 3 is empty', 'an empty line between'],
  [{ images: `${IMAGES},` }, 'input images: item 2 of 2 is empty', 'a comma with nothing behind it'],
  [{ images: `\n${IMAGES}\n` }, 'input images: item 1 of 2 is empty', 'an empty first line'],
  [{ images: `${IMAGES}\n\n` }, 'input images: item 2 of 2 is empty', 'more than one final line break'],
  [{ images: '\n' }, 'no image is given', 'nothing but a line break'],
  [{ images: 'ghcr.io/acme/app' }, '`latest` is not assumed', 'no implied tag'],
  [
    { images: IMAGES, 'certificate-identity': '\n' },
    'input certificate-identity: the value is empty',
    'a dropped value',
  ],
  [{ images: IMAGES, 'source-repository': ' ' }, 'input source-repository: the value is empty', 'only a space'],
  [{ images: IMAGES, 'source-ref': 'refs/heads/main\n\nx' }, 'input source-ref: line 2 of 3 is empty', 'a gap'],
  [
    { images: IMAGES, claims: 'source-repository-uri=' },
    'the value of source-repository-uri is empty',
    'a claim without value',
  ],
  [{ images: IMAGES, claims: 'nonsense' }, 'name=value', 'a claim without equals sign'],
  [{ images: IMAGES, 'max-age': '1y' }, 'input max-age: "1y" is not a duration', 'an unknown unit'],
  [{ images: IMAGES, 'source-ref': 'main', 'source-repository': 'acme/app' }, 'input source-ref: ', 'no full ref'],
  [{ images: IMAGES, 'certificate-identity-regexp': '.*' }, 'input certificate-identity-regexp: ', 'a match-all'],
  [{ images: IMAGES, 'source-ref': 'main' }, 'no input says who must have signed', 'a bad input and no identity'],
  [{ images: IMAGES, mode: 'off' }, 'enforce, warn', 'an unknown mode'],
  [{ images: IMAGES, offline: 'true' }, 'input offline: it requires trusted-root', 'offline without trust'],
  [
    { images: IMAGES, instance: 'github', 'trusted-root': ROOT },
    'cannot be combined with trusted-root',
    'two sources of trust',
  ],
])('refuses %j: %s', async (inputs: Record<string, string>, text, _why) => {
  expect(await problem({ inputs })).toContain(text);
});

const IDENTITY_INPUTS = [
  'certificate-identity',
  'certificate-identity-regexp',
  'certificate-oidc-issuer',
  'certificate-oidc-issuer-regexp',
  'source-repository',
  'workflow',
  'source-ref',
  'signer-workflow',
  'claims',
  'annotations',
  'max-age',
];

test.each(IDENTITY_INPUTS)('an empty value of %s is refused, wherever it stands', async (name) => {
  const inputs = { images: IMAGES, 'source-repository': 'acme/app' };
  for (const value of [' ', '\n', '\n\n', 'x\n\n', '\nx', 'x\n\nx', 'x\n \nx\n', 'x\r\n\r\n']) {
    expect(await problem({ inputs: { ...inputs, [name]: value } }), value).toMatch(
      new RegExp(`input ${name}: (?:the value is empty|line \\d of \\d is empty)`),
    );
  }
});

test.each([
  [{ metadata: 'none/*.json' }, 'input metadata: the pattern "none/*.json" matches no file', 'a glob without match'],
  [{ images: IMAGES, annotations: 'a=1\nb=2\na=1' }, 'input annotations: "a" is given twice', 'a repeated annotation'],
  [{ images: IMAGES, annotations: 'a=' }, 'input annotations: the value of "a" is empty', 'an empty annotation'],
])('refuses %j beside an identity: %s', async (inputs: Record<string, string>, text, _why) => {
  expect(await problem({ inputs: { 'source-repository': 'acme/app', ...inputs } })).toContain(text);
  const good = { images: IMAGES, 'source-repository': 'acme/app', annotations: 'a=1\nb=2\n' };
  expect((await read({ inputs: good })).identity.kind).toBe('requirement');
});

test('one final line break of a list is no empty item', async () => {
  expect((await read({ inputs: { images: `${IMAGES}\nacme/x@${DIGEST_A}\n` } })).images).toHaveLength(2);
});

test('takes a trusted root alone', async () => {
  const request = await read({ inputs: { images: IMAGES, 'trusted-root': ROOT, offline: 'true' } });
  expect(request.trust).toEqual({ kind: 'files', trustedRoot: ROOT, signingConfig: undefined });
});

test('offline on a pull request needs the literal, since the base commit cannot be asked', async () => {
  const inputs = { images: IMAGES, offline: 'true', 'trusted-root': 'root.json' };
  const text = await problem({ event: PULL_REQUEST, inputs, files: { '/runner/app/root.json': ROOT } });
  expect(text).toContain('`offline` forbids');
});

test.each([
  [' ', 'the value is empty'],
  ['\n', 'the value is empty'],
  ['12h\n30d', 'one duration'],
])('max-age %j is refused: a dropped value must not mean any age', async (value, text) => {
  const inputs = { images: IMAGES, 'source-repository': 'acme/app', 'max-age': value };
  expect(await problem({ inputs })).toContain(`input max-age: `);
  expect(await problem({ inputs })).toContain(text);
});

const SEE = 'See the identity inputs in verify/README.md.';
const OURS = { images: IMAGES, 'source-repository': 'acme/app' };

test.each<[string, Record<string, string>, string]>([
  [
    'an empty value of a claim',
    { ...OURS, claims: 'build-trigger=' },
    `claims: the value of build-trigger is empty. ${LIKELY_CAUSES}`,
  ],
  [
    'an empty value of an annotation',
    { ...OURS, annotations: 'a=' },
    `annotations: the value of "a" is empty. ${LIKELY_CAUSES}`,
  ],
  [
    'a value that only says that it is empty',
    { ...OURS, claims: 'x is empty' },
    `claims: "x is empty" is not name=value. ${SEE}`,
  ],
  ['a repeated annotation', { ...OURS, annotations: 'a=1\na=2' }, `annotations: "a" is given twice. ${SEE}`],
  [
    'an issuer pattern beside what needs one issuer',
    { ...OURS, 'certificate-oidc-issuer-regexp': 'https://a\\.example' },
    "source-repository: it requires exactly one issuer, compared exactly: omit certificate-oidc-issuer for GitHub's issuer, " +
      `or give one value (certificate-oidc-issuer-regexp alone is not enough). ${SEE}`,
  ],
  [
    'a pattern that matches anybody',
    { images: IMAGES, 'certificate-identity-regexp': '.*' },
    `certificate-identity-regexp: ".*" matches anyone; name an owner in the pattern, or set allow-any-identity: true. ${SEE}`,
  ],
])('words a bad identity, with its input and its cure: %s', async (_, inputs, text) => {
  expect(await problem({ inputs })).toBe(`input ${text}`);
});

test('names every problem of the identity, and says who must be named if nobody is', async () => {
  expect(await problem({ inputs: { images: IMAGES, 'source-ref': 'main', claims: 'a' } })).toBe(
    '3 inputs cannot be used:\n' +
      `- input claims: "a" is not name=value. ${SEE}\n` +
      `- input source-ref: "main" is not a full ref: write refs/heads/main for a branch, refs/tags/main for a tag. ${SEE}\n` +
      '- input source-repository: no input says who must have signed: `source-ref` and `claims` alone are not enough. ' +
      '`source-ref` is only the name of a branch or tag, and every repository can have one of that name. ' +
      'A `claims` line names a signer only if it names a repository or its owner, beside exactly one issuer. ' +
      'Give `source-repository`, `certificate-identity` or `certificate-identity-regexp`, or a `claims` line ' +
      '`source-repository-uri`, `source-repository-identifier`, `source-repository-owner-uri` or ' +
      '`source-repository-owner-identifier`. Fix the inputs named above. The list is complete.',
  );
});

test('says of each image where it was named: the input, a file, or a target of a build', async () => {
  const built = (name: string) => ({ 'containerimage.digest': DIGEST_A, 'image.name': `ghcr.io/acme/${name}:1` });
  const files = { '/runner/app/out/build.json': JSON.stringify(built('app')) };
  const bake = JSON.stringify({ web: built('web'), docs: built('docs') });
  const sources = async (inputs: Record<string, string>) =>
    (await read({ inputs, files })).images.map((image) => image.sources);
  expect(await sources({ images: IMAGES })).toEqual([[{ file: 'images' }]]);
  expect(await sources({ metadata: 'out/build.json' })).toEqual([[{ file: 'out/build.json' }]]);
  expect(await sources({ metadata: bake })).toEqual([
    [{ file: 'metadata', object: 'target web' }],
    [{ file: 'metadata', object: 'target docs' }],
  ]);
});

const SIGNER = { images: IMAGES, 'source-repository': 'acme/app' };

test('without attestations none is required, and a notice says so', async () => {
  const request = await read({ inputs: { ...SIGNER, attestations: ' \n' } });
  expect(request.attestations).toBeUndefined();
  expect(request.notices).toContain('No attestation is required: `attestations` is empty.');
});

test('requirements are read with their signers', async () => {
  const { attestations, notices, identity } = await read({
    inputs: {
      ...SIGNER,
      attestations: 'provenance builder-id=https://b\n  per-platform\nsbom source-repository=acme/sboms',
    },
  });
  expect(identity.kind).toBe('requirement');
  expect(notices).toEqual([]);
  expect(attestations).toMatchObject({
    requireSignature: true,
    requirements: [
      {
        line: 'provenance builder-id=https://b per-platform',
        builderId: 'https://b',
        perPlatform: true,
        signers: [{ sourceRepositories: ['https://github.com/acme/app'] }],
      },
      {
        line: 'sbom source-repository=acme/sboms',
        signers: [{ sourceRepositories: ['https://github.com/acme/sboms'] }],
      },
    ],
  });
});

test('without an image signature, lines that name their signers need no identity of the step', async () => {
  const line = 'provenance source-repository=acme/app';
  const alone = await read({ inputs: { images: IMAGES, 'require-signature': 'false', attestations: line } });
  expect(alone.identity).toEqual({ kind: 'of-each-line' });
  // One line without a signer needs it again.
  const mixed = await read({ inputs: { images: IMAGES, 'require-signature': 'false', attestations: `${line}\nsbom` } });
  expect(mixed.identity.kind).toBe('no-identity');
  const unused = await read({ inputs: { ...SIGNER, 'require-signature': 'false', attestations: line } });
  expect(unused.notices.join()).toContain('have no effect');
});

test.each([
  [{ 'require-signature': 'false' }, 'input require-signature: without an image signature and without a line'],
  [{ 'require-signature': 'no' }, 'input require-signature: "no" is neither true nor false'],
  [
    { 'require-signature': 'false', attestations: 'sbom', annotations: 'a=b' },
    'input annotations: only image signatures',
  ],
  [{ attestations: 'provenance\nSBOM' }, 'input attestations: line 2: "SBOM" is not a type of attestation'],
  [{ attestations: 'provenance\n\nsbom' }, `input attestations: the value of line 2 is empty. ${LIKELY_CAUSES}`],
  [{ attestations: 'provenance source-ref=' }, `line 1: the value of source-ref is empty. ${LIKELY_CAUSES}`],
  [{ attestations: 'provenance source-ref=main' }, 'line 1: source-ref: "main" is not a full ref'],
  [{ attestations: 'cyclonedx buildkit' }, 'buildkit does not apply to cyclonedx'],
] as const)('%j is refused: %s', async (inputs, what) => {
  expect(await problem({ inputs: { ...SIGNER, ...inputs } })).toContain(what);
});

test('narrowing inputs that apply to nothing are refused', async () => {
  const inputs = { images: IMAGES, 'require-signature': 'false', 'source-ref': 'refs/heads/main' };
  expect(await problem({ inputs: { ...inputs, attestations: 'sbom source-repository=acme/app' } })).toContain(
    'input source-ref: it has no effect',
  );
});

test('problems of the identity are reported once, not again for each line', async () => {
  const text = await problem({
    inputs: { images: IMAGES, 'source-repository': 'ghcr.io/acme/app', attestations: 'sbom\nspdx' },
  });
  expect(text.match(/registry reference/g)).toHaveLength(1);
});
