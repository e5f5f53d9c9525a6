import { equalsIgnoringCase } from '../text/ascii-case.ts';

/** Path and ref of a workflow, as its URI names them after the repository. */
export interface WorkflowUri {
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
