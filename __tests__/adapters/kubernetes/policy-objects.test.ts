import { describe, expect, test } from 'vitest';
import { readPolicies } from '../../../src/domain/policy/read-policies.ts';
import type { KubeObject } from '../../../src/kubernetes/kube-api.ts';
import {
  droppedFields,
  type PolicyObjects,
  policyFileOf,
  watchPolicyObjects,
} from '../../../src/kubernetes/policy-objects.ts';
import { CONTEXT } from '../../unit/domain/policy/policy-samples.ts';
import { type Answer, type Asked, openFakeKube, status } from './fake-kube.ts';

const GROUP = '/apis/policy.sigstore.dev';
const SPEC = {
  images: [{ glob: 'ghcr.io/acme/**' }],
  authorities: [
    {
      keyless: {
        identities: [
          {
            issuer: 'https://token.actions.githubusercontent.com',
            subject: 'https://github.com/a/b/.github/workflows/c.yml@refs/heads/main',
          },
        ],
      },
    },
  ],
};

/** A policy as an API server stores it. */
const policy = (name: string, more: Readonly<Record<string, unknown>> = {}): KubeObject => ({
  apiVersion: 'policy.sigstore.dev/v1alpha1',
  kind: 'ClusterImagePolicy',
  metadata: {
    name,
    uid: '265876a5-8aec-4759-9348-ebb7f5bdc822',
    resourceVersion: '356',
    generation: 2,
    generateName: 'our',
    creationTimestamp: '2026-11-28T08:04:11Z',
    deletionTimestamp: '2026-11-28T09:04:11Z',
    finalizers: ['x/y'],
    ownerReferences: [{ kind: 'X' }],
    someLaterField: { of: 'the API server' },
    managedFields: [{ manager: 'kubectl', fieldsV1: { 'f:spec': {} } }],
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"spec":{}}' },
  },
  spec: SPEC,
  status: { conditions: [{ type: 'Ready' }] },
  ...more,
});
const read = (...objects: readonly KubeObject[]) => readPolicies(objects.map(policyFileOf), CONTEXT);

describe('a stored object', () => {
  test('is read without what the API server and its controllers keep in it', () => {
    expect(read(policy('ours'))).toMatchObject({ kind: 'policies', set: { policies: [{ name: 'ours' }] } });
    const { file, text } = policyFileOf(policy('ours'));
    expect(file).toBe('ClusterImagePolicy/ours');
    expect(JSON.parse(text)).toEqual({
      ...{ apiVersion: 'policy.sigstore.dev/v1alpha1', kind: 'ClusterImagePolicy' },
      ...{ metadata: { name: 'ours', annotations: {} }, spec: SPEC },
    });
  });

  test.each<[string, KubeObject, string]>([
    ['an unknown field in spec', policy('x', { spec: { ...SPEC, mod: 'warn' } }), 'unknown field "mod"'],
    [
      'a field of an authority in spec',
      policy('x', { spec: { ...SPEC, signatureFormat: 'bundle' } }),
      'signatureFormat',
    ],
    ['an unknown field at the top', policy('x', { specs: {} }), 'unknown field "specs"'],
    ['no spec', policy('x', { spec: undefined }), 'spec'],
    ['a namespace', policy('x', { metadata: { name: 'x', namespace: 'team' } }), 'namespace'],
    [
      'an unknown annotation of ours',
      policy('x', { metadata: { name: 'x', annotations: { 'countersign/max-agee': '1d' } } }),
      'max-agee',
    ],
    ['another kind', policy('x', { kind: 'Policy' }), 'is not a policy'],
    ['a later version', policy('x', { apiVersion: 'policy.sigstore.dev/v1' }), 'unknown apiVersion'],
  ])('is refused for %s', (_what, object, why) => {
    const result = read(object);
    expect(result.kind === 'invalid' ? JSON.stringify(result.problems) : 'read').toContain(why.replaceAll('"', '\\"'));
    expect(read(policy('ours')).kind).toBe('policies');
  });

  test('with any characters is read as it is', () => {
    const message = 'a\u2028b\u0085c\ufeffd\u{1f600}"\\e\r\n';
    const spec = { images: [{ glob: '**' }], authorities: [{ static: { action: 'fail', message } }] };
    expect(read(policy('x', { spec }))).toMatchObject({ set: { policies: [{ authorities: [{ message }] }] } });
  });

  test('lets see which applied fields were not stored', () => {
    const applied = { ...SPEC, signatureFormat: 'bundle', images: [{ glob: 'ghcr.io/acme/**', lob: 'x' }] };
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ spec: applied }) };
    const lines = droppedFields(policy('x', { metadata: { name: 'x', annotations } }));
    expect(lines.map((line) => /applied "([^"]+)"/.exec(line)?.[1])).toEqual([
      'spec.images[0].lob',
      'spec.signatureFormat',
    ]);
    expect(droppedFields(policy('x'))).toEqual([]);
    const same = { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ spec: SPEC }) };
    expect(droppedFields(policy('x', { metadata: { name: 'x', annotations: same } }))).toEqual([]);
    const broken = { 'kubectl.kubernetes.io/last-applied-configuration': '{' };
    expect(droppedFields(policy('x', { metadata: { name: 'x', annotations: broken } }))).toEqual([]);
  });
});

