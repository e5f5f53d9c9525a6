import { isMatchAllForIssuer, isMatchAllForSubject } from '../patterns/match-all.ts';
import type { RegexpPattern } from '../patterns/pattern.ts';
import type { CertificateIdentity, Facts } from '../signature/facts.ts';
import { equalsIgnoringCase } from '../text/plain-text.ts';
import { type Advised, adviceOnMismatch, notesOnAcceptance } from './advice.ts';
import { matchesClaim } from './claim-rules.ts';
import { type Evaluation, type Finding, nearness } from './evaluation.ts';
import { assertPairsNameSigner, checkBothHalves, checkPullRequestCode } from './identity-rules.ts';
import { tooOld } from './max-age.ts';
import type { IdentityRequirement, PairRequirement } from './requirement.ts';
import { isSignerWorkflow } from './signer-workflow.ts';
import { parseConfigUri } from './workflow-uri.ts';

/** The facts about a signature that identity rules use: who made it, its annotations and its times. */
type SignerFacts = Pick<Facts, 'identity' | 'annotations' | 'provenTimes'>;

/**
 * Checks that the expected identity made a verified signature, by all rules of contract §2.5. Accepts it if one pair of
 * issuer and subject matches as a whole, together with everything else. Otherwise returns the mismatch of the closest
 * pair. Pure: `now` is the runner's clock. Throws TypeError for a requirement that does not name a signer.
 */
export function evaluateSigner(facts: SignerFacts, requirement: IdentityRequirement, now: Date): Evaluation {
  assertPairsNameSigner(requirement);
  const { identities, ...rest } = requirement;
  return identities.map((pair) => evaluatePair(facts, { ...rest, ...pair }, now)).reduce(nearer);
}

/**
 * As evaluateSigner, for many signatures. Where the requirement asks for nothing but an identity, its answer for one is
 * remembered: all signatures with the same certificate have the same.
 */
export function createSignerEvaluation(
  requirement: IdentityRequirement,
): (facts: SignerFacts, now: Date) => Evaluation {
  if (requirement.annotations.size > 0 || requirement.maxAgeMs !== undefined) {
    return (facts, now) => evaluateSigner(facts, requirement, now);
  }
  const known = new WeakMap<CertificateIdentity, Evaluation>();
  return ({ identity }, now) => {
    // Without the other facts, so that no rule can make the answer depend on them.
    const evaluation =
      known.get(identity) ?? evaluateSigner({ identity, annotations: {}, provenTimes: [] }, requirement, now);
    known.set(identity, evaluation);
    return evaluation;
  };
}

/** The closer of the two; the first if they are equal. */
function nearer(one: Evaluation, other: Evaluation): Evaluation {
  if (one.kind === 'accepted') return one;
  return other.kind === 'accepted' || nearness(other) > nearness(one) ? other : one;
}

/** The rules of one group, and the reason if one of them fails. */
interface Group {
  readonly reason: Extract<Evaluation, { readonly kind: 'mismatch' }>['reason'];
  readonly findings: readonly Finding[];
}

function checkPair(facts: SignerFacts, requirement: PairRequirement, now: Date): Group[] {
  return [
    { reason: 'ISSUER_MISMATCH', findings: checkIssuer(facts.identity, requirement) },
    { reason: 'IDENTITY_MISMATCH', findings: checkSubject(facts.identity, requirement) },
    { reason: 'CLAIM_MISMATCH', findings: checkClaims(facts.identity, requirement) },
    { reason: 'ANNOTATION_MISMATCH', findings: checkAnnotations(facts, requirement) },
    { reason: 'TOO_OLD', findings: checkAge(facts, requirement, now) },
  ];
}

/** The first group with a failed rule determines the reason (contract §4): issuer, identity, claim, annotation, age. */
function evaluatePair(facts: SignerFacts, requirement: PairRequirement, now: Date): Evaluation {
  const groups = checkPair(facts, requirement, now);
  const failed = groups.find(({ findings }) => findings.some(({ ok }) => !ok));
  const findings = groups.flatMap((group) => group.findings);
  const advised: Advised = {
    identity: facts.identity,
    requirement,
    failed: new Set(findings.filter(({ ok }) => !ok).map(({ field }) => field)),
    accepts: (changes) =>
      checkPair(facts, { ...requirement, ...changes }, now).every((group) => group.findings.every(({ ok }) => ok)),
  };
  if (failed === undefined) return { kind: 'accepted', notes: notesOnAcceptance(advised) };
  return { kind: 'mismatch', reason: failed.reason, findings, hints: adviceOnMismatch(advised) };
}

/** The requirement of one input and the value in the certificate. */
interface Check {
  readonly field: string;
  /** Alternatives. */
  readonly wanted: readonly string[];
  readonly found: string | undefined;
  readonly ok: boolean;
}

