import { CodedError } from '../../coded-error.ts';
import type { Descriptor } from '../../domain/image/descriptor.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { BUNDLE_PREDICATE_ANNOTATION, LAYER_PREDICATE_ANNOTATION } from '../../domain/image/media-types.ts';
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
import type { OtherRoots, UndecidedSignature } from './other-roots.ts';
import type { AttestationReader, ExaminedAttestation } from './read-attestations.ts';

/** One candidate and the result of its verification against one trusted root. */
export interface ExaminedSignature {
  readonly candidate: Candidate;
  readonly verification: Verification;
  /** The trusted root, by its key in `otherRoots`; absent for that of the run. */
  readonly root?: string;
}

/** Everything found for one digest so far, from all places. */
export interface Examination {
  readonly examined: readonly ExaminedSignature[];
  /** Those that were judged; empty unless a reader was given. */
  readonly attestations: readonly ExaminedAttestation[];
  readonly undecided: readonly UndecidedSignature[];
  readonly unreadable: readonly UnreadableCandidate[];
  readonly places: readonly Place[];
  /** The descriptors of the referrers listings, as listed. */
  readonly listed: readonly Descriptor[];
}

/** Whether the findings are enough for a rule. Once `true`, the answer must stay true when more is found. */
export type IsEnough = (found: Examination) => boolean;

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
  /** Verifiers with other trusted roots, by a key for each root. Each tries every candidate too; results are kept apart. */
  readonly otherRoots?: OtherRoots | undefined;
  readonly repository: Repository;
  readonly digest: Digest;
  /** `any`: all places; otherwise only the places of one format. */
  readonly format: 'any' | 'bundle' | 'legacy';
  /** Limits how many referrers the whole run has in memory at once; see REFERRERS_IN_HAND. */
  readonly slots: Slots;
  /** Judges attestations while their bytes are in memory. Without it, they are only named, and the `.att` tag is not read. */
  readonly attestations?: AttestationReader | undefined;
}

/** Referrers of one image fetched in parallel; each takes two requests in sequence. */
const FETCH_LIMIT = 8;
/** Referrers that a run fetches and verifies in parallel, across all images: each may contain a bundle of 16 MiB. */
export const REFERRERS_IN_HAND = 32;
/** The same if attestations are wanted, each of up to 24 MiB: about 300 MB at once. */
export const ATTESTATIONS_IN_HAND = 12;
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
 * `.sig` tag in parallel, and the `.att` tag if attestations are wanted, then the referrers tag unless the findings are
 * enough. The answer of one place never prevents reading another, and no candidate hides the next. Nothing is read before
 * the first rule asks.
 */
