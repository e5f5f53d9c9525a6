import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type FaultRule, on } from '../../sandbox/http/faults.ts';
import type { Reply } from '../../sandbox/http/serve.ts';
import { buildIndex } from '../../sandbox/registry/image-builder.ts';
import type { Quirks } from '../../sandbox/registry/quirks.ts';
import { seedReferrer, tagReferrers } from '../../sandbox/registry/seed.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { startWorld, type World } from '../../sandbox/world.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03, OCI_INDEX, OCI_MANIFEST } from '../../src/domain/image/media-types.ts';
import type { Results } from '../../src/domain/results.ts';
import { withoutProcesses } from '../in-process.ts';
import { goodBundle, goodLayer, putLayers, putSignatureTag, tamperedBundle, tamperedLayer } from './signature-seeds.ts';

/*
 * Documents that two readers read differently, documents that cost more than they are worth, and crowds; a few of each
 * kind through the committed dist/, the others in this process.
 */

let world: World;
/** The same world, whose runs happen in this process. */
let here: World;
const faults: FaultRule[] = [];
let counter = 0;

beforeAll(async () => {
  world = await startWorld({ auth: 'none', registryFaults: faults });
  here = withoutProcesses(world);
});
afterAll(() => world.close());
afterEach(() => {
  faults.length = 0;
  for (const name of Object.keys(world.registry.quirks)) delete world.registry.quirks[name as keyof Quirks];
});

interface Image {
  readonly repository: string;
  readonly digest: Digest;
  readonly reference: string;
}

/** A two-platform image in a repository of its own; `spell` writes its index in another way. */
function putImage(spell: (index: string) => string = (index) => index, type: string = OCI_INDEX): Image {
  counter += 1;
  const repository = `acme/ambiguous-${counter}`;
  const { store } = world.registry;
  const built = buildIndex({ content: repository });
  for (const blob of built.blobs) store.putBlob(repository, blob);
  for (const one of built.manifests) store.putManifest(repository, one.bytes, one.mediaType);
  const index = Buffer.from(store.getManifest(repository, built.digest)?.bytes ?? '').toString('utf8');
  const digest = store.putManifest(repository, spell(index), type) as Digest;
  return { repository, digest, reference: `${world.host}/${repository}@${digest}` };
}

const attach = ({ repository, digest }: Image, bundle: unknown): string =>
  seedReferrer(world.registry.store, repository, digest, {
    artifactType: BUNDLE_V03,
    layer: typeof bundle === 'string' ? bundle : JSON.stringify(bundle),
  });

const good = (image: Image): string => attach(image, goodBundle(world.sigstore, image.digest));
const tampered = (image: Image): string => attach(image, tamperedBundle(world.sigstore, image.digest));

interface Decided {
  readonly run: RunResult;
  readonly results: Results;
  /** Of each image: verdict and reason. */
  readonly decisions: readonly string[];
  /** `GET /v2/…` of the run, to the registry. */
  readonly requests: readonly string[];
}

async function verify(
  images: string,
  inputs: Readonly<Record<string, string>> = {},
  by: World = here,
): Promise<Decided> {
  const before = world.log.requests().length;
  const run = await by.verify({
    images,
    'source-repository': 'octo-org/octo-repo',
    workflow: '.github/workflows/release.yml',
    'source-ref': 'refs/heads/main',
    'certificate-oidc-issuer': world.sigstore.issuer,
    'wait-for': '0s',
    'retry-for': '3s',
    ...inputs,
  });
  const path = run.outputs['report-path'];
  const results = (
    path ? JSON.parse(await readFile(path, 'utf8')) : { schemaVersion: 2, verified: false, images: [] }
  ) as Results;
  const decisions = results.images.map(({ verdict, reason }) => `${verdict} ${reason ?? ''}`.trim());
  const isOpen = run.exitCode === 0 || run.outputs['verified'] === 'true' || run.outputs['images'] !== '';
  expect(isOpen, run.log.join('\n')).toBe(decisions.length > 0 && decisions.every((one) => one === 'pass'));
  const requests = world.log
    .requests()
    .slice(before)
    .map(({ method, path: asked }) => `${method} ${asked}`);
  return { run, results, decisions, requests };
}

const decisionsOf = async (...asked: Parameters<typeof verify>) => (await verify(...asked)).decisions;

const reply = (body: string | Uint8Array, type: string): Reply => ({
  status: 200,
  headers: [['Content-Type', type]],
  body,
});

