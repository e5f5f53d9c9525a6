import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { createMemo } from '../../domain/calls/memo.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { RegistryLogin } from '../../usecases/connections.ts';
import { completeAdvice, type OwnAdvice } from '../transport/advice.ts';
import { anonymousCredentials, type Credential, type CredentialStore, type Login } from '../transport/credential.ts';
import { RegistryError } from '../transport/registry-error.ts';
import { registryOrigin } from '../transport/registry-origin.ts';
import {
  type AuthFile,
  type AuthFormat,
  findLogin,
  HUB_KEY,
  helperOf,
  parseAuthFile,
  parseInlineAuths,
} from './auth-file.ts';
import { askHelper, type RunHelper } from './credential-helper.ts';
import { type PullSecret, pullLoginsFor } from './pull-secrets.ts';
import type { StoredLogin } from './stored-login.ts';

export interface CredentialOptions {
  /** True: no login is used, and none is searched for. */
  readonly isAnonymous?: boolean | undefined;
  /** HOME, USERPROFILE, DOCKER_CONFIG, DOCKER_AUTH_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** User ID on Linux: without XDG_RUNTIME_DIR, Podman writes to /run/containers/<uid>/auth.json. */
  readonly uid?: number | undefined;
  /** The bytes of a file, or undefined if it does not exist; throws if it cannot be read. */
  readonly readFile: (path: string) => Promise<Uint8Array | undefined>;
  readonly runHelper: RunHelper;
  readonly clock: { now(): Date };
  /** Takes precedence over every stored login, for its registry only. */
  readonly explicit?: RegistryLogin | undefined;
  /** Tried in order, each for its registries only, before the stored logins. */
  readonly pullSecrets?: readonly PullSecret[] | undefined;
  /** Used for its registry if no other login is found, over https only. */
  readonly fallback?: RegistryLogin | undefined;
  readonly advice?: OwnAdvice | undefined;
  /** Registries called over plain http, which never get the fallback. */
  readonly insecureRegistries?: readonly string[];
  /** Called with every secret, in every form it is sent in, before it is used. */
  readonly mask: (secret: string) => void;
}

const INLINE = 'DOCKER_AUTH_CONFIG';
/** Part of the message that no login was found. */
const NOT_READ = 'logins of docker/login-action with a scope, of Buildx and of Helm are not read';
/** Largest file read, in bytes. */
const FILE_MAX_BYTES = 1024 * 1024;

/**
 * How long logins and parsed files are reused by later calls, in ms. A replaced login is used after twice this time at
 * the latest, as a search may meet a file that was read earlier.
 */
const LIFETIMES = { lifetimeMs: 5 * 60_000, failureMs: 10_000 };

/**
 * Logins as Docker and Podman find them (docker/cli, containers-auth.json(5)), in this order: the explicit login; pull
 * secrets, which do not end the search; DOCKER_AUTH_CONFIG; Docker's config.json; Podman's REGISTRY_AUTH_FILE, or its
 * runtime and config auth.json; ~/.dockercfg; the fallback. Of all but pull secrets, the first one that has a login for
 * the registry decides.
 */
export function createCredentials(options: CredentialOptions): CredentialStore {
  if (options.isAnonymous === true) return anonymousCredentials;
  const { env } = options;
  const advise = completeAdvice(options.advice);
  const home = env['HOME'] || env['USERPROFILE'] || undefined;
  const { clock } = options;
  const files = createMemo<AuthFile | undefined>({ clock, entriesMax: 64, ...LIFETIMES });
  const helpers = createMemo<Login | undefined>({ clock, entriesMax: 1024, ...LIFETIMES });
  const found = createMemo<Credential | undefined>({ clock, entriesMax: 4096, ...LIFETIMES });
  const places = listPlaces(options, home);
  let isInlineIgnored = false;

  const refusing = <Result>(parse: () => Result): Result => {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      // Without the cause: the text holds passwords.
      throw new RegistryError('REGISTRY_DENIED', error.message, { hint: advise({ kind: 'login-malformed' }) });
    }
  };

  const load = (call: CallLimits, { path, format }: Place): Promise<AuthFile | undefined> =>
    files.get(call, path, async () => {
      const text = await readAuthFile(options, path);
      return text === undefined ? undefined : refusing(() => parseAuthFile(text, path, format));
    });

  /** What Docker cannot read in DOCKER_AUTH_CONFIG makes it ignore the variable, with a notice. */
  const loadInline = (call: CallLimits): Promise<AuthFile | undefined> =>
    files.get(call, INLINE, async ({ log }) => {
      const text = env[INLINE] ?? '';
      try {
        return parseInlineAuths(text, INLINE);
      } catch (error) {
        if (!(error instanceof ValueError)) throw error;
        isInlineIgnored = true;
        log.info(`${error.message}; ${INLINE} is ignored, as in Docker`);
        return undefined;
      }
    });

  const fromHelper = (
    call: CallLimits,
    { program, server, origin }: { readonly program: string; readonly server: string; readonly origin: string },
  ): Promise<Login | undefined> =>
    helpers.get(call, `${program} ${server}`, async (joint) => {
      const login = await askHelper(joint, { run: options.runHelper, program, server, advise });
      if (login === undefined) return undefined;
      const source = `the credential helper ${program} (${origin}) for ${server}`;
      return toCredential(login, source, options.mask);
    });

  const fromFile = async (call: CallLimits, file: AuthFile, repository: Repository): Promise<Login | undefined> => {
    const { registry } = repository;
    const helper = refusing(() => helperOf(file, registry));
    if (helper !== undefined) {
      const server = registry === 'docker.io' ? HUB_KEY : registry;
      // With a helper, Docker ignores user and password in `auths`, even if the helper has no login.
      return fromHelper(call, { program: helper.program, server, origin: `${helper.field} of ${file.name}` });
    }
    const found = refusing(() => findLogin(file, formatRepository(repository)));
    if (found === undefined) return undefined;
    return toCredential(found.login, `the entry "${found.key}" of ${file.name}`, options.mask);
  };

  const search = async (call: CallLimits, repository: Repository): Promise<Credential | undefined> => {
    const { explicit } = options;
    if (explicit !== undefined && explicit.registry === repository.registry) {
      const login = { username: explicit.username, password: explicit.password };
      return toCredential(login, explicit.source, options.mask);
    }
    const pulling = refusing(() => pullLoginsFor(options.pullSecrets ?? [], repository)).flatMap(
      ({ login, source }) => toCredential(login, source, options.mask) ?? [],
    );
    const stored = await searchStored(call, repository);
    const [first, ...others] = [...pulling, ...(stored === undefined ? [] : [stored])];
    return first === undefined || others.length === 0 ? first : { ...first, others };
  };

  const searchStored = async (call: CallLimits, repository: Repository): Promise<Login | undefined> => {
    const { fallback } = options;
    const inline = await loadInline(call);
    const first = inline === undefined ? undefined : await fromFile(call, inline, repository);
    if (first !== undefined) return first;
    for (const place of places) {
      const file = await load(call, place);
      const found = file === undefined ? undefined : await fromFile(call, file, repository);
      if (found !== undefined) return found;
    }
    if (
      fallback === undefined ||
      fallback.password === '' ||
      repository.registry !== fallback.registry ||
      registryOrigin(repository.registry, options.insecureRegistries ?? []).protocol !== 'https:'
    ) {
      return undefined;
    }
    options.mask(fallback.password);
    const basic = encodeBasic(fallback.username, fallback.password, options.mask);
    return { kind: 'basic', basic, source: fallback.source, isFallback: true };
  };

  return {
    find: (call, repository) => found.get(call, formatRepository(repository), (joint) => search(joint, repository)),
    describePlaces: () => {
      const inline = isInlineIgnored ? `${INLINE} (ignored, see the log)` : INLINE;
      return `${[...(options.pullSecrets ?? []).map(({ name }) => name), inline, ...places.map(({ path }) => path)].join(', ')}; ${NOT_READ}`;
    },
  };
}

