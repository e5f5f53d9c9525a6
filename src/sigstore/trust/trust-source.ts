import type { TrustedRoot } from '@sigstore/protobuf-specs';
import type { ErrorCode } from '../../coded-error.ts';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { createMemo } from '../../domain/calls/memo.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { TrustOrigin } from '../../usecases/connections.ts';
import type { Clock } from '../../usecases/ports.ts';
import { SigstoreError } from '../sigstore-error.ts';
import { parseSigningConfig, type SigningConfig } from './signing-config.ts';
import type { ReadFile } from './tuf-cache.ts';
import type { FetchedTargets, TufRepository } from './tuf-client.ts';

export interface TrustSourceOptions {
  readonly origin: TrustOrigin;
  readonly http: HttpClient;
  readonly clock: Clock;
  /** True: never use the network; only `files` works. */
  readonly offline: boolean;
  /** True: the signing config is needed too, so one session fetches both. */
  readonly signing: boolean;
  /** Absolute path; keeps TUF metadata between runs. Its content is not trusted. */
  readonly cacheDirectory: string;
  /** Reads files in that directory. */
  readonly readFile: ReadFile;
  /** See Surroundings. */
  readonly atExit?: ((act: () => void) => () => void) | undefined;
  /** URL of the GitHub server: a ghe.com tenant has its own instance, not that of github.com. */
  readonly serverUrl: string;
  /** Hosts that may be called over plain http, in addition to loopback. */
  readonly plainHttpHosts?: readonly string[];
  /**
   * Settles when the first request of the process is under way. Trust in files is parsed only then: no first request
   * depends on it, and parsing would delay it. Not awaited for longer than FIRST_SENT_MAX_MS.
   */
  readonly firstSent?: Promise<void> | undefined;
  /** Where loaded roots are kept. Default: each for an hour, which a run does not outlive. */
  readonly roots?: RootMemory | undefined;
  /** Reads the trusted root of `files` whenever it is loaded, throws a CodedError. Default: the text of the origin. */
  readonly readTrustedRoot?: (() => Promise<string>) | undefined;
  /** Repositories of the instances, for tests; default: the built-in ones. */
  readonly repositories?: { readonly publicGood: TufRepository; readonly github: TufRepository };
}

export interface LoadedRoot {
  /** The origin of the root: `public-good`, `github`, `trusted-root`, or the mirror's URL. */
  readonly label: string;
  readonly root: TrustedRoot;
  /** Undefined if none was requested (`signing: false`, or `trusted-root` alone). */
  readonly signingConfig: SigningConfig | undefined;
  /** When its repository last answered; undefined for a root from a file, which does not age. */
  readonly fetchedAt: Date | undefined;
  /** True if the repository did not answer now, so that its metadata of an earlier time was used. */
  readonly isFromCache: boolean;
}

/** Keeps loaded roots by their names: `files`, `mirror`, `public-good`, `github`. */
export interface RootMemory {
  /** The kept root, or the one that `load` gives. Rejects with what it throws. */
  get(call: CallLimits, name: string, load: (call: CallLimits) => Promise<LoadedRoot>): Promise<LoadedRoot>;
}

/** The parts of a certificate that select its trusted root. They are hints: only the chain decides. */
export interface LeafHint {
  /** Organization in the issuer's name. */
  readonly issuerOrganization: string | undefined;
  /** Claim `source-repository-visibility-at-signing`. */
  readonly visibility: string | undefined;
}

/**
 * Selects the one trusted root to verify a signature against (contract §2.2). The certificate only helps to select it;
 * the chain decides. Throws TRUST_ROOT_UNAVAILABLE or TRUST_ROOT_INVALID.
 */
export interface RootChooser {
  rootFor(call: CallLimits, leaf: LeafHint): Promise<Pick<LoadedRoot, 'label' | 'root'>>;
}

export interface TrustSource extends RootChooser {
  /**
   * The one trusted root to verify this certificate against. Each root is loaded once per lifetime, and GitHub's only
   * if a certificate needs it. Throws TRUST_ROOT_UNAVAILABLE, TRUST_ROOT_INVALID, INPUT_INVALID.
   */
  rootFor(call: CallLimits, leaf: LeafHint): Promise<LoadedRoot>;
  /**
   * Root and services for signing. `auto` signs with public-good; the entry already refused non-public repositories.
   */
  signingMaterial(call: CallLimits): Promise<{
    readonly label: string;
    readonly root: TrustedRoot;
    readonly signingConfig: SigningConfig;
  }>;
  /** Starts loading the root that is always needed; a failure surfaces on use. */
  prefetch(call: CallLimits): void;
  /** Origins to which connections may be opened until the signing config says which services are used. May be empty. */
  readonly expectedServices: readonly string[];
}

/** The services of the public-good instance in 2026. Nothing is sent there unless its signing config names them. */
const PUBLIC_GOOD_SERVICES: readonly string[] = [
  'https://fulcio.sigstore.dev',
  'https://rekor.sigstore.dev',
  'https://timestamp.sigstore.dev',
];

