import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Different ports of loopback on which nothing listens, below those that the system gives to outgoing
 * connections: nobody takes one by chance before the program it is meant for has started.
 */
export async function reservePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count; tries++) {
    if (tries > 1000) throw new Error('no free ports');
    const port = randomInt(10_000, 30_000);
    if (!ports.has(port) && (await isFree({ port, host: '127.0.0.1' }))) ports.add(port);
  }
  return [...ports];
}

/** One such port. */
export async function reservePort(): Promise<number> {
  const [port = 0] = await reservePorts(1);
  return port;
}

/**
 * Waits until nobody listens on the port on any interface, since another run may hold it. Says so at once, and throws when
 * `maxSeconds` (default ten minutes) have passed, both times with what to do.
 */
export async function untilFree(port: number, { maxSeconds = 600 } = {}): Promise<void> {
  for (let seconds = 0; !(await isFree({ port })); seconds++) {
    const cure = `"ss -ltnp 'sport = :${port}'" shows who listens there; end it if no run needs it`;
    if (seconds >= maxSeconds) throw new Error(`port ${port} is still in use after ${maxSeconds} s: ${cure}`);
    if (seconds === 0) console.log(`     port ${port} is in use, waiting up to ${maxSeconds} s: ${cure}`);
    await sleep(1000);
  }
}

/** Without a host: on every interface. */
function isFree(where: { readonly port: number; readonly host?: string }): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(where, () => server.close(() => resolve(true)));
  });
}
