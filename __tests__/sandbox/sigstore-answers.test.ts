import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bitString, context, integer, oid, readDer, readMembers, sequence } from '../../sandbox/asn1.ts';
import { distinguishedName, signatureAlgorithm } from '../../sandbox/certificate.ts';
import { at, textAt } from '../../sandbox/json-body.ts';
import { createKey, fromPem, sha256, toPem } from '../../sandbox/keys.ts';
import { NOT_JSON_REPLY, PENDING_REPLY } from '../../sandbox/oidc.ts';
import { preAuthEncoding } from '../../sandbox/rekor-entries.ts';
import { type SigstoreStack, startSigstore } from '../../sandbox/sigstore-stack.ts';
import { encodeQuery } from '../../sandbox/timestamp-token.ts';
import {
  postJson,
  proposedEntry,
  requestCertificate,
  requestToken,
  signingRequest,
  subjectOf,
} from './sign-over-http.ts';

let now = new Date('2026-11-22T22:00:00Z');
let stack: SigstoreStack;
beforeAll(async () => {
  stack = await startSigstore({ clock: () => now });
});
afterAll(async () => {
  expect(stack.failures()).toEqual([]);
  await stack.close();
});

const base64 = (data: Uint8Array | string): string => Buffer.from(data).toString('base64');

describe('the id-token endpoint', () => {
  const ask = (authorization?: string): Promise<Response> =>
    fetch(`${stack.idTokenEnvironment.ACTIONS_ID_TOKEN_REQUEST_URL}&audience=sigstore`, {
      headers: authorization === undefined ? {} : { authorization },
    });

  test('gives a token to the bearer of the request token, whatever the case of the scheme', async () => {
    for (const scheme of ['bearer', 'Bearer']) {
      const reply = await ask(`${scheme} ${stack.oidc.requestToken}`);
      expect(reply.status).toBe(200);
      expect(await reply.json()).toEqual({ count: expect.any(Number), value: expect.stringMatching(/^eyJ/) });
    }
  });

  test.each([
    ['no Authorization', undefined],
    ['another token', 'bearer something-else'],
    ['another scheme', `basic ${'x'.repeat(20)}`],
  ])('answers 401 to %s', async (_, authorization) => {
    expect((await ask(authorization)).status).toBe(401);
  });

  test('signs with a key its JWKS shows, under the issuer its discovery names', async () => {
    const token = await requestToken(stack);
    const discovery: unknown = await (await fetch(`${stack.urls.oidc}/.well-known/openid-configuration`)).json();
    const jwks: unknown = await (await fetch(textAt(discovery, 'jwks_uri') ?? '')).json();
    const [head = '', payload = '', signature = ''] = token.split('.');
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    expect(textAt(claims, 'iss')).toBe(textAt(discovery, 'issuer'));
    expect(textAt(claims, 'aud')).toBe('sigstore');
    const jwk = at(jwks, 'keys', 0) as object;
    const signed = Buffer.from(`${head}.${payload}`);
    const check = (data: Buffer) =>
      verify('sha256', data, { key: { ...jwk }, format: 'jwk' }, Buffer.from(signature, 'base64url'));
    expect(check(signed)).toBe(true);
    expect(check(Buffer.from(`${head}.${payload}x`))).toBe(false);
  });

  test('without an audience names the owner', async () => {
    const reply = await fetch(stack.idTokenEnvironment.ACTIONS_ID_TOKEN_REQUEST_URL, {
      headers: { authorization: `bearer ${stack.oidc.requestToken}` },
    });
    const token = textAt(await reply.json(), 'value') ?? '';
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).toContain(
      '"aud":"https://github.com/octo-org"',
    );
  });

  test('gives tokens of the job and with the deviations it was set to', async () => {
    await using other = await startSigstore({
      clock: () => now,
      issuer: 'https://token.actions.githubusercontent.com',
    });
    const claimsNow = async () =>
      JSON.parse(Buffer.from((await requestToken(other)).split('.')[1] ?? '', 'base64url').toString());
    other.oidc.setJob({ pullRequest: 7 }, { audience: 'elsewhere', expiresSeconds: -5, claims: { actor: 'mallory' } });
    expect(await claimsNow()).toMatchObject({
      iss: 'https://token.actions.githubusercontent.com',
      sub: 'repo:octo-org/octo-repo:pull_request',
      aud: 'elsewhere',
      actor: 'mallory',
      exp: now.getTime() / 1000 - 5,
    });
    other.oidc.setJob({ environment: 'a:b', immutableSubject: true });
    expect(await claimsNow()).toMatchObject({
      sub: 'repo:octo-org@123456/octo-repo@456789:environment:a%3Ab',
      environment: 'a:b',
      aud: 'sigstore',
    });
  });

  test('gives the queued answers first, in order', async () => {
    stack.oidc.answerNext(PENDING_REPLY, NOT_JSON_REPLY);
    const authorization = `bearer ${stack.oidc.requestToken}`;
    const pending = await ask(authorization);
    expect([pending.status, await pending.text()]).toEqual([403, expect.stringContaining("in 'Pending' state")]);
    await expect((await ask(authorization)).json()).rejects.toThrow(SyntaxError);
    expect((await ask(authorization)).status).toBe(200);
  });
});

