import { type KeyObject, X509Certificate } from 'node:crypto';
import { at, bytesAt, isObject, type JsonObject, textAt } from '../http/json-body.ts';
import { canonicalJson } from './canonical-json.ts';
import { isSignatureOfDigest } from './ecdsa-digest.ts';
import { fromPem, isSignatureOf, parsePublicKey, sha256, toPem } from './keys.ts';

/** An entry that a log may store: its canonical body, or why not. */
export type Canonicalized =
  | { readonly kind: 'entry'; readonly body: string }
  | { readonly kind: 'invalid'; readonly message: string };

export const invalid = (message: string): Canonicalized => ({ kind: 'invalid', message });

/** DSSE pre-authentication encoding (DSSE v1). */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${Buffer.byteLength(payloadType)} ${payloadType} ${payload.length} `),
    payload,
  ]);
}

interface Verifier {
  readonly key: KeyObject;
  /** The PEM as a log writes it again. */
  readonly pem: string;
}

/** A certificate or public key in PEM. */
function parseVerifier(pem: Uint8Array | undefined): Verifier | undefined {
  const block = fromPem(Buffer.from(pem ?? '').toString('utf8'));
  if (block === undefined) return undefined;
  if (block.label === 'PUBLIC KEY') {
    const key = parsePublicKey(block.der);
    return key && { key, pem: toPem('PUBLIC KEY', block.der) };
  }
  const certificate = parseCertificate(block.der);
  return certificate && { key: certificate.publicKey, pem: toPem('CERTIFICATE', block.der) };
}

/** A DER certificate; undefined if it is anything else, PEM and bytes behind the DER included. */
export function parseCertificate(der: Uint8Array): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(der);
    return certificate.raw.equals(der) ? certificate : undefined;
  } catch {
    return undefined;
  }
}

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');
const sha256Hex = (data: Uint8Array | string): { algorithm: 'sha256'; value: string } => ({
  algorithm: 'sha256',
  value: sha256(data).toString('hex'),
});

interface EnvelopeParts {
  readonly payloadType: string;
  readonly payload: Buffer;
  readonly signatures: readonly Buffer[];
}

function parseEnvelope(text: string): EnvelopeParts | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const payload = bytesAt(value, 'payload');
  const payloadType = textAt(value, 'payloadType');
  const list = at(value, 'signatures');
  if (payload === undefined || payloadType === undefined || !Array.isArray(list)) return undefined;
  const signatures: Buffer[] = [];
  for (const [index] of list.entries()) {
    const signature = bytesAt(list, index, 'sig');
    if (signature === undefined) return undefined;
    signatures.push(signature);
  }
  return { payloadType, payload, signatures };
}

/** Rekor v1 `dsse` 0.0.1. */
function canonicalizeDsse(spec: JsonObject): Canonicalized {
  const text = textAt(spec, 'proposedContent', 'envelope');
  const envelope = parseEnvelope(text ?? '');
  const listed = at(spec, 'proposedContent', 'verifiers');
  const verifiers = (Array.isArray(listed) ? listed : []).map((_, index) => parseVerifier(bytesAt(listed, index)));
  if (text === undefined || envelope === undefined || envelope.signatures.length === 0)
    return invalid('error processing entry: invalid DSSE envelope');
  if (verifiers.includes(undefined)) return invalid('error processing entry: invalid verifier');
  const pae = preAuthEncoding(envelope.payloadType, envelope.payload);
  const signatures: { signature: string; verifier: string }[] = [];
  for (const signature of envelope.signatures) {
    const verifier = verifiers.find((candidate) => candidate && isSignatureOf(candidate.key, pae, signature));
    if (verifier === undefined)
      return invalid('error processing entry: could not verify envelope: no signature matches a verifier');
    signatures.push({ signature: base64(signature), verifier: base64(verifier.pem) });
  }
  const stored = { envelopeHash: sha256Hex(text), payloadHash: sha256Hex(envelope.payload), signatures };
  return { kind: 'entry', body: canonicalJson({ apiVersion: '0.0.1', kind: 'dsse', spec: stored }) };
}

/** Rekor v1 `hashedrekord` 0.0.1; the log has only the hash, so the signature is checked against that. */
function canonicalizeHashedRekord(spec: JsonObject): Canonicalized {
  const hash = textAt(spec, 'data', 'hash', 'value') ?? '';
  const algorithm = textAt(spec, 'data', 'hash', 'algorithm');
  const signature = bytesAt(spec, 'signature', 'content');
  const verifier = parseVerifier(bytesAt(spec, 'signature', 'publicKey', 'content'));
  if (algorithm !== 'sha256' || !/^[0-9a-f]{64}$/.test(hash))
    return invalid('error processing entry: invalid value for hash');
  if (signature === undefined || verifier === undefined)
    return invalid('error processing entry: invalid public key or signature');
  if (!isSignatureOfDigest(verifier.key, Buffer.from(hash, 'hex'), signature))
    return invalid(
      'error processing entry: verifying signature: invalid signature when validating ASN.1 encoded signature',
    );
  const stored = {
    data: { hash: { algorithm, value: hash } },
    signature: { content: base64(signature), publicKey: { content: base64(verifier.pem) } },
  };
  return { kind: 'entry', body: canonicalJson({ apiVersion: '0.0.1', kind: 'hashedrekord', spec: stored }) };
}

/** Rekor v1 `intoto` 0.0.2, as older clients wrote it: payload and signature are base64 of base64. */
function canonicalizeIntoto(spec: JsonObject): Canonicalized {
  const envelope = at(spec, 'content', 'envelope');
  const payloadType = textAt(envelope, 'payloadType');
  const payload = Buffer.from(bytesAt(envelope, 'payload')?.toString('utf8') ?? '', 'base64');
  const listed = at(envelope, 'signatures');
  const hash = textAt(spec, 'content', 'hash', 'value');
  if (payloadType === undefined || hash === undefined || !Array.isArray(listed) || listed.length === 0)
    return invalid('error processing entry: invalid intoto envelope');
  const pae = preAuthEncoding(payloadType, payload);
  const signatures: { publicKey: string; sig: string }[] = [];
  for (const [index] of listed.entries()) {
    const sig = bytesAt(listed, index, 'sig');
    const verifier = parseVerifier(bytesAt(listed, index, 'publicKey'));
    const signature = Buffer.from(sig?.toString('utf8') ?? '', 'base64');
    if (sig === undefined || verifier === undefined || !isSignatureOf(verifier.key, pae, signature))
      return invalid('error processing entry: could not verify envelope');
    signatures.push({ publicKey: base64(verifier.pem), sig: base64(sig) });
  }
  const stored = {
    content: {
      envelope: { payloadType, signatures },
      hash: { algorithm: 'sha256', value: hash },
      payloadHash: sha256Hex(payload),
    },
  };
  return { kind: 'entry', body: canonicalJson({ apiVersion: '0.0.2', kind: 'intoto', spec: stored }) };
}

/** What Rekor v1 stores for a proposed entry; undefined for a kind or version it does not know. */
export function canonicalizeV1(proposed: JsonObject): Canonicalized | undefined {
  const spec = proposed['spec'];
  if (!isObject(spec)) return undefined;
  switch (`${String(proposed['kind'])} ${String(proposed['apiVersion'])}`) {
    case 'dsse 0.0.1':
      return canonicalizeDsse(spec);
    case 'hashedrekord 0.0.1':
      return canonicalizeHashedRekord(spec);
    case 'intoto 0.0.2':
      return canonicalizeIntoto(spec);
    default:
      return undefined;
  }
}
