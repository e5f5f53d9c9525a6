import type { Digest } from '../image/digest.ts';
import { SIMPLE_SIGNING_TYPE } from '../image/media-types.ts';
import type { Repository } from '../image/reference.ts';
import { sortedAnnotations } from './annotations.ts';

/**
 * The payload that cosign v2 signs for the `.sig` tag (sigstore/pkg/signature/payload): compact JSON as
 * Go's encoding/json writes it, `optional` null without annotations, else with sorted keys.
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
 * The repository as cosign writes it into the payload: go-containerregistry's fully qualified name,
 * in which Docker Hub is `index.docker.io`.
 */
export function dockerReference(repository: Repository): string {
  const host = repository.registry === 'docker.io' ? 'index.docker.io' : repository.registry;
  return `${host}/${repository.path}`;
}

/** A string as Go's encoding/json writes it; differs from JSON.stringify only in the HTML escapes and U+2028/9. */
function goJson(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
