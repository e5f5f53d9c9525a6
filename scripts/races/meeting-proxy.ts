import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MeetingProxyOptions {
  /** `host:port` that it stands before. */
  readonly upstream: string;
  /** Called when a request has arrived and before it is passed on; it waits for what is returned. */
  readonly before?: (method: string, path: string) => Promise<void> | void;
}

export interface MeetingProxy extends AsyncDisposable {
  /** `localhost:<port>`, under which the registry answers too. */
  readonly host: string;
}

/** A reverse proxy that passes everything on unchanged, the Host header included, but when it is told. */
export async function startMeetingProxy({ upstream, before }: MeetingProxyOptions): Promise<MeetingProxy> {
  const [hostname, port] = upstream.split(':');
  const pass = (incoming: IncomingMessage, response: ServerResponse): void => {
    const { method = 'GET', url = '/', headers } = incoming;
    const onward = request({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    // A peer that is killed is not a failure of the proxy.
    onward.on('error', () => response.destroy());
    incoming.on('error', () => onward.destroy());
    incoming.pipe(onward);
  };
  const server = createServer((incoming, response) => {
    Promise.resolve(before?.(incoming.method ?? '', incoming.url ?? '')).then(
      () => pass(incoming, response),
      () => response.destroy(),
    );
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `localhost:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * Holds the first `count` arrivals until all of them have come, or until nobody has come for `patienceMs`; later
 * ones pass. So that writers read a tag at one moment, which is what loses updates.
 */
export function createMeeting(count: number, patienceMs: number): () => Promise<void> {
  let arrived = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let timer: NodeJS.Timeout | undefined;
  return () => {
    arrived += 1;
    clearTimeout(timer);
    if (arrived >= count) open();
    else timer = setTimeout(open, patienceMs);
    return arrived > count ? Promise.resolve() : opened;
  };
}
