import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import { createExamination } from '../../../src/usecases/examining/examine-image.ts';
import { by, examinationWorld, FIRST, others, type Signed, signersOf } from './examination-world.ts';

/** Requests and proofs, in any order. */
const sorted = (calls: readonly string[]): string[] => [...calls].sort();
const fetched = (names: readonly string[]): string[] => names.flatMap((name) => [`fetch ${name}`, `prove ${name}`]);
const proven = (names: readonly string[] = []): string[] => names.map((name) => `prove ${name}`);

/** What a rule that `signer` satisfies costs if it is the only one. */
function costAlone({ api = [], legacy = [], tag = [] }: Signed, signer: string): string[] {
  const cost = (place: string, names: readonly string[]): string[] => {
    const first = names.slice(0, FIRST);
    return [place, ...fetched(first.includes(signer) ? first : names)];
  };
  const calls = [...cost('referrers-api', api), 'signature-tag', ...proven(legacy)];
  if (api.includes(signer) || legacy.includes(signer)) return calls;
  const fresh = tag.filter((name) => !api.includes(name));
  return [...calls, ...cost('referrers-tag', fresh)];
}

/** Small places, crowded ones, names in several places at once. */
const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', ...others(40)), { maxLength: 30 });
const worlds: fc.Arbitrary<Signed> = fc.record({ api: names, legacy: names, tag: names });
const signers = fc.constantFrom('a', 'b', 'c', 'nobody');

describe('one rule', () => {
  test('nothing is asked before it asks', async () => {
    const { options, calls } = examinationWorld({ api: ['a'] });
    createExamination(options);
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toEqual([]);
  });

  test('costs what it needs and nothing more, wherever its signature lies', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, signers, async (signed, signer) => {
        const { options, calls } = examinationWorld(signed);
        await createExamination(options).until(by(signer));
        expect(sorted(calls)).toEqual(sorted(costAlone(signed, signer)));
      }),
      { numRuns: 300 },
    );
  });

  test('begins with the two places that are read in any case, at once', async () => {
    const { options, calls } = examinationWorld({ api: ['a'], legacy: ['b'] });
    const asking = createExamination(options).until(by('a'));
    await Promise.resolve();
    expect(sorted(calls)).toEqual(['referrers-api', 'signature-tag']);
    await asking;
  });
});

describe('a further rule', () => {
  test.each<[string, Signed]>([
    ['behind the referrers API', { api: ['a', 'b'], tag: ['c'] }],
    ['under the .sig tag, beside a crowd that was not read', { api: ['a', ...others(30)], legacy: ['b'] }],
    ['under the referrers tag', { tag: ['b', 'a'] }],
    ['in the crowd', { api: [...others(FIRST), 'a', 'b'] }],
  ])('asks for nothing if what is known is enough: %s', async (_, signed) => {
    const { options, calls } = examinationWorld(signed);
    const examination = createExamination(options);
    await examination.until(by('a'));
    const before = calls.length;
    expect(signersOf(await examination.until(by('b')))).toContain('b');
    expect(calls).toHaveLength(before);
  });

  test('goes on where the examination stopped, through what is left, each once', async () => {
    const crowd = others(10, 'crowd');
    const api = ['a', ...others(FIRST - 1), ...crowd];
    const { options, calls } = examinationWorld({ api, legacy: ['c'], tag: ['a', 'b'] });
    const examination = createExamination(options);
    const first = await examination.until(by('a'));
    expect(first.unreadable.map(({ message }) => message)).toEqual(crowd.map(() => 'not examined'));
    expect(first.places.map(({ kind }) => kind)).toEqual(['referrers-api', 'signature-tag']);
    const cost = calls.length;

    const second = await examination.until(by('b'));
    expect(sorted(calls.slice(cost))).toEqual(sorted([...fetched(crowd), 'referrers-tag', ...fetched(['b'])]));
    expect(second.unreadable).toEqual([]);
    expect(second.places.map(({ kind }) => kind)).toEqual(['referrers-api', 'signature-tag', 'referrers-tag']);
    // What the first rule was given is its own: what others find later is not added.
    expect(signersOf(first)).not.toContain('b');
  });

  test('stops again as soon as it may: the crowd first, and the referrers tag only without it', async () => {
    const { options, calls } = examinationWorld({ api: ['a', ...others(FIRST), 'b'], tag: ['c'] });
    const examination = createExamination(options);
    await examination.until(by('a'));
    await examination.until(by('b'));
    expect(calls).not.toContain('referrers-tag');
    await examination.until(by('c'));
    expect(calls).toContain('fetch c');
  });

  test('that nothing satisfies reads the rest once, and after it no rule reads anything', async () => {
    const signed: Signed = { api: ['a', ...others(30)], legacy: ['b'], tag: others(40, 'tagged') };
    const { options, calls } = examinationWorld(signed);
    const examination = createExamination(options);
    await examination.until(by('a'));
    await examination.until(by('nobody'));
    expect(sorted(calls)).toEqual(sorted(costAlone(signed, 'nobody')));
    const everything = await examination.until(by('nobody'));
    expect(await examination.until(by('no one else'))).toEqual(everything);
    expect(calls).toHaveLength(new Set(calls).size);
  });

  test('is not hurt by a rule that breaks', async () => {
    const { options, calls } = examinationWorld({ api: ['a'], legacy: ['b'] });
    const examination = createExamination(options);
    const broken = examination.until(() => {
      throw new RangeError('a broken rule');
    });
    const whole = examination.until(by('b'));
    await expect(broken).rejects.toThrow('a broken rule');
    expect(signersOf(await whole)).toEqual(['a', 'b']);
    expect(sorted(calls)).toEqual(sorted(costAlone({ api: ['a'], legacy: ['b'] }, 'b')));
  });
});

