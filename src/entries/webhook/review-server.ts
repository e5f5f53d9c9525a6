import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { toCodedError } from '../../coded-error.ts';
import type { Clock } from '../../usecases/ports.ts';
import { deadlineWithin, type RequestCall, startCall, TIMEOUT_MAX_MS, timeoutOf } from './deadline.ts';
import type { ReviewHandlers } from './handlers.ts';
import { type JsonLog, stackOf } from './json-log.ts';
import { type ListenPlace, listenOn } from './listen-on.ts';
import type { Metrics, Rejection, ReviewPath } from './metrics.ts';
import { type BodyRoom, createBodyRoom, readJsonBody } from './request-body.ts';
import { type Envelope, envelopeOf, refusedReview, verdictOf } from './review-envelope.ts';
import type { ServingPair } from './tls-files.ts';

export interface ReviewServerOptions {
  readonly pair: ServingPair;
  readonly handlers: ReviewHandlers;
  /** How long outages are waited out within one request, in ms. */
  readonly retryForMs: number;
  /** Requests that are answered at the same time. */
  readonly maxRequests: number;
  readonly clock: Clock;
  readonly log: JsonLog;
  readonly metrics: Metrics;
  /** For tests. */
  readonly limits?: Partial<Limits>;
}

interface Limits {
  /** Until the head of a request is there; for the handshake too. In ms. */
  readonly headMs: number;
  /** Until the whole request is there, in ms. */
  readonly requestMs: number;
  /** How long a connection without a request stays open, in ms. */
  readonly idleMs: number;
  /** What all requests together may hold in bodies until they are answered, in bytes. */
  readonly bodiesMaxBytes: number;
}

export interface ReviewServer {
  /** Resolves to the port. */
  listen(place: ListenPlace): Promise<number>;
  /** New connections get this certificate; requests that run are not disturbed. */
  usePair(pair: ServingPair): void;
  /** From now on each answer ends its connection, so that callers look for another replica. */
  drain(): void;
  /** Takes no more connections, and resolves when everything that came in is answered. */
  close(): Promise<void>;
}

/**
 * The API server keeps connections for 90 s (client-go). If this end closed one first, a request could meet the closing and
 * fail, so it waits longer.
 */
const LIMITS: Limits = {
  headMs: 10_000,
  requestMs: TIMEOUT_MAX_MS,
  idleMs: 120_000,
  bodiesMaxBytes: 64 * 1024 * 1024,
};
/** Both objects of a review have at most 3 MiB (apiserver, MaxRequestBodyBytes), and JSON around them. */
const BODY_MAX_BYTES = 8 * 1024 * 1024;
/** What is taken in of a body that is not read, so that its sender comes to read the answer, in bytes. */
const DISCARDED_MAX_BYTES = 4 * BODY_MAX_BYTES;
const DISCARDING_MS = 2_000;
const CONNECTIONS_MAX = 2_000;
/** Time for the handlers to word their own refusal once the time is up, in ms. */
const WORDING_MS = 150;
/** Time for the last answer of a connection that ends, in ms. */
const LINGER_MS = 1_000;
/** Time for answers that are on their way when the server closes, beyond the longest request, in ms. */
const CLOSING_MS = 5_000;

const UNANSWERED = 'the webhook failed to judge this object, so it is refused';

/**
 * The HTTPS server for AdmissionReviews. Whatever happens, the answer is a review, a status of 400 or more, or none: nothing
 * that an API server takes for a permission.
 */
