import { isDigest } from '../domain/image/digest.ts';
import { formatRepository } from '../domain/image/reference.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { Clock, Registry } from '../usecases/ports.ts';
import { createBlobs } from './blobs.ts';
import { fetchReferrerCandidate } from './candidates.ts';
import { createManifests } from './manifests.ts';
import { createReferrers } from './referrers.ts';
import { createTagLooks } from './tag-looks.ts';
import { completeAdvice, type OwnAdvice } from './transport/advice.ts';
import { createAuthorizedFetch } from './transport/authorized-fetch.ts';
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
  /** Ends every call of the run. */
  readonly signal?: AbortSignal;
}

/** Default settling time, in ms. */
const SETTLE_MS = 3000;

/** Builds the Registry port over HTTP: one login state, one token cache and one queue of tag writers for the run. */
export function createRegistry(options: RegistryOptions): Registry {
  const { http, random, signal } = options;
  // A wait of this adapter is one of the run.
  const clock: Clock = { now: () => options.clock.now(), sleep: (ms) => options.clock.sleep(ms, signal) };
  const advise = completeAdvice(options.advice);
  const tokens = createTokenSource({
    http,
    now: () => clock.now(),
    tokenHosts: options.tokenHosts ?? [],
    mask: options.mask,
    advise,
    signal,
  });
  const fetch = createAuthorizedFetch({
    http,
    credentials: options.credentials,
    tokens,
    access: options.access,
    insecureRegistries: options.insecureRegistries ?? [],
    advise,
    signal,
  });
  const manifests = createManifests(fetch);
  const blobs = createBlobs(fetch);
  const looks = createTagLooks({ manifests, clock, keep: options.access === 'push' });
  const referrers = createReferrers(fetch, looks);
  const context: TagWriterContext = {
    fetch,
    manifests,
    blobs,
    queue: createTagQueue(),
    looks,
    withoutReferrersApi: new Set(),
    seenSignatures: new Map(),
    signatureConfigs: new Map(),
    clock,
    random,
    settleMs: options.settleMs ?? SETTLE_MS,
    signal,
  };
  return {
    head: manifests.head,
    async manifest(repository, reference) {
      // Whoever resolves a tag asks two places about its digest next, side by side.
      if (!isDigest(reference)) http.preconnect(fetch.originOf(repository));
      const answer = await manifests.get(repository, reference);
      return answer === undefined
        ? undefined
        : { digest: answer.digest, mediaType: answer.mediaType, bytes: answer.bytes };
    },
    document: manifests.getDocument,
    checkPlace: (repository, subject, format) =>
      (format === 'legacy' ? checkSignatureTag : checkFallbackTag)(context, repository, subject),
    openUpload: blobs.open,
    cancelUpload: blobs.cancel,
    upload: blobs.upload,
    attach: (repository, subject, manifest, seen, onSettling) =>
      attachManifest({ ...context, referrers, onSettling }, repository, subject, manifest, seen),
    appendLegacy: (repository, subject, layer, openSession, onSettling) =>
      appendSignatureLayer({ ...context, onSettling }, repository, subject, layer, openSession),
    async listReferrers(repository, subject) {
      const listing = await referrers.list(repository, subject);
      looks.noteListing(repository, subject, listing.place);
      // Spares the writer a question whose answer is known.
      if (listing.place.outcome === 'absent') context.withoutReferrersApi.add(formatRepository(repository));
      return listing;
    },
    listReferrersTag: referrers.listTag,
    fetchReferrer: (repository, subject, descriptor, place) =>
      fetchReferrerCandidate({ manifests, blobs }, repository, subject, descriptor, place),
    fetchLegacy: (repository, subject) => fetchSignatureTag(context, repository, subject),
  };
}
