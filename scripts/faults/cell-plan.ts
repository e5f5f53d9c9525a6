import type { FaultKind, Times } from './fault-kinds.ts';
import type { Target } from './targets.ts';

/** One cell of the fault matrix: which service fails, how, and how often. */
export interface CellPlan {
  readonly target: Target;
  readonly kind: FaultKind;
  readonly times: Times;
}
