import type { EarlyConnections } from '../../http/early-connections.ts';
import type { OwnAdvice } from '../../oci/transport/advice.ts';
import type { Clock, Log } from '../../usecases/ports.ts';

/**
 * The process that uses the adapters, as plain values and ports. Each composition root (the actions, a webhook, a test)
 * provides its own.
 */
export interface Surroundings {
  readonly clock: Clock;
  /** Uniform in [0, 1). Only for delays between attempts, never for secrets. */
  readonly random: () => number;
  /** Gets raw text. The root that provides the log escapes it and removes secrets. */
  readonly log: Log;
  /** The User-Agent for requests. */
  readonly userAgent: string;
  /**
   * The proxies (`https_proxy`, `http_proxy`, `no_proxy`, in lower or upper case), and the variables with which Docker
   * and Podman locate logins (HOME, DOCKER_CONFIG, REGISTRY_AUTH_FILE, …). Credential helpers are searched for in its
   * PATH and inherit all of it.
   */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user id on Linux, for Podman's logins; undefined elsewhere. */
  readonly linuxUid: number | undefined;
  /** Undefined if the file does not exist. Throws if it cannot be read or is larger than `maxBytes`. */
  readonly readFile: (path: string, maxBytes?: number) => Promise<Uint8Array | undefined>;
  /** Called with every secret before it is used. */
  readonly mask: (secret: string) => void;
  /** Keeps TUF metadata between runs. Absolute, or relative to the working directory. Its content is not trusted. */
  readonly cacheDirectory: string;
  /**
   * Has `act` called when the process ends early, by a signal or an error; returns a function that takes this back. `act`
   * removes temporary files and is synchronous. Without it, an early end leaves them behind.
   */
  readonly atExit?: ((act: () => void) => () => void) | undefined;
  /** Connections that were opened before, for programs whose registries no stranger chooses. */
  readonly early?: EarlyConnections | undefined;
  /** Advice after a refused registry call, in terms of this root's users; neutral advice if not given. */
  readonly registryAdvice?: OwnAdvice | undefined;
}
