import { CodedError } from '../../coded-error.ts';
import type { Descriptor } from '../../domain/image/descriptor.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import { claimOf, type ReferrerRank, rankReferrer } from '../../domain/image/referrer-rank.ts';
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

/** One candidate and the result of its verification. */
export interface ExaminedSignature {
  readonly candidate: Candidate;
  readonly verification: Verification;
}

/** One candidate that could not be judged, for example because its trusted root is not available. */
export interface UndecidedSignature {
  readonly error: unknown;
}

/** Everything found for one digest so far, from all places. */
export interface Examination {
  readonly examined: readonly ExaminedSignature[];
  readonly undecided: readonly UndecidedSignature[];
  readonly unreadable: readonly UnreadableCandidate[];
  readonly places: readonly Place[];
  /** The descriptors of the referrers listings, as listed. */
  readonly listed: readonly Descriptor[];
}

/** Whether the findings are enough for a rule. Once `true`, the answer must stay true when more is found. */
export type IsEnough = (examined: readonly ExaminedSignature[]) => boolean;

/**
 * The examination of one digest. It continues only until its rules have enough. It reads each place, fetches each
 * referrer and verifies each candidate at most once, no matter how many rules ask. A failed place stays failed.
 */
export interface ImageExamination {
  /**
   * Continues where the examination stopped, until the findings are enough or nothing is left to read. Sends no request
   * if the known findings are enough. Rules take turns in the order in which they ask, so a rule sees the results of
   * earlier rules, and the order of responses never matters. Rejects with the error of a port; a later rule that needs
   * more than the known findings gets the same error.
   */
  until(isEnough: IsEnough): Promise<Examination>;
}

export interface ExamineOptions {
  /** Once its signal has aborted, the examination reads no further place. */
  readonly call: CallContext;
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  readonly repository: Repository;
  readonly digest: Digest;
  /** `any`: all places; otherwise only the places of one format. */
  readonly format: 'any' | 'bundle' | 'legacy';
  /** Limits how many referrers the whole run has in memory at once; see REFERRERS_IN_HAND. */
  readonly slots: Slots;
}

/** Referrers of one image fetched in parallel; each takes two requests in sequence. */
const FETCH_LIMIT = 8;
/** Referrers that a run fetches and verifies in parallel, across all images: each may contain a bundle of 16 MiB. */
export const REFERRERS_IN_HAND = 32;
/**
 * Referrers read per listing, likely signatures first. Possible signatures beyond this limit make the place failed; they
 * are never ignored. Those that are annotated as attestations are only listed.
 */
const REFERRERS_MAX = 1000;
/** Referrers always read, so that the report for an ordinary image also names the other attached artifacts. */
const ALWAYS_READ = 16;
/** Signatures of one set verified between two turns of the event loop; each takes milliseconds of CPU time. */
const VERIFY_LIMIT = 8;

/**
 * Reads every place that may contain a signature of this digest and verifies each candidate: the referrers API and the
 * `.sig` tag in parallel, then the referrers tag unless the findings are enough. The answer of one place never prevents
 * reading another, and no candidate hides the next. Nothing is read before the first rule asks.
 */
