import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { ERROR_CODES } from '../../coded-error.ts';
import { REFUSAL_REASONS } from '../../domain/signature/refusal.ts';
import type { RoundSummary } from './start-rejudging.ts';

export type ReviewPath = '/validate' | '/mutate';

/** Why a request got no review: a closed list, because labels must be bounded. */
export type Rejection = 'path' | 'method' | 'content-type' | 'body' | 'too-large' | 'busy' | 'aborted';

/** Values that are true when somebody asks. Undefined: not known. */
export interface Observed {
  /** Verdicts in memory. */
  readonly remembered: () => { readonly passes: number; readonly refusals: number };
  /** Undefined: no readable set. */
  readonly policies: () => number | undefined;
  /** True if the newest set is not the one in force. */
  readonly arePoliciesBroken: () => boolean;
  /** Age of the trusted root since it was last refreshed, in ms; undefined for a root from a file, or none. */
  readonly trustedRootAgeMs: () => number | undefined;
  /** The last round of judging what runs; undefined if this replica does not, or has not yet. */
  readonly round: () => RoundSummary | undefined;
  /** When the certificate in force ends. */
  readonly certificateEnds: () => Date | undefined;
}

export interface Metrics {
  /** A review was answered after so many ms. */
  answered(path: ReviewPath, verdict: 'allowed' | 'denied', ms: number): void;
  deadlineExpired(path: ReviewPath): void;
  rejected(rejection: Rejection): void;
  /** A request began; call the result when it ends. */
  begin(): () => void;
  /** An image field was judged. */
  judged(verdict: 'pass' | 'allowed' | 'fail' | 'error', reason: string | undefined): void;
  /** A verdict was not in memory, and was judged. */
  judgedNow(): void;
  certificateReloaded(isUsable: boolean): void;
  /** A round of judging what runs ended early. */
  roundFailed(code: string): void;
  observe(observed: Partial<Observed>): void;
  /** Prometheus' text format. */
  text(): Promise<{ readonly contentType: string; readonly body: string }>;
}

/** Upper bounds in seconds: from a remembered verdict to the longest deadline. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30];

const REASONS: ReadonlySet<string> = new Set([...ERROR_CODES, ...REFUSAL_REASONS]);

/**
 * Metrics of one process. No label holds a text that a registry or a policy chose. Of tenants' names, only namespaces are
 * labels, at most COUNTS_MAX of them.
 */
