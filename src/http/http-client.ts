import type { CallLimits } from '../domain/calls/call-limits.ts';

/**
 * The only way to the network: every adapter gets an HttpClient. This file has only the types for callers;
 * createHttpClient builds one on undici, with proxies, extra CAs, timeouts per attempt and size limits. Each call
 * decides when to give up.
 */

/** The service that is called; named in errors and in the debug log. */
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

/** A certificate with which a client identifies itself in the TLS handshake. */
export interface ClientCertificate {
  /** `https://host` or `https://host:port`. It is presented to no other origin. */
  readonly origin: string;
  /** PEM: the certificate, then its chain. */
  readonly certificate: string;
  /** PEM, not encrypted. */
  readonly key: string;
}

export interface HttpRequest {
  readonly service: ServiceName;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** The whole body, so that it can be sent again. */
  readonly body?: Uint8Array | string;
  /** Largest response body accepted, in bytes after content decoding; a larger one is an HttpError 'too-large'. */
  readonly maxBytes: number;
  /** True if the request may be sent again after a failure with an unknown effect. */
  readonly retry: boolean;
  /**
   * Called before the request is sent again, for writes that depend on the current state: returns the new headers and
   * body. An error that it throws ends the request.
   */
  readonly renew?: () => Promise<Pick<HttpRequest, 'headers' | 'body'>>;
  /**
   * Statuses that this call never retries although they are retryable in general (e.g. a 500 that means "bad input").
   */
  readonly finalStatuses?: readonly number[];
  /** True if the client certificate of the URL's origin, if there is one, may be presented. Default false. */
  readonly withClientCertificate?: boolean;
  /** Minimum timeout of one attempt, in ms, for services that are slow by design. */
  readonly leastTimeoutMs?: number;
  /** Once aborted, the request is not sent and not retried; a running attempt is still awaited. */
  readonly notAfter?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Lower-case names; repeated fields joined by ', '. `headersDistinct` keeps them separate. */
  readonly headers: Readonly<Record<string, string>>;
  readonly headersDistinct: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
  /** The URL of the request (the client itself never follows redirects). */
  readonly url: URL;
  /** What was done about the client certificate that the server asked for; absent if it asked for none. */
  readonly certificate?: 'presented' | 'missing';
}

export interface PreconnectOptions extends Pick<HttpRequest, 'withClientCertificate'> {
  /**
   * Opens as many connections as are missing until this many are open or opening, busy ones included; without it, one
   * more. Never more than the client may have to one origin.
   */
  readonly atLeast?: number | undefined;
  /** The same until this many are idle or opening, for as many calls that wait for something else. */
  readonly idle?: number | undefined;
}

export interface HttpClient {
  /**
   * Sends one request and retries it, where allowed, within the call's retry budget and until the call ends. Returns a
   * response with any status, including a retryable one that remained after the budget was used up. Throws HttpError
   * if there is no response.
   */
  request(call: CallLimits, request: HttpRequest): Promise<HttpResponse>;
  /** Opens connections to the origin for later requests; never throws and does not wait. */
  preconnect(url: string | URL, options?: PreconnectOptions): void;
  /** Closes every connection. */
  close(): Promise<void>;
}

/** One line per attempt for the debug log. The URL has no query and no user info. */
export interface HttpTrace {
  readonly service: ServiceName;
  readonly method: string;
  readonly url: string;
  readonly status: number | string;
  readonly ms: number;
  readonly attempt: number;
}
