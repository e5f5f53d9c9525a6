import type { IdentityProblem, NoSigner } from '../identity/identity-problem.ts';
import {
  type IdentityContext,
  type IdentityInputs,
  type IdentityRequirement,
  NO_IDENTITY_INPUTS,
  parseIdentityRequirement,
} from '../identity/requirement.ts';
import { quoted } from '../text/quoted.ts';
import { ValueError } from '../text/value-error.ts';
import type { ConditionName, RequirementLine } from './requirement-line.ts';

/** Who must have signed the attestation of one line. */
export type LineSigners =
  /** One signer must match all of them. */
  | { readonly kind: 'signers'; readonly signers: readonly [IdentityRequirement, ...IdentityRequirement[]] }
  /** Neither the line nor the step names a signer. */
  | { readonly kind: 'no-identity'; readonly problem: NoSigner }
  | { readonly kind: 'invalid'; readonly problems: readonly IdentityProblem[] };

/** Conditions that are identity inputs, and their names among them. */
const IDENTITY_CONDITIONS = {
  'source-repository': 'sourceRepository',
  'source-ref': 'sourceRef',
  workflow: 'workflow',
  'signer-workflow': 'signerWorkflow',
  'certificate-identity': 'certificateIdentity',
  'certificate-oidc-issuer': 'certificateOidcIssuer',
} as const satisfies Partial<Record<ConditionName, keyof IdentityInputs>>;
type IdentityField = (typeof IDENTITY_CONDITIONS)[keyof typeof IDENTITY_CONDITIONS];

/** True if the line names a signer (identity rule 1), so that the identity of the step does not apply to it. */
export function namesSigner({ conditions }: RequirementLine): boolean {
  return conditions.has('certificate-identity') || conditions.has('source-repository');
}

/**
 * Who must have signed (contract §2.6): a line that names a signer is judged by its own conditions alone, any other by its
 * conditions and the identity of the step. All identity rules and the step's `max-age` apply to every line. Annotations
 * belong to image signatures. Throws ValueError if line and step contradict each other.
 */
export function parseLineSigners(line: RequirementLine, step: IdentityInputs, context: IdentityContext): LineSigners {
  const own = ownInputs(line);
  const maxAges = [line.maxAgeMs, step.maxAgeMs].filter((ms) => ms !== undefined);
  const maxAgeMs = maxAges.length === 0 ? undefined : Math.min(...maxAges);
  if (namesSigner(line))
    return combine([parseIdentityRequirement({ ...NO_IDENTITY_INPUTS, ...own, maxAgeMs }, context)]);

  // The issuer that applies by default is part of the step's identity too: no line may replace it.
  const hasIssuer = step.certificateOidcIssuer.length + step.certificateOidcIssuerRegexp.length > 0;
  const base: IdentityInputs = {
    ...step,
    certificateOidcIssuer: hasIssuer ? step.certificateOidcIssuer : [context.defaultIssuer],
    annotations: [],
    maxAgeMs,
  };
  const [issuer] = own.certificateOidcIssuer ?? [];
  const { certificateOidcIssuer: issuers } = base;
  if (issuer !== undefined && issuers.length > 0 && !issuers.includes(issuer)) {
    throw new ValueError(
      `certificate-oidc-issuer=${quoted(issuer)} contradicts the issuer of the step (${issuers.map((one) => quoted(one)).join(' or ')}), ` +
        'which applies because the line does not name a signer; add certificate-identity or source-repository to the line',
    );
  }
  // Values of one input are alternatives, so a condition that the step gives too needs its own requirement.
  const shared = fieldsOf(own).filter((field) => base[field].length > 0);
  const withStep = { ...base, ...Object.fromEntries(Object.entries(own).filter(([field]) => !isIn(shared, field))) };
  const withLine = { ...base, ...own };
  const parsed = [withStep, ...(shared.length === 0 ? [] : [withLine])].map((inputs) =>
    parseIdentityRequirement(inputs, context),
  );
  return combine(parsed);
}

function isIn(fields: readonly IdentityField[], field: string): boolean {
  return (fields as readonly string[]).includes(field);
}

function ownInputs({ conditions }: RequirementLine): Partial<Record<IdentityField, readonly string[]>> {
  const pairs = Object.entries(IDENTITY_CONDITIONS).flatMap(([name, field]) => {
    const value = conditions.get(name as keyof typeof IDENTITY_CONDITIONS);
    return value === undefined ? [] : [[field, [value]] as const];
  });
  return Object.fromEntries(pairs);
}

function fieldsOf(own: Partial<Record<IdentityField, unknown>>): readonly IdentityField[] {
  return Object.values(IDENTITY_CONDITIONS).filter((field) => Object.hasOwn(own, field));
}

function combine(parsed: readonly ReturnType<typeof parseIdentityRequirement>[]): LineSigners {
  const problems = parsed.flatMap((one) => (one.kind === 'invalid' ? one.problems : []));
  if (problems.length > 0) return { kind: 'invalid', problems };
  const nobody = parsed.find((one) => one.kind === 'no-identity');
  if (nobody?.kind === 'no-identity') return nobody;
  const [first, ...others] = parsed.flatMap((one) => (one.kind === 'requirement' ? [one.requirement] : []));
  if (first === undefined) throw new TypeError('a line without a signer');
  return { kind: 'signers', signers: [first, ...others] };
}
