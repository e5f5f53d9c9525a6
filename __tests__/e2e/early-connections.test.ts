import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import { startWorld, type World } from '../../sandbox/world.ts';
import { identityInputs } from '../../scripts/common/sandbox-identity.ts';

/* The committed dist/ connects while it is loaded. What a run with a bad input shows of that: connections, no request. */

let world: World;
let image = '';
beforeAll(async () => {
  world = await startWorld();
  const built = buildImage({ content: 'early' });
  await pushImage(world.registryUrl, 'early/app', built, { tag: '1', ...(await world.pushLogin('early/app')) });
  image = `${world.host}/early/app@${built.digest}`;
});
afterAll(() => world.close());

let before = 0;
beforeEach(() => {
  before = world.log.connections().length;
  world.log.clear();
});
const connectedTo = (): string[] =>
  world.log
    .connections()
    .slice(before)
    .map(({ server }) => server)
    .sort();
const BAD = { mode: 'sometimes' };

test('verify connects to the registry of the first image, and sends nothing there before the inputs are read', async () => {
  const run = await world.verify({ images: image, ...identityInputs(world), ...BAD });
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain('input mode');
  expect(connectedTo()).toEqual(['registry']);
  expect(world.log.requests()).toEqual([]);
});

test('sign connects to the registry and to where its id-token comes from', async () => {
  const run = await world.sign({ images: image, upload: 'sometimes' });
  expect(run.exitCode).toBe(1);
  expect(connectedTo()).toEqual(['oidc', 'registry']);
  expect(world.log.requests()).toEqual([]);
});

test('a run goes on with these connections', async () => {
  const signed = await world.sign({ images: image });
  expect(signed.exitCode).toBe(0);
  const used = world.log.requests().map(({ connection }) => connection);
  for (const server of ['oidc', 'registry']) {
    const [first] = world.log
      .connections()
      .slice(before)
      .filter((one) => one.server === server);
    expect(used, server).toContain(first?.id);
  }
});

test('behind a proxy nothing is connected to before the settings of the proxy are read', async () => {
  const env = { HTTPS_PROXY: 'http://127.0.0.1:9' };
  const run = await world.verify({ images: image, ...identityInputs(world), ...BAD }, { env });
  expect(run.exitCode).toBe(1);
  expect(connectedTo()).toEqual([]);
});

test('audit and verify-files, whose registries others name, connect to nothing ahead', async () => {
  await world.audit({ images: `${world.host}/early/*`, ...identityInputs(world), report: '/outside' });
  await world.verifyFiles({ files: '*.yaml', images: image, ...BAD });
  expect(connectedTo()).toEqual([]);
});
