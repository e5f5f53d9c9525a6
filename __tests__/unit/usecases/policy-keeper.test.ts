import { describe, expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import type { PolicySet } from '../../../src/domain/policy/policy.ts';
import type { PolicyFile } from '../../../src/domain/policy/read-policies.ts';
import {
  createPolicyKeeper,
  type PolicyKeeperOptions,
  type PreparedPolicies,
  type SourceState,
} from '../../../src/usecases/admitting/policy-keeper.ts';
import { CONTEXT, policyText } from '../domain/policy/policy-samples.ts';

const FOLDER = 'the folder /policies';
const API = 'the API server';

const files = (...named: readonly (readonly [file: string, text: string])[]): SourceState => ({
  kind: 'files',
  files: named.map(([file, text]): PolicyFile => ({ file, text })),
});
const ours = (name: string): readonly [string, string] => [`/policies/${name}.yaml`, policyText({ name })];
const stored = (name: string): readonly [string, string] => [`ClusterImagePolicy/${name}`, policyText({ name })];
const BROKEN: readonly [string, string] = ['/policies/bad.yaml', policyText({ name: 'bad', spec: 'mod: warn' })];

function keeperOf(options: Partial<PolicyKeeperOptions<string>> = {}) {
  const changes: PreparedPolicies<string>[] = [];
  const prepared: string[][] = [];
  const keeper = createPolicyKeeper<string>({
    sources: [FOLDER, API],
    identity: CONTEXT.identity,
    prepare: async (set) => {
      prepared.push(namesOf(set));
      return namesOf(set).join();
    },
    clock: { sleep: async () => undefined },
    random: () => 0,
    signal: new AbortController().signal,
    onChange: (now) => changes.push(now),
    ...options,
  });
  const say = async (...said: readonly (readonly [source: string, state: SourceState])[]) => {
    for (const [source, state] of said) keeper.offer(source, state);
    await keeper.settled();
    return shown(keeper.current());
  };
  return { keeper, say, changes, prepared };
}

const namesOf = (set: PolicySet): string[] => set.policies.map(({ name }) => name);
/** `ready: a,b (a,b)`, or `unready`; and the problems. */
function shown(now: PreparedPolicies<string>): readonly [state: string, ...problems: readonly string[]] {
  const state = now.kind === 'ready' ? `ready: ${namesOf(now.set).join()} (${now.prepared})` : 'unready';
  return [state, ...now.problems];
}

describe('the policies in force', () => {
  test('are those of all sources, once each of them has said what it has', async () => {
    const { say, changes } = keeperOf();
    expect(await say()).toEqual(['unready', `${FOLDER}: not read yet`, `${API}: not read yet`]);
    expect(await say([FOLDER, files(ours('a'))])).toEqual(['unready', `${API}: not read yet`]);
    expect(await say([API, files(stored('b'))])).toEqual(['ready: a,b (a,b)']);
    expect(await say([API, { kind: 'absent' }])).toEqual(['ready: a (a)']);
    expect(changes.map((now) => now.kind)).toEqual(['unready', 'ready', 'ready']);
  });

  test('change as a whole: what is wrong in one source leaves the last good set, and says why until it is put right', async () => {
    const { say, prepared } = keeperOf();
    const good = ['ready: a,b (a,b)'];
    await say([FOLDER, files(ours('a'))], [API, files(stored('b'))]);
    const bad = await say([FOLDER, files(ours('a'), ours('c'), BROKEN)]);
    expect(bad[0]).toBe('ready: a,b (a,b)');
    expect(bad[1]).toContain('"/policies/bad.yaml:8" spec.mod: unknown field "mod"');
    expect(bad[1]).toContain('Write `mode`.');
    // A change elsewhere does not come into force either.
    expect((await say([API, files(stored('b'), stored('d'))]))[0]).toBe('ready: a,b (a,b)');
    expect(await say([API, files(stored('b'))], [FOLDER, files(ours('a'))])).toEqual(good);
    expect(prepared).toEqual([['a', 'b']]);
  });

  test.each<[string, SourceState, string]>([
    ['a source that failed', { kind: 'failed', why: 'list: 403' }, `${API}: list: 403`],
    ['a name that occurs twice', files(stored('a')), 'another ClusterImagePolicy is called "a"'],
    ['a file without documents', files(['ClusterImagePolicy/x', '']), 'no documents'],
    ['something that is not a policy', files(['Pod/x', 'kind: Pod\napiVersion: v1\n']), 'is not a policy'],
    [
      'a field that nobody knows',
      files(['ClusterImagePolicy/x', policyText({ name: 'x', spec: 'mod: warn' })]),
      '"ClusterImagePolicy/x" spec.mod',
    ],
  ])('are none at the start, and the last good ones later, with %s', async (_what, state, problem) => {
    const atStart = keeperOf();
    const [first, ...problems] = await atStart.say([FOLDER, files(ours('a'))], [API, state]);
    expect(first).toBe('unready');
    expect(problems.join()).toContain(problem);
    const later = keeperOf();
    await later.say([FOLDER, files(ours('a'))], [API, { kind: 'absent' }]);
    const [then, ...now] = await later.say([API, state]);
    expect(then).toBe('ready: a (a)');
    expect(now.join()).toContain(problem);
    // Twin: when it has gone, so have the problems.
    expect(await later.say([API, files(stored('z'))])).toEqual(['ready: a,z (a,z)']);
  });

  test('are never an empty set', async () => {
    const { say } = keeperOf();
    const none = `there are no policies: ${FOLDER} and ${API}`;
    expect(await say([FOLDER, files()], [API, { kind: 'absent' }])).toEqual(['unready', none]);
    expect(await say([FOLDER, files(ours('a'))])).toEqual(['ready: a (a)']);
    expect(await say([FOLDER, files()])).toEqual(['ready: a (a)', none]);
    expect(await keeperOf({ sources: [] }).say()).toEqual(['unready', 'no source of policies is given']);
  });

  test('take a TrustRoot from another source', async () => {
    const { say } = keeperOf();
    const policy = policyText({
      name: 'x',
      authorities: `- keyless:\n    trustRootRef: own\n    identities: [{issuer: 'https://a.example', subject: b}]`,
    });
    const [state, problem] = await say([FOLDER, files(['/policies/x.yaml', policy])], [API, files()]);
    expect(state).toBe('unready');
    expect(problem).toContain('own');
  });
});

describe('a set that cannot be prepared', () => {
  const failing = (code: 'INPUT_INVALID' | 'TRUST_ROOT_UNAVAILABLE', times: number) => {
    let left = times;
    return async (set: PolicySet): Promise<string> => {
      left -= 1;
      if (left >= 0) throw new CodedError(code, 'the trusted root cannot be read', { hint: 'Do this.' });
      return namesOf(set).join();
    };
  };

  test('does not come into force', async () => {
    const { say } = keeperOf({ prepare: failing('INPUT_INVALID', 1) });
    expect(await say([FOLDER, files(ours('a'))], [API, { kind: 'absent' }])).toEqual([
      'unready',
      'the policies cannot be used: the trusted root cannot be read Do this.',
    ]);
    // Nobody asks again until something changes.
    expect(await say([FOLDER, files(ours('b'))])).toEqual(['ready: b (b)']);
  });

  test('is tried again after an outage, with growing pauses', async () => {
    const pauses: number[] = [];
    const wake: (() => void)[] = [];
    const { say, keeper } = keeperOf({
      prepare: failing('TRUST_ROOT_UNAVAILABLE', 3),
      random: () => 0.999,
      clock: {
        sleep: (ms) => {
          pauses.push(ms);
          return new Promise((resolve) => wake.push(resolve));
        },
      },
    });
    expect((await say([FOLDER, files(ours('a'))], [API, { kind: 'absent' }]))[0]).toBe('unready');
    for (let tries = 0; tries < 3; tries += 1) {
      wake.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
      await keeper.settled();
    }
    expect(shown(keeper.current())).toEqual(['ready: a (a)']);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses).toHaveLength(3);
  });

  test('by a defect, neither ends the program nor comes into force', async () => {
    const { say } = keeperOf({ prepare: () => Promise.reject(new TypeError('defect')) });
    expect(await say([FOLDER, files(ours('a'))], [API, { kind: 'absent' }])).toEqual([
      'unready',
      'the policies cannot be used: TypeError: defect',
    ]);
  });
});

test('what is offered while a set is prepared comes into force after it, however often that happens', async () => {
  const waiting: (() => void)[] = [];
  const { keeper, changes } = keeperOf({
    sources: [FOLDER],
    prepare: async (set) => {
      await new Promise<void>((resolve) => waiting.push(resolve));
      return namesOf(set).join();
    },
  });
  keeper.offer(FOLDER, files(ours('a')));
  for (const name of ['b', 'c', 'd']) {
    await new Promise((resolve) => setImmediate(resolve));
    keeper.offer(FOLDER, files(ours(name)));
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  waiting.shift()?.();
  await keeper.settled();
  const said = ['a', 'b', 'c', 'd'].map((name) => [`ready: ${name} (${name})`]);
  expect(changes.map(shown)).toEqual(said);
  // The same again is nothing new.
  keeper.offer(FOLDER, files(ours('d')));
  await keeper.settled();
  expect(changes).toHaveLength(4);
});
