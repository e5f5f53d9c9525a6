import type { Dispatcher } from 'undici';
import type { HttpRequest, HttpResponse } from './http-client.ts';
import { HttpError } from './http-error.ts';
import { toHttpError } from './http-failure.ts';
import { startDeadline } from './network-time.ts';

export interface Attempt {
  readonly request: HttpRequest;
  readonly url: URL;
  /** `GET https://host/path`, for messages. */
  readonly what: string;
  /** Longest wait for the whole answer, in ms in which we could have read it. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called once the request is on its way. */
  readonly onSent: (() => void) | undefined;
}

/** Sends one request once and reads the whole answer, within the time-out. Throws HttpError. */
export async function attemptRequest(dispatcher: Dispatcher, attempt: Attempt): Promise<HttpResponse> {
  const raw = await new Promise<RawResponse>((resolve, reject) => {
    const { request, url, what, timeoutMs, signal } = attempt;
    const chunks: Buffer[] = [];
    let head: { status: number; headers: Buffer[] } | undefined;
    let received = 0;
    let abort: ((error: Error) => void) | undefined;
    let failure: HttpError | undefined;

    const finish = (): void => {
      stopDeadline();
      signal.removeEventListener('abort', onAbort);
    };
    /** Fails at once, whether or not the request has reached a connection yet. */
    const fail = (error: HttpError): void => {
      failure ??= error;
      finish();
      reject(failure);
      abort?.(failure);
    };
    const onAbort = (): void => fail(new HttpError('aborted', `${what}: given up`, { cause: signal.reason }));
    const stopDeadline = startDeadline({
      ms: timeoutMs,
      // The head may come without a body.
      progress: () => received + (head === undefined ? 0 : 1),
      onExpired: () => {
        const where = head === undefined ? 'no answer' : 'no complete answer';
        fail(new HttpError('timeout', `${what}: ${where} within ${Math.round(timeoutMs)} ms`));
      },
    });
    if (signal.aborted) {
      onAbort();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });

    const handlers: Dispatcher.DispatchHandlers = {
      onConnect(abortRequest) {
        if (failure === undefined) abort = abortRequest;
        else abortRequest(failure);
        // undici calls before it writes; a turn later the bytes are with the system.
        if (attempt.onSent !== undefined) setImmediate(attempt.onSent);
      },
      onHeaders(status, headers) {
        if (status >= 200) head = { status, headers: [...headers] };
        return true;
      },
      onData(chunk) {
        received += chunk.length;
        if (received > request.maxBytes) {
          fail(new HttpError('too-large', `${what}: the answer has more than ${request.maxBytes} bytes`));
          return false;
        }
        chunks.push(chunk);
        return true;
      },
      onComplete() {
        finish();
        const response = head;
        if (response === undefined) {
          reject(new HttpError('protocol', `${what}: an answer without a head`));
          return;
        }
        // undici gives the connection back to its pool one turn of the event loop later. Answering earlier
        // would make the caller's next request open another connection, which costs a round trip.
        queueMicrotask(() => setImmediate(() => resolve({ ...response, body: Buffer.concat(chunks) })));
      },
      onUpgrade() {
        fail(new HttpError('protocol', `${what}: an upgrade nobody asked for`));
      },
      onError(error) {
        finish();
        reject(failure ?? toHttpError(error, what, head !== undefined));
      },
    };
    try {
      dispatcher.dispatch(
        {
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method: request.method,
          headers: { 'accept-encoding': 'identity', ...request.headers },
          body: request.body ?? null,
          // undici closes after HEAD by default, for servers that send a body all the same; a connection
          // costs a round trip, and such a server only harms itself.
          reset: false,
        },
        handlers,
      );
    } catch (error) {
      finish();
      reject(toHttpError(error, what, false));
    }
  });
  const headersDistinct = parseHeaders(raw.headers);
  const headers = Object.fromEntries(
    Object.entries(headersDistinct).map(([name, values]) => [name, values.join(', ')]),
  );
  const body = await decode(raw.body, headers['content-encoding'], attempt);
  return { status: raw.status, headers, headersDistinct, body, url: attempt.url };
}

interface RawResponse {
  readonly status: number;
  readonly headers: readonly Buffer[];
  readonly body: Buffer;
}

function parseHeaders(raw: readonly Buffer[]): Readonly<Record<string, readonly string[]>> {
  const fields = new Map<string, string[]>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index]?.toString('latin1').toLowerCase() ?? '';
    const values = fields.get(name) ?? [];
    values.push(raw[index + 1]?.toString('latin1') ?? '');
    fields.set(name, values);
  }
  return Object.fromEntries(fields);
}

/** We ask for identity; a server that compresses all the same is understood, within the same cap. */
async function decode(body: Buffer, encoding: string | undefined, { request, what }: Attempt): Promise<Uint8Array> {
  const coding = encoding?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity' || body.length === 0) return body;
  if (coding !== 'gzip' && coding !== 'x-gzip') {
    throw new HttpError('protocol', `${what}: Content-Encoding is neither identity nor gzip`);
  }
  const { gunzipSync } = await import('node:zlib');
  try {
    return gunzipSync(body, { maxOutputLength: request.maxBytes });
  } catch (cause) {
    const tooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw tooLarge
      ? new HttpError('too-large', `${what}: the answer has more than ${request.maxBytes} bytes`, { cause })
      : new HttpError('protocol', `${what}: the answer is no gzip although it says so`, { cause });
  }
}
