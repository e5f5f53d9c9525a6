import { randomBytes } from 'node:crypto';
import { bytesAt, isObject, type JsonObject, parseJsonBody, textAt } from '../http/json-body.ts';
import { grpcReply } from '../http/replies.ts';
import { jsonReply, type Reply, type SandboxRequest } from '../http/serve.ts';
import { canonicalJson } from './canonical-json.ts';
import { signCheckpoint } from './checkpoint.ts';
import { isSignatureOfDigest } from './ecdsa-digest.ts';
import { createKey, digestOfKey, keyDetailsOf, parsePublicKey, type SigningKey, sha256 } from './keys.ts';
import { hashLeaf, inclusionPath, rootOf } from './merkle-tree.ts';
import { type Canonicalized, invalid, parseCertificate } from './rekor-entries.ts';

export interface TransparencyLogV2Options {
  /** Origin of the checkpoint and name of its signer; host name without port. */
  readonly hostname?: string;
  readonly keyKind?: 'Ed25519' | 'P-256';
}

/** The TransparencyLogEntry a write answers with: int64 as strings, nothing left out. */
export interface LogEntryV2 {
  readonly logIndex: string;
  readonly logId: { readonly keyId: string };
  readonly kindVersion: { readonly kind: 'hashedrekord'; readonly version: '0.0.2' };
  readonly integratedTime: '0';
  readonly inclusionPromise: null;
  readonly inclusionProof: {
    readonly logIndex: string;
    readonly rootHash: string;
    readonly treeSize: string;
    readonly hashes: readonly string[];
    readonly checkpoint: { readonly envelope: string };
  };
  readonly canonicalizedBody: string;
}

export interface TransparencyLogV2 {
  readonly key: SigningKey;
  /** Log ID: of an Ed25519 key SHA-256(name ‖ LF ‖ 0x01 ‖ key) (C2SP signed-note), of an ECDSA key SHA-256(SPKI). */
  readonly keyId: Buffer;
  handler(request: SandboxRequest): Promise<Reply>;
  /** Logs any canonical body, unchecked. */
  add(body: string | Uint8Array): LogEntryV2;
  size(): number;
}

/** Entries that are there already, so that proofs have several hashes. */
const INITIAL_ENTRIES = 3;

/** What a message of the API may hold: by member, `null` for a plain value, else the message in it. */
interface Message {
  readonly [member: string]: Message | null;
}

const VERIFIER: Message = { x509Certificate: { rawBytes: null }, publicKey: { rawBytes: null }, keyDetails: null };
const REQUEST: Message = {
  hashedRekordRequestV002: { digest: null, signature: { content: null, verifier: VERIFIER } },
  dsseRequestV002: {
    envelope: { payload: null, payloadType: null, signatures: { sig: null, keyid: null } },
    verifiers: VERIFIER,
  },
};

/** The first member that the real one does not know in its place; it refuses those by name. */
function unknownMember(value: unknown, message: Message): string | undefined {
  if (Array.isArray(value)) return value.map((each) => unknownMember(each, message)).find((name) => name !== undefined);
  if (!isObject(value)) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    if (!Object.hasOwn(message, name)) return name;
    const within = message[name];
    const unknown = within == null ? undefined : unknownMember(inner, within);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}

const DIGESTS = {
  sha256: { name: 'SHA2_256', bytes: 32 },
  sha384: { name: 'SHA2_384', bytes: 48 },
  sha512: { name: 'SHA2_512', bytes: 64 },
} as const;

/** The canonical body of a hashedrekord 0.0.2 (RFC 8785), if key, signature and digest belong together. */
function canonicalizeV2(request: JsonObject): Canonicalized {
  const refused = invalid('invalid hashedrekord request');
  const digest = bytesAt(request, 'digest');
  const content = bytesAt(request, 'signature', 'content');
  const certificateDer = bytesAt(request, 'signature', 'verifier', 'x509Certificate', 'rawBytes');
  const publicKeyDer = bytesAt(request, 'signature', 'verifier', 'publicKey', 'rawBytes');
  const keyDetails = textAt(request, 'signature', 'verifier', 'keyDetails');
  if (digest === undefined || content === undefined || keyDetails === undefined) return refused;
  if ((certificateDer === undefined) === (publicKeyDer === undefined)) return refused;
  const key =
    certificateDer === undefined
      ? parsePublicKey(publicKeyDer ?? Buffer.alloc(0))
      : parseCertificate(certificateDer)?.publicKey;
  if (key?.asymmetricKeyType !== 'ec' || keyDetailsOf(key) !== keyDetails) return refused;
  const algorithm = digestOfKey(key);
  if (algorithm === null || digest.length !== DIGESTS[algorithm].bytes) return refused;
  if (!isSignatureOfDigest(key, digest, content)) return refused;
  const verifier =
    certificateDer === undefined
      ? { keyDetails, publicKey: { rawBytes: publicKeyDer?.toString('base64') } }
      : { keyDetails, x509Certificate: { rawBytes: certificateDer.toString('base64') } };
  const hashedRekordV002 = {
    data: { algorithm: DIGESTS[algorithm].name, digest: digest.toString('base64') },
    signature: { content: content.toString('base64'), verifier },
  };
  return {
    kind: 'entry',
    body: canonicalJson({ apiVersion: '0.0.2', kind: 'hashedrekord', spec: { hashedRekordV002 } }),
  };
}

