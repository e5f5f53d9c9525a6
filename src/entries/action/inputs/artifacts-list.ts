import { type Digest, parseDigest } from '../../../domain/image/digest.ts';
import { isJsonObject } from '../../../domain/text/json-object.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';

/** An image that an earlier step of the job declared. */
interface DeclaredImage {
  /** As declared; may contain a tag. */
  readonly name: string;
  readonly digest: Digest;
}

/**
 * Parses the file at `$GITHUB_ARTIFACTS_LIST` (actions/runner#4527) and returns the subjects of kind `oci`. An empty
 * file means that the runner lacks the feature: no subjects. Throws ValueError for another version or shape, and for
 * an image without a sha256 digest.
 */
export function parseArtifactsList(text: string): DeclaredImage[] {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (body === '') return [];
  let document: unknown;
  try {
    document = JSON.parse(body);
  } catch {
    throw new ValueError('is not valid JSON');
  }
  if (!isJsonObject(document) || document['version'] !== 1 || !Array.isArray(document['subjects'])) {
    throw new ValueError('is not in version 1 of the list format');
  }
  const subjects: unknown[] = document['subjects'];
  return subjects.filter((subject) => isJsonObject(subject) && subject['kind'] === 'oci').map(parseSubject);
}

function parseSubject(subject: unknown): DeclaredImage {
  const name = isJsonObject(subject) ? subject['name'] : undefined;
  const digest = isJsonObject(subject) ? subject['digest'] : undefined;
  if (typeof name !== 'string' || name === '') throw new ValueError('contains an image without a name');
  const parsed = typeof digest === 'string' ? parseDigest(digest) : undefined;
  if (parsed === undefined) throw new ValueError(`contains ${quoted(name)} without a sha256 digest`);
  return { name, digest: parsed };
}
