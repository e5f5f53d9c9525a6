import { verify, X509Certificate } from 'node:crypto';
import { isObject, type JsonObject, parseJsonBody } from '../http/json-body.ts';
import { type Handler, type Headers, jsonReply, type Reply, type SandboxRequest } from '../http/serve.ts';
import { problem } from './replies.ts';

/** GitHub's attestation store, which refuses what GitHub was seen to refuse. */

/** What a token may do; a missing right is `none`. */
export interface AttestationRights {
  readonly attestations?: 'read' | 'write' | 'none';
}

export interface StoredEntry {
  readonly id: number;
  /** `owner/name` in lower case. */
  readonly repository: string;
  /** `sha256:…` of the subjects. */
  readonly digests: readonly string[];
  readonly predicateType: string;
  /** A test may change it, as somebody who controls the storage could. */
  bundle: JsonObject;
}

export interface AttestationsOptions {
  /** Base URL of `storage`: lists then name a URL for each bundle instead of the bundle itself. */
  readonly storageUrl?: string;
  /** Largest request body, in bytes; default 32 MiB. */
  readonly maxBytes?: number;
}

export interface GithubAttestations {
  readonly entries: readonly StoredEntry[];
  /** Serves the bundles that lists name by URL: compressed, and to nobody who sends a token. */
  readonly storage: Handler;
  /** Answers a request for attestations of one repository; undefined if it is for something else. */
  handle(
    request: SandboxRequest,
    asked: {
      /** `owner/name` in lower case. */
      readonly repository: string;
      readonly path: string;
      readonly rights: AttestationRights;
      readonly hasPlan: boolean;
    },
  ): Reply | undefined;
}

const STATEMENT_TYPES = ['https://in-toto.io/Statement/v1', 'https://in-toto.io/Statement/v0.1'];
const BUILD_TYPE = 'https://actions.github.io/buildtypes/workflow/v1';
const SIGNATURE = 'sig=sandbox';

export function createGithubAttestations({
  storageUrl,
  maxBytes = 32 * 1024 * 1024,
}: AttestationsOptions = {}): GithubAttestations {
  const entries: StoredEntry[] = [];

  const create = (request: SandboxRequest, repository: string): Reply => {
    if (request.body.length > maxBytes) return problem(413, 'Payload Too Large');
    const bundle = parseJsonBody(request.body)?.['bundle'];
    if (!isObject(bundle)) return problem(422, 'Invalid request.\n\n"bundle" wasn\'t supplied.');
    const opened = open(bundle);
    if (typeof opened === 'string') return problem(422, `Invalid bundle: ${opened}`);
    const entry = { id: 7_000_000 + entries.length, repository, ...opened, bundle };
    entries.push(entry);
    return jsonReply(201, { id: entry.id });
  };

  const list = (request: SandboxRequest, repository: string, digest: string): Reply => {
    const { searchParams } = request.url;
    const size = Math.min(100, Number(searchParams.get('per_page') ?? 30));
    const type = searchParams.get('predicate_type');
    const found = entries
      .filter((one) => one.repository === repository && one.digests.includes(digest))
      .filter((one) => type === null || one.predicateType === type)
      .toReversed();
    // Like a repository that is not there.
    if (found.length === 0) return problem(404, 'Not Found');
    const start = Number(searchParams.get('after') ?? 0);
    const next = new URL(request.url);
    next.searchParams.set('after', String(start + size));
    const headers: Headers = start + size < found.length ? [['Link', `<${next}>; rel="next"`]] : [];
    const attestations = found.slice(start, start + size).map(({ id, bundle }) => ({
      bundle: storageUrl === undefined ? bundle : null,
      bundle_url: storageUrl === undefined ? '' : `${storageUrl}/attestations/${id}.json.sn?${SIGNATURE}`,
      repository_id: 1,
      initiator: 'user',
    }));
    return jsonReply(200, { attestations }, headers);
  };

  return {
    entries,
    storage: ({ url, headers }) => {
      const [, id] = /^\/attestations\/([0-9]+)\.json\.sn$/.exec(url.pathname) ?? [];
      const entry = entries.find((one) => String(one.id) === id);
      if (headers['authorization'] !== undefined) return { status: 400, body: 'InvalidAuthenticationInfo' };
      if (url.search !== `?${SIGNATURE}`) return { status: 403, body: 'AuthenticationFailed' };
      if (entry === undefined) return { status: 404, body: 'BlobNotFound' };
      const body = snappyLiteral(Buffer.from(JSON.stringify(entry.bundle)));
      return { status: 200, headers: [['Content-Type', 'application/x-snappy']], body };
    },
    handle(request, { repository, path, rights, hasPlan }) {
      const [, digest] = /^attestations(?:\/([^/]+))?$/.exec(path) ?? [];
      if (!/^attestations(?:\/|$)/.test(path)) return undefined;
      const needed = request.method === 'POST' ? ['write'] : ['read', 'write'];
      if (!needed.includes(rights.attestations ?? 'none'))
        return problem(403, 'Resource not accessible by integration');
      if (request.method === 'POST' && digest === undefined) {
        if (!hasPlan) return problem(404, 'Feature not available for user owned private repositories.');
        return create(request, repository);
      }
      if (request.method !== 'GET' || digest === undefined) return problem(404, 'Not Found');
      const subject = decodeURIComponent(digest);
      if (!/^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/.test(subject)) return problem(422, 'Invalid subject digest');
      return list(request, repository, subject);
    },
  };
}