/** The finding for one input; none for an input without values, which requires nothing. */
function findingFor({ field, wanted, found, ok }: Check): Finding[] {
  return wanted.length === 0 ? [] : [{ field, expected: wanted.join(' or '), found, ok }];
}

const sources = (patterns: readonly { readonly source: string }[]): string[] => patterns.map(({ source }) => source);

function checkIssuer({ issuer }: CertificateIdentity, requirement: PairRequirement): Finding[] {
  const { issuers, issuerPatterns, allowAnyIdentity, randomWord } = requirement;
  const accepts = (pattern: RegexpPattern): boolean =>
    pattern.matches(issuer) && (allowAnyIdentity || !isMatchAllForIssuer(pattern, issuer, randomWord));
  return [
    ...findingFor({
      field: 'certificate-oidc-issuer',
      wanted: issuers,
      found: issuer,
      ok: issuers.includes(issuer),
    }),
    ...findingFor({
      field: 'certificate-oidc-issuer-regexp',
      wanted: sources(issuerPatterns),
      found: issuer,
      ok: issuerPatterns.some(accepts),
    }),
  ];
}

function checkSubject({ subject, subjectKind }: CertificateIdentity, requirement: PairRequirement): Finding[] {
  const { subjects, subjectPatterns, signerWorkflows, allowAnyIdentity, randomWord } = requirement;
  const accepts = (pattern: RegexpPattern): boolean =>
    pattern.matches(subject) && (allowAnyIdentity || !isMatchAllForSubject(pattern, subject, randomWord));
  const isSigner = subjectKind === 'uri' && signerWorkflows.some((wanted) => isSignerWorkflow(subject, wanted));
  return [
    ...findingFor({
      field: 'certificate-identity',
      wanted: subjects,
      found: subject,
      ok: subjects.includes(subject),
    }),
    ...findingFor({
      field: 'certificate-identity-regexp',
      wanted: sources(subjectPatterns),
      found: subject,
      ok: subjectPatterns.some(accepts),
    }),
    ...findingFor({ field: 'signer-workflow', wanted: sources(signerWorkflows), found: subject, ok: isSigner }),
  ];
}

function checkClaims(identity: CertificateIdentity, requirement: PairRequirement): Finding[] {
  const { sourceRepositories, workflows, sourceRefs, claims: wanted, serverUrl } = requirement;
  const { claims } = identity;
  const uri = claims['source-repository-uri'];
  const ref = claims['source-repository-ref'];
  const config = claims['build-config-uri'];
  // The top-level workflow belongs to the source repository. Its URI is compared as a whole (rule 6).
  const workflow = uri === undefined || config === undefined ? undefined : parseConfigUri(config, uri);
  const isSource = uri !== undefined && sourceRepositories.some((one) => equalsIgnoringCase(one, uri));
  const isWorkflow = workflow !== undefined && workflows.some((pattern) => pattern.matches(workflow.path));
  const isRef = ref !== undefined && sourceRefs.some((pattern) => pattern.matches(ref));
  const bothHalves = checkBothHalves(identity, requirement);
  return [
    ...findingFor({ field: 'source-repository', wanted: sourceRepositories, found: uri, ok: isSource }),
    ...findingFor({
      field: 'workflow',
      wanted: sources(workflows),
      found: workflow?.path ?? config,
      ok: isWorkflow,
    }),
    ...findingFor({ field: 'source-ref', wanted: sources(sourceRefs), found: ref, ok: isRef }),
    ...[...wanted].flatMap(([name, values]) =>
      findingFor({
        field: `claims ${name}`,
        wanted: values,
        found: claims[name],
        ok: matchesClaim(claims, { name, values, serverUrl }),
      }),
    ),
    ...(bothHalves === undefined ? [] : [bothHalves]),
    ...checkPullRequestCode(identity, requirement),
  ];
}

function checkAnnotations({ annotations }: SignerFacts, requirement: PairRequirement): Finding[] {
  return [...requirement.annotations].map(([key, expected]) => {
    const found = Object.hasOwn(annotations, key) ? annotations[key] : undefined;
    return { field: `annotations ${key}`, expected, found, ok: found === expected };
  });
}

function checkAge(facts: SignerFacts, { maxAgeMs }: PairRequirement, now: Date): Finding[] {
  if (maxAgeMs === undefined) return [];
  const problem = tooOld(facts.provenTimes, maxAgeMs, now);
  const found = problem ?? facts.provenTimes[0]?.toISOString();
  return [{ field: 'max-age', expected: `at most ${maxAgeMs / 60_000} minutes`, found, ok: problem === undefined }];
}
