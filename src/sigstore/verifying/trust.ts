import type { KeyObject } from 'node:crypto';
import type { TransparencyLogInstance, TrustedRoot } from '@sigstore/protobuf-specs';
import { type TrustMaterial, toTrustMaterial } from '@sigstore/verify';
import { CodedError } from '../../coded-error.ts';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { keepEncoding } from './kept-encoding.ts';

/**
 * Chooses the one trusted root a signature is tried against (contract §2.2). What the certificate says only
 * chooses; the chain decides. Throws CodedError TRUST_ROOT_UNAVAILABLE or TRUST_ROOT_INVALID.
 */
export interface TrustSource {
  rootFor(
    call: CallLimits,
    leaf: {
      /** Organization of the certificate's issuer name. */
      readonly issuerOrganization: string | undefined;
      /** Claim `source-repository-visibility-at-signing`. */
      readonly visibility: string | undefined;
    },
  ): Promise<{ readonly label: string; readonly root: TrustedRoot }>;
}

/** A log of the trusted root, for transparency or for certificates. */
export interface KnownLog {
  readonly baseUrl: string;
  readonly logId: Buffer;
  readonly key: KeyObject;
  readonly start: Date | undefined;
  readonly end: Date | undefined;
}

/** A trusted root made ready for checking; one per root, keys parsed once. */
export interface Trust {
  readonly label: string;
  readonly root: TrustedRoot;
  readonly logs: readonly KnownLog[];
  readonly ctLogs: readonly KnownLog[];
  /** For @sigstore/verify. */
  readonly material: TrustMaterial;
}

/** Parses every key and certificate of the root; throws CodedError TRUST_ROOT_INVALID if one is broken. */
export function prepareTrust(label: string, root: TrustedRoot): Trust {
  try {
    const material = toTrustMaterial(root);
    for (const { certChain } of [...material.certificateAuthorities, ...material.timestampAuthorities]) {
      for (const certificate of certChain) keepEncoding(certificate);
    }
    const logs = root.tlogs.map((log, index) => knownLog(log, material.tlogs[index]));
    const ctLogs = root.ctlogs.map((log, index) => knownLog(log, material.ctlogs[index]));
    return { label, root, logs, ctLogs, material };
  } catch (cause) {
    throw new CodedError('TRUST_ROOT_INVALID', `the trusted root "${label}" holds a broken key or certificate`, {
      cause,
    });
  }
}

function knownLog(log: TransparencyLogInstance, authority: TrustMaterial['tlogs'][number] | undefined): KnownLog {
  if (authority === undefined) throw new TypeError('log without key');
  const { start, end } = log.publicKey?.validFor ?? {};
  return { baseUrl: log.baseUrl, logId: authority.logID, key: authority.publicKey, start, end };
}

/** A log without a validity start was never vouched for at any time (@sigstore/verify takes it as always). */
export function isKnownAt(log: KnownLog, time: Date): boolean {
  return log.start !== undefined && isWithin(log, time);
}

/** Both ends inclusive, a missing end open, as protobuf-specs' TimeRange says. */
export function isWithin(range: { start?: Date | undefined; end?: Date | undefined } | undefined, time: Date): boolean {
  const { start, end } = range ?? {};
  return (start === undefined || start <= time) && (end === undefined || time <= end);
}
