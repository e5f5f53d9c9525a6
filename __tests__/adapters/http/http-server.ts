import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpClient, type HttpClientOptions } from '../../../src/http/create-http-client.ts';
import type { HttpClient, HttpRequest, HttpResponse, HttpTrace } from '../../../src/http/http-client.ts';
import { HttpError } from '../../../src/http/http-error.ts';
import { type SeenBy, seenBy, testCall } from '../../calls.ts';

/** A clock that is moved by its own sleeps only. */
export interface ManualClock {
  now(): Date;
  sleep(ms: number): Promise<void>;
  advance(ms: number): void;
  readonly slept: readonly number[];
}

function createManualClock(): ManualClock {
  let now = Date.parse('2026-11-22T10:00:00Z');
  const slept: number[] = [];
  return {
    now: () => new Date(now),
    sleep: (ms) => {
      slept.push(ms);
      now += ms;
      return Promise.resolve();
    },
    advance: (ms) => {
      now += ms;
    },
    slept,
  };
}

/** Client options, and the limits of the one call that uses it. */
export type LabOptions = Partial<HttpClientOptions> & { readonly retryFor?: number; readonly signal?: AbortSignal };

export interface Lab extends AsyncDisposable {
  /** As the lab's one call sees it; its retry budget is 10 s unless given. */
  readonly client: SeenBy<HttpClient>;
  readonly clock: ManualClock;
  readonly url: string;
  readonly server: Server;
  readonly traces: readonly HttpTrace[];
  connections(): number;
  get(path: string, overrides?: Partial<HttpRequest>): Promise<HttpResponse>;
}

/** A server that answers by `answer`, and a client before it. */
export async function openLab(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
  options: LabOptions = {},
): Promise<Lab> {
  let count = 0;
  let connections = 0;
  const server = createServer((request, response) => {
    count += 1;
    answer(request, response, count);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clock = createManualClock();
  const traces: HttpTrace[] = [];
  const client = createLabClient({ clock, trace: (line) => traces.push(line), retryFor: 10_000, ...options });
  return {
    client,
    clock,
    url,
    server,
    traces,
    connections: () => connections,
    get: (path, overrides = {}) =>
      client.request({
        service: 'registry',
        method: 'GET',
        url: `${url}${path}`,
        maxBytes: 1000,
        retry: true,
        ...overrides,
      }),
    async [Symbol.asyncDispose]() {
      await client.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A client as one call sees it; without `retryFor` every request is sent once. */
export function createLabClient({ retryFor = 0, signal, ...options }: LabOptions): SeenBy<HttpClient> {
  const call = testCall({ retryFor, ...(signal === undefined ? {} : { signal }) });
  const http = createHttpClient({ clock: createManualClock(), random: () => 0.5, ...options });
  return seenBy(call, http, ['preconnect', 'close']);
}

/** The failure a request ends in; the text of an answer if there was one. */
export async function failureOf(request: Promise<HttpResponse>): Promise<string> {
  try {
    const { status } = await request;
    return `answered ${status}`;
  } catch (error) {
    return error instanceof HttpError ? error.failure : `unexpected ${String(error)}`;
  }
}
