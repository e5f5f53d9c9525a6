import type { Digest } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { ImageUse } from '../examining/image-use.ts';

/** Types only: what runs in a cluster. */

export interface PodName {
  readonly namespace: string;
  readonly name: string;
  /** Unique in the life of a cluster; a name is not. */
  readonly uid: string;
}

/** One Pod that has not ended. */
export interface RunningPod extends PodName {
  readonly images: readonly RunningImage[];
  /** Fields that the webhook would refuse because they cannot be read. */
  readonly problems: readonly UnreadableField[];
  /** Determines with which logins its images are pulled. */
  readonly pull: PodPull;
}

/** Like the part of a Pod's specification that names its pull secrets. */
export interface PodPull {
  readonly namespace: string;
  /** Empty: the namespace's default. */
  readonly serviceAccountName: string;
  /** Names of Secrets, in the Pod's order. */
  readonly imagePullSecrets: readonly string[];
}

export interface UnreadableField {
  readonly field: string;
  readonly message: string;
}

/** One image field of a Pod. */
export interface RunningImage {
  /** `spec.containers[0].image`. */
  readonly field: string;
  /** As the Pod has it. */
  readonly written: string;
  readonly repository: Repository;
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
  readonly use: ImageUse;
  readonly reported: ReportedImage;
}

/** What the status of a Pod says that a container runs (`imageID`). */
export type ReportedImage =
  /** No container yet, a status older than the specification, or a field that has no status (image volumes). */
  | { readonly kind: 'nothing' }
  /** An ID that names no image of a registry, such as the digest of a configuration. */
  | { readonly kind: 'unnamed' }
  | { readonly kind: 'image'; readonly repository: Repository; readonly digest: Digest };
