import { COSIGN_SIGN_PREDICATE, INTOTO_PAYLOAD } from '../../domain/image/media-types.ts';
import { SIGNATURE_BUNDLE_MAX_BYTES } from '../../domain/image/referrer-rank.ts';
import { isJsonObject, type JsonObject } from '../../domain/text/json-object.ts';
import { JsonLimitError, parseStrictJson } from '../../domain/text/strict-json.ts';
import { readTopLevelText } from '../../domain/text/top-level-text.ts';
import { BUNDLE_PLACE, STATEMENT_PLACE } from '../json-places.ts';
import { openBundle } from './bundle-material.ts';
import { openEnvelope } from './envelope.ts';
import { field, readBase64, readOpenObject, readString } from './json-fields.ts';
import { Refused, refusing } from './refused.ts';
import type { SignatureMaterial } from './signature-material.ts';

/** Attestations such as SBOMs are large and must still be recognized. One of 16 MiB has 22 MiB in base64. */
export const MAX_BUNDLE_BYTES = 24 * 1024 * 1024;
/** A bundle consists of about twenty objects with a few long strings; the payload is the longest. */
export const BUNDLE_READING = {
  maxBytes: MAX_BUNDLE_BYTES,
  maxDepth: 32,
  maxMembers: 10_000,
  place: BUNDLE_PLACE,
  snakeCase: true,
};
/** A statement of an image signature has one subject; a statement beyond these limits is never an image signature. */
const STATEMENT_READING = {
  maxBytes: MAX_BUNDLE_BYTES,
  maxDepth: 100,
  maxMembers: 20_000,
  place: STATEMENT_PLACE,
  snakeCase: true,
};
const MAX_PREDICATE_TYPE_LENGTH = 512;

/** The kinds of bundles. */
export type ParsedBundle =
  | { readonly kind: 'signature'; readonly material: SignatureMaterial }
  | { readonly kind: 'message-signature' }
  | { readonly kind: 'attestation'; readonly predicateType: string }
  | { readonly kind: 'other-artifact'; readonly payloadType: string };

/** Not even the kind of a bundle can be read, so its bytes do not say whether it is an image signature. */
export class UnknownBundle extends Refused {
  override readonly name = 'UnknownBundle';
}

/**
 * Parses a Sigstore bundle v0.1–0.3. Content other than an image signature is only named. An image signature must
 * comply with every rule of the format, or else Refused SIGNATURE_INVALID. UnknownBundle if its content cannot be told.
 */
export function parseBundle(bytes: Uint8Array): ParsedBundle {
  const { bundle, other } = classifyBundle(bytes);
  if (other !== undefined) return other;
  return refusing('SIGNATURE_INVALID', MALFORMED, () => {
    if (bytes.byteLength > SIGNATURE_BUNDLE_MAX_BYTES)
      throw new TypeError('bundle is too large for an image signature');
    return { kind: 'signature', material: readStatementBundle(bundle) };
  });
}

const MALFORMED = 'malformed bundle';

interface Classified {
  readonly bundle: JsonObject;
  /** Undefined for an image signature. */
  readonly other: Exclude<ParsedBundle, { kind: 'signature' }> | undefined;
}

function classifyBundle(bytes: Uint8Array): Classified {
  try {
    return refusing('SIGNATURE_INVALID', MALFORMED, () => {
      const bundle = readOpenObject(parseStrictJson(bytes, BUNDLE_READING), 'bundle');
      const envelope = field(bundle, 'dsseEnvelope');
      if (field(bundle, 'messageSignature') !== undefined) {
        if (envelope !== undefined) throw new TypeError('bundle has both dsseEnvelope and messageSignature');
        return { bundle, other: { kind: 'message-signature' } };
      }
      if (envelope === undefined) throw new TypeError('bundle has no content');
      return { bundle, other: classifyEnvelope(readOpenObject(envelope, 'dsseEnvelope')) };
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    throw new UnknownBundle(error.reason, error.message, error.cause);
  }
}

/**
 * Parses a Sigstore bundle v0.1–0.3 with an in-toto statement of any predicate type, up to 24 MiB. It must comply with
 * every rule of the format, or else Refused SIGNATURE_INVALID.
 */
export function parseStatementBundle(bytes: Uint8Array): SignatureMaterial {
  return refusing('SIGNATURE_INVALID', MALFORMED, () => {
    const bundle = readOpenObject(parseStrictJson(bytes, BUNDLE_READING), 'bundle');
    if (field(bundle, 'messageSignature') !== undefined) throw new TypeError('bundle has a messageSignature');
    return readStatementBundle(bundle);
  });
}

/** Distinguishes an attestation or other artifact from an image signature, before the rules of the format apply. */
function classifyEnvelope(envelope: JsonObject): Exclude<ParsedBundle, { kind: 'signature' }> | undefined {
  const payloadType = readString(field(envelope, 'payloadType'), 'payloadType').slice(0, MAX_PREDICATE_TYPE_LENGTH);
  if (payloadType !== INTOTO_PAYLOAD) return { kind: 'other-artifact', payloadType };
  const payload = readBase64(field(envelope, 'payload'), 'payload');
  const predicateType = readPredicateType(payload);
  if (typeof predicateType !== 'string' || predicateType === '') throw new TypeError('statement has no predicateType');
  if (predicateType === COSIGN_SIGN_PREDICATE) return undefined;
  return { kind: 'attestation', predicateType: predicateType.slice(0, MAX_PREDICATE_TYPE_LENGTH) };
}

/** SBOMs have hundreds of thousands of members, but only their predicate type is needed. */
function readPredicateType(payload: Buffer): unknown {
  try {
    const statement = parseStrictJson(payload, STATEMENT_READING);
    return isJsonObject(statement) ? field(statement, 'predicateType') : undefined;
  } catch (error) {
    if (!(error instanceof JsonLimitError)) throw error;
    return readTopLevelText(payload, 'predicateType', STATEMENT_READING);
  }
}

function readStatementBundle(value: JsonObject): SignatureMaterial {
  const { bundle, readCertificate, readProofs } = openBundle(value);
  const { signed, readSignature } = openEnvelope(field(bundle, 'dsseEnvelope'));
  // In this order, so that a plain key is reported as such even if the envelope contains a hint to the key.
  const certificate = readCertificate();
  return { content: 'statement', certificate, signature: readSignature(), ...signed, ...readProofs() };
}
