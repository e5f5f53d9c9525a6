import { GITHUB_ISSUER } from '../domain/claims.ts';
import type { CertificateIdentity } from '../domain/facts.ts';

/** One verify input with its value. */
export type InputLine = readonly [name: string, value: string];

type NamedIdentity = Pick<CertificateIdentity, 'issuer' | 'subject' | 'claims'>;

/** Triggers that any account can fire; the gate wants them spelled out (contract §2.5, identity rule 4). */
const ANYONE_CAN_FIRE: readonly string[] = [
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
];

/**
 * The narrowest verify inputs that accept this signer again, from a *verified* certificate only: the
 * source repository, its workflow and ref where the certificate names them, the signer of a reusable
 * workflow, else the exact subject. Values are untrusted text, still to be quoted.
 */
export function identityInputs(identity: NamedIdentity): readonly InputLine[] {
  const { issuer, subject, claims } = identity;
  const source = claims['source-repository-uri'];
  const ref = claims['source-repository-ref'];
  const sourceUrl = source === undefined ? undefined : splitRepositoryUri(source);
  const issuerLine: InputLine[] = issuer === GITHUB_ISSUER ? [] : [['certificate-oidc-issuer', issuer]];
  if (source === undefined || sourceUrl === undefined || ref === undefined) {
    return [
      ['certificate-identity', subject],
      ['certificate-oidc-issuer', issuer],
    ];
  }
  const lines: InputLine[] = [['source-repository', sourceUrl.host === 'https://github.com' ? sourceUrl.name : source]];
  const workflow = pathOf(claims['build-config-uri'], source);
  if (workflow !== undefined) lines.push(['workflow', workflow]);
  lines.push(['source-ref', ref]);
  // A reusable workflow: its own identity is the subject, and the source alone would not accept it.
  if (!subject.startsWith(`${source}/`)) lines.push(['certificate-identity', subject]);
  const trigger = claims['build-trigger'];
  if (trigger !== undefined && ANYONE_CAN_FIRE.includes(trigger)) lines.push(['claims', `build-trigger=${trigger}`]);
  return [...lines, ...issuerLine];
}

function splitRepositoryUri(uri: string): { readonly host: string; readonly name: string } | undefined {
  const match = /^(https:\/\/[^/]+)\/([^/]+\/[^/]+)$/.exec(uri);
  const [, host, name] = match ?? [];
  return host === undefined || name === undefined ? undefined : { host, name };
}

/** `https://github.com/acme/app/.github/workflows/r.yml@refs/…` within its repository → `.github/workflows/r.yml`. */
function pathOf(workflowUri: string | undefined, repositoryUri: string): string | undefined {
  if (workflowUri === undefined || !workflowUri.startsWith(`${repositoryUri}/`)) return undefined;
  const rest = workflowUri.slice(repositoryUri.length + 1);
  const at = rest.indexOf('@');
  return at > 0 ? rest.slice(0, at) : undefined;
}
