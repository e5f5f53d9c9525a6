import { request as send } from 'node:http';
import type { Handler, Reply } from '../../sandbox/serve.ts';

/**
 * A handler that passes every request on to a real service on loopback, over kept connections of its
 * own, and its answer back. Served with `latencyMs` and a log it is a proxy that counts and delays.
 */
export function forwardTo(target: string): Handler {
  const { hostname, port } = new URL(target);
  return (request) =>
    new Promise<Reply>((resolve, reject) => {
      const { connection: _hop, 'transfer-encoding': _chunked, ...headers } = request.headers;
      const onward = send(
        {
          hostname,
          port,
          method: request.method,
          path: request.url.pathname + request.url.search,
          headers: { ...headers, 'content-length': String(request.body.length) },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.once('error', reject);
          answer.once('end', () => {
            const kept = Object.entries(answer.headers).filter(
              ([name]) => !['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date'].includes(name),
            );
            resolve({
              status: answer.statusCode ?? 502,
              headers: kept.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
              body: Buffer.concat(chunks),
            });
          });
        },
      );
      onward.once('error', reject);
      onward.end(request.body);
    });
}
