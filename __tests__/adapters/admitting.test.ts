import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../sandbox/http/serve.ts';
import { buildImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import { createRegistry } from '../../sandbox/registry/registry.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { type SigstoreStack, startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { createTufRepository } from '../../sandbox/sigstore/tuf-repository.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03 } from '../../src/domain/image/media-types.ts';
import { connectHttp, connectRegistry } from '../../src/entries/compose/connect.ts';
import { connectKeptTrust } from '../../src/entries/compose/kept-trust.ts';
import type { Surroundings } from '../../src/entries/compose/surroundings.ts';
import { createAdmitter } from '../../src/usecases/admitting/create-admitter.ts';
import { goodBundle, tamperedBundle } from '../adversarial/signature-seeds.ts';
import { testCall } from '../calls.ts';
import { PLAIN_NETWORK } from '../network-values.ts';
import { requirement } from '../unit/domain/identity-samples.ts';
import { keyless, policy } from '../unit/usecases/policy-values.ts';

/* The admitter with the adapters of the product, a registry and a Sigstore: what unit tests cannot see. */

const DAY = 86_400_000;
const REFRESH_MS = 200_000;

let sigstore: SigstoreStack;
let strangers: SigstoreStack;
let directory: string;

beforeAll(async () => {
  [sigstore, strangers] = await Promise.all([startSigstore(), startSigstore()]);
  directory = await mkdtemp(join(tmpdir(), 'admitting-'));
});
afterAll(async () => {
  await Promise.all([sigstore.close(), strangers.close()]);
  await rm(directory, { recursive: true, force: true });
});

interface World {
  readonly origin: 'tuf' | 'root-file';
  /** Of the HTTP client; default: the registry. */
  readonly privateHosts?: readonly string[];
}

async function open({ origin, privateHosts }: World) {
  const registry = createRegistry();
  const server = await serve(registry.handle, { name: 'registry' });
  const repository = createTufRepository({
    clock: () => new Date(),
    targets: { 'trusted_root.json': sigstore.trustedRootJson('all') },
  });
  const tuf = await serve(repository.handler, { name: 'tuf' });
  const rootFile = join(directory, 'trusted_root.json');
  await writeFile(rootFile, sigstore.trustedRootJson('all'));
  let movedMs = 0;
  let tick: () => void = () => undefined;
  const surroundings: Surroundings = {
    clock: {
      now: () => new Date(Date.now() + movedMs),
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          // A pause between two attempts.
          if (ms < 20_000) {
            movedMs += ms;
            setImmediate(resolve);
            return;
          }
          tick = resolve;
          signal?.addEventListener('abort', () => resolve());
        }),
    },
    random: () => 0.5,
    log: { info: () => undefined, debug: () => undefined, warning: () => undefined },
    userAgent: 'a webhook',
    env: {},
    linuxUid: undefined,
    readFile: (path) => readFile(path).catch(() => undefined),
    mask: () => undefined,
    cacheDirectory: join(directory, `cache-${server.port}`),
  };
  // Trust and API servers are the operator's, so only registries are held to public addresses.
  const http = connectHttp(surroundings, PLAIN_NETWORK, { privateHosts: privateHosts ?? [server.host] });
  const ownHttp = connectHttp(surroundings, PLAIN_NETWORK);
  const trust = connectKeptTrust(surroundings, {
    origin:
      origin === 'root-file'
        ? { kind: 'root-file', path: rootFile }
        : { kind: 'tuf', mirror: new URL(tuf.url), root: repository.initialRoot.toString('utf8') },
    http: ownHttp,
    maxAgeMs: 7 * DAY,
    refreshMs: REFRESH_MS,
    plainHttpHosts: [],
  });
  const wanted = requirement({ sourceRepository: ['octo-org/octo-repo'] }, { defaultIssuer: sigstore.issuer });
  const policies = [policy('ours', keyless('x', { requirement: wanted }))];
  const admitter = createAdmitter(
    { noMatch: 'deny', format: 'any', signatureRepositories: [], privateHosts: [server.host], concurrency: 8 },
    {
      clock: surroundings.clock,
      verifier: trust.verifier,
      rootVersion: trust.version,
      loadRoot: trust.load,
      readStatement: trust.readStatement,
      rules: async () => ({ kind: 'ready', policies, otherRoots: new Map() }),
    },
  );
  const access = { registry: connectRegistry(surroundings, PLAIN_NETWORK, { http, access: 'pull' }), loginId: 'own' };
  /** Stores an image of this content, and returns its digest. */
  const push = (content: string, bundle = goodBundle): Digest => {
    const built = buildImage({ content });
    storeImage(registry.store, 'acme/app', built);
    const digest = built.digest as Digest;
    const layer = JSON.stringify(bundle(sigstore, digest));
    seedReferrer(registry.store, 'acme/app', digest, { artifactType: BUNDLE_V03, layer });
    return digest;
  };
  const admission = (digest: Digest) =>
    admitter.judge(
      testCall(),
      {
        repository: { registry: server.host, path: 'acme/app' },
        tag: undefined,
        digest,
        use: { object: undefined, annotated: undefined },
        namespace: 'default',
      },
      access,
    );
  const judge = async (digest: Digest): Promise<string> => {
    const { verdict, reason = '' } = await admission(digest);
    return `${verdict} ${reason}`.trim();
  };
  const running = new AbortController();
  const background = trust.run(running.signal);
  return {
    admission,
    judge,
    push,
    trust,
    rootFile,
    server,
    tuf,
    /** A refresh is due, and the background looks. */
    tick: () => {
      movedMs += 2 * REFRESH_MS;
      tick();
    },
    move: (ms: number) => {
      movedMs += ms;
    },
    async [Symbol.asyncDispose]() {
      running.abort();
      await background;
      await Promise.all([http.close(), ownHttp.close()]);
      await Promise.all([server.close(), tuf.close()]);
    },
  };
}