const PUBLIC_GOOD_REPOSITORY = 'https://tuf-repo-cdn.sigstore.dev';

const GITHUB_ORGANIZATION = 'GitHub, Inc.';
const TRUSTED_ROOT_TARGET = 'trusted_root.json';
const SIGNING_CONFIG_TARGET = 'signing_config.v0.2.json';

/**
 * How long calls share a loaded trusted root, in ms; afterwards, the repository is asked for a newer one. A failure is
 * remembered for a few seconds, so that many calls do not each ask a repository that is down.
 */
const LIFETIMES = { lifetimeMs: 3_600_000, failureMs: 10_000 };

/** A process that waits this long has something to wait for, such as an address, and may as well parse. In ms. */
const FIRST_SENT_MAX_MS = 50;

/** The trusted roots for any number of calls. Loads nothing before it is needed. */
export function createTrustSource(options: TrustSourceOptions): TrustSource {
  const { origin } = options;
  const roots: RootMemory =
    options.roots ?? createMemo<LoadedRoot>({ clock: options.clock, entriesMax: 4, ...LIFETIMES });
  const github = (call: CallLimits): Promise<LoadedRoot> =>
    roots.get(call, 'github', (joint) => loadGithub(joint, options));

  const ordinary = (call: CallLimits): Promise<LoadedRoot> => {
    switch (origin.kind) {
      case 'files':
        return roots.get(call, 'files', () => loadFiles(origin, options));
      case 'tuf':
        return roots.get(call, 'mirror', (joint) => loadMirror(joint, origin, options));
      case 'instance':
        return origin.instance === 'github'
          ? github(call)
          : roots.get(call, 'public-good', (joint) => loadPublicGood(joint, options));
    }
  };

  return {
    rootFor(call, leaf) {
      // With auto, GitHub's root counts only for signatures of its own instance: private and internal repositories.
      const isPrivate = leaf.visibility === 'private' || leaf.visibility === 'internal';
      const isAuto = origin.kind === 'instance' && origin.instance === 'auto';
      return isAuto && isPrivate && leaf.issuerOrganization === GITHUB_ORGANIZATION ? github(call) : ordinary(call);
    },
    async signingMaterial(call) {
      const { label, root, signingConfig } = await ordinary(call);
      if (signingConfig !== undefined) return { label, root, signingConfig };
      throw new SigstoreError(
        'INPUT_INVALID',
        'a trusted root is given without a signing config, which signing needs',
        {
          hint: 'Give signing-config together with trusted-root.',
        },
      );
    },
    prefetch(call) {
      ordinary(call).catch(() => undefined);
    },
    expectedServices:
      options.signing && options.repositories === undefined && leadsToPublicGood(origin) ? PUBLIC_GOOD_SERVICES : [],
  };
}

/** Also with a root of one's own: the repository is the same, and it names the services. */
function leadsToPublicGood(origin: TrustOrigin): boolean {
  if (origin.kind === 'tuf') return origin.mirror.origin === PUBLIC_GOOD_REPOSITORY;
  return origin.kind === 'instance' && origin.instance !== 'github';
}

async function loadFiles(
  origin: TrustOrigin,
  { firstSent, plainHttpHosts, readTrustedRoot }: TrustSourceOptions,
): Promise<LoadedRoot> {
  if (origin.kind !== 'files') throw new TypeError('no files were given');
  if (firstSent !== undefined) await settledSoon(firstSent);
  const { parseTrustedRoot } = await import('./trusted-root.ts');
  const { signingConfig } = origin;
  const trustedRoot = (await readTrustedRoot?.()) ?? origin.trustedRoot;
  return {
    label: 'trusted-root',
    fetchedAt: undefined,
    isFromCache: false,
    root: coded('INPUT_INVALID', 'the input trusted-root', () => parseTrustedRoot(trustedRoot)),
    signingConfig:
      signingConfig === undefined
        ? undefined
        : coded('INPUT_INVALID', 'the input signing-config', () => parseSigningConfig(signingConfig, plainHttpHosts)),
  };
}

function settledSoon(event: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, FIRST_SENT_MAX_MS);
    void event.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

async function loadMirror(call: CallLimits, origin: TrustOrigin, options: TrustSourceOptions): Promise<LoadedRoot> {
  if (origin.kind !== 'tuf') throw new TypeError('no mirror was given');
  const root = origin.root === undefined ? await publicGoodRoot() : Buffer.from(origin.root);
  return loadRepository(call, { label: origin.mirror.href, repository: { url: origin.mirror.href, root } }, options);
}

async function publicGoodRoot(): Promise<Uint8Array> {
  const { PUBLIC_GOOD_TUF_ROOT } = await import('./roots/public-good.ts');
  return Buffer.from(PUBLIC_GOOD_TUF_ROOT);
}

async function loadPublicGood(call: CallLimits, options: TrustSourceOptions): Promise<LoadedRoot> {
  const repository = options.repositories?.publicGood ?? (await builtInPublicGood());
  return loadRepository(call, { label: 'public-good', repository }, options);
}

