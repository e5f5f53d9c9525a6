import { trimEnd } from '../../domain/text/plain-text.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { StoredLogin } from './stored-login.ts';

/** What a config.json or auth.json says about registries. */
export interface AuthFile {
  /** Path, or the variable's name, for messages. */
  readonly name: string;
  /** By key as written; entries that hold nothing are left out. */
  readonly auths: readonly AuthEntry[];
  readonly credHelpers: Readonly<Record<string, string>>;
  readonly credsStore: string | undefined;
}

export interface AuthEntry {
  readonly key: string;
  /** Key without scheme and API path, aliases of Docker Hub made one: `host[:port][/namespace…]`. */
  readonly scope: string;
  readonly login: StoredLogin;
}

/** Every name Docker Hub has as a key. */
export const hubKeys: readonly string[] = [
  'https://index.docker.io/v1/',
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
];

/** Parses the text of a Docker or Podman file; `isFlat` = ~/.dockercfg. Throws ValueError naming the file. */
export function parseAuthFile(text: string, name: string, isFlat = false): AuthFile {
  const fields = parseObject(text, name);
  const auths = isFlat ? fields : toObject(fields['auths'] ?? {}, name, 'auths');
  const credHelpers: [string, string][] = [];
  for (const [key, suffix] of Object.entries(toObject(fields['credHelpers'] ?? {}, name, 'credHelpers'))) {
    if (typeof suffix !== 'string') throw malformed(name, 'credHelpers must map registries to names of helpers');
    if (suffix !== '') credHelpers.push([key, toProgram(suffix, name)]);
  }
  const { credsStore } = fields;
  if (credsStore !== undefined && typeof credsStore !== 'string')
    throw malformed(name, 'credsStore must be the name of a helper');
  return {
    name,
    auths: parseAuths(auths, name),
    credHelpers: isFlat ? {} : Object.fromEntries(credHelpers),
    credsStore: isFlat || !credsStore ? undefined : toProgram(credsStore, name),
  };
}

/** Parses DOCKER_AUTH_CONFIG: only `auths`, and there only `auth` (docker/cli 28.3). Throws ValueError. */
export function parseInlineAuths(text: string, name: string): AuthFile {
  const fields = parseObject(text, name);
  const strange = Object.keys(fields).find((key) => key !== 'auths');
  if (strange !== undefined)
    throw malformed(name, `only "auths" may stand in it, not ${JSON.stringify(strange.slice(0, 60))}`);
  const auths = toObject(fields['auths'] ?? {}, name, 'auths');
  for (const entry of Object.values(auths)) {
    const odd = Object.keys(toObject(entry, name, 'auths')).find((key) => key !== 'auth');
    if (odd !== undefined)
      throw malformed(name, `an entry may hold only "auth", not ${JSON.stringify(odd.slice(0, 60))}`);
  }
  return { name, auths: parseAuths(auths, name), credHelpers: {}, credsStore: undefined };
}

/**
 * The entry for `host/path`: keys may be paths (Podman), the longest that holds the repository wins; of equal
 * ones that written as the bare host, else the first. Hosts are compared whole, with their port.
 */
export function findAuthEntry(file: AuthFile, repository: string): AuthEntry | undefined {
  for (let scope = repository; scope !== ''; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('/')))) {
    const entries = file.auths.filter((entry) => entry.scope === scope);
    const exact = entries.find((entry) => entry.key === scope) ?? entries[0];
    if (exact !== undefined) return exact;
  }
  return undefined;
}

/** `https://host/v1/` → `host`, `host/ns` stays; the aliases of Docker Hub become `docker.io`. */
function scopeOfKey(key: string): string {
  const hadScheme = /^https?:\/\//i.test(key);
  const rest = trimEnd(key.replace(/^https?:\/\//i, ''), '/');
  const slash = rest.indexOf('/');
  const host = (slash < 0 ? rest : rest.slice(0, slash)).toLowerCase();
  const path = slash < 0 ? '' : rest.slice(slash + 1);
  // Docker writes URLs; only Podman's bare keys mean a namespace.
  const isNamespace = path !== '' && !hadScheme && path !== 'v1' && path !== 'v2';
  const registry = ['index.docker.io', 'registry-1.docker.io'].includes(host) ? 'docker.io' : host;
  return isNamespace ? `${registry}/${path}` : registry;
}

function parseAuths(auths: Readonly<Record<string, unknown>>, name: string): readonly AuthEntry[] {
  const entries: AuthEntry[] = [];
  for (const [key, value] of Object.entries(auths)) {
    const login = parseEntry(toObject(value, name, 'auths'), key, name);
    if (login !== undefined) entries.push({ key, scope: scopeOfKey(key), login });
  }
  return entries;
}

function parseEntry(fields: Readonly<Record<string, unknown>>, key: string, name: string): StoredLogin | undefined {
  const read = (field: string): string => {
    const value = fields[field] ?? '';
    if (typeof value !== 'string')
      throw malformed(name, `${field} of ${JSON.stringify(key.slice(0, 100))} is no string`);
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

/** base64 of `user:password`, padded or not, split at the first colon; Docker strips trailing NULs. */
function decodeAuth(auth: string, key: string, name: string): { username: string; password: string } | undefined {
  if (auth === '') return undefined;
  const text = /^[A-Za-z0-9+/_-]+={0,2}$/.test(auth) ? Buffer.from(auth, 'base64').toString('utf8') : '';
  const colon = text.indexOf(':');
  if (colon < 0) throw malformed(name, `auth of ${JSON.stringify(key.slice(0, 100))} is no base64 of user:password`);
  return { username: text.slice(0, colon), password: trimEnd(text.slice(colon + 1), '\0') };
}

/** Program of a helper. The name is part of a command: nothing but letters, digits, dots, dashes and underscores. */
function toProgram(suffix: string, name: string): string {
  if (!/^[A-Za-z0-9._-]+$/.test(suffix)) {
    throw malformed(name, `${JSON.stringify(suffix.slice(0, 60))} is no name of a credential helper`);
  }
  return `docker-credential-${suffix}`;
}

function parseObject(text: string, name: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Without the cause: a JSON error quotes the text, which holds passwords.
    throw malformed(name, 'it is no JSON');
  }
  return toObject(value, name, 'it');
}

function toObject(value: unknown, name: string, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed(name, `${what} is no object`);
  return value as Readonly<Record<string, unknown>>;
}

function malformed(name: string, why: string): ValueError {
  return new ValueError(`the registry logins in ${name} are malformed: ${why}`);
}
