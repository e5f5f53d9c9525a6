import type { ProvenFacts } from '../signature/facts.ts';
import { type RefusalReason, refusalRank } from '../signature/refusal.ts';

/** One rule, and the value in the certificate. Both texts may contain anything that a certificate can contain. */
export interface Finding {
  /** The input or claim that the rule comes from: `certificate-identity`, `source-ref`, `claims runner-environment`. */
  readonly field: string;
  readonly expected: string;
  /** Undefined if the certificate lacks it. */
  readonly found: string | undefined;
  readonly ok: boolean;
}

/** Whether the expected identity made a verified signature. */
export type Evaluation =
  | { readonly kind: 'accepted'; readonly notes: readonly string[] }
  | {
      readonly kind: 'mismatch';
      readonly reason: Extract<
        RefusalReason,
        | 'TIMESTAMP_INVALID'
        | 'ISSUER_MISMATCH'
        | 'IDENTITY_MISMATCH'
        | 'CLAIM_MISMATCH'
        | 'ANNOTATION_MISMATCH'
        | 'TOO_OLD'
        | 'ATTESTATION_MISMATCH'
      >;
      readonly findings: readonly Finding[];
      /** Advice for people, such as that cosign would have matched, or that this is a reusable workflow. */
      readonly hints: readonly string[];
    };

/** The evaluation of a rule that also needs a timestamp of the trusted root among the proofs. */
export function needTimestamp(
  evaluation: Evaluation,
  { isTimestamped }: Pick<ProvenFacts, 'isTimestamped'>,
): Evaluation {
  if (evaluation.kind === 'mismatch' || isTimestamped === true) return evaluation;
  const expected = 'a timestamp of an authority of the trusted root';
  const findings = [{ field: 'rfc3161timestamp', expected, found: undefined, ok: false }];
  return { kind: 'mismatch', reason: 'TIMESTAMP_INVALID', findings, hints: [] };
}

/** How close a signature is to acceptance; larger is closer. Compares its reason first, then the number of failed rules. */
export function nearness({ reason, findings }: Extract<Evaluation, { readonly kind: 'mismatch' }>): number {
  const unmet = findings.filter((finding) => !finding.ok).length;
  return refusalRank(reason) - Math.min(unmet, 99) / 100;
}
