import type { TextPlace } from '../domain/yaml/located.ts';

/** Types only: what readers of deployment files find. */

/** One place of a file that names an image. */
export interface NamedImage {
  /** As the file has it, with variables and defaults resolved: `nginx`, `ghcr.io/acme/app:1@sha256:…`. */
  readonly image: string;
  /** Where the text of the image is written. Pinning replaces exactly this. Undefined if it is put together from parts. */
  readonly text: TextPlace | undefined;
  /** How it is written, for pinning. */
  readonly style: 'plain' | 'single-quoted' | 'double-quoted' | 'block' | 'word';
  /** Starts at 1. */
  readonly line: number;
  /** Starts at 1; undefined in files that have no documents. */
  readonly document: number | undefined;
  /** `Deployment/app`, `service web`, `target app`, `stage build`. */
  readonly object: string | undefined;
  /** `spec.template.spec.containers[0].image`, `FROM`. */
  readonly field: string;
  /** The Kubernetes object that names it; undefined for other files. */
  readonly owner: ObjectIdentity | undefined;
  /** What the tutorial's annotations ask of this image in addition (contract §2.7). */
  readonly annotated: AnnotatedSigner | undefined;
  /**
   * Only of an object that was parsed from JSON: where the value is, as a JSON Pointer (RFC 6901). Absent if the value is
   * part of a text, such as a manifest inside of a manifest.
   */
  readonly pointer?: string;
}

/** The top-level object of a document, for `spec.match` of policies and for comparing with base. */
export interface ObjectIdentity {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
}

/** Exact values; undefined: not asked. At least one is given. */
export interface AnnotatedSigner {
  readonly subject: string | undefined;
  readonly issuer: string | undefined;
}

/** Why a file cannot be judged: always INPUT_INVALID, in every mode. */
export interface FileProblem {
  readonly line: number | undefined;
  readonly document: number | undefined;
  readonly object: string | undefined;
  readonly field: string | undefined;
  readonly what: string;
  readonly cure: string;
}

/** What a file names. Images found beside a problem are still listed, for messages. */
export interface FileImages {
  readonly images: readonly NamedImage[];
  readonly problems: readonly FileProblem[];
}
