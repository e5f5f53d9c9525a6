import { afterAll, beforeAll, expect, test } from 'vitest';
import { withoutProcesses } from '../in-process.ts';
import {
  createSlots,
  errorsOf,
  IMPATIENT,
  type SignWorld,
  type StoredImage,
  shown,
  startSignWorld,
} from './sign-world.ts';

/*
 * Every input that cannot be used ends in one INPUT_INVALID (or IMAGE_NOT_FOUND) that names the input and
 * the cure, before anything is asked of the certificate authority, a log or, but for images, the registry.
 */

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;
let image: StoredImage;
let before: ReturnType<typeof state>;
const slot = createSlots();

beforeAll(async () => {
  byDist = await startSignWorld();
  world = withoutProcesses(byDist);
  image = world.image({ tag: '1' });
  before = state();
});
afterAll(async () => {
  await world.close();
});

const state = () => ({
  logged: [world.sigstore.rekorV1.size(), world.sigstore.rekorV2.size()],
  certificates: world.asked('ca'),
  stamps: world.asked('tsa'),
  manifests: world.registry.store.manifests(image.repository).length,
  blobs: world.registry.store.repository(image.repository)?.blobs.size,
  tags: world.registry.store.tags(image.repository),
  openUploads: world.registry.openUploads(),
});

const ABSENT = `sha256:${'0'.repeat(64)}`;
const JSON_METADATA = JSON.stringify({ 'containerimage.digest': ABSENT, 'image.name': 'ghcr.io/acme/app:1' });
type Inputs = Readonly<Record<string, string>>;

