import type { Digest } from '../../domain/image/digest.ts';
import type { Clock, OnSettling } from '../../usecases/ports.ts';
import type { Blobs } from '../blobs.ts';
import type { Manifests } from '../manifests.ts';
import type { TagLooks } from '../tag-looks.ts';
import type { AuthorizedFetch } from '../transport/authorized-fetch.ts';
import type { TagQueue } from './tag-queue.ts';

/** What the writers of shared tags need; one for each call, and gone with it, but for the queue. */
export interface TagWriterContext {
  readonly fetch: AuthorizedFetch;
  readonly manifests: Manifests;
  readonly blobs: Blobs;
  readonly queue: TagQueue;
  /** What this call saw before it signed. */
  readonly looks: TagLooks;
  /** Repositories whose registry answered that it has no referrers API. */
  readonly withoutReferrersApi: Set<string>;
  /** What stood under `.sig` tags (`repository:tag`) when this call looked; it must still be there afterwards. */
  readonly seenSignatures: Map<string, Digest>;
  /** Configs of `.sig` manifests (`repository@digest`) that this call has fetched. */
  readonly signatureConfigs: Map<string, Uint8Array>;
  readonly clock: Clock;
  readonly random: () => number;
  /** In ms. */
  readonly settleMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Of one call: its tag is written, only settling and a second look remain. */
  readonly onSettling?: OnSettling | undefined;
}
