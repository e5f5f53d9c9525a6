import { parseGlob } from '../patterns/glob.ts';
import { isMatchAllForIssuer, isMatchAllForSubject } from '../patterns/match-all.ts';
import type { RegexpPattern } from '../patterns/pattern.ts';
import type { ClaimName } from '../signature/claims.ts';
import type { CertificateIdentity } from '../signature/facts.ts';
import { equalsIgnoringCase, lowerAscii, trimEnd } from '../text/plain-text.ts';
import { pullRefsOf, REPOSITORY_OF_SUBJECT } from './identity-rules.ts';
import { laterTags } from './later-tags.ts';
import { pasteableLine } from './pasteable-line.ts';
import type { PairRequirement } from './requirement.ts';
import {
  hasWorkflowSubject,
  isFullRef,
  isWorkflowOf,
  parseWorkflowUri,
  refOfSubject,
  repositoryOfSubject,
} from './workflow-uri.ts';

/**
 * Advice for people about one signature. Each sentence is true of this signature, and each line that it offers for
 * pasting makes these inputs accept it: that is tried before it is said.
 */

/** A verified signature, the inputs that judged it, and the result. */
export interface Advised {
  readonly identity: CertificateIdentity;
  readonly requirement: PairRequirement;
  /** The fields of the rules that failed. */
  readonly failed: ReadonlySet<string>;
  /** True if the requirement with these changes accepts the signature. */
  readonly accepts: (changes: Partial<PairRequirement>) => boolean;
}

/** Says that the ref was left open (contract §2.5), with the line that would restrict it to the one found. */
export function notesOnAcceptance(advised: Advised): string[] {
  const { identity, requirement } = advised;
  const { claims, subject } = identity;
  const source = claims['source-repository-uri'];
  const claimed = claims['source-repository-ref'];
  const ref = claimed ?? claims['github-workflow-ref'] ?? refOfSubject(subject);
  // The subject of a reusable workflow contains the ref of the called workflow, not that of the caller.
  const isCaller = source === undefined || isWorkflowOf(subject, source);
  const bound =
    requirement.sourceRefs.length > 0 ||
    requirement.claims.has('source-repository-ref') ||
    requirement.claims.has('github-workflow-ref') ||
    (requirement.subjects.includes(subject) && isCaller && refOfSubject(subject) === ref);
  if (ref === undefined || bound) return [];
  const said = 'any branch or tag of the source repository was accepted';
  const line = refLine(advised);
  if (line === undefined) return [said];
  const later = claimed !== undefined && line.startsWith('source-ref: ') ? laterTagsLine(advised, claimed) : undefined;
  return [
    `${said}; to accept only this one, add${toClaims(line, requirement)}: ${line}`,
    ...(later === undefined ? [] : [`to accept later tags like this one too, add instead: ${later}`]),
  ];
}

/** The line that restricts the requirement to the ref in the certificate; undefined if none would accept it. */
function refLine({ identity, requirement, accepts }: Advised): string | undefined {
  const { claims } = identity;
  // Pull-request code is never offered (identity rule 4).
  if (pullRefsOf(identity).length > 0) return undefined;
  const ref = claims['source-repository-ref'];
  // The input needs exactly one issuer (identity rule 2), and a full ref.
  if (ref !== undefined && requirement.issuers.length === 1 && isFullRef(ref) && !ref.includes('*')) {
    const line = pasteableLine('source-ref', ref);
    if (line !== undefined && accepts({ sourceRefs: [parseGlob(ref)] })) return line;
  }
  const name = ref === undefined ? 'github-workflow-ref' : 'source-repository-ref';
  return claimLine(name, { identity, requirement, accepts });
}

function laterTagsLine({ accepts }: Advised, ref: string): string | undefined {
  const later = laterTags(ref);
  if (later === undefined || !accepts({ sourceRefs: [parseGlob(later)] })) return undefined;
  return `source-ref: ${later}`;
}

/** The line that adds this claim of the certificate to the required ones, if that accepts it. */
function claimLine(
  name: ClaimName,
  { identity, requirement, accepts }: Omit<Advised, 'failed'>,
  changes: Partial<PairRequirement> = {},
): string | undefined {
  const value = identity.claims[name];
  if (value === undefined || pasteableLine('claims', `${name}=${value}`) === undefined) return undefined;
  const claims = new Map([...requirement.claims, [name, [value]]] as const);
  if (!accepts({ ...changes, claims })) return undefined;
  return requirement.claims.size > 0 ? `${name}=${value}` : pasteableLine('claims', `${name}=${value}`);
}