describe('several rules at once', () => {
  test('no request and no proof is made twice, and each finds what it would find alone', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.array(signers, { minLength: 2, maxLength: 5 }), async (signed, asked) => {
        const { options, calls } = examinationWorld(signed);
        const examination = createExamination(options);
        const found = await Promise.all(asked.map((signer) => examination.until(by(signer))));
        const places = [...(signed.api ?? []), ...(signed.legacy ?? []), ...(signed.tag ?? [])];
        asked.forEach((signer, index) => {
          expect(signersOf(found[index] ?? { examined: [] }).includes(signer)).toBe(places.includes(signer));
        });
        // A name that also lies under the `.sig` tag is another signature, with a proof of its own.
        const legacy = proven(signed.legacy);
        const rest = calls.filter((call) => !legacy.includes(call));
        expect(new Set(rest).size).toBe(rest.length);
        expect(Math.max(...legacy.map((call) => calls.filter((one) => one === call).length), 0)).toBeLessThanOrEqual(2);
        // Together they read what the neediest of them needs.
        const most = new Set(asked.flatMap((signer) => costAlone(signed, signer)));
        for (const call of calls) expect(most).toContain(call);
      }),
      { numRuns: 200 },
    );
  });

  test('what each sees depends on the order of asking, not on which answer comes first', async () => {
    const signed: Signed = { api: ['a', ...others(30)], legacy: ['b'], tag: ['c'] };
    const asked = ['a', 'nobody', 'b', 'a', 'c'];
    const atOnce = createExamination(examinationWorld(signed).options);
    const inTurn = createExamination(examinationWorld(signed).options);
    const together = await Promise.all(asked.map((signer) => atOnce.until(by(signer))));
    for (const [index, signer] of asked.entries()) {
      expect(together[index]).toEqual(await inTurn.until(by(signer)));
    }
  });
});

describe('what goes wrong', () => {
  test('a place that failed stays failed, and is not asked again', async () => {
    const { options, calls } = examinationWorld({ legacy: ['a'], failed: ['referrers-api', 'referrers-tag'] });
    const examination = createExamination(options);
    const first = await examination.until(by('a'));
    const second = await examination.until(by('nobody'));
    const third = await examination.until(by('nobody'));
    expect(first.places.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
    for (const found of [second, third]) {
      expect(found.places.filter(({ outcome }) => outcome === 'failed')).toHaveLength(2);
    }
    expect(sorted(calls)).toEqual(sorted(['referrers-api', 'referrers-tag', 'signature-tag', 'prove a']));
  });

  test.each(['referrers-api', 'signature-tag', 'fetch other 3', 'fetch other 20'])(
    'what %s throws is the answer to every rule, and nothing is asked again',
    async (call) => {
      const error = new CodedError('INTERNAL_ERROR', 'thrown');
      const { options, calls } = examinationWorld({ api: others(30), legacy: ['a'], thrown: { [call]: error } });
      const examination = createExamination(options);
      await expect(examination.until(by('nobody'))).rejects.toBe(error);
      const before = calls.filter((one) => one === call).length;
      await expect(examination.until(by('nobody'))).rejects.toBe(error);
      await expect(examination.until(by('a'))).rejects.toBe(error);
      expect([before, calls.filter((one) => one === call).length]).toEqual([1, 1]);
    },
  );

  test('a throw in the referrers tag does not take away what was found before', async () => {
    const error = new CodedError('INTERNAL_ERROR', 'thrown');
    const { options, calls } = examinationWorld({ api: ['a'], tag: ['b'], thrown: { 'referrers-tag': error } });
    const examination = createExamination(options);
    await expect(examination.until(by('b'))).rejects.toBe(error);
    expect(signersOf(await examination.until(by('a')))).toEqual(['a']);
    await expect(examination.until(by('b'))).rejects.toBe(error);
    expect(calls.filter((call) => call === 'referrers-tag')).toHaveLength(1);
  });

  test('a proof that could not be made is not tried again', async () => {
    const error = new CodedError('TRUST_ROOT_UNAVAILABLE', 'thrown');
    const { options, calls } = examinationWorld({ api: ['a', 'b'], thrown: { 'prove b': error } });
    const examination = createExamination(options);
    for (const signer of ['a', 'b', 'nobody']) {
      expect((await examination.until(by(signer))).undecided).toMatchObject([{ error }]);
    }
    expect(calls.filter((call) => call === 'prove b')).toHaveLength(1);
  });

  test('an abort ends every rule: nothing more is begun, not even for one for which enough is known', async () => {
    const { options, calls, time } = examinationWorld({ api: ['a', ...others(30)], tag: ['b'] });
    const examination = createExamination(options);
    await examination.until(by('a'));
    const asking = [by('b'), by('nobody')].map((rule) => examination.until(rule));
    const before = calls.length;
    time.abort(new CodedError('TIMEOUT', 'the time was up'));
    for (const one of asking) await expect(one).rejects.toThrow('the time was up');
    await expect(examination.until(by('a'))).rejects.toThrow('the time was up');
    expect(calls).toHaveLength(before);
  });

  test('an abort on the way ends the examination before its next place, whatever the places answer', async () => {
    const { options, calls, time } = examinationWorld({ api: others(30), tag: ['b'] });
    const asking = createExamination(options).until(by('b'));
    while (!calls.includes('fetch other 20')) await new Promise((resolve) => setImmediate(resolve));
    time.abort(new CodedError('TIMEOUT', 'the time was up'));
    await expect(asking).rejects.toThrow('the time was up');
    expect(calls).not.toContain('referrers-tag');
  });
});
