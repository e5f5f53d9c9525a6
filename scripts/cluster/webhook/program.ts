import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import { mountVolume, startWebhook } from '../../../sandbox/webhook/start-webhook.ts';
import { ROOT } from '../../../sandbox/world.ts';
import { hasFlag } from '../../common/arguments.ts';
import { reservePort } from '../../common/ports.ts';
import { until } from './answers.ts';
import type { Certificates } from './certificates.ts';

/** The built program; `--source` runs what it is built from. */
const MAIN = join(ROOT, hasFlag('source') ? 'src/entries/webhook/main.ts' : 'dist/webhook/index.js');

export interface ProgramOptions {
  /** For what it reads besides; must not exist. */
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
  /** False: return when it serves, ready or not. Default true. */
  readonly waits?: boolean;
}

/** The webhook as a process on this machine. */
export interface WebhookProgram {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** Authorities of the certificates that it shows, now and after each rotation. PEM. */
  readonly ca: string;
  readonly pid: number;
  /** Replaces the files of the folder with policies. */
  mountPolicies(files: Readonly<Record<string, string>>): Promise<void>;
  /** Gives it the next certificate, as cert-manager and the kubelet do. */
  rotate(): Promise<void>;
  /** Puts a key beside the certificate that does not belong to it. */
  breakTls(): Promise<void>;
  /** Messages and fields of its log, one record per line. */
  log(): string;
  /** The status of `/readyz`; 0 if nothing answers. */
  ready(): Promise<number>;
  /** In Prometheus' text format. */
  metrics(): Promise<string>;
  /** Ends it at once. */
  kill(): Promise<void>;
  /** Asks it to end, and gives its exit code. */
  stop(): Promise<number | null>;
}

/** Whether there is a program to start. */
export function hasProgram(): boolean {
  return existsSync(MAIN);
}

/** Starts it and waits until it is ready. Throws with its log if it does not become so. */
export async function startProgram(options: ProgramOptions): Promise<WebhookProgram> {
  const { directory, certificates, env, policies = {}, api, waits = true } = options;
  await mkdir(directory, { recursive: true });
  const account = join(directory, 'serviceaccount');
  if (api !== undefined) await mountVolume(account, { token: api.token, 'ca.crt': api.ca });
  const started = await startWebhook({
    ...{ main: MAIN, policies },
    env: {
      ...{ HOME: directory, TMPDIR: directory },
      ...(api === undefined ? {} : apiEnvironment(api, account)),
      ...env,
      COUNTERSIGN_LISTEN_PORT: String(options.port ?? (await reservePort())),
    },
  });
  const mountTls = (files: Readonly<Record<string, string>>): Promise<void> =>
    started.mountTls({ cert: files['tls.crt'] ?? '', key: files['tls.key'] ?? '' });
  const log = (): string =>
    started
      .log()
      .map((record) => JSON.stringify(record))
      .join('\n');
  const ready = async (): Promise<number> => (await started.page('/readyz').catch(() => undefined))?.status ?? 0;
  const url = `https://127.0.0.1:${started.port}`;
  const kill = async (): Promise<void> => started[Symbol.asyncDispose]();
  const shows = async (): Promise<boolean> => (await shownAt(url)) === certificates.fingerprint();
  try {
    await mountTls(certificates.files());
    await until('the first certificate', shows);
    if (waits) await until('the webhook is ready', async () => (await ready()) === 200);
  } catch (error) {
    const words = log().slice(-3000);
    await kill();
    throw new Error(`the webhook does not become ready:\n${words}`, { cause: error });
  }
  return {
    ...{ url, ca: certificates.ca, pid: started.pid, mountPolicies: started.mountPolicies, log, ready, kill },
    rotate: () => {
      certificates.next();
      return mountTls(certificates.files());
    },
    breakTls: () => mountTls({ ...certificates.files(), 'tls.key': mintLoopbackTls().tls.key }),
    metrics: async () => (await started.page('/metrics')).body,
    stop: async () => {
      started.stop();
      const code = await started.ended;
      await kill();
      return code;
    },
  };
}

/** What the kubelet gives every container, and where this one's token lies. */
function apiEnvironment(
  { url, namespace }: { readonly url: string; readonly namespace: string },
  account: string,
): Record<string, string> {
  const { hostname, port } = new URL(url);
  return {
    ...{ KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port },
    ...{ COUNTERSIGN_SERVICE_ACCOUNT_DIRECTORY: account, COUNTERSIGN_NAMESPACE: namespace },
  };
}

/** SHA-256 of the certificate that a server shows to a new connection. */
export function shownAt(url: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    // Only its certificate is looked at.
    const socket = connect({ host: hostname, port: Number(port), rejectUnauthorized: false }, () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? '');
      socket.destroy();
    });
    socket.once('error', reject);
  });
}
