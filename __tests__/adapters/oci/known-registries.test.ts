import { describe, expect, test } from 'vitest';
import { errorReply, htmlPage } from '../../../sandbox/http/faults.ts';
import { type Handler, jsonReply, type Reply } from '../../../sandbox/http/serve.ts';
import type { RegistryAuth } from '../../../sandbox/registry/authorization.ts';
import { createRegistry as createSandboxRegistry } from '../../../sandbox/registry/registry.ts';
import { createTokenServer, grantPublicPull, type TokenServerOptions } from '../../../sandbox/registry/token-server.ts';
import { createRegistry } from '../../../src/oci/registry.ts';
import type { Credential, CredentialStore } from '../../../src/oci/transport/credential.ts';
import { knownRegistry } from '../../../src/oci/transport/known-registries.ts';
import { seenBy, testCall } from '../../calls.ts';
import { clock, seedImage, users } from './harness.ts';
import { hostsInProcess } from './hosts-in-process.ts';

/* Registries whose token server is known beforehand: what is sent, where to, and what decides if they have changed. */

const BASIC = Buffer.from('alice:s3cret').toString('base64');
const PASSWORD: Credential = { kind: 'basic', basic: BASIC, source: 'a test', isFallback: false };
const JOBS_TOKEN: Credential = { kind: 'basic', basic: BASIC, source: 'the job', isFallback: true };
const IDENTITY: Credential = {
  ...{ kind: 'identity-token', token: 'refresh-me', basic: undefined },
  ...{ source: 'a test', isFallback: false },
};
const READY: Credential = { kind: 'registry-token', token: 'ready-made', source: 'a test', isFallback: false };

const storeOf = (credential: Credential | undefined): CredentialStore => ({
  find: () => Promise.resolve(credential),
  describePlaces: () => 'a test',
});

interface Setting {
  /** As references name it. */
  readonly registry?: string;
  /** The host of its API. */
  readonly api?: string;
  /** What the registry's own challenge names; default what is known. */
  readonly realm?: string;
  readonly service?: string;
  /** In the place of the known token server. */
  readonly known?: Handler | 'down';
  readonly credential?: Credential | undefined;
  readonly access?: 'pull' | 'push';
  readonly tokenServer?: TokenServerOptions;
  readonly auth?: RegistryAuth;
  readonly anonymousPull?: boolean;
}

/** A registry under a known name, its token server, and our adapter. */
function visit(setting: Setting = {}) {
  const { registry = 'ghcr.io', api = registry } = setting;
  const known = knownRegistry(new URL(`https://${api}`));
  const { realm: knownRealm = '', service = 'registry' } = known?.challenge.parameters ?? {};
  const realm = setting.realm ?? knownRealm;
  const tokens = createTokenServer({
    ...{ users, service: setting.service ?? service, grant: grantPublicPull },
    ...{ refreshTokens: { 'refresh-me': 'alice' }, ...setting.tokenServer },
  });
  const sandbox = createSandboxRegistry({
    auth: setting.auth ?? {
      ...{ kind: 'bearer', realm, service: tokens.service, verify: tokens.verify },
      anonymousPull: setting.anonymousPull ?? false,
    },
  });
  const at = new URL(realm);
  const route =
    (host: string): Handler =>
    (request) => {
      const isAt = (address: string): boolean =>
        address !== '' && host === new URL(address).host && request.url.pathname === new URL(address).pathname;
      if (setting.known !== undefined && setting.known !== 'down' && isAt(knownRealm)) return setting.known(request);
      return isAt(realm) ? tokens.handle(request) : sandbox.handle(request);
    };
  const hosts: Record<string, Handler | 'down'> = { [at.host]: route(at.host), [api]: route(api) };
  if (setting.known !== undefined && knownRealm !== '') {
    const { host } = new URL(knownRealm);
    hosts[host] = setting.known === 'down' && host !== api ? 'down' : route(host);
  }
  const net = hostsInProcess(hosts);
  const credential = 'credential' in setting ? setting.credential : PASSWORD;
  const masked: string[] = [];
  const all = createRegistry({
    ...{ http: net.http, credentials: storeOf(credential), clock, random: () => 0.5, settleMs: 0 },
    access: setting.access ?? 'pull',
    mask: (text) => masked.push(text),
  });
  const repository = { registry, path: 'acme/app' };
  return {
    ...{ sandbox, tokens, repository, masked },
    preconnected: net.preconnected,
    sent: net.sent,
    adapter: seenBy(testCall({ retryFor: 1000 }), all),
    image: seedImage({ sandbox, repository }),
    /** `host: METHOD path status`. */
    lines: () => net.sent.map(({ host, line }) => `${host}: ${line}`),
    /** Hosts that saw the password or the refresh token. */
    trusted: () => [
      ...new Set(
        net.sent
          .filter(({ authorization = '', body }) => authorization === `Basic ${BASIC}` || body.includes('refresh-me'))
          .map(({ host }) => host),
      ),
    ],
  };
}