export function createReviewServer(options: ReviewServerOptions): ReviewServer {
  const { log, metrics } = options;
  const limits = { ...LIMITS, ...options.limits };
  const room = createBodyRoom(limits.bodiesMaxBytes);
  const state: ServerState = { options, room, running: 0, isDraining: false };
  const server = createServer(
    {
      ...tlsOf(options.pair),
      handshakeTimeout: limits.headMs,
      headersTimeout: limits.headMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: Math.min(1_000, limits.headMs),
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      answer(state, request, response).catch((error: unknown) => {
        // Nothing is known about the answer, so there is none.
        log.error('a request ended in a defect', { error: toCodedError(error).message });
        response.destroy();
      });
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  server.on('tlsClientError', (error: Error) => log.debug(`a TLS handshake failed: ${error.message}`));
  /** Connections whose handshake is done: only they can be written to. */
  const secure = new WeakSet<Duplex>();
  server.on('secureConnection', (socket) => secure.add(socket));
  server.on('clientError', (error: Error, socket) => {
    log.debug(`a connection ended: ${error.message}`);
    metrics.rejected('aborted');
    if (!secure.has(socket) || !socket.writable) {
      socket.destroy();
      return;
    }
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    // The other end need not close its half.
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  });
  return {
    listen: (place) => listenOn(server, place, (error) => log.error(`the server failed: ${error.message}`)),
    usePair: (pair) => server.setSecureContext(tlsOf(pair)),
    drain() {
      state.isDraining = true;
    },
    close: () =>
      new Promise((resolve) => {
        state.isDraining = true;
        const timer = setTimeout(() => server.closeAllConnections(), TIMEOUT_MAX_MS + CLOSING_MS);
        server.close(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

function tlsOf({ cert, key }: ServingPair): { cert: string; key: string; minVersion: 'TLSv1.2' } {
  return { cert, key, minVersion: 'TLSv1.2' };
}

interface ServerState {
  readonly options: ReviewServerOptions;
  readonly room: BodyRoom;
  running: number;
  isDraining: boolean;
}

/** An answer without a review: the call failed, and `failurePolicy` decides. */
interface Refusal {
  readonly status: 400 | 404 | 405 | 413 | 415 | 503;
  readonly cause: Rejection;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

interface AcceptedHead {
  readonly path: ReviewPath;
  readonly timeoutMs: number;
}

async function answer(state: ServerState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { options } = state;
  const head = readHead(request, state);
  if ('status' in head) return reject(state, { request, response }, head);
  state.running += 1;
  const end = options.metrics.begin();
  const startedMs = options.clock.now().getTime();
  const { path, timeoutMs } = head;
  const call = startCall(deadlineWithin(timeoutMs), { retryForMs: options.retryForMs, log: options.log });
  response.once('close', () => {
    if (!response.writableFinished) call.abandon();
  });
  const share = state.room.open();
  try {
    const body = await readJsonBody(request, { signal: call.context.signal, share, maxBytes: BODY_MAX_BYTES });
    if ('problem' in body) {
      share.free();
      return await reject(state, { request, response }, BODY_PROBLEMS[body.problem]);
    }
    const envelope = envelopeOf(body.json);
    if (envelope === undefined) {
      return reject(
        state,
        { request, response },
        { status: 400, cause: 'body', text: 'not an AdmissionReview with a uid' },
      );
    }
    const review = await judge(state, call, { path, envelope, review: body.json, startedMs });
    send(state, response, { status: 200, text: JSON.stringify(review), type: 'application/json' });
  } finally {
    share.free();
    call.end();
    end();
    state.running -= 1;
  }
}

function readHead(request: IncomingMessage, { running, options }: ServerState): AcceptedHead | Refusal {
  const [path = '', ...query] = (request.url ?? '').split('?');
  if (path !== '/validate' && path !== '/mutate') {
    return { status: 404, cause: 'path', text: 'only /validate and /mutate are served' };
  }
  if (request.method !== 'POST') {
    return { status: 405, cause: 'method', text: 'only POST is served', headers: { Allow: 'POST' } };
  }
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (type !== 'application/json' || encoding !== 'identity') {
    return { status: 415, cause: 'content-type', text: 'only plain application/json is read' };
  }
  const timeoutMs = timeoutOf(new URLSearchParams(query.join('?')));
  if (timeoutMs === undefined) return { status: 400, cause: 'path', text: 'the parameter timeout is not a duration' };
  if (Number(request.headers['content-length'] ?? 0) > BODY_MAX_BYTES) return BODY_PROBLEMS['too-large'];
  if (running >= options.maxRequests) return BUSY;
  return { path, timeoutMs };
}

const BUSY: Refusal = {
  status: 503,
  cause: 'busy',
  text: 'too many requests at the same time',
  headers: { 'Retry-After': '1' },
};

const BODY_PROBLEMS = {
  'too-large': { status: 413, cause: 'too-large', text: `the body has more than ${BODY_MAX_BYTES} bytes` },
  'no-room': { ...BUSY, text: 'too many large requests at the same time' },
  late: { status: 400, cause: 'aborted', text: 'the body did not arrive in time' },
  broken: { status: 400, cause: 'aborted', text: 'the body did not arrive' },
} as const satisfies Readonly<Record<string, Refusal>>;

interface Asked {
  readonly path: ReviewPath;
  readonly envelope: Envelope;
  readonly review: unknown;
  readonly startedMs: number;
}

/** The handlers' review, or a refusal if they fail, answer something else, or are late. */
async function judge(
  { options }: ServerState,
  call: RequestCall,
  { path, envelope, review, startedMs }: Asked,
): Promise<object> {
  const { handlers, metrics, clock } = options;
  const log = options.log.with({ path, ...envelope.labels });
  const { context } = call;
  let result: object;
  try {
    const work = path === '/validate' ? handlers.validate(context, review) : handlers.mutate(context, review);
    result = await orExpired(work, context.signal);
    if (verdictOf(result, envelope) === undefined) throw new TypeError('the answer is not one to this request');
  } catch (error) {
    const { code, message, hint } = toCodedError(error);
    const isLate = code === 'TIMEOUT';
    if (!isLate) log.error('a review failed', { code, error: message, stack: stackOf(error) });
    const text = isLate ? `${message}, so it is refused. ${hint ?? ''}`.trim() : UNANSWERED;
    result = refusedReview(envelope, isLate ? 504 : 500, text);
  }
  if (context.signal.aborted) metrics.deadlineExpired(path);
  const ms = clock.now().getTime() - startedMs;
  const verdict = verdictOf(result, envelope);
  const isAllowed = verdict?.isAllowed === true;
  metrics.answered(path, isAllowed ? 'allowed' : 'denied', ms);
  const fields = { verdict: isAllowed ? 'allowed' : 'denied', ms: Math.round(ms) };
  if (isAllowed) log.debug('reviewed', fields);
  else log.info('refused', { ...fields, reason: verdict?.message });
  return result;
}

/** The work, or the reason of the signal a moment after it ended, so that a handler may say more than this server knows. */
async function orExpired<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort = (): void => undefined;
  const expired = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      timer = setTimeout(() => reject(signal.reason), WORDING_MS);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

async function reject(state: ServerState, { request, response }: Exchange, refusal: Refusal): Promise<void> {
  state.options.metrics.rejected(refusal.cause);
  state.options.log.debug(`a request got the status ${refusal.status}: ${refusal.text}`);
  await discard(request);
  // What is left of the body is not read, so the connection cannot be used again.
  send(state, response, {
    status: refusal.status,
    text: `${refusal.text}\n`,
    type: 'text/plain; charset=utf-8',
    headers: { ...refusal.headers, Connection: 'close' },
  });
}

/**
 * Takes in and throws away the rest of a body, within limits: a caller reads the answer only when it has sent its body, and
 * the answer ends the connection.
 */
function discard(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let left = DISCARDED_MAX_BYTES;
    const timer = setTimeout(resolve, DISCARDING_MS);
    const settle = (): void => {
      clearTimeout(timer);
      resolve();
    };
    request.on('error', () => undefined);
    request.once('end', settle).once('close', settle);
    request.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) settle();
    });
    request.resume();
  });
}

interface Sent {
  readonly status: number;
  readonly text: string;
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function send(state: ServerState, response: ServerResponse, { status, text, type, headers = {} }: Sent): void {
  if (response.destroyed) return;
  const closing = state.isDraining ? { Connection: 'close' } : {};
  const length = Buffer.byteLength(text);
  response.writeHead(status, { ...headers, ...closing, 'Content-Type': type, 'Content-Length': length });
  response.end(text);
}
