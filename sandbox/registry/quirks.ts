/**
 * Behaviours of real registries that a client must survive, off unless given; who behaves so stands
 * at each. They may be changed while the registry serves. Faults of any service (statuses, 429 with
 * Retry-After, resets, hanging, endless or slow bodies) are rules of faults.ts, in `faults` of
 * createRegistry.
 */
export interface Quirks {
  // ── referrers API ──
  /**
   * What GET /referrers answers; default `api`.
   * - `no-route`: 404 in plain text, before any authorization (distribution 2.8)
   * - `not-found`: 404 MANIFEST_UNKNOWN (GHCR)
   * - `redirect`: 303 to a web page on another host (GHCR, 2026-04)
   * - `html`: 200 with a login page (Google AR before its API)
   * - `empty`: 200 with an empty list whatever there is (claimed of GHCR)
   * - `name-unknown`: 404 NAME_UNKNOWN for an unknown repository (Quay)
   * - `unknown-subject-400`: 400 MANIFEST_INVALID unless the subject is stored (Quay)
   */
  referrers?: 'api' | 'no-route' | 'not-found' | 'redirect' | 'html' | 'empty' | 'name-unknown' | 'unknown-subject-400';
  /** Target of `referrers: 'redirect'`; default a page under https://github.com. */
  referrersRedirect?: string;
  /** OCI-Subject on PUT; default `honest`: sent if the API is there. `never`: Quay. `lying`: sent without API (Hub 2024, ECR). */
  ociSubject?: 'honest' | 'never' | 'lying';
  /** A new referrer is missing from this many listings of its subject (Google AR, ACR). */
  referrersLag?: number;
  /** Entries on a page; more follow by Link. */
  referrersPageSize?: number;
  /** Form of the Link; default `relative`. `cross-origin` names another host, `lost-path` drops `/v2` (JFrog virtual repositories). */
  referrersLink?: 'relative' | 'absolute' | 'cross-origin' | 'lost-path';
  /** Paging without end: `loop` always links to the same page, `endless` to ever new empty ones. */
  referrersPaging?: 'loop' | 'endless';
  /** Neither filters by artifactType nor says that it did. */
  referrersFilter?: 'ignored';
  /** Content-Type of the listing instead of the index type. */
  referrersContentType?: string;
  /**
   * Wrong descriptors in listings: `old-ggcr` has the empty type as artifactType and no annotations
   * (ggcr < 0.21.6), `wrong-size` a size off by 100 (Harbor 2.8–2.10, Google AR 2025),
   * `wrong-artifact-type` the config's type (Harbor 2.8–2.10), `no-annotations` none.
   */
  referrersDescriptors?: 'old-ggcr' | 'wrong-size' | 'wrong-artifact-type' | 'no-annotations';
  /** The listing also has what the referrers tag lists (Quay). */
  mergesReferrersTag?: boolean;
  /** Refuses a manifest whose subject is not stored (Docker Hub, 2024-03). */
  refusesAbsentSubject?: boolean;

  // ── list of tags ──
  /** At most this many tags on a page, whatever `n` says (Quay: 100; Docker Hub and Google send all at once). */
  tagsPageSize?: number;
  /**
   * Form of the Link; default `relative`. `missing`: a page is cut without one. `cross-origin` names another host,
   * `lost-path` drops the first part of the repository (JFrog virtual repositories), `other-repository` names another one.
   */
  tagsLink?: 'relative' | 'absolute' | 'missing' | 'cross-origin' | 'lost-path' | 'other-repository';
  /** Paging without end: `loop` always links to the same page, `endless` to ever new empty ones. */
  tagsPaging?: 'loop' | 'endless';
  /** Tags are listed from Z to A, and `last` counts in that order. */
  tagsOrder?: 'reversed';
  /** What `last` is to a registry: `ignored`, or an unknown position answered with this status (Amazon ECR: a token). */
  tagsLast?: 'ignored' | 400 | 404 | 500;
  /** Body of the list instead of the true one. */
  tagsBody?: string;

  // ── redirects ──
  /**
   * Every request is redirected to another host, the base `/v2/` excepted (registry.k8s.io: 307; vanity hosts). `path`
   * changes the path, `only` limits it to paths that match.
   */
  front?: {
    readonly origin: string;
    readonly status?: 301 | 302 | 303 | 307 | 308;
    readonly path?: (path: string) => string;
    readonly only?: RegExp;
  };

  // ── strangers ──
  /**
   * A request without an Authorization that may not be served is answered so, without a challenge, everywhere but at
   * `/v2/`: 404 or 403 (Artifactory, "hide unauthorized resources"), 401 (some proxies before Nexus and Harbor).
   */
  strangers?: 401 | 403 | 404;
  /** The 401 of `/v2/` has no challenge either. */
  baseChallenge?: 'missing';

