import { parseGlob } from '../patterns/glob.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { ValueError } from '../text/value-error.ts';
import { isFullRef, parseWorkflowUri } from './workflow-uri.ts';

/** The workflow that held the key: the called one of a reusable workflow. */
export interface SignerWorkflow {
  /** As the user wrote it. */
  readonly source: string;
  readonly repository: string;
  readonly path: string;
  /** Undefined: any ref. */
  readonly ref: Pattern | undefined;
}

/** Reads `owner/name/path`, alone or with `@` and a full ref (globs) or 40 hex; throws ValueError. */
export function parseSignerWorkflow(text: string, serverUrl: string): SignerWorkflow {
  const local = text.startsWith(`${serverUrl}/`) ? text.slice(serverUrl.length + 1) : text;
  const at = local.indexOf('@');
  const place = at < 0 ? local : local.slice(0, at);
  const [, repository, path] = /^([A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+)\/([^*]+)$/.exec(place) ?? [];
  if (repository === undefined || path === undefined) {
    throw new ValueError(`${JSON.stringify(text)} is not owner/name/path of a workflow file`);
  }
  const ref = at < 0 ? undefined : local.slice(at + 1);
  if (ref !== undefined && !isFullRef(ref)) {
    throw new ValueError(
      `${JSON.stringify(text)} has a short ref; certificates hold the full one: ` +
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

/** True if this subject is that workflow, compared whole (identity rule 6). */
export function isSignerWorkflow(subject: string, wanted: SignerWorkflow): boolean {
  const uri = parseWorkflowUri(subject, wanted.repository);
  return uri !== undefined && uri.path === wanted.path && (wanted.ref === undefined || wanted.ref.matches(uri.ref));
}
