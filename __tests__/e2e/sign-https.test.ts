import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Served, serve } from '../../sandbox/http/serve.ts';
import type { TunnelProxy } from '../../sandbox/http/tunnel-proxy.ts';
import { type BuiltImage, buildImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import { createRegistry, type RegistryService } from '../../sandbox/registry/registry.ts';
import { createTokenServer, type TokenServer } from '../../sandbox/registry/token-server.ts';
import { mintLoopbackTls } from '../../sandbox/sigstore/self-signed.ts';
import { openTunnel } from '../open-tunnel.ts';
import { errorsOf, IMPATIENT, type SignWorld, shown, startSignWorld } from './sign-world.ts';

/*
 * https with a private certificate authority, through a proxy, and the two registries whose names mean
 * something to the action: ghcr.io, which takes the job's own token, and any other, which does not.
 */

const HOSTS = ['ghcr.io:443', 'registry.example:443'];
let world: SignWorld;
let tokens: TokenServer;
let registry: RegistryService;
let server: Served;
let tunnel: TunnelProxy;
let ca: string;
let image: BuiltImage;
/** What the job's token may do. */
let granted: readonly string[];

beforeAll(async () => {
  world = await startSignWorld();
  granted = ['pull', 'push'];
  tokens = createTokenServer({
    users: { octocat: 'ghs_sandbox' },
    grant: ({ actions }, user) => (user === undefined ? [] : actions.filter((action) => granted.includes(action))),
  });
  registry = createRegistry({
    auth: { kind: 'bearer', realm: 'https://ghcr.io/token', service: tokens.service, verify: tokens.verify },
  });
  const minted = mintLoopbackTls(new Date(), ['ghcr.io', 'registry.example']);
  ca = minted.ca;
  server = await serve(
    (request) => (request.url.pathname === '/token' ? tokens.handle(request) : registry.handle(request)),
    { name: 'https', log: world.log, tls: minted.tls },
  );
  tunnel = await openTunnel(HOSTS, server.port);
  image = buildImage({ content: 'https' });
  for (const repository of ['acme/app', 'acme/other']) storeImage(registry.store, repository, image);
});
afterAll(async () => {
  await tunnel[Symbol.asyncDispose]();
  await Promise.all([server.close(), world.close()]);
});

const proxied = (more: Readonly<Record<string, string>> = {}) => ({ env: { https_proxy: tunnel.url, ...more } });

test('ghcr.io needs no login step: the job’s token and actor are used, over the proxy and the given roots', async () => {
  const run = await world.sign(
    { images: 'ghcr.io/Acme/App', digest: image.digest, 'ca-certificates': ca, ...IMPATIENT },
    proxied(),
  );
  expect(run.exitCode, shown(run)).toBe(0);
  expect(run.outputs['images']).toBe(`ghcr.io/acme/app@${image.digest}`);
  expect(registry.store.referrers('acme/app', image.digest)).toHaveLength(1);
  expect(tokens.issued.map(({ user }) => user)).toContain('octocat');
  expect(registry.misplaced).toEqual([]);
});

test('without the given roots the certificate is refused, and the error names ca-certificates', async () => {
  const run = await world.sign({ images: `ghcr.io/acme/other@${image.digest}`, ...IMPATIENT }, proxied());
  expect(run.exitCode).toBe(1);
  expect(errorsOf(run).join()).toMatch(/REGISTRY_UNAVAILABLE[\s\S]*ca-certificates/);
  expect(registry.store.referrers('acme/other', image.digest)).toEqual([]);
});

test('ca-certificates may be a path, and serve every other service too', async () => {
  const { sigstore } = world;
  const { tls, ca: own } = mintLoopbackTls();
  const path = join(dirname(world.files.trustedRoot), 'ca.pem');
  await writeFile(path, own);
  await using secure = await serve(sigstore.ca.handler, { name: 'https-ca', log: world.log, tls });
  const config = world.configWith({ certificateAuthorities: [{ url: secure.url }] });
  const inputs = { 'signing-config': config, 'if-signed': 'sign', ...IMPATIENT };
  const [given, missing] = await Promise.all([
    world.sign({ images: world.image().pinned, 'ca-certificates': path, ...inputs }),
    world.sign({ images: world.image().pinned, ...inputs }),
  ]);
  expect(given.exitCode, shown(given)).toBe(0);
  expect(missing.exitCode).toBe(1);
  expect(errorsOf(missing).join()).toContain('CA_UNAVAILABLE');
});

test('a job token that may not push: the hint is packages: write, and nothing is logged', async () => {
  granted = ['pull'];
  const before = world.sigstore.rekorV1.size();
  const run = await world.sign(
    { images: `ghcr.io/acme/other@${image.digest}`, 'ca-certificates': ca, ...IMPATIENT },
    proxied(),
  );
  granted = ['pull', 'push'];
  expect(run.exitCode).toBe(1);
  expect(errorsOf(run).join()).toMatch(/REGISTRY_DENIED[\s\S]*`packages: write`/);
  expect(world.sigstore.rekorV1.size()).toBe(before);
  expect(registry.openUploads()).toBe(0);
});

test.each([
  ['another registry', 'registry.example', {}],
  ['ghcr.io from another server', 'ghcr.io', { GITHUB_SERVER_URL: 'https://ghes.example' }],
])('the job’s token does not go to %s', async (_what, host, env) => {
  const before = tokens.issued.length;
  const run = await world.sign(
    { images: `${host}/acme/other@${image.digest}`, 'ca-certificates': ca, ...IMPATIENT },
    proxied(env),
  );
  expect(run.exitCode).toBe(1);
  expect(errorsOf(run).join()).toContain('REGISTRY_DENIED');
  expect(tokens.issued.slice(before).every(({ user }) => user === undefined)).toBe(true);
  expect(registry.store.referrers('acme/other', image.digest)).toEqual([]);
});

test('nobody else was asked for through the proxy', () => {
  expect(new Set(tunnel.asked)).toEqual(new Set(HOSTS));
});
