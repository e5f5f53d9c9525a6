import { CodedError } from '../../coded-error.ts';
import { isGithubCom } from '../../domain/identity/github-issuer.ts';
import type { GithubContext } from '../../github/context.ts';
import type { TrustOrigin } from '../../usecases/connections.ts';

/**
 * Keeps the names of a private repository out of a public log (contract §2.2). With `auto`, signing stops with
 * PUBLIC_LOG_REFUSED unless the repository is known to be public. Files, a mirror or a named instance are an
 * explicit choice and pass.
 */
export function refusePublicLog(trust: TrustOrigin, visibility: GithubContext['visibility']): void {
  if (!isAuto(trust) || visibility === 'public') return;
  const what =
    visibility === 'unknown'
      ? 'the id-token does not say whether this repository is public'
      : `this repository is ${visibility}`;
  throw new CodedError('PUBLIC_LOG_REFUSED', `${what}. ${WOULD_PUBLISH}`, {
    hint: ['Choose one:', PUBLIC_GOOD, GITHUB, OWN].join('\n'),
  });
}

/**
 * The same for a job on another server than github.com, whatever the visibility of its repository: what is public on a
 * GitHub Enterprise Server is seen inside one company only. The public certificate authority accepts no id-token from
 * there, so nothing is lost.
 */
export function refuseForeignServer(trust: TrustOrigin, serverUrl: string): void {
  if (!isAuto(trust) || isGithubCom(serverUrl)) return;
  const tenant = /^https:\/\/([a-z0-9-]+\.ghe\.com)$/.exec(serverUrl)?.[1];
  throw new CodedError(
    'PUBLIC_LOG_REFUSED',
    `this job runs on ${serverUrl}, not on github.com, and the public-good Sigstore accepts no id-token from there. ${WOULD_PUBLISH}`,
    { hint: ['Choose one:', ...(tenant === undefined ? [] : [tenantChoice(tenant)]), OWN, MIRROR].join('\n') },
  );
}

function isAuto(trust: TrustOrigin): boolean {
  return trust.kind === 'instance' && trust.instance === 'auto';
}

const WOULD_PUBLISH = [
  'Signing with the public-good Sigstore publishes in a log that is public and never deleted:',
  '- the names of the owner and the repository',
  '- the workflow file, the branch or tag, and the deployment environment',
  '- the commit and the run',
  '- a hash, by which anyone who knows the digest of the image finds the entry',
].join('\n');

const PUBLIC_GOOD = '- `instance: public-good` publishes all of this. Any cosign can then verify the signature.';
const GITHUB =
  '- `instance: github` publishes nothing. It needs GitHub Enterprise Cloud. This action can verify the signature; ' +
  "cosign and cluster verifiers need GitHub's trusted root and must not require a log entry.";
const OWN =
  '- `signing-config` and `trusted-root` name a private Sigstore. Every verifier then needs the same trusted root.';
const MIRROR = '- `tuf-mirror` and `tuf-root` name the TUF repository of a private Sigstore.';

/** A ghe.com tenant has its own Sigstore, whose trust domain the runner does not provide (sigstore/trust). */
function tenantChoice(host: string): string {
  return (
    `- \`signing-config\` and \`trusted-root\` name the Sigstore of ${host}. \`gh attestation trusted-root\` prints the ` +
    `trusted root. The services for the signing config are fulcio.${host} and timestamp.${host}.`
  );
}
