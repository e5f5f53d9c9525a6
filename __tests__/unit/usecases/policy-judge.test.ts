import { expect, test } from 'vitest';
import type { Policy } from '../../../src/domain/policy/policy.ts';
import { createExamination } from '../../../src/usecases/examining/examine-image.ts';
import type { ImageUse } from '../../../src/usecases/examining/image-use.ts';
import type { FirstLook } from '../../../src/usecases/examining/looks.ts';
import { createAnnotatedJudge } from '../../../src/usecases/judging/annotated-judge.ts';
import { prepareAuthorities } from '../../../src/usecases/judging/authority-judge.ts';
import { createJudge } from '../../../src/usecases/judging/create-judge.ts';
import { createPolicyJudge, refuseUncovered } from '../../../src/usecases/judging/policy-judge.ts';
import type { SignatureVerifier } from '../../../src/usecases/ports.ts';
import { examinationWorld, type Signed, verifiedBy } from './examination-world.ts';
import { BASE, keyless, policy } from './policy-values.ts';

/* What the gate for files passes to the judge: who names an image, and what annotations ask for. */

const CLOCK = { now: () => new Date(0) };

interface World {
  readonly signed: Signed;
  readonly policies: readonly [Policy, ...Policy[]];
  readonly noMatch?: 'deny' | 'warn' | 'allow';
  readonly otherRoots?: ReadonlyMap<string, SignatureVerifier>;
}

function world({ signed, policies, noMatch = 'deny', otherRoots }: World) {
  const { options, calls } = examinationWorld(signed);
  const look = { store: options.repository, next: async () => undefined };
  const examination = createExamination({ ...options, ...(otherRoots === undefined ? {} : { otherRoots }) });
  const firstLook: FirstLook = () => ({ ...look, examination });
  const judge = createPolicyJudge({
    rules: { set: { policies, notices: [] }, noMatch },
    authorities: prepareAuthorities(policies, CLOCK).authorities,
    firstLook,
    readPlatforms: async () => undefined,
    readStatementsFor: () => async () => ({ attestations: [], undecided: [] }),
    signal: options.call.signal,
  });
  const { repository, digest } = options;
  const decide = async (...uses: readonly ImageUse[]): Promise<string> => {
    const { judgement, error } = await judge({ repository, digest, uses });
    return error === undefined ? `${judgement?.verdict} ${judgement?.reason ?? ''}`.trim() : `error ${error.code}`;
  };
  return { decide, calls, firstLook, options };
}

const use = (over: Partial<ImageUse> = {}): ImageUse => ({ object: undefined, annotated: undefined, ...over });
const object = (kind: string, labels: Readonly<Record<string, string>> = {}): ImageUse['object'] => {
  return { apiVersion: 'apps/v1', kind, labels: new Map(Object.entries(labels)) };
};
const annotated = (subject?: string, issuer?: string): ImageUse['annotated'] => ({ subject, issuer });

test('every use of an image must be allowed, each by the policies that match its object', async () => {
  const match = [{ group: 'apps', version: 'v1', resource: 'deployments', selector: undefined }];
  const policies = [policy('all', keyless('a')), policy('strict', keyless('b'), { match })] as const;
  const { decide } = world({ signed: { api: ['a'] }, policies });
  expect(await decide(use({ object: object('StatefulSet') }))).toBe('pass');
  expect(await decide(use({ object: object('Deployment') }))).toBe('fail IDENTITY_MISMATCH');
  expect(await decide(use({ object: object('StatefulSet') }), use({ object: object('Deployment') }))).toBe(
    'fail IDENTITY_MISMATCH',
  );
  expect(await decide(use())).toBe('pass');
});

test('a use that no policy matches is not covered by one that another use matches', async () => {
  const match = [{ group: 'apps', version: 'v1', resource: 'deployments', selector: undefined }];
  const policies = [policy('strict', keyless('a'), { match })] as const;
  const { decide, options } = world({ signed: { api: ['a'] }, policies });
  expect(await decide(use({ object: object('Deployment') }))).toBe('pass');
  expect(await decide(use({ object: object('Deployment') }), use())).toBe('fail POLICY_NO_MATCH');
  const rules = { set: { policies, notices: [] }, noMatch: 'deny' } as const;
  const { repository, digest } = options;
  const refused = (uses: readonly ImageUse[]) => refuseUncovered(rules, { repository, digest, uses })?.reason;
  expect(refused([use({ object: object('Deployment') })])).toBeUndefined();
  expect(refused([use({ object: object('Deployment') }), use()])).toBe('POLICY_NO_MATCH');
  expect(refuseUncovered({ ...rules, noMatch: 'warn' }, { repository, digest })).toBeUndefined();
});