const TOKEN_SERVERS = [
  ['ghcr.io', 'ghcr.io', 'ghcr.io: GET /token', 'ghcr.io'],
  ['docker.io', 'registry-1.docker.io', 'auth.docker.io: GET /token', 'registry.docker.io'],
  ['quay.io', 'quay.io', 'quay.io: GET /v2/auth', 'quay.io'],
  ['registry.gitlab.com', 'registry.gitlab.com', 'gitlab.com: GET /jwt/auth', 'container_registry'],
  ['public.ecr.aws', 'public.ecr.aws', 'public.ecr.aws: GET /token/', 'public.ecr.aws'],
  ['gcr.io', 'gcr.io', 'gcr.io: GET /v2/token', 'gcr.io'],
  ['us-docker.pkg.dev', 'us-docker.pkg.dev', 'us-docker.pkg.dev: GET /v2/token', 'us-docker.pkg.dev'],
  ['acme.azurecr.io', 'acme.azurecr.io', 'acme.azurecr.io: GET /oauth2/token', 'acme.azurecr.io'],
] as const;

describe('the token server of a registry that is known', () => {
  test.each(TOKEN_SERVERS)('%s is asked at once, by a login', async (registry, api, line, service) => {
    const { adapter, repository, image, lines, sent, tokens, trusted } = visit({ registry, api });
    expect(await adapter.head(repository, image.digest)).toEqual(image);
    expect(lines()).toEqual([`${line} 200`, `${api}: HEAD /v2/acme/app/manifests/sha256:… 200`]);
    expect(tokens.service).toBe(service);
    expect(tokens.issued[0]).toMatchObject({ user: 'alice', asked: ['repository:acme/app:pull'] });
    expect(trusted()).toEqual([sent[0]?.host]);
  });

  test.each(TOKEN_SERVERS)('%s is asked at once, by who will push', async (registry, api, line) => {
    const { adapter, repository, lines, tokens } = visit({ registry, api, access: 'push' });
    await adapter.openUpload(repository);
    expect(lines()).toEqual([`${line} 200`, `${api}: POST /v2/acme/app/blobs/uploads/ 202`]);
    expect(tokens.issued.map(({ asked }) => asked)).toEqual([['repository:acme/app:pull,push']]);
  });

  test.each(TOKEN_SERVERS)('%s: a stranger asks for a token where reading needs one', async (registry, api, line) => {
    const isOpen = knownRegistry(new URL(`https://${api}`))?.isReadOpenly === true;
    const { adapter, repository, image, lines } = visit({
      ...{ registry, api, credential: undefined, anonymousPull: isOpen },
    });
    expect(await adapter.head(repository, image.digest)).toEqual(image);
    const read = `${api}: HEAD /v2/acme/app/manifests/sha256:… 200`;
    expect(lines()).toEqual(isOpen ? [read] : [`${line} 200`, read]);
  });

  test('is sent a refresh token by POST, and nothing else is', async () => {
    const { adapter, repository, image, lines, trusted, sent } = visit({
      ...{ registry: 'acme.azurecr.io', credential: IDENTITY },
    });
    await adapter.head(repository, image.digest);
    expect(lines()[0]).toBe('acme.azurecr.io: POST /oauth2/token 200');
    expect(trusted()).toEqual(['acme.azurecr.io']);
    expect(sent.filter(({ body }) => body.includes('refresh-me'))).toHaveLength(1);
  });

  test('is not asked by who has a ready token', async () => {
    const { adapter, repository, image, sent } = visit({
      credential: READY,
      auth: {
        kind: 'bearer',
        realm: 'https://ghcr.io/token',
        service: 'ghcr.io',
        verify: (token) =>
          token === 'ready-made' ? [{ type: 'repository', name: 'acme/app', actions: ['pull'] }] : undefined,
      },
    });
    expect(await adapter.head(repository, image.digest)).toEqual(image);
    expect(sent.map(({ authorization }) => authorization)).toEqual(['Bearer ready-made']);
  });

  test('is asked once by calls that begin together, which find connections opened meanwhile', async () => {
    const { adapter, repository, image, tokens, preconnected, lines } = visit();
    await Promise.all([
      adapter.head(repository, image.digest),
      adapter.listReferrers(repository, image.digest),
      adapter.fetchLegacy(repository, image.digest),
    ]);
    expect(tokens.issued).toHaveLength(1);
    expect(lines().filter((line) => line.endsWith(' 401'))).toEqual([]);
    // The fourth is for the referrers tag, which is read together with the API.
    expect(preconnected.filter((host) => host === 'ghcr.io')).toHaveLength(4);
  });

  test('masks its token', async () => {
    const { adapter, repository, image, sent, masked } = visit();
    await adapter.head(repository, image.digest);
    expect(masked).toContain(sent[1]?.authorization?.replace('Bearer ', ''));
  });
});

