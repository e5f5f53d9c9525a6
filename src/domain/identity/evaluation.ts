import { type RefusalReason, refusalRank } from '../signature/refusal.ts';

/** One rule beside what the certificate says. Both texts may hold anything a certificate can hold. */
export interface Finding {
  /** Input or claim the rule comes from: `certificate-identity`, `source-ref`, `claims runner-environment`. */
  readonly field: string;
  readonly expected: string;
  /** Undefined: the certificate does not have it. */
  readonly found: string | undefined;
  readonly ok: boolean;
}

/** Whether a verified signature is by whom it should be. */
export type Evaluation =
  | { readonly kind: 'accepted'; readonly notes: readonly string[] }
  | {
      readonly kind: 'mismatch';
      readonly reason: Extract<
        RefusalReason,
        'ISSUER_MISMATCH' | 'IDENTITY_MISMATCH' | 'CLAIM_MISMATCH' | 'ANNOTATION_MISMATCH' | 'TOO_OLD'
      >;
      readonly findings: readonly Finding[];
      /** What a person should know: cosign would have matched, this is a reusable workflow, … */
      readonly hints: readonly string[];
    };

/** How near a signature is to acceptance, larger is nearer: first by its reason, then by the rules left unmet. */
export function nearness({ reason, findings }: Extract<Evaluation, { readonly kind: 'mismatch' }>): number {
  const unmet = findings.filter((finding) => !finding.ok).length;
  return refusalRank(reason) - Math.min(unmet, 99) / 100;
}
