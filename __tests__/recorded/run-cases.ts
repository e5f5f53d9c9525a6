import { errorReply, on } from '../../sandbox/http/faults.ts';
import { textReply } from '../../sandbox/http/serve.ts';
import type { Quirks } from '../../sandbox/registry/quirks.ts';
import { seedReferrer, tagReferrers } from '../../sandbox/registry/seed.ts';
import type { RunOptions, RunResult } from '../../sandbox/runner/runner.ts';
import type { WorldOptions } from '../../sandbox/world.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03 } from '../../src/domain/image/media-types.ts';
import { goodBundle, goodLayer, type Json, putSignatureTag, tamperedBundle } from '../adversarial/signature-seeds.ts';
import { IMPATIENT, type SignWorld, type StoredImage } from '../e2e/sign-world.ts';

/** One run of one action, with everything around it. */
export interface RunCase {
  readonly world?: WorldOptions;
  /** Lines of the record for requests that the run begins early and, as it fails, may end before they are sent. */
  readonly unawaited?: RegExp;
  readonly run: (world: SignWorld) => Promise<RunResult>;
}

type Inputs = Readonly<Record<string, string>>;

const HOUR = 3_600_000;
const OTHER_DIGEST = `sha256:${'0'.repeat(64)}` as Digest;

const signer = (world: SignWorld): Inputs => ({
  'source-repository': 'octo-org/octo-repo',
  workflow: '.github/workflows/release.yml',
  'source-ref': 'refs/heads/main',
  'certificate-oidc-issuer': world.sigstore.issuer,
  'wait-for': '0s',
  ...IMPATIENT,
});

const image = (world: SignWorld): StoredImage => world.image({ repository: 'acme/app', tag: '1.0' });

const signing =
  (inputs: Inputs, more: Partial<RunOptions> = {}) =>
  (world: SignWorld): Promise<RunResult> =>
    world.sign({ images: image(world).pinned, ...IMPATIENT, ...inputs }, more);

/** Signs twice; the second run is the one that counts. */
const signingTwice = (inputs: Inputs) => async (world: SignWorld) => {
  const { pinned } = image(world);
  await world.sign({ images: pinned, ...IMPATIENT, ...inputs });
  world.log.clear();
  return world.sign({ images: pinned, ...IMPATIENT, ...inputs });
};

const checking =
  (inputs: Inputs = {}, attach: (world: SignWorld, digest: Digest) => Json = good, more: Partial<RunOptions> = {}) =>
  (world: SignWorld): Promise<RunResult> => {
    const { pinned, digest, repository } = image(world);
    const layer = attach(world, digest as Digest);
    if (layer !== undefined)
      seedReferrer(world.registry.store, repository, digest, {
        artifactType: BUNDLE_V03,
        layer: JSON.stringify(layer),
      });
    return world.verify({ images: pinned, ...signer(world), ...inputs }, more);
  };

const good = (world: SignWorld, digest: Digest): Json => goodBundle(world.sigstore, digest);
const nothing = (): undefined => undefined;
const expired = {
  certify: { notBefore: new Date(Date.now() - 2 * HOUR), notAfter: new Date(Date.now() - HOUR) },
};
const strange = { certify: { signedBy: 'stranger' as const } };

/** A service of the signing config that answers something else. */
const withService = (
  what: 'certificateAuthorities' | 'logs' | 'timestampAuthorities',
  status: number,
  text: string,
) => {
  const path = what === 'timestampAuthorities' ? '/api/v1/timestamp' : '';
  return (world: SignWorld): Promise<RunResult> => {
    const url = `${world.service(() => textReply(status, text))}${path}`;
    return signing({ 'signing-config': world.configWith({ [what]: [{ url }] }) })(world);
  };
};
const quirky = (quirks: Quirks): { readonly world: WorldOptions } => ({ world: { quirks } });

/** What an image carries already is looked up while the image itself, and the id-token, are still being asked for. */
const EARLY_LOOK = /^registry GET \S+\/(?:referrers\/<digest>|manifests\/sha256-<hex>) → (?:200|503)$/;

