import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifest } from '../../sandbox/runner/runner.ts';
import { ownAction, parseWorkflowFile, stepsOf, textOf, type Workflow } from '../../scripts/examples/workflow.ts';
import { ROOT } from '../source-files.ts';
import {
  ACTIONLINT,
  actionlintProblems,
  HAS_BASH,
  scriptProblems,
  strictYaml,
  usesLines,
  workflowProblems,
} from './checks.ts';
import { EXAMPLES, inFolder } from './example-files.ts';

/* Every workflow that people are told to copy, and our own. */

const WORKFLOWS = inFolder('.github/workflows');
const isBefore = (path: string): boolean => path.endsWith('-before.yml');
/** Where an action.yml lies. */
const folderOf = (action: string): string => (action === 'sign' ? ROOT : join(ROOT, action));

test('the checks see what is wrong', () => {
  const good = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo\n';
  expect(workflowProblems('good.yml', good)).toEqual([]);
  expect(workflowProblems('bad.yml', good.replace('runs-on', 'run-on'))).not.toEqual([]);
  expect(workflowProblems('bad.yml', good.replace('echo', `echo \${{ foo.bar }}`)).join()).toContain("'foo'");
  if (HAS_BASH) expect(scriptProblems('if true; then echo')).toContain('syntax error');
  // A program that does not know the flags has not found the workflow to be good.
  expect(() => actionlintProblems(good, process.execPath)).toThrow('ended with 9');
  expect(() => strictYaml('a: 1\na: 2\n')).toThrow('unique');
  expect(usesLines('      - uses: a/b@c # v1\n')).toEqual([{ uses: 'a/b@c', comment: 'v1' }]);
});

test.each([...EXAMPLES, ...WORKFLOWS])("GitHub's parser has nothing against %s", (path) => {
  strictYaml(textOf(path));
  expect(workflowProblems(path, textOf(path))).toEqual([]);
});

test.skipIf(ACTIONLINT === undefined).each([...EXAMPLES, ...WORKFLOWS])(
  'actionlint, where it is installed, has nothing against %s',
  (path) => {
    expect(actionlintProblems(textOf(path))).toBe('');
  },
);

describe.each(EXAMPLES)('%s', (path) => {
  const text = textOf(path);
  const workflow = parseWorkflowFile(text);
  const steps = stepsOf(workflow);

  test('grants nothing at the top, and to each job what it needs', () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) {
      const own = (job.steps ?? []).map(({ uses = '' }) => ownAction(uses));
      if (own.includes('sign')) expect(job.permissions).toMatchObject({ 'id-token': 'write' });
      // Only what signs may ask for an identity.
      const signs = own.includes('sign') || isBefore(path) || job.uses?.startsWith('acme/ci/') === true;
      if (!signs) expect(job.permissions?.['id-token']).toBeUndefined();
    }
  });

  test('has no rights of the base for the code of strangers, and no job that is skipped and counts as passed', () => {
    expect(text).not.toMatch(/^\s+paths(?:-ignore)?:|pull_request_target|secrets: inherit/m);
  });

  test('pins every action of others by commit, with its version beside it', () => {
    for (const { uses, comment } of usesLines(text)) {
      if (ownAction(uses) !== undefined || /\/\.github\/workflows\//.test(uses)) continue;
      expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/);
      expect(comment).toMatch(/^v\d+\.\d+\.\d+$/);
    }
    for (const { uses = '', with: inputs } of steps) {
      if (uses.startsWith('actions/checkout@')) expect(inputs).toMatchObject({ 'persist-credentials': false });
    }
  });

  test('gives our actions inputs that they have, and uses outputs that they have', async () => {
    const used = steps.filter(({ uses = '' }) => ownAction(uses) !== undefined);
    const calls = Object.values(workflow.jobs).some(({ uses }) => uses !== undefined);
    expect(used.length > 0 || calls).toBe(!isBefore(path));
    for (const { id, uses = '', with: inputs = {} } of used) {
      const manifest = await readManifest(folderOf(ownAction(uses) ?? ''));
      expect(Object.keys(manifest.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs)));
      expect(['undefined', 'auto', 'public-good', 'github']).toContain(String(inputs['instance']));
      const outputs = [...text.matchAll(new RegExp(`\\bsteps\\.${id ?? '-'}\\.outputs\\.([a-z-]+)`, 'g'))];
      expect(manifest.outputs).toEqual(expect.arrayContaining(outputs.map(([, output = '']) => output)));
    }
  });

  test('has scripts that bash can read and that hold no expression', () => {
    for (const { run } of steps) {
      if (run === undefined) continue;
      expect(scriptProblems(run)).toBe('');
      expect(run).not.toContain('${{');
    }
  });
});

