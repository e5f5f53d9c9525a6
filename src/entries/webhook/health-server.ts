import { createServer } from 'node:http';
import type { Readiness } from './handlers.ts';
import type { JsonLog } from './json-log.ts';
import { type ListenPlace, listenOn } from './listen-on.ts';
import type { Metrics } from './metrics.ts';

export interface HealthServer {
  /** Resolves to the port. */
  listen(place: ListenPlace): Promise<number>;
  close(): Promise<void>;
}

const CONNECTIONS_MAX = 200;

/**
 * Plain http for the kubelet and for Prometheus: `/healthz` (the process answers), `/readyz` (it can decide), `/metrics`.
 * Whoever reaches the port reads it without a login: names of policies and namespaces, counts, reasons and what is wrong,
 * and no secret.
 */
export function createHealthServer({
  readiness,
  metrics,
  log,
}: {
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly log: JsonLog;
}): HealthServer {
  const pages = new Map<string, () => Promise<Page>>([
    ['/healthz', async () => ({ status: 200, type: TEXT, body: 'ok\n' })],
    [
      '/readyz',
      async () => {
        const problems = readiness.problems();
        return problems.length === 0
          ? { status: 200, type: TEXT, body: 'ready\n' }
          : { status: 503, type: TEXT, body: problems.map((problem) => `${problem}\n`).join('') };
      },
    ],
    [
      '/metrics',
      async () => {
        const { contentType, body } = await metrics.text();
        return { status: 200, type: contentType, body };
      },
    ],
  ]);
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 30_000 },
    (request, response) => {
      const page = pages.get((request.url ?? '').split('?')[0] ?? '');
      request.resume();
      const send = ({ status, type, body }: Page): void => {
        response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
        response.end(request.method === 'HEAD' ? undefined : body);
      };
      if (page === undefined) return send({ status: 404, type: TEXT, body: 'not found\n' });
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return send({ status: 405, type: TEXT, body: 'only GET\n' });
      page().then(send, (error: unknown) => {
        log.error(`a page of health failed: ${String(error)}`);
        send({ status: 500, type: TEXT, body: 'failed\n' });
      });
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  return {
    listen: (place) => listenOn(server, place, (error) => log.error(`the server for health failed: ${error.message}`)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const TEXT = 'text/plain; charset=utf-8';
