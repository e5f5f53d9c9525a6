import { CodedError } from '../../coded-error.ts';
import type { Descriptor } from '../../domain/image/descriptor.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import { type ReferrerRank, rankReferrer } from '../../domain/image/referrer-rank.ts';
import type { Facts, Verification } from '../../domain/signature/facts.ts';
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
  readonly candidate: Candidate;
  readonly error: unknown;
}

/** Everything that was found beside one digest, wherever it lay. */
export interface Examination {
  readonly examined: readonly ExaminedSignature[];
  readonly undecided: readonly UndecidedSignature[];
  readonly unreadable: readonly UnreadableCandidate[];
  readonly places: readonly Place[];
  /** What the referrers listings named, as they named it. */
  readonly listed: readonly Descriptor[];
}

export interface ExamineOptions {
  readonly call: CallContext;
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  readonly repository: Repository;
  readonly digest: Digest;
  /** `any`, or only the places of one format. */
  readonly format: 'any' | 'bundle' | 'legacy';
  /** True for a signature that lets the image pass: then the referrers tag and the crowd need not be read. */
  readonly accepts: (facts: Facts) => boolean;
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
 * Looks in every place where a signature of this digest may lie and verifies each candidate: the
 * referrers API and the `.sig` tag at once, then the referrers tag unless something was accepted. What
 * one place answers never keeps another from being read, and what one candidate is never hides the next.
 */
export async function examineImage(options: ExamineOptions): Promise<Examination> {
  const { call, registry, repository, digest, format } = options;
  const legacy = format === 'bundle' ? undefined : examineSet(options, registry.fetchLegacy(call, repository, digest));
  // Awaited below; a rejection in the meantime is not "unhandled".
  legacy?.catch(() => {});
  const referrers = await examineListing(options, registry.listReferrers(call, repository, digest), new Set());
  const parts = legacy === undefined ? [referrers] : [referrers, await legacy];

  const accepted = parts.some((part) => part.examined.some((one) => isAccepted(one.verification, options.accepts)));
  if (!accepted) {
    // By the digests as listed: what a referrer holds may bear another, as the layers of cosign's oci-1-1 do. What was
    // passed over in one place is read if the other calls it something else.
    const seen = new Set<string>(referrers.read.map((descriptor) => descriptor.digest));
    parts.push(await examineListing(options, registry.listReferrersTag(call, repository, digest), seen));
  }
  return {
    examined: parts.flatMap((part) => part.examined),
    undecided: parts.flatMap((part) => part.undecided),
    unreadable: parts.flatMap((part) => part.unreadable),
    places: parts.flatMap((part) => part.places),
    listed: parts.flatMap((part) => part.listed),
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
        return { candidate: forgetBytes(candidate), error };
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
> & {
  /** Without it the crowd is not read. */
  readonly accepts?: ExamineOptions['accepts'];
};

/**
 * Fetches and verifies what one listing names, leaving out digests that were seen in another place. What is most
 * likely a signature is read first, and a crowd of other artifacts only if none of those is accepted.
 */
export async function examineListing(
  options: ListingOptions,
  asking: Promise<ReferrersListing>,
  seen: ReadonlySet<string>,
): Promise<ExaminedListing> {
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
  const { accepts } = options;
  const isEnough =
    accepts === undefined || parts.some((part) => part.examined.some((one) => isAccepted(one.verification, accepts)));
  if (!isEnough) parts.push(...(await read(crowd)));
  const skipped = isEnough ? [...crowd, ...beyond] : [];
  const unreadable = [
    ...listing.unreadable,
    ...parts.flatMap((part) => part.unreadable),
    ...never.map((one) => notRead(one, place, 'listed as another artifact')),
    ...skipped.map((one) => notRead(one, place, 'not looked at')),
  ];
  const isCut = !isEnough && beyond.length > 0 && place.outcome !== 'failed';
  return {
    examined: parts.flatMap((part) => part.examined),
    undecided: parts.flatMap((part) => part.undecided),
    unreadable,
    places: [isCut ? cutShort(place, fresh.length - never.length) : place, ...parts.flatMap((part) => part.places)],
    listed: descriptors,
    read: isEnough ? first : [...first, ...crowd],
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

function isAccepted(verification: Verification, accepts: (facts: Facts) => boolean): boolean {
  return verification.kind === 'verified' && accepts(verification.facts);
}
