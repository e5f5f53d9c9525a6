import type { ClaimName } from '../signature/claims.ts';
import type { CertificateIdentity, Facts } from '../signature/facts.ts';
import { formatDuration } from '../text/duration.ts';
import { SOURCE_CLAIMS } from './claim-rules.ts';
import type { Evaluation } from './evaluation.ts';
import { pullRefsOf, REPOSITORY_OF_SUBJECT, unnamedOutsiderTrigger } from './identity-rules.ts';
import { laterTags } from './later-tags.ts';
import { pasteableLine, pasteableLines } from './pasteable-line.ts';
import {
  type IdentityInputs,
  NO_IDENTITY_INPUTS,
  parseIdentityRequirement,
  type SigningConditions,
} from './requirement.ts';
import { evaluateSigner } from './signer-evaluation.ts';
import { isWorkflowOf, parseConfigUri, refOfSubject } from './workflow-uri.ts';

/** Inputs that would accept one verified signature. */
export interface PasteableInputs {
  /**
   * YAML for the `with:` of a step: inputs, and comments with an alternative to one of them. Values from the certificate
   * hold only characters without a special meaning in YAML, shells and workflow expressions.
   */
  readonly lines: readonly string[];
  /** Why nothing is offered. If empty, the lines are complete and accept this signature. */
  readonly withheld: readonly string[];
}

export interface PasteContext {
  readonly defaultIssuer: string;
  readonly serverUrl: string;
  /** See ParseContext; for questions about the subject that only other verifiers compare. */
  readonly areCertified?: boolean;
  /** What the step asks for besides the signer. It is kept, and a signature that does not meet it gets no offer. */
  readonly conditions?: SigningConditions;
  /** The runner's clock. Needed only for a maximum age. */
  readonly now?: Date;
}

/** The facts about a signature that inputs can ask for. */
type OfferedFacts = Pick<Facts, 'identity'> & Partial<Pick<Facts, 'annotations' | 'provenTimes'>>;

/**
 * The inputs that accept this signature and are as narrow as its certificate permits: repository, workflow, ref, and
 * the signer if it is another workflow. Only for verified facts, because people trust what they paste. Nothing is
 * offered for pull-request code (identity rule 4).
 */
export function pasteableInputs(facts: OfferedFacts, context: PasteContext): PasteableInputs {
  const { identity } = facts;
  const { conditions = NO_CONDITIONS } = context;
  const refused = refusedByRule4(identity, conditions);
  if (refused.length > 0) return { lines: [], withheld: refused };
  const given = [...identityInputs(identity, context), ...conditionInputs(identity, conditions)];
  const merged = merge(given);
  const shown = merged.map((input) => [input, yamlOf(input)] as const);
  const withheld = shown
    .filter(([, lines]) => lines === undefined)
    .map(([{ name }]) => `${name}: a value contains characters that are not safe to paste`);
  if (withheld.length === 0) withheld.push(...whyRefused(merged, facts, context));
  if (withheld.length > 0) return { lines: [], withheld };
  const alternatives = merged.flatMap((input) => laterTagsInput(input, identity) ?? []);
  return {
    lines: [
      ...shown.flatMap(([, lines]) => lines ?? []),
      ...alternatives
        .filter((input) =>
          accept(
            merged.map((one) => (one.name === input.name ? input : one)),
            facts,
            context,
          ),
        )
        .flatMap((input) => (yamlWithGlob(input) ?? []).map((line) => `# for later tags too, write: ${line}`)),
    ],
    withheld,
  };
}

const NO_CONDITIONS: SigningConditions = { claims: new Map(), annotations: new Map(), maxAgeMs: undefined };

/** Why rule 4 refuses the signature. Nobody should paste a permission for pull-request code without noticing. */
export function refusedByRule4(
  identity: CertificateIdentity,
  { claims }: Pick<SigningConditions, 'claims'> = NO_CONDITIONS,
): string[] {
  const [pull] = pullRefsOf(identity);
  const trigger = unnamedOutsiderTrigger(identity, claims);
  return [
    ...(pull === undefined
      ? []
      : [
          `this is pull-request code (${pull}), which is refused unless source-ref or certificate-identity spells out its ref`,
        ]),
    ...(trigger === undefined
      ? []
      : [
          `any account can cause the event that started the run (${trigger}), so it is refused unless a claims line names build-trigger`,
        ]),
  ];
}

/** The offered inputs and their names in the parsed request. */
const FIELDS = {
  'source-repository': 'sourceRepository',
  workflow: 'workflow',
  'source-ref': 'sourceRef',
  'signer-workflow': 'signerWorkflow',
  'certificate-identity': 'certificateIdentity',
  'certificate-oidc-issuer': 'certificateOidcIssuer',
  claims: 'claims',
  annotations: 'annotations',
} as const satisfies Record<string, keyof IdentityInputs>;

