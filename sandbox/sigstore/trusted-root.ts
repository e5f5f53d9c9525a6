import { X509Certificate } from 'node:crypto';
import type { Name } from './certificate.ts';
import { keyDetailsOf, type SigningKey } from './keys.ts';

/** Bounds of a validity; an absent one is open. */
export interface Validity {
  readonly start?: Date | undefined;
  readonly end?: Date | undefined;
}

export interface LogTrust {
  readonly baseUrl: string;
  readonly key: SigningKey;
  readonly keyId: Uint8Array;
  readonly validFor?: Validity | undefined;
}

export interface AuthorityTrust {
  readonly uri: string;
  readonly name: Name;
  /** DER; issuing certificate first, root last. */
  readonly chain: readonly Uint8Array[];
  readonly validFor?: Validity | undefined;
}

export interface TrustedRootContent {
  readonly logs: readonly LogTrust[];
  readonly certificateAuthorities: readonly AuthorityTrust[];
  readonly ctLogs: readonly LogTrust[];
  readonly timestampAuthorities: readonly AuthorityTrust[];
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Protobuf JSON of a Timestamp: RFC 3339, whole seconds. */
export const timestamp = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

/** Protobuf JSON of a TimeRange; absent bounds are left out. */
export function timeRange(validity: Validity): { readonly start?: string; readonly end?: string } {
  return {
    ...(validity.start === undefined ? {} : { start: timestamp(validity.start) }),
    ...(validity.end === undefined ? {} : { end: timestamp(validity.end) }),
  };
}

const since2024: Validity = { start: new Date('2024-01-01T00:00:00Z') };

function log(trust: LogTrust): object {
  return {
    baseUrl: trust.baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: base64(trust.key.spki),
      keyDetails: keyDetailsOf(trust.key.publicKey),
      validFor: timeRange(trust.validFor ?? since2024),
    },
    logId: { keyId: base64(trust.keyId) },
  };
}

function authority(trust: AuthorityTrust): object {
  const issuing = trust.chain[0] ?? Buffer.alloc(0);
  const validFor = trust.validFor ?? { start: new Date(new X509Certificate(issuing).validFrom) };
  return {
    subject: trust.name,
    uri: trust.uri,
    certChain: { certificates: trust.chain.map((der) => ({ rawBytes: base64(der) })) },
    validFor: timeRange(validFor),
  };
}

/** A trusted_root.json, members as cosign writes them. Logs are valid from 2024, authorities from their certificate on. */
export function trustedRootJson(content: TrustedRootContent): string {
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: content.logs.map(log),
    certificateAuthorities: content.certificateAuthorities.map(authority),
    ctlogs: content.ctLogs.map(log),
    timestampAuthorities: content.timestampAuthorities.map(authority),
  });
}
