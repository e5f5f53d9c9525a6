import type { Digest } from '../domain/image/digest.ts';
import type { Repository } from '../domain/image/reference.ts';
import type { NamingObject } from '../domain/policy/select.ts';
import type { ImagePath } from '../workloads/image-paths.ts';
import type { AnnotatedSigner } from '../workloads/named-image.ts';

/** Types only: what a review needs from outside. The Admitter of src/usecases/admitting fits, bound to one call. */

/** One image field of the object of a request. */
export interface AskedImage {
  readonly repository: Repository;
  readonly tag: string | undefined;
  /** Undefined: the object names a tag, or nothing but the repository, which means `latest`. */
  readonly digest: Digest | undefined;
  readonly use: { readonly object: NamingObject | undefined; readonly annotated: AnnotatedSigner | undefined };
  /** Of the request. */
  readonly namespace: string;
}

/** Only `pass` and `allowed` admit an image. */
export interface ImageVerdict {
  readonly verdict: 'pass' | 'allowed' | 'fail' | 'error';
  readonly reason: string | undefined;
  /** For people; holds no text that a registry chose. */
  readonly message: string;
  /** The next thing to do; several lines. */
  readonly hint: string | undefined;
  readonly policies: readonly { readonly name: string; readonly verdict: 'pass' | 'allowed' | 'fail' | 'error' }[];
  /** What was judged. */
  readonly digest: Digest | undefined;
}

/** Judges the images of one request. What it throws refuses the image. */
export interface ImageJudge {
  judge(image: AskedImage): Promise<ImageVerdict>;
  /** The digest of a tag that must be pinned; undefined if there is nothing to pin, or it cannot be found out. */
  resolve(image: AskedImage): Promise<Digest | undefined>;
}

/** How requests are answered. */
export interface ReviewSettings {
  /** `warn`: a refusal becomes a warning; what cannot be read is refused all the same. */
  readonly mode: 'enforce' | 'warn';
  /** `allow` gives no warning for an image that no policy matches. */
  readonly noMatchPolicy: 'deny' | 'warn' | 'allow';
  readonly imagePaths: readonly ImagePath[];
  /**
   * True if some policy in force selects by labels (`selectsByLabels`), or if that is not known: then a changed label is a
   * change of the object, because another policy may apply.
   */
  readonly areLabelsJudged: boolean;
  /** True if Sigstore's public instance is trusted: the ClusterImagePolicies that are offered name it. */
  readonly isPublicTrust: boolean;
}
