import { isJsonObject } from '../domain/text/json-object.ts';

/** The value at the path in the event payload; undefined if a part of the path is missing or not an object. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (!isJsonObject(current)) return undefined;
    current = current[name];
  }
  return current;
}

/** The value if it is a non-empty string, else undefined. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** True for a full commit hash in lower case: SHA-1, or SHA-256 as in `git init --object-format=sha256`. */
export function isCommitHash(value: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
}
