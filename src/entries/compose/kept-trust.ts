import { CodedError } from '../../coded-error.ts';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { createRetryBudget } from '../../http/retry-budget.ts';
import { createRefreshedRoots, type RootState } from '../../sigstore/trust/refreshed-roots.ts';
import type { TrustOrigin } from '../../usecases/connections.ts';
import { connectTrust, type TrustConnection } from './connect.ts';
import type { Surroundings } from './surroundings.ts';

/** Trust for a program that runs for months. */
export interface KeptTrust extends TrustConnection {
  /** Loads the root of most signatures, unless it is kept. Throws as `source.rootFor` does. */
  load(call: CallLimits): Promise<void>;
  /** Differs whenever the content of a trusted root does. */
  version(): string;
  /** The roots that were asked for, as they are now. */
  state(): readonly RootState[];
  /** Refreshes them in the background until the signal ends. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
}

interface KeptTrustOptions {
  /** `root-file`: a trusted root that is read again, because its file may change while the program runs. */
  readonly origin: TrustOrigin | { readonly kind: 'root-file'; readonly path: string };
  readonly http: HttpClient;
  /** How long a root is used after its repository last answered, in ms. A file does not age. */
  readonly maxAgeMs: number;
  /** Time between two refreshes, in ms. Default: an hour, for a file 30 seconds. */
  readonly refreshMs?: number;
  readonly plainHttpHosts: readonly string[];
}

const REFRESH_MS = 3_600_000;
const FILE_MS = 30_000;
/** The time of one refresh, and the part of it that outages may take, in ms. */
const ATTEMPT_MS = 60_000;
const OUTAGE_MS = 30_000;
const FILE_MAX_BYTES = 1024 * 1024;

/** Connects trusted roots that are refreshed in the background. No request waits for that while a root is kept. */
export function connectKeptTrust(surroundings: Surroundings, options: KeptTrustOptions): KeptTrust {
  const { origin, http, maxAgeMs, plainHttpHosts } = options;
  const { clock, random, log } = surroundings;
  const isFile = origin.kind === 'root-file';
  const roots = createRefreshedRoots({
    clock,
    random,
    maxAgeMs,
    refreshMs: options.refreshMs ?? (isFile ? FILE_MS : REFRESH_MS),
    callFor: (signal): CallLimits => ({
      signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)]),
      retries: createRetryBudget(OUTAGE_MS),
      log,
    }),
  });
  const trust = connectTrust(
    surroundings,
    isFile ? { kind: 'files', trustedRoot: '', signingConfig: undefined } : origin,
    {
      http,
      offline: false,
      signing: false,
      plainHttpHosts,
      githubServerUrl: 'https://github.com',
      roots,
      ...(isFile ? { readTrustedRoot: () => readRoot(surroundings, origin.path) } : {}),
    },
  );
  return {
    ...trust,
    async load(call) {
      await trust.source.rootFor(call, { issuerOrganization: undefined, visibility: undefined });
    },
    version: () => roots.version(),
    state: () => roots.state(),
    run: (signal) => roots.run(signal),
  };
}

async function readRoot({ readFile }: Surroundings, path: string): Promise<string> {
  const bytes = await readFile(path, FILE_MAX_BYTES);
  if (bytes !== undefined) return new TextDecoder().decode(bytes);
  throw new CodedError('TRUST_ROOT_UNAVAILABLE', `the trusted root ${path} does not exist`, {
    hint: 'Mount the file, or correct its path.',
  });
}
