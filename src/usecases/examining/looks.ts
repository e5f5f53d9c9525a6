import type { Digest } from '../../domain/image/digest.ts';
import { formatPinned, type Repository } from '../../domain/image/reference.ts';
import { type SignatureRepositories, signatureRepositoryOf } from '../../domain/image/signature-repositories.ts';
import type { CallContext } from '../call-context.ts';
import type { Clock, Registry, SignatureVerifier } from '../ports.ts';
import { createSlots, type Slots } from '../slots.ts';
import { ATTESTATIONS_IN_HAND, createExamination, type ImageExamination, REFERRERS_IN_HAND } from './examine-image.ts';
import type { OtherRoots } from './other-roots.ts';
import type { AttestationReader } from './read-attestations.ts';

/** One look at a digest. Registries may show writes late, so a later look may find more (`wait-for`). */
export interface Look {
  /** The repository that is searched for signatures. */
  readonly store: Repository;
  readonly examination: ImageExamination;
  /**
   * The next look: a fresh examination after a pause. All rules share that one pause and look. Undefined if no time is
   * left, or if `isThere` says that there is no image to wait for.
   */
  next(isThere: Promise<boolean>): Promise<Look | undefined>;
}

/**
 * The first look at a digest of a repository, shared by all names and rules that lead to it. `store`: the repository that is
 * searched, if a rule names one; otherwise `signatureRepositories` says which.
 */
export type FirstLook = (repository: Repository, digest: Digest, store?: Repository) => Look;

export interface LookOptions {
  readonly format: 'any' | 'bundle' | 'legacy';
  /** How long to wait for a first signature to appear, counted from the first look. */
  readonly waitForMs: number;
  readonly signatureRepositories: SignatureRepositories;
  /** Judges attestations of every examination; all rules that share the looks share it. */
  readonly attestations?: AttestationReader | undefined;
  /** Other trusted roots that every candidate is tried against. */
  readonly otherRoots?: OtherRoots | undefined;
  /** Limits how many referrers are in memory. A server gives those of the process. Default: those of the run. */
  readonly slots?: Slots | undefined;
}

export interface LookPorts {
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
  readonly call: CallContext;
}

/** First pause of `wait-for`; doubles up to WAIT_MAX_MS. */
const WAIT_FIRST_MS = 1000;
const WAIT_MAX_MS = 8000;

/**
 * Remembers the looks at each digest of a store for one run. Every rule starts with the first look and continues to the
 * next only while it finds no signature, so that a later look that fails never hides the findings of an earlier one.
 */
export function createLooks(options: LookOptions, ports: LookPorts): FirstLook {
  const known = new Map<string, Look>();
  const { format, attestations, otherRoots } = options;
  const slots = options.slots ?? createSlots(attestations === undefined ? REFERRERS_IN_HAND : ATTESTATIONS_IN_HAND);
  return (repository, digest, named) => {
    const store = named ?? signatureRepositoryOf(options.signatureRepositories, repository);
    const name = formatPinned(store, digest);
    const first = known.get(name);
    if (first !== undefined) return first;
    const end = ports.clock.now().getTime() + options.waitForMs;
    const look = (pauseMs: number): Look => {
      let following: Promise<Look> | undefined;
      const wait = async (leftMs: number): Promise<Look> => {
        const waitMs = Math.min(pauseMs, leftMs);
        ports.call.log.info(`waiting ${Math.ceil(waitMs / 1000)} s for a signature of ${name} to appear (wait-for)`);
        await ports.clock.sleep(waitMs, ports.call.signal);
        return look(Math.min(pauseMs * 2, WAIT_MAX_MS));
      };
      return {
        store,
        examination: createExamination({
          ...ports,
          format,
          repository: store,
          digest,
          slots,
          attestations,
          otherRoots,
        }),
        next: async (isThere) => {
          const leftMs = end - ports.clock.now().getTime();
          if (following === undefined && leftMs <= 0) return undefined;
          if (!(await isThere)) return undefined;
          following ??= wait(leftMs);
          return following;
        },
      };
    };
    const made = look(WAIT_FIRST_MS);
    known.set(name, made);
    return made;
  };
}
