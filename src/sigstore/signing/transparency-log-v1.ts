import { isJsonObject } from '../../domain/text/json-object.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../http/http-client.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import { at, fromBase64, fromHex, parseJson, toBase64, toDecimal } from '../json-shape.ts';
import { joinUrl } from '../service-url.ts';
import {
  invalidEntry,
  isBase64Of,
  isKind,
  isPemOf,
  LOG_CODES,
  type LogEntry,
  type LoggedSignature,
  MAX_LOG_ANSWER_BYTES,
  MAX_PROOF_HASHES,
} from './log-entry.ts';
import { callService, refusedBy } from './service-call.ts';

/** The proposed entry for Rekor v1: a whole DSSE envelope, or a signature over a digest. */
export type ProposedEntry = LoggedSignature & {
  /** Leaf certificate, PEM with a final newline, as the log stores it. */
  readonly certificatePem: string;
} & ({ readonly kind: 'dsse'; readonly envelope: string } | { readonly kind: 'hashedrekord' });

const ENTRY_PATH = '/api/v1/log/entries';
/** Optional tree id (16 hex digits) and leaf hash (64). */
const UUID = /^(?:[0-9a-f]{16})?[0-9a-f]{64}$/;

/**
 * Adds a signature to Rekor v1 and returns the entry. Checks that the entry is about this signature, key and digest;
 * the proofs of the entry are checked with the whole bundle. If the entry already exists, because the response to an
 * earlier POST was lost, it is fetched and checked in the same way. Throws LOG_UNAVAILABLE, LOG_INVALID.
 */
export async function enterIntoLogV1(
  call: CallContext,
  { http, url: baseUrl }: { readonly http: HttpClient; readonly url: string },
  proposed: ProposedEntry,
): Promise<LogEntry> {
  const post: HttpRequest = {
    service: 'log',
    method: 'POST',
    url: joinUrl(baseUrl, ENTRY_PATH),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(proposal(proposed)),
    maxBytes: MAX_LOG_ANSWER_BYTES,
    retry: true,
    notAfter: call.due,
  };
  const response = await callService(call, { http, codes: LOG_CODES }, post);
  if (response.status === 201 || response.status === 200) return parseEntry(baseUrl, response.body, proposed);
  if (response.status !== 409) throw refusedBy(post, response, LOG_CODES);
  const get: HttpRequest = {
    service: 'log',
    method: 'GET',
    url: existingEntryUrl(baseUrl, response),
    headers: { accept: 'application/json' },
    maxBytes: MAX_LOG_ANSWER_BYTES,
    retry: true,
  };
  const existing = await callService(call, { http, codes: LOG_CODES }, get);
  if (existing.status !== 200) throw refusedBy(get, existing, LOG_CODES);
  return parseEntry(baseUrl, existing.body, proposed);
}

function proposal(entry: ProposedEntry): unknown {
  const verifier = toBase64(Buffer.from(entry.certificatePem));
  if (entry.kind === 'dsse') {
    const proposedContent = { envelope: entry.envelope, verifiers: [verifier] };
    return { apiVersion: '0.0.1', kind: 'dsse', spec: { proposedContent } };
  }
  return {
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: {
      data: { hash: { algorithm: 'sha256', value: Buffer.from(entry.digest).toString('hex') } },
      signature: { content: toBase64(entry.signature), publicKey: { content: verifier } },
    },
  };
}

/** The Location of a 409. Only an entry path below the log's base URL is followed. */
function existingEntryUrl(baseUrl: string, response: HttpResponse): string {
  const location = response.headers['location'] ?? '';
  const base = new URL(baseUrl);
  const url = URL.canParse(location, baseUrl) ? new URL(location, baseUrl) : undefined;
  const uuid = url?.pathname.slice(url.pathname.lastIndexOf('/') + 1) ?? '';
  // Real logs return a path from the root of the host, even if their base URL has a path.
  const paths = [`${ENTRY_PATH}/${uuid}`, new URL(joinUrl(baseUrl, `${ENTRY_PATH}/${uuid}`)).pathname];
  if (url === undefined || url.origin !== base.origin || !UUID.test(uuid) || !paths.includes(url.pathname)) {
    const shown = location.length > 200 ? `${location.slice(0, 200)}…` : location;
    throw invalidEntry(baseUrl, `409 with Location ${JSON.stringify(shown)}, which is not an entry of this log`);
  }
  return new URL(joinUrl(baseUrl, `${ENTRY_PATH}/${uuid}`)).href;
}

