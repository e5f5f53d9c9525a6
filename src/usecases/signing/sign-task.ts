import type { CodedError } from '../../coded-error.ts';
import type { Descriptor } from '../../domain/image/descriptor.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { SignatureRepositories } from '../../domain/image/signature-repositories.ts';
import type { ProvenFacts, SignatureFormat } from '../../domain/signature/facts.ts';
import type { CallContext } from '../call-context.ts';
import type { RequestedImage, ResolvedImage } from '../examining/resolve-images.ts';
import type {
  Candidate,
  Clock,
  MadeSignature,
  Registry,
  SignatureVerifier,
  Signer,
  StoredAttestation,
  WritePlace,
} from '../ports.ts';
import type { AttestationsRequest } from './attestations-request.ts';

export interface SignOptions {
  readonly images: readonly RequestedImage[];
  readonly format: 'bundle' | 'legacy' | 'both';
  readonly recursive: boolean;
  readonly annotations: Readonly<Record<string, string>>;
  readonly ifSigned: 'skip' | 'sign';
  /** False: sign and log, but write nothing to the registry. */
  readonly upload: boolean;
  readonly concurrency: number;
  readonly signatureRepositories: SignatureRepositories;
  readonly notFoundHint: string;
  /** Attestations to write beside the signatures, or instead of them. */
  readonly attestations?: AttestationsRequest | undefined;
}

export interface SignPorts {
  readonly registry: Registry;
  readonly signer: Signer;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
}

/** The ports as one call uses them. */
export type SignCall = SignPorts & { readonly call: CallContext };

/** What an attestation says. All images that it is written for share it. */
export interface PlannedAttestation {
  readonly predicateType: string;
  /** Equal for equal predicates of one type. */
  readonly key: string;
  /** Of the predicate, in bytes. */
  readonly size: number;
  /** The predicate as parsed JSON. */
  readonly predicate: () => unknown;
  /** The statement to sign for one digest in one repository. */
  readonly statement: (image: { readonly repository: Repository; readonly digest: Digest }) => Uint8Array;
}

/** One thing to sign: an image or one of its platforms, in one format. */
export interface SignTask {
  readonly image: ResolvedImage;
  readonly digest: Digest;
  /** Media type and size as reported by the repository itself, not as claimed by an index about its children. */
  readonly subject: Descriptor;
  /** `linux/arm64`; undefined for the image itself. */
  readonly platform: string | undefined;
  readonly format: SignatureFormat;
  /** The repository for its signature. */
  readonly store: Repository;
  /** What it says; undefined for an image signature. */
  readonly attestation: PlannedAttestation | undefined;
}

/** A signature or attestation that was there before, and says what this run would say. */
export interface FoundBefore {
  readonly candidate: Pick<Candidate, 'format' | 'digest'>;
  readonly facts: ProvenFacts & { readonly annotations: Readonly<Record<string, string>> };
  /** The bundle, only of an attestation that GitHub's store is to get. */
  readonly bundle?: Uint8Array | undefined;
}

export type TaskOutcome =
  | {
      readonly kind: 'present';
      readonly task: SignTask;
      readonly own: FoundBefore;
      /** Its entry in GitHub's store, if this run added it. */
      readonly github?: StoredAttestation;
    }
  | {
      readonly kind: 'signed';
      readonly task: SignTask;
      readonly made: MadeSignature;
      /** Digest of the referrer manifest or the layer; undefined with `upload: false`. */
      readonly storedAs: Digest | undefined;
      readonly warnings: readonly string[];
      readonly github?: StoredAttestation;
    }
  | {
      readonly kind: 'failed';
      readonly task: SignTask;
      readonly error: CodedError;
      /** The signature, if it was made and logged but not stored. */
      readonly made: MadeSignature | undefined;
    };

/** A task that is still to be done. */
export type OpenTask = {
  readonly kind: 'open';
  readonly task: SignTask;
  /** The previously listed referrers, which must still be listed afterwards. */
  readonly before: readonly Descriptor[];
};

/** Where a task's signature or attestation is stored. */
export function placeOf({ format, attestation }: Pick<SignTask, 'format' | 'attestation'>): WritePlace {
  return format === 'legacy' && attestation !== undefined ? 'attestation-tag' : format;
}

/** The signature formats to write. */
export function formatsOf(format: SignOptions['format']): readonly SignatureFormat[] {
  return format === 'both' ? ['bundle', 'legacy'] : [format];
}
