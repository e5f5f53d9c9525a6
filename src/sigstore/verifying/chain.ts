import { X509Certificate as NodeCertificate } from 'node:crypto';
import { X509Certificate } from '@sigstore/core';
import type { CertificateAuthority } from '@sigstore/protobuf-specs';
import type { ParsedCertificate } from './certificate.ts';
import { Refused, refusing } from './refused.ts';
import { isWithin, type Trust } from './trust.ts';

/** A path from the signing certificate to a self-signed root that the trusted root lists. */
export interface Chain {
  /** Leaf first, root last. */
  readonly certificates: readonly X509Certificate[];
  readonly authority: CertificateAuthority;
}

const MAX_CHAIN_LENGTH = 8;

/**
 * Finds every chain to an authority of the trusted root, regardless of validity: checkValidAt later checks the whole
 * chain at the proven times. Refused CERTIFICATE_UNTRUSTED if there is none.
 */
export function findChains(leaf: ParsedCertificate, { label, root }: Trust): readonly Chain[] {
  return refusing('CERTIFICATE_UNTRUSTED', 'the certificate chain could not be built', () => {
    const chains = root.certificateAuthorities.flatMap((authority) => {
      const certificates = buildChain(leaf.der, authority);
      return certificates === undefined ? [] : [{ certificates, authority }];
    });
    if (chains.length > 0) return chains;
    throw new Refused(
      'CERTIFICATE_UNTRUSTED',
      `the certificate was not issued by an authority of the trusted root in use (${label})`,
    );
  });
}

function buildChain(leaf: Buffer, authority: CertificateAuthority): X509Certificate[] | undefined {
  const issuers = (authority.certChain?.certificates ?? []).map(
    (certificate) => new NodeCertificate(certificate.rawBytes),
  );
  const path = [new NodeCertificate(leaf)];
  while (path.length <= MAX_CHAIN_LENGTH) {
    const last = path.at(-1);
    const issuer = issuers.find((candidate) => last && !path.includes(candidate) && isIssuedBy(last, candidate));
    if (issuer === undefined) return undefined;
    path.push(issuer);
    if (isIssuedBy(issuer, issuer))
      return path.map((certificate) => X509Certificate.parse(Buffer.from(certificate.raw)));
  }
  return undefined;
}

function isIssuedBy(certificate: NodeCertificate, issuer: NodeCertificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/**
 * Refused CERTIFICATE_EXPIRED unless, at each proven time, one whole chain was valid: leaf, intermediates, root
 * (CVE-2026-24122) and the window in which the trusted root trusts that authority.
 */
export function checkValidAt(chains: readonly Chain[], times: readonly Date[]): void {
  for (const time of times) {
    if (!chains.some((chain) => isValidAt(chain, time))) {
      const leaf = chains[0]?.certificates[0];
      throw new Refused(
        'CERTIFICATE_EXPIRED',
        `signed at ${time.toISOString()}, outside the validity of its certificate chain ` +
          `(certificate: ${leaf?.notBefore.toISOString()} to ${leaf?.notAfter.toISOString()})`,
      );
    }
  }
}

function isValidAt(chain: Chain, time: Date): boolean {
  return (
    isWithin(chain.authority.validFor, time) &&
    chain.certificates.every((certificate) => certificate.validForDate(time))
  );
}
