import type { KeyObject } from 'node:crypto';
import type { CertificateAuthority, TransparencyLogInstance, TrustedRoot } from '@sigstore/protobuf-specs';
import { type TrustMaterial, toTrustMaterial } from '@sigstore/verify';
import { CodedError } from '../../coded-error.ts';
import type { ParsedCertificate } from './certificate.ts';
import { type Chain, Link } from './chain-link.ts';
import { KeptCertificate } from './kept-certificate.ts';

/** A transparency log or CT log of the trusted root. */
export interface KnownLog {
  readonly baseUrl: string;
  readonly logId: Buffer;
  readonly key: KeyObject;
  readonly start: Date | undefined;
  readonly end: Date | undefined;
}

/** A certificate authority of the trusted root. */
export interface KnownAuthority {
  readonly authority: CertificateAuthority;
  readonly links: readonly Link[];
}

/** A trusted root prepared for verification; created once per root, with parsed keys. */
export interface Trust {
  readonly label: string;
  readonly root: TrustedRoot;
  readonly logs: readonly KnownLog[];
  readonly ctLogs: readonly KnownLog[];
  readonly authorities: readonly KnownAuthority[];
  /** Chains of certificates that this root trusts, with valid transparency proofs; at any time, so validity comes after. */
  readonly accepted: WeakMap<ParsedCertificate, readonly Chain[]>;
  /** The times, in ms since 1970, at which @sigstore/verify has accepted a certificate. */
  readonly acceptedAt: WeakMap<ParsedCertificate, Set<number>>;
  /** The certificates that may sign timestamps: the first of each authority. */
  readonly timestampSigners: readonly KeptCertificate[];
  /** For @sigstore/verify. */
  readonly material: TrustMaterial;
}

/** Parses every key and certificate of the root. Throws CodedError TRUST_ROOT_INVALID if one does not parse. */
export function prepareTrust(label: string, root: TrustedRoot): Trust {
  try {
    const material = toTrustMaterial(root);
    const authorities = root.certificateAuthorities.map((authority) => {
      const certificates = (authority.certChain?.certificates ?? []).map(({ rawBytes }) => rawBytes);
      return { authority, links: certificates.map((der) => new Link(KeptCertificate.read(der), der)) };
    });
    const certificateAuthorities = withKeptCertificates(material.certificateAuthorities, root.certificateAuthorities);
    const timestampAuthorities = withKeptCertificates(material.timestampAuthorities, root.timestampAuthorities);
    const logs = root.tlogs.map((log, index) => knownLog(log, material.tlogs[index]));
    const ctLogs = root.ctlogs.map((log, index) => knownLog(log, material.ctlogs[index]));
    return {
      label,
      root,
      logs,
      ctLogs,
      authorities,
      accepted: new WeakMap(),
      acceptedAt: new WeakMap(),
      timestampSigners: timestampAuthorities.flatMap(({ certChain }) => certChain.slice(0, 1)),
      material: {
        ...material,
        certificateAuthorities,
        timestampAuthorities,
      },
    };
  } catch (cause) {
    throw new CodedError('TRUST_ROOT_INVALID', `the trusted root "${label}" contains an invalid key or certificate`, {
      cause,
    });
  }
}

type LibraryAuthority = TrustMaterial['certificateAuthorities'][number];

/** The library's authorities with certificates that remember. It has made one of each authority of the root, in order. */
function withKeptCertificates(
  made: readonly LibraryAuthority[],
  authorities: readonly CertificateAuthority[],
): (Omit<LibraryAuthority, 'certChain'> & { certChain: KeptCertificate[] })[] {
  return made.map((authority, index) => {
    const certificates = authorities[index]?.certChain?.certificates ?? [];
    return { ...authority, certChain: certificates.map(({ rawBytes }) => KeptCertificate.read(rawBytes)) };
  });
}

function knownLog(log: TransparencyLogInstance, authority: TrustMaterial['tlogs'][number] | undefined): KnownLog {
  if (authority === undefined) throw new TypeError('log without key');
  const { start, end } = log.publicKey?.validFor ?? {};
  return { baseUrl: log.baseUrl, logId: authority.logID, key: authority.publicKey, start, end };
}

/** A log without a validity start is trusted at no time (@sigstore/verify trusts it at any time). */
export function isKnownAt(log: KnownLog, time: Date): boolean {
  return log.start !== undefined && isWithin(log, time);
}

/** Both ends are inclusive and a missing end is open, as in TimeRange of protobuf-specs. */
export function isWithin(range: { start?: Date | undefined; end?: Date | undefined } | undefined, time: Date): boolean {
  const { start, end } = range ?? {};
  return (start === undefined || start <= time) && (end === undefined || time <= end);
}
