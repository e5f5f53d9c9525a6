import type { CallContext } from '../../usecases/call-context.ts';

/** What the server does with a body of JSON: `/validate` and `/mutate`. Answers the review to send back. */
export interface ReviewHandlers {
  /** Never rejects except by a defect, which the server answers as a refusal. `review` is parsed JSON of any shape. */
  validate(call: CallContext, review: unknown): Promise<object>;
  mutate(call: CallContext, review: unknown): Promise<object>;
}

/** Whether it can decide; shown by `/readyz`. */
export interface Readiness {
  /** Empty: ready. Otherwise what is missing, one sentence each. */
  problems(): readonly string[];
}
