import { bytesAt, parseJsonBody, textAt } from '../http/json-body.ts';
import { mediaTypeOf, messageReply, refuseMediaType, swaggerReply } from '../http/replies.ts';
import type { Reply, SandboxRequest } from '../http/serve.ts';
import { integer, oid, readDer, readMembers } from './asn1.ts';
import {
  authorityKeyIdentifier,
  basicConstraints,
  type Extension,
  extendedKeyUsage,
  goName,
  type Issuer,
  issueCertificate,
  keyUsage,
  type Name,
  randomSerial,
  subjectKeyIdentifier,
  TIME_STAMPING,
} from './certificate.ts';
import { createKey, sha256, toPem } from './keys.ts';
import { encodeTimestamp, IMPRINT_ALGORITHMS, type ImprintAlgorithm, type TokenSigner } from './timestamp-token.ts';

export interface TimestampAuthorityOptions {
  readonly clock: () => Date;
  readonly organization?: string;
  /** Stamps this far from the clock, in milliseconds. */
  readonly skewMs?: number;
}

/** What a test wants stamped; left out = as the real service does. */
export interface StampOptions {
  /** Bytes whose SHA-256 is stamped: a signature. */
  readonly data: Uint8Array;
  readonly at?: Date;
  /** Embed the signing certificate. */
  readonly certificate?: boolean;
  readonly nonce?: Uint8Array;
  /** Signed by another key under the same names. */
  readonly signedBy?: 'authority' | 'stranger';
}

export interface TimestampAuthority {
  /** Name of the root. */
  readonly name: Name;
  /** Leaf, intermediate, root; DER: what a trusted root lists. */
  readonly chain: readonly Buffer[];
  handler(request: SandboxRequest): Promise<Reply>;
  /** A TimeStampResp without asking over HTTP. */
  stamp(options: StampOptions): Buffer;
}

interface Query {
  readonly algorithm: ImprintAlgorithm;
  readonly digest: Buffer;
  readonly nonce: Uint8Array | undefined;
  readonly certificate: boolean;
}

/** A query, or why it is refused. */
type ParsedQuery = { readonly query: Query } | { readonly refused: string };

const PATH = '/api/v1/timestamp';
const TYPES = ['application/json', 'application/timestamp-query'];
const YEAR_MS = 365 * 86_400_000;
const VALID_FROM = new Date('2024-01-01T00:00:00Z');

function certify(subject: Issuer, issuer: Issuer, extensions: readonly Extension[]) {
  const notAfter = new Date(VALID_FROM.getTime() + 20 * YEAR_MS);
  return issueCertificate({ subject, issuer, notBefore: VALID_FROM, notAfter, extensions });
}

function checkQuery(algorithm: string | undefined, rest: Omit<Query, 'algorithm'>): ParsedQuery {
  const known = Object.keys(IMPRINT_ALGORITHMS).find((name): name is ImprintAlgorithm => name === algorithm);
  if (known === undefined) return { refused: 'Weak hash algorithm in timestamp request' };
  if (rest.digest.length !== IMPRINT_ALGORITHMS[known].bytes)
    return { refused: 'Message digest has incorrect length for specified algorithm' };
  return { query: { algorithm: known, ...rest } };
}

function parseJsonQuery(body: Uint8Array): ParsedQuery {
  const json = parseJsonBody(body);
  const digest = bytesAt(json, 'artifactHash');
  if (json === undefined || digest === undefined) return { refused: 'Error parsing request' };
  const { nonce, certificates = false } = json;
  if (nonce !== undefined && !(typeof nonce === 'number' && Number.isSafeInteger(nonce) && nonce >= 0))
    return { refused: 'Error parsing request' };
  if (typeof certificates !== 'boolean') return { refused: 'Error parsing request' };
  return checkQuery(textAt(json, 'hashAlgorithm'), {
    digest,
    nonce: nonce === undefined ? undefined : hexBytes(nonce),
    certificate: certificates,
  });
}

function hexBytes(value: number): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
}

