import { randomBytes } from 'node:crypto';
import { errorReply, type FaultRule, withFaults } from '../http/faults.ts';
import { type Handler, jsonReply, type Reply, type SandboxRequest, textReply } from '../http/serve.ts';
import {
  type Access,
  authorize,
  challengeReply,
  type MisplacedCredential,
  type RegistryAuth,
} from './authorization.ts';
import { createStorage, handleBlob } from './blobs.ts';
import { notFound, type RegistryContext } from './context.ts';
import { handleManifest } from './manifests.ts';
import type { Quirks } from './quirks.ts';
import { listReferrers, referrersWithoutRoute } from './referrers.ts';
import { createStore, type Store } from './store.ts';
import { listTags } from './tag-list.ts';
import { continueUpload, openUpload } from './uploads.ts';

export interface RegistryOptions {
  /** Default none. */
  readonly auth?: RegistryAuth;
  readonly quirks?: Quirks;
  /** Faults before the registry; see faults.ts. */
  readonly faults?: readonly FaultRule[];
  /** A store to share or to look into; default a new one. */
  readonly store?: Store;
  /** Largest manifest taken, in bytes; default 4 MiB. */
  readonly manifestMaxBytes?: number;
  /** DELETE of manifests, tags and blobs; default false: 405 UNSUPPORTED. */
  readonly allowsDelete?: boolean;
  /** Called after each write of a tag by HTTP: the place for a racing foreign writer. */
  readonly onTagWritten?: (repository: string, tag: string, store: Store) => void;
}

export interface RegistryService {
  readonly handle: Handler;
  /** The host of blob redirects and foreign upload Locations; serve it on an origin of its own. */
  readonly storage: Handler;
  readonly store: Store;
  /** May be changed while serving. */
  readonly quirks: Quirks;
  /** Credentials that came where they must not; a test of a good client expects []. */
  readonly misplaced: readonly MisplacedCredential[];
  /** Upload sessions that were neither finished nor cancelled. */
  openUploads(): number;
}

const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const NAME = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const NAME_MAX = 255;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * A strict registry in memory: distribution-spec v1.1.1 push, pull and referrers; it refuses what the
 * strictest real registry refuses, and misbehaves only as its quirks say.
 */
export function createRegistry(options: RegistryOptions = {}): RegistryService {
  const store = options.store ?? createStore();
  const misplaced: MisplacedCredential[] = [];
  const context: RegistryContext = {
    store,
    quirks: { ...options.quirks },
    auth: options.auth ?? { kind: 'none' },
    manifestMaxBytes: options.manifestMaxBytes ?? 4 * 1024 * 1024,
    allowsDelete: options.allowsDelete ?? false,
    onTagWritten: (repository, tag) => options.onTagWritten?.(repository, tag, store),
    note: (credential) => misplaced.push(credential),
    sessions: new Map(),
    freshManifests: new Map(),
    freshReferrers: new Map(),
    storageKey: randomBytes(32),
  };
  const handle: Handler = async (request) => {
    const reply = await route(context, request);
    return { ...reply, headers: [['Docker-Distribution-Api-Version', 'registry/2.0'], ...(reply.headers ?? [])] };
  };
  return {
    handle: withFaults(handle, options.faults ?? []),
    storage: createStorage(context),
    store,
    quirks: context.quirks,
    misplaced,
    openUploads: () => context.sessions.size,
  };
}

type Target =
  | { readonly kind: 'manifest' | 'referrers' | 'blob' | 'upload'; readonly name: string; readonly last: string }
  | { readonly kind: 'uploads' | 'tags'; readonly name: string };

function parsePath(path: string): Target | undefined {
  const found =
    /^\/v2\/(.+?)\/(?:(manifests|referrers|blobs|blobs\/uploads)\/([^/]+)|(blobs\/uploads\/)|(tags\/list))$/.exec(path);
  if (found === null) return undefined;
  const [, name = '', collection, last = '', uploads] = found;
  switch (collection) {
    case 'manifests':
      return { kind: 'manifest', name, last };
    case 'referrers':
      return { kind: 'referrers', name, last };
    case 'blobs':
      return { kind: 'blob', name, last };
    case 'blobs/uploads':
      return { kind: 'upload', name, last };
    default:
      return { kind: uploads === undefined ? 'tags' : 'uploads', name };
  }
}

