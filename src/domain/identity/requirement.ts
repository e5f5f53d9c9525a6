import { parseGlob } from '../patterns/glob.ts';
import { matchesAnyIssuer, matchesAnySubject } from '../patterns/match-all.ts';
import type { Pattern, RegexpPattern } from '../patterns/pattern.ts';
import { parseAnnotationLine } from '../signature/annotations.ts';
import type { ClaimName } from '../signature/claims.ts';
import { EmptyValueError, ValueError } from '../text/value-error.ts';
import { type ClaimRules, parseClaimLine, SOURCE_CLAIMS } from './claim-rules.ts';
import type { IdentityProblem, NoSigner } from './identity-problem.ts';
import { parseSignerWorkflow, type SignerWorkflow } from './signer-workflow.ts';
import { parseSourceRepository } from './source-repository.ts';
import { isFullRef } from './workflow-uri.ts';

/** The identity inputs as lists of values (contract §2.5). An input that is not given is an empty list. */
export interface IdentityInputs {
  readonly certificateIdentity: readonly string[];
  readonly certificateIdentityRegexp: readonly string[];
  readonly certificateOidcIssuer: readonly string[];
  readonly certificateOidcIssuerRegexp: readonly string[];
  readonly sourceRepository: readonly string[];
  readonly workflow: readonly string[];
  readonly sourceRef: readonly string[];
  readonly signerWorkflow: readonly string[];
  /** Lines `name=value`. */
  readonly claims: readonly string[];
  /** Lines `key=value`. */
  readonly annotations: readonly string[];
  readonly maxAgeMs: number | undefined;
  readonly allowAnyIdentity: boolean;
}

/** No input is given. */
export const NO_IDENTITY_INPUTS: IdentityInputs = {
  certificateIdentity: [],
  certificateIdentityRegexp: [],
  certificateOidcIssuer: [],
  certificateOidcIssuerRegexp: [],
  sourceRepository: [],
  workflow: [],
  sourceRef: [],
  signerWorkflow: [],
  claims: [],
  annotations: [],
  maxAgeMs: undefined,
  allowAnyIdentity: false,
};

export interface IdentityContext {
  /** The issuer if the inputs give none; see domain/identity/github-issuer.ts. */
  readonly defaultIssuer: string;
  /** `GITHUB_SERVER_URL` without a trailing slash. */
  readonly serverUrl: string;
  /** At least eight random lower-case letters, new in every run (identity rule 7). */
  readonly randomWord: string;
  /** See domain/patterns/regexp.ts. Undefined if no -regexp input is given. */
  readonly parseRegexp: ((source: string) => RegexpPattern) | undefined;
}

/**
 * One of the identities that may sign. Issuer and subject belong together: a signature must match one pair as a whole,
 * never the issuer of one pair and the subject of another. Every list that is not empty must match; the values of a list
 * are alternatives.
 */
export interface IdentityPair {
  readonly issuers: readonly string[];
  readonly issuerPatterns: readonly RegexpPattern[];
  readonly subjects: readonly string[];
  readonly subjectPatterns: readonly RegexpPattern[];
}

/** The required identity. One signature must match all of its parts; the values of one part are alternatives. */
export interface IdentityRequirement {
  /** Alternatives. The inputs give exactly one. Every identity rule applies to each. */
  readonly identities: readonly [IdentityPair, ...IdentityPair[]];
  readonly signerWorkflows: readonly SignerWorkflow[];
  /** URIs. */
  readonly sourceRepositories: readonly string[];
  readonly workflows: readonly Pattern[];
  readonly sourceRefs: readonly Pattern[];
  readonly claims: ClaimRules;
  readonly annotations: ReadonlyMap<string, string>;
  readonly maxAgeMs: number | undefined;
  readonly allowAnyIdentity: boolean;
  readonly serverUrl: string;
  readonly randomWord: string;
}

/** A requirement with one of its pairs instead of all. */
export type PairRequirement = Omit<IdentityRequirement, 'identities'> & IdentityPair;

