import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DISTRIBUTION, DOCKER_REGISTRY } from './catalogue.ts';
import { type Command, type Particulars, registryKind, type Setting } from './launch.ts';

const PARTICULARS: Particulars = { hasReferrersApi: false, knowsLogin: true, configure };

/** Debian's build of distribution 2. */
export const dockerRegistry = registryKind(DOCKER_REGISTRY, PARTICULARS);

/** distribution 3: strict about media types. */
export const distribution = registryKind(DISTRIBUTION, PARTICULARS);

async function configure({ directory, port, tokens, htpasswd }: Setting): Promise<Command> {
  const config = join(directory, 'config.yml');
  const token = tokens && {
    ...{ realm: tokens.realm, service: tokens.service, issuer: 'sandbox-tokens' },
    rootcertbundle: tokens.certificate,
  };
  // JSON is YAML; what is undefined is left out.
  await writeFile(
    config,
    JSON.stringify({
      version: 0.1,
      log: { level: 'error' },
      storage: { filesystem: { rootdirectory: join(directory, 'data') }, delete: { enabled: true } },
      http: { addr: `127.0.0.1:${port}` },
      auth: token ? { token } : htpasswd && { htpasswd: { realm: 'test', path: htpasswd } },
    }),
  );
  return { args: ['serve', config], env: { OTEL_TRACES_EXPORTER: 'none' } };
}
