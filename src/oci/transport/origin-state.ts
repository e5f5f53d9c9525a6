import type { HttpResponse } from '../../http/http-client.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { Access } from './credential.ts';
import type { KnownRegistry } from './known-registries.ts';
import type { RegistryCall } from './send-call.ts';

/** What is known of one registry. */
export interface OriginState {
  /** The first challenge seen; a later, weaker one never replaces it (Harbor offers Basic to a failed Bearer). */
  challenge: Challenge | undefined;
  /** What the registry is known to ask for, as long as no answer has confirmed or contradicted it. */
  presumed: Pick<KnownRegistry, 'challenge' | 'isReadOpenly'> | undefined;
  /** The kinds of access that were granted without any authorization. */
  readonly open: Set<Access>;
  /** True once the server has asked for a client certificate and got none. It may have let the client in. */
  lacksCertificate: boolean;
  /** The first call, whose answer all others wait for. */
  probe: Promise<void> | undefined;
  /** True once the base of the API was asked how to log in. */
  isBaseAsked: boolean;
}

/** A registry, and a call that goes to it. */
interface Visit {
  readonly call: Pick<RegistryCall, 'access'>;
  readonly origin: URL;
  readonly state: OriginState;
}

/** True once an answer has shown whether calls of this kind need a login. */
export function isAccessKnown({ challenge, open }: OriginState, access: Access): boolean {
  return challenge !== undefined || open.has(access);
}

/** Keeps what an answer shows about logging in to its registry. `header`: the Authorization that was sent, if any. */
export function noteAnswer({ call, origin, state }: Visit, response: HttpResponse, header: string | undefined): void {
  if (response.certificate === 'missing' && isFrom(response, origin)) state.lacksCertificate = true;
  if (response.status === 401 && isFrom(response, origin)) state.challenge ??= chooseChallenge(response);
  // A 404 proves nothing: a registry may hide from strangers what is there.
  if (header === undefined && response.status < 400) noteOpen(state, call.access);
}

/**
 * Keeps what the base of the API answered to a caller who had been refused elsewhere without a challenge. Without any
 * challenge in either 401, a user name and a password are what is left to try (Basic); they go only to this registry.
 */
export function noteBase({ call, state }: Visit, refusal: HttpResponse, base: HttpResponse): void {
  state.isBaseAsked = true;
  const asking = [refusal, base].filter(({ status }) => status === 401);
  const isUnnamed = asking.length > 0 && asking.every(({ headers }) => headers['www-authenticate'] === undefined);
  const told = base.status === 401 ? chooseChallenge(base) : undefined;
  state.challenge ??= told ?? (isUnnamed ? UNNAMED_CHALLENGE : undefined);
  if (state.challenge === undefined) noteOpen(state, call.access);
}

const UNNAMED_CHALLENGE: Challenge = { scheme: 'basic', parameters: {} };

/**
 * Keeps what the answer to a request with a presumed login shows: whether the registry takes it, asks for the same
 * itself, or does not know it. False in the last case: its own challenge, met without any login, then decides. Basic is
 * not taken from the refusal of a token, because that may be a weaker second choice (Harbor).
 */
export function notePresumed(
  { origin, state }: Omit<Visit, 'call'>,
  presumed: Challenge,
  response: HttpResponse,
): boolean {
  if (response.certificate === 'missing' && isFrom(response, origin)) state.lacksCertificate = true;
  const isRefused = isFrom(response, origin) && (response.status === 401 || response.status === 403);
  const told = isRefused && response.status === 401 ? chooseChallenge(response) : undefined;
  if (!isRefused || isSameChallenge(told, presumed)) {
    // Anything from 400 on, such as a 404, may be said to a stranger as well.
    if (isRefused || response.status < 400) state.challenge ??= presumed;
    return true;
  }
  state.presumed = undefined;
  if (told?.scheme === 'bearer') state.challenge ??= told;
  return false;
}

/** True if both lead to the same token server with the same service; the scope is ours. */
function isSameChallenge(one: Challenge | undefined, other: Challenge): boolean {
  if (one === undefined || one.scheme !== other.scheme) return false;
  return ['realm', 'service'].every((name) => one.parameters[name] === other.parameters[name]);
}

function noteOpen({ open }: OriginState, access: Access): void {
  open.add(access);
  open.add('pull');
}

/** False for the answers of storage hosts, which have nothing to do with the registry's login. */
export function isFrom(response: Pick<HttpResponse, 'url'>, origin: URL): boolean {
  return response.url.origin === origin.origin;
}

/** Bearer before Basic; we support no other scheme. */
export function chooseChallenge(response: HttpResponse): Challenge | undefined {
  const challenges = parseChallenges(response.headersDistinct['www-authenticate'] ?? []);
  return (
    challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters['realm'] !== undefined) ??
    challenges.find(({ scheme }) => scheme === 'basic')
  );
}