/** The input can be given only once, so a further claim is a line of it. */
function toClaims(line: string, { claims }: PairRequirement): string {
  return claims.size > 0 && !line.startsWith('source-ref: ') ? ' this line to claims' : '';
}

/** Explains the rules that failed. */
export function adviceOnMismatch(advised: Advised): string[] {
  const { identity, requirement, failed } = advised;
  const { allowAnyIdentity, randomWord } = requirement;
  return [
    ...patternAdvice(failed, {
      input: 'certificate-identity-regexp',
      patterns: requirement.subjectPatterns,
      value: identity.subject,
      isMatchAll: (pattern) => !allowAnyIdentity && isMatchAllForSubject(pattern, identity.subject, randomWord),
    }),
    ...patternAdvice(failed, {
      input: 'certificate-oidc-issuer-regexp',
      patterns: requirement.issuerPatterns,
      value: identity.issuer,
      isMatchAll: (pattern) => !allowAnyIdentity && isMatchAllForIssuer(pattern, identity.issuer, randomWord),
    }),
    ...(failed.has('certificate-identity') ? subjectAdvice(advised) : []),
    ...(failed.has('signer-workflow') ? signerWorkflowAdvice(advised) : []),
    ...(failed.has('certificate-oidc-issuer') ? issuerAdvice(advised) : []),
    ...spellingAdvice(advised),
    ...calledWorkflowAdvice(advised),
  ];
}

interface PatternInput {
  readonly input: string;
  readonly patterns: readonly RegexpPattern[];
  /** The value in the certificate. */
  readonly value: string;
  readonly isMatchAll: (pattern: RegexpPattern) => boolean;
}

function patternAdvice(failed: ReadonlySet<string>, { input, patterns, value, isMatchAll }: PatternInput): string[] {
  // Another of the alternatives may have matched.
  if (!failed.has(input)) return [];
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
          `cosign would accept this value, because it searches for ${input} ${shown} anywhere in it; this action matches the whole value`,
        ]
      : [];
  });
}

/** `; write <line>` if the changed requirement accepts the signature; else nothing, because more is wrong. */
function cure(advised: Advised, input: string, value: string, changes: Partial<PairRequirement>): string {
  const line = pasteableLine(input, value);
  const isOffered = line !== undefined && pullRefsOf(advised.identity).length === 0 && advised.accepts(changes);
  return isOffered ? `; write ${line}` : '';
}

function subjectAdvice(advised: Advised): string[] {
  const { subject } = advised.identity;
  const exact = cure(advised, 'certificate-identity', subject, { subjects: [subject] });
  return advised.requirement.subjects.flatMap((wanted) => {
    if (lowerAscii(wanted) === lowerAscii(subject)) {
      return [
        `certificate-identity differs only in upper and lower case; subjects keep the spelling of the owner and are compared exactly${exact}`,
      ];
    }
    const at = wanted.lastIndexOf('@');
    const isShort = /^https?:.*\.ya?ml$/.test(wanted.slice(0, Math.max(at, 0))) && !isFullRef(wanted.slice(at + 1));
    if (!isShort || wanted.includes('@refs/') || refOfSubject(subject) === undefined) return [];
    const ref = wanted.slice(at + 1);
    const isThis = ['heads', 'tags'].some((kind) => subject === `${wanted.slice(0, at)}@refs/${kind}/${ref}`);
    return [`certificates contain full refs, never a short one such as @${ref}${isThis ? exact : ''}`];
  });
}

function signerWorkflowAdvice(advised: Advised): string[] {
  const { subject, subjectKind } = advised.identity;
  if (subjectKind !== 'uri') return [];
  return advised.requirement.signerWorkflows.flatMap((wanted) => {
    const uri = parseWorkflowUri(subject, wanted.repository);
    if (uri?.path !== wanted.path || wanted.ref === undefined) return [];
    const place = wanted.source.slice(0, -`@${wanted.ref.source}`.length);
    // Only the ref changes, and the certificate's is not read as a pattern.
    const changed = { ...wanted, ref: { source: uri.ref, matches: (ref: string) => ref === uri.ref } };
    const line = uri.ref.includes('*')
      ? ''
      : cure(advised, 'signer-workflow', `${place}@${uri.ref}`, { signerWorkflows: [changed] });
    return [`signer-workflow matches except for its ref: the certificate has @${uri.ref}${line}`];
  });
}

/** The issuers of one enterprise or organization continue the general one. */
const TENANT_ISSUERS: readonly (readonly [RegExp, string])[] = [
  [/^https:\/\/token\.actions\.githubusercontent\.com$/, 'a single enterprise'],
  [/^https:\/\/oidc\.circleci\.com(?:\/org)?$/, 'a single organization'],
];

