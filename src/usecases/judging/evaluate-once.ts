import type { Evaluation } from '../../domain/identity/evaluation.ts';
import type { Facts } from '../../domain/signature/facts.ts';
import type { Clock } from '../ports.ts';
import type { Evaluate } from './judge-image.ts';

/**
 * Evaluates each signature at the time of its first evaluation and remembers the answer. Later callers in the run get
 * the same answer, and a signature made while the run waited for it does not count as made in the future.
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
