import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { HttpError } from '../http/http-error.ts';
import { toHttpError } from '../http/http-failure.ts';
import { startDeadline } from '../http/network-time.ts';
import type { KubeRequest } from './kube-api.ts';
import type { Access } from './server-access.ts';

export interface Exchange {
  readonly access: Access;
  readonly origin: URL;
  readonly request: KubeRequest;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  /** Longest wait for the head of the answer; for `exchange` for the whole of it. In ms of network time. */
  readonly timeoutMs: number;
  /** Largest body, in bytes. */
  readonly maxBytes: number;
}

export interface RawAnswer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly body: Buffer;
}

/** A body that arrives as long as the server sends. */
export interface OpenAnswer {
  readonly status: number;
  readonly message: IncomingMessage;
}

/** `GET https://10.96.0.1/api/v1/pods`, for messages; without the query. */
export function describe(origin: URL, { method, path }: KubeRequest): string {
  return `${method} ${origin.origin}${path.replace(/\?.*$/s, '')}`;
}

/** Sends one request once, directly: no proxy, no redirect. Throws HttpError if there is no complete answer. */
export async function exchange(asked: Exchange): Promise<RawAnswer> {
  const what = describe(asked.origin, asked.request);
  return begin(asked, (message, { resolve, fail, progress }) => {
    const chunks: Buffer[] = [];
    let received = 0;
    message.on('data', (chunk: Buffer) => {
      received += chunk.length;
      progress(chunk.length);
      if (received > asked.maxBytes) {
        fail(new HttpError('too-large', `${what}: the answer has more than ${asked.maxBytes} bytes`));
      } else chunks.push(chunk);
    });
    message.on('end', () => {
      const { statusCode = 0, headers } = message;
      // A body that was cut off ends with `complete` unset.
      if (!message.complete) fail(new HttpError('truncated', `${what}: the answer was cut off`));
      else resolve({ status: statusCode, retryAfter: headers['retry-after'], body: Buffer.concat(chunks) });
    });
  });
}

/** Sends one request and returns as soon as the answer begins. The signal ends the answer too. */
export function openStream(asked: Exchange): Promise<OpenAnswer> {
  return begin(asked, (message, { resolve }) => {
    // Whoever reads it gets the errors, too.
    message.on('error', () => undefined);
    resolve({ status: message.statusCode ?? 0, message });
  });
}

interface Ending<Result> {
  readonly resolve: (result: Result) => void;
  readonly fail: (error: HttpError) => void;
  readonly progress: (bytes: number) => void;
}

function begin<Result>(
  { access, origin, request: asked, userAgent, signal, timeoutMs }: Exchange,
  onAnswer: (message: IncomingMessage, ending: Ending<Result>) => void,
): Promise<Result> {
  const what = describe(origin, asked);
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(canceled(what, signal));
      return;
    }
    const body = asked.body === undefined ? undefined : Buffer.from(JSON.stringify(asked.body));
    let received = 0;
    let answering = false;
    const sent = request(new URL(origin.origin), {
      agent: access.agent,
      method: asked.method,
      path: asked.path,
      signal,
      headers: {
        authorization: `Bearer ${access.token}`,
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': userAgent,
        ...(body === undefined ? {} : { 'content-type': contentType(asked), 'content-length': body.length }),
      },
    });
    const settle = (act: () => void): void => {
      stopDeadline();
      act();
    };
    const fail = (error: HttpError): void => {
      settle(() => reject(error));
      sent.destroy(error);
    };
    const stopDeadline = startDeadline({
      ms: timeoutMs,
      progress: () => received,
      onExpired: () => fail(new HttpError('timeout', `${what}: no answer within ${Math.round(timeoutMs)} ms`)),
    });
    const onError = (error: Error): void =>
      settle(() => reject(signal.aborted ? canceled(what, signal) : toHttpError(error, what, answering)));
    sent.on('error', onError);
    sent.on('response', (message) => {
      answering = true;
      received += 1;
      message.on('error', onError);
      onAnswer(message, {
        resolve: (result) => settle(() => resolve(result)),
        fail,
        progress: (bytes) => {
          received += bytes;
        },
      });
    });
    sent.end(body);
  });
}

function contentType({ method, contentType: given }: KubeRequest): string {
  return given ?? (method === 'PATCH' ? 'application/merge-patch+json' : 'application/json');
}

function canceled(what: string, signal: AbortSignal): HttpError {
  return new HttpError('aborted', `${what}: canceled`, { cause: signal.reason });
}
