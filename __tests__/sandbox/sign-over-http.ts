import { at, textAt } from '../../sandbox/http/json-body.ts';
import { canonicalJson } from '../../sandbox/sigstore/canonical-json.ts';
import { toBundleEntry } from '../../sandbox/sigstore/hand-signer.ts';
import { createKey, fromPem, type SigningKey, sha256, toPem } from '../../sandbox/sigstore/keys.ts';
import { preAuthEncoding } from '../../sandbox/sigstore/rekor-entries.ts';
import type { SigstoreStack } from '../../sandbox/sigstore/sigstore-stack.ts';
import type { LogEntryV1 } from '../../sandbox/sigstore/transparency-log-v1.ts';

/** A bundle as JSON value; tests change members of it. */
export type BundleJson = Record<string, unknown>;

export type LogKind = 'v1-dsse' | 'v1-hashedrekord' | 'v1-intoto' | 'v2' | 'none';

const base64 = (data: Uint8Array | string): string => Buffer.from(data).toString('base64');

/** POST of a JSON body. */
export function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** A token from the runner's endpoint. */
export async function requestToken(stack: SigstoreStack, audience = 'sigstore'): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = stack.idTokenEnvironment;
  const reply = await fetch(`${url}&audience=${audience}`, { headers: { authorization: `bearer ${token}` } });
  return textAt(await reply.json(), 'value') ?? '';
}

/** `sub` of a token. */
export function subjectOf(token: string): string {
  return textAt(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')), 'sub') ?? '';
}

/** The body of a signing request. */
export function signingRequest(key: SigningKey, challenge: string): object {
  const content = toPem('PUBLIC KEY', key.spki);
  return {
    publicKeyRequest: {
      publicKey: { algorithm: 'ECDSA', content },
      proofOfPossession: base64(key.sign(Buffer.from(challenge))),
    },
  };
}

/** A certificate for `key`, PEM. */
export async function requestCertificate(stack: SigstoreStack, key: SigningKey): Promise<string> {
  const token = await requestToken(stack);
  const reply = await postJson(`${stack.urls.ca}/api/v2/signingCert`, signingRequest(key, subjectOf(token)), {
    authorization: `Bearer ${token}`,
  });
  const body: unknown = await reply.json();
  const form = at(body, 'signedCertificateEmbeddedSct') ?? at(body, 'signedCertificateDetachedSct');
  return textAt(form, 'chain', 'certificates', 0) ?? '';
}

/** One member of a bundle's tlogEntries, made by the log of this kind. */
async function requestEntry(
  stack: SigstoreStack,
  kind: Exclude<LogKind, 'none'>,
  signed: { readonly envelope?: string; readonly data: Buffer; readonly signature: Buffer; readonly pem: string },
): Promise<unknown> {
  if (kind === 'v2') {
    const verifier = {
      x509Certificate: { rawBytes: base64(fromPem(signed.pem)?.der ?? '') },
      keyDetails: 'PKIX_ECDSA_P256_SHA_256',
    };
    const signature = { content: base64(signed.signature), verifier };
    const reply = await postJson(`${stack.urls.rekorV2}/api/v2/log/entries`, {
      hashedRekordRequestV002: { digest: base64(sha256(signed.data)), signature },
    });
    return reply.json();
  }
  const reply = await postJson(`${stack.urls.rekorV1}/api/v1/log/entries`, proposedEntry(kind, signed));
  const [entry] = Object.values((await reply.json()) as Record<string, LogEntryV1>);
  if (entry === undefined) throw new Error(`no entry: ${reply.status}`);
  return toBundleEntry(entry);
}

/** A proposed entry of Rekor v1 as clients send it. */
export function proposedEntry(
  kind: 'v1-dsse' | 'v1-hashedrekord' | 'v1-intoto',
  signed: {
    readonly envelope?: string;
    readonly data: Uint8Array;
    readonly signature: Uint8Array;
    readonly pem: string;
  },
): object {
  const envelope = signed.envelope ?? '';
  switch (kind) {
    case 'v1-dsse': {
      const spec = { proposedContent: { envelope, verifiers: [base64(signed.pem)] } };
      return { apiVersion: '0.0.1', kind: 'dsse', spec };
    }
    case 'v1-hashedrekord': {
      const hash = { algorithm: 'sha256', value: sha256(signed.data).toString('hex') };
      const signature = { content: base64(signed.signature), publicKey: { content: base64(signed.pem) } };
      return { apiVersion: '0.0.1', kind: 'hashedrekord', spec: { data: { hash }, signature } };
    }
    case 'v1-intoto': {
      const parts: unknown = JSON.parse(envelope);
      const inner = {
        payloadType: textAt(parts, 'payloadType'),
        payload: base64(textAt(parts, 'payload') ?? ''),
        signatures: [{ sig: base64(base64(signed.signature)), publicKey: base64(signed.pem) }],
      };
      const hash = { algorithm: 'sha256', value: sha256(canonicalJson(inner)).toString('hex') };
      return { apiVersion: '0.0.2', kind: 'intoto', spec: { content: { envelope: inner, hash } } };
    }
  }
}

/** Signs over HTTP with every service a bundle needs; a payload makes a DSSE bundle, data a message signature. */
export async function signOverHttp(
  stack: SigstoreStack,
  options: { readonly payload?: string; readonly data?: string; readonly log: LogKind; readonly timestamp: boolean },
): Promise<BundleJson> {
  const key = createKey();
  const pem = await requestCertificate(stack, key);
  const payload = Buffer.from(options.payload ?? '');
  const payloadType = 'application/vnd.in-toto+json';
  const data = options.data === undefined ? preAuthEncoding(payloadType, payload) : Buffer.from(options.data);
  const signature = key.sign(data);
  const dsseEnvelope = { payload: base64(payload), payloadType, signatures: [{ sig: base64(signature) }] };
  const envelope = JSON.stringify(dsseEnvelope);
  const material: BundleJson = { certificate: { rawBytes: base64(fromPem(pem)?.der ?? '') } };
  if (options.log !== 'none')
    material['tlogEntries'] = [await requestEntry(stack, options.log, { envelope, data, signature, pem })];
  if (options.timestamp) {
    const query = { artifactHash: base64(sha256(signature)), hashAlgorithm: 'sha256' };
    const reply = await postJson(stack.urls.tsa, query);
    const signedTimestamp = base64(new Uint8Array(await reply.arrayBuffer()));
    material['timestampVerificationData'] = { rfc3161Timestamps: [{ signedTimestamp }] };
  }
  const messageDigest = { algorithm: 'SHA2_256', digest: base64(sha256(data)) };
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: material,
    ...(options.data === undefined
      ? { dsseEnvelope }
      : { messageSignature: { messageDigest, signature: base64(signature) } }),
  };
}
