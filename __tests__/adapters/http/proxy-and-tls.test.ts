import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { type AddressInfo, connect, type Socket } from 'node:net';
import tls from 'node:tls';
import { describe, expect, test, vi } from 'vitest';
import { jsonReply, serve } from '../../../sandbox/http/serve.ts';
import { mintLoopbackTls, mintSelfSignedP256 } from '../../../sandbox/sigstore/self-signed.ts';
import { type ProxyVariables, proxyAuthorization, proxyFor } from '../../../src/http/proxy-settings.ts';
import { createLabClient, failureOf } from './http-server.ts';

describe('the proxy for a URL', () => {
  const all = { https_proxy: 'http://p:1', http_proxy: 'http://q:2' };
  test.each<[string, ProxyVariables, string | undefined, string]>([
    ['https://ghcr.io/', all, 'http://p:1', 'https by https_proxy'],
    ['http://a.example/', all, 'http://q:2', 'http by http_proxy'],
    ['https://ghcr.io/', { http_proxy: 'http://q:2' }, undefined, 'https never by http_proxy'],
    ['https://ghcr.io/', { HTTPS_PROXY: 'http://P:1' }, 'http://p:1', 'upper case if there is no lower case'],
    ['https://ghcr.io/', { HTTPS_PROXY: 'http://x:1', https_proxy: 'http://y:1' }, 'http://y:1', 'lower case first'],
    ['https://ghcr.io/', { https_proxy: '' }, undefined, 'an empty variable'],
    ['https://ghcr.io/', { https_proxy: 'proxy.example:8080' }, 'http://proxy.example:8080', 'a proxy without scheme'],
    ['https://127.0.0.1/', all, undefined, 'loopback'],
    ['https://localhost:5000/', all, undefined, 'loopback by name'],
    ['http://[::1]:5000/', all, undefined, 'loopback by IPv6'],
    ['https://ghcr.io/', { ...all, no_proxy: '*' }, undefined, 'no proxy at all'],
    ['https://ghcr.io/', { ...all, no_proxy: 'ghcr.io' }, undefined, 'the host itself'],
    ['https://ghcr.io/', { ...all, NO_PROXY: 'a.example, GHCR.io' }, undefined, 'a list, without case'],
    ['https://pkg.ghcr.io/', { ...all, no_proxy: 'ghcr.io' }, undefined, 'a sub-domain'],
    ['https://pkg.ghcr.io/', { ...all, no_proxy: '.ghcr.io' }, undefined, 'a sub-domain by leading dot'],
    ['https://notghcr.io/', { ...all, no_proxy: 'ghcr.io' }, 'http://p:1', 'a host that only ends like it'],
    ['https://ghcr.io/', { ...all, no_proxy: 'ghcr.io:443' }, undefined, 'host and implied port'],
    ['https://ghcr.io:8443/', { ...all, no_proxy: 'ghcr.io:443' }, 'http://p:1', 'another port'],
    ['https://ghcr.io/', { ...all, no_proxy: ' , ,' }, 'http://p:1', 'an empty list'],
  ])('%s with %j is %s: %s', (url, variables, proxy, _reason) => {
    expect(proxyFor(new URL(url), variables)?.origin).toBe(proxy);
  });

  // The rules of golang.org/x/net/http/httpproxy (documentation and tests of Config.NoProxy).
  test.each<[string, string, boolean, string]>([
    ['https://a.example/', '*', true, 'an asterisk alone is every host'],
    ['https://10.1.2.3/', 'x.example,*', true, 'an asterisk anywhere in the list'],
    ['https://a.example/', '*.example', true, 'an asterisk as the first label'],
    ['https://example.com/', '*.example.com', false, 'an asterisk as the first label is sub-domains only'],
    ['https://a.example/', '*a.example', false, 'an asterisk is no pattern'],
    ['https://y.com/', '.y.com', false, 'a leading dot is sub-domains only'],
    ['https://x.y.com/', '.y.com', true, 'a leading dot is sub-domains'],
    ['https://x.y.com/', '.y.com:443', true, 'a leading dot with a port'],
    ['https://x.y.com:8443/', '.y.com:443', false, 'a leading dot with another port'],
    ['http://a.example/', 'a.example:80', true, 'the implied port of http'],
    ['https://a.example/', 'a.example:', true, 'an empty port is every port'],
    ['https://a.example/', 'a.example:https', false, 'a port by name'],
    ['https://a.example/', ':443', false, 'a port alone'],
    ['https://a.example/', '.', false, 'a dot alone'],
    ['https://a.example./', 'a.example', true, 'a host with a final dot'],
    ['https://10.1.2.3/', '10.0.0.0/8', true, 'an IPv4 network'],
    ['https://10.1.2.3/', '10.9.9.9/8', true, 'an IPv4 network with host bits'],
    ['https://11.1.2.3/', '10.0.0.0/8', false, 'an address beside the network'],
    ['https://192.168.1.127/', '192.168.1.0/25', true, 'the last address of a network'],
    ['https://192.168.1.128/', '192.168.1.0/25', false, 'the first address after it'],
    ['https://11.1.2.3/', '0.0.0.0/0', true, 'every IPv4 address'],
    ['https://[2001:db8::1]/', '0.0.0.0/0', false, 'an IPv6 address in no IPv4 network'],
    ['https://10.1.2.3/', '10.0.0.0/33', false, 'a prefix that is too long'],
    ['https://10.1.2.3/', '10.0.0.0/', false, 'a prefix that is missing'],
    ['https://10.1.2.3/', '10.0.0.0/8/8', false, 'two prefixes'],
    ['https://10.1.2.3/', '10.0.0.0/8:443', false, 'a network with a port'],
    ['https://a.example/', '0.0.0.0/0', false, 'a name is not resolved to match a network'],
    ['https://10.1.2.3/', '10.1.2.3', true, 'an address'],
    ['https://10.1.2.3/', '10.1.2.3:443', true, 'an address with its port'],
    ['https://10.1.2.3:8443/', '10.1.2.3:443', false, 'an address with another port'],
    ['https://10.1.2.3/', '2.3', false, 'a suffix of an address'],
    ['https://10.1.2.3/', '.2.3', false, 'a dotted suffix of an address'],
    ['https://[2001:db8::1]/', '2001:db8::1', true, 'an IPv6 address'],
    ['https://[2001:db8::1]/', '2001:DB8:0:0::1', true, 'an IPv6 address in another spelling'],
    ['https://[2001:db8::1]/', '[2001:db8::1]', true, 'an IPv6 address in brackets'],
    ['https://[2001:db8::1]/', '[2001:db8::1]:443', true, 'an IPv6 address with its port'],
    ['https://[2001:db8::1]:8443/', '[2001:db8::1]:443', false, 'an IPv6 address with another port'],
    ['https://[2001:db8::1]/', '2001:db8::/32', true, 'an IPv6 network'],
    ['https://[2001:db9::1]/', '2001:db8::/32', false, 'an address beside the IPv6 network'],
    ['https://[::ffff:10.1.2.3]/', '10.0.0.0/8', true, 'an IPv4-mapped address'],
    ['https://[fe80::1]/', 'fe80::1%eth0', false, 'an address with a zone'],
    ['https://10.1.2.3/', '[', false, 'an entry that cannot be read'],
    ['https://127.1.2.3/', 'a.example', true, 'loopback is never proxied'],
  ])('%s with no_proxy=%s is direct: %s (%s)', (url, noProxy, isDirect) => {
    expect(proxyFor(new URL(url), { ...all, no_proxy: noProxy }) === undefined).toBe(isDirect);
  });

  test('gets its user info percent-decoded', () => {
    const token = proxyAuthorization(new URL('http://al%40ice:p%3Ass@proxy.example'));
    expect(token).toBe(`Basic ${Buffer.from('al@ice:p:ss').toString('base64')}`);
    expect(proxyAuthorization(new URL('http://alice@proxy.example'))).toBe('Basic YWxpY2U6');
    expect(proxyAuthorization(new URL('http://proxy.example'))).toBeUndefined();
  });
});

