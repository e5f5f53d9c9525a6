import { join } from 'node:path';
import { CodedError } from '../coded-error.ts';

/** Where an API server is, and the files that identify this program and that server. */
export interface KubeSettings {
  /** `https://10.96.0.1`, `https://[fd00::1]:6443`. Always https, because a token goes there. */
  readonly url: URL;
  /** The bearer token. Read again and again: kubelet replaces a projected token before it expires. */
  readonly tokenFile: string;
  /** PEM. The only roots that are trusted for this server. Read again and again, as the token. */
  readonly caFile: string;
}

/**
 * The API server of the cluster that this program runs in, by the variables that kubelet sets; undefined outside a
 * cluster. `folder`: where kubelet mounts what a Pod needs to call it (Kubernetes, "Accessing the API from a Pod"). Throws
 * INPUT_INVALID for variables that name no server.
 */
export function inClusterSettings(
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): KubeSettings | undefined {
  const host = env['KUBERNETES_SERVICE_HOST'] ?? '';
  if (host === '') return undefined;
  const port = env['KUBERNETES_SERVICE_PORT'] ?? '';
  const text = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const isPort = /^[0-9]{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65_536;
  // Nothing but a host: no user info, path or query that a variable could bring along.
  if (!isPort || !/^[A-Za-z0-9.:-]+$/.test(host) || !URL.canParse(text)) {
    throw new CodedError(
      'INPUT_INVALID',
      'KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT do not name an API server',
      { hint: 'Do not set them yourself: kubelet sets both in every Pod.' },
    );
  }
  return { url: new URL(text), tokenFile: join(folder, 'token'), caFile: join(folder, 'ca.crt') };
}
