import { mkdir } from 'node:fs/promises';
import type { RegistryAuth } from '../../sandbox/registry/authorization.ts';
import { reservePort } from '../common/ports.ts';
import { createProcesses } from '../common/processes.ts';
import { startAuthProxy } from './auth-proxy.ts';
import { LOGIN, startTokenAuth, type TokenAuth, writeHtpasswd } from './login.ts';
import { type Registry, type StartOptions, toRegistry } from './registry.ts';

/** How the program of one registry is started. */
export interface Launcher {
  readonly name: string;
  readonly path: string;
  /** False: the sandbox's login stands before it. */
  readonly knowsLogin: boolean;
  /** Writes its configuration. */
  configure(setting: Setting): Promise<Command>;
}

/** Where a registry runs, and the login it asks for; neither `tokens` nor `htpasswd` if it asks for none. */
export interface Setting {
  readonly directory: string;
  readonly port: number;
  readonly tokens: TokenAuth | undefined;
  /** Path of the file. */
  readonly htpasswd: string | undefined;
}

export interface Command {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a registry on a free port of loopback and waits until it answers; throws with its last words. */
export async function launchRegistry(launcher: Launcher, options: StartOptions): Promise<Registry> {
  const { name, path, knowsLogin } = launcher;
  const { directory, auth, offersRefreshToken } = options;
  await mkdir(directory, { recursive: true });
  const processes = createProcesses(directory);
  const closings: (() => Promise<unknown>)[] = [() => processes.stop()];
  const stop = async (): Promise<void> => {
    for (const close of closings.splice(0).reverse()) await close();
  };
  try {
    const port = await reservePort();
    const tokens = auth === 'token' ? await startTokenAuth(directory, offersRefreshToken) : undefined;
    if (tokens !== undefined) closings.push(() => tokens.close());
    const command = await launcher.configure({
      ...{ directory, port, tokens: knowsLogin ? tokens : undefined },
      htpasswd: knowsLogin && auth === 'htpasswd' ? await writeHtpasswd(directory) : undefined,
    });
    await processes.start({
      ...{ name: 'registry', path, readyUrl: `http://127.0.0.1:${port}/v2/`, anyAnswer: true },
      ...command,
    });
    if (auth === 'none') return await toRegistry({ name, port, directory, login: undefined, stop });
    if (knowsLogin) return await toRegistry({ name, port, directory, login: LOGIN, stop });
    const proxy = await startAuthProxy(`http://127.0.0.1:${port}`, sandboxAuth(tokens));
    closings.push(() => proxy.close());
    return await toRegistry({ name, port: proxy.port, directory, login: LOGIN, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

function sandboxAuth(tokens: TokenAuth | undefined): RegistryAuth {
  return tokens === undefined
    ? { kind: 'basic', users: { [LOGIN.username]: LOGIN.password } }
    : { kind: 'bearer', realm: tokens.realm, service: tokens.service, verify: tokens.verify };
}
