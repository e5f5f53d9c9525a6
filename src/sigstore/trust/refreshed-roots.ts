import { createHash } from 'node:crypto';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toCodedError } from '../../coded-error.ts';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { createMemo } from '../../domain/calls/memo.ts';
import { within } from '../../domain/calls/within.ts';
import { formatDuration } from '../../domain/text/duration.ts';
import type { Clock } from '../../usecases/ports.ts';
import { SigstoreError } from '../sigstore-error.ts';
import type { LoadedRoot, RootMemory } from './trust-source.ts';

export interface RefreshedRootsOptions {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** How long a root is used after its repository last answered, in ms. */
  readonly maxAgeMs: number;
  /** Time between two refreshes, in ms; each differs by up to a fifth, so that replicas do not ask together. */
  readonly refreshMs: number;
  /** The limits of one refresh. */
  readonly callFor: (signal: AbortSignal) => CallLimits;
}

/** One trusted root as it is now, for readiness and metrics. */
export interface RootState {
  /** As in RootMemory. */
  readonly name: string;
  /** Undefined: none could be loaded yet. */
  readonly label: string | undefined;
  /** SHA-256 (hex) of its content. */
  readonly version: string | undefined;
  /** When its repository last answered; undefined for a file, and if there is no root. */
  readonly fetchedAt: Date | undefined;
  /** When it can no longer be used; undefined: never. */
  readonly endsAt: Date | undefined;
  /** Since when it could not be refreshed; undefined if the last attempt succeeded. */
  readonly failingSince: Date | undefined;
  /** Why. */
  readonly problem: string | undefined;
}

/**
 * Trusted roots for a process that lives for months. A kept root is used at once; `run` refreshes it in the background, and
 * while that fails, it is used for `maxAgeMs` after its repository last answered. Then it is TRUST_ROOT_UNAVAILABLE until a
 * refresh succeeds. A root from a file does not age. Only what was asked for once is kept.
 */
export interface RefreshedRoots extends RootMemory {
  /** Refreshes what was asked for, each root when it is due, until the signal ends. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  /** Refreshes once. Never rejects. */
  refresh(signal: AbortSignal): Promise<void>;
  /** Differs whenever the content of a kept root does. */
  version(): string;
  state(): readonly RootState[];
}

interface Kept {
  readonly loaded: LoadedRoot;
  readonly version: string;
}

interface Entry {
  readonly load: (call: CallLimits) => Promise<LoadedRoot>;
  kept: Kept | undefined;
  failure: { readonly since: Date; readonly problem: string } | undefined;
  /** When the background refreshes it; in ms since the epoch. */
  dueMs: number;
  /** When the load that is under way began, in ms since the epoch. */
  loadingSinceMs: number | undefined;
}

/** After a failed refresh, the next comes after this time at the latest, in ms. */
const AGAIN_MS = 300_000;
/** Requests that find no root that can be used share the failure of one load for this long, in ms. */
const FAILURE_MS = 10_000;
const JITTER = 0.2;
/** How often the background looks, within the shortest time between two refreshes. */
const LOOKS = 5;
/** Names of roots; see RootMemory. */
const ROOTS_MAX = 4;

