import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '../../sandbox/serve.ts';
import { createTokenServer } from '../../sandbox/token-server.ts';
import { freePort, type RealRegistry, startDockerRegistry, untilAnswering } from '../real/docker-registry.ts';
import { aptInstall, cargoInstall, DISTRIBUTION, goInstall, mustRun, runProgram, ZOT } from '../real/programs.ts';
import { startAuthProxy } from './auth-proxy.ts';

export type Auth = 'none' | 'htpasswd' | 'token';

/** A registry that others wrote, at one version. */
export interface RealKind {
  readonly name: string;
  readonly hasReferrersApi: boolean;
  readonly auths: readonly Auth[];
  /** Its token server gives refresh tokens, which `docker login` keeps instead of the password. */
  readonly givesIdentityToken?: boolean;
  /** Starts it, logged in by a config.json written by hand; or says why it cannot be had here. */
  find(): Promise<
    { readonly start: (directory: string, auth: Auth) => Promise<RealRegistry> } | { readonly missing: string }
  >;
}

const USER = 'alice';
const PASSWORD = 's3cret-of-the-registry';
const AUTHS = ['none', 'htpasswd', 'token'] as const;

/** Every registry that can be run on a bare machine. */
export const REAL_KINDS: readonly RealKind[] = [
  {
    name: 'Debian docker-registry 2.8.2',
    hasReferrersApi: false,
    auths: AUTHS,
    givesIdentityToken: true,
    async find() {
      const missing = await aptInstall({ 'docker-registry': 'docker-registry', htpasswd: 'apache2-utils' });
      return missing === undefined
        ? { start: (directory, auth) => startDockerRegistry(directory, auth, { offersRefreshToken: true }) }
        : { missing };
    },
  },
  {
    name: 'distribution 3.1.1',
    hasReferrersApi: false,
    auths: AUTHS,
    async find() {
      const found = await goInstall(DISTRIBUTION);
      if ('missing' in found) return found;
      return { start: (directory, auth) => startDockerRegistry(directory, auth, { program: found.path }) };
    },
  },
  {
    name: 'ferro-oci-server 1.0.0',
    hasReferrersApi: true,
    auths: AUTHS,
    async find() {
      const found = await cargoInstall('ferro-oci-server', '1.0.0');
      return 'missing' in found ? found : { start: (directory, auth) => startFerro(found.path, directory, auth) };
    },
  },
  {
    name: 'zot 2.1.20',
    hasReferrersApi: true,
    auths: AUTHS,
    async find() {
      const named = process.env['ZOT'];
      if (named !== undefined && named !== '') {
        const { code, out } = await runProgram(named, ['--version']);
        if (code !== 0) return { missing: `ZOT=${named} does not run: ${out.slice(0, 200)}` };
        return { start: (directory, auth) => startZot(named, directory, auth) };
      }
      const found = await goInstall(ZOT);
      if ('missing' in found) return { missing: `ZOT names no binary, and ${found.missing.split('\n')[0]}` };
      return { start: (directory, auth) => startZot(found.path, directory, auth) };
    },
  },
];

/** It knows no login, so the sandbox's token server and authorization stand before it. */
async function startFerro(program: string, directory: string, auth: Auth): Promise<RealRegistry> {
  const port = await freePort();
  const child = run(program, [], { FERRO_OCI_LISTEN: `127.0.0.1:${port}` });
  await untilAnswering(`http://127.0.0.1:${port}/healthz`);
  const tokens = await createTokenServer({ users: { [USER]: PASSWORD } });
  const tokenServer = await serve(tokens.handle, { name: 'token server' });
  const proxy = await startAuthProxy(
    `127.0.0.1:${port}`,
    auth === 'none'
      ? { kind: 'none' }
      : auth === 'htpasswd'
        ? { kind: 'basic', users: { [USER]: PASSWORD } }
        : {
            kind: 'bearer',
            realm: `${tokenServer.url.replace('127.0.0.1', 'localhost')}/token`,
            service: tokens.service,
            verify: tokens.verify,
          },
  );
  return running(directory, `localhost:${proxy.port}`, auth, async () => {
    child.kill();
    await Promise.all([proxy.close(), tokenServer.close()]);
  });
}

async function startZot(program: string, directory: string, auth: Auth): Promise<RealRegistry> {
  await mkdir(directory, { recursive: true });
  const port = await freePort();
  const tokens = await createTokenServer({ users: { [USER]: PASSWORD } });
  const tokenServer = await serve(tokens.handle, { name: 'token server' });
  const certificate = join(directory, 'token-cert.pem');
  await writeFile(certificate, tokens.certificatePem);
  const htpasswd = join(directory, 'htpasswd');
  if (auth === 'htpasswd') await writeFile(htpasswd, await mustRun('htpasswd', ['-Bbn', USER, PASSWORD]));
  const realm = `${tokenServer.url.replace('127.0.0.1', 'localhost')}/token`;
  const everything = { repositories: { '**': { defaultPolicy: ['read', 'create', 'update', 'delete'] } } };
  const authConfig = {
    none: {},
    htpasswd: { auth: { htpasswd: { path: htpasswd } }, accessControl: everything },
    token: { auth: { bearer: { realm, service: tokens.service, cert: certificate } } },
  }[auth];
  const config = join(directory, 'zot.json');
  await writeFile(
    config,
    JSON.stringify({
      distSpecVersion: '1.1.1',
      storage: { rootDirectory: join(directory, 'zot-data'), gc: false },
      http: { address: '127.0.0.1', port: String(port), ...authConfig },
      log: { level: 'error' },
    }),
  );
  const child = run(program, ['serve', config], {});
  await untilAnswering(`http://127.0.0.1:${port}/v2/`);
  return running(directory, `localhost:${port}`, auth, async () => {
    child.kill();
    await tokenServer.close();
  });
}

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...env } });
}

async function running(directory: string, host: string, auth: Auth, stop: () => Promise<void>): Promise<RealRegistry> {
  await mkdir(directory, { recursive: true });
  const entry = auth === 'none' ? {} : { [host]: { auth: Buffer.from(`${USER}:${PASSWORD}`).toString('base64') } };
  await writeFile(join(directory, 'config.json'), JSON.stringify({ auths: entry }));
  return {
    host,
    dockerConfig: directory,
    ...(auth === 'none' ? {} : { login: { username: USER, password: PASSWORD } }),
    [Symbol.asyncDispose]: stop,
  };
}
