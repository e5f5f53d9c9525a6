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
  /** For GET and HEAD of blobs and manifests only; any other 3xx is an answer. */
  readonly followRedirects?: boolean;
  /** False for routes that a registry may lack: it then answers 404 before any authorization (referrers). */
  readonly provesAccess?: boolean;
}

const REDIRECT_STATUSES: readonly number[] = [301, 302, 303, 307, 308];
/** Maximum number of redirects followed for one call. */
const REDIRECTS_MAX = 5;

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
    readonly advise: Advise;
  },
): Promise<HttpResponse> {
  const { http, call, origin, advise } = sending;
  const { renew } = call;
  let { url } = call;
  // As for the login: not to another origin, nor after a redirect back from one.
  let withClientCertificate = url.origin === origin.origin;
  let authorization = withClientCertificate ? sending.authorization : undefined;
  const withLogin = (headers: RegistryCall['headers']): Readonly<Record<string, string>> =>
    authorization === undefined ? { ...headers } : { ...headers, authorization };
  const renewWithLogin = async (): Promise<Pick<HttpRequest, 'headers' | 'body'>> => {
    const renewed = await renew?.();
    return { ...renewed, headers: withLogin(renewed?.headers) };
  };
  for (let hop = 0; ; hop += 1) {
    const response = await sendHttp(
      context,
      { http, advise, origin },
      {
        service: url.origin === origin.origin ? 'registry' : 'storage',
        method: call.method,
        url,
        headers: withLogin(call.headers),
        ...(renew === undefined ? {} : { renew: renewWithLogin }),
        ...(call.body === undefined ? {} : { body: call.body }),
        maxBytes: call.maxBytes,
        retry: call.retry,
        withClientCertificate,
      },
    );
    const what = `${call.method} ${url.origin}${url.pathname}`;
    const { location } = response.headers;
    if (!REDIRECT_STATUSES.includes(response.status)) return checkPlace(response, { origin, what, advise });
    // Also of a redirect that is not followed: it tells what is wrong with the registry's proxy.
    if (call.followRedirects !== true) {
      if (leadsToHttp(location, url)) resolveTarget(location, { from: url, registry: origin, what, advise });
      return response;
    }
    if (location === undefined) throw new RegistryError('REGISTRY_INVALID', `${what} redirects without a Location`);
    if (hop >= REDIRECTS_MAX) {
      throw new RegistryError('REGISTRY_INVALID', `${what}: more than ${REDIRECTS_MAX} redirects`);
    }
    const next = resolveTarget(location, { from: url, registry: origin, what, advise });
    // Not sent after a redirect back either: the host in between would have chosen that target.
    if (next.origin !== origin.origin) {
      authorization = undefined;
      withClientCertificate = false;
    }
    url = next;
  }
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
