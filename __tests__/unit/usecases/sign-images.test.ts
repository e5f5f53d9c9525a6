import { describe, expect, test } from 'vitest';
import { CodedError, type ErrorCode } from '../../../src/coded-error.ts';
import { type Digest, digestOf } from '../../../src/domain/image/digest.ts';
import { formatPinned, formatRepository, type Repository } from '../../../src/domain/image/reference.ts';
import type { SignatureRepositories } from '../../../src/domain/image/signature-repositories.ts';
import { CLAIM_NAMES, type ClaimNumber } from '../../../src/domain/signature/claims.ts';
import type { Facts } from '../../../src/domain/signature/facts.ts';
import type { CallContext } from '../../../src/usecases/call-context.ts';
import type { RequestedImage } from '../../../src/usecases/examining/resolve-images.ts';
import type {
  CandidateSet,
  Deadline,
  ExpectedIdentity,
  MadeSignature,
  Place,
  Registry,
  Signer,
  UploadSession,
} from '../../../src/usecases/ports.ts';
import { failureOf, type SignedImage, signImages } from '../../../src/usecases/signing/sign-images.ts';
import { signResults } from '../../../src/usecases/signing/sign-results.ts';
import type { SignOptions, SignPorts } from '../../../src/usecases/signing/sign-task.ts';
import { callUntil, testCall } from '../../calls.ts';

const digestA = `sha256:${'a'.repeat(64)}` as Digest;
const digestB = `sha256:${'b'.repeat(64)}` as Digest;
const identity: ExpectedIdentity = {
  issuer: 'https://issuer',
  subject: 'https://github.com/acme/app/.github/workflows/r.yml@refs/heads/main',
  claims: { 'source-repository-uri': 'https://github.com/acme/app', 'run-invocation-uri': 'https://run/1' },
};
const repository = (path: string): Repository => ({ registry: 'registry.example', path });
/** The signatures of all images in one repository. */
const inOne = (store: Repository): SignatureRepositories => [{ images: undefined, repository: store }];
const image = (path: string, digest: Digest): RequestedImage => ({
  original: `registry.example/${path}@${digest}`,
  repository: repository(path),
  tag: undefined,
  digest,
  sources: [],
});
const place = (kind: Place['kind'], entries: number): Place => ({
  kind,
  request: kind,
  status: 200,
  outcome: 'listed',
  entries,
  error: undefined,
});

/** What happened in the world, in order; and switches for what shall go wrong in it. */
interface World {
  readonly events: string[];
  readonly missing?: readonly Digest[];
  readonly denied?: readonly string[];
  /** Repositories whose shared tags cannot be extended, and the code that says so. */
  readonly unusable?: readonly string[];
  readonly unusableCode?: ErrorCode;
  readonly unsignable?: readonly Digest[];
  /** Facts of a signature that each image carries already. */
  readonly present?: Facts;
  readonly listingFails?: boolean;
  /** What the id-token promises; the certificates say `identity` whatever it is. */
  readonly identity?: ExpectedIdentity;
  /** Indexes by digest, for recursive. */
  readonly indexes?: Readonly<Record<Digest, readonly Digest[]>>;
  /** What another registry host says about the media type of every manifest. */
  readonly otherMediaType?: string;
  /** Manifests that were attached, by repository. */
  readonly attached?: Map<string, string>;
  readonly deadline?: Deadline;
  /** Calls that never answer and know no signal. */
  readonly hangs?: readonly string[];
  /** Reads and looks by repository, and what is got ready ahead: `repository requests`, `signatures number`. */
  readonly ahead?: string[];
  /** Called before each log entry is made. */
  readonly onLog?: (digest: Digest) => Promise<void> | void;
}

/** The two moments of a deadline, to come when a test says so. */
function createTime() {
  const [due, end] = [new AbortController(), new AbortController()];
  const reason = new CodedError('TIMEOUT', 'the time was up');
  let isFinishing = false;
  return {
    due: due.signal,
    end: end.signal,
    finish: () => {
      isFinishing = true;
    },
    pass: () => {
      due.abort(reason);
      if (!isFinishing) end.abort(reason);
    },
    passForGood: () => {
      due.abort(reason);
      end.abort(reason);
    },
  };
}

