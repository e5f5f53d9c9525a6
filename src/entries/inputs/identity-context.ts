import { randomInt } from 'node:crypto';
import { githubIssuerOf } from '../../domain/identity/github-issuer.ts';
import type { IdentityContext } from '../../domain/identity/requirement.ts';

/**
 * What identities are read with, without the engine for patterns. `serverUrl`: the GitHub server, such as
 * `https://github.com`, whose workflows sign if nothing else is said.
 */
export function identityContextOf(serverUrl: string): Omit<IdentityContext, 'parseRegexp'> {
  return { defaultIssuer: githubIssuerOf(serverUrl), serverUrl, randomWord: randomWord() };
}

/** Sixteen unpredictable letters to test patterns with (identity rule 7). */
function randomWord(): string {
  return Array.from({ length: 16 }, () => String.fromCharCode(97 + randomInt(26))).join('');
}
