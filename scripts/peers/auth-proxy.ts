import { type SandboxRequest, type Served, serve } from '../../sandbox/http/serve.ts';
import { type Access, authorize, type RegistryAuth } from '../../sandbox/registry/authorization.ts';
import { forwardTo } from '../common/forward.ts';

/**
 * Puts a login before a registry that knows none; what is let through arrives unchanged but for the Authorization.
 *
 * @param upstream Origin of the registry.
 */
export function startAuthProxy(upstream: string, auth: RegistryAuth): Promise<Served> {
  const forward = forwardTo(upstream);
  return serve(
    (request) => {
      const { authorization: _, ...headers } = { authorization: undefined, ...request.headers };
      return authorize(auth, request, neededAccess(request), () => undefined) ?? forward({ ...request, headers });
    },
    { name: 'auth proxy' },
  );
}

function neededAccess({ method, url }: SandboxRequest): readonly Access[] {
  const name = /^\/v2\/(.+?)\/(?:manifests|blobs|referrers|tags)\//.exec(url.pathname)?.[1];
  if (name === undefined) return [];
  const actions = method === 'GET' || method === 'HEAD' ? ['pull'] : ['pull', 'push'];
  return [{ type: 'repository', name, actions }];
}