/** The ports, and the one call that uses them. */
type Ports = SignPorts & { readonly call: CallContext };

const sign = (options: SignOptions, ports: Ports) => signImages(ports.call, options, ports);

function worldPorts(world: World): Ports {
  const { events } = world;
  let entries = 0;
  const logged: { url: string; index: number }[] = [];
  const present: CandidateSet = {
    candidates: [{ format: 'bundle', digest: digestOf(new Uint8Array([1])), bundle: new Uint8Array() }],
    unreadable: [],
    places: [],
  };
  const make = (kind: 'bundle' | 'legacy', digest: Digest): MadeSignature => {
    if (world.unsignable?.includes(digest)) throw new CodedError('LOG_UNAVAILABLE', 'the log is down');
    events.push(`log ${kind} ${digest.slice(7, 9)}`);
    const log = { url: 'https://log', index: ++entries };
    logged.push(log);
    const layer = kind === 'legacy' ? { payload: new Uint8Array(), annotations: {} } : undefined;
    return {
      format: kind,
      bundle: new Uint8Array([entries]),
      layer,
      identity,
      log,
      isReadByLog: false,
      signedAt: new Date(0),
    };
  };
  const signer: Signer = {
    identity: async () => world.identity ?? identity,
    prepare: async (_call, signatures) => {
      events.push('certificate');
      world.ahead?.push(`signatures ${signatures}`);
    },
    signStatement: async (_call, _payload, digest) => {
      await world.onLog?.(digest);
      return make('bundle', digest);
    },
    signLegacyPayload: async (_call, _payload, digest) => make('legacy', digest),
    signAttestation: async (_call, _payload, { subject }) => make('bundle', subject),
    loggedEntries: () => logged,
  };
  const registry: Registry = {
    prepare: (_call, { path }, requests) => void world.ahead?.push(`${path} ${requests}`),
    listTags: async () => [],
    head: async (_call, { registry: host, path }, reference) => {
      world.ahead?.push(`read ${path}`);
      if (world.hangs?.includes('head')) return new Promise(() => {});
      if (world.missing?.includes(reference as Digest)) return undefined;
      const said = host === 'registry.example' ? undefined : world.otherMediaType;
      return {
        mediaType: said ?? 'application/vnd.oci.image.manifest.v1+json',
        digest: reference as Digest,
        size: 400,
      };
    },
    manifest: async (_call, _repository, reference) => {
      const children = world.indexes?.[reference as Digest];
      if (children === undefined) return undefined;
      const manifests = children.map((digest) => ({
        digest,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        platform: { os: 'linux', architecture: digest.slice(7, 9) },
      }));
      const mediaType = 'application/vnd.oci.image.index.v1+json';
      return { digest: reference as Digest, mediaType, bytes: Buffer.from(JSON.stringify({ manifests })) };
    },
    document: async (_call, _repository, { digest }) => {
      if (world.missing?.includes(digest)) return undefined;
      const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: 2 };
      const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, config, layers: [] }));
      return { contentType: 'application/vnd.oci.image.manifest.v1+json', bytes };
    },
    checkPlace: async (_call, { repository: repo, subject }, format) => {
      if (world.hangs?.includes('check')) return new Promise(() => {});
      events.push(`check ${format} ${repo.path} ${subject.slice(7, 9)}`);
      if (world.unusable?.includes(repo.path))
        throw new CodedError(world.unusableCode ?? 'REGISTRY_INVALID', 'no index');
    },
    openUpload: async (_call, repo): Promise<UploadSession> => {
      if (world.denied?.includes(repo.path)) throw new CodedError('REGISTRY_DENIED', `no push to ${repo.path}`);
      events.push(`open ${repo.path}`);
      return { repository: repo, location: new URL('https://registry.example/upload') };
    },
    cancelUpload: async (_call, session) =>
      world.hangs?.includes('cancel') ? new Promise(() => {}) : void events.push(`cancel ${session.repository.path}`),
    upload: async (_call, session, bytes) => {
      events.push(`upload ${session.repository.path}`);
      return { mediaType: 'application/octet-stream', digest: digestOf(bytes), size: bytes.length };
    },
    attach: async (_call, { repository: repo, subject }, { manifest }) => {
      if (world.hangs?.includes('attach')) return new Promise(() => {});
      events.push(`attach ${formatRepository(repo)} ${subject.slice(7, 9)}`);
      world.attached?.set(formatRepository(repo), Buffer.from(manifest).toString());
      return { listedBy: 'referrers-api', digest: digestOf(manifest), warnings: [] };
    },
    appendLegacy: async (_call, { repository: repo, subject }, { openSession }) => {
      await openSession();
      events.push(`append ${repo.path} ${subject.slice(7, 9)}`);
      return { digest: digestOf(new Uint8Array()), layerDigest: digestOf(new Uint8Array([9])), warnings: [] };
    },
    listReferrers: async (_call, { path }) => {
      world.ahead?.push(`look ${path}`);
      await undefined;
      world.ahead?.push(`looked ${path}`);
      if (world.listingFails)
        return { place: { ...place('referrers-api', 0), outcome: 'failed' }, descriptors: [], unreadable: [] };
      const descriptors =
        world.present === undefined ? [] : [{ mediaType: 'm', digest: digestOf(new Uint8Array([1])), size: 1 }];
      return { place: place('referrers-api', descriptors.length), descriptors, unreadable: [] };
    },
    listReferrersTag: async () => ({ place: place('referrers-tag', 0), descriptors: [], unreadable: [] }),
    fetchReferrer: async () => present,
    fetchLegacy: async () => ({ candidates: [], unreadable: [], places: [place('signature-tag', 0)] }),
    listAttestationTag: async () => ({ place: place('attestation-tag', 0), layers: [], unreadable: [] }),
    blob: () => Promise.reject(new Error('not expected')),
    fetchAttestationLayer: async () => ({ candidates: [], unreadable: [], places: [] }),
  };
  return {
    registry,
    signer,
    verifier: {
      verify: async () =>
        world.present === undefined
          ? { kind: 'refused', reason: 'SIGNATURE_INVALID', message: 'no', unverified: undefined }
          : { kind: 'verified', facts: world.present },
      verifyAttestation: () => Promise.reject(new Error('nobody asked for an attestation')),
    },
    clock: { now: () => new Date('2026-11-22T10:00:00Z'), sleep: async () => {} },
    call: world.deadline === undefined ? testCall() : callUntil(world.deadline),
  };
}

