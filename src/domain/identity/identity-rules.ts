import type { CertificateIdentity } from '../signature/facts.ts';
import { SOURCE_CLAIMS } from './claim-rules.ts';
import type { Finding } from './evaluation.ts';
import type { IdentityPair, IdentityRequirement, PairRequirement } from './requirement.ts';
import { hasWorkflowSubject, isWorkflowOf, refOfSubject, repositoryOfSubject } from './workflow-uri.ts';

/**
 * Events that an account without any right in the repository can fire (identity rule 4), as GitHub and GitLab
 * name them. GitLab's tokens never show the ref of a merge request: they name its source branch as
 * `refs/heads/…` (gitlab app/models/ci/pipeline.rb, `source_ref_path`), so that only the event tells it apart.
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

/** Fields of the findings of rule 3, and of rule 4 about a trigger. */
export const REPOSITORY_OF_SUBJECT = 'repository of the subject';
export const BUILD_TRIGGER = 'claims build-trigger';

/**
 * Identity rules 1 and 2 for each pair: it names a signer and who vouches for it, and what only one issuer may vouch
 * for has one, compared exactly. Throws TypeError: whoever makes a requirement refuses such a one with words for people.
 */
export function assertPairsNameSigner({ identities, ...rest }: IdentityRequirement): void {
  // Each names nobody by itself, and means what the one issuer says.
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

/** A claim names the source only if exactly one issuer vouches for it (rule 2). */
function namesSource({ sourceRepositories, issuers, claims }: PairRequirement): boolean {
  return sourceRepositories.length > 0 || (issuers.length === 1 && SOURCE_CLAIMS.some((name) => claims.has(name)));
}

/**
 * Identity rule 3, both halves: the repository in the subject must be the certificate's source repository,
 * unless signer and source were both named. The finding that fails, or undefined. Applies in every form of
 * identity to certificates whose subject is a workflow or would have to be one.
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
 * Identity rule 4, pull-request code: a ref under refs/pull/ and a trigger that any account can fire, unless
 * spelled out. The findings that fail.
 */
export function checkPullRequestCode(identity: CertificateIdentity, requirement: PairRequirement): Finding[] {
  return [checkPullRef(identity, requirement), checkTrigger(identity, requirement)].filter(
    (finding) => finding !== undefined,
  );
}

/**
 * The ref that was built (claim, old claim) and the ref of the workflow that held the key (subject) are two where
 * a workflow calls another: each of them that is under refs/pull/ must be spelled out.
 */
function checkPullRef({ claims, subject }: CertificateIdentity, requirement: PairRequirement): Finding | undefined {
  const own = refOfSubject(subject);
  // The value that matched must be the one that spells it out: refs/** beside it was not meant for pull requests.
  const isSpelledOut = (ref: string): boolean =>
    requirement.sourceRefs.some(({ source, matches }) => source.startsWith(PULL) && matches(ref)) ||
    (ref === own && requirement.subjects.includes(subject));
  const ref = [claims['source-repository-ref'], claims['github-workflow-ref'], own].find(
    (one) => one?.startsWith(PULL) === true && !isSpelledOut(one),
  );
  if (ref === undefined) return undefined;
  return {
    field: 'source-ref',
    expected: `no ${PULL} (code of a pull request) unless spelled out`,
    found: ref,
    ok: false,
  };
}

function checkTrigger({ claims }: CertificateIdentity, requirement: PairRequirement): Finding | undefined {
  const trigger = claims['build-trigger'] ?? claims['github-workflow-trigger'];
  if (trigger === undefined || !OUTSIDER_TRIGGERS.includes(trigger)) return undefined;
  const named = [
    ...(requirement.claims.get('build-trigger') ?? []),
    ...(requirement.claims.get('github-workflow-trigger') ?? []),
  ];
  if (named.includes(trigger)) return undefined;
  const expected = 'no trigger that any account can fire, unless a claims line names it';
  return { field: BUILD_TRIGGER, expected, found: trigger, ok: false };
}