test.concurrent.each<[string, () => Inputs, RegExp, RegExp]>([
  ['no images', () => ({}), /input images: no image is given/, /wrong step id.*`push: true`.*job output/s],
  ['a digest without images', () => ({ digest: image.digest }), /input images/, /wrong step id/],
  [
    'a name without tag and digest',
    () => ({ images: image.name }),
    /neither a tag nor a digest/,
    /Add `digest: \$\{\{ steps\.build\.outputs\.digest \}\}`/,
  ],
  [
    'an output that arrived empty behind @',
    () => ({ images: `${image.name}@` }),
    /input images/,
    /arrived empty.*wrong step id/s,
  ],
  [
    'a tag without digest',
    () => ({ images: `${image.name}:1` }),
    /input digest: .*tag but no digest/,
    /digest: \$\{\{ steps\.build\.outputs\.digest \}\}.*allow-tags: true/s,
  ],
  ['a URL', () => ({ images: `https://ghcr.io/acme/app@${ABSENT}` }), /input images/, /Write registry\/repository/],
  ['a malformed reference', () => ({ images: `ghcr.io/a//b@${ABSENT}` }), /input images/, /Write registry\/repository/],
  [
    'another algorithm',
    () => ({ images: image.name, digest: `sha512:${'0'.repeat(128)}` }),
    /input digest: .*sha256/,
    /digest: \$\{\{/,
  ],
  [
    'a digest in upper case',
    () => ({ images: image.name, digest: ABSENT.toUpperCase() }),
    /input digest: .*lower-case hex/,
    /`imageid`/,
  ],
  [
    'a digest that no image takes',
    () => ({ images: image.pinned, digest: ABSENT }),
    /input digest: .*a different digest/,
    /Remove `digest`/,
  ],
  [
    'metadata beside a digest',
    () => ({ metadata: JSON_METADATA, digest: ABSENT }),
    /input digest: .*metadata/,
    /Give only one of them/,
  ],
  [
    'metadata beside images it does not need',
    () => ({ metadata: JSON_METADATA, images: image.name }),
    /input images: .*metadata/,
    /either images or metadata/,
  ],
  [
    'metadata that is cut off',
    () => ({ metadata: '{"containerimage.digest":' }),
    /input metadata/,
    /docker\/bake-action/,
  ],
  [
    'metadata that names no file',
    () => ({ metadata: 'nowhere.json' }),
    /input metadata: .*nowhere\.json/,
    /Check the path/,
  ],
  [
    'from-runner beside an image',
    () => ({ images: `from-runner,${image.pinned}` }),
    /input images: from-runner/,
    /either from-runner or/,
  ],
  ['an unknown format', () => ({ images: image.pinned, format: 'v2' }), /input format: "v2"/, /bundle, legacy, both/],
  ['an unknown if-signed', () => ({ images: image.pinned, 'if-signed': 'no' }), /input if-signed: "no"/, /skip, sign/],
  [
    'an unknown instance',
    () => ({ images: image.pinned, instance: 'staging', 'trusted-root': '', 'signing-config': '' }),
    /input instance: "staging"/,
    /auto, public-good, github/,
  ],
  [
    'a boolean with a typo',
    () => ({ images: image.pinned, upload: 'flase' }),
    /input upload: "flase"/,
    /`true` or `false`/,
  ],
  ['no number', () => ({ images: image.pinned, concurrency: '0' }), /input concurrency: "0"/, /from 1 to 100/],
  ['no duration', () => ({ images: image.pinned, 'retry-for': '5' }), /input retry-for/, /such as `5m`/],
  ['an annotation without value', () => ({ images: image.pinned, annotations: 'x' }), /input annotations/, /key=value/],
  [
    'an instance beside files',
    () => ({ images: image.pinned, instance: 'github' }),
    /input instance: it cannot be combined with trusted-root and signing-config/,
    /Keep one/,
  ],
  [
    'a mirror beside files',
    () => ({ images: image.pinned, 'tuf-mirror': 'https://tuf.example' }),
    /cannot be combined with .*tuf-mirror/,
    /Keep one/,
  ],
  [
    'a trusted root alone',
    () => ({ images: image.pinned, 'signing-config': '' }),
    /input trusted-root: it is given without signing-config/,
    /Give `signing-config` too/,
  ],
  [
    'a signing config that is no JSON',
    () => ({ images: image.pinned, 'signing-config': '{' }),
    /input signing-config/,
    /JSON/,
  ],
  [
    'a signing config of another version',
    () => ({
      images: image.pinned,
      'signing-config': '{"mediaType":"application/vnd.dev.sigstore.signingconfig.v0.1+json"}',
    }),
    /input signing-config: .*v0\.1/,
    /signingconfig\.v0\.2/,
  ],
  [
    'a signing config without a certificate authority',
    () => ({ images: image.pinned, 'signing-config': world.configWith({ certificateAuthorities: [] }) }),
    /signing config cannot be used: .*certificate authority/,
    /Check the input signing-config/,
  ],
  [
    'a trusted root that is a signing config',
    () => ({ images: image.pinned, 'trusted-root': world.sigstore.signingConfigJson('v1') }),
    /input trusted-root/,
    /trustedroot/,
  ],
  [
    'a trusted root of another shape',
    () => ({
      images: image.pinned,
      'trusted-root': '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1","tlogs":5}',
    }),
    /input trusted-root cannot be used: .*tlogs/,
    /a path to the file, or its JSON/,
  ],
  [
    'a signing config with a service of another shape',
    () => ({
      images: image.pinned,
      'signing-config': JSON.stringify({ ...JSON.parse(world.sigstore.signingConfigJson('v1')), caUrls: 5 }),
    }),
    /input signing-config cannot be used: .*caUrls/,
    /a path to the file, or its JSON/,
  ],
  [
    'a path to nothing',
    () => ({ images: image.pinned, 'trusted-root': '/nowhere/root.json' }),
    /input trusted-root: .*nowhere/,
    /path/,
  ],
  [
    'a user name without password',
    () => ({ images: image.pinned, 'registry-username': 'x' }),
    /input registry-password: it is missing/,
    /Give both.*forks/s,
  ],
  [
    'certificates that are none',
    () => ({ images: image.pinned, 'ca-certificates': '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----' }),
    /input ca-certificates/,
    /PEM/,
  ],
  [
    'a mirror over plain http',
    () => ({ images: image.pinned, 'tuf-mirror': 'http://tuf.example' }),
    /input tuf-mirror/,
    /https/,
  ],
])('%s: INPUT_INVALID names the input and the cure', async (_what, inputs, names, cure) => {
  const run = await slot(() => world.sign({ ...IMPATIENT, ...inputs() }));
  expect(run.exitCode, shown(run)).toBe(1);
  const errors = errorsOf(run);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain('INPUT_INVALID');
  expect(errors[0]).toMatch(names);
  expect(errors[0]).toMatch(cure);
  expect(run.outputs).toMatchObject({ images: '', digests: '', subject: '', 'bundle-paths': '' });
});

test.concurrent('all bad inputs are told at once', async () => {
  const run = await slot(() => byDist.sign({ images: `${image.name}:1`, format: 'x', upload: 'y' }));
  const [error, ...more] = errorsOf(run);
  expect(more).toEqual([]);
  for (const name of ['digest', 'format', 'upload']) expect(error).toContain(`input ${name}: `);
});

test.concurrent.each<[string, () => Inputs, string]>([
  ['a digest the registry lacks', () => ({ images: image.name, digest: ABSENT }), ABSENT],
  ['a tag the registry lacks', () => ({ images: `${image.name}:2`, 'allow-tags': 'true' }), ':2'],
  ['a repository the registry lacks', () => ({ images: `${world.host}/no/such@${ABSENT}` }), 'no/such'],
])('%s: IMAGE_NOT_FOUND names it and asks whether the build pushed', async (_what, inputs, named) => {
  const [push, pull] = await Promise.all([
    slot(() => world.sign({ ...IMPATIENT, ...inputs() })),
    slot(() =>
      world.sign({ ...IMPATIENT, ...inputs(), ...literalTrust() }, { eventName: 'pull_request', event: PULL_REQUEST }),
    ),
  ]);
  for (const run of [push, pull]) {
    expect(run.exitCode, shown(run)).toBe(1);
    expect(errorsOf(run)[0]).toMatch(/IMAGE_NOT_FOUND[\s\S]*Did the build push it/);
    expect(errorsOf(run)[0]).toContain(named);
  }
  const line = "if: github.event_name != 'pull_request'";
  expect(errorsOf(push)[0]).not.toContain(line);
  expect(errorsOf(pull)[0]).toContain(line);
});

const REPOSITORY = { full_name: 'acme/app', private: false, visibility: 'public' };
const PULL_REQUEST = {
  repository: REPOSITORY,
  pull_request: { base: { sha: '1'.repeat(40), repo: REPOSITORY }, head: { sha: '2'.repeat(40), repo: REPOSITORY } },
};
const literalTrust = (): Inputs => ({
  'trusted-root': world.sigstore.trustedRootJson('all'),
  'signing-config': world.sigstore.signingConfigJson('v1'),
});

test('none of all this was logged, certified or stored', () => {
  expect(state()).toEqual(before);
});

test('the same image with good inputs is signed', async () => {
  const run = await byDist.sign({ images: `${image.name}:1`, digest: image.digest });
  expect(run.exitCode, shown(run)).toBe(0);
  expect(state()).not.toEqual(before);
});
