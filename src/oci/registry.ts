import { isDigest } from '../domain/image/digest.ts';
import { formatRepository, type Repository } from '../domain/image/reference.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { CallContext } from '../usecases/call-context.ts';
import type { Clock, ReferrersListing, Registry } from '../usecases/ports.ts';
import { createBlobs } from './blobs.ts';
import { fetchAttestationLayer, fetchReferrerCandidate } from './candidates.ts';
import { createManifests, manifestUrl } from './manifests.ts';
import { createReferrers, type Referrers } from './referrers.ts';
import { createTagLooks } from './tag-looks.ts';
import { listTags } from './tags.ts';
import { completeAdvice, type OwnAdvice } from './transport/advice.ts';
import { type AuthorizedFetch, createAuthorizer } from './transport/authorized-fetch.ts';
import type { Access, CredentialStore } from './transport/credential.ts';
import { knownRegistry } from './transport/known-registries.ts';
import { RegistryError } from './transport/registry-error.ts';
import { createStorageAhead } from './transport/storage-ahead.ts';
import { createTokenSource } from './transport/token.ts';
import { attachManifest, checkFallbackTag } from './writing/attach.ts';
import { createPendingEntries } from './writing/pending-entries.ts';
import {
  appendSignatureLayer,
  checkSignatureTag,
  fetchSignatureTag,
  listAttestationTag,
} from './writing/signature-tag.ts';
import { createTagQueue } from './writing/tag-queue.ts';
import type { TagWriterContext } from './writing/tag-writer-context.ts';

export { registryOrigin } from './transport/registry-origin.ts';

export interface RegistryOptions {
  readonly http: HttpClient;
  /** createCredentials(…), or anonymousCredentials. */
  readonly credentials: CredentialStore;
  /** `pull` when verifying, so that no token of the run can push. */
  readonly access: Access;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Called with every token before its first use. */
  readonly mask: (secret: string) => void;
  /** Registries (`host[:port]`) that are called over plain http, as loopback is; the HttpClient needs the same list. */
  readonly insecureRegistries?: readonly string[];
  /** Token servers outside the registry's domain that may see its login. */
  readonly tokenHosts?: readonly string[];
  /** Origins for which the HttpClient has a client certificate. */
  readonly certificateOrigins?: readonly string[];
  /** How long to wait before a written tag is read again, in ms; default 3000. */
  readonly settleMs?: number;
  /** What to try after a refused call, in the words of the environment. */
  readonly advice?: OwnAdvice | undefined;
}

/** Default settling time, in ms. */
const SETTLE_MS = 3000;

/**
 * Builds the Registry port over HTTP: one login state, one token cache and one queue of tag writers for all calls.
 * The results of a call's reads, and the entries that its writes must not lose, belong to that call and end with it.
 */
