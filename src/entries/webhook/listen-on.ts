import type { AddressInfo, Server } from 'node:net';

/** Where a server listens. */
export interface ListenPlace {
  /** An IP address; undefined: all addresses. */
  readonly address: string | undefined;
  /** 0: any free one. */
  readonly port: number;
}

/** Has a server listen, and resolves to its port. Rejects if it cannot; `onError` gets what goes wrong after that. */
export function listenOn(
  server: Server,
  { address, port }: ListenPlace,
  onError: (error: Error) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(address === undefined ? {} : { host: address }) }, () => {
      server.off('error', reject);
      server.on('error', onError);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