export function createExamination(options: ExamineOptions): ImageExamination {
  const { call, registry, repository, digest } = options;
  const { signal } = call;
  const open = once(async () => {
    const legacy =
      options.format === 'bundle' ? undefined : examineSet(options, registry.fetchLegacy(call, repository, digest));
    // Awaited below; this prevents an "unhandled rejection" until then.
    legacy?.catch(() => {});
    const attached = options.format === 'bundle' ? undefined : examineAttestationTag(options);
    attached?.catch(() => {});
    const stored = options.format === 'legacy' ? undefined : examineStore(options);
    stored?.catch(() => {});
    return {
      legacy,
      attached,
      stored,
      api: await openListing(options, registry.listReferrers(call, repository, digest), new Set()),
    };
  });
  const openTag = once(async () => {
    const { api } = await open();
    // Compares the listed digests: the content of a referrer may have another digest, as the layers of cosign's oci-1-1
    // do. A referrer that was skipped in one place is read if the other place lists it with another type.
    const seen = new Set(api.found().read.map((descriptor) => descriptor.digest));
    return openListing(options, registry.listReferrersTag(call, repository, digest), seen);
  });
  /** The places that are always read: the referrers API and the tags of cosign. */
  let opening: readonly (() => Examination)[] | undefined;
  let tag: ListingExamination | undefined;
  const found = (): Examination =>
    join([...(opening ?? []), ...(tag === undefined ? [] : [tag.found])].map((part) => part()));

  const goOn = async (isEnough: IsEnough): Promise<Examination> => {
    signal.throwIfAborted();
    const { api, legacy, attached, stored } = await open();
    if (opening === undefined) {
      // Decided by the listing alone, so that reading its crowd does not wait for the `.sig` tag.
      if (!isEnough(api.found())) await api.readCrowd();
      const sets = [await legacy, await attached, await stored].filter((set) => set !== undefined);
      opening = [api.found, ...sets.map((set) => () => set)];
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
      if (isEnough(found())) break;
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
    attestations: known.flatMap((part) => part.attestations),
    undecided: known.flatMap((part) => part.undecided),
    unreadable: known.flatMap((part) => part.unreadable),
    places: known.flatMap((part) => part.places),
    listed: known.flatMap((part) => part.listed),
  };
}

/** Verifies one set of candidates that was already fetched. */
export async function examineSet(
  options: Pick<ExamineOptions, 'call' | 'verifier' | 'otherRoots' | 'digest' | 'format' | 'attestations'>,
  fetching: Promise<CandidateSet>,
): Promise<Examination> {
  const set = await fetching;
  const wanted = set.candidates.filter((one) => options.format === 'any' || one.format === options.format);
  const judged = await mapLimited(wanted, { limit: VERIFY_LIMIT }, (candidate) => examineCandidate(options, candidate));
  return {
    examined: judged.flatMap(({ examined }) => examined),
    attestations: judged.flatMap(({ attestations }) => attestations),
    undecided: judged.flatMap(({ undecided }) => undecided),
    unreadable: set.unreadable,
    places: set.places,
    listed: [],
  };
}

type Examined = Pick<Examination, 'examined' | 'attestations' | 'undecided'>;

/** Tries one candidate against each trusted root, and reads it if it is an attestation that is wanted. */
async function examineCandidate(
  { call, verifier, otherRoots, digest, attestations: reader }: Parameters<typeof examineSet>[0],
  candidate: Candidate,
): Promise<Examined> {
  const examined: ExaminedSignature[] = [];
  const undecided: UndecidedSignature[] = [];
  const roots: readonly (readonly [string | undefined, SignatureVerifier])[] = [
    [undefined, verifier],
    ...(otherRoots ?? []),
  ];
  const kept = forgetBytes(candidate);
  for (const [name, one] of roots) {
    const root = name === undefined ? {} : { root: name };
    try {
      examined.push({ candidate: kept, verification: await one.verify(call, candidate, digest), ...root });
    } catch (error) {
      // If the trusted root of one signature is not available, another signature may still verify with its own root.
      undecided.push({ error, ...root });
    }
  }
  const [first] = examined;
  if (reader === undefined || first === undefined) return { examined, undecided, attestations: [] };
  const { verification } = first;
  if (verification.kind !== 'not-a-signature' || verification.what !== 'attestation') {
    return { examined, undecided, attestations: [] };
  }
  const named = { subject: digest, predicateType: verification.predicateType };
  const read = await reader.read(candidate, named);
  return { examined, undecided: [...undecided, ...read.undecided], attestations: read.attestations };
}

/** Reads and judges the layers of the `.att` tag, which only contains attestations. Undefined without a reader. */
async function examineAttestationTag(options: ExamineOptions): Promise<Examination | undefined> {
  const { attestations: reader, call, registry, repository, digest } = options;
  if (reader === undefined) return undefined;
  const listing = await registry.listAttestationTag(call, repository, digest);
  const parts = await mapLimited(listing.layers, { limit: FETCH_LIMIT }, (layer) =>
    options.slots(async (): Promise<Examination> => {
      const { candidates, unreadable } = reader.admits()
        ? await registry.fetchAttestationLayer(call, repository, layer)
        : refuseMore(layer, listing.place);
      const [candidate] = candidates;
      const found = { ...NOTHING, unreadable };
      if (candidate === undefined) return found;
      const predicateType = layer.annotations?.[LAYER_PREDICATE_ANNOTATION];
      return { ...found, ...(await reader.read(candidate, { subject: digest, predicateType })) };
    }),
  );
  return join([{ ...NOTHING, unreadable: listing.unreadable, places: [listing.place] }, ...parts]);
}

/** Reads and judges the bundles in GitHub's store, if it is asked. Image signatures do not count there. */
async function examineStore(options: ExamineOptions): Promise<Examination | undefined> {
  const { attestations: reader, call, digest } = options;
  if (reader?.stored === undefined) return undefined;
  const { store, sources } = reader.stored;
  const each = await mapLimited(sources, { limit: FETCH_LIMIT }, async (source) => {
    const { place, bundles } = await store.list(call, source, digest);
    const parts = await mapLimited(bundles, { limit: FETCH_LIMIT }, (bundle) =>
      options.slots(() => {
        const refused = () => refuseMore({ digest: bundle.name, artifactType: undefined }, place);
        return examineSet(options, reader.admits() ? store.read(call, bundle) : Promise.resolve(refused()));
      }),
    );
    return { ...join([{ ...NOTHING, places: [place] }, ...parts]), examined: [] };
  });
  return join(each);
}

const NOTHING: Examination = {
  examined: [],
  attestations: [],
  undecided: [],
  unreadable: [],
  places: [],
  listed: [],
};

/** A referrer that is not fetched, because the run has read too many bytes of attestations. It proves nothing. */
function refuseMore(
  { digest, artifactType }: { readonly digest: string; readonly artifactType?: string | undefined },
  place: Place,
): CandidateSet {
  const error = new CodedError(
    'REGISTRY_INVALID',
    'the attestations of this run have too many bytes to read them all',
    {
      hint: 'Name fewer images per step, or delete attestations that are no longer needed.',
    },
  );
  const { message } = error;
  const unread = { digest, place: place.kind, outcome: 'failed', artifactType, message, error } as const;
  return { candidates: [], unreadable: [unread], places: [] };
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
  'call' | 'registry' | 'verifier' | 'otherRoots' | 'repository' | 'digest' | 'format' | 'slots' | 'attestations'
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
  const { attestations: reader } = options;
  const isLikely = ({ annotations }: Descriptor): boolean => {
    const predicateType = annotations?.[BUNDLE_PREDICATE_ANNOTATION];
    return predicateType !== undefined && reader?.wants(predicateType) === true;
  };
  const { first, crowd, beyond, never } = divide(fresh, isLikely);
  /** Without a reader of attestations, what is annotated as one is only listed, however many there are. */
  const counts = (one: Descriptor): boolean => reader !== undefined || !isAttestation(one);
  const where = { repository: options.repository, subject: options.digest };
  const read = (group: readonly Descriptor[]): Promise<Examination[]> =>
    mapLimited(group, { limit: FETCH_LIMIT }, (descriptor) =>
      options.slots(() => {
        const wants = reader === undefined ? {} : ({ wants: 'attestations' } as const);
        const listed = { descriptor, place: place.kind, ...wants };
        const fetching =
          reader?.admits() === false
            ? Promise.resolve(refuseMore(descriptor, place))
            : options.registry.fetchReferrer(options.call, where, listed);
        return examineSet(options, fetching);
      }),
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
        ...(isCrowdRead ? beyond : []).filter((one) => !counts(one)).map((one) => notRead(one, place, TOO_MANY)),
        ...skipped.map((one) => notRead(one, place, 'not examined')),
      ];
      const isCut = isCrowdRead && place.outcome !== 'failed' && beyond.some(counts);
      return {
        examined: parts.flatMap((part) => part.examined),
        attestations: parts.flatMap((part) => part.attestations),
        undecided: parts.flatMap((part) => part.undecided),
        unreadable,
        places: [
          isCut ? cutShort(place, [...first, ...crowd, ...beyond].filter(counts).length) : place,
          ...parts.flatMap((part) => part.places),
        ],
        listed: descriptors,
        read: isCrowdRead ? [...first, ...crowd] : first,
      };
    },
  };
}

/**
 * Splits a listing: likely signatures, likely attestations and a few more, the rest up to the limit, those beyond it, those
 * never read.
 */
function divide(descriptors: readonly Descriptor[], isLikelyAttestation: (descriptor: Descriptor) => boolean) {
  const ranked = (rank: ReferrerRank) => descriptors.filter((descriptor) => rankReferrer(descriptor) === rank);
  const unlikely = ranked('unlikely');
  const likely = [...ranked('certain'), ...ranked('likely'), ...unlikely.filter(isLikelyAttestation)];
  const toRead = [...likely, ...unlikely.filter((descriptor) => !isLikelyAttestation(descriptor))];
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
