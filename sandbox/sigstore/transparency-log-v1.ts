import { randomBytes } from 'node:crypto';
import { parseJsonBody } from '../http/json-body.ts';
import { emptyReply, refuseMediaType, swaggerReply } from '../http/replies.ts';
import { jsonReply, type Reply, type SandboxRequest } from '../http/serve.ts';
import { canonicalJson } from './canonical-json.ts';
import { signCheckpoint } from './checkpoint.ts';
import { createKey, type SigningKey, toPem } from './keys.ts';
import { hashLeaf, inclusionPath, rootOf } from './merkle-tree.ts';
import { canonicalizeV1 } from './rekor-entries.ts';

export interface TransparencyLogV1Options {
  readonly clock: () => Date;
}

/** One entry as the API shows it (openapi LogEntry), numbers as numbers. */
export interface LogEntryV1 {
  /** Base64 of the canonical body. */
  readonly body: string;
  /** Unix seconds. */
  readonly integratedTime: number;
  /** SHA-256 of the log's key, hex. */
  readonly logID: string;
  /** Global index. */
  readonly logIndex: number;
  readonly verification: {
    readonly inclusionProof: {
      readonly checkpoint: string;
      readonly hashes: readonly string[];
      readonly logIndex: number;
      readonly rootHash: string;
      readonly treeSize: number;
    };
    readonly signedEntryTimestamp: string;
  };
}

export interface TransparencyLogV1 {
  readonly key: SigningKey;
  handler(request: SandboxRequest): Promise<Reply>;
  /** Logs any canonical body, unchecked, at `at` (default now); returns its UUID. */
  add(body: string | Uint8Array, at?: Date): string;
  /** The entry with a proof against the tree of this moment; undefined if unknown. */
  entry(uuid: string): LogEntryV1 | undefined;
  size(): number;
}

interface StoredEntry {
  readonly body: Buffer;
  readonly integratedTime: number;
}

const ENTRIES = '/api/v1/log/entries';
/** Name in the checkpoint; host name without port, so that sigstore-go finds it in the baseUrl. */
const HOSTNAME = '127.0.0.1';
/** Entries that are there already, so that proofs have several hashes. */
const INITIAL_ENTRIES = 5;
/** Global index of the shard's first entry. */
const FIRST_LOG_INDEX = 25_579;
const TREE_ID = 487_907_976_530_682_400n;
const TREE_ID_HEX = TREE_ID.toString(16).padStart(16, '0');

