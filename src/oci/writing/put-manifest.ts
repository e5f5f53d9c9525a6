import type { Repository } from '../../domain/image/reference.ts';
import type { HttpResponse } from '../../http/http-client.ts';
import type { Clock } from '../../usecases/ports.ts';
import { manifestUrl } from '../manifests.ts';
import type { AuthorizedFetch } from '../transport/authorized-fetch.ts';
import { ANSWER_MAX_BYTES } from '../transport/limits.ts';
import { immutableHint, isImmutable, pushError } from '../transport/push-error.ts';
import { answerError, RegistryError, readErrorBody } from '../transport/registry-error.ts';
import type { TagState } from './tag-merge.ts';

export interface ManifestPut {
  readonly repository: Repository;
  /** Digest or tag. */
  readonly reference: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** If-Match, If-None-Match. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For tags that are read, modified and written: returns new bytes and conditions before the PUT is sent again. */
  readonly renew?: () => Promise<Pick<ManifestPut, 'bytes' | 'headers'>>;
}

/** Attempts while the registry does not yet see a blob that was just pushed (GHCR). */
const UNKNOWN_TRIES = 4;
/** Error codes for a manifest that refers to content that the registry does not have. */
export const UNKNOWN_CODES: readonly string[] = ['BLOB_UNKNOWN', 'MANIFEST_BLOB_UNKNOWN', 'MANIFEST_UNKNOWN'];

/**
 * PUT of a manifest (distribution-spec v1.1.1, Pushing Manifests). Returns 201, or 412 for the caller to judge; throws
 * RegistryError for any other answer. `lagMs`: the wait, in ms, before another attempt for a blob that was just pushed.
 */
export async function putManifest(
  { fetch, clock, lagMs }: { readonly fetch: AuthorizedFetch; readonly clock: Clock; readonly lagMs: number },
  { repository, reference, mediaType, renew, ...first }: ManifestPut,
): Promise<HttpResponse> {
  const url = manifestUrl(fetch, repository, reference);
  const what = `PUT ${url.href}`;
  let { bytes, headers } = first;
  const again = async (): Promise<Pick<ManifestPut, 'bytes' | 'headers'>> => {
    if (renew !== undefined) ({ bytes, headers } = { headers: {}, ...(await renew()) });
    return { bytes, ...(headers === undefined ? {} : { headers }) };
  };
  // Exactly the manifest's own media type, without parameters (zot).
  const withType = (conditions: ManifestPut['headers']) => ({ 'content-type': mediaType, ...conditions });
  for (let tries = 1; ; tries += 1) {
    const response = await fetch({
      repository,
      method: 'PUT',
      url,
      access: 'push',
      headers: withType(headers),
      body: bytes,
      ...(renew === undefined
        ? {}
        : {
            renew: async () => {
              const renewed = await again();
              return { headers: withType(renewed.headers), body: renewed.bytes };
            },
          }),
      maxBytes: ANSWER_MAX_BYTES,
      retry: true,
    });
    if (response.status === 201 || response.status === 412) return response;
    const { codes } = readErrorBody(response);
    const isUnknown =
      (response.status === 400 || response.status === 404) && codes.some((code) => UNKNOWN_CODES.includes(code));
    if (isUnknown && tries < UNKNOWN_TRIES) {
      await clock.sleep(lagMs * tries);
      await again();
      continue;
    }
    const error = await pushError(fetch, { repository, what, response });
    if (!isImmutable(response)) throw error;
    const { status, specCodes } = error;
    throw new RegistryError('REGISTRY_DENIED', error.message, { status, specCodes, hint: immutableHint });
  }
}

/**
 * The condition that the tag is still in this state. It closes the race in registries that check it; no hosted registry
 * is known to.
 */
export function conditionOf(state: TagState<unknown>): Readonly<Record<string, string>> {
  if (state.digest === undefined) return { 'if-none-match': '*' };
  return state.etag === undefined ? {} : { 'if-match': state.etag };
}

/** The error for a 412 that the caller does not expect. */
export function preconditionError(what: string, response: HttpResponse): RegistryError {
  return answerError(what, response, undefined);
}
