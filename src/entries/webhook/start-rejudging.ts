import { randomUUID } from 'node:crypto';
import { toCodedError } from '../../coded-error.ts';
import { createFindingEvents } from '../../kubernetes/finding-events.ts';
import { type Leading, workWithLease } from '../../kubernetes/lease.ts';
import { createPolicyReports } from '../../kubernetes/policy-reports.ts';
import { findGone, type RunningPods } from '../../kubernetes/running-pods.ts';
import type { Clock, Log } from '../../usecases/ports.ts';
import { createNotable } from '../../usecases/rejudging/notable.ts';
import { type RejudgeOptions, rejudge } from '../../usecases/rejudging/rejudge.ts';
import { createRelateContent } from '../../usecases/rejudging/relate-content.ts';
import type { Finding, FindingCount, Round } from '../../usecases/rejudging/round.ts';
import type { PodName } from '../../usecases/rejudging/running-pod.ts';
import { createPause } from './create-pause.ts';
import { createNewCall } from './new-call.ts';
import { type CoveredCluster, readCoveredPods } from './pod-images.ts';

export interface RejudgingOptions extends CoveredCluster {
  readonly admitter: RejudgeOptions['admitter'];
  /** The registries as kubelet reads them for such a Pod. May reject. */
  readonly accessFor: RejudgeOptions['accessFor'];
  readonly clock: Clock;
  /** The name of this replica, such as its Pod's; need not be unique. */
  readonly identity: string;
  /** Where the Lease is: the namespace of the webhook. */
  readonly namespace: string;
  /** From the beginning of one round to that of the next, in ms. */
  readonly everyMs: number;
  /** Called with each step; must not throw. */
  readonly onResult: (result: RejudgingResult) => void;
  readonly log: Log;
  /** Ends everything and releases the Lease. */
  readonly signal: AbortSignal;
  /** Default: `performance.now`. */
  readonly monotonicMs?: () => number;
  /** Uniform in [0, 1). Default: `Math.random`. */
  readonly random?: () => number;
  /** Longest wait before a leader's first round, in ms. Default: a minute. */
  readonly firstAfterMs?: number;
}

export type RejudgingResult =
  /** This replica judges what runs from now on. */
  | { readonly kind: 'leading' }
  /** Another replica does, or none: values of this one no longer count. */
  | { readonly kind: 'following' }
  | { readonly kind: 'round'; readonly summary: RoundSummary }
  /** The round found out nothing; the values of the last one are what is known. */
  | { readonly kind: 'failed'; readonly code: string };

/** What the metrics show of a round. */
export interface RoundSummary {
  readonly endedAt: Date;
  readonly pods: number;
  readonly images: number;
  /** False if the cluster runs more than one round can hold, or a namespace could not be listed: the rest was not judged. */
  readonly isWhole: boolean;
  /**
   * Distinct images that would not be admitted today, by namespace and reason, and 1 for a namespace whose Pods could not be
   * listed. At most COUNTS_MAX; the rest has no namespace.
   */
  readonly counts: readonly FindingCount[];
  /** Events and reports that could not be written. */
  readonly unwritten: number;
}

export const LEASE_NAME = 'countersign-rejudging';
const FIRST_AFTER_MS = 60_000;
/** Events are renewed so often between rounds; see finding-events.ts. */
const RENEW_EVENTS_MS = 25 * 60_000;
const LIST_MS = 5 * 60_000;
const REQUEST_MS = 10_000;
const ROUND_LEAST_MS = 5 * 60_000;
const ROUND_MOST_MS = 3_600_000;
const UNREAD_LOGGED = 10;
/** Series of a metric. */
export const COUNTS_MAX = 500;

/**
 * Judges what runs at an interval, while this replica holds the Lease, and writes what would be refused today into Events
 * and PolicyReports. Nothing is evicted. Resolves when everything has ended and the Lease is released; never rejects.
 */
export async function startRejudging(options: RejudgingOptions): Promise<void> {
  const { api, clock, namespace, log, signal, onResult } = options;
  const monotonicMs = options.monotonicMs ?? (() => performance.now());
  const newCall = createNewCall({ clock, log });
  const identity = `${options.identity}_${randomUUID()}`;
  const rounds = createRounds({ ...options, monotonicMs });
  const lease = {
    api,
    clock,
    monotonicMs,
    random: options.random ?? Math.random,
    namespace,
    name: LEASE_NAME,
    identity,
  };
  await workWithLease({ ...lease, newCall, log }, signal, async (leading) => {
    onResult({ kind: 'leading' });
    try {
      await clock.sleep(Math.min(options.firstAfterMs ?? FIRST_AFTER_MS, options.everyMs), leading.signal);
      while (leading.holds()) {
        const nextMs = monotonicMs() + options.everyMs;
        onResult(await rounds.run(leading));
        while (leading.holds() && monotonicMs() < nextMs) {
          await clock.sleep(Math.min(RENEW_EVENTS_MS, nextMs - monotonicMs()), leading.signal);
          if (leading.holds() && monotonicMs() < nextMs) await rounds.renewEvents(leading);
        }
      }
    } finally {
      onResult({ kind: 'following' });
    }
  });
}

