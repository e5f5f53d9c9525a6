import { afterAll, beforeAll, expect, test } from 'vitest';
import { on, withFaults } from '../../sandbox/http/faults.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { withoutProcesses } from '../in-process.ts';
import { errorsOf, IMPATIENT, type Json, resultsOf, type SignWorld, shown, startSignWorld } from './sign-world.ts';

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;
/** Its certificates are short-lived. */
let hasty: SignWorld;

beforeAll(async () => {
  const worlds = await Promise.all([startSignWorld(), startSignWorld({ sigstore: { lifetimeSeconds: 12 } })]);
  [byDist] = worlds;
  [world, hasty] = [withoutProcesses(worlds[0]), withoutProcesses(worlds[1])];
});
afterAll(async () => {
  await Promise.all([world.close(), hasty.close()]);
});

const ok = (run: RunResult): RunResult => {
  expect(run.exitCode, shown(run)).toBe(0);
  return run;
};
const entriesOf = (run: RunResult): number[] =>
  resultsOf(run).images.flatMap((image: Json) => image.signatures.map((signature: Json) => signature.log.index));

test.each(['skip', 'sign'])(
  'one id-token and one certificate serve all images of a run (if-signed: %s)',
  async (ifSigned) => {
    const images = [world.image(), world.image(), world.index()];
    const before = { oidc: world.asked('oidc'), ca: world.asked('ca', 'POST') };
    ok(
      await byDist.sign({
        images: images.map((image) => image.pinned).join('\n'),
        recursive: 'true',
        'if-signed': ifSigned,
      }),
    );
    expect(world.asked('oidc') - before.oidc).toBe(1);
    expect(world.asked('ca', 'POST') - before.ca).toBe(1);
    const certificates = images.map((image) => world.bundles(image)[0].verificationMaterial.certificate.rawBytes);
    expect(new Set(certificates).size).toBe(1);
  },
);

test('Rekor v1: the entry that a 409 names must be ours', async () => {
  const [image, other] = [world.image(), world.image()];
  const foreign = ok(await world.sign({ images: other.pinned }));
  const index = entriesOf(foreign)[0];
  const lying = world.service(async (request) => {
    if (request.method === 'POST') {
      const answer = await world.sigstore.rekorV1.handler({
        ...request,
        method: 'GET',
        url: entryUrl(request.url, index),
      });
      const [uuid] = Object.keys(JSON.parse(String(answer.body)));
      return { status: 409, headers: [['Location', `/api/v1/log/entries/${uuid}`]], body: '{}' };
    }
    return world.sigstore.rekorV1.handler(request);
  });
  const config = world.configWith({ logs: [{ url: lying }] });
  const run = await world.sign({ images: image.pinned, 'signing-config': config, ...IMPATIENT });
  expect(run.exitCode).toBe(1);
  expect(errorsOf(run).join()).toContain('LOG_INVALID');
  expect(world.referrers(image)).toEqual([]);
});

function entryUrl(base: URL, index: number | undefined): URL {
  const url = new URL('/api/v1/log/entries', base);
  url.searchParams.set('logIndex', String(index));
  return url;
}

test('Rekor v2: after a lost answer it signs again, with the same key and a new timestamp', async () => {
  const image = world.image();
  const losing = world.service(
    withFaults(world.sigstore.rekorV2.handler, [
      { match: on('POST', /entries$/), times: 1, action: { fault: 'reset', afterEffect: true } },
    ]),
  );
  const config = world.configWith({ logs: [{ url: losing, majorApiVersion: 2 }] }, 'v2');
  const before = { size: world.sigstore.rekorV2.size(), tsa: world.asked('tsa'), ca: world.asked('ca', 'POST') };
  ok(await world.sign({ images: image.pinned, 'signing-config': config }));
  expect(world.sigstore.rekorV2.size() - before.size).toBe(2);
  expect(world.asked('tsa') - before.tsa).toBe(2);
  expect(world.asked('ca', 'POST') - before.ca).toBe(1);
  expect(world.bundles(image)).toHaveLength(1);
});

test('legacy and both need a Rekor v1: a configuration without one is INPUT_INVALID before anything is logged', async () => {
  const image = world.image();
  const before = { size: world.sigstore.rekorV2.size(), ca: world.asked('ca', 'POST') };
  for (const variant of ['v2', 'tsa'] as const) {
    const run = await world.sign({
      images: image.pinned,
      format: 'both',
      'signing-config': world.sigstore.signingConfigJson(variant),
      'trusted-root': world.sigstore.trustedRootJson(variant),
    });
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run).join()).toMatch(/INPUT_INVALID[\s\S]*Rekor v1/);
  }
  expect({ size: world.sigstore.rekorV2.size(), ca: world.asked('ca', 'POST') }).toEqual(before);
  expect(world.referrers(image)).toEqual([]);
});

