import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AuthorityFinding,
  decideImage,
  type FindingOf,
  type ImageDecision,
  type NoMatchPolicy,
  type Signer,
} from '../../../../src/domain/policy/decide.ts';
import { largestMatching } from '../../../../src/domain/policy/matching.ts';
import type { Authority, KeylessAuthority, Policy } from '../../../../src/domain/policy/policy.ts';
import { KEYLESS, keylessOf, policyOf, policyText } from './policy-samples.ts';

const SAMPLE = policyOf(policyText());
const SIGNER = keylessOf(policyText());

/** An authority and what it found; a text is a static action. */
type Found = 'pass' | 'fail' | AuthorityFinding;

type Passed = Extract<AuthorityFinding, { readonly kind: 'pass' }>;

const passes = (...subjects: readonly string[]): Passed => ({
  kind: 'pass',
  message: `signed by ${subjects.join(', ')}`,
  signers: subjects.map((subject): Signer => ({ issuer: 'https://issuer.example', subject })),
  unread: undefined,
});
const partly = (...subjects: readonly string[]): Passed => ({
  ...passes(...subjects),
  unread: { reason: 'REGISTRY_UNAVAILABLE', message: 'a place failed' },
});
const FAIL: AuthorityFinding = { kind: 'fail', reason: 'NO_SIGNATURE', message: 'nothing is signed' };
const WRONG: AuthorityFinding = { kind: 'fail', reason: 'IDENTITY_MISMATCH', message: 'somebody else signed' };
const ERROR: AuthorityFinding = { kind: 'error', reason: 'REGISTRY_UNAVAILABLE', message: 'the registry is down' };

interface Sample {
  readonly name?: string;
  readonly found: readonly Found[];
  readonly mode?: Policy['mode'];
  readonly require?: number;
}

function decide(samples: readonly Sample[], noMatch: NoMatchPolicy = 'deny'): ImageDecision {
  const findings = new Map<Authority, AuthorityFinding>();
  const policies = samples.map(({ name = 'ours', found, mode = 'enforce', require: wanted }): Policy => {
    const [first, ...others] = found.map((one, index): Authority => {
      if (one === 'pass' || one === 'fail')
        return { kind: 'static', name: `a${index}`, action: one, message: undefined };
      const authority: KeylessAuthority = { ...SIGNER, name: `a${index}` };
      findings.set(authority, one);
      return authority;
    });
    if (first === undefined) throw new Error('no authority');
    return { ...SAMPLE, name, mode, require: wanted, authorities: [first, ...others] };
  });
  const findingOf: FindingOf = (_, authority) => {
    const finding = findings.get(authority);
    if (finding === undefined) throw new Error('not examined');
    return finding;
  };
  return decideImage(policies, { noMatch, findingOf });
}

