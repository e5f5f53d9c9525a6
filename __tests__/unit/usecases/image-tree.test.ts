import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Digest, digestOf } from '../../../src/domain/image/digest.ts';
import { formatPinned } from '../../../src/domain/image/reference.ts';
import { NESTING_MAX, TREE_BYTES_MAX, TREE_ENTRIES_MAX } from '../../../src/usecases/examining/image-tree.ts';
import { type RequestedImage, type Resolution, resolveImages } from '../../../src/usecases/examining/resolve-images.ts';
import type { FetchedDocument, Registry } from '../../../src/usecases/ports.ts';
import { testCall } from '../../calls.ts';

const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json';
const FOREIGN = 'application/vnd.acme.notes+json';

interface Entry {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly platform?: { readonly os: string; readonly architecture: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A registry in memory that counts requests, and how many are under way at once. */
class Store {
  readonly asked: string[] = [];
  peak = 0;
  private underWay = 0;
  private readonly documents = new Map<string, FetchedDocument>();

  put(content: unknown, contentType: string, digest?: Digest): Entry {
    const bytes = Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
    const name = digest ?? digestOf(bytes);
    this.documents.set(name, { contentType, bytes });
    return { mediaType: contentType, digest: name };
  }
  image(name: string): Entry {
    return this.put({ schemaVersion: 2, mediaType: OCI_MANIFEST, config: { name }, layers: [] }, OCI_MANIFEST);
  }
  index(manifests: readonly Entry[], mediaType = OCI_INDEX): Entry {
    return this.put({ schemaVersion: 2, mediaType, manifests }, mediaType);
  }

  readonly registry: Registry = {
    ...({} as Registry),
    prepare: () => undefined,
    head: async () => {
      throw new Error('nothing is asked by HEAD under recursive');
    },
    manifest: async (_call, repository, reference) => {
      const found = await this.ask(formatPinned(repository, reference as Digest), reference);
      return found === undefined
        ? undefined
        : { digest: reference as Digest, mediaType: found.contentType, bytes: found.bytes };
    },
    document: (_call, repository, { digest }) => this.ask(formatPinned(repository, digest), digest),
  };

