import { digestOf } from '../../domain/image/digest.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { HttpResponse } from '../../http/http-client.ts';
import { manifestUrl } from '../manifests.ts';
import { isConfirmed, isReadBack, isWritten } from '../read-back.ts';
import { ANSWER_MAX_BYTES } from '../transport/limits.ts';
import { immutableHint, isImmutable, pushError } from '../transport/push-error.ts';
import { answerError, RegistryError, readErrorBody } from '../transport/registry-error.ts';
import type { TagState, TagWrite } from './tag-merge.ts';
import type { TagWriterContext } from './tag-writer-context.ts';

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

/** What a PUT ended in. */
export type ManifestPutResult =
  /** The registry has the bytes under their digest. `isConfirmed`: it said so by 201; if not, they were read back. */
  | { readonly kind: 'written'; readonly response: HttpResponse; readonly isConfirmed: boolean }
  /** 412: for the caller to judge. */
  | { readonly kind: 'precondition-failed'; readonly error: RegistryError };

/**
 * PUT of a manifest (distribution-spec v1.1.1, Pushing Manifests). Some registries answer 200, 202 or 204 instead of
 * 201; what they then serve under the digest decides. Throws RegistryError for any other answer.
 */
export async function putManifest(
  { fetch, manifests, clock, settleMs }: Pick<TagWriterContext, 'fetch' | 'manifests' | 'clock' | 'settleMs'>,
  { repository, reference, mediaType, renew, ...first }: ManifestPut,
): Promise<ManifestPutResult> {
  // The wait before another attempt for a blob that was just pushed, and between readings, in ms.
  const lagMs = settleMs / 3;
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
    if (response.status === 412) {
      return { kind: 'precondition-failed', error: answerError(what, response, undefined) };
    }
    if (isWritten(response)) {
      const digest = digestOf(bytes);
      if (isConfirmed(response, digest)) return { kind: 'written', response, isConfirmed: true };
      const read = () => manifests.get(repository, digest, { fresh: true, keepFlaws: true });
      if (await isReadBack(read, { clock, lagMs })) return { kind: 'written', response, isConfirmed: false };
      throw notThere(what, response);
    }
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

/** The same for a tag, which must also show the new content in the end, unless the registry confirmed it. */
export function toTagWrite(what: string, result: ManifestPutResult): TagWrite<unknown> {
  if (result.kind === 'precondition-failed') return result;
  return { kind: 'written', unconfirmed: result.isConfirmed ? undefined : notThere(what, result.response) };
}

/** The error for a PUT that seemed to succeed, but stored nothing. */
function notThere(what: string, { status }: HttpResponse): RegistryError {
  const message = `${what} returned ${status}, but the registry does not serve what was sent`;
  return new RegistryError('REGISTRY_INVALID', message, {
    status,
    hint: 'The signature is not in the registry. A registry answers 201 to a manifest that it has stored.',
  });
}
