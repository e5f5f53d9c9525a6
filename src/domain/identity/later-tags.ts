import type { CertificateIdentity } from '../signature/facts.ts';
import { isWorkflowOf, refOfSubject } from './workflow-uri.ts';

const TAGS = 'refs/tags/';

/**
 * The glob for this tag and the later ones named like it: the part from the first digit of its version on may differ.
 * `refs/tags/v1.2.3` → `refs/tags/v*`, `refs/tags/app/1.0` → `refs/tags/app/*`. Undefined for anything but a tag.
 */
export function laterTags(ref: string): string | undefined {
  if (!ref.startsWith(TAGS) || ref.includes('*')) return undefined;
  const name = ref.slice(ref.lastIndexOf('/') + 1);
  if (name === '') return undefined;
  const folder = ref.slice(0, ref.length - name.length);
  // A version starts the name or follows a separator: the 8 in k8s does not start one.
  const before = /^(?:.*?[-_@.+])??v?(?=[0-9])/.exec(name)?.[0] ?? '';
  return `${folder}${before}*`;
}

/** The same for the ref of a workflow URI, as an anchored pattern in RE2 syntax. */
function laterTagsOfSubject(subject: string): string | undefined {
  const at = subject.lastIndexOf(`@${TAGS}`) + 1;
  const glob = at === 0 ? undefined : laterTags(subject.slice(at));
  if (glob === undefined) return undefined;
  const escaped = `${subject.slice(0, at)}${glob.slice(0, -1)}`.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  return `^${escaped}[^/]*$`;
}

/**
 * The subject for later tags too, as an anchored pattern, if this is a workflow of the source repository at the tag that
 * was built. A called workflow of another version is a decision of its own.
 */
export function laterTagsPattern({ subject, claims }: CertificateIdentity): string | undefined {
  const isOwn = isWorkflowOf(subject, claims['source-repository-uri']);
  return isOwn && claims['source-repository-ref'] === refOfSubject(subject) ? laterTagsOfSubject(subject) : undefined;
}