/** The body of every answer to these requests in another spelling. */
function respell(match: RegExp, spell: (body: string) => string): void {
  const change = (sent: Reply): Reply => ({ ...sent, body: spell(Buffer.from(sent.body ?? '').toString('utf8')) });
  faults.push({ match: on('GET', match), times: 'always', action: { change } });
}

// What Go's encoding/json reads at these places is not what JavaScript reads.
const SPELLINGS: readonly { readonly what: string; readonly spell: (index: string) => string }[] = [
  { what: '"Manifests" beside "manifests"', spell: (index) => index.replace(/\}$/, ',"Manifests":[]}') },
  { what: '"manifeſts" beside "manifests"', spell: (index) => index.replace(/\}$/, ',"manifeſts":[]}') },
  { what: '"manifests" twice', spell: (index) => index.replace(/\}$/, ',"manifests":[]}') },
  { what: '"manifests" twice, once escaped', spell: (index) => index.replace(/\}$/, ',"manifest\\u0073":[]}') },
  { what: '"Digest" beside "digest"', spell: (index) => index.replace('"digest":', '"Digest":"sha256:0","digest":') },
  { what: '"OS" beside "os"', spell: (index) => index.replace('"os":', '"OS":"unknown","os":') },
  { what: '"MediaType" beside "mediaType"', spell: (index) => index.replace(/\}$/, `,"MediaType":"${OCI_MANIFEST}"}`) },
  { what: '"Manifests" alone', spell: (index) => index.replace('"manifests"', '"Manifests"') },
  { what: 'an empty "layers" beside "manifests"', spell: (index) => index.replace(/\}$/, ',"layers":null}') },
];

describe('an index that two readers read differently', () => {
  test.each(SPELLINGS)('with $what is refused, and the same index spelled one way passes', async ({ spell }) => {
    const [plain, odd] = [putImage((index) => index), putImage(spell)];
    for (const image of [plain, odd]) {
      good(image);
      const { store } = world.registry;
      for (const { digest, json } of store.manifests(image.repository)) {
        if (Array.isArray(json['layers']) && json['subject'] === undefined)
          good({ ...image, digest: digest as Digest });
      }
    }
    const { run, decisions } = await verify([plain, odd].map(({ reference }) => reference).join(), {
      recursive: 'true',
    });
    expect(decisions).toEqual(['pass', 'error REGISTRY_INVALID']);
    expect(run.exitCode).toBe(1);
  });

  test('is not signed either', async () => {
    for (const { spell } of SPELLINGS.slice(0, 3)) {
      const image = putImage(spell);
      const run = await here.sign({ images: image.reference, recursive: 'true' });
      expect(run.exitCode).toBe(1);
      expect(run.log.join('\n')).toContain('REGISTRY_INVALID');
      expect(world.registry.store.referrers(image.repository, image.digest)).toEqual([]);
    }
  });

  test('without mediaType, pushed and served as an image manifest, is refused', async () => {
    const image = putImage((index) => index.replace(/"mediaType":"[^"]*index[^"]*",/, ''), OCI_MANIFEST);
    good(image);
    expect(await decisionsOf(image.reference, { recursive: 'true' }, world)).toEqual(['error REGISTRY_INVALID']);
  });

  test.each(['{"schemaVersion":2}', `{"schemaVersion":2,"mediaType":"${OCI_MANIFEST}"}`])(
    'is neither: %s is no image',
    async (body) => {
      const image = putImage(() => body, OCI_MANIFEST);
      good(image);
      expect(await decisionsOf(image.reference, { recursive: 'true' })).toEqual(['error REGISTRY_INVALID']);
    },
  );
});

const ENTRY = { mediaType: OCI_MANIFEST, digest: `sha256:${'0'.repeat(64)}`, size: 1 };
const BAD_ENTRIES: readonly { readonly what: string; readonly entry: string }[] = [
  { what: 'no digest', entry: '{"mediaType":"a/b","size":1}' },
  { what: 'a digest of another algorithm', entry: `{"digest":"sha512:${'0'.repeat(128)}"}` },
  { what: 'no object', entry: '7' },
  { what: 'a second digest', entry: JSON.stringify(ENTRY).replace('"digest"', '"digest":"sha256:1","digest"') },
  { what: 'a second digest for Go', entry: JSON.stringify({ ...ENTRY, Digest: 'sha256:1' }) },
  { what: 'a digest for Go alone', entry: JSON.stringify({ Digest: ENTRY.digest }) },
  { what: 'an annotation twice', entry: JSON.stringify(ENTRY).replace('}', ',"annotations":{"a":"1","a":"2"}}') },
  { what: 'half of a surrogate pair', entry: JSON.stringify(ENTRY).replace('}', ',"annotations":{"a":"\\ud800"}}') },
];

