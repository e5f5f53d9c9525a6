/** The signed content, parsed from the signed bytes. image-signature.ts and attestation.ts decide what it counts as. */
export type SignedContent = Statement | SimpleSigning | Message;

/** An in-toto statement (attestation framework, Statement v1 or v0.1) from a DSSE envelope. */
export interface Statement {
  readonly kind: 'statement';
  /** `_type`. */
  readonly type: string;
  readonly predicateType: string;
  /**
   * The predicate as strictly parsed JSON: an object or, as cosign writes it for `--type spdx`, a text. Undefined if the
   * statement has none.
   */
  readonly predicate: Readonly<Record<string, unknown>> | string | undefined;
  /** At least one. */
  readonly subjects: readonly StatementSubject[];
  /** The exact bytes that were signed. */
  readonly payload: Uint8Array;
}

/** An in-toto ResourceDescriptor, with the fields that are used. */
export interface StatementSubject {
  readonly name: string | undefined;
  /** Hex digits by algorithm (in-toto DigestSet), unchanged. */
  readonly digests: Readonly<Record<string, string>>;
  /** Only those with text as value. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** A simple-signing payload of a `.sig` layer (cosign specs/SIGNATURE_SPEC.md). */
export interface SimpleSigning {
  readonly kind: 'simple-signing';
  /** `critical.image.docker-manifest-digest`, unchanged. */
  readonly digest: string;
  /** `critical.identity.docker-reference`, well formed. */
  readonly dockerReference: string;
  /** Those in `optional` with text as value. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Arbitrary signed bytes (a bundle's messageSignature). */
export interface Message {
  readonly kind: 'message';
}

/** Why signed content does not count as an image signature or an attestation. */
export interface ContentRefusal {
  readonly kind: 'refused';
  readonly reason: 'SIGNATURE_INVALID' | 'SUBJECT_DIGEST_MISMATCH';
  readonly message: string;
}

export function refuseContent(reason: ContentRefusal['reason'], message: string): ContentRefusal {
  return { kind: 'refused', reason, message };
}
