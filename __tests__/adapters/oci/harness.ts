import { expect } from 'vitest';
import { type Served, serve } from '../../../sandbox/http/serve.ts';
import type { ChallengeForm, RegistryAuth } from '../../../sandbox/registry/authorization.ts';
import {
  createRegistry as createSandboxRegistry,
  type RegistryService,
  type RegistryOptions as SandboxOptions,
} from '../../../sandbox/registry/registry.ts';
import {
  createTokenServer,
  type TokenServer,
  type TokenServerOptions,
} from '../../../sandbox/registry/token-server.ts';
import type { Descriptor } from '../../../src/domain/image/descriptor.ts';
import { type Digest, digestOf } from '../../../src/domain/image/digest.ts';
import { BUNDLE_V03, OCI_CONFIG, OCI_EMPTY, OCI_MANIFEST } from '../../../src/domain/image/media-types.ts';
import type { Repository } from '../../../src/domain/image/reference.ts';
import { PROCESS_CLOCK } from '../../../src/entries/compose/process-clock.ts';
import { createHttpClient, type HttpClientOptions } from '../../../src/http/create-http-client.ts';
import type { HttpTrace } from '../../../src/http/http-client.ts';
import { createCredentials } from '../../../src/oci/credentials/credentials.ts';
import { createRegistry, type RegistryOptions } from '../../../src/oci/registry.ts';
import { anonymousCredentials, type CredentialStore } from '../../../src/oci/transport/credential.ts';
import type { CallContext } from '../../../src/usecases/call-context.ts';
import type { AttachOutcome, Clock, ReferrersListing, Registry } from '../../../src/usecases/ports.ts';
import { type SeenBy, seenBy, testCall } from '../../calls.ts';

/** Real time, for tests over real connections. */
export const clock: Clock = PROCESS_CLOCK;

export interface Bench extends AsyncDisposable {
  readonly sandbox: RegistryService;
  readonly served: Served;
  readonly tokens: TokenServer | undefined;
  readonly repository: Repository;
  readonly traces: readonly HttpTrace[];
  readonly masked: readonly string[];
  /** The call that `connect` is for; its retry budget is 2 s unless given. */
  readonly call: CallContext;
  /** The adapter under test, as the call sees it; more than one may be made. */
  connect(options?: Partial<RegistryOptions> & { readonly http?: never }): SeenBy<Registry>;
  /** The adapter for any number of calls. */
  connectAll(options?: Partial<RegistryOptions> & { readonly http?: never }): Registry;
  /** `GET manifests/…` lines of the sandbox's log, digests shortened to their kind. */
  requests(): readonly string[];
}

export interface BenchOptions {
  readonly registry?: SandboxOptions;
  /** Default none. */
  readonly auth?: 'none' | 'basic' | 'bearer' | RegistryAuth;
  /** Form of the Bearer challenge; default `distribution`. */
  readonly challenge?: ChallengeForm;
  readonly tokenServer?: TokenServerOptions;
  readonly http?: Partial<HttpClientOptions>;
  readonly retryFor?: number;
  readonly signal?: AbortSignal;
  /** Default: the login alice / s3cret, as docker login would have left it. */
  readonly login?: 'alice' | 'none' | CredentialStore;
}

export const users = { alice: 's3cret' };

