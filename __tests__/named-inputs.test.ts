import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readManifest } from '../sandbox/runner/runner.ts';
import { ERROR_CODES } from '../src/coded-error.ts';
import { REFUSAL_REASONS } from '../src/domain/signature/refusal.ts';
import { NEXT_STEPS } from '../src/report/next-steps.ts';
import { closureOf, codeOf, FILES, ROOT } from './source-files.ts';

/*
 * Messages and documents name inputs that exist, and messages of one action do not name an input that only another one
 * has. A room that only one action loads speaks for that action; what several load speaks for each of them.
 */

const ACTIONS = ['sign', 'verify', 'verify-files', 'audit'] as const;
type Action = (typeof ACTIONS)[number];

const perAction = <Value>(make: (action: Action) => Value): Readonly<Record<Action, Value>> =>
  Object.fromEntries(ACTIONS.map((action) => [action, make(action)])) as Record<Action, Value>;
const MANIFESTS = await Promise.all(
  ACTIONS.map((action) => readManifest(action === 'sign' ? ROOT : join(ROOT, action))),
);
const INPUTS = perAction((action) => Object.keys(MANIFESTS[ACTIONS.indexOf(action)]?.inputs ?? {}));
const SHARED = INPUTS.sign.filter((name) => INPUTS.verify.includes(name));
const AUDIT = await readManifest(join(ROOT, 'audit'));
const ALL = [...new Set([...Object.values(INPUTS).flat(), ...Object.keys(AUDIT.inputs)])];
const OUTPUTS = [...MANIFESTS, AUDIT].flatMap(({ outputs }) => outputs);

