import { createHash } from 'node:crypto';
import { RFC3161Timestamp } from '@sigstore/core';
import { readDer } from './der.ts';
import type { KeptCertificate } from './kept-certificate.ts';
import type { JudgeEach, ProofContext } from './library-proof.ts';
import { refusing } from './refused.ts';
import { isMadeBy, readTimestampToken, type TimestampToken } from './timestamp-token.ts';
import type { Trust } from './trust.ts';

const MAX_TIMESTAMP_BYTES = 64 * 1024;
const OID = {
  extKeyUsage: '2.5.29.37',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const;

export interface ProvenTimestamp {
  readonly timestamp: RFC3161Timestamp;
  readonly time: Date;
}

/**
 * Proves the timestamps that name an authority of the trusted root, and ignores those of other authorities. Refused
 * TIMESTAMP_INVALID if a timestamp of an authority of the root fails, or if one cannot be read, since it might be meant
 * for this root (@sigstore/verify refuses it, cosign does not). `judge` gets each timestamp that counts.
 */
export function proveTimestamps(context: ProofContext, judge: JudgeEach): readonly ProvenTimestamp[] {
  return context.material.timestamps.flatMap((der) =>
    refusing('TIMESTAMP_INVALID', 'the timestamp is not valid', () => {
      if (der.byteLength > MAX_TIMESTAMP_BYTES) throw new TypeError(`it is larger than ${MAX_TIMESTAMP_BYTES} bytes`);
      const timestamp = new RFC3161Timestamp(readDer(der));
      const signers = findSigners(timestamp, context.trust);
      if (signers.length === 0) return [];
      checkSigner(readTimestampToken(timestamp.root), signers);
      judge({ entries: [], timestamps: [timestamp] }, context);
      return [{ timestamp, time: readTime(timestamp) }];
    }),
  );
}

/** The certificates of the root's authorities that match the token's signer by issuer and serial number. */
function findSigners(timestamp: RFC3161Timestamp, trust: Trust): readonly KeptCertificate[] {
  const { signerIssuer, signerSerialNumber } = timestamp;
  return trust.timestampSigners.filter(
    (leaf) => leaf.issuer.equals(signerIssuer) && leaf.serialNumber.equals(signerSerialNumber),
  );
}

/**
 * The certificate that made the signature must be a time-stamping certificate and the one that the signed attributes
 * name (RFC 3161 §2.3, §2.4.2; RFC 5816). Otherwise, the constraints of another certificate would be checked
 * (CVE-2026-39984).
 */
function checkSigner(token: TimestampToken, signers: readonly KeptCertificate[]): void {
  const { algorithm, hash } = token.signingCertificate;
  const fitting = signers.filter((leaf) => {
    const usages = leaf.extension(OID.extKeyUsage)?.valueObj.subs[0]?.subs ?? [];
    const isTimeStamping = usages.length === 1 && usages[0]?.toOID() === OID.timeStamping;
    const isNamed = createHash(algorithm).update(leaf.root.toDER()).digest().equals(hash);
    return isTimeStamping && isNamed && isMadeBy(token, leaf.key);
  });
  if (fitting.length === 0) throw new TypeError('it was not signed by the time-stamping certificate it names');
}

function readTime(timestamp: RFC3161Timestamp): Date {
  const time = timestamp.signingTime;
  if (Number.isNaN(time.getTime())) throw new TypeError('its time is invalid');
  return time;
}
