import type { TransparencyLogEntry } from '@sigstore/bundle';
import {
  CERTIFICATE_ANNOTATION,
  REKOR_BUNDLE_ANNOTATION,
  SIGNATURE_ANNOTATION,
  TIMESTAMP_ANNOTATION,
} from '../../domain/image/media-types.ts';
import { parseStrictJson } from '../../domain/text/strict-json.ts';
import { MAX_BUNDLE_BYTES } from './bundle-json.ts';
import { readEntryBody } from './entry-body.ts';
import { openEnvelope } from './envelope.ts';
import { field, readBase64, readObject, readString } from './json-fields.ts';
import { readOneCertificatePem } from './pem.ts';
import { Refused, refusing } from './refused.ts';
import type { ParsedEntry, SignatureMaterial } from './signature-material.ts';

/** Limits for annotations with JSON; their objects are closed. */
const LIMITS = { maxBytes: 256 * 1024, maxDepth: 32, maxMembers: 1000 };
const MAX_PAYLOAD_BYTES = 1024 * 1024;
/** An envelope consists of a few closed objects and one long string. */
const ENVELOPE_LIMITS = { maxBytes: MAX_BUNDLE_BYTES, maxDepth: 8, maxMembers: 100 };

/**
 * Reads a `.sig` layer (cosign specs/SIGNATURE_SPEC.md, with the keys that its code uses) into the same material as a
 * bundle: payload, signature, certificate, signed entry timestamp and RFC 3161 response. Ignores the chain annotation,
 * because the trusted root contains the chain. Refused SIGNATURE_INVALID if anything is malformed.
 */
export function readLegacyLayer(payload: Uint8Array, annotations: Readonly<Record<string, string>>): SignatureMaterial {
  return refusing('SIGNATURE_INVALID', 'malformed signature layer', () => {
    if (payload.byteLength > MAX_PAYLOAD_BYTES) throw new TypeError('payload is too large for an image signature');
    const certificate = annotation(annotations, CERTIFICATE_ANNOTATION);
    const signature = readBase64(annotation(annotations, SIGNATURE_ANNOTATION), SIGNATURE_ANNOTATION);
    const bytes = Buffer.from(payload);
    return {
      content: 'simple-signing',
      signature,
      signedBytes: bytes,
      payload: bytes,
      payloadType: undefined,
      ...readProofs(certificate, annotations),
    };
  });
}

/**
 * Reads a layer of cosign's `.att` tag (cosign specs/ATTESTATION_SPEC.md): its bytes are a DSSE envelope, which
 * contains the signature; certificate and proofs are in the same annotations as in a `.sig` layer. Refused
 * SIGNATURE_INVALID if anything is malformed.
 */
export function readAttestationLayer(
  payload: Uint8Array,
  annotations: Readonly<Record<string, string>>,
): SignatureMaterial {
  return refusing('SIGNATURE_INVALID', 'malformed attestation layer', () => {
    const { signed, readSignature } = openEnvelope(parseStrictJson(payload, ENVELOPE_LIMITS));
    const proofs = readProofs(annotation(annotations, CERTIFICATE_ANNOTATION), annotations);
    return { content: 'statement', signature: readSignature(), ...signed, ...proofs };
  });
}

/** Reads the certificate and proofs from the annotations of a layer. */
function readProofs(
  certificate: string | undefined,
  annotations: Readonly<Record<string, string>>,
): Pick<SignatureMaterial, 'certificate' | 'mayLackInclusionProof' | 'entries' | 'timestamps'> {
  if (certificate === undefined) {
    throw new Refused('CERTIFICATE_UNTRUSTED', 'the layer has no certificate: it was signed with a plain key');
  }
  const rekorBundle = annotation(annotations, REKOR_BUNDLE_ANNOTATION);
  const timestamp = annotation(annotations, TIMESTAMP_ANNOTATION);
  return {
    certificate: readOneCertificatePem(certificate, CERTIFICATE_ANNOTATION),
    mayLackInclusionProof: true,
    entries: rekorBundle === undefined ? [] : [readRekorBundle(rekorBundle)],
    timestamps: timestamp === undefined ? [] : [readTimestamp(timestamp)],
  };
}

function annotation(annotations: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(annotations, name) ? annotations[name] : undefined;
}

/** cosign's RekorBundle: its numbers are JSON numbers, the log id is hex, and the index is the global one. */
function readRekorBundle(text: string): ParsedEntry {
  const name = 'Rekor bundle annotation';
  const bundle = readObject(parseStrictJson(text, LIMITS), name, ['SignedEntryTimestamp', 'Payload']);
  const payload = readObject(field(bundle, 'Payload'), 'Payload', ['body', 'integratedTime', 'logIndex', 'logID']);
  const body = readBase64(field(payload, 'body'), 'body');
  const logIndex = readNumber(field(payload, 'logIndex'), 'logIndex');
  const integratedTime = readNumber(field(payload, 'integratedTime'), 'integratedTime');
  const entry: TransparencyLogEntry = {
    logIndex: String(logIndex),
    logId: { keyId: readHex(field(payload, 'logID'), 'logID') },
    kindVersion: readKindVersion(body),
    integratedTime: String(integratedTime),
    inclusionPromise: {
      signedEntryTimestamp: readBase64(field(bundle, 'SignedEntryTimestamp'), 'SignedEntryTimestamp'),
    },
    inclusionProof: undefined,
    canonicalizedBody: body,
  };
  return { entry, logIndex, integratedTime };
}

/** The annotation does not repeat kind and version, so they come from the body. */
function readKindVersion(body: Buffer): { kind: string; version: string } {
  const entry = readEntryBody(body);
  return {
    kind: readString(field(entry, 'kind'), 'kind'),
    version: readString(field(entry, 'apiVersion'), 'apiVersion'),
  };
}

function readNumber(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new TypeError(`${name} is not a non-negative integer`);
  }
  return value;
}

function readHex(value: unknown, name: string): Buffer {
  const text = readString(value, name);
  if (!/^(?:[0-9a-f]{2}){1,64}$/.test(text)) throw new TypeError(`${name} is not lower-case hex`);
  return Buffer.from(text, 'hex');
}

function readTimestamp(text: string): Buffer {
  const value = readObject(parseStrictJson(text, LIMITS), 'timestamp annotation', ['SignedRFC3161Timestamp']);
  return readBase64(field(value, 'SignedRFC3161Timestamp'), 'SignedRFC3161Timestamp');
}
