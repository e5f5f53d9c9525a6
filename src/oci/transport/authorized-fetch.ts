import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { type Advise, adviseOnStatus } from './advice.ts';
import { type Authorization, createChooser, type RegistryAnswer } from './choose-authorization.ts';
import type { Access, CredentialStore } from './credential.ts';
import { createFirstCalls, type FirstCalls } from './first-calls.ts';
import { ANSWER_MAX_BYTES } from './limits.ts';
import { createDenials, type Denials } from './login-denied.ts';
import { createLoginMemory, type LoginMemory } from './login-memory.ts';
import { isFrom, noteAnswer, noteBase, notePresumed, type OriginState } from './origin-state.ts';
import { createElsewhere } from './redirected-reads.ts';
import { answerError } from './registry-error.ts';
import { registryOrigin } from './registry-origin.ts';
import { type RegistryCall, sendCall } from './send-call.ts';
import type { TokenSource } from './token.ts';
import { createTokensAhead } from './tokens-ahead.ts';

/** Sends the requests of one call. */
export interface AuthorizedFetch {
  /**
   * Sends a call with the login that its registry asks for. Any status is an answer, except a 401 that persists: that
   * is REGISTRY_DENIED. Throws RegistryError.
   */
  (call: RegistryCall): Promise<RegistryAnswer>;
  /**
   * Asks for the token of a repository that is called later, as soon as an answer of its registry has shown how to log
   * in. Does not wait, and never throws.
   */
  prepare(repository: Repository): void;
  /** The API origin of a registry. */
  originOf(repository: Repository): URL;
  /** What to try next after a refusal or an outage. */
  readonly advise: Advise;
  readonly explainRefusal: Denials['explainRefusal'];
  /**
   * What to try after "not found", if the registry hides from strangers what is there, and this call is a stranger to
   * it; undefined otherwise.
   */
  explainAbsence(repository: Repository): Promise<string | undefined>;
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
 * at most one new login per request. Where it is known what a registry asks for, the token goes first. Credentials go to
 * the registry's exact origin; a redirect to another one drops them.
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

/** How a registry may answer strangers instead of asking for a login. */
const STRANGER_STATUSES: readonly number[] = [401, 403, 404];
const ANONYMOUS: Authorization = { header: undefined, token: undefined, credential: undefined };

function createAuthorizedFetch(options: CallOptions): AuthorizedFetch {
  const { http, tokens, advise, memory, firstCalls, context } = options;
  const { choose, presume, prepare, chooseNext } = createChooser(options);
  const readElsewhere = createElsewhere(options);
  const origins = new Map<string, URL>();
  const originOf = ({ registry }: Repository): URL => {
    const origin = origins.get(registry) ?? registryOrigin(registry, options.insecureRegistries);
    origins.set(registry, origin);
    return origin;
  };
  const { explainRefusal, denied } = createDenials({ ...options, originOf });
  const ahead = createTokensAhead({
    originOf,
    isLoginKnown: (origin) => memory.stateOf(context, origin).challenge !== undefined,
    ask: (repository, origin) => prepare(repository, origin, memory.stateOf(context, origin)),
  });

  const fetchAuthorized = async (call: RegistryCall): Promise<RegistryAnswer> => {
    ahead.begun(call.repository);
    const origin = originOf(call.repository);
    const visit = { call, origin, state: memory.stateOf(context, origin) };
    const first = (await sendPresuming(visit)) ?? (await sendInTurn(visit));
    const last = canLogInAgain(visit, first) ? await sendWithNewLogin(visit, first) : first;
    return settleRefusal(visit, last);
  };

  /**
   * Sends a request with the login that its registry is known to ask for. Undefined if nothing is known, or if it turns
   * out to be wrong: then the registry is asked as any other.
   */
  const sendPresuming = async (visit: Visit): Promise<RegistryAnswer | undefined> => {
    const { call, origin, state } = visit;
    const { presumed } = state;
    if (presumed === undefined || state.challenge !== undefined) return undefined;
    const used = await presume(call, origin, state);
    if (used === undefined) return undefined;
    const answer = await sendOnce(call, origin, used);
    if (notePresumed({ origin, state }, presumed.challenge, answer)) {
      if (state.challenge !== undefined) ahead.flush(origin);
      return answer;
    }
    if (used.token !== undefined) tokens.forget(used.token.request, used.token.value);
    return sendInTurn({ call: await renewed(call), origin, state });
  };

  const send = async ({ call, origin, state }: Visit): Promise<RegistryAnswer> =>
    sendOnce(call, origin, await choose(call, origin, state));

  const sendOnce = async (call: RegistryCall, origin: URL, used: Authorization): Promise<RegistryAnswer> => {
    const authorization = used.header;
    return { ...(await sendCall(context, { http, call, origin, authorization, readElsewhere, advise })), used };
  };

  /** Sends the first request; waits if another one is already finding out how to log in to this registry. */
  const sendInTurn = async (visit: Visit): Promise<RegistryAnswer> => {
    const release = await firstCalls.enter(context, visit);
    try {
      const answer = await send(visit);
      noteAnswer(visit, answer, answer.used.header);
      if (visit.state.challenge !== undefined) ahead.flush(visit.origin);
      if (isOpenRead(visit, answer)) memory.markOpen(context, visit.call.repository);
      if (isUnasked(visit, answer)) await askBase(visit, answer);
      return answer;
    } finally {
      release();
    }
  };

  /**
   * True if a stranger was refused without being told how to log in. What is missing in a repository that anyone may
   * read is really missing.
   */
  const isUnasked = ({ call, origin, state }: Visit, answer: RegistryAnswer): boolean => {
    if (!isFrom(answer, origin) || answer.used.header !== undefined) return false;
    if (state.challenge !== undefined || state.isBaseAsked || !STRANGER_STATUSES.includes(answer.status)) return false;
    return answer.status !== 404 || call.access === 'push' || !memory.isOpen(context, call.repository);
  };

  /**
   * Asks the base of the API how to log in: only there do some registries send a challenge (Artifactory with hidden
   * resources, Nexus and Harbor behind some proxies). Once for each registry.
   */
  const askBase = async ({ call, origin, state }: Visit, refusal: RegistryAnswer): Promise<void> => {
    const url = new URL('/v2/', origin);
    const asking = { method: 'GET', url, access: 'pull', maxBytes: ANSWER_MAX_BYTES, retry: true } as const;
    const base = await sendOnce({ ...asking, repository: call.repository }, origin, ANONYMOUS);
    // Whether the refusal would change with a login is then unknown.
    if (base.status === 429 || (base.status >= 500 && base.status !== 501)) {
      throw answerError(`GET ${url.href}`, base, adviseOnStatus(advise, base.status));
    }
    noteBase({ call, origin, state }, refusal, base);
  };

  /** The one retry: a login after the first challenge, or a new token in place of one that has expired. */
  const sendWithNewLogin = async ({ call, origin, state }: Visit, first: RegistryAnswer): Promise<RegistryAnswer> => {
    const { token } = first.used;
    if (token !== undefined) tokens.forget(token.request, token.value);
    const used = await choose(call, origin, state);
    if (used.header === undefined) return { ...first, used };
    return sendOnce(await renewed(call), origin, used);
  };

  /**
   * If the registry refused a login, reads once more with the next one for this repository. If it refused the job's own
   * token, reads once more anonymously: the image may be another owner's public one.
   */
  const settleRefusal = async (visit: Visit, answer: RegistryAnswer): Promise<RegistryAnswer> => {
    const { call, origin } = visit;
    if (!isFrom(answer, origin)) return answer;
    const isRefused = answer.status === 401 || answer.status === 403;
    if (isRefused && (await chooseNext(call, answer.used.credential))) return settleRefusal(visit, await send(visit));
    if (isRefused && answer.used.credential?.isFallback === true && call.access === 'pull') {
      memory.markAnonymous(context, call.repository);
      const anonymous = await send(visit);
      if (anonymous.status !== 401) return anonymous;
    }
    if (answer.status === 401) throw await denied(call, answer);
    return answer;
  };

  const explainAbsence = async (repository: Repository): Promise<string | undefined> => {
    const origin = originOf(repository);
    const state = memory.stateOf(context, origin);
    if (!state.isBaseAsked || state.challenge === undefined) return undefined;
    const call = { repository, method: 'GET', url: origin, access: 'pull', maxBytes: 0, retry: false } as const;
    const used = await choose(call, origin, state);
    if (used.header !== undefined && used.credential !== undefined) return undefined;
    const login = await explainRefusal(call, { url: origin, used }, '');
    return `${repository.registry} may hide images from callers without a login. ${login}`.trimEnd();
  };

  return Object.assign(fetchAuthorized, { prepare: ahead.expect, originOf, advise, explainRefusal, explainAbsence });
}

/** The call as it is sent again. */
async function renewed(call: RegistryCall): Promise<RegistryCall> {
  return call.renew === undefined ? call : { ...call, ...(await call.renew()) };
}

/** True for an answer to a read without any login. */
function isOpenRead({ call, origin }: Visit, answer: RegistryAnswer): boolean {
  return call.access === 'pull' && answer.used.header === undefined && answer.status < 300 && isFrom(answer, origin);
}

/** True for a refusal of the registry that a login, or a fresh token, may still change. */
function canLogInAgain({ origin, state }: Visit, answer: RegistryAnswer): boolean {
  if (!isFrom(answer, origin)) return false;
  if (answer.used.header === undefined)
    return STRANGER_STATUSES.includes(answer.status) && state.challenge !== undefined;
  return answer.status === 401 && answer.used.token !== undefined;
}
