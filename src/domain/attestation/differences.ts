import type { Finding } from '../identity/evaluation.ts';
import { isJsonObject } from '../text/json-object.ts';

/** The maximum number of differences that are listed, and of characters of each value. */
const LISTED_MAX = 20;
const SHOWN_MAX = 300;

/**
 * Compares JSON with the expected JSON, whose scalars are texts, and returns each difference with its path. Keys that are
 * not expected are differences too, because nobody can confirm them.
 */
export function differences(expected: unknown, found: unknown, path: string): Finding[] {
  const list: Finding[] = [];
  compare({ expected, found, path, list });
  return list.slice(0, LISTED_MAX);
}

interface Comparison {
  readonly expected: unknown;
  readonly found: unknown;
  readonly path: string;
  readonly list: Finding[];
}

function compare({ expected, found, path, list }: Comparison): void {
  if (list.length >= LISTED_MAX) return;
  if (Array.isArray(expected) && Array.isArray(found)) {
    const length = Math.max(expected.length, found.length);
    for (let index = 0; index < length && list.length < LISTED_MAX; index += 1) {
      const item = { path: `${path}[${index}]`, list };
      if (index >= expected.length) list.push(unexpected(item.path, found[index]));
      else compare({ expected: expected[index], found: found[index], ...item });
    }
    return;
  }
  if (isJsonObject(expected) && isJsonObject(found)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      if (list.length >= LISTED_MAX) return;
      const at = path === '' ? key : `${path}.${key}`;
      const value = Object.hasOwn(found, key) ? found[key] : undefined;
      if (!Object.hasOwn(expected, key)) list.push(unexpected(at, value));
      else compare({ expected: expected[key], found: value, path: at, list });
    }
    return;
  }
  if (typeof expected === 'string' && expected === found) return;
  list.push({
    field: cut(path),
    expected: shownJson(expected),
    found: found === undefined ? undefined : shownJson(found),
    ok: false,
  });
}

function unexpected(path: string, found: unknown): Finding {
  return { field: cut(path), expected: 'no such field', found: shownJson(found), ok: false };
}

/** A text as it is, anything else as JSON; cut to a length for reports. */
export function shownJson(value: unknown): string {
  return cut(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing'));
}

function cut(text: string): string {
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}
