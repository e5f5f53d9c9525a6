import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import type { TokenClaims } from '../github/claims.ts';
import { isObject, parseJsonBody } from '../http/json-body.ts';
import { emailPrincipal, MissingClaim, type Principal, workflowPrincipal } from './fulcio-extensions.ts';

/** An issuer whose tokens a certificate authority takes. */
export interface TrustedIssuer {
  readonly kind: 'github-workflow' | 'email';
  issuer(): string;
  keys(): readonly JsonWebKey[];
}

export interface TokenCheck {
  readonly issuers: readonly TrustedIssuer[];
  readonly audience: string;
  readonly serverUrl: string;
  readonly now: Date;
}

/** go-oidc lets `nbf` lie this far in the future. */
const NOT_BEFORE_LEEWAY_SECONDS = 300;

/**
 * Who an id-token names, or undefined for whatever is wrong with it: the real certificate authority
 * gives one answer to all of them. Checks the RS256 signature, iss, aud, exp, nbf and the claims needed.
 */
export function checkIdentityToken(token: string, check: TokenCheck): Principal | undefined {
  // Node's decoder would also take padding, the other alphabet, and skip what is neither.
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(token)) return undefined;
  const [head = '', payload = '', signature = ''] = token.split('.');
  const header = parseJsonBody(Buffer.from(head, 'base64url'));
  const claims = parseJsonBody(Buffer.from(payload, 'base64url'));
  if (header === undefined || claims === undefined || header['alg'] !== 'RS256') return undefined;

  const issuer = check.issuers.find((candidate) => candidate.issuer() === claims['iss']);
  const jwk = issuer?.keys().find((candidate) => candidate['kid'] === header['kid']);
  if (issuer === undefined || jwk === undefined) return undefined;
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  if (!verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))) return undefined;
  if (!isCurrent(claims, check.now) || !isMeantFor(claims['aud'], check.audience)) return undefined;

  try {
    return issuer.kind === 'email' ? emailPrincipal(claims) : workflowPrincipal(claims, check.serverUrl);
  } catch (error) {
    if (error instanceof MissingClaim) return undefined;
    throw error;
  }
}

function isCurrent(claims: TokenClaims, now: Date): boolean {
  const seconds = now.getTime() / 1000;
  const { exp, nbf } = { exp: claims['exp'], nbf: claims['nbf'] };
  if (typeof exp !== 'number' || exp <= seconds) return false;
  return nbf === undefined || (typeof nbf === 'number' && nbf <= seconds + NOT_BEFORE_LEEWAY_SECONDS);
}

function isMeantFor(audience: unknown, wanted: string): boolean {
  return Array.isArray(audience) ? audience.includes(wanted) : audience === wanted;
}

/** The token of a signing request: `credentials.oidcIdentityToken`, else the Authorization header. */
export function tokenOfRequest(body: unknown, authorization: string | undefined): string | undefined {
  const credentials = isObject(body) ? body['credentials'] : undefined;
  const inBody = isObject(credentials) ? credentials['oidcIdentityToken'] : undefined;
  if (typeof inBody === 'string' && inBody !== '') return inBody;
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}
