import type { JsonObject } from '../../domain/text/json-object.ts';

/*
 * Readers for one field of parsed JSON. Each throws a TypeError that names the field. The formats are closed: an
 * unknown field, another type or a non-canonical encoding is malformed (Go's protojson refuses them too).
 */

/** Reads an object that has no fields other than `fields`. */
export function readObject(value: unknown, name: string, fields: readonly string[]): JsonObject {
  const object = readOpenObject(value, name);
  for (const key of Object.keys(object)) {
    if (!fields.includes(key)) throw new TypeError(`${name} has an unknown field ${JSON.stringify(key.slice(0, 80))}`);
  }
  return object;
}

/** Reads an object with any fields. */
export function readOpenObject(value: unknown, name: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`${name} is not an object`);
  return value as JsonObject;
}

/** Reads a field; undefined if it is absent or null (protobuf JSON: null is an unset field). */
export function field(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? (object[name] ?? undefined) : undefined;
}

export function readString(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} is not a non-empty string`);
  return value;
}

/** Reads a list. An absent list is empty, as protobuf omits empty lists. */
export function readList(value: unknown, name: string, max: number): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new TypeError(`${name} is not a list`);
  if (value.length > max) throw new TypeError(`${name} has ${value.length} items, more than ${max}`);
  return value;
}

/**
 * Reads standard padded base64 of at least one byte. Buffer tolerates errors, so only a text that encodes back to
 * itself is canonical. A regular expression would overflow the stack on a few megabytes, and a large attestation would
 * count as malformed.
 */
export function readBase64(value: unknown, name: string): Buffer {
  const text = readString(value, name);
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw new TypeError(`${name} is not canonical base64`);
  return bytes;
}

const HEX_256 = /^[0-9a-f]{64}$/;

/** Reads 64 lower-case hex digits. */
export function readSha256Hex(value: unknown, name: string): Buffer {
  const text = readString(value, name);
  if (!HEX_256.test(text)) throw new TypeError(`${name} is not 64 lower-case hex digits`);
  return Buffer.from(text, 'hex');
}

/** Reads a non-negative int64 in protobuf JSON (decimal string, absent = 0) that is a safe integer. */
export function readInteger(value: unknown, name: string): number {
  if (value === undefined) return 0;
  const number = typeof value === 'string' && /^(?:0|[1-9][0-9]{0,15})$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) {
    throw new TypeError(`${name} is not a non-negative integer`);
  }
  return number;
}
