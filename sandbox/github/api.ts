import { createHash } from 'node:crypto';
import { type Handler, type Headers, jsonReply, type Reply, type SandboxRequest } from '../http/serve.ts';
import { type AttestationRights, createGithubAttestations, type GithubAttestations } from './attestations.ts';
import { problem } from './replies.ts';
import { createGithubReports, type GithubReports, type ReportRights } from './reports.ts';

/** A tree by path; a value with `symlink` or `submodule` is not a plain file. */
export type Tree = Readonly<
  Record<string, Uint8Array | string | { readonly symlink: string } | { readonly submodule: string }>
>;

export interface GithubApiOptions {
  /** Bearer tokens that are good, and what they may do. */
  readonly tokens: Readonly<Record<string, { readonly contents?: 'read' | 'none' } & ReportRights & AttestationRights>>;
  /** Requests answered before the primary rate limit is spent (403); default no limit. */
  readonly rateLimit?: number;
  /**
   * By `owner/name` (case ignored), then by ref as it is asked for: a commit SHA, the short name of a branch or tag,
   * or a full ref. What is asked for without a ref is that of the default branch, `main`.
   */
  readonly repositories: Readonly<
    Record<
      string,
      {
        readonly refs: Readonly<Record<string, Tree>>;
        /** False: private, of an owner whose plan has no attestation store. */
        readonly hasAttestations?: boolean;
      }
    >
  >;
  /** Lists of check runs and statuses that are out of date after each write to them; default 0. */
  readonly staleReads?: number;
  /** Where lists of attestations say that their bundles are; default: in the list itself. */
  readonly storageUrl?: string;
  /** Largest request that the attestation store reads, in bytes. */
  readonly attestationMaxBytes?: number;
  /** Path under which the API lives; default none (api.github.com); GHES: `/api/v3`. */
  readonly basePath?: string;
}

const RAW = ['application/vnd.github.raw+json', 'application/vnd.github.raw', 'application/vnd.github.v3.raw'];
const JSON_TYPES = ['application/vnd.github+json', 'application/vnd.github.v3+json', 'application/json', '*/*'];
/** Above it the JSON form has no content; above 100 MB nothing has (REST API, Get repository content). */
const INLINE_MAX_BYTES = 1_000_000;
const FILE_MAX_BYTES = 100_000_000;

/** The handler, with what was reported through it. */
export type GithubApi = Handler &
  Pick<GithubReports, 'checkRuns' | 'statuses'> & {
    readonly attestations: Pick<GithubAttestations, 'entries' | 'storage'>;
  };

/** GitHub's REST API as far as the actions use it: contents of files, check runs, commit statuses and attestations. */
export function createGithubApi(options: GithubApiOptions): GithubApi {
  const repositories = new Map(
    Object.entries(options.repositories).map(([name, repository]) => [name.toLowerCase(), repository]),
  );
  const base = options.basePath ?? '';
  const reports = createGithubReports(options.staleReads);
  const attestations = createGithubAttestations({
    ...(options.storageUrl === undefined ? {} : { storageUrl: options.storageUrl }),
    ...(options.attestationMaxBytes === undefined ? {} : { maxBytes: options.attestationMaxBytes }),
  });
  let left = options.rateLimit ?? Number.POSITIVE_INFINITY;
  const handler: Handler = (request) => {
    const path = request.url.pathname;
    const [, name, rest = ''] =
      /^\/repos\/([^/]+\/[^/]+)(?:\/(.*))?$/.exec(path.startsWith(base) ? path.slice(base.length) : '') ?? [];
    if (name === undefined) return problem(404, 'Not Found');
    if (request.headers['user-agent'] === undefined)
      return problem(
        403,
        'Request forbidden by administrative rules. Please make sure your request has a User-Agent header',
      );
    const rights = rightsOf(options, request);
    if ('status' in rights) return rights;
    left -= 1;
    if (left < 0) return rateLimited();
    const repository = repositories.get(name.toLowerCase());
    if (repository === undefined) return problem(404, 'Not Found');
    if (rest === '' && request.method === 'GET') return jsonReply(200, { id: 1, full_name: name });
    const reported = reports.handle(request, rest, rights);
    if (reported !== undefined) return reported;
    const attested = attestations.handle(request, {
      repository: name.toLowerCase(),
      path: rest,
      rights,
      hasPlan: repository.hasAttestations ?? true,
    });
    if (attested !== undefined) return attested;
    const [, file] = /^contents\/?(.*)$/.exec(rest) ?? [];
    if (file === undefined || request.method !== 'GET') return problem(404, 'Not Found');
    if (rights.contents !== 'read') return problem(403, 'Resource not accessible by integration');
    const ref = request.url.searchParams.get('ref') ?? 'main';
    const tree = Object.hasOwn(repository.refs, ref) ? repository.refs[ref] : undefined;
    if (tree === undefined) return problem(404, `No commit found for the ref ${ref}`);
    return readPath(request, tree, decode(file));
  };
  return Object.assign(handler, { checkRuns: reports.checkRuns, statuses: reports.statuses, attestations });
}

