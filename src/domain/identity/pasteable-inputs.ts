import type { ClaimName } from '../signature/claims.ts';
import type { CertificateIdentity, Facts } from '../signature/facts.ts';
import type { Evaluation } from './evaluation.ts';
import { BUILD_TRIGGER, OUTSIDER_TRIGGERS, REPOSITORY_OF_SUBJECT } from './identity-rules.ts';
import { pasteableLine } from './pasteable-line.ts';
import { type IdentityInputs, NO_IDENTITY_INPUTS, parseIdentityRequirement } from './requirement.ts';
import { evaluateSigner } from './signer-evaluation.ts';
import { isWorkflowOf, parseWorkflowUri } from './workflow-uri.ts';

/** Inputs that would accept one verified signature. */
export interface PasteableInputs {
  /** YAML lines `input: value`. Their characters have no special meaning in YAML, shells and workflow expressions. */
  readonly lines: readonly string[];
  /** The inputs that are left out, each with the reason. If empty, the lines are complete and accept this signature. */
  readonly withheld: readonly string[];
}

interface PasteContext {
  readonly defaultIssuer: string;
  readonly serverUrl: string;
}

/**
 * The inputs that accept this signature and are as narrow as its certificate permits: repository, workflow, ref, and
 * the signer if it is another workflow. Only for verified facts, because people trust what they paste.
 */
export function pasteableInputs({ identity }: Pick<Facts, 'identity'>, context: PasteContext): PasteableInputs {
  const { claims, issuer, subject } = identity;
  const uri = claims['source-repository-uri'];
  const workflow = uri === undefined ? undefined : parseWorkflowUri(claims['build-config-uri'] ?? '', uri)?.path;
  // A GitLab path follows `//`, so it starts with a slash, which the input does not accept.
  const path = workflow?.startsWith('/') ? undefined : workflow;
  const isNamedByClaims = identity.subjectKind === 'uri' && path !== undefined && isWorkflowOf(subject, uri);
  const trigger = claims['build-trigger'] ?? claims['github-workflow-trigger'];
  const triggerClaim: ClaimName = claims['build-trigger'] === undefined ? 'github-workflow-trigger' : 'build-trigger';

  const wanted: [Given[0], string | undefined][] = [
    ['source-repository', uri === undefined ? undefined : shortest(uri, context.serverUrl)],
    ['workflow', path],
    ['source-ref', claims['source-repository-ref']],
    ['certificate-identity', isNamedByClaims ? undefined : subject],
    ['certificate-oidc-issuer', issuer === context.defaultIssuer ? undefined : issuer],
    ['claims', trigger !== undefined && OUTSIDER_TRIGGERS.includes(trigger) ? `${triggerClaim}=${trigger}` : undefined],
  ];
  const given = wanted.filter((pair): pair is [Given[0], string] => pair[1] !== undefined);
  const withheld = given
    .filter(([name, value]) => pasteableLine(name, value) === undefined)
    .map(([name]) => `${name}: the value in the certificate contains characters that are not safe to paste`);
  if (withheld.length === 0 && !accept(given, identity, context)) {
    withheld.push('no inputs accept exactly what this certificate says');
  }
  return { lines: given.flatMap(([name, value]) => pasteableLine(name, value) ?? []), withheld };
}

/** The offered inputs and their names in the parsed request. */
const FIELDS = {
  'source-repository': 'sourceRepository',
  workflow: 'workflow',
  'source-ref': 'sourceRef',
  'certificate-identity': 'certificateIdentity',
  'certificate-oidc-issuer': 'certificateOidcIssuer',
  claims: 'claims',
} as const satisfies Record<string, keyof IdentityInputs>;

/** An input and its single value. */
type Given = readonly [name: keyof typeof FIELDS, value: string];

/** `owner/name` for a repository on this server, otherwise the URL. */
function shortest(uri: string, serverUrl: string): string {
  const name = uri.startsWith(`${serverUrl}/`) ? uri.slice(serverUrl.length + 1) : uri;
  return name.split('/').length === 2 ? name : uri;
}

/**
 * The facts about this signer that subject and issuer, which are all that other verifiers compare, do not restrict. The
 * subject of a called workflow passes for every caller (identity rule 3), and does not contain the trigger (rule 4).
 * Empty if subject and issuer are enough. Undefined if no identity inputs accept this signer.
 */
export function openWithSubject(identity: CertificateIdentity, context: PasteContext): SignerGap[] | undefined {
  const { subject, issuer } = identity;
  const given: readonly Given[] = [
    ['certificate-identity', subject],
    ['certificate-oidc-issuer', issuer],
  ];
  const evaluation = evaluate(given, identity, context);
  if (evaluation === undefined) return undefined;
  const unmet = evaluation.kind === 'accepted' ? [] : evaluation.findings.filter(({ ok }) => !ok);
  const gaps = unmet.flatMap(({ field }) => GAPS[field] ?? []);
  return gaps.length === unmet.length ? gaps : undefined;
}

/** `repository`: the caller of a called workflow. `trigger`: the event of the run. */
export type SignerGap = 'repository' | 'trigger';

const GAPS: Readonly<Record<string, SignerGap>> = {
  [REPOSITORY_OF_SUBJECT]: 'repository',
  [BUILD_TRIGGER]: 'trigger',
};

/** True if the inputs are valid and accept the signature. Certificates may contain values that no input can express. */
function accept(given: readonly Given[], identity: CertificateIdentity, context: PasteContext): boolean {
  return evaluate(given, identity, context)?.kind === 'accepted';
}

/** The result of evaluating this signer by these inputs; undefined if they are not valid. */
function evaluate(
  given: readonly Given[],
  identity: CertificateIdentity,
  context: PasteContext,
): Evaluation | undefined {
  const inputs = {
    ...NO_IDENTITY_INPUTS,
    ...Object.fromEntries(given.map(([name, value]) => [FIELDS[name], [value]])),
  };
  // They contain no pattern and no maximum age, so the word and the time are not used.
  const parsed = parseIdentityRequirement(inputs, { ...context, randomWord: 'unused', parseRegexp: undefined });
  if (parsed.kind !== 'requirement') return undefined;
  return evaluateSigner({ identity, annotations: {}, provenTimes: [] }, parsed.requirement, new Date(0));
}
