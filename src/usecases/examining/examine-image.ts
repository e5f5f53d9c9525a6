import { CodedError } from '../../coded-error.ts';
import type { Descriptor } from '../../domain/image/descriptor.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import { type ReferrerRank, rankReferrer } from '../../domain/image/referrer-rank.ts';
import type { Verification } from '../../domain/signature/facts.ts';
import type { CallContext } from '../call-context.ts';
import { mapLimited } from '../map-limited.ts';
import type {
  Candidate,
  CandidateSet,
  Place,
  ReferrersListing,
  Registry,
  SignatureVerifier,
  UnreadableCandidate,
} from '../ports.ts';
import type { Slots } from '../slots.ts';

/** One candidate and what verifying it gave. */
export interface ExaminedSignature {
  readonly candidate: Candidate;
  readonly verification: Verification;
}

/** One candidate that could not be judged: what its verification needs, such as its trusted root, is not to be had. */
export interface UndecidedSignature {
  readonly error: unknown;
}

/** Everything that was found beside one digest up to now, wherever it lay. */
export interface Examination {
  readonly examined: readonly ExaminedSignature[];
  readonly undecided: readonly UndecidedSignature[];
  readonly unreadable: readonly UnreadableCandidate[];
  readonly places: readonly Place[];
  /** What the referrers listings named, as they named it. */
  readonly listed: readonly Descriptor[];
}

/** Whether what was found is enough for a rule. An answer `true` must stay true when more is found. */
export type IsEnough = (examined: readonly ExaminedSignature[]) => boolean;

/**
 * The examination of one digest, which goes on only as far as its rules need. Each place is read, each referrer fetched
 * and each candidate verified at most once, however many rules ask, and a place that failed stays failed.
 */
export interface ImageExamination {
  /**
   * Goes on from where the examination stopped until what was found is enough, or nothing is left to read. Requests
   * nothing if what is known is enough. Rules take turns in the order in which they ask, so what a rule sees depends on
   * the rules before it and never on which answer came first. Rejects with what a port threw; a later rule for which
   * what is known is not enough gets the same error.
   */
  until(isEnough: IsEnough): Promise<Examination>;
}

export interface ExamineOptions {
  /** After the end of its signal the examination reads no further place. */
  readonly call: CallContext;
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  readonly repository: Repository;
  readonly digest: Digest;
  /** `any`, or only the places of one format. */
  readonly format: 'any' | 'bundle' | 'legacy';
  /** Bounds what the whole run holds at once; see REFERRERS_IN_HAND. */
  readonly slots: Slots;
}

/** Referrers of one image fetched at once; each is two requests in sequence. */
const FETCH_LIMIT = 8;
/** Referrers that a run fetches and verifies at once, over all images: each may hold a bundle of 16 MiB. */
export const REFERRERS_IN_HAND = 32;
/** Referrers read of one listing; those that may be signatures and are beyond are reported, never passed over. */
const REFERRERS_MAX = 1000;
/** Referrers read in any case, so that what lies beside a signature is told of an ordinary image. */
const ALWAYS_READ = 16;
/** Signatures of one set verified between two turns of the event loop; each takes milliseconds of the processor. */
const VERIFY_LIMIT = 8;

/**
 * Looks in every place where a signature of this digest may lie and verifies each candidate: the referrers API and the
 * `.sig` tag at once, then the referrers tag unless what was found is enough. What one place answers never keeps
 * another from being read, and what one candidate is never hides the next. Nothing is read before the first rule asks.
 */
export function createExamination(options: ExamineOptions): ImageExamination {
  const { call, registry, repository, digest } = options;
  const { signal } = call;
  const open = once(async () => {
    const legacy =
      options.format === 'bundle' ? undefined : examineSet(options, registry.fetchLegacy(call, repository, digest));
    // Awaited below; a rejection in the meantime is not "unhandled".
    legacy?.catch(() => {});
    return { legacy, api: await openListing(options, registry.listReferrers(call, repository, digest), new Set()) };
  });
  const openTag = once(async () => {
    const { api } = await open();
    // By the digests as listed: what a referrer holds may bear another, as the layers of cosign's oci-1-1 do. What was
    // passed over in one place is read if the other calls it something else.
    const seen = new Set(api.found().read.map((descriptor) => descriptor.digest));
    return openListing(options, registry.listReferrersTag(call, repository, digest), seen);
  });
  /** What was read in any case: the referrers API and the `.sig` tag. */
  let opening: readonly (() => Examination)[] | undefined;
  let tag: ListingExamination | undefined;
  const found = (): Examination =>
    join([...(opening ?? []), ...(tag === undefined ? [] : [tag.found])].map((part) => part()));

  const goOn = async (isEnough: IsEnough): Promise<Examination> => {
    signal.throwIfAborted();
    const { api, legacy } = await open();
    if (opening === undefined) {
      // By the listing alone: its crowd does not wait for the `.sig` tag.
      if (!isEnough(api.found().examined)) await api.readCrowd();
      const set = await legacy;
      opening = [api.found, ...(set === undefined ? [] : [() => set])];
    }
    /** What is left to read, in order; each does its work once. */
    const steps = [
      api.readCrowd,
      async () => {
        tag = await openTag();
      },
      async () => tag?.readCrowd(),
    ];
    for (const step of steps) {
      if (isEnough(found().examined)) break;
      signal.throwIfAborted();
      await step();
    }
    return found();
  };
  let turn: Promise<unknown> = Promise.resolve();
  return {
    until: (isEnough) => {
      const going = turn.then(() => goOn(isEnough));
      turn = going.catch(() => {});
      return going;
    },
  };
}

/** Does the work at the first call; every call gets the outcome of that one, an error as well. */
function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let outcome: Promise<Result> | undefined;
  return () => {
    outcome ??= work();
    return outcome;
  };
}