describe('a listing with one bad entry loses that entry only', () => {
  test.each(BAD_ENTRIES)('$what', async ({ entry }) => {
    for (const place of ['api', 'tag'] as const) {
      faults.length = 0;
      const images = { good: putImage(), tampered: putImage(), alone: putImage() };
      good(images.good);
      tampered(images.tampered);
      if (place === 'tag') {
        Object.assign(world.registry.quirks, { referrers: 'not-found' });
        for (const { repository, digest } of Object.values(images)) {
          tagReferrers(world.registry.store, repository, digest);
        }
      }
      const addEntry = (body: string) => body.replace(/"manifests":\[/, `"manifests":[${entry},`).replace(',]', ']');
      if (place === 'api') respell(/\/referrers\//, addEntry);
      else for (const image of Object.values(images)) respellTag(image, addEntry);
      const { decisions, run } = await verify(
        Object.values(images)
          .map(({ reference }) => reference)
          .join(),
      );
      expect(decisions, place).toEqual(['pass', 'fail SIGNATURE_INVALID', 'fail SIGNATURE_INVALID']);
      expect(run.summary, place).toContain('entry 1');
    }
  });

  /** Writes the referrers tag of an image anew. */
  function respellTag({ repository, digest }: Image, spell: (body: string) => string): void {
    const { store } = world.registry;
    const tag = digest.replace(':', '-');
    const bytes = store.getManifest(repository, store.getTag(repository, tag) ?? '')?.bytes ?? '';
    store.setTag(repository, tag, store.putManifest(repository, spell(Buffer.from(bytes).toString('utf8')), OCI_INDEX));
  }

  test('a flaw of the list itself fails the place, and an accepted signature elsewhere decides all the same', async () => {
    const images = [putImage(), putImage()] as const;
    good(images[0]);
    good(images[1]);
    putSignatureTag(world.registry.store, images[1].repository, images[1].digest, [
      goodLayer(world.sigstore, images[1].digest),
    ]);
    respell(/\/referrers\//, (body) => body.replace(/\}$/, ',"Manifests":[]}'));
    expect(await decisionsOf(images.map(({ reference }) => reference).join())).toEqual([
      'error REGISTRY_INVALID',
      'pass',
    ]);
  });
});

describe('layers that two readers read differently', () => {
  const twice = (manifest: string) => manifest.replace('"layers":[{', '"layers":[{"digest":"sha256:0",');
  const twin = (manifest: string) => manifest.replace('"layers":[{', '"layers":[{"Digest":"sha256:0",');

  test.each([
    { where: 'a .sig tag', subject: false },
    { where: 'a referrer as cosign’s oci-1-1 experiment writes it', subject: true },
  ])('in $where lose themselves only', async ({ subject }) => {
    const { store } = world.registry;
    const put = (layers: Parameters<typeof putLayers>[2], spell: (manifest: string) => string): Image => {
      const image = putImage();
      const { repository, digest } = image;
      const made = putLayers(store, repository, layers, subject ? digest : undefined);
      const bytes = Buffer.from(store.getManifest(repository, made)?.bytes ?? '').toString('utf8');
      store.deleteManifest(repository, made);
      const spelled = store.putManifest(repository, spell(bytes), OCI_MANIFEST);
      if (!subject) store.setTag(repository, `${digest.replace(':', '-')}.sig`, spelled);
      return image;
    };
    for (const spell of [twice, twin]) {
      const layers = (image: Digest) => [goodLayer(world.sigstore, image), goodLayer(world.sigstore, image)];
      const broken = (image: Digest) => [goodLayer(world.sigstore, image), tamperedLayer(world.sigstore, image)];
      // Every image here has the same bytes but its name, so its digest must be known before its layers are made.
      const images = [layers, broken].map((make) => {
        const { digest } = putImage();
        counter -= 1;
        return put(make(digest), spell);
      });
      expect(await decisionsOf(images.map(({ reference }) => reference).join())).toEqual([
        'pass',
        'fail SIGNATURE_INVALID',
      ]);
    }
  });
});

describe('what is written again', () => {
  test.each([
    { what: 'an index', format: 'bundle', suffix: '' },
    { what: 'a .sig tag', format: 'legacy', suffix: '.sig' },
  ] as const)('$what with something that writing would lose is left alone', async ({ format, suffix }) => {
    Object.assign(world.registry.quirks, { referrers: 'not-found' });
    const { store } = world.registry;
    for (const spell of [
      (body: string) => body.replace(/\}$/, ',"annotations":{"a":"1","a":"2"}}'),
      (body: string) => body.replace(/\}$/, ',"annotations":{"a":"\\ud800"}}'),
      (body: string) => body.replace(/\}$/, suffix === '' ? ',"Manifests":[]}' : ',"Layers":[]}'),
    ]) {
      const image = putImage();
      const { repository, digest } = image;
      if (suffix === '') {
        good(image);
        tagReferrers(store, repository, digest);
      } else {
        putSignatureTag(store, repository, digest, [goodLayer(world.sigstore, digest)]);
      }
      const tag = `${digest.replace(':', '-')}${suffix}`;
      const stored = store.getManifest(repository, store.getTag(repository, tag) ?? '');
      const odd = store.putManifest(
        repository,
        spell(Buffer.from(stored?.bytes ?? '').toString('utf8')),
        stored?.mediaType ?? '',
      );
      store.setTag(repository, tag, odd);
      const run = await here.sign({ images: image.reference, format, 'if-signed': 'sign' });
      expect(run.log.join('\n')).toContain('REGISTRY_INVALID');
      expect(run.exitCode).toBe(1);
      expect(store.getTag(repository, tag)).toBe(odd);
    }
  });

  test('an index with an entry that reads differently elsewhere keeps that entry as it is', async () => {
    Object.assign(world.registry.quirks, { referrers: 'not-found' });
    const { store } = world.registry;
    const { repository, digest, reference } = putImage();
    const tag = digest.replace(':', '-');
    const note = seedReferrer(store, repository, digest, { layer: 'note' });
    const size = store.getManifest(repository, note)?.bytes.length;
    const entry = { mediaType: OCI_MANIFEST, digest: note, size, Digest: 'sha256:1', 'x-unknown': { a: 1 } };
    const index = JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [entry] });
    store.setTag(repository, tag, store.putManifest(repository, index, OCI_INDEX));
    const run = await here.sign({ images: reference });
    expect(run.exitCode, run.log.join('\n')).toBe(0);
    const written = store.getManifest(repository, store.getTag(repository, tag) ?? '')?.json['manifests'] as unknown[];
    expect(written, run.log.join('\n')).toHaveLength(2);
    expect(written[0]).toEqual(entry);
  });
});

