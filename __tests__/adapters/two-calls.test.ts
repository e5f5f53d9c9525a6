import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorReply } from '../../sandbox/http/faults.ts';
import { type Handler, type SandboxRequest, serve } from '../../sandbox/http/serve.ts';
import { createRegistry as createSandboxRegistry } from '../../sandbox/registry/registry.ts';
import { createTokenServer } from '../../sandbox/registry/token-server.ts';
import { startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { createTufRepository } from '../../sandbox/sigstore/tuf-repository.ts';
import { CodedError } from '../../src/coded-error.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { readRegularFile } from '../../src/entries/inputs/regular-file.ts';
import { createHttpClient } from '../../src/http/create-http-client.ts';
import { createRetryBudget } from '../../src/http/retry-budget.ts';
import { createCredentials } from '../../src/oci/credentials/credentials.ts';
import { createRegistry } from '../../src/oci/registry.ts';
import { createTrustSource, type LoadedRoot } from '../../src/sigstore/trust/trust-source.ts';
import type { CallContext } from '../../src/usecases/call-context.ts';
import { testCall } from '../calls.ts';
import { openRelay } from './relay.ts';

/**
 * One stack of adapters (HTTP client, registry, credentials, trust source) and two calls that use it at the same time,
 * as two requests to a server do.
 */

let cacheDirectory: string;
beforeEach(async () => {
  cacheDirectory = await mkdtemp(join(tmpdir(), 'two-calls-'));
});
afterEach(() => rm(cacheDirectory, { recursive: true, force: true }));

/** Holds back the answers to some requests until they are let go. */
function createGate(handler: Handler) {
  let matches: ((request: SandboxRequest) => boolean) | undefined;
  let open: () => void = () => undefined;
  let opened: Promise<void> = Promise.resolve();
  let held = 0;
  return {
    handler: async (request: SandboxRequest) => {
      if (matches?.(request) === true) {
        held += 1;
        await opened;
      }
      return handler(request);
    },
    hold(path: RegExp): void {
      matches = (request) => path.test(request.url.pathname);
      opened = new Promise((resolve) => {
        open = resolve;
      });
    },
    letGo(): void {
      matches = undefined;
      open();
    },
    held: () => held,
  };
}

const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setImmediate(done));
};

const LEAF = { issuerOrganization: 'sigstore.dev', visibility: 'public' };
const TIME_UP = new CodedError('TIMEOUT', 'the time of this request was up');
const CONFIG = JSON.stringify({ credsStore: 'slow' });
const HOME = '/home/runner';