const options = (images: readonly RequestedImage[], rest: Partial<SignOptions> = {}): SignOptions => ({
  images,
  format: 'bundle',
  recursive: false,
  annotations: {},
  ifSigned: 'skip',
  upload: true,
  concurrency: 4,
  signatureRepositories: [],
  notFoundHint: 'did the build push?',
  ...rest,
});

const facts = (change: Partial<Facts['identity']> = {}, annotations: Record<string, string> = {}): Facts => ({
  format: 'bundle',
  identity: { ...identity, subjectKind: 'uri', ...change },
  annotations,
  provenTimes: [new Date(0)],
  log: undefined,
  dockerReference: undefined,
});

const logging = (events: readonly string[]): string[] => events.filter((event) => event.startsWith('log '));
const writing = (events: readonly string[]): string[] =>
  events.filter((event) => /^(upload|attach|append) /.test(event));

test('signs, uploads and attaches, in that order', async () => {
  const world: World = { events: [] };
  const outcome = await sign(options([image('app', digestA)]), worldPorts(world));
  expect(outcome.images[0]?.outcomes.map((one) => one.kind)).toEqual(['signed']);
  const order = ['certificate', 'log bundle aa', 'attach registry.example/app aa'];
  expect(world.events.filter((event) => order.includes(event))).toEqual(order);
});

