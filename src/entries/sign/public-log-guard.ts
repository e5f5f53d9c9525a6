import { CodedError } from '../../coded-error.ts';
import type { GithubContext } from '../../github/context.ts';
import type { TrustOrigin } from '../../usecases/connections.ts';

/**
 * Keeps the names of a private repository out of a public log (contract §2.2): under `auto` signing stops
 * with PUBLIC_LOG_REFUSED unless the repository is known to be public. Files, a mirror and a named
 * instance are an explicit choice and pass.
 */
export function refusePublicLog(trust: TrustOrigin, visibility: GithubContext['visibility']): void {
  if (trust.kind !== 'instance' || trust.instance !== 'auto' || visibility === 'public') return;
  const what =
    visibility === 'unknown'
      ? 'the id-token does not say whether this repository is public'
      : `this repository is ${visibility}`;
  throw new CodedError(
    'PUBLIC_LOG_REFUSED',
    `${what}, and signing with the public-good Sigstore writes to a public log that nobody can erase: the names of the ` +
      'owner, repository, workflow file and branch or tag, and of the deployment environment, the commit and run, and a ' +
      'hash by which whoever knows the digest of an image finds its entry.',
    {
      hint:
        'Choose with the input `instance`. `instance: public-good` publishes those names; any cosign can then verify. ' +
        '`instance: github` (needs GitHub Enterprise Cloud) logs nothing in public; this action verifies it, cosign and ' +
        "cluster verifiers only with GitHub's trusted root and with no log required.",
    },
  );
}
