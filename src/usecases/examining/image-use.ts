import type { AnnotatedSigner } from '../../domain/identity/annotated-signer.ts';
import type { NamingObject } from '../../domain/policy/select.ts';

/** Types only: one place of a deployment file that names an image. Every use of an image must be allowed. */
export interface ImageUse {
  /** The Kubernetes object that names it, for `match` of policies; undefined for other files. */
  readonly object: NamingObject | undefined;
  /** What the annotations of that object ask for in addition. */
  readonly annotated: AnnotatedSigner | undefined;
}