interface Proxy extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly string[];
}

/** A proxy that leads every host to one loopback port. */
async function openProxy(targetPort: number, refuses?: number): Promise<Proxy> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? '-'}`);
    response.end('by proxy');
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, client: Socket) => {
    seen.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? '-'}`);
    if (refuses !== undefined) return void client.end(`HTTP/1.1 ${refuses} No\r\n\r\n`);
    const upstream = connect(targetPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    sockets.add(upstream);
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://us%40er:pw@127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const credentials = `Basic ${Buffer.from('us@er:pw').toString('base64')}`;

const clientOf = createLabClient;

const get = (url: string) => ({ service: 'registry', method: 'GET', url, maxBytes: 1000, retry: false }) as const;

describe('through a proxy', () => {
  test('https is tunnelled, with TLS to the target checked against the extra roots', async () => {
    const { certificatePem, privateKey } = mintSelfSignedP256('registry.example');
    const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await using target = await serve(() => jsonReply(200, { hello: true }), { tls: { key, cert: certificatePem } });
    await using proxy = await openProxy(target.port);
    const trusting = clientOf({ proxy: { https_proxy: proxy.url }, caPems: [certificatePem] });
    expect((await trusting.request(get('https://registry.example/v2/'))).status).toBe(200);
    expect((await trusting.request(get('https://registry.example/v2/'))).status).toBe(200);
    expect(proxy.seen).toEqual([`CONNECT registry.example:443 ${credentials}`]);
    expect(await failureOf(trusting.request(get('https://other.example/v2/')))).toBe('tls');
    const strict = clientOf({ proxy: { https_proxy: proxy.url } });
    expect(await failureOf(strict.request(get('https://registry.example/v2/')))).toBe('tls');
    await Promise.all([trusting.close(), strict.close()]);
  });

  test('the roots are parsed once, for however many requests and hosts', async () => {
    const { certificatePem, privateKey } = mintSelfSignedP256('registry.example');
    const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await using target = await serve(() => jsonReply(200, {}), { tls: { key, cert: certificatePem } });
    await using proxy = await openProxy(target.port);
    const parsing = vi.spyOn(tls, 'createSecureContext');
    syncBuiltinESMExports();
    try {
      const client = clientOf({ proxy: { https_proxy: proxy.url }, caPems: [certificatePem] });
      const hosts = [...Array(5).fill('registry.example'), ...Array(5).fill('other.example')] as string[];
      const ended = await Promise.allSettled(hosts.map((host) => client.request(get(`https://${host}/v2/`))));
      // The certificate is that of the first host only.
      expect(ended.map(({ status }) => status)).toEqual([...Array(5).fill('fulfilled'), ...Array(5).fill('rejected')]);
      const withRoots = parsing.mock.calls.filter(([options]) => Array.isArray(options?.ca));
      expect(withRoots).toHaveLength(1);
      await client.close();
    } finally {
      parsing.mockRestore();
      syncBuiltinESMExports();
    }
  });

  test('a tunnel can be opened ahead, and carries the request that follows', async () => {
    const { certificatePem, privateKey } = mintSelfSignedP256('registry.example');
    const key = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await using target = await serve(() => jsonReply(200, {}), { tls: { key, cert: certificatePem } });
    await using proxy = await openProxy(target.port);
    const client = clientOf({ proxy: { https_proxy: proxy.url }, caPems: [certificatePem] });
    client.preconnect('https://registry.example/');
    await expect.poll(() => target.log.connections()).toHaveLength(1);
    expect(target.log.requests()).toEqual([]);
    expect((await client.request(get('https://registry.example/v2/'))).status).toBe(200);
    expect(proxy.seen).toEqual([`CONNECT registry.example:443 ${credentials}`]);
    expect(target.log.connections()).toHaveLength(1);
    await client.close();
  });

  test('a tunnel that cannot be opened ahead fails the request that follows, and nothing else', async () => {
    await using proxy = await openProxy(1, 407);
    const client = clientOf({ proxy: { https_proxy: proxy.url } });
    client.preconnect('https://registry.example/');
    await expect.poll(() => proxy.seen).toHaveLength(1);
    await expect(client.request(get('https://registry.example/'))).rejects.toMatchObject({
      failure: 'connect',
      message: expect.stringContaining('Proxy response (407)'),
    });
    await client.close();
  });

  test('plain http is not opened ahead: its connections are those to the proxy', async () => {
    await using proxy = await openProxy(1);
    const client = clientOf({ proxy: { http_proxy: proxy.url }, insecureHosts: ['registry.example'] });
    client.preconnect('http://registry.example/');
    expect((await client.request(get('http://registry.example/v2/'))).status).toBe(200);
    expect(proxy.seen).toEqual([`GET http://registry.example/v2/ ${credentials}`]);
    await client.close();
  });

  test('plain http to a listed host is sent in absolute form', async () => {
    await using proxy = await openProxy(1);
    const client = clientOf({ proxy: { http_proxy: proxy.url }, insecureHosts: ['registry.example'] });
    const { status, body } = await client.request(get('http://registry.example/v2/'));
    expect([status, Buffer.from(body).toString()]).toEqual([200, 'by proxy']);
    expect(proxy.seen).toEqual([`GET http://registry.example/v2/ ${credentials}`]);
    await client.close();
  });

  test('a refused tunnel is a failed connection', async () => {
    await using proxy = await openProxy(1, 403);
    const client = clientOf({ proxy: { https_proxy: proxy.url } });
    await expect(client.request(get('https://registry.example/'))).rejects.toMatchObject({
      failure: 'connect',
      message: expect.stringContaining('Proxy response (403)'),
    });
    await client.close();
  });

  test.each([
    ['http://[bad', 'not a valid URL', 'not a URL'],
    ['socks5://alice:s3cret@127.0.0.1:9', 'neither http nor https', 'a protocol that is not supported'],
    ['http://alice:s3cret%zz@127.0.0.1:9', 'not percent-encoded', 'a password that cannot be decoded'],
  ])('that cannot be used is said by its variable, once, without its password: %#', async (proxy, why, _reason) => {
    const lines: number[] = [];
    const client = clientOf({ proxy: { HTTPS_PROXY: proxy }, trace: ({ attempt }) => lines.push(attempt) });
    client.preconnect('https://registry.example/');
    const failed = client.request(get('https://registry.example/v2/'));
    await expect(failed).rejects.toMatchObject({
      failure: 'proxy',
      message: expect.stringMatching(`^GET https://registry\\.example/v2/: .*HTTPS_PROXY.*${why}`),
    });
    await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('s3cret') });
    expect(lines).toEqual([1]);
    await client.close();
  });

  test('loopback is not sent', async () => {
    await using target = await serve(() => jsonReply(200, {}));
    await using proxy = await openProxy(target.port);
    const client = clientOf({ proxy: { http_proxy: proxy.url, https_proxy: proxy.url } });
    expect((await client.request(get(`${target.url}/`))).status).toBe(200);
    expect(proxy.seen).toEqual([]);
    await client.close();
  });
});

