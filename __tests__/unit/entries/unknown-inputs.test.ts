import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inputVariable } from '../../../sandbox/runner/runner.ts';
import { CodedError } from '../../../src/coded-error.ts';
import type { InputSource } from '../../../src/entries/action/inputs/input-source.ts';
import { insteadIn, KNOWN_NAMES } from '../../../src/entries/action/inputs/known-inputs.ts';
import { readSignInputs, SIGN_INPUTS } from '../../../src/entries/sign/inputs.ts';
import { readVerifyInputs, VERIFY_INPUTS } from '../../../src/entries/verify/inputs.ts';
import { readVerifyFilesInputs, VERIFY_FILES_INPUTS } from '../../../src/entries/verify-files/inputs.ts';
import { DIGEST_A, fakeSource } from './fake-input-source.ts';

/* Inputs that nobody reads: the runner hands them over with no more than a warning of its own. */

/** The actions whose inputs this file reads. */
type OwnAction = 'sign' | 'verify' | 'verify-files';

const OWN: Readonly<Record<OwnAction, readonly string[]>> = {
  sign: SIGN_INPUTS,
  verify: VERIFY_INPUTS,
  'verify-files': VERIFY_FILES_INPUTS,
};
const GOOD: Readonly<Record<OwnAction, Readonly<Record<string, string>>>> = {
  sign: { images: `ghcr.io/acme/app@${DIGEST_A}` },
  verify: { images: 'ghcr.io/acme/app:1', 'source-repository': 'acme/app' },
  'verify-files': { files: 'Dockerfile', 'source-repository': 'acme/app' },
};
const FILES = { '/runner/app/Dockerfile': 'FROM ghcr.io/acme/app:1\n' };

function readInputs(action: OwnAction, source: InputSource): Promise<{ readonly warnings: readonly string[] }> {
  if (action === 'sign') return readSignInputs(source);
  if (action === 'verify') return readVerifyInputs(source);
  return readVerifyFilesInputs(source, { read: async () => undefined });
}

/** What reading the inputs warns of, with these variables beside good inputs. */
async function warnings(action: OwnAction, env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await readInputs(action, fakeSource({ inputs: GOOD[action], env, files: FILES }))).warnings;
}

/** The error that the variables end in, or undefined. */
async function problem(action: OwnAction, env: Readonly<Record<string, string>>): Promise<string | undefined> {
  try {
    await warnings(action, env);
    return undefined;
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    expect(error.code).toBe('INPUT_INVALID');
    return `${error.message} ${error.hint ?? ''}`;
  }
}

const written = (name: string, value = 'x') => ({ [inputVariable(name)]: value });

const holdsDash = (text: string): boolean => /[-\u2010-\u2015]/.test(text);

const ACTIONS = ['sign', 'verify', 'verify-files'] as const;
const PAIRS = ACTIONS.flatMap((action) => Object.keys(KNOWN_NAMES).map((name) => ({ action, name })));

test('the good inputs alone pass, without a warning', async () => {
  for (const action of ACTIONS) expect(await warnings(action, {})).toEqual([]);
});

test('every input of an action is in the one table, as an input of that action', () => {
  for (const action of ACTIONS) {
    for (const name of OWN[action]) expect(KNOWN_NAMES[name]?.actions, name).toContain(action);
  }
});

test('a line to paste names an input of the action that it is for', () => {
  for (const name of Object.keys(KNOWN_NAMES)) {
    for (const action of [...ACTIONS, 'audit'] as const) {
      const input = insteadIn(action, name)?.input;
      if (input !== undefined) expect(KNOWN_NAMES[input]?.actions, input).toContain(action);
    }
  }
});

test.each(PAIRS)('$name on $action is read, or refused whether or not it holds a value', async ({ action, name }) => {
  const isOwn = OWN[action].includes(name);
  for (const value of ['x', '', ' ', 'true', 'a"b $(id)']) {
    const error = await problem(action, written(name, value));
    if (isOwn) expect(error).toBeUndefined();
    else expect(error).toMatch(new RegExp(`^input ${name}: .+\\. .+`));
  }
});

/** What people do to a name: another case is the same to the runner, which writes all names in capitals. */
const MISSPELLINGS: readonly ((name: string) => string)[] = [
  (name) => name.replaceAll('-', '_'),
  (name) => name.replaceAll('-', ' '),
  (name) => name.replaceAll('-', ''),
  (name) => name.replaceAll('-', '.'),
  (name) => name.replaceAll('-', '\u2011'),
  (name) => name.replaceAll('-', '\u2013'),
  (name) => name.replace(/([^s])$/, '$1s'),
  (name) => name.replace(/s$/, ''),
  (name) => name.replace(/y$/, 'ies'),
  (name) => name.replace(/ies$/, 'y'),
  (name) => name.replaceAll('-', '_').replace(/([^s])$/, '$1s'),
  (name) => [...name].map((letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter)).join(''),
  (name) => `-${name}`,
];

