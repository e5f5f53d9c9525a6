import type { AttestationRequirement } from '../attestation/evaluate-attestation.ts';
import type { IdentityRequirement } from '../identity/requirement.ts';
import type { Repository } from '../image/reference.ts';

/** Types only: a ClusterImagePolicy, read and checked, with the annotations of contract §2.5.1. */

/** Where a policy or a part of it is written. */
export interface PolicyPlace {
  /** As given: a path, `owner/name/path@ref`, or the name of the input for a literal. */
  readonly file: string;
  /** Starts at 1. */
  readonly line: number;
  /** Starts at 1. */
  readonly document: number;
}

export interface Policy {
  readonly name: string;
  readonly place: PolicyPlace;
  /** Patterns for the name of an image, as sigstore/policy-controller reads them (decision 0026). At least one. */
  readonly globs: readonly [ImageGlob, ...ImageGlob[]];
  /** Undefined: objects of every kind. Otherwise at least one entry must fit the object that names the image. */
  readonly match: readonly ObjectMatch[] | undefined;
  /** `warn`: a refusal is reported and lets the image through as `allowed`. */
  readonly mode: 'enforce' | 'warn';
  /** Alternatives; with `require`, that many must pass with distinct signers. */
  readonly authorities: readonly [Authority, ...Authority[]];
  /** `countersign/require`: so many keyless authorities, each with a signer of its own. Undefined: one of any kind. */
  readonly require: number | undefined;
  /** `countersign/namespaces`: globs of namespaces, for the webhook only. Undefined: every namespace. */
  readonly namespaces: readonly string[] | undefined;
  /** SHA-256 (hex) of everything that decides, for caches. Policies with equal content have equal hashes. */
  readonly contentHash: string;
}

export interface ImageGlob {
  /** As written. */
  readonly source: string;
  /** Whether it matches an image in the form of `matchedName`. */
  readonly matches: (name: string) => boolean;
  /** Whether it matches an image of this repository by some digest, without knowing which. */
  readonly matchesSomeOf: (repository: Repository) => boolean;
}

/** One entry of `spec.match`. */
export interface ObjectMatch {
  readonly group: string;
  readonly version: string;
  /** Lower-case plural: `deployments`. */
  readonly resource: string;
  readonly selector: LabelSelector | undefined;
}

export interface LabelSelector {
  readonly matchLabels: ReadonlyMap<string, string>;
  readonly matchExpressions: readonly LabelExpression[];
}

export interface LabelExpression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values: readonly string[];
}

export type Authority = StaticAuthority | KeylessAuthority;

export interface StaticAuthority {
  readonly kind: 'static';
  /** `authority-0` and so on if the policy gives none. */
  readonly name: string;
  readonly action: 'pass' | 'fail';
  /** As the policy says it; undefined if it does not. */
  readonly message: string | undefined;
}

export interface KeylessAuthority {
  readonly kind: 'keyless';
  readonly name: string;
  /** Who must have signed: the identities, narrowed by the annotations of the policy. */
  readonly requirement: IdentityRequirement;
  /** False if upstream's `attestations` are asked for instead of the image signature. */
  readonly requireSignature: boolean;
  /** All must be met: those of upstream's `attestations`, then the lines of `countersign/attestations`. */
  readonly attestations: readonly AttestationRequirement[];
  readonly format: 'any' | 'bundle' | 'legacy';
  /** The trusted root of a `TrustRoot` in the policy files, as JSON. Undefined: the root of the run. */
  readonly trustedRoot: string | undefined;
  /** True if `rfc3161timestamp` is set: a signed timestamp of the root is needed besides every other proof. */
  readonly requireTimestamp: boolean;
  /** `source[0].oci`: where signatures are stored. Undefined: as the inputs say. */
  readonly source: Repository | undefined;
  /**
   * Services that the policy names and that are not those of public-good. The root of the run must list them: see
   * `missingServices`. Already checked if `trustedRoot` is given.
   */
  readonly services: NamedServices;
}

/** URLs without a slash at the end; undefined: none, or that of public-good. */
export interface NamedServices {
  /** `keyless.url` */
  readonly certificateAuthority: string | undefined;
  /** `ctlog.url` */
  readonly log: string | undefined;
}

/** Everything that the policy files say, changed as a whole or not at all. */
export interface PolicySet {
  /** At least one; names are unique. */
  readonly policies: readonly [Policy, ...Policy[]];
  /** What a reader should know and what decides nothing, such as annotations that policy-controller ignores. */
  readonly notices: readonly string[];
}

/** Why a policy file cannot be used. */
export interface PolicyProblem extends PolicyPlace {
  /** Path of the field, such as `spec.authorities[0].keyless.identities[0].subjectRegExp`. */
  readonly path: string;
  readonly what: string;
  readonly cure: string;
}
