import { isMatchAllForIssuer, isMatchAllForSubject } from '../patterns/match-all.ts';
import type { RegexpPattern } from '../patterns/pattern.ts';
import type { CertificateIdentity, Facts } from '../signature/facts.ts';
import { equalsIgnoringCase, lowerAscii } from '../text/plain-text.ts';
import { matchesClaim } from './claim-rules.ts';
import { type Evaluation, type Finding, nearness } from './evaluation.ts';
import { assertPairsNameSigner, checkBothHalves, checkPullRequestCode } from './identity-rules.ts';
import { tooOld } from './max-age.ts';
import { pasteableLine } from './pasteable-line.ts';
import type { IdentityRequirement, PairRequirement } from './requirement.ts';
import { isSignerWorkflow } from './signer-workflow.ts';
import {
  hasWorkflowSubject,
  isFullRef,
  isWorkflowOf,
  parseWorkflowUri,
  refOfSubject,
  repositoryOfSubject,
} from './workflow-uri.ts';

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

/** The closer of the two; the first if they are equal. */
function nearer(one: Evaluation, other: Evaluation): Evaluation {
  if (one.kind === 'accepted') return one;
  return other.kind === 'accepted' || nearness(other) > nearness(one) ? other : one;
}

/** The first group with a failed rule determines the reason (contract §4): issuer, identity, claim, annotation, age. */
function evaluatePair(facts: SignerFacts, requirement: PairRequirement, now: Date): Evaluation {
  const groups = [
    { reason: 'ISSUER_MISMATCH', findings: checkIssuer(facts.identity, requirement) },
    { reason: 'IDENTITY_MISMATCH', findings: checkSubject(facts.identity, requirement) },
    { reason: 'CLAIM_MISMATCH', findings: checkClaims(facts.identity, requirement) },
    { reason: 'ANNOTATION_MISMATCH', findings: checkAnnotations(facts, requirement) },
    { reason: 'TOO_OLD', findings: checkAge(facts, requirement, now) },
  ] as const;
  const failed = groups.find(({ findings }) => findings.some(({ ok }) => !ok));
  if (failed === undefined) return { kind: 'accepted', notes: notesAbout(facts.identity, requirement) };
  return {
    kind: 'mismatch',
    reason: failed.reason,
    findings: groups.flatMap(({ findings }) => findings),
    hints: hintsAbout(facts.identity, requirement),
  };
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
  const workflow = uri === undefined || config === undefined ? undefined : parseWorkflowUri(config, uri);
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

function notesAbout({ claims, subject }: CertificateIdentity, requirement: PairRequirement): string[] {
  const source = claims['source-repository-uri'];
  const claimed = claims['source-repository-ref'];
  const ref = claimed ?? claims['github-workflow-ref'] ?? refOfSubject(subject);
  // The subject of a reusable workflow contains the ref of the called workflow, not that of the caller.
  const isCaller = source === undefined || isWorkflowOf(subject, source);
  const bound =
    requirement.sourceRefs.length > 0 ||
    requirement.claims.has('source-repository-ref') ||
    (requirement.subjects.includes(subject) && isCaller && refOfSubject(subject) === ref);
  if (ref === undefined || bound) return [];
  const line = claimed === undefined ? undefined : pasteableLine('source-ref', claimed);
  const cure = line === undefined ? '' : `; to accept only this one, add: ${line}`;
  return [`any branch or tag of the source repository was accepted${cure}`];
}

function hintsAbout(identity: CertificateIdentity, requirement: PairRequirement): string[] {
  const { issuer, subject } = identity;
  const { allowAnyIdentity, randomWord } = requirement;
  return [
    ...patternHints({
      input: 'certificate-identity-regexp',
      patterns: requirement.subjectPatterns,
      value: subject,
      isMatchAll: (pattern) => !allowAnyIdentity && isMatchAllForSubject(pattern, subject, randomWord),
    }),
    ...patternHints({
      input: 'certificate-oidc-issuer-regexp',
      patterns: requirement.issuerPatterns,
      value: issuer,
      isMatchAll: (pattern) => !allowAnyIdentity && isMatchAllForIssuer(pattern, issuer, randomWord),
    }),
    ...subjectHints(subject, requirement),
    ...issuerHints(issuer, requirement),
    ...reusableWorkflowHints(identity),
  ];
}

interface PatternInput {
  readonly input: string;
  readonly patterns: readonly RegexpPattern[];
  /** The value in the certificate. */
  readonly value: string;
  readonly isMatchAll: (pattern: RegexpPattern) => boolean;
}

function patternHints({ input, patterns, value, isMatchAll }: PatternInput): string[] {
  return patterns.flatMap((pattern) => {
    const shown = JSON.stringify(pattern.source);
    if (pattern.matches(value)) {
      return isMatchAll(pattern)
        ? [
            `${input} ${shown} would also accept any other owner; name the owner in the pattern, or set allow-any-identity: true`,
          ]
        : [];
    }
    return pattern.findsIn(value)
      ? [
          `cosign would accept this, because it searches for ${input} ${shown} anywhere in the value; this action matches the whole value`,
        ]
      : [];
  });
}

function subjectHints(subject: string, { subjects, signerWorkflows }: PairRequirement): string[] {
  const hints: string[] = [];
  for (const wanted of subjects) {
    if (wanted !== subject && lowerAscii(wanted) === lowerAscii(subject)) {
      hints.push(
        'certificate-identity differs only in upper and lower case; subjects keep the spelling of the owner and are compared exactly',
      );
    }
    const at = wanted.lastIndexOf('@');
    const ref = wanted.slice(at + 1);
    if (/^https?:/.test(wanted) && at > 0 && !isFullRef(ref) && !wanted.includes('@refs/')) {
      const place = wanted.slice(0, at);
      hints.push(`certificates contain the full ref: write ${place}@refs/tags/${ref} or ${place}@refs/heads/${ref}`);
    }
  }
  for (const wanted of signerWorkflows) {
    const uri = parseWorkflowUri(subject, wanted.repository);
    if (uri?.path === wanted.path)
      hints.push(`signer-workflow matches except for its ref: the certificate has @${uri.ref}`);
  }
  return hints;
}

function issuerHints(issuer: string, { issuers }: PairRequirement): string[] {
  return issuers.flatMap((wanted) => {
    if (issuer.startsWith(`${wanted}/`)) {
      const line = pasteableLine('certificate-oidc-issuer', issuer);
      return [
        `the certificate has the issuer of a single enterprise${line === undefined ? '' : `; give the full issuer: ${line}`}`,
      ];
    }
    if (wanted === 'https://oauth2.sigstore.dev/auth') {
      return ['certificates of people name the login provider behind Sigstore, such as https://github.com/login/oauth'];
    }
    return [];
  });
}

function reusableWorkflowHints({ issuer, subject, claims }: CertificateIdentity): string[] {
  // A CircleCI pipeline has a URL too, but is not a repository.
  if (!hasWorkflowSubject({ issuer, subject })) return [];
  const signer = repositoryOfSubject(subject);
  const source = claims['source-repository-uri'];
  if (signer === undefined || source === undefined || equalsIgnoringCase(signer, source)) return [];
  return [
    `a reusable workflow signed this: the subject is the called workflow (of ${signer}), and the claims describe the ` +
      `caller (${source}); give both signer-workflow (or certificate-identity) and source-repository`,
  ];
}
