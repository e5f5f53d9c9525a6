import { createHash } from 'node:crypto';
import type { JsonObject } from '../../domain/text/json-object.ts';
import { parseStrictJson } from '../../domain/text/strict-json.ts';
import { ENTRY_BODY_PLACE } from '../json-places.ts';
import { field, readBase64, readList, readOpenObject, readSha256Hex, readString } from './json-fields.ts';
import { readOneCertificatePem } from './pem.ts';
import type { SignatureMaterial } from './signature-material.ts';

const READING = { maxBytes: 256 * 1024, maxDepth: 32, maxMembers: 1000, place: ENTRY_BODY_PLACE };

/** The body of a log entry. Throws SyntaxError or TypeError. */
export function readEntryBody(body: Buffer): JsonObject {
  return readOpenObject(parseStrictJson(body, READING), 'entry body');
}

/** The signature that a log entry records. */
interface LoggedSignature {
  readonly signature: Buffer;
  /** DER. */
  readonly certificate: Buffer;
  /** SHA-256 of `digestOf`. */
  readonly digest: Buffer;
  readonly digestOf: 'signed bytes' | 'payload';
}

/**
 * Throws TypeError unless the entry records exactly this signature: kind and version as announced, and signature,
 * certificate and digest equal to those of the bundle (CVE-2022-23649, CVE-2026-22703; @sigstore/verify compares the
 * signature and the digest, but not the certificate).
 */
export function checkEntryBody(
  body: Buffer,
  announced: { readonly kind: string; readonly version: string },
  material: SignatureMaterial,
): void {
  const entry = readEntryBody(body);
  const kind = readString(field(entry, 'kind'), 'kind');
  const version = readString(field(entry, 'apiVersion'), 'apiVersion');
  if (kind !== announced.kind || version !== announced.version)
    throw new TypeError('kindVersion differs from the entry');
  const logged = readLoggedSignature(`${kind} ${version}`, readOpenObject(field(entry, 'spec'), 'spec'), material);
  const expected = sha256(logged.digestOf === 'payload' ? material.payload : material.signedBytes);
  if (!logged.signature.equals(material.signature)) throw new TypeError('the entry records another signature');
  if (!logged.certificate.equals(material.certificate)) throw new TypeError('the entry records another certificate');
  if (!logged.digest.equals(expected)) throw new TypeError('the entry records another digest');
}

function readLoggedSignature(kindVersion: string, spec: JsonObject, material: SignatureMaterial): LoggedSignature {
  switch (kindVersion) {
    case 'hashedrekord 0.0.1':
      return readHashedRekordV1(spec);
    case 'hashedrekord 0.0.2':
      return readHashedRekordV2(spec);
    case 'dsse 0.0.1':
      if (material.payloadType !== undefined) return readDsse(spec);
      break;
    case 'intoto 0.0.2':
      if (material.payloadType !== undefined) return readIntoto(spec, material);
      break;
    default:
      // Logs and sigstore-go dropped dsse 0.0.2. intoto 0.0.1 does not record the signature, so it proves nothing.
      break;
  }
  const shown = JSON.stringify(kindVersion.slice(0, 40));
  throw new TypeError(`the entry has a kind that cannot prove this signature: ${shown}`);
}

/** rekor pkg/types/hashedrekord/v0.0.1. For a DSSE envelope, the digest is that of its pre-authentication encoding. */
function readHashedRekordV1(spec: JsonObject): LoggedSignature {
  const signature = readOpenObject(field(spec, 'signature'), 'signature');
  const publicKey = readOpenObject(field(signature, 'publicKey'), 'publicKey');
  return {
    signature: readBase64(field(signature, 'content'), 'signature.content'),
    certificate: readPem(field(publicKey, 'content')),
    digest: readHash(field(readOpenObject(field(spec, 'data'), 'data'), 'hash')),
    digestOf: 'signed bytes',
  };
}

/** rekor-tiles hashedrekord v0.0.2. */
function readHashedRekordV2(spec: JsonObject): LoggedSignature {
  const record = readOpenObject(field(spec, 'hashedRekordV002'), 'hashedRekordV002');
  const data = readOpenObject(field(record, 'data'), 'data');
  const signature = readOpenObject(field(record, 'signature'), 'signature');
  const verifier = readOpenObject(field(signature, 'verifier'), 'verifier');
  if (field(data, 'algorithm') !== 'SHA2_256') throw new TypeError('the digest is not SHA-256');
  if (field(verifier, 'keyDetails') !== 'PKIX_ECDSA_P256_SHA_256') throw new TypeError('keyDetails is not P-256');
  const certificate = readOpenObject(field(verifier, 'x509Certificate'), 'x509Certificate');
  return {
    signature: readBase64(field(signature, 'content'), 'signature.content'),
    certificate: readBase64(field(certificate, 'rawBytes'), 'rawBytes'),
    digest: readBase64(field(data, 'digest'), 'digest'),
    digestOf: 'signed bytes',
  };
}

/**
 * rekor pkg/types/dsse/v0.0.1. Uses payloadHash, because envelopeHash depends on the JSON formatting of the envelope.
 */
function readDsse(spec: JsonObject): LoggedSignature {
  const signature = readOnlySignature(field(spec, 'signatures'));
  return {
    signature: readBase64(field(signature, 'signature'), 'signature'),
    certificate: readPem(field(signature, 'verifier')),
    digest: readHash(field(spec, 'payloadHash')),
    digestOf: 'payload',
  };
}

/** rekor pkg/types/intoto/v0.0.2: the signature is base64-encoded twice. */
function readIntoto(spec: JsonObject, material: SignatureMaterial): LoggedSignature {
  const content = readOpenObject(field(spec, 'content'), 'content');
  const envelope = readOpenObject(field(content, 'envelope'), 'envelope');
  if (field(envelope, 'payloadType') !== material.payloadType) throw new TypeError('the entry has another payloadType');
  const signature = readOnlySignature(field(envelope, 'signatures'));
  return {
    signature: readBase64(readBase64(field(signature, 'sig'), 'sig').toString('latin1'), 'sig'),
    certificate: readPem(field(signature, 'publicKey')),
    digest: readHash(field(content, 'payloadHash')),
    digestOf: 'payload',
  };
}

function readOnlySignature(value: unknown): JsonObject {
  const [signature, ...others] = readList(value, 'signatures', 16);
  if (others.length > 0) throw new TypeError('the entry has more than one signature');
  return readOpenObject(signature, 'signature');
}

function readHash(value: unknown): Buffer {
  const hash = readOpenObject(value, 'hash');
  if (field(hash, 'algorithm') !== 'sha256') throw new TypeError('the digest is not SHA-256');
  return readSha256Hex(field(hash, 'value'), 'hash value');
}

function readPem(value: unknown): Buffer {
  return readOneCertificatePem(readBase64(value, 'public key').toString('utf8'), 'public key');
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
