import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Different ports of loopback on which nothing listens, below those that the system gives to outgoing
 * connections: nobody takes one by chance before the program it is meant for has started.
 */
export async function reservePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count; tries++) {
    if (tries > 1000) throw new Error('no free ports');
    const port = randomInt(10_000, 30_000);
    if (!ports.has(port) && (await isFree(port))) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
