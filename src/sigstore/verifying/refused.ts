import type { RefusalReason } from '../../domain/signature/refusal.ts';

/**
 * A check throws this to refuse a signature; the verifier turns it into a `refused` value. It never leaves
 * src/sigstore, because a refusal is a decision, not a failure.
 */
export class Refused extends Error {
  override readonly name: string = 'Refused';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.reason = reason;
  }
}

/**
 * Runs one check and turns everything it throws into a refusal: libraries throw TypeError, SyntaxError, RangeError and
 * their own classes for malformed input, and none of these may open or crash the gate.
 */
export function refusing<T>(reason: RefusalReason, what: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Refused(reason, `${what}: ${error instanceof Error ? error.message : 'unknown failure'}`, error);
  }
}
