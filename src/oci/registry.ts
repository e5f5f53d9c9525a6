import { isDigest } from '../domain/image/digest.ts';
import { formatRepository } from '../domain/image/reference.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { CallContext } from '../usecases/call-context.ts';
import type { Clock, Registry } from '../usecases/ports.ts';
import { createBlobs } from './blobs.ts';
import { fetchReferrerCandidate } from './candidates.ts';
import { createManifests } from './manifests.ts';
import { createReferrers, type Referrers } from './referrers.ts';
import { createTagLooks } from './tag-looks.ts';
import { completeAdvice, type OwnAdvice } from './transport/advice.ts';
import { createAuthorizer } from './transport/authorized-fetch.ts';
import type { Access, CredentialStore } from './transport/credential.ts';
import { createTokenSource } from './transport/token.ts';
import { attachManifest, checkFallbackTag } from './writing/attach.ts';
import { appendSignatureLayer, checkSignatureTag, fetchSignatureTag } from './writing/signature-tag.ts';
import { createTagQueue } from './writing/tag-queue.ts';
import type { TagWriterContext } from './writing/tag-writer-context.ts';

export interface RegistryOptions {
  readonly http: HttpClient;
  /** createCredentials(…), or anonymousCredentials. */
  readonly credentials: CredentialStore;
  /** `pull` when verifying: no token of the run can push then. */
  readonly access: Access;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Called with every token before it is used. */
  readonly mask: (secret: string) => void;
  /** Registries (`host[:port]`) besides loopback that are called over plain http; the HttpClient must know them too. */
  readonly insecureRegistries?: readonly string[];
  /** Token servers outside the registry's domain that may see its login. */
  readonly tokenHosts?: readonly string[];
  /** Wait before a written tag is read again, in ms; default 3000. */
  readonly settleMs?: number;
  /** What a refused call should try next, in the words of whoever runs this. */
  readonly advice?: OwnAdvice | undefined;
}

/** Default settling time, in ms. */
const SETTLE_MS = 3000;

/**
 * Builds the Registry port over HTTP: one login state, one token cache and one queue of tag writers for all calls.
 * What a call saw, and what its writes must not lose, belongs to that call and goes with it.
 */
export function createRegistry(options: RegistryOptions): Registry {
  const { http, clock, random, access } = options;
  const advise = completeAdvice(options.advice);
  const tokens = createTokenSource({
    http,
    clock,
    tokenHosts: options.tokenHosts ?? [],
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

  const createView = (call: CallContext): View => {
    const fetch = authorizer.fetchFor(call);
    const manifests = createManifests(fetch);
    // A wait of this adapter is one of the call.
    const waits: Clock = { now: () => clock.now(), sleep: (ms) => clock.sleep(ms, call.signal) };
    const looks = createTagLooks({ manifests, clock: waits, keep: access === 'push' });
    return {
      fetch,
      manifests,
      blobs: createBlobs(fetch),
      referrers: createReferrers(fetch, looks),
      queue,
      looks,
      withoutReferrersApi: new Set(),
      seenSignatures: new Map(),
      signatureConfigs: new Map(),
      clock: waits,
      random,
      settleMs: options.settleMs ?? SETTLE_MS,
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
    head: (call, repository, reference) => viewOf(call).manifests.head(repository, reference),
    async manifest(call, repository, reference) {
      const { fetch, manifests } = viewOf(call);
      // Whoever resolves a tag asks two places about its digest next, side by side.
      if (!isDigest(reference)) http.preconnect(fetch.originOf(repository));
      const answer = await manifests.get(repository, reference);
      return answer === undefined
        ? undefined
        : { digest: answer.digest, mediaType: answer.mediaType, bytes: answer.bytes };
    },
    document: (call, repository, { digest, mediaType }) =>
      viewOf(call).manifests.getDocument(repository, digest, mediaType),
    checkPlace: (call, address, format) =>
      (format === 'legacy' ? checkSignatureTag : checkFallbackTag)(viewOf(call), address),
    openUpload: (call, repository) => viewOf(call).blobs.open(repository),
    cancelUpload: (call, session) => viewOf(call).blobs.cancel(session),
    upload: (call, session, bytes) => viewOf(call).blobs.upload(session, bytes),
    attach: (call, address, { onSettling, ...what }) => attachManifest({ ...viewOf(call), onSettling }, address, what),
    appendLegacy: (call, address, { onSettling, ...what }) =>
      appendSignatureLayer({ ...viewOf(call), onSettling }, address, what),
    async listReferrers(call, repository, subject) {
      const { referrers, looks, withoutReferrersApi } = viewOf(call);
      const listing = await referrers.list(repository, subject);
      looks.noteListing(repository, subject, listing.place);
      // Spares the writer a question whose answer is known.
      if (listing.place.outcome === 'absent') withoutReferrersApi.add(formatRepository(repository));
      return listing;
    },
    listReferrersTag: (call, repository, subject) => viewOf(call).referrers.listTag(repository, subject),
    fetchReferrer: (call, address, listed) => fetchReferrerCandidate(viewOf(call), address, listed),
    fetchLegacy: (call, repository, subject) => fetchSignatureTag(viewOf(call), repository, subject),
  };
}

/** The registries as one call sees them. */
type View = TagWriterContext & { readonly referrers: Referrers };
