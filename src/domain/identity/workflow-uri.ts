import type { CertificateIdentity } from '../signature/facts.ts';
import { equalsIgnoringCase } from '../text/plain-text.ts';

/** Path and ref of a workflow, as its URI names them after the repository. */
interface WorkflowUri {
  readonly path: string;
  /** `refs/…` or 40 hex digits. */
  readonly ref: string;
}

const REF = /^(?:refs\/.+|[0-9a-f]{40})$/s;

/** True for a complete ref: `refs/…` or a commit of 40 hex digits, never a short name. */
export function isFullRef(text: string): boolean {
  return REF.test(text);
}

/**
 * Reads `<repository>/<path>@<ref>` if it is a workflow of this repository (owner and name: ASCII case
 * ignored), else undefined. The ref starts at the first `@` that leaves a full ref: a branch name may hold
 * `@`, a workflow file name may too, but not one followed by `refs/`.
 */
export function parseWorkflowUri(uri: string, repository: string): WorkflowUri | undefined {
  const prefix = uri.slice(0, repository.length);
  if (!equalsIgnoringCase(prefix, repository) || uri[repository.length] !== '/') return undefined;
  const rest = uri.slice(repository.length + 1);
  for (let at = rest.indexOf('@'); at > 0; at = rest.indexOf('@', at + 1)) {
    const ref = rest.slice(at + 1);
    if (isFullRef(ref)) return { path: rest.slice(0, at), ref };
  }
  return undefined;
}

/** The ref in a workflow subject of any repository, or undefined. */
export function refOfSubject(subject: string): string | undefined {
  const repository = repositoryOfSubject(subject);
  return repository === undefined ? undefined : parseWorkflowUri(subject, repository)?.ref;
}

/**
 * The repository in a subject: scheme, host, owner and name (GitHub), or everything before `//` (GitLab,
 * whose groups nest). Undefined for a subject that names none.
 */
export function repositoryOfSubject(subject: string): string | undefined {
  const path = subject.split('@')[0] ?? '';
  return (
    /^(https?:\/\/[^/]+\/(?:[^/]+\/)*[^/]+)\/\//.exec(path)?.[1] ??
    /^(https?:\/\/[^/]+\/[^/]+\/[^/]+)\/./.exec(path)?.[1]
  );
}

/** True if the subject is a workflow of this repository itself, not one that it calls (ASCII case ignored). */
export function isWorkflowOf(subject: string, repository: string | undefined): boolean {
  const own = repositoryOfSubject(subject);
  return own !== undefined && repository !== undefined && equalsIgnoringCase(own, repository);
}

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
