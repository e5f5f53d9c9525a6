import type { TokenClaims } from '../github/claims.ts';
import { utf8String } from './asn1.ts';
import type { AlternativeName, Extension } from './certificate.ts';

/** The arc of Fulcio's certificate extensions (fulcio docs/oid-info.md, "Fulcio X.509 extensions"). */
const FULCIO_ARC = '1.3.6.1.4.1.57264.1';

/** .1 to .6 hold the raw bytes of the value, and are deprecated (oid-info.md, "Deprecated OIDs"). */
const RAW = [1, 2, 3, 4, 5, 6] as const;

/** .8 to .24 hold it as a DER-encoded UTF8String; .7 is not an extension but the type of an OtherName. */
const ENCODED = [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24] as const;

/** Last part of an extension's object identifier. */
type ExtensionNumber = (typeof RAW | typeof ENCODED)[number];

/** Certificate extensions 1.3.6.1.4.1.57264.1.N by number. */
export type FulcioExtensions = Readonly<Partial<Record<ExtensionNumber, string | undefined>>>;

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

/** The extensions in ascending order, each as its number demands; empty values are left out. */
export function encodeFulcioExtensions(extensions: FulcioExtensions): Extension[] {
  const encode = (numbers: readonly ExtensionNumber[], toBytes: (value: string) => Uint8Array): Extension[] =>
    numbers.flatMap((number) => {
      const value = extensions[number];
      return value === undefined || value === '' ? [] : [{ oid: `${FULCIO_ARC}.${number}`, value: toBytes(value) }];
    });
  return [...encode(RAW, (value) => Buffer.from(value, 'utf8')), ...encode(ENCODED, utf8String)];
}
