import type { Repository } from '../../domain/image/reference.ts';
import { adviseOnStatus } from './advice.ts';
import type { AuthorizedFetch } from './authorized-fetch.ts';
import type { RegistryAnswer } from './choose-authorization.ts';

/** What to try after a refused read; undefined if nothing is known to help. */
export async function readHint(
  fetch: AuthorizedFetch,
  repository: Repository,
  answer: RegistryAnswer,
): Promise<string | undefined> {
  // A 401 gets here only from a host to which the registry redirects.
  if (answer.status !== 401 && answer.status !== 403) return adviseOnStatus(fetch.advise, answer.status);
  const right = fetch.advise({ kind: 'pull-forbidden', repository });
  return fetch.explainRefusal({ repository, access: 'pull' }, answer, right);
}