async function builtInPublicGood(): Promise<TufRepository> {
  const { PUBLIC_GOOD_TRUSTED_ROOT } = await import('./roots/public-good.ts');
  return {
    url: PUBLIC_GOOD_REPOSITORY,
    root: await publicGoodRoot(),
    knownTargets: [Buffer.from(PUBLIC_GOOD_TRUSTED_ROOT)],
  };
}

/** GitHub does not publish a signing config: its services have fixed URLs, with a timestamp authority and no log. */
async function loadGithub(call: CallLimits, options: TrustSourceOptions): Promise<LoadedRoot> {
  refuseTenant(options);
  const repository = options.repositories?.github ?? (await builtInGithub());
  const { targets, fetchedAt, isFromCache } = await fetchFrom(
    call,
    { repository, names: [TRUSTED_ROOT_TARGET] },
    options,
  );
  const root = await parseRoot(targets[0], repository);
  return { label: 'github', root, signingConfig: SIGNING_CONFIG_OF_GITHUB, fetchedAt, isFromCache };
}

async function builtInGithub(): Promise<TufRepository> {
  const { GITHUB_TUF_ROOT } = await import('./roots/github.ts');
  return { url: 'https://tuf-repo.github.com', root: Buffer.from(GITHUB_TUF_ROOT) };
}

/**
 * On `acme.ghe.com` (Enterprise Cloud with data residency) the tenant has its own instance. Its trusted root is a
 * target named after the tenant's trust domain, which the runner does not provide.
 */
function refuseTenant({ serverUrl, signing }: TrustSourceOptions): void {
  const host = URL.canParse(serverUrl) ? new URL(serverUrl).host : '';
  if (!/^[a-z0-9-]+\.ghe\.com$/.test(host)) return;
  throw new SigstoreError('TRUST_ROOT_UNAVAILABLE', `the trust domain of ${host} is not known`, {
    hint: signing
      ? 'Give `signing-config` and `trusted-root`. `gh attestation trusted-root` prints the latter.'
      : 'Give `trusted-root`. `gh attestation trusted-root` prints it.',
  });
}

const githubService = (url: string): SigningConfig['cas'][number] => ({
  url,
  majorApiVersion: 1,
  start: undefined,
  end: undefined,
  operator: 'github.com',
});

/** The services of GitHub's own instance (actions/toolkit packages/attest, endpoints.ts). */
const SIGNING_CONFIG_OF_GITHUB: SigningConfig = {
  cas: [githubService('https://fulcio.githubapp.com')],
  logs: [],
  logSelector: { selector: undefined, count: 0 },
  tsas: [githubService('https://timestamp.githubapp.com/api/v1/timestamp')],
  tsaSelector: { selector: 'ANY', count: 0 },
};

async function loadRepository(
  call: CallLimits,
  { label, repository }: { readonly label: string; readonly repository: TufRepository },
  options: TrustSourceOptions,
): Promise<LoadedRoot> {
  const names = options.signing ? [TRUSTED_ROOT_TARGET, SIGNING_CONFIG_TARGET] : [TRUSTED_ROOT_TARGET];
  const { targets, fetchedAt, isFromCache } = await fetchFrom(call, { repository, names }, options);
  const [rootBytes, configBytes] = targets;
  const config = configBytes === undefined ? undefined : new TextDecoder().decode(configBytes);
  return {
    label,
    fetchedAt,
    isFromCache,
    root: await parseRoot(rootBytes, repository),
    signingConfig:
      config === undefined
        ? undefined
        : coded('TRUST_ROOT_INVALID', `the signing config of ${repository.url}`, () =>
            parseSigningConfig(config, options.plainHttpHosts),
          ),
  };
}

async function fetchFrom(
  call: CallLimits,
  wanted: { readonly repository: TufRepository; readonly names: readonly string[] },
  options: TrustSourceOptions,
): Promise<FetchedTargets> {
  if (options.offline) {
    throw new SigstoreError(
      'INPUT_INVALID',
      `the TUF repository ${wanted.repository.url} cannot be used with offline`,
      {
        hint: 'With offline, give trusted-root.',
      },
    );
  }
  // Loaded on use: runs with files do not need tuf-js.
  const { fetchTargets } = await import('./tuf-client.ts');
  return fetchTargets(call, wanted, options);
}

async function parseRoot(bytes: Uint8Array | undefined, repository: TufRepository): Promise<TrustedRoot> {
  const { parseTrustedRoot } = await import('./trusted-root.ts');
  return coded('TRUST_ROOT_INVALID', `the trusted root of ${repository.url}`, () =>
    parseTrustedRoot(new TextDecoder().decode(bytes)),
  );
}

function coded<T>(code: ErrorCode, what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const hint =
      code === 'INPUT_INVALID'
        ? 'Give it unchanged, as this Sigstore instance publishes it: a path to the file, or its JSON.'
        : 'This version cannot read what the repository publishes. Ask its operator, or update Countersign.';
    throw new SigstoreError(code, `${what} cannot be used: ${error.message}`, { cause: error, hint });
  }
}
