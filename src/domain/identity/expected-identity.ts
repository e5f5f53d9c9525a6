import type { ClaimName, Claims } from '../signature/claims.ts';
import { trimEnd } from '../text/plain-text.ts';
import { GITHUB_ISSUER } from './github-issuer.ts';

/** The identity in the certificate that Fulcio issues for an id-token. */
export interface ExpectedIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Claims;
}

/**
 * The identity that Fulcio will write into a certificate for this id-token (fulcio config/identity/config.yaml,
 * github-workflow; docs/oid-info.md). It makes an existing signature recognisable before a certificate is requested.
 * Claims that the token lacks are absent. `serverUrl` is GITHUB_SERVER_URL, the host in the URIs. Certificates for
 * github.com's own issuer always contain https://github.com instead.
 */
export function expectedIdentity(
  tokenClaims: Readonly<Record<string, unknown>>,
  options: { readonly serverUrl: string },
): ExpectedIdentity {
  const text = (name: string): string | undefined => {
    const value = tokenClaims[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const issuer = text('iss') ?? '';
  const host = uriHost(issuer, options.serverUrl);
  const uri = (...names: readonly string[]): string | undefined => {
    const parts = names.map(text);
    return parts.includes(undefined) ? undefined : [host, ...parts].join('/');
  };
  const repository = text('repository');
  const run = text('run_id');
  const attempt = text('run_attempt');
  const values: Record<ClaimName, string | undefined> = {
    'issuer-deprecated': text('iss'),
    'github-workflow-trigger': text('event_name'),
    'github-workflow-sha': text('sha'),
    'github-workflow-name': text('workflow'),
    'github-workflow-repository': repository,
    'github-workflow-ref': text('ref'),
    issuer: text('iss'),
    'build-signer-uri': uri('job_workflow_ref'),
    'build-signer-digest': text('job_workflow_sha'),
    'runner-environment': text('runner_environment'),
    'source-repository-uri': uri('repository'),
    'source-repository-digest': text('sha'),
    'source-repository-ref': text('ref'),
    'source-repository-identifier': text('repository_id'),
    'source-repository-owner-uri': uri('repository_owner'),
    'source-repository-owner-identifier': text('repository_owner_id'),
    'build-config-uri': uri('workflow_ref'),
    'build-config-digest': text('workflow_sha'),
    'build-trigger': text('event_name'),
    'run-invocation-uri':
      repository && run && attempt ? `${host}/${repository}/actions/runs/${run}/attempts/${attempt}` : undefined,
    'source-repository-visibility-at-signing': text('repository_visibility'),
    'deployment-environment': text('environment'),
    'token-subject': text('sub'),
  };
  const claims = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return { issuer, subject: uri('job_workflow_ref') ?? text('email') ?? text('sub') ?? '', claims };
}

/** Enterprises may have their own issuer path under GitHub's (`…/<slug>`). Their URIs still contain github.com. */
function uriHost(issuer: string, serverUrl: string): string {
  if (issuer === GITHUB_ISSUER || issuer.startsWith(`${GITHUB_ISSUER}/`)) return 'https://github.com';
  return trimEnd(serverUrl, '/');
}