describe('what is got ready ahead', () => {
  const images = ['a', 'b', 'c'].map((path) => image(path, digestA));

  test('an image and its place are read together, and no more of them at once than images may be', async () => {
    const world = { events: [], ahead: [] as string[] };
    await sign(options(images, { concurrency: 1 }), worldPorts(world));
    const reads = world.ahead.filter((one) => /^(read|look|looked) /.test(one));
    expect(reads.slice(0, 9)).toEqual(
      ['a', 'b', 'c'].flatMap((path) => [`read ${path}`, `look ${path}`, `looked ${path}`]),
    );
  });

  test('the token of a later image, connections for all uploads, and for the signatures that are made at once', async () => {
    const world = { events: [], ahead: [] as string[] };
    const digests = [digestA, digestB, digestA];
    const all = images.map((one, at) => ({ ...one, digest: digests[at] as Digest }));
    await sign(options(all, { concurrency: 2, format: 'both' }), worldPorts(world));
    const ready = world.ahead.filter((one) => !/^(read|look|looked) /.test(one));
    // A session and the empty config for each repository.
    expect([...new Set(ready)]).toEqual(['c 1', 'a 6', 'b 6', 'c 6', 'signatures 2']);
  });

  test('nothing for uploads if there are none, or if everything is signed', async () => {
    for (const change of [{ rest: { upload: false } }, { present: facts() }]) {
      const world = { events: [], ahead: [] as string[], ...('present' in change ? change : {}) };
      await sign(options(images, { concurrency: 1, ...('rest' in change ? change.rest : {}) }), worldPorts(world));
      expect(world.ahead.filter((one) => / [2-9]$/.test(one))).toEqual([]);
    }
  });
});

test('logs nothing if one of the images is missing', async () => {
  const world: World = { events: [], missing: [digestB] };
  const outcome = await sign(options([image('app', digestA), image('web', digestB)]), worldPorts(world));
  expect(logging(world.events)).toEqual([]);
  expect(writing(world.events)).toEqual([]);
  expect(outcome.images.map((one) => one.error?.code)).toEqual(['IMAGE_NOT_FOUND', 'IMAGE_NOT_FOUND']);
  expect(outcome.images[0]?.error?.message).toContain('web');
});

test.each(['skip', 'sign'] as const)(
  'logs nothing if one repository takes no push, if-signed: %s',
  async (ifSigned) => {
    const world: World = { events: [], denied: ['web'] };
    const images = [image('app', digestA), image('web', digestB)];
    const outcome = await sign(options(images, { ifSigned }), worldPorts(world));
    expect(logging(world.events)).toEqual([]);
    expect(outcome.images.every((one) => one.error?.code === 'REGISTRY_DENIED')).toBe(true);
  },
);

test.each(['skip', 'sign'] as const)(
  'logs nothing, and asks for no certificate, if one signature could not be stored, if-signed: %s',
  async (ifSigned) => {
    const world: World = { events: [], unusable: ['web'] };
    const images = [image('app', digestA), image('web', digestB)];
    const outcome = await sign(options(images, { ifSigned }), worldPorts(world));
    expect(logging(world.events)).toEqual([]);
    expect(writing(world.events)).toEqual([]);
    if (ifSigned === 'skip') expect(world.events).not.toContain('certificate');
    for (const one of outcome.images) expect(one.error).toMatchObject({ code: 'REGISTRY_INVALID' });
    expect(outcome.images[0]?.error?.message).toBe('not signed, because the signature could not be stored: no index');
  },
);

test('checks each place once, and none without an upload', async () => {
  const checks = (events: readonly string[]): string[] => events.filter((event) => event.startsWith('check '));
  const world: World = { events: [] };
  const store = repository('signatures');
  const images = [image('app', digestA), image('copy', digestA)];
  await sign(options(images, { format: 'both', signatureRepositories: inOne(store) }), worldPorts(world));
  expect(checks(world.events).sort()).toEqual(['check bundle signatures aa', 'check legacy signatures aa']);
  const kept: World = { events: [], unusable: ['app'] };
  await sign(options([image('app', digestA)], { upload: false }), worldPorts(kept));
  expect(checks(kept.events)).toEqual([]);
  expect(logging(kept.events)).toHaveLength(1);
});

