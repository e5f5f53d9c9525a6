import { describe, expect, test } from 'vitest';
import { createPullSecretReader, pullSecretNames } from '../../../src/kubernetes/pull-secrets.ts';
import { createMovedClock, testCall } from '../../calls.ts';
import { type Answer, openFakeKube, status } from './fake-kube.ts';

const NS = '/api/v1/namespaces/team';
const secret = (text: string): Answer => ({
  status: 200,
  body: {
    kind: 'Secret',
    type: 'kubernetes.io/dockerconfigjson',
    data: { '.dockerconfigjson': text, other: 'kept out' },
  },
});
const account = (...names: readonly unknown[]): Answer => ({
  status: 200,
  body: { kind: 'ServiceAccount', imagePullSecrets: names.map((name) => ({ name })) },
});

async function world(answers: Readonly<Record<string, Answer>>) {
  const kube = await openFakeKube(({ path }) => answers[path] ?? status(404, 'not found'));
  const clock = createMovedClock();
  const reader = createPullSecretReader({ api: kube.client({ clock }), clock });
  const warnings: string[] = [];
  return {
    ...{ kube, clock, warnings },
    read: async (podSpec: unknown, namespace = 'team') => {
      const call = testCall({ log: { warning: (line) => warnings.push(line) } });
      const found = await reader.read(call, pullSecretNames(namespace, podSpec));
      return found.map(({ name, data }) => `${name}:${Object.entries(data).join()}`);
    },
    paths: () => kube.asked.map(({ method, path }) => `${method} ${path}`),
    [Symbol.asyncDispose]: () => kube[Symbol.asyncDispose](),
  };
}

const POD = { imagePullSecrets: [{ name: 'own' }], serviceAccountName: 'builder' };
const ALL = {
  [`${NS}/secrets/own`]: secret('AAAA'),
  [`${NS}/secrets/of-account`]: secret('BBBB'),
  [`${NS}/serviceaccounts/builder`]: account('of-account', 'own'),
  [`${NS}/serviceaccounts/default`]: account('of-account'),
};

describe('the names of pull secrets', () => {
  test.each<[unknown, readonly string[], string]>([
    [POD, ['own'], 'builder'],
    [{}, [], 'default'],
    [{ serviceAccount: 'old' }, [], 'old'],
    [{ serviceAccountName: 'new', serviceAccount: 'old' }, [], 'new'],
    [{ imagePullSecrets: [{ name: 'a' }, {}, null, 'b', { name: 1 }, { name: 'c' }] }, ['a', 'c'], 'default'],
    [null, [], 'default'],
    ['text', [], 'default'],
    [{ imagePullSecrets: { name: 'a' }, serviceAccountName: 7 }, [], 'default'],
  ])('of %j', (spec, secrets, serviceAccount) => {
    expect(pullSecretNames('team', spec)).toEqual({ namespace: 'team', secrets, serviceAccount });
  });
});

describe('pull secrets', () => {
  test('are those of the Pod, then those of its service account, each once, and nothing else of them', async () => {
    await using one = await world(ALL);
    expect(await one.read(POD)).toEqual(['own:.dockerconfigjson,AAAA', 'of-account:.dockerconfigjson,BBBB']);
    expect(await one.read({})).toEqual(['of-account:.dockerconfigjson,BBBB']);
    expect(one.paths().every((path) => path.startsWith(`GET ${NS}/`))).toBe(true);
    expect(one.warnings).toEqual([]);
  });

  test('that are missing are left out with a warning, and so is a missing service account', async () => {
    await using one = await world({ [`${NS}/secrets/own`]: secret('AAAA') });
    expect(await one.read({ ...POD, imagePullSecrets: [{ name: 'none' }, { name: 'own' }] })).toEqual([
      'own:.dockerconfigjson,AAAA',
    ]);
    expect(one.warnings.join()).toMatch(/service account "team\/builder".*pull secret "team\/none"/);
  });

  test('that may not be read in this namespace are left out with a warning', async () => {
    await using one = await world({ ...ALL, [`${NS}/secrets/own`]: status(403, 'forbidden') });
    expect(await one.read(POD)).toEqual(['of-account:.dockerconfigjson,BBBB']);
    expect(one.warnings.join()).toContain('no right');
  });

  test.each<[string, Answer]>([
    ['401', status(401, 'Unauthorized')],
    ['500', status(500, 'etcd')],
    ['a redirect', { status: 302 }],
    ['no JSON', { status: 200, body: '<' }],
    ['too much', secret('A'.repeat(256 * 1024 + 1))],
    ['nothing', (response) => response.destroy()],
  ])('are an error, not absent, when the API server answers with %s', async (_what, answer) => {
    await using one = await world({ ...ALL, [`${NS}/secrets/own`]: answer });
    await expect(one.read(POD)).rejects.toMatchObject({ code: expect.stringMatching(/^KUBERNETES_/) });
    await using other = await world({ ...ALL, [`${NS}/serviceaccounts/builder`]: answer });
    if (_what !== 'too much') {
      await expect(other.read(POD)).rejects.toMatchObject({ code: expect.stringMatching(/^KUBERNETES_/) });
    }
  });

  test('are read once a minute; what is missing, after some seconds', async () => {
    const answers: Record<string, Answer> = { ...ALL };
    delete answers[`${NS}/secrets/own`];
    await using one = await world(answers);
    expect(await one.read(POD)).toHaveLength(1);
    answers[`${NS}/secrets/own`] = secret('AAAA');
    expect(await one.read(POD)).toHaveLength(1);
    one.clock.move(5_000);
    expect(await one.read(POD)).toHaveLength(2);
    const before = one.kube.asked.length;
    answers[`${NS}/secrets/own`] = secret('CCCC');
    expect(await one.read(POD)).toContain('own:.dockerconfigjson,AAAA');
    expect(one.kube.asked).toHaveLength(before);
    one.clock.move(60_000);
    expect(await one.read(POD)).toContain('own:.dockerconfigjson,CCCC');
  });

  test('of names that are no names of objects lead to no request', async () => {
    await using one = await world(ALL);
    const names = ['..', '../../other/secrets/x', 'a/b', 'A', '', 'x?watch=1', '%2e%2e'].map((name) => ({ name }));
    expect(await one.read({ imagePullSecrets: names, serviceAccountName: '../default' })).toEqual([]);
    expect(await one.read(POD, '../kube-system')).toEqual([]);
    expect(one.paths()).toEqual([]);
  });

  test('are no more than twenty of each', async () => {
    await using one = await world({});
    const names = Array.from({ length: 100 }, (_, index) => ({ name: `s${index}` }));
    await one.read({ imagePullSecrets: names });
    expect(one.paths()).toHaveLength(21);
    expect(one.warnings.join()).toContain('names 100 pull secrets');
  });
});