/** Names in code marks that are no inputs of ours, and what they are. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'keys of a workflow file': [
    'id',
    'permissions',
    'uses',
    'with',
    'env',
    'if',
    'outputs',
    'on',
    'jobs',
    'steps',
    'run',
  ],
  permissions: ['checks', 'contents', 'id-token', 'packages', 'statuses', 'attestations'],
  'inputs and outputs of other actions': [
    'push',
    'load',
    'imageid',
    'scope',
    'tags',
    'artifacts',
    'push-to-registry',
    'fetch-depth',
  ],
  'conditions of a line of attestations': ['build-type', 'builder-id', 'per-platform', 'buildkit'],
  'claims of a certificate': [
    'build-trigger',
    'runner-environment',
    'source-repository-identifier',
    'source-repository-owner-identifier',
    'source-repository-owner-uri',
    'source-repository-uri',
    'source-repository-ref',
    'source-repository-visibility-at-signing',
  ],
  'fields of a ClusterImagePolicy and a TrustRoot': [
    ...['metadata', 'name', 'spec', 'glob', 'match', 'values', 'authorities', 'keyless', 'static', 'action', 'url'],
    ...['identities', 'ctlog', 'ca-cert', 'group', 'organization'],
  ],
  'packages, and registries of the tests': ['tuf-js', 'snappy', 'ghcr-redirect', 'artifact-registry'],
  'actions of ours': ['audit'],
  'values of inputs': ['true', 'false', 'latest', 'from-runner', 'auto', 'github', 'public-good'],
};
const NOT_INPUTS = Object.values(OTHERS).flat();

/** The names in code marks: `name` or `name: value`. */
function markedNames(text: string): string[] {
  return [...text.matchAll(/\\?`([a-z]+(?:-[a-z]+)*)(?:: [^`\\\n]*)?\\?`/g)].map(([, name = '']) => name);
}

/** Names of other actions that no prose uses by chance: they have a dash. Marked or not. */
function exclusiveNames(text: string, exclusive: readonly string[]): string[] {
  return exclusive.filter((name) => name.includes('-') && new RegExp(`(?<![\\w./-])${name}(?![\\w-])`).test(text));
}

const closures = perAction((action) => closureOf([`entries/${action}/main.ts`]));
/** What the action lacks and another one has. */
const lacking = perAction((action) => ALL.filter((name) => !INPUTS[action].includes(name)));

/** Rooms that speak of the fields of formats, which have names of their own. */
const OF_FORMATS = /^(?:workloads\/|domain\/policy\/|report\/policy-words\.ts$)/;
/** Rooms of the webhook alone: its settings have values of their own, and their table its own test. */
const OF_WEBHOOK = /^(?:entries\/webhook|kubernetes)\//;

/** Files that several actions load and that name the inputs of one, and why that is right. */
const SPEAKS_OF_GATE = [
  // The identity inputs are the gate's; the sign step offers them for pasting into a gate.
  /^domain\/identity\//,
  // Conditions of a line of the gate bear the names of its inputs.
  /^domain\/attestation\/requirement-line\.ts$/,
  /^report\/(?:paste-blocks|admission-policies)\.ts$/,
];
/** What the audit shares with the gates and has in part: it publishes no checks, and lets nothing through. */
const OF_GATES = [/^entries\/gate\//, /^domain\/policy\//, /^github\/check-run\.ts$/];
const SPEAKS_OF_BOTH: Readonly<Record<string, string>> = {
  'entries/action/inputs/known-inputs.ts': 'lists the inputs of every action, to say where each belongs',
  'entries/inputs/trust.ts': 'names signing-config only where the action has it',
  'sigstore/trust/trust-source.ts': 'names signing-config only when signing',
  'report/next-steps.ts': 'is checked by code below',
  'entries/audit/inputs.ts': 'leaves out inputs of the gates',
};

test.each(FILES.map((file) => [file.path, file] as const))('%s names only inputs of its action', (path, file) => {
  const text = codeOf(file.text);
  const marked = markedNames(text).filter((name) => !NOT_INPUTS.includes(name) && !OUTPUTS.includes(name));
  const isOfFormats =
    path === 'entries/action/inputs/known-inputs.ts' || OF_FORMATS.test(path) || OF_WEBHOOK.test(path);
  expect(marked.filter((name) => !ALL.includes(name) && !isOfFormats)).toEqual([]);
  if (path in SPEAKS_OF_BOTH) return;
  for (const action of ACTIONS) {
    if (!closures[action].has(path)) continue;
    if (action === 'sign' && SPEAKS_OF_GATE.some((form) => form.test(path))) continue;
    if (action === 'audit' && OF_GATES.some((form) => form.test(path))) continue;
    expect(exclusiveNames(text, lacking[action]), action).toEqual([]);
  }
});

/** Codes that only one action can end in. */
const SIGN_CODES = [
  ...['LOG_UNAVAILABLE', 'LOG_INVALID', 'CA_UNAVAILABLE', 'CA_REFUSED', 'CA_INVALID', 'TSA_UNAVAILABLE', 'TSA_INVALID'],
  ...['IDENTITY_TOKEN_UNAVAILABLE', 'PUBLIC_LOG_REFUSED', 'SELF_VERIFICATION_FAILED', 'SIGNATURE_LOST'],
];

test.each([...ERROR_CODES, ...REFUSAL_REASONS].map((code) => [code]))(
  'the advice for %s names inputs of its action',
  (code) => {
    const inputs = SIGN_CODES.includes(code)
      ? INPUTS.sign
      : (REFUSAL_REASONS as readonly string[]).includes(code)
        ? INPUTS.verify
        : SHARED;
    const { meaning, doThis } = NEXT_STEPS[code];
    const named = markedNames(`${meaning} ${doThis}`).filter((name) => !NOT_INPUTS.includes(name));
    expect(named.filter((name) => !inputs.includes(name))).toEqual([]);
  },
);

test.each([
  'README.md',
  'verify/README.md',
  'verify-files/README.md',
  'audit/README.md',
  'docs/troubleshooting.md',
  'docs/registries.md',
])('%s names only inputs that exist', (path) => {
  const whole = readFileSync(join(ROOT, path), 'utf8').replace(/^```[\s\S]*?^```/gm, '');
  // The table of claims is compared with the code where it is generated.
  const text = whole.replace(/<!-- claims:begin -->[\s\S]*<!-- claims:end -->/, '');
  // A name without a dash and without a value may be anything.
  const written = [...text.matchAll(/`([a-z]+(?:-[a-z]+)+|[a-z]+(?=: ))(?:: [^`\n]*)?`/g)].map(([, name = '']) => name);
  const known = [...ALL, ...OUTPUTS, ...NOT_INPUTS];
  expect([...new Set(written)].filter((name) => !known.includes(name))).toEqual([]);
});

test('a name that does not exist is seen, and one of the other action', () => {
  expect(markedNames("'Set `no-match-policy` or `format: both`.'")).toEqual(['no-match-policy', 'format']);
  expect(ALL).not.toContain('base-line');
  expect(exclusiveNames("hint: 'Give signing-config too.'", lacking.verify)).toEqual(['signing-config']);
  expect(exclusiveNames("hint: 'Remove changed-only.'", lacking.verify)).toEqual(['changed-only']);
  expect(exclusiveNames("'claims source-repository-uri'", lacking.sign)).toEqual([]);
});
