import { HUB_ALIASES } from '../../domain/image/reference.ts';
import { trimEnd } from '../../domain/text/plain-text.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { StoredLogin } from './stored-login.ts';

/** Who writes a file: `flat` is the ~/.dockercfg of old Docker versions, which has the entries at its top. */
export type AuthFormat = 'docker' | 'podman' | 'flat';

/** The logins in a config.json or auth.json. An entry is checked when its registry is asked for, as in Podman. */
export interface AuthFile {
  /** Path, or name of the variable, for messages. */
  readonly name: string;
  readonly format: AuthFormat;
  readonly entries: readonly AuthEntry[];
  /** Unchecked; see helperOf. */
  readonly credHelpers: Readonly<Record<string, unknown>>;
  /** Unchecked; see helperOf. */
  readonly credsStore: unknown;
}

export interface AuthEntry {
  /** As written. */
  readonly key: string;
  /** The key without scheme and API path, with one name for Docker Hub: `host[:port][/namespace…]`. */
  readonly scope: string;
  readonly fields: unknown;
}

export interface FoundLogin {
  readonly key: string;
  readonly login: StoredLogin;
}

/** The key of Docker Hub in Docker's files, and its name in the protocol of credential helpers. */
export const HUB_KEY = 'https://index.docker.io/v1/';

/** Parses the text of a Docker or Podman file. Throws ValueError with the name of the file. */
export function parseAuthFile(text: string, name: string, format: AuthFormat = 'docker'): AuthFile {
  const fields = parseObject(text, name);
  const isFlat = format === 'flat';
  const auths = isFlat ? fields : toObject(fields['auths'], name, 'auths');
  return {
    name,
    format,
    entries: Object.entries(auths).map(([key, value]) => ({ key, scope: scopeOfKey(key), fields: value })),
    credHelpers: isFlat ? {} : toObject(fields['credHelpers'], name, 'credHelpers'),
    credsStore: isFlat ? undefined : fields['credsStore'],
  };
}

/**
 * Parses DOCKER_AUTH_CONFIG as strictly as Docker does: only `auths`, only `auth` in each entry, and every entry valid
 * (docker/cli 28.3, cli/config/configfile parseEnvConfig). Throws ValueError.
 */
export function parseInlineAuths(text: string, name: string): AuthFile {
  refuseOthers(parseObject(text, name), 'auths', name);
  const file = parseAuthFile(text, name);
  for (const entry of file.entries) {
    if (parseEntry(entry, name) === undefined) throw malformed(name, `${inQuotes(entry.key)} has no "auth"`);
    refuseOthers(toObject(entry.fields, name, ''), 'auth', name);
  }
  return file;
}

function refuseOthers(fields: Readonly<Record<string, unknown>>, allowed: string, name: string): void {
  const other = Object.keys(fields).find((key) => key !== allowed);
  if (other !== undefined)
    throw malformed(name, `it has the field ${inQuotes(other)} where only "${allowed}" is allowed`);
}

/**
 * The login for `host/path`. Keys may be paths (Podman); the longest that contains the repository wins, and hosts are
 * compared whole, with their port. Among keys of the same scope, Docker Hub's own key wins in a file of Docker, then
 * the bare host, then the first. An entry without a login is skipped. Throws ValueError for a malformed entry.
 */
export function findLogin(file: AuthFile, repository: string): FoundLogin | undefined {
  const rank = ({ key, scope }: AuthEntry): number => {
    if (file.format !== 'podman' && scope === 'docker.io') {
      // Docker reads no other entries for Docker Hub.
      if (key === HUB_KEY) return 0;
      if (key.includes('index.docker.io')) return 1;
    }
    return key === scope ? 2 : 3;
  };
  for (let scope = repository; scope !== ''; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('/')))) {
    const entries = file.entries.filter((entry) => entry.scope === scope).sort((a, b) => rank(a) - rank(b));
    for (const entry of entries) {
      const login = parseEntry(entry, file.name);
      if (login !== undefined) return { key: entry.key, login };
    }
  }
  return undefined;
}

/**
 * The credential helper for a registry, and the field that names it; undefined if there is none. An empty name in
 * `credHelpers` turns `credsStore` off for that registry (docker/cli, getConfiguredCredentialStore). Throws ValueError.
 */
