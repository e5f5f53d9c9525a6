import type { Digest } from '../../domain/image/digest.ts';
import type { AttestationFacts, Refusal } from '../../domain/signature/facts.ts';
import { mapLimited } from '../map-limited.ts';
import type { Candidate } from '../ports.ts';
import type { Examination, ExamineOptions } from './examine-image.ts';

/** The outcome for one attestation. */
export type AttestationOutcome<T> = {
  /** Digest of the referrer manifest. */
  readonly digest: Digest;
  /** As reported by the examination. */
  readonly predicateType: string;
} & (
  | { readonly kind: 'proven'; readonly read: T }
  | Pick<Refusal, 'kind' | 'reason' | 'message'>
  /** It could not be fetched again or decided. Never treat this as "there is none". */
  | { readonly kind: 'failed'; readonly error: unknown }
);

export interface ProveOptions<T>
  extends Pick<ExamineOptions, 'call' | 'registry' | 'verifier' | 'repository' | 'digest' | 'slots'> {
  readonly wants: (predicateType: string) => boolean;
  /** Extracts what to keep of a proven attestation; its statement may have 16 MiB. */
  readonly read: (facts: AttestationFacts) => T;
}

/** Attestations proven in parallel. */
const PROVE_LIMIT = 8;

/**
 * Proves the attestations of an examination that have a wanted predicate type, in the order in which they were found.
 *
 * An examination names attestations but does not keep their bytes: anyone may attach a thousand of 16 MiB each, and few
 * gates need one. Each is therefore fetched again by its digest, with two requests, and judged within a slot of the
 * run. The digest guarantees that it is the same document.
 */
export async function proveAttestations<T>(
  options: ProveOptions<T>,
  examination: Examination,
): Promise<readonly AttestationOutcome<T>[]> {
  const named = examination.examined.flatMap(({ candidate: { digest }, verification }) =>
    verification.kind === 'not-a-signature' && verification.what === 'attestation'
      ? [{ digest, predicateType: verification.predicateType ?? '' }]
      : [],
  );
  const wanted = named.filter(({ predicateType }) => options.wants(predicateType));
  return mapLimited(wanted, { limit: PROVE_LIMIT }, (one) =>
    options.slots(async (): Promise<AttestationOutcome<T>> => {
      try {
        return { ...one, ...(await proveOne(options, await fetchAgain(options, examination, one.digest), one)) };
      } catch (error) {
        return { ...one, kind: 'failed', error };
      }
    }),
  );
}

async function proveOne<T>(
  options: ProveOptions<T>,
  candidate: Candidate,
  named: { readonly predicateType: string },
): Promise<Pick<Refusal, 'kind' | 'reason' | 'message'> | { readonly kind: 'proven'; readonly read: T }> {
  const verification = await options.verifier.verifyAttestation(options.call, candidate, options.digest);
  if (verification.kind === 'refused') {
    const { kind, reason, message } = verification;
    return { kind, reason, message };
  }
  const { facts } = verification;
  // It was chosen by a name that was cut, and read before its signature was checked.
  if (facts.statement.predicateType !== named.predicateType) {
    return {
      kind: 'refused',
      reason: 'SIGNATURE_INVALID',
      message: 'its predicate type is not the one it was named by',
    };
  }
  return { kind: 'proven', read: options.read(facts) };
}

async function fetchAgain<T>(options: ProveOptions<T>, examination: Examination, digest: Digest): Promise<Candidate> {
  const descriptor = examination.listed.find((one) => one.digest === digest);
  if (descriptor === undefined) throw new TypeError(`no listing names ${digest}`);
  // What the referrers tag asks for beyond the API, a subject, held when this digest was examined.
  const where = { repository: options.repository, subject: options.digest };
  const listed = { descriptor, place: 'referrers-api' } as const;
  const set = await options.registry.fetchReferrer(options.call, where, listed);
  const [candidate] = set.candidates;
  if (candidate !== undefined) return candidate;
  const [unreadable] = set.unreadable;
  throw unreadable?.error ?? new Error(unreadable?.message ?? 'the registry does not serve it any more');
}
