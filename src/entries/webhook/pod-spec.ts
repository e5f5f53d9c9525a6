import { isJsonObject } from '../../domain/text/json-object.ts';

/** Where each kind has the specification of its Pods (k8s.io/api core/v1, apps/v1, batch/v1). */
const PATHS: readonly (readonly string[])[] = [
  ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  ['spec', 'template', 'spec'],
  ['template', 'spec'],
  ['spec'],
];

/**
 * The specification of the Pods that an object of Kubernetes makes, or of a Pod itself; undefined if it has none. Only the
 * names of pull secrets are read from it.
 */
export function podSpecOf(object: unknown): unknown {
  for (const path of PATHS) {
    let value = object;
    for (const key of path) value = isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    if (isJsonObject(value)) return value;
  }
  return undefined;
}
