import { setTimeout as sleep } from 'node:timers/promises';
import { errorReply } from '../http/faults.ts';
import type { Headers, Reply, SandboxRequest } from '../http/serve.ts';
import { checkManifest } from './check-manifest.ts';
import { isStillMissing, notFound, type RegistryContext, writtenHeaders } from './context.ts';
import { asObject, digestOfBytes, parseObject, type StoredManifest } from './store.ts';

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const ALIAS = /^sha256-([0-9a-f]{64})$/;
const WRONG_DIGEST = `sha256:${'0'.repeat(64)}`;

/** GET, HEAD, PUT and DELETE of a manifest by tag or digest. */
export async function handleManifest(
  context: RegistryContext,
  request: SandboxRequest,
  name: string,
  reference: string,
): Promise<Reply> {
  if (!DIGEST.test(reference) && !TAG.test(reference))
    return errorReply(400, reference.includes(':') ? 'DIGEST_INVALID' : 'TAG_INVALID', 'bad reference');
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      if (request.method === 'HEAD' && typeof context.quirks.manifestHead === 'number')
        return errorReply(context.quirks.manifestHead, 'UNSUPPORTED');
      return readManifest(context, request, name, reference);
    case 'PUT':
      return writeManifest(context, request, name, reference);
    case 'DELETE':
      return deleteManifest(context, name, reference);
    default:
      return errorReply(405, 'UNSUPPORTED');
  }
}

function readManifest(context: RegistryContext, request: SandboxRequest, name: string, reference: string): Reply {
  const { store, quirks } = context;
  if (store.repository(name) === undefined) return notFound(context, 'NAME_UNKNOWN', name);
  const isByDigest = DIGEST.test(reference);
  const digest = isByDigest ? reference : readTag(context, name, reference);
  if (digest === undefined && quirks.missingTagStatus !== undefined)
    return errorReply(quirks.missingTagStatus, 'DENIED', 'the tag is not there, or not for you');
  const stored = digest === undefined ? undefined : store.getManifest(name, digest);
  if (stored === undefined) return notFound(context, 'MANIFEST_UNKNOWN', reference);
  if (isByDigest && isStillMissing(context.freshManifests, `${name}@${stored.digest}`))
    return notFound(context, 'MANIFEST_UNKNOWN', reference);
  // distribution 2.8: an Accept without the stored type, `*/*` alone included, finds nothing.
  if (quirks.ignoresAccept !== true && !accepts(request.headers['accept'], stored.mediaType))
    return notFound(context, 'MANIFEST_UNKNOWN', `stored as ${stored.mediaType}, which Accept lacks`);
  const etag = `"${stored.digest}"`;
  if (quirks.etag !== 'none' && request.headers['if-none-match'] === etag)
    return { status: 304, headers: [['ETag', etag]] };
  return serveManifest(context, request, stored);
}

function serveManifest(context: RegistryContext, request: SandboxRequest, stored: StoredManifest): Reply {
  const { quirks } = context;
  const head = request.method === 'HEAD' ? quirks.manifestHead : undefined;
  if (head === 'bare') return { status: 200, contentLength: 'omit' };
  const body = quirks.tamperManifest?.(stored.bytes, stored.digest) ?? stored.bytes;
  const headers: Headers = [
    ['Content-Type', quirks.manifestContentType ?? stored.mediaType],
    ...(quirks.contentDigest === 'missing'
      ? []
      : [['Docker-Content-Digest', quirks.contentDigest === 'wrong' ? WRONG_DIGEST : stored.digest] as const]),
    ...(quirks.etag === 'none' ? [] : [['ETag', `"${stored.digest}"`] as const]),
  ];
  if (request.method === 'HEAD' && quirks.headLength !== undefined) {
    const contentLength = quirks.headLength === 'missing' ? 'omit' : body.length + 7;
    return { status: 200, headers, body, contentLength };
  }
  const off = quirks.contentLengthOff;
  return { status: 200, headers, body, ...(off === undefined ? {} : { contentLength: body.length + off }) };
}

function accepts(accept: string | undefined, mediaType: string): boolean {
  return (accept ?? '').split(',').some((range) => range.split(';')[0]?.trim() === mediaType);
}

/** What a reader is shown for a tag, with the lags of the quirks. */
function readTag(context: RegistryContext, name: string, tag: string): string | undefined {
  const { store, quirks } = context;
  const stored = store.repository(name)?.tags.get(tag);
  if (stored === undefined) {
    const hex = quirks.gitlabTagAlias === true ? ALIAS.exec(tag)?.[1] : undefined;
    return hex === undefined ? undefined : `sha256:${hex}`;
  }
  stored.reads += 1;
  const isStale =
    stored.reads <= (quirks.staleTagReads ?? 0) ||
    performance.now() - stored.writtenAt < (quirks.tagVisibleAfterMs ?? 0);
  return isStale ? stored.previous : stored.digest;
}

