import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type SandboxRequest, type Served, serve } from '../../sandbox/http/serve.ts';
import type { TunnelProxy } from '../../sandbox/http/tunnel-proxy.ts';
import { type BuiltImage, buildImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import type { Quirks } from '../../sandbox/registry/quirks.ts';
import { createRegistry, type RegistryService } from '../../sandbox/registry/registry.ts';
import { createTokenServer, type TokenServer } from '../../sandbox/registry/token-server.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { mintClientIdentity, mintLoopbackTls } from '../../sandbox/sigstore/self-signed.ts';
import { openTunnel } from '../open-tunnel.ts';
import { errorsOf, resultsOf, type SignWorld, SUBJECT, shown, startSignWorld } from './sign-world.ts';

/*
 * Registries that ask for a client certificate, through a proxy. All names lead to one server that asks everybody for a
 * certificate and notes who presented one where, so that a certificate that goes astray is seen.
 */

const REGISTRY = 'registry.example';
const OTHER = 'other.example';
const STORAGE = 'storage.example';
/** In the domain of the registry, as the token servers of real ones. */
const AUTH = 'auth.registry.example';
const NAMES = [REGISTRY, OTHER, STORAGE, AUTH];

const ours = mintClientIdentity('ours');
const foreign = mintClientIdentity('foreign');
const minted = mintLoopbackTls(new Date(), NAMES);

let world: SignWorld;
let tokens: TokenServer;
let registry: RegistryService;
let asking: Served;
let strict: Served;
let tunnel: TunnelProxy;
let strictTunnel: TunnelProxy;
let image: BuiltImage;
let repository = 0;
/** Who presented what: `registry.example ours`, `storage.example nobody`. */
const seen = new Set<string>();

beforeAll(async () => {
  world = await startSignWorld();
  tokens = createTokenServer({ users: { octocat: 'password' } });
  registry = createRegistry({
    auth: { kind: 'bearer', realm: `https://${AUTH}/token`, service: tokens.service, verify: tokens.verify },
    quirks: { blobRedirect: { origin: `https://${STORAGE}` } },
  });
  const handle = (request: SandboxRequest) => {
    seen.add(`${request.url.hostname} ${request.client?.commonName ?? 'nobody'}`);
    if (request.url.hostname === AUTH) return tokens.handle(request);
    return (request.url.hostname === STORAGE ? registry.storage : registry.handle)(request);
  };
  const { tls } = minted;
  asking = await serve(handle, {
    name: 'asking',
    log: world.log,
    tls: { ...tls, clients: { ca: ours.ca, refuses: false } },
  });
  strict = await serve(handle, {
    name: 'strict',
    log: world.log,
    tls: { ...tls, clients: { ca: ours.ca, refuses: true } },
  });
  const hosts = NAMES.map((name) => `${name}:443`);
  tunnel = await openTunnel(hosts, asking.port);
  strictTunnel = await openTunnel(hosts, strict.port);
  image = buildImage({ content: 'client certificate' });
});
afterAll(async () => {
  await Promise.all([tunnel[Symbol.asyncDispose](), strictTunnel[Symbol.asyncDispose]()]);
  await Promise.all([asking.close(), strict.close(), world.close()]);
});
beforeEach(() => {
  seen.clear();
  setQuirk('nginx');
});

function setQuirk(clientCertificate: Quirks['clientCertificate']): void {
  if (clientCertificate === undefined) delete registry.quirks.clientCertificate;
  else registry.quirks.clientCertificate = clientCertificate;
}

/** Both certificates in one reference need a store of their own. */
function newImage(): { readonly path: string; readonly pinned: string } {
  repository += 1;
  const path = `acme/app-${repository}`;
  storeImage(registry.store, path, image);
  return { path, pinned: `${REGISTRY}/${path}@${image.digest}` };
}

const LOGIN = { registry: REGISTRY, 'registry-username': 'octocat', 'registry-password': 'password' };
const GIVEN = { 'client-certificate': ours.certificate, 'client-key': ours.key };
const FOREIGN = { 'client-certificate': foreign.certificate, 'client-key': foreign.key };
const common = (more: Readonly<Record<string, string>>) => ({
  ...LOGIN,
  'ca-certificates': minted.ca,
  'retry-for': '5m',
  ...more,
});

const sign = (inputs: Readonly<Record<string, string>>, proxy = tunnel) =>
  world.sign(common(inputs), { env: { https_proxy: proxy.url }, timeoutMs: 60_000 });
const verify = (inputs: Readonly<Record<string, string>>, proxy = tunnel) =>
  world.verify(
    common({
      'certificate-identity': SUBJECT,
      'certificate-oidc-issuer': world.sigstore.issuer,
      'wait-for': '0s',
      ...inputs,
    }),
    {
      env: { https_proxy: proxy.url },
      timeoutMs: 60_000,
    },
  );

async function writePem(name: string, text: string): Promise<string> {
  const file = join(dirname(world.files.trustedRoot), name);
  await writeFile(file, text);
  return file;
}

/** Everything that a run wrote: streams, summary, outputs. The commands that mask are not for people. */
function everythingOf(run: RunResult): string {
  const printed = `${run.stdout}${run.stderr}`.replace(/^::add-mask::.*$/gm, '');
  return `${printed}${run.summary}${JSON.stringify([run.outputs, run.exported])}`;
}

function expectNoKey(run: RunResult): void {
  const text = everythingOf(run);
  for (const key of [ours.key, foreign.key]) {
    for (const line of key.split('\n').filter((one) => one.length >= 8 && !one.startsWith('-----'))) {
      expect(text).not.toContain(line);
    }
  }
}

test('a registry that asks for a client certificate gets it from both actions, and no other host does', async () => {
  const { pinned, path } = newImage();
  const signed = await sign({ images: pinned, ...GIVEN });
  expect(signed.exitCode, shown(signed)).toBe(0);
  expect(registry.store.referrers(path, image.digest)).toHaveLength(1);
  // The storage has a certificate of its own here, but a redirect must not choose who sees it.
  const file = await writePem('client-of-storage.pem', ours.certificate + ours.key);
  const verified = await verify({ images: pinned, 'client-certificate': `${REGISTRY}=${file}\n${STORAGE}=${file}` });
  expect(verified.exitCode, shown(verified)).toBe(0);
  expect(verified.outputs['verified']).toBe('true');
  expect([...seen].sort()).toEqual([`${AUTH} nobody`, `${REGISTRY} ours`, `${STORAGE} nobody`]);
  for (const run of [signed, verified]) {
    expectNoKey(run);
    for (const line of ours.key.split('\n').slice(1, 3)) expect(run.masks).toContain(line);
  }
});

test('a certificate of a file for one host, with the key in it; another registry of the run sees none', async () => {
  setQuirk(undefined);
  const { pinned, path } = newImage();
  const file = await writePem('client.pem', `${ours.ca}${ours.certificate}${ours.key}`);
  const elsewhere = pinned.replace(REGISTRY, OTHER);
  const run = await sign({
    images: `${pinned}\n${elsewhere}`,
    'token-hosts': AUTH,
    'client-certificate': `${REGISTRY}=${file}`,
  });
  expect(run.exitCode, shown(run)).not.toBe(null);
  expect(registry.store.referrers(path, image.digest).length).toBeLessThan(2);
  expect([...seen]).toEqual(expect.arrayContaining([`${REGISTRY} ours`, `${OTHER} nobody`]));
  expect([...seen].filter((one) => one.endsWith(' ours'))).toEqual([`${REGISTRY} ours`]);
  expectNoKey(run);
});

test('a token server of the same domain gets the certificate that is given for it', async () => {
  const { pinned } = newImage();
  const file = await writePem('client-of-both.pem', ours.certificate + ours.key);
  const run = await verify({ images: pinned, 'client-certificate': `${REGISTRY}=${file}\n${AUTH}=${file}` });
  expect(resultsOf(run).images[0].reason).toBe('NO_SIGNATURE');
  expect([...seen].sort()).toEqual([`${AUTH} ours`, `${REGISTRY} ours`]);
});

test('a token server of another domain gets its certificate only if it is listed in token-hosts', async () => {
  setQuirk(undefined);
  const { pinned } = newImage();
  const file = await writePem('client-of-others.pem', ours.certificate + ours.key);
  const inputs = {
    images: pinned.replace(REGISTRY, OTHER),
    'client-certificate': `${OTHER}=${file}\n${AUTH}=${file}`,
  };
  await verify(inputs);
  expect([...seen].sort()).toEqual([`${AUTH} nobody`, `${OTHER} ours`]);
  seen.clear();
  await verify({ ...inputs, 'token-hosts': AUTH });
  expect([...seen].sort()).toEqual([`${AUTH} ours`, `${OTHER} ours`]);
});

describe.each<[string, () => TunnelProxy, Quirks['clientCertificate']]>([
  ['by a TLS alert', () => strictTunnel, undefined],
  ['by a page', () => tunnel, 'nginx'],
])('a registry that refuses %s', (_how, proxy, quirk) => {
  test.each([
    ['without a certificate', {}, /client certificate[\s\S]*`registry\.example=PATH` in `client-certificate`/],
    [
      'with the certificate of a foreign authority',
      FOREIGN,
      /client certificate[\s\S]*did not accept the certificate in `client-certificate`/,
    ],
  ])('%s: REGISTRY_DENIED names the input', async (_what, inputs, words) => {
    setQuirk(quirk);
    const { pinned, path } = newImage();
    const logged = world.sigstore.rekorV1.size();
    const [signed, verified] = await Promise.all([
      sign({ images: pinned, ...inputs }, proxy()),
      verify({ images: pinned, ...inputs }, proxy()),
    ]);
    for (const run of [signed, verified]) {
      expect(run.timedOut).toBe(false);
      expect(run.exitCode).toBe(1);
      expect(errorsOf(run).join()).toMatch(words);
      expect(errorsOf(run).join()).toContain('REGISTRY_DENIED');
      expectNoKey(run);
    }
    expect(resultsOf(verified).images[0]).toMatchObject({ verdict: 'error', reason: 'REGISTRY_DENIED' });
    expect(registry.store.referrers(path, image.digest)).toEqual([]);
    expect(world.sigstore.rekorV1.size()).toBe(logged);
  });
});

test('a registry that asks for a certificate and answers 403 without one: the hint names the input', async () => {
  setQuirk('forbidden');
  const { pinned } = newImage();
  const run = await verify({ images: pinned });
  expect(errorsOf(run).join()).toMatch(
    /REGISTRY_DENIED[\s\S]*asked for a client certificate[\s\S]*`client-certificate`/,
  );
});

test('the key of another certificate stops the run before any call, and is shown nowhere', async () => {
  const { pinned } = newImage();
  const inputs = { images: pinned, 'client-certificate': ours.certificate, 'client-key': foreign.key };
  for (const run of [await sign(inputs), await verify(inputs)]) {
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run).join()).toMatch(/INPUT_INVALID[\s\S]*client-key[\s\S]*does not belong to the certificate/);
    expectNoKey(run);
  }
  expect([...seen]).toEqual([]);
});
