import type { FieldProblem, IdentityProblem } from '../identity/identity-problem.ts';
import type { IdentityContext, IdentityInputs, IdentityRequirement } from '../identity/requirement.ts';
import { NO_IDENTITY_INPUTS, parseIdentityRequirement } from '../identity/requirement.ts';
import type { RegexpPattern } from '../patterns/pattern.ts';
import { quoted } from '../text/quoted.ts';
import { checkAnchors } from './anchored.ts';
import { type Field, type FieldReader, type Fields, join } from './fields.ts';
import { ABOUT_CLAIMS, type PolicyAnnotations, PREFIX } from './policy-annotations.ts';

/** The surroundings of policies: as of the identity inputs, with an engine for patterns. */
export interface PolicyIdentityContext extends IdentityContext {
  readonly parseRegexp: (source: string) => RegexpPattern;
}

/** The fields of an identity, and the input with the same meaning. */
const FIELDS = {
  issuer: 'certificate-oidc-issuer',
  issuerRegExp: 'certificate-oidc-issuer-regexp',
  subject: 'certificate-identity',
  subjectRegExp: 'certificate-identity-regexp',
} as const;
type FieldName = keyof typeof FIELDS;
const NAMES = Object.keys(FIELDS) as readonly FieldName[];

/**
 * Reads one entry of `keyless.identities` and narrows it by the annotations of the policy. Returns the inputs of the gate
 * that mean the same, so that every identity rule applies to them.
 */
export function readIdentity(
  reader: FieldReader,
  item: Field,
  { annotations, context }: { readonly annotations: PolicyAnnotations; readonly context: PolicyIdentityContext },
): { readonly inputs: IdentityInputs; readonly requirement: IdentityRequirement } | undefined {
  const before = reader.problems.length;
  const fields = reader.map(item, NAMES);
  if (fields === undefined) return undefined;
  const value = (name: FieldName): readonly string[] => {
    const text = reader.text(fields.get(name));
    return text === undefined ? [] : [text];
  };
  for (const half of ['issuer', 'subject'] as const) checkHalf(reader, { fields, item, half });
  for (const name of ['issuerRegExp', 'subjectRegExp'] as const) checkPattern(reader, fields.get(name), context);
  const about = ABOUT_CLAIMS.filter((name) => annotations.given.has(name));
  if (about.length > 0 && !fields.has('issuer')) {
    const names = about.map((name) => `${PREFIX}${name}`).join(', ');
    reader.add(
      { path: join(item.path, 'issuer'), line: item.line },
      `${names} is about claims, which have a meaning only with one exact issuer`,
      'Write `issuer` instead of `issuerRegExp`.',
    );
  }
  const inputs: IdentityInputs = {
    ...NO_IDENTITY_INPUTS,
    ...annotations.inputs,
    certificateOidcIssuer: value('issuer'),
    certificateOidcIssuerRegexp: value('issuerRegExp'),
    certificateIdentity: value('subject'),
    certificateIdentityRegexp: value('subjectRegExp'),
  };
  // Without both halves, the rules would speak of defaults.
  if (reader.problems.length > before) return undefined;
  const parsed = parseIdentityRequirement(inputs, context);
  if (parsed.kind === 'requirement') return { inputs, requirement: parsed.requirement };
  const problems = parsed.kind === 'invalid' ? parsed.problems : [parsed.problem];
  for (const problem of problems) addIdentityProblem(reader, problem, { fields, item, annotations });
  return undefined;
}

function checkHalf(
  reader: FieldReader,
  { fields, item, half }: { readonly fields: Fields; readonly item: Field; readonly half: 'issuer' | 'subject' },
): void {
  const pattern = `${half}RegExp`;
  const both = fields.get(pattern);
  if (fields.has(half) && both !== undefined) {
    reader.add(both, `${half} and ${pattern} are both given`, `Remove one of them.`);
  }
  if (fields.has(half) || both !== undefined) return;
  const path = join(item.path, half);
  reader.add({ path, line: item.line }, `the identity has no ${half}`, `Add \`${half}\` or \`${pattern}\`.`);
}

