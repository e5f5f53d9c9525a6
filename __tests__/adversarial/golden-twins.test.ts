import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedFolder } from '../../sandbox/registry/seed.ts';
import { BUNDLE_V03, OCI_CONFIG, OCI_INDEX, OCI_MANIFEST, SIMPLE_SIGNING } from '../../src/domain/image/media-types.ts';
import { type Twin, twinsOf } from '../unit/verifying/twins.ts';
import { isOpen, type Lab, RELEASE, startLab } from './in-process-gate.ts';
import type { Json } from './signature-seeds.ts';

/*
 * Golden signatures as they lie in a registry: the referrer manifest, its descriptor in the listing, the
 * `.sig` manifest. (The bundle's own fields have their matrix in __tests__/unit/verifying.)
 */

const GOLDEN = join(import.meta.dirname, '../fixtures/golden');
const read = (folder: string, name: string): Buffer => readFileSync(join(GOLDEN, folder, name));
const readJson = (folder: string, name: string): Json => JSON.parse(read(folder, name).toString('utf8'));

let lab: Lab;
let counter = 0;

beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab[Symbol.asyncDispose]());

const ACCEPTING = {
  'certificate-identity': RELEASE.subject,
  'certificate-oidc-issuer': 'http://127.0.0.1:8000',
} as const;

const inputsFor = (root: string) => ({ ...ACCEPTING, 'trusted-root': read('trust', root).toString('utf8') });

/** What one twin looks like in a registry; `listing` replaces the answer of its referrers API. */
interface Stored {
  readonly name: string;
  readonly store: (repository: string) => { readonly subject: string; readonly listing?: readonly unknown[] };
}

/** Stores every twin in a repository of its own and asks the gate about all at once: its verdicts, in order. */
async function askAll(root: string, twins: readonly Stored[]): Promise<{ name: string; decided: string }[]> {
  const listings = new Map<string, readonly unknown[]>();
  const references = twins.map(({ store }) => {
    counter += 1;
    const repository = `acme/golden-${counter}`;
    const { subject, listing } = store(repository);
    if (listing !== undefined) listings.set(`/v2/${repository}/referrers/${subject}`, listing);
    return `${lab.host}/${repository}@${subject}`;
  });
  lab.setFaults([
    {
      match: ({ url }) => listings.has(url.pathname),
      times: 'always',
      action: {
        reply: ({ url }) => ({
          status: 200,
          headers: [['Content-Type', OCI_INDEX]],
          body: JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: listings.get(url.pathname) }),
        }),
      },
    },
  ]);
  const run = await lab.verify({ images: references.join('\n'), ...inputsFor(root) });
  lab.setFaults([]);
  expect(run.results.images).toHaveLength(twins.length);
  // One refused image closes the gate for all of them.
  expect(isOpen(run)).toBe(run.results.images.every(({ verdict }) => verdict === 'pass'));
  return run.results.images.map(({ verdict, reason, reference }, index) => {
    expect(reference).toBe(references[index]);
    return { name: twins[index]?.name ?? '', decided: `${verdict} ${reason ?? ''}`.trim() };
  });
}

const MANIFEST_FOLDERS = [
  { folder: 'cosign3-bundle-v1', root: 'trusted_root.json' },
  { folder: 'cosign3-bundle-tsa', root: 'trusted_root-tsa.json' },
];

/** Only the manifest's bundle layer and its subject are read of a referrer; the rest is others' business. */
const MANIFEST_MAY_PASS: readonly { readonly where: RegExp; readonly change: RegExp; readonly why: string }[] = [
  {
    where: /^annotations(\.|$)/,
    change: /./,
    why: 'annotations of the manifest are unsigned hints of a registry’s listing; the bundle says what it is',
  },
  {
    where: /^artifactType$/,
    change: /./,
    why: 'old clients and registries write wrong artifact types; the layer says what it is, the bundle proves it',
  },
  { where: /^config\./, change: /./, why: 'the config is the empty blob, never fetched' },
  { where: /^config$/, change: /unknown field/, why: 'the config is never fetched' },
  {
    where: /^mediaType$/,
    change: /^(removed|null)$/,
    why: 'optional in the image-spec; the Content-Type says the same',
  },
  {
    where: /^layers\.0\.(size|mediaType|annotations)$/,
    change: /./,
    why: 'the size is never trusted; the digest is. Any bundle media type is parsed as a bundle',
  },
  {
    where: /^layers\.0$/,
    change: /unknown field/,
    why: 'an unknown field of a descriptor is allowed by the image-spec',
  },
  {
    where: /^subject\.(size|mediaType)$/,
    change: /./,
    why: 'only its digest names the subject, which the bundle proves',
  },
  {
    where: /^subject$/,
    change: /^(removed|null|with an unknown field)$/,
    why: 'the API that listed it said so; the signed statement is what binds it',
  },
];

