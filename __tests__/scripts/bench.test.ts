import { expect, test } from 'vitest';
import { type BenchDocumentOptions, benchDocument, ratios } from '../../scripts/bench/document.ts';
import { DISCIPLINES, type Discipline, type Measured, phasesOf, type RaceResult } from '../../scripts/bench/races.ts';

test('the wall time of a run is divided by its requests, and the parts make the whole', () => {
  const requests = [
    { startedAt: 110, endedAt: 120 },
    // Two at once, then one within another.
    { startedAt: 130, endedAt: 150 },
    { startedAt: 140, endedAt: 160 },
    { startedAt: 145, endedAt: 147 },
    // Never answered.
    { startedAt: 170, endedAt: undefined },
  ];
  const phases = phasesOf(requests, { startedAt: 10, wallMs: 200 });
  expect(phases).toEqual({ startMs: 100, servedMs: 40, betweenMs: 20, endMs: 40 });
  expect(Object.values(phases).reduce((sum, part) => sum + part, 0)).toBe(200);
});

const measured = (wallMs: number): Measured => ({
  ...{ wallMs, requests: 1, connections: 1, peakRssBytes: 1 },
  phases: { startMs: 100, servedMs: 10, betweenMs: 50, endMs: 40 },
});
const weights: BenchDocumentOptions['weights'] = {
  ...{ oursBytes: 1, cosignBytes: 100, oursStartMs: 60, cosignStartMs: 40, nodeStartMs: 40, toolkitMs: 20 },
};
/** Ours and cosign at each latency, in ms. */
const raced = (
  ours: (latencyMs: number, discipline: Discipline) => number,
  cosign: (latencyMs: number) => number,
): RaceResult[] =>
  DISCIPLINES.flatMap((discipline) =>
    [25, 0, 10].map((latencyMs) => ({
      ...{ discipline, latencyMs, runs: 7 },
      ours: measured(ours(latencyMs, discipline)),
      cosign: measured(cosign(latencyMs)),
    })),
  );
const rowOf = (results: RaceResult[], what: string) => ratios({ results, weights }).find((row) => row.what === what);

test('only a path of the known length, and a process for one image, are called a floor', () => {
  const slow = (trips: number) =>
    raced(
      (latencyMs) => 200 + trips * 2 * latencyMs,
      () => 100,
    );
  expect(rowOf(slow(7), 'verify 1 image, one signature: trips')?.floor).toMatch(/^7 round trips/);
  expect(rowOf(slow(8), 'verify 1 image, one signature: trips')?.floor).toBeUndefined();
  expect(rowOf(slow(16), 'verify 50 images: trips')?.floor).toMatch(/^16 round trips .+ 4 waves/);
  expect(rowOf(slow(17), 'verify 50 images: trips')?.floor).toBeUndefined();
  expect(rowOf(slow(7), 'verify 1 image, one signature: wall without latency')?.floor).toBe(
    '40 ms Node, 60 ms until the first request, 10 ms services, 50 ms between answers, 40 ms after the last',
  );
  expect(rowOf(slow(8), 'GHCR: verify 1 image: trips')?.floor).toMatch(/^8 round trips/);
  expect(rowOf(slow(9), 'GHCR: verify 1 image: trips')?.floor).toBeUndefined();
});

test('many images are at the floor only if one image and the services of the others already take too long', () => {
  /** One image takes 200 ms; each further one 10 ms of ours and this much at services. */
  const many = (servedMs: number): RaceResult[] =>
    raced(
      (latencyMs, { images }) => 200 + 32 * latencyMs + (10 + servedMs) * (images - 1),
      () => 400,
    ).map((result) => {
      const { ours, discipline } = result;
      const phases = { ...ours.phases, servedMs: 10 + servedMs * (discipline.images - 1) };
      return { ...result, ours: { ...ours, phases } };
    });
  const what = 'verify 50 images: wall without latency';
  // Wanted are 1.5 × 400 ms: 400 ms for the 49 others.
  expect(rowOf(many(8.2), what)?.floor).toMatch(/^200 ms for one image, and for each of 49 more 8.2 ms services/);
  expect(rowOf(many(8.1), what)?.floor).toBeUndefined();
  expect(rowOf(many(8.1), what)?.spent).toMatch(/8.1 ms services and 10.0 ms ours/);
  expect(rowOf(many(8.2), 'verify 50 images: wall')?.floor).toBeUndefined();
});

test('a row is reached, at its floor or missed, and never more than one of them', () => {
  const options = { weights, machine: '', versions: '', date: new Date(0), busy: false };
  const verdicts = (results: RaceResult[]): string[] =>
    [...benchDocument({ ...options, results }).matchAll(/^\| .+ \| ≤ [\d.]+ \| -?[\d.]+ \| (\w+)/gm)].map(
      ([, word = '']) => word,
    );
  const rows = ratios({ results: [], weights }).length;
  const lost = verdicts(
    raced(
      (latencyMs) => 200 + 20 * latencyMs,
      (latencyMs) => 40 + latencyMs,
    ),
  );
  expect(lost).toHaveLength(
    ratios({
      results: raced(
        () => 1,
        () => 1,
      ),
      weights,
    }).length,
  );
  expect(lost.length).toBeGreaterThan(rows);
  expect(new Set(lost)).toEqual(new Set(['missed', 'at', 'reached']));
  const won = verdicts(
    raced(
      (latencyMs) => 10 + latencyMs,
      (latencyMs) => 10_000 + 1000 * latencyMs,
    ),
  );
  expect(new Set(won.slice(0, -1))).toEqual(new Set(['reached']));
});