/** A Rekor v2 that takes hashedrekord 0.0.2 only, with the answers of the real one (rekor-tiles 2.3.0). */
export function createTransparencyLogV2(options: TransparencyLogV2Options = {}): TransparencyLogV2 {
  const hostname = options.hostname ?? '127.0.0.1';
  const key = createKey(options.keyKind ?? 'Ed25519');
  // The last 32 bytes of an Ed25519 SPKI are the key itself.
  const keyId =
    key.publicKey.asymmetricKeyType === 'ed25519'
      ? sha256(Buffer.concat([Buffer.from(`${hostname}\n\u0001`), key.spki.subarray(-32)]))
      : key.keyId;
  const bodies: Buffer[] = [];
  const leaves: Buffer[] = [];
  const indexes = new Map<string, number>();

  const append = (body: string | Uint8Array): number => {
    const bytes = Buffer.from(body);
    const leaf = hashLeaf(bytes);
    const index = leaves.length;
    indexes.set(leaf.toString('hex'), index);
    bodies.push(bytes);
    leaves.push(leaf);
    return index;
  };

  const show = (index: number): LogEntryV2 => {
    const root = rootOf(leaves);
    const envelope = signCheckpoint({
      origin: hostname,
      signer: hostname,
      size: leaves.length,
      root,
      key,
      keyHint: keyId.subarray(0, 4),
    });
    return {
      logIndex: String(index),
      logId: { keyId: keyId.toString('base64') },
      kindVersion: { kind: 'hashedrekord', version: '0.0.2' },
      integratedTime: '0',
      inclusionPromise: null,
      inclusionProof: {
        logIndex: String(index),
        rootHash: root.toString('base64'),
        treeSize: String(leaves.length),
        hashes: inclusionPath(leaves, index).map((hash) => hash.toString('base64')),
        checkpoint: { envelope },
      },
      canonicalizedBody: bodies[index]?.toString('base64') ?? '',
    };
  };

  for (let count = 0; count < INITIAL_ENTRIES; count += 1)
    append(
      canonicalJson({ apiVersion: '0.0.2', kind: 'hashedrekord', spec: { filler: randomBytes(8).toString('hex') } }),
    );

  const create = (request: SandboxRequest): Reply => {
    const body = parseJsonBody(request.body);
    if (body === undefined) return grpcReply(400, 3, 'unexpected EOF');
    const unknown = unknownMember(body, REQUEST);
    if (unknown !== undefined) return grpcReply(400, 3, `proto: (line 1:2): unknown field "${unknown}"`);
    const hashedRekord = body['hashedRekordRequestV002'];
    if (!isObject(hashedRekord) || body['dsseRequestV002'] !== undefined)
      return grpcReply(400, 3, 'invalid type, must be hashedrekord');
    const canonical = canonicalizeV2(hashedRekord);
    if (canonical.kind === 'invalid') return grpcReply(400, 3, canonical.message);
    const known = indexes.get(hashLeaf(Buffer.from(canonical.body)).toString('hex'));
    if (known !== undefined) {
      const message = `an equivalent entry already exists in the transparency log with index ${known}`;
      return grpcReply(409, 6, message, [['x-log-index', String(known)]]);
    }
    return jsonReply(201, show(append(canonical.body)));
  };

  return {
    key,
    keyId,
    add: (body) => show(append(body)),
    size: () => leaves.length,
    handler: async (request) => {
      switch (`${request.method} ${request.url.pathname}`) {
        case 'POST /api/v2/log/entries':
          return create(request);
        case 'GET /healthz':
          return jsonReply(200, { status: 'SERVING' });
        default:
          return grpcReply(404, 5, 'Not Found');
      }
    },
  };
}
