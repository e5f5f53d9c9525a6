import type { Digest } from '../image/digest.ts';
import type { Repository } from '../image/reference.ts';
import { parseGlob } from '../patterns/glob.ts';
import { matchedName } from './image-name.ts';
import type { LabelExpression, LabelSelector, ObjectMatch, Policy } from './policy.ts';

/** The object that names an image, as `spec.match` sees it: the top-level object of a document or request. */
export interface NamingObject {
  /** Such as `apps/v1` or `v1`. */
  readonly apiVersion: string;
  readonly kind: string;
  readonly labels: ReadonlyMap<string, string>;
}

/**
 * The policies that apply to an image, in their order: one of the globs matches its name, and one of the entries of `match`, if
 * there are any, fits the object that names it. `object` is undefined for an image that no Kubernetes object names: no entry
 * fits it.
 */
export function selectPolicies(
  policies: readonly Policy[],
  image: { readonly repository: Repository; readonly digest: Digest; readonly object: NamingObject | undefined },
): Policy[] {
  const name = matchedName(image.repository, image.digest);
  return policies.filter(
    ({ globs, match }) => fitsObject(match, image.object) && globs.some((glob) => glob.matches(name)),
  );
}

/**
 * The policies that apply to some digest of a repository: without any, nothing about the image needs to be asked of its
 * registry. The resolved reference decides (`selectPolicies`).
 */
export function selectForRepository(
  policies: readonly Policy[],
  { repository, object }: { readonly repository: Repository; readonly object: NamingObject | undefined },
): Policy[] {
  return policies.filter(
    ({ globs, match }) => fitsObject(match, object) && globs.some((glob) => glob.matchesSomeOf(repository)),
  );
}

/**
 * The policies that apply to objects of a namespace, in their order: those without `countersign/namespaces`, and those with a
 * glob that matches the whole name. Names of namespaces hold no `/`, so that `*` is any text. Only the webhook selects by it:
 * in files, nothing says for certain to which namespace an object will be applied.
 */
export function policiesInNamespace(policies: readonly Policy[], namespace: string): Policy[] {
  return policies.filter(
    ({ namespaces }) => namespaces === undefined || namespaces.some((glob) => parseGlob(glob).matches(namespace)),
  );
}

/** True if some policy looks at the labels of the object: then a change of labels may change which policies apply. */
export function selectsByLabels(policies: readonly Policy[]): boolean {
  return policies.some(({ match }) => match?.some(({ selector }) => selector !== undefined) === true);
}

function fitsObject(match: Policy['match'], object: NamingObject | undefined): boolean {
  if (match === undefined) return true;
  return object !== undefined && match.some((entry) => fitsEntry(entry, object));
}

/** policy-controller compares the group and the guessed plural exactly, and the version exactly or by `*`. */
function fitsEntry({ group, version, resource, selector }: ObjectMatch, object: NamingObject): boolean {
  const slash = object.apiVersion.indexOf('/');
  const objectGroup = slash < 0 ? '' : object.apiVersion.slice(0, slash);
  const objectVersion = object.apiVersion.slice(slash + 1);
  return (
    resource === guessResource(object.kind) &&
    group === objectGroup &&
    (version === '*' || version === objectVersion) &&
    (selector === undefined || selects(selector, object.labels))
  );
}

/** The resource of a kind by the rules for English plurals (k8s.io/apimachinery pkg/api/meta, UnsafeGuessKindToResource). */
function guessResource(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith('s')) return `${name}es`;
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/** k8s.io/apimachinery pkg/labels: everything must hold; `NotIn` and `DoesNotExist` hold for an absent label. */
function selects({ matchLabels, matchExpressions }: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  return (
    [...matchLabels].every(([key, value]) => labels.get(key) === value) &&
    matchExpressions.every((expression) => holds(expression, labels))
  );
}

function holds({ key, operator, values }: LabelExpression, labels: ReadonlyMap<string, string>): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
  }
}