export function createRegistry(options: RegistryOptions): Registry {
  const { http, clock, random, access } = options;
  const advise = completeAdvice(options.advice);
  const tokens = createTokenSource({
    http,
    clock,
    tokenHosts: options.tokenHosts ?? [],
    certificateOrigins: options.certificateOrigins ?? [],
    mask: options.mask,
    advise,
  });
  const authorizer = createAuthorizer({
    http,
    credentials: options.credentials,
    tokens,
    access,
    insecureRegistries: options.insecureRegistries ?? [],
    advise,
    clock,
  });
  const queue = createTagQueue();
  const storage = createStorageAhead(http);

  const createView = (call: CallContext): View => {
    const fetch = authorizer.fetchFor(call);
    const manifests = createManifests(fetch);
    // The waits of this adapter end with the call.
    const waits: Clock = { now: () => clock.now(), sleep: (ms) => clock.sleep(ms, call.signal) };
    const settleMs = options.settleMs ?? SETTLE_MS;
    const looks = createTagLooks({ manifests, clock: waits, keep: access === 'push' });
    return {
      fetch,
      manifests,
      blobs: createBlobs(fetch, { clock: waits, lagMs: settleMs / 3 }),
      referrers: createReferrers(fetch, looks),
      queue,
      pending: createPendingEntries(),
      looks,
      withoutReferrersApi: new Set(),
      tagsAhead: new Map(),
      seenSignatures: new Map(),
      signatureConfigs: new Map(),
      clock: waits,
      random,
      settleMs,
      signal: call.signal,
    };
  };
  const views = new WeakMap<CallContext, View>();
  const viewOf = (call: CallContext): View => {
    const view = views.get(call) ?? createView(call);
    views.set(call, view);
    return view;
  };

  return {
    prepare(call, repository, requests) {
      const { fetch } = viewOf(call);
      http.preconnect(fetch.originOf(repository), { withClientCertificate: true, atLeast: requests });
      fetch.prepare(repository);
    },
    async head(call, repository, reference) {
      const { fetch, manifests } = viewOf(call);
      const found = await manifests.head(repository, reference);
      if (found === undefined) await throwIfHidden(fetch, repository, reference);
      return found;
    },
    async manifest(call, repository, reference) {
      const { fetch, manifests } = viewOf(call);
      // A caller that resolves a tag reads two places for its digest next, in parallel.
      if (!isDigest(reference)) http.preconnect(fetch.originOf(repository), { withClientCertificate: true });
      const answer = await manifests.get(repository, reference);
      if (answer === undefined) await throwIfHidden(fetch, repository, reference);
      return answer === undefined
        ? undefined
        : { digest: answer.digest, mediaType: answer.mediaType, bytes: answer.bytes };
    },
    async listTags(call, repository) {
      const { fetch } = viewOf(call);
      try {
        return await listTags(fetch, repository);
      } catch (error) {
        if (!(error instanceof RegistryError) || error.code !== 'IMAGE_NOT_FOUND') throw error;
        const hint = (await fetch.explainAbsence(repository)) ?? error.hint;
        throw new RegistryError('IMAGE_NOT_FOUND', error.message, { cause: error, status: error.status, hint });
      }
    },
    document: (call, repository, { digest, mediaType }) =>
      viewOf(call).manifests.getDocument(repository, digest, mediaType),
    blob: (call, repository, { digest, maxBytes }) => viewOf(call).blobs.get(repository, digest, maxBytes),
    checkPlace: (call, address, place) =>
      place === 'bundle'
        ? checkFallbackTag(viewOf(call), address)
        : checkSignatureTag(viewOf(call), address, place === 'legacy' ? 'signature' : 'attestation'),
    openUpload: (call, repository) => viewOf(call).blobs.open(repository),
    cancelUpload: (call, session) => viewOf(call).blobs.cancel(session),
    upload: (call, session, bytes) => viewOf(call).blobs.upload(session, bytes),
    attach: (call, address, { onSettling, ...what }) => attachManifest({ ...viewOf(call), onSettling }, address, what),
    appendLegacy: (call, address, { onSettling, ...what }) =>
      appendSignatureLayer({ ...viewOf(call), onSettling }, address, what),
    async listReferrers(call, repository, subject) {
      const { fetch, referrers, looks, withoutReferrersApi, tagsAhead } = viewOf(call);
      if (knownRegistry(fetch.originOf(repository))?.lacksReferrersApi === true) {
        // The API is asked all the same, but what the caller asks for next does not wait for its 404.
        const ahead = referrers.listTag(repository, subject);
        ahead.catch(() => undefined);
        tagsAhead.set(`${formatRepository(repository)} ${subject}`, ahead);
      }
      const listing = await referrers.list(repository, subject);
      looks.noteListing(repository, subject, listing.place);
      // Saves the writer a request whose answer is known.
      if (listing.place.outcome === 'absent') withoutReferrersApi.add(formatRepository(repository));
      return listing;
    },
    listReferrersTag(call, repository, subject) {
      const { referrers, tagsAhead } = viewOf(call);
      const key = `${formatRepository(repository)} ${subject}`;
      const ahead = tagsAhead.get(key);
      tagsAhead.delete(key);
      return ahead ?? referrers.listTag(repository, subject);
    },
    fetchReferrer(call, address, listed) {
      const view = viewOf(call);
      const from = view.fetch.originOf(address.repository);
      return storage.while(from, () => fetchReferrerCandidate(view, address, listed));
    },
    fetchLegacy: (call, repository, subject) => fetchSignatureTag(viewOf(call), repository, subject),
    listAttestationTag: (call, repository, subject) => listAttestationTag(viewOf(call), repository, subject),
    fetchAttestationLayer: (call, repository, layer) => fetchAttestationLayer(viewOf(call).blobs, repository, layer),
  };
}

/** Throws IMAGE_NOT_FOUND if the registry hides images, and a login that it did not get may show this one. */
async function throwIfHidden(fetch: AuthorizedFetch, repository: Repository, reference: string): Promise<void> {
  const hint = await fetch.explainAbsence(repository);
  if (hint === undefined) return;
  const what = `GET ${manifestUrl(fetch, repository, reference).href}`;
  throw new RegistryError('IMAGE_NOT_FOUND', `${what} returned 404 to a call without a login`, { status: 404, hint });
}

/** The registries as seen by one call. */
type View = TagWriterContext & {
  readonly referrers: Referrers;
  /** Referrers tags read together with the API, for the one caller that asks for them next. By repository and subject. */
  readonly tagsAhead: Map<string, Promise<ReferrersListing>>;
};