/** The rights of the request's token, or why it has none. */
function rightsOf(options: GithubApiOptions, request: SandboxRequest): GithubApiOptions['tokens'][string] | Reply {
  const [scheme = '', token = ''] = (request.headers['authorization'] ?? '').split(/ +/, 2);
  // Without a token a private repository is not there.
  if (scheme === '') return problem(404, 'Not Found');
  const isBearer = scheme.toLowerCase() === 'bearer' || scheme.toLowerCase() === 'token';
  const rights = isBearer && Object.hasOwn(options.tokens, token) ? options.tokens[token] : undefined;
  return rights ?? problem(401, 'Bad credentials');
}

function rateLimited(): Reply {
  const reply = problem(403, 'API rate limit exceeded for installation ID 1.');
  return {
    ...reply,
    headers: [...(reply.headers ?? []), ['X-RateLimit-Remaining', '0'], ['X-RateLimit-Reset', '4102444800']],
  };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path).replace(/\/$/, '');
  } catch {
    return '\u0000';
  }
}

function readPath(request: SandboxRequest, tree: Tree, path: string): Reply {
  const value = Object.hasOwn(tree, path) ? tree[path] : undefined;
  if (value === undefined) return listDirectory(tree, path);
  if (typeof value === 'object' && 'submodule' in value)
    return jsonReply(200, { type: 'submodule', path, sha: value.submodule, size: 0 });
  if (typeof value === 'object' && 'symlink' in value) {
    const target = new URL(value.symlink, `http://tree/${path}`).pathname.slice(1);
    const isInTree = !value.symlink.startsWith('/') && Object.hasOwn(tree, target);
    if (!isInTree) return jsonReply(200, { type: 'symlink', path, target: value.symlink, size: value.symlink.length });
    return readPath(request, tree, target);
  }
  return serveFile(request, path, Buffer.from(value));
}

/** The most entries of a directory that the API lists; it does not say that it left some out. */
const ENTRIES_MAX = 1000;

/** In a list of a directory, the type of a submodule is `file` (REST API, Get repository content). */
function typeOf(value: Tree[string], isDirectory: boolean): string {
  if (isDirectory) return 'dir';
  return typeof value === 'object' && 'symlink' in value ? 'symlink' : 'file';
}

function listDirectory(tree: Tree, path: string): Reply {
  const prefix = path === '' ? '' : `${path}/`;
  const children = new Map<string, { readonly type: string; readonly size: number }>();
  for (const [name, value] of Object.entries(tree)) {
    if (!name.startsWith(prefix)) continue;
    const [child = '', ...deeper] = name.slice(prefix.length).split('/');
    const isFile = deeper.length === 0 && (typeof value === 'string' || value instanceof Uint8Array);
    children.set(child, { type: typeOf(value, deeper.length > 0), size: isFile ? Buffer.from(value).length : 0 });
  }
  if (children.size === 0) return problem(404, 'Not Found');
  // A directory is JSON whatever Accept says: it has no raw form.
  const entries = [...children].slice(0, ENTRIES_MAX).map(([name, child]) => ({ ...child, name, path: prefix + name }));
  return jsonReply(200, entries);
}

function serveFile(request: SandboxRequest, path: string, bytes: Buffer): Reply {
  const accepted = (request.headers['accept'] ?? '*/*').split(',').map((range) => range.split(';')[0]?.trim() ?? '');
  const sha = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  const etag: Headers = [['ETag', `"${sha}"`]];
  if (bytes.length > FILE_MAX_BYTES)
    return jsonReply(403, {
      message: 'This API returns blobs up to 100 MB in size.',
      errors: [{ resource: 'Blob', field: 'data', code: 'too_large' }],
      documentation_url: 'https://docs.github.com/rest',
      status: '403',
    });
  if (accepted.some((type) => RAW.includes(type)))
    return {
      status: 200,
      headers: [['Content-Type', 'application/vnd.github.raw+json; charset=utf-8'], ...etag],
      body: bytes,
    };
  if (!accepted.some((type) => JSON_TYPES.includes(type))) return problem(415, 'Unsupported Media Type');
  const isInline = bytes.length <= INLINE_MAX_BYTES;
  return jsonReply(
    200,
    {
      type: 'file',
      encoding: isInline ? 'base64' : 'none',
      size: bytes.length,
      name: path.split('/').at(-1),
      path,
      content: isInline ? bytes.toString('base64').replace(/.{60}/g, '$&\n') : '',
      sha,
    },
    etag,
  );
}
