import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface LatencyProxyOptions {
  /** `http://127.0.0.1:1234` of the service behind; https passes through as it is. */
  readonly target: string;
  /** Added per direction, in milliseconds; a new connection waits two of them more (its handshake). */
  readonly delayMs: number;
}

export interface LatencyProxy extends AsyncDisposable {
  /** The scheme of the target, `127.0.0.1` and the proxy's port. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Connections accepted so far. */
  connections(): number;
  close(): Promise<void>;
}

/**
 * A TCP proxy on loopback that makes a round trip cost 2 × delayMs, so that wall time counts round
 * trips: a new connection with one GET takes two, a GET on a kept connection one. The kernel has
 * completed the client's handshake already, so its cost is a wait before the service is dialled. The
 * service sees the proxy's address in Host; its absolute URLs then lead back through the proxy.
 */
export async function startLatencyProxy({ target, delayMs }: LatencyProxyOptions): Promise<LatencyProxy> {
  const { protocol, hostname, port: targetPort } = new URL(target);
  const sockets = new Set<Socket>();
  let accepted = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    accepted += 1;
    keep(client);
    client.pause();
    client.on('error', () => client.destroy());
    const handshake = setTimeout(() => {
      const upstream = connect({ host: hostname, port: Number(targetPort), allowHalfOpen: true });
      keep(upstream);
      pipeLate(client, upstream, delayMs);
      pipeLate(upstream, client, delayMs);
    }, 2 * delayMs);
    client.once('close', () => clearTimeout(handshake));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    url: `${protocol}//127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    connections: () => accepted,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Passes on what `from` sends, its end and its breaking, each delayMs later and so in order. */
export function pipeLate(from: Socket, to: Socket, delayMs: number): void {
  const later = (act: () => void): void => {
    setTimeout(() => {
      if (!to.destroyed) act();
    }, delayMs);
  };
  from.on('data', (chunk) => later(() => to.write(chunk)));
  from.on('end', () => later(() => to.end()));
  // A reset is passed on as one: an orderly end would hide a truncated body.
  from.on('error', () => later(() => to.resetAndDestroy()));
  from.on('close', () => later(() => to.end()));
  from.resume();
}
