import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { type RequestOptions, request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { reservePorts } from '../common/ports.ts';
import { createProcesses } from '../common/processes.ts';
import { mustRun } from '../common/run-program.ts';
import { ETCD, KUBE_APISERVER, labelOf } from './catalogue.ts';
import { findPeer, missingPrograms } from './install.ts';

/** `kube-apiserver 1.33.4`. */
export const KUBE_NAME = labelOf(KUBE_APISERVER);

/** A real API server with an empty store. No kubelet, scheduler or controllers: objects are admitted and stored. */
export interface Kube {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** Of a user in `system:masters`. */
  readonly token: string;
  /** Path of the certificate (PEM) that the server shows. It is self-signed. */
  readonly certificate: string;
  /** Sends a request as that user. Throws only if there is no answer. */
  send(request: KubeRequest): Promise<KubeAnswer>;
  stop(): Promise<void>;
}

export interface KubeRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/api/v1/namespaces`. */
  readonly path: string;
  /** Text is sent as YAML, anything else as JSON. */
  readonly body?: unknown;
}

export interface KubeAnswer {
  readonly status: number;
  /** Parsed JSON; the text if it is something else. */
  readonly body: unknown;
}

/** How to start one, or why it cannot run here. */
export async function findKube(): Promise<
  { readonly start: (directory: string) => Promise<Kube> } | { readonly missing: string }
> {
  const missing = await missingPrograms(['etcd', 'openssl']);
  if (missing !== undefined) return { missing };
  const etcd = await findPeer(ETCD);
  if ('missing' in etcd) return etcd;
  const server = await findPeer(KUBE_APISERVER);
  if ('missing' in server) return server;
  return { start: (directory) => startKube(directory, etcd.path, server.path) };
}

async function startKube(directory: string, etcdPath: string, serverPath: string): Promise<Kube> {
  await mkdir(directory, { recursive: true });
  const [clients = 0, peers = 0, port = 0] = await reservePorts(3);
  const token = randomBytes(24).toString('hex');
  await mustRun('openssl', ['genrsa', '-out', join(directory, 'sa.key'), '2048']);
  await writeFile(join(directory, 'tokens.csv'), `${token},admin,admin,"system:masters"\n`, { mode: 0o600 });
  const processes = createProcesses(directory);
  const url = `https://127.0.0.1:${port}`;
  const certificate = join(directory, 'certs', 'apiserver.crt');
  const send = async (asked: KubeRequest): Promise<KubeAnswer> =>
    ask({ url, token, ca: await readFile(certificate, 'utf8') }, asked);
  try {
    const store = `http://127.0.0.1:${clients}`;
    const peer = `http://127.0.0.1:${peers}`;
    await processes.start({
      ...{ name: 'etcd', path: etcdPath, readyUrl: `${store}/health` },
      args: [
        ...['--data-dir', join(directory, 'etcd'), '--listen-client-urls', store, '--advertise-client-urls', store],
        ...['--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `default=${peer}`],
      ],
    });
    await processes.start({
      ...{ name: 'kube-apiserver', path: serverPath },
      args: [
        ...[`--etcd-servers=${store}`, `--cert-dir=${join(directory, 'certs')}`, `--secure-port=${port}`],
        ...['--bind-address=127.0.0.1', '--advertise-address=127.0.0.1', '--service-cluster-ip-range=10.0.0.0/24'],
        ...['--authorization-mode=RBAC', `--service-account-issuer=${url}/`],
        `--service-account-key-file=${join(directory, 'sa.key')}`,
        `--service-account-signing-key-file=${join(directory, 'sa.key')}`,
        `--token-auth-file=${join(directory, 'tokens.csv')}`,
        // No controller makes the service accounts and tokens that it would add to Pods.
        ...['--allow-privileged=true', '--disable-admission-plugins=ServiceAccount'],
        '--feature-gates=ImageVolume=true',
      ],
    });
    await untilReady(send, join(directory, 'kube-apiserver.log'));
  } catch (error) {
    await processes.stop();
    throw error;
  }
  return { url, token, certificate, send, stop: () => processes.stop() };
}

/** Longest start, beside other work. */
const READY_TRIES = 240;

async function untilReady(send: Kube['send'], log: string): Promise<void> {
  for (let tries = 0; tries < READY_TRIES; tries++) {
    const answer = await send({ path: '/readyz' }).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(500);
  }
  const words = await readFile(log, 'utf8').catch(() => '');
  throw new Error(`${KUBE_NAME} is not ready:\n${words.slice(-2000)}`);
}

interface Access {
  readonly url: string;
  readonly token: string;
  /** PEM. */
  readonly ca: string;
}

function ask({ url, token, ca }: Access, { method = 'GET', path, body }: KubeRequest): Promise<KubeAnswer> {
  const isText = typeof body === 'string';
  const options: RequestOptions = {
    ...{ method, ca, timeout: 30_000 },
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      'content-type': isText ? 'application/yaml' : 'application/json',
    },
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}${path}`, options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, body: parsed(text) });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(`${method} ${path} took too long`)));
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