/** TimeStampReq (RFC 3161 §2.4.1). */
function parseDerQuery(body: Uint8Array): ParsedQuery {
  try {
    const [request, ...behind] = readDer(body);
    const [version, imprint, ...optional] = readMembers(request);
    if (behind.length > 0 || version?.whole.equals(integer(1)) !== true)
      return { refused: 'Error parsing DER-encoded timestamp request' };
    const [algorithm, digest] = readMembers(imprint);
    const [identifier] = readMembers(algorithm);
    const name = Object.entries(IMPRINT_ALGORITHMS).find(([, known]) => identifier?.whole.equals(oid(known.oid)))?.[0];
    return checkQuery(name, {
      digest: digest?.content ?? Buffer.alloc(0),
      nonce: optional.find((value) => value.tag === 0x02)?.content,
      certificate: optional.some((value) => value.tag === 0x01 && value.content[0] !== 0),
    });
  } catch (error) {
    if (error instanceof RangeError) return { refused: 'Error parsing DER-encoded timestamp request' };
    throw error;
  }
}

/** An RFC 3161 timestamp authority with leaf, intermediate and root; JSON and DER queries, answers as the real one (2.1.3). */
export function createTimestampAuthority(options: TimestampAuthorityOptions): TimestampAuthority {
  const organization = options.organization ?? 'local';
  const name: Name = { organization, commonName: 'Test TSA Root' };
  const root: Issuer = { name: goName(name), key: createKey() };
  const between: Issuer = { name: goName({ organization, commonName: 'Test TSA Intermediate' }), key: createKey() };
  const leaf: Issuer = { name: goName({ organization, commonName: 'Test TSA Timestamping' }), key: createKey() };
  const rootCertificate = certify(root, root, [
    keyUsage(5, 6),
    basicConstraints(),
    subjectKeyIdentifier(root.key.spki),
  ]);
  const betweenCertificate = certify(between, root, [
    keyUsage(5, 6),
    extendedKeyUsage(TIME_STAMPING),
    basicConstraints(),
    subjectKeyIdentifier(between.key.spki),
    authorityKeyIdentifier(root.key.spki),
  ]);
  const leafCertificate = certify(leaf, between, [
    keyUsage(0),
    subjectKeyIdentifier(leaf.key.spki),
    authorityKeyIdentifier(between.key.spki),
    extendedKeyUsage(TIME_STAMPING, true),
  ]);
  const chain = [leafCertificate.der, betweenCertificate.der, rootCertificate.der];
  const signer: TokenSigner = {
    key: leaf.key,
    name: leaf.name,
    issuer: between,
    serial: leafCertificate.serial,
    certificate: leafCertificate.der,
  };
  const now = (): Date => new Date(options.clock().getTime() + (options.skewMs ?? 0));

  return {
    name,
    chain,
    stamp: (wanted) =>
      encodeTimestamp(wanted.signedBy === 'stranger' ? { ...signer, key: createKey() } : signer, {
        algorithm: 'sha256',
        digest: sha256(wanted.data),
        at: wanted.at ?? now(),
        serial: randomSerial(),
        nonce: wanted.nonce,
        certificate: wanted.certificate,
      }),
    handler: async (request) => {
      const { pathname } = request.url;
      if (request.method === 'GET' && pathname === '/ping') return messageReply(200, 'pong');
      if (request.method === 'GET' && pathname === `${PATH}/certchain`) {
        const pem = chain.map((der) => toPem('CERTIFICATE', der)).join('');
        return { status: 200, headers: [['Content-Type', 'application/pem-certificate-chain']], body: pem };
      }
      if (pathname !== PATH) return swaggerReply(404, `path ${pathname} was not found`);
      if (request.method !== 'POST') return swaggerReply(405, `method ${request.method} is not allowed`);
      const unsupported = refuseMediaType(request, TYPES);
      if (unsupported !== undefined) return unsupported;
      const isJson = mediaTypeOf(request) === 'application/json';
      const parsed = isJson ? parseJsonQuery(request.body) : parseDerQuery(request.body);
      if ('refused' in parsed) {
        // The real one sends its JSON under the content type of a reply.
        const { body = '' } = swaggerReply(400, parsed.refused);
        return { status: 400, headers: [['Content-Type', 'application/timestamp-reply']], body };
      }
      return {
        status: 200,
        headers: [['Content-Type', 'application/timestamp-reply']],
        body: encodeTimestamp(signer, { ...parsed.query, at: now(), serial: randomSerial() }),
      };
    },
  };
}
