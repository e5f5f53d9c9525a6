import { request as send } from 'node:http';
import { type Access, authorize, type RegistryAuth } from '../../sandbox/registry/authorization.ts';
import { type Reply, type SandboxRequest, type Served, serve } from '../../sandbox/serve.ts';

/** Headers of one connection, not of the message. */
const HOP_BY_HOP: readonly string[] = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

/** Puts a login before a registry that knows none; what is let through arrives unchanged but for the Authorization. */
export function startAuthProxy(upstream: string, auth: RegistryAuth): Promise<Served> {
  return serve(
    (request) => authorize(auth, request, neededAccess(request), () => undefined) ?? forward(upstream, request),
    { name: 'auth proxy' },
  );
}

function neededAccess({ method, url }: SandboxRequest): readonly Access[] {
  const name = /^\/v2\/(.+?)\/(?:manifests|blobs|referrers|tags)\//.exec(url.pathname)?.[1];
  if (name === undefined) return [];
  const actions = method === 'GET' || method === 'HEAD' ? ['pull'] : ['pull', 'push'];
  return [{ type: 'repository', name, actions }];
}

function forward(upstream: string, { method, url, headers, body }: SandboxRequest): Promise<Reply> {
  const { authorization: _, ...kept } = { authorization: undefined, ...headers };
  const [hostname, port] = upstream.split(':');
  return new Promise((resolve, reject) => {
    const onward = send({ hostname, port, method, path: `${url.pathname}${url.search}`, headers: kept }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
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
    });
    onward.on('error', reject);
    onward.end(body);
  });
}
