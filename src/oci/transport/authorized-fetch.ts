import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { type CallMemory, createCallMemory } from '../../domain/calls/call-memory.ts';
import { within } from '../../domain/calls/within.ts';
import type { Repository } from '../../domain/image/reference.ts';
import { formatRepository } from '../../domain/image/reference.ts';
import type { HttpClient, HttpResponse } from '../../http/http-client.ts';
import type { Advise } from './advice.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { Access, Credential, CredentialStore } from './credential.ts';
import { answerError, RegistryError } from './registry-error.ts';
import { registryOrigin } from './registry-origin.ts';
import { type RegistryCall, sendCall } from './send-call.ts';
import type { TokenRequest, TokenSource } from './token.ts';

/** Sends the requests of one call. */
export interface AuthorizedFetch {
  /** Sends a call with the login its registry asks for. Any status is an answer, but a 401 that stays is REGISTRY_DENIED. Throws RegistryError. */
  (call: RegistryCall): Promise<HttpResponse>;
  /** The API origin of a registry. */
  originOf(repository: Repository): URL;
  /** True once an answer has shown whether reading here needs a login. */
  knowsAccess(repository: Repository): boolean;
  /** What to try next after a refusal or an outage. */
  readonly advise: Advise;
  /** Where the login for this repository came from, or where it was looked for; one sentence. */
  describeLogin(call: Pick<RegistryCall, 'repository' | 'access'>): Promise<string>;
}

export interface AuthorizedFetchOptions {
  readonly http: HttpClient;
  readonly credentials: CredentialStore;
  readonly tokens: TokenSource;
  /** What the run does at most: pull scope only when verifying. */
  readonly access: Access;
  readonly insecureRegistries: readonly string[];
  readonly advise: Advise;
  readonly clock: { now(): Date };
}

/** The state of logins, which all calls share. */
export interface Authorizer {
  /** For the requests of one call. */
  fetchFor(context: CallLimits): AuthorizedFetch;
}

/** What is known of one registry. */
interface OriginState {
  /** The first challenge seen; a later, weaker one never replaces it (Harbor offers Basic to a failed Bearer). */
  challenge: Challenge | undefined;
  /** Kinds of calls that were answered without any authorization. */
  readonly open: Set<Access>;
  /** The first call, on whose answer all others wait. */
  probe: Promise<void> | undefined;
}

interface Authorization {
  readonly header: string | undefined;
  readonly token: { readonly request: TokenRequest; readonly value: string } | undefined;
  readonly credential: Credential | undefined;
}

/** How long what a registry showed of its way to log in counts for further calls, in ms, and of how many registries. */
const CHALLENGES = { lifetimeMs: 10 * 60_000, entriesMax: 256 };
/** The same for logins that were refused, by repository: rights are granted meanwhile. */
const REFUSALS = { lifetimeMs: 5 * 60_000, entriesMax: 4096 };
/** Connections opened ahead for calls that wait for the first one's challenge. */
const PRECONNECT_MAX = 8;

/**
 * Authorization by origin on top of the HTTP layer: the real request first, the login on its 401, at most one
 * new login a request; credentials go to the registry's exact origin and are dropped on every redirect away.
 */
export function createAuthorizer(options: AuthorizedFetchOptions): Authorizer {
  const { clock } = options;
  const shared: SharedState = {
    states: createCallMemory({ clock, ...CHALLENGES }),
    anonymous: createCallMemory({ clock, ...REFUSALS }),
    pullOnly: createCallMemory({ clock, ...REFUSALS }),
    waiting: 0,
  };
  return { fetchFor: (context) => createAuthorizedFetch(options, shared, context) };
}

interface SharedState {
  readonly states: CallMemory<OriginState>;
  /** Repositories where the job's own token was refused for reading: read anonymously from then on. */
  readonly anonymous: CallMemory<true>;
  /** Repositories whose login may only pull. */
  readonly pullOnly: CallMemory<true>;
  /** Requests that wait for the answer to the first one of their registry. */
  waiting: number;
}

