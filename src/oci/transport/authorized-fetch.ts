import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { HttpClient, HttpResponse } from '../../http/http-client.ts';
import type { Advise } from './advice.ts';
import { type Authorization, createChooser } from './choose-authorization.ts';
import type { Access, CredentialStore } from './credential.ts';
import { createFirstCalls, type FirstCalls } from './first-calls.ts';
import { createDenials } from './login-denied.ts';
import { createLoginMemory, type LoginMemory } from './login-memory.ts';
import { isAccessKnown, isFrom, noteAnswer, type OriginState } from './origin-state.ts';
import { registryOrigin } from './registry-origin.ts';
import { type RegistryCall, sendCall } from './send-call.ts';
import type { TokenSource } from './token.ts';

/** Sends the requests of one call. */
export interface AuthorizedFetch {
  /**
   * Sends a call with the login that its registry asks for. Any status is an answer, except a 401 that persists: that
   * is REGISTRY_DENIED. Throws RegistryError.
   */
  (call: RegistryCall): Promise<HttpResponse>;
  /** The API origin of a registry. */
  originOf(repository: Repository): URL;
  /** True once an answer has shown whether reading here needs a login. */
  knowsAccess(repository: Repository): boolean;
  /** What to try next after a refusal or an outage. */
  readonly advise: Advise;
  /** Where the login for this repository came from, or which places were searched; one sentence. */
  describeLogin(call: Pick<RegistryCall, 'repository' | 'access'>): Promise<string>;
}

export interface AuthorizedFetchOptions {
  readonly http: HttpClient;
  readonly credentials: CredentialStore;
  readonly tokens: TokenSource;
  /** The most that the run does: pull scope only when verifying. */
  readonly access: Access;
  readonly insecureRegistries: readonly string[];
  readonly advise: Advise;
  readonly clock: { now(): Date };
}

/** The login state that all calls share. */
export interface Authorizer {
  /** For the requests of one call. */
  fetchFor(context: CallLimits): AuthorizedFetch;
}

/**
 * Authorization per origin on top of the HTTP layer. The real request goes first and the login follows on its 401, with
 * at most one new login per request. Credentials go to the registry's exact origin; a redirect to another one drops
 * them.
 */
export function createAuthorizer(options: AuthorizedFetchOptions): Authorizer {
  const memory = createLoginMemory(options.clock);
  const firstCalls = createFirstCalls(options.http);
  return { fetchFor: (context) => createAuthorizedFetch({ ...options, memory, firstCalls, context }) };
}

interface CallOptions extends AuthorizedFetchOptions {
  readonly memory: LoginMemory;
  readonly firstCalls: FirstCalls;
  readonly context: CallLimits;
}

/** A call, and what is known of the registry it goes to. */
interface Visit {
  readonly call: RegistryCall;
  readonly origin: URL;
  readonly state: OriginState;
}

/** A response, and the authorization that its request carried. */
interface Sent {
  readonly used: Authorization;
  readonly response: HttpResponse;
}

function createAuthorizedFetch(options: CallOptions): AuthorizedFetch {
  const { http, tokens, advise, memory, firstCalls, context } = options;
  const choose = createChooser(options);
  const { describeLogin, denied } = createDenials(options);

  const originOf = (repository: Repository): URL => registryOrigin(repository.registry, options.insecureRegistries);

  const fetchAuthorized = async (call: RegistryCall): Promise<HttpResponse> => {
    const origin = originOf(call.repository);
    const visit = { call, origin, state: memory.stateOf(context, origin) };
    const first = await sendInTurn(visit);
    const last = canLogInAgain(visit, first) ? await sendWithNewLogin(visit, first) : first;
    return settleRefusal(visit, last);
  };

  const send = async ({ call, origin, state }: Visit): Promise<Sent> => {
    const used = await choose(call, origin, state);
    return { used, response: await sendOnce(call, origin, used) };
  };

  const sendOnce = (call: RegistryCall, origin: URL, { header }: Authorization): Promise<HttpResponse> =>
    sendCall(context, { http, call, origin, authorization: header, advise });

  /** Sends the first request; waits if another one is already finding out how to log in to this registry. */
  const sendInTurn = async (visit: Visit): Promise<Sent> => {
    const release = await firstCalls.enter(context, visit);
    try {
      const sent = await send(visit);
      noteAnswer(visit, sent.response, sent.used.header);
      return sent;
    } finally {
      release();
    }
  };

  /** The one retry: a login after the first challenge, or a new token in place of one that has expired. */
  const sendWithNewLogin = async ({ call, origin, state }: Visit, first: Sent): Promise<Sent> => {
    const { token } = first.used;
    if (token !== undefined) tokens.forget(token.request, token.value);
    const used = await choose(call, origin, state);
    if (used.header === undefined) throw await denied(call, first.response, used);
    const again = call.renew === undefined ? call : { ...call, ...(await call.renew()) };
    return { used, response: await sendOnce(again, origin, used) };
  };

  /**
   * If the registry refused the job's own token, reads once more anonymously: the image may be another owner's public
   * one.
   */
  const settleRefusal = async (visit: Visit, { used, response }: Sent): Promise<HttpResponse> => {
    const { call, origin } = visit;
    if (!isFrom(response, origin)) return response;
    const isRefused = response.status === 401 || response.status === 403;
    if (isRefused && used.credential?.isFallback === true && call.access === 'pull') {
      memory.markAnonymous(context, call.repository);
      const { response: answer } = await send(visit);
      if (answer.status !== 401) return answer;
    }
    if (response.status === 401) throw await denied(call, response, used);
    return response;
  };

  const knowsAccess = (repository: Repository): boolean =>
    isAccessKnown(memory.stateOf(context, originOf(repository)), 'pull');

  return Object.assign(fetchAuthorized, { originOf, knowsAccess, advise, describeLogin });
}

/** True for a 401 of the registry that a login, or a fresh token, may still change. */
function canLogInAgain({ origin, state }: Visit, { used, response }: Sent): boolean {
  if (response.status !== 401 || !isFrom(response, origin)) return false;
  return used.header === undefined ? state.challenge !== undefined : used.token !== undefined;
}