/** A sandbox registry, a token server if asked for, and the adapter over real HTTP. It fails the test if the sandbox itself failed. */
export async function openBench(options: BenchOptions = {}): Promise<Bench> {
  const traces: HttpTrace[] = [];
  const masked: string[] = [];
  const tokens = options.auth === 'bearer' ? createTokenServer({ users, ...options.tokenServer }) : undefined;
  const tokenHost = tokens === undefined ? undefined : await serve(tokens.handle, { name: 'token' });
  const sandbox = createSandboxRegistry({ ...options.registry, auth: toAuth(options, tokens, tokenHost) });
  const served = await serve(sandbox.handle, { name: 'registry' });
  const http = createHttpClient({
    clock,
    random: () => 0.5,
    trace: (line) => traces.push(line),
    ...options.http,
  });
  const login = options.login ?? 'alice';
  const credentials =
    login === 'none'
      ? anonymousCredentials
      : login === 'alice'
        ? alice(served.host, (text) => masked.push(text))
        : login;
  const repository: Repository = { registry: served.host, path: 'acme/app' };
  const call = testCall({
    retryFor: options.retryFor ?? 2000,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  const connectAll: Bench['connectAll'] = (overrides = {}) =>
    createRegistry({
      http,
      credentials,
      access: 'push',
      clock,
      random: () => 0.5,
      mask: (text) => masked.push(text),
      settleMs: 20,
      ...overrides,
    });
  return {
    sandbox,
    served,
    tokens,
    repository,
    traces,
    masked,
    call,
    connect: (overrides) => seenBy(call, connectAll(overrides)),
    connectAll,
    requests: () =>
      traces.map(
        ({ method, url, status }) => `${method} ${new URL(url).pathname.replace(/[0-9a-f]{64}/g, '…')} ${status}`,
      ),
    async [Symbol.asyncDispose]() {
      await http.close();
      await served.close();
      await tokenHost?.close();
      expect([...served.failures, ...(tokenHost?.failures ?? [])]).toEqual([]);
    },
  };
}

/** The credential store of a `docker login` as alice. */
export function alice(host: string, mask: (secret: string) => void = () => undefined): CredentialStore {
  const auth = Buffer.from('alice:s3cret').toString('base64');
  const config = Buffer.from(JSON.stringify({ auths: { [host]: { auth } } }));
  return createCredentials({
    env: { HOME: '/home/runner' },
    readFile: (path) => Promise.resolve(path === '/home/runner/.docker/config.json' ? config : undefined),
    runHelper: () => Promise.reject(new Error('no helper here')),
    clock,
    mask,
  });
}

function toAuth(
  { auth, challenge = 'distribution' }: BenchOptions,
  tokens: TokenServer | undefined,
  host: Served | undefined,
): RegistryAuth {
  if (typeof auth === 'object') return auth;
  if (auth === 'basic') return { kind: 'basic', users };
  if (tokens === undefined || host === undefined) return { kind: 'none' };
  return {
    kind: 'bearer', // Gitea's challenge has no service; a query in the realm must be kept.
    realm: challenge === 'gitea' ? `${host.url}/token?service=${tokens.service}` : `${host.url}/token`,
    service: tokens.service,
    verify: tokens.verify,
    challenge,
  };
}

/** Stores a minimal image past all checks; its descriptor. */
export function seedImage({ sandbox, repository }: Pick<Bench, 'sandbox' | 'repository'>, label = 'app'): Descriptor {
  const { store } = sandbox;
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', label });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_MANIFEST,
    config: { mediaType: OCI_CONFIG, digest: store.putBlob(repository.path, config), size: config.length },
    layers: [],
  });
  const digest = store.putManifest(repository.path, manifest) as Digest;
  return { mediaType: OCI_MANIFEST, digest, size: manifest.length };
}

/** The artifact manifest of a bundle, as the sign action writes it. */
export function bundleManifest(subject: Descriptor, bundle: string): Uint8Array {
  const bytes = Buffer.from(bundle);
  return Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: { mediaType: OCI_EMPTY, size: 2, digest: digestOf(Buffer.from('{}')), artifactType: BUNDLE_V03 },
      layers: [{ mediaType: BUNDLE_V03, size: bytes.length, digest: digestOf(bytes) }],
      annotations: { 'dev.sigstore.bundle.content': 'dsse-envelope' },
      subject: { mediaType: subject.mediaType, size: subject.size, digest: subject.digest },
      artifactType: BUNDLE_V03,
    }),
  );
}

/** Uploads a bundle and its manifest and attaches it, as the sign action does. */
export async function attachBundle(
  registry: SeenBy<Registry>,
  repository: Repository,
  subject: Descriptor,
  bundle: string,
  seen: readonly Descriptor[] = [],
): Promise<AttachOutcome> {
  const [one, two] = await Promise.all([registry.openUpload(repository), registry.openUpload(repository)]);
  await Promise.all([registry.upload(one, Buffer.from('{}')), registry.upload(two, Buffer.from(bundle))]);
  const manifest = bundleManifest(subject, bundle);
  return registry.attach({ repository, subject: subject.digest }, { manifest, seen });
}

/** Every bundle that a reader finds in a listing. */
export async function readBundles(
  registry: SeenBy<Registry>,
  repository: Repository,
  subject: Digest,
  listing: ReferrersListing,
): Promise<readonly string[]> {
  const sets = await Promise.all(
    listing.descriptors.map((entry) =>
      registry.fetchReferrer({ repository, subject }, { descriptor: entry, place: listing.place.kind }),
    ),
  );
  return sets
    .flatMap(({ candidates }) => candidates)
    .map((candidate) => (candidate.format === 'bundle' ? Buffer.from(candidate.bundle).toString() : 'legacy'));
}
