import { cutText } from '../domain/text/cut-text.ts';
import { isJsonObject } from '../domain/text/json-object.ts';
import { quoted } from '../domain/text/quoted.ts';
import type { ImagePath } from '../workloads/image-paths.ts';
import { ruleOf } from '../workloads/kinds.ts';
import type { FileProblem, NamedImage } from '../workloads/named-image.ts';
import { imagesOfObject } from '../workloads/object-images.ts';
import { POD_KINDS, podKindOf } from '../workloads/pod-kinds.ts';
import type { AdmissionRequest } from './review.ts';
import { measure, TOO_DEEP, TOO_LARGE } from './size.ts';
import { findUnchanged, haveSameImageParts, haveSameLabels } from './unchanged.ts';

/** What a request asks about images. */
export type ReviewObject =
  /** It cannot change which image runs. `why` is for the audit log. */
  | { readonly kind: 'no-images'; readonly why: string; readonly warning?: string }
  /** It cannot be judged. At least one problem. */
  | { readonly kind: 'unreadable'; readonly problems: readonly [ObjectProblem, ...ObjectProblem[]] }
  /** An UPDATE that touches nothing that could name an image. */
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'images';
      /** Those to judge; with an UPDATE, only what the request changes. May be empty. */
      readonly images: readonly NamedImage[];
      /** Of an UPDATE: those that are as they were. */
      readonly unchanged: readonly NamedImage[];
      /** Of `images`: those that the object had before, word for word; they are judged only for its labels. */
      readonly kept: ReadonlySet<NamedImage>;
      /** All images of the object before an UPDATE; empty otherwise. */
      readonly old: readonly NamedImage[];
    };

export type ObjectProblem = Pick<FileProblem, 'object' | 'field' | 'what' | 'cure'>;

interface ReadingOptions {
  readonly imagePaths: readonly ImagePath[];
  readonly areLabelsJudged: boolean;
}

/** Subresources whose object is that of the resource itself. */
const WHOLE_OBJECT: readonly string[] = ['', 'ephemeralcontainers', 'resize', 'status'];

/** The longest name in Kubernetes. */
const NAME_MAX = 253;

/** What the request asks about images. Never throws on parsed JSON. */
export function readReviewObject(request: AdmissionRequest, options: ReadingOptions): ReviewObject {
  const { operation, kind } = request;
  // Neither writes a Pod or a template: what runs stays, or ends.
  if (operation === 'DELETE' || operation === 'CONNECT')
    return { kind: 'no-images', why: `${operation} runs no image` };
  const mismatch = findMismatch(request);
  if (mismatch !== undefined) return unreadable(mismatch);
  const rule = ruleOf(kind.kind, kind.group);
  const isNamed = options.imagePaths.some((one) => one.kind === kind.kind && one.group === kind.group);
  if (rule === 'no-images' && !isNamed) return noImages(request);
  if (rule === 'unknown' && !isNamed) {
    return unreadable({
      what: `objects of the kind ${quoted(typeOf(request))} are not known, so their images cannot be found`,
      cure: 'take the resource out of the webhook’s rules, or name its image fields in COUNTERSIGN_IMAGE_PATHS',
    });
  }
  return compare(request, options);
}

function compare(request: AdmissionRequest, { imagePaths, areLabelsJudged }: ReadingOptions): ReviewObject {
  const { operation, object, oldObject, kind } = request;
  const isUpdate = operation === 'UPDATE' && isJsonObject(oldObject);
  const sizes = [measure(object), ...(isUpdate ? [measure(oldObject)] : [])];
  if (sizes.some(({ isDeep }) => isDeep)) return unreadable(TOO_DEEP);
  // Another policy may apply after a change of labels: then nothing counts as unchanged.
  const canStay = isUpdate && !(areLabelsJudged && !haveSameLabels(object, oldObject));
  // The object was there before, with all that is wrong about it, and the request does not touch that.
  if (canStay && haveSameImageParts(object, oldObject, imagePaths)) return { kind: 'unchanged' };
  if (sizes.some(({ isLarge }) => isLarge)) return unreadable(TOO_LARGE);
  const found = imagesOfObject(object, { imagePaths });
  const [first, ...more] = found.problems;
  if (first !== undefined) return { kind: 'unreadable', problems: [first, ...more] };
  const isBuiltIn = podKindOf(kind.kind, kind.group) !== undefined;
  if (found.images.length === 0) {
    const what = `the ${cutText(kind.kind, NAME_MAX)} names no image, so nothing about it can be checked`;
    if (isBuiltIn) return unreadable({ what, cure: 'write its containers with their images' });
    // Most objects of such a kind have none, so that is not worth a warning.
    if (ruleOf(kind.kind, kind.group) === 'no-images') return noImages(request);
    return { kind: 'no-images', why: what, warning: what };
  }
  const old = isUpdate ? imagesOfObject(oldObject, { imagePaths }).images : [];
  // In other kinds a field may stand for several images (manifests inside of manifests), so a change of one is one of all.
  const kept = new Set(isBuiltIn ? findUnchanged(found.images, old) : []);
  const unchanged = canStay ? [...kept] : [];
  const images = canStay ? found.images.filter((image) => !kept.has(image)) : found.images;
  return { kind: 'images', images, unchanged, kept, old };
}

/** Where request and object disagree about what the object is. The API server sends no such request. */
function findMismatch(request: AdmissionRequest): ObjectProblem | undefined {
  const { kind, resource, subResource, object } = request;
  const disagree = (what: string): ObjectProblem => ({
    ...{ object: undefined, field: undefined, what },
    cure: 'report this: no API server sends such a request',
  });
  if (!isJsonObject(object)) return disagree('the request has no object');
  if ('items' in object || kind.kind.endsWith('List')) {
    return { ...disagree('the object is a list'), cure: 'send its objects one by one' };
  }
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  if (object['apiVersion'] !== apiVersion || object['kind'] !== kind.kind) {
    return disagree(`the request is about ${quoted(`${apiVersion} ${kind.kind}`)}, and the object says something else`);
  }
  const known = POD_KINDS.find((one) => one.resource === resource.resource && one.groups.includes(resource.group));
  if (known !== undefined) {
    const isWhole = WHOLE_OBJECT.includes(subResource);
    const isRight = isWhole
      ? known.kind === kind.kind && known.groups.includes(kind.group)
      : ruleOf(kind.kind, kind.group) === 'no-images';
    const of = subResource === '' ? resource.resource : `${resource.resource}/${subResource}`;
    if (!isRight) return disagree(`an object of the kind ${quoted(kind.kind)} is not an object of ${quoted(of)}`);
    if (isWhole && request.namespace === '') return disagree('the request names no namespace');
  }
  return undefined;
}

function noImages({ kind }: AdmissionRequest): ReviewObject {
  return { kind: 'no-images', why: `an object of the kind ${cutText(kind.kind, NAME_MAX)} names no image` };
}

function unreadable({ what, cure }: Pick<ObjectProblem, 'what' | 'cure'>): ReviewObject {
  return { kind: 'unreadable', problems: [{ object: undefined, field: undefined, what, cure }] };
}

function typeOf({ kind }: AdmissionRequest): string {
  return kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
}
