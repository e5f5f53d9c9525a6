import type { CertificateIdentity } from '../signature/facts.ts';

/**
 * True if the subject of such a certificate is a workflow of some repository, or would have to be one: GitHub's and
 * GitLab's issuers vouch for nothing else. What it says must then agree with the claim `source-repository-uri`
 * (identity rule 3). CircleCI and Codefresh name a pipeline of their own host there (fulcio
 * config/identity/config.yaml), which says nothing about the repository. In doubt the answer is true.
 */
export function hasWorkflowSubject({ issuer, subject }: Pick<CertificateIdentity, 'issuer' | 'subject'>): boolean {
  return [...GITHUB_ISSUERS, GITLAB_ISSUER].some((form) => form.test(issuer)) || WORKFLOW_URI.test(subject);
}

/** github.com's and a ghe.com tenant's, for one enterprise with `/<slug>` after it; that of an Enterprise Server. */
const GITHUB_ISSUERS: readonly RegExp[] = [
  /^https:\/\/token\.actions\.githubusercontent\.com(?:\/|$)/i,
  /^https:\/\/token\.actions\.[^/]+\.ghe\.com(?:\/|$)/i,
  /^https?:\/\/[^/]+\/_services\/token(?:\/|$)/i,
];

/** gitlab.com, dev.gitlab.org, gitlab.archlinux.org; others are known by their subject. */
const GITLAB_ISSUER = /^https?:\/\/(?:[^/]+\.)?gitlab\.[^/]+/i;

/** Anything with `@` and a full ref after it: a workflow URI, or what only looks like one. */
const WORKFLOW_URI = /^[a-z][a-z0-9+.-]*:\/\/.*@(?:refs\/|[0-9a-f]{40}(?:[0-9a-f]{24})?$)/is;