test('a repository for signatures that denies reading may be one that the first push creates; that of the image is there', async () => {
  const world: World = { events: [], unusable: ['signatures', 'app'], unusableCode: 'REGISTRY_DENIED' };
  const images = [image('app', digestA)];
  await sign(options(images, { signatureRepositories: inOne(repository('signatures')) }), worldPorts(world));
  expect(logging(world.events)).toHaveLength(1);
  const own: World = { ...world, events: [] };
  const outcome = await sign(options(images), worldPorts(own));
  expect(logging(own.events)).toEqual([]);
  expect(outcome.images[0]?.error?.code).toBe('REGISTRY_DENIED');
});

test('uploads nothing if one image cannot be signed, and names the log entries made', async () => {
  const world: World = { events: [], unsignable: [digestB] };
  const outcome = await sign(options([image('app', digestA), image('web', digestB)]), worldPorts(world));
  expect(writing(world.events)).toEqual([]);
  const failed = outcome.images.map((one) => one.outcomes[0]);
  for (const one of failed) {
    expect(one?.kind).toBe('failed');
    if (one?.kind === 'failed') expect(one.error.message).toContain('1 (https://log)');
  }
});

test('gives back the upload sessions that it did not use', async () => {
  const world: World = { events: [], unsignable: [digestA] };
  await sign(options([image('app', digestA)]), worldPorts(world));
  const opened = world.events.filter((event) => event === 'open app').length;
  expect(opened).toBeGreaterThan(0);
  expect(world.events.filter((event) => event === 'cancel app')).toHaveLength(opened);
});

test('ends in the coded error, and in no unhandled rejection, if the id-token fails while signatures are looked at', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  const ports = worldPorts({ events: [], present: facts() });
  const refused = new CodedError('IDENTITY_TOKEN_UNAVAILABLE', 'no id-token');
  const signer: Signer = { ...ports.signer, identity: () => Promise.reject(refused) };
  const outcome = await sign(options([image('app', digestA)]), { ...ports, signer });
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(outcome.images[0]?.error?.code).toBe('IDENTITY_TOKEN_UNAVAILABLE');
  expect(unhandled).toEqual([]);
});

test('asks for no certificate if everything is signed already', async () => {
  const world: World = { events: [], present: facts() };
  const outcome = await sign(options([image('app', digestA)]), worldPorts(world));
  expect(outcome.images[0]?.outcomes.map((one) => one.kind)).toEqual(['present']);
  expect(world.events).toEqual([]);
});

test.each<[string, Facts]>([
  ['another subject', facts({ subject: 'https://github.com/evil/app/.github/workflows/r.yml@refs/heads/main' })],
  ['another issuer', facts({ issuer: 'https://other' })],
  ['another commit', facts({ claims: { ...identity.claims, 'source-repository-digest': 'f00' } })],
  ['other annotations', facts({}, { team: 'red' })],
])('signs again where the signature there has %s', async (_what, present) => {
  const world: World = { events: [], present };
  await sign(options([image('app', digestA)]), worldPorts(world));
  expect(logging(world.events)).toHaveLength(1);
});

/** Every claim that a certificate may hold, each with a value of its own. */
const allClaims = Object.fromEntries(Object.values(CLAIM_NAMES).map((name) => [name, `${name} of this run`]));

test.each([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23].map((number) => CLAIM_NAMES[number as ClaimNumber]))(
  'signs again where the claim %s is another one, is missing or is new',
  async (name) => {
    const { [name]: _left, ...without } = allClaims;
    const pairs = [
      { there: { ...allClaims, [name]: 'of another run' }, here: allClaims },
      { there: without, here: allClaims },
      { there: allClaims, here: without },
    ];
    for (const { there, here } of pairs) {
      const world: World = { events: [], present: facts({ claims: there }), identity: { ...identity, claims: here } };
      await sign(options([image('app', digestA)]), worldPorts(world));
      expect(logging(world.events)).toHaveLength(1);
    }
  },
);

