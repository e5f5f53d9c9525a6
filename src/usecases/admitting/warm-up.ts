import type { CallContext } from '../call-context.ts';
import { mapLimited } from '../map-limited.ts';
import type { Admitter, ImageAdmission, ImageToAdmit, RegistryAccess } from './admitter.ts';

/** One image that runs or is expected, and how its registry may be read. */
export interface ExpectedImage {
  readonly image: ImageToAdmit;
  readonly access: RegistryAccess;
}

export interface WarmUpOptions {
  readonly admitter: Pick<Admitter, 'judge'>;
  /** Ends the warm-up. */
  readonly signal: AbortSignal;
  /** A call for one judgement; ends with the given signal. `close` stops its timer. */
  readonly newCall: (signal: AbortSignal) => { readonly call: CallContext; close(): void };
}

/** How many images have which verdict. */
export type WarmUpCounts = Readonly<Record<ImageAdmission['verdict'], number>>;

/** Images at the same time. Few, because requests come first. */
const AT_ONCE = 2;

/**
 * Judges images before anybody asks, so that their verdicts are remembered: those that run when the process starts. It
 * decides nothing. Never rejects, except by a defect; ends early with its signal.
 */
export async function warmUp(expected: readonly ExpectedImage[], options: WarmUpOptions): Promise<WarmUpCounts> {
  const { admitter, signal, newCall } = options;
  const counts = { pass: 0, allowed: 0, fail: 0, error: 0 };
  await mapLimited(expected, { limit: AT_ONCE }, async ({ image, access }) => {
    if (signal.aborted) return;
    const { call, close } = newCall(signal);
    try {
      const { verdict } = await admitter.judge(call, image, access);
      // What the end of the warm-up interrupted says nothing.
      if (!signal.aborted) counts[verdict] += 1;
    } finally {
      close();
    }
  });
  return counts;
}
