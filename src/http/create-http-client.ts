import { CodedError } from '../coded-error.ts';
import type { CallLimits } from '../domain/calls/call-limits.ts';
import { isAllowedUrl } from '../domain/image/network-host.ts';
import { admitPublic } from './admit-public.ts';
import { type Attempt, attemptRequest } from './attempt.ts';
import { type Connections, createConnections } from './connections.ts';
import type { EarlyConnections } from './early-connections.ts';
import type { ClientCertificate, HttpClient, HttpRequest, HttpResponse, HttpTrace } from './http-client.ts';
import { HttpError } from './http-error.ts';
import { isSilentRefusal, isTransient, isUnknownHost, toHttpError } from './http-failure.ts';
import { networkTimeMs } from './network-time.ts';
import type { ProxyVariables } from './proxy-settings.ts';
import { retryAfterMs } from './retry-after.ts';
import { backoffMs } from './retry-budget.ts';

export interface HttpClientOptions {
  readonly clock: { now(): Date; sleep(ms: number, signal?: AbortSignal): Promise<void> };
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Proxy variables, for example a whole environment. */
  readonly proxy?: ProxyVariables;
  /** PEM certificates trusted in addition to the default roots, for every https call. */
  readonly caPems?: readonly string[];
  /** Each for one origin, and only for requests that may present it. */
  readonly clientCertificates?: readonly ClientCertificate[];
  /** Hosts (`host` for any port, or `host:port`) that may be called over plain http, as loopback may. */
  readonly insecureHosts?: readonly string[];
  /**
   * The only hosts (`host` or `host:port`) that may have private addresses; default: every host. Not checked behind a proxy
   * that opens tunnels, because the proxy resolves the name.
   */
  readonly privateHosts?: readonly string[] | undefined;
  /** Connections that were opened before. Not used where `privateHosts` limits the addresses. */
  readonly early?: EarlyConnections | undefined;
  /** Default 64. */
  readonly maxConnectionsPerOrigin?: number;
  /** Called for every attempt, with the call that it was made for. */
  readonly trace?: (line: HttpTrace, call: CallLimits) => void;
  readonly userAgent?: string;
  /** Called once, when the client's first request has been sent: a good time to load modules that are needed later. */
  readonly onFirstSent?: () => void;
  /** Called once, when a request that began after the first response has been sent. */
  readonly onNextSent?: () => void;
}

/** Statuses that may be temporary; 499 and 522 come from proxies. */
const RETRYABLE_STATUSES: readonly number[] = [408, 429, 499, 500, 502, 503, 504, 522];
/**
 * Attempts for a host name that does not exist, and for a server that asks for a client certificate and closes the
 * connection: a mistake in an input must not use up the whole budget.
 */
const MISTAKE_ATTEMPTS = 4;
/** Minimum wait after a Retry-After, in ms: GHCR sends fractions of a millisecond. */
const RETRY_AFTER_MIN_MS = 500;

/** Builds an HttpClient with undici pools, proxies and extra roots. It serves any number of calls at once. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const connections = createConnections({
    proxy: options.proxy ?? {},
    caPems: options.caPems ?? [],
    clientCertificates: options.clientCertificates ?? [],
    admits: options.privateHosts === undefined ? undefined : admitPublic(options.privateHosts),
    early: options.privateHosts === undefined ? options.early : undefined,
    maxConnectionsPerOrigin: options.maxConnectionsPerOrigin ?? 64,
  });
  const insecureHosts = options.insecureHosts ?? [];
  let { onFirstSent, onNextSent } = options;
  let hasAnswer = false;
  const takeOnSent = (): (() => void) | undefined => {
    const taken = hasAnswer ? onNextSent : onFirstSent;
    if (hasAnswer) onNextSent = undefined;
    else onFirstSent = undefined;
    return taken;
  };
  const onEnd = (): void => {
    hasAnswer = true;
  };
  const context: Context = { options, connections, insecureHosts, takeOnSent, onEnd };
  return {
    request: (call, request) => send(call, request, context),
    preconnect(url, { withClientCertificate = false, ...wanted } = {}) {
      try {
        connections.preconnect({ url: checkUrl(url, insecureHosts), withClientCertificate }, wanted);
      } catch {
        // The request that follows fails the same check, with its own message.
      }
    },
    close: () => connections.close(),
  };
}

interface Context {
  readonly options: HttpClientOptions;
  readonly connections: Connections;
  readonly insecureHosts: readonly string[];
  /** HttpClientOptions.onFirstSent, or onNextSent after a response, for the first attempt that takes it. */
  readonly takeOnSent: () => (() => void) | undefined;
  /** An attempt has ended. */
  readonly onEnd: () => void;
}

type Outcome = { readonly response: HttpResponse } | { readonly error: HttpError };

