import type { LoggedRequest } from '../../sandbox/http/request-log.ts';
import { median } from '../common/median.ts';
import type { Contestant, Course } from './course.ts';

/** Over plain http with everything in files; or as on a fresh runner of GitHub, with GHCR. See course.ts. */
export type CourseName = 'plain' | 'ghcr';

/** One discipline, with the ratios the project wants (ours ÷ cosign). */
export interface Discipline {
  readonly name: string;
  readonly course: CourseName;
  readonly images: number;
  /** Signatures each image carries before the run. */
  readonly signatures: number;
  readonly action: 'sign' | 'verify';
  readonly wanted: {
    readonly trips: number;
    /** Wall time at 25 ms each way. */
    readonly wall: number;
    /** Wall time without latency. */
    readonly wallAtZero?: number;
  };
  /** Round trips on our path, of which each needs the answer before it (docs/numbers.md). */
  readonly pathTrips: number;
  /** How often that path, or part of it, is gone: 16 images at a time (`concurrency`). Absent: once. */
  readonly waves?: number;
  /** Time that ours waits by design after everything is written, which cosign does not, in ms. */
  readonly settlingMs?: number;
}

const SIGN_1 = { images: 1, signatures: 0, action: 'sign' } as const;
const VERIFY_1 = { images: 1, signatures: 1, action: 'verify' } as const;
const VERIFY_50 = { images: 50, signatures: 1, action: 'verify' } as const;

export const DISCIPLINES: readonly Discipline[] = [
  {
    ...{ name: 'sign 1 image', course: 'plain', pathTrips: 10 },
    ...SIGN_1,
    wanted: { trips: 0.31, wall: 0.48, wallAtZero: 1.3 },
  },
  {
    // A further wave needs the look for signatures, the log's entry, bundle, manifest and listing: five.
    ...{ name: 'sign 20 images', course: 'plain', pathTrips: 15, waves: 2 },
    ...{ images: 20, signatures: 0, action: 'sign' },
    wanted: { trips: 0.035, wall: 0.06, wallAtZero: 0.2 },
  },
  {
    ...{ name: 'verify 1 image, one signature', course: 'plain', pathTrips: 7 },
    ...VERIFY_1,
    wanted: { trips: 0.7, wall: 0.9, wallAtZero: 3.5 },
  },
  {
    ...{ name: 'verify 1 image, five signatures', course: 'plain', pathTrips: 8 },
    ...{ images: 1, signatures: 5, action: 'verify' },
    wanted: { trips: 0.27, wall: 0.38, wallAtZero: 3 },
  },
  {
    // A further wave needs the listing, the manifest and the bundle: three.
    ...{ name: 'verify 50 images', course: 'plain', pathTrips: 16, waves: 4 },
    ...VERIFY_50,
    wanted: { trips: 0.058, wall: 0.095, wallAtZero: 1.5 },
  },
  // These paths, and what a run takes without latency, divided by cosign's time, plus five per cent (docs/numbers.md).
  {
    ...{ name: 'GHCR: sign 1 image', course: 'ghcr', pathTrips: 14, settlingMs: 3000 },
    ...SIGN_1,
    wanted: { trips: 0.29, wall: 0.42 },
  },
  { name: 'GHCR: verify 1 image', course: 'ghcr', pathTrips: 8, ...VERIFY_1, wanted: { trips: 0.31, wall: 0.43 } },
  {
    // A further wave needs the tag, the manifest, the redirect of the bundle and its storage: four.
    ...{ name: 'GHCR: verify 50 images', course: 'ghcr', pathTrips: 20, waves: 4 },
    ...VERIFY_50,
    wanted: { trips: 0.046, wall: 0.064 },
  },
];

export interface Measured {
  readonly wallMs: number;
  readonly requests: number;
  readonly connections: number;
  readonly peakRssBytes: number;
  readonly phases: Phases;
}

