import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { jsonReply, type SandboxRequest, type ServeOptions, serve } from '../../../sandbox/http/serve.ts';
import { type ClientIdentity, mintClientIdentity, mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import type { HttpError } from '../../../src/http/http-error.ts';
import { openTunnel } from '../../open-tunnel.ts';
import { createLabClient, type LabOptions } from './http-server.ts';

const { ca, tls } = mintLoopbackTls(new Date(), ['registry.example', 'other.example']);
const ours = mintClientIdentity('ours');
const foreign = mintClientIdentity('foreign');

const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;

interface Seen {
  readonly host: string;
  readonly client: SandboxRequest['client'];
}

/** A server that asks for a certificate of `ours`. */
async function serveAsking(
  options: { readonly refuses: boolean } & Pick<NonNullable<ServeOptions['tls']>, 'maxVersion'>,
) {
  const seen: Seen[] = [];
  const { refuses, ...rest } = options;
  const served = await serve(
    (request) => {
      seen.push({ host: request.url.host, client: request.client });
      return jsonReply(200, {});
    },
    { tls: { ...tls, ...rest, clients: { ca: ours.ca, refuses } } },
  );
  return Object.assign(served, { seen });
}

const certificateFor = (origin: string, { certificate, key }: ClientIdentity) => ({ origin, certificate, key });

const get = (url: string, withClientCertificate = true) =>
  ({ service: 'registry', method: 'GET', url, maxBytes: 1000, retry: true, withClientCertificate }) as const;

/** The error of a request, and the number of attempts. */
async function refusalOf(options: LabOptions, url: string): Promise<HttpError & { readonly attempts: number }> {
  let attempts = 0;
  const client = createLabClient({
    caPems: [ca],
    retryFor: 60_000,
    trace: () => {
      attempts += 1;
    },
    ...options,
  });
  const error = (await client.request(get(url)).catch((cause: unknown) => cause)) as HttpError;
  await client.close();
  return Object.assign(error, { attempts });
}

describe.each(VERSIONS)('a server that asks for a client certificate in %s', (maxVersion) => {
  test('gets it, and answers', async () => {
    await using served = await serveAsking({ refuses: true, maxVersion });
    const url = served.url.replace('127.0.0.1', 'localhost');
    const client = createLabClient({ caPems: [ca], clientCertificates: [certificateFor(url, ours)] });
    expect((await client.request(get(url))).status).toBe(200);
    expect(served.seen.map((one) => one.client)).toEqual([{ commonName: 'ours', isAccepted: true }]);
    await client.close();
  });

  test('refuses a client without one, which is named and not tried again', async () => {
    await using served = await serveAsking({ refuses: true, maxVersion });
    const refusal = await refusalOf({}, served.url);
    expect(refusal).toMatchObject({ failure: 'client-certificate', presentedCertificate: false, attempts: 1 });
    expect(refusal.message).toContain('asks for a client certificate');
    expect(served.seen).toEqual([]);
  });

  test('is told apart from one that asks for none and is away', async () => {
    await using served = await serve(() => ({ status: 200, fault: 'reset' }), { tls: { ...tls, maxVersion } });
    const { failure, attempts } = await refusalOf({ retryFor: 5_000 }, served.url);
    expect(failure).toBe('reset');
    expect(attempts).toBeGreaterThan(4);
  });

  test('is noticed through a proxy too, and the proxy sees no certificate', async () => {
    await using served = await serveAsking({ refuses: true, maxVersion });
    await using tunnel = await openTunnel(['registry.example:443'], served.port);
    const proxy = { https_proxy: tunnel.url };
    const url = 'https://registry.example/v2/';
    const refusal = await refusalOf({ proxy }, url);
    expect(refusal).toMatchObject({ failure: 'client-certificate', presentedCertificate: false, attempts: 1 });
    const client = createLabClient({
      caPems: [ca],
      proxy,
      clientCertificates: [certificateFor('https://registry.example', ours)],
    });
    expect((await client.request(get(url))).status).toBe(200);
    expect(served.seen).toEqual([{ host: 'registry.example', client: { commonName: 'ours', isAccepted: true } }]);
    expect(new Set(tunnel.asked)).toEqual(new Set(['registry.example:443']));
    await client.close();
  });
});

test('a server that asks, and takes clients without a certificate, is said to have asked', async () => {
  await using served = await serveAsking({ refuses: false });
  const client = createLabClient({ caPems: [ca] });
  expect((await client.request(get(served.url))).certificate).toBe('missing');
  await using silent = await serve(() => jsonReply(200, {}), { tls });
  expect((await client.request(get(silent.url))).certificate).toBeUndefined();
  await client.close();
});

test('a server that closes the connection after the handshake has refused the certificate: four attempts', async () => {
  await using served = await serveAsking({ refuses: true, maxVersion: 'TLSv1.3' });
  const refusal = await refusalOf({ clientCertificates: [certificateFor(served.url, foreign)] }, served.url);
  expect(refusal).toMatchObject({ failure: 'client-certificate', presentedCertificate: true, attempts: 4 });
  expect(served.seen).toEqual([]);
});

test('a server that has answered before, and then closes a connection, is away', async () => {
  let count = 0;
  await using served = await serve(
    () => {
      count += 1;
      return count === 1
        ? { ...jsonReply(200, {}), headers: [['Connection', 'close']] }
        : { status: 200, fault: 'reset' };
    },
    { tls: { ...tls, clients: { ca: ours.ca, refuses: false } } },
  );
  let attempts = 0;
  const client = createLabClient({
    caPems: [ca],
    retryFor: 5_000,
    trace: () => {
      attempts += 1;
    },
  });
  expect((await client.request(get(served.url))).status).toBe(200);
  await expect(client.request(get(served.url))).rejects.toMatchObject({ failure: 'reset' });
  expect(attempts).toBeGreaterThan(5);
  await client.close();
});

/** A server that answers the first bytes with a TLS alert, as one does that cannot use the certificate. */
async function serveAlert(alert: number) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, alert])));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

