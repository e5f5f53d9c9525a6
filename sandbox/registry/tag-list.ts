import { errorReply } from '../http/faults.ts';
import { jsonReply, type Reply, type SandboxRequest } from '../http/serve.ts';
import { notFound, type RegistryContext } from './context.ts';

/** The most tags on a page; a request for more is refused, as distribution 3 does (PAGINATION_NUMBER_INVALID). */
const PAGE_MAX = 1000;

/** GET /v2/<name>/tags/list with n and last (distribution-spec v1.1.1, Listing Tags). */
export function listTags(context: RegistryContext, request: SandboxRequest, name: string): Reply {
  const { store, quirks } = context;
  if (store.repository(name) === undefined) return notFound(context, 'NAME_UNKNOWN', name);
  if (quirks.tagsBody !== undefined) {
    return { status: 200, headers: [['Content-Type', 'application/json']], body: quirks.tagsBody };
  }
  const { searchParams } = request.url;
  const last = searchParams.get('last');
  const asked = searchParams.get('n');
  if (asked !== null && !/^[1-9][0-9]{0,8}$/.test(asked)) return errorReply(400, 'PAGINATION_NUMBER_INVALID', asked);
  if (asked !== null && Number(asked) > PAGE_MAX) return errorReply(400, 'PAGINATION_NUMBER_INVALID', asked);
  // A position of this registry's own making is always known.
  if (last !== null && typeof quirks.tagsLast === 'number' && !searchParams.has('own')) {
    return errorReply(quirks.tagsLast, 'UNSUPPORTED', 'unknown position');
  }
  const order = quirks.tagsOrder === 'reversed' ? store.tags(name).toReversed() : store.tags(name);
  const isAfter = (tag: string): boolean => (quirks.tagsOrder === 'reversed' ? tag < String(last) : tag > String(last));
  const left = last === null || quirks.tagsLast === 'ignored' ? order : order.filter(isAfter);
  const tags = left.slice(
    0,
    Math.min(asked === null ? left.length : Number(asked), quirks.tagsPageSize ?? left.length),
  );
  const link = linkOf({ quirks, request, name, asked });
  if (quirks.tagsPaging === 'loop') return jsonReply(200, { name, tags: order }, link(last ?? ''));
  if (quirks.tagsPaging === 'endless') {
    return jsonReply(200, { name, tags: last === null ? order : [] }, link(`${last ?? 'v'}0`));
  }
  const isCut = tags.length < left.length;
  return jsonReply(200, { name, tags }, isCut ? link(tags.at(-1) ?? '') : []);
}

function linkOf({
  quirks,
  request,
  name,
  asked,
}: {
  readonly quirks: RegistryContext['quirks'];
  readonly request: SandboxRequest;
  readonly name: string;
  readonly asked: string | null;
}): (last: string) => readonly (readonly [string, string])[] {
  return (last) => {
    if (quirks.tagsLink === 'missing') return [];
    const query = new URLSearchParams({ ...(asked === null ? {} : { n: asked }), last, own: '1' });
    const target = {
      relative: `/v2/${name}/tags/list`,
      absolute: `${request.origin}/v2/${name}/tags/list`,
      'cross-origin': `https://registry.elsewhere.example/v2/${name}/tags/list`,
      'lost-path': `/v2/${name.split('/').slice(1).join('/')}/tags/list`,
      'other-repository': `/v2/${name}-other/tags/list`,
    }[quirks.tagsLink ?? 'relative'];
    return [['Link', `<${target}?${query}>; rel="next"`]];
  };
}
