import type { CertificateIdentity } from '../signature/facts.ts';
import { equalsIgnoringCase } from '../text/plain-text.ts';

/** The path and the ref in the URI of a workflow. */
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
 * Parses `<repository>/<path>@<ref>`; undefined if it is not a workflow of this repository (ignores the ASCII case of
 * owner and name). The ref starts at the first `@` that a full ref follows. Branch names and names of workflow files may
 * contain `@`, but in the latter `refs/` never follows it.
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

/**
 * The path of the top-level workflow in this repository (claim `build-config-uri`), or undefined. GitLab puts two slashes
 * before it. A path that then still contains two in a row belongs to another project below this one.
 */
export function parseConfigUri(uri: string, repository: string): WorkflowUri | undefined {
  const found = parseWorkflowUri(uri, repository);
  const path = found?.path.replace(/^\//, '');
  return found === undefined || path === undefined || path === '' || path.startsWith('/') || path.includes('//')
    ? undefined
    : { ...found, path };
}

/** The ref in a workflow subject of any repository, or undefined. */
export function refOfSubject(subject: string): string | undefined {
  const repository = repositoryOfSubject(subject);
  return repository === undefined ? undefined : parseWorkflowUri(subject, repository)?.ref;
}

/**
 * The repository in a subject: scheme, host, owner and name (GitHub), or everything before `//` (GitLab, which has
 * nested groups). Undefined for a subject without a repository.
 */
export function repositoryOfSubject(subject: string): string | undefined {
  const path = subject.split('@')[0] ?? '';
  return (
    /^(https?:\/\/[^/]+\/(?:[^/]+\/)*[^/]+)\/\//.exec(path)?.[1] ??
    /^(https?:\/\/[^/]+\/[^/]+\/[^/]+)\/./.exec(path)?.[1]
  );
}

/** True if the subject is a workflow of this repository itself, not one that it calls. Ignores ASCII case. */
export function isWorkflowOf(subject: string, repository: string | undefined): boolean {
  const own = repositoryOfSubject(subject);
  return own !== undefined && repository !== undefined && equalsIgnoringCase(own, repository);
}

/**
 * True if the subject of such a certificate is a workflow of some repository, or would have to be one, because the
 * issuers of GitHub and GitLab identify only workflows. The subject must then agree with the claim
 * `source-repository-uri` (identity rule 3). Subjects of CircleCI and Codefresh are pipelines on their own host (fulcio
 * config/identity/config.yaml) and do not contain the repository. In doubt, returns true.
 */
export function hasWorkflowSubject({ issuer, subject }: Pick<CertificateIdentity, 'issuer' | 'subject'>): boolean {
  return [...GITHUB_ISSUERS, GITLAB_ISSUER].some((form) => form.test(issuer)) || WORKFLOW_URI.test(subject);
}

/** The issuers of github.com and of ghe.com tenants, with `/<slug>` for a single enterprise, and of Enterprise Servers. */
const GITHUB_ISSUERS: readonly RegExp[] = [
  /^https:\/\/token\.actions\.githubusercontent\.com(?:\/|$)/i,
  /^https:\/\/token\.actions\.[^/]+\.ghe\.com(?:\/|$)/i,
  /^https?:\/\/[^/]+\/_services\/token(?:\/|$)/i,
];

/** gitlab.com, dev.gitlab.org, gitlab.archlinux.org. Other GitLab servers are recognised by their subjects. */
const GITLAB_ISSUER = /^https?:\/\/(?:[^/]+\.)?gitlab\.[^/]+/i;

/** Anything with `@` and a full ref after it: a workflow URI, or a text that looks like one. */
const WORKFLOW_URI = /^[a-z][a-z0-9+.-]*:\/\/.*@(?:refs\/|[0-9a-f]{40}(?:[0-9a-f]{24})?$)/is;
