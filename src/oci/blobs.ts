import type { Descriptor } from '../domain/image/descriptor.ts';
import { type Digest, digestOf } from '../domain/image/digest.ts';
import type { Repository } from '../domain/image/reference.ts';
import { quoted } from '../domain/text/quoted.ts';
import type { HttpResponse } from '../http/http-client.ts';
import type { Clock, UploadSession } from '../usecases/ports.ts';
import { isConfirmed, isReadBack, isWritten } from './read-back.ts';
import type { AuthorizedFetch } from './transport/authorized-fetch.ts';
import type { RegistryAnswer } from './transport/choose-authorization.ts';
import { ANSWER_MAX_BYTES } from './transport/limits.ts';
import { pushError } from './transport/push-error.ts';
import { readHint } from './transport/read-hint.ts';
import { answerError, RegistryError } from './transport/registry-error.ts';
import { apiUrl, resolveTarget } from './transport/registry-origin.ts';

/** Pulling and pushing blobs (distribution-spec v1.1.1: POST then PUT, the only method that works everywhere). */
export interface Blobs {
  /** The blob's bytes, checked against the digest; undefined if the blob does not exist. */
  get(repository: Repository, digest: Digest, maxBytes: number): Promise<Uint8Array | undefined>;
  open(repository: Repository): Promise<UploadSession>;
  cancel(session: UploadSession): Promise<void>;
  upload(session: UploadSession, bytes: Uint8Array): Promise<Descriptor>;
}

const OCTETS = 'application/octet-stream';

export function createBlobs(fetch: AuthorizedFetch, lag: { readonly clock: Clock; readonly lagMs: number }): Blobs {
  const exists = async (repository: Repository, digest: Digest): Promise<boolean> => {
    const response = await fetch({
      repository,
      method: 'HEAD',
      url: apiUrl(fetch.originOf(repository), repository, `blobs/${digest}`),
      access: 'pull',
      maxBytes: ANSWER_MAX_BYTES,
      retry: true,
      followRedirects: 'all',
    });
    return response.status === 200;
  };

  const get: Blobs['get'] = async (repository, digest, maxBytes) => {
    const url = apiUrl(fetch.originOf(repository), repository, `blobs/${digest}`);
    const response = await fetch({
      repository,
      method: 'GET',
      url,
      access: 'pull',
      maxBytes,
      retry: true,
      followRedirects: 'all',
    });
    if (response.status === 404) return undefined;
    const what = `GET ${url.href}`;
    if (response.status !== 200) throw answerError(what, response, await readHint(fetch, repository, response));
    const found = digestOf(response.body);
    if (found !== digest) {
      throw new RegistryError('REGISTRY_INVALID', `${what} returned other bytes: their digest is ${found}`);
    }
    return response.body;
  };

  const open = async (repository: Repository): Promise<UploadSession> => {
    const url = apiUrl(fetch.originOf(repository), repository, 'blobs/uploads/');
    const response = await fetch({
      repository,
      method: 'POST',
      url,
      access: 'push',
      maxBytes: ANSWER_MAX_BYTES,
      // The registry discards a surplus session.
      retry: true,
    });
    const what = `POST ${url.href}`;
    if (!isWritten(response)) throw await pushError(fetch, { repository, what, response });
    return { repository, location: readLocation(response, fetch, { repository, what }) };
  };

  const put = (session: UploadSession, digest: Digest, bytes: Uint8Array): Promise<RegistryAnswer> => {
    const url = new URL(session.location);
    // Appended, not set: the query of the Location contains the session's state.
    url.searchParams.append('digest', digest);
    return fetch({
      repository: session.repository,
      method: 'PUT',
      url,
      access: 'push',
      headers: { 'content-type': OCTETS },
      body: bytes,
      maxBytes: ANSWER_MAX_BYTES,
      retry: true,
    });
  };

  const upload = async (session: UploadSession, bytes: Uint8Array): Promise<Descriptor> => {
    const { repository } = session;
    const digest = digestOf(bytes);
    let response = await put(session, digest, bytes);
    // The session is closed for a PUT that was sent again after a lost answer, and for a stale Location.
    if (response.status === 404 || response.status === 400 || response.status === 416) {
      if (await exists(repository, digest)) return { mediaType: OCTETS, digest, size: bytes.length };
      response = await put(await open(repository), digest, bytes);
    }
    const what = `PUT of blob ${digest} to ${response.url.origin}${response.url.pathname}`;
    if (!isWritten(response)) throw await pushError(fetch, { repository, what, response });
    const told = response.headers['docker-content-digest'];
    if (told !== undefined && told !== digest) {
      throw new RegistryError('REGISTRY_INVALID', `${what} was stored as ${quoted(told)}`);
    }
    if (!isConfirmed(response, digest) && !(await isReadBack(() => get(repository, digest, bytes.length), lag))) {
      throw new RegistryError('REGISTRY_INVALID', `${what} returned ${response.status}, but the blob is not there`);
    }
    return { mediaType: OCTETS, digest, size: bytes.length };
  };

  return {
    get,
    open,
    upload,
    async cancel({ repository, location }) {
      try {
        const call = { repository, method: 'DELETE', url: location, access: 'push' } as const;
        await fetch({ ...call, maxBytes: ANSWER_MAX_BYTES, retry: false });
      } catch {
        // Best effort by contract: the registry discards the session by itself.
      }
    },
  };
}

/** The Location of an upload session: relative, absolute, or on another host; the rules for redirects apply. */
function readLocation(
  response: HttpResponse,
  { originOf, advise }: AuthorizedFetch,
  { repository, what }: { readonly repository: Repository; readonly what: string },
): URL {
  const { location } = response.headers;
  if (location === undefined || location === '') {
    throw new RegistryError('REGISTRY_INVALID', `${what} opened an upload without a Location`);
  }
  return resolveTarget(location, { from: response.url, registry: originOf(repository), what, advise });
}
