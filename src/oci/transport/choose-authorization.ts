import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { HttpResponse } from '../../http/http-client.ts';
import type { Challenge } from './challenge.ts';
import { type Access, basicOf, type Credential, type CredentialStore } from './credential.ts';
import type { FirstCalls } from './first-calls.ts';
import type { LoginMemory } from './login-memory.ts';
import { isAccessKnown, type OriginState } from './origin-state.ts';
import { RegistryError } from './registry-error.ts';
import type { RegistryCall } from './send-call.ts';
import type { TokenRequest, TokenSource } from './token.ts';

/** The authorization of one request. */
export interface Authorization {
  /** The value of the Authorization field; undefined sends the request without one. */
  readonly header: string | undefined;
  readonly token: { readonly request: TokenRequest; readonly value: string } | undefined;
  /** The login that was found, even if this registry cannot use it. */
  readonly credential: Credential | undefined;
}

/** A response, and the authorization that its request carried to the registry. */
export interface RegistryAnswer extends HttpResponse {
  readonly used: Authorization;
}

/** Chooses the authorization of a call by what its registry has asked for so far. Throws RegistryError. */
export type ChooseAuthorization = (
  call: RegistryCall,
  origin: URL,
  state: Pick<OriginState, 'challenge'>,
) => Promise<Authorization>;

/** Chooses authorizations for one call. */
export interface Chooser {
  readonly choose: ChooseAuthorization;
  /**
   * The authorization by what the registry is known to ask for, before it has asked; undefined if nothing is presumed
   * of it, or if its token server does not answer as presumed. Then the registry's own challenge decides. It sends
   * nothing to a host to which a challenge with this realm would not lead.
   */
  presume(call: RegistryCall, origin: URL, state: OriginState): Promise<Authorization | undefined>;
  /**
   * Asks for the token of a repository that is read later, by what its registry has asked for so far. A denial is kept
   * for the call that needs the token, so that no login is presented once more. Never throws.
   */
  prepare(repository: Repository, origin: URL, state: Pick<OriginState, 'challenge'>): Promise<void>;
  /** After a refused read: has the next login for its repository used from now on. False if there is none. */
  chooseNext(call: RegistryCall, refused: Credential | undefined): Promise<boolean>;
}

/** What a login is for. */
type Target = Pick<RegistryCall, 'repository' | 'access'>;

export interface ChooserOptions {
  readonly credentials: CredentialStore;
  readonly tokens: TokenSource;
  /** The most that the run does. */
  readonly access: Access;
  readonly memory: LoginMemory;
  readonly firstCalls: Pick<FirstCalls, 'await'>;
  readonly context: CallLimits;
}

