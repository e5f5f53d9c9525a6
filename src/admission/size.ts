import { isJsonObject } from '../domain/text/json-object.ts';

/**
 * How much an object costs to read, found out without reading it: while one is read, no other request is served. Whoever
 * may create Pods in some namespace must not be able to keep the webhook busy.
 */

/** Places that may name an image. One takes up to 0.1 ms. */
const IMAGES_MAX = 1_000;
/** Keys and items. One takes up to 10 µs. */
const VALUES_MAX = 50_000;
/** As in files. Comparing two objects is recursive. */
const DEPTH_MAX = 200;

export const TOO_LARGE = {
  what: `the object has more than ${IMAGES_MAX} places for images, or more than ${VALUES_MAX} values`,
  cure: 'divide it: no Pod needs so many',
} as const;

export const TOO_DEEP = {
  what: `the values of the object are nested deeper than ${DEPTH_MAX}`,
  cure: 'no object of Kubernetes needs that',
} as const;

export interface ObjectSize {
  readonly isLarge: boolean;
  readonly isDeep: boolean;
}

/** Measures parsed JSON in one pass, without recursion. */
export function measure(object: unknown): ObjectSize {
  let images = 0;
  let values = 0;
  let level: readonly unknown[] = [object];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEPTH_MAX) return { isLarge: true, isDeep: true };
    const below: unknown[] = [];
    for (const value of level) {
      if (isJsonObject(value) && ('image' in value || 'reference' in value)) images += 1;
      for (const item of Object.values(value as object)) {
        values += 1;
        if (typeof item === 'object' && item !== null) below.push(item);
      }
    }
    level = below;
  }
  return { isLarge: images > IMAGES_MAX || values > VALUES_MAX, isDeep: false };
}