export function createExamination(options: ExamineOptions): ImageExamination {
  const { call, registry, repository, digest } = options;
  const { signal } = call;
  const open = once(async () => {
    const legacy =
      options.format === 'bundle' ? undefined : examineSet(options, registry.fetchLegacy(call, repository, digest));
    // Awaited below; this prevents an "unhandled rejection" until then.
    legacy?.catch(() => {});
    return { legacy, api: await openListing(options, registry.listReferrers(call, repository, digest), new Set()) };
  });
  const openTag = once(async () => {
    const { api } = await open();
    // Compares the listed digests: the content of a referrer may have another digest, as the layers of cosign's oci-1-1
    // do. A referrer that was skipped in one place is read if the other place lists it with another type.
    const seen = new Set(api.found().read.map((descriptor) => descriptor.digest));
    return openListing(options, registry.listReferrersTag(call, repository, digest), seen);
  });
  /** The places that are always read: the referrers API and the `.sig` tag. */
  let opening: readonly (() => Examination)[] | undefined;
  let tag: ListingExamination | undefined;
  const found = (): Examination =>
    join([...(opening ?? []), ...(tag === undefined ? [] : [tag.found])].map((part) => part()));

  const goOn = async (isEnough: IsEnough): Promise<Examination> => {
    signal.throwIfAborted();
    const { api, legacy } = await open();
    if (opening === undefined) {
      // Decided by the listing alone, so that reading its crowd does not wait for the `.sig` tag.
      if (!isEnough(api.found().examined)) await api.readCrowd();
      const set = await legacy;
      opening = [api.found, ...(set === undefined ? [] : [() => set])];
    }
    /** The remaining reads, in order; each does its work once. */
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

/** Does the work on the first call; every call gets that outcome, including an error. */
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

/** Verifies one set of candidates that was already fetched. */
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
        // If the trusted root of one signature is not available, another signature may still verify with its own root.
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

/** Anyone may attach many megabytes. Once judged, the bytes are no longer needed and must not stay in memory. */
function forgetBytes(candidate: Candidate): Candidate {
  const none = new Uint8Array();
  return candidate.format === 'bundle'
    ? { ...candidate, bundle: none }
    : { ...candidate, payload: none, annotations: {} };
}

export interface ExaminedListing extends Examination {
  /** The descriptors of the listing that were fetched. */
  readonly read: readonly Descriptor[];
}

export type ListingOptions = Pick<
  ExamineOptions,
  'call' | 'registry' | 'verifier' | 'repository' | 'digest' | 'format' | 'slots'
>;

/** Fetches and verifies the likely signatures of one listing, without the crowd of other artifacts. */
export async function examineListing(
  options: ListingOptions,
  asking: Promise<ReferrersListing>,
  seen: ReadonlySet<string>,
): Promise<ExaminedListing> {
  return (await openListing(options, asking, seen)).found();
}

/** One listing, whose likely signatures have been read. */
interface ListingExamination {
  /** Also reads the crowd of other artifacts. */
  readonly readCrowd: () => Promise<void>;
  readonly found: () => ExaminedListing;
}

/** Fetches and verifies the likely signatures of one listing, except digests that were read in another place. */
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
        ...never.map((one) => notRead(one, place, 'listed as another kind of artifact')),
        ...(isCrowdRead ? beyond : []).filter(isAttestation).map((one) => notRead(one, place, TOO_MANY)),
        ...skipped.map((one) => notRead(one, place, 'not examined')),
      ];
      const isCut = isCrowdRead && place.outcome !== 'failed' && !beyond.every(isAttestation);
      return {
        examined: parts.flatMap((part) => part.examined),
        undecided: parts.flatMap((part) => part.undecided),
        unreadable,
        places: [
          isCut ? cutShort(place, [...first, ...crowd, ...beyond].filter((one) => !isAttestation(one)).length) : place,
          ...parts.flatMap((part) => part.places),
        ],
        listed: descriptors,
        read: isCrowdRead ? [...first, ...crowd] : first,
      };
    },
  };
}

/** Splits a listing: likely signatures and a few more, the rest up to the limit, those beyond it, those never read. */
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

const TOO_MANY = `not examined, because only ${REFERRERS_MAX} are`;

/** True for a bundle that is annotated as an attestation. A type alone proves less: registries list wrong ones. */
function isAttestation(descriptor: Descriptor): boolean {
  const claim = claimOf(descriptor);
  return claim.kind === 'other' && claim.predicateType !== undefined;
}

function notRead({ digest, artifactType }: Descriptor, place: Place, message: string): UnreadableCandidate {
  return { digest, place: place.kind, outcome: 'not-a-signature', artifactType, message };
}

function cutShort(place: Place, count: number): Place {
  const error = new CodedError(
    'REGISTRY_INVALID',
    `it lists ${count} referrers that may be signatures; only ${REFERRERS_MAX} are read`,
    { hint: 'Delete attached artifacts that are no longer needed.' },
  );
  return { ...place, outcome: 'failed', error };
}