function checkPattern(reader: FieldReader, field: Field | undefined, context: PolicyIdentityContext): void {
  const source = field?.value.kind === 'scalar' ? field.value.value : undefined;
  if (field === undefined || typeof source !== 'string' || source.trim() === '') return;
  try {
    context.parseRegexp(source);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown error';
    reader.add(field, `${quoted(source)} is not a regular expression: ${why}`, 'Write RE2 syntax.');
    return;
  }
  const anchors = checkAnchors(source);
  if (anchors.kind === 'anchored') return;
  const right =
    anchors.right === undefined ? 'Write it as `^…$`, for the whole value.' : `Write ${quoted(anchors.right)}.`;
  reader.add(
    field,
    `${quoted(source)} is not anchored (${anchors.why}): policy-controller would accept values that only contain a match`,
    right,
  );
}

interface Origin {
  readonly fields: Fields;
  readonly item: Field;
  readonly annotations: PolicyAnnotations;
}

/** A problem with an identity or with an annotation, at its field and in its words. */
export function addIdentityProblem(reader: FieldReader, problem: IdentityProblem, origin: Origin): void {
  const { fields, item, annotations } = origin;
  if (problem.kind === 'no-signer') {
    reader.add(item, 'the identity names no signer', 'Add `subject` or `subjectRegExp`.');
    return;
  }
  const name = NAMES.find((one) => FIELDS[one] === problem.field);
  const annotation = [...annotations.given].find(([one]) => one === problem.field)?.[1];
  const at = (name === undefined ? annotation : fields.get(name)) ?? item;
  const { what, cure } = inWords(problem);
  reader.add(at, what, cure);
}

function inWords(problem: FieldProblem): { readonly what: string; readonly cure: string } {
  switch (problem.kind) {
    case 'empty':
      return {
        what: problem.of === undefined ? 'a value is empty' : `the value of ${problem.of} is empty`,
        cure: FILL,
      };
    case 'given-twice':
      return { what: `${quoted(problem.key)} is given twice`, cure: 'Remove one of them.' };
    case 'needs-one-issuer':
      return { what: 'it has a meaning only with one exact issuer', cure: 'Write `issuer` in every identity.' };
    case 'matches-anybody':
      return {
        what: `${quoted(problem.pattern)} matches anyone`,
        cure: `Name an owner in the pattern, or set the annotation ${PREFIX}allow-any-identity: "true".`,
      };
    case 'unreadable': {
      const lines = problem.instead.map(({ input, value }) => `${policyName(input)}: ${quoted(value)}`);
      const cure = lines.length === 0 ? 'See "Policies" in verify/README.md.' : `Write ${lines.join(' or ')}.`;
      return { what: inPolicyWords(problem.why), cure };
    }
  }
}

const FILL = 'Give it a value, or remove it.';

/** What an input is called in a policy. */
function policyName(input: string): string {
  return NAMES.find((name) => FIELDS[name] === input) ?? `${PREFIX}${input}`;
}

/** Messages about identities name inputs. The longer names come first. */
function inPolicyWords(text: string): string {
  const ordered = NAMES.toSorted((one, other) => FIELDS[other].length - FIELDS[one].length);
  return ordered.reduce((said, name) => said.replaceAll(FIELDS[name], name), text);
}

/**
 * One requirement with the identities of all; undefined if the annotations mean different things for them, as `acme/app` does
 * for GitHub and for GitLab.
 */
export function joinRequirements(requirements: readonly IdentityRequirement[]): IdentityRequirement | undefined {
  const [first, ...others] = requirements;
  if (first === undefined) return undefined;
  const narrowing = narrowingOf(first);
  if (others.some((one) => narrowingOf(one) !== narrowing)) return undefined;
  const [pair, ...pairs] = first.identities;
  return { ...first, identities: [pair, ...pairs, ...others.flatMap(({ identities }) => identities)] };
}

function narrowingOf(requirement: IdentityRequirement): string {
  const { signerWorkflows, sourceRepositories, workflows, sourceRefs, claims, annotations } = requirement;
  const sources = (patterns: readonly { readonly source: string }[]): string[] => patterns.map(({ source }) => source);
  return JSON.stringify([
    signerWorkflows.map(({ source, repository }) => [source, repository]),
    sourceRepositories,
    sources(workflows),
    sources(sourceRefs),
    [...claims],
    [...annotations],
    requirement.maxAgeMs,
    requirement.allowAnyIdentity,
  ]);
}