describe('the certificate authority', () => {
  const post = (body: unknown, token?: string): Promise<Response> =>
    postJson(
      `${stack.urls.ca}/api/v2/signingCert`,
      body,
      token === undefined ? {} : { authorization: `Bearer ${token}` },
    );
  const TOKEN_REFUSED = { code: 3, message: 'There was an error processing the identity token', details: [] };

  test.each([
    ['header', (token: string) => ({ body: {}, token })],
    ['body', (token: string) => ({ body: { credentials: { oidcIdentityToken: token } }, token: undefined })],
    [
      'body, though another is in the header',
      (token: string) => ({
        body: { credentials: { oidcIdentityToken: token } },
        token: 'eyJ.other.one',
      }),
    ],
  ])('takes the token from the %s and answers 200 with leaf and root', async (_, place) => {
    const key = createKey();
    const token = stack.oidc.issue();
    const { body, token: header } = place(token);
    const reply = await post({ ...body, ...signingRequest(key, subjectOf(token)) }, header);
    const json: unknown = await reply.json();
    expect(reply.status).toBe(200);
    expect(Object.keys(json as object)).toEqual(['signedCertificateEmbeddedSct']);
    expect(at(json, 'signedCertificateEmbeddedSct', 'chain', 'certificates')).toHaveLength(2);
  });

  test.each([
    ['another audience', () => stack.oidc.issue({ audience: 'https://github.com/octo-org' })],
    ['an expired token', () => stack.oidc.issue({ expiresSeconds: -1 })],
    ['a token not valid yet', () => stack.oidc.issue({ notBeforeSeconds: 301 })],
    ['an unknown issuer', () => stack.oidc.issue({ issuer: 'https://token.example' })],
    ['a forged signature', () => stack.oidc.issue({ forged: true })],
    ['a claim missing', () => stack.oidc.issue({ claims: { job_workflow_ref: undefined } })],
    ['an unverified e-mail address', () => stack.human.issue({ claims: { email_verified: false } })],
    ['an unsigned token', () => `${base64('{"alg":"none"}')}.${stack.oidc.issue().split('.')[1]}.`],
    ['garbage', () => 'garbage'],
    ['no token', () => undefined],
  ])('refuses %s with the one answer it has for all', async (_, make) => {
    const token = make();
    const challenge = token === undefined || token === 'garbage' ? 'x' : subjectOf(token);
    const reply = await post(signingRequest(createKey(), challenge), token);
    expect([reply.status, await reply.json()]).toEqual([400, TOKEN_REFUSED]);
  });

  test('refuses a token of a key that was rotated away, and takes one of the new key', async () => {
    const old = stack.oidc.issue();
    stack.oidc.rotateKey();
    expect((await post(signingRequest(createKey(), subjectOf(old)), old)).status).toBe(400);
    const fresh = stack.oidc.issue();
    expect((await post(signingRequest(createKey(), subjectOf(fresh)), fresh)).status).toBe(200);
  });

  const weak = generateKeyPairSync('ec', { namedCurve: 'secp224r1' });
  const shortRsa = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const withKey = (pem: string, proof: Buffer): object => ({
    publicKeyRequest: { publicKey: { algorithm: 'ECDSA', content: pem }, proofOfPossession: base64(proof) },
  });
  const pemOf = (pair: typeof weak): string => pair.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  test.each([
    [
      'a proof over something else',
      () => signingRequest(createKey(), 'other'),
      'The signature supplied in the request could not be verified',
    ],
    [
      'an empty proof',
      () => withKey(toPem('PUBLIC KEY', createKey().spki), Buffer.alloc(0)),
      'The signature supplied in the request could not be verified',
    ],
    [
      'a proof by another key',
      () =>
        withKey(toPem('PUBLIC KEY', createKey().spki), createKey().sign(Buffer.from(subjectOf(stack.oidc.issue())))),
      'The signature supplied in the request could not be verified',
    ],
    [
      'P-224',
      () => withKey(pemOf(weak), sign('sha256', Buffer.from(subjectOf(stack.oidc.issue())), weak.privateKey)),
      'The public key supplied in the request is insecure',
    ],
    [
      'RSA of 1024 bits',
      () => withKey(pemOf(shortRsa), Buffer.alloc(1)),
      'The public key supplied in the request is insecure',
    ],
    ['no key', () => ({}), 'The public key supplied in the request could not be parsed'],
    ['no JSON', () => '{"publicKeyRequest":', 'unexpected EOF'],
  ])('refuses %s with code 3', async (_, body, message) => {
    const reply = await post(body(), stack.oidc.issue());
    expect([reply.status, await reply.json()]).toEqual([400, { code: 3, message, details: [] }]);
  });

  test.each(['P-256', 'P-384', 'P-521', 'Ed25519'] as const)('certifies a %s key', async (kind) => {
    const token = stack.oidc.issue();
    expect((await post(signingRequest(createKey(kind), subjectOf(token)), token)).status).toBe(200);
  });

  test('certifies the key of a signing request, if that is signed by it', async () => {
    const key = createKey();
    const info = sequence(integer(0), distinguishedName({}), key.spki, context(0));
    const request = (signer: typeof key) =>
      base64(sequence(info, signatureAlgorithm(key), bitString(signer.sign(info))));
    const token = stack.oidc.issue();
    expect((await post({ certificateSigningRequest: request(key) }, token)).status).toBe(200);
    expect((await post({ certificateSigningRequest: request(createKey()) }, token)).status).toBe(400);
    expect((await post({ certificateSigningRequest: base64(oid('1.2.3')) }, token)).status).toBe(400);
  });

  test('certifies a human by verified e-mail address, proof over the address', async () => {
    const key = createKey();
    const token = stack.human.issue();
    const reply = await post(signingRequest(key, 'jane@example.com'), token);
    expect(reply.status).toBe(200);
    expect((await post(signingRequest(key, subjectOf(token)), token)).status).toBe(400);
  });
});

