import type { ExpectedIdentity } from '../domain/identity/expected-identity.ts';
import type { Descriptor } from '../domain/image/descriptor.ts';
import type { Digest } from '../domain/image/digest.ts';
import type { Repository } from '../domain/image/reference.ts';
import type { AttestationVerification, SignatureFormat, Verification } from '../domain/signature/facts.ts';
import type { CallContext } from './call-context.ts';

export type { Log } from '../domain/calls/call-limits.ts';
export type { Deadline } from './call-context.ts';
export type { ExpectedIdentity };

/**
 * Types only: what the use-cases need from the world. Adapters implement these; entries plug them in. Every method
 * that may take time gets its call first: adapters serve many calls and keep no signal, budget or log of any.
 */

export interface Clock {
  now(): Date;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

// ── registry ────────────────────────────────────────────────────────────────────────────────────

export interface FetchedManifest {
  /** Computed from the bytes; equal to the one asked for when asked by digest. */
  readonly digest: Digest;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A document of any type, of which nothing is checked but its digest. */
export interface FetchedDocument {
  /** Content-Type without parameters, lower case; '' if there is none. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** An opened upload session: proof that the registry lets us push here. */
export interface UploadSession {
  readonly repository: Repository;
  /** Adapter's own state. */
  readonly location: URL;
}

/** What one place answered when asked for signatures; shown in NO_SIGNATURE and the summary. */
export interface Place {
  readonly kind: 'referrers-api' | 'referrers-tag' | 'signature-tag';
  /** `GET /v2/acme/app/referrers/sha256:…` */
  readonly request: string;
  /** HTTP status, or a word such as `connect`. */
  readonly status: number | string;
  /**
   * listed: an answer with zero or more entries. absent: the place does not exist (404 and its
   * equivalents). failed: it could not be read, so nothing may be concluded from it.
   */
  readonly outcome: 'listed' | 'absent' | 'failed';
  readonly entries: number;
  readonly error: unknown;
}

export interface ReferrersListing {
  readonly place: Place;
  /** Each digest once, all that are listed: what is written again must hold every one. */
  readonly descriptors: readonly Descriptor[];
  /** Entries that name nothing that could be fetched; they hide none of the others. */
  readonly unreadable: readonly UnreadableCandidate[];
}

/** A signature as found, before any check of its cryptography. Bytes are already hashed and compared. */
export type Candidate =
  | {
      readonly format: 'bundle';
      /** Digest of the referrer manifest. */
      readonly digest: Digest;
      /** The bundle JSON exactly as stored. */
      readonly bundle: Uint8Array;
    }
  | {
      readonly format: 'legacy';
      /** Digest of the layer (the payload). */
      readonly digest: Digest;
      readonly payload: Uint8Array;
      readonly annotations: Readonly<Record<string, string>>;
    };

/** A referrer or layer that could not be read or is no signature container; listed with its reason, hides nothing. */
export interface UnreadableCandidate {
  /** A digest, or what stands for one: `entry 3` of a listing, `layer 2` of a `.sig` tag. */
  readonly digest: string;
  readonly place: Place['kind'];
  /** failed: an outage, so nothing may be concluded. malformed: other bytes or shape than promised. not-a-signature: another artifact. */
  readonly outcome: 'failed' | 'malformed' | 'not-a-signature';
  readonly artifactType: string | undefined;
  readonly message: string;
  /** What kept it from being read, where that is known: an outage and a denial have different words. */
  readonly error?: unknown;
}

export interface CandidateSet {
  readonly candidates: readonly Candidate[];
  readonly unreadable: readonly UnreadableCandidate[];
  readonly places: readonly Place[];
}

export interface AttachOutcome {
  /** Where the entry is listed now. */
  readonly listedBy: 'referrers-api' | 'referrers-tag' | 'both';
  /** Digest of the pushed referrer manifest. */
  readonly digest: Digest;
  /** Warnings for the user: a racing writer, an entry that had to be put back. */
  readonly warnings: readonly string[];
}

/** Called when a tag was written and only the settling time and a second look remain. */
export type OnSettling = () => void;

export interface LegacyLayer {
  readonly payload: Uint8Array;
  /** Layer annotations, keys sorted, as cosign writes them. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Where signatures of one digest lie. */
export interface SignatureAddress {
  readonly repository: Repository;
  readonly subject: Digest;
}

/**
 * Registries by the distribution-spec v1.1.1, with their quirks inside. Throws RegistryError
 * (IMAGE_NOT_FOUND, REGISTRY_DENIED, REGISTRY_UNAVAILABLE, REGISTRY_INVALID).
 */
export interface Registry {
  /** HEAD (GET where headers are missing) of a digest or tag; undefined = not there. The digest of a tag is computed or checked. */
  head(call: CallContext, repository: Repository, reference: Digest | string): Promise<Descriptor | undefined>;
  /** GET by digest (hashed) or tag; undefined = not there. */
  manifest(call: CallContext, repository: Repository, reference: Digest | string): Promise<FetchedManifest | undefined>;
  /**
   * GET by digest (hashed) of what an index lists as `mediaType`, a media type without parameters; undefined = not
   * there. Whatever type the registry answers with is returned, for the bytes to decide.
   */
  document(
    call: CallContext,
    repository: Repository,
    wanted: { readonly digest: Digest; readonly mediaType: string },
  ): Promise<FetchedDocument | undefined>;
  /**
   * Whether a signature of this digest could be stored here, as far as reading tells. What this run has read already
   * is not read again. Throws RegistryError for a shared tag that cannot be read or extended, and for a listing that
   * failed: attaching would end in the same error, but after the signature was logged in public.
   */
  checkPlace(call: CallContext, where: SignatureAddress, format: SignatureFormat): Promise<void>;
  /** POST of an upload session; REGISTRY_DENIED if pushing is not allowed. */
  openUpload(call: CallContext, repository: Repository): Promise<UploadSession>;
  /** DELETE of a session; best effort, never throws. */
  cancelUpload(call: CallContext, session: UploadSession): Promise<void>;
  /** PUT of one blob into a session. */
  upload(call: CallContext, session: UploadSession, bytes: Uint8Array): Promise<Descriptor>;
  /**
   * Attaches an artifact manifest to its subject: PUT by digest, then listed by the referrers API or,
   * without it, by the fallback tag, re-read until nothing is missing (distribution-spec v1.1.1, Referrers Tag Schema). `seen` are
   * descriptors listed before, which must still be listed afterwards.
   */
  attach(
    call: CallContext,
    where: SignatureAddress,
    what: { readonly manifest: Uint8Array; readonly seen: readonly Descriptor[]; readonly onSettling?: OnSettling },
  ): Promise<AttachOutcome>;
  /** Appends one layer to `sha256-<hex>.sig`, keeping every layer that is there, re-read until nothing is missing. */
  appendLegacy(
    call: CallContext,
    where: SignatureAddress,
    what: {
      readonly layer: LegacyLayer;
      readonly openSession: () => Promise<UploadSession>;
      readonly onSettling?: OnSettling;
    },
  ): Promise<{ readonly digest: Digest; readonly layerDigest: Digest; readonly warnings: readonly string[] }>;
  /** GET of the referrers API with paging; never throws for an answer, a failed place is a value. */
  listReferrers(call: CallContext, repository: Repository, subject: Digest): Promise<ReferrersListing>;
  /** GET of the fallback tag `sha256-<hex>`. */
  listReferrersTag(call: CallContext, repository: Repository, subject: Digest): Promise<ReferrersListing>;
  /** Manifest and bundle of one referrer; every byte hashed. */
  fetchReferrer(
    call: CallContext,
    where: SignatureAddress,
    listed: { readonly descriptor: Descriptor; readonly place: Place['kind'] },
  ): Promise<CandidateSet>;
  /** Manifest and payloads of the `.sig` tag. */
  fetchLegacy(call: CallContext, repository: Repository, subject: Digest): Promise<CandidateSet>;
}

// ── sigstore: verifying ─────────────────────────────────────────────────────────────────────────

export interface SignatureVerifier {
  /**
   * Verifies one candidate for this digest against exactly one trusted root, every check of contract
   * §3.4, no identity rule. Refusals are values; only what kept it from deciding (trusted root not to
   * be had: TRUST_ROOT_UNAVAILABLE) throws.
   */
  verify(call: CallContext, candidate: Candidate, subject: Digest): Promise<Verification>;
  /**
   * Proves what `verify` only names: an attestation of any predicate type about this digest, from a bundle or from a
   * layer that holds a DSSE envelope. The same checks; an image signature is refused. Throws as `verify` does.
   */
  verifyAttestation(call: CallContext, candidate: Candidate, subject: Digest): Promise<AttestationVerification>;
}

// ── sigstore: signing ───────────────────────────────────────────────────────────────────────────

export interface MadeSignature {
  readonly format: SignatureFormat;
  /** Bundle JSON; for legacy a bundle v0.3 of the message signature for the file in bundle-directory. */
  readonly bundle: Uint8Array;
  /** Legacy only. */
  readonly layer: LegacyLayer | undefined;
  readonly identity: ExpectedIdentity;
  readonly log: { readonly url: string; readonly index: number } | undefined;
  readonly signedAt: Date;
}

/**
 * One id-token, one key and one certificate for the whole run, renewed when they run out. Throws
 * SigstoreError (IDENTITY_TOKEN_UNAVAILABLE, CA_*, LOG_*, TSA_*, SELF_VERIFICATION_FAILED).
 */
export interface Signer {
  /** Asks for the id-token (once) and says what a certificate from it would say. */
  identity(call: CallContext): Promise<ExpectedIdentity>;
  /** Asks for the certificate (once, unless it ran out). */
  prepare(call: CallContext): Promise<void>;
  /**
   * Signs these bytes as a DSSE in-toto payload: log and timestamp in parallel, verified against the
   * trusted root before it is returned. `subject` is only used for that verification.
   */
  signStatement(call: CallContext, payload: Uint8Array, subject: Digest): Promise<MadeSignature>;
  /** Signs a simple-signing payload for the `.sig` tag; needs Rekor v1. */
  signLegacyPayload(call: CallContext, payload: Uint8Array, subject: Digest): Promise<MadeSignature>;
  /** Log entries made so far, for the error message of a run that fails later. */
  loggedEntries(): readonly { readonly url: string; readonly index: number }[];
}
