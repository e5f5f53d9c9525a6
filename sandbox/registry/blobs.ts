import { createHmac } from 'node:crypto';
import { errorReply } from '../http/faults.ts';
import { type Handler, type Reply, type SandboxRequest, textReply } from '../http/serve.ts';
import { misplaced } from './authorization.ts';
import { notFound, type RegistryContext } from './context.ts';
import { continueUpload } from './uploads.ts';

const UPLOAD = /^\/v2\/(.+)\/blobs\/uploads\/([^/]+)$/;
const STORED = /^\/blob\/(.+)\/(sha256:[0-9a-f]{64})$/;

/** GET and HEAD of a blob, here or by redirect to the storage host, and DELETE. */
export function handleBlob(context: RegistryContext, request: SandboxRequest, name: string, digest: string): Reply {
  const { store, quirks } = context;
  if (request.method === 'DELETE') {
    if (!context.allowsDelete) return errorReply(405, 'UNSUPPORTED');
    const isDeleted = store.repository(name)?.blobs.delete(digest) === true;
    return isDeleted ? { status: 202 } : notFound(context, 'BLOB_UNKNOWN', digest);
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') return errorReply(405, 'UNSUPPORTED');
  if (request.method === 'HEAD' && quirks.blobHead !== undefined) return errorReply(quirks.blobHead, 'UNSUPPORTED');
  const bytes = store.getBlob(name, digest);
  if (bytes === undefined) return notFound(context, 'BLOB_UNKNOWN', digest);
  const redirect = quirks.blobRedirect;
  if (redirect === 'loop') return { status: 307, headers: [['Location', request.url.pathname]] };
  if (redirect === 'private-address')
    return { status: 307, headers: [['Location', `http://169.254.169.254/blob/${name}/${digest}`]] };
  if (redirect !== undefined) {
    const path = `/blob/${name}/${digest}`;
    return { status: 307, headers: [['Location', `${redirect.origin}${path}?signature=${sign(context, path)}`]] };
  }
  return serveBlob(context, digest, bytes);
}

function serveBlob(context: RegistryContext, digest: string, bytes: Uint8Array): Reply {
  const body = context.quirks.tamperBlob?.(bytes, digest) ?? bytes;
  const off = context.quirks.contentLengthOff;
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/octet-stream'],
      ['Docker-Content-Digest', digest],
      ['ETag', `"${digest}"`],
    ],
    body,
    ...(off === undefined ? {} : { contentLength: body.length + off }),
  };
}

function sign(context: RegistryContext, path: string): string {
  return createHmac('sha256', context.storageKey).update(path).digest('hex');
}

/**
 * The host behind blob redirects and foreign upload Locations, to be served on another origin. As an
 * object store with signed URLs: any Authorization is noted and answered by 400.
 */
export function createStorage(context: RegistryContext): Handler {
  return (request) => {
    if (request.headers['authorization'] !== undefined) {
      context.note(misplaced('storage', request));
      return textReply(400, 'InvalidArgument: Only one auth mechanism allowed\n');
    }
    const upload = UPLOAD.exec(request.url.pathname);
    if (upload !== null) return continueUpload(context, request, upload[1] ?? '', upload[2] ?? '');
    const [, name = '', digest = ''] = STORED.exec(request.url.pathname) ?? [];
    if (request.url.searchParams.get('signature') !== sign(context, request.url.pathname))
      return textReply(403, 'SignatureDoesNotMatch\n');
    if (request.method !== 'GET' && request.method !== 'HEAD') return textReply(405, 'MethodNotAllowed\n');
    const bytes = context.store.getBlob(name, digest);
    return bytes === undefined ? textReply(404, 'NoSuchKey\n') : serveBlob(context, digest, bytes);
  };
}