function maySurvive(twin: Twin): boolean {
  return MANIFEST_MAY_PASS.some(({ where, change }) => where.test(twin.path) && change.test(twin.change));
}

describe('every field of a golden referrer manifest changed, emptied, removed or swapped', () => {
  const others = Object.fromEntries(MANIFEST_FOLDERS.map(({ folder }) => [folder, readJson(folder, 'manifest.json')]));

  test.each(MANIFEST_FOLDERS)('$folder', async ({ folder, root }) => {
    const manifest = readJson(folder, 'manifest.json');
    const twins = twinsOf(manifest, others).filter(({ change }) => change !== `swapped with that of ${folder}`);
    expect(twins.length).toBeGreaterThan(150);
    const { store } = lab.registry;
    const answers = await askAll(
      root,
      twins.map((twin) => ({
        name: `${twin.path} ${twin.change}${maySurvive(twin) ? ' (may pass)' : ''}`,
        store: (repository) => {
          const subject = store.putManifest(repository, read(folder, 'subject-manifest.json'), OCI_MANIFEST);
          store.putBlob(repository, read(folder, 'bundle.json'));
          const digest = store.putManifest(repository, JSON.stringify(twin.value), OCI_MANIFEST);
          // Listed, whatever its subject says now.
          return { subject, listing: [{ mediaType: OCI_MANIFEST, digest, size: 1, artifactType: BUNDLE_V03 }] };
        },
      })),
    );
    const refusals = /^(fail (SIGNATURE_INVALID|NO_SIGNATURE)|error REGISTRY_(UNAVAILABLE|INVALID))$/;
    const wrong = answers.filter(({ name, decided }) =>
      decided === 'pass' ? !name.endsWith(' (may pass)') : !refusals.test(decided),
    );
    expect(wrong).toEqual([]);
    expect(answers.filter(({ decided }) => decided !== 'pass').length).toBeGreaterThan(50);
  });
});

/** What may be changed in the descriptor of a listing: all but its digest. */
describe('every field of a golden referrer’s descriptor in the listing changed', () => {
  test('only the digest leads to the signature; nothing else of the descriptor is believed', async () => {
    const folder = 'cosign3-bundle-v1';
    const original = {
      mediaType: OCI_MANIFEST,
      size: 1,
      artifactType: BUNDLE_V03,
      annotations: { 'dev.sigstore.bundle.content': 'dsse-envelope' },
    };
    const twins = ['mediaType', 'size', 'artifactType', 'annotations', 'digest'].flatMap((path) =>
      [undefined, null, '', 'x', 0, -1, [], {}, `sha256:${'0'.repeat(64)}`].map((value) => ({ path, value })),
    );
    const answers = await askAll(
      'trusted_root.json',
      twins.map(({ path, value }) => ({
        name: `${path} = ${JSON.stringify(value)}`,
        store: (repository) => {
          const { subject, signature } = seedFolder(lab.registry.store, repository, join(GOLDEN, folder));
          return { subject, listing: [{ ...original, digest: signature, [path]: value }] };
        },
      })),
    );
    const expected = (name: string): string => {
      if (!name.startsWith('digest')) return 'pass';
      // An entry that names nothing is unreadable; one that names what is not there is an outage.
      return name.includes('sha256') ? 'error REGISTRY_UNAVAILABLE' : 'fail SIGNATURE_INVALID';
    };
    expect(answers.filter(({ name, decided }) => decided !== expected(name))).toEqual([]);
  });
});

const LAYER_MAY_PASS: readonly { readonly where: RegExp; readonly change: RegExp; readonly why: string }[] = [
  {
    where: /^config(\.|$)/,
    change: /./,
    why: 'the config of a .sig manifest is never read; one that is no descriptor is refused',
  },
  { where: /^mediaType$/, change: /^(removed|null|emptied)$/, why: 'the Content-Type says it' },
  { where: /^layers\.\d\.size$/, change: /./, why: 'the size is never trusted; the digest is' },
  { where: /^layers\.\d$/, change: /unknown field/, why: 'unknown fields are allowed by the image-spec' },
  {
    where: /^layers\.\d\.annotations\.dev\.sigstore\.cosign\/chain$/,
    change: /./,
    why: 'the chain annotation is never read: the trusted root holds the chain',
  },
  { where: /^layers\.\d\.annotations$/, change: /unknown field/, why: 'annotations of other tools' },
  {
    where: /^layers\.\d\.annotations\.dev\.sigstore\.cosign\/certificate$/,
    change: /^shorter$/,
    why: 'without the last line break the PEM is the same certificate',
  },
  {
    where: /^layers$/,
    change: /^doubled$/,
    why: 'the same good signature twice',
  },
];

