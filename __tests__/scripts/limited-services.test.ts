import { expect, test } from 'vitest';
import { type Refusal, signLimited } from '../../scripts/growth/limited-services.ts';

/* Public services limit their callers. Time is simulated: minutes of waiting take milliseconds. */

test.each<Refusal>(['seconds', 'date', 'page'])(
  'every image of a step ends signed although the log makes few entries a minute and says so by %s',
  async (refusal) => {
    const { run, signed, logEntries, refusals, simulatedMs } = await signLimited({
      ...{ images: 6, log: { perMinute: 4, refusal } },
    });
    expect(run.failure).toBeUndefined();
    expect(run.exitCode).toBe(0);
    expect(signed).toBe(6);
    // No entry is made twice.
    expect(logEntries).toBe(6);
    expect(refusals.log).toBeGreaterThanOrEqual(2);
    // The minute had to end first.
    expect(simulatedMs).toBeGreaterThanOrEqual(59_000);
  },
);

test('log, CA and registry may limit at once, each in its own words', async () => {
  const { run, signed, logEntries, refusals } = await signLimited({
    images: 6,
    log: { perMinute: 4, refusal: 'seconds' },
    ca: { perMinute: 1, refusal: 'date', others: 1 },
    registry: { perMinute: 8, refusal: 'go-duration' },
  });
  expect(run.failure).toBeUndefined();
  expect([run.exitCode, signed, logEntries]).toEqual([0, 6, 6]);
  for (const name of ['log', 'ca', 'registry'] as const) expect(refusals[name]).toBeGreaterThan(0);
});

test('a step that may not wait so long ends with an error, and uploads nothing', async () => {
  const { run, signed, logEntries } = await signLimited({
    ...{ images: 6, log: { perMinute: 4, refusal: 'seconds' }, inputs: { 'retry-for': '1s' } },
  });
  expect(run.exitCode).toBe(1);
  expect(signed).toBe(0);
  expect(logEntries).toBe(4);
});

test('without limits nobody is refused', async () => {
  const { run, signed, refusals } = await signLimited({ images: 3 });
  expect([run.exitCode, signed, refusals]).toEqual([0, 3, { log: 0, ca: 0, registry: 0 }]);
});
