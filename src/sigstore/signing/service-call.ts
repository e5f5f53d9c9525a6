import type { ErrorCode } from '../../coded-error.ts';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { isJsonObject } from '../../domain/text/json-object.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../http/http-client.ts';
import { HttpError } from '../../http/http-error.ts';
import { parseJson } from '../json-shape.ts';
import { SigstoreError } from '../sigstore-error.ts';

/** The error codes of one service: no usable response now, and a wrong response. */
export interface ServiceCodes {
  readonly unavailable: ErrorCode;
  readonly invalid: ErrorCode;
  /** Name of the service in hints. */
  readonly name: string;
}

/**
 * Sends one request. A missing response becomes `unavailable` (an oversized one `invalid`), caused by the HttpError.
 */
export async function callService(
  call: CallLimits,
  { http, codes }: { readonly http: HttpClient; readonly codes: Omit<ServiceCodes, 'name'> },
  request: HttpRequest,
): Promise<HttpResponse> {
  try {
    return await http.request(call, request);
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const code = error.failure === 'too-large' ? codes.invalid : codes.unavailable;
    throw new SigstoreError(code, `${describe(request)} got no usable response: ${error.message}`, {
      cause: error,
      hint: `Check that this runner can reach ${new URL(request.url).host} (proxy, firewall, service status).`,
    });
  }
}

/** `the CA: POST https://fulcio.example/api/v2/signingCert`, without the query. */
export function describe(request: Pick<HttpRequest, 'service' | 'method' | 'url'>): string {
  const url = new URL(request.url);
  return `the ${request.service}: ${request.method} ${url.origin}${url.pathname}`;
}

/** The response to a call, for messages: `the log: POST https://rekor.example/… returned 400 "…"`. */
export function answered(call: HttpRequest, response: HttpResponse): string {
  return `${describe(call)} returned ${response.status} ${excerpt(response.body)}`;
}

/** The error for a response with an unexpected status: `unavailable` for an outage, otherwise `invalid`. */
export function refusedBy(call: HttpRequest, response: HttpResponse, codes: ServiceCodes): SigstoreError {
  return new SigstoreError(isOutage(response.status) ? codes.unavailable : codes.invalid, answered(call, response), {
    hint: `If this persists, check the status of the ${codes.name} and its URL in the signing config.`,
  });
}

/** True for statuses that mean "try later", not "wrong request". */
export function isOutage(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/** The error text of a service: its JSON `message` or else its body, as one printable line, truncated. */
export function excerpt(body: Uint8Array): string {
  const parsed = parseJson(body.subarray(0, 16_384));
  const message = isJsonObject(parsed) ? (parsed['message'] ?? parsed['error']) : undefined;
  const text = typeof message === 'string' ? message : new TextDecoder().decode(body.subarray(0, 2_000));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  const printable = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  if (printable === '') return '(empty body)';
  return quoted(printable);
}