describe('a bundle or trusted root that two readers read differently', () => {
  const twins: readonly (readonly [string, (bundle: string) => string])[] = [
    ['"message_signature"', (bundle) => bundle.replace(/\}$/, ',"message_signature":{}}')],
    ['"dsse_envelope"', (bundle) => bundle.replace(/\}$/, ',"dsse_envelope":{}}')],
    ['"DsseEnvelope"', (bundle) => bundle.replace(/\}$/, ',"DsseEnvelope":{}}')],
    ['"dsseEnvelope" twice', (bundle) => bundle.replace('"dsseEnvelope":', '"dsseEnvelope":{},"dsseEnvelope":')],
    ['"tlog_entries"', (bundle) => bundle.replace('"tlogEntries":', '"tlog_entries":[],"tlogEntries":')],
    [
      '"payloadType" and "PAYLOADTYPE"',
      (bundle) => bundle.replace('"payloadType":', '"PAYLOADTYPE":"","payloadType":'),
    ],
  ];

  test('is refused; the bundle as it was passes', async () => {
    const images = [undefined, ...twins].map((spelling) => {
      const image = putImage();
      const bundle = JSON.stringify(goodBundle(world.sigstore, image.digest));
      attach(image, spelling === undefined ? bundle : spelling[1](bundle));
      return image;
    });
    expect(await decisionsOf(images.map(({ reference }) => reference).join(), {}, world)).toEqual([
      'pass',
      ...twins.map(() => 'fail SIGNATURE_INVALID'),
    ]);
  });

  test('an attestation is not one thing here and another there', async () => {
    const spell = (statement: string) => {
      const image = putImage();
      const bundle = goodBundle(world.sigstore, image.digest);
      const payload = Buffer.from(statement).toString('base64');
      attach(image, { ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payload } });
      return image;
    };
    const images = [
      spell('{"predicateType":"https://slsa.dev/provenance/v1"}'),
      spell(
        '{"predicateType":"https://slsa.dev/provenance/v1","predicate_type":"https://sigstore.dev/cosign/sign/v1"}',
      ),
      spell('{"predicateType":"https://slsa.dev/provenance/v1","predicateType":"https://sigstore.dev/cosign/sign/v1"}'),
      // Larger than what is parsed: its type is all that is looked at, and there is only one.
      spell(`{"predicateType":"https://slsa.dev/provenance/v1","predicate":[${'{},'.repeat(50_000)}{}]}`),
      spell(
        `{"predicateType":"https://slsa.dev/provenance/v1","predicate":[${'{},'.repeat(50_000)}{}],"PredicateType":1}`,
      ),
    ];
    expect(await decisionsOf(images.map(({ reference }) => reference).join())).toEqual([
      'fail NO_SIGNATURE',
      'fail SIGNATURE_INVALID',
      'fail SIGNATURE_INVALID',
      'fail NO_SIGNATURE',
      'fail SIGNATURE_INVALID',
    ]);
  });

  test.each([
    ['"ctlogs" twice', (root: string) => root.replace('"ctlogs":', '"ctlogs":[],"ctlogs":')],
    ['"certificate_authorities"', (root: string) => root.replace(/\}\s*$/, ',"certificate_authorities":[]}')],
    ['"Tlogs"', (root: string) => root.replace(/\}\s*$/, ',"Tlogs":[]}')],
    ['"valid_for"', (root: string) => root.replace('"validFor":', '"valid_for":{},"validFor":')],
  ])('a trusted root with %s stops the run', async (_, spell) => {
    const image = putImage();
    good(image);
    const root = JSON.stringify(JSON.parse(world.sigstore.trustedRootJson('all')));
    expect(spell(root)).not.toBe(root);
    expect(await decisionsOf(image.reference, { 'trusted-root': root })).toEqual(['pass']);
    const { run } = await verify(image.reference, { 'trusted-root': spell(root) });
    expect(run.outputs).toMatchObject({ verified: 'false', images: '' });
    expect(run.log.join('\n')).toMatch(/duplicate key|other readers treat as/);
  });
});

