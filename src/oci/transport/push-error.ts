import type { Repository } from '../../domain/image/reference.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { HttpResponse } from '../../http/http-client.ts';
import { adviseOnStatus } from './advice.ts';
import type { AuthorizedFetch } from './authorized-fetch.ts';
import type { RegistryAnswer } from './choose-authorization.ts';
import { answerError, RegistryError, readErrorBody } from './registry-error.ts';
import { isRedirect } from './send-call.ts';

export interface RefusedPush {
  readonly repository: Repository;
  /** `PUT https://host/path`. */
  readonly what: string;
  readonly response: RegistryAnswer;
}

/** The error for a refused push. Here, a 404 concerns the repository, never the image. */
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
    hint: `Check that ${repository.path} exists: some registries (ECR) do not create a repository on push.`,
  });
}

/** What to try after a refused push; names the missing right. Undefined if nothing is known to help. */
export async function pushHint(
  fetch: AuthorizedFetch,
  repository: Repository,
  response: RegistryAnswer,
): Promise<string | undefined> {
  if (isImmutable(response)) return immutableHint;
  if (isRedirect(response)) {
    const target = response.headers['location']?.split('?')[0] ?? 'nowhere';
    return `The registry redirects writes to ${quoted(target)}, and no login is sent there. Name the image as its build pushed it.`;
  }
  if (response.status === 404)
    return 'Create the repository in the registry first if it does not exist (Amazon ECR does not create it on push).';
  if (response.status !== 401 && response.status !== 403) return adviseOnStatus(fetch.advise, response.status);
  const { message: answer } = readErrorBody(response);
  const right = fetch.advise({ kind: 'push-forbidden', repository, answer });
  return fetch.explainRefusal({ repository, access: 'push' }, response, right);
}

/** What to try when a tag may not be overwritten. */
export const immutableHint =
  'The registry does not allow overwriting this tag: exempt tags that start with `sha256-` from tag immutability.';

/**
 * True for the answers that mean an immutable tag: Quay's 409, ECR's 400, other registries by their message. The caller
 * recognizes Harbor's 412.
 */
export function isImmutable(response: HttpResponse): boolean {
  if (response.status !== 400 && response.status !== 409 && response.status !== 403) return false;
  const { codes, message } = readErrorBody(response);
  if (response.status === 409) return true;
  return (
    codes.some((code) => /^TAG_(IMMUTABLE|INVALID)$|ImageTagAlreadyExists/.test(code)) ||
    /immutable|ImageTagAlreadyExists/i.test(message)
  );
}
