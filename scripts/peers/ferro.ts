import { FERRO, labelOf } from './catalogue.ts';
import { findPeer } from './install.ts';
import { launchRegistry } from './launch.ts';
import type { RegistryKind } from './registry.ts';

const name = labelOf(FERRO);

/** ferro-oci-server: the referrers API, in memory. It knows no login. */
export const ferro: RegistryKind = {
  name,
  hasReferrersApi: true,
  async find() {
    const found = await findPeer(FERRO);
    if ('missing' in found) return found;
    const { path } = found;
    const configure = async ({ port }: { readonly port: number }) => ({
      args: [],
      env: { FERRO_OCI_LISTEN: `127.0.0.1:${port}` },
    });
    return { start: (options) => launchRegistry({ name, path, knowsLogin: false, configure }, options) };
  },
};
