import { createHash } from 'node:crypto';

/** What a registry holds, reachable past all checks: for seeding, for looking, and for tampering. */
export interface Store {
  repository(name: string): StoredRepository | undefined;
  /** The repository, made if missing. */
  ensureRepository(name: string): StoredRepository;
  repositories(): readonly string[];
  /** Stores a blob and returns its digest. */
  putBlob(repository: string, bytes: Uint8Array | string): string;
  getBlob(repository: string, digest: string): Uint8Array | undefined;
  /** Stores a manifest unchecked; the media type is that of its JSON unless given. Returns its digest. */
  putManifest(repository: string, bytes: Uint8Array | string, mediaType?: string): string;
  getManifest(repository: string, digest: string): StoredManifest | undefined;
  /** Forgets a manifest and the tags that name it. */
  deleteManifest(repository: string, digest: string): boolean;
  setTag(repository: string, tag: string, digest: string): void;
  /** Digest the tag names now, whatever readers are still shown. */
  getTag(repository: string, tag: string): string | undefined;
  tags(repository: string): readonly string[];
  /** Manifests in the order in which they were first stored. */
  manifests(repository: string): readonly StoredManifest[];
  /** Manifests whose subject is `digest`. */
  referrers(repository: string, digest: string): readonly StoredManifest[];
}

export interface StoredManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  /** The bytes as JSON; `{}` if they are not a JSON object. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface StoredTag {
  readonly digest: string;
  /** What it named before the last write. */
  readonly previous: string | undefined;
  readonly writtenAt: number;
  /** Reads since the last write. */
  reads: number;
}

export interface StoredRepository {
  readonly blobs: Map<string, Uint8Array>;
  readonly manifests: Map<string, StoredManifest>;
  readonly tags: Map<string, StoredTag>;
}

/** `sha256:` digest of the bytes. */
export function digestOfBytes(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The value if it is a JSON object. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** The bytes as a JSON object, or undefined. */
export function parseObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return undefined;
  }
}

/** An empty store. */
export function createStore(): Store {
  const repositories = new Map<string, StoredRepository>();
  const ensureRepository = (name: string): StoredRepository => {
    const known = repositories.get(name);
    if (known !== undefined) return known;
    const made: StoredRepository = { blobs: new Map(), manifests: new Map(), tags: new Map() };
    repositories.set(name, made);
    return made;
  };
  return {
    repository: (name) => repositories.get(name),
    ensureRepository,
    repositories: () => [...repositories.keys()].sort(),
    putBlob(repository, content) {
      const bytes = new Uint8Array(Buffer.from(content));
      const digest = digestOfBytes(bytes);
      ensureRepository(repository).blobs.set(digest, bytes);
      return digest;
    },
    getBlob: (repository, digest) => repositories.get(repository)?.blobs.get(digest),
    putManifest(repository, content, mediaType) {
      const bytes = new Uint8Array(Buffer.from(content));
      const digest = digestOfBytes(bytes);
      const json = parseObject(bytes) ?? {};
      const type =
        mediaType ?? (typeof json['mediaType'] === 'string' ? json['mediaType'] : 'application/octet-stream');
      ensureRepository(repository).manifests.set(digest, { digest, mediaType: type, bytes, json });
      return digest;
    },
    getManifest: (repository, digest) => repositories.get(repository)?.manifests.get(digest),
    deleteManifest(repository, digest) {
      const known = repositories.get(repository);
      if (known === undefined) return false;
      for (const [tag, { digest: named }] of known.tags) if (named === digest) known.tags.delete(tag);
      return known.manifests.delete(digest);
    },
    setTag(repository, tag, digest) {
      const { tags } = ensureRepository(repository);
      tags.set(tag, { digest, previous: tags.get(tag)?.digest, writtenAt: performance.now(), reads: 0 });
    },
    getTag: (repository, tag) => repositories.get(repository)?.tags.get(tag)?.digest,
    tags: (repository) => [...(repositories.get(repository)?.tags.keys() ?? [])].sort(),
    manifests: (repository) => [...(repositories.get(repository)?.manifests.values() ?? [])],
    referrers: (repository, digest) =>
      [...(repositories.get(repository)?.manifests.values() ?? [])].filter(
        ({ json }) => asObject(json['subject'])?.['digest'] === digest,
      ),
  };
}
