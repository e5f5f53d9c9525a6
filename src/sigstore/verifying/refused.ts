import type { RefusalReason } from '../../domain/signature/refusal.ts';

/**
 * Thrown by one check of a signature to refuse it; the verifier turns it into a `refused` value. It never
 * leaves src/sigstore: a refusal is a decision, not a failure.
 */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}

/**
 * Runs one check and turns whatever it throws into a refusal: libraries answer malformed input with
 * TypeError, SyntaxError, RangeError and their own classes, none of which may pass or crash the gate.
 */
export function refusing<T>(reason: RefusalReason, what: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(reason, `${what}: ${error instanceof Error ? error.message : 'unknown failure'}`, error);
  }
}
