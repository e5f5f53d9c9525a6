import { expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import { formatRepository } from '../../../src/domain/image/reference.ts';
import { UnfitFileError } from '../../../src/entries/inputs/regular-file.ts';
import { readSignInputs } from '../../../src/entries/sign/inputs.ts';
import { readVerifyInputs } from '../../../src/entries/verify/inputs.ts';
import type { SignRequest } from '../../../src/usecases/signing/sign-request.ts';
import { DIGEST_A, DIGEST_B, type FakeSource, fakeSource } from './fake-input-source.ts';

/* Contract §2.1: what other build tools write is read as `metadata`. */

const HEX_A = DIGEST_A.slice(7);
const HEX_B = DIGEST_B.slice(7);
const APP = 'ghcr.io/acme/app';

/** Files of a folder `out` of the workspace, all of them named by `metadata: out/*`. */
function inFolder(files: Readonly<Record<string, string | Uint8Array | Error>>, inputs = {}): FakeSource {
  const paths = Object.keys(files).map((name) => `/runner/app/out/${name}`);
  return {
    inputs: { metadata: 'out/*', ...inputs },
    globs: { 'out/*': paths },
    files: Object.fromEntries(Object.entries(files).map(([name, content]) => [`/runner/app/out/${name}`, content])),
  };
}

async function read(fake: FakeSource): Promise<SignRequest> {
  return readSignInputs(fakeSource(fake));
}

async function shown(fake: FakeSource): Promise<string[]> {
  const { images } = await read(fake);
  return images.map(
    ({ repository, tag, digest }) => `${formatRepository(repository)}${tag === undefined ? '' : `:${tag}`}@${digest}`,
  );
}

/** Message and hint of the INPUT_INVALID that both actions must end in. */
async function problem(fake: FakeSource): Promise<string> {
  const texts = await Promise.all(
    [readSignInputs, readVerifyInputs].map(async (readInputs) => {
      const error = await readInputs(fakeSource(fake)).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      if (!(error instanceof CodedError)) throw new Error(`expected a CodedError, got ${String(error)}`);
      expect(error.code).toBe('INPUT_INVALID');
      return `${error.message} ${error.hint ?? ''}`;
    }),
  );
  return texts.find((text) => text !== texts[0]) ?? texts[0] ?? '';
}

const RELEASED = [
  { name: 'app_linux_amd64', path: 'dist/app', goos: 'linux', internal_type: 4, type: 'Binary', extra: { ID: 'app' } },
  { name: `${APP}:1-amd64`, path: `${APP}:1-amd64`, type: 'Docker Image', extra: { DockerConfig: {} } },
  { name: `${APP}:1-amd64`, path: `${APP}:1-amd64`, type: 'Docker Image', extra: { Digest: DIGEST_A } },
  { name: `${APP}:1`, path: `${APP}:1`, type: 'Docker Manifest', extra: { Digest: DIGEST_B, ID: 'app' } },
  { name: 'checksums.txt', path: 'dist/checksums.txt', type: 'Checksum', extra: { Refresh: 'func() error' } },
];
const JIB = { image: `${APP}:1`, imageId: DIGEST_B, imageDigest: DIGEST_A, tags: ['1', 'latest'] };

test.each<[string, FakeSource, string[]]>([
  [
    "GoReleaser's artifacts",
    inFolder({ 'artifacts.json': JSON.stringify(RELEASED) }),
    [`${APP}:1-amd64@${DIGEST_A}`, `${APP}:1@${DIGEST_B}`],
  ],
  [
    "GoReleaser's artifacts as the output of its action",
    { inputs: { metadata: JSON.stringify(RELEASED) } },
    [`${APP}:1-amd64@${DIGEST_A}`, `${APP}:1@${DIGEST_B}`],
  ],
  [
    'images of its other pipes and versions',
    {
      inputs: {
        metadata: JSON.stringify([
          { name: `${APP}:2`, path: `${APP}:2`, type: 'Docker Image V2', extra: { Digest: `${DIGEST_A}\n` } },
          { name: `${APP}:3`, path: `${APP}:3`, type: 'Published Docker Image', extra: { Digest: DIGEST_B } },
          { name: `${APP}@${DIGEST_A}`, type: 'Docker Manifest', extra: { Digest: DIGEST_A } },
        ]),
      },
    },
    [`${APP}:2@${DIGEST_A}`, `${APP}:3@${DIGEST_B}`, `${APP}@${DIGEST_A}`],
  ],
  [
    "GoReleaser's digests",
    inFolder({ 'digests.txt': `${HEX_A} ${APP}:1-amd64\n${DIGEST_B} ${APP}:1\n` }),
    [`${APP}:1-amd64@${DIGEST_A}`, `${APP}:1@${DIGEST_B}`],
  ],
  [
    "Jib's image, with all its tags",
    inFolder({ 'jib-image.json': JSON.stringify({ ...JIB, imagePushed: true }) }),
    [`${APP}:1@${DIGEST_A}`, `${APP}:latest@${DIGEST_A}`],
  ],
  [
    'digest files, named by `images`',
    inFolder({ app: DIGEST_A, other: `${DIGEST_B}\r\n` }, { images: APP }),
    [`${APP}@${DIGEST_A}`, `${APP}@${DIGEST_B}`],
  ],
  [
    'a digest file with a tag',
    inFolder({ 'jib-image.digest': DIGEST_A }, { images: `${APP}:1` }),
    [`${APP}:1@${DIGEST_A}`],
  ],
  [
    'the digest of one image in two registries',
    inFolder({ app: DIGEST_A }, { images: `${APP}:1\nquay.io/acme/app:1` }),
    [`${APP}:1@${DIGEST_A}`, `quay.io/acme/app:1@${DIGEST_A}`],
  ],
  [
    'a digest file as Windows tools write it, with a byte order mark',
    inFolder({ app: `\ufeff${DIGEST_A}\r\n` }, { images: APP }),
    [`${APP}@${DIGEST_A}`],
  ],
  [
    'the output `digests` of a sign step in a file',
    inFolder({ digests: `${DIGEST_A}\n${DIGEST_B}\n` }, { images: APP }),
    [`${APP}@${DIGEST_A}`, `${APP}@${DIGEST_B}`],
  ],
  [
    'empty files named by their digests',
    inFolder({ [HEX_A]: '', [HEX_B]: '\n' }, { images: APP }),
    [`${APP}@${DIGEST_A}`, `${APP}@${DIGEST_B}`],
  ],
  [
    'a file named by the digest that it contains',
    inFolder({ [HEX_A]: DIGEST_A }, { images: APP }),
    [`${APP}@${DIGEST_A}`],
  ],
  [
    'a digest file beside metadata with names',
    inFolder(
      { a: DIGEST_A, b: JSON.stringify({ 'containerimage.digest': DIGEST_B, 'image.name': 'acme/x:1' }) },
      { images: APP },
    ),
    [`${APP}@${DIGEST_A}`, `docker.io/acme/x:1@${DIGEST_B}`],
  ],
])('reads %s', async (_what, fake, expected) => {
  expect(await shown(fake)).toEqual(expected);
  expect((await read(fake)).skipped).toEqual([]);
  const verified = await readVerifyInputs(fakeSource(fake));
  expect(verified.images.map(({ digest }) => digest)).toEqual((await read(fake)).images.map(({ digest }) => digest));
});

test('lists by name what GoReleaser and Jib did not push', async () => {
  const artifacts = JSON.stringify([...RELEASED, { name: `${APP}:2`, type: 'Docker Image', extra: {} }]);
  expect((await read({ inputs: { metadata: artifacts } })).skipped).toEqual([
    `metadata artifact ${APP}:2: not pushed, skipped (no digest)`,
  ]);
  const local = inFolder({ 'a.json': JSON.stringify(JIB), 'b.json': JSON.stringify({ ...JIB, imagePushed: false }) });
  const { images, skipped } = await read(local);
  expect(images).toHaveLength(2);
  expect(skipped).toEqual(['/runner/app/out/b.json: not pushed, skipped (no digest)']);
  expect((await read({ inputs: { metadata: artifacts } })).images[1]?.sources).toEqual([
    { file: 'metadata', object: `artifact ${APP}:1` },
  ]);
});

test.each<[string, FakeSource, RegExp]>([
  [
    'a digest without a repository',
    inFolder({ a: DIGEST_A }),
    /contains only the digest sha256:a+, .* Give the repository in `images`/,
  ],
  ['a name that is a digest without a repository', inFolder({ [HEX_A]: '' }), /contains only the digest sha256:a+/],
  [
    'one digest without a repository beside metadata with names',
    inFolder({ a: DIGEST_A, b: `${APP}@${DIGEST_B}` }),
    /out\/a contains only the digest/,
  ],
  [
    'two digests and two repositories',
    inFolder({ a: DIGEST_A, b: DIGEST_B }, { images: `${APP},acme/x` }),
    /exactly one repository/,
  ],
  ['two digests and one tag', inFolder({ [HEX_A]: '', [HEX_B]: '' }, { images: `${APP}:1` }), /exactly one repository/],
  [
    'a name that contradicts the content',
    inFolder({ [HEX_A]: DIGEST_B }, { images: APP }),
    /its name is another digest/,
  ],
  ['an empty file with another name', inFolder({ app: '' }, { images: APP }), /it is empty, and its name is not/],
  [
    'a name in upper case',
    inFolder({ [HEX_A.toUpperCase()]: '' }, { images: APP }),
    /it is empty, and its name is not/,
  ],
  ['a short name', inFolder({ [HEX_A.slice(1)]: '' }, { images: APP }), /it is empty, and its name is not/],
  ['64 hex digits alone, which may be an image ID', inFolder({ a: HEX_A }, { images: APP }), /image ID/],
  ["Jib's image ID", inFolder({ 'jib-image.id': DIGEST_A }, { images: APP }), /image ID; give jib-image.digest/],
  ['a short digest', inFolder({ a: 'sha256:abc' }, { images: APP }), /not an image reference/],
  ['another algorithm', inFolder({ a: `sha512:${'a'.repeat(128)}` }, { images: APP }), /not an image reference/],
  ['a line with two digests', inFolder({ a: `${HEX_A} ${APP}@${DIGEST_B}` }), /two different digests/],
  ['a line with a digest and too much', inFolder({ a: `${HEX_A} ${APP}:1 x` }), /not an image reference/],
  ['a line with a name and no digest', inFolder({ a: `${APP}:1 latest` }), /not an image reference/],
  [
    'two digests of one GoReleaser image',
    { inputs: { metadata: JSON.stringify([...RELEASED, { ...RELEASED[2], extra: { Digest: DIGEST_B } }]) } },
    /artifact "ghcr\.io\/acme\/app:1-amd64" has two different digests/,
  ],
  [
    'a GoReleaser image whose name has another digest',
    { inputs: { metadata: JSON.stringify([{ ...RELEASED[3], name: `${APP}@${DIGEST_A}` }]) } },
    /different digests/,
  ],
  [
    'a GoReleaser digest of another algorithm',
    { inputs: { metadata: JSON.stringify([{ ...RELEASED[3], extra: { Digest: 'sha512:00' } }]) } },
    /extra\.Digest is not a sha256 digest/,
  ],
  [
    'GoReleaser without images',
    { inputs: { metadata: JSON.stringify(RELEASED.slice(0, 1)) } },
    /names no pushed image/,
  ],
  [
    'only what GoReleaser did not push',
    { inputs: { metadata: JSON.stringify(RELEASED.slice(1, 2)) } },
    /artifact ghcr\.io\/acme\/app:1-amd64: not pushed, skipped/,
  ],
  [
    "GoReleaser's other output",
    { inputs: { metadata: '{"project_name":"app","tag":"v1","commit":"c"}' } },
    /GoReleaser's metadata\.json.*`artifacts` output/,
  ],
  [
    'a Jib image with two digests',
    { inputs: { metadata: JSON.stringify({ ...JIB, image: `${APP}@${DIGEST_B}` }) } },
    /image and imageDigest name different digests/,
  ],
  ['a Jib image with bad tags', { inputs: { metadata: JSON.stringify({ ...JIB, tags: [7] }) } }, /tags contains "7"/],
  [
    'a Jib image with a bad digest',
    { inputs: { metadata: JSON.stringify({ ...JIB, imageDigest: 7 }) } },
    /imageDigest is not/,
  ],
  [
    'JSON of an unknown shape',
    { inputs: { metadata: '{"spdxVersion":"SPDX-2.3","packages":[],"creationInfo":{}}' } },
    /unknown shape \(its keys are "spdxVersion", "packages", "creationInfo"\).*docker buildx.*GoReleaser.*Jib/,
  ],
  [
    'a list of an unknown shape',
    { inputs: { metadata: '[{"Id":"sha256:00"}]' } },
    /unknown shape.*docker buildx.*GoReleaser.*Jib/,
  ],
  ['a list of texts', { inputs: { metadata: '["a"]' } }, /unknown shape/],
  [
    'a binary file',
    inFolder({ a: new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0xff]) }),
    /"\/runner\/app\/out\/a" is not text in UTF-8/,
  ],
  [
    'text in UTF-16',
    inFolder({ a: Buffer.from(`\ufeff${DIGEST_A}`, 'utf16le') }, { images: APP }),
    /is not text in UTF-8/,
  ],
  [
    'a folder',
    { inputs: { metadata: 'out/' }, files: { '/runner/app/out': new UnfitFileError('EISDIR', 'is a directory') } },
    /"out\/" is a directory.*`out\/\*`/,
  ],
  ['a pinned image', { inputs: { metadata: `${APP}@${DIGEST_A}` } }, /there is no file.*belongs into `images`/],
  ['a digest', { inputs: { metadata: DIGEST_A } }, /there is no file.*a digest into `digest`/],
  [
    'a link out of the workspace',
    { ...inFolder({ [HEX_A]: '' }, { images: APP }), links: { '/runner/app/out': '/etc' } },
    /outside the workspace/,
  ],
])('refuses %s', async (_what, fake, text) => {
  const found = await problem(fake);
  expect(found).toMatch(/input (?:metadata|images): /);
  expect(found).toMatch(text);
});

test('a hostile list of artifacts is capped', async () => {
  const many = Array.from({ length: 1_001 }, (_, i) => ({ ...RELEASED[3], name: `${APP}:${i}` }));
  expect(await problem({ inputs: { metadata: JSON.stringify(many) } })).toContain('more than 1000 images');
  const files = Array.from({ length: 5_000 }, (_, i) => ({ name: `a${i}`, type: 'Archive', extra: {} }));
  expect(await shown({ inputs: { metadata: JSON.stringify([...files, RELEASED[3]]) } })).toHaveLength(1);
});
