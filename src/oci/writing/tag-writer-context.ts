import type { Digest } from '../../domain/image/digest.ts';
import type { Clock, OnSettling } from '../../usecases/ports.ts';
import type { Blobs } from '../blobs.ts';
import type { Manifests } from '../manifests.ts';
import type { TagLooks } from '../tag-looks.ts';
import type { AuthorizedFetch } from '../transport/authorized-fetch.ts';
import type { PendingEntries } from './pending-entries.ts';
import type { TagQueue } from './tag-queue.ts';

/** The context for writers of shared tags. One per call, and it ends with the call; only the queue is shared. */
export interface TagWriterContext {
  readonly fetch: AuthorizedFetch;
  readonly manifests: Manifests;
  readonly blobs: Blobs;
  readonly queue: TagQueue;
  /** What this call has pushed and will list under a shared tag. */
  readonly pending: PendingEntries;
  /** The tags that this call read before it signed. */
  readonly looks: TagLooks;
  /** Repositories whose registry answered that it has no referrers API. */
  readonly withoutReferrersApi: Set<string>;
  /**
   * Digests of `.sig` and `.att` tags (`repository:tag`) as this call read them before it wrote; those layers must still
   * be there afterwards.
   */
  readonly seenSignatures: Map<string, Digest>;
  /** Configs of `.sig` manifests (`repository@digest`) that this call has fetched. */
  readonly signatureConfigs: Map<string, Uint8Array>;
  readonly clock: Clock;
  readonly random: () => number;
  /** In ms. */
  readonly settleMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called when the tag is written and only the settling time and a second read remain. */
  readonly onSettling?: OnSettling | undefined;
}