async function send(call: CallLimits, first: HttpRequest, context: Context): Promise<HttpResponse> {
  const { options } = context;
  const { signal, retries: budget } = call;
  const url = checkUrl(first.url, context.insecureHosts);
  let request = first;
  // No attempt may start after either of them.
  const beginning = joinSignals(signal, first.notAfter);
  for (let attempt = 1; ; attempt += 1) {
    if (beginning.aborted) throw givenUp(request, url, beginning.reason);
    const startedMs = networkTimeMs(options.clock);
    const outcome = await tryOnce(call, { request, url, attempt }, context);
    if ('error' in outcome && signal.aborted) throw givenUp(request, url, signal.reason);
    if (!request.retry || !isWorthRetrying(outcome, request, attempt)) return settle(outcome);
    const endedMs = networkTimeMs(options.clock);
    budget.spend(startedMs, endedMs, url.origin);
    const waitMs = waitFor(outcome, attempt, options);
    if (waitMs > budget.remainingMs() || budget.remainingMs() <= 0) return settle(outcome);
    await sleepUntil(beginning, () => options.clock.sleep(waitMs, beginning), { request, url });
    budget.spend(endedMs, networkTimeMs(options.clock), url.origin);
    if (request.renew !== undefined) request = { ...request, ...(await request.renew()) };
  }
}

async function tryOnce(
  call: CallLimits,
  { request, url, attempt }: { readonly request: HttpRequest; readonly url: URL; readonly attempt: number },
  { options, connections, takeOnSent, onEnd }: Context,
): Promise<Outcome> {
  const what = describe(request, url);
  const startedMs = options.clock.now().getTime();
  const withAgent = { 'user-agent': options.userAgent ?? 'countersign', ...request.headers };
  const once: Attempt = {
    request: { ...request, headers: withAgent },
    url,
    what,
    timeoutMs: Math.max(call.retries.attemptMs(url.origin), request.leastTimeoutMs ?? 0),
    signal: call.signal,
    onSent: takeOnSent(),
  };
  let outcome: Outcome;
  try {
    const to = { url, withClientCertificate: request.withClientCertificate ?? false };
    outcome = {
      response: await connections.use(to, async (dispatcher, peer) => {
        const response = await attemptRequest(dispatcher, once);
        if (!peer.asksForCertificate) return response;
        return { ...response, certificate: peer.isPresented ? 'presented' : 'missing' } as const;
      }),
    };
  } catch (error) {
    outcome = { error: toHttpError(error, what, false) };
  }
  onEnd();
  const line: HttpTrace = {
    service: request.service,
    method: request.method,
    url: `${url.origin}${url.pathname}`,
    status: 'response' in outcome ? outcome.response.status : outcome.error.failure,
    ms: options.clock.now().getTime() - startedMs,
    attempt,
  };
  options.trace?.(line, call);
  return outcome;
}

function isWorthRetrying(outcome: Outcome, request: HttpRequest, attempt: number): boolean {
  if ('error' in outcome) {
    if (isUnknownHost(outcome.error) || isSilentRefusal(outcome.error)) return attempt < MISTAKE_ATTEMPTS;
    return isTransient(outcome.error);
  }
  const { status } = outcome.response;
  return RETRYABLE_STATUSES.includes(status) && request.finalStatuses?.includes(status) !== true;
}

/**
 * The service's own wait, if it states one, raised to the minimum; plus our jitter, which spreads parallel requests.
 */
function waitFor(outcome: Outcome, attempt: number, { clock, random }: HttpClientOptions): number {
  const jitterMs = backoffMs(attempt, random);
  if ('error' in outcome) return jitterMs;
  const { headers, body } = outcome.response;
  const asked = retryAfterMs(headers['retry-after'], body, clock.now());
  return asked === undefined ? jitterMs : Math.max(asked, RETRY_AFTER_MIN_MS) + jitterMs;
}

async function sleepUntil(
  signal: AbortSignal,
  sleep: () => Promise<void>,
  { request, url }: { readonly request: HttpRequest; readonly url: URL },
): Promise<void> {
  try {
    await sleep();
    signal.throwIfAborted();
  } catch (error) {
    throw givenUp(request, url, signal.aborted ? signal.reason : error);
  }
}

/** The error of a request that was ended. A CodedError as the reason is thrown as it is, because users read it. */
function givenUp(request: HttpRequest, url: URL, reason: unknown): CodedError | HttpError {
  if (reason instanceof CodedError) return reason;
  return new HttpError('aborted', `${describe(request, url)}: canceled`, { cause: reason });
}

function settle(outcome: Outcome): HttpResponse {
  if ('error' in outcome) throw outcome.error;
  return outcome.response;
}

/** The only check of which URLs may be called: https on any host, http on loopback and on listed hosts. */
function checkUrl(value: string | URL, insecureHosts: readonly string[]): URL {
  const isReady = typeof value !== 'string' && !value.href.includes('#');
  const url = isReady ? value : URL.parse(String(value));
  if (url === null) throw new HttpError('protocol', 'not a URL');
  if (!isReady) url.hash = '';
  if (url.username !== '' || url.password !== '') {
    throw new HttpError('protocol', `${url.origin}: a URL must not contain a user name or password`);
  }
  if (!isAllowedUrl(url, insecureHosts)) {
    throw new HttpError(
      'protocol',
      `${url.origin}: only https is allowed (plain http: loopback, or hosts listed as insecure)`,
    );
  }
  return url;
}

function describe(request: HttpRequest, url: URL): string {
  return `${request.method} ${url.origin}${url.pathname}`;
}

function joinSignals(one: AbortSignal, other: AbortSignal | undefined): AbortSignal {
  if (other === undefined || one === other) return one;
  return AbortSignal.any([one, other]);
}
