import { describe, expect, test } from 'vitest';
import { readDer, readMembers } from '../../sandbox/sigstore/asn1.ts';
import { sha256, toPem } from '../../sandbox/sigstore/keys.ts';
import { encodeQuery } from '../../sandbox/sigstore/timestamp-token.ts';
import { openStack } from './open-stack.ts';

let now = new Date('2026-11-22T22:00:00Z');
const stack = await openStack({ clock: () => now });

const base64 = (data: Uint8Array | string): string => Buffer.from(data).toString('base64');

describe('the timestamp authority', () => {
  const SHA256 = '2.16.840.1.101.3.4.2.1';
  const SHA1 = '1.3.14.3.2.26';
  const digest = sha256('signature');
  const ask = (type: string, body: Uint8Array | string): Promise<Response> =>
    fetch(stack.urls.tsa, { method: 'POST', headers: { 'content-type': type }, body });
  const DER = 'application/timestamp-query';
  const JSON_TYPE = 'application/json';
  const json = (value: object): string => JSON.stringify(value);

  /** TSTInfo of a reply. */
  const infoOf = (reply: Uint8Array) => {
    const [, token] = readMembers(readDer(reply)[0]);
    const [, content] = readMembers(token);
    const signedData = readMembers(readMembers(content, 0xa0)[0]);
    const encapsulated = readMembers(signedData[2])[1];
    const octets = readMembers(encapsulated, 0xa0)[0];
    return { info: readMembers(readDer(octets?.content ?? Buffer.alloc(0))[0]), certificates: signedData[3] };
  };

  test.each([
    ['JSON', JSON_TYPE, json({ artifactHash: base64(digest), hashAlgorithm: 'sha256' })],
    ['DER', DER, encodeQuery({ algorithm: SHA256, digest })],
  ])('stamps a %s query with 200, without certificates or nonce', async (_, type, body) => {
    now = new Date('2026-11-22T22:33:02Z');
    const reply = await ask(type, body);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/timestamp-reply']);
    const { info, certificates } = infoOf(new Uint8Array(await reply.arrayBuffer()));
    expect(readMembers(info[2])[1]?.content).toEqual(digest);
    expect(info[4]?.content.toString()).toBe('20261122223302Z');
    expect(info.map((value) => value.tag)).toEqual([0x02, 0x06, 0x30, 0x02, 0x18, 0x30, 0xa0]);
    expect(certificates?.content.length).toBe(0);
  });

  test('gives back the nonce and its certificate if asked', async () => {
    const nonce = Buffer.from('7fedcba987654321', 'hex');
    const reply = await ask(DER, encodeQuery({ algorithm: SHA256, digest, nonce, certificate: true }));
    const { info, certificates } = infoOf(new Uint8Array(await reply.arrayBuffer()));
    expect(info[6]?.content).toEqual(nonce);
    expect(certificates?.content).toEqual(stack.tsa.chain[0]);
  });

  test.each([
    ['a digest of the wrong length', DER, encodeQuery({ algorithm: SHA256, digest: digest.subarray(1) }), 400],
    ['SHA-1', DER, encodeQuery({ algorithm: SHA1, digest: digest.subarray(12) }), 400],
    ['garbage under the DER type', DER, Buffer.from('garbage'), 400],
    ['bytes behind the query', DER, Buffer.concat([encodeQuery({ algorithm: SHA256, digest }), Buffer.from([0])]), 400],
    [
      'another version of the query',
      DER,
      (() => {
        const query = encodeQuery({ algorithm: SHA256, digest });
        query[4] = 2;
        return query;
      })(),
      400,
    ],
    [
      'JSON with a nonce that is no number',
      JSON_TYPE,
      json({ artifactHash: base64(digest), hashAlgorithm: 'sha256', nonce: '1' }),
      400,
    ],
    [
      'JSON with certificates that is no boolean',
      JSON_TYPE,
      json({ artifactHash: base64(digest), hashAlgorithm: 'sha256', certificates: 'true' }),
      400,
    ],
    ['JSON with a digest of the wrong length', JSON_TYPE, json({ artifactHash: 'AAAA', hashAlgorithm: 'sha256' }), 400],
    ['JSON with SHA-1', JSON_TYPE, json({ artifactHash: 'AAAA', hashAlgorithm: 'sha1' }), 400],
    ['no JSON', JSON_TYPE, '{', 400],
    ['another content type', 'text/plain', 'x', 415],
  ])('refuses %s', async (_, type, body, status) => {
    const reply = await ask(type, body);
    expect(reply.status).toBe(status);
    expect(await reply.json()).toEqual({ code: status, message: expect.any(String) });
    if (status === 400) expect(reply.headers.get('content-type')).toBe('application/timestamp-reply');
  });

  test('shows its chain, leaf first', async () => {
    const pem = await (await fetch(`${stack.urls.tsa}/certchain`)).text();
    expect(pem).toBe(stack.tsa.chain.map((der) => toPem('CERTIFICATE', der)).join(''));
  });
});
