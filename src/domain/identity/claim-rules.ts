import { CLAIM_NAMES, type ClaimName, type Claims, isClaimName } from '../signature/claims.ts';
import { splitKeyValue } from '../text/key-value.ts';
import { equalsIgnoringCase } from '../text/plain-text.ts';
import { EmptyValueError, ValueError } from '../text/value-error.ts';

/** Wanted claims: different names must all hold, the values of one name are alternatives (identity rule 5). */
export type ClaimRules = ReadonlyMap<ClaimName, readonly string[]>;

/** Claims that name the source, and so a signer (rule 1) and a half (rule 3). */
export const SOURCE_CLAIMS: readonly ClaimName[] = [
  'source-repository-uri',
  'source-repository-identifier',
  'source-repository-owner-uri',
  'source-repository-owner-identifier',
];

/** GitHub compares owner and repository names without case. */
const OWNER_URIS: readonly ClaimName[] = ['source-repository-uri', 'source-repository-owner-uri'];

/** Reads one `name=value` line; throws ValueError on an unknown name or an empty value. */
export function parseClaimLine(line: string): { readonly name: ClaimName; readonly value: string } {
  const pair = splitKeyValue(line);
  if (pair === undefined) throw new ValueError(`${JSON.stringify(line)} is not name=value`);
  const { key: name, value } = pair;
  if (!isClaimName(name)) {
    throw new ValueError(`${JSON.stringify(name)} is not a claim; there are: ${Object.values(CLAIM_NAMES).join(', ')}`);
  }
  if (value === '') throw new EmptyValueError(name);
  return { name, value };
}

/** The first value that the claim equals, or undefined. A claim the certificate lacks equals nothing (rule 6). */
export function matchingClaimValue(
  claims: Claims,
  name: ClaimName,
  wanted: readonly string[],
  serverUrl: string,
): string | undefined {
  const found = claims[name];
  if (found === undefined) return undefined;
  return wanted.find(
    (value) => found === value || (isGithubUri(name, value, serverUrl) && equalsIgnoringCase(found, value)),
  );
}

function isGithubUri(name: ClaimName, value: string, serverUrl: string): boolean {
  return (
    OWNER_URIS.includes(name) && ['https://github.com', serverUrl].some((server) => value.startsWith(`${server}/`))
  );
}
