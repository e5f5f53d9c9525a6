import { expect, test } from 'vitest';
import { evaluateOnce } from '../../../src/usecases/judging/evaluate-once.ts';
import { facts } from '../domain/identity-samples.ts';

test('judges a signature at the time it is first seen, and says the same ever after', () => {
  let time = 0;
  const evaluate = evaluateOnce((_, now) => ({ kind: 'accepted', notes: [String(now.getTime())] }), {
    now: () => new Date(time),
  });
  const [early, late] = [facts(), facts()];
  expect(evaluate(early)).toMatchObject({ notes: ['0'] });
  time = 1000;
  expect(evaluate(late)).toMatchObject({ notes: ['1000'] });
  expect(evaluate(early)).toMatchObject({ notes: ['0'] });
});
