import { createHash } from 'node:crypto';
import type { CallLimits } from '../domain/calls/call-limits.ts';
import { createExpiringMap } from '../domain/calls/expiring-map.ts';
import { interleave } from '../usecases/rejudging/interleave.ts';
import { findingKey } from '../usecases/rejudging/notable.ts';
import type { Finding, FindingKind } from '../usecases/rejudging/round.ts';
import { findingText, MANAGED_BY, MANAGER } from './finding-text.ts';
import type { KubeApi } from './kube-api.ts';
import { microTime } from './micro-time.ts';
import { createWrites, type Writes } from './writes.ts';

export interface FindingEventsOptions {
  readonly api: KubeApi;
  readonly clock: { now(): Date };
  /** Of this process; shown as `reportingInstance`. */
  readonly identity: string;
  /** A call for one request. */
  readonly newCall: () => { readonly call: CallLimits; close(): void };
}

export interface EventsWritten {
  readonly written: number;
  /** The API server refused them or gave no answer. */
  readonly failed: number;
  readonly failure: string | undefined;
  /** Beyond the limit of one pass. */
  readonly left: number;
}

export interface FindingEvents {
  /**
   * Has one Event for each finding that holds: created, or renewed, because an API server forgets Events an hour after they
   * were last written. Rejects only by the reason of the signal.
   */
  write(findings: readonly Finding[], signal: AbortSignal): Promise<EventsWritten>;
}

/** The reasons that `kubectl get events --field-selector reason=…` selects. */
export const EVENT_REASONS: Readonly<Record<FindingKind, string>> = {
  refused: 'ImageWouldBeRefused',
  undecided: 'ImageNotDecided',
  'other-image': 'OtherImageRuns',
};

/** Events of one pass. The metric counts the rest. */
const WRITTEN_MAX = 500;
/** After this time an Event is renewed. `--event-ttl` of an API server is an hour unless set. */
const RENEW_AFTER_MS = 20 * 60_000;
const REMEMBERED_MS = 24 * 3_600_000;
/** events.k8s.io/v1: 1 kB; in bytes. */
const NOTE_MAX = 1_000;
/** events.k8s.io/v1: 128 characters. */
const INSTANCE_MAX = 128;

export function createFindingEvents({ api, clock, identity, newCall }: FindingEventsOptions): FindingEvents {
  const known = createExpiringMap<{ readonly count: number; readonly writtenMs: number }>({
    clock,
    entriesMax: 4 * WRITTEN_MAX,
  });
  /** True if the Event is there now. */
  const writeOne = async ({ send }: Writes, finding: Finding, count: number): Promise<boolean> => {
    const { namespace } = finding.pod;
    const name = eventName(finding);
    const collection = `/apis/events.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/events`;
    const series = { count: Math.max(2, count), lastObservedTime: microTime(clock.now()) };
    const renew = (): Promise<number | undefined> =>
      send({ method: 'PATCH', path: `${collection}/${encodeURIComponent(name)}`, body: { series } });
    if (count > 1) {
      const status = await renew();
      if (status !== 404) return status === 200;
    }
    const status = await send({ method: 'POST', path: collection, body: eventOf(finding, name) });
    // Another replica wrote it before this one led.
    return status === 409 ? (await renew()) === 200 : status === 201;
  };

  const eventOf = (finding: Finding, name: string): object => {
    const { namespace, name: pod, uid } = finding.pod;
    return {
      ...{ apiVersion: 'events.k8s.io/v1', kind: 'Event', metadata: { name, namespace, labels: MANAGED_BY } },
      ...{ eventTime: microTime(clock.now()), type: 'Warning', reason: EVENT_REASONS[finding.kind], action: 'Judge' },
      ...{ reportingController: MANAGER, reportingInstance: identity.slice(0, INSTANCE_MAX) },
      regarding: { apiVersion: 'v1', kind: 'Pod', namespace, name: pod, uid },
      note: findingText(finding, NOTE_MAX),
    };
  };

  return {
    async write(findings, signal) {
      const due = findings.filter((finding) => {
        const entry = known.get(findingKey(finding));
        return entry === undefined || clock.now().getTime() - entry.writtenMs >= RENEW_AFTER_MS;
      });
      // No namespace uses up the limit for the others.
      const turns = interleave(due, ({ pod }) => pod.namespace);
      const now = turns.slice(0, WRITTEN_MAX);
      const writes = createWrites(api, newCall, signal);
      let written = 0;
      for (const finding of now) {
        const key = findingKey(finding);
        const count = (known.get(key)?.count ?? 0) + 1;
        const isThere = !writes.isHopeless() && (await writeOne(writes, finding, count));
        writes.note(isThere);
        if (!isThere) continue;
        written += 1;
        known.set(key, { count, writtenMs: clock.now().getTime() }, REMEMBERED_MS);
      }
      const { failed, failure } = writes;
      return { written, failed, failure, left: turns.length - now.length };
    },
  };
}

/** One name for what an Event says, whichever replica says it: a subdomain of DNS, at most 253 characters. */
function eventName(finding: Finding): string {
  const hash = createHash('sha256').update(findingKey(finding)).digest('hex').slice(0, 20);
  return `${finding.pod.name.slice(0, 200).replace(/[.-]+$/, '')}.${MANAGER}-${hash}`;
}