test('leaves an image alone whose signature has every claim equal, or differs in those only that change with each run', async () => {
  const changing = ([21, 24, 1, 2, 3, 4, 5, 6] as const).map((number) => [CLAIM_NAMES[number], 'of another run']);
  for (const there of [allClaims, { ...allClaims, ...Object.fromEntries(changing) }]) {
    const world: World = {
      events: [],
      present: facts({ claims: there }),
      identity: { ...identity, claims: allClaims },
    };
    await sign(options([image('app', digestA)]), worldPorts(world));
    expect(logging(world.events)).toEqual([]);
  }
});

test('takes a signature of an earlier run of the same commit for its own', async () => {
  const world: World = {
    events: [],
    present: facts({ claims: { ...identity.claims, 'run-invocation-uri': 'https://run/0' } }),
  };
  await sign(options([image('app', digestA)]), worldPorts(world));
  expect(logging(world.events)).toEqual([]);
});

test('adds another signature with if-signed: sign, whatever is there', async () => {
  const world: World = { events: [], present: facts() };
  await sign(options([image('app', digestA)], { ifSigned: 'sign' }), worldPorts(world));
  expect(logging(world.events)).toHaveLength(1);
});

test('signs where it could not be read whether a signature is there', async () => {
  const world: World = { events: [], present: facts(), listingFails: true };
  await sign(options([image('app', digestA)]), worldPorts(world));
  expect(logging(world.events)).toHaveLength(1);
});

test('signs one digest in several repositories once in bundle format, and once each in legacy', async () => {
  const world: World = { events: [] };
  await sign(options([image('app', digestA), image('copy', digestA)], { format: 'both' }), worldPorts(world));
  expect(logging(world.events).sort()).toEqual(['log bundle aa', 'log legacy aa', 'log legacy aa']);
  expect(world.events.filter((event) => event.startsWith('attach'))).toEqual([
    'attach registry.example/app aa',
    'attach registry.example/copy aa',
  ]);
});

test('stores one signature of a digest only once in a place, whatever led there', async () => {
  const attachments = (events: readonly string[]): string[] =>
    events.filter((event) => /^(attach|append) /.test(event)).sort();
  const digestC = `sha256:${'c'.repeat(64)}` as Digest;

  // Two repositories, one place for signatures: the bundle is one, the legacy payloads are two.
  const twice: World = { events: [] };
  const store = repository('signatures');
  const outcome = await sign(
    options([image('app', digestA), image('copy', digestA)], { format: 'both', signatureRepositories: inOne(store) }),
    worldPorts(twice),
  );
  expect(attachments(twice.events)).toEqual([
    'append signatures aa',
    'append signatures aa',
    'attach registry.example/signatures aa',
  ]);
  for (const one of outcome.images) expect(one.outcomes.map(({ kind }) => kind)).toEqual(['signed', 'signed']);

  // Two indexes with one platform image in common.
  const shared: World = { events: [], indexes: { [digestA]: [digestC], [digestB]: [digestC] } };
  const both = await sign(
    options([image('app', digestA), image('app', digestB)], { format: 'both', recursive: true }),
    worldPorts(shared),
  );
  expect(logging(shared.events).filter((event) => event.endsWith('cc'))).toHaveLength(2);
  expect(attachments(shared.events).filter((event) => event.endsWith('cc'))).toEqual([
    'append app cc',
    'attach registry.example/app cc',
  ]);
  expect(signResults(both, {}).images.map(({ platforms }) => platforms)).toMatchObject([
    [{ digest: digestC, verdict: 'pass' }],
    [{ digest: digestC, verdict: 'pass' }],
  ]);
  expect(new Set(shared.events.filter((event) => event.startsWith('cancel')))).toEqual(new Set());
});

