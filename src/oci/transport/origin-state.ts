import type { HttpResponse } from '../../http/http-client.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { Access } from './credential.ts';
import type { RegistryCall } from './send-call.ts';

/** What is known of one registry. */
export interface OriginState {
  /** The first challenge seen; a later, weaker one never replaces it (Harbor offers Basic to a failed Bearer). */
  challenge: Challenge | undefined;
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
