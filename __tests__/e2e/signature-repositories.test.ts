import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../sandbox/http/serve.ts';
import { createRegistry } from '../../sandbox/registry/registry.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { BUNDLE_PREDICATE_ANNOTATION, BUNDLE_V03 } from '../../src/domain/image/media-types.ts';
import { withoutProcesses } from '../in-process.ts';
import { errorsOf, resultsOf, type SignWorld, type StoredImage, shown, startSignWorld } from './sign-world.ts';

/* Images of one step whose signatures live in several repositories, and what lies beside them, through dist/ and in this process. */

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;

beforeAll(async () => {
  byDist = await startSignWorld();
  world = withoutProcesses(byDist);
});
afterAll(async () => {
  await world.close();
});

const gate = () => ({
  'source-repository': 'octo-org/octo-repo',
  'source-ref': 'refs/heads/main',
  'certificate-oidc-issuer': world.sigstore.issuer,
  'wait-for': '0s',
});
const ok = (run: RunResult): RunResult => {
  expect(run.exitCode, shown(run)).toBe(0);
  return run;
};
const stored = ({ digest }: StoredImage, repository: string) => ({ repository, digest });
const countOf = (image: { repository: string; digest: string }) => ({
  bundles: world.bundles(image).length,
  layers: (world.signatureTag(image)?.layers ?? []).length as number,
});

test('two images whose signatures live in two repositories, and one that keeps its own', async () => {
  const one = world.image({ repository: 'team-one/app', content: 'same' });
  const two = world.index({ repository: 'team-two/deep/app' });
  // The digest of the first, in a repository that no line is about.
  const own = world.image({ repository: 'team-three/app', content: 'same' });
  expect(own.digest).toBe(one.digest);
  const at = (path: string): string => `${world.host}/${path}`;
  const images = [one, two, own].map(({ pinned }) => pinned).join('\n');
  const lines = `${at('team-one')}=${at('sigs/one')}\n${at('team-two')}=${at('sigs/all')}\n${at('team-two/deep')}=${at('sigs/two')}`;
  const inputs = { images, format: 'both', recursive: 'true', 'signature-repository': lines };

  const dry = ok(await world.sign({ ...inputs, 'dry-run': 'true' }));
  expect(dry.log.join('\n')).toContain(
    `${one.pinned}: would be signed as ${one.digest}, signature in ${at('sigs/one')}`,
  );
  expect(dry.log.join('\n')).toMatch(new RegExp(`${own.digest}$`, 'm'));

  const entries = world.sigstore.rekorV1.size();
  const signed = ok(await byDist.sign(inputs));
  const log = signed.log.join('\n');
  expect(log).toContain(`stored in ${at('sigs/one')}`);
  expect(log).toContain(`stored in ${at('sigs/two')}`);
  expect(signed.summary).toContain(`COSIGN_REPOSITORY=${at('sigs/one')} cosign verify`);
  expect(signed.summary).toContain(`COSIGN_REPOSITORY=${at('sigs/two')} cosign verify`);
  expect(signed.summary).toContain(`      ${at('team-one')}=${at('sigs/one')}\n`);
  expect(countOf(stored(one, 'sigs/one'))).toEqual({ bundles: 1, layers: 1 });
  expect(countOf(stored(two, 'sigs/two'))).toEqual({ bundles: 1, layers: 1 });
  expect(countOf(own)).toEqual({ bundles: 1, layers: 1 });
  const children = two.built.manifests.filter(({ platform }) => platform?.os === 'linux');
  expect(children.length).toBeGreaterThan(1);
  for (const child of children) {
    expect(countOf({ repository: 'sigs/two', digest: child.digest })).toEqual({ bundles: 1, layers: 1 });
  }
  for (const image of [one, two, stored(one, 'sigs/two'), stored(two, 'sigs/all')]) {
    expect(countOf(image)).toEqual({ bundles: 0, layers: 0 });
  }
  // The bundle of the common digest once; a legacy payload names the image's own repository.
  expect(world.bundles(own)).toEqual(world.bundles(stored(one, 'sigs/one')));
  const made = world.sigstore.rekorV1.size() - entries;

  const again = ok(await world.sign(inputs));
  expect(world.sigstore.rekorV1.size() - entries).toBe(made);
  for (const image of resultsOf(again).images)
    expect(image.signatures).toMatchObject([{ written: false }, { written: false }]);

  const verifying = { ...gate(), images, recursive: 'true', 'signature-repository': lines };
  for (const format of ['any', 'bundle', 'legacy']) {
    const by = format === 'any' ? byDist : world;
    const passed = ok(await by.verify({ ...verifying, format }));
    expect(passed.outputs).toMatchObject({ verified: 'true', images });
  }
  // The twin: one signature is gone from its repository, and nothing elsewhere stands in for it.
  const { store } = world.registry;
  for (const referrer of store.referrers('sigs/two', two.digest)) store.deleteManifest('sigs/two', referrer.digest);
  const refused = await byDist.verify({ ...verifying, format: 'bundle' });
  expect(refused.exitCode).toBe(1);
  expect(resultsOf(refused).images.map(({ reason }: { reason: string | null }) => reason)).toEqual([
    null,
    'NO_SIGNATURE',
    null,
  ]);
  expect(resultsOf(refused).images[1].message).toContain(at('sigs/two'));
  expect(refused.log.join('\n')).toMatch(new RegExp(`GET \\S+ in ${at('sigs/two')}: 200`));
  // Without the lines each image is looked for in its own repository.
  const elsewhere = await world.verify({ ...verifying, format: 'bundle', 'signature-repository': '' });
  expect(resultsOf(elsewhere).images.map(({ reason }: { reason: string | null }) => reason)).toEqual([
    'NO_SIGNATURE',
    'NO_SIGNATURE',
    null,
  ]);
});

