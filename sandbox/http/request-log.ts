/** One request as the server saw it; times are performance.now() in milliseconds. */
export interface LoggedRequest {
  /** 1, 2, 3 … in order of arrival, over every service that shares the log. */
  readonly sequence: number;
  /** Name of the service, from `serve(…, {name})`. */
  readonly server: string;
  readonly method: string;
  /** Path with query, as sent. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBytes: number;
  /** Number of the TCP connection, unique in the log. */
  readonly connection: number;
  readonly firstOnConnection: boolean;
  /** When the TCP connection was accepted. */
  readonly connectionOpenedAt: number;
  /** When the request's head had arrived. */
  readonly startedAt: number;
  /** When the last byte of the answer was handed to the system; undefined = never answered (yet). */
  readonly endedAt: number | undefined;
  /** Status sent, or the fault that took its place. */
  readonly status: number | string | undefined;
}

export interface LoggedConnection {
  readonly id: number;
  readonly server: string;
  readonly openedAt: number;
}

/** What serve() fills in; the other half of the log is for reading. */
export interface RequestRecorder {
  connectionOpened(server: string): LoggedConnection;
  requestStarted(
    request: Pick<LoggedRequest, 'server' | 'method' | 'path' | 'headers' | 'firstOnConnection'>,
    connection: LoggedConnection,
  ): number;
  requestRead(sequence: number, bodyBytes: number): void;
  requestEnded(sequence: number, status: number | string): void;
  requestFailed(sequence: number, fault: string): void;
}

export interface RequestLog extends RequestRecorder {
  /** A copy of the requests so far, in order of arrival. */
  requests(): readonly LoggedRequest[];
  /** Every connection, also those that carried no request. */
  connections(): readonly LoggedConnection[];
  /** Forgets the requests; connections stay known, so a kept connection is not taken for a new one. */
  clear(): void;
}

/** An empty log; give the same one to several `serve` calls to see them in one order. */
export function createRequestLog(): RequestLog {
  let requests = new Map<number, LoggedRequest>();
  const connections: LoggedConnection[] = [];
  let sequence = 0;
  const change = (id: number, fields: Partial<LoggedRequest>): void => {
    const known = requests.get(id);
    if (known !== undefined) requests.set(id, { ...known, ...fields });
  };
  return {
    connectionOpened(server) {
      const connection = { id: connections.length + 1, server, openedAt: performance.now() };
      connections.push(connection);
      return connection;
    },
    requestStarted(request, connection) {
      sequence += 1;
      requests.set(sequence, {
        ...request,
        sequence,
        bodyBytes: 0,
        connection: connection.id,
        connectionOpenedAt: connection.openedAt,
        startedAt: performance.now(),
        endedAt: undefined,
        status: undefined,
      });
      return sequence;
    },
    requestRead: (id, bodyBytes) => change(id, { bodyBytes }),
    requestEnded: (id, status) => change(id, { endedAt: performance.now(), status }),
    requestFailed: (id, fault) => change(id, { status: fault }),
    requests: () => [...requests.values()],
    connections: () => [...connections],
    clear() {
      requests = new Map();
    },
  };
}

export interface CriticalPath {
  /** Every request given, on the path or not. */
  readonly requests: number;
  /** Round trips of the longest chain: one a request, one more for each connection it had to wait for. */
  readonly roundTrips: number;
  readonly chain: readonly { readonly request: LoggedRequest; readonly waitedForConnection: boolean }[];
}

export interface CriticalPathOptions {
  /**
   * Least time between the end of A and the start of B for B to depend on A, default 0. The times are
   * the server's: behind a latency proxy of d ms each way give about 1.5 d, with `serve({latencyMs})`
   * nothing, because there the log shows the client's times.
   */
  readonly gapMs?: number;
}

/**
 * The longest chain of round trips that had to follow one another.
 *
 * 1. B may depend on A if A had ended (+ gapMs) when B started. Requests that overlap never depend on
 *    each other. A request without end has no successors.
 * 2. A request costs one round trip.
 * 3. The first request of a connection costs one more (TCP handshake) if the connection was opened only
 *    when the chain had come there: at or after the end of A, or if B begins the chain. A connection
 *    opened while A was still under way costs nothing after A; the chain through an earlier A', which
 *    had ended when the connection was opened, still pays for it, and the longest chain counts.
 *
 * Without added latency an in-process server may finish one of two parallel requests before it sees
 * the other, and they look dependent: measure with `serve({latencyMs})` or behind a latency proxy.
 */
export function criticalPath(requests: readonly LoggedRequest[], options: CriticalPathOptions = {}): CriticalPath {
  interface Step {
    readonly request: LoggedRequest;
    readonly before: Step | undefined;
    readonly roundTrips: number;
    readonly waitedForConnection: boolean;
  }
  const gapMs = options.gapMs ?? 0;
  const steps: Step[] = [];
  let longest: Step | undefined;
  for (const request of [...requests].sort((a, b) => a.startedAt - b.startedAt || a.sequence - b.sequence)) {
    let best: Step = {
      request,
      before: undefined,
      roundTrips: request.firstOnConnection ? 2 : 1,
      waitedForConnection: request.firstOnConnection,
    };
    for (const step of steps) {
      const end = step.request.endedAt;
      if (end === undefined || end + gapMs > request.startedAt) continue;
      const waitedForConnection = request.firstOnConnection && request.connectionOpenedAt >= end;
      const roundTrips = step.roundTrips + (waitedForConnection ? 2 : 1);
      if (roundTrips > best.roundTrips) best = { request, before: step, roundTrips, waitedForConnection };
    }
    steps.push(best);
    if (longest === undefined || best.roundTrips > longest.roundTrips) longest = best;
  }
  const chain: CriticalPath['chain'][number][] = [];
  for (let step = longest; step !== undefined; step = step.before)
    chain.unshift({ request: step.request, waitedForConnection: step.waitedForConnection });
  return { requests: requests.length, roundTrips: longest?.roundTrips ?? 0, chain };
}
