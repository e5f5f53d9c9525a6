import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildImage } from '../../sandbox/registry/image-builder.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { digestOfBytes } from '../../sandbox/registry/store.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03, OCI_INDEX, OCI_MANIFEST } from '../../src/domain/image/media-types.ts';
import { goodBundle } from '../adversarial/signature-seeds.ts';
import { type Json, resultsOf, type SignWorld, shown, startSignWorld } from './sign-world.ts';

/*
 * Indexes that show one content to us and another to the programs that run images, both actions through dist/.
 * Those programs are written in Go, where the last of two keys wins that differ in case only.
 */

let world: SignWorld;

beforeAll(async () => {
  world = await startSignWorld();
});
afterAll(() => world.close());

const AMD64 = { os: 'linux', architecture: 'amd64' };
const UNKNOWN = { os: 'unknown', architecture: 'unknown' };
const ATTESTATION = { 'vnd.docker.reference.type': 'attestation-manifest' };
const FOREIGN = 'application/vnd.acme.notes+json';

/** A repository of its own, into which anything can be put past all checks. */
interface Shelf {
  readonly repository: string;
  /** Stores a manifest; returns its descriptor as an index would list it. */
  put(content: unknown, mediaType?: string): Json;
  image(content: string): Json;
  index(manifests: readonly Json[]): Json;
  sign(...descriptors: readonly Json[]): void;
  pinned(descriptor: Json): string;
}

function shelf(name: string): Shelf {
  const repository = `trees/${name}`;
  const { store } = world.registry;
  const made: Shelf = {
    repository,
    put(content, mediaType = OCI_INDEX) {
      const bytes = typeof content === 'string' ? content : JSON.stringify(content);
      return { mediaType, digest: store.putManifest(repository, bytes, mediaType), size: Buffer.byteLength(bytes) };
    },
    image(content) {
      const built = buildImage({ content: `${name} ${content}` });
      for (const blob of built.blobs) store.putBlob(repository, blob);
      return made.put(Buffer.from(built.manifests[0]?.bytes ?? '').toString(), OCI_MANIFEST);
    },
    index: (manifests) => made.put({ schemaVersion: 2, mediaType: OCI_INDEX, manifests }),
    sign(...descriptors) {
      for (const { digest } of descriptors) {
        const layer = JSON.stringify(goodBundle(world.sigstore, digest as Digest));
        seedReferrer(store, repository, digest, { artifactType: BUNDLE_V03, layer });
      }
    },
    pinned: ({ digest }) => `${world.host}/${repository}@${digest}`,
  };
  return made;
}

/** More flaws than anybody would list, in a part of a document that nobody reads. */
const CROWD = `{${Array.from({ length: 1001 }, () => '"a":0').join(',')}}`;

/** Puts an index on the shelf that hides `hidden`, and returns it with what else must be signed to pass. */
type Trick = (on: Shelf, seen: Json, hidden: Json) => readonly [root: Json, ...others: Json[]];

const spelled = (key: string): Trick => {
  return (on, seen, hidden) => {
    const shown = JSON.stringify([{ ...seen, platform: AMD64 }]);
    const other = JSON.stringify([{ ...hidden, platform: AMD64 }]);
    return [
      on.put(`{"schemaVersion":2,"mediaType":"${OCI_INDEX}","manifests":${shown},${JSON.stringify(key)}:${other}}`),
    ];
  };
};