describe('the image', () => {
  test.each<readonly [string, readonly Sample[], string, string | null]>([
    ['one policy holds', [{ found: [passes('a')] }], 'pass', null],
    ['nothing is signed', [{ found: [FAIL] }], 'fail', 'NO_SIGNATURE'],
    ['somebody else signed', [{ found: [WRONG] }], 'fail', 'IDENTITY_MISMATCH'],
    ['an outage', [{ found: [ERROR] }], 'error', 'REGISTRY_UNAVAILABLE'],
    // Row 5.
    ['one holds and one is static: fail', [{ found: [passes('a')] }, { found: ['fail'] }], 'fail', 'POLICY_DENIED'],
    // Row 6.
    ['one holds and one is static: pass', [{ found: [passes('a')] }, { found: ['pass'] }], 'allowed', null],
    ['static: pass alone', [{ found: ['pass'] }], 'allowed', null],
    // Row 7.
    ['the second authority passes', [{ found: [WRONG, passes('a')] }], 'pass', null],
    ['the second authority passes beside an outage', [{ found: [ERROR, passes('a')] }], 'pass', null],
    ['no authority passes, one for an outage', [{ found: [WRONG, ERROR] }], 'error', 'REGISTRY_UNAVAILABLE'],
    ['no authority passes', [{ found: [FAIL, WRONG] }], 'fail', 'IDENTITY_MISMATCH'],
    ['static: fail beside one that passes', [{ found: ['fail', passes('a')] }], 'pass', null],
    ['static: fail beside one that fails', [{ found: ['fail', FAIL] }], 'fail', 'NO_SIGNATURE'],
    ['static: pass beside one that passes', [{ found: ['pass', passes('a')] }], 'pass', null],
    ['static: pass beside one that fails', [{ found: ['pass', FAIL] }], 'allowed', null],
    ['static: pass beside an outage', [{ found: ['pass', ERROR] }], 'allowed', null],
    // Row 8.
    ['two match and one fails', [{ found: [passes('a')] }, { found: [FAIL] }], 'fail', 'NO_SIGNATURE'],
    ['two match and hold', [{ found: [passes('a')] }, { found: [passes('a')] }], 'pass', null],
    // Row 9.
    ['mode: warn, unsigned', [{ mode: 'warn', found: [FAIL] }], 'allowed', 'NO_SIGNATURE'],
    ['mode: warn, signed', [{ mode: 'warn', found: [passes('a')] }], 'pass', null],
    ['mode: warn and static: fail', [{ mode: 'warn', found: ['fail'] }], 'allowed', 'POLICY_DENIED'],
    ['mode: warn and an outage', [{ mode: 'warn', found: [ERROR] }], 'error', 'REGISTRY_UNAVAILABLE'],
    [
      'mode: warn before a failing one',
      [{ mode: 'warn', found: [FAIL] }, { found: [WRONG] }],
      'fail',
      'IDENTITY_MISMATCH',
    ],
    [
      'mode: warn after a failing one',
      [{ found: [WRONG] }, { mode: 'warn', found: [FAIL] }],
      'fail',
      'IDENTITY_MISMATCH',
    ],
    [
      'mode: warn beside one that holds',
      [{ mode: 'warn', found: [FAIL] }, { found: [passes('a')] }],
      'allowed',
      'NO_SIGNATURE',
    ],
    ['a refusal and an outage', [{ found: [FAIL] }, { found: [ERROR] }], 'error', 'REGISTRY_UNAVAILABLE'],
  ])('%s', (_, samples, verdict, reason) => {
    expect(decide(samples)).toMatchObject({ verdict, reason });
    const turned = decide(samples.toReversed());
    expect(turned.verdict).toBe(verdict);
  });

  // Row 4.
  test.each([
    ['deny', 'fail'],
    ['warn', 'allowed'],
    ['allow', 'allowed'],
  ] as const)('no policy matches, no-match-policy %s: %s', (noMatch, verdict) => {
    expect(decide([], noMatch)).toMatchObject({ verdict, reason: 'POLICY_NO_MATCH', policies: [] });
  });

  test('a no-match-policy of no kind denies', () => {
    expect(decide([], 'permit' as NoMatchPolicy)).toMatchObject({ verdict: 'fail' });
  });

  test('no-match-policy says nothing where a policy matches', () => {
    expect(decide([{ found: [FAIL] }], 'allow').verdict).toBe('fail');
  });

  test('an authority that was not examined stops the decision', () => {
    const findingOf: FindingOf = () => {
      throw new Error('not examined');
    };
    expect(() => decideImage([SAMPLE], { noMatch: 'allow', findingOf })).toThrow('not examined');
  });

  test('says which policy and which authority decided, and what each found', () => {
    const decision = decide([
      { name: 'first', found: [passes('a')] },
      { name: 'second', found: ['fail', WRONG] },
    ]);
    expect(decision.message).toContain('policy "second": authority "a1": somebody else signed');
    expect(decision.policies.map(({ policy, authority, verdict }) => [policy.name, authority.name, verdict])).toEqual([
      ['first', 'a0', 'pass'],
      ['second', 'a1', 'fail'],
    ]);
    expect(decision.policies[1]?.authorities.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['fail', 'POLICY_DENIED'],
      ['fail', 'IDENTITY_MISMATCH'],
    ]);
  });

  test('the message of static: fail is that of the policy', () => {
    const text = policyText({ authorities: '- static: {action: fail, message: use the new one}' });
    const findingOf: FindingOf = () => FAIL;
    expect(decideImage([policyOf(text)], { noMatch: 'deny', findingOf }).message).toContain('use the new one');
    const silent = policyText({ authorities: '- static: {action: fail}' });
    expect(decideImage([policyOf(silent)], { noMatch: 'deny', findingOf }).message).toContain(
      'disallowed by static policy',
    );
  });
});

