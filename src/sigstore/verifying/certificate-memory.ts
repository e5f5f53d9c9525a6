import { createExpiringMap } from '../../domain/calls/expiring-map.ts';
import { type CertificateFacts, type ParsedCertificate, parseCertificate, readCertificate } from './certificate.ts';

/** Enough for the signers of a large run. Each takes about 50 kB. */
const CERTIFICATES_MAX = 64;
/** Fulcio certificates have about 1.7 kB. */
const KEPT_MAX_BYTES = 8 * 1024;

/**
 * Certificates of signatures that were proven. A step signs all its images with one certificate, so most signatures of a
 * run have one that was read before. What is remembered is what its bytes say, and that never changes.
 */
export interface CertificateMemory {
  /** See parseCertificate. */
  parse(der: Buffer): ParsedCertificate;
  /** See readCertificate. */
  read(certificate: ParsedCertificate): CertificateFacts;
  /** Only for certificates that a trusted root accepts: anyone can make others, of any shape and number. */
  keep(certificate: ParsedCertificate): void;
}

export function createCertificateMemory(): CertificateMemory {
  // They do not expire, so no clock is needed.
  const known = createExpiringMap<ParsedCertificate>({
    clock: { now: () => new Date(0) },
    entriesMax: CERTIFICATES_MAX,
  });
  const facts = new WeakMap<ParsedCertificate, CertificateFacts>();
  // All bytes, so that no other certificate has the same key.
  const keyOf = (der: Buffer): string => der.toString('latin1');
  return {
    parse: (der) => known.get(keyOf(der)) ?? parseCertificate(der),
    read(certificate) {
      const read = facts.get(certificate) ?? readCertificate(certificate);
      facts.set(certificate, read);
      return read;
    },
    keep(certificate) {
      if (certificate.der.byteLength <= KEPT_MAX_BYTES) known.set(keyOf(certificate.der), certificate, 1);
    },
  };
}