/** The wall time of a run in four parts, in ms. */
export interface Phases {
  /** From the start of the process until its first request arrives. */
  readonly startMs: number;
  /** Between the first request and the last answer, while at least one request is at a service. */
  readonly servedMs: number;
  /** Between them, while no request is at a service. */
  readonly betweenMs: number;
  /** From the last answer to the end of the process. */
  readonly endMs: number;
}

/** Medians of the paired runs of one discipline at one latency. */
export interface RaceResult {
  readonly discipline: Discipline;
  readonly latencyMs: number;
  readonly runs: number;
  readonly ours: Measured;
  readonly cosign: Measured;
}

export interface RaceOptions {
  readonly course: Course;
  readonly discipline: Discipline;
  /** Of the course, each way. */
  readonly latencyMs: number;
  /** Pairs. */
  readonly runs: number;
}

/** Runs a discipline in pairs, who starts alternating; every signing gets images of its own. */
export async function race({ course, discipline, latencyMs, runs }: RaceOptions): Promise<RaceResult> {
  const taken: Record<Contestant, Measured[]> = { ours: [], cosign: [] };
  const name = discipline.name.replaceAll(/\W+/g, '-').toLowerCase();
  const { images, signatures, action } = discipline;
  const shared = action === 'verify' ? await course.prepare(`${name}/shared`, images, signatures) : [];
  for (let run = 0; run < runs; run++) {
    const order: readonly Contestant[] = run % 2 === 0 ? ['ours', 'cosign'] : ['cosign', 'ours'];
    for (const who of order) {
      const references = action === 'verify' ? shared : await course.prepare(`${name}/${who}-${run}`, images, 0);
      course.log.clear();
      const before = course.log.connections().length;
      const { wallMs, startedAt, peakRssBytes } = await course[action](who, references);
      taken[who].push({
        wallMs,
        requests: course.log.requests().length,
        connections: course.log.connections().length - before,
        peakRssBytes: peakRssBytes ?? Number.NaN,
        phases: phasesOf(course.log.requests(), { startedAt, wallMs }),
      });
    }
  }
  return { discipline, latencyMs, runs, ours: medians(taken.ours), cosign: medians(taken.cosign) };
}

function medians(all: readonly Measured[]): Measured {
  return {
    wallMs: median(all.map(({ wallMs }) => wallMs)),
    requests: median(all.map(({ requests }) => requests)),
    connections: median(all.map(({ connections }) => connections)),
    peakRssBytes: median(all.map(({ peakRssBytes }) => peakRssBytes)),
    phases: {
      startMs: median(all.map(({ phases }) => phases.startMs)),
      servedMs: median(all.map(({ phases }) => phases.servedMs)),
      betweenMs: median(all.map(({ phases }) => phases.betweenMs)),
      endMs: median(all.map(({ phases }) => phases.endMs)),
    },
  };
}

/** Splits the wall time of a run by its requests, in order of arrival. A run asks at least once. */
export function phasesOf(
  requests: readonly Pick<LoggedRequest, 'startedAt' | 'endedAt'>[],
  { startedAt, wallMs }: { readonly startedAt: number; readonly wallMs: number },
): Phases {
  const first = requests[0]?.startedAt ?? startedAt;
  let servedMs = 0;
  let until = first;
  for (const request of requests) {
    const end = request.endedAt ?? request.startedAt;
    servedMs += Math.max(0, end - Math.max(until, request.startedAt));
    until = Math.max(until, end);
  }
  return {
    startMs: first - startedAt,
    servedMs,
    betweenMs: until - first - servedMs,
    endMs: startedAt + wallMs - until,
  };
}

/** Round trips on the critical path, connections included: the slope of wall time over round-trip time. */
export function tripsOf(results: readonly RaceResult[], who: Contestant): number {
  const points = results.map((result) => ({ x: 2 * result.latencyMs, y: result[who].wallMs }));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map((point) => point.x));
  const y = mean(points.map((point) => point.y));
  const covariance = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  return covariance / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
}
