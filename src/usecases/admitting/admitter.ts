import type { Digest } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { Policy, PolicySet } from '../../domain/policy/policy.ts';
import type { PolicyResult } from '../../domain/results.ts';
import type { CallContext } from '../call-context.ts';
import type { ImageUse } from '../examining/image-use.ts';
import type { OtherRoots } from '../examining/other-roots.ts';
import type { Registry } from '../ports.ts';

/** Types only: how a server judges the images that objects of a cluster name (contract §2.7). */

/** One image field of one object. */
export interface ImageToAdmit {
  readonly repository: Repository;
  readonly tag: string | undefined;
  /** Undefined: the object names a tag, or nothing but the repository. */
  readonly digest: Digest | undefined;
  readonly use: ImageUse;
  /** The namespace of the request, not what the object says. */
  readonly namespace: string;
}

/** What is decided about one image field. Only `pass` and `allowed` admit it. */
export interface ImageAdmission {
  readonly verdict: 'pass' | 'allowed' | 'fail' | 'error';
  /** As in the results JSON: `NO_SIGNATURE`, `POLICY_NO_MATCH`, …; undefined with `pass`. */
  readonly reason: string | undefined;
  /** For people; holds no text that a registry chose. Empty with `pass`. */
  readonly message: string;
  /** The next thing to do; several lines; may end in something to paste. */
  readonly hint: string | undefined;
  readonly policies: readonly PolicyResult[];
  /** What was judged. With an image that has none: what its tag means now, if that is known. */
  readonly digest: Digest | undefined;
}

/** Judges images. One serves the whole process; each request is a call of its own. */
export interface Admitter {
  /** Never rejects, except by a defect. An image without a digest is refused if a policy or an annotation covers it. */
  judge(call: CallContext, image: ImageToAdmit, access: RegistryAccess): Promise<ImageAdmission>;
  /** The same without what is remembered; its verdict replaces that. For what runs already, and for warming up. */
  judgeAgain(call: CallContext, image: ImageToAdmit, access: RegistryAccess): Promise<ImageAdmission>;
  /**
   * The digest of a tag that a policy or an annotation covers; undefined for an image that has a digest, that nothing covers,
   * or that cannot be resolved (then `judge` refuses it). Never rejects.
   */
  resolve(call: CallContext, image: ImageToAdmit, access: RegistryAccess): Promise<Digest | undefined>;
  /** How many verdicts are remembered, for metrics. */
  remembered(): { readonly passes: number; readonly refusals: number };
}

/** Registries as one object may read them. */
export interface RegistryAccess {
  readonly registry: Registry;
  /** Equal for equal logins; no secret. Verdicts about what a login could not read are kept by it. */
  readonly loginId: string;
}

/** The policies that decide now. */
export type PoliciesInForce =
  | {
      readonly kind: 'ready';
      readonly set: PolicySet;
      /** Why a newer set is not in force; empty if this is the newest. */
      readonly problems: readonly string[];
    }
  /** No readable set yet: everything is refused. */
  | { readonly kind: 'unready'; readonly problems: readonly string[] };

/** The same with the trusted roots that the policies name. */
export type RulesInForce =
  | { readonly kind: 'ready'; readonly policies: readonly Policy[]; readonly otherRoots: OtherRoots }
  | { readonly kind: 'unready'; readonly problems: readonly string[] };
