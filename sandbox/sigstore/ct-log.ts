import { randomBytes } from 'node:crypto';
import { octetString } from './asn1.ts';
import type { Extension } from './certificate.ts';
import { createKey, type SigningKey, sha256 } from './keys.ts';

/** How an SCT should be wrong, or that there should be none. */
export type SctKind = 'valid' | 'none' | 'unknown-log' | 'bad-signature';

export interface CtLogOptions {
  readonly clock: () => Date;
  /** `leaf-index`: SCT extensions as static CT logs write them; `none` (default): as RFC 6962 logs do. */
  readonly sctExtensions?: 'none' | 'leaf-index';
}

export interface CtLog {
  readonly key: SigningKey;
  /** Timestamps a precertificate (RFC 6962 §3.2) at `at`, default now; returns the certificate extension to embed. */
  timestamp(entry: {
    readonly tbs: Uint8Array;
    readonly issuerSpki: Uint8Array;
    readonly kind: Exclude<SctKind, 'none'>;
    readonly at?: Date;
  }): Extension;
}

const SCT_LIST = '1.3.6.1.4.1.11129.2.4.2';

function unsigned(value: number | bigint, bytes: number): Buffer {
  return Buffer.from(
    BigInt(value)
      .toString(16)
      .padStart(bytes * 2, '0'),
    'hex',
  );
}

const opaque16 = (bytes: Uint8Array): Buffer => Buffer.concat([unsigned(bytes.length, 2), bytes]);

/** A certificate-transparency log as far as a client sees it: the promises it signs. It shows no tree. */
export function createCtLog(options: CtLogOptions): CtLog {
  const key = createKey();
  let size = 1000;
  return {
    key,
    timestamp: ({ tbs, issuerSpki, kind, at }) => {
      const signer = kind === 'unknown-log' ? createKey() : key;
      const when = unsigned((at ?? options.clock()).getTime(), 8);
      // Static CT API, "SCT extension": type 0 (leaf_index), 40-bit index.
      const extensions =
        options.sctExtensions === 'leaf-index'
          ? Buffer.concat([Buffer.from([0]), opaque16(unsigned(size++, 5))])
          : Buffer.alloc(0);
      const precert = Buffer.concat([sha256(issuerSpki), unsigned(tbs.length, 3), tbs]);
      // version 1, certificate_timestamp, time, precert_entry, entry, extensions
      const signed = Buffer.concat([Buffer.from([0, 0]), when, Buffer.from([0, 1]), precert, opaque16(extensions)]);
      const signature = signer.sign(kind === 'bad-signature' ? randomBytes(32) : signed);
      // version 1, log ID, time, extensions, SHA-256, ECDSA, signature
      const sct = Buffer.concat([
        Buffer.from([0]),
        signer.keyId,
        when,
        opaque16(extensions),
        Buffer.from([4, 3]),
        opaque16(signature),
      ]);
      return { oid: SCT_LIST, value: octetString(opaque16(opaque16(sct))) };
    },
  };
}
