/** What was signed, as read from the signed bytes: what it may count as is decided in image-signature.ts and attestation.ts. */
export type SignedContent = Statement | SimpleSigning | Message;

/** An in-toto statement (attestation framework, Statement v1 or v0.1) from a DSSE envelope. */
export interface Statement {
  readonly kind: 'statement';
  /** `_type`. */
  readonly type: string;
  readonly predicateType: string;
  /** The predicate as JSON, read strictly; undefined if the statement has none. */
  readonly predicate: Readonly<Record<string, unknown>> | undefined;
  /** At least one. */
  readonly subjects: readonly StatementSubject[];
  /** The very bytes that were signed. */
  readonly payload: Uint8Array;
}

/** An in-toto ResourceDescriptor, as far as anything reads it. */
export interface StatementSubject {
  readonly name: string | undefined;
  /** Hex digits by algorithm (in-toto DigestSet), as written. */
  readonly digests: Readonly<Record<string, string>>;
  /** Those whose value is text. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** A simple-signing payload of a `.sig` layer (cosign specs/SIGNATURE_SPEC.md). */
export interface SimpleSigning {
  readonly kind: 'simple-signing';
  /** `critical.image.docker-manifest-digest`, as written. */
  readonly digest: string;
  /** `critical.identity.docker-reference`, well formed. */
  readonly dockerReference: string;
  /** Those of `optional` whose value is text. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Bytes of any kind, signed as they are (a bundle's messageSignature). */
export interface Message {
  readonly kind: 'message';
}

/** Why signed content does not count as what it was taken for. */
export interface ContentRefusal {
  readonly kind: 'refused';
  readonly reason: 'SIGNATURE_INVALID' | 'SUBJECT_DIGEST_MISMATCH';
  readonly message: string;
}

export function refuseContent(reason: ContentRefusal['reason'], message: string): ContentRefusal {
  return { kind: 'refused', reason, message };
}
