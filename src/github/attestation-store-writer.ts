import { CodedError, type ErrorCode } from '../coded-error.ts';
import { isJsonObject } from '../domain/text/json-object.ts';
import { quoted } from '../domain/text/quoted.ts';
import { parseStrictJson } from '../domain/text/strict-json.ts';
import type { HttpClient, HttpResponse } from '../http/http-client.ts';
import { HttpError } from '../http/http-error.ts';
import type { AttestationStoreWriter } from '../usecases/ports.ts';

interface WriterOptions {
  readonly http: HttpClient;
  /** `https://api.github.com`, or that of a ghe.com tenant. */
  readonly apiUrl: string;
  /** `https://github.com`, for the links to attestations. */
  readonly serverUrl: string;
  /** `owner/name`: whose part of the store is written. */
  readonly repository: string;
  readonly token: string;
}

/** Limits of a response, in bytes, nested values and members. */
const ANSWER_READING = { maxBytes: 1024 * 1024, maxDepth: 32, maxMembers: 10_000 };

/** What to try after a refusal with this status. */
const HINTS: Readonly<Record<number, string>> = {
  401: 'Check `github-token`.',
  403: 'Grant `attestations: write` to this job. A called workflow gets only what its caller grants too.',
  404:
    'Grant `attestations: write` to this job. GitHub stores attestations of private repositories only for ' +
    'organisations with Enterprise Cloud, and GitHub Enterprise Server has no store.',
};
const OTHER_HINT =
  'GitHub stores only bundles of its own Sigstore instances, and SLSA provenance only of build types that it knows. ' +
  'Remove `github-attestations` to write to the registry alone.';

/**
 * Writes to GitHub's attestation store (docs.github.com/rest/repos/attestations, "Create an attestation"). The token goes
 * to the API only.
 */
export function createAttestationStoreWriter(options: WriterOptions): AttestationStoreWriter {
  const { http, apiUrl, serverUrl, repository, token } = options;
  const path = `/repos/${repository}/attestations`;
  const what = `POST ${path}`;
  return {
    async add(call, bundle) {
      let response: HttpResponse;
      try {
        response = await http.request(call, {
          service: 'GitHub API',
          method: 'POST',
          url: new URL(`${apiUrl}${path}`),
          headers: {
            'user-agent': 'countersign',
            accept: 'application/vnd.github+json',
            'content-type': 'application/json',
            'x-github-api-version': '2022-11-28',
            authorization: `Bearer ${token}`,
          },
          // The signed bundle byte for byte: parsing it and writing it again could change it.
          body: Buffer.concat([Buffer.from('{"bundle":'), bundle, Buffer.from('}')]),
          maxBytes: ANSWER_READING.maxBytes,
          // The worst effect of sending it twice is a second copy of the same attestation.
          retry: true,
        });
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        throw storeError('ATTESTATION_STORE_UNAVAILABLE', `${what} failed: ${error.message}`, undefined, error);
      }
      if (response.status !== 201) {
        const refused = refusal(what, response);
        if (isAboutContent(response)) return { refused };
        throw refused;
      }
      const id = idOf(response.body);
      if (id === undefined) {
        throw storeError('ATTESTATION_STORE_UNAVAILABLE', `${what} returned 201 without the id of an attestation`);
      }
      return { id, url: `${serverUrl}/${repository}/attestations/${id}` };
    },
  };
}

function refusal(what: string, { status, headers, body }: HttpResponse): CodedError {
  const isLimited =
    status === 403 && (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined);
  const isRefused = status >= 400 && status < 500 && ![408, 429].includes(status) && !isLimited;
  const message = messageOf(body);
  const cause = message === undefined ? '' : `: ${quoted(message, 500)}`;
  return storeError(
    isRefused ? 'ATTESTATION_STORE_REFUSED' : 'ATTESTATION_STORE_UNAVAILABLE',
    `${what} returned ${status}${cause}`,
    isRefused ? (HINTS[status] ?? OTHER_HINT) : undefined,
  );
}

function isAboutContent({ status }: HttpResponse): boolean {
  return [400, 409, 413, 422].includes(status);
}

function idOf(body: Uint8Array): string | undefined {
  const id = read(body)?.['id'];
  return Number.isSafeInteger(id) && Number(id) > 0 ? String(id) : undefined;
}

function messageOf(body: Uint8Array): string | undefined {
  const message = read(body)?.['message'];
  return typeof message === 'string' && message !== '' ? message : undefined;
}

function read(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = parseStrictJson(body, ANSWER_READING);
    return isJsonObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function storeError(code: ErrorCode, message: string, hint?: string, cause?: unknown): CodedError {
  return new CodedError(code, message, { hint, cause });
}
