import type { OwnAdvice } from '../../oci/transport/advice.ts';
import type { Clock, Log } from '../../usecases/ports.ts';

/**
 * The process that adapters are composed for, as plain values and ports. Each root (the actions, a webhook, a test)
 * makes its own; nothing here knows where they come from.
 */
export interface Surroundings {
  readonly clock: Clock;
  /** Uniform in [0, 1); decides waits between attempts, never anything secret. */
  readonly random: () => number;
  /** Text is data: whoever gives the log escapes it and takes secrets out. */
  readonly log: Log;
  /** Names this program to services. */
  readonly userAgent: string;
  /**
   * The proxies (`https_proxy`, `http_proxy`, `no_proxy`, in either case) and what Docker and Podman find their logins
   * by (HOME, DOCKER_CONFIG, REGISTRY_AUTH_FILE, …). Credential helpers are looked for in its PATH and get all of it.
   */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's number on Linux, for Podman's logins; undefined elsewhere. */
  readonly linuxUid: number | undefined;
  /** undefined if there is no such file; throws for what cannot be read or has more than `maxBytes`. */
  readonly readFile: (path: string, maxBytes?: number) => Promise<Uint8Array | undefined>;
  /** Called with every secret before it is used. */
  readonly mask: (secret: string) => void;
  /** For TUF metadata between runs; absolute or relative to the working directory. Its content is not trusted. */
  readonly cacheDirectory: string;
  /** What a refused registry call should try next, in the words of this root's users; default neutral ones. */
  readonly registryAdvice?: OwnAdvice | undefined;
}