test('an outage that ends within retry-for is waited out, of every service', async () => {
  const { sigstore } = world;
  const image = world.image();
  const busy = { status: 503, headers: [['Retry-After', '0']], body: 'busy' } as const;
  const flaky = (handler: typeof sigstore.tsa.handler): string =>
    world.service(withFaults(handler, [{ match: () => true, times: 1, action: { reply: busy } }]));
  sigstore.oidc.answerNext(busy);
  const config = world.configWith({
    certificateAuthorities: [{ url: flaky(sigstore.ca.handler) }],
    logs: [{ url: flaky(sigstore.rekorV1.handler) }],
    timestampAuthorities: [{ url: `${flaky(sigstore.tsa.handler)}/api/v1/timestamp` }],
  });
  ok(await world.sign({ images: image.pinned, 'signing-config': config }));
  expect(world.bundles(image)).toHaveLength(1);
});

test('a TUF mirror names the services and the root; a root of another repository is refused', async () => {
  const { sigstore } = world;
  const image = world.image();
  const mirror = { images: image.pinned, 'trusted-root': '', 'signing-config': '', 'tuf-mirror': sigstore.urls.tuf };
  const root = (from: SignWorld): string => Buffer.from(from.sigstore.tuf.initialRoot).toString();
  const refused = await world.sign({ ...mirror, 'tuf-root': root(hasty), ...IMPATIENT });
  expect(refused.exitCode).toBe(1);
  expect(errorsOf(refused).join()).toMatch(/TRUST_ROOT_(INVALID|UNAVAILABLE)/);
  expect(world.referrers(image)).toEqual([]);
  ok(await byDist.sign({ ...mirror, 'tuf-root': root(world) }, { event: PRIVATE }));
  expect(world.bundles(image)).toHaveLength(1);
});

/** A mirror is an explicit choice, so no PUBLIC_LOG_REFUSED. */
const PRIVATE = { repository: { full_name: 'acme/app', private: true, visibility: 'private' } };

// Beside each other: they wait most of the time.

test.concurrent.each(['bundle', 'legacy'])(
  'Rekor v1 %s: an answer that was lost is fetched again, and its entry used',
  async (format) => {
    const image = world.image();
    const losing = world.service(
      withFaults(world.sigstore.rekorV1.handler, [
        { match: on('POST', /entries$/), times: 1, action: { fault: 'reset', afterEffect: true } },
      ]),
    );
    const config = world.configWith({ logs: [{ url: losing }] });
    const run = ok(await world.sign({ images: image.pinned, format, 'signing-config': config }));
    expect(entriesOf(run)).toHaveLength(1);
    // One entry was made, and it was the one fetched.
    const calls = world.log
      .requests()
      .filter(({ server, path }) => server === 'misbehaving' && path.startsWith(`${new URL(losing).pathname}/`));
    expect(calls.map(({ method, status }) => `${method} ${status}`)).toEqual(['POST reset', 'POST 409', 'GET 200']);
  },
);

test.concurrent('a certificate that would expire before the last image is replaced, with a new key and token', async () => {
  const images = [hasty.image(), hasty.image()];
  // Each entry takes longer than half the life of a certificate, and one image is done at a time.
  const slow = hasty.service(async (request) => ({
    ...(await hasty.sigstore.rekorV1.handler(request)),
    delayMs: 6_200,
  }));
  const before = { oidc: hasty.asked('oidc'), ca: hasty.asked('ca', 'POST') };
  ok(
    await hasty.sign({
      images: images.map((image) => image.pinned).join('\n'),
      concurrency: '1',
      'signing-config': hasty.configWith({ logs: [{ url: slow }] }),
    }),
  );
  expect(hasty.asked('ca', 'POST') - before.ca).toBeGreaterThan(1);
  expect(hasty.asked('oidc') - before.oidc).toBeGreaterThan(1);
  for (const image of images) expect(hasty.bundles(image)).toHaveLength(1);
  const keys = images.map((image) => hasty.bundles(image)[0].verificationMaterial.certificate.rawBytes);
  expect(new Set(keys).size).toBeGreaterThan(1);
});