test.each(PAIRS.filter(({ name }) => (KNOWN_NAMES[name]?.actions.length ?? 0) > 0))(
  'a misspelt $name on $action is refused',
  async ({ action, name }) => {
    for (const misspell of MISSPELLINGS) {
      const variable = inputVariable(misspell(name));
      const lower = variable.slice('INPUT_'.length).toLowerCase();
      const error = await problem(action, { [variable]: 'x' });
      if (OWN[action].includes(lower)) expect(error, variable).toBeUndefined();
      else expect(error, variable).toMatch(/^input .+: .+/);
    }
  },
);

describe('the error names the input as written, what it is taken for, and the line to write', () => {
  test.each<[OwnAction, string, string, ...string[]]>([
    ['verify', 'annotation', 'team=red', 'input annotation: ', 'looks like `annotations`', '`annotations: "team=red"`'],
    ['verify', 'claim', 'build-trigger=push', 'looks like `claims`', '`claims: "build-trigger=push"`'],
    ['verify', 'workflows', '.github/workflows/x.yml', '`workflow: .github/workflows/x.yml`'],
    ['verify', 'maxage', '30d', 'looks like `max-age`', '`max-age: "30d"`'],
    [
      'verify',
      'source_ref',
      'refs/heads/main',
      'input source_ref: ',
      '`source-ref: refs/heads/main`',
      'INPUT_SOURCE_REF',
    ],
    ['verify', 'source ref', 'main', 'input source_ref: ', '`source-ref: refs/heads/main`'],
    ['verify', 'ref', 'main', 'no such input', '`source-ref: refs/heads/main`', 'rename that variable'],
    ['verify', 'ref', 'refs/tags/v1', '`source-ref: refs/tags/v1`'],
    ['verify', 'ref', '', '`source-ref: refs/heads/main`', 'It arrived empty'],
    ['verify', 'branch', 'release', '`source-ref: refs/heads/release`'],
    ['verify', 'issuer', 'https://issuer.example', '`certificate-oidc-issuer: https://issuer.example`'],
    ['verify', 'identity', 'a@acme.example', '`certificate-identity: "a@acme.example"`'],
    ['verify', 'cert-identity', 'a b', '`certificate-identity: https://github.com/acme/app/'],
    ['verify', 'subject', 'https://ci.example/x', '`certificate-identity: https://ci.example/x`'],
    ['verify', 'image', 'ghcr.io/acme/app', '`images: ghcr.io/acme/app`'],
    ['verify', 'repository', 'acme/app', '`source-repository: acme/app`'],
    ['verify', 'repo', 'ghcr.io/acme/app:1', '`source-repository: acme/app`'],
    ['verify', 'owner', 'acme', '`claims: source-repository-owner-uri=https://github.com/acme`'],
    ['verify', 'signer-repo', 'acme/flows', '`signer-workflow: acme/flows/'],
    ['verify', 'subject-name', 'ghcr.io/acme/app', '`images: ghcr.io/acme/app`'],
    ['verify', 'subject-digest', DIGEST_A, `\`digest: "${DIGEST_A}"\``],
    ['verify', 'push-to-registry', 'true', 'Remove it here.', 'the sign action, write `upload: "true"`'],
    ['verify', 'provenance', 'true', 'input of the sign action', '`attestations: provenance`'],
    ['verify', 'sbom', 'true', '`attestations: sbom`'],
    ['verify', 'allow-tags', 'true', 'input of the sign action', 'Move it to a step with the sign action'],
    ['verify', 'require_signature', 'false', 'looks like `require-signature`', '`require-signature: "false"`'],
    ['verify', 'policies', 'x.yaml', 'looks like `policy`', '`policy: "x.yaml"`'],
    ['verify', 'files', 'k8s/*.yaml', 'input of the gate for files (`…/verify-files`)', 'Move it to a step with'],
    ['verify-files', 'images', 'ghcr.io/acme/app', 'input of the gate (`…/verify`)', '`files: deploy/**/*.yaml`'],
    ['verify-files', 'image', 'ghcr.io/acme/app', 'no such input', '`files: deploy/**/*.yaml`'],
    ['verify-files', 'metadata', 'build.json', 'input of the gate (`…/verify`)', '`files: '],
    ['verify-files', 'provenance', 'true', '`attestations: provenance`'],
    ['verify-files', 'ref', 'main', '`source-ref: refs/heads/main`'],
    ['verify-files', 'changed_only', 'true', 'looks like `changed-only`', '`changed-only: "true"`'],
    ['verify-files', 'baseline', 'x.json', 'input of the audit (`…/audit`)', 'Move it to a step with the audit'],
    ['verify', 'changed-only', 'true', 'input of the gate for files', 'Move it to a step with'],
    ['verify', 'source-reff', 'x', 'the action has no such input. Correct its name'],
    ['sign', 'source-repository', 'acme/app', 'input of the gate (`…/verify`)', 'Move it to a step with the gate'],
    ['sign', 'ref', 'main', 'Remove it here.', 'the gate (`…/verify`), write `source-ref: refs/heads/main`'],
    ['sign', 'attestations', 'provenance', 'input of the gate', '`provenance: true`'],
    ['sign', 'github-attestation', 'true', 'looks like `github-attestations`', '`github-attestations: "true"`'],
    ['sign', 'subject-name', 'ghcr.io/acme/app', '`images: ghcr.io/acme/app`'],
    ['sign', 'tags', 'ghcr.io/acme/app:1', `images: $${'{{'} steps.meta.outputs.tags }}`],
    ['sign', 'push', 'TRUE', '`upload: "true"`'],
    ['sign', 'sbom', 'out/sbom.spdx.json', 'Here, write `sbom-path: out/sbom.spdx.json`.'],
    ['sign', 'dryrun', 'true', 'looks like `dry-run`', '`dry-run: "true"`'],
    ['sign', 'bundle-dir', 'x', 'the action has no such input. Correct its name'],
  ])('%s, %s: %s', async (action, name, value, ...parts) => {
    const error = await problem(action, written(name, value));
    for (const part of parts) expect(error).toContain(part);
  });

  test('a secret under a misspelt name is not repeated', async () => {
    for (const action of ACTIONS) {
      for (const name of ['registry_password', 'githubtoken', 'registry-passwords', 'client_key']) {
        expect(await problem(action, written(name, 'hunter2hunter2'))).not.toContain('hunter2');
      }
    }
  });

  test('a value that could be read as more than itself is not repeated', async () => {
    for (const value of ['refs/heads/x$(id)', 'a\nb', 'a,b', `a$${'{{'} x }}`, 'ü', 'x'.repeat(300)]) {
      expect(await problem('verify', written('branch', value))).toContain('`source-ref: refs/heads/main`');
    }
  });

  test('all of them are told at once', async () => {
    const error = await problem('verify', { ...written('ref'), ...written('claim'), INPUT_VERSION: '1' });
    expect(error).toMatch(/^2 inputs cannot be used:\n- input ref: .*\n- input claim: /);
  });
});