interface Place {
  readonly path: string;
  readonly format: AuthFormat;
}

function listPlaces({ env, uid }: CredentialOptions, home: string | undefined): readonly Place[] {
  const join = (...parts: readonly string[]): string => parts.join('/');
  const atHome = (...parts: readonly string[]): string[] => (home === undefined ? [] : [join(home, ...parts)]);
  const { DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR, XDG_CONFIG_HOME } = env;
  const docker = DOCKER_CONFIG ? [join(DOCKER_CONFIG, 'config.json')] : atHome('.docker', 'config.json');
  const perUser = uid === undefined ? [] : [`/run/containers/${uid}`];
  const runtime = XDG_RUNTIME_DIR ? [join(XDG_RUNTIME_DIR, 'containers')] : perUser;
  const podman = REGISTRY_AUTH_FILE
    ? [REGISTRY_AUTH_FILE]
    : [
        ...runtime.map((directory) => join(directory, 'auth.json')),
        ...(XDG_CONFIG_HOME
          ? [join(XDG_CONFIG_HOME, 'containers', 'auth.json')]
          : atHome('.config', 'containers', 'auth.json')),
      ];
  return [
    ...docker.map((path) => ({ path, format: 'docker' as const })),
    ...podman.map((path) => ({ path, format: 'podman' as const })),
    ...atHome('.dockercfg').map((path) => ({ path, format: 'flat' as const })),
  ];
}

async function readAuthFile({ readFile }: CredentialOptions, path: string): Promise<string | undefined> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw new RegistryError('REGISTRY_DENIED', `the registry logins in ${path} cannot be read`, {
      cause,
      hint: 'Make the file readable, or set DOCKER_CONFIG or REGISTRY_AUTH_FILE to use another.',
    });
  }
  if (bytes === undefined) return undefined;
  if (bytes.length > FILE_MAX_BYTES) {
    throw new RegistryError(
      'REGISTRY_DENIED',
      `the registry logins in ${path} are larger than ${FILE_MAX_BYTES} bytes`,
    );
  }
  return Buffer.from(bytes).toString('utf8');
}

/** A registry token comes first, then an identity token, then user and password. */
function toCredential(login: StoredLogin, source: string, mask: (secret: string) => void): Login | undefined {
  const { username = '', password = '', identityToken = '', registryToken = '' } = login;
  for (const secret of [registryToken, identityToken, password]) if (secret !== '') mask(secret);
  if (registryToken !== '') {
    if (!/^[\x21-\x7e]+$/.test(registryToken))
      throw new RegistryError('REGISTRY_DENIED', `${source} holds a token that cannot be sent`);
    return { kind: 'registry-token', token: registryToken, source, isFallback: false };
  }
  if (identityToken !== '') {
    const basic = username === '' || password === '' ? undefined : encodeBasic(username, password, mask);
    return { kind: 'identity-token', token: identityToken, basic, source, isFallback: false };
  }
  if (username === '' && password === '') return undefined;
  return { kind: 'basic', basic: encodeBasic(username, password, mask), source, isFallback: false };
}

function encodeBasic(username: string, password: string, mask: (secret: string) => void): string {
  const basic = Buffer.from(`${username}:${password}`).toString('base64');
  mask(basic);
  return basic;
}
