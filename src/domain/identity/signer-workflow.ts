import { parseGlob } from '../patterns/glob.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { ValueError } from '../text/value-error.ts';
import { isFullRef, parseWorkflowUri } from './workflow-uri.ts';

/** The workflow that held the key. If a workflow calls a reusable one, this is the called one. */
export interface SignerWorkflow {
  /** As the user wrote it. */
  readonly source: string;
  readonly repository: string;
  readonly path: string;
  /** Undefined for any ref. */
  readonly ref: Pattern | undefined;
}

/** Parses `owner/name/path`, optionally with `@` and a full ref (may be a glob) or 40 hex digits. Throws ValueError. */
export function parseSignerWorkflow(text: string, serverUrl: string): SignerWorkflow {
  const local = text.startsWith(`${serverUrl}/`) ? text.slice(serverUrl.length + 1) : text;
  const at = refStart(local);
  const place = at < 0 ? local : local.slice(0, at);
  const [, repository, path] = /^([A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+)\/([^*]+)$/.exec(place) ?? [];
  if (repository === undefined || path === undefined) {
    throw new ValueError(`${JSON.stringify(text)} is not a workflow file in the form owner/name/path`);
  }
  const ref = at < 0 ? undefined : local.slice(at + 1);
  if (ref !== undefined && !isFullRef(ref)) {
    throw new ValueError(
      `${JSON.stringify(text)} has a short ref, but certificates contain the full one: ` +
        `write ${place}@refs/tags/${ref} or ${place}@refs/heads/${ref}`,
    );
  }
  return {
    source: text,
    repository: `${serverUrl}/${repository}`,
    path,
    ref: ref === undefined ? undefined : parseGlob(ref),
  };
}

/**
 * The place of the `@` before the ref, or -1. A workflow file may be called ci@2.yml, so a full ref decides; without
 * one, a text that ends like a file has no ref.
 */
function refStart(text: string): number {
  for (let at = text.indexOf('@'); at > 0; at = text.indexOf('@', at + 1)) {
    if (isFullRef(text.slice(at + 1))) return at;
  }
  return /\.ya?ml$/.test(text) ? -1 : text.lastIndexOf('@');
}

/** True if the subject is that workflow. Compares the whole subject (identity rule 6). */
export function isSignerWorkflow(subject: string, wanted: SignerWorkflow): boolean {
  const uri = parseWorkflowUri(subject, wanted.repository);
  return uri !== undefined && uri.path === wanted.path && (wanted.ref === undefined || wanted.ref.matches(uri.ref));
}
