import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import { createRequestLog, type LoggedConnection, type RequestLog } from './request-log.ts';

/** A request as a sandbox service gets it: the whole body, one value a header (repeats joined by ', '). */
export interface SandboxRequest {
  readonly method: string;
  /** Absolute, built from the Host header, so that it is right behind a proxy too. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Number of the TCP connection in the log. */
  readonly connection: number;
  /** `http://127.0.0.1:1234` as the client named it; the base for absolute Locations. */
  readonly origin: string;
  /** The client certificate of the connection; undefined if none was presented, or none asked for. */
  readonly client?: PresentedCertificate | undefined;
}

export interface PresentedCertificate {
  readonly commonName: string;
  /** True if it chains to the authority that the server takes certificates from. */
  readonly isAccepted: boolean;
}

/**
 * What goes wrong on the wire instead of, or after the head of, the reply.
 * reset: TCP reset before any byte. hang-before-headers: nothing until the client goes. hang-in-body: head and half
 * of the body, then nothing. truncate: the same, then the connection is closed. reset-in-body: the
 * same, then a reset. endless: the body again and again until the client goes.
 */
export type Fault = 'reset' | 'hang-before-headers' | 'hang-in-body' | 'truncate' | 'reset-in-body' | 'endless';

export type Headers = readonly (readonly [name: string, value: string])[];

/** An answer. Headers are sent as listed, repeats as separate lines. For HEAD the body is left out. */
export interface Reply {
  readonly status: number;
  readonly headers?: Headers;
  readonly body?: Uint8Array | string;
  readonly fault?: Fault;
  /** Content-Length to claim instead of the true one; 'omit' sends none (chunked for a body). */
  readonly contentLength?: number | 'omit';
  /** Wait before the head, in milliseconds. */
  readonly delayMs?: number;
  /** Sends the body in pieces with a pause after each. */
  readonly pace?: { readonly chunkBytes: number; readonly pauseMs: number };
}

/** A service: a function of the request. It throws only on a bug of the sandbox, which is answered by 500. */
export type Handler = (request: SandboxRequest) => Reply | Promise<Reply>;

export interface ServeOptions {
  /** Name in the log; default `server`. */
  readonly name?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** A log shared with other services; default a new one. */
  readonly log?: RequestLog;
  /** Added per direction; a new connection pays two more, unless it was opened that long before. */
  readonly latencyMs?: number;
  /** Serves https with this certificate (see mintLoopbackTls). PEM. */
  readonly tls?: {
    readonly key: string;
    readonly cert: string;
    /**
     * Asks every client for a certificate of this authority (PEM). `refuses`: a connection without one ends in the TLS
     * alert of OpenSSL, and one with a foreign certificate is closed without a word, as by Node. Otherwise the handler
     * decides, as nginx does.
     */
    readonly clients?: { readonly ca: string; readonly refuses: boolean };
    /** `TLSv1.2` or `TLSv1.3`; default both. */
    readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3';
  };
}

export interface Served extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  readonly url: string;
  /** `127.0.0.1:<port>`, as in an image reference. */
  readonly host: string;
  readonly port: number;
  readonly log: RequestLog;
  /** What handlers threw: bugs of the sandbox. */
  readonly failures: readonly unknown[];
  close(): Promise<void>;
}

/** Largest request body taken, in bytes. */
const BODY_MAX_BYTES = 64 * 1024 * 1024;

/** A JSON reply. */
export function jsonReply(status: number, value: unknown, headers: Headers = []): Reply {
  return { status, headers: [['Content-Type', 'application/json'], ...headers], body: JSON.stringify(value) };
}

/** A plain-text reply. */
export function textReply(status: number, text: string, headers: Headers = []): Reply {
  return { status, headers: [['Content-Type', 'text/plain; charset=utf-8'], ...headers], body: text };
}