test.each([
  [42, 'bad_certificate', 'client-certificate'],
  [43, 'unsupported_certificate', 'client-certificate'],
  [44, 'certificate_revoked', 'client-certificate'],
  [45, 'certificate_expired', 'client-certificate'],
  [46, 'certificate_unknown', 'client-certificate'],
  [48, 'unknown_ca', 'client-certificate'],
  [49, 'access_denied', 'client-certificate'],
  [116, 'certificate_required', 'client-certificate'],
  [40, 'handshake_failure of a server that did not ask', 'tls'],
  [70, 'protocol_version', 'tls'],
  [112, 'unrecognized_name', 'tls'],
])('the TLS alert %i, %s, is %s', async (alert, _name, failure) => {
  await using served = await serveAlert(alert);
  const { failure: found, attempts } = await refusalOf({}, served.url);
  expect([found, attempts]).toEqual([failure, 1]);
});

test('the certificate goes to its own origin, only with requests that may present it, and over its own connections', async () => {
  await using served = await serveAsking({ refuses: false });
  await using other = await serveAsking({ refuses: false });
  const home = served.url.replace('127.0.0.1', 'localhost');
  const client = createLabClient({ caPems: [ca], clientCertificates: [certificateFor(home, ours)] });
  client.preconnect(home, { withClientCertificate: true });
  client.preconnect(home);
  await client.request(get(home));
  await client.request(get(home, false));
  await client.request(get(home));
  // The same server under another name, and another port of the same name.
  await client.request(get(served.url));
  await client.request(get(other.url.replace('127.0.0.1', 'localhost')));
  const presented = { commonName: 'ours', isAccepted: true };
  expect(served.seen.map((one) => one.client)).toEqual([presented, undefined, presented, undefined]);
  expect(other.seen.map((one) => one.client)).toEqual([undefined]);
  await client.close();
});