/** An input and its values. */
interface Given {
  readonly name: keyof typeof FIELDS | 'max-age';
  readonly values: readonly string[];
  /** True if this run's inputs contain the values, so that they do not come from a certificate. */
  readonly own?: boolean;
}

function identityInputs(identity: CertificateIdentity, context: PasteContext): Given[] {
  const { claims, issuer } = identity;
  const uri = claims['source-repository-uri'];
  const ref = claims['source-repository-ref'];
  const path = uri === undefined ? undefined : parseConfigUri(claims['build-config-uri'] ?? '', uri)?.path;
  const given = (name: Given['name'], value: string | undefined): Given[] =>
    value === undefined || !isExpressed({ name, values: [value] }, identity, context)
      ? []
      : [{ name, values: [value] }];
  // Certificates of the first years have only the old claims.
  const claim = (name: ClaimName, old: ClaimName): Given[] => {
    const found = claims[name] === undefined ? old : name;
    return claims[found] === undefined ? [] : [{ name: 'claims', values: [`${found}=${claims[found]}`] }];
  };
  // What an input cannot express, a claims line can.
  const repository = given('source-repository', uri === undefined ? undefined : shortest(uri, context.serverUrl));
  const workflow = given('workflow', path);
  const sourceRef = given('source-ref', ref);
  return [
    ...(repository.length > 0 ? repository : claim('source-repository-uri', 'github-workflow-repository')),
    ...workflow,
    ...(sourceRef.length > 0 ? sourceRef : claim('source-repository-ref', 'github-workflow-ref')),
    ...(workflow.length > 0 && isTopLevel(identity) ? [] : signerInput(identity, context)),
    ...(issuer === context.defaultIssuer ? [] : [{ name: 'certificate-oidc-issuer', values: [issuer] } as const]),
  ];
}

/** True if the input takes the value and this certificate meets it. */
function isExpressed(given: Given, identity: CertificateIdentity, context: PasteContext): boolean {
  const rest: readonly Given[] = [
    { name: 'certificate-identity', values: [identity.subject] },
    { name: 'certificate-oidc-issuer', values: [identity.issuer] },
  ];
  const evaluation = evaluate([given, ...rest], { identity }, context);
  if (evaluation === undefined) return false;
  return evaluation.kind === 'accepted' || evaluation.findings.every(({ field, ok }) => ok || field !== given.name);
}

/** `owner/name` for a repository on this server, otherwise the URL. */
function shortest(uri: string, serverUrl: string): string {
  const name = uri.startsWith(`${serverUrl}/`) ? uri.slice(serverUrl.length + 1) : uri;
  return name.split('/').length === 2 ? name : uri;
}

/** True if the top-level workflow of the source repository itself held the key, at the same ref. */
function isTopLevel({ subject, subjectKind, claims }: CertificateIdentity): boolean {
  const uri = claims['source-repository-uri'];
  // Rule 3 must read the same repository in the subject.
  if (subjectKind !== 'uri' || uri === undefined || !isWorkflowOf(subject, uri)) return false;
  const own = parseConfigUri(subject, uri);
  const config = parseConfigUri(claims['build-config-uri'] ?? '', uri);
  return own !== undefined && own.path === config?.path && own.ref === config.ref;
}

/** The workflow that held the key as `signer-workflow`, and what that cannot express as the exact subject. */
function signerInput(identity: CertificateIdentity, context: PasteContext): Given[] {
  const { subject, claims } = identity;
  const { serverUrl } = context;
  const exact: Given = { name: 'certificate-identity', values: [subject] };
  if (claims['source-repository-uri'] === undefined || !subject.startsWith(`${serverUrl}/`)) return [exact];
  const signer: Given = { name: 'signer-workflow', values: [subject.slice(serverUrl.length + 1)] };
  // Without a ref the input would accept every version.
  return refOfSubject(subject) !== undefined && isExpressed(signer, identity, context) ? [signer] : [exact];
}

/** Claims that the offered identity replaces if they do not match: they say who may sign, and where from. */
const REPLACED: readonly ClaimName[] = [
  ...SOURCE_CLAIMS,
  'source-repository-ref',
  'github-workflow-repository',
  'github-workflow-ref',
];

function conditionInputs({ claims }: CertificateIdentity, asked: SigningConditions): Given[] {
  const kept = [...asked.claims].filter(
    ([name, values]) => !REPLACED.includes(name) || values.some((value) => value === claims[name]),
  );
  const lines = kept.flatMap(([name, values]) => values.map((value) => `${name}=${value}`));
  const annotations = [...asked.annotations].map(([key, value]) => `${key}=${value}`);
  return [
    ...(lines.length > 0 ? [{ name: 'claims', values: lines, own: true } as const] : []),
    ...(annotations.length > 0 ? [{ name: 'annotations', values: annotations, own: true } as const] : []),
    ...(asked.maxAgeMs === undefined
      ? []
      : [{ name: 'max-age', values: [formatDuration(asked.maxAgeMs)], own: true } as const]),
  ];
}