export type ParsedIdentity =
  | { readonly kind: 'requirement'; readonly requirement: IdentityRequirement }
  /** Rule 1: no input names a signer. The gate refuses, and may show who signed. */
  | { readonly kind: 'no-identity'; readonly problem: NoSigner }
  /** INPUT_INVALID, with all problems. */
  | { readonly kind: 'invalid'; readonly problems: readonly IdentityProblem[] };

/** Parses the identity inputs by identity rules 1, 2, 5 and 7 (contract §2.5). Pure. */
export function parseIdentityRequirement(inputs: IdentityInputs, context: IdentityContext): ParsedIdentity {
  const problems: IdentityProblem[] = [];
  const { serverUrl } = context;
  const read = <T>(field: string, values: readonly string[], parse: (value: string) => T): T[] =>
    values.flatMap((value) => attempt(problems, { field, value, parse }));
  const itself = (value: string): string => value;
  const parseRegexp = (value: string): RegexpPattern => {
    if (context.parseRegexp === undefined) throw new TypeError('a pattern is given, but no parser for patterns');
    return context.parseRegexp(value);
  };

  const claims = readClaims(read('claims', inputs.claims, parseClaimLine));
  const oneIssuer = inputs.certificateOidcIssuerRegexp.length === 0 || inputs.certificateOidcIssuer.length > 0;
  const hasOneIssuer = oneIssuer && inputs.certificateOidcIssuer.length <= 1;
  const namesSource =
    inputs.sourceRepository.length > 0 || (hasOneIssuer && SOURCE_CLAIMS.some((name) => claims.has(name)));
  const subjectGiven = inputs.certificateIdentity.length + inputs.certificateIdentityRegexp.length > 0;

  const requirement: IdentityRequirement = {
    identities: [
      {
        issuers: withDefaultIssuer(
          inputs,
          context,
          read('certificate-oidc-issuer', inputs.certificateOidcIssuer, itself),
        ),
        issuerPatterns: read('certificate-oidc-issuer-regexp', inputs.certificateOidcIssuerRegexp, parseRegexp),
        subjects: read('certificate-identity', inputs.certificateIdentity, itself),
        subjectPatterns: read('certificate-identity-regexp', inputs.certificateIdentityRegexp, parseRegexp),
      },
    ],
    signerWorkflows: read('signer-workflow', inputs.signerWorkflow, (value) => parseSignerWorkflow(value, serverUrl)),
    sourceRepositories: read('source-repository', inputs.sourceRepository, (value) =>
      parseSourceRepository(value, serverUrl),
    ),
    workflows: read('workflow', inputs.workflow, parseWorkflowPath),
    sourceRefs: read('source-ref', inputs.sourceRef, parseSourceRef),
    claims,
    annotations: readAnnotations(read('annotations', inputs.annotations, parseAnnotationLine), problems),
    maxAgeMs: inputs.maxAgeMs,
    allowAnyIdentity: inputs.allowAnyIdentity,
    serverUrl,
    randomWord: context.randomWord,
  };

  if (!hasOneIssuer) problems.push(...rule2Problems(inputs));
  if (!inputs.allowAnyIdentity) problems.push(...matchAllProblems(requirement, context));
  const namesNobody = !subjectGiven && !namesSource;
  if (problems.length > 0)
    return { kind: 'invalid', problems: namesNobody ? [...problems, noSigner(inputs)] : problems };
  return namesNobody ? { kind: 'no-identity', problem: noSigner(inputs) } : { kind: 'requirement', requirement };
}

interface Attempt<T> {
  readonly field: string;
  readonly value: string;
  readonly parse: (value: string) => T;
}

/** The parsed value, or nothing and a problem. */
function attempt<T>(problems: IdentityProblem[], { field, value, parse }: Attempt<T>): T[] {
  // A dropped job output arrives empty. It must not mean "anything".
  if (value.trim() === '') {
    problems.push({ kind: 'empty', field, of: undefined });
    return [];
  }
  try {
    return [parse(value)];
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    problems.push(
      error instanceof EmptyValueError
        ? { kind: 'empty', field, of: error.of }
        : { kind: 'unreadable', field, why: error.message },
    );
    return [];
  }
}