describe('every field of a golden .sig manifest changed, emptied or removed', () => {
  test.each([{ folder: 'cosign3-legacy' }, { folder: 'cosign2-legacy' }])('$folder', async ({ folder }) => {
    const manifest = readJson(folder, 'manifest.json');
    const twins = twinsOf(manifest);
    expect(twins.length).toBeGreaterThan(100);
    const { store } = lab.registry;
    const mayPass = (twin: Twin): boolean =>
      LAYER_MAY_PASS.some(({ where, change }) => where.test(twin.path) && change.test(twin.change));
    const answers = await askAll(
      'trusted_root.json',
      twins.map((twin) => ({
        name: `${twin.path} ${twin.change}${mayPass(twin) ? ' (may pass)' : ''}`,
        store: (repository) => {
          const { subject } = seedFolder(store, repository, join(GOLDEN, folder));
          const digest = store.putManifest(repository, JSON.stringify(twin.value), OCI_MANIFEST);
          store.setTag(repository, `${subject.replace(':', '-')}.sig`, digest);
          return { subject };
        },
      })),
    );
    const wrong = answers.filter(({ name, decided }) =>
      decided === 'pass'
        ? !name.endsWith(' (may pass)')
        : !/^(fail |error REGISTRY_(UNAVAILABLE|INVALID))/.test(decided),
    );
    expect(wrong).toEqual([]);
    expect(answers.filter(({ decided }) => decided !== 'pass').length).toBeGreaterThan(50);
  });
});

test('no byte of a golden bundle as it is stored can change', async () => {
  const folder = 'cosign3-bundle-v1-notsa';
  const bytes = read(folder, 'bundle.json');
  const { store } = lab.registry;
  const positions = Array.from({ length: 120 }, (_, index) => Math.floor((index * bytes.length) / 120));
  const twins = [undefined, ...positions].map(
    (position): Stored => ({
      name: position === undefined ? 'unchanged' : `byte ${position}`,
      store: (repository) => {
        const subject = store.putManifest(repository, read(folder, 'subject-manifest.json'), OCI_MANIFEST);
        const twin = Buffer.from(bytes);
        if (position !== undefined) twin[position] = (twin[position] ?? 0) ^ 1;
        lab.attach(repository, subject, twin);
        return { subject };
      },
    }),
  );
  const passed = (await askAll('trusted_root.json', twins)).filter(({ decided }) => decided === 'pass');
  expect(passed.map(({ name }) => name)).toEqual(['unchanged']);
});

describe('a golden signature under the wrong roof', () => {
  const folders = readdirSync(GOLDEN).filter((name) => existsSync(join(GOLDEN, name, 'bundle.json')));

  test('a bundle as a simple-signing layer is no signature, and a layer with another’s annotations neither', async () => {
    const { store } = lab.registry;
    const tag = (repository: string, subject: string, manifest: unknown): { subject: string } => {
      const digest = store.putManifest(repository, JSON.stringify(manifest), OCI_MANIFEST);
      store.setTag(repository, `${subject.replace(':', '-')}.sig`, digest);
      return { subject };
    };
    const answers = await askAll('trusted_root.json', [
      ...folders.map((folder) => ({
        name: folder,
        store: (repository: string) => {
          const subject = store.putManifest(repository, read(folder, 'subject-manifest.json'), OCI_MANIFEST);
          const bundle = read(folder, 'bundle.json');
          const digest = store.putBlob(repository, bundle);
          const config = { mediaType: OCI_CONFIG, digest: store.putBlob(repository, '{}'), size: 2 };
          const layers = [{ mediaType: SIMPLE_SIGNING, digest, size: bundle.length, annotations: {} }];
          return tag(repository, subject, { schemaVersion: 2, mediaType: OCI_MANIFEST, config, layers });
        },
      })),
      {
        name: 'payload of cosign2-legacy, signature of cosign3-legacy',
        store: (repository: string) => {
          const { subject } = seedFolder(store, repository, join(GOLDEN, 'cosign2-legacy'));
          const manifest = readJson('cosign2-legacy', 'manifest.json');
          manifest.layers[0].annotations = readJson('cosign3-legacy', 'manifest.json').layers[0].annotations;
          return tag(repository, subject, manifest);
        },
      },
    ]);
    expect(answers.length).toBe(folders.length + 1);
    for (const { name, decided } of answers) expect(decided, name).toBe('fail SIGNATURE_INVALID');
  });
});
