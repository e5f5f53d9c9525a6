import { createHash } from 'node:crypto';
import { parseStrictJson } from '../../domain/text/strict-json.ts';
import { BUNDLE_READING } from './bundle-json.ts';
import { openBundle } from './bundle-material.ts';
import { field, readBase64, readObject, readOpenObject } from './json-fields.ts';
import { refusing } from './refused.ts';
import type { SignatureMaterial } from './signature-material.ts';

/**
 * Parses a bundle v0.1–0.3 with a messageSignature over the bytes of `message`. No action uses it; it exists for the
 * conformance suite (scripts/conformance), whose bundles mostly contain such signatures. Refused SIGNATURE_INVALID if
 * anything is malformed, or if the bundle names another digest.
 */
export function parseMessageBundle(bytes: Uint8Array, message: Uint8Array): SignatureMaterial {
  return refusing('SIGNATURE_INVALID', 'malformed bundle', () => {
    const { bundle, readCertificate, readProofs } = openBundle(
      readOpenObject(parseStrictJson(bytes, BUNDLE_READING), 'bundle'),
    );
    if (field(bundle, 'dsseEnvelope') !== undefined) throw new TypeError('bundle has a dsseEnvelope');
    const content = readObject(field(bundle, 'messageSignature'), 'messageSignature', ['messageDigest', 'signature']);
    checkDigest(field(content, 'messageDigest'), message);
    const payload = Buffer.from(message);
    const certificate = readCertificate();
    return {
      content: 'message',
      certificate,
      signature: readBase64(field(content, 'signature'), 'signature'),
      signedBytes: payload,
      payload,
      payloadType: undefined,
      ...readProofs(),
    };
  });
}

/** The digest is an unauthenticated hint (sigstore_bundle.proto): it may be absent, but must not be wrong. */
function checkDigest(value: unknown, message: Uint8Array): void {
  if (value === undefined) return;
  const { algorithm, digest } = readObject(value, 'messageDigest', ['algorithm', 'digest']);
  if (algorithm !== 'SHA2_256') throw new TypeError('the algorithm of messageDigest is not SHA2_256');
  if (!readBase64(digest, 'messageDigest.digest').equals(createHash('sha256').update(message).digest())) {
    throw new TypeError('messageDigest differs from the digest of the message');
  }
}
