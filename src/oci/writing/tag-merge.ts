import { CodedError } from '../../coded-error.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { Clock, OnSettling } from '../../usecases/ports.ts';
import { immutableHint } from '../transport/push-error.ts';
import { RegistryError } from '../transport/registry-error.ts';

/** The content of a tag that several writers append to. */
export interface TagState<Entry> {
  /** In the order of the list; [] if the tag is absent. */
  readonly entries: readonly Entry[];
  /** Of the bytes under the tag; undefined if the tag is absent. */
  readonly digest: Digest | undefined;
  readonly etag: string | undefined;
  /** When it was requested, in ms since the epoch: later writes are not included. */
  readonly readAtMs: number;
}

/** The entries to write, and the state that they replace. */
export interface TagDraft<Entry, State> {
  readonly entries: readonly Entry[];
  readonly state: State;
}

export type TagWrite<Entry> =
  /**
   * `unwritable`: entries that had to be left out because the registry no longer has their manifests. `unconfirmed`:
   * the error if the tag does not show our entry in the end; only an answer of 201 lets an old state be a mere lag.
   */
  | {
      readonly kind: 'written';
      readonly unwritable?: readonly Entry[];
      readonly unconfirmed?: RegistryError | undefined;
    }
  /** 412: our condition failed, or (Harbor) the tag is immutable. */
  | { readonly kind: 'precondition-failed'; readonly error: RegistryError };

export interface TagMergeOptions<Entry, State extends TagState<Entry>> {
  /** `https://host/v2/app/manifests/tag`, for messages. */
  readonly tag: string;
  /** Reads the tag and bypasses caches. */
  readonly read: () => Promise<State>;
  /**
   * Writes all these entries, on condition that the tag is still in this state. If time has passed (a retry after an
   * outage), `renew` returns the current draft.
   */
  readonly write: (
    draft: TagDraft<Entry, State>,
    renew: () => Promise<TagDraft<Entry, State>>,
  ) => Promise<TagWrite<Entry>>;
  /** Equal entries have equal keys. */
  readonly keyOf: (entry: Entry) => string;
  /** The entry to add. */
  readonly own: Entry;
  /** Entries seen before, which must still be there afterwards. */
  readonly seen: readonly Entry[];
  readonly clock: Clock;
  readonly random: () => number;
  /** Time after a write during which a writer that read the tag earlier may still overwrite it, in ms. */
  readonly settleMs: number;
  readonly signal?: AbortSignal | undefined;
  readonly onSettling?: OnSettling | undefined;
}

export interface TagMergeOutcome {
  /** The digest of the tag's content at the last read. */
  readonly digest: Digest | undefined;
  readonly warnings: readonly string[];
}

/** Maximum number of writes; with a settling time of 3 s they take over 30 s. */
const WRITES_MAX = 6;
/** Maximum number of reads before one write, for reads that take long themselves. */
const READINGS_MAX = 3;

/**
 * True if a state was read too long ago to be overwritten: a writer that has written since checks its entry only once,
 * after the settling time.
 */
export function isStale(
  { readAtMs }: TagState<unknown>,
  { clock, settleMs }: Pick<TagMergeOptions<unknown, TagState<unknown>>, 'clock' | 'settleMs'>,
): boolean {
  return clock.now().getTime() - readAtMs > settleMs / 2;
}

/**
 * Adds one entry to a tag that is updated by read-modify-write, so that updates can be lost. Writes the union of the
 * current and the previously seen entries, reads again after the settling time, and restores dropped entries until
 * nothing is missing. Never writes fewer entries than were seen. Throws SIGNATURE_LOST if other writers kept
 * overwriting our entry, REGISTRY_DENIED if the tag is immutable, REGISTRY_INVALID if a write showed no effect.
 */
