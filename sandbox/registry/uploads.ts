import { randomUUID } from 'node:crypto';
import { errorReply } from '../http/faults.ts';
import type { Headers, Reply, SandboxRequest } from '../http/serve.ts';
import { notFound, type RegistryContext, type UploadSessionState, writtenHeaders } from './context.ts';
import { digestOfBytes } from './store.ts';

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** POST /v2/<name>/blobs/uploads/: a session, a mount, or a single-request upload. */
export function openUpload(context: RegistryContext, request: SandboxRequest, name: string): Reply {
  const { store, quirks } = context;
  const mount = request.url.searchParams.get('mount');
  const from = request.url.searchParams.get('from');
  if (mount !== null && !DIGEST.test(mount)) return errorReply(400, 'DIGEST_INVALID', 'mount is not a digest');
  if (mount !== null && from !== null && quirks.mount !== 'session') {
    const bytes = store.getBlob(from, mount);
    if (bytes !== undefined) {
      store.putBlob(name, bytes);
      return created(context, name, mount);
    }
  }
  const digest = request.url.searchParams.get('digest');
  if (digest !== null && quirks.singlePost === 'stored') {
    const refusal = checkOctetStream(request);
    if (refusal !== undefined) return refusal;
    if (digest !== digestOfBytes(request.body)) return errorReply(400, 'DIGEST_INVALID', 'other bytes than the digest');
    store.putBlob(name, request.body);
    return created(context, name, digest);
  }
  const id = randomUUID();
  const session: UploadSessionState = { repository: name, bytes: new Uint8Array(), state: randomUUID() };
  context.sessions.set(id, session);
  return { ...accepted(context, request, id, session), status: quirks.uploadOpened ?? 202 };
}

/** PATCH, PUT, GET and DELETE of an upload session (distribution-spec v1.1.1, Pushing blobs). */
export function continueUpload(context: RegistryContext, request: SandboxRequest, name: string, id: string): Reply {
  const session = context.sessions.get(id);
  if (session === undefined || session.repository !== name)
    return notFound(context, 'BLOB_UPLOAD_UNKNOWN', 'no such upload');
  const states = request.url.searchParams.getAll('_state');
  if (states.length !== 1 || states[0] !== session.state)
    return notFound(context, 'BLOB_UPLOAD_INVALID', 'not the latest Location of this upload');
  switch (request.method) {
    case 'GET':
      return { ...accepted(context, request, id, session), status: 204 };
    case 'DELETE':
      if (context.quirks.cancelUpload === 'unsupported') return errorReply(405, 'UNSUPPORTED');
      context.sessions.delete(id);
      return { status: 204 };
    case 'PATCH': {
      const refusal = checkOctetStream(request) ?? checkRange(context, request, id, session);
      if (refusal !== undefined) return refusal;
      session.bytes = new Uint8Array(Buffer.concat([session.bytes, request.body]));
      session.state = randomUUID();
      return accepted(context, request, id, session);
    }
    case 'PUT':
      return closeUpload(context, request, id, session);
    default:
      return errorReply(405, 'UNSUPPORTED');
  }
}

function closeUpload(
  context: RegistryContext,
  request: SandboxRequest,
  id: string,
  session: UploadSessionState,
): Reply {
  const digests = request.url.searchParams.getAll('digest');
  const digest = digests[0];
  if (digests.length !== 1 || digest === undefined || !DIGEST.test(digest))
    return errorReply(400, 'DIGEST_INVALID', 'exactly one digest=sha256:… is needed');
  const refusal =
    request.body.length === 0 ? undefined : (checkOctetStream(request) ?? checkRange(context, request, id, session));
  if (refusal !== undefined) return refusal;
  context.sessions.delete(id);
  const bytes = new Uint8Array(Buffer.concat([session.bytes, request.body]));
  if (digestOfBytes(bytes) !== digest) return errorReply(400, 'DIGEST_INVALID', 'other bytes than the digest');
  const { blobPut, blobPutStores } = context.quirks;
  if (blobPutStores === 'other-bytes') {
    const { blobs } = context.store.ensureRepository(session.repository);
    blobs.set(digest, Buffer.concat([bytes, Buffer.from(' ')]));
  } else if (blobPutStores !== 'nothing') context.store.putBlob(session.repository, bytes);
  return { ...created(context, session.repository, digest), status: blobPut ?? 201 };
}

function checkOctetStream(request: SandboxRequest): Reply | undefined {
  return request.headers['content-type'] === 'application/octet-stream'
    ? undefined
    : errorReply(400, 'UNSUPPORTED', 'Content-Type of a blob must be application/octet-stream');
}

/** Chunks come in order, without gaps (distribution-spec v1.1.1, Pushing a blob in chunks); no range = all the rest. */
function checkRange(
  context: RegistryContext,
  request: SandboxRequest,
  id: string,
  session: UploadSessionState,
): Reply | undefined {
  const range = request.headers['content-range'];
  if (range === undefined) return undefined;
  const match = /^(\d+)-(\d+)$/.exec(range);
  const start = Number(match?.[1]);
  const end = Number(match?.[2]);
  if (match !== null && start === session.bytes.length && end - start + 1 === request.body.length) return undefined;
  return { ...accepted(context, request, id, session), status: 416 };
}

function accepted(context: RegistryContext, request: SandboxRequest, id: string, session: UploadSessionState): Reply {
  const headers: Headers = [
    ['Location', location(context, request, id, session)],
    ['Range', `0-${Math.max(0, session.bytes.length - 1)}`],
    ['Docker-Upload-UUID', id],
  ];
  return { status: 202, headers };
}

function location(context: RegistryContext, request: SandboxRequest, id: string, session: UploadSessionState): string {
  const path = `/v2/${session.repository}/blobs/uploads/${id}?_state=${session.state}`;
  const form = context.quirks.uploadLocation ?? 'relative';
  if (typeof form === 'object') return form.origin + path;
  switch (form) {
    case 'relative':
      return path;
    case 'absolute':
      return request.origin + path;
    case 'private-address':
      return `http://10.255.255.1${path}`;
  }
}

function created(context: RegistryContext, name: string, digest: string): Reply {
  return { status: 201, headers: writtenHeaders(context, `/v2/${name}/blobs/${digest}`, digest) };
}
