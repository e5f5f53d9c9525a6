import type { CodedError } from '../../coded-error.ts';
import type { Descriptor } from '../../domain/image/descriptor.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { SignatureRepositories } from '../../domain/image/signature-repositories.ts';
import type { SignatureFormat } from '../../domain/signature/facts.ts';
import type { CallContext } from '../call-context.ts';
import type { RequestedImage, ResolvedImage } from '../examining/resolve-images.ts';
import type { Clock, MadeSignature, Registry, SignatureVerifier, Signer } from '../ports.ts';
import type { OwnSignature } from './find-own-signature.ts';

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
}

export interface SignPorts {
  readonly registry: Registry;
  readonly signer: Signer;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
}

/** The ports as one call uses them. */
export type SignCall = SignPorts & { readonly call: CallContext };

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
}

export type TaskOutcome =
  | { readonly kind: 'present'; readonly task: SignTask; readonly own: NonNullable<OwnSignature['found']> }
  | {
      readonly kind: 'signed';
      readonly task: SignTask;
      readonly made: MadeSignature;
      /** Digest of the referrer manifest or the layer; undefined with `upload: false`. */
      readonly storedAs: Digest | undefined;
      readonly warnings: readonly string[];
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

/** The signature formats to write. */
export function formatsOf(format: SignOptions['format']): readonly SignatureFormat[] {
  return format === 'both' ? ['bundle', 'legacy'] : [format];
}