const BROKEN: readonly (readonly [string, Reply])[] = [
  ['401', errorReply(401, 'UNAUTHORIZED')],
  ['403', errorReply(403, 'DENIED')],
  ['404', errorReply(404, 'NOT_FOUND')],
  ['400', errorReply(400, 'BAD')],
  ['429', errorReply(429, 'TOOMANYREQUESTS')],
  ['503', errorReply(503, 'UNAVAILABLE')],
  ['a redirect', { status: 302, headers: [['Location', 'https://elsewhere.example/token']] }],
  ['a page', htmlPage()],
  ['JSON without a token', jsonReply(200, {})],
  ['a token that cannot be sent', jsonReply(200, { token: 'a b' })],
  ['a token that the registry does not take', jsonReply(200, { token: 'foreign' })],
];

describe('a registry that has moved its token server', () => {
  test.each(BROKEN)('decides by its challenge: the known one answers %s', async (_what, reply) => {
    const { adapter, repository, image, trusted, lines, sent } = visit({
      realm: 'https://ghcr.io/new',
      known: () => reply,
    });
    expect(await adapter.head(repository, image.digest)).toEqual(image);
    await adapter.listReferrers(repository, image.digest);
    // Once, and with no second attempt: from then on the challenge is known.
    expect(lines().filter((line) => line.includes(' /token '))).toHaveLength(1);
    expect(sent[0]?.retry).toBe(false);
    expect(lines()).toContain('ghcr.io: GET /new 200');
    expect(trusted()).toEqual(['ghcr.io']);
  });

  test.each(BROKEN)('can be written to: the known one answers %s', async (_what, reply) => {
    const { adapter, repository } = visit({ realm: 'https://ghcr.io/new', known: () => reply, access: 'push' });
    await expect(adapter.openUpload(repository)).resolves.toMatchObject({ repository });
  });

  test('decides by its challenge: the known one is down', async () => {
    const { adapter, repository, image, lines } = visit({
      ...{ registry: 'docker.io', api: 'registry-1.docker.io', realm: 'https://login.docker.io/token', known: 'down' },
    });
    expect(await adapter.head(repository, image.digest)).toEqual(image);
    expect(lines()).toEqual([
      'auth.docker.io: GET /token down',
      'registry-1.docker.io: HEAD /v2/acme/app/manifests/sha256:… 401',
      'login.docker.io: GET /token 200',
      'registry-1.docker.io: HEAD /v2/acme/app/manifests/sha256:… 200',
    ]);
  });

  test('to another domain: the login is sent there no more than before', async () => {
    const { adapter, repository, image, trusted } = visit({
      realm: 'https://tokens.example/token',
      known: () => errorReply(404, 'X'),
    });
    await expect(adapter.head(repository, image.digest)).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
      message: expect.stringContaining('the login was not sent there'),
    });
    // The known server is on the registry's own host, which may see it.
    expect(trusted()).toEqual(['ghcr.io']);
  });

  test('names another service: that one is asked for', async () => {
    const { adapter, repository, image, tokens } = visit({ service: 'containers.github.com' });
    expect(await adapter.head(repository, image.digest)).toEqual(image);
    expect(tokens.issued).toHaveLength(1);
  });

  test('asks for a password now: a token is not followed by one before the registry has said so to a stranger', async () => {
    const { adapter, repository, image, sent } = visit({
      realm: 'https://ghcr.io/unused',
      known: () => jsonReply(200, { token: 'foreign' }),
      auth: { kind: 'basic', users },
    });
    expect(await adapter.head(repository, image.digest)).toEqual(image);
    expect(sent.map(({ authorization }) => authorization)).toEqual([
      ...[`Basic ${BASIC}`, 'Bearer foreign', undefined, `Basic ${BASIC}`],
    ]);
  });

  test('needs no login now', async () => {
    const { adapter, repository, image, lines } = visit({ known: () => errorReply(404, 'X'), auth: { kind: 'none' } });
    expect(await adapter.head(repository, image.digest)).toEqual(image);
    expect(lines().at(-1)).toBe('ghcr.io: HEAD /v2/acme/app/manifests/sha256:… 200');
  });
});

