import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { runStandIn } from '../../scripts/examples/stand-ins.ts';
import { ownAction, parseWorkflowFile, stepsOf, textOf } from '../../scripts/examples/workflow.ts';
import { type Adaptation, adapted, replaced } from '../../scripts/interop/act/adapted.ts';
import { CANNOT, CASES, type Case } from '../../scripts/interop/act/cases.ts';
import { writeStandIns } from '../../scripts/interop/act/run-act.ts';
import { EXAMPLES } from '../examples/example-files.ts';

/* What `npm run interop` hands to act, held without act. */

const here: Adaptation = {
  ...{ name: 'case', host: 'localhost:5000', prefix: '/case', issuer: 'http://issuer.example' },
  ...{
    idTokens: { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'of this job' },
    trustedRoot: '/root.json',
    signingConfig: '/config.json',
  },
};
const example = (path: string): string => textOf(`examples/${path}`);
const adaptedCase = ({ example: path, edit }: Case): string =>
  adapted(example(path), { ...here, ...(edit === undefined ? {} : { edit }) });
const CALLED = CASES.flatMap(({ calls }) => (calls === undefined ? [] : [calls[1]]));

test('act runs each example that uses our actions, or it is said why it cannot', () => {
  const wanted = EXAMPLES.map((path) => path.replace(/^examples\//, '')).filter(
    (path) => !path.endsWith('-before.yml'),
  );
  const run = new Set([...CASES.map((one) => one.example), ...CALLED]);
  expect([...run, ...Object.keys(CANNOT)].toSorted()).toEqual(wanted.toSorted());
});

test('each gate that lets something through has a twin that must be refused', () => {
  const refused = new Set(CASES.filter(({ expected }) => expected.outcome === 'refuses').map((one) => one.example));
  for (const { example: path, expected } of CASES) {
    const workflow = parseWorkflowFile(example(path));
    const gates = stepsOf(workflow).some(({ uses = '' }) => ['verify', 'verify-files'].includes(ownAction(uses) ?? ''));
    const calls = Object.values(workflow.jobs).some(({ uses }) => uses !== undefined);
    const warns = expected.outcome === 'passes' && expected.says !== undefined;
    if ((gates || calls) && !warns) expect([...refused]).toContain(path);
  }
});

test('cases have names of their own that a registry takes as a path', () => {
  const names = CASES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
});

test.each(CASES)('$name: only hosts, Sigstore, login and the one change differ from the example', (one) => {
  const text = adaptedCase(one);
  const said = parseWorkflowFile(text);
  const source = one.edit === undefined ? example(one.example) : replaced(example(one.example), ...one.edit);
  const original = parseWorkflowFile(source);
  expect(text).not.toMatch(/ghcr\.io|docker\.io|token\.actions\.githubusercontent\.com/);
  expect(Object.keys(said.jobs)).toEqual(Object.keys(original.jobs));
  expect(said.on).toEqual(original.on);
  for (const [id, job] of Object.entries(original.jobs)) {
    const now = said.jobs[id];
    expect({ ...now, env: undefined, steps: undefined, with: undefined, secrets: undefined }).toEqual({
      ...{ ...job, env: undefined, steps: undefined, with: undefined, secrets: undefined },
    });
    // Who may ask for an identity is told how, and nobody else.
    const mayAsk = job.permissions?.['id-token'] === 'write' && job.uses === undefined;
    expect(now?.env).toEqual(mayAsk ? here.idTokens : undefined);
    for (const [index, step] of (job.steps ?? []).entries()) {
      const { with: given = {}, ...rest } = now?.steps?.[index] ?? {};
      const { with: wanted = {}, ...others } = step;
      expect(JSON.stringify(rest).replaceAll('localhost:5000/case', 'ghcr.io')).toBe(JSON.stringify(others));
      expect(Object.keys(given)).toEqual(expect.arrayContaining(Object.keys(wanted)));
      if (ownAction(step.uses ?? '') === undefined) expect(Object.keys(given)).toEqual(Object.keys(wanted));
    }
  }
});

test('a workflow that would run against the real services is not adapted', () => {
  const text = example('build-push-sign.yml');
  expect(() => adapted(text.replaceAll('ghcr.io', 'registry.example'), here)).toThrow('names no registry');
  expect(() => adapted(text.replaceAll('countersign-action/countersign', 'somebody/else'), here)).toThrow(
    'uses no action of ours',
  );
  expect(() => adapted(example('private-free-and-team.yml'), here)).toThrow('names a Sigstore');
  expect(() => adapted(text, { ...here, edit: ['no such line', ''] })).toThrow('expected once');
  expect(() => replaced('a a', 'a', 'b')).toThrow('expected once');
});

test('what a step of an example says wins over what it is told here', () => {
  const own = parseYaml(adapted(example('private-own-sigstore.yml'), here)) as {
    jobs: Record<string, { steps: object[] }>;
  };
  expect(own.jobs['image']?.steps.at(-1)).toMatchObject({
    with: { 'trusted-root': 'sigstore/trusted-root.json', 'signing-config': 'sigstore/signing-config.json' },
  });
});

test('stand-ins refuse what they do not know', async () => {
  const machine = {} as never;
  await expect(runStandIn('docker/setup-buildx-action', {}, machine)).resolves.toEqual({});
  await expect(runStandIn('docker/setup-buildx-action', { driver: 'x' }, machine)).rejects.toThrow('the input driver');
  await expect(runStandIn('docker/other-action', {}, machine)).rejects.toThrow('nothing stands in for');
  await expect(runStandIn('docker/build-push-action', { tags: 'a' }, machine)).rejects.toThrow('nothing is pushed');
  await expect(
    runStandIn('docker/build-push-action', { tags: 'a', outputs: 'push=true,type=oci' }, machine),
  ).rejects.toThrow('the output type=oci');
  await expect(
    runStandIn('docker/metadata-action', { images: 'a', tags: 'type=semver,pattern=x' }, machine),
  ).rejects.toThrow('the tag type=semver');
  const login = { registry: 'localhost:5000', username: 'alice' };
  await expect(runStandIn('docker/login-action', login, machine)).rejects.toThrow('Password required');
});

test('a stand-in is written for the version that it has the inputs of, and for no other', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-stand-ins-'));
  try {
    const commit = 'a'.repeat(40);
    const uses = new Map([[`actions/cache/restore@${commit}`, 'v5.0.5']]);
    const repositories = await writeStandIns(directory, uses);
    expect(Object.keys(repositories)).toEqual([`actions/cache@${commit}`]);
    const manifest = await readFile(
      join(repositories[`actions/cache@${commit}`] ?? '', 'restore', 'action.yml'),
      'utf8',
    );
    expect(parseYaml(manifest)).toMatchObject({ runs: { using: 'node24', main: 'index.mjs' } });
    await expect(writeStandIns(directory, new Map([['docker/login-action@x', 'v5.0.0']]))).rejects.toThrow('v5.0.0');
    await expect(writeStandIns(directory, new Map([['docker/login-action@x', '']]))).rejects.toThrow('inputs of v4');
    await expect(writeStandIns(directory, new Map([['a/b@x', 'v1']]))).rejects.toThrow('nothing stands in for a/b');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
