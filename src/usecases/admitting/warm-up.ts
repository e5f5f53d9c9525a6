import type { CallContext } from '../call-context.ts';
import { mapLimited } from '../map-limited.ts';
import type { Admitter, ImageAdmission, ImageToAdmit, RegistryAccess } from './admitter.ts';

/** One image that runs or is expected, and how its registry may be read. */
export interface ExpectedImage {
  readonly image: ImageToAdmit;
  readonly access: RegistryAccess;
}

export interface WarmUpOptions {
  readonly admitter: Pick<Admitter, 'judge' | 'judgeAgain'>;
  /** Ends the warm-up. */
  readonly signal: AbortSignal;
  /** The limits of one judgement; `signal` ends with the given one. */
  readonly callFor: (signal: AbortSignal) => CallContext;
  /** Images at the same time. Low, because requests come first. Default 2. */
  readonly concurrency?: number;
  /** True: also images whose verdict is remembered, so that passes are renewed before they end. */
  readonly isAgain?: boolean;
  readonly onAdmission?: (expected: ExpectedImage, admission: ImageAdmission) => void;
}

/** How many images have which verdict. */
export type WarmUpCounts = Readonly<Record<ImageAdmission['verdict'], number>>;

const CONCURRENCY = 2;

/**
 * Judges images before anybody asks, so that their verdicts are remembered: those that run when the process starts, or
 * again at an interval. It decides nothing. Never rejects, except by a defect; ends early with its signal.
 */
export async function warmUp(expected: readonly ExpectedImage[], options: WarmUpOptions): Promise<WarmUpCounts> {
  const { admitter, signal, callFor, concurrency = CONCURRENCY, isAgain = false, onAdmission } = options;
  const counts = { pass: 0, allowed: 0, fail: 0, error: 0 };
  await mapLimited(expected, { limit: concurrency }, async (one) => {
    if (signal.aborted) return;
    const judge = isAgain ? admitter.judgeAgain : admitter.judge;
    const admission = await judge(callFor(signal), one.image, one.access);
    // What the end of the warm-up interrupted says nothing.
    if (signal.aborted) return;
    counts[admission.verdict] += 1;
    onAdmission?.(one, admission);
  });
  return counts;
}
