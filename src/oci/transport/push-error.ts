import type { Repository } from '../../domain/image/reference.ts';
import type { HttpResponse } from '../../http/http-client.ts';
import { adviseOnStatus } from './advice.ts';
import type { AuthorizedFetch } from './authorized-fetch.ts';
import { answerError, RegistryError, readErrorBody } from './registry-error.ts';

export interface RefusedPush {
  readonly repository: Repository;
  /** `PUT https://host/path`. */
  readonly what: string;
  readonly response: HttpResponse;
}

/** The error for a refused push. A 404 there is about the repository, never about the image. */
export async function pushError(
  fetch: AuthorizedFetch,
  { repository, what, response }: RefusedPush,
): Promise<RegistryError> {
  const error = answerError(what, response, await pushHint(fetch, repository, response));
  if (error.code !== 'IMAGE_NOT_FOUND') return error;
  const { status, specCodes } = error;
  return new RegistryError('REGISTRY_INVALID', error.message, {
    status,
    specCodes,
    hint: `Does ${repository.path} exist? Some registries (ECR) do not create a repository by a push.`,
  });
}

/** What a refused push should try next; names the right that is missing. Undefined if nothing is known to help. */
export async function pushHint(
  fetch: AuthorizedFetch,
  repository: Repository,
  response: HttpResponse,
): Promise<string | undefined> {
  if (isImmutable(response)) return immutableHint;
  if (response.status === 404)
    return 'The repository may have to be created in the registry first (Amazon ECR does not do it on push).';
  if (response.status !== 401 && response.status !== 403) return adviseOnStatus(fetch.advise, response.status);
  const login = await fetch.describeLogin({ repository, access: 'push' });
  const { message: answer } = readErrorBody(response);
  return `${login} ${fetch.advise({ kind: 'push-forbidden', repository, answer })}`;
}

/** Next step when a tag may not be written again. */
export const immutableHint =
  'The registry forbids writing this tag again: exempt tags that start with `sha256-` from tag immutability.';

/** True for the answers that mean an immutable tag: Quay's 409, ECR's 400, others by their own words. Harbor's 412 is told by its caller. */
export function isImmutable(response: HttpResponse): boolean {
  if (response.status !== 400 && response.status !== 409 && response.status !== 403) return false;
  const { codes, message } = readErrorBody(response);
  if (response.status === 409) return true;
  return (
    codes.some((code) => /^TAG_(IMMUTABLE|INVALID)$|ImageTagAlreadyExists/.test(code)) ||
    /immutable|ImageTagAlreadyExists/i.test(message)
  );
}
