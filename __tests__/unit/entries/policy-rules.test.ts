import { expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import type { PolicySet } from '../../../src/domain/policy/policy.ts';
import { createPolicyRules } from '../../../src/entries/compose/policy-rules.ts';
import type { PoliciesInForce } from '../../../src/usecases/admitting/admitter.ts';
import { createMovedClock, testCall } from '../../calls.ts';
import { keyless, policy } from '../usecases/policy-values.ts';

const setOf = (name: string): PolicySet => ({ policies: [policy(name, keyless('a'))], notices: [] });
const ready = (set: PolicySet): PoliciesInForce => ({ kind: 'ready', set, problems: [] });

function world() {
  const clock = createMovedClock();
  const state = {
    policies: { kind: 'unready', problems: ['p.yaml is not there'] } as PoliciesInForce,
    failure: undefined as unknown,
    connected: [] as string[],
    before: async (_name: string): Promise<void> => undefined,
  };
  const made = createPolicyRules({
    clock,
    policies: () => state.policies,
    connect: async (_call, set) => {
      const [{ name }] = set.policies;
      state.connected.push(name);
      await state.before(name);
      if (state.failure !== undefined) throw state.failure;
      return { otherRoots: new Map(), requiresAttestations: false };
    },
  });
  const names = async (call = testCall()): Promise<string> => {
    const rules = await made.rules(call);
    return rules.kind === 'unready' ? rules.problems.join() : rules.policies.map(({ name }) => name).join();
  };
  return { clock, state, names, problems: made.problems };
}

test('a set comes into force with its roots, once, and a newer one replaces it', async () => {
  const { state, names, problems } = world();
  expect(await names()).toBe('p.yaml is not there');
  state.policies = ready(setOf('one'));
  expect([await names(), await names()]).toEqual(['one', 'one']);
  state.policies = ready(setOf('two'));
  expect(await names()).toBe('two');
  expect(state.connected).toEqual(['one', 'two']);
  expect(problems()).toEqual([]);
});

test('a set whose roots cannot be used leaves the last good one in force, loudly, and is tried again', async () => {
  const { clock, state, names, problems } = world();
  state.policies = ready(setOf('good'));
  await names();
  state.policies = ready(setOf('newer'));
  state.failure = new CodedError('INPUT_INVALID', 'the root is not JSON');
  expect([await names(), await names()]).toEqual(['good', 'good']);
  expect(problems()).toEqual(['INPUT_INVALID: the root is not JSON']);
  expect(state.connected).toEqual(['good', 'newer']);
  state.failure = undefined;
  expect(await names()).toBe('good');
  clock.move(10_000);
  expect(await names()).toBe('newer');
  expect(problems()).toEqual([]);
});

test('a first set whose roots cannot be used admits nothing', async () => {
  const { state, names } = world();
  state.policies = ready(setOf('one'));
  state.failure = new CodedError('TRUST_ROOT_UNAVAILABLE', 'down');
  expect(await names()).toBe('TRUST_ROOT_UNAVAILABLE: down');
});

test('an older set never replaces a newer one, however late its roots are ready', async () => {
  const { state, names } = world();
  let answer = (): void => undefined;
  state.before = (name) =>
    name === 'old'
      ? new Promise((resolve) => {
          answer = resolve;
        })
      : Promise.resolve();
  state.policies = ready(setOf('old'));
  const late = names();
  await expect.poll(() => state.connected).toEqual(['old']);
  state.policies = ready(setOf('new'));
  expect(await names()).toBe('new');
  answer();
  expect(await late).toBe('new');
  expect(await names()).toBe('new');
});

test('the end of a call is no fault of the policies', async () => {
  const { state, names } = world();
  state.policies = ready(setOf('one'));
  const time = new AbortController();
  state.before = async () => time.abort(new CodedError('TIMEOUT', 'up'));
  await expect(names(testCall({ signal: time.signal }))).rejects.toThrow('up');
  state.before = async () => undefined;
  expect(await names()).toBe('one');
});
