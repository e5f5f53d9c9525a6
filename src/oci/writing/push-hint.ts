import type { Repository } from '../../domain/image/reference.ts';
import type { HttpResponse } from '../../http/http-client.ts';
import type { AuthorizedFetch } from '../transport/authorized-fetch.ts';
import { answerError, RegistryError, readErrorBody } from '../transport/registry-error.ts';

/** The error for a refused push. A 404 there is about the repository, never about the image. */
export async function pushError(
  fetch: AuthorizedFetch,
  repository: Repository,
  what: string,
  response: HttpResponse,
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

/** What a refused push should try next; names the permission. Undefined if it was no refusal. */
export async function pushHint(
  fetch: AuthorizedFetch,
  repository: Repository,
  response: HttpResponse,
): Promise<string | undefined> {
  if (isImmutable(response)) return immutableHint;
  if (response.status === 404)
    return 'The repository may have to be created in the registry first (Amazon ECR does not do it on push).';
  if (response.status !== 401 && response.status !== 403) return undefined;
  const login = await fetch.describeLogin({ repository, access: 'push' });
  if (repository.registry !== 'ghcr.io') return `${login} It must have the right to push to ${repository.path}.`;
  const { message } = readErrorBody(response);
  if (/write_package|permission_denied/i.test(message)) {
    return (
      `${login} The package exists, but this repository may not write it: open the package's settings, ` +
      '"Manage Actions access", add this repository with role Write. The job needs `packages: write`.'
    );
  }
  return (
    `${login} Add \`packages: write\` to the job's permissions. If it is there: the organization may forbid ` +
    'creating packages, or the package is not linked to this repository ("Manage Actions access" in its settings).'
  );
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
