import { errorReply, htmlPage } from '../http/faults.ts';
import { type Headers, type Reply, type SandboxRequest, textReply } from '../http/serve.ts';
import { isStillMissing, notFound, type RegistryContext } from './context.ts';
import { asObject, parseObject, type StoredManifest } from './store.ts';

const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const OCI_EMPTY = 'application/vnd.oci.empty.v1+json';
const DIGEST = /^sha256:[0-9a-f]{64}$/;

type Json = Readonly<Record<string, unknown>>;

/** The answer of a registry that has no such route: given before anybody is asked for credentials. */
export function referrersWithoutRoute({ quirks }: RegistryContext): Reply | undefined {
  return quirks.referrers === 'no-route' ? textReply(404, '404 page not found\n') : undefined;
}

/** GET /v2/<name>/referrers/<digest> (distribution-spec v1.1.1, Listing Referrers). */
export function listReferrers(context: RegistryContext, request: SandboxRequest, name: string, digest: string): Reply {
  const { store, quirks } = context;
  if (request.method !== 'GET') return errorReply(405, 'UNSUPPORTED');
  if (!DIGEST.test(digest)) return errorReply(400, 'DIGEST_INVALID', 'bad digest');
  switch (quirks.referrers ?? 'api') {
    case 'api':
    case 'no-route':
      break;
    case 'not-found':
      return notFound(context, 'MANIFEST_UNKNOWN', 'manifest unknown');
    case 'redirect': {
      // GHCR sends people's web page, with the digest cut short.
      const target = quirks.referrersRedirect ?? `https://github.com/-/v2/packages/container/${digest.slice(0, 20)}`;
      return { status: 303, headers: [['Location', target]] };
    }
    case 'html':
      return htmlPage();
    case 'empty':
      return page(context, []);
    case 'name-unknown':
      if (store.repository(name) === undefined) return notFound(context, 'NAME_UNKNOWN', name);
      break;
    case 'unknown-subject-400':
      if (store.getManifest(name, digest) === undefined) return errorReply(400, 'MANIFEST_INVALID', 'unknown subject');
      break;
  }
  const isFirstPage = request.url.searchParams.get('after') === null;
  const listed = store
    .referrers(name, digest)
    // The lag counts listings, not their pages.
    .filter((manifest) => !isMissing(context, `${name}@${manifest.digest}`, isFirstPage))
    .map((manifest) => describe(manifest, quirks.referrersDescriptors));
  const all = quirks.mergesReferrersTag === true ? merge(listed, listedByTag(context, name, digest)) : listed;
  const wanted = request.url.searchParams.getAll('artifactType');
  const filters = wanted.length > 0 && quirks.referrersFilter !== 'ignored';
  const entries = filters ? all.filter((entry) => wanted.includes(String(entry['artifactType']))) : all;
  const filterHeaders: Headers = filters ? [['OCI-Filters-Applied', 'artifactType']] : [];
  return paged(context, request, entries, filterHeaders);
}

function isMissing(context: RegistryContext, key: string, isFirstPage: boolean): boolean {
  return isFirstPage ? isStillMissing(context.freshReferrers, key) : (context.freshReferrers.get(key) ?? 0) > 0;
}

function describe(manifest: StoredManifest, form: string | undefined): Json {
  const { json } = manifest;
  const configType = asObject(json['config'])?.['mediaType'];
  const artifactType = json['artifactType'] ?? configType;
  const right = {
    mediaType: manifest.mediaType,
    digest: manifest.digest,
    size: manifest.bytes.length,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(json['annotations'] === undefined ? {} : { annotations: json['annotations'] }),
  };
  const { annotations: _, ...bare } = right;
  switch (form) {
    case 'old-ggcr':
      return { ...bare, artifactType: OCI_EMPTY };
    case 'no-annotations':
      return bare;
    case 'wrong-size':
      return { ...right, size: right.size + 100 };
    case 'wrong-artifact-type':
      return { ...right, artifactType: configType };
    default:
      return right;
  }
}

function listedByTag({ store }: RegistryContext, name: string, digest: string): readonly Json[] {
  const tagged = store.getTag(name, digest.replace(':', '-'));
  const bytes = tagged === undefined ? undefined : store.getManifest(name, tagged)?.bytes;
  const entries = bytes === undefined ? undefined : parseObject(bytes)?.['manifests'];
  return Array.isArray(entries) ? entries.map(asObject).filter((entry) => entry !== undefined) : [];
}

function merge(first: readonly Json[], second: readonly Json[]): readonly Json[] {
  const known = new Set(first.map((entry) => entry['digest']));
  return [...first, ...second.filter((entry) => !known.has(entry['digest']))];
}

function paged(context: RegistryContext, request: SandboxRequest, entries: readonly Json[], headers: Headers): Reply {
  const { quirks } = context;
  const start = Number(request.url.searchParams.get('after') ?? 0);
  if (!Number.isSafeInteger(start) || start < 0) return errorReply(400, 'UNSUPPORTED', 'bad page');
  if (quirks.referrersPaging === 'loop') return page(context, entries, [...headers, link(context, request, 0)]);
  if (quirks.referrersPaging === 'endless') {
    const shown = start === 0 ? entries : [];
    return page(context, shown, [...headers, link(context, request, start + 1)]);
  }
  const size = quirks.referrersPageSize ?? entries.length;
  const end = start + size;
  const next: Headers = end < entries.length ? [link(context, request, end)] : [];
  return page(context, entries.slice(start, end), [...headers, ...next]);
}

function link(context: RegistryContext, request: SandboxRequest, after: number): readonly [string, string] {
  const query = new URLSearchParams(request.url.searchParams);
  query.set('after', String(after));
  const path = `${request.url.pathname}?${query}`;
  const target = {
    relative: path,
    absolute: request.origin + path,
    'cross-origin': `https://registry.elsewhere.example${path}`,
    'lost-path': path.replace(/^\/v2/, ''),
  }[context.quirks.referrersLink ?? 'relative'];
  return ['Link', `<${target}>; rel="next"`];
}

function page(context: RegistryContext, manifests: readonly Json[], headers: Headers = []): Reply {
  return {
    status: 200,
    headers: [['Content-Type', context.quirks.referrersContentType ?? OCI_INDEX], ...headers],
    body: JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests }),
  };
}
