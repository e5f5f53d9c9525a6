import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { pipeLate } from './latency-proxy.ts';

export interface TunnelProxyOptions {
  /** Ports on loopback by `host:port` as clients name it; any other target is refused with 403. */
  readonly targets: Readonly<Record<string, number>>;
  /** Added per direction, in milliseconds; a new tunnel waits two of them more, for the handshake with its target. */
  readonly delayMs: number;
}

export interface TunnelProxy extends AsyncDisposable {
  /** For `HTTPS_PROXY`. */
  readonly url: string;
  /** Targets in the order in which tunnels to them were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/**
 * An https proxy (CONNECT) on loopback, behind which services have the names that they have on the internet and lie as
 * far away as told. The way to the proxy itself costs nothing, so a client pays what it would pay without one: a round
 * trip for TCP, one for TLS 1.3, one for each request.
 */
export async function startTunnelProxy({ targets, delayMs }: TunnelProxyOptions): Promise<TunnelProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer((_request, response) => response.writeHead(400).end());
  server.on('connection', keep);
  server.on('connect', (request, socket, head: Buffer) => {
    const client = socket as Socket;
    const target = request.url ?? '';
    asked.push(target);
    client.on('error', () => client.destroy());
    const port = Object.hasOwn(targets, target) ? targets[target] : undefined;
    if (port === undefined) {
      client.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const handshake = setTimeout(() => {
      const upstream = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
      keep(upstream);
      upstream.once('error', () => client.destroy());
      upstream.once('connect', () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        if (head.length > 0) client.unshift(head);
        pipeLate(client, upstream, delayMs);
        pipeLate(upstream, client, delayMs);
      });
    }, 2 * delayMs);
    client.once('close', () => clearTimeout(handshake));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close,
    [Symbol.asyncDispose]: close,
  };
}
