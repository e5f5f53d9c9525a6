import type { ClaimName, Claims } from '../signature/claims.ts';
import { equalsIgnoringCase } from '../text/plain-text.ts';

/** Required claims. Every name must match; the values of one name are alternatives (identity rule 5). */
export type ClaimRules = ReadonlyMap<ClaimName, readonly string[]>;

/** Claims that name the source repository. They count as naming a signer (identity rules 1 and 3). */
export const SOURCE_CLAIMS: readonly ClaimName[] = [
  'source-repository-uri',
  'source-repository-identifier',
  'source-repository-owner-uri',
  'source-repository-owner-identifier',
];

/** GitHub ignores the case of owner and repository names. */
const OWNER_URIS: readonly ClaimName[] = ['source-repository-uri', 'source-repository-owner-uri'];

/** True if the claim equals one of the values. A claim that the certificate lacks equals nothing (identity rule 6). */
export function matchesClaim(
  claims: Claims,
  {
    name,
    values,
    serverUrl,
  }: { readonly name: ClaimName; readonly values: readonly string[]; readonly serverUrl: string },
): boolean {
  const found = claims[name];
  if (found === undefined) return false;
  return values.some(
    (value) => found === value || (isGithubUri(name, value, serverUrl) && equalsIgnoringCase(found, value)),
  );
}

function isGithubUri(name: ClaimName, value: string, serverUrl: string): boolean {
  return (
    OWNER_URIS.includes(name) && ['https://github.com', serverUrl].some((server) => value.startsWith(`${server}/`))
  );
}
