import { join } from 'node:path';
import { createHttpClient } from '../../http/create-http-client.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { RetryBudget } from '../../http/retry-budget.ts';
import { createCredentials } from '../../oci/credentials/credentials.ts';
import { createHelperRunner } from '../../oci/credentials/run-helper.ts';
import { createRegistry } from '../../oci/registry.ts';
import { createTrustSource, type TrustSource } from '../../sigstore/trust/trust-source.ts';
import type { Registry, SignatureVerifier } from '../../usecases/ports.ts';
import type { NetworkRequest, TrustRequest } from '../../usecases/signing/sign-request.ts';
import type { RunEnvironment } from '../action/run-environment.ts';

/** A part of its own of the bundle; loading it again costs nothing. */
const loadVerifier = (): Promise<typeof import('../../sigstore/verifying/verifier.ts')> =>
  import('../../sigstore/verifying/verifier.ts');

/** How long the requests of a client may go on. */
export interface HttpLimits {
  readonly budget: RetryBudget;
  /** Ends them all. */
  readonly signal: AbortSignal;
}

export interface HttpHooks {
  /** Hears the host of each request. */
  readonly onAsked?: (host: string) => void;
  /** Loads a part of the bundle that is needed later, once the first request is on its way. */
  readonly load?: () => Promise<unknown>;
  /** Loads a part of the bundle that only publishing needs, once a request after the first answer is on its way. */
  readonly loadLast?: () => Promise<unknown>;
}

/** An HTTP client of a run: its proxies, roots, limits and debug log. */
export function connectHttp(
  run: RunEnvironment,
  { budget, signal }: HttpLimits,
  network: Pick<NetworkRequest, 'caCertificates' | 'insecureRegistries'>,
  { onAsked, load, loadLast }: HttpHooks = {},
): HttpClient {
  return createHttpClient({
    clock: run.clock,
    random: run.random,
    retryFor: budget,
    signal,
    proxy: run.env,
    caPems: network.caCertificates,
    insecureHosts: network.insecureRegistries,
    trace: ({ service, method, url, status, ms, attempt }) => {
      onAsked?.(new URL(url).host);
      run.log.debug(
        `${service}: ${method} ${url} → ${status} in ${Math.round(ms)} ms${attempt > 1 ? `, attempt ${attempt}` : ''}`,
      );
    },
    userAgent: 'countersign',
    // Certificates and proofs need the largest part of the bundle: loaded while the network answers.
    onFirstSent: () => void Promise.all([loadVerifier(), load?.()]).catch(() => undefined),
    onNextSent: () => void loadLast?.().catch(() => undefined),
  });
}

/** The registries of a run, with the logins that Docker and Podman would find. */
export function connectRegistry(
  run: RunEnvironment,
  network: NetworkRequest,
  http: HttpClient,
  { access, signal }: { readonly access: 'pull' | 'push'; readonly signal: AbortSignal },
): Registry {
  const { githubLogin } = network;
  const credentials = createCredentials({
    env: run.env,
    uid: run.linuxUid,
    readFile: (path) => run.files.read(path),
    runHelper: createHelperRunner({ env: run.env, signal }),
    explicit: network.registryLogin,
    github: githubLogin === undefined ? undefined : { ...githubLogin, serverUrl: run.context.serverUrl },
    insecureRegistries: network.insecureRegistries,
    mask: run.mask,
  });
  return createRegistry({
    http,
    credentials,
    access,
    clock: run.clock,
    random: run.random,
    mask: run.mask,
    insecureRegistries: network.insecureRegistries,
    tokenHosts: network.tokenHosts,
    signal,
  });
}

export interface TrustConnection {
  readonly source: TrustSource;
  /** Verifies against that source; what it needs is loaded when it is first used. */
  readonly verifier: SignatureVerifier;
}

/** Where a run's trust comes from. */
export function connectTrust(
  run: RunEnvironment,
  trust: TrustRequest,
  http: HttpClient,
  rules: {
    readonly offline: boolean;
    readonly signing: boolean;
    readonly plainHttpHosts: readonly string[];
    readonly signal: AbortSignal;
  },
): TrustConnection {
  const base = run.env['RUNNER_TOOL_CACHE'] || run.env['RUNNER_TEMP'] || '.';
  const source = createTrustSource({
    origin: trust,
    http,
    clock: run.clock,
    log: run.log,
    offline: rules.offline,
    signing: rules.signing,
    cacheDirectory: join(base, 'countersign', 'tuf'),
    readFile: (path, maxBytes) => run.files.read(path, maxBytes),
    serverUrl: run.context.serverUrl,
    plainHttpHosts: rules.plainHttpHosts,
    signal: rules.signal,
  });
  let loading: Promise<SignatureVerifier> | undefined;
  return {
    source,
    verifier: {
      async verify(candidate, subject) {
        loading ??= loadVerifier().then(({ createSignatureVerifier }) => createSignatureVerifier({ trust: source }));
        return (await loading).verify(candidate, subject);
      },
    },
  };
}