describe('TLS', () => {
  test('takes a certificate under an extra root, and refuses it without', async () => {
    const { ca, tls } = mintLoopbackTls();
    await using target = await serve(() => jsonReply(200, {}), { tls });
    const [with_, without] = [clientOf({ caPems: [ca] }), clientOf({})];
    expect((await with_.request(get(`https://localhost:${target.port}/`))).status).toBe(200);
    expect(await failureOf(without.request(get(`https://localhost:${target.port}/`)))).toBe('tls');
    await Promise.all([with_.close(), without.close()]);
  });

  test('refuses a certificate for another name, and does not try again', async () => {
    const { ca, tls } = mintLoopbackTls();
    await using target = await serve(() => jsonReply(200, {}), { tls });
    const traces: unknown[] = [];
    const client = clientOf({ caPems: [ca], retryFor: 10_000, trace: (line) => traces.push(line) });
    const request = { ...get(`https://other.localhost:${target.port}/`), retry: true };
    const failure = await failureOf(client.request(request));
    // Where DNS does not know sub-domains of localhost, the name fails before the certificate does.
    expect(['tls', 'dns']).toContain(failure);
    if (failure === 'tls') expect(traces).toHaveLength(1);
    await client.close();
  });

  test('spoken to a plain server is a failure, not a hang', async () => {
    await using target = await serve(() => jsonReply(200, {}));
    const client = clientOf({});
    expect(await failureOf(client.request(get(`https://localhost:${target.port}/`)))).toBe('tls');
    await client.close();
  });
});
