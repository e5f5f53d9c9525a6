import { createHash } from 'node:crypto';
import type { RFC3161Timestamp } from '@sigstore/core';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { HttpClient, HttpRequest } from '../../http/http-client.ts';
import { sameBytes } from '../json-shape.ts';
import { SigstoreError } from '../sigstore-error.ts';
import { callService, describe, refusedBy, type ServiceCodes } from './service-call.ts';

const MAX_TIMESTAMP_BYTES = 64 * 1024;
const CODES: ServiceCodes = {
  unavailable: 'TSA_UNAVAILABLE',
  invalid: 'TSA_INVALID',
  name: 'timestamp authority',
};

export interface TimestampOptions {
  /** Complete endpoint of the timestamp authority. */
  readonly url: string;
  /** The raw DER signature to timestamp. */
  readonly signature: Uint8Array;
  /** Request the authority's certificate inside the token, as cosign v2 does for `.sig` layers. */
  readonly withCertificate: boolean;
}

/**
 * Requests an RFC 3161 timestamp of a signature (SHA-256, no nonce) and returns the DER TimeStampResp. Checks that it
 * is granted and for this signature; the signature of the timestamp itself is checked with the whole bundle. Throws
 * TSA_UNAVAILABLE, TSA_INVALID.
 */
export async function requestTimestamp(
  call: CallLimits,
  http: HttpClient,
  options: TimestampOptions,
): Promise<Uint8Array> {
  const imprint = createHash('sha256').update(options.signature).digest();
  const request: HttpRequest = {
    service: 'TSA',
    method: 'POST',
    url: options.url,
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: timestampQuery(imprint, options.withCertificate),
    maxBytes: MAX_TIMESTAMP_BYTES,
    retry: true,
  };
  // Loaded here, since it would come before the first request of a run.
  const [response, library] = await Promise.all([
    callService(call, { http, codes: CODES }, request),
    import('@sigstore/core'),
  ]);
  if (response.status !== 200 && response.status !== 201) {
    throw refusedBy(request, response, CODES);
  }
  const problem = findProblem(response.body, imprint, library.RFC3161Timestamp);
  if (problem !== undefined) {
    throw new SigstoreError('TSA_INVALID', `${describe(request)} returned ${problem}`, {
      hint: 'Nothing was uploaded. If it is your own authority, check its URL in the signing config.',
    });
  }
  return response.body;
}

function findProblem(
  reply: Uint8Array,
  imprint: Uint8Array,
  timestamps: Pick<typeof RFC3161Timestamp, 'parse'>,
): string | undefined {
  try {
    const parsed = timestamps.parse(Buffer.from(reply));
    // PKIStatus 0 = granted, 1 = granted with modifications (RFC 3161 §2.4.2).
    if (parsed.status !== 0n && parsed.status !== 1n)
      return `status ${parsed.status}, which does not grant a timestamp`;
    if (parsed.tstInfo.messageImprintHashAlgorithm !== 'sha256') return 'a timestamp with a hash other than SHA-256';
    if (!sameBytes(parsed.tstInfo.messageImprintHashedMessage, imprint)) return 'a timestamp for different bytes';
    return undefined;
  } catch {
    // The parser throws various errors for bad input; all of them mean "not a timestamp".
    return 'bytes that are not an RFC 3161 timestamp response';
  }
}

/** TimeStampReq (RFC 3161 §2.4.1): version 1, SHA-256 imprint; certReq only if true, because DER omits defaults. */
function timestampQuery(imprint: Uint8Array, certReq: boolean): Uint8Array {
  const sha256 = Buffer.from('300d06096086480165030402010500', 'hex');
  const messageImprint = der(0x30, Buffer.concat([sha256, der(0x04, imprint)]));
  const rest = certReq ? Buffer.from('0101ff', 'hex') : Buffer.alloc(0);
  return der(0x30, Buffer.concat([Buffer.from('020101', 'hex'), messageImprint, rest]));
}

/** One DER element with a short-form length. */
function der(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag, content.length]), content]);
}
