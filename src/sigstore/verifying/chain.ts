import type { X509Certificate } from '@sigstore/core';
import type { ParsedCertificate } from './certificate.ts';
import { type Chain, Link } from './chain-link.ts';
import { Refused, refusing } from './refused.ts';
import { isWithin, type Trust } from './trust.ts';

const MAX_CHAIN_LENGTH = 8;

/**
 * Finds every chain to an authority of the trusted root, regardless of validity: checkValidAt later checks the whole
 * chain at the proven times. Refused CERTIFICATE_UNTRUSTED if there is none.
 */
export function findChains(leaf: ParsedCertificate, { label, authorities }: Trust): readonly Chain[] {
  return refusing('CERTIFICATE_UNTRUSTED', 'the certificate chain could not be built', () => {
    const link = new Link(leaf.x509, leaf.der);
    const chains = authorities.flatMap(({ authority, links }) => {
      const certificates = buildChain(link, links);
      return certificates === undefined ? [] : [{ certificates, authority }];
    });
    if (chains.length > 0) return chains;
    throw new Refused(
      'CERTIFICATE_UNTRUSTED',
      `the certificate was not issued by an authority of the trusted root in use (${label})`,
    );
  });
}

function buildChain(leaf: Link, issuers: readonly Link[]): X509Certificate[] | undefined {
  const path = [leaf];
  while (path.length <= MAX_CHAIN_LENGTH) {
    const last = path.at(-1);
    const issuer = issuers.find((candidate) => last && !path.includes(candidate) && last.isIssuedBy(candidate));
    if (issuer === undefined) return undefined;
    path.push(issuer);
    if (issuer.isIssuedBy(issuer)) return path.map(({ x509 }) => x509);
  }
  return undefined;
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
