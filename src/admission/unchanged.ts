import { isJsonObject, type JsonObject } from '../domain/text/json-object.ts';
import { sameJson } from '../domain/text/same-json.ts';
import type { ImagePath } from '../workloads/image-paths.ts';
import { groupOf } from '../workloads/kinds.ts';
import type { NamedImage } from '../workloads/named-image.ts';
import { podKindOf, valueAt } from '../workloads/pod-kinds.ts';
import { isSeedAnnotation } from '../workloads/seed-annotations.ts';

/** What an UPDATE leaves as it was (contract §2.7, decision 0037). */

/**
 * The images that the old object names in the same field, written alike and with the same demands of the tutorial's
 * annotations. A place counts with its index: an image that moves to another container is a change.
 */
export function findUnchanged(images: readonly NamedImage[], old: readonly NamedImage[]): NamedImage[] {
  const known = new Set(old.map(keyOf));
  return images.filter((image) => known.has(keyOf(image)));
}

function keyOf({ field, image, annotated }: NamedImage): string {
  return JSON.stringify([field, image, annotated?.subject ?? null, annotated?.issuer ?? null]);
}

/**
 * True if everything that can name an image, and the tutorial's annotations, are the same JSON: then it does not matter
 * whether the object can be read. For a kind that is not built in, everything but metadata and status has to be equal. What
 * `imagePaths` names may be anywhere, also in metadata and status.
 */
export function haveSameImageParts(object: unknown, oldObject: unknown, imagePaths: readonly ImagePath[]): boolean {
  if (!isJsonObject(object) || !isJsonObject(oldObject)) return false;
  if (object['apiVersion'] !== oldObject['apiVersion'] || object['kind'] !== oldObject['kind']) return false;
  const [keys, oldKeys] = [seedsOf(object), seedsOf(oldObject)];
  const named = imagePaths.filter(({ kind, group }) => kind === object['kind'] && group === groupOfObject(object));
  return (
    sameJson(keys, oldKeys) &&
    sameJson(partsOf(object), partsOf(oldObject)) &&
    named.every(({ steps }) => sameJson(namedPart(object, steps), namedPart(oldObject, steps)))
  );
}

/** True if the labels of the object itself, which policies may select by, are the same. */
export function haveSameLabels(object: unknown, oldObject: unknown): boolean {
  return sameJson(metadataOf(object, 'labels'), metadataOf(oldObject, 'labels'));
}

function partsOf(object: JsonObject): unknown {
  const known = podKindOf(object['kind'], groupOfObject(object));
  if (known !== undefined) return valueAt(object, known.part);
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== 'metadata' && key !== 'status'));
}

/** The value without whatever these steps do not lead to (`valuesAt`); undefined if they lead to nothing. */
function namedPart(value: unknown, steps: readonly string[]): unknown {
  const [step, ...others] = steps;
  if (step === undefined) return value;
  if (Array.isArray(value)) return step === '*' ? value.map((item) => namedPart(item, others)) : undefined;
  if (!isJsonObject(value)) return undefined;
  if (step !== '*') return namedPart(valueAt(value, [step]), others);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, namedPart(item, others)]));
}

function groupOfObject({ apiVersion }: JsonObject): string {
  return groupOf(typeof apiVersion === 'string' ? apiVersion : '');
}

/** The tutorial's annotations of the object itself; those of a template are part of it. */
function seedsOf(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(metadataOf(object, 'annotations')).filter(([key]) => isSeedAnnotation(key)));
}

function metadataOf(object: unknown, key: 'annotations' | 'labels'): JsonObject {
  const value = valueAt(object, ['metadata', key]);
  return isJsonObject(value) ? value : {};
}
