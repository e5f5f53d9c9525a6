import { expect, test } from 'vitest';
import type { Quirks } from '../../sandbox/registry/quirks.ts';
import { errorsOf, resultsOf, startSignWorld } from './sign-world.ts';

/* Each waits 15 s for what never comes, so they wait side by side, each with a registry of its own. */
test.concurrent.each<Quirks>([
  { manifestPut: 200, manifestPutStores: 'nothing' },
  { manifestPut: 202, manifestPutStores: 'other-bytes' },
  { blobPut: 200, blobPutStores: 'nothing' },
])('what a registry did not store with %j is an error, and nothing is reported as signed', async (quirks) => {
  const world = await startSignWorld();
  try {
    Object.assign(world.registry.quirks, quirks);
    const run = await world.sign({ images: world.image().pinned });
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run).join()).toContain('REGISTRY_INVALID');
    expect(run.outputs['images'] ?? '').toBe('');
    expect(resultsOf(run).images[0]).toMatchObject({ verdict: 'error', reason: 'REGISTRY_INVALID', signatures: [] });
  } finally {
    await world.close();
  }
});
