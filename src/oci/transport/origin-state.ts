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
}

/** True once an answer has shown whether calls of this kind need a login. */
export function isAccessKnown({ challenge, open }: OriginState, access: Access): boolean {
  return challenge !== undefined || open.has(access);
}

/** Keeps what an answer shows about logging in to its registry. `header`: the Authorization that was sent, if any. */
export function noteAnswer(
  { call, origin, state }: { readonly call: RegistryCall; readonly origin: URL; readonly state: OriginState },
  response: HttpResponse,
  header: string | undefined,
): void {
  if (response.certificate === 'missing' && isFrom(response, origin)) state.lacksCertificate = true;
  if (response.status === 401 && isFrom(response, origin)) {
    state.challenge ??= chooseChallenge(response);
    return;
  }
  const isAnswer = response.status < 400 || response.status === 404;
  if (header !== undefined || !isAnswer || call.provesAccess === false) return;
  state.open.add(call.access);
  if (call.access === 'push') state.open.add('pull');
}

/** False for the answers of storage hosts, which have nothing to do with the registry's login. */
export function isFrom(response: HttpResponse, origin: URL): boolean {
  return response.url.origin === origin.origin;
}

/** Bearer before Basic; we support no other scheme. */
function chooseChallenge(response: HttpResponse): Challenge | undefined {
  const challenges = parseChallenges(response.headersDistinct['www-authenticate'] ?? []);
  return (
    challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters['realm'] !== undefined) ??
    challenges.find(({ scheme }) => scheme === 'basic')
  );
}
