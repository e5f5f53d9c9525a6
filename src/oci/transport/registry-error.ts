import { CodedError, type CodedErrorOptions } from '../../coded-error.ts';
import { isJsonObject } from '../../domain/text/json-object.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { HttpResponse } from '../../http/http-client.ts';
import { HttpError } from '../../http/http-error.ts';
import { type Advise, adviseOnFailure } from './advice.ts';

export type RegistryErrorCode = 'IMAGE_NOT_FOUND' | 'REGISTRY_DENIED' | 'REGISTRY_UNAVAILABLE' | 'REGISTRY_INVALID';

export interface RegistryErrorOptions extends CodedErrorOptions {
  /** HTTP status, or the HttpFailure if there was no answer. */
  readonly status?: number | string | undefined;
  /** Codes of the answer's error list (distribution-spec v1.1.1, Error Codes), or a registry's own codes. */
  readonly specCodes?: readonly string[] | undefined;
}

/** A registry or its token server did not do what was requested. */
export class RegistryError extends CodedError {
  override readonly name = 'RegistryError';
  override readonly code: RegistryErrorCode;
  readonly status: number | string | undefined;
  readonly specCodes: readonly string[];

  constructor(code: RegistryErrorCode, message: string, options: RegistryErrorOptions = {}) {
    super(code, message, options);
    this.code = code;
    this.status = options.status;
    this.specCodes = options.specCodes ?? [];
  }
}

/** Statuses after which the same call may succeed later. */
const UNAVAILABLE_STATUSES: readonly number[] = [408, 429, 499];

/** The error of an answer in its own words: `errors[].code` and the messages; untrusted. */
export function readErrorBody(response: HttpResponse): { readonly codes: readonly string[]; readonly message: string } {
  const text = Buffer.from(response.body.subarray(0, 16_384)).toString('utf8');
  const errors = parseErrors(text);
  if (errors.length > 0) {
    return {
      codes: errors.map(({ code }) => code).filter((code) => code !== ''),
      message: errors
        .map(({ message }) => message)
        .filter((message) => message !== '')
        .join('; '),
    };
  }
  const isPage = /^\s*</.test(text);
  return { codes: [], message: isPage ? 'a web page' : text.trim() };
}

/** The error for an unexpected answer. `what` = `PUT https://host/path`. */
export function answerError(what: string, response: HttpResponse, hint: string | undefined): RegistryError {
  const { codes, message } = readErrorBody(response);
  // Anything else is not an error code. A secret that it contains in an altered spelling would escape masking.
  const safeCodes = codes.filter((code) => /^[A-Za-z0-9_ -]{1,60}$/.test(code));
  const words = [String(response.status), ...safeCodes.slice(0, 3)].join(' ');
  const place = `${response.url.origin}${response.url.pathname}`;
  const redirected = what.includes(place) ? '' : ` (redirected to ${quoted(place)})`;
  return new RegistryError(
    codeOf(response.status),
    `${what} returned ${words}${redirected}${message === '' ? '' : `: ${quoted(message)}`}`,
    {
      status: response.status,
      specCodes: codes,
      hint,
    },
  );
}

/** Who was called. */
interface Callee {
  readonly url: URL;
  /** True if the client certificate of this host may be presented. */
  readonly withClientCertificate: boolean;
}

/** The error for a call without an answer. */
export function callError(error: unknown, callee: Callee, advise: Advise): RegistryError {
  if (error instanceof RegistryError) return error;
  if (!(error instanceof HttpError)) throw error;
  if (error.failure === 'client-certificate') {
    return new RegistryError('REGISTRY_DENIED', error.message, {
      cause: error,
      status: error.failure,
      hint: adviseOnCertificate(callee, error.presentedCertificate, advise),
    });
  }
  if (error.failure === 'private-address') {
    return new RegistryError('REGISTRY_DENIED', error.message, { cause: error, status: error.failure });
  }
  const invalid = error.failure === 'too-large' || error.failure === 'protocol';
  return new RegistryError(invalid ? 'REGISTRY_INVALID' : 'REGISTRY_UNAVAILABLE', error.message, {
    cause: error,
    status: error.failure,
    hint: adviseOnFailure(advise, error.failure),
  });
}

/**
 * Throws REGISTRY_DENIED for an answer that says that a client certificate is missing or refused. nginx says so with a
 * page under 400 (`ssl_verify_client`); 495 and 496 are its own names for the two. An answer to HEAD has no page: there,
 * it counts that the server asked for a certificate and answers 400 with a type that no registry has.
 */
export function refuseUncertified(response: HttpResponse, what: string, callee: Callee, advise: Advise): void {
  const problem = certificateProblem(response);
  if (problem === undefined) return;
  const why = problem === 'missing' ? 'asks for a client certificate' : 'refuses the client certificate';
  throw new RegistryError('REGISTRY_DENIED', `${what} returned ${response.status}: the server ${why}`, {
    status: response.status,
    hint: adviseOnCertificate(callee, problem === 'presented', advise),
  });
}

function certificateProblem({ status, body, headers, certificate }: HttpResponse): HttpResponse['certificate'] {
  if (status === 495) return 'presented';
  if (status === 496) return 'missing';
  if (status !== 400) return undefined;
  const page = Buffer.from(body.subarray(0, PAGE_MAX)).toString('latin1');
  if (/No required SSL certificate was sent/i.test(page)) return 'missing';
  if (/The SSL certificate error/i.test(page)) return 'presented';
  return body.length === 0 && /^text\/html\b/i.test(headers['content-type'] ?? '') ? certificate : undefined;
}

/** How much of an answer is searched for the words of nginx, in bytes. */
const PAGE_MAX = 4096;

function adviseOnCertificate({ url, withClientCertificate }: Callee, isPresented: boolean, advise: Advise): string {
  const { host } = url;
  if (isPresented) return advise({ kind: 'certificate-refused', host });
  return advise({ kind: withClientCertificate ? 'certificate-missing' : 'certificate-elsewhere', host });
}

function codeOf(status: number): RegistryErrorCode {
  if (status === 401 || status === 403) return 'REGISTRY_DENIED';
  if (status === 404) return 'IMAGE_NOT_FOUND';
  if (status >= 500 || UNAVAILABLE_STATUSES.includes(status)) return 'REGISTRY_UNAVAILABLE';
  return 'REGISTRY_INVALID';
}

function parseErrors(text: string): readonly { readonly code: string; readonly message: string }[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON: plain text, a web page or an empty body; shown as it is.
    return [];
  }
  const list = isJsonObject(value) && Array.isArray(value['errors']) ? (value['errors'] as unknown[]) : [];
  return list.filter(isJsonObject).map((entry) => ({ code: toText(entry['code']), message: toText(entry['message']) }));
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
