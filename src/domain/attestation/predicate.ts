import { compactJson } from '../text/compact-json.ts';
import { isJsonObject, type JsonObject } from '../text/json-object.ts';
import { sameJson } from '../text/same-json.ts';
import { parseStrictJson } from '../text/strict-json.ts';
import { ValueError } from '../text/value-error.ts';
import { COSIGN_CUSTOM, isCosignAlias, SLSA_PROVENANCE_V1, typeOfAlias } from './predicate-types.ts';

/** The largest file or text that becomes a predicate, in bytes; the same as in actions/attest. */
export const PREDICATE_MAX_BYTES = 16 * 1024 * 1024;
/**
 * The limits of a predicate. They are a little stricter than those of the gate for a whole statement, so that it reads
 * whatever this step writes.
 */
const LIMITS = { maxBytes: PREDICATE_MAX_BYTES, maxDepth: 98, maxMembers: 490_000 };

/** A predicate as it is written: JSON text without blanks between its tokens. */
export interface Predicate {
  readonly type: string;
  readonly json: string;
}

/**
 * Parses the JSON of a predicate. Duplicate keys are refused, because readers would disagree about the content. Throws
 * ValueError.
 */
export function parsePredicateJson(text: Uint8Array | string): unknown {
  try {
    return parseStrictJson(text, LIMITS);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new ValueError(`it is not JSON that every reader understands alike: ${error.message}`);
    throw error;
  }
}

/**
 * The predicate that cosign attest makes of a file for this type, which is an alias of cosign's or a URI (cosign
 * pkg/cosign/attestation): `custom` wraps the text and the time in an object, `spdx` makes it one JSON string, and
 * every other type takes a JSON object. Other than cosign, it keeps unknown fields. Throws ValueError.
 */
export function cosignPredicate(named: string, text: string, now: Date): Predicate {
  const type = isCosignAlias(named) ? typeOfAlias(named) : named;
  if (type === COSIGN_CUSTOM) {
    const Timestamp = now.toISOString().replace(/\.\d{3}Z$/, 'Z');
    return { type, json: stringify({ Data: text, Timestamp }) };
  }
  if (named === 'spdx') return { type, json: stringify(text) };
  const value = parsePredicateJson(text);
  if (!isJsonObject(value)) throw new ValueError('it is not a JSON object');
  const renamed = type === SLSA_PROVENANCE_V1 ? withInvocationId(value) : undefined;
  return { type, json: renamed === undefined ? compactJson(text) : stringify(renamed) };
}

function stringify(value: unknown): string {
  const json = JSON.stringify(value);
  if (Buffer.byteLength(json) > PREDICATE_MAX_BYTES) {
    throw new ValueError(`written as one JSON text it has more than ${PREDICATE_MAX_BYTES} bytes`);
  }
  return json;
}

/** cosign writes the name that SLSA v1.0 drafts had for a field as the present one; undefined if it is not there. */
function withInvocationId(provenance: JsonObject): JsonObject | undefined {
  const { runDetails } = provenance;
  const metadata = isJsonObject(runDetails) ? runDetails['metadata'] : undefined;
  if (!isJsonObject(runDetails) || !isJsonObject(metadata) || !Object.hasOwn(metadata, 'invocationID'))
    return undefined;
  const { invocationID, ...rest } = metadata;
  return { ...provenance, runDetails: { ...runDetails, metadata: { ...rest, invocationId: invocationID } } };
}

/**
 * True if two predicates of one type say the same: equal as parsed JSON, without the time in cosign's `custom`, which
 * differs in every run.
 */
export function samePredicate(type: string, one: unknown, other: unknown): boolean {
  return type === COSIGN_CUSTOM ? sameJson(timeless(one), timeless(other)) : sameJson(one, other);
}

function timeless(predicate: unknown): unknown {
  if (!isJsonObject(predicate)) return predicate;
  const { Timestamp: _, ...rest } = predicate;
  return rest;
}