function join(known: readonly Examination[]): Examination {
  return {
    examined: known.flatMap((part) => part.examined),
    undecided: known.flatMap((part) => part.undecided),
    unreadable: known.flatMap((part) => part.unreadable),
    places: known.flatMap((part) => part.places),
    listed: known.flatMap((part) => part.listed),
  };
}

/** Verifies one already fetched set of candidates. */
export async function examineSet(
  options: Pick<ExamineOptions, 'call' | 'verifier' | 'digest' | 'format'>,
  fetching: Promise<CandidateSet>,
): Promise<Examination> {
  const set = await fetching;
  const wanted = set.candidates.filter((one) => options.format === 'any' || one.format === options.format);
  const outcomes = await mapLimited(
    wanted,
    { limit: VERIFY_LIMIT },
    async (candidate): Promise<ExaminedSignature | UndecidedSignature> => {
      try {
        const verification = await options.verifier.verify(options.call, candidate, options.digest);
        return { candidate: forgetBytes(candidate), verification };
      } catch (error) {
        // A trusted root that is missing for one signature must not hide another one, judged by another root.
        return { error };
      }
    },
  );
  return {
    examined: outcomes.flatMap((one) => ('verification' in one ? [one] : [])),
    undecided: outcomes.flatMap((one) => ('verification' in one ? [] : [one])),
    unreadable: set.unreadable,
    places: set.places,
    listed: [],
  };
}

/** Anybody may attach many megabytes; once judged, nothing of them is needed until the end of the run. */
function forgetBytes(candidate: Candidate): Candidate {
  const none = new Uint8Array();
  return candidate.format === 'bundle'
    ? { ...candidate, bundle: none }
    : { ...candidate, payload: none, annotations: {} };
}

export interface ExaminedListing extends Examination {
  /** What of the listing was fetched. */
  readonly read: readonly Descriptor[];
}

export type ListingOptions = Pick<
  ExamineOptions,
  'call' | 'registry' | 'verifier' | 'repository' | 'digest' | 'format' | 'slots'
>;

/** Fetches and verifies what is most likely a signature of one listing, and not the crowd of other artifacts. */
export async function examineListing(
  options: ListingOptions,
  asking: Promise<ReferrersListing>,
  seen: ReadonlySet<string>,
): Promise<ExaminedListing> {
  return (await openListing(options, asking, seen)).found();
}

/** One listing, of which what is most likely a signature has been read. */
interface ListingExamination {
  /** Reads the crowd of other artifacts too. */
  readonly readCrowd: () => Promise<void>;
  readonly found: () => ExaminedListing;
}

/** Fetches and verifies what one listing names, leaving out digests that were seen in another place. */
async function openListing(
  options: ListingOptions,
  asking: Promise<ReferrersListing>,
  seen: ReadonlySet<string>,
): Promise<ListingExamination> {
  const listing = await asking;
  const { place, descriptors } = listing;
  const fresh = descriptors.filter((descriptor) => !seen.has(descriptor.digest));
  const { first, crowd, beyond, never } = divide(fresh);
  const where = { repository: options.repository, subject: options.digest };
  const read = (group: readonly Descriptor[]): Promise<Examination[]> =>
    mapLimited(group, { limit: FETCH_LIMIT }, (descriptor) =>
      options.slots(() =>
        examineSet(options, options.registry.fetchReferrer(options.call, where, { descriptor, place: place.kind })),
      ),
    );
  const parts = await read(first);
  let isCrowdRead = false;
  return {
    readCrowd: once(async () => {
      parts.push(...(await read(crowd)));
      isCrowdRead = true;
    }),
    found: () => {
      const skipped = isCrowdRead ? [] : [...crowd, ...beyond];
      const unreadable = [
        ...listing.unreadable,
        ...parts.flatMap((part) => part.unreadable),
        ...never.map((one) => notRead(one, place, 'listed as another artifact')),
        ...skipped.map((one) => notRead(one, place, 'not looked at')),
      ];
      const isCut = isCrowdRead && beyond.length > 0 && place.outcome !== 'failed';
      return {
        examined: parts.flatMap((part) => part.examined),
        undecided: parts.flatMap((part) => part.undecided),
        unreadable,
        places: [isCut ? cutShort(place, fresh.length - never.length) : place, ...parts.flatMap((part) => part.places)],
        listed: descriptors,
        read: isCrowdRead ? [...first, ...crowd] : first,
      };
    },
  };
}

/** The likely ones and a few more; the others up to the bound; what is beyond; what need not be read. */
function divide(descriptors: readonly Descriptor[]) {
  const ranked = (rank: ReferrerRank) => descriptors.filter((descriptor) => rankReferrer(descriptor) === rank);
  const likely = [...ranked('certain'), ...ranked('likely')];
  const toRead = [...likely, ...ranked('unlikely')];
  const firstEnd = Math.min(Math.max(likely.length, ALWAYS_READ), REFERRERS_MAX);
  return {
    first: toRead.slice(0, firstEnd),
    crowd: toRead.slice(firstEnd, REFERRERS_MAX),
    beyond: toRead.slice(REFERRERS_MAX),
    never: ranked('never'),
  };
}

function notRead({ digest, artifactType }: Descriptor, place: Place, message: string): UnreadableCandidate {
  return { digest, place: place.kind, outcome: 'not-a-signature', artifactType, message };
}

function cutShort(place: Place, count: number): Place {
  const error = new CodedError(
    'REGISTRY_INVALID',
    `it lists ${count} referrers that may be signatures; only ${REFERRERS_MAX} are read`,
    { hint: 'Delete what is attached to the image and not needed.' },
  );
  return { ...place, outcome: 'failed', error };
}
