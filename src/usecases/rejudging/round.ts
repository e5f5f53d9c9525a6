import type { PodName } from './running-pod.ts';

/** What one round of judging found. */

/** The one reason besides those of the results JSON. */
export const OTHER_IMAGE = 'OTHER_IMAGE';

/**
 * `refused`: the webhook would refuse the image today. `undecided`: it would too, but only because something could not be
 * read. `other-image`: the image passes, but the status of the Pod names another one.
 */
export type FindingKind = 'refused' | 'undecided' | 'other-image';

/** One image field that would not be admitted today. */
export interface Finding {
  readonly kind: FindingKind;
  readonly pod: PodName;
  readonly field: string;
  /** What was judged: `registry/repository@sha256:…`, or as the Pod has it if no digest is known. */
  readonly image: string;
  /** As in the results JSON, or `OTHER_IMAGE`. */
  readonly reason: string;
  /** For people; contains no text that a registry chose. */
  readonly message: string;
  /** The names of the policies that do not hold; empty if none decided. */
  readonly policies: readonly string[];
}

/** How many distinct images of a namespace share one reason. */
export interface FindingCount {
  readonly namespace: string;
  readonly kind: FindingKind;
  readonly reason: string;
  readonly images: number;
}

/** Image fields of the Pods of a namespace. */
export interface NamespaceFields {
  readonly admitted: number;
  /** Refused, or with another image. */
  readonly failed: number;
  readonly undecided: number;
}

export interface Round {
  readonly pods: number;
  /** Distinct images, as judged. */
  readonly images: number;
  /** By namespace; every namespace in which a Pod runs. */
  readonly namespaces: ReadonlyMap<string, NamespaceFields>;
  /** Within limits. */
  readonly findings: readonly Finding[];
  /** Counts everything, also findings beyond the limit. */
  readonly counts: readonly FindingCount[];
  /** Findings that are counted and not listed. */
  readonly unlisted: number;
}
