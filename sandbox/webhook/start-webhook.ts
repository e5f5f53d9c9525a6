import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mintLoopbackTls } from '../sigstore/self-signed.ts';
import { createReviewCaller, type ReviewCaller } from './review-caller.ts';

/** The repository. */
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

export interface WebhookOptions {
  /** Policy files by name: `app.yaml`. */
  readonly policies: Readonly<Record<string, string>>;
  /** Variables besides those that this function sets; undefined removes one. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Default `dist/webhook/index.js`. */
  readonly main?: string;
}

/** A line of the log, parsed. */
export type LogRecord = Readonly<Record<string, unknown>> & { readonly level: string; readonly message: string };

/** The webhook as a Pod would run it: a process with variables and mounted volumes, and nothing else. */
export interface RunningWebhook extends AsyncDisposable, ReviewCaller {
  readonly port: number;
  readonly pid: number;
  /** `http://127.0.0.1:1234` of `/healthz`, `/readyz`, `/metrics`. */
  readonly healthUrl: string;
  /** PEM: the `caBundle`, with the authority of every certificate that was mounted. */
  readonly ca: () => string;
  /** What it wrote, parsed; throws if a line is not JSON. */
  readonly log: () => readonly LogRecord[];
  /** Replaces the volume with the certificate as kubelet does. Without a pair: a new one of the same names. */
  mountTls(pair?: { readonly cert: string; readonly key: string }): Promise<void>;
  /** Replaces the volume with the policies as kubelet does. */
  mountPolicies(policies: Readonly<Record<string, string>>): Promise<void>;
  /** Waits until `/readyz` answers 200. */
  ready(): Promise<void>;
  /** Waits until a line of the log satisfies the condition. */
  logged(condition: (record: LogRecord) => boolean): Promise<LogRecord>;
  /** GET of a page of the plain port. */
  page(path: string): Promise<{ readonly status: number; readonly body: string }>;
  /** Sends SIGTERM. */
  stop(): void;
  /** Resolves when the process has ended. */
  readonly ended: Promise<number | null>;
}

/** Starts the bundle on free ports of loopback and resolves when it serves. */
export async function startWebhook(options: WebhookOptions): Promise<RunningWebhook> {
  const directory = await mkdtemp(join(tmpdir(), 'countersign-webhook-'));
  const volumes = { tls: join(directory, 'tls'), policies: join(directory, 'policies') };
  let minted = mintLoopbackTls();
  /** Of every certificate that was mounted, as in a `caBundle` while a certificate is replaced. */
  let bundle = minted.ca;
  await mountVolume(volumes.tls, { 'tls.crt': minted.tls.cert, 'tls.key': minted.tls.key });
  await mountVolume(volumes.policies, options.policies);
  const env: Record<string, string | undefined> = {
    COUNTERSIGN_POLICY: volumes.policies,
    COUNTERSIGN_TLS_CERTIFICATE: join(volumes.tls, 'tls.crt'),
    COUNTERSIGN_TLS_KEY: join(volumes.tls, 'tls.key'),
    COUNTERSIGN_LISTEN_ADDRESS: '127.0.0.1',
    COUNTERSIGN_LISTEN_PORT: '0',
    COUNTERSIGN_HEALTH_PORT: '0',
    COUNTERSIGN_CACHE_DIRECTORY: join(directory, 'cache'),
    COUNTERSIGN_DRAIN_FOR: '0s',
    ...options.env,
  };
  const main = options.main ?? join(ROOT, 'dist/webhook/index.js');
  const child = spawn(process.execPath, [main], {
    cwd: directory,
    env: Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined)),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collect(child);
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  /** Whatever ends this process ends the webhook too. */
  const leave = (): void => {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once('exit', leave);
  const log = (): LogRecord[] =>
    output
      .text()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as LogRecord);
  const logged = async (condition: (record: LogRecord) => boolean): Promise<LogRecord> => {
    for (;;) {
      const found = log().find(condition);
      if (found !== undefined) return found;
      await Promise.race([
        output.next(),
        ended.then((code) => {
          throw new Error(`the webhook ended with ${code}:\n${output.text()}${output.errors()}`);
        }),
      ]);
    }
  };
  const remove = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
    process.off('exit', leave);
    await rm(directory, { recursive: true, force: true });
  };
  let serving: LogRecord;
  try {
    serving = await logged(({ message }) => message === 'serving');
  } catch (error) {
    await remove();
    throw error;
  }
  const port = Number(serving['port']);
  const healthUrl = `http://127.0.0.1:${Number(serving['healthPort'])}`;
  const page: RunningWebhook['page'] = async (path) => {
    const response = await fetch(`${healthUrl}${path}`);
    return { status: response.status, body: await response.text() };
  };
  const caller = createReviewCaller({ port, ca: () => bundle });
  return {
    ...caller,
    port,
    pid: child.pid ?? 0,
    healthUrl,
    ca: () => bundle,
    log,
    logged,
    page,
    ended,
    async mountTls(pair) {
      if (pair === undefined) {
        minted = mintLoopbackTls();
        bundle += minted.ca;
      }
      const { cert, key } = pair ?? minted.tls;
      await mountVolume(volumes.tls, { 'tls.crt': cert, 'tls.key': key });
    },
    mountPolicies: (policies) => mountVolume(volumes.policies, policies),
    async ready() {
      for (;;) {
        const { status } = await page('/readyz');
        if (status === 200) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    stop: () => void child.kill('SIGTERM'),
    async [Symbol.asyncDispose]() {
      caller.close();
      await remove();
    },
  };
}

let mounts = 0;

/**
 * Writes files as kubelet does (kubernetes pkg/volume/util/atomic_writer.go): into a folder of their own, to which the link
 * `..data` leads; each name is a link into it. A change replaces only `..data`, at once. Then links of names that are gone
 * are removed.
 */
export async function mountVolume(path: string, files: Readonly<Record<string, string>>): Promise<void> {
  mounts += 1;
  const folder = `..${mounts}`;
  await mkdir(join(path, folder), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, folder, name), text);
  await symlink(folder, join(path, '..data_tmp'));
  await rename(join(path, '..data_tmp'), join(path, '..data'));
  for (const name of Object.keys(files)) {
    await symlink(join('..data', name), join(path, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  for (const name of await readdir(path)) {
    if (!name.startsWith('..') && !Object.hasOwn(files, name)) await rm(join(path, name));
  }
}

interface Output {
  readonly text: () => string;
  readonly errors: () => string;
  /** Resolves when more arrives. */
  readonly next: () => Promise<void>;
}

function collect({ stdout, stderr }: ChildProcess): Output {
  const texts = { out: '', err: '' };
  let wake: (() => void)[] = [];
  stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    texts.out += chunk;
    for (const one of wake) one();
    wake = [];
  });
  stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    texts.err += chunk;
  });
  return {
    text: () => texts.out,
    errors: () => texts.err,
    next: () => new Promise((resolve) => wake.push(resolve)),
  };
}
