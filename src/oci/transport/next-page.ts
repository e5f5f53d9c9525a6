import { quoted } from '../../domain/text/quoted.ts';
import type { HttpResponse } from '../../http/http-client.ts';
import type { Advise } from './advice.ts';
import { parseLinks } from './link-header.ts';
import { RegistryError } from './registry-error.ts';
import { isOtherPort, resolveTarget } from './registry-origin.ts';

/**
 * The `next` page of a Link field (RFC 8288), relative or absolute: on the registry's own origin, or on that of the
 * registry to which it redirected. `first` is the first page as it was requested. Throws REGISTRY_INVALID.
 */
export function nextPage(
  response: HttpResponse,
  { first, what, advise }: { readonly first: URL; readonly what: string; readonly advise: Advise },
): URL | undefined {
  const link = parseLinks(response.headersDistinct['link'] ?? []).find(({ relations }) => relations.includes('next'));
  if (link === undefined) return undefined;
  const next = resolveTarget(link.target, { from: response.url, registry: first, what, advise });
  if (next.origin === first.origin || next.origin === response.url.origin) return next;
  throw new RegistryError('REGISTRY_INVALID', `${what} continues on another host: ${quoted(next.host)}`, {
    hint: isOtherPort(next, first)
      ? advise({ kind: 'announces-port', registry: first.host, host: next.host })
      : undefined,
  });
}
