import { sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { textAt } from '../../sandbox/http/json-body.ts';
import { createKey, fromPem, sha256, toPem } from '../../sandbox/sigstore/keys.ts';
import { openStack } from './open-stack.ts';
import { postJson, requestCertificate } from './sign-over-http.ts';

const stack = await openStack();

const base64 = (data: Uint8Array | string): string => Buffer.from(data).toString('base64');

describe('Rekor v2', () => {
  const post = (body: unknown): Promise<Response> => postJson(`${stack.urls.rekorV2}/api/v2/log/entries`, body);
  const request = async (data = 'data', key = createKey()) => {
    const pem = await requestCertificate(stack, key);
    const verifier = {
      x509Certificate: { rawBytes: base64(fromPem(pem)?.der ?? '') },
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
    };
    const content = base64(key.sign(Buffer.from(data)));
    return { hashedRekordRequestV002: { digest: base64(sha256('data')), signature: { content, verifier } } };
  };

  test('logs a hashedrekord with 201 and the whole entry, and answers 409 with its index the second time', async () => {
    const body = await request();
    const created = await post(body);
    expect(created.status).toBe(201);
    const entry: unknown = await created.json();
    expect(Object.keys(entry as object)).toEqual([
      'logIndex',
      'logId',
      'kindVersion',
      'integratedTime',
      'inclusionPromise',
      'inclusionProof',
      'canonicalizedBody',
    ]);
    expect(entry).toMatchObject({ integratedTime: '0', inclusionPromise: null });
    const again = await post(body);
    const index = textAt(entry, 'logIndex') ?? '';
    expect([again.status, again.headers.get('x-log-index')]).toEqual([409, index]);
    const message = `an equivalent entry already exists in the transparency log with index ${index}`;
    expect(await again.json()).toEqual({ code: 6, message, details: [] });
  });

  test.each([
    ['a signature over something else', () => request('other'), 'invalid hashedrekord request'],
    [
      'key details of another kind',
      async () => {
        const body = structuredClone(await request());
        body.hashedRekordRequestV002.signature.verifier.keyDetails = 'PKIX_ECDSA_P384_SHA_384';
        return body;
      },
      'invalid hashedrekord request',
    ],
    [
      'PEM where DER belongs',
      async () => {
        const body = structuredClone(await request());
        const { x509Certificate } = body.hashedRekordRequestV002.signature.verifier;
        x509Certificate.rawBytes = base64(toPem('CERTIFICATE', Buffer.from(x509Certificate.rawBytes, 'base64')));
        return body;
      },
      'invalid hashedrekord request',
    ],
    [
      'a digest that is not the one of the key’s algorithm',
      async () => {
        const key = createKey('P-384');
        const body = structuredClone(await request('data', key));
        const { signature } = body.hashedRekordRequestV002;
        signature.verifier.keyDetails = 'PKIX_ECDSA_P384_SHA_384';
        signature.content = base64(sign('sha256', Buffer.from('data'), key.privateKey));
        return body;
      },
      'invalid hashedrekord request',
    ],
    [
      'a known field in the wrong place',
      async () => {
        const { hashedRekordRequestV002: inner } = await request();
        return { hashedRekordRequestV002: { ...inner, payload: 'e30=' } };
      },
      'proto: (line 1:2): unknown field "payload"',
    ],
    [
      'both kinds at once',
      async () => ({ ...(await request()), dsseRequestV002: { envelope: {}, verifiers: [] } }),
      'invalid type, must be hashedrekord',
    ],
    ['dsse', async () => ({ dsseRequestV002: { envelope: {}, verifiers: [] } }), 'invalid type, must be hashedrekord'],
    ['an unknown field', async () => ({ ...(await request()), extra: 1 }), 'proto: (line 1:2): unknown field "extra"'],
    ['no JSON', async () => '{', 'unexpected EOF'],
  ])('answers 400 to %s', async (_, body, message) => {
    const reply = await post(await body());
    expect([reply.status, await reply.json()]).toEqual([400, { code: 3, message, details: [] }]);
  });

  test('has nothing to read an entry by', async () => {
    expect((await fetch(`${stack.urls.rekorV2}/api/v2/log/entries/1`)).status).toBe(404);
  });
});
