import { parseRegexp } from '../../domain/patterns/regexp.ts';
import type { NoMatchPolicy } from '../../domain/policy/decide.ts';
import type { KeylessAuthority, Policy, PolicyProblem, PolicySet } from '../../domain/policy/policy.ts';
import { readPolicies } from '../../domain/policy/read-policies.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { PolicyRules } from '../../usecases/judging/policy-judge.ts';
import type { Reading } from '../action/inputs/input-source.ts';
import { readJudgedFiles } from '../action/inputs/judged-files.ts';
import { LIKELY_CAUSES } from '../action/inputs/requested-image.ts';
import { readBoolean, readChoice } from '../inputs/read-value.ts';
import type { Gate } from './gate.ts';
import { identityContext } from './identity-inputs.ts';

/** What the input `policy` says. */
interface ReadPolicyRules {
  /** Undefined if there is a problem. */
  readonly policies: PolicyRules | undefined;
  readonly notices: readonly string[];
  /** The source repositories that policies name, for GitHub's attestation store. */
  readonly sourceRepositories: readonly string[];
}

/** Inputs that `policy` replaces, and how a policy says the same. */
const REPLACED: Readonly<Record<string, string>> = {
  'certificate-identity': '`subject` of an identity',
  'certificate-identity-regexp': '`subjectRegExp` of an identity',
  'certificate-oidc-issuer': '`issuer` of an identity',
  'certificate-oidc-issuer-regexp': '`issuerRegExp` of an identity',
  'source-repository': 'its annotation `countersign/source-repository`',
  workflow: 'its annotation `countersign/workflow`',
  'source-ref': 'its annotation `countersign/source-ref`',
  'signer-workflow': '`subject` or `subjectRegExp` of an identity',
  claims: 'its annotation `countersign/claims`',
  annotations: 'its annotation `countersign/annotations`',
  'max-age': 'its annotation `countersign/max-age`',
  attestations: 'its annotation `countersign/attestations`',
};

/** Flags that belong to inputs which `policy` replaces. They have defaults, so only another value was written. */
const FLAGS = {
  'allow-any-identity': [false, 'its annotation `countersign/allow-any-identity`'],
  'require-signature': [true, '`attestations` of an authority, which it asks for instead of the image signature'],
} as const;

const NAME = 'policy';

/** Reads the input `policy` and what belongs to it (contract §2.5.1). Problems are collected, with file, line and path. */
export async function readPolicyRules(
  reading: Reading,
  { offline, action }: { readonly offline: boolean; readonly action: Gate['action'] },
): Promise<ReadPolicyRules> {
  refuseReplaced(reading);
  const noMatch: NoMatchPolicy = readChoice(reading, 'no-match-policy', {
    choices: ['deny', 'warn', 'allow'],
    absent: 'deny',
  });
  const before = reading.problems.list.length;
  const files = await readJudgedFiles(reading, NAME, { isLiteral, offline });
  if (files.length === 0 && reading.problems.list.length === before) {
    reading.problems.add(NAME, 'it names no file.', LIKELY_CAUSES);
  }
  // A file that is missing may hold the policy that refuses, so nothing is judged by the others alone.
  if (reading.problems.list.length > before) return { policies: undefined, notices: [], sourceRepositories: [] };
  const identity = { ...identityContext(reading), parseRegexp };
  const read = readPolicies(files, { namesObjects: action === 'verify-files', identity });
  if (read.kind === 'invalid') {
    for (const problem of read.problems) reading.problems.add(NAME, ...problemWords(problem));
    return { policies: undefined, notices: [], sourceRepositories: [] };
  }
  const { set } = read;
  if (action === 'verify-files' && !reading.source.context.deciding.isTrustedEvent && files[0]?.file !== NAME) {
    const { refuseBrokenHead } = await import('./head-policies.ts');
    await refuseBrokenHead(reading, { name: NAME, base: files, context: { namesObjects: true, identity } });
  }
  return { policies: { set, noMatch }, notices: set.notices, sourceRepositories: sourcesIn(set) };
}

/** YAML and JSON of a resource begin so, or have such a line; paths and patterns do not. */
function isLiteral(value: string): boolean {
  return /^\s*\{\s*(?:"|\n|\r|$)/.test(value) || /^(?:---|%YAML|(?:apiVersion|kind|metadata|spec)\s*:)/m.test(value);
}

function refuseReplaced(reading: Reading): void {
  const add = (input: string, instead: string): void => {
    const what = 'it cannot be combined with `policy`, which says who must have signed.';
    reading.problems.add(input, what, `Remove it. In a policy, write ${instead}.`);
  };
  for (const [input, instead] of Object.entries(REPLACED)) {
    if ((reading.source.input(input) ?? '') !== '') add(input, instead);
  }
  for (const [input, [absent, instead]] of Object.entries(FLAGS)) {
    if (readBoolean(reading, input, absent) !== absent) add(input, instead);
  }
}

function problemWords({ file, line, document, path, what, cure }: PolicyProblem): [what: string, cure: string] {
  const where = `${file}:${line}${document > 1 ? ` (document ${document})` : ''}`;
  return [`${quoted(where)}${path === '' ? '' : ` ${path}`}: ${what}.`, cure];
}

function sourcesIn({ policies }: PolicySet): string[] {
  return keylessOf(policies).flatMap(({ requirement, attestations }) => [
    ...requirement.sourceRepositories,
    ...attestations.flatMap(({ signers }) => signers.flatMap(({ sourceRepositories }) => sourceRepositories)),
  ]);
}

function keylessOf(policies: readonly Policy[]): KeylessAuthority[] {
  return policies.flatMap(({ authorities }) => authorities.flatMap((one) => (one.kind === 'keyless' ? [one] : [])));
}
