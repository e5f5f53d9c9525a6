import { X509Certificate as NodeCertificate } from 'node:crypto';
import type { X509Certificate } from '@sigstore/core';
import type { CertificateAuthority } from '@sigstore/protobuf-specs';
import type { KeptCertificate } from './kept-certificate.ts';

/** A path from the signing certificate to a self-signed root that the trusted root lists. */
export interface Chain {
  /** Leaf first, root last. */
  readonly certificates: readonly X509Certificate[];
  readonly authority: CertificateAuthority;
}

/**
 * A certificate of a chain as OpenSSL reads it. Whether one issued another is found out once: the certificates of a
 * trusted root are the same for every signature.
 */
export class Link {
  readonly x509: KeptCertificate;
  readonly #der: Uint8Array;
  readonly #issuers = new WeakMap<Link, boolean>();
  #node: NodeCertificate | undefined;

  constructor(x509: KeptCertificate, der: Uint8Array) {
    this.x509 = x509;
    this.#der = der;
  }

  /** Names, key identifiers and key usage fit, and the signature verifies. Throws what OpenSSL throws. */
  isIssuedBy(issuer: Link): boolean {
    const known = this.#issuers.get(issuer);
    if (known !== undefined) return known;
    const by = issuer.#read();
    const isIssued = by.ca && this.#read().checkIssued(by) && this.#read().verify(by.publicKey);
    this.#issuers.set(issuer, isIssued);
    return isIssued;
  }

  /** On first use, so that a certificate that OpenSSL cannot read is a reason to refuse, not a broken trusted root. */
  #read(): NodeCertificate {
    this.#node ??= new NodeCertificate(this.#der);
    return this.#node;
  }
}
