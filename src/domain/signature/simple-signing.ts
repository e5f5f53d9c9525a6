import type { Digest } from '../image/digest.ts';
import { SIMPLE_SIGNING_TYPE } from '../image/media-types.ts';
import type { Repository } from '../image/reference.ts';
import { sortedAnnotations } from './annotations.ts';

/**
 * The payload that cosign v2 signs for the `.sig` tag (sigstore/pkg/signature/payload): compact JSON as written by Go's
 * encoding/json. `optional` has sorted keys, and is null without annotations.
 */
export function simpleSigningPayload(
  repository: Repository,
  digest: Digest,
  annotations: Readonly<Record<string, string>>,
): Uint8Array {
  const pairs = sortedAnnotations(annotations).map(([key, value]) => `${goJson(key)}:${goJson(value)}`);
  const text =
    `{"critical":{"identity":{"docker-reference":${goJson(dockerReference(repository))}},` +
    `"image":{"docker-manifest-digest":"${digest}"},"type":"${SIMPLE_SIGNING_TYPE}"},` +
    `"optional":${pairs.length === 0 ? 'null' : `{${pairs.join(',')}}`}}`;
  return new TextEncoder().encode(text);
}

/**
 * The repository as in cosign's payload: the fully qualified name of go-containerregistry, which calls Docker Hub
 * `index.docker.io`.
 */
export function dockerReference(repository: Repository): string {
  const host = repository.registry === 'docker.io' ? 'index.docker.io' : repository.registry;
  return `${host}/${repository.path}`;
}

/** A string as written by Go's encoding/json. Differs from JSON.stringify only in the HTML escapes and U+2028/9. */
function goJson(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
