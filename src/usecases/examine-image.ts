import type { Descriptor } from '../domain/descriptor.ts';
import type { Digest } from '../domain/digest.ts';
import type { Facts, Verification } from '../domain/facts.ts';
import type { Repository } from '../domain/reference.ts';
import { mapLimited } from './map-limited.ts';
import type { Candidate, CandidateSet, Place, Registry, SignatureVerifier, UnreadableCandidate } from './ports.ts';

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
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  readonly repository: Repository;
  readonly digest: Digest;
  /** `any`, or only the places of one format. */
  readonly format: 'any' | 'bundle' | 'legacy';
  /** True for a signature that lets the image pass: then the referrers tag need not be read. */
  readonly accepts: (facts: Facts) => boolean;
}

/** Referrers of one image fetched at once; each is two requests in sequence. */
const FETCH_LIMIT = 8;
/** Signatures of one set verified between two turns of the event loop; each takes milliseconds of the processor. */
const VERIFY_LIMIT = 8;

/**
 * Looks in every place where a signature of this digest may lie and verifies each candidate: the
 * referrers API and the `.sig` tag at once, then the referrers tag unless something was accepted. What
 * one place answers never keeps another from being read, and what one candidate is never hides the next.
 */
export async function examineImage(options: ExamineOptions): Promise<Examination> {
  const { registry, repository, digest, format } = options;
  const legacy = format === 'bundle' ? undefined : examineSet(options, registry.fetchLegacy(repository, digest));
  // Awaited below; a rejection in the meantime is not "unhandled".
  legacy?.catch(() => {});
  const referrers = await examineListing(options, registry.listReferrers(repository, digest), new Set());
  const parts = legacy === undefined ? [referrers] : [referrers, await legacy];

  const accepted = parts.some((part) => part.examined.some((one) => isAccepted(one.verification, options.accepts)));
  if (!accepted) {
    // By the digests as listed: what a referrer holds may bear another, as the layers of cosign's oci-1-1 do.
    const seen = new Set<string>(referrers.listed.map((descriptor) => descriptor.digest));
    parts.push(await examineListing(options, registry.listReferrersTag(repository, digest), seen));
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
  options: Pick<ExamineOptions, 'verifier' | 'digest' | 'format'>,
  fetching: Promise<CandidateSet>,
): Promise<Examination> {
  const set = await fetching;
  const wanted = set.candidates.filter((one) => options.format === 'any' || one.format === options.format);
  const outcomes = await mapLimited(
    wanted,
    { limit: VERIFY_LIMIT },
    async (candidate): Promise<ExaminedSignature | UndecidedSignature> => {
      try {
        const verification = await options.verifier.verify(candidate, options.digest);
        return { candidate: forgetBytes(candidate, verification), verification };
      } catch (error) {
        // A trusted root that is missing for one signature must not hide another one, judged by another root.
        return { candidate, error };
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

/** Anybody may attach attestations of many megabytes: what does not count is not kept until the end of the run. */
function forgetBytes(candidate: Candidate, verification: Verification): Candidate {
  const isKept = verification.kind === 'verified' || candidate.format === 'legacy';
  return isKept ? candidate : { ...candidate, bundle: new Uint8Array() };
}

/** Fetches and verifies what one listing names, leaving out digests that were seen in another place. */
export async function examineListing(
  options: Pick<ExamineOptions, 'registry' | 'verifier' | 'repository' | 'digest' | 'format'>,
  listing: ReturnType<Registry['listReferrers']>,
  seen: ReadonlySet<string>,
): Promise<Examination> {
  const { place, descriptors } = await listing;
  const fresh = descriptors.filter((descriptor) => !seen.has(descriptor.digest));
  const parts = await mapLimited(fresh, { limit: FETCH_LIMIT }, (descriptor) =>
    examineSet(options, options.registry.fetchReferrer(options.repository, options.digest, descriptor, place.kind)),
  );
  return {
    examined: parts.flatMap((part) => part.examined),
    undecided: parts.flatMap((part) => part.undecided),
    unreadable: parts.flatMap((part) => part.unreadable),
    places: [place, ...parts.flatMap((part) => part.places)],
    listed: descriptors,
  };
}

function isAccepted(verification: Verification, accepts: (facts: Facts) => boolean): boolean {
  return verification.kind === 'verified' && accepts(verification.facts);
}
