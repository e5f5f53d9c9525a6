import type { Evaluation } from '../../domain/identity/evaluation.ts';
import type { Facts } from '../../domain/signature/facts.ts';
import type { Clock } from '../ports.ts';
import type { Evaluate } from './judge-image.ts';

/**
 * Evaluates each signature at the time it is first looked at, and keeps that answer: whoever asks later in the run
 * gets the same one, and a signature made while the run waited for it is not one from the future.
 */
export function evaluateOnce(
  evaluate: (facts: Facts, now: Date) => Evaluation,
  clock: Pick<Clock, 'now'>,
): NonNullable<Evaluate> {
  const known = new WeakMap<Facts, Evaluation>();
  return (facts) => {
    const evaluation = known.get(facts) ?? evaluate(facts, clock.now());
    known.set(facts, evaluation);
    return evaluation;
  };
}
