import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { createHttpClient } from '../../http/create-http-client.ts';
import type { ClientCertificate, HttpClient } from '../../http/http-client.ts';
import { createCredentials } from '../../oci/credentials/credentials.ts';
import { readPullSecrets, type SecretObject } from '../../oci/credentials/pull-secrets.ts';
import { createHelperRunner } from '../../oci/credentials/run-helper.ts';
import { createRegistry, registryOrigin } from '../../oci/registry.ts';
import { createTrustSource, type RootMemory, type TrustSource } from '../../sigstore/trust/trust-source.ts';
import type { createSignatureVerifier } from '../../sigstore/verifying/verifier.ts';
import type { NetworkSettings, TrustOrigin } from '../../usecases/connections.ts';
import type { ReadStatement, Registry, SignatureVerifier } from '../../usecases/ports.ts';
import type { Surroundings } from './surroundings.ts';

/** A separate part of the bundle. Loading it again costs nothing. */
const loadVerifier = (): Promise<typeof import('../../sigstore/verifying/verifier.ts')> =>
  import('../../sigstore/verifying/verifier.ts');

export interface HttpHooks {
  /** Called with the host of each request. */
  readonly onAsked?: (host: string) => void;
  /** Called when the first request is in flight. */
  readonly onFirstSent?: () => void;
  /** Loads a part of the bundle that is needed later. Called when the first request is in flight. */
  readonly load?: () => Promise<unknown>;
  /** Loads a part of the bundle that only publishing needs. Called when a request after the first response is in flight. */
  readonly loadLast?: () => Promise<unknown>;
  /**
   * Registries besides the insecure ones that may have private addresses, for programs that are told by strangers which
   * registry to ask. Default: every host may.
   */
  readonly privateHosts?: readonly string[];
}

/** Creates the HTTP client with its proxies and root certificates. */
export function connectHttp(
  surroundings: Surroundings,
  network: Pick<NetworkSettings, 'caCertificates' | 'clientCertificates' | 'insecureRegistries' | 'isAnonymous'>,
  { onAsked, onFirstSent, load, loadLast, privateHosts }: HttpHooks = {},
): HttpClient {
  return createHttpClient({
    clock: surroundings.clock,
    random: surroundings.random,
    proxy: surroundings.env,
    caPems: network.caCertificates,
    clientCertificates: certificatesByOrigin(network),
    insecureHosts: network.insecureRegistries,
    privateHosts: privateHosts === undefined ? undefined : [...privateHosts, ...network.insecureRegistries],
    trace: ({ service, method, url, status, ms, attempt }, { log }) => {
      onAsked?.(new URL(url).host);
      log.debug(
        `${service}: ${method} ${url} → ${status} in ${Math.round(ms)} ms${attempt > 1 ? `, attempt ${attempt}` : ''}`,
      );
    },
    userAgent: surroundings.userAgent,
    early: surroundings.early,
    // Certificates and proofs need the largest part of the bundle. It loads while the network is busy.
    onFirstSent: () => {
      onFirstSent?.();
      void Promise.all([loadVerifier(), load?.()]).catch(() => undefined);
    },
    onNextSent: () => void loadLast?.().catch(() => undefined),
  });
}

function certificatesByOrigin(
  network: Pick<NetworkSettings, 'clientCertificates' | 'isAnonymous'>,
): readonly ClientCertificate[] {
  if (network.isAnonymous === true) return [];
  // No list of insecure registries: a certificate is presented over https only.
  return (network.clientCertificates ?? []).map(({ registry, certificate, key }) => {
    return { origin: registryOrigin(registry, []).origin, certificate, key };
  });
}

/**
 * Creates access to registries, with the logins that Docker and Podman would find; before them those of pull secrets.
 * Throws REGISTRY_DENIED for a pull secret that is malformed.
 */
export function connectRegistry(
  surroundings: Surroundings,
  network: NetworkSettings,
  {
    http,
    access,
    pullSecrets = [],
  }: { readonly http: HttpClient; readonly access: 'pull' | 'push'; readonly pullSecrets?: readonly SecretObject[] },
): Registry {
  const { env, clock, random, mask, registryAdvice: advice } = surroundings;
  const credentials = createCredentials({
    isAnonymous: network.isAnonymous,
    env,
    uid: surroundings.linuxUid,
    readFile: (path) => surroundings.readFile(path),
    runHelper: createHelperRunner({ env }),
    clock: surroundings.clock,
    explicit: network.registryLogin,
    pullSecrets: readPullSecrets(pullSecrets),
    fallback: network.fallbackLogin,
    insecureRegistries: network.insecureRegistries,
    advice,
    mask,
  });
  return createRegistry({
    http,
    credentials,
    access,
    clock,
    random,
    mask,
    advice,
    insecureRegistries: network.insecureRegistries,
    tokenHosts: network.tokenHosts,
    certificateOrigins: certificatesByOrigin(network).map(({ origin }) => origin),
  });
}

export interface TrustConnection {
  readonly source: TrustSource;
  /** Verifies against that source. Its code is loaded on first use. */
  readonly verifier: SignatureVerifier;
  readonly readStatement: ReadStatement;
  /** Makes ready what the first proof needs, while there is nothing else to do. A failure surfaces on use. */
  prepare(call: CallLimits): void;
}

/** Creates the trust source and the verifier that uses it. */
export function connectTrust(
  surroundings: Surroundings,
  origin: TrustOrigin,
  rules: {
    readonly http: HttpClient;
    readonly offline: boolean;
    readonly signing: boolean;
    readonly plainHttpHosts: readonly string[];
    /** The GitHub server whose Sigstore `instance: github` uses: https://github.com, or a ghe.com tenant. */
    readonly githubServerUrl: string;
    /** See TrustSourceOptions. */
    readonly firstSent?: Promise<void>;
    /** See TrustSourceOptions; for programs that outlive the lifetime of a root. */
    readonly roots?: RootMemory;
    readonly readTrustedRoot?: () => Promise<string>;
  },
): TrustConnection {
  const source = createTrustSource({
    origin,
    http: rules.http,
    clock: surroundings.clock,
    offline: rules.offline,
    signing: rules.signing,
    cacheDirectory: surroundings.cacheDirectory,
    readFile: surroundings.readFile,
    atExit: surroundings.atExit,
    serverUrl: rules.githubServerUrl,
    plainHttpHosts: rules.plainHttpHosts,
    firstSent: rules.firstSent,
    roots: rules.roots,
    readTrustedRoot: rules.readTrustedRoot,
  });
  let loading: Promise<ReturnType<typeof createSignatureVerifier>> | undefined;
  const load = (): Promise<ReturnType<typeof createSignatureVerifier>> => {
    loading ??= loadVerifier().then(({ createSignatureVerifier }) => createSignatureVerifier({ trust: source }));
    return loading;
  };
  return {
    source,
    verifier: {
      verify: async (call, candidate, subject) => (await load()).verify(call, candidate, subject),
      verifyAttestation: async (call, candidate, subject) => (await load()).verifyAttestation(call, candidate, subject),
    },
    prepare: (call) =>
      void load()
        .then((verifier) => verifier.prepare(call))
        .catch(() => undefined),
    readStatement: async (statement) => (await loadVerifier()).readUnsignedStatement(statement),
  };
}
