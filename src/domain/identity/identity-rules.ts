import type { CertificateIdentity } from '../signature/facts.ts';
import { SOURCE_CLAIMS } from './claim-rules.ts';
import type { Finding } from './evaluation.ts';
import type { IdentityPair, IdentityRequirement, PairRequirement } from './requirement.ts';
import { hasWorkflowSubject, isWorkflowOf, refOfSubject, repositoryOfSubject } from './workflow-uri.ts';

/**
 * Events that an account without any permission in the repository can trigger (identity rule 4), as GitHub and GitLab
 * name them. GitLab's tokens never contain the ref of a merge request. They name its source branch as `refs/heads/…`
 * (gitlab app/models/ci/pipeline.rb, `source_ref_path`), so only the event identifies it.
 */
export const OUTSIDER_TRIGGERS: readonly string[] = [
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
  'workflow_run',
  'merge_request_event',
];

const PULL = 'refs/pull/';

/** The fields of the findings of rule 3, and of rule 4 for a trigger. */
export const REPOSITORY_OF_SUBJECT = 'repository of the subject';
export const BUILD_TRIGGER = 'claims build-trigger';
/** What the findings of rule 4 expect. An input with the same field expects a value instead. */
export const NO_PULL_REF = `no ref under ${PULL} (pull-request code) unless named explicitly`;
export const NO_OUTSIDER_TRIGGER = 'no trigger that any account can cause, unless a claims line names it';

/**
 * Checks identity rules 1 and 2 for each pair: it names a signer and an issuer, and has exactly one issuer, compared
 * exactly, if a field needs that. Throws TypeError, because the code that builds a requirement must already have refused
 * it with a message for people.
 */
export function assertPairsNameSigner({ identities, ...rest }: IdentityRequirement): void {
  // None of them names a signer by itself, and only the one issuer gives them their meaning.
  const { signerWorkflows, sourceRepositories, workflows, sourceRefs } = rest;
  const needsOneIssuer = [signerWorkflows, sourceRepositories, workflows, sourceRefs].some(({ length }) => length > 0);
  for (const pair of identities) {
    if (needsOneIssuer && pair.issuers.length !== 1) throw new TypeError('a pair needs exactly one issuer');
    if (pair.issuers.length + pair.issuerPatterns.length === 0) throw new TypeError('a pair names no issuer');
    if (!namesSubject(pair) && !namesSource({ ...rest, ...pair })) throw new TypeError('a pair names no signer');
  }
}

function namesSubject({ subjects, subjectPatterns }: IdentityPair): boolean {
  return subjects.length + subjectPatterns.length > 0;
}

/** A claim names the source only if there is exactly one issuer (rule 2). */
function namesSource({ sourceRepositories, issuers, claims }: PairRequirement): boolean {
  return sourceRepositories.length > 0 || (issuers.length === 1 && SOURCE_CLAIMS.some((name) => claims.has(name)));
}

/**
 * Identity rule 3, both halves: the repository in the subject must be the certificate's source repository, unless the
 * requirement names both the signer and the source. Returns the failed finding, or undefined. Applies to every form of
 * identity, for certificates whose subject is a workflow or would have to be one.
 */
export function checkBothHalves(identity: CertificateIdentity, requirement: PairRequirement): Finding | undefined {
  const source = identity.claims['source-repository-uri'];
  if (source === undefined || !hasWorkflowSubject(identity)) return undefined;
  const namesSigner = requirement.signerWorkflows.length > 0 || namesSubject(requirement);
  if (namesSigner && namesSource(requirement)) return undefined;
  if (isWorkflowOf(identity.subject, source)) return undefined;
  const found = repositoryOfSubject(identity.subject) ?? identity.subject;
  return { field: REPOSITORY_OF_SUBJECT, expected: source, found, ok: false };
}

/**
 * Identity rule 4, pull-request code: refuses a ref under refs/pull/ and a trigger that any account can cause, unless
 * the requirement names it explicitly. Returns the failed findings.
 */
export function checkPullRequestCode(identity: CertificateIdentity, requirement: PairRequirement): Finding[] {
  return [checkPullRef(identity, requirement), checkTrigger(identity, requirement)].filter(
    (finding) => finding !== undefined,
  );
}

/**
 * If a workflow calls another, the ref that was built (claim, old claim) differs from the ref of the workflow that held
 * the key (subject). The requirement must name each of them that is under refs/pull/.
 */
function checkPullRef({ claims, subject }: CertificateIdentity, requirement: PairRequirement): Finding | undefined {
  const own = refOfSubject(subject);
  // The value that matched must itself name it: refs/** as another value was not meant for pull requests.
  const isNamed = (ref: string): boolean =>
    requirement.sourceRefs.some(({ source, matches }) => source.startsWith(PULL) && matches(ref)) ||
    (ref === own && requirement.subjects.includes(subject));
  const ref = [claims['source-repository-ref'], claims['github-workflow-ref'], own].find(
    (one) => one?.startsWith(PULL) === true && !isNamed(one),
  );
  if (ref === undefined) return undefined;
  return { field: 'source-ref', expected: NO_PULL_REF, found: ref, ok: false };
}

function checkTrigger({ claims }: CertificateIdentity, requirement: PairRequirement): Finding | undefined {
  const trigger = claims['build-trigger'] ?? claims['github-workflow-trigger'];
  if (trigger === undefined || !OUTSIDER_TRIGGERS.includes(trigger)) return undefined;
  const named = [
    ...(requirement.claims.get('build-trigger') ?? []),
    ...(requirement.claims.get('github-workflow-trigger') ?? []),
  ];
  if (named.includes(trigger)) return undefined;
  return { field: BUILD_TRIGGER, expected: NO_OUTSIDER_TRIGGER, found: trigger, ok: false };
}
