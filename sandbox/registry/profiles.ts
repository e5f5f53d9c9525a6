import type { Quirks } from './quirks.ts';

/**
 * The quirks that belong together in one real registry, as far as they were measured, read or reported
 * by November 2026. Nothing here says how a registry behaves today.
 */
export const PROFILES = {
  /** No referrers API; a tag read directly after a write may be stale. */
  ghcr: { referrers: 'not-found', staleTagReads: 1 },
  /** GHCR as seen in April 2026: referrers lead to the web site. */
  'ghcr-redirect': { referrers: 'redirect', staleTagReads: 1 },
  /** CNCF distribution 2.8 (Debian's docker-registry): no route, so no authorization asked before the 404. */
  distribution: {
    referrers: 'no-route',
    manifestTooLarge: 400,
    cancelUpload: 'delete-scope',
    uploadLocation: 'absolute',
  },
  quay: { referrers: 'unknown-subject-400', ociSubject: 'never', mergesReferrersTag: true, immutableAnswer: 'quay' },
  gitlab: { referrers: 'not-found', gitlabTagAlias: true },
  ecr: { immutableAnswer: 'ecr' },
  /** Harbor 2.8 to 2.10, with wrong descriptors. */
  harbor: { referrersDescriptors: 'wrong-artifact-type', immutableAnswer: 'harbor' },
  zot: { missingBlobCode: 'MANIFEST_INVALID' },
  /** Google Artifact Registry before its API: a login page in the place of the listing. */
  'artifact-registry': { referrers: 'html' },
} as const satisfies Readonly<Record<string, Quirks>>;