test('a signed image passes, and its tampered twin does not', async () => {
  await using world = await open({ origin: 'tuf' });
  const [good, bad] = [world.push('good'), world.push('bad', tamperedBundle)];
  expect(await world.judge(good)).toBe('pass');
  expect(await world.judge(bad)).toBe('fail SIGNATURE_INVALID');
  const before = world.server.log.requests().length;
  expect(await world.judge(good)).toBe('pass');
  expect(world.server.log.requests()).toHaveLength(before);
});

test('no TUF server is needed for seven days, and then nothing new is admitted', async () => {
  await using world = await open({ origin: 'tuf' });
  expect(await world.judge(world.push('one'))).toBe('pass');
  const asked = world.tuf.log.requests().length;
  await world.tuf.close();
  world.move(6 * DAY);
  // Nobody waits for a refresh, and none is asked for.
  expect(await world.judge(world.push('two'))).toBe('pass');
  world.tick();
  await expect.poll(() => world.trust.state()[0]?.problem ?? '').toContain('TRUST_ROOT_UNAVAILABLE');
  expect(await world.judge(world.push('three'))).toBe('pass');
  expect(world.tuf.log.requests()).toHaveLength(asked);
  world.move(DAY);
  expect(await world.judge(world.push('four'))).toBe('error TRUST_ROOT_UNAVAILABLE');
});

test('a trusted root is read again when its file changes, and what it no longer proves is refused', async () => {
  await using world = await open({ origin: 'root-file' });
  const digest = world.push('one');
  expect(await world.judge(digest)).toBe('pass');
  const version = world.trust.version();
  await writeFile(world.rootFile, '{');
  world.tick();
  await expect.poll(() => world.trust.state()[0]?.problem ?? '').toContain('INPUT_INVALID');
  expect(world.trust.version()).toBe(version);
  expect(await world.judge(world.push('two'))).toBe('pass');
  await writeFile(world.rootFile, strangers.trustedRootJson('all'));
  world.tick();
  await expect.poll(() => world.trust.version()).not.toBe(version);
  expect(await world.judge(digest)).toBe('fail CERTIFICATE_UNTRUSTED');
});

test('a name with a private address is not connected to, unless the client has it listed', async () => {
  await using world = await open({ origin: 'root-file', privateHosts: [] });
  const { verdict, reason, message } = await world.admission(world.push('one'));
  expect([verdict, reason]).toEqual(['error', 'REGISTRY_DENIED']);
  expect(message).toContain('is on a private network, which the webhook does not ask');
  expect(world.server.log.requests()).toEqual([]);
});
