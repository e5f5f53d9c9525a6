import { isJsonObject } from '../../domain/text/json-object.ts';
import type { HttpClient, HttpRequest } from '../../http/http-client.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import { at, fromBase64, parseJson, toBase64, toDecimal } from '../json-shape.ts';
import { joinUrl } from '../service-url.ts';
import {
  invalidEntry,
  isBase64Of,
  isKind,
  LOG_CODES,
  type LogEntry,
  type LoggedSignature,
  MAX_LOG_ANSWER_BYTES,
  MAX_PROOF_HASHES,
} from './log-entry.ts';
import { callService, refusedBy } from './service-call.ts';

/** The log responds once a checkpoint covers the entry (rekor-tiles CLIENTS.md: wait at least 20 s). */
const CHECKPOINT_WAIT_MS = 20_000;
/** Our key: ECDSA P-256 with SHA-256. */
const KEY_DETAILS = 'PKIX_ECDSA_P256_SHA_256';

/**
 * Adds a signature to Rekor v2 as hashedrekord 0.0.2 (for DSSE, over the SHA-256 of the PAE; v2 has no dsse kind, see
 * rekor-tiles CLIENTS.md) and returns the entry. Checks that the entry is about this signature, key and digest.
 * Undefined if the log already contains this entry: the log has no read API, so the caller signs again. The log
 * responds after its next checkpoint, which may take 20 s. Throws LOG_UNAVAILABLE, LOG_INVALID.
 */
export async function enterIntoLogV2(
  call: CallContext,
  { http, url: baseUrl }: { readonly http: HttpClient; readonly url: string },
  entry: LoggedSignature,
): Promise<LogEntry | undefined> {
  const verifier = { x509Certificate: { rawBytes: toBase64(entry.certificate) }, keyDetails: KEY_DETAILS };
  const post: HttpRequest = {
    service: 'log',
    method: 'POST',
    url: joinUrl(baseUrl, '/api/v2/log/entries'),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      hashedRekordRequestV002: {
        digest: toBase64(entry.digest),
        signature: { content: toBase64(entry.signature), verifier },
      },
    }),
    maxBytes: MAX_LOG_ANSWER_BYTES,
    retry: true,
    leastTimeoutMs: CHECKPOINT_WAIT_MS,
    notAfter: call.due,
  };
  const response = await callService(call, { http, codes: LOG_CODES }, post);
  if (response.status === 409) return undefined;
  if (response.status !== 201 && response.status !== 200) {
    throw refusedBy(post, response, LOG_CODES);
  }
  return parseEntry(baseUrl, response.body, entry);
}

function parseEntry(url: string, answer: Uint8Array, wanted: LoggedSignature): LogEntry {
  const entry = parseJson(answer);
  const body = fromBase64(at(entry, 'canonicalizedBody'));
  const keyId = fromBase64(at(entry, 'logId', 'keyId'));
  // protojson omits zero values, so the first entry of a log may have no index.
  const logIndex = toDecimal(at(entry, 'logIndex') ?? '0');
  const proofIndex = toDecimal(at(entry, 'inclusionProof', 'logIndex') ?? '0');
  const treeSize = toDecimal(at(entry, 'inclusionProof', 'treeSize'));
  const rootHash = fromBase64(at(entry, 'inclusionProof', 'rootHash'));
  const checkpoint = at(entry, 'inclusionProof', 'checkpoint', 'envelope');
  const listed = at(entry, 'inclusionProof', 'hashes') ?? [];
  const hashes = Array.isArray(listed) && listed.length <= MAX_PROOF_HASHES ? listed.map(fromBase64) : [undefined];
  const complete = hashes.filter((hash) => hash?.length === 32) as Uint8Array[];
  if (!body || !keyId || !logIndex || typeof checkpoint !== 'string' || checkpoint === '') {
    throw invalidEntry(url, 'canonicalizedBody, logId, logIndex or checkpoint is missing or malformed');
  }
  if (!proofIndex || !treeSize || rootHash?.length !== 32 || complete.length !== hashes.length) {
    throw invalidEntry(url, 'its inclusion proof is missing or malformed');
  }
  if (!isOurs(entry, body, wanted)) {
    throw invalidEntry(url, 'it is about another signature, key or digest');
  }
  return {
    url,
    logIndex,
    keyId,
    kind: 'hashedrekord',
    version: '0.0.2',
    integratedTime: '0',
    signedEntryTimestamp: undefined,
    proof: { logIndex: proofIndex, treeSize, rootHash, hashes: complete, checkpoint },
    body,
  };
}

/** The entry must be about this signature, key and digest, regardless of its origin. */
function isOurs(entry: unknown, bytes: Uint8Array, wanted: LoggedSignature): boolean {
  const body = parseJson(bytes);
  const spec = at(body, 'spec', 'hashedRekordV002');
  return (
    at(entry, 'kindVersion', 'kind') === 'hashedrekord' &&
    at(entry, 'kindVersion', 'version') === '0.0.2' &&
    isJsonObject(body) &&
    isKind(body, 'hashedrekord', '0.0.2') &&
    at(spec, 'data', 'algorithm') === 'SHA2_256' &&
    isBase64Of(at(spec, 'data', 'digest'), wanted.digest) &&
    isBase64Of(at(spec, 'signature', 'content'), wanted.signature) &&
    at(spec, 'signature', 'verifier', 'keyDetails') === KEY_DETAILS &&
    isBase64Of(at(spec, 'signature', 'verifier', 'x509Certificate', 'rawBytes'), wanted.certificate)
  );
}