async function writeManifest(
  context: RegistryContext,
  request: SandboxRequest,
  name: string,
  reference: string,
): Promise<Reply> {
  const { store, quirks } = context;
  if (request.body.length > context.manifestMaxBytes)
    return quirks.manifestTooLarge === 400
      ? errorReply(400, 'MANIFEST_INVALID', 'manifest too large')
      : errorReply(413, 'SIZE_INVALID', `more than ${context.manifestMaxBytes} bytes`);
  const digest = digestOfBytes(request.body);
  const isByDigest = DIGEST.test(reference);
  if (isByDigest && reference !== digest) return errorReply(400, 'DIGEST_INVALID', `the body is ${digest}`);
  const contentType = request.headers['content-type'];
  const problem = checkManifest(request.body, contentType, store.repository(name));
  if (problem !== undefined) {
    const isMissing = problem.code === 'MANIFEST_BLOB_UNKNOWN';
    return errorReply(400, isMissing ? (quirks.missingBlobCode ?? problem.code) : problem.code, problem.message);
  }
  const subject = asObject(parseObject(request.body)?.['subject'])?.['digest'];
  if (quirks.refusesAbsentSubject === true && typeof subject === 'string')
    if (store.getManifest(name, subject) === undefined)
      return errorReply(400, 'MANIFEST_INVALID', `subject ${subject} is not stored here`);
  if (!isByDigest) {
    if (quirks.tagWriteDelayMs !== undefined) await sleep(quirks.tagWriteDelayMs);
    const refusal = refuseTag(context, request, name, reference, digest);
    if (refusal !== undefined) return refusal;
  }
  if (store.getManifest(name, digest) === undefined) {
    context.freshManifests.set(`${name}@${digest}`, quirks.freshManifestMisses ?? 0);
    context.freshReferrers.set(`${name}@${digest}`, quirks.referrersLag ?? 0);
  }
  const stores = quirks.manifestPutStores;
  if (stores !== 'nothing') {
    const bytes = stores === 'other-bytes' ? Buffer.concat([request.body, Buffer.from(' ')]) : request.body;
    const stored = store.putManifest(name, bytes, contentType);
    if (!isByDigest && stores !== 'no-tag') {
      store.setTag(name, reference, stored);
      context.onTagWritten(name, reference);
    }
  }
  return {
    status: quirks.manifestPut ?? 201,
    headers: [
      ...writtenHeaders(context, `/v2/${name}/manifests/${digest}`, digest),
      ...(typeof subject === 'string' && sendsOciSubject(context) ? [['OCI-Subject', subject] as const] : []),
    ],
  };
}

function sendsOciSubject({ quirks }: RegistryContext): boolean {
  switch (quirks.ociSubject ?? 'honest') {
    case 'honest':
      return ['api', 'name-unknown', 'unknown-subject-400'].includes(quirks.referrers ?? 'api');
    case 'never':
      return false;
    case 'lying':
      return true;
  }
}

function refuseTag(
  context: RegistryContext,
  request: SandboxRequest,
  name: string,
  tag: string,
  digest: string,
): Reply | undefined {
  const { store, quirks } = context;
  const current = store.getTag(name, tag);
  if (quirks.etag === 'enforced') {
    const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
    const failsMatch = ifMatch !== undefined && ifMatch !== `"${current ?? ''}"`;
    const failsNoneMatch = ifNoneMatch === '*' && current !== undefined;
    if (failsMatch || failsNoneMatch) return errorReply(412, 'PRECONDITION_FAILED', `${tag} has changed`);
  }
  if (current === undefined || quirks.immutableTags?.test(tag) !== true) return undefined;
  switch (quirks.immutableAnswer ?? 'harbor') {
    case 'harbor':
      if (current === digest) return undefined;
      return errorReply(
        412,
        'PRECONDITION',
        `Failed to process request due to '${name}:${tag}' configured as immutable.`,
      );
    case 'quay':
      if (current === digest) return undefined;
      return errorReply(409, 'TAG_IMMUTABLE', `tag ${tag} is immutable`);
    case 'ecr':
      return errorReply(
        400,
        'TAG_INVALID',
        `The image tag '${tag}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`,
      );
  }
}

function deleteManifest(context: RegistryContext, name: string, reference: string): Reply {
  if (!context.allowsDelete) return errorReply(405, 'UNSUPPORTED');
  const { store } = context;
  const isDeleted = DIGEST.test(reference)
    ? store.deleteManifest(name, reference)
    : store.repository(name)?.tags.delete(reference) === true;
  return isDeleted ? { status: 202 } : notFound(context, 'MANIFEST_UNKNOWN', reference);
}