export function helperOf(
  { credHelpers, credsStore, name }: AuthFile,
  registry: string,
): { readonly program: string; readonly field: string } | undefined {
  const aliases = registry === 'docker.io' ? [HUB_KEY, ...HUB_ALIASES] : [registry];
  const alias = aliases.find((one) => Object.hasOwn(credHelpers, one));
  const field = alias === undefined ? 'credsStore' : 'credHelpers';
  const suffix = (alias === undefined ? credsStore : credHelpers[alias]) ?? '';
  if (typeof suffix !== 'string') throw malformed(name, `${field} does not name a credential helper`);
  if (suffix === '') return undefined;
  // The name is part of a command.
  if (!/^[A-Za-z0-9._-]+$/.test(suffix)) {
    throw malformed(name, `${inQuotes(suffix)} in ${field} is not the name of a credential helper`);
  }
  return { program: `docker-credential-${suffix}`, field };
}

/** `https://host/v1/` → `host`, `host/ns` stays; the aliases of Docker Hub become `docker.io`. */
function scopeOfKey(key: string): string {
  const hadScheme = /^https?:\/\//i.test(key);
  const rest = trimEnd(key.replace(/^https?:\/\//i, ''), '/');
  const slash = rest.indexOf('/');
  const host = (slash < 0 ? rest : rest.slice(0, slash)).toLowerCase();
  const path = slash < 0 ? '' : rest.slice(slash + 1);
  // Docker writes URLs; only Podman's bare keys name a namespace.
  const isNamespace = path !== '' && !hadScheme && path !== 'v1' && path !== 'v2';
  const registry = HUB_ALIASES.includes(host) ? 'docker.io' : host;
  return isNamespace ? `${registry}/${path}` : registry;
}

/** Undefined for an entry without a login, which is only a marker. `name`: of its file. Throws ValueError. */
export function parseEntry({ key, fields }: AuthEntry, name: string): StoredLogin | undefined {
  const entry = toObject(fields, name, inQuotes(key));
  const read = (field: string): string => {
    const value = entry[field] ?? '';
    if (typeof value !== 'string') throw malformed(name, `${field} of ${inQuotes(key)} is not a string`);
    return value;
  };
  const decoded = decodeAuth(read('auth'), key, name);
  const login = {
    username: decoded?.username ?? read('username'),
    password: decoded?.password ?? read('password'),
    identityToken: read('identitytoken'),
    registryToken: read('registrytoken'),
  };
  return Object.values(login).some((value) => value !== '') ? login : undefined;
}

/**
 * Base64 of `user:password`, padded or not, split at the first colon. As in Docker, line breaks in the base64 are
 * skipped (`base64` of coreutils wraps its output), and so are NULs at the end of the password.
 */
function decodeAuth(auth: string, key: string, name: string): { username: string; password: string } | undefined {
  const base64 = auth.replace(/[\r\n]/g, '');
  if (base64 === '') return undefined;
  const text = /^[A-Za-z0-9+/_-]+={0,2}$/.test(base64) ? Buffer.from(base64, 'base64').toString('utf8') : '';
  const colon = text.indexOf(':');
  if (colon < 0) throw malformed(name, `auth of ${inQuotes(key)} is not base64 of user:password`);
  return { username: text.slice(0, colon), password: trimEnd(text.slice(colon + 1), '\0') };
}

function parseObject(text: string, name: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    // Docker takes an empty file, too.
    value = text.trim() === '' ? undefined : JSON.parse(text);
  } catch {
    // Without the cause: a JSON error quotes the text, which holds passwords.
    throw malformed(name, 'it is not valid JSON');
  }
  return toObject(value, name, 'it');
}

/** An absent value and null are empty objects, as in Go's encoding/json. */
function toObject(value: unknown, name: string, what: string): Readonly<Record<string, unknown>> {
  const object = value ?? {};
  if (typeof object !== 'object' || Array.isArray(object)) throw malformed(name, `${what} is not an object`);
  return object as Readonly<Record<string, unknown>>;
}

function inQuotes(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}

function malformed(name: string, why: string): ValueError {
  return new ValueError(`the registry logins in ${name} are malformed: ${why}`);
}
