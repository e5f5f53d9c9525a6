import { toCodedError } from '../../coded-error.ts';
import type { PolicySet } from '../../domain/policy/policy.ts';
import type { PoliciesInForce, RulesInForce } from '../../usecases/admitting/admitter.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import type { Clock } from '../../usecases/ports.ts';
import type { PolicyTrust } from './policy-trust.ts';

/** Policies as they are judged by, and what is wrong with them. */
export interface PolicyRulesInForce {
  /** Those of the newest set whose trusted roots can be used. Never rejects, except by the end of the call. */
  rules(call: CallContext): Promise<RulesInForce>;
  /** Why no set, or an older one, is in force; empty if all is well. As of the last call of `rules`. */
  problems(): readonly string[];
}

interface PolicyRulesOptions {
  readonly clock: Pick<Clock, 'now'>;
  /** The newest policies that can be read. The same object as long as nothing changes. */
  readonly policies: () => PoliciesInForce;
  /** Connects the trusted roots of a set and checks that it can be judged by. */
  readonly connect: (call: CallContext, set: PolicySet) => Promise<PolicyTrust>;
}

/** A set whose trusted roots cannot be used is tried again after this time, in ms. */
const AGAIN_MS = 10_000;

/**
 * Brings each new set of policies into force with its trusted roots, as a whole or not at all. Until then, and if it cannot
 * be, the last good set stays in force; without one, nothing can be judged.
 */
export function createPolicyRules({ clock, policies, connect }: PolicyRulesOptions): PolicyRulesInForce {
  let inForce: { readonly set: PolicySet; readonly rules: RulesInForce } | undefined;
  let refused: { readonly set: PolicySet; readonly problem: string; readonly untilMs: number } | undefined;
  let problems: readonly string[] = ['the policies have not been asked for'];

  const isNewest = (set: PolicySet): boolean => {
    const now = policies();
    return now.kind === 'ready' && now.set === set;
  };

  const enter = async (call: CallContext, set: PolicySet): Promise<void> => {
    if (inForce?.set === set) return;
    if (refused?.set === set && clock.now().getTime() < refused.untilMs) return;
    try {
      const { otherRoots } = await connect(call, set);
      call.signal.throwIfAborted();
      // A newer set may have come into force meanwhile.
      if (isNewest(set)) inForce = { set, rules: { kind: 'ready', policies: set.policies, otherRoots } };
      if (refused?.set === set) refused = undefined;
    } catch (error) {
      call.signal.throwIfAborted();
      const { code, message } = toCodedError(error);
      refused = { set, problem: `${code}: ${message}`, untilMs: clock.now().getTime() + AGAIN_MS };
      call.log.warning(`the policies cannot be brought into force: ${refused.problem}`);
    }
  };

  return {
    async rules(call) {
      let newest = policies();
      while (newest.kind === 'ready') {
        await enter(call, newest.set);
        if (isNewest(newest.set)) break;
        newest = policies();
      }
      const own = newest.kind === 'ready' && refused?.set === newest.set ? [refused.problem] : [];
      problems = [...newest.problems, ...own];
      return inForce?.rules ?? { kind: 'unready', problems };
    },
    problems: () => problems,
  };
}
