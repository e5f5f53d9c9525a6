import {
  type ASN1Obj,
  ByteStream,
  crypto,
  EXTENSION_OID_SCT,
  type X509Certificate,
  X509SCTExtension,
} from '@sigstore/core';
import type { Chain } from './chain-link.ts';
import { KeptCertificate } from './kept-certificate.ts';
import { Refused, refusing } from './refused.ts';
import { isKnownAt, type KnownLog } from './trust.ts';

const MAX_SCTS = 16;

/**
 * Refused CERTIFICATE_UNTRUSTED unless the certificate contains at least one signed certificate timestamp (SCT, RFC
 * 6962 §3.2) and a CT log of the trusted root made each of them within the log's validity window. A root without CT
 * logs requires none, because it cannot check any.
 */
export function checkScts(chains: readonly Chain[], ctlogs: readonly KnownLog[]): void {
  if (ctlogs.length === 0) return;
  refusing('CERTIFICATE_UNTRUSTED', 'the certificate transparency proof could not be read', () => {
    const [leaf, issuer] = chains[0]?.certificates ?? [];
    if (!leaf || !issuer) throw new TypeError('no chain');
    const { timestamps, signedPart } = splitScts(leaf);
    if (timestamps.length === 0) untrusted('the certificate has no certificate transparency timestamp');
    if (timestamps.length > MAX_SCTS) untrusted(`the certificate has more than ${MAX_SCTS} transparency timestamps`);
    const preCertificate = new ByteStream();
    preCertificate.appendView(crypto.digest('sha256', issuer.publicKey));
    preCertificate.appendUint24(signedPart.length);
    preCertificate.appendView(signedPart);
    for (const sct of timestamps) {
      const verified = ctlogs.some(
        (log) =>
          isKnownAt(log, sct.datetime) && log.logId.equals(sct.logID) && sct.verify(preCertificate.buffer, log.key),
      );
      if (!verified) untrusted('a certificate transparency timestamp was not made by a CT log of the trusted root');
    }
  });
}

/** The timestamps, and the TBSCertificate without their extension, which is the part that the log signed. */
function splitScts(leaf: X509Certificate): {
  timestamps: X509SCTExtension['signedCertificateTimestamps'];
  signedPart: Buffer;
} {
  const copy = leaf.clone();
  const extension = removeSctExtension(copy);
  return {
    timestamps: extension === undefined ? [] : new X509SCTExtension(extension).signedCertificateTimestamps,
    signedPart: copy.tbsCertificate.toDER(),
  };
}

function removeSctExtension(certificate: X509Certificate): ASN1Obj | undefined {
  const index = certificate.extensions.findIndex((extension) => extension.subs[0]?.toOID() === EXTENSION_OID_SCT);
  return index < 0 ? undefined : certificate.extensions.splice(index, 1)[0];
}

/**
 * Hides the SCTs of a certificate from @sigstore/verify, which checks every SCT that it finds, although a trusted root
 * without CT logs does not know their logs. The library looks for them in a clone, so only the clone lacks them.
 */
export function withoutScts(certificate: KeptCertificate): X509Certificate {
  const copy = new KeptCertificate(certificate.root);
  return Object.defineProperty(copy, 'clone', {
    value: () => {
      const clone = certificate.clone();
      removeSctExtension(clone);
      return clone;
    },
  });
}

function untrusted(message: string): never {
  throw new Refused('CERTIFICATE_UNTRUSTED', message);
}
