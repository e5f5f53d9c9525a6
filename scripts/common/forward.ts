import { request as send } from 'node:http';
import type { Handler, Reply } from '../../sandbox/http/serve.ts';

/** Headers of one connection, not of the message. */
const HOP_BY_HOP: readonly string[] = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

/**
 * A handler that passes every request on to a service on loopback, over kept connections of its own, and its
 * answer back. Served with `latencyMs` and a log it is a proxy that counts and delays.
 *
 * @param target Origin, such as `http://127.0.0.1:5000`.
 */
export function forwardTo(target: string): Handler {
  const { hostname, port } = new URL(target);
  return ({ method, url, headers, body }) =>
    new Promise<Reply>((resolve, reject) => {
      const kept = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name));
      const onward = send(
        {
          ...{ hostname, port, method, path: `${url.pathname}${url.search}` },
          headers: { ...Object.fromEntries(kept), 'content-length': String(body.length) },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.once('error', reject);
          answer.once('end', () => {
            const length = answer.headers['content-length'];
            resolve({
              status: answer.statusCode ?? 502,
              headers: Object.entries(answer.headersDistinct)
                .filter(([name]) => !HOP_BY_HOP.includes(name))
                .flatMap(([name, values]) => (values ?? []).map((value) => [name, value] as const)),
              body: Buffer.concat(chunks),
              // A HEAD has a length and no body.
              ...(method === 'HEAD' && length !== undefined ? { contentLength: Number(length) } : {}),
            });
          });
        },
      );
      onward.once('error', reject);
      onward.end(body);
    });
}