async function openStack({ retryable = 0 }: { readonly retryable?: number } = {}) {
  let sleptMs = 0;
  const clock = {
    now: () => new Date(Date.now() + sleptMs),
    sleep: async (ms: number) => {
      await new Promise((done) => setImmediate(done));
      sleptMs += ms;
    },
  };
  const tokens = await createTokenServer({ users: { alice: 's3cret' } });
  const tokenGate = createGate(tokens.handle);
  const tokenServer = await serve(tokenGate.handler, { name: 'token' });
  const sandbox = createSandboxRegistry({
    auth: { kind: 'bearer', realm: `${tokenServer.url}/token`, service: tokens.service, verify: tokens.verify },
  });
  let unavailable = retryable;
  const registryGate = createGate((request) => {
    if (/acme\/shaky/.test(request.url.pathname) && unavailable > 0) {
      unavailable -= 1;
      return errorReply(503, 'UNAVAILABLE');
    }
    return sandbox.handle(request);
  });
  const registryServer = await serve(registryGate.handler, { name: 'registry' });
  const relay = await openRelay(registryServer.port);

  await using sigstore = await startSigstore();
  const repository = createTufRepository({
    clock: clock.now,
    targets: { 'trusted_root.json': sigstore.trustedRootJson('v1') },
  });
  const tufGate = createGate(repository.handler);
  const tufServer = await serve(tufGate.handler, { name: 'tuf' });

  const helper = { runs: 0, ended: 0, answer: (): void => undefined, isSlow: false };
  const http = createHttpClient({ clock, random: () => 0.5 });
  const registry = createRegistry({
    http,
    credentials: createCredentials({
      env: { HOME },
      readFile: async (path) => (path === `${HOME}/.docker/config.json` ? Buffer.from(CONFIG) : undefined),
      runHelper: ({ signal }) =>
        new Promise((resolve, reject) => {
          helper.runs += 1;
          helper.answer = () =>
            resolve({ exitCode: 0, stdout: JSON.stringify({ Username: 'alice', Secret: 's3cret' }) });
          signal.addEventListener('abort', () => {
            helper.ended += 1;
            reject(signal.reason);
          });
          if (!helper.isSlow) helper.answer();
        }),
      clock,
      mask: () => undefined,
    }),
    access: 'pull',
    clock,
    random: () => 0,
    mask: () => undefined,
  });
  const trust = createTrustSource({
    origin: { kind: 'tuf', mirror: new URL(tufServer.url), root: repository.initialRoot.toString() },
    http,
    clock,
    offline: false,
    signing: false,
    cacheDirectory,
    readFile: readRegularFile,
    serverUrl: 'https://github.com',
  });
  const put = (path: string): { readonly registry: string; readonly path: string; readonly digest: Digest } => {
    const manifest = JSON.stringify({ schemaVersion: 2, config: {}, layers: [], of: path });
    const type = 'application/vnd.oci.image.manifest.v1+json';
    return { registry: relay.host, path, digest: sandbox.store.putManifest(path, manifest, type) as Digest };
  };
  const images = { slow: put('acme/slow'), well: put('acme/well'), shaky: put('acme/shaky') };
  /** What one request to a server would ask about an image. */
  const examine = async (call: CallContext, { digest, ...where }: (typeof images)['slow']) => {
    const [head, listing, root] = await Promise.all([
      registry.head(call, where, digest),
      registry.listReferrers(call, where, digest),
      trust.rootFor(call, LEAF),
    ]);
    return { digest: head?.digest, outcome: listing.place.outcome, label: root.label };
  };
  const good = { outcome: 'listed', label: `${tufServer.url}/` };
  return {
    registry,
    registryGate,
    tokenGate,
    tufGate,
    helper,
    relay,
    tokenServer,
    registryServer,
    tufServer,
    trust,
    images,
    examine,
    well: { ...good, digest: images.well.digest },
    slow: { ...good, digest: images.slow.digest },
    async [Symbol.asyncDispose]() {
      for (const gate of [registryGate, tokenGate, tufGate]) gate.letGo();
      await http.close();
      await relay[Symbol.asyncDispose]();
      for (const server of [tokenServer, registryServer, tufServer]) await server.close();
    },
  };
}

test('the end of a call ends every request below it, and none of the other call', async () => {
  await using stack = await openStack();
  const { images, registryGate, relay } = stack;
  // What both need is known: what hangs from here on is the one call's own.
  await stack.examine(testCall(), images.well);
  registryGate.hold(/acme\/(slow|well)/);
  const end = new AbortController();
  const ended = stack.examine(testCall({ signal: end.signal }), images.slow);
  await expect.poll(() => relay.open(/acme\/slow/)).toBe(2);
  const other = stack.examine(testCall(), images.well);
  await expect.poll(() => relay.open(/acme\/well/)).toBe(2);
  end.abort(TIME_UP);
  await expect(ended).rejects.toBe(TIME_UP);
  await expect.poll(() => relay.open(/acme\/slow/)).toBe(0);
  expect(relay.open(/acme\/well/)).toBe(2);
  registryGate.letGo();
  expect(await other).toEqual(stack.well);
});

test('a token that is asked for by a call that ends reaches the other one', async () => {
  await using stack = await openStack();
  const { images, tokenGate, tokenServer } = stack;
  tokenGate.hold(/token/);
  const end = new AbortController();
  const ended = stack.examine(testCall({ signal: end.signal }), images.well);
  await expect.poll(() => tokenGate.held()).toBe(1);
  const other = stack.examine(testCall(), images.well);
  await turns();
  end.abort(TIME_UP);
  await expect(ended).rejects.toBe(TIME_UP);
  tokenGate.letGo();
  expect(await other).toEqual(stack.well);
  expect(tokenServer.log.requests()).toHaveLength(1);
});

test('the first request to a registry, on which all others wait, may be that of a call that ends', async () => {
  await using stack = await openStack();
  const { images, registryGate } = stack;
  registryGate.hold(/acme\/slow/);
  const [first, second] = [new AbortController(), new AbortController()];
  const ended = [first, second].map(({ signal }) => stack.examine(testCall({ signal }), images.slow));
  await expect.poll(() => registryGate.held()).toBe(1);
  const other = stack.examine(testCall(), images.well);
  // One that waits ends without waiting any longer; the one that is waited for lets the next one go.
  second.abort(TIME_UP);
  await expect(ended[1]).rejects.toBe(TIME_UP);
  first.abort(TIME_UP);
  await expect(ended[0]).rejects.toBe(TIME_UP);
  expect(await other).toEqual(stack.well);
});

