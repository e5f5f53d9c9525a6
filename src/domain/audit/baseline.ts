import type { ImageResult } from '../results.ts';
import { isJsonObject } from '../text/json-object.ts';
import { type JsonPlace, parseStrictJson } from '../text/strict-json.ts';
import { ValueError } from '../text/value-error.ts';
import { type ImageFacts, MISSING, readImageFacts } from './image-facts.ts';

/** What the last run saw. */
export interface Baseline {
  /** By the key of each image. */
  readonly images: ReadonlyMap<string, BaselineImage>;
}

export interface BaselineImage {
  readonly facts: ImageFacts;
  /** As it stands in the file, with the parts that no audit compares. */
  readonly written: Readonly<Record<string, unknown>>;
}

/** The size of a baseline, in bytes, read or written: 2,000 images with four signatures each have a fifth of it. */
export const BASELINE_MAX_BYTES = 32 * 1024 * 1024;
/** Images of one audit. */
export const AUDITED_MAX = 2_000;
/** Images of one baseline: those of a run, and those that it keeps for lines whose tags it could not list. */
const BASELINE_MAX = 2 * AUDITED_MAX;

const LIMITS = { maxBytes: BASELINE_MAX_BYTES, maxDepth: 16, maxMembers: 2_000_000 };
const SIGNATURE: JsonPlace = {
  format: null,
  digest: null,
  verdict: null,
  reason: null,
  issuer: null,
  subject: null,
  claims: null,
  annotations: null,
  signedAt: null,
  log: { url: null, index: null },
  unverified: null,
  predicateType: null,
  platform: null,
};
const PLACE: JsonPlace = {
  schemaVersion: null,
  verified: null,
  truncated: null,
  images: {
    reference: null,
    resolved: null,
    repository: null,
    tag: null,
    digest: null,
    verdict: null,
    reason: null,
    message: null,
    sources: null,
    signatures: SIGNATURE,
    attestations: SIGNATURE,
    platforms: { platform: null, digest: null, verdict: null, reason: null },
  },
};

/**
 * Reads a baseline: the results JSON of the last run. A damaged one must not look like one in which nothing has changed,
 * so that anything unexpected is refused. Throws ValueError with what is wrong.
 */
export function parseBaseline(bytes: Uint8Array): Baseline {
  let json: unknown;
  try {
    json = parseStrictJson(bytes, { ...LIMITS, place: PLACE });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ValueError(`it is not valid JSON: ${error.message}`, { cause: error });
  }
  if (!isJsonObject(json)) throw new ValueError('it is not a JSON object');
  if (json['schemaVersion'] !== 2) throw new ValueError('its schemaVersion is not 2');
  if (json['truncated'] !== undefined) {
    throw new ValueError('it is the output `results`, which was shortened. Use the file that the audit wrote');
  }
  if (typeof json['verified'] !== 'boolean') throw new ValueError('verified is not true or false');
  const list = json['images'];
  if (!Array.isArray(list)) throw new ValueError('images is not a list');
  if (list.length > BASELINE_MAX) throw new ValueError(`it has more than ${BASELINE_MAX} images`);
  const images = new Map<string, BaselineImage>();
  for (const [index, written] of list.entries()) {
    const facts = readImageFacts(written, `images[${index}]`);
    if (facts === undefined) continue;
    if (images.has(facts.key)) throw new ValueError(`images[${index}] is there twice`);
    images.set(facts.key, { facts, written: written as Readonly<Record<string, unknown>> });
  }
  return { images };
}

/** The results JSON with the images of the next baseline. Throws ValueError for one that could not be read again. */
export function formatBaseline(images: readonly unknown[]): string {
  if (images.length > BASELINE_MAX) throw new ValueError(`it would have more than ${BASELINE_MAX} images`);
  const text = `${JSON.stringify({ schemaVersion: 2, verified: false, images }, null, 2)}\n`;
  if (Buffer.byteLength(text) <= BASELINE_MAX_BYTES) return text;
  throw new ValueError(`it would have more than ${BASELINE_MAX_BYTES} bytes`);
}

/** An image of the baseline that the registry no longer has: it keeps the last digest, so that its return is seen. */
export function missingImage({ written }: BaselineImage): Readonly<Record<string, unknown>> {
  return { ...written, verdict: 'error', reason: MISSING, message: 'The registry no longer has it.' };
}

/** The facts of this run's results, read as the next run will read them from its baseline. */
export function factsOf(image: ImageResult, index: number): ImageFacts | undefined {
  return readImageFacts(JSON.parse(JSON.stringify(image)), `images[${index}]`);
}