export function createRefreshedRoots(options: RefreshedRootsOptions): RefreshedRoots {
  const { clock, random, maxAgeMs, refreshMs, callFor } = options;
  const entries = new Map<string, Entry>();
  const loads = createMemo<LoadedRoot>({ clock, lifetimeMs: 0, failureMs: FAILURE_MS, entriesMax: ROOTS_MAX });

  const endOf = ({ fetchedAt }: LoadedRoot): Date | undefined =>
    fetchedAt === undefined ? undefined : new Date(fetchedAt.getTime() + maxAgeMs);

  const isTooOld = (loaded: LoadedRoot): boolean => {
    const end = endOf(loaded);
    // Written so that an invalid time counts as too old.
    return end !== undefined && !(clock.now() < end);
  };

  const tooOld = ({ label, fetchedAt }: LoadedRoot): SigstoreError =>
    new SigstoreError(
      'TRUST_ROOT_UNAVAILABLE',
      `the trusted root ${label} was last refreshed at ${fetchedAt?.toISOString()}, more than ${formatDuration(maxAgeMs)} ago`,
      { hint: HINT },
    );

  /** Keeps what was loaded. Throws if it is too old to be used, or no newer than what is kept. */
  const keep = (entry: Entry, loaded: LoadedRoot): LoadedRoot => {
    const before = entry.kept;
    if (before !== undefined && loaded.isFromCache) {
      const said = isTooOld(before.loaded) ? tooOld(before.loaded).message : 'the root of its last answer is used';
      throw new SigstoreError('TRUST_ROOT_UNAVAILABLE', `the repository of ${loaded.label} does not answer; ${said}`, {
        hint: HINT,
      });
    }
    if (isTooOld(loaded)) throw tooOld(loaded);
    const version = versionOf(loaded);
    // The same object, because what was prepared for it is kept by it.
    const root = before?.version === version ? before.loaded.root : loaded.root;
    entry.kept = { loaded: { ...loaded, root }, version };
    entry.failure = undefined;
    return entry.kept.loaded;
  };

  const load = async (call: CallLimits, entry: Entry): Promise<LoadedRoot> => {
    entry.loadingSinceMs = clock.now().getTime();
    try {
      return keep(entry, await entry.load(call));
    } catch (error) {
      const { code, message } = toCodedError(error);
      entry.failure = { since: entry.failure?.since ?? clock.now(), problem: `${code}: ${message}` };
      throw error;
    } finally {
      entry.loadingSinceMs = undefined;
      const pauseMs = entry.failure === undefined ? refreshMs : Math.min(refreshMs, AGAIN_MS);
      entry.dueMs = clock.now().getTime() + pauseMs * (1 - JITTER + 2 * JITTER * random());
    }
  };

  /**
   * The load, or the last failure once a new attempt has lasted longer than this call may wait for outages: then the call says
   * what is down, and not that its time is up.
   */
  const orFailure = async (call: CallLimits, entry: Entry, loading: Promise<LoadedRoot>): Promise<LoadedRoot> => {
    const { failure } = entry;
    if (failure === undefined) return loading;
    const nowMs = clock.now().getTime();
    const lastedMs = nowMs - (entry.loadingSinceMs ?? nowMs);
    const done = new AbortController();
    const waited = clock.sleep(Math.max(0, call.retries.remainingMs() - lastedMs), done.signal).then((): never => {
      throw new SigstoreError('TRUST_ROOT_UNAVAILABLE', `no trusted root could be loaded yet: ${failure.problem}`, {
        hint: HINT,
      });
    });
    try {
      return await Promise.race([loading, waited]);
    } finally {
      done.abort();
    }
  };

  const refresh = async (signal: AbortSignal, due: readonly Entry[] = [...entries.values()]): Promise<void> => {
    for (const entry of due) {
      if (signal.aborted) return;
      const call = callFor(signal);
      await within(call.signal, () => load(call, entry)).catch((error: unknown) => {
        if (signal.aborted) return;
        const { code, message } = toCodedError(error);
        call.log.warning(`a trusted root could not be refreshed: ${code}: ${message}`);
      });
    }
  };

  return {
    get(call, name, loadRoot) {
      const entry: Entry = entries.get(name) ?? {
        load: loadRoot,
        kept: undefined,
        failure: undefined,
        dueMs: 0,
        loadingSinceMs: undefined,
      };
      entries.set(name, entry);
      if (entry.kept !== undefined && !isTooOld(entry.kept.loaded)) return Promise.resolve(entry.kept.loaded);
      return orFailure(
        call,
        entry,
        loads.get(call, name, (joint) => load(joint, entry)),
      );
    },
    refresh: (signal) => refresh(signal),
    async run(signal) {
      while (!signal.aborted) {
        // Short enough to notice a root that was asked for or has failed since.
        await clock.sleep(Math.min(refreshMs, AGAIN_MS) / LOOKS, signal).catch(() => undefined);
        const nowMs = clock.now().getTime();
        const due = [...entries.values()].filter(({ dueMs }) => dueMs <= nowMs);
        if (!signal.aborted) await refresh(signal, due);
      }
    },
    version() {
      const versions = [...entries].flatMap(([name, { kept }]) =>
        kept === undefined ? [] : `${name} ${kept.version}`,
      );
      return versions.sort().join(', ');
    },
    state: () =>
      [...entries].map(([name, { kept, failure }]): RootState => {
        return {
          name,
          label: kept?.loaded.label,
          version: kept?.version,
          fetchedAt: kept?.loaded.fetchedAt,
          endsAt: kept === undefined ? undefined : endOf(kept.loaded),
          failingSince: failure?.since,
          problem: failure?.problem,
        };
      }),
  };
}

const HINT = 'Let this program reach the TUF repository, or give it a trusted root as a file.';

function versionOf({ root }: LoadedRoot): string {
  return createHash('sha256')
    .update(JSON.stringify(TrustedRoot.toJSON(root)))
    .digest('hex');
}
