import { createHmac, randomBytes } from 'node:crypto';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { createExpiringMap } from '../../domain/calls/expiring-map.ts';
import type { HttpClient } from '../../http/http-client.ts';
import type { KubeApi } from '../../kubernetes/kube-api.ts';
import { createPullSecretReader, pullSecretNames, type SecretObject } from '../../kubernetes/pull-secrets.ts';
import type { RegistryAccess } from '../../usecases/admitting/admitter.ts';
import type { NetworkSettings } from '../../usecases/connections.ts';
import { connectRegistry } from '../compose/connect.ts';
import type { Surroundings } from '../compose/surroundings.ts';

/** How one object's images are read. */
export interface RegistryAccesses {
  /**
   * `namespace`: of the request. `podSpec`: of the Pod or of the template in the object, as it was parsed. Throws
   * KUBERNETES_UNAVAILABLE or KUBERNETES_REFUSED if pull secrets cannot be read, REGISTRY_DENIED for malformed ones.
   */
  accessFor(call: CallLimits, namespace: string, podSpec: unknown): Promise<RegistryAccess>;
}

export interface RegistryAccessOptions {
  readonly surroundings: Surroundings;
  readonly network: NetworkSettings;
  readonly http: HttpClient;
  /** The API server whose pull secrets are used; undefined: none are. */
  readonly pullSecrets: KubeApi | undefined;
}

/** Logins whose registries are kept: with their tokens and with what the registries have shown about logging in. */
const KEPT = { entriesMax: 256, lifetimeMs: 10 * 60_000 };
/** The id of having no logins but those of this program. */
const OWN = 'own';

/**
 * One access for all objects without pull secrets, and one for each set of pull secrets. They share connections and nothing
 * else: no login, no token and no memory of a refusal leads from one to another.
 */
export function createRegistryAccesses(options: RegistryAccessOptions): RegistryAccesses {
  const { surroundings, network, http, pullSecrets } = options;
  const { clock } = surroundings;
  const connect = (secrets: readonly SecretObject[]): RegistryAccess['registry'] =>
    connectRegistry(surroundings, network, { http, access: 'pull', pullSecrets: secrets });
  const own: RegistryAccess = { registry: connect([]), loginId: OWN };
  if (pullSecrets === undefined) return { accessFor: () => Promise.resolve(own) };
  const reader = createPullSecretReader({ api: pullSecrets, clock });
  const kept = createExpiringMap<RegistryAccess>({ clock, entriesMax: KEPT.entriesMax });
  // Nobody who reads an id can try passwords against it.
  const salt = randomBytes(32);
  return {
    async accessFor(call, namespace, podSpec) {
      const secrets = await reader.read(call, pullSecretNames(namespace, podSpec));
      if (secrets.length === 0) return own;
      // Names count: messages name the secret, and no tenant must read the name of another's.
      const loginId = createHmac('sha256', salt).update(JSON.stringify(secrets)).digest('hex');
      const known = kept.get(loginId);
      if (known !== undefined) return known;
      const access = { registry: connect(secrets), loginId };
      kept.set(loginId, access, KEPT.lifetimeMs);
      return access;
    },
  };
}