function createRounds(options: RejudgingOptions & { readonly monotonicMs: () => number }): {
  /** Rejects only when the Lease is lost or the process ends. */
  run(leading: Leading): Promise<RejudgingResult>;
  renewEvents(leading: Leading): Promise<void>;
} {
  const { api, clock, log, everyMs, monotonicMs, identity } = options;
  const newCall = createNewCall({ clock, log });
  const relate = createRelateContent(clock);
  const pause = options.pause ?? createPause();
  const notableOf = createNotable();
  let notable: readonly Finding[] = [];

  const run = async (leading: Leading): Promise<RejudgingResult> => {
    const { signal } = leading;
    const untilMs = monotonicMs() + Math.max(ROUND_LEAST_MS, Math.min(everyMs, ROUND_MOST_MS));
    const judging = {
      admitter: options.admitter,
      accessFor: options.accessFor,
      relate,
      newCall,
      signal,
      pause,
    };
    const { pods, unread, isWhole } = await readPods(options, signal);
    const round = await rejudge(pods, { ...judging, isTimeUp: () => monotonicMs() >= untilMs });
    notable = notableOf(round);
    if (!leading.holds()) throw new Error('the lease was lost during the round');
    const unwritten = await publish(round, { isWhole, signal });
    const { images } = round;
    const counts = [...round.counts, ...unread.map(countUnread)];
    const summary: RoundSummary = {
      ...{ endedAt: clock.now(), pods: pods.length, images, isWhole, unwritten },
      counts: boundCounts(counts),
    };
    const refused = counts.reduce((sum, count) => sum + count.images, 0);
    log.info(`judged ${images} images of ${pods.length} Pods that run; ${refused} would not be admitted today`);
    for (const { namespace, code } of unread.slice(0, UNREAD_LOGGED)) {
      log.warning(`the Pods of the namespace ${namespace} could not be listed: ${code}`);
    }
    if (!isWhole && unread.length === 0) log.warning(`more Pods run than can be judged: only ${pods.length} were`);
    return { kind: 'round', summary };
  };

  /** How many Events and reports could not be written. */
  const publish = async (
    round: Round,
    { isWhole, signal }: { readonly isWhole: boolean; readonly signal: AbortSignal },
  ): Promise<number> => {
    const written = await eventsFor(signal).write(notable, signal);
    if (written.left > 0) log.warning(`${written.left} findings have no Event: they are more than the limit`);
    const reports = createPolicyReports({ api, clock, newCall: () => newCall(signal, REQUEST_MS) });
    if (round.unlisted > 0) log.warning(`${round.unlisted} findings are in no report: they are more than the limit`);
    let { failed, failure } = written;
    try {
      const reported = await reports.write(round, { isWhole, signal });
      failed += reported.failed;
      failure ??= reported.failure;
    } catch (error) {
      signal.throwIfAborted();
      failed += 1;
      failure ??= toCodedError(error).message;
    }
    if (failed > 0) log.warning(`${failed} Events or PolicyReports could not be written; the first: ${failure}`);
    return failed;
  };

  /** Remembers across rounds; its calls end with the signal of the term in which they are made. */
  let term: AbortSignal | undefined;
  const events = createFindingEvents({
    ...{ api, clock, identity },
    newCall: () => newCall(term ?? options.signal, REQUEST_MS),
  });
  const eventsFor = (signal: AbortSignal): typeof events => {
    term = signal;
    return events;
  };

  return {
    async run(leading) {
      try {
        return await run(leading);
      } catch (error) {
        leading.signal.throwIfAborted();
        const { code, message } = toCodedError(error);
        log.warning(`what runs could not be judged: ${code}: ${message}`);
        return { kind: 'failed', code };
      }
    },
    async renewEvents({ signal }) {
      const pods = new Map<string, PodName>(notable.map(({ pod }) => [pod.uid, pod]));
      const gone = await findGone([...pods.values()].slice(0, COUNTS_MAX), {
        ...{ api, newCall: () => newCall(signal, REQUEST_MS) },
      });
      notable = notable.filter(({ pod }) => !gone.has(pod.uid));
      await eventsFor(signal).write(notable, signal);
    },
  };
}

async function readPods(options: RejudgingOptions, signal: AbortSignal): Promise<RunningPods> {
  const { call, close } = createNewCall(options)(signal, LIST_MS);
  return readCoveredPods(call, options).finally(close);
}

/** Nothing is known of it, which is one thing that is undecided. */
function countUnread({ namespace, code }: RunningPods['unread'][number]): FindingCount {
  return { namespace, kind: 'undecided', reason: code, images: 1 };
}

/** The largest counts with their namespace, and the rest by reason alone. */
function boundCounts(counts: readonly FindingCount[]): FindingCount[] {
  const sorted = [...counts].sort((one, other) => other.images - one.images);
  const rest = new Map<string, FindingCount>();
  for (const { kind, reason, images } of sorted.slice(COUNTS_MAX)) {
    const key = `${kind} ${reason}`;
    rest.set(key, { namespace: '', kind, reason, images: (rest.get(key)?.images ?? 0) + images });
  }
  return [...sorted.slice(0, COUNTS_MAX), ...rest.values()];
}
