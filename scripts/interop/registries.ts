import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuiltImage, pushImage } from '../../sandbox/image-builder.ts';
import { createRegistry } from '../../sandbox/registry.ts';
import { serve } from '../../sandbox/serve.ts';
import { startDockerRegistry } from '../real/docker-registry.ts';
import { reservePorts } from './ports.ts';
import { createProcesses } from './processes.ts';
import { createRegistryClient, type RegistryClient } from './registry-client.ts';

/** A registry on loopback that we did not write (but for the last resort), and the means to use it. */
export interface PeerRegistry extends AsyncDisposable {
  /** With its version, as the matrix shows it. */
  readonly name: string;
  /** `localhost:<port>`, as references name it. */
  readonly host: string;
  /** Whether it answers the referrers API; without it signatures hang on the tag `sha256-<hex>`. */
  readonly referrersApi: boolean;
  /** DOCKER_CONFIG of a directory that is logged in. */
  readonly env: Readonly<Record<string, string>>;
  /** The file in that directory. */
  readonly authFile: string;
  /** The user in it, if the registry asks for one. */
  readonly login: { readonly username: string; readonly password: string } | undefined;
  /** Pushes an image as tag 1 and returns its pinned reference. */
  push(repository: string, image: BuiltImage): Promise<string>;
  /** Raw access to one repository. */
  client(repository: string): Promise<RegistryClient>;
}

interface Login {
  readonly username: string;
  readonly password: string;
}

interface RunningRegistry {
  readonly name: string;
  readonly host: string;
  readonly referrersApi: boolean;
  readonly dockerConfig: string;
  readonly login?: Login | undefined;
  close(): Promise<void>;
}

function toPeer(running: RunningRegistry): PeerRegistry {
  const url = `http://${running.host}`;
  const credentials = running.login === undefined ? {} : { credentials: running.login };
  return {
    name: running.name,
    host: running.host,
    referrersApi: running.referrersApi,
    env: { DOCKER_CONFIG: running.dockerConfig },
    authFile: join(running.dockerConfig, 'config.json'),
    login: running.login,
    push: async (repository, image) => {
      await pushImage(url, repository, image, { tag: '1', ...credentials });
      return `${running.host}/${repository}@${image.digest}`;
    },
    client: (repository) => createRegistryClient(url, repository, running.login),
    [Symbol.asyncDispose]: () => running.close(),
  };
}

async function emptyLogin(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'config.json'), '{"auths":{}}');
  return directory;
}

/** Debian's docker-registry with a token server: no referrers API. */
export async function startDockerRegistry2(directory: string): Promise<PeerRegistry> {
  const registry = await startDockerRegistry(directory, 'token');
  return toPeer({
    name: 'docker-registry 2.8.2',
    host: registry.host,
    referrersApi: false,
    dockerConfig: registry.dockerConfig,
    login: registry.login,
    close: async () => registry[Symbol.asyncDispose](),
  });
}

/** distribution 3: no referrers API, strict about media types. */
export async function startDistribution3(binary: string, directory: string): Promise<PeerRegistry> {
  const [port = 0] = await reservePorts(1);
  const dockerConfig = await emptyLogin(directory);
  // JSON is YAML.
  await writeFile(
    join(directory, 'config.yml'),
    JSON.stringify({
      version: 0.1,
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: join(directory, 'data') }, delete: { enabled: true } },
      http: { addr: `127.0.0.1:${port}` },
    }),
  );
  return startProgram(
    { name: 'distribution 3.1.1', referrersApi: false, dockerConfig, port },
    { path: binary, args: ['serve', join(directory, 'config.yml')], env: { OTEL_TRACES_EXPORTER: 'none' } },
  );
}

/** ferro-oci-server: the referrers API, in memory, no login. */
export async function startFerro(binary: string, directory: string): Promise<PeerRegistry> {
  const [port = 0] = await reservePorts(1);
  const dockerConfig = await emptyLogin(directory);
  return startProgram(
    { name: 'ferro-oci-server 1.0.0', referrersApi: true, dockerConfig, port },
    { path: binary, args: [], env: { FERRO_OCI_LISTEN: `127.0.0.1:${port}` } },
  );
}

/** zot: the referrers API, no login. */
export async function startZot(binary: string, directory: string): Promise<PeerRegistry> {
  const [port = 0] = await reservePorts(1);
  const dockerConfig = await emptyLogin(directory);
  await writeFile(
    join(directory, 'zot.json'),
    JSON.stringify({
      distSpecVersion: '1.1.1',
      storage: { rootDirectory: join(directory, 'data') },
      http: { address: '127.0.0.1', port: String(port) },
      log: { level: 'error' },
    }),
  );
  return startProgram(
    { name: 'zot 2.1.20', referrersApi: true, dockerConfig, port },
    { path: binary, args: ['serve', join(directory, 'zot.json')] },
  );
}

/** The sandbox's own registry, where no other with the referrers API can be had. */
export async function startSandboxRegistry(directory: string): Promise<PeerRegistry> {
  const dockerConfig = await emptyLogin(directory);
  const registry = createRegistry({ auth: { kind: 'none' } });
  const server = await serve(registry.handle, { name: 'registry' });
  return toPeer({
    name: 'the sandbox registry',
    host: `localhost:${server.port}`,
    referrersApi: true,
    dockerConfig,
    close: () => server.close(),
  });
}

async function startProgram(
  registry: { readonly name: string; readonly referrersApi: boolean; dockerConfig: string; port: number },
  program: { readonly path: string; readonly args: readonly string[]; readonly env?: Readonly<Record<string, string>> },
): Promise<PeerRegistry> {
  const processes = createProcesses(registry.dockerConfig);
  try {
    await processes.start({
      name: 'registry',
      ...program,
      readyUrl: `http://127.0.0.1:${registry.port}/v2/`,
      anyAnswer: true,
    });
  } catch (error) {
    await processes.stop();
    throw error;
  }
  return toPeer({ ...registry, host: `localhost:${registry.port}`, close: () => processes.stop() });
}
