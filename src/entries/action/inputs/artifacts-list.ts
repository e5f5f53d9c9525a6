import { type Digest, parseDigest } from '../../../domain/image/digest.ts';
import { isJsonObject } from '../../../domain/text/json-object.ts';
import { ValueError } from '../../../domain/text/value-error.ts';

/** An image that an earlier step of the job declared. */
export interface DeclaredImage {
  /** As declared; may hold a tag. */
  readonly name: string;
  readonly digest: Digest;
}

/**
 * Parses the file behind `$GITHUB_ARTIFACTS_LIST` (actions/runner#4527): the subjects of kind `oci`. An
 * empty file is what a runner without the feature gives: no subjects. Throws ValueError for another
 * version or shape, and for an image that has no sha256 digest.
 */
export function parseArtifactsList(text: string): DeclaredImage[] {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (body === '') return [];
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    throw new ValueError('is no JSON');
  }
  if (!isJsonObject(document) || document['version'] !== 1 || !Array.isArray(document['subjects'])) {
    throw new ValueError('is not version 1 of that list');
  }
  const subjects: unknown[] = document['subjects'];
  return subjects.filter((subject) => isJsonObject(subject) && subject['kind'] === 'oci').map(parseSubject);
}

function parseSubject(subject: unknown): DeclaredImage {
  const name = isJsonObject(subject) ? subject['name'] : undefined;
  const digest = isJsonObject(subject) ? subject['digest'] : undefined;
  if (typeof name !== 'string' || name === '') throw new ValueError('holds an image without a name');
  const parsed = typeof digest === 'string' ? parseDigest(digest) : undefined;
  if (parsed === undefined) throw new ValueError(`holds ${JSON.stringify(name)} without a sha256 digest`);
  return { name, digest: parsed };
}