describe('countersign/require', () => {
  test.each<readonly [string, number, readonly Found[], string]>([
    ['one of one', 1, [passes('a')], 'pass'],
    ['two distinct signers', 2, [passes('a'), passes('b')], 'pass'],
    ['one signer for two authorities', 2, [passes('a'), passes('a')], 'fail'],
    ['one authority with two signers', 2, [passes('a', 'b'), FAIL], 'fail'],
    ['the only signer of one is the first of another', 2, [passes('a', 'b'), passes('a')], 'pass'],
    ['a chain of choices', 3, [passes('a', 'b'), passes('b', 'c'), passes('a')], 'pass'],
    ['three authorities share two signers', 3, [passes('a', 'b'), passes('a', 'b'), passes('a', 'b')], 'fail'],
    ['static: pass does not count', 2, [passes('a'), 'pass', FAIL], 'fail'],
    ['static: pass does not count alone', 1, ['pass', FAIL], 'fail'],
    ['more than are required', 2, [passes('a'), passes('b'), passes('c')], 'pass'],
    ['an outage that could complete it', 2, [passes('a'), ERROR], 'error'],
    ['an outage that is not needed', 2, [passes('a'), passes('b'), ERROR], 'pass'],
    ['an outage that could not complete it', 3, [passes('a'), FAIL, ERROR], 'fail'],
    ['an unread place that could have another signer', 2, [passes('a'), partly('a')], 'error'],
    ['an unread place that is not needed', 2, [passes('a'), partly('b')], 'pass'],
    ['nobody', 1, [FAIL], 'fail'],
  ])('%s', (_, wanted, found, verdict) => {
    const mine = { require: wanted, found };
    expect(decide([mine]).verdict).toBe(verdict);
    expect(decide([{ ...mine, found: found.toReversed() }]).verdict).toBe(verdict);
    const warned = decide([{ ...mine, mode: 'warn' }]).verdict;
    expect(warned).toBe(verdict === 'fail' ? 'allowed' : verdict);
  });

  test('the same subject of two issuers is two signers', () => {
    const other: AuthorityFinding = {
      ...passes('a'),
      kind: 'pass',
      signers: [{ issuer: 'https://other.example', subject: 'a' }],
      unread: undefined,
    };
    expect(decide([{ require: 2, found: [passes('a'), other] }]).verdict).toBe('pass');
  });

  test('parts of issuer and subject cannot be moved', () => {
    const one: AuthorityFinding = {
      ...passes(),
      kind: 'pass',
      signers: [{ issuer: 'a', subject: '","b' }],
      unread: undefined,
    };
    const two: AuthorityFinding = {
      ...passes(),
      kind: 'pass',
      signers: [{ issuer: 'a","', subject: 'b' }],
      unread: undefined,
    };
    expect(decide([{ require: 2, found: [one, two] }]).verdict).toBe('pass');
  });

  test('says how many passed and what is missing', () => {
    expect(decide([{ require: 2, found: [passes('a'), WRONG] }])).toMatchObject({
      reason: 'IDENTITY_MISMATCH',
      message: expect.stringContaining('1 of 2 required authorities pass with distinct signers ("a0"); authority "a1"'),
    });
    expect(decide([{ require: 2, found: [passes('a'), passes('a')] }]).message).toContain(
      'the same signer counts only once',
    );
  });

  test('a policy file sets it', () => {
    const text = policyText({ annotations: 'countersign/require: "2"', authorities: `${KEYLESS}\n${KEYLESS}` });
    const findingOf: FindingOf = () => passes('a');
    expect(decideImage([policyOf(text)], { noMatch: 'deny', findingOf }).verdict).toBe('fail');
  });
});

/** The largest matching by trying everything. */
function bruteForce(choices: readonly (readonly string[])[], used: ReadonlySet<string> = new Set()): number {
  const [first, ...others] = choices;
  if (first === undefined) return 0;
  const free = [...new Set(first)].filter((choice) => !used.has(choice));
  return Math.max(
    bruteForce(others, used),
    ...free.map((choice) => 1 + bruteForce(others, new Set([...used, choice]))),
  );
}

test('matches as many as possible, each to a choice of its own', () => {
  const choices = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 }), { maxLength: 5 });
  fc.assert(
    fc.property(choices, (lists) => {
      const matched = largestMatching(lists);
      const got = matched.filter((choice) => choice !== undefined);
      expect(matched).toHaveLength(lists.length);
      expect(new Set(got).size).toBe(got.length);
      expect(
        matched.every((choice, index) => choice === undefined || (lists[index] as readonly string[]).includes(choice)),
      ).toBe(true);
      expect(got.length).toBe(bruteForce(lists));
    }),
    { numRuns: 400 },
  );
});

test('only policies that hold by a signer give a pass', () => {
  const finding = fc.constantFrom<Found>('pass', 'fail', passes('a'), passes('b'), FAIL, WRONG, ERROR, partly('a'));
  const policy = fc.record({
    found: fc.array(finding, { minLength: 1, maxLength: 4 }),
    mode: fc.constantFrom<Policy['mode']>('enforce', 'warn'),
  });
  const isPass = (one: Found): boolean => typeof one !== 'string' && one.kind === 'pass';
  fc.assert(
    fc.property(
      fc.array(policy, { maxLength: 4 }),
      fc.constantFrom<NoMatchPolicy>('deny', 'warn', 'allow'),
      (samples, noMatch) => {
        const { verdict } = decide(samples, noMatch);
        const holds = samples.length > 0 && samples.every(({ found }) => found.some(isPass));
        expect(verdict === 'pass').toBe(holds);
      },
    ),
    { numRuns: 400 },
  );
});
