import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { Repository } from '../../domain/image/reference.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../http/http-client.ts';
import type { Advise } from './advice.ts';
import type { Access } from './credential.ts';
import { answerError, callError, RegistryError, refuseUncertified } from './registry-error.ts';
import { isOtherPort, resolveTarget } from './registry-origin.ts';

export interface RegistryCall {
  readonly repository: Repository;
  readonly method: HttpRequest['method'];
  readonly url: URL;
  readonly access: Access;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly maxBytes: number;
  readonly retry: boolean;
  /** Called before the call is sent again: returns its new headers and body. See HttpRequest. */
  readonly renew?: () => Promise<Pick<RegistryCall, 'headers' | 'body'>>;
  /** For GET and HEAD only: the targets to which redirects are followed. Any other 3xx is an answer. */
  readonly followRedirects?: 'all' | ((target: URL) => boolean);
}

/**
 * Reads from a host that is not the registry's own, to which it redirects; see createElsewhere. `send`: with this
 * Authorization, which is never a login.
 */
export type ReadElsewhere = (
  url: URL,
  send: (authorization: string | undefined) => Promise<HttpResponse>,
) => Promise<HttpResponse>;

const REDIRECT_STATUSES: readonly number[] = [301, 302, 303, 307, 308];
/** Maximum number of redirects followed for one call. */
const REDIRECTS_MAX = 5;

/** True for the statuses that lead to another URL. */
export function isRedirect(response: HttpResponse): boolean {
  return REDIRECT_STATUSES.includes(response.status);
}

/**
 * Sends one call with this Authorization, which goes only to the registry's exact origin, and follows the redirects of
 * reads. Throws RegistryError if there is no answer, and for a forbidden redirect.
 */
export async function sendCall(
  context: CallLimits,
  sending: {
    readonly http: HttpClient;
    readonly call: RegistryCall;
    readonly origin: URL;
    readonly authorization: string | undefined;
    readonly readElsewhere: ReadElsewhere;
    readonly advise: Advise;
  },
): Promise<HttpResponse> {
  const { http, call, origin, readElsewhere, advise } = sending;
  const { renew, followRedirects } = call;
  let { url } = call;
  // As for the login: not to another origin, nor after a redirect back from one.
  let withClientCertificate = url.origin === origin.origin;
  let authorization = withClientCertificate ? sending.authorization : undefined;
  const send = (header: string | undefined): Promise<HttpResponse> => {
    const withLogin = (headers: RegistryCall['headers']): Readonly<Record<string, string>> =>
      header === undefined ? { ...headers } : { ...headers, authorization: header };
    const renewWithLogin = async (): Promise<Pick<HttpRequest, 'headers' | 'body'>> => {
      const renewed = await renew?.();
      return { ...renewed, headers: withLogin(renewed?.headers) };
    };
    const request: HttpRequest & { readonly url: URL; readonly withClientCertificate: boolean } = {
      service: url.origin === origin.origin ? 'registry' : 'storage',
      method: call.method,
      url,
      headers: withLogin(call.headers),
      ...(renew === undefined ? {} : { renew: renewWithLogin }),
      ...(call.body === undefined ? {} : { body: call.body }),
      maxBytes: call.maxBytes,
      retry: call.retry,
      withClientCertificate,
    };
    return sendHttp(context, { http, advise, origin }, request);
  };
  for (let hop = 0; ; hop += 1) {
    const isAway = url.origin !== origin.origin && followRedirects !== undefined;
    const response = isAway ? await readElsewhere(url, send) : await send(authorization);
    const what = `${call.method} ${url.origin}${url.pathname}`;
    if (!isRedirect(response)) return checkPlace(response, { origin, what, advise });
    if (followRedirects === undefined) {
      // It tells what is wrong with the registry's proxy.
      const { location } = response.headers;
      if (leadsToHttp(location, url)) resolveTarget(location, { from: url, registry: origin, what, advise });
      return response;
    }
    const next = targetOf(response, { registry: origin, what, advise });
    if (followRedirects !== 'all' && !followRedirects(next)) return response;
    if (hop >= REDIRECTS_MAX) {
      throw new RegistryError('REGISTRY_INVALID', `${what}: more than ${REDIRECTS_MAX} redirects`);
    }
    // Not sent after a redirect back either: the host in between would have chosen that target.
    if (next.origin !== origin.origin) {
      authorization = undefined;
      withClientCertificate = false;
    }
    url = next;
  }
}

/** Where a redirect leads, if that is allowed. Throws REGISTRY_INVALID. */
export function targetOf(
  response: HttpResponse,
  { registry, what, advise }: { readonly registry: URL; readonly what: string; readonly advise: Advise },
): URL {
  const { location } = response.headers;
  if (location === undefined) throw new RegistryError('REGISTRY_INVALID', `${what} redirects without a Location`);
  return resolveTarget(location, { from: response.url, registry, what, advise });
}

async function sendHttp(
  context: CallLimits,
  { http, advise, origin }: { readonly http: HttpClient; readonly advise: Advise; readonly origin: URL },
  request: HttpRequest & { readonly url: URL; readonly withClientCertificate: boolean },
): Promise<HttpResponse> {
  try {
    const response = await http.request(context, request);
    refuseUncertified(response, `${request.method} ${request.url.origin}${request.url.pathname}`, request, advise);
    return response;
  } catch (error) {
    const failed = callError(error, request, advise);
    if (!isOtherPort(request.url, origin) || failed.code === 'REGISTRY_DENIED') throw failed;
    throw new RegistryError(failed.code, failed.message, {
      cause: failed.cause,
      status: failed.status,
      hint: adviseOnPort(request.url, origin, advise),
    });
  }
}

function leadsToHttp(location: string | undefined, from: URL): location is string {
  if (location === undefined || from.protocol !== 'https:' || !URL.canParse(location, from.href)) return false;
  return new URL(location, from).protocol === 'http:';
}

/**
 * The answer, unless it is a refusal from the registry's name at a port that the registry announced, but at which it is
 * not reached. What answers there is most likely another service, so its words about logins and images mean nothing.
 */
function checkPlace(
  response: HttpResponse,
  { origin, what, advise }: { readonly origin: URL; readonly what: string; readonly advise: Advise },
): HttpResponse {
  if (!isOtherPort(response.url, origin) || response.status < 400 || response.status >= 500) return response;
  const { message, status, specCodes } = answerError(what, response, undefined);
  const hint = adviseOnPort(response.url, origin, advise);
  throw new RegistryError('REGISTRY_INVALID', message, { status, specCodes, hint });
}

function adviseOnPort(announced: URL, origin: URL, advise: Advise): string {
  return advise({ kind: 'announces-port', registry: origin.host, host: announced.host });
}