/** Each input once, with all of its values in order and each value once. */
function merge(given: readonly Given[]): Given[] {
  const names = [...new Set(given.map(({ name }) => name))];
  return names.map((name) => {
    const same = given.filter((one) => one.name === name);
    const values = [...new Set(same.flatMap((one) => one.values))];
    return { name, values, own: same.every(({ own }) => own === true) };
  });
}

function yamlOf({ name, values, own = false }: Given): readonly string[] | undefined {
  return pasteableLines(name, values, { own });
}

/** Also with the one `*` that we put at the end of a value. */
function yamlWithGlob({ name, values }: Given): readonly string[] | undefined {
  return values.every((value) => pasteableLine(name, value.slice(0, -1)) !== undefined)
    ? values.map((value) => `${name}: ${value}`)
    : undefined;
}

/** The input for a tag as a glob for later ones, so that the next release needs no other line; undefined for others. */
function laterTagsInput({ name, values }: Given, { claims }: CertificateIdentity): Given | undefined {
  const [value] = values;
  const ref = claims['source-repository-ref'];
  if (value === undefined || ref === undefined) return undefined;
  const glob = laterTags(ref);
  if (glob === undefined) return undefined;
  if (name === 'source-ref') return { name, values: [glob] };
  // A called workflow of another version is a decision of its own; one of the same tag moves with it.
  const isSameTag = name === 'signer-workflow' && value.endsWith(`@${ref}`);
  return isSameTag ? { name, values: [`${value.slice(0, -ref.length)}${glob}`] } : undefined;
}

/**
 * The facts about this signer that subject and issuer, which are all that other verifiers compare, do not restrict. The
 * subject of a called workflow passes for every caller (identity rule 3). Empty if subject and issuer are enough.
 * Undefined if no identity inputs accept this signer.
 */
export function openWithSubject(identity: CertificateIdentity, context: PasteContext): SignerGap[] | undefined {
  const { subject, issuer } = identity;
  if (refusedByRule4(identity).length > 0) return undefined;
  const given: readonly Given[] = [
    { name: 'certificate-identity', values: [subject] },
    { name: 'certificate-oidc-issuer', values: [issuer] },
  ];
  const evaluation = evaluate(given, { identity }, { ...context, areCertified: true });
  if (evaluation === undefined) return undefined;
  const unmet = evaluation.kind === 'accepted' ? [] : evaluation.findings.filter(({ ok }) => !ok);
  const gaps = unmet.flatMap(({ field }) => (field === REPOSITORY_OF_SUBJECT ? (['repository'] as const) : []));
  return gaps.length === unmet.length ? gaps : undefined;
}

/** `repository`: the caller of a called workflow. */
export type SignerGap = 'repository';

/** True if the inputs are valid and accept the signature. Certificates may contain values that no input can express. */
function accept(given: readonly Given[], facts: OfferedFacts, context: PasteContext): boolean {
  return evaluate(given, facts, context)?.kind === 'accepted';
}

/** The fields of what a step asks for besides the signer. */
const CONDITION = /^(?:claims |annotations |max-age$)/;

/** Why the inputs do not accept the signature; empty if they do. */
function whyRefused(given: readonly Given[], facts: OfferedFacts, context: PasteContext): string[] {
  const evaluation = evaluate(given, facts, context);
  if (evaluation?.kind === 'accepted') return [];
  const asked = (evaluation?.findings ?? []).filter(({ field, ok }) => !ok && CONDITION.test(field));
  if (asked.length === 0) return ['no inputs accept exactly what this certificate says'];
  return asked.map(({ field, expected, found }) => {
    const shown = found === undefined ? 'nothing' : JSON.stringify(found);
    return `${field}: the step asks for ${JSON.stringify(expected)}, and this signature has ${shown}`;
  });
}

/** The result of evaluating this signer by these inputs; undefined if they are not valid. */
function evaluate(
  given: readonly Given[],
  { identity, annotations = {}, provenTimes = [] }: OfferedFacts,
  context: PasteContext,
): Evaluation | undefined {
  const maxAgeMs = given.some(({ name }) => name === 'max-age') ? context.conditions?.maxAgeMs : undefined;
  const fields = given.flatMap(({ name, values }) => (name === 'max-age' ? [] : [[FIELDS[name], values] as const]));
  const inputs: IdentityInputs = { ...NO_IDENTITY_INPUTS, maxAgeMs, ...Object.fromEntries(fields) };
  // They contain no regular expression, so the word is not used.
  const parsed = parseIdentityRequirement(inputs, { ...context, randomWord: 'unused', parseRegexp: undefined });
  if (parsed.kind !== 'requirement') return undefined;
  return evaluateSigner({ identity, annotations, provenTimes }, parsed.requirement, context.now ?? new Date(0));
}
