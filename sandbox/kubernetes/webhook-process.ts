import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface WebhookProcessOptions {
  /** The bundle. */
  readonly main: string;
  /** Its working directory and home. */
  readonly directory: string;
  /** Its environment, besides the ports. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The admission webhook as its container runs it: one Node process with nothing but its settings. */
export interface WebhookProcess extends AsyncDisposable {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** Of `/healthz`, `/readyz` and `/metrics`. */
  readonly plainUrl: string;
  readonly pid: number;
  isReady(): boolean;
  /** What it has printed so far. */
  log(): string;
  /** Ends it as Kubernetes does, and waits. Returns its exit code. */
  stop(): Promise<number | null>;
}

/** Looks at `/readyz`, this many ms apart, so often. */
const LOOK_MS = 50;
const LOOKS_MAX = 1200;

/** Starts it and waits until it is ready. Throws with what it printed if it ends before, or does not become ready. */
export async function startWebhook({ main, directory, settings }: WebhookProcessOptions): Promise<WebhookProcess> {
  const [port, healthPort] = await freePorts();
  const child = spawn(process.execPath, [main], {
    cwd: directory,
    env: {
      ...{ HOME: directory, PATH: '' },
      ...{
        COUNTERSIGN_LISTEN_ADDRESS: '127.0.0.1',
        COUNTERSIGN_LISTEN_PORT: `${port}`,
        COUNTERSIGN_HEALTH_PORT: `${healthPort}`,
      },
      // Nobody is sent to it while it ends.
      ...{ COUNTERSIGN_DRAIN_FOR: '0s', ...settings },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const log = (): string => Buffer.concat(chunks).toString('utf8');
  const ended = new Promise<number | null>((settle) => {
    child.once('error', () => settle(null));
    child.once('close', settle);
  });
  // Whatever ends this process ends the webhook too.
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async (): Promise<number | null> => {
    child.kill('SIGTERM');
    const code = await ended;
    process.off('exit', kill);
    return code;
  };
  const plainUrl = `http://127.0.0.1:${healthPort}`;
  const isUp = (): boolean => child.exitCode === null && child.signalCode === null;
  let isReady = false;
  for (let looks = 0; looks < LOOKS_MAX && isUp() && !isReady; looks++) {
    isReady = await fetch(`${plainUrl}/readyz`).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.ok;
      },
      () => false,
    );
    if (!isReady) await Promise.race([sleep(LOOK_MS), ended]);
  }
  if (!isReady) {
    await stop();
    throw new Error(`the webhook did not become ready:\n${log()}`);
  }
  return {
    ...{ url: `https://127.0.0.1:${port}`, plainUrl, pid: child.pid ?? 0, isReady: () => isReady && isUp(), log, stop },
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}

/** Two ports on which nobody listens right now. */
async function freePorts(): Promise<readonly [number, number]> {
  const servers = await Promise.all(
    [1, 2].map(
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const [one = 0, two = 0] = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((settle) => server.close(settle))));
  return [one, two];
}
