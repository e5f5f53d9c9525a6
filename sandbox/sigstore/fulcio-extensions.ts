import { CLAIM_NAMES, type ClaimNumber, FULCIO_ARC } from '../../src/domain/signature/claims.ts';
import type { TokenClaims } from '../github/claims.ts';
import { utf8String } from './asn1.ts';
import type { AlternativeName, Extension } from './certificate.ts';

/** Certificate extensions 1.3.6.1.4.1.57264.1.N by number. */
export type FulcioExtensions = Readonly<Partial<Record<ClaimNumber, string | undefined>>>;

/** What a token becomes in a certificate. */
export interface Principal {
  /** What the proof of possession signs: `sub`, or the e-mail address. */
  readonly challenge: string;
  readonly subject: AlternativeName;
  readonly extensions: FulcioExtensions;
}

/** Thrown where a token lacks a claim that its issuer's certificates need. */
export class MissingClaim extends Error {
  override readonly name = 'MissingClaim';
}

function required(claims: TokenClaims, name: string): string {
  const value = claims[name];
  if (typeof value !== 'string' || value === '') throw new MissingClaim(`token without claim ${name}`);
  return value;
}

/** The mapping of fulcio's config/identity/config.yaml for GitHub workflows; throws MissingClaim. */
export function workflowPrincipal(claims: TokenClaims, serverUrl: string): Principal {
  const claim = (name: string): string => required(claims, name);
  const url = (path: string): string => `${serverUrl}/${path}`;
  const repository = claim('repository');
  const environment = claims['environment'];
  return {
    challenge: claim('sub'),
    subject: { uri: url(claim('job_workflow_ref')) },
    extensions: {
      1: claim('iss'),
      2: claim('event_name'),
      3: claim('sha'),
      4: claim('workflow'),
      5: repository,
      6: claim('ref'),
      8: claim('iss'),
      9: url(claim('job_workflow_ref')),
      10: claim('job_workflow_sha'),
      11: claim('runner_environment'),
      12: url(repository),
      13: claim('sha'),
      14: claim('ref'),
      15: claim('repository_id'),
      16: url(claim('repository_owner')),
      17: claim('repository_owner_id'),
      18: url(claim('workflow_ref')),
      19: claim('workflow_sha'),
      20: claim('event_name'),
      21: url(`${repository}/actions/runs/${claim('run_id')}/attempts/${claim('run_attempt')}`),
      22: claim('repository_visibility'),
      23: typeof environment === 'string' ? environment : undefined,
      24: claim('sub'),
    },
  };
}

/** An e-mail issuer's token: the address, and the connector that vouched for it. Throws MissingClaim. */
export function emailPrincipal(claims: TokenClaims): Principal {
  const email = required(claims, 'email');
  if (claims['email_verified'] !== true) throw new MissingClaim('e-mail address not verified');
  const federated = claims['federated_claims'];
  const connector =
    typeof federated === 'object' && federated !== null && 'connector_id' in federated
      ? String(federated.connector_id)
      : undefined;
  const issuer = connector ?? required(claims, 'iss');
  return { challenge: email, subject: { email }, extensions: { 1: issuer, 8: issuer } };
}

function isClaimNumber(number: number): number is ClaimNumber {
  return number in CLAIM_NAMES;
}

/** The extensions in ascending order: .1–.6 raw, .8–.24 as DER UTF8String; empty values are left out. */
export function encodeFulcioExtensions(extensions: FulcioExtensions): Extension[] {
  const encoded: Extension[] = [];
  for (const number of Object.keys(extensions).map(Number).filter(isClaimNumber)) {
    const value = extensions[number];
    if (value === undefined || value === '') continue;
    encoded.push({
      oid: `${FULCIO_ARC}.${number}`,
      value: number <= 6 ? Buffer.from(value, 'utf8') : utf8String(value),
    });
  }
  return encoded;
}
