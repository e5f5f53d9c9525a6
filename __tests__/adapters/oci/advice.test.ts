import { expect, test } from 'vitest';
import { on } from '../../../sandbox/http/faults.ts';
import { type BenchOptions, openBench, seedImage } from './harness.ts';

/** The hint of the error that a call on such a registry ends in. */
async function hintOf(
  options: BenchOptions,
  call: 'push' | 'pull',
  advice?: (problem: { readonly kind: string }) => string | undefined,
): Promise<{ readonly code: unknown; readonly hint: unknown }> {
  await using bench = await openBench({ retryFor: 0, ...options });
  const registry = bench.connect(advice === undefined ? {} : { advice });
  const { digest } = seedImage(bench);
  const calling = call === 'push' ? registry.openUpload(bench.repository) : registry.manifest(bench.repository, digest);
  const error = (await calling.catch((cause: unknown) => cause)) as { readonly code: unknown; readonly hint: unknown };
  // Every bench has a port of its own.
  return { code: error.code, hint: String(error.hint).replaceAll(bench.served.host, 'registry') };
}

const answering = (status: number): BenchOptions['registry'] => ({
  faults: [
    { match: on('GET', /\/manifests\//), times: 'always', action: { reply: { status, headers: [], body: '' } } },
  ],
});

test.each<[string, BenchOptions, 'push' | 'pull', string, string]>([
  [
    'a denied push',
    { auth: 'basic', registry: { quirks: { denyPush: true } } },
    'push',
    'push-forbidden',
    'REGISTRY_DENIED',
  ],
  ['a push without a login', { auth: 'basic', login: 'none' }, 'push', 'right-missing', 'REGISTRY_DENIED'],
  ['a forbidden read', { auth: 'basic', registry: answering(403) ?? {} }, 'pull', 'pull-forbidden', 'REGISTRY_DENIED'],
  ['a limit', { registry: answering(429) ?? {} }, 'pull', 'rate-limited', 'REGISTRY_UNAVAILABLE'],
  ['an outage', { registry: answering(503) ?? {} }, 'pull', 'outage', 'REGISTRY_UNAVAILABLE'],
])('%s is told to the root, whose words end in the error', async (_what, options, call, kind, code) => {
  const own = await hintOf(options, call, (problem) => `own words on ${problem.kind}`);
  expect(own.code).toBe(code);
  expect(own.hint).toContain(`own words on ${kind}`);
  // A root without words gets neutral ones, never none.
  const neutral = await hintOf(options, call, () => undefined);
  expect(neutral.hint).toMatch(/[a-z]\.$/);
  expect(neutral.hint).not.toMatch(/own words|packages:|`/);
  expect((await hintOf(options, call)).hint).toEqual(neutral.hint);
});