/** What a bundle is about, or why it is refused. */
function open(bundle: JsonObject): Pick<StoredEntry, 'digests' | 'predicateType'> | string {
  const { mediaType, verificationMaterial: material, dsseEnvelope: envelope } = bundle;
  if (!/^application\/vnd\.dev\.sigstore\.bundle\.v0\.3\+json$/.test(String(mediaType)))
    return 'unsupported media type';
  if (!isObject(material) || !isObject(material['certificate'])) return 'it has no signing certificate';
  if (!isObject(envelope) || !Array.isArray(envelope['signatures']) || envelope['signatures'].length !== 1) {
    return 'it has no envelope with one signature';
  }
  if (envelope['payloadType'] !== 'application/vnd.in-toto+json') return 'unsupported payload type';
  const payload = Buffer.from(String(envelope['payload']), 'base64');
  const der = Buffer.from(String(material['certificate']['rawBytes']), 'base64');
  const [signature] = envelope['signatures'] as readonly unknown[];
  if (!isObject(signature) || !isSigned(payload, String(signature['sig']), der)) return 'the signature does not verify';
  const statement = parseJsonBody(payload);
  if (statement === undefined || !STATEMENT_TYPES.includes(String(statement['_type']))) return 'it is not a statement';
  const { predicateType, predicate, subject } = statement;
  if (typeof predicateType !== 'string' || !Array.isArray(subject) || subject.length === 0) return 'it has no subject';
  const names = subject.map((one: unknown) => (isObject(one) ? one['name'] : undefined));
  if (new Set(names).size !== names.length) return 'duplicate subject name';
  const digests = subject.map((one: unknown) => (isObject(one) && isObject(one['digest']) ? one['digest'] : {}));
  if (digests.some((one) => Object.keys(one).length !== 1)) return 'a subject must have exactly one digest';
  if (predicateType === 'https://slsa.dev/provenance/v1') {
    const wrong = provenanceProblem(predicate, der);
    if (wrong !== undefined) return wrong;
  }
  return {
    predicateType,
    digests: digests.flatMap((one) => Object.entries(one).map(([name, hex]) => `${name}:${hex}`)),
  };
}

function isSigned(payload: Buffer, signature: string, der: Buffer): boolean {
  const type = 'application/vnd.in-toto+json';
  const encoded = Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload]);
  try {
    return verify('sha256', encoded, new X509Certificate(der).publicKey, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** GitHub compares every field with the certificate, and takes no further one. */
function provenanceProblem(predicate: unknown, der: Buffer): string | undefined {
  const definition = isObject(predicate) ? predicate['buildDefinition'] : undefined;
  if (!isObject(definition) || definition['buildType'] !== BUILD_TYPE) return 'unsupported build type';
  const claim = (number: number): string => extensionOf(der, number) ?? '';
  const repository = claim(12);
  const wanted = {
    buildDefinition: {
      buildType: BUILD_TYPE,
      externalParameters: {
        workflow: {
          ref: claim(14),
          repository,
          path: claim(18)
            .slice(repository.length + 1)
            .split('@')[0],
        },
      },
      internalParameters: {
        github: {
          event_name: claim(20),
          repository_id: claim(15),
          repository_owner_id: claim(17),
          runner_environment: claim(11),
        },
      },
      resolvedDependencies: [{ uri: `git+${repository}@${claim(14)}`, digest: { gitCommit: claim(13) } }],
    },
    runDetails: { builder: { id: claim(9) }, metadata: { invocationId: claim(21) } },
  };
  return sorted(predicate) === sorted(wanted) ? undefined : 'the provenance differs from the certificate';
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  );
}

/** The text of Fulcio's extension 1.3.6.1.4.1.57264.1.N (numbers from 8): its identifier, octets, a UTF8String. */
function extensionOf(der: Buffer, number: number): string | undefined {
  const identifier = Buffer.from([0x06, 0x0a, 0x2b, 6, 1, 4, 1, 0x83, 0xbf, 0x30, 1, number]);
  const at = der.indexOf(identifier);
  if (at < 0) return undefined;
  const outer = contentOf(der, at + identifier.length, 0x04);
  return outer === undefined ? undefined : contentOf(outer, 0, 0x0c)?.toString();
}

function contentOf(der: Buffer, at: number, tag: number): Buffer | undefined {
  if (der[at] !== tag) return undefined;
  const short = der[at + 1] ?? 0;
  const count = short < 0x80 ? 0 : short & 0x7f;
  const length = count === 0 ? short : der.readUIntBE(at + 2, count);
  const start = at + 2 + count;
  return der.subarray(start, start + length);
}

/** The snappy block format without compression: literals alone. */
function snappyLiteral(bytes: Buffer): Buffer {
  const length: number[] = [];
  for (let left = bytes.length; ; left = Math.floor(left / 128)) {
    length.push((left % 128) + (left >= 128 ? 128 : 0));
    if (left < 128) break;
  }
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length - 1);
  return Buffer.concat([Buffer.from([...length, 63 << 2]), size, bytes]);
}