const group = (...versions: readonly string[]): Answer => ({
  status: 200,
  body: { kind: 'APIGroup', versions: versions.map((version) => ({ version })) },
});
const resources = (...names: readonly string[]): Answer => ({
  status: 200,
  body: { kind: 'APIResourceList', resources: names.map((name) => ({ name, namespaced: false })) },
});
const list = (kind: string, items: readonly KubeObject[]): Answer => ({
  status: 200,
  body: { kind: `${kind}List`, apiVersion: 'policy.sigstore.dev/v1alpha1', metadata: { resourceVersion: '5' }, items },
});

/** A cluster whose answers the test changes, and a watch of its policies that looks again when it is told to. */
async function cluster(answers: Map<string, Answer>) {
  const kube = await openFakeKube(({ path, query }: Asked) => {
    if (query.has('watch')) return (response) => response.writeHead(200).flushHeaders();
    return answers.get(path) ?? status(404, 'not found');
  });
  const said: PolicyObjects[] = [];
  const ending = new AbortController();
  let wakeSayer: (() => void) | undefined;
  let lookAgain: (() => void) | undefined;
  const start = (): void =>
    watchPolicyObjects(ending.signal, {
      api: kube.client(),
      log: { info: () => undefined, debug: () => undefined, warning: (line) => void warnings.push(line) },
      clock: {
        sleep: () =>
          new Promise((resolve) => {
            lookAgain = resolve;
          }),
      },
      onState(state) {
        said.push(state);
        wakeSayer?.();
      },
    });
  const warnings: string[] = [];
  return {
    ...{ kube, said, warnings, answers },
    /** The next state, after another look. */
    async next(): Promise<PolicyObjects | undefined> {
      const count = said.length;
      if (lookAgain === undefined) start();
      else lookAgain();
      while (said.length === count) {
        await new Promise<void>((resolve) => {
          wakeSayer = resolve;
        });
      }
      return said.at(-1);
    },
    lists: () => kube.asked.filter(({ query }) => query.has('limit')).map(({ path }) => path.slice(GROUP.length)),
    async [Symbol.asyncDispose]() {
      ending.abort();
      lookAgain?.();
      await kube[Symbol.asyncDispose]();
    },
  };
}

const both = (items: readonly KubeObject[] = [policy('ours')]): Map<string, Answer> =>
  new Map([
    [GROUP, group('v1beta1', 'v1alpha1')],
    [`${GROUP}/v1alpha1`, resources('clusterimagepolicies', 'clusterimagepolicies/status', 'trustroots')],
    [`${GROUP}/v1beta1`, resources('clusterimagepolicies')],
    [`${GROUP}/v1alpha1/clusterimagepolicies`, list('ClusterImagePolicy', items)],
    [`${GROUP}/v1alpha1/trustroots`, list('TrustRoot', [])],
    [`${GROUP}/v1beta1/clusterimagepolicies`, list('ClusterImagePolicy', [policy('of-v1beta1')])],
  ]);
