import { CodedError } from '../../coded-error.ts';
import type { GithubContext } from '../../github/context.ts';
import type { TrustOrigin } from '../../usecases/connections.ts';

/**
 * Keeps the names of a private repository out of a public log (contract §2.2). With `auto`, signing stops with
 * PUBLIC_LOG_REFUSED unless the repository is known to be public. Files, a mirror or a named instance are an
 * explicit choice and pass.
 */
export function refusePublicLog(trust: TrustOrigin, visibility: GithubContext['visibility']): void {
  if (trust.kind !== 'instance' || trust.instance !== 'auto' || visibility === 'public') return;
  const what =
    visibility === 'unknown'
      ? 'the id-token does not say whether this repository is public'
      : `this repository is ${visibility}`;
  throw new CodedError(
    'PUBLIC_LOG_REFUSED',
    `${what}, and signing with the public-good Sigstore permanently publishes these facts in a public log: the names of ` +
      'the owner, repository, workflow file, branch or tag, and deployment environment; the commit and run; and a hash ' +
      'that lets anyone who knows the digest of an image find its entry.',
    {
      hint:
        'Choose with the input `instance`. `instance: public-good` publishes those names, and any cosign can then verify. ' +
        '`instance: github` (needs GitHub Enterprise Cloud) publishes nothing. This action can verify such signatures; ' +
        "cosign and cluster verifiers need GitHub's trusted root and must not require a log entry.",
    },
  );
}