describe('any other variable is named in a warning', () => {
  test.each(ACTIONS)('%s', async (action) => {
    const env = {
      INPUT_VERSION: '1.2',
      input_Greeting: '',
      INPUT_TAG: 'v1',
      'MY-INPUT': 'x',
      INPUTS_X: 'x',
      INPUT_: 'x',
    };
    const [warning, ...more] = await warnings(action, env);
    expect(more).toEqual([]);
    expect(warning).toContain('INPUT_VERSION, input_Greeting, INPUT_TAG: ');
    expect(warning).not.toMatch(/MY-INPUT|INPUTS_X|1\.2/);
  });

  test('many are counted, and a long name is cut', async () => {
    const env = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`INPUT_V${index}${'X'.repeat(500)}`, '']));
    const [warning] = await warnings('verify', env);
    expect(warning).toContain('… and 10 more: ');
    expect(warning?.length).toBeLessThan(3_000);
  });

  test('whatever the name is, it is read, refused or named in the warning', async () => {
    const name = fc.oneof(fc.string({ minLength: 1, unit: 'grapheme' }), fc.stringMatching(/^[A-Z_-]{1,12}$/));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ACTIONS), name, async (action, text) => {
        const variable = `INPUT_${text}`;
        const source = { inputs: GOOD[action], env: { [variable]: 'x' }, files: FILES };
        const read = readInputs(action, fakeSource(source));
        const outcome = await read.then(
          (request) => (request.warnings.join().includes(variable) ? 'warned' : 'read'),
          (error: unknown) => (error instanceof CodedError ? error.code : 'thrown'),
        );
        if (OWN[action].includes(text.toLowerCase())) expect(outcome).toBe('read');
        else expect(outcome).toMatch(holdsDash(text) ? 'INPUT_INVALID' : /^(?:INPUT_INVALID|warned)$/);
      }),
      { numRuns: 500 },
    );
  });
});
