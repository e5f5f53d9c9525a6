import { describe, expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import type { Evaluation } from '../../../src/domain/identity/evaluation.ts';
import type { Repository } from '../../../src/domain/image/reference.ts';
import type { Facts } from '../../../src/domain/signature/facts.ts';
import { createLooks, type LookOptions } from '../../../src/usecases/examining/looks.ts';
import { createJudge, type Outcome } from '../../../src/usecases/judging/create-judge.ts';
import { evaluateOnce } from '../../../src/usecases/judging/evaluate-once.ts';
import type { Registry } from '../../../src/usecases/ports.ts';
import { testCall } from '../../calls.ts';
import { examinationWorld, type Signed } from './examination-world.ts';

/** A rule that one signer satisfies. */
const by =
  (signer: string) =>
  ({ identity }: Facts): Evaluation =>
    identity.subject === signer
      ? { kind: 'accepted', notes: [] }
      : { kind: 'mismatch', reason: 'IDENTITY_MISMATCH', findings: [], hints: [] };

const verdictOf = ({ judgement, error }: Outcome): string =>
  error?.code ?? `${judgement?.verdict} ${judgement?.reason ?? ''}`.trim();

/** Looks at one digest; what is signed at each look, the last one for all further ones. */
function world(looks: readonly Signed[], options: Partial<LookOptions> = {}) {
  const worlds = looks.map((signed) => examinationWorld(signed));
  const [first] = worlds;
  if (first === undefined) throw new Error('no look');
  const time = new AbortController();
  const waited: number[] = [];
  const said: string[] = [];
  let now = 0;
  let look = -1;
  const at = (): Registry => (worlds[Math.min(look, worlds.length - 1)] ?? first).options.registry;
  const registry: Registry = {
    ...first.options.registry,
    // The `.sig` tag is the first that each look asks.
    fetchLegacy: (...asked) => {
      look += 1;
      return at().fetchLegacy(...asked);
    },
    listReferrers: (...asked) => at().listReferrers(...asked),
    listReferrersTag: (...asked) => at().listReferrersTag(...asked),
    fetchReferrer: (...asked) => at().fetchReferrer(...asked),
  };
  const firstLook = createLooks(
    { format: 'any', waitForMs: 0, signatureRepositories: [], ...options },
    {
      registry,
      verifier: {
        verify: (...asked) => first.options.verifier.verify(...asked),
        verifyAttestation: () => Promise.reject(new Error('no rule asks for attestations')),
      },
      clock: {
        now: () => new Date(now),
        sleep: async (ms, signal) => {
          waited.push(ms);
          now += ms;
          signal?.throwIfAborted();
        },
      },
      call: testCall({ signal: time.signal, log: { info: (line) => void said.push(line) } }),
    },
  );
  return {
    judge: (signer: string) => createJudge(by(signer), { firstLook, signal: time.signal }),
    firstLook,
    time,
    waited,
    said,
    pass: (ms: number) => {
      now += ms;
    },
    now: () => new Date(now),
    /** Requests of all looks together; proofs are in the first list. */
    requests: () => worlds.flatMap(({ calls }) => calls.filter((call) => !call.startsWith('prove'))),
  };
}

const { digest } = examinationWorld({}).options;
const repository: Repository = { registry: 'r', path: 'p' };
const image = { repository, digest };
const elsewhere = { repository: { registry: 'r', path: 'elsewhere' }, digest };

describe('several rules about one digest', () => {
  test('each decides by itself what one examination found', async () => {
    const it = world([{ api: ['a', 'b'] }]);
    const outcomes = await Promise.all(['a', 'b', 'c'].map((signer) => it.judge(signer)(image)));
    expect(outcomes.map(verdictOf)).toEqual(['pass', 'pass', 'fail IDENTITY_MISMATCH']);
    expect(outcomes.map(({ judgement }) => judgement?.accepted?.identity.subject)).toEqual(['a', 'b', undefined]);
    expect(it.requests().sort()).toEqual(['fetch a', 'fetch b', 'referrers-api', 'referrers-tag', 'signature-tag']);
  });

  test('a failed place is no answer for the rule that needs it, and does not take the pass of another', async () => {
    const it = world([{ legacy: ['a'], failed: ['referrers-api'] }]);
    expect(verdictOf(await it.judge('a')(image))).toBe('pass');
    expect(verdictOf(await it.judge('c')(image))).toBe('error REGISTRY_UNAVAILABLE');
    expect(it.requests().filter((call) => call === 'referrers-api')).toHaveLength(1);
  });

  test('a rule judges each image by its name, with one examination of what lies in a common place', async () => {
    const it = world([{ api: ['a'] }], {
      signatureRepositories: [{ images: undefined, repository: { registry: 'r', path: 'signatures' } }],
    });
    const seen: string[] = [];
    const evaluate = (facts: Facts): Evaluation => {
      seen.push(facts.identity.subject);
      return by('a')(facts);
    };
    const judge = createJudge(evaluate, { firstLook: it.firstLook, signal: it.time.signal });
    const [one, other] = [judge(image), judge(elsewhere)];
    expect(other).not.toBe(one);
    expect(judge(image)).toBe(one);
    expect([await one, await other].map(verdictOf)).toEqual(['pass', 'pass']);
    expect(it.requests().sort()).toEqual(['fetch a', 'referrers-api', 'signature-tag']);
  });

  test('one digest under two names whose signatures are in two repositories is examined in each, and says where', async () => {
    const store = (path: string) => ({
      images: { registry: 'r', path },
      repository: { registry: 'r', path: `sigs-${path}` },
    });
    const it = world([{ api: [] }], { signatureRepositories: [store('p'), store('elsewhere')] });
    const judge = it.judge('a');
    const outcomes = await Promise.all([judge(image), judge(elsewhere)]);
    expect(it.requests().filter((call) => call === 'referrers-api')).toHaveLength(2);
    expect(outcomes.map(({ judgement }) => judgement?.message.split(':')[0])).toEqual([
      'no signature was found in r/sigs-p',
      'no signature was found in r/sigs-elsewhere',
    ]);
  });

  test('an image whose signatures are its own is not said to have them elsewhere', async () => {
    const it = world([{ api: [] }], { signatureRepositories: [{ images: undefined, repository }] });
    const { judgement } = await it.judge('a')(image);
    expect(judgement?.elsewhere).toBeUndefined();
    expect(judgement?.message).toMatch(/^no signature was found: /);
  });

  test('the same digest in two repositories is examined in each', async () => {
    const it = world([{ api: ['a'] }]);
    await Promise.all([image, elsewhere].map((one) => it.judge('a')(one)));
    expect(it.requests().filter((call) => call === 'referrers-api')).toHaveLength(2);
  });

  test('each rule evaluates a signature at the time at which it first looks, and keeps its answer', async () => {
    const it = world([{ api: ['a'] }]);
    const times: Record<string, number[]> = { early: [], late: [] };
    const rule = (name: string) => {
      const evaluate = evaluateOnce(
        (facts, now) => {
          times[name]?.push(now.getTime());
          return by('a')(facts);
        },
        { now: it.now },
      );
      return createJudge(evaluate, { firstLook: it.firstLook, signal: it.time.signal });
    };
    const early = rule('early');
    await early(image);
    it.pass(1000);
    await rule('late')(image);
    await early(image);
    expect(times).toEqual({ early: [0], late: [1000] });
  });
});

describe('wait-for', () => {
  const NOTHING: Signed = {};

  test('rules that find nothing wait together: one pause, one line, one further look', async () => {
    const it = world([NOTHING, { api: ['a', 'b'] }], { waitForMs: 30_000 });
    const outcomes = await Promise.all(['a', 'b', 'c'].map((signer) => it.judge(signer)(image)));
    expect(outcomes.map(verdictOf)).toEqual(['pass', 'pass', 'fail IDENTITY_MISMATCH']);
    expect(it.waited).toEqual([1000]);
    expect(it.said).toEqual([`waiting 1 s for a signature of r/p@${digest} to appear (wait-for)`]);
    expect(it.requests().filter((call) => call === 'referrers-api')).toHaveLength(2);
  });

  test('a rule that asks when the time is up gets the looks that there were, and no further one', async () => {
    const it = world([NOTHING, { api: ['a', 'b'] }], { waitForMs: 1000 });
    expect(verdictOf(await it.judge('a')(image))).toBe('pass');
    it.pass(1_000_000);
    const requests = it.requests().length;
    expect(verdictOf(await it.judge('b')(image))).toBe('pass');
    expect(it.requests()).toHaveLength(requests);
    expect(it.waited).toEqual([1000]);
  });

  test('a look at a digest does not begin its waiting anew for a later rule', async () => {
    const it = world([NOTHING], { waitForMs: 3000 });
    expect(verdictOf(await it.judge('a')(image))).toBe('fail NO_SIGNATURE');
    expect(verdictOf(await it.judge('b')(image))).toBe('fail NO_SIGNATURE');
    expect(it.waited).toEqual([1000, 2000]);
  });

  test('what a rule found at the first look is not taken away by a later look that failed', async () => {
    const it = world([{ api: ['a'] }, { failed: ['referrers-api'] }], { waitForMs: 30_000 });
    expect(verdictOf(await it.judge('c')(image))).toBe('fail IDENTITY_MISMATCH');
    // A rule that asks for something else than an image signature may go on all the same.
    const next = await it.firstLook(repository, digest).next(Promise.resolve(true));
    const later = await next?.examination.until(() => false);
    expect(later?.places.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
    expect(verdictOf(await it.judge('a')(image))).toBe('pass');
  });

  test('who is not there is not waited for, which keeps nobody else from waiting', async () => {
    const it = world([NOTHING, { api: ['a'] }], {
      waitForMs: 30_000,
      signatureRepositories: [{ images: undefined, repository: { registry: 'r', path: 'signatures' } }],
    });
    const judge = it.judge('a');
    expect(verdictOf(await judge(elsewhere, Promise.resolve(false)))).toBe('fail NO_SIGNATURE');
    expect(it.waited).toEqual([]);
    expect(verdictOf(await judge(image, Promise.resolve(true)))).toBe('pass');
    expect(it.waited).toEqual([1000]);
  });

  test('an abort ends the waiting of every rule, and no rule begins any more', async () => {
    const it = world([NOTHING], { waitForMs: 30_000 });
    const outcomes = ['a', 'b'].map((signer) => it.judge(signer)(image));
    it.time.abort(new CodedError('TIMEOUT', 'the time was up'));
    expect((await Promise.all(outcomes)).map(verdictOf)).toEqual(['TIMEOUT', 'TIMEOUT']);
    const requests = it.requests().length;
    expect(verdictOf(await it.judge('c')(image))).toBe('TIMEOUT');
    expect(it.requests()).toHaveLength(requests);
  });
});