describe('Rekor v1', () => {
  const url = (): string => `${stack.urls.rekorV1}/api/v1/log/entries`;
  const signed = async (data = 'data') => {
    const key = createKey();
    const payload = Buffer.from(data);
    const pae = preAuthEncoding('text/plain', payload);
    const signature = key.sign(pae);
    const parts = { payload: base64(payload), payloadType: 'text/plain', signatures: [{ sig: base64(signature) }] };
    return { envelope: JSON.stringify(parts), data: pae, signature, pem: await requestCertificate(stack, key) };
  };

  test.each(['v1-dsse', 'v1-hashedrekord', 'v1-intoto'] as const)(
    'logs %s once, and answers the second time where it is',
    async (kind) => {
      const entry = proposedEntry(kind, await signed());
      const created = await postJson(url(), entry);
      expect(created.status).toBe(201);
      const uuid = created.headers.get('etag') ?? '';
      expect(uuid).toMatch(/^[0-9a-f]{80}$/);
      expect(created.headers.get('location')).toBe(`/api/v1/log/entries/${uuid}`);
      const body = (await created.json()) as Record<string, { logIndex: number; body: string }>;
      expect(Object.keys(body)).toEqual([uuid]);

      const again = await postJson(url(), entry);
      expect(again.status).toBe(409);
      expect(again.headers.get('location')).toBe(`/api/v1/log/entries/${uuid}`);
      const message = `an equivalent entry already exists in the transparency log with UUID ${uuid}`;
      expect(await again.json()).toEqual({ code: 409, message });

      const byUuid = (await (await fetch(`${url()}/${uuid}`)).json()) as typeof body;
      expect(byUuid[uuid]?.body).toBe(body[uuid]?.body);
      const byIndex = (await (await fetch(`${url()}?logIndex=${body[uuid]?.logIndex}`)).json()) as typeof body;
      expect(Object.keys(byIndex)).toEqual([uuid]);
    },
  );

  test('keeps the hash of the envelope as it was sent', async () => {
    const parts = await signed();
    const spaced = { ...parts, envelope: parts.envelope.replaceAll(',', ', ') };
    const bodies = await Promise.all(
      [parts, spaced].map(async (each) => {
        const reply = (await (await postJson(url(), proposedEntry('v1-dsse', each))).json()) as Record<
          string,
          { body: string }
        >;
        return JSON.parse(Buffer.from(Object.values(reply)[0]?.body ?? '', 'base64').toString()).spec;
      }),
    );
    expect(bodies[0].envelopeHash.value).toBe(sha256(parts.envelope).toString('hex'));
    expect(bodies[1].envelopeHash.value).not.toBe(bodies[0].envelopeHash.value);
    expect(bodies[1].payloadHash).toEqual(bodies[0].payloadHash);
  });

  const stranger = createKey().sign(Buffer.from('data'));
  test.each([
    [
      'an envelope signature that is not the certificate’s',
      'v1-dsse',
      /^error processing entry: could not verify envelope/,
    ],
    [
      'a hashedrekord signature that is not the certificate’s',
      'v1-hashedrekord',
      /verifying signature: invalid signature/,
    ],
    ['an intoto signature that is not the certificate’s', 'v1-intoto', /could not verify envelope/],
  ] as const)('answers 400 to %s', async (_, kind, message) => {
    const parts = await signed();
    const envelope = parts.envelope.replace(base64(parts.signature), base64(stranger));
    const reply = await postJson(url(), proposedEntry(kind, { ...parts, envelope, signature: stranger }));
    expect([reply.status, await reply.json()]).toEqual([400, { code: 400, message: expect.stringMatching(message) }]);
  });

  test.each([
    ['an unknown kind', { apiVersion: '0.0.1', kind: 'rpm', spec: {} }, 422],
    ['an unknown version', { apiVersion: '0.0.9', kind: 'dsse', spec: {} }, 422],
    ['no JSON', '{"apiVersion":', 500],
  ])('answers %s with its own status', async (_, body, status) => {
    expect((await postJson(url(), body)).status).toBe(status);
  });

  test.each([
    ['an unknown UUID', `/${'0'.repeat(80)}`],
    ['an unknown index', '?logIndex=999999999'],
  ])('answers 404 without a body to %s', async (_, path) => {
    const reply = await fetch(`${url()}${path}`);
    expect([reply.status, await reply.text()]).toEqual([404, '']);
  });

  test('shows its public key as the trusted root has it', async () => {
    const pem = await (await fetch(`${stack.urls.rekorV1}/api/v1/log/publicKey`)).text();
    const root: unknown = JSON.parse(stack.trustedRootJson('v1'));
    expect(base64(fromPem(pem)?.der ?? '')).toBe(textAt(root, 'tlogs', 0, 'publicKey', 'rawBytes'));
  });
});

describe('Rekor v2', () => {
  const post = (body: unknown): Promise<Response> => postJson(`${stack.urls.rekorV2}/api/v2/log/entries`, body);
  const request = async (data = 'data') => {
    const key = createKey();
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
