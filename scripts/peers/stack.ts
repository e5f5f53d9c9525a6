import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkflowRun } from '../../sandbox/github/claims.ts';
import { createOidc, type TokenOptions } from '../../sandbox/github/oidc.ts';
import { serve } from '../../sandbox/http/serve.ts';
import { createKey, fromPem, type SigningKey, sha256 } from '../../sandbox/sigstore/keys.ts';
import { signingConfigJson } from '../../sandbox/sigstore/signing-config.ts';
import { type AuthorityTrust, type LogTrust, trustedRootJson } from '../../sandbox/sigstore/trusted-root.ts';
import { reservePorts, untilFree } from '../common/ports.ts';
import { createProcesses, type Processes } from '../common/processes.ts';
import { mustRun } from '../common/run-program.ts';
import { labelOf, SERVICES } from './catalogue.ts';
import { startDatabase } from './database.ts';
import { fulcioConfig } from './fulcio-config.ts';
import { findPeer, missingPrograms } from './install.ts';

/** Which services a signing config names: Rekor v1 with a timestamp authority, Rekor v2 with one, or one alone. */
export type Services = 'v1' | 'v2' | 'tsa';

/** Base URLs; of the timestamp authority the whole endpoint. */
export interface ServiceUrls {
  readonly oidc: string;
  readonly fulcio: string;
  readonly rekor1: string;
  readonly rekor2: string;
  readonly tsa: string;
}

/** Fulcio with CTFE, Rekor v1 on Trillian and MariaDB, Rekor v2 and a timestamp authority, as released. */
export interface Stack extends AsyncDisposable {
  readonly urls: ServiceUrls;
  /** Issuer of the id-tokens. */
  readonly issuer: string;
  /** Scratch directory, gone when the stack is stopped. */
  readonly directory: string;
  /** With logs, and without any (for what only a timestamp authority vouches for). Paths. */
  readonly trustedRoots: { readonly logs: string; readonly tsa: string };
  /** Paths of the signing configs. */
  readonly signingConfigs: Readonly<Record<Services, string>>;
  /** ACTIONS_ID_TOKEN_REQUEST_*, as a job with `id-token: write` has them. */
  readonly idTokenEnvironment: Readonly<Record<string, string>>;
  /** From now on id-tokens are this job's. */
  setJob(run: WorkflowRun, options?: TokenOptions): void;
  /** ACTIONS_ID_TOKEN_REQUEST_* of a further job, for jobs that run side by side. */
  addJob(run: WorkflowRun): Readonly<Record<string, string>>;
  /** An id-token for the audience `sigstore`. */
  idToken(): string;
  /** Writes a signing config with other URLs of the same services, such as proxies; returns its path. */
  writeSigningConfig(name: string, services: Services, urls: ServiceUrls): Promise<string>;
}

const HOST = '127.0.0.1';

type ServicePaths = Readonly<Record<keyof typeof SERVICES, string>>;

/** Builds what the stack needs, once; or says why it cannot run here. */
export async function findStack(): Promise<{ start(): Promise<Stack> } | { readonly missing: string }> {
  const missing = await missingPrograms(['mariadbd', 'mariadb', 'openssl']);
  if (missing !== undefined) return { missing };
  const paths: Record<string, string> = {};
  for (const [name, peer] of Object.entries(SERVICES)) {
    const found = await findPeer(peer);
    if ('missing' in found) return { missing: `${labelOf(peer)}: ${found.missing}` };
    paths[name] = found.path;
  }
  return { start: () => startStack(paths as ServicePaths) };
}

