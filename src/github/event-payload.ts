import { isJsonObject } from '../domain/text/json-object.ts';
/** The value at the path in the event payload; undefined if anything on the way is missing or no object. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (!isJsonObject(current)) return undefined;
    current = current[name];
  }
  return current;
}

/** A string that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A whole commit hash in lower case: SHA-1, or SHA-256 as `git init --object-format=sha256` makes them. */
export function isCommitHash(value: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value);
}