const TRICKS: Readonly<Record<string, Trick>> = {
  'os-beside-os': (on, seen, hidden) => [
    on.index([
      { ...seen, platform: AMD64 },
      { ...hidden, platform: { ...UNKNOWN, OS: 'linux', Architecture: 'arm64' }, annotations: ATTESTATION },
    ]),
  ],
  'capital-manifests': spelled('Manifests'),
  'long-s-manifests': spelled('manife\u017fts'),
  'manifests-twice': spelled('manifests'),
  'capital-digest': (on, seen, hidden) => [on.index([{ ...seen, Digest: hidden.digest, platform: AMD64 }])],
  'index-without-type-pushed-as-image': (on, seen, hidden) => {
    const nested = on.put({ schemaVersion: 2, manifests: [{ ...hidden, platform: AMD64 }] }, OCI_MANIFEST);
    return [on.index([seen, { ...nested, platform: AMD64 }]), nested];
  },
  'index-called-image': (on, seen, hidden) => {
    const nested = { ...on.index([{ ...hidden, platform: AMD64 }]), mediaType: OCI_MANIFEST };
    return [on.index([seen, { ...nested, platform: AMD64 }]), nested];
  },
  'index-called-attestation': (on, seen, hidden) => {
    const nested = { ...on.index([hidden]), mediaType: OCI_MANIFEST };
    return [on.index([seen, { ...nested, platform: UNKNOWN, annotations: ATTESTATION }]), nested];
  },
  'neither-index-nor-image': (on, seen, hidden) => {
    const nested = on.put({ schemaVersion: 2, mediaType: OCI_MANIFEST, Manifests: [hidden] }, OCI_MANIFEST);
    return [on.index([seen, nested]), nested];
  },
  'image-called-foreign': (on, seen, hidden) => [
    on.index([seen, { ...hidden, mediaType: 'application/vnd.acme.image+json', platform: AMD64 }]),
  ],
  'lookalike-image-behind-a-crowd-of-flaws': (on, seen, hidden) => {
    const image = world.registry.store.getManifest(on.repository, hidden.digest)?.json as Json;
    const [config, layers] = [JSON.stringify(image.config), JSON.stringify(image.layers)];
    return [
      on.index([
        seen,
        {
          ...on.put(`{"x":${CROWD},"schemaVersion":2,"Config":${config},"Layers":${layers}}`, FOREIGN),
          platform: AMD64,
        },
      ]),
    ];
  },
  'lookalike-index-behind-a-crowd-of-flaws': (on, seen, hidden) => [
    on.index([
      seen,
      { ...on.put(`{"x":${CROWD},"schemaVersion":2,"Manifests":[${JSON.stringify(hidden)}]}`, FOREIGN) },
    ]),
  ],
  'image-with-a-tail-called-foreign': (on, seen, hidden) => {
    const image = JSON.stringify(world.registry.store.getManifest(on.repository, hidden.digest)?.json);
    // Readers that decode one value from a stream ignore the rest.
    return [on.index([seen, { ...on.put(`${image} tail`, FOREIGN), platform: AMD64 }])];
  },
};

const identity = () => ({
  'source-repository': 'octo-org/octo-repo',
  workflow: '.github/workflows/release.yml',
  'source-ref': 'refs/heads/main',
  'certificate-oidc-issuer': world.sigstore.issuer,
  'wait-for': '0s',
  recursive: 'true',
});
const verify = (images: readonly string[]): Promise<RunResult> =>
  world.verify({ ...identity(), images: images.join('\n') });
const verdicts = (run: RunResult): Json[] =>
  resultsOf(run).images.map(({ verdict, reason }: Json) => `${verdict} ${reason}`);

test('a platform image hidden by an index that reads in two ways is refused, and its index not signed', async () => {
  const names = Object.keys(TRICKS);
  const trees = Object.entries(TRICKS).map(([name, trick]) => {
    const on = shelf(name);
    const [seen, hidden] = [on.image('seen'), on.image('hidden')];
    const [root, ...others] = trick(on, seen, hidden);
    return { on, seen, root, others };
  });
  const images = trees.map(({ on, root }) => on.pinned(root));

  const before = world.sigstore.rekorV1.size();
  const signing = await world.sign({ images: images.join('\n'), recursive: 'true' });
  expect(signing.exitCode).toBe(1);
  expect(verdicts(signing)).toEqual(names.map(() => 'error REGISTRY_INVALID'));
  // Each for its own fault, and not because another image of the step stopped it.
  const messages = resultsOf(signing).images.map(({ message }: Json) => message);
  expect(messages.filter((message: string) => message.includes('because of'))).toEqual([]);
  expect(world.sigstore.rekorV1.size()).toBe(before);
  expect(
    trees.flatMap(({ on, root, seen }) => [
      ...world.referrers({ ...on, ...root }),
      ...world.referrers({ ...on, ...seen }),
    ]),
  ).toEqual([]);

  // Everything but the hidden image is signed.
  for (const { on, seen, root, others } of trees) on.sign(seen, root, ...others);
  const run = await verify(images);
  expect(Object.fromEntries(names.map((name, at) => [name, verdicts(run)[at]]))).toEqual(
    Object.fromEntries(names.map((name) => [name, 'error REGISTRY_INVALID'])),
  );
  expect(run).toMatchObject({ exitCode: 1, outputs: { verified: 'false', images: '' } });
});