describe('a login that is not good', () => {
  test('is presented once, and the denial names where it came from', async () => {
    const { adapter, repository, image, lines } = visit({ tokenServer: { users: { alice: 'changed' } } });
    await expect(adapter.head(repository, image.digest)).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
      hint: expect.stringContaining('a test'),
    });
    expect(lines()).toEqual(['ghcr.io: GET /token 401', 'ghcr.io: HEAD /v2/acme/app/manifests/sha256:… 401']);
  });

  test('of the job gives way to an anonymous read', async () => {
    const { adapter, repository, image, tokens } = visit({
      ...{ credential: JOBS_TOKEN, tokenServer: { users: { alice: 'changed' } } },
    });
    expect(await adapter.head(repository, image.digest)).toEqual(image);
    expect(tokens.issued).toMatchObject([{ user: undefined, granted: ['repository:acme/app:pull'] }]);
  });

  test('that may only pull is told by the scope that is missing', async () => {
    const { adapter, repository } = visit({
      access: 'push',
      tokenServer: { grant: ({ actions }) => actions.filter((one) => one === 'pull') },
    });
    await expect(adapter.openUpload(repository)).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
      hint: expect.stringContaining('repository:acme/app:pull,push'),
    });
  });

  test('reads what anyone may read where reading is open', async () => {
    const { adapter, repository, image, lines } = visit({
      ...{ registry: 'quay.io', anonymousPull: true, tokenServer: { users: { alice: 'changed' } } },
    });
    expect(await adapter.head(repository, image.digest)).toEqual(image);
    expect(lines()).toEqual(['quay.io: GET /v2/auth 401', 'quay.io: HEAD /v2/acme/app/manifests/sha256:… 200']);
  });
});

