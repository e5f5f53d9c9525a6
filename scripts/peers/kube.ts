import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askHttps } from '../../sandbox/http/ask-https.ts';
import { isJsonObject } from '../../src/domain/text/json-object.ts';
import { reservePorts } from '../common/ports.ts';
import { createProcesses } from '../common/processes.ts';
import { mustRun, type Ran, runProgram } from '../common/run-program.ts';
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
  /** Path of the kubeconfig of that user, for programs that run kubectl themselves. */
  readonly kubeconfig: string;
  /** Sends a request as that user. Throws only if there is no answer. */
  send(request: KubeRequest): Promise<KubeAnswer>;
  /** Runs kubectl as that user; its exit code is a value. */
  kubectl(args: readonly string[], options?: { readonly input?: string }): Promise<Ran>;
  /** A token of a service account that exists, as a Pod of it has one (TokenRequest API). Throws if it is refused. */
  tokenOf(namespace: string, serviceAccount: string): Promise<string>;
  stop(): Promise<void>;
}

export interface KubeRequest {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/v1/namespaces`. */
  readonly path: string;
  /** Text is sent as YAML, anything else as JSON. */
  readonly body?: unknown;
  /** Of the body, where that is not right: a patch has one of its own. */
  readonly contentType?: string;
  /** Bearer token of another user. */
  readonly token?: string;
}

export interface KubeAnswer {
  readonly status: number;
  /** Parsed JSON; the text if it is something else. */
  readonly body: unknown;
  /** What the server and its webhooks want the user to read (RFC 7234 §5.5, code 299). */
  readonly warnings: readonly string[];
}

/** How to start one, or why it cannot run here. */
export async function findKube(): Promise<
  { readonly start: (directory: string) => Promise<Kube> } | { readonly missing: string }
> {
  const missing = await missingPrograms(['etcd', 'kubectl', 'openssl']);
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
    ask({ url, token: asked.token ?? token, ca: await readFile(certificate, 'utf8') }, asked);
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
  const config = join(directory, 'kubeconfig');
  await writeFile(config, kubeConfig({ url, token, certificate }), { mode: 0o600 });
  const connection = [`--kubeconfig=${config}`, `--cache-dir=${join(directory, 'kubectl')}`];
  return {
    ...{ url, token, certificate, kubeconfig: config, send },
    kubectl: (args, options = {}) => runProgram('kubectl', [...connection, ...args], options),
    tokenOf: async (namespace, serviceAccount) => {
      const { status, body } = await send({
        ...{ method: 'POST', path: `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccount}/token` },
        body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 3600 } },
      });
      const answer = isJsonObject(body) && isJsonObject(body['status']) ? body['status']['token'] : undefined;
      if (typeof answer !== 'string') throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
      return answer;
    },
    stop: () => processes.stop(),
  };
}

function kubeConfig({ url, token, certificate }: Pick<Kube, 'url' | 'token' | 'certificate'>): string {
  return JSON.stringify({
    ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'here' },
    clusters: [{ name: 'here', cluster: { server: url, 'certificate-authority': certificate } }],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'here', context: { cluster: 'here', user: 'admin' } }],
  });
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

async function ask(
  { url, token, ca }: Access,
  { method = 'GET', path, body, contentType }: KubeRequest,
): Promise<KubeAnswer> {
  const isText = typeof body === 'string';
  const sent = body === undefined || isText ? body : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${token}`,
    accept: 'application/json',
    'content-type': contentType ?? (isText ? 'application/yaml' : 'application/json'),
  };
  const answer = await askHttps(`${url}${path}`, { method, ca, timeout: 30_000, headers }, sent);
  const warnings = (answer.headers['warning'] ?? []).map((one) => one.replace(/^299 \S+ "(.*)"$/s, '$1'));
  return { status: answer.status, body: parsed(answer.text), warnings };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