function issuerAdvice(advised: Advised): string[] {
  const { issuer, subjectKind } = advised.identity;
  const exact = cure(advised, 'certificate-oidc-issuer', issuer, { issuers: [issuer] });
  return advised.requirement.issuers.flatMap((wanted) => {
    if (wanted === `${issuer}/` || issuer === `${wanted}/`) {
      return [`certificate-oidc-issuer differs only in its final slash, and issuers are compared exactly${exact}`];
    }
    if (issuer.startsWith(`${wanted}/`)) {
      const whose = TENANT_ISSUERS.find(([form]) => form.test(wanted))?.[1];
      return [
        whose === undefined
          ? `the issuer in the certificate continues after ${wanted}, and issuers are compared exactly${exact}`
          : `the certificate has the issuer of ${whose}${exact}`,
      ];
    }
    if (wanted === 'https://oauth2.sigstore.dev/auth' && subjectKind === 'email') {
      return [`certificates of people name the login provider behind Sigstore${exact}`];
    }
    return [];
  });
}

/** `github.com/acme/app` for every spelling of a repository's URL, `git@github.com:acme/app.git` included. */
function spelledPlainly(uri: string): string {
  const place = uri.replace(/^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?/i, '').replace(':', '/');
  return lowerAscii(trimEnd(place, '/').replace(/\.git$/i, ''));
}

/**
 * Some issuers write the repository without a scheme (CircleCI) or the ref without `refs/` (Codefresh), as their users
 * do not. The claims line then says the same.
 */
function spellingAdvice(advised: Advised): string[] {
  const { identity, requirement, failed } = advised;
  const uri = identity.claims['source-repository-uri'];
  const ref = identity.claims['source-repository-ref'];
  const isRepository =
    uri !== undefined &&
    failed.has('source-repository') &&
    requirement.sourceRepositories.some((one) => spelledPlainly(one) === spelledPlainly(uri));
  const isRef =
    ref !== undefined &&
    !isFullRef(ref) &&
    failed.has('source-ref') &&
    ['heads', 'tags'].some((kind) => requirement.sourceRefs.some((one) => one.matches(`refs/${kind}/${ref}`)));
  const meant: [ClaimName, string, Partial<PairRequirement>][] = [
    ...(isRepository ? [['source-repository-uri', 'source-repository', { sourceRepositories: [] }] as const] : []),
    ...(isRef ? [['source-repository-ref', 'source-ref', { sourceRefs: [] }] as const] : []),
  ].map(([name, input, change]) => [name, input, change]);
  const line = (name: ClaimName): string => `${name}=${identity.claims[name] ?? ''}`;
  const changes: Partial<PairRequirement> = Object.assign({}, ...meant.map(([, , change]) => change));
  const claims = new Map([
    ...requirement.claims,
    ...meant.map(([name]) => [name, [identity.claims[name] ?? '']] as const),
  ]);
  // All of the lines together are the cure.
  const isOffered =
    meant.every(([name]) => pasteableLine('claims', line(name)) !== undefined) &&
    advised.accepts({ ...changes, claims });
  return meant.map(([name, input]) => {
    const said = `this issuer spells the value of ${input} differently: the certificate has ${identity.claims[name]}`;
    return isOffered ? `${said}; instead of ${input}, write this line in claims: ${line(name)}` : said;
  });
}

function calledWorkflowAdvice({ identity, failed }: Advised): string[] {
  const { issuer, subject, claims } = identity;
  // A CircleCI pipeline has a URL too, but is not a repository.
  if (!hasWorkflowSubject({ issuer, subject })) return [];
  const signer = repositoryOfSubject(subject);
  const source = claims['source-repository-uri'];
  if (signer === undefined || source === undefined || equalsIgnoringCase(signer, source)) return [];
  // GitLab writes two slashes before the path. Its configuration can lie in another project, but nothing is called.
  const said = subject.startsWith(`${signer}//`)
    ? `the CI configuration of another project signed this: the subject is that configuration (of ${signer}), and the ` +
      `claims describe the project that was built (${source})`
    : `a reusable workflow signed this: the subject is the called workflow (of ${signer}), and the claims describe the ` +
      `caller (${source})`;
  // Both are named already unless the rule about both halves failed.
  return [
    failed.has(REPOSITORY_OF_SUBJECT)
      ? `${said}; name both: the signer with signer-workflow or certificate-identity, the source with source-repository`
      : said,
  ];
}
