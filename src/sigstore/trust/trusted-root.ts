import { createPublicKey, X509Certificate } from 'node:crypto';
import {
  type CertificateAuthority,
  HashAlgorithm,
  PublicKeyDetails,
  type TransparencyLogInstance,
  TrustedRoot,
} from '@sigstore/protobuf-specs';
import { isJsonObject, type JsonObject } from '../../domain/text/json-object.ts';
import { parseStrictJson } from '../../domain/text/strict-json.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import { TRUSTED_ROOT_PLACE } from '../json-places.ts';
import { parseTime } from './parse-time.ts';

/** In bytes; the public-good root has about 7,000. */
const MAX_TRUSTED_ROOT_BYTES = 1024 * 1024;
const MAX_MEMBERS = 64;
const MAX_CHAIN = 10;
/** `…trustedroot+json;version=0.1` and `…trustedroot.v0.1+json`, both from protobuf-specs; 0.2 only adds fields. */
const MEDIA_TYPE = /^application\/vnd\.dev\.sigstore\.trustedroot(?:\+json;version=0\.[12]|\.v0\.[12]\+json)$/;

/**
 * Parses a Sigstore trusted root and checks its structure: media type, at least one CA, keys and certificates that
 * parse, and a validity start for each (no start would mean "always trusted"). Throws ValueError.
 */
export function parseTrustedRoot(text: string): TrustedRoot {
  const value = readJson(text);
  if (!isJsonObject(value)) throw new ValueError('the trusted root is not a JSON object');
  const mediaType = value['mediaType'];
  if (typeof mediaType !== 'string' || !MEDIA_TYPE.test(mediaType)) {
    throw new ValueError(`the trusted root has mediaType ${JSON.stringify(mediaType)?.slice(0, 200)}`);
  }
  for (const key of ['tlogs', 'certificateAuthorities', 'ctlogs', 'timestampAuthorities']) {
    const list = value[key] ?? [];
    if (!Array.isArray(list) || list.length > MAX_MEMBERS || !list.every(isJsonObject)) {
      throw new ValueError(`${key} of the trusted root is not a list of at most ${MAX_MEMBERS} objects`);
    }
    list.forEach((member: JsonObject, index) => {
      checkTimes(member, `${key}[${index}]`);
    });
  }
  const root = fromJson(value);
  if (root.certificateAuthorities.length === 0) throw new ValueError('the trusted root lists no certificate authority');
  root.tlogs.forEach((log, index) => {
    checkLog(log, `tlogs[${index}]`);
  });
  root.ctlogs.forEach((log, index) => {
    checkLog(log, `ctlogs[${index}]`);
  });
  root.certificateAuthorities.forEach((authority, index) => {
    checkAuthority(authority, `certificateAuthorities[${index}]`);
  });
  root.timestampAuthorities.forEach((authority, index) => {
    checkAuthority(authority, `timestampAuthorities[${index}]`);
  });
  return root;
}

/** Strict: a reader that accepts a repeated or differently spelled key would trust something else. */
function readJson(text: string): unknown {
  try {
    return parseStrictJson(text, {
      maxBytes: MAX_TRUSTED_ROOT_BYTES,
      maxDepth: 32,
      place: TRUSTED_ROOT_PLACE,
      snakeCase: true,
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ValueError(`the trusted root cannot be read: ${error.message}`, { cause: error });
  }
}

/** A log has its validity in its public key, an authority next to its chain. */
function checkTimes(member: JsonObject, where: string): void {
  const { validFor } = isJsonObject(member['publicKey']) ? member['publicKey'] : member;
  if (!isJsonObject(validFor)) return;
  for (const bound of ['start', 'end']) parseTime(validFor[bound], `the validity ${bound} of ${where}`);
}

function fromJson(value: unknown): TrustedRoot {
  try {
    return TrustedRoot.fromJSON(value);
  } catch (error) {
    throw new ValueError('the trusted root has a field whose type differs from the specification', { cause: error });
  }
}

function checkLog(log: TransparencyLogInstance, where: string): void {
  if (log.hashAlgorithm !== HashAlgorithm.SHA2_256) throw new ValueError(`${where} uses a hash other than SHA-256`);
  if (!log.logId?.keyId.length) throw new ValueError(`${where} has no logId`);
  if (!log.publicKey?.rawBytes?.length) throw new ValueError(`${where} has no public key`);
  checkValidity(log.publicKey.validFor, where);
  // PKCS#1 keys of early logs are not SPKI; every other kind must parse.
  if (PublicKeyDetails[log.publicKey.keyDetails]?.startsWith('PKCS1')) return;
  try {
    createPublicKey({ key: log.publicKey.rawBytes, format: 'der', type: 'spki' });
  } catch (error) {
    throw new ValueError(`the public key of ${where} does not parse`, { cause: error });
  }
}

function checkAuthority(authority: CertificateAuthority, where: string): void {
  const certificates = authority.certChain?.certificates ?? [];
  if (certificates.length === 0 || certificates.length > MAX_CHAIN) {
    throw new ValueError(`${where} has no certificate chain of 1 to ${MAX_CHAIN} certificates`);
  }
  checkValidity(authority.validFor, where);
  try {
    for (const { rawBytes } of certificates) new X509Certificate(rawBytes);
  } catch (error) {
    throw new ValueError(`a certificate of ${where} does not parse`, { cause: error });
  }
}

function checkValidity(range: { start?: Date | undefined; end?: Date | undefined } | undefined, where: string): void {
  const start = range?.start?.getTime();
  const end = range?.end?.getTime();
  if (start === undefined || Number.isNaN(start)) throw new ValueError(`${where} has no validity start`);
  if (end !== undefined && !(start <= end)) throw new ValueError(`the validity of ${where} ends before it starts`);
}