async function route(context: RegistryContext, request: SandboxRequest): Promise<Reply> {
  const uncertified = refuseUncertified(context, request);
  if (uncertified !== undefined) return uncertified;
  const path = decodePath(request.url.pathname);
  if (path === '/v2/' || path === '/v2') {
    const refusal = authorize(context.auth, request, [], context.note);
    if (refusal !== undefined && context.quirks.baseChallenge === 'missing') return errorReply(401, 'UNAUTHORIZED');
    return refusal ?? jsonReply(200, {});
  }
  const target = path === undefined ? undefined : parsePath(path);
  if (target === undefined) return textReply(404, '404 page not found\n');
  if (target.name.length > NAME_MAX || !NAME.test(target.name)) return errorReply(400, 'NAME_INVALID', target.name);
  if (target.kind === 'referrers') {
    const answer = referrersWithoutRoute(context);
    if (answer !== undefined) return answer;
  }
  const needs = neededAccess(context, request, target);
  const refusal = authorize(context.auth, request, needs, context.note) ?? deny(context, request, target, needs);
  if (refusal !== undefined) return hideFromStranger(context, request) ?? refusal;
  const { front } = context.quirks;
  if (front !== undefined && front.only?.test(path ?? '') !== false) return redirect(front, request);
  switch (target.kind) {
    case 'manifest':
      return handleManifest(context, request, target.name, target.last);
    case 'referrers':
      return listReferrers(context, request, target.name, target.last);
    case 'blob':
      if (!DIGEST.test(target.last)) return errorReply(400, 'DIGEST_INVALID', target.last);
      return handleBlob(context, request, target.name, target.last);
    case 'uploads':
      return request.method === 'POST' ? openUpload(context, request, target.name) : errorReply(405, 'UNSUPPORTED');
    case 'upload':
      return continueUpload(context, request, target.name, target.last);
    case 'tags':
      return request.method === 'GET' ? listTags(context, request, target.name) : errorReply(405, 'UNSUPPORTED');
  }
}

/** The answer to a client without an accepted certificate: before any route, and before any login. */
function refuseUncertified({ quirks }: RegistryContext, { client }: SandboxRequest): Reply | undefined {
  if (quirks.clientCertificate === undefined || client?.isAccepted === true) return undefined;
  if (quirks.clientCertificate === 'forbidden') return errorReply(403, 'DENIED', 'access denied');
  const why = client === undefined ? 'No required SSL certificate was sent' : 'The SSL certificate error';
  return {
    status: 400,
    headers: [['Content-Type', 'text/html']],
    body: `<html><head><title>400 ${why}</title></head><body><center><h1>400 Bad Request</h1></center><center>${why}</center><hr><center>nginx</center></body></html>`,
  };
}

/** What a stranger is told instead of how to log in. */
function hideFromStranger(context: RegistryContext, request: SandboxRequest): Reply | undefined {
  const { strangers } = context.quirks;
  if (strangers === undefined || request.headers['authorization'] !== undefined) return undefined;
  if (strangers === 404) return notFound(context, 'NAME_UNKNOWN', 'repository name not known');
  return errorReply(strangers, strangers === 401 ? 'UNAUTHORIZED' : 'DENIED');
}

function redirect(front: NonNullable<Quirks['front']>, { url }: SandboxRequest): Reply {
  const path = front.path?.(url.pathname) ?? url.pathname;
  return { status: front.status ?? 307, headers: [['Location', `${front.origin}${path}${url.search}`]] };
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** As distribution asks: GET and HEAD pull; POST, PUT and PATCH pull and push; DELETE delete; a mount also pull of the source. */
function neededAccess({ quirks }: RegistryContext, request: SandboxRequest, target: Target): readonly Access[] {
  const repository = (name: string, ...actions: string[]): Access => ({ type: 'repository', name, actions });
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      // The status of an upload is for who may push.
      if (target.kind === 'upload') return [repository(target.name, 'pull', 'push')];
      return [repository(target.name, 'pull')];
    case 'DELETE':
      if (target.kind === 'upload' && quirks.cancelUpload !== 'delete-scope')
        return [repository(target.name, 'pull', 'push')];
      return [repository(target.name, 'delete')];
    default: {
      const from = target.kind === 'uploads' ? request.url.searchParams.get('from') : null;
      return [repository(target.name, 'pull', 'push'), ...(from === null ? [] : [repository(from, 'pull')])];
    }
  }
}

function deny(
  context: RegistryContext,
  request: SandboxRequest,
  target: Target,
  needs: readonly Access[],
): Reply | undefined {
  const { quirks } = context;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead && quirks.denyPull === 401) return challengeReply(context.auth, request, needs);
  if (isRead && quirks.denyPull === 403) return errorReply(403, 'DENIED', 'requested access to the resource is denied');
  if (isRead && quirks.denyPull === 404) return notFound(context, 'NAME_UNKNOWN', 'repository name not known');
  if (!isRead && quirks.denyPush === true)
    return errorReply(
      403,
      'DENIED',
      quirks.denyPushMessage ?? 'installation not allowed to Create organization package',
    );
  const isMount = target.kind === 'uploads' && request.url.searchParams.get('mount') !== null;
  if (isMount && quirks.mount === 'denied') return challengeReply(context.auth, request, needs);
  return undefined;
}
