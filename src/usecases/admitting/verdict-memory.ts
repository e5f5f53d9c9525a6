import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { createExpiringMap } from '../../domain/calls/expiring-map.ts';
import { createSharedWork } from '../../domain/calls/shared-work.ts';
import { digestOf } from '../../domain/image/digest.ts';
import type { Clock } from '../ports.ts';
import type { ImageAdmission } from './admitter.ts';

/** A verdict, and how long it may be told to others. */
export interface FreshVerdict {
  readonly admission: ImageAdmission;
  /** In ms since the epoch; Infinity if nothing ends it earlier than the memory does. */
  readonly endMs: number;
  /** False if what decides has changed since the judgement began. */
  readonly isCurrent: boolean;
}

/** What a verdict is about: texts that differ whenever the verdict could. */
export interface VerdictKey {
  /** Everything that decides, whoever asks. */
  readonly subject: readonly unknown[];
  readonly loginId: string;
}

export interface VerdictMemory {
  /**
   * The verdict for a key: remembered, unless `isAgain`, or judged now. Calls with equal keys that come at the same time
   * share one judgement, which ends when the last of them has ended. Rejects with the reason of the call's signal, or with
   * what `judge` throws.
   */
  get(
    call: CallLimits,
    key: VerdictKey,
    how: { readonly isAgain: boolean; readonly judge: (call: CallLimits) => Promise<FreshVerdict> },
  ): Promise<ImageAdmission>;
  counts(): { readonly passes: number; readonly refusals: number };
}

interface MemoryOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** Passes at most, and as many other verdicts. */
  readonly entriesMax: number;
}

/** How long a pass is remembered at most, in ms. */
const PASS_MS = 3_600_000;
/** The same for every other verdict. */
const REFUSAL_MS = 30_000;

/**
 * Remembers verdicts (contract §2.7). A pass is proven by the signatures themselves, so it counts whoever asks. Every other
 * verdict depends on what a login could read, so it is kept by the login. The two do not share their limit: whoever has many
 * images refused does not push passes out.
 */
export function createVerdictMemory({ clock, entriesMax }: MemoryOptions): VerdictMemory {
  const passes = createExpiringMap<ImageAdmission>({ clock, entriesMax });
  const refusals = createExpiringMap<ImageAdmission>({ clock, entriesMax });
  const work = createSharedWork<ImageAdmission>();

  const keep = (
    { shared, own, isAgain }: { readonly shared: string; readonly own: string; readonly isAgain: boolean },
    { admission, endMs, isCurrent }: FreshVerdict,
  ): void => {
    if (!isCurrent) return;
    if (admission.verdict !== 'pass') {
      refusals.set(own, admission, REFUSAL_MS);
      // An outage says nothing about a pass that was proven before, nor does what a login could not see meanwhile.
      if (isAgain && admission.verdict !== 'error') passes.delete(shared);
      return;
    }
    refusals.delete(own);
    const lifetimeMs = Math.min(PASS_MS, endMs - clock.now().getTime());
    if (lifetimeMs > 0) passes.set(shared, admission, lifetimeMs);
  };

  return {
    get(call, { subject, loginId }, { isAgain, judge }) {
      // Hashed, because objects may bear annotations of 256 KiB.
      const shared = hashOf(subject);
      const own = hashOf([shared, loginId]);
      const known = isAgain ? undefined : (passes.get(shared) ?? refusals.get(own));
      if (known !== undefined) return Promise.resolve(known);
      return work.join(call, own, async (joint) => {
        const fresh = await judge(joint);
        // A judgement that was given up says nothing.
        if (!joint.signal.aborted) keep({ shared, own, isAgain }, fresh);
        return fresh.admission;
      });
    },
    counts: () => ({ passes: passes.size(), refusals: refusals.size() }),
  };
}

function hashOf(parts: readonly unknown[]): string {
  return digestOf(new TextEncoder().encode(JSON.stringify(parts)));
}