/** A Rekor v1: dsse 0.0.1, hashedrekord 0.0.1 and intoto 0.0.2, with the answers of the real one (1.5.4). */
export function createTransparencyLogV1(options: TransparencyLogV1Options): TransparencyLogV1 {
  const key = createKey();
  const entries: StoredEntry[] = [];
  const leaves: Buffer[] = [];
  const indexes = new Map<string, number>();

  const uuidOf = (leaf: Buffer): string => `${TREE_ID_HEX}${leaf.toString('hex')}`;

  const add = (body: string | Uint8Array, at: Date = options.clock()): string => {
    const bytes = Buffer.from(body);
    const leaf = hashLeaf(bytes);
    indexes.set(leaf.toString('hex'), entries.length);
    entries.push({ body: bytes, integratedTime: Math.floor(at.getTime() / 1000) });
    leaves.push(leaf);
    return uuidOf(leaf);
  };

  for (let count = 0; count < INITIAL_ENTRIES; count += 1)
    add(canonicalJson({ apiVersion: '0.0.1', kind: 'rekord', spec: { filler: randomBytes(8).toString('hex') } }));

  /** Index of a UUID with or without tree id; undefined for another tree or an unknown leaf. */
  const indexOf = (uuid: string): number | undefined => {
    if (!/^(?:[0-9a-f]{16})?[0-9a-f]{64}$/.test(uuid)) return undefined;
    if (uuid.length === 80 && !uuid.startsWith(TREE_ID_HEX)) return undefined;
    return indexes.get(uuid.slice(-64));
  };

  const show = (index: number): { readonly uuid: string; readonly entry: LogEntryV1 } | undefined => {
    const stored = entries[index];
    const leaf = leaves[index];
    if (stored === undefined || leaf === undefined) return undefined;
    const promise = {
      body: stored.body.toString('base64'),
      integratedTime: stored.integratedTime,
      logID: key.keyId.toString('hex'),
      logIndex: FIRST_LOG_INDEX + index,
    };
    const root = rootOf(leaves);
    const checkpoint = signCheckpoint({
      origin: `${HOSTNAME} - ${TREE_ID}`,
      signer: HOSTNAME,
      size: leaves.length,
      root,
      key,
      keyHint: key.keyId.subarray(0, 4),
    });
    return {
      uuid: uuidOf(leaf),
      entry: {
        ...promise,
        verification: {
          inclusionProof: {
            checkpoint,
            hashes: inclusionPath(leaves, index).map((hash) => hash.toString('hex')),
            logIndex: index,
            rootHash: root.toString('hex'),
            treeSize: leaves.length,
          },
          signedEntryTimestamp: key.sign(Buffer.from(canonicalJson(promise))).toString('base64'),
        },
      },
    };
  };

  const showReply = (index: number | undefined): Reply => {
    const shown = index === undefined ? undefined : show(index);
    return shown === undefined ? emptyReply(404) : jsonReply(200, { [shown.uuid]: shown.entry });
  };

  const create = (request: SandboxRequest): Reply => {
    const unsupported = refuseMediaType(request, ['application/json']);
    if (unsupported !== undefined) return unsupported;
    const proposed = parseJsonBody(request.body);
    if (proposed === undefined) return swaggerReply(500, 'unexpected EOF');
    const canonical = canonicalizeV1(proposed);
    if (canonical === undefined)
      return swaggerReply(422, `unsupported entry: ${String(proposed['kind'])} ${String(proposed['apiVersion'])}`);
    if (canonical.kind === 'invalid') return swaggerReply(400, canonical.message);
    const uuid = uuidOf(hashLeaf(Buffer.from(canonical.body)));
    const location: [string, string] = ['Location', `${ENTRIES}/${uuid}`];
    if (indexOf(uuid) !== undefined) {
      const message = `an equivalent entry already exists in the transparency log with UUID ${uuid}`;
      return swaggerReply(409, message, [location]);
    }
    add(canonical.body);
    return jsonReply(201, { [uuid]: show(entries.length - 1)?.entry }, [location, ['ETag', uuid]]);
  };

  return {
    key,
    add,
    size: () => entries.length,
    entry: (uuid) => show(indexOf(uuid) ?? -1)?.entry,
    handler: async (request) => {
      const { pathname, searchParams } = request.url;
      if (request.method === 'POST' && pathname === ENTRIES) return create(request);
      if (request.method !== 'GET') return swaggerReply(405, `method ${request.method} is not allowed`);
      if (pathname.startsWith(`${ENTRIES}/`)) return showReply(indexOf(pathname.slice(ENTRIES.length + 1)));
      switch (pathname) {
        case ENTRIES: {
          const global = searchParams.get('logIndex') ?? '';
          if (!/^\d{1,15}$/.test(global)) return swaggerReply(422, 'logIndex in query must be an integer');
          return showReply(Number(global) - FIRST_LOG_INDEX);
        }
        case '/api/v1/log/publicKey':
          return {
            status: 200,
            headers: [['Content-Type', 'application/x-pem-file']],
            body: toPem('PUBLIC KEY', key.spki),
          };
        case '/api/v1/log':
          return jsonReply(200, {
            inactiveShards: [],
            rootHash: rootOf(leaves).toString('hex'),
            treeID: String(TREE_ID),
            treeSize: leaves.length,
          });
        case '/ping':
          return emptyReply(200);
        default:
          return swaggerReply(404, `path ${pathname} was not found`);
      }
    },
  };
}
