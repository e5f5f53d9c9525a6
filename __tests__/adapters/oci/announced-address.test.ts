import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Reply, type SandboxRequest, type Served, serve } from '../../../sandbox/http/serve.ts';
import type { TunnelProxy } from '../../../sandbox/http/tunnel-proxy.ts';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import { digestOf } from '../../../src/domain/image/digest.ts';
import { createHttpClient } from '../../../src/http/create-http-client.ts';
import { createRegistry } from '../../../src/oci/registry.ts';
import { anonymousCredentials } from '../../../src/oci/transport/credential.ts';
import type { RegistryError } from '../../../src/oci/transport/registry-error.ts';
import { testCall } from '../../calls.ts';
import { openTunnel } from '../../open-tunnel.ts';
import { clock } from './harness.ts';

/*
 * A registry behind a proxy that ends TLS: what it says of its own address is wrong. It is refused, and the hint says what
 * is wrong there, not that a login is missing.
 */

const HOST = 'registry.example:8443';
const DIGEST = digestOf(Buffer.from('x'));
const { ca, tls } = mintLoopbackTls(new Date(), ['registry.example', 'storage.example']);

let answer: (request: SandboxRequest) => Reply;
let served: Served;
let tunnel: TunnelProxy;

beforeAll(async () => {
  served = await serve((request) => answer(request), { tls });
  tunnel = await openTunnel(['registry.example:8443', 'registry.example:443', 'storage.example:443'], served.port);
});
afterAll(async () => {
  await tunnel[Symbol.asyncDispose]();
  await served.close();
});
beforeEach(() => {
  answer = () => ({ status: 404 });
});

type Act = 'manifest' | 'openUpload' | 'upload' | 'listReferrers';

async function failureOf(act: Act): Promise<RegistryError> {
  const http = createHttpClient({ clock, random: () => 0.5, caPems: [ca], proxy: { https_proxy: tunnel.url } });
  const registry = createRegistry({
    http,
    credentials: anonymousCredentials,
    access: 'push',
    clock,
    random: () => 0.5,
    mask: () => undefined,
  });
  const call = testCall();
  const repository = { registry: HOST, path: 'acme/app' };
  try {
    switch (act) {
      case 'manifest':
        await registry.manifest(call, repository, DIGEST);
        break;
      case 'openUpload':
        await registry.openUpload(call, repository);
        break;
      case 'upload':
        await registry.upload(call, await registry.openUpload(call, repository), Buffer.from('x'));
        break;
      case 'listReferrers': {
        const { place } = await registry.listReferrers(call, repository, DIGEST);
        if (place.error !== undefined) throw place.error;
      }
    }
  } catch (error) {
    return error as RegistryError;
  } finally {
    await http.close();
  }
  throw new Error('it did not fail');
}

const location = (status: number, target: string): Reply => ({ status, headers: [['Location', target]] });
const challenge = (realm: string): Reply => ({
  status: 401,
  headers: [['WWW-Authenticate', `Bearer realm="${realm}",service="registry"`]],
});
const page = (target: string): Reply => ({
  status: 200,
  headers: [
    ['Content-Type', 'application/vnd.oci.image.index.v1+json'],
    ['Link', `<${target}>; rel="next"`],
  ],
  body: JSON.stringify({ schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [] }),
});

const OWN_HTTP =
  /A proxy ends TLS before registry\.example:8443.*X-Forwarded-Proto.*REGISTRY_HTTP_HOST.*A login does not help/;
const FOREIGN_HTTP = /only to https.*storage\.example/;
const OTHER_PORT = /registry\.example:8443 calls itself registry\.example\..*REGISTRY_HTTP_HOST/;

describe('an http address of a registry on https is refused, and the hint says why it is announced', () => {
  test.each<[string, Act, () => Reply, RegExp]>([
    ['the realm', 'manifest', () => challenge('http://registry.example:8443/token'), OWN_HTTP],
    ['the realm of a push', 'openUpload', () => challenge('http://registry.example/token'), OWN_HTTP],
    ['a realm elsewhere', 'manifest', () => challenge('http://storage.example/token'), FOREIGN_HTTP],
    ['a redirected manifest', 'manifest', () => location(307, 'http://registry.example/v2/x'), OWN_HTTP],
    ['a redirect to storage', 'manifest', () => location(307, 'http://storage.example/x'), FOREIGN_HTTP],
    ['the Location of an upload', 'openUpload', () => location(202, 'http://registry.example:8443/v2/u'), OWN_HTTP],
    [
      'a redirect of POST, which is not followed',
      'openUpload',
      () => location(308, 'http://registry.example/'),
      OWN_HTTP,
    ],
    ['a redirected listing', 'listReferrers', () => location(301, 'http://registry.example:8443/v2/x'), OWN_HTTP],
    ['the Link to the next page', 'listReferrers', () => page('http://registry.example:8443/v2/p2'), OWN_HTTP],
  ])('%s', async (_what, act, reply, words) => {
    answer = reply;
    const { code, hint } = await failureOf(act);
    expect(hint).toMatch(words);
    expect(hint).not.toMatch(/\blog in\b|No login/i);
    expect(['REGISTRY_INVALID', 'REGISTRY_DENIED']).toContain(code);
  });

  test('a redirect of the token server', async () => {
    answer = ({ url }) =>
      url.pathname === '/token' ? location(301, 'http://registry.example/token/') : challenge(`https://${HOST}/token`);
    expect((await failureOf('manifest')).hint).toMatch(OWN_HTTP);
  });
});

describe('a port that a proxy has lost', () => {
  test.each<[string, Act, (request: SandboxRequest) => Reply]>([
    ['of the realm', 'manifest', () => challenge('https://registry.example/token')],
    ['of a redirect', 'manifest', () => location(307, 'https://registry.example/v2/x')],
    [
      'of the Location of an upload',
      'upload',
      ({ method }) => (method === 'POST' ? location(202, 'https://registry.example/v2/u') : { status: 401 }),
    ],
    ['of the Link', 'listReferrers', () => page('https://registry.example/v2/p2')],
  ])('%s is told instead of a missing login', async (_what, act, reply) => {
    // At the other port there is another service.
    answer = (request) => {
      if (request.url.port === '8443') return reply(request);
      return act === 'upload' ? { status: 401 } : { status: 404 };
    };
    const { code, hint } = await failureOf(act);
    expect([code, hint]).toEqual(['REGISTRY_INVALID', expect.stringMatching(OTHER_PORT)]);
  });
});

test('relative Locations keep the port, and https elsewhere is followed', async () => {
  answer = ({ method, url }) => {
    if (url.hostname === 'storage.example') return { status: 201 };
    return method === 'POST' ? location(202, '/v2/acme/app/u') : { status: url.port === '8443' ? 201 : 404 };
  };
  await expect(failureOf('upload')).rejects.toThrow('it did not fail');
  answer = ({ method }) => (method === 'POST' ? location(202, 'https://storage.example/u') : { status: 201 });
  await expect(failureOf('upload')).rejects.toThrow('it did not fail');
});