test('the signatures of one image live in another registry, which does not see the login of the first', async () => {
  const second = createRegistry({});
  await using server = await serve(second.handle, { name: 'second registry', log: world.log });
  const here = world.image({ repository: 'near/app' });
  const there = world.image({ repository: 'far/app' });
  const sigs = `localhost:${server.port}/acme/sigs`;
  const inputs = {
    images: `${here.pinned}\n${there.pinned}`,
    'signature-repository': `${there.name}=${sigs}`,
    registry: world.host,
    'registry-username': world.login.username,
    'registry-password': world.login.password,
  };
  ok(await world.sign({ ...inputs, 'if-signed': 'sign' }));
  expect(countOf(here).bundles).toBe(1);
  expect(countOf(there).bundles).toBe(0);
  expect(second.store.referrers('acme/sigs', there.digest)).toHaveLength(1);
  ok(await world.verify({ ...gate(), ...inputs }));
  const asked = world.log.requests().filter((one) => one.server === 'second registry');
  expect(asked.length).toBeGreaterThan(4);
  expect(asked.filter(({ headers }) => headers['authorization'] !== undefined)).toEqual([]);
  // The twin: the second registry is empty.
  for (const { digest } of second.store.referrers('acme/sigs', there.digest))
    second.store.deleteManifest('acme/sigs', digest);
  const refused = await world.verify({ ...gate(), ...inputs });
  expect(resultsOf(refused).images.map(({ reason }: { reason: string | null }) => reason)).toEqual([
    null,
    'NO_SIGNATURE',
  ]);
  expect(resultsOf(refused).images[1].message).toContain(sigs);
});

test('a line that no image uses stops both actions before any request to a registry', async () => {
  const image = world.image({ repository: 'typo/app' });
  const inputs = { images: image.pinned, 'signature-repository': `${world.host}/tpyo=${world.host}/sigs/typo` };
  const seen = world.log.requests().length;
  for (const run of [await world.sign(inputs), await world.verify({ ...gate(), ...inputs })]) {
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run).join()).toContain(`no image of this step is in "${world.host}/tpyo" or below it`);
    expect(errorsOf(run).join()).toContain(`"${image.name}"`);
  }
  expect(
    world.log
      .requests()
      .slice(seen)
      .filter(({ server }) => server === 'registry'),
  ).toEqual([]);
});

test('an attestation of 17 MiB beside an unsigned image: the gate waits, and passes once the image is signed', async () => {
  const large = Buffer.alloc(17 * 1024 * 1024, 32);
  const attested = (content: string): StoredImage => {
    const image = world.image({ content });
    seedReferrer(world.registry.store, image.repository, image.digest, {
      artifactType: BUNDLE_V03,
      layer: large,
      annotations: { [BUNDLE_PREDICATE_ANNOTATION]: 'https://spdx.dev/Document' },
    });
    return image;
  };
  const late = attested('signed late');
  const place = `${world.host}/late/sigs`;
  ok(await world.sign({ images: late.pinned, 'signature-repository': place }));
  const [bundle] = world.bundles(stored(late, 'late/sigs'));
  const listing = `/v2/${late.repository}/referrers/`;
  const asked = () =>
    world.log.requests().filter(({ path, status }) => path.startsWith(listing) && status === 200).length;
  const running = world.verify({ ...gate(), images: late.pinned, 'wait-for': '60s' });
  while (asked() === 0) await sleep(20);
  seedReferrer(world.registry.store, late.repository, late.digest, {
    artifactType: BUNDLE_V03,
    layer: JSON.stringify(bundle),
  });
  const passed = ok(await running);
  expect(passed.outputs['verified']).toBe('true');
  expect(asked()).toBeGreaterThan(1);

  // The twin stays unsigned; what lies beside it is named, with the reason why it was not read.
  const never = attested('never signed');
  const refused = await world.verify({ ...gate(), images: never.pinned, 'wait-for': '1s' });
  expect(resultsOf(refused).images[0]).toMatchObject({ verdict: 'fail', reason: 'NO_SIGNATURE' });
  const told = `${refused.log.join('\n')}`;
  expect(told).toContain('waiting 1 s for a signature');
  expect(told).toContain('https://spdx.dev/Document: its bundle has 17825792 bytes, and only 16777216 are read');
  expect(refused.summary).toContain('17825792 bytes');
  const blobs = world.log.requests().filter(({ path }) => path.startsWith(`/v2/${never.repository}/blobs/`));
  expect(blobs).toEqual([]);
});

test('a large attestation does not keep an image from being signed, nor its own signature from being found', async () => {
  const image = world.image();
  seedReferrer(world.registry.store, image.repository, image.digest, {
    artifactType: BUNDLE_V03,
    layer: Buffer.alloc(17 * 1024 * 1024, 32),
  });
  ok(await world.sign({ images: image.pinned }));
  const entries = world.sigstore.rekorV1.size();
  const again = ok(await world.sign({ images: image.pinned }));
  expect(resultsOf(again).images[0].signatures).toMatchObject([{ written: false }]);
  expect(world.sigstore.rekorV1.size()).toBe(entries);
  ok(await world.verify({ ...gate(), images: image.pinned }));
});
