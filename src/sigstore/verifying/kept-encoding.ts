import type { ASN1Obj, X509Certificate } from '@sigstore/core';

/**
 * The certificate, encoded once: @sigstore/core encodes a certificate anew whenever it compares or verifies
 * one, which @sigstore/verify does dozens of times for each signature (20 ms of its 25).
 */
export function keepEncoding(certificate: X509Certificate): X509Certificate {
  const { root, tbsCertificate } = certificate;
  for (const object of [root, tbsCertificate, tbsCertificate.subs[6]]) keep(object);
  return certificate;
}

function keep(object: ASN1Obj | undefined): void {
  if (object === undefined) return;
  const der = object.toDER();
  // A copy each time: the encoding is handed to code that may write into it.
  Object.defineProperty(object, 'toDER', { value: () => Buffer.from(der) });
}
