import { describe, expect, test } from 'vitest';
import type { TokenServerOptions } from '../../sandbox/registry/token-server.ts';
import { startWorld, type World } from '../../sandbox/world.ts';
import { copyTampered } from './copy-tampered.ts';
import { createAppPusher } from './push-apps.ts';

/* Many repositories behind one token server: few requests for tokens where it grants several, and the same results. */

const IMAGES = 12;

async function signedApps(world: World, count = IMAGES) {
  const push = createAppPusher(() => world);
  const apps = await Promise.all(Array.from({ length: count }, push));
  const signing = await world.sign({ images: apps.map(({ pinned }) => pinned).join('\n') });
  expect(signing.exitCode, signing.log.join('\n')).toBe(0);
  return apps;
}

const verify = (world: World, images: readonly string[]) =>
  world.verify({
    images: images.join('\n'),
    'source-repository': 'octo-org/octo-repo',
    'certificate-oidc-issuer': world.sigstore.issuer,
    'wait-for': '0s',
  });

describe.each<[string, Omit<TokenServerOptions, 'users'>, boolean]>([
  ['grants several', {}, true],
  ['reads only the first scope', { firstScopeOnly: true }, false],
  ['issues tokens that say nothing', { form: 'opaque' }, false],
])('where the token server %s', (_what, tokens, isShared) => {
  test(`images in ${IMAGES} repositories are signed and verified, and a tampered one is refused`, async () => {
    await using world = await startWorld({ tokens });
    const apps = await signedApps(world);
    const first = apps[0] as (typeof apps)[number];
    copyTampered(world, first.name.slice(world.host.length + 1), 'acme/twin', first.digest);
    const before = world.tokens.issued.length;
    const twin = `${world.host}/acme/twin@${first.digest}`;
    const run = await verify(world, [...apps.map(({ pinned }) => pinned), twin]);
    const { images } = JSON.parse(run.outputs['results'] ?? '') as {
      images: { verdict: string; reason: string | null; image: string }[];
    };
    expect(images.map(({ verdict }) => verdict)).toEqual([...apps.map(() => 'pass'), 'fail']);
    expect(run.exitCode).toBe(1);
    const asked = world.tokens.issued.slice(before).map((one) => one.asked);
    if (isShared) {
      expect(asked.length).toBeLessThanOrEqual(3);
      expect(asked.flat().sort()).toEqual([...new Set(asked.flat())].sort());
    } else {
      // Once together; then each alone but for the first of each group, which may have been granted.
      expect(asked.filter((scopes) => scopes.length > 1).length).toBeLessThanOrEqual(2);
      expect(asked.filter((scopes) => scopes.length === 1).length).toBeGreaterThanOrEqual(IMAGES - 1);
    }
    expect(world.failures()).toEqual([]);
  });
});

test('a repository that the login may not read costs the others nothing', async () => {
  const hidden = 'acme/app-3';
  let isHidden = false;
  await using world = await startWorld({
    tokens: { grant: ({ name, actions }) => (isHidden && name === hidden ? [] : actions) },
  });
  const apps = await signedApps(world);
  isHidden = true;
  const run = await verify(
    world,
    apps.map(({ pinned }) => pinned),
  );
  const { images } = JSON.parse(run.outputs['results'] ?? '') as {
    images: { verdict: string; reason: string | null }[];
  };
  expect(images.map(({ verdict }) => verdict)).toEqual(apps.map((_, index) => (index === 2 ? 'error' : 'pass')));
  expect(images[2]?.reason).toBe('REGISTRY_DENIED');
  expect(run.exitCode).toBe(1);
});