test('a credential helper started by a call that ends answers the other one; it is ended with the last', async () => {
  await using stack = await openStack();
  const { helper, images } = stack;
  helper.isSlow = true;
  const [first, second] = [new AbortController(), new AbortController()];
  const calls = [first, second].map(({ signal }) => stack.examine(testCall({ signal }), images.well));
  const settled = Promise.allSettled(calls);
  await expect.poll(() => helper.runs).toBe(1);
  const third = stack.examine(testCall(), images.well);
  await turns();
  first.abort(TIME_UP);
  second.abort(TIME_UP);
  expect((await settled).map((one) => one.status === 'rejected' && one.reason)).toEqual([TIME_UP, TIME_UP]);
  expect(helper.ended).toBe(0);
  helper.answer();
  expect(await third).toEqual(stack.well);
  expect(helper.runs).toBe(1);

  await using alone = await openStack();
  alone.helper.isSlow = true;
  const end = new AbortController();
  const given = alone.examine(testCall({ signal: end.signal }), alone.images.well);
  await expect.poll(() => alone.helper.runs).toBe(1);
  end.abort(TIME_UP);
  await expect(given).rejects.toBe(TIME_UP);
  expect(alone.helper.ended).toBe(1);
  // And what was given up is not remembered as a failure.
  alone.helper.isSlow = false;
  expect(await alone.examine(testCall(), alone.images.well)).toEqual(alone.well);
});

test('a trusted root that is loaded for a call that ends reaches the other one, by the same requests', async () => {
  await using stack = await openStack();
  const { trust, tufGate, tufServer } = stack;
  tufGate.hold(/timestamp/);
  const end = new AbortController();
  const ended = trust.rootFor(testCall({ signal: end.signal }), LEAF);
  await expect.poll(() => tufGate.held()).toBe(1);
  const other: Promise<LoadedRoot> = trust.rootFor(testCall(), LEAF);
  end.abort(TIME_UP);
  await expect(ended).rejects.toBe(TIME_UP);
  tufGate.letGo();
  expect((await other).root.certificateAuthorities).toHaveLength(1);
  const paths = tufServer.log.requests().map(({ path }) => path);
  expect(paths.filter((path) => path.includes('timestamp'))).toHaveLength(1);
});

test('a trusted root whose only call ends is given up, and loaded anew for the next', async () => {
  await using stack = await openStack();
  const { trust, tufGate } = stack;
  tufGate.hold(/timestamp/);
  const end = new AbortController();
  const ended = trust.rootFor(testCall({ signal: end.signal }), LEAF);
  await expect.poll(() => tufGate.held()).toBe(1);
  end.abort(TIME_UP);
  await expect(ended).rejects.toBe(TIME_UP);
  tufGate.letGo();
  expect((await trust.rootFor(testCall(), LEAF)).root.certificateAuthorities).toHaveLength(1);
});

test('each call spends its own retry budget', async () => {
  await using stack = await openStack({ retryable: 1_000_000 });
  const { examine, images, registry } = stack;
  const [poor, rich] = [createRetryBudget(20_000), createRetryBudget(600_000)];
  const failing = registry.head(testCall({ retries: poor }), images.shaky, images.shaky.digest);
  const shaky = expect(failing).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE', status: 503 });
  expect(await examine(testCall({ retries: rich }), images.well)).toEqual(stack.well);
  await shaky;
  // Less is left than the next wait would take.
  expect(poor.remainingMs()).toBeLessThan(10_000);
  expect(rich.remainingMs()).toBe(600_000);
});

test('a call with a retry budget of its own gets through where one without gave up', async () => {
  await using stack = await openStack({ retryable: 3 });
  const { images, registry } = stack;
  await expect(registry.head(testCall(), images.shaky, images.shaky.digest)).rejects.toMatchObject({ status: 503 });
  const call = testCall({ retryFor: 600_000 });
  expect(await registry.head(call, images.shaky, images.shaky.digest)).toMatchObject({ digest: images.shaky.digest });
});