function createAuthorizedFetch(
  options: AuthorizedFetchOptions,
  shared: SharedState,
  context: CallLimits,
): AuthorizedFetch {
  const { http, credentials, tokens, advise } = options;
  const { states, anonymous, pullOnly } = shared;

  const originOf = (repository: Repository): URL => registryOrigin(repository.registry, options.insecureRegistries);

  const stateOf = (origin: URL): OriginState => {
    const known = states.get(context, origin.origin);
    if (known !== undefined) return known;
    const state: OriginState = { challenge: undefined, open: new Set(), probe: undefined };
    states.set(context, origin.origin, state);
    return state;
  };

  /** Nobody may push without a login, so a push is tried with the one there is: its denial says what is wrong. */
  const isAnonymous = ({ repository, access }: Pick<RegistryCall, 'repository' | 'access'>): boolean =>
    access === 'pull' && anonymous.get(context, formatRepository(repository)) === true;

  const findCredential = async (call: RegistryCall): Promise<Credential | undefined> => {
    const credential = await credentials.find(context, call.repository);
    return credential?.isFallback === true && isAnonymous(call) ? undefined : credential;
  };

  const tokenRequest = (
    call: RegistryCall,
    origin: URL,
    challenge: Challenge,
    credential: Credential | undefined,
  ): TokenRequest => {
    const name = formatRepository(call.repository);
    // One token for all calls of the run; without a login only what this call needs, as strangers may not push.
    const pushes =
      call.access === 'push' ||
      (options.access === 'push' && credential !== undefined && pullOnly.get(context, name) !== true);
    const scope = `repository:${call.repository.path}:${pushes ? 'pull,push' : 'pull'}`;
    return { registry: origin, challenge, scopes: [scope], credential };
  };

  const authorize = async (call: RegistryCall, origin: URL, state: OriginState): Promise<Authorization> => {
    const { challenge } = state;
    if (challenge === undefined) return { header: undefined, token: undefined, credential: undefined };
    const credential = await findCredential(call);
    if (challenge.scheme === 'basic') {
      const basic = basicOf(credential);
      return { header: basic === undefined ? undefined : `Basic ${basic}`, token: undefined, credential };
    }
    if (credential?.kind === 'registry-token') {
      return { header: `Bearer ${credential.token}`, token: undefined, credential };
    }
    const request = tokenRequest(call, origin, challenge, credential);
    try {
      const value = await tokens.token(context, request);
      return { header: `Bearer ${value}`, token: { request, value }, credential };
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code !== 'REGISTRY_DENIED' || call.access === 'push') throw error;
      // The login may lack the push scope we ask for at once; the job's own token may be a stranger there.
      const name = formatRepository(call.repository);
      if (credential !== undefined && options.access === 'push' && pullOnly.get(context, name) !== true) {
        pullOnly.set(context, name, true);
        return authorize(call, origin, state);
      }
      if (credential?.isFallback !== true || anonymous.get(context, name) === true) throw error;
      anonymous.set(context, name, true);
      return authorize(call, origin, state);
    }
  };

  const sendOnce = (call: RegistryCall, origin: URL, authorization: string | undefined): Promise<HttpResponse> =>
    sendCall(context, { http, call, origin, authorization, advise });

  const fetchAuthorized = async (call: RegistryCall): Promise<HttpResponse> => {
    const origin = originOf(call.repository);
    const state = stateOf(origin);
    const release = await enter(call, state, origin);
    let authorization: Authorization;
    let response: HttpResponse;
    try {
      authorization = await authorize(call, origin, state);
      response = await sendOnce(call, origin, authorization.header);
      note(call, state, response, origin, authorization);
    } finally {
      release();
    }
    if (response.status !== 401 || !isFrom(response, origin)) {
      return refusedFallback(call, origin, state, authorization, response);
    }
    // One new login: after the first challenge, or instead of a token that has run out since.
    if (authorization.header === undefined) {
      if (state.challenge === undefined) throw await denied(call, response, authorization);
    } else if (authorization.token !== undefined) {
      tokens.forget(authorization.token.request, authorization.token.value);
    } else {
      return refusedFallback(call, origin, state, authorization, response);
    }
    const second = await authorize(call, origin, state);
    if (second.header === undefined) throw await denied(call, response, second);
    const again = call.renew === undefined ? call : { ...call, ...(await call.renew()) };
    const answer = await sendOnce(again, origin, second.header);
    return refusedFallback(call, origin, state, second, answer);
  };

  /** The job's own token was refused for reading: once more as anybody may (a public image of another owner). */
  const refusedFallback = async (
    call: RegistryCall,
    origin: URL,
    state: OriginState,
    used: Authorization,
    response: HttpResponse,
  ): Promise<HttpResponse> => {
    const isRefused = (response.status === 401 || response.status === 403) && isFrom(response, origin);
    const name = formatRepository(call.repository);
    if (isRefused && used.credential?.isFallback === true && call.access === 'pull') {
      anonymous.set(context, name, true);
      const again = await authorize(call, origin, state);
      const answer = await sendOnce(call, origin, again.header);
      if (answer.status !== 401) return answer;
    }
    if (response.status === 401 && isFrom(response, origin)) throw await denied(call, response, used);
    return response;
  };

  /** Lets the first call to a registry go alone, so that one 401 teaches all others the way. */
  const enter = async (call: RegistryCall, state: OriginState, origin: URL): Promise<() => void> => {
    const isKnown = (): boolean => state.challenge !== undefined || state.open.has(call.access);
    while (!isKnown() && state.probe !== undefined) {
      const { probe } = state;
      shared.waiting += 1;
      if (shared.waiting <= PRECONNECT_MAX) http.preconnect(origin);
      try {
        // The first request may be that of another call, which has more time than this one.
        await within(context.signal, () => probe);
      } finally {
        shared.waiting -= 1;
      }
    }
    if (isKnown()) return () => undefined;
    // Its own connection too: otherwise it would take the first of those opened for the calls that wait.
    http.preconnect(origin);
    let done: () => void = () => undefined;
    state.probe = new Promise((resolve) => {
      done = resolve;
    });
    return () => {
      state.probe = undefined;
      done();
    };
  };

  const note = (
    call: RegistryCall,
    state: OriginState,
    response: HttpResponse,
    origin: URL,
    { header }: Authorization,
  ): void => {
    if (response.status === 401 && isFrom(response, origin)) {
      state.challenge ??= chooseChallenge(response);
      return;
    }
    const isAnswer = response.status < 400 || response.status === 404;
    if (header !== undefined || !isAnswer || call.provesAccess === false) return;
    state.open.add(call.access);
    if (call.access === 'push') state.open.add('pull');
  };

  const describeLogin: AuthorizedFetch['describeLogin'] = async (call) => {
    const { repository } = call;
    const credential = await credentials.find(context, repository);
    if (credential === undefined) {
      return `No login for ${repository.registry} was found (looked in ${credentials.describePlaces()}).`;
    }
    if (credential.isFallback && isAnonymous(call)) {
      return `The login from ${credential.source} was refused, so it was asked anonymously.`;
    }
    return `The login came from ${credential.source}.`;
  };

  const denied = async (call: RegistryCall, response: HttpResponse, used: Authorization): Promise<RegistryError> => {
    const scope = used.token === undefined ? '' : ` The scope needed is ${used.token.request.scopes.join(' ')}.`;
    const unfit = used.header === undefined ? whyNotBasic(used.credential) : '';
    const right = advise({ kind: 'right-missing', repository: call.repository, access: call.access });
    const hint = `${await describeLogin(call)} ${unfit}${right}${scope}`;
    return answerError(`${call.method} ${call.url.origin}${call.url.pathname}`, response, hint);
  };

  const knowsAccess = (repository: Repository): boolean => {
    const state = stateOf(originOf(repository));
    return state.challenge !== undefined || state.open.has('pull');
  };

  return Object.assign(fetchAuthorized, { originOf, knowsAccess, advise, describeLogin });
}

