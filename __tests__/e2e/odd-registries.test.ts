import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Served, serve } from '../../sandbox/http/serve.ts';
import { storeImage } from '../../sandbox/registry/image-builder.ts';
import type { Quirks } from '../../sandbox/registry/quirks.ts';
import { createRegistry } from '../../sandbox/registry/registry.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { mintLoopbackTls } from '../../sandbox/sigstore/self-signed.ts';
import { BUNDLE_V03 } from '../../src/domain/image/media-types.ts';
import { withoutProcesses } from '../in-process.ts';
import { openTunnel } from '../open-tunnel.ts';
import {
  errorsOf,
  IMPATIENT,
  resultsOf,
  type SignWorld,
  type StoredImage,
  shown,
  startSignWorld,
} from './sign-world.ts';

/* Registries that redirect, hide, lack HEAD or accept by another status than 201, met by the committed dist/ through a front, else by the actions in this process. What they accept and do not store: unstored-signatures.test.ts. */

let world: SignWorld;
/** The same world, whose runs happen in this process. */
let here: SignWorld;
/** Redirects everything to the registry of the world; it knows no login. */
let front: Served;

beforeAll(async () => {
  world = await startSignWorld();
  here = withoutProcesses(world);
  front = await serve(createRegistry({ quirks: { front: { origin: world.registryUrl } } }).handle);
});
afterEach(() => {
  for (const name of Object.keys(world.registry.quirks)) delete world.registry.quirks[name as keyof Quirks];
});
afterAll(async () => {
  await Promise.all([front.close(), world.close()]);
});

const set = (quirks: Quirks): void => void Object.assign(world.registry.quirks, quirks);

const identity = () => ({
  'source-repository': 'octo-org/octo-repo',
  'source-ref': 'refs/heads/main',
  'certificate-oidc-issuer': world.sigstore.issuer,
  'wait-for': '0s',
});

async function sign(image: StoredImage, inputs: Readonly<Record<string, string>> = {}, by = here) {
  return by.sign({ images: image.pinned, ...inputs });
}

const verify = (images: string, by = here) => by.verify({ images, ...identity(), ...IMPATIENT });

/** The image without its signature, but with one whose last byte of the signature differs. */
function tamperWith(image: StoredImage): StoredImage {
  const twin = world.image();
  const [bundle] = world.bundles(image);
  const sig = Buffer.from(bundle.dsseEnvelope.signatures[0].sig, 'base64');
  sig[sig.length - 1] = (sig[sig.length - 1] ?? 0) ^ 1;
  bundle.dsseEnvelope.signatures[0].sig = sig.toString('base64');
  storeImage(world.registry.store, twin.repository, image.built);
  seedReferrer(world.registry.store, twin.repository, image.digest, {
    artifactType: BUNDLE_V03,
    layer: JSON.stringify(bundle),
  });
  return { ...twin, digest: image.digest, pinned: `${twin.name}@${image.digest}` };
}

const atFront = (image: StoredImage): string => `${front.host}/${image.repository}@${image.digest}`;

