/**
 * Claims are the extensions of a Fulcio certificate, 1.3.6.1.4.1.57264.1.N. Their names are those of the Fulcio
 * specification (docs/oid-info.md) in kebab case. .1–.6 contain raw bytes, .8–.24 a DER UTF8String.
 */
export const FULCIO_ARC = '1.3.6.1.4.1.57264.1';

export const CLAIM_NAMES = {
  1: 'issuer-deprecated',
  2: 'github-workflow-trigger',
  3: 'github-workflow-sha',
  4: 'github-workflow-name',
  5: 'github-workflow-repository',
  6: 'github-workflow-ref',
  8: 'issuer',
  9: 'build-signer-uri',
  10: 'build-signer-digest',
  11: 'runner-environment',
  12: 'source-repository-uri',
  13: 'source-repository-digest',
  14: 'source-repository-ref',
  15: 'source-repository-identifier',
  16: 'source-repository-owner-uri',
  17: 'source-repository-owner-identifier',
  18: 'build-config-uri',
  19: 'build-config-digest',
  20: 'build-trigger',
  21: 'run-invocation-uri',
  22: 'source-repository-visibility-at-signing',
  23: 'deployment-environment',
  24: 'token-subject',
} as const;

export type ClaimNumber = keyof typeof CLAIM_NAMES;
export type ClaimName = (typeof CLAIM_NAMES)[ClaimNumber];

/** The values in a certificate by claim name. A claim that the certificate lacks is absent, never ''. */
export type Claims = Readonly<Partial<Record<ClaimName, string>>>;

export function isClaimName(name: string): name is ClaimName {
  return (Object.values(CLAIM_NAMES) as string[]).includes(name);
}
