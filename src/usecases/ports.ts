import type { CodedError } from '../coded-error.ts';
import type { ExpectedIdentity } from '../domain/identity/expected-identity.ts';
import type { Descriptor } from '../domain/image/descriptor.ts';
import type { Digest } from '../domain/image/digest.ts';
import type { Repository } from '../domain/image/reference.ts';
import type { AttestationVerification, Refusal, SignatureFormat, Verification } from '../domain/signature/facts.ts';
import type { Statement } from '../domain/signature/signed-content.ts';
import type { CallContext } from './call-context.ts';

export type { Log } from '../domain/calls/call-limits.ts';
export type { Deadline } from './call-context.ts';
export type { ExpectedIdentity };

/**
 * Types only: what the use cases need from the outside. Adapters implement these types; entries connect them. Every
 * method that may take time gets its call as the first argument: adapters serve many calls and never keep the signal,
 * budget or log of one.
 */

export interface Clock {
  now(): Date;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

// ── registry ────────────────────────────────────────────────────────────────────────────────────

export interface FetchedManifest {
  /** Computed from the bytes; equal to the requested digest if requested by digest. */
  readonly digest: Digest;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** A document of any type; only its digest is checked. */
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

/** The answer of one place to the search for signatures; shown in NO_SIGNATURE and the summary. */
export interface Place {
  readonly kind: 'referrers-api' | 'referrers-tag' | 'signature-tag' | 'attestation-tag' | 'github-store';
  /** `GET /v2/acme/app/referrers/sha256:…` */
  readonly request: string;
  /** HTTP status, or a word such as `connect`. */
  readonly status: number | string;
  /**
   * listed: an answer with zero or more entries. absent: the place does not exist (404 and its
   * equivalents). failed: it could not be read, so it proves nothing.
   */
  readonly outcome: 'listed' | 'absent' | 'failed';
  readonly entries: number;
  readonly error: unknown;
}

export interface ReferrersListing {
  readonly place: Place;
  /** All listed descriptors, each digest once. Writing the list back must keep every one. */
  readonly descriptors: readonly Descriptor[];
  /** Entries that name nothing fetchable; they do not hide the others. */
  readonly unreadable: readonly UnreadableCandidate[];
}

/** A signature as found, before any cryptographic check. Its bytes already match their digest. */
export type Candidate =
  | {
      readonly format: 'bundle';
      /** Digest of the referrer manifest. */
      readonly digest: Digest;
      /** The bundle JSON exactly as stored. */
      readonly bundle: Uint8Array;
      /**
       * Set if it cannot be an image signature according to its manifest or size. Its bytes decide all the same; this
       * counts only if they do not even show what kind of bundle it is.
       */
      readonly ruledOut?: { readonly why: string; readonly predicateType: string | undefined };
    }
  | {
      readonly format: 'legacy';
      /** Digest of the layer (the payload). */
      readonly digest: Digest;
      readonly payload: Uint8Array;
      readonly annotations: Readonly<Record<string, string>>;
    };

/** A referrer or layer that could not be read or is not a signature container. Listed with its reason. */
export interface UnreadableCandidate {
  /** A digest, or a substitute: `entry 3` of a listing, `layer 2` of a `.sig` tag. */
  readonly digest: string;
  readonly place: Place['kind'];
  /**
   * failed: an outage, which proves nothing. malformed: bytes or structure differ from what was announced.
   * not-a-signature: another artifact, or one that cannot be read and does not claim to be a signature.
   */
  readonly outcome: 'failed' | 'malformed' | 'not-a-signature';
  readonly artifactType: string | undefined;
  /** Set for an attestation, if its manifest or its listing names its type. */
  readonly predicateType?: string;
  readonly message: string;
  /** The error that prevented reading it, if known: messages distinguish an outage from a denial. */
  readonly error?: unknown;
  /** True if it exceeds a limit, so that nothing is known about its content. */
  readonly isTooLarge?: boolean;
  /** True if an outage or a denial prevented reading it, and it is no signature: as an attestation it may be anything. */
  readonly isUnread?: boolean;
}

export interface CandidateSet {
  readonly candidates: readonly Candidate[];
  readonly unreadable: readonly UnreadableCandidate[];
  readonly places: readonly Place[];
}

export interface AttachOutcome {
  /** The places that list the entry now. */
  readonly listedBy: 'referrers-api' | 'referrers-tag' | 'both';
  /** Digest of the pushed referrer manifest. */
  readonly digest: Digest;
  /** Warnings for the user: a concurrent writer, an entry that had to be restored. */
  readonly warnings: readonly string[];
}

/** Called after a tag was written, when only the settling time and the second read remain. */
export type OnSettling = () => void;

/** A layer of one of cosign's tags: a signature of the `.sig` tag, or an attestation of the `.att` tag. */
export interface LegacyLayer {
  /** True for a layer of the `.att` tag. */
  readonly isAttestation?: boolean;
  /** The signed payload of a signature; the DSSE envelope of an attestation. */
  readonly payload: Uint8Array;
  /** Layer annotations, keys sorted, as cosign writes them. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** What can take what this run writes: a referrers listing (`bundle`), the `.sig` tag (`legacy`) or the `.att` tag. */
export type WritePlace = SignatureFormat | 'attestation-tag';

/** The attestations that an `.att` tag lists. None has been fetched. */
export interface AttestationTagListing {
  readonly place: Place;
  readonly layers: readonly Descriptor[];
  /** Layers that are no attestations or cannot be read. */
  readonly unreadable: readonly UnreadableCandidate[];
}

/** Where the signatures of one digest are stored. */
export interface SignatureAddress {
  readonly repository: Repository;
  readonly subject: Digest;
}

/**
 * Registries according to the distribution-spec v1.1.1; hides their quirks. Throws RegistryError
 * (IMAGE_NOT_FOUND, REGISTRY_DENIED, REGISTRY_UNAVAILABLE, REGISTRY_INVALID).
 */
export interface Registry {
  /**
   * Gets ready for `requests` requests at once to the registry of this repository: opens the connections that are
   * missing and, if an answer has shown how to log in there, asks for the token. Does not wait, and never throws: what
   * fails fails again, and is reported, where it is needed.
   */
  prepare(call: CallContext, repository: Repository, requests: number): void;
  /**
   * HEAD (GET if that does not answer) of a digest or tag; undefined = not found. The digest of a tag is computed or
   * checked. Throws IMAGE_NOT_FOUND with a hint if a login that was not there might show it.
   */
  head(call: CallContext, repository: Repository, reference: Digest | string): Promise<Descriptor | undefined>;
  /** GET by digest (verified) or tag; undefined = not found. Throws IMAGE_NOT_FOUND as `head` does. */
  manifest(call: CallContext, repository: Repository, reference: Digest | string): Promise<FetchedManifest | undefined>;
  /**
   * All tags of a repository, over all pages, each once and sorted; also those that hold signatures. Throws
   * IMAGE_NOT_FOUND for an unknown repository, REGISTRY_INVALID for a list that cannot be complete.
   */
  listTags(call: CallContext, repository: Repository): Promise<readonly string[]>;
  /**
   * GET by digest (verified) of a document that an index lists as `mediaType`, a media type without parameters;
   * undefined = not found. Returns a response of any type; the bytes decide what the document is.
   */
  document(
    call: CallContext,
    repository: Repository,
    wanted: { readonly digest: Digest; readonly mediaType: string },
  ): Promise<FetchedDocument | undefined>;
  /** A blob (verified); undefined = not found. Throws REGISTRY_INVALID if it has more than `maxBytes`. */
  blob(
    call: CallContext,
    repository: Repository,
    wanted: { readonly digest: Digest; readonly maxBytes: number },
  ): Promise<Uint8Array | undefined>;
  /**
   * Checks, by reading only, whether a signature or attestation of this digest could be stored here. Does not repeat
   * reads of this run. Throws RegistryError for a shared tag that cannot be read or extended, and for a failed listing:
   * attaching would end in the same error, but after the signature was publicly logged.
   */
  checkPlace(call: CallContext, where: SignatureAddress, place: WritePlace): Promise<void>;
  /** POST of an upload session; REGISTRY_DENIED if pushing is not allowed. */
  openUpload(call: CallContext, repository: Repository): Promise<UploadSession>;
  /** DELETE of a session; best effort, never throws. */
  cancelUpload(call: CallContext, session: UploadSession): Promise<void>;
  /** PUT of one blob into a session. */
  upload(call: CallContext, session: UploadSession, bytes: Uint8Array): Promise<Descriptor>;
  /**
   * Attaches an artifact manifest to its subject: PUT by digest, then listed by the referrers API or, without that API,
   * by the fallback tag, which is read again until nothing is missing (distribution-spec v1.1.1, Referrers Tag Schema).
   * `seen` are previously listed descriptors, which must still be listed afterwards.
   */
  attach(
    call: CallContext,
    where: SignatureAddress,
    what: { readonly manifest: Uint8Array; readonly seen: readonly Descriptor[]; readonly onSettling?: OnSettling },
  ): Promise<AttachOutcome>;
  /**
   * Appends one layer to `sha256-<hex>.sig` or `.att`, keeps all its layers, and reads it again until nothing is
   * missing.
   */
  appendLegacy(
    call: CallContext,
    where: SignatureAddress,
    what: {
      readonly layer: LegacyLayer;
      readonly openSession: () => Promise<UploadSession>;
      readonly onSettling?: OnSettling;
    },
  ): Promise<{ readonly digest: Digest; readonly layerDigest: Digest; readonly warnings: readonly string[] }>;
  /** GET of the referrers API, all pages. Never throws because of a response: a failed place is a value. */
  listReferrers(call: CallContext, repository: Repository, subject: Digest): Promise<ReferrersListing>;
  /** GET of the fallback tag `sha256-<hex>`. */
  listReferrersTag(call: CallContext, repository: Repository, subject: Digest): Promise<ReferrersListing>;
  /**
   * Manifest and bundle of one referrer; all digests verified. A bundle may have 16 MiB, where attestations are wanted
   * 24 MiB.
   */
  fetchReferrer(
    call: CallContext,
    where: SignatureAddress,
    listed: {
      readonly descriptor: Descriptor;
      readonly place: Place['kind'];
      readonly wants?: 'attestations';
    },
  ): Promise<CandidateSet>;
  /** Manifest and payloads of the `.sig` tag. */
  fetchLegacy(call: CallContext, repository: Repository, subject: Digest): Promise<CandidateSet>;
  /** Manifest of the `.att` tag. Its layers may have 24 MiB each and are fetched one by one. */
  listAttestationTag(call: CallContext, repository: Repository, subject: Digest): Promise<AttestationTagListing>;
  /** One layer of the `.att` tag; its digest is verified. */
  fetchAttestationLayer(call: CallContext, repository: Repository, layer: Descriptor): Promise<CandidateSet>;
}

// ── GitHub's attestation store ──────────────────────────────────────────────────────────────────

/** A bundle in the store: inline in the list, or at a URL. */
export interface StoredBundle {
  /** For messages. */
  readonly name: string;
  readonly inline: Uint8Array | undefined;
  readonly url: string | undefined;
}

export interface AttestationStore {
  /** Lists the bundles about a digest in a repository `owner/name`. A failed place is a value. */
  list(
    call: CallContext,
    source: string,
    subject: Digest,
  ): Promise<{ readonly place: Place; readonly bundles: readonly StoredBundle[] }>;
  /** One bundle, up to 24 MiB. One that cannot be read is a value. */
  read(call: CallContext, stored: StoredBundle): Promise<CandidateSet>;
}

/** Where an attestation is in GitHub's store. */
export interface StoredAttestation {
  /** A decimal number. */
  readonly id: string;
  /** The page of the attestation. */
  readonly url: string;
}

export interface AttestationStoreWriter {
  /**
   * Adds a bundle to the store of one repository. A bundle that the store does not accept is a value, because it may accept
   * others. Throws CodedError ATTESTATION_STORE_REFUSED or ATTESTATION_STORE_UNAVAILABLE if it would accept none now. Each
   * error has the cause that GitHub gave.
   */
  add(call: CallContext, bundle: Uint8Array): Promise<StoredAttestation | { readonly refused: CodedError }>;
}

// ── sigstore: verifying ─────────────────────────────────────────────────────────────────────────

export interface SignatureVerifier {
  /**
   * Verifies one candidate for this digest against exactly one trusted root: every check of contract §3.4, but no
   * identity rule. Refusals are values. Throws only if no decision is possible (trusted root not available:
   * TRUST_ROOT_UNAVAILABLE).
   */
  verify(call: CallContext, candidate: Candidate, subject: Digest): Promise<Verification>;
  /**
   * Proves an attestation, which `verify` only names: any predicate type, about this digest, from a bundle or from a
   * layer that contains a DSSE envelope. Applies the same checks and refuses an image signature. Throws as `verify`
   * does.
   */
  verifyAttestation(call: CallContext, candidate: Candidate, subject: Digest): Promise<AttestationVerification>;
}

/** Reads an in-toto statement that has no signature of its own, by the same rules as a signed one. Proves nothing. */
export type ReadStatement = (statement: Uint8Array) => Promise<Statement | Refusal>;

// ── sigstore: signing ───────────────────────────────────────────────────────────────────────────

/** What an attestation is about and where it will be stored. */
export interface AttestationToSign {
  readonly subject: Digest;
  readonly predicateType: string;
  /** At least one. */
  readonly forms: readonly SignatureFormat[];
}

export interface MadeSignature {
  /** `legacy` for an image signature that only the `.sig` tag can store. */
  readonly format: SignatureFormat;
  /** Bundle JSON. For a legacy image signature, a bundle v0.3 of the message signature, for bundle-directory. */
  readonly bundle: Uint8Array;
  /** Only for the `.sig` and `.att` tags. */
  readonly layer: LegacyLayer | undefined;
  readonly identity: ExpectedIdentity;
  readonly log: { readonly url: string; readonly index: number } | undefined;
  /** True if the log received everything that was signed, as a Rekor v1 log does of a statement. */
  readonly isReadByLog: boolean;
  readonly signedAt: Date;
}

/**
 * Uses one id-token, one key and one certificate for the whole run and renews them when they expire. Throws
 * SigstoreError (IDENTITY_TOKEN_UNAVAILABLE, CA_*, LOG_*, TSA_*, SELF_VERIFICATION_FAILED).
 */
export interface Signer {
  /** Requests the id-token (once) and returns the identity that a certificate for it would contain. */
  identity(call: CallContext): Promise<ExpectedIdentity>;
  /**
   * Requests the certificate (once, unless it expired), while connections open for so many signatures at once; the
   * logs are not called.
   */
  prepare(call: CallContext, signatures: number): Promise<void>;
  /**
   * Signs these bytes as a DSSE in-toto payload. Logs and timestamps in parallel, and verifies the signature against
   * the trusted root before returning it. `subject` is used only for that verification.
   */
  signStatement(call: CallContext, payload: Uint8Array, subject: Digest): Promise<MadeSignature>;
  /**
   * Signs a statement that is an attestation, once for every form in which it will be stored: `bundle` and, for the
   * `.att` tag, `legacy`, which needs Rekor v1. Logs and timestamps in parallel, and verifies each form as this
   * attestation before returning it.
   */
  signAttestation(call: CallContext, payload: Uint8Array, what: AttestationToSign): Promise<MadeSignature>;
  /** Signs a simple-signing payload for the `.sig` tag; needs Rekor v1. */
  signLegacyPayload(call: CallContext, payload: Uint8Array, subject: Digest): Promise<MadeSignature>;
  /** Log entries made so far, for the error message of a run that fails later. */
  loggedEntries(): readonly { readonly url: string; readonly index: number }[];
}
