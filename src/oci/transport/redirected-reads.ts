import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { LoginMemory } from './login-memory.ts';
import { chooseChallenge } from './origin-state.ts';
import { RegistryError } from './registry-error.ts';
import { routeOf } from './registry-origin.ts';
import type { ReadElsewhere } from './send-call.ts';
import type { TokenRequest, TokenSource } from './token.ts';

/**
 * Anonymous reads at the target of a redirect. If the target is a registry and asks for a Bearer token, it gets an
 * anonymous one, for pulling what the target's own path names. Throws RegistryError if no token can be had.
 */
export function createElsewhere(options: {
  readonly tokens: TokenSource;
  readonly memory: LoginMemory;
  readonly context: CallLimits;
}): ReadElsewhere {
  const { tokens, memory, context } = options;
  return async (url, send) => {
    const route = routeOf(url);
    if (route === undefined) return send(undefined);
    const target = memory.targetOf(context, url);
    const getToken = async (): Promise<{ readonly request: TokenRequest; readonly value: string } | undefined> => {
      const { challenge } = target;
      if (challenge?.scheme !== 'bearer') return undefined;
      const scopes = [`repository:${route.name}:pull`];
      const request = { registry: new URL(url.origin), challenge, scopes, credential: undefined };
      return { request, value: await anonymousToken(url, () => tokens.token(context, request)) };
    };
    const bearer = (token: { readonly value: string } | undefined): string | undefined =>
      token === undefined ? undefined : `Bearer ${token.value}`;
    const first = await getToken();
    const response = await send(bearer(first));
    if (response.status !== 401) return response;
    target.challenge ??= chooseChallenge(response);
    if (first !== undefined) tokens.forget(first.request, first.value);
    const second = await getToken();
    return second === undefined ? response : send(bearer(second));
  };
}

/** The hint of a token server speaks of a login that is missing; here, none would be used. */
async function anonymousToken(url: URL, ask: () => Promise<string>): Promise<string> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof RegistryError) || error.code !== 'REGISTRY_DENIED') throw error;
    const { status, specCodes } = error;
    const options = { cause: error, status, specCodes, hint: awayHint(url) };
    throw new RegistryError('REGISTRY_DENIED', error.message, options);
  }
}

/** What to try after a host to which the registry redirects refused a call without a login. */
export function awayHint(url: URL): string {
  const why = `The registry redirects to ${url.host}, and its login is not sent there.`;
  if (routeOf(url) === undefined) return why;
  return `${why} If a login is needed, name the image by its address on ${url.host}, and log in there.`;
}