test('annotations ask for one accepted signature with exactly these values, in addition', async () => {
  const either = keyless('a', {
    requirement: {
      ...BASE,
      identities: [{ issuers: ['i'], issuerPatterns: [], subjects: ['a', 'b'], subjectPatterns: [] }],
    },
  });
  const { decide } = world({ signed: { api: ['a', 'c'], tag: ['b'] }, policies: [policy('p', either)] });
  expect(await decide(use({ annotated: annotated('a') }))).toBe('pass');
  // The second signature is in the last place that is read.
  expect(await decide(use({ annotated: annotated('b', 'i') }))).toBe('pass');
  expect(await decide(use({ annotated: annotated('a') }), use({ annotated: annotated('b') }))).toBe('pass');
  expect(await decide(use({ annotated: annotated(undefined, 'other') }))).toBe('fail ISSUER_MISMATCH');
  expect(await decide(use({ annotated: annotated('a', 'other') }))).toBe('fail ISSUER_MISMATCH');
  // What the policy does not accept does not count, although it is there.
  expect(await decide(use({ annotated: annotated('c') }))).toBe('fail IDENTITY_MISMATCH');
  expect(await decide(use({ annotated: annotated('a') }), use({ annotated: annotated('c') }))).toBe(
    'fail IDENTITY_MISMATCH',
  );
});

test('annotations hold also where no policy matches, and where static: pass lets through', async () => {
  const never = { globs: [{ source: 'x', matches: () => false, matchesSomeOf: () => false }] as const };
  const open = { kind: 'static', name: 's', action: 'pass', message: undefined } as const;
  for (const policies of [[policy('none', keyless('z'), never)], [policy('open', open)]] as const) {
    const { decide, calls } = world({ signed: { api: ['a'] }, policies, noMatch: 'allow' });
    expect(await decide(use())).toMatch(/^allowed/);
    expect(calls).toEqual([]);
    expect(await decide(use({ annotated: annotated('a') }))).toMatch(/^allowed/);
    expect(await decide(use({ annotated: annotated('b') }))).toBe('fail IDENTITY_MISMATCH');
    expect(await decide(use({ annotated: annotated('b') }), use())).toBe('fail IDENTITY_MISMATCH');
  }
  const unsigned = world({ signed: {}, policies: [policy('open', open)] });
  expect(await unsigned.decide(use({ annotated: annotated('a') }))).toBe('fail NO_SIGNATURE');
  const broken = world({ signed: { failed: ['referrers-api'] }, policies: [policy('open', open)] });
  expect(await broken.decide(use({ annotated: annotated('a') }))).toBe('error REGISTRY_UNAVAILABLE');
});

test('annotations add to the rules of a step without policies', async () => {
  const { firstLook, options } = world({ signed: { api: ['a'], tag: ['b'] }, policies: [policy('p', keyless('a'))] });
  const evaluate = () => ({ kind: 'accepted', notes: [] }) as const;
  const { signal } = options.call;
  const judge = createAnnotatedJudge({
    judge: createJudge(evaluate, { firstLook, signal }),
    evaluate,
    firstLook,
    signal,
  });
  const { repository, digest } = options;
  const decide = async (...uses: readonly ImageUse[]) => (await judge({ repository, digest, uses })).judgement?.verdict;
  expect(await decide(use())).toBe('pass');
  expect(await decide(use({ annotated: annotated('b') }))).toBe('pass');
  expect(await decide(use({ annotated: annotated('c') }))).toBe('fail');
});

test('what one trusted root proves is nothing to the authority of another', async () => {
  const refusing: SignatureVerifier['verify'] = async () => {
    return { kind: 'refused', reason: 'CERTIFICATE_UNTRUSTED', message: 'no', unverified: undefined };
  };
  const failing: SignatureVerifier['verify'] = async () => {
    throw new Error('root not available');
  };
  const accepting: SignatureVerifier['verify'] = async () => verifiedBy('a');
  const of = (verify: SignatureVerifier['verify']) => new Map([['r', { verify } as unknown as SignatureVerifier]]);
  const rooted = policy('rooted', keyless('a', { trustedRoot: 'r' }));
  const plain = policy('plain', keyless('a'));
  const decideWith = (verify: SignatureVerifier['verify'], signer: string, ...policies: [Policy, ...Policy[]]) =>
    world({ signed: { api: [signer] }, policies, otherRoots: of(verify) }).decide();
  expect(await decideWith(accepting, 'b', rooted)).toBe('pass');
  expect(await decideWith(accepting, 'b', plain)).toBe('fail IDENTITY_MISMATCH');
  expect(await decideWith(refusing, 'a', rooted)).toBe('fail CERTIFICATE_UNTRUSTED');
  expect(await decideWith(refusing, 'a', plain)).toBe('pass');
  expect(await decideWith(accepting, 'b', rooted, plain)).toBe('fail IDENTITY_MISMATCH');
  // A root that is not available is an outage only for those who need it.
  expect(await decideWith(failing, 'a', rooted)).toBe('error INTERNAL_ERROR');
  expect(await decideWith(failing, 'a', plain)).toBe('pass');
});