describe('a crowd beside a signature', () => {
  const CROWD = 1001;

  function crowd(image: Image, entry: (index: number) => Readonly<Record<string, unknown>>): void {
    const entries = Array.from({ length: CROWD }, (_, index) => ({
      mediaType: OCI_MANIFEST,
      digest: `sha256:${createHash('sha256').update(`${image.digest} ${index}`).digest('hex')}`,
      size: 700,
      ...entry(index),
    }));
    const match = new RegExp(`/referrers/${image.digest}`);
    respell(match, (body) =>
      body.replace(/"manifests":\[/, `"manifests":[${JSON.stringify(entries).slice(1, -1)},`).replace(',]', ']'),
    );
  }
  /** Serves every referrer of the crowd as a note about the image. */
  function serveNotes(image: Image): void {
    const { store } = world.registry;
    for (let index = 0; index < CROWD; index += 1)
      seedReferrer(store, image.repository, image.digest, { layer: `note ${index}` });
  }

  test('1,001 artifacts of a type that nobody knows: the signature is found among the first', async () => {
    const images = { good: putImage(), tampered: putImage(), none: putImage() };
    for (const image of Object.values(images)) serveNotes(image);
    good(images.good);
    tampered(images.tampered);
    const accepted = await verify(images.good.reference, {}, world);
    expect(accepted.decisions).toEqual(['pass']);
    // HEAD and GETs of the token-less registry: listing, .sig tag, the bundle, and fifteen notes.
    expect(accepted.requests.length).toBeLessThanOrEqual(22);
    // Without an accepted one all that may be a signature is read, up to the bound, and the rest is told.
    const refused = await verify(images.tampered.reference);
    expect(refused.decisions).toEqual(['error REGISTRY_INVALID']);
    expect(refused.results.images[0]?.message).toContain('1002 referrers that may be signatures; only 1000 are read');
    expect(refused.requests.length).toBeLessThan(1_010);
    expect((await verify(images.none.reference)).decisions).toEqual(['error REGISTRY_INVALID']);
  });

  test('1,001 nightly attestations neither, and without a signature they are not one that could not be read', async () => {
    const image = putImage();
    const none = putImage();
    good(image);
    for (const one of [image, none]) {
      crowd(one, () => ({
        artifactType: BUNDLE_V03,
        annotations: { 'dev.sigstore.bundle.predicateType': 'https://slsa.dev/provenance/v1' },
      }));
    }
    expect(await decisionsOf(none.reference)).toEqual(['fail NO_SIGNATURE']);
    const { decisions, requests } = await verify(image.reference);
    expect(decisions).toEqual(['pass']);
    expect(requests.length).toBeLessThanOrEqual(22);
  });

  test('1,001 SBOMs and Notary signatures are not fetched at all', async () => {
    const images = [putImage(), putImage()] as const;
    good(images[0]);
    for (const image of images) {
      crowd(image, (index) => ({
        artifactType: index % 2 === 0 ? 'application/spdx+json' : 'application/vnd.cncf.notary.signature',
      }));
    }
    const { decisions, requests } = await verify(images.map(({ reference }) => reference).join());
    expect(decisions).toEqual(['pass', 'fail NO_SIGNATURE']);
    expect(requests.length).toBeLessThanOrEqual(12);
  });

  test('a signature listed under a wrong type is found behind more artifacts than are read at once', async () => {
    const image = putImage();
    for (let index = 0; index < 40; index += 1) {
      seedReferrer(world.registry.store, image.repository, image.digest, { layer: `note ${index}` });
    }
    good(image);
    respell(/\/referrers\//, (body) => body.replaceAll(BUNDLE_V03, 'application/vnd.example.wrong'));
    expect(await decisionsOf(image.reference)).toEqual(['pass']);
  });

  test('signing keeps every entry of a crowd, read or not', async () => {
    Object.assign(world.registry.quirks, { referrers: 'not-found' });
    const { store } = world.registry;
    const image = putImage();
    serveNotes(image);
    const tag = image.digest.replace(':', '-');
    tagReferrers(store, image.repository, image.digest);
    const run = await world.sign({ images: image.reference });
    expect(run.exitCode, run.log.join('\n')).toBe(0);
    const index = store.getManifest(image.repository, store.getTag(image.repository, tag) ?? '')?.json;
    expect(index?.['manifests']).toHaveLength(CROWD + 1);
  });
});

describe('large referrer manifests of one image', () => {
  // Half of them past the bytes, half within the bytes and past the members, that any signature has.
  const FILLS = [4 * 1024 * 1024 - 1000, 1_000_000].map((size) => Buffer.from('{},'.repeat(size / 3)));

  /** Lists and serves that many for an image; made when asked for, as they would fill the memory. */
  function attachLarge({ digest }: Image, count: number): void {
    const bodies = new Map<string, () => Buffer>();
    for (let index = 0; index < count; index += 1) {
      const head = `{"schemaVersion":2,"mediaType":"${OCI_MANIFEST}","subject":{"digest":"${digest}"},"n":${index},"x":[`;
      const fill = FILLS[index % FILLS.length] ?? Buffer.alloc(0);
      const make = () => Buffer.concat([Buffer.from(head), fill, Buffer.from('0]}')]);
      bodies.set(`sha256:${createHash('sha256').update(make()).digest('hex')}`, make);
    }
    const bodyOf = (path: string) => bodies.get(path.split('/').at(-1) ?? '');
    faults.push({
      match: ({ method, url }) => method === 'GET' && bodyOf(url.pathname) !== undefined,
      times: 'always',
      action: { reply: ({ url }) => reply(bodyOf(url.pathname)?.() ?? '', OCI_MANIFEST) },
    });
    const listed = [...bodies.keys()].map((one) => ({ mediaType: OCI_MANIFEST, digest: one, size: 900 }));
    respell(new RegExp(`/referrers/${digest}`), (body) =>
      body.replace(/"manifests":\[/, `"manifests":[${JSON.stringify(listed).slice(1, -1)},`).replace(',]', ']'),
    );
  }

  test('do not make another image fail, and are no signatures', async () => {
    const [signed, crowded, both] = [putImage(), putImage(), putImage()];
    good(signed);
    good(both);
    attachLarge(crowded, 200);
    attachLarge(both, 20);
    const { decisions } = await verify([crowded, signed, both].map(({ reference }) => reference).join(), {}, world);
    expect(decisions).toEqual(['fail NO_SIGNATURE', 'pass', 'pass']);
  });
});
