import type { Evaluation, Finding } from '../identity/evaluation.ts';
import { nearness } from '../identity/evaluation.ts';
import type { IdentityRequirement } from '../identity/requirement.ts';
import { evaluateSigner } from '../identity/signer-evaluation.ts';
import type { AttestationFacts } from '../signature/facts.ts';
import { isCycloneDx, isSlsaProvenance, isSpdx } from './predicate-types.ts';
import { checkProvenance, type ProvenanceConditions } from './provenance-check.ts';
import type { TypeRule } from './requirement-line.ts';
import { checkSbom } from './sbom-check.ts';

/** One requirement of the input `attestations`, with everything that it is judged by. */
export interface AttestationRequirement extends ProvenanceConditions {
  /** The line as written. */
  readonly line: string;
  readonly type: TypeRule;
  /** One signer must match all of them. */
  readonly signers: readonly [IdentityRequirement, ...IdentityRequirement[]];
  /** True if only attestations about every platform image count. */
  readonly perPlatform: boolean;
  /** True if the line names its signer, so that the rules of the step for image signatures do not concern it. */
  readonly hasOwnSigner: boolean;
  /** True if BuildKit's own statements count too, where the index carries a signature that the line accepts. */
  readonly buildkit: boolean;
  /**
   * True if any attestation of the type meets it, whatever it says: the `attestations` of a ClusterImagePolicy, whose
   * conditions about the content are a language of their own.
   */
  readonly anyContent?: true;
}

/** An attestation as the requirements see it. */
export type JudgedFacts = Pick<AttestationFacts, 'identity' | 'provenTimes'> & {
  readonly statement: Pick<AttestationFacts['statement'], 'predicateType' | 'predicate'>;
};

/**
 * Decides whether a proven attestation of the required type meets a requirement: first who signed it and when, then what
 * it says. Pure: `now` is the runner's clock. Throws TypeError for a requirement that names no signer.
 */
export function evaluateAttestation(facts: JudgedFacts, requirement: AttestationRequirement, now: Date): Evaluation {
  const { identity, provenTimes, statement } = facts;
  const signed = requirement.signers.map((signer) =>
    evaluateSigner({ identity, annotations: {}, provenTimes }, signer, now),
  );
  const refused = signed.flatMap((one) => (one.kind === 'mismatch' ? [one] : []));
  if (refused.length > 0) return refused.reduce((one, other) => (nearness(other) < nearness(one) ? other : one));
  const findings = requirement.anyContent === true ? [] : checkContent(facts, requirement);
  if (!requirement.type.accepts(statement.predicateType)) {
    findings.unshift({
      field: 'predicateType',
      expected: requirement.type.name,
      found: statement.predicateType.slice(0, 300),
      ok: false,
    });
  }
  if (findings.some(({ ok }) => !ok)) return { kind: 'mismatch', reason: 'ATTESTATION_MISMATCH', findings, hints: [] };
  return { kind: 'accepted', notes: signed.flatMap((one) => (one.kind === 'accepted' ? one.notes : [])) };
}

/** The rules for what the statement says depend on its signed type, however the line names it. */
function checkContent({ identity, statement }: JudgedFacts, requirement: AttestationRequirement): Finding[] {
  if (isSlsaProvenance(statement.predicateType)) return checkProvenance(statement, identity, requirement);
  if (isSpdx(statement.predicateType) || isCycloneDx(statement.predicateType)) return checkSbom(statement);
  return [];
}
