import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FaultRule } from './http/faults.ts';
import { createRequestLog, type RequestLog } from './http/request-log.ts';
import { type Served, serve } from './http/serve.ts';
import { authorizationFor, type Credentials } from './registry/push-login.ts';
import type { Quirks } from './registry/quirks.ts';
import { createRegistry, type RegistryService } from './registry/registry.ts';
import {
  createTokenServer,
  grantPublicPull,
  type TokenServer,
  type TokenServerOptions,
} from './registry/token-server.ts';
import { type RunOptions, type RunResult, runAction } from './runner/runner.ts';
import {
  type SigstoreOptions,
  type SigstoreStack,
  type StackVariant,
  startSigstore,
} from './sigstore/sigstore-stack.ts';

export interface WorldOptions {
  /** How the registry wants its callers to log in; default `bearer`. */
  readonly auth?: 'none' | 'basic' | 'bearer';
  readonly quirks?: Quirks;
  readonly registryFaults?: readonly FaultRule[];
  /** Of the token server, with `auth` `bearer`. */
  readonly tokens?: Omit<TokenServerOptions, 'users'>;
  readonly sigstore?: SigstoreOptions;
  /** Which services the files name; default `v1` (Rekor v1 and the timestamp authority). */
  readonly variant?: Exclude<StackVariant, 'all'>;
  /** One way, for every service. */
  readonly latencyMs?: number;
  /** Whether runs write debug lines, which tests look at too. Default true; measurements leave it off, as workflows do. */
  readonly debugLogging?: boolean;
}

/** Everything a workflow meets: a registry, its token server, a Sigstore, and a runner with a login. */
export interface World extends AsyncDisposable {
  readonly sigstore: SigstoreStack;
  readonly registry: RegistryService;
  readonly tokens: TokenServer;
  /** `localhost:<port>`, as references name it. */
  readonly host: string;
  readonly registryUrl: string;
  /** Every request to every service of this world. */
  readonly log: RequestLog;
  /** The user that registry and token server know. */
  readonly login: Credentials;
  /** Everything that the world and its runs write lies in this temporary directory; `close` removes it. */
  readonly directory: string;
  /** Paths of trusted root and signing config. */
  readonly files: { readonly trustedRoot: string; readonly signingConfig: string };
  /** What pushImage needs to be let in. */
  pushLogin(repository: string): Promise<{ readonly authorization?: string }>;
  /** Runs the committed sign action, trust from the files, logged in, with an id-token. */
  sign(inputs: Readonly<Record<string, string>>, more?: Partial<RunOptions>): Promise<RunResult>;
  /** Runs the committed verify action the same way, without an id-token. */
  verify(inputs: Readonly<Record<string, string>>, more?: Partial<RunOptions>): Promise<RunResult>;
  /** Runs the committed audit action like the gate. */
  audit(inputs: Readonly<Record<string, string>>, more?: Partial<RunOptions>): Promise<RunResult>;
  /** Runs the committed verify-files action as verify; files may name the registry of this world. */
  verifyFiles(inputs: Readonly<Record<string, string>>, more?: Partial<RunOptions>): Promise<RunResult>;
  /** What handlers threw: bugs of the sandbox; empty in a good test. */
  failures(): readonly unknown[];
  close(): Promise<void>;
}

/** The repository: the directory of action.yml. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

const LOGIN: Credentials = { username: 'alice', password: 'sandbox-password' };

/** Starts a world on loopback; everything it writes lies in one temporary directory. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const log = createRequestLog();
  const latency = options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs };
  const sigstore = await startSigstore({ log, ...latency, ...options.sigstore });
  const tokens = createTokenServer({
    users: { [LOGIN.username]: LOGIN.password },
    grant: grantPublicPull,
    ...options.tokens,
  });
  const auth = options.auth ?? 'bearer';
  const tokenServer = await serve(tokens.handle, { name: 'token server', log, ...latency });
  const realm = `${tokenServer.url.replace('127.0.0.1', 'localhost')}/token`;
  const registry = createRegistry({
    auth:
      auth === 'bearer'
        ? { kind: 'bearer', realm, service: tokens.service, verify: tokens.verify }
        : auth === 'basic'
          ? { kind: 'basic', users: { [LOGIN.username]: LOGIN.password } }
          : { kind: 'none' },
    ...(options.quirks === undefined ? {} : { quirks: options.quirks }),
    ...(options.registryFaults === undefined ? {} : { faults: options.registryFaults }),
  });
  const server: Served = await serve(registry.handle, { name: 'registry', log, ...latency });
  // Loopback names count as one host, but cosign takes a realm on an IP literal only from itself.
  const host = `localhost:${server.port}`;
  const registryUrl = `http://${host}`;

  const directory = await mkdtemp(join(tmpdir(), 'countersign-'));
  const variant = options.variant ?? 'v1';
  const files = {
    trustedRoot: join(directory, 'trusted_root.json'),
    signingConfig: join(directory, 'signing_config.json'),
  };
  await writeFile(files.trustedRoot, sigstore.trustedRootJson(variant === 'tsa' ? 'tsa' : 'all'));
  await writeFile(files.signingConfig, sigstore.signingConfigJson(variant));
  const basic = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64');
  await writeFile(
    join(directory, 'config.json'),
    JSON.stringify(auth === 'none' ? {} : { auths: { [host]: { auth: basic } } }),
  );

  const run = (actionDir: string, inputs: Readonly<Record<string, string>>, more: Partial<RunOptions>) =>
    runAction({
      actionDir,
      tempRoot: directory,
      debugLogging: options.debugLogging ?? true,
      ...more,
      inputs: { 'trusted-root': files.trustedRoot, ...inputs },
      env: { DOCKER_CONFIG: directory, ...more.env },
    });
  const close = async (): Promise<void> => {
    await Promise.all([server.close(), tokenServer.close(), sigstore.close()]);
    await rm(directory, { recursive: true, force: true });
  };
  return {
    sigstore,
    registry,
    tokens,
    host,
    registryUrl,
    login: LOGIN,
    log,
    directory,
    files,
    async pushLogin(repository) {
      const authorization = await authorizationFor(registryUrl, repository, auth === 'none' ? undefined : LOGIN);
      return authorization === undefined ? {} : { authorization };
    },
    sign: (inputs, more = {}) =>
      run(
        ROOT,
        { 'signing-config': files.signingConfig, ...inputs },
        { ...more, env: { ...sigstore.idTokenEnvironment, ...more.env } },
      ),
    verify: (inputs, more = {}) => run(join(ROOT, 'verify'), inputs, more),
    audit: (inputs, more = {}) => run(join(ROOT, 'audit'), inputs, more),
    verifyFiles: (inputs, more = {}) =>
      run(join(ROOT, 'verify-files'), { 'insecure-registries': host, ...inputs }, more),
    failures: () => [...server.failures, ...tokenServer.failures, ...sigstore.failures()],
    close,
    [Symbol.asyncDispose]: close,
  };
}