/** Serves a handler on 127.0.0.1, every request in a log. Close it, or hold it by `await using`. */
export async function serve(handler: Handler, options: ServeOptions = {}): Promise<Served> {
  const name = options.name ?? 'server';
  const log = options.log ?? createRequestLog();
  const scheme = options.tls === undefined ? 'http' : 'https';
  const failures: unknown[] = [];
  // A TLS socket does not lead back to the accepted one, but both have the peer's port.
  const connections = new Map<number | undefined, { readonly record: LoggedConnection; requests: number }>();
  const stopping = new AbortController();

  const onRequest = (incoming: IncomingMessage, response: ServerResponse): void => {
    answer(incoming, response).catch((error: unknown) => {
      // A client that went away, or the end of the server, is not a failure of the sandbox.
      if (!stopping.signal.aborted && !incoming.socket.destroyed) failures.push(error);
      incoming.socket.destroy();
    });
  };

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const connection = connections.get(incoming.socket.remotePort) ?? {
      record: log.connectionOpened(name),
      requests: 0,
    };
    connection.requests += 1;
    const headers = joinHeaders(incoming);
    const sequence = log.requestStarted(
      {
        server: name,
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers,
        firstOnConnection: connection.requests === 1,
      },
      connection.record,
    );
    const latencyMs = options.latencyMs ?? 0;
    const pause = (ms: number): Promise<void> =>
      ms > 0 ? sleep(ms, undefined, { signal: stopping.signal }) : Promise.resolve();
    const handshakeMs = connection.record.openedAt + 2 * latencyMs - performance.now();
    await pause((connection.requests === 1 ? Math.max(0, handshakeMs) : 0) + latencyMs);
    const body = await readBody(incoming);
    log.requestRead(sequence, body?.length ?? 0);
    const reply = await replyTo(incoming, headers, body, connection.record.id);
    await pause(latencyMs + (reply.delayMs ?? 0));
    await send(incoming, response, reply, {
      ended: () => log.requestEnded(sequence, reply.status),
      failed: (fault) => log.requestFailed(sequence, fault),
      pause,
    });
  };

  const replyTo = async (
    incoming: IncomingMessage,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array | undefined,
    connection: number,
  ): Promise<Reply> => {
    if (body === undefined) return textReply(413, 'larger than the sandbox takes\n');
    const origin = `${scheme}://${headers['host'] ?? ''}`;
    if (headers['host'] === undefined || !URL.canParse(incoming.url ?? '', origin))
      return textReply(400, 'bad Host or path\n');
    const url = new URL(incoming.url ?? '', origin);
    if (url.host !== new URL(origin).host) return textReply(400, 'the path names another host\n');
    try {
      const client = clientOf(incoming.socket);
      return await handler({ method: incoming.method ?? '', url, headers, body, connection, origin, client });
    } catch (error) {
      failures.push(error);
      return textReply(500, `the sandbox failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    }
  };

  const server =
    options.tls === undefined ? createServer(onRequest) : createTlsServer(tlsOptions(options.tls), onRequest);
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket: Socket) => {
    const port = socket.remotePort;
    connections.set(port, { record: log.connectionOpened(name), requests: 0 });
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => {
    stopping.abort();
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    log,
    failures,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function tlsOptions({ clients, ...tls }: NonNullable<ServeOptions['tls']>) {
  if (clients === undefined) return tls;
  return { ...tls, ca: clients.ca, requestCert: true, rejectUnauthorized: clients.refuses };
}

function clientOf(socket: Socket): PresentedCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const { subject } = socket.getPeerCertificate();
  // Node gives an empty object for no certificate.
  return subject === undefined ? undefined : { commonName: String(subject.CN), isAccepted: socket.authorized };
}

function joinHeaders(incoming: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(incoming.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]),
  );
}

async function readBody(incoming: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

interface Sending {
  readonly ended: () => void;
  readonly failed: (fault: string) => void;
  readonly pause: (ms: number) => Promise<void>;
}

async function send(
  incoming: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  { ended, failed, pause }: Sending,
): Promise<void> {
  const socket = incoming.socket;
  if (reply.fault !== undefined) failed(reply.fault);
  if (reply.fault === 'reset') return void socket.resetAndDestroy();
  if (reply.fault === 'hang-before-headers') return;

  const body = Buffer.from(reply.body ?? '');
  const headers = [...(reply.headers ?? [])];
  const bodiless = reply.status === 204 || reply.status === 304;
  const hasLength = headers.some(([header]) => header.toLowerCase() === 'content-length');
  if (!bodiless && !hasLength && reply.contentLength !== 'omit' && reply.fault !== 'endless')
    headers.push(['Content-Length', String(reply.contentLength ?? body.length)]);
  response.writeHead(reply.status, headers.flat());
  if (incoming.method === 'HEAD' || bodiless) {
    ended();
    response.end();
    return;
  }
  if (reply.fault === 'endless')
    return sendEndlessly(response, Buffer.alloc(Math.max(65_536, body.length), body.length > 0 ? body : ' '));
  if (reply.fault !== undefined) {
    await new Promise((resolve) => response.write(body.subarray(0, Math.ceil(body.length / 2)), resolve));
    if (reply.fault === 'hang-in-body') return;
    // Time for the bytes to leave: a close right behind them may overtake what the peer has not read.
    await pause(20);
    if (reply.fault === 'truncate') socket.destroy();
    else socket.resetAndDestroy();
    return;
  }
  if (reply.pace !== undefined) {
    const { chunkBytes, pauseMs } = reply.pace;
    for (let at = 0; at < body.length && !response.destroyed; at += chunkBytes) {
      response.write(body.subarray(at, at + chunkBytes));
      await pause(pauseMs);
    }
    ended();
    response.end();
    return;
  }
  ended();
  response.end(body);
  // A claimed length beyond the bytes would leave the client waiting on an open connection.
  if (typeof reply.contentLength === 'number' && reply.contentLength > body.length)
    response.once('finish', () => socket.end());
}

async function sendEndlessly(response: ServerResponse, piece: Buffer): Promise<void> {
  const closed = new Promise((resolve) => response.once('close', resolve));
  while (!response.destroyed) {
    const drained = response.write(piece)
      ? new Promise((resolve) => setImmediate(resolve))
      : new Promise((resolve) => response.once('drain', resolve));
    await Promise.race([drained, closed]);
  }
}
