import { emptyReply } from '../http/replies.ts';
import type { Reply, SandboxRequest } from '../http/serve.ts';
import { canonicalJson } from './canonical-json.ts';
import { createKey, type SigningKey, sha256, toPem } from './keys.ts';
import { timestamp } from './trusted-root.ts';

/** Target files by name. */
export type Targets = Readonly<Record<string, Uint8Array | string>>;

export type TufRole = 'root' | 'timestamp' | 'snapshot' | 'targets';

export interface TufRepositoryOptions {
  readonly clock: () => Date;
  /** For Sigstore: `trusted_root.json` and `signing_config.v0.2.json`. */
  readonly targets: Targets;
  /** Where the repository begins in the path of its URL, e.g. `/tuf`; default the top. */
  readonly pathPrefix?: string;
}

/** How the next metadata deviates from what a good repository publishes. */
export interface PublishOptions {
  /** Expiry by role; default a year, the timestamp a week from now. */
  readonly expires?: Partial<Record<TufRole, Date>>;
  /** Signs this role with a key the root does not list. */
  readonly forged?: TufRole;
}

export interface TufRepository {
  /** 1.root.json: what a client must have got some other way. */
  readonly initialRoot: Buffer;
  handler(request: SandboxRequest): Promise<Reply>;
  /** Publishes these targets as the next version of targets, snapshot and timestamp. */
  publish(targets: Targets, options?: PublishOptions): void;
  /** Publishes the next root with new keys for every role, signed by the old and the new root keys. */
  rotateRoot(options?: PublishOptions): void;
  /** Shows the previous timestamp again: a rollback. */
  rollBack(): void;
  /** Serves a target with one byte changed, its metadata unchanged. */
  tamperTarget(name: string): void;
}

const ROLES: readonly TufRole[] = ['root', 'timestamp', 'snapshot', 'targets'];
const DAY_MS = 86_400_000;
const LIFE_MS: Readonly<Record<TufRole, number>> = {
  root: 365 * DAY_MS,
  targets: 365 * DAY_MS,
  snapshot: 365 * DAY_MS,
  timestamp: 7 * DAY_MS,
};

interface RoleKeys {
  readonly keys: readonly SigningKey[];
  readonly threshold: number;
}

type Keys = Readonly<Record<TufRole, RoleKeys>>;

/** Two of two for the root, one for the other roles. */
function createKeys(): Keys {
  const one = (): RoleKeys => ({ keys: [createKey()], threshold: 1 });
  return {
    root: { keys: [createKey(), createKey()], threshold: 2 },
    timestamp: one(),
    snapshot: one(),
    targets: one(),
  };
}

/** Canonical JSON as TUF means it (OLPC): in strings only quote and backslash are escaped. */
const tufCanonical = (value: object): string => canonicalJson(value, (text) => `"${text.replace(/["\\]/g, '\\$&')}"`);

function describeKey(key: SigningKey): { readonly id: string; readonly description: object } {
  const description = {
    keytype: 'ecdsa',
    scheme: 'ecdsa-sha2-nistp256',
    keyval: { public: toPem('PUBLIC KEY', key.spki) },
  };
  return { id: sha256(tufCanonical(description)).toString('hex'), description };
}

function signMetadata(signed: object, keys: readonly SigningKey[]): Buffer {
  const bytes = Buffer.from(tufCanonical(signed));
  const signatures = keys.map((key) => ({ keyid: describeKey(key).id, sig: key.sign(bytes).toString('hex') }));
  return Buffer.from(JSON.stringify({ signed, signatures }));
}

const fileInfo = (bytes: Uint8Array): { length: number; hashes: { sha256: string } } => ({
  length: bytes.length,
  hashes: { sha256: sha256(bytes).toString('hex') },
});

