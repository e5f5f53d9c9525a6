import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP relay before a server of the sandbox, which knows what each open connection was last used for. */
export interface Relay extends AsyncDisposable {
  /** `127.0.0.1:<port>`, as in an image reference. */
  readonly host: string;
  /** How many connections are open whose last request had such a path. */
  open(path: RegExp): number;
}

export async function openRelay(port: number): Promise<Relay> {
  const lastPath = new Map<Socket, string>();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    lastPath.set(client, '');
    client.on('data', (chunk) => {
      const path = /^[A-Z]+ (\S+) HTTP/.exec(chunk.toString('latin1'))?.[1];
      if (path !== undefined) lastPath.set(client, path);
    });
    client.on('close', () => {
      lastPath.delete(client);
      upstream.destroy();
    });
    upstream.on('close', () => client.destroy());
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    client.pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: (path) => [...lastPath.values()].filter((one) => path.test(one)).length,
    async [Symbol.asyncDispose]() {
      for (const socket of lastPath.keys()) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