test('an action of others has one version everywhere', () => {
  const versions = new Map<string, Set<string>>();
  for (const path of [...EXAMPLES, ...WORKFLOWS]) {
    for (const { uses, comment } of usesLines(textOf(path))) {
      const [name = '', commit = ''] = uses.split('@');
      if (!/^[0-9a-f]{40}$/.test(commit)) continue;
      versions.set(name, (versions.get(name) ?? new Set()).add(`${commit} ${comment}`));
    }
  }
  expect(versions.size).toBeGreaterThan(10);
  expect([...versions].filter(([, all]) => all.size > 1)).toEqual([]);
});

test('every example that uses our actions is run by a test, and the index names every example', () => {
  const tests = ['__tests__/examples/run.test.ts', '__tests__/e2e/examples.test.ts'].map(textOf).join('\n');
  const index = textOf('examples/README.md');
  for (const path of EXAMPLES) {
    const name = path.slice('examples/'.length);
    expect(index).toContain(`](${name})`);
    if (isBefore(path)) continue;
    const isRun = tests.includes(name) || tests.includes(`'${/^migration\/(.*)-after\.yml$/.exec(name)?.[1]}'`);
    expect(`${name}: ${isRun}`).toBe(`${name}: true`);
  }
  expect(index).toContain('](policy/third-party.yaml)');
});

test('the gates of the examples ask for the files under which examples/README.md has people save what signs', () => {
  const saved: Readonly<Record<string, string>> = { Release: 'release.yml', CI: 'ci.yml' };
  const index = textOf('examples/README.md');
  expect(index).toContain('`name: Release` as `.github/workflows/release.yml`');
  expect(index).toContain('`name: CI` as `ci.yml`');
  const asked = EXAMPLES.flatMap((path) => {
    const { name = '' } = strictYaml(textOf(path)) as { readonly name?: string };
    const steps = stepsOf(parseWorkflowFile(textOf(path)));
    const values = steps.flatMap(({ with: inputs = {} }) => String(inputs['workflow'] ?? '') || []);
    // A workflow that signs asks for itself; any other for what examples/build-push-sign.yml signs.
    const signs = steps.some(({ uses = '' }) => ownAction(uses) === 'sign');
    return values.map((value) => [path, value, `.github/workflows/${saved[signs ? name : 'Release']}`] as const);
  });
  expect(asked.length).toBeGreaterThan(10);
  for (const [path, value, expected] of asked) expect(`${path}: ${value}`).toBe(`${path}: ${expected}`);
});

test('the reusable workflow hands each of its inputs to the gate, under the same name and with the same default', async () => {
  const workflow = parseWorkflowFile(textOf('.github/workflows/verify.yml')) as Workflow & {
    readonly on: { readonly workflow_call: { readonly inputs: object; readonly outputs: object } };
  };
  const { inputs, outputs } = workflow.on.workflow_call;
  const manifest = await readManifest(join(ROOT, 'verify'));
  const [step] = stepsOf(workflow);
  const given = Object.keys(inputs).map((name) => [name, `\${{ inputs.${name} }}`]);
  expect(step?.with).toEqual({
    ...Object.fromEntries(given),
    'registry-password': `\${{ secrets.registry-password }}`,
  });
  for (const [name, input] of Object.entries(inputs)) {
    expect(input).toEqual({
      type: 'string',
      ...(manifest.inputs[name]?.default === undefined ? {} : { default: manifest.inputs[name].default }),
    });
  }
  for (const name of ['images', 'source-repository', 'signer-workflow', 'policy', 'attestations']) {
    expect(Object.keys(inputs)).toContain(name);
  }
  expect(manifest.outputs).toEqual(expect.arrayContaining(Object.keys(outputs)));
});
