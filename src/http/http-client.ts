import type { CallLimits } from '../domain/calls/call-limits.ts';

/**
 * The one way to the network: every adapter gets an HttpClient. Types only for callers; createHttpClient
 * builds it over undici with proxy, extra CAs, per-attempt time-outs and byte caps. When to give up, each call says.
 */

/** Who is being called; named in errors, in the debug log and in the retry budget. */
export type ServiceName =
  | 'registry'
  | 'token server'
  | 'id-token'
  | 'CA'
  | 'log'
  | 'TSA'
  | 'TUF'
  | 'GitHub API'
  | 'storage';

export interface HttpRequest {
  readonly service: ServiceName;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole body, so that it can be replayed. */
  readonly body?: Uint8Array | string;
  /** Largest response body accepted, in bytes after content decoding; more is an HttpError 'too-large'. */
  readonly maxBytes: number;
  /** True if the request may be sent again after a failure whose effect is unknown. */
  readonly retry: boolean;
  /**
   * Called before the request is sent again, for writes that depend on what is there by then: its new headers
   * and body. What it throws ends the request.
   */
  readonly renew?: () => Promise<Pick<HttpRequest, 'headers' | 'body'>>;
  /** Statuses of this call that are answers, never retried although generally retryable (e.g. 500 that means "bad input"). */
  readonly finalStatuses?: readonly number[];
  /** Time that one attempt gets at least, in ms, for services that answer slowly by design. */
  readonly leastTimeoutMs?: number;
  /** Once aborted, the request is not sent, and not sent again; an attempt under way is still waited for. */
  readonly notAfter?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; repeated fields joined by ', ' except as `headersDistinct` keeps them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly headersDistinct: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
  /** The URL asked (redirects are never followed by the client itself). */
  readonly url: URL;
}

export interface HttpClient {
  /**
   * Sends one request, again within the call's retry budget where allowed, until the call ends. Any status is an
   * answer, returned; what remained a retryable status after the budget is returned too. No answer at all is an
   * HttpError.
   */
  request(call: CallLimits, request: HttpRequest): Promise<HttpResponse>;
  /** Opens a connection to the origin so that a later request finds it; never fails, never awaits. */
  preconnect(url: string | URL): void;
  /** Closes every connection. */
  close(): Promise<void>;
}

/** One line a request for the debug log. URL without query and user info. */
export interface HttpTrace {
  readonly service: ServiceName;
  readonly method: string;
  readonly url: string;
  readonly status: number | string;
  readonly ms: number;
  readonly attempt: number;
}