const namesOf = (state: PolicyObjects | undefined): unknown =>
  state?.kind === 'files' ? state.files.map(({ file }) => file) : state;

describe('the policies of a cluster', () => {
  test('are those of the stored version, with its TrustRoots', async () => {
    await using one = await cluster(both());
    expect(namesOf(await one.next())).toEqual(['ClusterImagePolicy/ours']);
    expect(one.lists().toSorted()).toEqual(['/v1alpha1/clusterimagepolicies', '/v1alpha1/trustroots']);
  });

  test('are those of v1beta1 where there is nothing else', async () => {
    const answers = both();
    answers.set(GROUP, group('v1beta1'));
    await using one = await cluster(answers);
    expect(namesOf(await one.next())).toEqual(['ClusterImagePolicy/of-v1beta1']);
  });

  test('are none where the resources are absent, and count as soon as they come', async () => {
    await using one = await cluster(new Map());
    expect(await one.next()).toEqual({ kind: 'absent' });
    for (const [path, answer] of both()) one.answers.set(path, answer);
    expect(namesOf(await one.next())).toEqual(['ClusterImagePolicy/ours']);
  });

  test('are not absent when the resources were there and have gone', async () => {
    await using one = await cluster(both());
    await one.next();
    one.answers.delete(GROUP);
    expect(await one.next()).toMatchObject({ kind: 'failed', why: expect.stringContaining('does not any more') });
    one.answers.set(GROUP, group('v1beta1', 'v1alpha1'));
    expect(namesOf(await one.next())).toEqual(['ClusterImagePolicy/ours']);
  });

  test('are unknown while only the TrustRoots have gone', async () => {
    await using one = await cluster(both());
    await one.next();
    one.answers.set(`${GROUP}/v1alpha1`, resources('clusterimagepolicies'));
    expect(await one.next()).toMatchObject({ kind: 'failed', why: expect.stringContaining('trustroots') });
  });

  test.each<[string, string, Answer]>([
    ['discovery is refused', GROUP, status(403, 'forbidden')],
    ['discovery fails', GROUP, status(503, 'starting')],
    ['discovery says something else', GROUP, { status: 200, body: {} }],
    ['discovery says no JSON', GROUP, { status: 200, body: '<html>' }],
    ['only a later version is served', GROUP, group('v1')],
    ['the resources cannot be listed', `${GROUP}/v1alpha1`, status(500, 'broken')],
    ['the group has no resources', `${GROUP}/v1alpha1`, { status: 200, body: {} }],
    ['a list is refused', `${GROUP}/v1alpha1/clusterimagepolicies`, status(403, 'forbidden')],
    ['the list of TrustRoots is refused', `${GROUP}/v1alpha1/trustroots`, status(403, 'forbidden')],
    [
      'policies belong to namespaces',
      `${GROUP}/v1alpha1`,
      { status: 200, body: { resources: [{ name: 'clusterimagepolicies', namespaced: true }] } },
    ],
    [
      'it is not said where policies belong',
      `${GROUP}/v1alpha1`,
      { status: 200, body: { resources: [{ name: 'clusterimagepolicies' }] } },
    ],
  ])('are unknown when %s', async (_what, path, answer) => {
    await using one = await cluster(both().set(path, answer));
    const state = await one.next();
    expect(state?.kind).toBe('failed');
  });

  test('with a field that was dropped are named once', async () => {
    const annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
        spec: { ...SPEC, signatureFormat: 'bundle' },
      }),
    };
    await using one = await cluster(both([policy('ours', { metadata: { name: 'ours', annotations } })]));
    await one.next();
    expect(one.warnings).toEqual([expect.stringContaining('spec.signatureFormat')]);
  });
});
