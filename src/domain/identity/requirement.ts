import { matchesAnyIssuer, matchesAnySubject } from '../patterns/match-all.ts';
import type { Pattern, RegexpPattern } from '../patterns/pattern.ts';
import { parseAnnotationLine } from '../signature/annotations.ts';
import type { ClaimName } from '../signature/claims.ts';
import { quoted } from '../text/quoted.ts';
import { findTextFault } from '../text/text-fault.ts';
import { CorrectedValueError, EmptyValueError, ListedValuesError, ValueError } from '../text/value-error.ts';
import { parseClaimLine } from './claim-line.ts';
import { type ClaimRules, SOURCE_CLAIMS } from './claim-rules.ts';
import type { IdentityProblem, NoSigner } from './identity-problem.ts';
import { parseIssuer } from './known-issuers.ts';
import { parseSignerWorkflow, type SignerWorkflow } from './signer-workflow.ts';
import { parseSourceRef } from './source-ref.ts';
import { parseSourceRepository } from './source-repository.ts';
import { parseSubject, refuseEmptyPattern } from './subject.ts';
import { parseWorkflowPath } from './workflow-path.ts';

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
  /**
   * True for a subject and an issuer from a certificate instead of an input: then no value is impossible. For questions
   * about other verifiers; what is offered to people must be what the gate accepts.
   */
  readonly areCertified?: boolean;
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

/** What a signature must meet besides its signer. It stays as asked for, whoever signed. */
export type SigningConditions = Pick<IdentityRequirement, 'claims' | 'annotations' | 'maxAgeMs'>;

/** A requirement with one of its pairs instead of all. */
export type PairRequirement = Omit<IdentityRequirement, 'identities'> & IdentityPair;

export type ParsedIdentity =
  | { readonly kind: 'requirement'; readonly requirement: IdentityRequirement }
  /** Rule 1: no input names a signer. The gate refuses, and may show who signed. */
  | { readonly kind: 'no-identity'; readonly problem: NoSigner; readonly conditions: SigningConditions }
  /** INPUT_INVALID, with all problems. */
  | { readonly kind: 'invalid'; readonly problems: readonly IdentityProblem[] };

/** Parses the identity inputs by identity rules 1, 2, 5 and 7 (contract §2.5). Pure. */
export function parseIdentityRequirement(inputs: IdentityInputs, context: IdentityContext): ParsedIdentity {
  const problems: IdentityProblem[] = [];
  const { serverUrl, areCertified = false } = context;
  const read = <T>(field: string, values: readonly string[], parse: (value: string) => T): T[] =>
    values.flatMap((value) => attempt(problems, { field, value, parse, areCertified }));
  const patterns = (field: string, values: readonly string[]): RegexpPattern[] =>
    read(field, values, (value) => {
      if (context.parseRegexp === undefined) throw new TypeError('a pattern is given, but no parser for patterns');
      refuseEmptyPattern(value, field);
      return context.parseRegexp(value);
    });

  const issuers = withDefaultIssuer(
    inputs,
    context,
    read('certificate-oidc-issuer', inputs.certificateOidcIssuer, areCertified ? (value) => value : parseIssuer),
  );
  // What a value may be depends on who vouches for it.
  const issuer = issuers.length === 1 ? issuers[0] : undefined;
  const claims = readClaims(read('claims', inputs.claims, (line) => parseClaimLine(line, { issuer, serverUrl })));
  const oneIssuer = inputs.certificateOidcIssuerRegexp.length === 0 || inputs.certificateOidcIssuer.length > 0;
  const hasOneIssuer = oneIssuer && inputs.certificateOidcIssuer.length <= 1;
  const namesSource =
    inputs.sourceRepository.length > 0 || (hasOneIssuer && SOURCE_CLAIMS.some((name) => claims.has(name)));
  const subjectGiven = inputs.certificateIdentity.length + inputs.certificateIdentityRegexp.length > 0;

  const requirement: IdentityRequirement = {
    identities: [
      {
        issuers,
        issuerPatterns: patterns('certificate-oidc-issuer-regexp', inputs.certificateOidcIssuerRegexp),
        subjects: read('certificate-identity', inputs.certificateIdentity, (value) =>
          areCertified ? value : parseSubject(value, serverUrl),
        ),
        subjectPatterns: patterns('certificate-identity-regexp', inputs.certificateIdentityRegexp),
      },
    ],
    signerWorkflows: read('signer-workflow', inputs.signerWorkflow, (value) =>
      parseSignerWorkflow(value, serverUrl, issuer),
    ),
    sourceRepositories: read('source-repository', inputs.sourceRepository, (value) =>
      parseSourceRepository(value, serverUrl, issuer),
    ),
    workflows: read('workflow', inputs.workflow, (value) => parseWorkflowPath(value, issuer)),
    sourceRefs: read('source-ref', inputs.sourceRef, (value) => parseSourceRef(value, issuer)),
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
  if (!namesNobody) return { kind: 'requirement', requirement };
  const { annotations, maxAgeMs } = requirement;
  return { kind: 'no-identity', problem: noSigner(inputs), conditions: { claims, annotations, maxAgeMs } };
}

interface Attempt<T> {
  readonly field: string;
  readonly value: string;
  readonly parse: (value: string) => T;
  readonly areCertified: boolean;
}

/** Fields whose values are names. In claims and annotations, people may write any text. */
const NAMES_ONLY: readonly string[] = [
  'certificate-identity',
  'certificate-identity-regexp',
  'certificate-oidc-issuer',
  'certificate-oidc-issuer-regexp',
  'source-repository',
  'workflow',
  'source-ref',
  'signer-workflow',
];

/** The parsed value, or nothing and a problem. */
function attempt<T>(problems: IdentityProblem[], { field, value, parse, areCertified }: Attempt<T>): T[] {
  // A dropped job output arrives empty. It must not mean "anything".
  if (value.trim() === '') {
    problems.push({ kind: 'empty', field, of: undefined });
    return [];
  }
  const fault = NAMES_ONLY.includes(field) && !areCertified ? findTextFault(value) : undefined;
  if (fault !== undefined) {
    const why = `${quoted(value)} ${fault.what}`;
    problems.push({ kind: 'unreadable', field, why, instead: [{ input: field, value: fault.right }], isList: false });
    return [];
  }
  try {
    return [parse(value)];
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const instead = error instanceof CorrectedValueError ? error.instead : [];
    const isList = error instanceof ListedValuesError;
    problems.push(
      error instanceof EmptyValueError
        ? { kind: 'empty', field, of: error.of }
        : { kind: 'unreadable', field, why: error.message, instead, isList },
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
