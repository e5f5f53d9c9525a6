import type { CallLimits, Log } from '../domain/calls/call-limits.ts';
import { within } from '../domain/calls/within.ts';
import { isJsonObject, type JsonObject } from '../domain/text/json-object.ts';
import type { KubeApi } from './kube-api.ts';
import { microTime } from './micro-time.ts';

export interface LeaseOptions {
  readonly api: KubeApi;
  readonly clock: { now(): Date; sleep(ms: number, signal?: AbortSignal): Promise<void> };
  /** A clock that nobody sets, in ms (`performance.now`). */
  readonly monotonicMs: () => number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly namespace: string;
  readonly name: string;
  /** Unique among all processes that want the lease, also those of the same Pod after a restart. */
  readonly identity: string;
  readonly newCall: (within: AbortSignal, limitMs: number) => { readonly call: CallLimits; close(): void };
  readonly log: Log;
}

/** What the holder of the lease does. */
export interface Leading {
  /** Aborts when the lease is lost, and when the process ends. */
  readonly signal: AbortSignal;
  /** False as soon as another replica may hold the lease, also before `signal` could abort. */
  holds(): boolean;
}

/** How long others wait after they have seen the last renewal, in s. */
const LEASE_S = 60;
/** Without a renewal for so long the holder ends its work, in ms. The rest up to LEASE_S is for clocks that differ in speed. */
const RENEW_WITHIN_MS = 40_000;
const RETRY_MS = 10_000;
/** Longest wait for one answer, in ms. */
const ANSWER_MS = 8_000;
/** A lease that claims more than this is believed this long, in s: a wrong value must not stop the work. */
const LEASE_MAX_S = 600;

type Attempt = 'held' | 'busy' | 'failed';

/**
 * Does work while this process holds a Lease (coordination.k8s.io/v1), again and again until the signal ends. As in
 * client-go's leaderelection, times in the lease are never compared with the own clock: a lease counts as expired when it
 * did not change for its duration since this process saw it change. Every write names the resourceVersion that was read,
 * so that of two writers one fails. On the end the lease is released. Never rejects.
 */
export async function workWithLease(
  options: LeaseOptions,
  signal: AbortSignal,
  work: (leading: Leading) => Promise<void>,
): Promise<void> {
  const { clock, monotonicMs, random, log, name } = options;
  const lease = createLeaseClient(options);
  const pause = (): Promise<void> => clock.sleep(RETRY_MS * (1 + random() / 5), signal).catch(() => undefined);
  while (!signal.aborted) {
    const startedMs = monotonicMs();
    if ((await lease.tryToHold(signal, ANSWER_MS)) !== 'held') {
      await pause();
      continue;
    }
    log.info(`this replica holds the lease ${name}`);
    await lead(startedMs);
    if (!signal.aborted) await pause();
  }

  async function lead(startedMs: number): Promise<void> {
    const lost = new AbortController();
    const done = new AbortController();
    let validUntilMs = startedMs + RENEW_WITHIN_MS;
    const leading: Leading = {
      signal: AbortSignal.any([signal, lost.signal]),
      holds: () => !signal.aborted && !lost.signal.aborted && monotonicMs() < validUntilMs,
    };
    const lose = (why: string): void => {
      log.warning(`this replica no longer holds the lease ${name}: ${why}`);
      lost.abort(new Error(`the lease ${name} is lost`));
    };
    const renew = async (): Promise<void> => {
      const stop = AbortSignal.any([leading.signal, done.signal]);
      while (!stop.aborted) {
        await clock.sleep(Math.max(0, Math.min(RETRY_MS, validUntilMs - monotonicMs())), stop).catch(() => undefined);
        if (stop.aborted) return;
        const askedMs = monotonicMs();
        const leftMs = validUntilMs - askedMs;
        if (leftMs <= 0) return lose(`it was not renewed for ${RENEW_WITHIN_MS / 1000} s`);
        const attempt = await lease.tryToHold(stop, Math.min(ANSWER_MS, leftMs));
        if (stop.aborted) return;
        if (attempt === 'held') validUntilMs = askedMs + RENEW_WITHIN_MS;
        else if (lease.isHeldByOther()) return lose('another replica holds it');
      }
    };
    const renewing = renew();
    try {
      await work(leading);
    } catch (error) {
      if (!leading.signal.aborted) log.warning(`the work ended: ${error instanceof Error ? error.message : 'unknown'}`);
    }
    done.abort();
    await renewing;
    // Its work has ended, so another replica may begin at once.
    if (!lost.signal.aborted) await lease.release();
  }
}

