import type { Dispatcher } from 'undici';
import { onAbort } from '../domain/calls/on-abort.ts';
import type { HttpRequest, HttpResponse } from './http-client.ts';
import { HttpError } from './http-error.ts';
import { toHttpError } from './http-failure.ts';
import { startDeadline } from './network-time.ts';
import { createReceivedBody } from './received-body.ts';

export interface Attempt {
  readonly request: HttpRequest;
  readonly url: URL;
  /** `GET https://host/path`, for messages. */
  readonly what: string;
  /** Longest wait for the whole response, in ms of network time. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called once the request has been sent. */
  readonly onSent: (() => void) | undefined;
}

/** Sends one request once and reads the whole response, within the timeout. Throws HttpError. */
export async function attemptRequest(dispatcher: Dispatcher, attempt: Attempt): Promise<HttpResponse> {
  const raw = await new Promise<RawResponse>((resolve, reject) => {
    const { request, url, what, timeoutMs, signal } = attempt;
    const body = createReceivedBody();
    let head: { status: number; headers: Buffer[] } | undefined;
    let received = 0;
    let abort: ((error: Error) => void) | undefined;
    let failure: HttpError | undefined;

    const finish = (): void => {
      stopDeadline();
      forgetAbort();
    };
    /** Fails at once, even if the request has not reached a connection yet. */
    const fail = (error: HttpError): void => {
      failure ??= error;
      finish();
      reject(failure);
      abort?.(failure);
    };
    const cancel = (): void => fail(new HttpError('aborted', `${what}: canceled`, { cause: signal.reason }));
    let forgetAbort = (): void => undefined;
    const stopDeadline = startDeadline({
      ms: timeoutMs,
      // A response may have headers and no body.
      progress: () => received + (head === undefined ? 0 : 1),
      onExpired: () => {
        const where = head === undefined ? 'no response' : 'no complete response';
        fail(new HttpError('timeout', `${what}: ${where} within ${Math.round(timeoutMs)} ms`));
      },
    });
    forgetAbort = onAbort(signal, cancel);
    if (signal.aborted) return;

    const handlers: Dispatcher.DispatchHandlers = {
      onConnect(abortRequest) {
        if (failure === undefined) abort = abortRequest;
        else abortRequest(failure);
        // undici calls this before it writes; one turn later the system has the bytes.
        if (attempt.onSent !== undefined) setImmediate(attempt.onSent);
      },
      onHeaders(status, headers) {
        if (status >= 200) head = { status, headers: [...headers] };
        return true;
      },
      onData(chunk) {
        received += chunk.length;
        if (received > request.maxBytes) {
          fail(new HttpError('too-large', `${what}: the response has more than ${request.maxBytes} bytes`));
          return false;
        }
        body.add(chunk);
        return true;
      },
      onComplete() {
        finish();
        const response = head;
        if (response === undefined) {
          reject(new HttpError('protocol', `${what}: a response without a status and headers`));
          return;
        }
        // undici returns the connection to its pool one turn of the event loop later. If we resolved earlier, the
        // caller's next request would open another connection, which costs a round trip.
        queueMicrotask(() => setImmediate(() => resolve({ ...response, body: body.bytes() })));
      },
      onUpgrade() {
        fail(new HttpError('protocol', `${what}: an unrequested upgrade`));
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
          // undici closes the connection after HEAD by default, for servers that send a body nevertheless. A new
          // connection costs a round trip, and such a server only harms itself.
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

/** We request identity. The gzip of a server that compresses nevertheless is decoded, within the same size limit. */
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
      ? new HttpError('too-large', `${what}: the response has more than ${request.maxBytes} bytes`, { cause })
      : new HttpError('protocol', `${what}: the response is not valid gzip, contrary to its Content-Encoding`, {
          cause,
        });
  }
}