export function createChooser(options: ChooserOptions): Chooser {
  const { credentials, tokens, memory, firstCalls, context } = options;
  /** Requests for tokens that nobody waited for, and that were denied: whoever needs them does not send them again. */
  let denials: readonly { readonly request: TokenRequest; readonly error: RegistryError }[] = [];

  /** The logins for the repository of a call that were not refused yet; at least the last one, if there is any. */
  const loginsLeft = async ({ repository }: Pick<RegistryCall, 'repository'>): Promise<readonly Credential[]> => {
    const first = await credentials.find(context, repository);
    const all = first === undefined ? [] : [first, ...(first.others ?? [])];
    return all.slice(Math.min(memory.refusedLogins(context, repository), Math.max(0, all.length - 1)));
  };

  const chooseNext: Chooser['chooseNext'] = async (call, refused) => {
    if (refused === undefined || call.access !== 'pull') return false;
    const left = await loginsLeft(call);
    // Another request may have gone on to a later one already.
    const at = left.findIndex(({ source }) => source === refused.source);
    if (at < 0) return left.length > 0;
    if (at + 1 >= left.length) return false;
    const before = memory.refusedLogins(context, call.repository);
    memory.markRefused(context, call.repository, before + at + 1);
    return true;
  };

  /** `refused`: where the login came from that is not used again for calls of this kind. */
  const findCredential = async (
    call: Target,
  ): Promise<{ readonly credential: Credential | undefined; readonly refused?: string }> => {
    const [credential] = await loginsLeft(call);
    if (credential?.isFallback !== true || !memory.isAnonymous(context, call)) return { credential };
    return { credential: undefined, refused: credential.source };
  };

  const isPushTried = ({ repository }: Target, credential: Credential | undefined): boolean =>
    options.access === 'push' && credential !== undefined && !memory.isPullOnly(context, repository);

  /**
   * One token for all calls of the run. Without a login, only what this call needs, as anonymous callers may not push.
   */
  const scopeOf = (call: Target, credential: Credential | undefined): string => {
    const pushes = call.access === 'push' || isPushTried(call, credential);
    return `repository:${call.repository.path}:${pushes ? 'pull,push' : 'pull'}`;
  };

  const withToken = async (request: TokenRequest): Promise<Authorization> => {
    const denial = denials.find((one) => isSameRequest(one.request, request));
    if (denial !== undefined) {
      // Once: rights may change while a call waits for something.
      denials = denials.filter((one) => one !== denial);
      throw denial.error;
    }
    const value = await tokens.token(context, request);
    return { header: `Bearer ${value}`, token: { request, value }, credential: request.credential };
  };

  const withDenialKept = async (request: TokenRequest): Promise<Authorization> => {
    try {
      return await withToken(request);
    } catch (error) {
      if (error instanceof RegistryError && error.code === 'REGISTRY_DENIED')
        denials = [...denials, { request, error }];
      throw error;
    }
  };

  /**
   * Reduces the requested rights after a refused read; false if nothing is left to reduce. The login may lack the push
   * scope that the run requests up front, and the job's own token may have no rights in another owner's repository.
   */
  const reduceRights = (call: RegistryCall, credential: Credential | undefined): boolean => {
    if (call.access === 'push') return false;
    if (isPushTried(call, credential)) {
      memory.markPullOnly(context, call.repository);
      return true;
    }
    if (credential?.isFallback !== true || memory.isAnonymous(context, call)) return false;
    memory.markAnonymous(context, call.repository);
    return true;
  };

  const choose: ChooseAuthorization = async (call, origin, state) => {
    const { challenge } = state;
    if (challenge === undefined) return { header: undefined, token: undefined, credential: undefined };
    const { credential, refused } = await findCredential(call);
    const ready = readyHeader(challenge, credential);
    if (ready !== undefined) return { header: ready.header, token: undefined, credential };
    try {
      return await withToken({ registry: origin, challenge, scopes: [scopeOf(call, credential)], credential });
    } catch (error) {
      const isDenied = error instanceof RegistryError && error.code === 'REGISTRY_DENIED';
      if (isDenied && (await chooseNext(call, credential))) return choose(call, origin, state);
      if (isDenied && reduceRights(call, credential)) return choose(call, origin, state);
      if (!isDenied || refused === undefined) throw error;
      const { status, specCodes } = error;
      const hint = `The login from ${refused} was refused, and so was anonymous access.`;
      throw new RegistryError(error.code, error.message, { cause: error, status, specCodes, hint });
    }
  };

  const presume: Chooser['presume'] = async (call, origin, state) => {
    const { presumed } = state;
    if (presumed === undefined || isAccessKnown(state, call.access)) return undefined;
    const { challenge } = presumed;
    try {
      const { credential } = await findCredential(call);
      if (credential === undefined && call.access === 'pull' && presumed.isReadOpenly) return undefined;
      const ready = readyHeader(challenge, credential);
      if (ready !== undefined) return { header: ready.header, token: undefined, credential };
      const asked = { registry: origin, challenge, scopes: [scopeOf(call, credential)], credential } as const;
      return await firstCalls.await(origin, () => withDenialKept({ ...asked, isTrial: true }));
    } catch (error) {
      // The same failure ends the call if the registry's own challenge leads to it.
      if (!(error instanceof RegistryError)) throw error;
      state.presumed = undefined;
      return undefined;
    }
  };

  const prepare: Chooser['prepare'] = async (repository, origin, { challenge }) => {
    if (challenge === undefined) return;
    try {
      const call = { repository, access: 'pull' } as const;
      const { credential } = await findCredential(call);
      if (readyHeader(challenge, credential) !== undefined) return;
      await withDenialKept({ registry: origin, challenge, scopes: [scopeOf(call, credential)], credential });
    } catch {
      // Whoever needs the token meets the same failure and reports it.
    }
  };
  return { choose, presume, prepare, chooseNext };
}

function isSameRequest(one: TokenRequest, other: TokenRequest): boolean {
  const textOf = ({ challenge: { parameters }, scopes }: TokenRequest): string =>
    JSON.stringify([parameters['realm'], parameters['service'], scopes]);
  return (
    one.registry.origin === other.registry.origin &&
    one.credential === other.credential &&
    textOf(one) === textOf(other)
  );
}

/** The header that needs no token server; undefined if a token has to be requested. */
function readyHeader(
  { scheme }: Challenge,
  credential: Credential | undefined,
): { readonly header: string | undefined } | undefined {
  if (scheme === 'basic') {
    const basic = basicOf(credential);
    return { header: basic === undefined ? undefined : `Basic ${basic}` };
  }
  return credential?.kind === 'registry-token' ? { header: `Bearer ${credential.token}` } : undefined;
}