interface LeaseClient {
  tryToHold(signal: AbortSignal, limitMs: number): Promise<Attempt>;
  /** As the last answer showed it. */
  isHeldByOther(): boolean;
  release(): Promise<void>;
}

function createLeaseClient(options: LeaseOptions): LeaseClient {
  const { api, clock, monotonicMs, newCall, namespace, name, identity, log } = options;
  const collection = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases`;
  const path = `${collection}/${encodeURIComponent(name)}`;
  /** What was last seen of the lease, and when it was first seen so. */
  let observed: { readonly record: string; readonly atMs: number; readonly holder: string } | undefined;

  const observe = (lease: JsonObject): JsonObject => {
    const spec = isJsonObject(lease['spec']) ? lease['spec'] : {};
    const metadata = isJsonObject(lease['metadata']) ? lease['metadata'] : {};
    const { holderIdentity, renewTime, acquireTime, leaseTransitions, leaseDurationSeconds } = spec;
    const { uid } = metadata;
    const record = JSON.stringify([
      uid,
      holderIdentity,
      renewTime,
      acquireTime,
      leaseTransitions,
      leaseDurationSeconds,
    ]);
    const holder = typeof holderIdentity === 'string' ? holderIdentity : '';
    if (observed?.record !== record) observed = { record, atMs: monotonicMs(), holder };
    return spec;
  };

  const attempt = async (call: CallLimits): Promise<Attempt> => {
    const found = await api.send(call, { method: 'GET', path });
    const now = microTime(clock.now());
    const own = { holderIdentity: identity, leaseDurationSeconds: LEASE_S, renewTime: now };
    if (found.status === 404) {
      const body = {
        ...{ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace } },
        spec: { ...own, acquireTime: now, leaseTransitions: 0 },
      };
      return settle(await api.send(call, { method: 'POST', path: collection, body }));
    }
    if (found.status !== 200 || !isJsonObject(found.body)) return failed(found.status);
    const spec = observe(found.body);
    const isOwn = observed?.holder === identity;
    if (!isOwn && observed !== undefined && observed.holder !== '') {
      const untilMs = observed.atMs + durationMs(spec['leaseDurationSeconds']);
      if (monotonicMs() < untilMs) return 'busy';
    }
    const transitions = Number.isSafeInteger(spec['leaseTransitions']) ? Number(spec['leaseTransitions']) : 0;
    const acquired = isOwn
      ? { acquireTime: spec['acquireTime'], leaseTransitions: transitions }
      : { acquireTime: now, leaseTransitions: transitions + 1 };
    // `metadata` has the resourceVersion that was read.
    const body = { ...found.body, spec: { ...spec, ...own, ...acquired } };
    return settle(await api.send(call, { method: 'PUT', path, body }));
  };

  const settle = ({ status, body }: { readonly status: number; readonly body: unknown }): Attempt => {
    if (status !== 200 && status !== 201) return status === 409 || status === 404 ? 'busy' : failed(status);
    if (isJsonObject(body)) observe(body);
    return 'held';
  };

  const failed = (status: number): 'failed' => {
    log.warning(`the API server answered ${status} to a request for the lease ${namespace}/${name}`);
    return 'failed';
  };

  return {
    async tryToHold(signal, limitMs) {
      const { call, close } = newCall(signal, limitMs);
      try {
        return await within(call.signal, () => attempt(call));
      } catch (error) {
        if (!signal.aborted) {
          log.warning(`the lease ${namespace}/${name}: ${error instanceof Error ? error.message : 'no answer'}`);
        }
        return 'failed';
      } finally {
        close();
      }
    },
    isHeldByOther: () => observed !== undefined && observed.holder !== '' && observed.holder !== identity,
    async release() {
      const { call, close } = newCall(new AbortController().signal, ANSWER_MS);
      try {
        await within(call.signal, async () => {
          const { status, body } = await api.send(call, { method: 'GET', path });
          if (status !== 200 || !isJsonObject(body)) return;
          const spec = observe(body);
          if (observed?.holder !== identity) return;
          const { holderIdentity: _, ...rest } = spec;
          const released = { ...rest, leaseDurationSeconds: 1, renewTime: microTime(clock.now()) };
          await api.send(call, { method: 'PUT', path, body: { ...body, spec: released } });
        });
      } catch {
        // The others wait until it expires.
      } finally {
        close();
      }
    },
  };
}

/** At least the own duration: a holder with a shorter one was told so by an older or wrong version. */
function durationMs(claimed: unknown): number {
  const seconds = typeof claimed === 'number' && Number.isFinite(claimed) ? claimed : 0;
  return 1000 * Math.min(LEASE_MAX_S, Math.max(LEASE_S, seconds));
}