  private async ask(name: string, digest: string): Promise<FetchedDocument | undefined> {
    this.asked.push(name);
    this.underWay += 1;
    this.peak = Math.max(this.peak, this.underWay);
    await new Promise((resolve) => setImmediate(resolve));
    this.underWay -= 1;
    return this.documents.get(digest);
  }
}

const requested = ({ digest }: Entry, path = 'app'): RequestedImage => ({
  original: `registry.example/${path}@${digest}`,
  repository: { registry: 'registry.example', path },
  tag: undefined,
  digest,
  sources: [],
});

const resolve = (store: Store, images: readonly RequestedImage[], concurrency = 4): Promise<Resolution[]> =>
  resolveImages({
    call: testCall(),
    registry: store.registry,
    recursive: true,
    notFoundHint: 'hint',
    images,
    concurrency,
  });

async function resolveOne(store: Store, root: Entry): Promise<Resolution> {
  const [one] = await resolve(store, [requested(root)]);
  if (one === undefined) throw new Error('nothing was resolved');
  return one;
}

async function platformsOf(store: Store, root: Entry): Promise<readonly [string, string][]> {
  const one = await resolveOne(store, root);
  if (one.kind === 'unresolved') throw one.image.error;
  return one.image.platforms.map(({ platform, digest }) => [platform, digest]);
}

const linux = (entry: Entry, architecture: string): Entry => ({ ...entry, platform: { os: 'linux', architecture } });

test('lists nested indexes and their images, each before what it leads to', async () => {
  const store = new Store();
  const [one, two] = [store.image('1'), store.image('2')];
  const nested = store.index([linux(two, 'arm64')]);
  expect(await platformsOf(store, store.index([nested, linux(one, 'amd64')]))).toEqual([
    ['unknown', nested.digest],
    ['linux/arm64', two.digest],
    ['linux/amd64', one.digest],
  ]);
});

test('an image without children has none, and costs one request', async () => {
  const store = new Store();
  expect(await platformsOf(store, store.image('1'))).toEqual([]);
  expect(store.asked).toHaveLength(1);
});

test('names both platforms of one image, and asks for it once', async () => {
  const store = new Store();
  const image = store.image('1');
  const platforms = await platformsOf(
    store,
    store.index([linux(image, 'amd64'), linux(image, '386'), linux(image, '386')]),
  );
  expect(platforms).toEqual([
    ['linux/amd64', image.digest],
    ['linux/386', image.digest],
  ]);
  expect(store.asked).toHaveLength(2);
});

test('images of a run that share children ask for them once; another repository is asked for itself', async () => {
  const store = new Store();
  const shared = store.index([store.image('1'), store.image('2')]);
  const roots = [store.index([shared]), store.index([shared, store.image('3')])];
  await resolve(store, [...roots.map((root) => requested(root)), ...roots.map((root) => requested(root, 'copy'))]);
  expect(store.asked).toHaveLength(2 * (2 + 1 + 3));
  expect(new Set(store.asked).size).toBe(store.asked.length);
});

test('says size and media type of each child as fetched', async () => {
  const store = new Store();
  const image = store.image('1');
  const one = await resolveOne(store, store.index([{ ...image, ...{ size: 1 } }]));
  expect(one).toMatchObject({ image: { platforms: [{ mediaType: OCI_MANIFEST, digest: image.digest }] } });
  const size = one.kind === 'resolved' ? one.image.platforms[0]?.size : undefined;
  expect(size).toBeGreaterThan(50);
});

test('skips foreign entries by name', async () => {
  const store = new Store();
  const notes = store.put({ text: 'x' }, FOREIGN);
  const one = await resolveOne(store, store.index([notes, store.index([linux(notes, 'amd64')]), notes]));
  expect(one).toMatchObject({
    image: {
      platforms: [{ mediaType: OCI_INDEX }],
      skipped: [
        { platform: 'unknown', digest: notes.digest, mediaType: FOREIGN },
        { platform: 'linux/amd64', digest: notes.digest, mediaType: FOREIGN },
      ],
    },
  });
});

describe('refuses', () => {
  const cases: readonly [string, string, (store: Store) => Entry][] = [
    [
      'a child that is missing',
      'IMAGE_NOT_FOUND',
      (store) => store.index([{ ...store.image('1'), digest: digestOf(Buffer.from('gone')) }]),
    ],
    [
      'a child whose bytes are something else',
      'REGISTRY_INVALID',
      (store) => store.index([{ ...store.index([]), mediaType: OCI_MANIFEST }]),
    ],
    [
      'a child that only one of two entries calls what it is',
      'REGISTRY_INVALID',
      (store) => {
        const image = store.image('1');
        return store.index([image, store.index([{ ...image, mediaType: FOREIGN }])]);
      },
    ],
    [
      'a flaw in a nested index',
      'REGISTRY_INVALID',
      (store) => store.index([store.put('{"manifests":[],"Manifests":[]}', OCI_INDEX)]),
    ],
    [
      'a flaw in a child',
      'REGISTRY_INVALID',
      (store) => store.index([store.put('{"layers":[],"Config":{}}', OCI_MANIFEST)]),
    ],
    [
      'a root that is not what the registry calls it',
      'REGISTRY_INVALID',
      (store) => store.put('{"schemaVersion":2}', OCI_MANIFEST),
    ],
  ];
  test.each(cases)('%s', async (_what, code, make) => {
    const store = new Store();
    const one = await resolveOne(store, make(store));
    expect(one.kind === 'unresolved' && one.image.error.code).toBe(code);
  });

  test.each([
    { what: 'indexes in a row', make: nest, cap: NESTING_MAX, says: 'it nests indexes more than' },
    { what: 'entries over the tree', make: wide, cap: TREE_ENTRIES_MAX, says: 'manifests' },
    { what: 'bytes over the tree', make: heavy, cap: TREE_BYTES_MAX, says: 'bytes' },
  ])('one more than $cap $what', async ({ make, cap, says }) => {
    const store = new Store();
    expect((await resolveOne(store, make(store, cap))).kind).toBe('resolved');
    const beyond = await resolveOne(store, make(store, cap + 1));
    expect(beyond).toMatchObject({ kind: 'unresolved', image: { error: { code: 'REGISTRY_INVALID' } } });
    expect(beyond.kind === 'unresolved' && beyond.image.error.message).toContain(says);
  });
});

/** Indexes in a row, the last of which lists an image. */
function nest(store: Store, indexes: number): Entry {
  let entry = store.image('1');
  for (let at = 0; at < indexes; at += 1) entry = store.index([entry]);
  return entry;
}

/** Two levels with this many entries in all. */
function wide(store: Store, entries: number): Entry {
  const images = Array.from({ length: entries - 8 }, (_, at) => store.image(String(at)));
  const eighth = Math.ceil(images.length / 8);
  return store.index(Array.from({ length: 8 }, (_, at) => store.index(images.slice(at * eighth, (at + 1) * eighth))));
}

/** Images that are this many bytes together. */
function heavy(store: Store, bytes: number): Entry {
  const children: Entry[] = [];
  for (let left = bytes; left > 0; left -= 4_000_000) {
    const size = Math.min(left, 4_000_000);
    const text = `{"layers":[],"n":${children.length},"x":""}`;
    const content = text.replace('""', `"${' '.repeat(Math.max(0, size - text.length))}"`);
    children.push(store.put(content, OCI_MANIFEST));
  }
  return store.index(children);
}

test('many entries for few documents are few requests', async () => {
  const store = new Store();
  let entry = store.image('1');
  for (let at = 0; at < NESTING_MAX; at += 1) entry = store.index(Array.from({ length: 256 }, () => entry as Entry));
  expect(await platformsOf(store, entry)).toHaveLength(NESTING_MAX);
  expect(store.asked).toHaveLength(NESTING_MAX + 1);
});

test('a cycle, which no hash allows, comes to an end', async () => {
  const store = new Store();
  const [one, two] = [`sha256:${'1'.repeat(64)}`, `sha256:${'2'.repeat(64)}`] as [Digest, Digest];
  store.put({ manifests: [{ mediaType: OCI_INDEX, digest: two }] }, OCI_INDEX, one);
  const root = store.put({ manifests: [{ mediaType: OCI_INDEX, digest: one }] }, OCI_INDEX, two);
  expect(await platformsOf(store, root)).toEqual([
    ['unknown', one],
    ['unknown', two],
  ]);
});

test.each([1, 3])(
  '%i requests at once over images, levels and platforms, and never waits for itself',
  async (limit) => {
    const store = new Store();
    const roots = Array.from({ length: 6 }, (_, a) =>
      store.index(
        Array.from({ length: 5 }, (_, b) =>
          store.index(Array.from({ length: 4 }, (_, c) => store.image(`${a} ${b} ${c}`))),
        ),
      ),
    );
    const resolved = await resolve(
      store,
      roots.map((root) => requested(root)),
      limit,
    );
    expect(resolved.every((one) => one.kind === 'resolved')).toBe(true);
    expect(store.asked).toHaveLength(6 + 6 * 5 + 6 * 5 * 4);
    expect(store.peak).toBe(limit);
  },
);

// ── any tree ────────────────────────────────────────────────────────────────────────────────────

const CALLED = [OCI_MANIFEST, OCI_INDEX, DOCKER_LIST, FOREIGN] as const;

/** A graph without cycles: a document may list those made before it; sometimes by a wrong type. */
const graphs = fc.array(
  fc.record({
    kind: fc.constantFrom('image', 'index', 'list', 'foreign'),
    children: fc.array(
      fc.record({
        at: fc.nat(100),
        lie: fc.option(fc.constantFrom(...CALLED), { freq: 12 }),
        arm: fc.boolean(),
      }),
      { maxLength: 6 },
    ),
  }),
  { minLength: 1, maxLength: 14 },
);

type Graph = typeof graphs extends fc.Arbitrary<infer Value> ? Value : never;

/** An index that lists the last document of a graph. */
function build(store: Store, graph: Graph): Entry {
  const made: Entry[] = [];
  graph.forEach(({ kind, children }, at) => {
    const entries = children.flatMap(({ at: child, lie, arm }): Entry[] => {
      const entry = made[child % Math.max(1, made.length)];
      if (entry === undefined) return [];
      return [linux(lie === null ? entry : { ...entry, mediaType: lie }, arm ? 'arm64' : 'amd64')];
    });
    const name = `${at} ${kind}`;
    if (kind === 'image') made.push(store.image(name));
    else if (kind === 'foreign') made.push(store.put({ name }, FOREIGN));
    else {
      const mediaType = kind === 'index' ? OCI_INDEX : DOCKER_LIST;
      made.push(store.put({ mediaType, annotations: { name }, manifests: entries }, mediaType));
    }
  });
  return store.index(made.slice(-1));
}

test('any tree: what is judged is what a reader that believes descriptors or bytes would reach', async () => {
  let resolvedTrees = 0;
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      const store = new Store();
      const root = build(store, graph);
      const one = await resolveOne(store, root);
      const asked = [...store.asked];
      expect(new Set(asked).size).toBe(asked.length);
      expect(store.peak).toBeLessThanOrEqual(4);
      if (one.kind === 'unresolved') {
        // A lie or a cap; without either, every tree resolves.
        expect(one.image.error.code).toBe('REGISTRY_INVALID');
        const isHonest = graph.every(({ children }) => children.every(({ lie }) => lie === null));
        if (isHonest && graph.length < NESTING_MAX) throw one.image.error;
        return;
      }
      resolvedTrees += 1;
      const judged = new Set<string>([root.digest, ...one.image.platforms.map(({ digest }) => digest)]);
      for (const believes of ['descriptor', 'bytes'] as const) {
        expect(await walk(store, root, believes)).toEqual(judged);
      }
    }),
    { numRuns: 300 },
  );
  expect(resolvedTrees).toBeGreaterThan(50);
});

/** Every image and index that a program would open: plain recursion over JSON.parse, without any memo. */
async function walk(store: Store, root: Entry, believes: 'descriptor' | 'bytes'): Promise<Set<string>> {
  const opened = new Set<string>();
  const repository = { registry: 'registry.example', path: 'app' };
  const open = async ({ digest, mediaType }: Entry): Promise<void> => {
    const found = await store.registry.document(testCall(), repository, { digest, mediaType });
    const json = JSON.parse(Buffer.from(found?.bytes ?? '').toString()) as {
      readonly mediaType?: string;
      readonly manifests?: readonly Entry[];
    };
    const type = believes === 'descriptor' ? mediaType : (json.mediaType ?? '');
    if (type === FOREIGN || type === '') return;
    opened.add(digest);
    for (const child of json.manifests ?? []) await open(child);
  };
  await open(root);
  return opened;
}
