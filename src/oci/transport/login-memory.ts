import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { createCallMemory } from '../../domain/calls/call-memory.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import { knownRegistry } from './known-registries.ts';
import type { OriginState } from './origin-state.ts';
import type { RegistryCall } from './send-call.ts';

/** How long the login method of a registry is remembered for further calls, in ms, and for how many registries. */
const CHALLENGES = { lifetimeMs: 10 * 60_000, entriesMax: 256 };
/** The same for refused and for unnecessary logins, per repository; rights may change in the meantime. */
const REFUSALS = { lifetimeMs: 5 * 60_000, entriesMax: 4096 };

/** What the answers of registries have shown about logins; shared by all calls. */
export interface LoginMemory {
  /** The state of a registry, the same object for every call that asks within its lifetime. */
  stateOf(context: CallLimits, origin: URL): OriginState;
  /** What a registry to which others redirect asked for; logins are never sent there, so this is kept apart. */
  targetOf(context: CallLimits, origin: URL): Pick<OriginState, 'challenge'>;
  /** True if this repository was read without any login. */
  isOpen(context: CallLimits, repository: Repository): boolean;
  markOpen(context: CallLimits, repository: Repository): void;
  /** True if calls of this kind use no login, because the job's own token was refused for reading. */
  isAnonymous(context: CallLimits, call: Pick<RegistryCall, 'repository' | 'access'>): boolean;
  /** Reads this repository anonymously from now on. */
  markAnonymous(context: CallLimits, repository: Repository): void;
  /** True if the login for this repository may only pull. */
  isPullOnly(context: CallLimits, repository: Repository): boolean;
  markPullOnly(context: CallLimits, repository: Repository): void;
  /** How many of the logins for this repository were refused for reading it. */
  refusedLogins(context: CallLimits, repository: Repository): number;
  markRefused(context: CallLimits, repository: Repository, logins: number): void;
}

export function createLoginMemory(clock: { now(): Date }): LoginMemory {
  const states = createCallMemory<OriginState>({ clock, ...CHALLENGES });
  const targets = createCallMemory<Pick<OriginState, 'challenge'>>({ clock, ...CHALLENGES });
  const open = createCallMemory<true>({ clock, ...REFUSALS });
  const anonymous = createCallMemory<true>({ clock, ...REFUSALS });
  const pullOnly = createCallMemory<true>({ clock, ...REFUSALS });
  const refused = createCallMemory<number>({ clock, ...REFUSALS });
  return {
    stateOf(context, url) {
      const { origin } = url;
      const known = states.get(context, origin);
      if (known !== undefined) return known;
      const state: OriginState = {
        challenge: undefined,
        presumed: knownRegistry(url),
        open: new Set(),
        lacksCertificate: false,
        probe: undefined,
        isBaseAsked: false,
      };
      states.set(context, origin, state);
      return state;
    },
    targetOf(context, { origin }) {
      const target = targets.get(context, origin) ?? { challenge: undefined };
      targets.set(context, origin, target);
      return target;
    },
    isOpen: (context, repository) => open.get(context, formatRepository(repository)) === true,
    markOpen: (context, repository) => open.set(context, formatRepository(repository), true),
    // Nobody may push without a login, so a push always uses the login that exists, and its denial says what is wrong.
    isAnonymous: (context, { repository, access }) =>
      access === 'pull' && anonymous.get(context, formatRepository(repository)) === true,
    markAnonymous: (context, repository) => anonymous.set(context, formatRepository(repository), true),
    isPullOnly: (context, repository) => pullOnly.get(context, formatRepository(repository)) === true,
    markPullOnly: (context, repository) => pullOnly.set(context, formatRepository(repository), true),
    refusedLogins: (context, repository) => refused.get(context, formatRepository(repository)) ?? 0,
    markRefused: (context, repository, logins) => refused.set(context, formatRepository(repository), logins),
  };
}
