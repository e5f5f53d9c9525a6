import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DISTRIBUTION, DOCKER_REGISTRY, labelOf, type Peer } from './catalogue.ts';
import { findPeer, missingPrograms } from './install.ts';
import { type Command, launchRegistry, type Setting } from './launch.ts';
import type { RegistryKind } from './registry.ts';

/** Debian's build of distribution 2. */
export const dockerRegistry = kindOf(DOCKER_REGISTRY);

/** distribution 3: strict about media types. */
export const distribution = kindOf(DISTRIBUTION);

function kindOf(peer: Peer): RegistryKind {
  const name = labelOf(peer);
  return {
    name,
    hasReferrersApi: false,
    async find() {
      const missing = await missingPrograms(['htpasswd']);
      const found = missing === undefined ? await findPeer(peer) : { missing };
      if ('missing' in found) return found;
      return { start: (options) => launchRegistry({ name, path: found.path, knowsLogin: true, configure }, options) };
    },
  };
}

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
