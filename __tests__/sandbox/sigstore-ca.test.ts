import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { at } from '../../sandbox/http/json-body.ts';
import { bitString, context, integer, oid, sequence } from '../../sandbox/sigstore/asn1.ts';
import { distinguishedName, signatureAlgorithm } from '../../sandbox/sigstore/certificate.ts';
import { createKey, toPem } from '../../sandbox/sigstore/keys.ts';
import { openStack } from './open-stack.ts';
import { postJson, signingRequest, subjectOf } from './sign-over-http.ts';

const stack = await openStack();

const base64 = (data: Uint8Array | string): string => Buffer.from(data).toString('base64');

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
    ['a padded token', () => `${stack.oidc.issue()}=`],
    [
      'a token in the other base64',
      () => stack.oidc.issue().replace(/[^.]*$/, (part) => base64(Buffer.from(part, 'base64url'))),
    ],
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
    [
      'a private key where the public one belongs',
      () => {
        const key = createKey();
        const pem = key.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
        return withKey(pem, key.sign(Buffer.from(subjectOf(stack.oidc.issue()))));
      },
      'The public key supplied in the request could not be parsed',
    ],
    [
      'a certificate where a key belongs',
      () => {
        const key = createKey();
        const { pem } = stack.ca.certify({ publicKey: key.publicKey });
        return withKey(pem, key.sign(Buffer.from(subjectOf(stack.oidc.issue()))));
      },
      'The public key supplied in the request could not be parsed',
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
