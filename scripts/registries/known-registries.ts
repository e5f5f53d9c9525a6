import type { ProfileName } from './emulated.ts';

/** What is known of one registry besides what was run; as of November 2026. */
export interface KnownRegistry {
  readonly name: string;
  /** Names in REGISTRY_KINDS. */
  readonly real: readonly string[];
  readonly profiles: readonly ProfileName[];
  /** Behaviour that has code, and in which test it is emulated. */
  readonly emulated: string;
  readonly unknown: string;
}

const ATTACH = '__tests__/adapters/oci/attach.test.ts';
const READING = '__tests__/adapters/oci/reading.test.ts';
const SIG_TAG = '__tests__/adapters/oci/signature-tag.test.ts';
const QUIRKS = '__tests__/adapters/oci/registry-quirks.test.ts';
const CHALLENGE = '__tests__/adapters/oci/challenge.test.ts';
const CREDENTIALS = '__tests__/adapters/oci/credentials.test.ts';
const AUTHORIZATION = '__tests__/adapters/oci/authorization.test.ts';
const FRONTS = '__tests__/adapters/oci/fronts.test.ts';
const STRANGERS = '__tests__/adapters/oci/strangers.test.ts';
const PUTS = '__tests__/adapters/oci/accepted-puts.test.ts';
const HEADS = '__tests__/adapters/oci/head-fallback.test.ts';

export const KNOWN_REGISTRIES: readonly KnownRegistry[] = [
  {
    name: 'GitHub Container Registry (ghcr.io)',
    real: [],
    profiles: ['ghcr', 'ghcr-redirect'],
    emulated: `no referrers API (404, or 303 to the web site), stale tag reads, blobs unseen directly after a push (${ATTACH}), manifests unseen (${QUIRKS}); waits written as Go durations in messages (__tests__/adapters/http/retry.test.ts); login by the job's token, and again anonymously (${AUTHORIZATION})`,
    unknown:
      'manifest cap, whether If-Match is looked at, whether the 303 depends on being anonymous, how long tags stay stale (over 5 s was reported)',
  },
  {
    name: 'Docker Hub',
    real: [],
    profiles: [],
    emulated: `its four names and keys (${CREDENTIALS}); OCI-Subject without a listing, as in 2024 (${ATTACH})`,
    unknown: 'manifest cap, If-Match, what it does today with a subject that is absent',
  },
  {
    name: 'Amazon ECR',
    real: [],
    profiles: ['ecr'],
    emulated: `immutable tags that refuse the same digest too (${SIG_TAG}); a repository that a push does not create (__tests__/adapters/oci/write-safety.test.ts)`,
    unknown: 'manifest cap, If-Match; of ECR Public also OCI-Subject and immutable tags',
  },
  {
    name: 'Google Artifact Registry',
    real: [],
    profiles: ['artifact-registry'],
    emulated: `a login page in the place of the listing (before its API; ${ATTACH}); wrong sizes, lag of the listing (${QUIRKS})`,
    unknown: 'manifest cap, If-Match, OCI-Subject, whether clean-up spares untagged referrers',
  },
  {
    name: 'Azure Container Registry',
    real: [],
    profiles: [],
    emulated: `lag of the listing (${QUIRKS}), identity tokens as az acr login leaves them (${CREDENTIALS})`,
    unknown:
      'manifest cap, If-Match, OCI-Subject, what per-manifest locks do to index tags, whether purging spares referrers',
  },
  {
    name: 'Quay',
    real: [],
    profiles: ['quay'],
    emulated: `400 for an unknown subject, no OCI-Subject, the tag merged into the listing (${ATTACH}); 409 for immutable tags (${SIG_TAG})`,
    unknown: 'manifest cap of quay.io; for how long its 60 s cache hides a new referrer from the gate',
  },
  {
    name: 'GitLab',
    real: [],
    profiles: ['gitlab'],
    emulated: `the tag sha256-… that is the subject itself (${ATTACH}), HTML 404s (${READING})`,
    unknown: 'manifest cap, If-Match, OCI-Subject in production, immutable tags',
  },
  {
    name: 'Harbor',
    real: [],
    profiles: ['harbor'],
    emulated: `wrong descriptors of 2.8–2.10 (${QUIRKS}), Basic offered to a failed Bearer (${AUTHORIZATION}), 412 for immutable tags (${SIG_TAG})`,
    unknown: '–',
  },
  {
    name: 'JFrog Artifactory',
    real: [],
    profiles: [],
    emulated: `403 for a missing tag: a denial, so no \`.sig\` tag can be started there (${QUIRKS}); a Link without /v2 (${READING}); hidden resources: strangers see 404 or 403, the challenge stands only at \`/v2/\` (${STRANGERS})`,
    unknown: 'manifest cap, If-Match, OCI-Subject, immutable tags',
  },
  {
    name: 'Gitea, Forgejo',
    real: [],
    profiles: [],
    emulated: `two challenge lines without service and scope (${AUTHORIZATION}), POST for tokens not served (__tests__/adapters/oci/token.test.ts)`,
    unknown: 'how Forgejo differs',
  },
  {
    name: 'CNCF distribution',
    real: ['docker-registry 2.8.2', 'distribution 3.1.1'],
    profiles: ['distribution'],
    emulated: `404 of the missing route before any login, absolute upload locations (${ATTACH})`,
    unknown: '–',
  },
  {
    name: 'zot',
    real: ['zot 2.1.20'],
    profiles: ['zot'],
    emulated: `a lower-case, unquoted challenge (${CHALLENGE})`,
    unknown: '–',
  },
  {
    name: 'ferro-oci-server',
    real: ['ferro-oci-server 1.0.0'],
    profiles: [],
    emulated: 'it knows no login: the sandbox’s token server and authorization stand before it',
    unknown: '–',
  },
  {
    name: 'Fronts (registry.k8s.io, vanity hosts)',
    real: [],
    profiles: [],
    emulated: `every request redirected, the listing of referrers too; an anonymous token at the target (${FRONTS})`,
    unknown: 'which hosts redirect writes',
  },
  {
    name: 'Pulp, and others that accept by 200, 202 or 204',
    real: [],
    profiles: [],
    emulated: `the answer to a PUT is read back (${PUTS})`,
    unknown: 'how long Pulp takes after 202',
  },
  {
    name: 'Registries and storage without HEAD',
    real: [],
    profiles: [],
    emulated: `400, 403, 404, 405, 501 or missing headers, where GET works (${HEADS})`,
    unknown: '–',
  },
];
