import { serve } from '../../sandbox/http/serve.ts';
import { createRegistry } from '../../sandbox/registry/registry.ts';
import { type RegistryKind, toRegistry } from './registry.ts';

/** Our own registry, with the referrers API and without a login. */
export const sandboxRegistry: RegistryKind = {
  name: 'the sandbox registry',
  hasReferrersApi: true,
  find: async () => ({
    async start({ directory }) {
      const registry = createRegistry({ auth: { kind: 'none' } });
      const server = await serve(registry.handle, { name: 'registry' });
      return toRegistry({
        ...{ name: 'the sandbox registry', port: server.port, directory, login: undefined },
        stop: () => server.close(),
      });
    },
  }),
};
