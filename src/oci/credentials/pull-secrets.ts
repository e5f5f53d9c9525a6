import { HUB_ALIASES, type Repository } from '../../domain/image/reference.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import { RegistryError } from '../transport/registry-error.ts';
import { type AuthEntry, parseAuthFile, parseEntry } from './auth-file.ts';
import type { StoredLogin } from './stored-login.ts';

/** A Secret of Kubernetes as its API returns it. */
export interface SecretObject {
  readonly namespace: string;
  readonly name: string;
  readonly type: unknown;
  /** Values in base64. */
  readonly data: unknown;
}

/** The logins of one pull secret. An entry is checked when its registry is asked for. */
export interface PullSecret {
  /** `pull secret team/registry`, for messages. */
  readonly name: string;
  readonly entries: readonly AuthEntry[];
}

export interface PullLogin {
  /** `the entry "ghcr.io" of pull secret team/registry`; contains no secret. */
  readonly source: string;
  readonly login: StoredLogin;
}

/** The types of pull secrets, with the key that each keeps its logins under (k8s.io/api core/v1). */
const TYPES = [
  { type: 'kubernetes.io/dockerconfigjson', key: '.dockerconfigjson', format: 'docker' },
  { type: 'kubernetes.io/dockercfg', key: '.dockercfg', format: 'flat' },
] as const;
/** Largest file in a secret, in characters of base64, and the most entries: the API allows 1 MiB. */
const FILE_MAX_CHARS = 256 * 1024;
const ENTRIES_MAX = 1000;
/** The most logins that are tried for one repository: each may cost several requests. */
const LOGINS_MAX = 10;

/**
 * The logins of a secret; undefined for a secret of another type, which kubelet ignores. Credential helpers that it names
 * are never run, because whoever writes secrets is not who runs this program. Throws ValueError.
 */
export function parsePullSecret({ namespace, name, type, data }: SecretObject): PullSecret | undefined {
  const kind = TYPES.find((one) => one.type === type);
  if (kind === undefined) return undefined;
  const shown = `pull secret ${namespace}/${name}`;
  const values: Readonly<Record<string, unknown>> = typeof data === 'object' && data !== null ? { ...data } : {};
  const encoded = values[kind.key];
  if (typeof encoded !== 'string') throw new ValueError(`${shown} has no ${kind.key}`);
  if (encoded.length > FILE_MAX_CHARS) throw new ValueError(`${shown} is larger than ${FILE_MAX_CHARS} characters`);
  const { entries } = parseAuthFile(Buffer.from(encoded, 'base64').toString('utf8'), shown, kind.format);
  if (entries.length > ENTRIES_MAX) throw new ValueError(`${shown} has more than ${ENTRIES_MAX} entries`);
  return { name: shown, entries };
}

/** The secrets that are pull secrets. Throws REGISTRY_DENIED. */
export function readPullSecrets(secrets: readonly SecretObject[]): readonly PullSecret[] {
  try {
    return secrets.flatMap((secret) => parsePullSecret(secret) ?? []);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    // Without the cause: the text holds passwords.
    throw new RegistryError('REGISTRY_DENIED', error.message, {
      hint: 'Create the secret again with `kubectl create secret docker-registry`.',
    });
  }
}

/**
 * The logins for a repository, in the order in which they are tried: as kubelet and go-containerregistry do
 * (k8s.io/kubernetes pkg/credentialprovider/keyring.go), by the reverse order of the keys, so that the longest path of a
 * host comes first and a glob after names; equal keys in the order of the secrets. Throws ValueError for a malformed entry
 * of this repository.
 */
export function pullLoginsFor(secrets: readonly PullSecret[], repository: Repository): readonly PullLogin[] {
  const found = secrets.flatMap(({ name, entries }) =>
    entries.flatMap((entry) => {
      const key = parseKey(entry.key);
      return key !== undefined && isMatch(key, repository) ? [{ name, entry, order: key.host + key.path }] : [];
    }),
  );
  const ordered = found.toSorted((one, other) => (one.order === other.order ? 0 : one.order < other.order ? 1 : -1));
  return ordered.slice(0, LOGINS_MAX).flatMap(({ name, entry }) => {
    const login = parseEntry(entry, name);
    return login === undefined ? [] : [{ source: `the entry ${quoted(entry.key, 100)} of ${name}`, login }];
  });
}

interface Key {
  /** With its port; parts may be globs. */
  readonly host: string;
  /** `/namespace…`, or empty. */
  readonly path: string;
}

/** A key without scheme, and without `/v1/` or `/v2/`. Undefined if it names no host. */
function parseKey(written: string): Key | undefined {
  const rest = written.replace(/^https?:\/\//i, '');
  const slash = rest.indexOf('/');
  const host = (slash < 0 ? rest : rest.slice(0, slash)).toLowerCase().replace(/:443$/, '');
  const path = slash < 0 ? '' : rest.slice(slash).replace(/^\/v[12](?=\/)/, '');
  // Names and globs; no user info.
  return /^[a-z0-9._*?-]+(?::[0-9]+)?$/.test(host) ? { host, path: path === '/' ? '' : path } : undefined;
}

function isMatch(key: Key, { registry, path }: Repository): boolean {
  if (!`/${path}`.startsWith(key.path)) return false;
  const hosts = HUB_ALIASES.includes(registry) ? HUB_ALIASES : [registry];
  return hosts.some((host) => isHostMatch(key.host, host));
}

/** Part by part: a glob never crosses a dot, and the port is part of the last one. */
function isHostMatch(pattern: string, host: string): boolean {
  const [name = '', port = ''] = host.split(':');
  const [glob = '', globPort = ''] = pattern.split(':');
  const parts = name.split('.');
  const globs = glob.split('.');
  return port === globPort && globs.length === parts.length && globs.every((one, at) => isPart(one, parts[at] ?? ''));
}

/** `*` is any text, `?` any character. In linear time, as the last `*` is the only one to come back to. */
function isPart(glob: string, text: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (from < text.length) {
    if (glob[at] === '*') {
      star = at;
      at += 1;
      mark = from;
    } else if (glob[at] === '?' || (at < glob.length && glob[at] === text[from])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      at = star + 1;
      mark += 1;
      from = mark;
    } else return false;
  }
  while (glob[at] === '*') at += 1;
  return at === glob.length;
}
