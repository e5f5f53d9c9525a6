import type { JsonObject } from '../http/json-body.ts';

/**
 * The object after operations `replace` (RFC 6902); the original stays. Throws on anything but a list, on other
 * operations, and on paths that lead nowhere.
 */
export function patched(object: JsonObject, operations: unknown): JsonObject {
  const result = structuredClone(object) as Record<string, unknown>;
  if (!Array.isArray(operations)) throw new Error('the server rejected our request: the patch is not a list');
  for (const operation of operations as readonly JsonObject[]) {
    const path = String(operation['path']);
    // RFC 6901 §3: what does not begin with a slash is not a pointer.
    if (!path.startsWith('/')) throw nowhere(path);
    // RFC 6901 §4: first ~1, then ~0.
    const steps = path.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const last = steps.pop() ?? '';
    let parent: unknown = result;
    for (const step of steps.slice(1)) {
      if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, step)) throw nowhere(path);
      parent = (parent as JsonObject)[step];
    }
    if (typeof parent !== 'object' || parent === null) throw nowhere(path);
    if (operation['op'] === 'replace') {
      if (!Object.hasOwn(parent, last)) throw nowhere(path);
      (parent as Record<string, unknown>)[last] = operation['value'];
    } else throw new Error(`the sandbox applies no ${String(operation['op'])}`);
  }
  return result;
}

const nowhere = (path: string): Error => new Error(`the server rejected our request: the patch leads nowhere: ${path}`);