export const SIGN_CASES: Readonly<Record<string, RunCase>> = {
  'bundle, Rekor v1': { run: signing({}) },
  'bundle, Rekor v2': { world: { variant: 'v2' }, run: signing({}) },
  'bundle, timestamp alone': { world: { variant: 'tsa' }, run: signing({}) },
  legacy: { run: signing({ format: 'legacy' }) },
  'both, annotated': { run: signing({ format: 'both', annotations: 'team=red\nversion=1' }) },
  'without the referrers API': { ...quirky({ referrers: 'not-found' }), run: signing({}) },
  'if-signed: sign': { run: signing({ 'if-signed': 'sign' }) },
  'signed already': { run: signingTwice({ format: 'both' }) },
  'signed already, without the referrers API': {
    ...quirky({ referrers: 'no-route' }),
    run: signingTwice({}),
  },
  'if-signed: sign, again': { run: signingTwice({ 'if-signed': 'sign', format: 'both' }) },
  recursive: {
    run: (world) =>
      world.sign({ images: world.index({ repository: 'acme/app' }).pinned, recursive: 'true', ...IMPATIENT }),
  },
  'two tags and a digest': {
    run: (world) => {
      const { name, digest } = image(world);
      return world.sign({ images: `${name}:1.0\n${name}:latest`, digest, ...IMPATIENT });
    },
  },
  'allow-tags': {
    run: (world) => world.sign({ images: `${image(world).name}:1.0`, 'allow-tags': 'true', ...IMPATIENT }),
  },
  'upload: false': { run: signing({ upload: 'false' }) },
  'dry-run': { run: signing({ 'dry-run': 'true' }) },
  'signature-repository': {
    run: (world) => signing({ 'signature-repository': `${world.host}/acme/signatures` })(world),
  },
  'no images': { run: (world) => world.sign({ images: '' }) },
  'a tag alone': { run: (world) => world.sign({ images: `${image(world).name}:1.0` }) },
  'an unknown format': { run: signing({ format: 'cosign' }) },
  'a missing image': {
    unawaited: EARLY_LOOK,
    run: (world) => world.sign({ images: `${world.host}/acme/app@${OTHER_DIGEST}`, ...IMPATIENT }),
  },
  'a push that is denied': { ...quirky({ denyPush: true }), run: signing({}) },
  'a registry that is down': {
    unawaited: EARLY_LOOK,
    world: {
      registryFaults: [{ match: on(undefined, /./), times: 'always', action: { reply: textReply(503, 'down') } }],
    },
    run: signing({}),
  },
  'no id-token': {
    unawaited: EARLY_LOOK,
    run: signing({}, { env: { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined } }),
  },
  'a private repository': {
    run: (world) =>
      world.sign(
        { images: image(world).pinned, 'signing-config': '', 'trusted-root': '', ...IMPATIENT },
        { event: { repository: { full_name: 'acme/app', private: true, visibility: 'private' } } },
      ),
  },
  'a CA that is down': { run: withService('certificateAuthorities', 500, 'down') },
  'a CA that refuses': { run: withService('certificateAuthorities', 400, 'no') },
  'a CA with garbage': { run: withService('certificateAuthorities', 200, '<html>') },
  'a log that is down': { run: withService('logs', 500, 'down') },
  'a log with garbage': { run: withService('logs', 201, '<html>') },
  'a TSA that is down': { run: withService('timestampAuthorities', 500, 'down') },
  'a TSA with garbage': { run: withService('timestampAuthorities', 201, 'garbage') },
  'an immutable tag': {
    ...quirky({ referrers: 'not-found', immutableTags: /^sha256-/, immutableAnswer: 'quay' }),
    run: signingTwice({ 'if-signed': 'sign' }),
  },
  'a trusted root of another Sigstore': {
    run: async (world) => signing({ 'trusted-root': world.sigstore.trustedRootJson('v2') })(world),
  },
};