function parseEntry(url: string, answer: Uint8Array, wanted: ProposedEntry): LogEntry {
  const answered = parseJson(answer);
  const entries = isJsonObject(answered) ? Object.entries(answered) : [];
  const [uuid, entry] = entries[0] ?? [];
  if (entries.length !== 1 || uuid === undefined || !UUID.test(uuid))
    throw invalidEntry(url, 'the response does not contain exactly one entry');
  const body = fromBase64(at(entry, 'body'));
  const keyId = fromHex(at(entry, 'logID'));
  const logIndex = toDecimal(at(entry, 'logIndex'));
  const integratedTime = toDecimal(at(entry, 'integratedTime'));
  const set = fromBase64(at(entry, 'verification', 'signedEntryTimestamp'));
  if (!body || keyId?.length !== 32 || !logIndex || !integratedTime || integratedTime === '0' || !set) {
    throw invalidEntry(url, 'body, logID, logIndex, integratedTime or signedEntryTimestamp is missing or malformed');
  }
  const proof = parseProof(url, at(entry, 'verification', 'inclusionProof'));
  requireOurs(url, body, wanted);
  return {
    url,
    logIndex,
    keyId,
    kind: wanted.kind,
    version: '0.0.1',
    integratedTime,
    signedEntryTimestamp: set,
    proof,
    body,
  };
}

function parseProof(url: string, proof: unknown): LogEntry['proof'] {
  const logIndex = toDecimal(at(proof, 'logIndex'));
  const treeSize = toDecimal(at(proof, 'treeSize'));
  const rootHash = fromHex(at(proof, 'rootHash'));
  const checkpoint = at(proof, 'checkpoint');
  const listed = at(proof, 'hashes');
  const hashes = Array.isArray(listed) && listed.length <= MAX_PROOF_HASHES ? listed.map(fromHex) : [undefined];
  const complete = hashes.filter((hash) => hash?.length === 32) as Uint8Array[];
  if (!logIndex || !treeSize || rootHash?.length !== 32 || typeof checkpoint !== 'string' || checkpoint === '') {
    throw invalidEntry(url, 'its inclusion proof is missing or malformed');
  }
  if (complete.length !== hashes.length) throw invalidEntry(url, 'the hashes of its inclusion proof are malformed');
  return { logIndex, treeSize, rootHash, hashes: complete, checkpoint };
}

/** The body must be about this signature, key and digest, regardless of its origin. */
function requireOurs(url: string, bytes: Uint8Array, wanted: ProposedEntry): void {
  const body = parseJson(bytes);
  const digest = Buffer.from(wanted.digest).toString('hex');
  const ours =
    isJsonObject(body) &&
    isKind(body, wanted.kind, '0.0.1') &&
    (wanted.kind === 'dsse'
      ? isOurDsse(body['spec'], wanted, digest)
      : isOurHashedRekord(body['spec'], wanted, digest));
  if (!ours) throw invalidEntry(url, 'it is about another signature, key or digest');
}

function isOurDsse(spec: unknown, wanted: ProposedEntry, digest: string): boolean {
  const signatures = at(spec, 'signatures');
  const only: unknown = Array.isArray(signatures) && signatures.length === 1 ? signatures[0] : undefined;
  return (
    at(spec, 'payloadHash', 'algorithm') === 'sha256' &&
    at(spec, 'payloadHash', 'value') === digest &&
    isBase64Of(at(only, 'signature'), wanted.signature) &&
    isPemOf(at(only, 'verifier'), wanted.certificate)
  );
}

function isOurHashedRekord(spec: unknown, wanted: ProposedEntry, digest: string): boolean {
  return (
    at(spec, 'data', 'hash', 'algorithm') === 'sha256' &&
    at(spec, 'data', 'hash', 'value') === digest &&
    isBase64Of(at(spec, 'signature', 'content'), wanted.signature) &&
    isPemOf(at(spec, 'signature', 'publicKey', 'content'), wanted.certificate)
  );
}
