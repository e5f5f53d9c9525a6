import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '../../sandbox/serve.ts';
import { createTokenServer } from '../../sandbox/token-server.ts';
import { mustRun } from './programs.ts';

export interface RealRegistry extends AsyncDisposable {
  /** `localhost:<port>`. */
  readonly host: string;
  /** Directory with a config.json that is logged in. */
  readonly dockerConfig: string;
  /** The user in it, unless the registry asks for none. */
  readonly login?: { readonly username: string; readonly password: string };
}

const USER = 'alice';
const PASSWORD = 's3cret-of-the-registry';

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export interface DockerRegistryOptions {
  /** Path of a distribution registry; default Debian's `docker-registry` (2.8.2). */
  readonly program?: string;
  /** The token server gives refresh tokens, which `docker login` stores as identity token. */
  readonly offersRefreshToken?: boolean;
}

/** A distribution registry on loopback; with `token`, behind our own token server and its certificate. */
export async function startDockerRegistry(
  directory: string,
  auth: 'none' | 'htpasswd' | 'token',
  { program = 'docker-registry', offersRefreshToken = false }: DockerRegistryOptions = {},
): Promise<RealRegistry> {
  await mkdir(directory, { recursive: true });
  const port = await freePort();
  const host = `localhost:${port}`;
  const tokens = await createTokenServer({ users: { [USER]: PASSWORD }, offersRefreshToken });
  const tokenServer = await serve(tokens.handle, { name: 'token server' });
  await writeFile(join(directory, 'token-cert.pem'), tokens.certificatePem);
  const realm = `${tokenServer.url.replace('127.0.0.1', 'localhost')}/token`;
  const authConfig = {
    none: {},
    htpasswd: { auth: { htpasswd: { realm: 'test', path: join(directory, 'htpasswd') } } },
    token: {
      auth: {
        token: {
          realm,
          service: tokens.service,
          issuer: 'sandbox-tokens',
          rootcertbundle: join(directory, 'token-cert.pem'),
        },
      },
    },
  }[auth];
  if (auth === 'htpasswd') {
    await writeFile(join(directory, 'htpasswd'), await mustRun('htpasswd', ['-Bbn', USER, PASSWORD]));
  }
  // JSON is YAML.
  await writeFile(
    join(directory, 'config.yml'),
    JSON.stringify({
      version: 0.1,
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: join(directory, 'data') }, delete: { enabled: true } },
      http: { addr: `127.0.0.1:${port}` },
      ...authConfig,
    }),
  );
  const child: ChildProcess = spawn(program, ['serve', join(directory, 'config.yml')], { stdio: 'ignore' });
  // A run that is stopped half way must not leave it behind.
  const kill = (): void => void child.kill();
  process.once('exit', kill);
  await untilAnswering(`http://${host}/v2/`);
  const entry = auth === 'none' ? {} : { [host]: { auth: Buffer.from(`${USER}:${PASSWORD}`).toString('base64') } };
  await writeFile(join(directory, 'config.json'), JSON.stringify({ auths: entry }));
  return {
    host,
    dockerConfig: directory,
    ...(auth === 'none' ? {} : { login: { username: USER, password: PASSWORD } }),
    async [Symbol.asyncDispose]() {
      child.kill();
      process.off('exit', kill);
      await tokenServer.close();
    },
  };
}

/** Waits until the URL answers anything at all; throws after half a minute. */
export async function untilAnswering(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    try {
      await fetch(url);
      return;
    } catch {
      await sleep(100);
    }
  }
  throw new Error(`nothing answers at ${url}`);
}
