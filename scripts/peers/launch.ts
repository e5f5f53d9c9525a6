import { mkdir } from 'node:fs/promises';
import type { RegistryAuth } from '../../sandbox/registry/authorization.ts';
import { reservePort } from '../common/ports.ts';
import { createProcesses } from '../common/processes.ts';
import { startAuthProxy } from './auth-proxy.ts';
import { labelOf, type Peer } from './catalogue.ts';
import { findPeer, missingPrograms } from './install.ts';
import { LOGIN, startTokenAuth, type TokenAuth, writeHtpasswd } from './login.ts';
import { type Registry, type RegistryKind, type StartOptions, toRegistry } from './registry.ts';

/** What is particular to one registry. */
export interface Particulars {
  readonly hasReferrersApi: boolean;
  /** False: the sandbox's login stands before it. */
  readonly knowsLogin: boolean;
  /** Writes its configuration. */
  configure(setting: Setting): Promise<Command>;
}

interface Launcher extends Particulars {
  readonly name: string;
  readonly path: string;
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

/** A registry that is one program, which takes a configuration and serves on a port. */
export function registryKind(peer: Peer, particulars: Particulars): RegistryKind {
  const name = labelOf(peer);
  const { hasReferrersApi, knowsLogin } = particulars;
  return {
    name,
    hasReferrersApi,
    async find() {
      // Its passwords are written with that.
      const missing = knowsLogin ? await missingPrograms(['htpasswd']) : undefined;
      const found = missing === undefined ? await findPeer(peer) : { missing };
      if ('missing' in found) return found;
      return { start: (options) => launchRegistry({ ...particulars, name, path: found.path }, options) };
    },
  };
}

/** Starts a registry on a free port of loopback and waits until it answers; throws with its last words. */
async function launchRegistry(launcher: Launcher, options: StartOptions): Promise<Registry> {
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