/** Starts everything on free ports of loopback; throws with the last words of what does not start. */
async function startStack(paths: ServicePaths): Promise<Stack> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-stack-'));
  const processes = createProcesses(directory);
  const oidc = createOidc({ clock: () => new Date() });
  const oidcServer = await serve(oidc.handler, { name: 'oidc' });
  oidc.servedAt(oidcServer.url);
  const dispose = async (): Promise<void> => {
    await processes.stop();
    await oidcServer.close();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const services = await startServices({ paths, directory, processes, issuer: oidcServer.url });
    const { urls } = services;
    const requestEnvironment = (token: string): Readonly<Record<string, string>> => ({
      ACTIONS_ID_TOKEN_REQUEST_URL: `${oidcServer.url}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: token,
    });
    const trustedRoots = { logs: join(directory, 'trusted_root.json'), tsa: join(directory, 'trusted_root-tsa.json') };
    const { logs, ...withoutLogs } = services.trust;
    await writeFile(trustedRoots.logs, trustedRootJson({ logs, ...withoutLogs }));
    await writeFile(trustedRoots.tsa, trustedRootJson({ logs: [], ...withoutLogs }));
    const writeSigningConfig = async (name: string, kind: Services, to: ServiceUrls): Promise<string> => {
      const path = join(directory, `signing-config-${name}.json`);
      const rekor = { v1: [{ url: to.rekor1 }], v2: [{ url: to.rekor2, majorApiVersion: 2 }], tsa: [] }[kind];
      const text = signingConfigJson({
        certificateAuthorities: [{ url: to.fulcio }],
        oidc: [{ url: to.oidc }],
        logs: rekor,
        timestampAuthorities: [{ url: to.tsa }],
      });
      await writeFile(path, text);
      return path;
    };
    return {
      urls,
      issuer: oidc.issuer(),
      directory,
      trustedRoots,
      signingConfigs: {
        v1: await writeSigningConfig('v1', 'v1', urls),
        v2: await writeSigningConfig('v2', 'v2', urls),
        tsa: await writeSigningConfig('tsa', 'tsa', urls),
      },
      idTokenEnvironment: requestEnvironment(oidc.requestToken),
      addJob: (run) => requestEnvironment(oidc.addJob(run)),
      setJob: (run, options) => oidc.setJob(run, options),
      idToken: () => oidc.issue(),
      writeSigningConfig,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

interface StartedServices {
  readonly urls: ServiceUrls;
  readonly trust: {
    readonly logs: readonly LogTrust[];
    readonly certificateAuthorities: readonly AuthorityTrust[];
    readonly ctLogs: readonly LogTrust[];
    readonly timestampAuthorities: readonly AuthorityTrust[];
  };
}

interface ServiceSetting {
  readonly paths: ServicePaths;
  /** Scratch directory. */
  readonly directory: string;
  readonly processes: Processes;
  /** Of the id-tokens. */
  readonly issuer: string;
}

async function startServices({ paths, directory, processes, issuer }: ServiceSetting): Promise<StartedServices> {
  const names = [
    'tsa',
    'ct',
    'fulcio',
    'fulcioGrpc',
    'fulcioMetrics',
    'rekor1',
    'rekor2',
    'rekor2Grpc',
    'rekor2Metrics',
  ];
  const numbers = await reservePorts(names.length);
  const ports = Object.fromEntries(names.map((name, index) => [name, numbers[index]]));
  const at = (name: string): string => `http://${HOST}:${ports[name]}`;
  const file = (name: string): string => join(directory, name);

  // The timestamp authority first: its metrics port is fixed, and a clash would be fatal to it alone.
  await untilFree(2112);
  await processes.start({
    name: 'timestamp-server',
    path: paths.timestampServer,
    args: [
      'serve',
      `--host=${HOST}`,
      `--port=${ports['tsa']}`,
      '--timestamp-signer=memory',
      '--disable-ntp-monitoring',
    ],
    readyUrl: `${at('tsa')}/ping`,
  });
  const database = await startDatabase(processes, directory);
  const trillian = await startTrillian(paths, processes, database);

  const ctKey = createKey();
  const fulcioChain = await writeFulcioKeys(directory);
  const ctTree = await trillian.createTree();
  const der = ctKey.privateKey.export({ format: 'der', type: 'pkcs8' });
  const escaped = [...der].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  await writeFile(
    file('ct.cfg'),
    `config { log_id: ${ctTree} prefix: "test" roots_pem_file: "${file('fulcio.pem')}" ext_key_usages: "CodeSigning" ` +
      `max_merge_delay_sec: 86400 private_key { [type.googleapis.com/keyspb.PrivateKey] { der: "${escaped}" } } }\n`,
  );
  await processes.start({
    name: 'ct-server',
    path: paths.ctServer,
    args: [
      `--log_config=${file('ct.cfg')}`,
      `--log_rpc_server=${trillian.address}`,
      `--http_endpoint=${HOST}:${ports['ct']}`,
      '--get_sth_interval=0',
      '--logtostderr',
    ],
    readyUrl: `${at('ct')}/healthz`,
  });

  await writeFile(file('ct.pub'), ctKey.publicKey.export({ format: 'pem', type: 'spki' }));
  await writeFile(file('fulcio.yaml'), fulcioConfig(issuer));
  await processes.start({
    name: 'fulcio',
    path: paths.fulcio,
    args: [
      'serve',
      `--host=${HOST}`,
      `--port=${ports['fulcio']}`,
      `--grpc-host=${HOST}`,
      `--grpc-port=${ports['fulcioGrpc']}`,
      `--metrics-port=${ports['fulcioMetrics']}`,
      `--legacy-unix-domain-socket=${file('fulcio.sock')}`,
      `--config-path=${file('fulcio.yaml')}`,
      '--ca=fileca',
      `--fileca-cert=${file('fulcio.pem')}`,
      `--fileca-key=${file('fulcio.key')}`,
      `--fileca-key-passwd=${KEY_PASSWORD}`,
      '--fileca-watch=false',
      `--ct-log-url=${at('ct')}/test`,
      `--ct-log-public-key-path=${file('ct.pub')}`,
    ],
    readyUrl: `${at('fulcio')}/healthz`,
  });

  const rekor1Key = createKey();
  await writeFile(file('rekor1.key'), rekor1Key.privateKey.export({ format: 'pem', type: 'sec1' }));
  await processes.start({
    name: 'rekor-v1',
    path: paths.rekor1,
    args: [
      'serve',
      `--rekor_server.address=${HOST}`,
      `--port=${ports['rekor1']}`,
      `--rekor_server.hostname=${HOST}`,
      `--rekor_server.signer=${file('rekor1.key')}`,
      `--trillian_log_server.address=${HOST}`,
      `--trillian_log_server.port=${trillian.port}`,
      `--trillian_log_server.tlog_id=${await trillian.createTree()}`,
      '--enable_retrieve_api=false',
      '--enabled_api_endpoints=getLogInfo,getPublicKey,getLogProof,createLogEntry,getLogEntryByIndex,getLogEntryByUUID,searchLogQuery',
    ],
    readyUrl: `${at('rekor1')}/ping`,
  });

  const rekor2Key = createKey('Ed25519');
  await writeFile(file('rekor2.key'), rekor2Key.privateKey.export({ format: 'pem', type: 'pkcs8' }));
  await mkdir(file('rekor2'));
  await processes.start({
    name: 'rekor-v2',
    path: paths.rekor2,
    args: [
      'serve',
      `--hostname=${HOST}`,
      `--http-address=${HOST}`,
      `--http-port=${ports['rekor2']}`,
      `--grpc-address=${HOST}`,
      `--grpc-port=${ports['rekor2Grpc']}`,
      `--http-metrics-port=${ports['rekor2Metrics']}`,
      `--storage-dir=${file('rekor2')}`,
      `--signer-filepath=${file('rekor2.key')}`,
      '--checkpoint-interval=200ms',
      '--batch-max-age=20ms',
    ],
    readyUrl: `${at('rekor2')}/healthz`,
  });

  const tsaUrl = `${at('tsa')}/api/v1/timestamp`;
  const tsaPem = await (await fetch(`${tsaUrl}/certchain`)).text();
  return {
    urls: { oidc: issuer, fulcio: at('fulcio'), rekor1: at('rekor1'), rekor2: at('rekor2'), tsa: tsaUrl },
    trust: {
      logs: [
        { baseUrl: at('rekor2'), key: rekor2Key, keyId: noteKeyId(HOST, rekor2Key) },
        { baseUrl: at('rekor1'), key: rekor1Key, keyId: rekor1Key.keyId },
      ],
      certificateAuthorities: [
        { uri: at('fulcio'), name: { organization: 'local', commonName: 'fulcio.local' }, chain: fulcioChain },
      ],
      ctLogs: [{ baseUrl: at('ct'), key: ctKey, keyId: ctKey.keyId }],
      timestampAuthorities: [
        { uri: tsaUrl, name: { organization: 'local', commonName: 'tsa.local' }, chain: certificatesIn(tsaPem) },
      ],
    },
  };
}

const KEY_PASSWORD = 'fulcio';

/** A root of Fulcio's own, as its `fileca` wants it: an encrypted key and a certificate. Returns the chain, DER. */
async function writeFulcioKeys(directory: string): Promise<readonly Uint8Array[]> {
  const plain = join(directory, 'fulcio.plain');
  const key = createKey();
  await writeFile(plain, key.privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  await writeFile(
    join(directory, 'fulcio.key'),
    key.privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: KEY_PASSWORD }),
  );
  await mustRun('openssl', [
    ...['req', '-x509', '-new', '-sha256', '-days', '3650', '-key', plain, '-subj', '/O=local/CN=fulcio.local'],
    ...['-addext', 'basicConstraints=critical,CA:TRUE,pathlen:1'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign', '-addext', 'extendedKeyUsage=codeSigning'],
    ...['-out', join(directory, 'fulcio.pem')],
  ]);
  return certificatesIn(await readFile(join(directory, 'fulcio.pem'), 'utf8'));
}

function certificatesIn(pem: string): readonly Uint8Array[] {
  return pem
    .split(/(?<=-----END CERTIFICATE-----)/)
    .map((one) => fromPem(one.trim())?.der)
    .filter((der) => der !== undefined);
}

/** Log ID of an Ed25519 log that signs notes (C2SP signed-note): SHA-256(name ‖ LF ‖ 0x01 ‖ key). */
function noteKeyId(name: string, key: SigningKey): Buffer {
  return sha256(Buffer.concat([Buffer.from(`${name}\n\x01`), key.spki.subarray(-32)]));
}

async function startTrillian(
  paths: ServicePaths,
  processes: Processes,
  database: string,
): Promise<{ address: string; port: number; createTree(): Promise<string> }> {
  const [rpc = 0, http, signerRpc, signerHttp] = await reservePorts(4);
  const address = `${HOST}:${rpc}`;
  const storage = ['--storage_system=mysql', `--mysql_uri=${database}`, '--quota_system=noop'];
  await processes.start({
    name: 'trillian-log-server',
    path: paths.logServer,
    args: [...storage, `--rpc_endpoint=${address}`, `--http_endpoint=${HOST}:${http}`],
    readyUrl: `http://${HOST}:${http}/healthz`,
  });
  await processes.start({
    name: 'trillian-log-signer',
    path: paths.logSigner,
    args: [
      ...storage,
      `--rpc_endpoint=${HOST}:${signerRpc}`,
      `--http_endpoint=${HOST}:${signerHttp}`,
      '--force_master',
      '--sequencer_interval=50ms',
    ],
    readyUrl: `http://${HOST}:${signerHttp}/healthz`,
  });
  return {
    address,
    port: rpc,
    createTree: async () => {
      const out = await mustRun(paths.createTree, [`--admin_server=${address}`]);
      const id = /^\d{6,}$/m.exec(out)?.[0];
      if (id === undefined) throw new Error(`createtree printed no tree:\n${out}`);
      return id;
    },
  };
}
