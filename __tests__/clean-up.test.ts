import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildImage, pushImage } from '../sandbox/registry/image-builder.ts';
import { PROFILES } from '../sandbox/registry/profiles.ts';
import { startWorld } from '../sandbox/world.ts';
import { shown } from './e2e/sign-world.ts';
import { withoutProcesses } from './in-process.ts';
import { ROOT } from './source-files.ts';

/* What docs/clean-up.md says of "untagged" rules, on a registry that answers as GHCR does. */

test('without referrers API, deleting what has no tag deletes bundles and leaves `.sig` tags', async () => {
  await using started = await startWorld({ quirks: { referrers: PROFILES.ghcr.referrers } });
  const world = withoutProcesses(started);
  const reasons: Record<string, string | undefined> = {};
  for (const format of ['bundle', 'legacy']) {
    const repository = `acme/${format}`;
    const image = buildImage({ content: format });
    await pushImage(world.registryUrl, repository, image, { tag: '1', ...(await world.pushLogin(repository)) });
    const images = `${world.host}/${repository}@${image.digest}`;
    const signed = await world.sign({ images, format });
    expect(signed.exitCode, shown(signed)).toBe(0);
    const { store } = world.registry;
    const tagged = new Set(store.tags(repository).map((tag) => store.getTag(repository, tag)));
    expect(store.tags(repository)).toEqual(
      expect.arrayContaining([`${image.digest.replace(':', '-')}${format === 'legacy' ? '.sig' : ''}`]),
    );
    const check = () =>
      world.verify({
        images,
        'source-repository': 'octo-org/octo-repo',
        'certificate-oidc-issuer': world.sigstore.issuer,
        'wait-for': '0s',
        'retry-for': '0s',
      });
    expect((await check()).outputs).toMatchObject({ verified: 'true' });
    for (const { digest } of store.manifests(repository)) {
      if (!tagged.has(digest)) store.deleteManifest(repository, digest);
    }
    const { verdict, reason } = (await check()).outputs;
    reasons[format] = `${verdict} ${reason}`;
    if (format === 'legacy') continue;
    const again = await world.sign({ images, format, 'retry-for': '0s' });
    expect(again.exitCode, shown(again)).toBe(0);
    expect((await check()).outputs).toMatchObject({ verified: 'true' });
  }
  expect(reasons).toEqual({ bundle: 'error REGISTRY_UNAVAILABLE', legacy: 'pass ' });
  const page = readFileSync(join(ROOT, 'docs/clean-up.md'), 'utf8');
  // The index still lists what is gone, and what is listed and not served is an outage, not an unsigned image.
  expect(page).toContain('`REGISTRY_UNAVAILABLE`');
});