export function createMetrics({ withProcess = true }: { readonly withProcess?: boolean } = {}): Metrics {
  const register = new Registry();
  const registers = [register];
  if (withProcess) collectDefaultMetrics({ register });
  const reviews = new Counter({
    registers,
    name: 'countersign_reviews_total',
    help: 'Reviews answered, by path and verdict.',
    labelNames: ['path', 'verdict'],
  });
  const durations = new Histogram({
    registers,
    name: 'countersign_review_duration_seconds',
    help: 'Time from the header of a request to its review.',
    labelNames: ['path'],
    buckets: BUCKETS,
  });
  const expiries = new Counter({
    registers,
    name: 'countersign_deadline_expired_total',
    help: 'Reviews that were refused because the time of the request was up.',
    labelNames: ['path'],
  });
  const rejections = new Counter({
    registers,
    name: 'countersign_requests_rejected_total',
    help: 'Requests that got no review, by cause.',
    labelNames: ['cause'],
  });
  const running = new Gauge({ registers, name: 'countersign_requests_in_flight', help: 'Requests being answered.' });
  const images = new Counter({
    registers,
    name: 'countersign_images_total',
    help: 'Image fields judged, by verdict and reason.',
    labelNames: ['verdict', 'reason'],
  });
  const judgements = new Counter({
    registers,
    name: 'countersign_judgements_total',
    help: 'Verdicts that were not in memory. The other image fields of countersign_images_total needed no judgement.',
  });
  const failedRounds = new Counter({
    registers,
    name: 'countersign_rejudge_failures_total',
    help: 'Rounds of judging what runs that ended early, by code.',
    labelNames: ['code'],
  });
  const reloads = new Counter({
    registers,
    name: 'countersign_certificate_reloads_total',
    help: 'Changes of the certificate files, by result.',
    labelNames: ['result'],
  });
  for (const path of ['/validate', '/mutate'] as const) {
    for (const verdict of ['allowed', 'denied']) reviews.inc({ path, verdict }, 0);
    expiries.inc({ path }, 0);
  }
  for (const result of ['used', 'refused']) reloads.inc({ result }, 0);

  let observed: Partial<Observed> = {};
  const gauge = (name: string, help: string, read: () => number | undefined): void => {
    new Gauge({
      registers,
      name,
      help,
      collect() {
        // Without a value there is no line: zero would be one.
        this.remove();
        const value = read();
        if (value !== undefined) this.set(value);
      },
    });
  };
  gauge('countersign_passes_remembered', 'Passes in memory.', () => observed.remembered?.().passes);
  gauge('countersign_refusals_remembered', 'Refusals and errors in memory.', () => observed.remembered?.().refusals);
  gauge('countersign_policies', 'Policies in force.', () => observed.policies?.());
  gauge(
    'countersign_policies_broken',
    '1 if the newest policies are unreadable, so that older ones or none hold.',
    () => (observed.arePoliciesBroken === undefined ? undefined : Number(observed.arePoliciesBroken())),
  );
  gauge('countersign_trusted_root_age_seconds', 'Time since the trusted root was last refreshed.', () =>
    inSeconds(observed.trustedRootAgeMs?.()),
  );
  gauge('countersign_certificate_expiry_timestamp_seconds', 'When the certificate of the server ends.', () =>
    inSeconds(observed.certificateEnds?.()?.getTime()),
  );
  new Gauge({
    registers,
    name: 'countersign_running_images_refused',
    help: 'Distinct images that run and would not be admitted today, by namespace, kind and reason.',
    labelNames: ['namespace', 'kind', 'reason'],
    collect() {
      this.reset();
      const round = observed.round?.();
      if (round === undefined) return;
      // A round that found nothing says so.
      if (round.counts.length === 0) this.set({ namespace: '', kind: 'refused', reason: '' }, 0);
      for (const { images: count, ...labels } of round.counts) this.set(labels, count);
    },
  });
  gauge(
    'countersign_running_images',
    'Distinct images in the last round of judging what runs.',
    () => observed.round?.()?.images,
  );
  gauge('countersign_running_pods', 'Pods in that round.', () => observed.round?.()?.pods);
  gauge(
    'countersign_rejudge_incomplete',
    '1 if that round did not judge everything: more runs than it can hold, or a namespace could not be listed.',
    () => {
      const round = observed.round?.();
      return round === undefined ? undefined : Number(!round.isWhole);
    },
  );
  gauge(
    'countersign_rejudge_unwritten',
    'Events and PolicyReports that could not be written after that round.',
    () => observed.round?.()?.unwritten,
  );
  gauge('countersign_rejudged_timestamp_seconds', 'When the last round of judging what runs ended.', () =>
    inSeconds(observed.round?.()?.endedAt.getTime()),
  );
  return {
    answered(path, verdict, ms) {
      reviews.inc({ path, verdict });
      durations.observe({ path }, ms / 1000);
    },
    deadlineExpired: (path) => expiries.inc({ path }),
    rejected: (cause) => rejections.inc({ cause }),
    begin() {
      running.inc();
      return () => running.dec();
    },
    judged: (verdict, reason) => images.inc({ verdict, reason: reasonLabel(reason) }),
    judgedNow: () => judgements.inc(),
    roundFailed: (code) => failedRounds.inc({ code: reasonLabel(code) }),
    certificateReloaded: (isUsable) => reloads.inc({ result: isUsable ? 'used' : 'refused' }),
    observe(more) {
      observed = { ...observed, ...more };
    },
    text: async () => ({ contentType: register.contentType, body: await register.metrics() }),
  };
}

function inSeconds(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : ms / 1000;
}

function reasonLabel(reason: string | undefined): string {
  if (reason === undefined) return '';
  return REASONS.has(reason) ? reason : 'other';
}