export const VERIFY_CASES: Readonly<Record<string, RunCase>> = {
  'by digest': { run: checking() },
  'by tag': {
    run: (world) => {
      const { repository, digest, name } = image(world);
      seedReferrer(world.registry.store, repository, digest, {
        artifactType: BUNDLE_V03,
        layer: JSON.stringify(good(world, digest as Digest)),
      });
      return world.verify({ images: `${name}:1.0`, ...signer(world) });
    },
  },
  'a legacy signature': {
    run: (world) => {
      const { repository, digest, pinned } = image(world);
      putSignatureTag(world.registry.store, repository, digest, [goodLayer(world.sigstore, digest as Digest)]);
      return world.verify({ images: pinned, ...signer(world) });
    },
  },
  'with a timestamp, age and claims': {
    run: checking({ 'max-age': '1h', claims: 'runner-environment=github-hosted' }, (world, digest) =>
      goodBundle(world.sigstore, digest, { timestamps: [{}] }),
    ),
  },
  'logged in Rekor v2': {
    run: checking({}, (world, digest) => goodBundle(world.sigstore, digest, { entries: ['v2'], timestamps: [{}] })),
  },
  'recursive, platforms unsigned': {
    run: (world) => {
      const { repository, digest, pinned } = world.index({ repository: 'acme/app' });
      seedReferrer(world.registry.store, repository, digest, {
        artifactType: BUNDLE_V03,
        layer: JSON.stringify(good(world, digest as Digest)),
      });
      return world.verify({ images: pinned, ...signer(world), recursive: 'true' });
    },
  },
  'without the referrers API': {
    ...quirky({ referrers: 'not-found' }),
    run: (world) => {
      const { repository, digest, pinned } = image(world);
      seedReferrer(world.registry.store, repository, digest, {
        artifactType: BUNDLE_V03,
        layer: JSON.stringify(good(world, digest as Digest)),
      });
      tagReferrers(world.registry.store, repository, digest);
      return world.verify({ images: pinned, ...signer(world) });
    },
  },
  'a good one beside a bad one': {
    run: (world) => {
      const { repository, digest, pinned } = image(world);
      for (const bundle of [tamperedBundle(world.sigstore, digest as Digest), good(world, digest as Digest)])
        seedReferrer(world.registry.store, repository, digest, {
          artifactType: BUNDLE_V03,
          layer: JSON.stringify(bundle),
        });
      return world.verify({ images: pinned, ...signer(world) });
    },
  },
  'several images of different verdicts': {
    run: async (world) => {
      const first = image(world);
      const second = world.image({ repository: 'acme/other' });
      seedReferrer(world.registry.store, first.repository, first.digest, {
        artifactType: BUNDLE_V03,
        layer: JSON.stringify(good(world, first.digest as Digest)),
      });
      return world.verify({ images: `${first.pinned}\n${second.pinned}`, ...signer(world) });
    },
  },
  'unsigned, mode warn': { run: checking({ mode: 'warn' }, nothing) },
  'no identity': {
    run: checking({ 'source-repository': '', workflow: '', 'source-ref': '', 'certificate-oidc-issuer': '' }),
  },
  'format: legacy, only a bundle': { run: checking({ format: 'legacy' }) },
  'offline without a root': { run: checking({ offline: 'true', 'trusted-root': '' }) },
  NO_SIGNATURE: { run: checking({}, nothing) },
  SIGNATURE_INVALID: { run: checking({}, (world, digest) => tamperedBundle(world.sigstore, digest)) },
  SUBJECT_DIGEST_MISMATCH: { run: checking({}, (world) => goodBundle(world.sigstore, OTHER_DIGEST)) },
  CERTIFICATE_UNTRUSTED: { run: checking({}, (world, digest) => goodBundle(world.sigstore, digest, strange)) },
  NOT_LOGGED: { run: checking({}, (world, digest) => goodBundle(world.sigstore, digest, { entries: [] })) },
  TIMESTAMP_INVALID: {
    run: checking({}, (world, digest) => goodBundle(world.sigstore, digest, { entries: ['v2'] })),
  },
  CERTIFICATE_EXPIRED: { run: checking({}, (world, digest) => goodBundle(world.sigstore, digest, expired)) },
  ISSUER_MISMATCH: { run: checking({ 'certificate-oidc-issuer': 'https://issuer.example' }) },
  IDENTITY_MISMATCH: { run: checking({ 'certificate-identity': 'https://github.com/octo-org/octo-repo/x' }) },
  CLAIM_MISMATCH: { run: checking({ 'source-repository': 'acme/other' }) },
  ANNOTATION_MISMATCH: { run: checking({ annotations: 'team=blue' }) },
  TOO_OLD: {
    run: checking({ 'max-age': '30m' }, (world, digest) =>
      goodBundle(world.sigstore, digest, {
        certify: { notBefore: new Date(Date.now() - HOUR), notAfter: new Date(Date.now() - HOUR + 600_000) },
        loggedAt: new Date(Date.now() - HOUR + 60_000),
      }),
    ),
  },
  IMAGE_NOT_FOUND: {
    run: (world) => world.verify({ images: `${world.host}/acme/app@${OTHER_DIGEST}`, ...signer(world) }),
  },
  REGISTRY_DENIED: { ...quirky({ denyPull: 403 }), run: checking() },
  REGISTRY_UNAVAILABLE: {
    world: {
      registryFaults: [
        { match: on('GET', /referrers/), times: 'always', action: { reply: errorReply(503, 'UNAVAILABLE') } },
      ],
    },
    run: checking(),
  },
  REGISTRY_INVALID: {
    world: {
      registryFaults: [{ match: on('GET', /referrers/), times: 'always', action: { reply: textReply(200, '<html>') } }],
    },
    run: checking(),
  },
  'a trusted root without a certificate authority': {
    run: checking({ 'trusted-root': '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}' }),
  },
  TRUST_ROOT_UNAVAILABLE: {
    run: (world) => checking({ 'trusted-root': '', 'tuf-mirror': world.service(() => textReply(503, 'down')) })(world),
  },
  INPUT_INVALID: { run: checking({ format: 'v3', 'wait-for': 'long' }) },
};
