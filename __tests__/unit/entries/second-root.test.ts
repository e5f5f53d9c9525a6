import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../../sandbox/http/serve.ts';
import { buildImage, storeImage } from '../../../sandbox/registry/image-builder.ts';
import { createRegistry } from '../../../sandbox/registry/registry.ts';
import { seedReferrer } from '../../../sandbox/registry/seed.ts';
import { type SigstoreStack, startSigstore } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { evaluateSigner } from '../../../src/domain/identity/signer-evaluation.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { BUNDLE_V03 } from '../../../src/domain/image/media-types.ts';
import type { Surroundings } from '../../../src/entries/compose/surroundings.ts';
import type { TrustOrigin } from '../../../src/usecases/connections.ts';
import type { VerifiedImage } from '../../../src/usecases/verifying/verify-images.ts';
import { goodBundle, tamperedBundle } from '../../adversarial/signature-seeds.ts';
import { PLAIN_NETWORK } from '../../network-values.ts';
import { requirement } from '../domain/identity-samples.ts';
import { judge } from './second-root.ts';

let sigstore: SigstoreStack;
/** Signs nothing here. */
let strangers: SigstoreStack;
let directory: string;

beforeAll(async () => {
  [sigstore, strangers] = await Promise.all([startSigstore(), startSigstore()]);
  directory = await mkdtemp(join(tmpdir(), 'second-root-'));
});
afterAll(async () => {
  await Promise.all([sigstore.close(), strangers.close()]);
  await rm(directory, { recursive: true, force: true });
});

interface Case {
  readonly bundle?: (stack: SigstoreStack, digest: Digest) => unknown;
  /** Default: the one the sandbox signs for. */
  readonly repository?: string;
  /** Password in the docker config; undefined: there is none. */
  readonly password?: string | undefined;
  readonly trust?: () => TrustOrigin;
  readonly registryAdvice?: Surroundings['registryAdvice'];
}

const files = (stack = sigstore): TrustOrigin => ({
  kind: 'files',
  trustedRoot: stack.trustedRootJson('all'),
  signingConfig: undefined,
});

const tuf = (): TrustOrigin => ({
  kind: 'tuf',
  mirror: new URL(sigstore.urls.tuf),
  root: sigstore.tuf.initialRoot.toString('utf8'),
});

/** Judges an image of a registry that wants a login, which lies in a Docker config that `env` leads to. */
async function verify(one: Case): Promise<{ readonly image: VerifiedImage | undefined; readonly masked: string[] }> {
  const registry = createRegistry({ auth: { kind: 'basic', users: { alice: 's3cret' } } });
  const server = await serve(registry.handle, { name: 'registry' });
  const built = buildImage({ content: 'app' });
  storeImage(registry.store, 'acme/app', built);
  const digest = built.digest as Digest;
  const bundle = (one.bundle ?? goodBundle)(sigstore, digest);
  seedReferrer(registry.store, 'acme/app', digest, { artifactType: BUNDLE_V03, layer: JSON.stringify(bundle) });
  const password = 'password' in one ? one.password : 's3cret';
  const auth = Buffer.from(`alice:${password}`).toString('base64');
  const config = JSON.stringify({ auths: password === undefined ? {} : { [server.host]: { auth } } });
  const masked: string[] = [];
  const surroundings: Surroundings = {
    clock: { now: () => new Date(), sleep: () => Promise.resolve() },
    random: () => 0.5,
    log: { info: () => undefined, debug: () => undefined, warning: () => undefined },
    userAgent: 'a webhook',
    env: { DOCKER_CONFIG: '/docker' },
    linuxUid: undefined,
    readFile: async (path) => {
      if (path === '/docker/config.json') return Buffer.from(config);
      return path.startsWith(directory) ? readFile(path).catch(() => undefined) : undefined;
    },
    mask: (secret) => void masked.push(secret),
    cacheDirectory: join(directory, 'cache'),
    registryAdvice: one.registryAdvice,
  };
  const wanted = requirement(
    { sourceRepository: [one.repository ?? 'octo-org/octo-repo'] },
    { defaultIssuer: sigstore.issuer },
  );
  try {
    const image = await judge(surroundings, {
      image: {
        original: 'app',
        repository: { registry: server.host, path: 'acme/app' },
        tag: undefined,
        digest,
        sources: [],
      },
      evaluate: (facts) => evaluateSigner(facts, wanted, new Date()),
      network: PLAIN_NETWORK,
      trust: (one.trust ?? files)(),
    });
    return { image, masked };
  } finally {
    await server.close();
  }
}

const decision = (image: VerifiedImage | undefined): string =>
  image?.judgement === undefined
    ? `error ${image?.error?.code}`
    : `${image.judgement.verdict} ${image.judgement.reason ?? ''}`.trim();

test('a root without GitHub verifies a signed image, with a login and trust of its own', async () => {
  const { image, masked } = await verify({});
  expect(decision(image)).toBe('pass');
  expect(masked).toContain('s3cret');
});

test('trust from a TUF repository is kept in the directory that it gives', async () => {
  expect(decision((await verify({ trust: tuf })).image)).toBe('pass');
  expect(await readdir(join(directory, 'cache'))).not.toEqual([]);
});

test.each<[string, Case, string]>([
  ['a statement that was changed after signing', { bundle: tamperedBundle }, 'fail SIGNATURE_INVALID'],
  ['a statement that was changed, trust from TUF', { bundle: tamperedBundle, trust: tuf }, 'fail SIGNATURE_INVALID'],
  ['another source repository', { repository: 'octo-org/other' }, 'fail CLAIM_MISMATCH'],
  ['the trusted root of another Sigstore', { trust: () => files(strangers) }, 'fail CERTIFICATE_UNTRUSTED'],
  ['a wrong password', { password: 'wrong' }, 'error REGISTRY_DENIED'],
  ['no login', { password: undefined }, 'error REGISTRY_DENIED'],
])('%s is refused', async (_what, one, expected) => {
  expect(decision((await verify(one)).image)).toBe(expected);
});

test('a refusal has the advice of this root, and no word of a workflow', async () => {
  const own = await verify({ password: 'wrong', registryAdvice: ({ kind }) => `Add imagePullSecrets (${kind}).` });
  expect(own.image?.error?.hint).toContain('Add imagePullSecrets (right-missing).');
  const neutral = await verify({ password: 'wrong' });
  expect(neutral.image?.error?.hint).toContain('It must have the right to pull from acme/app.');
  expect(neutral.image?.error?.hint).not.toMatch(/`|workflow|permissions|docker\/login-action/);
});