test('a platform image is asked for once, and its descriptor is what was fetched', async () => {
  const digestC = `sha256:${'c'.repeat(64)}` as Digest;
  const attached = new Map<string, string>();
  // Listed twice, as an image for two platforms is.
  const world: World = { events: [], indexes: { [digestA]: [digestC, digestC] }, attached };
  const ports = worldPorts(world);
  const asked: string[] = [];
  const registry: Registry = {
    ...ports.registry,
    head: async () => {
      throw new Error('what was fetched is known');
    },
    document: (call, where, wanted) => {
      asked.push(wanted.digest);
      return ports.registry.document(call, where, wanted);
    },
  };
  const outcome = await sign(options([image('app', digestA)], { recursive: true }), { ...ports, registry });
  expect(outcome.images[0]?.outcomes.map((one) => [one.kind, one.task.digest])).toEqual([
    ['signed', digestA],
    ['signed', digestC],
  ]);
  expect(asked).toEqual([digestC]);
  const fetched = await ports.registry.document(ports.call, repository('app'), { digest: digestC, mediaType: '' });
  expect(JSON.parse(attached.get('registry.example/app') ?? '').subject).toEqual({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: digestC,
    size: fetched?.bytes.length,
  });
});

test('logs nothing more once a signature has failed: nothing of the step will be uploaded', async () => {
  const digestC = `sha256:${'c'.repeat(64)}` as Digest;
  const world: World = { events: [], unsignable: [digestB] };
  const images = [image('app', digestA), image('web', digestB), image('api', digestC)];
  const outcome = await sign(options(images, { concurrency: 1 }), worldPorts(world));
  expect(logging(world.events)).toEqual(['log bundle aa']);
  expect(outcome.images.map((one) => failureOf(one)?.reason)).toEqual(Array(3).fill('LOG_UNAVAILABLE'));
  const opened = world.events.filter((event) => event.startsWith('open '));
  const cancelled = world.events.filter((event) => event.startsWith('cancel '));
  expect(cancelled.map((event) => event.replace('cancel', 'open')).sort()).toEqual(opened.sort());
});

test('what one registry says of a manifest is not written into another registry', async () => {
  const attached = new Map<string, string>();
  const world: World = { events: [], otherMediaType: 'text/evil', attached };
  const elsewhere: RequestedImage = {
    ...image('app', digestA),
    repository: { registry: 'evil.example', path: 'app' },
  };
  await sign(options([image('app', digestA), elsewhere]), worldPorts(world));
  expect(attached.get('evil.example/app')).toContain('text/evil');
  expect(attached.get('registry.example/app')).not.toContain('text/evil');
});

test('tells the identity that the certificate has, not the one that was expected of it', async () => {
  const expected: ExpectedIdentity = { ...identity, subject: 'https://ghe.example/acme/app/r.yml@refs/heads/main' };
  const signed = await sign(options([image('app', digestA)]), worldPorts({ events: [], identity: expected }));
  expect(signed.identity).toEqual(identity);
  // Where nothing was signed and nothing found there is no certificate to ask.
  const world: World = { events: [], identity: expected, unsignable: [digestA] };
  const failed = await sign(options([image('app', digestA)]), worldPorts(world));
  expect(failed.identity).toEqual(expected);
});

test('leaves the registry alone with upload: false', async () => {
  const world: World = { events: [] };
  const outcome = await sign(options([image('app', digestA)], { upload: false }), worldPorts(world));
  expect(world.events.filter((event) => /^(open|upload|attach|append|cancel)/.test(event))).toEqual([]);
  expect(outcome.made).toHaveLength(1);
});

test('images of one step whose signatures are in two repositories: each place is checked, opened and written once', async () => {
  const world: World = { events: [] };
  const line = (path: string, store: string) => ({
    images: { registry: 'registry.example', path },
    repository: repository(store),
  });
  const images = [image('team/a', digestA), image('team/b/c', digestA), image('other', digestA)];
  const signatureRepositories = [line('team', 'sigs'), line('team/b', 'sigs-b')];
  await sign(options(images, { format: 'both', signatureRepositories }), worldPorts(world));
  const of = (what: string) => world.events.filter((event) => event.startsWith(what)).sort();
  expect(of('check bundle')).toEqual(['check bundle other aa', 'check bundle sigs aa', 'check bundle sigs-b aa']);
  expect(of('attach')).toEqual(
    ['other', 'sigs', 'sigs-b'].map((store) => `attach ${formatRepository(repository(store))} aa`),
  );
  // One bundle for the digest; the legacy payload names the image's own repository, so it is signed for each.
  expect(of('log bundle')).toHaveLength(1);
  expect(of('log legacy')).toHaveLength(3);
  const denied: World = { events: [], unusable: ['sigs-b'] };
  const outcome = await sign(options(images, { signatureRepositories }), worldPorts(denied));
  expect(logging(denied.events)).toEqual([]);
  expect(outcome.images.every(({ error }) => error?.code === 'REGISTRY_INVALID')).toBe(true);
});

