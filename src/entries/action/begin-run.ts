import { type EarlyConnections, type EarlyTarget, openEarly } from '../../http/early-connections.ts';
import { type CrashGuard, guardCrash } from './guard-crash.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a process does first, before the rest of its code is loaded: this file imports next to nothing. */
export interface BegunRun {
  readonly guard: CrashGuard;
  readonly early: EarlyConnections;
}

/** Longest wait for addresses, in ms. Loading the code is one piece of work, in which no connection can begin. */
const ADDRESSES_MS = 2;

/**
 * Guards the process against crashes, and opens connections to where its first requests will most likely go, since a
 * connection takes as long as loading the code. Call it before the first `await`.
 */
export function beginRun(targets: readonly (EarlyTarget | undefined)[] = []): BegunRun {
  const guard = guardCrash();
  return { guard, early: openEarly(targets.filter((one) => one !== undefined)) };
}

/** Waits until the connections have begun, but not long. */
export async function connectionsBegun({ early }: BegunRun): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ADDRESSES_MS);
  });
  await Promise.race([early.begun, timeUp]);
  clearTimeout(timer);
}

/** A first line of `images` with a registry in it: a host with a dot or a port, or `localhost` (distribution/reference). */
const REGISTRY = /^\s*(localhost|[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|[A-Za-z0-9.-]+(?=:))(?::([0-9]{1,5}))?\/[a-z0-9]/;
/** Docker Hub has another host than its references name (a test holds this to `registryOrigin`, which is loaded later). */
const DOCKER_HUB = /^(?:index\.)?docker\.io$/i;

/**
 * The registry of the first image that the input names. Undefined where that is not plain to see, or a proxy stands in
 * between. A wrong guess costs a connection over which nothing is sent.
 */
export function registryTarget(env: Environment): EarlyTarget | undefined {
  const [, host = '', port] = REGISTRY.exec(env['INPUT_IMAGES'] ?? '') ?? [];
  if (host === '') return undefined;
  return directTarget(env, DOCKER_HUB.test(host) ? 'registry-1.docker.io' : host, Number(port ?? HTTPS_PORT));
}

/** Where GitHub gives this job its id-token, as far as it gives one. */
export function idTokenTarget(env: Environment): EarlyTarget | undefined {
  const url = URL.parse(env['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '');
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined;
  const port = url.port || (url.protocol === 'https:' ? HTTPS_PORT : 80);
  return directTarget(env, url.hostname.replace(/^\[|\]$/g, ''), Number(port));
}

const HTTPS_PORT = 443;
const PROXIES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

function directTarget(env: Environment, hostname: string, port: number): EarlyTarget | undefined {
  // Which hosts a proxy is for is decided where its settings are read (http/proxy-settings.ts).
  if (PROXIES.some((name) => (env[name] ?? '') !== '') || port < 1 || port > 65_535) return undefined;
  return { hostname, port };
}