describe('GHCR, which has no referrers API and keeps its blobs elsewhere', () => {
  /** A registry whose listing answers 404 only once its referrers tag has been asked for. */
  function listing(registry: string) {
    let tagAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      tagAsked = resolve;
    });
    const order: string[] = [];
    const seen = visit({
      registry,
      realm: `https://${registry}/token`,
      auth: { kind: 'none' },
      credential: undefined,
      known: () => errorReply(404, 'X'),
    });
    const handler: Handler = async (request) => {
      const { pathname } = request.url;
      if (pathname.includes('/manifests/sha256-')) {
        order.push('tag');
        tagAsked();
      }
      if (pathname.includes('/referrers/')) {
        await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, 200))]);
        order.push('api');
      }
      return pathname.startsWith('/v2/') ? errorReply(404, 'MANIFEST_UNKNOWN') : errorReply(404, 'X');
    };
    const net = hostsInProcess({ [registry]: handler });
    const all = createRegistry({
      ...{ http: net.http, credentials: storeOf(undefined), clock, random: () => 0.5, settleMs: 0, access: 'pull' },
      mask: () => undefined,
    });
    return { order, net, adapter: seenBy(testCall(), all), image: seen.image, repository: seen.repository };
  }

  test('is asked for the referrers tag at the same time, once', async () => {
    const { adapter, repository, image, order, net } = listing('ghcr.io');
    expect((await adapter.listReferrers(repository, image.digest)).place).toMatchObject({
      outcome: 'absent',
      status: 404,
    });
    expect((await adapter.listReferrersTag(repository, image.digest)).place).toMatchObject({ outcome: 'absent' });
    expect(order).toEqual(['tag', 'api']);
    expect(net.sent.filter(({ line }) => line.includes('/manifests/sha256-'))).toHaveLength(1);
    // A later question is a new one.
    await adapter.listReferrersTag(repository, image.digest);
    expect(net.sent.filter(({ line }) => line.includes('/manifests/sha256-'))).toHaveLength(2);
  });

  test('unlike a registry of which that is not known', async () => {
    const { adapter, repository, image, order } = listing('reg.example');
    await adapter.listReferrers(repository, image.digest);
    expect(order).toEqual(['api']);
  });

  test('gets a connection to its storage for each referrer that is fetched, and no request before it redirects', async () => {
    const { adapter, repository, image, preconnected, sent } = visit();
    const descriptor = { ...image, artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json' };
    const address = { repository, subject: image.digest };
    const fetch = () => adapter.fetchReferrer(address, { descriptor, place: 'referrers-tag' });
    await Promise.all(Array.from({ length: 20 }, fetch));
    const storage = 'pkg-containers.githubusercontent.com';
    expect(preconnected.filter((host) => host === storage)).toHaveLength(8);
    expect(sent.filter(({ host }) => host === storage)).toEqual([]);
    await fetch();
    expect(preconnected.filter((host) => host === storage)).toHaveLength(8);
  });

  test('other registries get none', async () => {
    const { adapter, repository, image, preconnected } = visit({ registry: 'quay.io' });
    const descriptor = { ...image, artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json' };
    await adapter.fetchReferrer({ repository, subject: image.digest }, { descriptor, place: 'referrers-api' });
    expect(new Set(preconnected)).toEqual(new Set(['quay.io']));
  });
});

describe('nothing is presumed', () => {
  test.each([
    ['http://ghcr.io', 'plain http'],
    ['https://ghcr.io:8443', 'another port'],
    ['https://ghcr.io.example', 'a name that begins so'],
    ['https://notghcr.io', 'a name that ends so'],
    ['https://sub.ghcr.io', 'a host below'],
    ['https://pkg.dev', 'the suffix itself'],
    ['https://us-npm.pkg.dev', 'another service of the suffix'],
    ['https://a.b-docker.pkg.dev', 'two labels'],
    ['https://us-docker.pkg.dev.example', 'a suffix in the middle'],
    ['https://azurecr.io', 'the suffix itself'],
    ['https://acme.azurecr.io.example', 'a suffix in the middle'],
    ['https://a.b.azurecr.io', 'two labels'],
    ['https://docker.io', 'the name in references, which is not that of the API'],
  ])('of %s: %s', (origin) => {
    expect(knownRegistry(new URL(origin))).toBeUndefined();
  });

  test('of a registry that nobody knows: it is asked first', async () => {
    const { adapter, repository, image, lines } = visit({
      registry: 'reg.example',
      realm: 'https://reg.example/token',
    });
    await adapter.head(repository, image.digest);
    expect(lines()[0]).toBe('reg.example: HEAD /v2/acme/app/manifests/sha256:… 401');
  });
});