  // ── tags ──
  /** The tag `sha256-<hex>` is the manifest `sha256:<hex>` itself unless really written (GitLab). */
  gitlabTagAlias?: boolean;
  /** This many reads of a tag after each write still return what it was before (GHCR's lag). */
  staleTagReads?: number;
  /** For this long after a write, in milliseconds, reads of the tag return what it was before (GHCR: over 5 s). */
  tagVisibleAfterMs?: number;
  /** A PUT by tag waits this long before it takes effect and answers: concurrent read-modify-writes lose updates. */
  tagWriteDelayMs?: number;
  /** Tags that may not be written again. */
  immutableTags?: RegExp;
  /** Answer to such a write: Harbor 412 PRECONDITION, Quay 409 TAG_IMMUTABLE, ECR 400 TAG_INVALID (its ImageTagAlreadyExistsException; same digest too). */
  immutableAnswer?: 'harbor' | 'quay' | 'ecr';
  /** Status for a missing tag; JFrog may say 403. */
  missingTagStatus?: number;
  /** ETag with manifests: default `ignored` (sent, conditions not looked at: distribution 2.8); `enforced`: 412 unless If-Match / If-None-Match hold; `none`. */
  etag?: 'ignored' | 'enforced' | 'none';

  // ── clients ──
  /**
   * Lets nobody in without an accepted client certificate (serve it with `tls.clients`): `nginx` answers 400 with a page
   * (`ssl_verify_client on`), `forbidden` answers 403 (`ssl_verify_client optional` and a rule; IIS).
   */
  clientCertificate?: 'nginx' | 'forbidden';

  // ── reading ──
  /** Docker-Content-Digest of manifests. */
  contentDigest?: 'missing' | 'wrong';
  /** What HEAD of a manifest answers where GET works; `bare`: 200 without type, length and digest (imgpkg#131, containerd#6684). */
  manifestHead?: 400 | 403 | 404 | 405 | 501 | 'bare';
  /** Status of every HEAD of a blob. */
  blobHead?: 403 | 404 | 405;
  /** Content-Length of HEAD answers for manifests. */
  headLength?: 'missing' | 'wrong';
  /** Added to the Content-Length of manifest and blob bodies. */
  contentLengthOff?: number;
  /** Content-Type of every manifest instead of the stored one. */
  manifestContentType?: string;
  /** Serves a manifest whatever Accept says; default as distribution 2.8: 404 MANIFEST_UNKNOWN. */
  ignoresAccept?: boolean;
  /** A new manifest is not found by digest for this many reads (GHCR directly after a push). */
  freshManifestMisses?: number;
  /** Changes what is served as a manifest; the store keeps the true bytes. */
  tamperManifest?: (bytes: Uint8Array, digest: string) => Uint8Array;
  /** Changes what is served as a blob. */
  tamperBlob?: (bytes: Uint8Array, digest: string) => Uint8Array;
  /** GET of a blob redirects (307): to `origin` with a signed query (served by `registry.storage`), always to itself, or to a private address. */
  blobRedirect?: { readonly origin: string } | 'loop' | 'private-address';
  /** 404 bodies: JSON (default), `text` "404 page not found", `html` (GitLab's proxy). */
  notFoundBody?: 'json' | 'text' | 'html';
  /** Every read is refused: 401 always with a challenge, 403 DENIED, or 404 NAME_UNKNOWN. */
  denyPull?: 401 | 403 | 404;

  // ── pushing ──
  /** POST of an upload and PUT of a manifest: 403 DENIED (GHCR without `packages: write`). */
  denyPush?: boolean;
  /** Message of that answer. */
  denyPushMessage?: string;
  /** Form of the upload Location; default `relative`. With `origin`: another host, served by `registry.storage`. */
  uploadLocation?: 'relative' | 'absolute' | 'private-address' | { readonly origin: string };
  /** Status of a PUT of a manifest that is accepted; default 201 (containers/image#381, pulp_container#2199). */
  manifestPut?: 200 | 202 | 204;
  /** What such a PUT does although it is accepted: stores nothing, other bytes, or the manifest without its tag. */
  manifestPutStores?: 'nothing' | 'other-bytes' | 'no-tag';
  /** Status of the PUT that ends an upload of a blob; default 201. */
  blobPut?: 200 | 202 | 204;
  /** What such a PUT stores although it is accepted. */
  blobPutStores?: 'nothing' | 'other-bytes';
  /** Status of the POST that opens an upload; default 202. */
  uploadOpened?: 200 | 201 | 204;
  /** Location and Docker-Content-Digest of accepted PUTs. */
  putHeaders?: 'missing';
  /** POST with ?digest= and a body: default `ignored` (202, nothing stored: distribution 2.8). */
  singlePost?: 'ignored' | 'stored';
  /** Mount requests are answered by a session (202) or refused by 401 although the token is good. */
  mount?: 'session' | 'denied';
  /** DELETE of an upload session: `unsupported` 405; `delete-scope` asks for the action delete (distribution 2.8 with tokens). */
  cancelUpload?: 'unsupported' | 'delete-scope';
  /** Status for a manifest over the cap; default 413 (zot); distribution says 400 MANIFEST_INVALID. */
  manifestTooLarge?: 400 | 413;
  /** Error code for a missing blob or child; default MANIFEST_BLOB_UNKNOWN; zot says MANIFEST_INVALID. */
  missingBlobCode?: string;
}
