import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { isJsonObject, type JsonObject } from '../../domain/text/json-object.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../http/http-client.ts';
import { networkTimeMs } from '../../http/network-time.ts';
import type { Clock } from '../../usecases/ports.ts';
import { parseJson } from '../json-shape.ts';
import { isSafeServiceUrl } from '../service-url.ts';
import { SigstoreError } from '../sigstore-error.ts';
import { answered, callService, describe } from './service-call.ts';

/** The audience that Fulcio instances expect. */
export const SIGSTORE_AUDIENCE = 'sigstore';

/** An OIDC id-token, decoded without verification: the CA verifies its signature. */
export interface IdentityToken {
  /** The JWT itself. A secret: only the CA may see it. */
  readonly raw: string;
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly expires: Date;
  readonly claims: JsonObject;
  /** The text to sign as proof of possession: the verified e-mail address, or else `sub` (fulcio, challenges). */
  readonly challenge: string;
}

export interface IdentityTokenRequest {
  /** URL of an endpoint that returns `{"value": "<JWT>"}`, like the one of the GitHub Actions runner. */
  readonly requestUrl: string;
  /** Bearer token for that endpoint. A secret. */
  readonly requestToken: string;
  readonly audience: string;
  readonly clock: Clock;
  /** Called with the token before any other use of it. */
  readonly mask: (secret: string) => void;
  /** Hosts that may be called over plain http, in addition to loopback. */
  readonly plainHttpHosts?: readonly string[];
}

const CODES = { unavailable: 'IDENTITY_TOKEN_UNAVAILABLE', invalid: 'IDENTITY_TOKEN_UNAVAILABLE' } as const;
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_TOKEN_CHARACTERS = 32 * 1024;
/** Pauses between attempts while GitHub sets up the job or its service is overloaded. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000] as const;
const NOT_YET = /Can't issue ID_TOKEN for job in '(?:Pending|Delayed)' state/;

/**
 * Requests an id-token from the endpoint. Retries while the endpoint returns that the job is not running yet, or
 * something that is not JSON (the HTTP client retries transport failures and 5xx); the pauses use the call's retry
 * budget. Throws IDENTITY_TOKEN_UNAVAILABLE with the actual status; the message never contains a token.
 */
export async function requestIdentityToken(
  call: CallLimits,
  http: HttpClient,
  request: IdentityTokenRequest,
): Promise<IdentityToken> {
  if (!isSafeServiceUrl(request.requestUrl, request.plainHttpHosts)) {
    throw unavailable('the id-token endpoint is not an https URL');
  }
  const get = {
    service: 'id-token',
    method: 'GET',
    // The runner's URL already has a query, and all clients append to it as text.
    url: `${request.requestUrl}${request.requestUrl.includes('?') ? '&' : '?'}audience=${encodeURIComponent(request.audience)}`,
    headers: { authorization: `Bearer ${request.requestToken}`, accept: 'application/json' },
    maxBytes: MAX_ANSWER_BYTES,
    retry: true,
  } as const;
  for (let attempt = 0; ; attempt += 1) {
    const response = await callService(call, { http, codes: CODES }, get);
    const raw = tokenOf(response);
    if (raw !== undefined) {
      request.mask(raw);
      return parseIdentityToken(raw, { audience: request.audience, now: request.clock.now() });
    }
    const pause = PAUSES_MS[attempt];
    if (pause === undefined || pause > call.retries.remainingMs() || !isTransient(response)) {
      throw refused(get, response);
    }
    const startedMs = networkTimeMs(request.clock);
    await request.clock.sleep(pause, call.signal);
    call.retries.spend(startedMs, networkTimeMs(request.clock), new URL(get.url).origin);
  }
}

function tokenOf(response: HttpResponse): string | undefined {
  if (response.status !== 200) return undefined;
  const answer = parseJson(response.body);
  const value = isJsonObject(answer) ? answer['value'] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A 403 during job setup, or a 200 with a page instead of JSON (GitHub returns both under load). */
function isTransient(response: HttpResponse): boolean {
  if (response.status === 403) return NOT_YET.test(new TextDecoder().decode(response.body));
  return response.status === 200 && !isJsonObject(parseJson(response.body));
}

function refused(call: HttpRequest, response: HttpResponse): SigstoreError {
  if (response.status === 200) {
    // The body may be a damaged token response, so the message does not quote it.
    const what = isJsonObject(parseJson(response.body)) ? 'JSON without a "value"' : 'a body that is not JSON';
    return unavailable(`${describe(call)} returned 200 with ${what}`, { hint: RETRY_HINT });
  }
  return unavailable(answered(call, response), {
    hint: RETRY_HINT,
  });
}

const RETRY_HINT = 'The token service has an outage, or this runner may not use it. Run the job again.';

function unavailable(message: string, options: { readonly hint?: string } = {}): SigstoreError {
  return new SigstoreError('IDENTITY_TOKEN_UNAVAILABLE', message, options);
}

/**
 * Decodes a JWT without verification: three parts, `iss`, `sub`, `aud`, `exp`. Throws IDENTITY_TOKEN_UNAVAILABLE if it
 * is malformed, expired or for another audience.
 */
export function parseIdentityToken(
  raw: string,
  expected: { readonly audience: string; readonly now: Date },
): IdentityToken {
  const parts = raw.split('.');
  const claims = parts.length === 3 && raw.length <= MAX_TOKEN_CHARACTERS ? decodePart(parts[1]) : undefined;
  if (claims === undefined) throw unavailable('the issued id-token is not a JSON Web Token');
  const { iss, sub, aud, exp } = claims as { iss?: unknown; sub?: unknown; aud?: unknown; exp?: unknown };
  const audience = typeof aud === 'string' ? [aud] : Array.isArray(aud) ? aud.filter((a) => typeof a === 'string') : [];
  if (typeof iss !== 'string' || iss === '' || typeof sub !== 'string' || sub === '' || typeof exp !== 'number') {
    throw unavailable('the issued id-token lacks iss, sub or exp');
  }
  const expires = new Date(exp * 1_000);
  if (!(expires.getTime() > expected.now.getTime())) {
    const when = Number.isNaN(expires.getTime()) ? 'an out-of-range time' : expires.toISOString();
    throw unavailable(
      `the id-token of ${iss} expired at ${when}; the runner's clock says ${expected.now.toISOString()}`,
      {
        hint: "Check this runner's clock. Every run requests a new token.",
      },
    );
  }
  if (!audience.includes(expected.audience)) {
    throw unavailable(`the id-token of ${iss} is for audience ${JSON.stringify(audience)}, not ${expected.audience}`);
  }
  const email = claims['email'];
  const challenge = typeof email === 'string' && email !== '' && claims['email_verified'] === true ? email : sub;
  return { raw, issuer: iss, audience, expires, claims, challenge };
}

function decodePart(part: string | undefined): JsonObject | undefined {
  if (part === undefined || !/^[A-Za-z0-9_-]+$/.test(part)) return undefined;
  const value = parseJson(Buffer.from(part, 'base64url'));
  return isJsonObject(value) ? value : undefined;
}