/** A TUF repository (specification 1.0.31) with consistent snapshots, as tuf-repo-cdn.sigstore.dev has them. */
export function createTufRepository(options: TufRepositoryOptions): TufRepository {
  const prefix = options.pathPrefix ?? '';
  const files = new Map<string, Buffer>();
  const current = new Map<string, string>();
  const timestamps: Buffer[] = [];
  let keys = createKeys();
  let rootVersion = 0;
  let version = 0;
  let published: Targets = {};

  const header = (role: TufRole, roleVersion: number, publish: PublishOptions): object => ({
    _type: role,
    spec_version: '1.0.31',
    version: roleVersion,
    expires: timestamp(publish.expires?.[role] ?? new Date(options.clock().getTime() + LIFE_MS[role])),
  });
  const signers = (role: TufRole, publish: PublishOptions): readonly SigningKey[] =>
    publish.forged === role ? [createKey()] : keys[role].keys;

  const publish = (targets: Targets, how: PublishOptions = {}): void => {
    version += 1;
    published = targets;
    const listed: Record<string, object> = {};
    for (const [name, content] of Object.entries(targets)) {
      const bytes = Buffer.from(content);
      const info = fileInfo(bytes);
      listed[name] = info;
      const path = `/targets/${info.hashes.sha256}.${name}`;
      files.set(path, bytes);
      current.set(name, path);
    }
    const targetsFile = signMetadata({ ...header('targets', version, how), targets: listed }, signers('targets', how));
    const snapshotFile = signMetadata(
      { ...header('snapshot', version, how), meta: { 'targets.json': { version, ...fileInfo(targetsFile) } } },
      signers('snapshot', how),
    );
    const timestampFile = signMetadata(
      { ...header('timestamp', version, how), meta: { 'snapshot.json': { version, ...fileInfo(snapshotFile) } } },
      signers('timestamp', how),
    );
    files.set(`/${version}.targets.json`, targetsFile);
    files.set(`/${version}.snapshot.json`, snapshotFile);
    files.set('/timestamp.json', timestampFile);
    timestamps.push(timestampFile);
  };

  const publishRoot = (how: PublishOptions, earlier: readonly SigningKey[] = []): Buffer => {
    rootVersion += 1;
    const all = ROLES.flatMap((role) => keys[role].keys).map(describeKey);
    const roles = ROLES.map((role) => [
      role,
      { keyids: keys[role].keys.map((key) => describeKey(key).id), threshold: keys[role].threshold },
    ]);
    const signed = {
      ...header('root', rootVersion, how),
      consistent_snapshot: true,
      keys: Object.fromEntries(all.map(({ id, description }) => [id, description])),
      roles: Object.fromEntries(roles),
    };
    const root = signMetadata(signed, [...earlier, ...signers('root', how)]);
    files.set(`/${rootVersion}.root.json`, root);
    return root;
  };

  const initialRoot = publishRoot({});
  publish(options.targets);

  return {
    initialRoot,
    publish,
    rotateRoot: (how = {}) => {
      const earlier = keys.root.keys;
      keys = createKeys();
      publishRoot(how, earlier);
      publish(published, how);
    },
    rollBack: () => {
      const previous = timestamps.at(-2);
      if (previous === undefined) throw new Error('only one version has been published');
      files.set('/timestamp.json', previous);
    },
    tamperTarget: (name) => {
      const path = current.get(name);
      const bytes = Buffer.from(files.get(path ?? '') ?? '');
      if (path === undefined || bytes.length === 0) throw new Error(`no target ${name}`);
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      files.set(path, bytes);
    },
    handler: async (request) => {
      const { pathname } = request.url;
      const file = pathname.startsWith(prefix)
        ? files.get(decodeURIComponent(pathname.slice(prefix.length)))
        : undefined;
      if (request.method !== 'GET' || file === undefined) return emptyReply(404);
      const type = pathname.endsWith('.json') ? 'application/json' : 'application/octet-stream';
      return { status: 200, headers: [['Content-Type', type]], body: file };
    },
  };
}
