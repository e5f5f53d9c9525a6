import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import { createKubeApi, type KubeApiOptions } from '../../../src/kubernetes/create-kube-api.ts';
import type { KubeApi, KubeObject } from '../../../src/kubernetes/kube-api.ts';
import { clock } from '../oci/harness.ts';

/** One request as the server got it. */
export interface Asked {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** Takes the response itself, e.g. to keep it open. */
  | ((response: ServerResponse) => void);

export interface FakeKube extends AsyncDisposable {
  readonly url: URL;
  readonly asked: readonly Asked[];
  /** The files that a service account has, by path. */
  readonly files: Map<string, string>;
  /** The tokens that it takes. */
  readonly tokens: Set<string>;
  /** Open connections. */
  readonly sockets: ReadonlySet<Socket>;
  readonly masked: readonly string[];
  readonly lines: readonly string[];
  client(options?: Partial<KubeApiOptions>): KubeApi;
}

/** `Status` as an API server writes it. */
export function status(
  code: number,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): { readonly status: number; readonly body: unknown } {
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code, ...more };
  return { status: code, body };
}

/**
 * An API server on loopback, stricter than a real one: it takes only requests with a token that it knows, without a
 * proxy's headers, with paths and queries that are normal. What it answers comes from the test.
 */
export async function openFakeKube(answer: (asked: Asked) => Answer): Promise<FakeKube> {
  const { ca, tls } = mintLoopbackTls();
  const asked: Asked[] = [];
  const masked: string[] = [];
  const lines: string[] = [];
  const tokens = new Set(['first-token']);
  const sockets = new Set<Socket>();
  const files = new Map([
    ['/sa/token', 'first-token\n'],
    ['/sa/ca.crt', ca],
  ]);
  const server = createSecureServer(tls, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '', 'https://kube');
      const one: Asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        token: /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1],
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      asked.push(one);
      const said = refuse(one, request.url ?? '', tokens) ?? answer(one);
      if (typeof said === 'function') {
        said(response);
        return;
      }
      response.writeHead(said.status, { 'content-type': 'application/json', ...said.headers });
      response.end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body ?? {}));
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const clients: KubeApi[] = [];
  return {
    ...{ url, asked, files, tokens, sockets, masked, lines },
    client(options = {}) {
      const line = (text: string): void => void lines.push(text);
      const api = createKubeApi({
        settings: { url, tokenFile: '/sa/token', caFile: '/sa/ca.crt' },
        clock,
        random: () => 0,
        log: { info: line, debug: line, warning: line },
        userAgent: 'test',
        readFile: async (path) => {
          const text = files.get(path);
          return text === undefined ? undefined : Buffer.from(text);
        },
        mask: (secret) => masked.push(secret),
        ...options,
      });
      clients.push(api);
      return api;
    },
    async [Symbol.asyncDispose]() {
      for (const one of clients) one.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function refuse(one: Asked, raw: string, tokens: ReadonlySet<string>): Answer | undefined {
  if (one.token === undefined || !tokens.has(one.token)) return status(401, 'Unauthorized');
  if (!raw.startsWith('/') || raw.includes('//') || raw.includes('..')) return status(400, `not a path: ${raw}`);
  const isProxied = ['via', 'x-forwarded-for', 'proxy-authorization'].some((name) => name in one.headers);
  if (isProxied) return status(400, 'by a proxy');
  const type = one.headers['content-type'];
  const types = one.method === 'PATCH' ? /^application\/(?:merge-patch|json-patch|apply-patch)/ : /^application\/json$/;
  if (one.body !== '' && (type === undefined || !types.test(type))) return status(415, `unsupported: ${type}`);
  const isWatch = one.query.has('watch');
  if (isWatch && (one.query.get('resourceVersion') ?? '') === '') return status(400, 'a watch without a version');
  return undefined;
}

/** A list of `kind`. */
export function listOf(
  kind: string,
  items: readonly KubeObject[],
  metadata: Readonly<Record<string, unknown>> = {},
): Answer {
  return {
    status: 200,
    body: { kind: `${kind}List`, apiVersion: 'v1', metadata: { resourceVersion: '10', ...metadata }, items },
  };
}

export const named = (name: string, more: Readonly<Record<string, unknown>> = {}): KubeObject => ({
  metadata: { name, resourceVersion: '1', managedFields: [{ manager: 'kubectl' }] },
  ...more,
});

/** A server that speaks plain http, which must never see a token. */
export async function openPlainServer(): Promise<AsyncDisposable & { readonly url: URL; readonly seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers.authorization ?? '');
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    seen,
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