function readClaims(lines: readonly { readonly name: ClaimName; readonly value: string }[]): ClaimRules {
  const rules = new Map<ClaimName, string[]>();
  for (const { name, value } of lines) rules.set(name, [...(rules.get(name) ?? []), value]);
  return rules;
}

function readAnnotations(
  lines: readonly { readonly key: string; readonly value: string }[],
  problems: IdentityProblem[],
): ReadonlyMap<string, string> {
  const rules = new Map<string, string>();
  for (const { key, value } of lines) {
    if (rules.has(key)) problems.push({ kind: 'given-twice', field: 'annotations', key });
    rules.set(key, value);
  }
  return rules;
}

/** Without an issuer in the inputs, a requirement means GitHub's. */
function withDefaultIssuer(
  inputs: IdentityInputs,
  context: IdentityContext,
  given: readonly string[],
): readonly string[] {
  if (inputs.certificateOidcIssuer.length > 0 || inputs.certificateOidcIssuerRegexp.length > 0) return given;
  return [context.defaultIssuer];
}

function parseWorkflowPath(value: string): Pattern {
  // A file may be called ci@2.yml. A value that ends in .yml or .yaml does not end in a short ref.
  if (value.includes('@refs/') || (value.includes('@') && !/\.ya?ml$/.test(value))) {
    throw new ValueError(`${JSON.stringify(value)} contains a ref; give only the path here, and the ref in source-ref`);
  }
  if (value.startsWith('/') || value.startsWith('./') || value.startsWith('http')) {
    throw new ValueError(`${JSON.stringify(value)} is not a path such as .github/workflows/release.yml`);
  }
  return parseGlob(value);
}

function parseSourceRef(value: string): Pattern {
  if (!isFullRef(value) && !value.startsWith('*')) {
    const shown = JSON.stringify(value);
    throw new ValueError(
      `${shown} is not a full ref: write refs/heads/${value} for a branch, refs/tags/${value} for a tag`,
    );
  }
  return parseGlob(value);
}

function inputsThatNeedOneIssuer(inputs: IdentityInputs): string[] {
  const needing: Readonly<Record<string, readonly string[]>> = {
    'source-repository': inputs.sourceRepository,
    workflow: inputs.workflow,
    'source-ref': inputs.sourceRef,
    'signer-workflow': inputs.signerWorkflow,
  };
  return Object.keys(needing).filter((name) => (needing[name] ?? []).length > 0);
}

/** Rule 2: other issuers may write any value into these claims. */
function rule2Problems(inputs: IdentityInputs): IdentityProblem[] {
  return inputsThatNeedOneIssuer(inputs).map((field) => ({ kind: 'needs-one-issuer', field }));
}

/** Rule 7, before any request: a pattern that matches random words does not name a signer. */
function matchAllProblems(
  { identities }: IdentityRequirement,
  { serverUrl, randomWord }: IdentityContext,
): IdentityProblem[] {
  const problem = (field: string, { source }: Pattern): IdentityProblem => ({
    kind: 'matches-anybody',
    field,
    pattern: source,
  });
  return identities.flatMap(({ subjectPatterns, issuerPatterns }) => [
    ...subjectPatterns
      .filter((pattern) => matchesAnySubject(pattern, serverUrl, randomWord))
      .map((pattern) => problem('certificate-identity-regexp', pattern)),
    ...issuerPatterns
      .filter((pattern) => matchesAnyIssuer(pattern, randomWord))
      .map((pattern) => problem('certificate-oidc-issuer-regexp', pattern)),
  ]);
}

/** Rule 1. */
function noSigner(inputs: IdentityInputs): NoSigner {
  const narrowing = Object.entries({
    workflow: inputs.workflow,
    'source-ref': inputs.sourceRef,
    'signer-workflow': inputs.signerWorkflow,
    'certificate-oidc-issuer': inputs.certificateOidcIssuer,
    'certificate-oidc-issuer-regexp': inputs.certificateOidcIssuerRegexp,
    claims: inputs.claims,
    annotations: inputs.annotations,
  }).filter(([, values]) => values.length > 0);
  return { kind: 'no-signer', narrowing: narrowing.map(([name]) => name) };
}
