import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import { ROOT } from '../../../sandbox/world.ts';
import { reservePort } from '../../common/ports.ts';
import { createProcesses } from '../../common/processes.ts';
import { until } from './answers.ts';
import type { Certificates } from './certificates.ts';
import { type MountedVolume, mountVolume } from './mounted-volume.ts';

/** The built program. */
const BUNDLE = join(ROOT, 'dist/webhook/index.js');

export interface ProgramOptions {
  /** For everything it reads and writes; must not exist. */
  readonly directory: string;
  readonly certificates: Certificates;
  /** Default: any free one. */
  readonly port?: number;
  /** Settings besides the paths and ports that this function chooses. */
  readonly env: Readonly<Record<string, string>>;
  /** Files of the folder with policies. */
  readonly policies?: Readonly<Record<string, string>>;
  /** Kubernetes' API, by the files that a Pod has; without it the program runs outside a cluster. */
  readonly api?: { readonly url: string; readonly token: string; readonly ca: string; readonly namespace: string };
  /** False: return when its probes answer, ready or not. Default true. */
  readonly waits?: boolean;
}

/** The webhook as a process on this machine. */
export interface WebhookProgram {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** Authorities of the certificates that it shows, now and after each rotation. PEM. */
  readonly ca: string;
  readonly pid: number;
  readonly policies: MountedVolume;
  /** Gives it the next certificate, as cert-manager and the kubelet do. */
  rotate(): Promise<void>;
  /** Puts a key beside the certificate that does not belong to it. */
  breakTls(): Promise<void>;
  /** Everything it has written. */
  log(): Promise<string>;
  /** The status of `/readyz`; 0 if nothing answers. */
  ready(): Promise<number>;
  /** In Prometheus' text format. */
  metrics(): Promise<string>;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Asks it to end, and gives its last words: `ended with 0`. */
  stop(): Promise<string>;
}

/** Whether there is a program to start. */
export function hasBundle(): boolean {
  return existsSync(BUNDLE);
}

/** Starts it and waits until it is ready. Throws with its log if it does not become so. */
export async function startProgram(options: ProgramOptions): Promise<WebhookProgram> {
  const { directory, certificates, env, policies = {}, api, waits = true } = options;
  await mkdir(directory, { recursive: true });
  const port = options.port ?? (await reservePort());
  const plainPort = await reservePort();
  const tls = await mountVolume(join(directory, 'tls'), certificates.files());
  const folder = await mountVolume(join(directory, 'policies'), policies);
  const account = await mountVolume(
    join(directory, 'serviceaccount'),
    api === undefined ? {} : { token: api.token, 'ca.crt': api.ca, namespace: api.namespace },
  );
  const processes = createProcesses(directory);
  const started = await processes.start({
    ...{ name: 'webhook', path: process.execPath, args: [BUNDLE] },
    env: {
      ...{ HOME: directory, TMPDIR: directory },
      ...(api === undefined ? {} : apiEnvironment(api.url, account.path)),
      ...env,
      ...ownSettings({ port, plainPort, tls: tls.path, policies: folder.path, directory }),
    },
  });
  const ask = (path: string) => fetch(`http://127.0.0.1:${plainPort}${path}`, { signal: AbortSignal.timeout(5000) });
  const log = (): Promise<string> => readFile(join(directory, 'webhook.log'), 'utf8').catch(() => '');
  const ready = async (): Promise<number> => (await ask('/readyz').catch(() => undefined))?.status ?? 0;
  const end = started.ended.then((how) => Promise.reject(new Error(`it ${how}`)));
  // It ends later too, when nobody waits for it.
  end.catch(() => undefined);
  try {
    const isUp = async (): Promise<boolean> => (waits ? (await ready()) === 200 : (await ready()) !== 0);
    await Promise.race([until('the webhook is ready', isUp), end]);
  } catch (error) {
    await processes.stop();
    throw new Error(`the webhook does not become ready:\n${(await log()).slice(-3000)}`, { cause: error });
  }
  return {
    ...{ url: `https://127.0.0.1:${port}`, ca: certificates.ca, pid: started.pid, policies: folder, log, ready },
    rotate: () => {
      certificates.next();
      return tls.replace(certificates.files());
    },
    breakTls: () => tls.replace({ ...certificates.files(), 'tls.key': mintLoopbackTls().tls.key }),
    metrics: async () => (await ask('/metrics')).text(),
    kill: async () => {
      started.signal('SIGKILL');
      await processes.stop();
    },
    stop: async () => {
      await processes.stop();
      return started.ended;
    },
  };
}

/** What the kubelet gives every container, and where this one's token lies. */
function apiEnvironment(url: string, account: string): Record<string, string> {
  const { hostname, port } = new URL(url);
  return {
    ...{ KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port },
    COUNTERSIGN_SERVICE_ACCOUNT_DIRECTORY: account,
  };
}

interface Places {
  readonly port: number;
  readonly plainPort: number;
  readonly tls: string;
  readonly policies: string;
  readonly directory: string;
}

/** What a Pod has at fixed places. */
function ownSettings(places: Places): Record<string, string> {
  return {
    COUNTERSIGN_LISTEN_ADDRESS: '127.0.0.1',
    COUNTERSIGN_LISTEN_PORT: String(places.port),
    COUNTERSIGN_HEALTH_PORT: String(places.plainPort),
    COUNTERSIGN_TLS_CERTIFICATE: join(places.tls, 'tls.crt'),
    COUNTERSIGN_TLS_KEY: join(places.tls, 'tls.key'),
    COUNTERSIGN_POLICY: places.policies,
    COUNTERSIGN_CACHE_DIRECTORY: join(places.directory, 'cache'),
    // Nobody has to be told that it ends.
    COUNTERSIGN_DRAIN_FOR: '0s',
  };
}