/** User name and password for a registry's Basic challenge. Tokens are no passwords: a refresh token is the token server's alone. */
function basicOf(credential: Credential | undefined): string | undefined {
  return credential === undefined || credential.kind === 'registry-token' ? undefined : credential.basic;
}

/** Why a login that was found was not sent to a registry that asks for Basic; empty, or a sentence and a blank. */
function whyNotBasic(credential: Credential | undefined): string {
  if (credential === undefined || basicOf(credential) !== undefined) return '';
  const kind =
    credential.kind === 'identity-token'
      ? 'a refresh token (identitytoken), which only a token server may see'
      : 'a Bearer token (registrytoken)';
  return `It is ${kind}, and the registry asks for a user name and a password (Basic): log in with those. `;
}

/** Answers of storage hosts are no business of the registry's login. */
function isFrom(response: HttpResponse, origin: URL): boolean {
  return response.url.origin === origin.origin;
}

/** Bearer before Basic; anything else we cannot speak. */
function chooseChallenge(response: HttpResponse): Challenge | undefined {
  const challenges = parseChallenges(response.headersDistinct['www-authenticate'] ?? []);
  return (
    challenges.find(({ scheme, parameters }) => scheme === 'bearer' && parameters['realm'] !== undefined) ??
    challenges.find(({ scheme }) => scheme === 'basic')
  );
}
