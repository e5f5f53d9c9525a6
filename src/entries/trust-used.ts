import type { TrustUsed } from '../report/paste-blocks.ts';
import type { TrustRequest } from '../usecases/sign-request.ts';

/** What a verifier elsewhere has to repeat of this run's trust; `auto` signs with public-good only. */
export function trustUsed(trust: TrustRequest): TrustUsed {
  if (trust.kind !== 'instance') return 'custom';
  return trust.instance === 'github' ? 'github' : 'public-good';
}
