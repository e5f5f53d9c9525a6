import { FERRO } from './catalogue.ts';
import { registryKind } from './launch.ts';

/** ferro-oci-server: the referrers API, in memory. It knows no login. */
export const ferro = registryKind(FERRO, {
  hasReferrersApi: true,
  knowsLogin: false,
  configure: async ({ port }) => ({ args: [], env: { FERRO_OCI_LISTEN: `127.0.0.1:${port}` } }),
});