describe('through a front that redirects everything, with an anonymous token at its target', () => {
  test.each(['api', 'no-route'] as const)(
    'a signature passes, a tampered one and none do not (%s)',
    async (referrers) => {
      set({ referrers });
      const image = world.image();
      const by = referrers === 'api' ? world : here;
      const signing = await sign(image, { format: 'both' }, by);
      expect(signing.exitCode, shown(signing)).toBe(0);
      const passed = await verify(atFront(image), by);
      expect(passed.outputs, shown(passed)).toMatchObject({ verdict: 'pass', verified: 'true' });
      const unsigned = await verify(atFront(world.image()));
      expect(unsigned.outputs, shown(unsigned)).toMatchObject({ reason: 'NO_SIGNATURE', verified: 'false' });
      if (referrers === 'no-route') return;
      const refused = await verify(atFront(tamperWith(image)), by);
      expect(refused.outputs, shown(refused)).toMatchObject({ reason: 'SIGNATURE_INVALID', verified: 'false' });
      expect(world.registry.misplaced).toEqual([]);
    },
  );

  test('a listing that leads elsewhere leaves an error, unless an accepted signature is found in another place', async () => {
    const image = world.image();
    const signing = await sign(image, { format: 'both' });
    expect(signing.exitCode, shown(signing)).toBe(0);
    set({ front: { origin: 'https://www.example.com', path: () => '/', only: /\/referrers\// } });
    const passed = await verify(image.pinned);
    expect(passed.outputs, shown(passed)).toMatchObject({ verdict: 'pass' });
    const unsigned = await verify(world.image().pinned);
    expect(unsigned.outputs, shown(unsigned)).toMatchObject({ verdict: 'error', reason: 'REGISTRY_INVALID' });
    expect(errorsOf(unsigned).join()).toContain('https://www.example.com/');
  });

  test('signing stops before anything is logged', async () => {
    const image = world.image();
    const before = world.asked('rekor-v1', 'POST');
    const run = await here.sign({ images: atFront(image), ...IMPATIENT });
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run).join()).toMatch(/REGISTRY_INVALID[\s\S]*redirects writes to/);
    expect(world.asked('rekor-v1', 'POST')).toBe(before);
  });
});

test('only GHCR’s redirect to a page of GitHub means that there is no referrers API', async () => {
  const hosts = ['ghcr.io', 'registry.example'];
  const quirks: Quirks = { referrers: 'redirect' };
  const registry = createRegistry({ quirks, store: world.registry.store });
  const { tls, ca } = mintLoopbackTls(new Date(), hosts);
  await using server = await serve(registry.handle, { tls });
  await using tunnel = await openTunnel(
    hosts.map((host) => `${host}:443`),
    server.port,
  );
  const image = world.image();
  const look = async (host: string, location?: string) => {
    registry.quirks.referrersRedirect = location ?? 'https://github.com/-/v2/packages/container/sha256:0123';
    const inputs = { images: `${host}/${image.repository}@${image.digest}`, 'ca-certificates': ca };
    const run = await here.verify({ ...inputs, ...identity(), ...IMPATIENT }, { env: { https_proxy: tunnel.url } });
    return run.outputs['reason'];
  };
  expect(await look('ghcr.io')).toBe('NO_SIGNATURE');
  expect(await look('ghcr.io', 'https://example.com/-/v2/packages/container/sha256:0123')).toBe('REGISTRY_INVALID');
  expect(await look('registry.example', 'https://registry.example/login')).toBe('REGISTRY_INVALID');
});

test.each([404, 'bare'] as const)(
  'where HEAD is answered by %s, an image is signed and verified',
  async (manifestHead) => {
    set({ manifestHead });
    const image = world.image();
    const signing = await sign(image);
    expect(signing.exitCode, shown(signing)).toBe(0);
    const passed = await verify(image.pinned);
    expect(passed.outputs, shown(passed)).toMatchObject({ verdict: 'pass' });
    const refused = await verify(tamperWith(image).pinned);
    expect(refused.outputs, shown(refused)).toMatchObject({ reason: 'SIGNATURE_INVALID' });
  },
);

test.each([404, 401] as const)(
  'where strangers see %d, the login that exists is used, and its lack is told',
  async (strangers) => {
    set({ strangers });
    const image = world.image();
    const signing = await sign(image, { format: 'both' });
    expect(signing.exitCode, shown(signing)).toBe(0);
    const passed = await verify(image.pinned);
    expect(passed.outputs, shown(passed)).toMatchObject({ verdict: 'pass' });
    // Signing again looks before it writes, and finds its own.
    const again = await sign(image, { format: 'both' });
    expect(resultsOf(again).images[0].signatures.map(({ written }: { written: boolean }) => written)).toEqual([
      false,
      false,
    ]);
    const none = await here.sign(
      { images: image.pinned, 'if-signed': 'sign', ...IMPATIENT },
      { env: { DOCKER_CONFIG: join('/', 'nowhere') } },
    );
    expect(none.exitCode).toBe(1);
    expect(errorsOf(none).join()).toMatch(/REGISTRY_DENIED[\s\S]*No login/);
    expect(errorsOf(none).join()).not.toContain('The login came from');
  },
);

test.each([200, 202, 204] as const)('what a registry stored although it answered %d is signed', async (status) => {
  set({ manifestPut: status, blobPut: status, putHeaders: 'missing' });
  const image = world.image();
  const signing = await sign(image, { format: 'both' });
  expect(signing.exitCode, shown(signing)).toBe(0);
  const passed = await verify(image.pinned);
  expect(passed.outputs, shown(passed)).toMatchObject({ verdict: 'pass' });
});
