import { X509Certificate } from 'node:crypto';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';

/** Certificates for 127.0.0.1 that a server shows in turn. */
export interface Certificates {
  /** The authorities of all of them, PEM: what the API server trusts from the beginning. */
  readonly ca: string;
  /** The one that is shown now, as a Secret of type kubernetes.io/tls has it. */
  files(): Readonly<Record<string, string>>;
  /** Goes on to the next one. */
  next(): void;
  /** Of the one that is shown now: SHA-256, as tls.TLSSocket gives it. */
  fingerprint(): string;
}

const COUNT = 3;

/** Makes them, each with an authority of its own. */
export function makeCertificates(): Certificates {
  const leaves = Array.from({ length: COUNT }, () => {
    const { ca, tls } = mintLoopbackTls();
    const files = { 'tls.crt': tls.cert, 'tls.key': tls.key, 'ca.crt': ca };
    return { ca, files, fingerprint: new X509Certificate(tls.cert).fingerprint256 };
  });
  let current = 0;
  const leaf = () => {
    const found = leaves[current % COUNT];
    if (found === undefined) throw new Error('no certificate');
    return found;
  };
  return {
    ca: leaves.map(({ ca }) => ca).join(''),
    files: () => leaf().files,
    next: () => {
      current += 1;
    },
    fingerprint: () => leaf().fingerprint,
  };
}
