import { type AttestationRequirement, evaluateAttestation } from '../../domain/attestation/evaluate-attestation.ts';
import { type Evaluation, needTimestamp } from '../../domain/identity/evaluation.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { ProvenFacts, Refusal, SignatureFormat } from '../../domain/signature/facts.ts';
import type { CallContext } from '../call-context.ts';
import type { AttestationStore, Candidate, Clock, SignatureVerifier } from '../ports.ts';
import { createSlots } from '../slots.ts';
import type { OtherRoots, UndecidedSignature } from './other-roots.ts';

/** `buildkit`: an unsigned statement, for which the signature of its index stands. */
export type AttestationFormat = SignatureFormat | 'buildkit';

/** One attestation, and what each requirement says about it. Its statement is not kept: it may have 16 MiB. */
export interface ExaminedAttestation {
  readonly format: AttestationFormat;
  /** Digest of the referrer manifest, or of the layer of the `.att` tag or BuildKit's manifest. */
  readonly digest: Digest;
  /** From the signed statement if it is proven, otherwise only as it was named. */
  readonly predicateType: string;
  /** The trusted root that it was tried against, as in ExaminedSignature. */
  readonly root?: string;
  readonly verification:
    | {
        readonly kind: 'verified';
        readonly facts: ProvenFacts;
        /** One for each requirement, in their order; undefined where the requirement asks for another type. */
        readonly evaluations: readonly (Evaluation | undefined)[];
        /** The file with the statement; undefined unless a requirement accepts it. */
        readonly statementPath: string | undefined;
      }
    | Refusal;
}

/** Proves and judges attestations while their bytes are in memory. */
export interface AttestationReader {
  /** True if a requirement accepts this type. */
  readonly wants: (predicateType: string) => boolean;
  /** False once the run has read as many bytes of attestations as it may. */
  readonly admits: () => boolean;
  /** Counts bytes that were read elsewhere. */
  readonly spend: (bytes: number) => void;
  /** Undefined if only the registry is asked. */
  readonly stored: StoredAttestations | undefined;
  /**
   * One result for each trusted root that a requirement for this type names. None for a bundle of a type that no requirement
   * asks for, which is named and not proven. Undecided if nothing can be decided, for example because a trusted root is not
   * available.
   */
  read(candidate: Candidate, named: NamedAttestation): Promise<ReadAttestations>;
}

/** What was read of one candidate. */
interface ReadAttestations {
  readonly attestations: readonly ExaminedAttestation[];
  readonly undecided: readonly UndecidedSignature[];
}

/** GitHub's attestation store, and the repositories (`owner/name`) whose part of it is asked. */
export interface StoredAttestations {
  readonly store: AttestationStore;
  readonly sources: readonly string[];
}

interface NamedAttestation {
  readonly subject: Digest;
  /** From a bundle's payload, or the annotation of a layer, which proves nothing. */
  readonly predicateType: string | undefined;
}

/** A requirement, and what its policy asks for besides. */
export interface RootedRequirement extends AttestationRequirement {
  /** The key of its trusted root in `otherRoots`; absent for that of the run. */
  readonly root?: string;
  /** True if a timestamp of the trusted root must be among the proofs. */
  readonly requireTimestamp?: boolean;
}

export interface ReaderOptions {
  readonly requirements: readonly RootedRequirement[];
  readonly call: CallContext;
  readonly verifier: SignatureVerifier;
  readonly otherRoots?: OtherRoots | undefined;
  readonly clock: Pick<Clock, 'now'>;
  /** Stores the statement of an accepted attestation, and returns the path of the file. */
  readonly keepStatement: (statement: Uint8Array) => Promise<string>;
  readonly stored: StoredAttestations | undefined;
  /** In bytes; default BYTES_MAX. */
  readonly maxBytes?: number;
}

/** Bytes of attestations that one run reads: 100 images with 20 large SBOMs each. */
const BYTES_MAX = 4 * 1024 * 1024 * 1024;
/** Larger attestations are parsed one at a time, because parsed JSON needs several times its bytes. */
const SMALL_BYTES = 1024 * 1024;

export function createAttestationReader(options: ReaderOptions): AttestationReader {
  const { requirements, maxBytes = BYTES_MAX } = options;
  const wants = (predicateType: string): boolean => requirements.some(({ type }) => type.accepts(predicateType));
  const oneAtATime = createSlots(1);
  let bytes = 0;
  return {
    wants,
    stored: options.stored,
    admits: () => bytes < maxBytes,
    spend: (more) => {
      bytes += more;
    },
    read(candidate, named) {
      const content = candidate.format === 'bundle' ? candidate.bundle : candidate.payload;
      bytes += content.byteLength;
      if (candidate.format === 'bundle' && !wants(named.predicateType ?? '')) {
        return Promise.resolve({ attestations: [], undecided: [] });
      }
      const work = () => readByEachRoot(options, candidate, named);
      return content.byteLength > SMALL_BYTES ? oneAtATime(work) : work();
    },
  };
}

async function readByEachRoot(
  options: ReaderOptions,
  candidate: Candidate,
  named: NamedAttestation,
): Promise<ReadAttestations> {
  const attestations: ExaminedAttestation[] = [];
  const undecided: UndecidedSignature[] = [];
  for (const root of new Set(options.requirements.map((requirement) => requirement.root))) {
    const tag = root === undefined ? {} : { root };
    try {
      attestations.push({ ...(await readOne(options, candidate, { ...named, root })), ...tag });
    } catch (error) {
      undecided.push({ error, ...tag });
    }
  }
  return { attestations, undecided };
}

async function readOne(
  { requirements, call, verifier: ofRun, otherRoots, clock, keepStatement }: ReaderOptions,
  candidate: Candidate,
  { subject, predicateType: named, root }: NamedAttestation & { readonly root: string | undefined },
): Promise<ExaminedAttestation> {
  const { format, digest } = candidate;
  const verifier = root === undefined ? ofRun : otherRoots?.get(root);
  if (verifier === undefined) throw new TypeError('a requirement names a trusted root that is not there');
  const verification = await verifier.verifyAttestation(call, candidate, subject);
  if (verification.kind === 'refused') {
    return { format, digest, predicateType: named ?? 'unknown', verification };
  }
  const { statement, ...facts } = verification.facts;
  const { predicateType, predicate } = statement;
  const now = clock.now();
  const evaluations = requirements.map((requirement) => {
    if (requirement.root !== root || !requirement.type.accepts(predicateType)) return undefined;
    const evaluation = evaluateAttestation({ ...facts, statement: { predicateType, predicate } }, requirement, now);
    return requirement.requireTimestamp === true ? needTimestamp(evaluation, facts) : evaluation;
  });
  const isAccepted = evaluations.some((evaluation) => evaluation?.kind === 'accepted');
  const statementPath = isAccepted ? await keepStatement(statement.payload) : undefined;
  return { format, digest, predicateType, verification: { kind: 'verified', facts, evaluations, statementPath } };
}
