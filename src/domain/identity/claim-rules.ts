import { CLAIM_NAMES, type ClaimName, type Claims, isClaimName } from '../signature/claims.ts';
import { equalsIgnoringCase } from '../text/plain-text.ts';
import { ValueError } from '../text/value-error.ts';

/** Wanted claims: different names must all hold, the values of one name are alternatives (identity rule 5). */
export type ClaimRules = ReadonlyMap<ClaimName, readonly string[]>;

/** GitHub compares owner and repository names without case. */
const OWNER_URIS: readonly ClaimName[] = ['source-repository-uri', 'source-repository-owner-uri'];

/** Reads one `name=value` line; throws ValueError on an unknown name or an empty value. */
export function parseClaimLine(line: string): { readonly name: ClaimName; readonly value: string } {
  const at = line.indexOf('=');
  const name = line.slice(0, Math.max(at, 0)).trim();
  const value = line.slice(at + 1).trim();
  if (at < 0) throw new ValueError(`${JSON.stringify(line)} is not name=value`);
  if (!isClaimName(name)) {
    throw new ValueError(`${JSON.stringify(name)} is not a claim; there are: ${Object.values(CLAIM_NAMES).join(', ')}`);
  }
  if (value === '') throw new ValueError(`the value of ${name} is empty`);
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
