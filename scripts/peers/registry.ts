import { join } from 'node:path';
import { type BuiltImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import { type Login, writeDockerConfig } from '../common/docker-config.ts';
import type { Report } from '../common/report.ts';
import type { Auth } from './login.ts';

/** A registry on loopback, and the means to use it. */
export interface Registry extends AsyncDisposable {
  /** With its version. */
  readonly name: string;
  /** `localhost:<port>`, as references name it. */
  readonly host: string;
  /** Directory with a config.json that is logged in. */
  readonly dockerConfig: string;
  /** The file in that directory. */
  readonly authFile: string;
  /** DOCKER_CONFIG of it. */
  readonly env: Readonly<Record<string, string>>;
  /** The user in it, if the registry asks for one. */
  readonly login: Login | undefined;
  /** Pushes an image, tagged, and returns its pinned reference. */
  push(repository: string, image: BuiltImage, tag?: string): Promise<string>;
}

export interface StartOptions {
  /** For its data, its config.json and its log. */
  readonly directory: string;
  readonly auth: Auth;
  /** Its token server gives refresh tokens, which `docker login` keeps instead of the password. */
  readonly offersRefreshToken?: boolean;
}

/** A registry that others wrote, at one version. */
export interface RegistryKind {
  /** With its version. */
  readonly name: string;
  /** Whether it answers the referrers API; without it signatures hang on the tag `sha256-<hex>`. */
  readonly hasReferrersApi: boolean;
  /** Gets it ready to start; or says why it cannot run here. */
  find(): Promise<Startable | { readonly missing: string }>;
}

export interface Startable {
  start(options: StartOptions): Promise<Registry>;
}

/** The registry, or undefined after a skip line that says why. */
export async function registryOrSkip(report: Report, kind: RegistryKind): Promise<Startable | undefined> {
  const found = await kind.find();
  if (!('missing' in found)) return found;
  report.skip(kind.name, found.missing);
  return undefined;
}

export interface RunningRegistry {
  readonly name: string;
  readonly port: number;
  /** For the config.json. */
  readonly directory: string;
  readonly login: Login | undefined;
  stop(): Promise<void>;
}

/** A registry that has been started, with a config.json that is logged in. */
export async function toRegistry({ name, port, directory, login, stop }: RunningRegistry): Promise<Registry> {
  const host = `localhost:${port}`;
  await writeDockerConfig(directory, host, login);
  return {
    ...{ name, host, login, dockerConfig: directory },
    authFile: join(directory, 'config.json'),
    env: { DOCKER_CONFIG: directory },
    async push(repository, image, tag = '1') {
      const credentials = login === undefined ? {} : { credentials: login };
      await pushImage(`http://${host}`, repository, image, { tag, ...credentials });
      return `${host}/${repository}@${image.digest}`;
    },
    [Symbol.asyncDispose]: stop,
  };
}