test('writes into signature-repository and nowhere else', async () => {
  const world: World = { events: [] };
  const store = repository('signatures');
  await sign(
    options([image('app', digestA)], { signatureRepositories: inOne(store), ifSigned: 'sign' }),
    worldPorts(world),
  );
  expect(
    world.events.filter((event) => /^(open|upload|attach)/.test(event)).every((event) => event.includes('signatures')),
  ).toBe(true);
  expect(world.events).toContain(`attach ${formatRepository(store)} aa`);
  expect(formatPinned(store, digestA)).toContain('signatures@');
});

describe('when the time is up', () => {
  const digestC = `sha256:${'c'.repeat(64)}` as Digest;
  const three = [image('app', digestA), image('web', digestB), image('api', digestC)];

  test('nothing more is logged, and what is logged is attached', async () => {
    const deadline = createTime();
    // The time passes while the first is being logged.
    const world: World = {
      events: [],
      deadline,
      onLog: (digest) => (digest === digestA ? deadline.pass() : undefined),
    };
    const outcome = await sign(options(three, { concurrency: 1 }), worldPorts(world));
    expect(logging(world.events)).toEqual(['log bundle aa']);
    expect(world.events).toContain('attach registry.example/app aa');
    const { images } = signResults(outcome, {});
    expect(images.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['pass', null],
      ['error', 'TIMEOUT'],
      ['error', 'TIMEOUT'],
    ]);
    expect(images[1]?.message).toBe('neither signed nor logged: the time was up');
    const opened = world.events.filter((event) => event.startsWith('open ')).length;
    const used = world.events.filter((event) => /^(cancel|upload) /.test(event)).length;
    expect(used).toBe(opened);
  });

  test('the others that are under way are waited for, and one that fails then keeps none from being attached', async () => {
    const deadline = createTime();
    const world: World = {
      events: [],
      deadline,
      unsignable: [digestB],
      onLog: (digest) => (digest === digestB ? deadline.pass() : undefined),
    };
    const outcome = await sign(options(three.slice(0, 2)), worldPorts(world));
    expect(world.events).toContain('attach registry.example/app aa');
    expect(outcome.images.map((one) => failureOf(one)?.reason)).toEqual([undefined, 'LOG_UNAVAILABLE']);
  });

  test.each([
    ['head', 'skip'],
    ['check', 'skip'],
    ['check', 'sign'],
  ] as const)(
    'before anything is logged, the run ends in TIMEOUT whatever hangs: %s, if-signed: %s',
    async (hangs, ifSigned) => {
      const deadline = createTime();
      const world: World = { events: [], deadline, hangs: [hangs, 'cancel'] };
      const signing = sign(options(three, { ifSigned }), worldPorts(world));
      for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      deadline.pass();
      const outcome = await signing;
      expect(logging(world.events)).toEqual([]);
      expect(outcome.images.map((one) => [one.first.digest, failureOf(one)?.reason])).toEqual(
        three.map(({ digest }) => [digest, 'TIMEOUT']),
      );
    },
  );

  test('attaching ends too, and the error names the entry that was made', async () => {
    const deadline = createTime();
    const world: World = { events: [], deadline, hangs: ['attach', 'cancel'] };
    const signing = sign(options(three.slice(0, 1)), worldPorts(world));
    for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    deadline.passForGood();
    const { error } = failureOf((await signing).images[0] as SignedImage) ?? {};
    expect(error?.code).toBe('TIMEOUT');
    expect(error?.message).toContain('log entries already created: 1 (https://log)');
  });
});
