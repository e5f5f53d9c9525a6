import type { Digest } from './digest.ts';

/** A repository after Docker's normalisation: `docker.io` + `library/nginx`, `ghcr.io` + `acme/app`. */
export interface Repository {
  /** Host with optional port as written in references: `docker.io`, `localhost:5000`, `[::1]:5000`. */
  readonly registry: string;
  /** Lower-case path. */
  readonly path: string;
}

/** One parsed image reference; at most one of tag and digest may be missing in most uses. */
export interface ImageReference {
  readonly repository: Repository;
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
  /** As the user wrote it (trimmed). */
  readonly original: string;
  /** True if the path held capitals and was lower-cased (ghcr.io only). */
  readonly lowercased: boolean;
}

/** `registry/path`. */
export function formatRepository(repository: Repository): string {
  return `${repository.registry}/${repository.path}`;
}

/** `registry/path@sha256:…`. */
export function formatPinned(repository: Repository, digest: Digest): string {
  return `${formatRepository(repository)}@${digest}`;
}

/**
 * Parses one reference by the grammar and normalisation of distribution/reference (v0.6); `latest` is
 * never implied. Throws ValueError (domain/value-error.ts) naming the text and the rule it breaks.
 */
export function parseReference(_text: string): ImageReference {
  throw new Error('parseReference is being written');
}