test('the same trees without the trick are signed with every image, and pass', async () => {
  const plain = shelf('plain');
  const [one, two, three] = [plain.image('1'), plain.image('2'), plain.image('3')];
  const flat = plain.index([
    { ...one, platform: AMD64 },
    { ...two, platform: { os: 'linux', architecture: 'arm64' } },
  ]);
  const nested = plain.index([{ ...three, platform: AMD64 }]);
  const deep = plain.index([{ ...one, platform: AMD64 }, nested]);
  const untyped = plain.put({ schemaVersion: 2, manifests: [{ ...two, platform: AMD64 }] });
  const list = plain.index([untyped]);
  const images = [flat, deep, list].map(plain.pinned);
  const signing = await world.sign({ images: images.join('\n'), recursive: 'true' });
  expect(signing.exitCode, shown(signing)).toBe(0);
  for (const descriptor of [flat, deep, list, one, two, three, nested, untyped]) {
    expect(world.bundles({ ...plain, ...descriptor })).toHaveLength(1);
  }
  const run = await verify(images);
  expect(run.outputs, shown(run)).toMatchObject({ verified: 'true', images: images.join('\n') });
  expect(resultsOf(run).images.map(({ platforms }: Json) => platforms.length)).toEqual([2, 3, 2]);
});

test('the annotation of an attestation hides no image, whatever its platform says', async () => {
  const on = shelf('annotated');
  const [seen, hidden] = [on.image('seen'), on.image('hidden')];
  const root = on.index([seen, { ...hidden, platform: UNKNOWN, annotations: ATTESTATION }]);
  on.sign(root, seen);
  expect(verdicts(await verify([on.pinned(root)]))).toEqual(['fail NO_SIGNATURE']);
  on.sign(hidden);
  expect(verdicts(await verify([on.pinned(root)]))).toEqual(['pass null']);
});

test('an entry that is neither image nor index is skipped by name, in both actions; one that is missing stops', async () => {
  const on = shelf('foreign');
  const image = on.image('1');
  const notes = on.put({ text: 'release notes' }, FOREIGN);
  const blob = on.put('\u0000binary', 'application/octet-stream');
  const root = on.index([{ ...image, platform: AMD64 }, notes, blob]);
  const signing = await world.sign({ images: on.pinned(root), recursive: 'true' });
  expect(signing.exitCode, shown(signing)).toBe(0);
  expect(world.referrers({ ...on, ...notes })).toEqual([]);
  const run = await verify([on.pinned(root)]);
  expect(run.outputs['verified'], shown(run)).toBe('true');
  const schema = JSON.parse(await readFile(new URL('../../docs/results.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);
  for (const one of [signing, run]) {
    expect(resultsOf(one).images[0].platforms).toMatchObject([{ digest: image.digest, verdict: 'pass' }]);
    expect(resultsOf(one).images[0].skipped).toEqual([
      { platform: 'unknown', digest: notes.digest, mediaType: FOREIGN },
      { platform: 'unknown', digest: blob.digest, mediaType: 'application/octet-stream' },
    ]);
    expect(validate(resultsOf(one)), JSON.stringify(validate.errors)).toBe(true);
    for (const text of [one.log.join('\n'), one.summary]) {
      expect(text).toContain(notes.digest);
      expect(text).toContain('neither an image nor an index');
    }
  }

  const gone = { mediaType: FOREIGN, digest: digestOfBytes(Buffer.from('gone')), size: 4 };
  const lacking = on.index([image, gone]);
  on.sign(lacking);
  expect(verdicts(await verify([on.pinned(lacking)]))).toEqual(['error IMAGE_NOT_FOUND']);
});

test('an index bomb is as many requests as it has documents', async () => {
  const on = shelf('bomb');
  const image = on.image('1');
  const times = (entry: Json): Json[] => Array.from({ length: 256 }, () => entry);
  const documents = [image];
  for (let depth = 0; depth < 4; depth += 1) documents.push(on.index(times(documents.at(-1))));
  const root = documents.at(-1);
  on.sign(root);
  const before = world.log.requests().length;
  const run = await verify([on.pinned(root)]);
  const asked = world.log
    .requests()
    .slice(before)
    .filter(({ path }) => path.includes(on.repository));
  // Each document once, besides the first answer that asks for a login and the manifest of the signature.
  expect(asked.filter(({ path }) => /\/manifests\/sha256:/.test(path)).length).toBeLessThanOrEqual(
    documents.length + 2,
  );
  // Signatures of each digest lie in three places.
  expect(asked.length).toBeLessThanOrEqual(documents.length * 5);
  expect(verdicts(run)).toEqual(['fail NO_SIGNATURE']);
  on.sign(...documents.slice(0, -1));
  expect(verdicts(await verify([on.pinned(root)]))).toEqual(['pass null']);

  const deeper = on.index(times(root));
  expect(verdicts(await verify([on.pinned(deeper)]))).toEqual(['error REGISTRY_INVALID']);
});