export async function mergeIntoTag<Entry, State extends TagState<Entry>>(
  options: TagMergeOptions<Entry, State>,
): Promise<TagMergeOutcome> {
  const { keyOf, clock, settleMs, random } = options;
  const ownKey = keyOf(options.own);
  const known = new Map(options.seen.map((entry) => [keyOf(entry), entry] as const));
  const unwritable = new Set<string>();
  const warnings: string[] = [];
  let wasOverwritten = false;
  let unconfirmed: RegistryError | undefined;

  const read = async (): Promise<State> => {
    const state = await options.read();
    for (const entry of state.entries) known.set(keyOf(entry), entry);
    for (const key of unwritable) known.delete(key);
    return state;
  };
  /** Our entry goes last: entries keep the order in which they were added. */
  const missingFrom = (state: State): readonly Entry[] => {
    const there = new Set(state.entries.map(keyOf));
    const dropped = [...known].filter(([key]) => key !== ownKey && !there.has(key)).map(([, entry]) => entry);
    return there.has(ownKey) ? dropped : [...dropped, options.own];
  };
  const draftOver = (state: State): TagDraft<Entry, State> => {
    const present = state.entries.filter((entry) => !unwritable.has(keyOf(entry)));
    return { entries: [...present, ...missingFrom(state)], state };
  };
  const isComplete = (state: State): boolean => missingFrom(state).length === 0;
  const hasOwn = (state: State): boolean => state.entries.some((entry) => keyOf(entry) === ownKey);

  let state = await read();
  for (let writes = 1; !isComplete(state) && writes <= WRITES_MAX; writes += 1) {
    // Writers that collided must not collide again: a random wait before each further write, then a new read.
    if (writes > 1) {
      await clock.sleep((settleMs / 3) * (1 + 2 * random() * Math.min(writes - 1, 3)), options.signal);
      state = await read();
    }
    // The first state may be old: an upload or an outage may have come before the write.
    for (let readings = 1; readings < READINGS_MAX && isStale(state, options); readings += 1) state = await read();
    if (isComplete(state)) break;
    let before = state;
    const renew = async () => {
      before = await read();
      return draftOver(before);
    };
    const result = await options.write(draftOver(before), renew);
    if (result.kind === 'written') {
      unconfirmed = result.unconfirmed;
      for (const entry of result.unwritable ?? []) unwritable.add(keyOf(entry));
      if (result.unwritable !== undefined) warnings.push(dangling(options.tag, result.unwritable.length));
      options.onSettling?.();
      await clock.sleep(settleMs, options.signal);
    }
    state = await read();
    if (result.kind === 'precondition-failed' && state.digest === before.digest) {
      throw immutable(options.tag, result.error);
    }
    // The same state as before our write: the registry serves an old state, there is no other writer.
    if (!isComplete(state) && state.digest !== before.digest) wasOverwritten = true;
  }
  if (!hasOwn(state) && wasOverwritten) throw lost(options.tag);
  if (!hasOwn(state) && unconfirmed !== undefined) throw unconfirmed;
  if (!isComplete(state)) warnings.push(hasOwn(state) ? stillMissing(options.tag) : stillStale(options.tag));
  else if (wasOverwritten) warnings.push(raced(options.tag));
  return { digest: state.digest, warnings };
}

function immutable(tag: string, cause: RegistryError): RegistryError {
  return new RegistryError('REGISTRY_DENIED', `the registry refuses to overwrite ${tag}: ${cause.message}`, {
    cause,
    status: cause.status,
    specCodes: cause.specCodes,
    hint: immutableHint,
  });
}

function lost(tag: string): CodedError {
  return new CodedError('SIGNATURE_LOST', `other writers overwrote our entry under ${tag} ${WRITES_MAX} times`, {
    hint: 'Sign an image from one job at a time, then run this step again.',
  });
}

function raced(tag: string): string {
  return (
    `Another writer changed ${tag} at the same time; all entries have been restored. ` +
    'Sign an image from one job at a time.'
  );
}

function dangling(tag: string, count: number): string {
  return `${tag} listed ${count} manifest(s) that the registry no longer has; they were left out.`;
}

function stillMissing(tag: string): string {
  return `${tag} contains our entry, but another writer keeps dropping earlier entries.`;
}

function stillStale(tag: string): string {
  return `${tag} was written, but the registry still returns its old content; verifiers may not see the signature yet.`;
}
