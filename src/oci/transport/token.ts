import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { createExpiringMap } from '../../domain/calls/expiring-map.ts';
import { createSharedWork } from '../../domain/calls/shared-work.ts';
import type { HttpClient, HttpResponse } from '../../http/http-client.ts';
import { type Advise, adviseOnStatus } from './advice.ts';
import type { Challenge } from './challenge.ts';
import type { Credential } from './credential.ts';
import { knownRegistry } from './known-registries.ts';
import { answerError, callError, RegistryError, refuseUncertified } from './registry-error.ts';
import { adviseOnHttp, isOtherPort } from './registry-origin.ts';
import { readGrants } from './token-grants.ts';
import { createTokenGroups } from './token-groups.ts';
import { checkRealm, isTokenHost } from './token-realm.ts';

export interface TokenOptions {
  readonly http: HttpClient;
  readonly clock: { now(): Date };
  /** Hosts (`host` or `host:port`) outside the registry's domain that may see credentials. */
  readonly tokenHosts: readonly string[];
  /** Origins for which the HttpClient has a client certificate. */
  readonly certificateOrigins?: readonly string[];
  /** Called with every token before its first use. */
  readonly mask: (secret: string) => void;
  readonly advise: Advise;
}

export interface TokenRequest {
  /** The registry's API origin. */
  readonly registry: URL;
  readonly challenge: Challenge;
  /** In the order in which they are requested; some servers read only the first. */
  readonly scopes: readonly string[];
  readonly credential: Credential | undefined;
  /** True if another way is open: the request is sent once, and an outage costs the call no retries. */
  readonly isTrial?: boolean;
}

export interface TokenSource {
  /**
   * A token for this registry, service, scope and credential: the same one until shortly before it expires. Concurrent
   * callers share one request, also for different repositories if the server grants several in one token. Throws
   * RegistryError.
   */
  token(call: CallLimits, request: TokenRequest): Promise<string>;
  /** Forgets a token that the registry refused, unless it has already been replaced. */
  forget(request: TokenRequest, token: string): void;
}

type RefreshCredential = Credential & { readonly kind: 'identity-token' };

interface Issued {
  readonly token: string;
  /** In ms since the epoch. */
  readonly expiresAtMs: number;
  /** True if it was issued for several repositories at once. */
  readonly isShared?: boolean;
}

const CLIENT_ID = 'countersign';
/** The limit of oras-go, in bytes. */
const ANSWER_MAX_BYTES = 128 * 1024;
/** Lifetime of a token that does not state one, in s (distribution docs, token.md). */
const DEFAULT_LIFETIME_S = 60;
/**
 * Minimum lifetime, in s. Shorter ones are raised to it: a 401 of the registry is better than a loop of token requests.
 */
const MIN_LIFETIME_S = 10;
/** Statuses of servers without POST: distribution's own server, Gitea, proxies. */
const NO_POST_STATUSES: readonly number[] = [404, 405, 501];

/** A token is kept for its own lifetime, but at most for this time, in ms; and the maximum number of tokens. */
const TOKENS = { lifetimeMaxMs: 24 * 3_600_000, entriesMax: 4096 };
/** How long a refresh token that replaced another one is kept, in ms; and the maximum number of them. */
const REFRESH_TOKENS = { lifetimeMs: 24 * 3_600_000, entriesMax: 1024 };

/**
 * Token exchange by GET and POST (distribution docs/content/spec/auth/{token,oauth}.md) with a cache that all calls
 * share.
 */
export function createTokenSource(options: TokenOptions): TokenSource {
  const { clock } = options;
  const cache = createExpiringMap<Issued>({ clock, entriesMax: TOKENS.entriesMax });
  const issuing = createSharedWork<Issued>();
  /** A server may replace a refresh token when it is used. The key is the credential that was replaced. */
  const refreshTokens = createExpiringMap<string>({ clock, entriesMax: REFRESH_TOKENS.entriesMax });

  /** Registry, token server, service and login. */
  const serverOf = ({ registry, challenge, credential }: TokenRequest): string =>
    JSON.stringify([
      registry.origin,
      challenge.parameters['realm'],
      challenge.parameters['service'] ?? '',
      ...(credential === undefined ? [] : [credentialKey(credential)]),
    ]);
  const keyOf = (request: TokenRequest): string => JSON.stringify([serverOf(request), request.scopes]);

  const issue = async (call: CallLimits, request: TokenRequest): Promise<Issued> => {
    const realm = await checkRealm(request, options);
    const { credential } = request;
    const response =
      credential?.kind === 'identity-token'
        ? await post(call, { realm, request, credential })
        : await get(call, { realm, request, basic: credential?.kind === 'basic' ? credential.basic : undefined });
    const issued = parseAnswer(response, realm, clock.now());
    options.mask(issued.token);
    if (issued.refreshToken !== undefined && credential?.kind === 'identity-token') {
      options.mask(issued.refreshToken);
      refreshTokens.set(credentialKey(credential), issued.refreshToken, REFRESH_TOKENS.lifetimeMs);
    }
    return issued;
  };

  const refused = (what: string, response: HttpResponse, credential: Credential | undefined): RegistryError =>
    refusal({ what, response, credential, advise: options.advise });

  const get = async (
    call: CallLimits,
    {
      realm,
      request,
      basic,
    }: { readonly realm: URL; readonly request: TokenRequest; readonly basic: string | undefined },
  ) => {
    const { challenge, scopes, credential } = request;
    const url = new URL(realm);
    const service = challenge.parameters['service'];
    if (service !== undefined && service !== '') url.searchParams.set('service', service);
    for (const scope of scopes) url.searchParams.append('scope', scope);
    const headers = basic === undefined ? {} : { authorization: `Basic ${basic}` };
    const response = await send(call, request, { method: 'GET', url, headers });
    if (response.status !== 200) throw refused(`GET ${realm.origin}${realm.pathname}`, response, credential);
    return response;
  };

  const post = async (
    call: CallLimits,
    {
      realm,
      request,
      credential,
    }: { readonly realm: URL; readonly request: TokenRequest; readonly credential: RefreshCredential },
  ) => {
    const service = request.challenge.parameters['service'] ?? '';
    const refreshToken = refreshTokens.get(credentialKey(credential)) ?? credential.token;
    const body = new URLSearchParams({
      grant_type: 'refresh_token',
      service,
      client_id: CLIENT_ID,
      scope: request.scopes.join(' '),
      refresh_token: refreshToken,
    });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await send(call, request, {
      method: 'POST',
      url: realm,
      headers,
      body: body.toString(),
    });
    if (NO_POST_STATUSES.includes(response.status)) {
      // A refresh token is not a password: other clients (go-containerregistry, oras-go) do not send it as one either.
      if (credential.basic === undefined) throw noRefreshTokens(realm, response, credential);
      return get(call, { realm, request, basic: credential.basic });
    }
    if (response.status !== 200) throw refused(`POST ${realm.origin}${realm.pathname}`, response, credential);
    return response;
  };

  const send = async (
    call: CallLimits,
    { registry, isTrial = false }: Pick<TokenRequest, 'registry' | 'isTrial'>,
    request: { method: 'GET' | 'POST'; url: URL; headers: Readonly<Record<string, string>>; body?: string },
  ): Promise<HttpResponse> => {
    const { url, method } = request;
    const mayPresent = (): Promise<boolean> => isTokenHost(url, registry, options.tokenHosts);
    // A token that the certificate of another registry's server earns would go to this registry.
    const withClientCertificate = options.certificateOrigins?.includes(url.origin) === true && (await mayPresent());
    const { advise } = options;
    try {
      const response = await options.http.request(call, {
        service: 'token server',
        ...request,
        headers: { accept: 'application/json', ...request.headers },
        maxBytes: ANSWER_MAX_BYTES,
        retry: !isTrial,
        withClientCertificate,
      });
      if (response.status === 200) return response;
      const callee = { url, withClientCertificate: await mayPresent() };
      const what = `${method} ${url.origin}${url.pathname}`;
      refuseUncertified(response, what, callee, advise);
      const hint = adviseOnPlace(response, registry, advise);
      if (hint === undefined) return response;
      const { message, status, specCodes } = answerError(what, response, undefined);
      throw new RegistryError('REGISTRY_INVALID', message, { status, specCodes, hint });
    } catch (error) {
      const failed = callError(error, { url, withClientCertificate: await mayPresent() }, advise);
      if (failed === error || failed.code === 'REGISTRY_DENIED' || !isOtherPort(url, registry)) throw failed;
      const { code, message, cause, status } = failed;
      const hint = advise({ kind: 'announces-port', registry: registry.host, host: url.host });
      throw new RegistryError(code, message, { cause, status, hint });
    }
  };

  const keep = (request: TokenRequest, issued: Issued): void => {
    const leftMs = issued.expiresAtMs - clock.now().getTime();
    cache.set(keyOf(request), issued, Math.min(leftMs, TOKENS.lifetimeMaxMs));
  };

  const groups = createTokenGroups<TokenRequest>({
    clock,
    async ask(call, requests) {
      const scopes = requests.flatMap((request) => request.scopes);
      const issued = { ...(await issue(call, { ...requests[0], scopes, isTrial: true })), isShared: true };
      const isGranted = readGrants(issued.token);
      const granted = requests.filter((request) => request.scopes.every(isGranted));
      for (const request of granted) keep(request, issued);
      return granted.length;
    },
  });
  /** The keys of requests for a single token that are under way. */
  const askedAlone = new Set<string>();

  const issueAlone = async (call: CallLimits, key: string, request: TokenRequest): Promise<Issued> => {
    askedAlone.add(key);
    try {
      const issued = await issue(call, request);
      keep(request, issued);
      return issued;
    } finally {
      askedAlone.delete(key);
    }
  };

  return {
    async token(call, request) {
      const key = keyOf(request);
      const server = serverOf(request);
      for (;;) {
        const known = cache.get(key);
        if (known !== undefined) return known.token;
        if (!askedAlone.has(key) && knownRegistry(request.registry)?.grantsOneOnly !== true) {
          await groups.join(call, { key, server, request });
          const shared = cache.get(key);
          if (shared !== undefined) return shared.token;
        }
        // Whoever needs the token does not depend on a trial, which gives up sooner.
        const work = request.isTrial === true ? `trial ${key}` : key;
        const issued = await issuing.join(call, work, (joint) => issueAlone(joint, key, request));
        // It expired on its way here: the first caller to notice requests the next one.
        if (clock.now().getTime() < issued.expiresAtMs) return issued.token;
      }
    },
    forget(request, token) {
      const key = keyOf(request);
      const known = cache.get(key);
      if (known?.token !== token) return;
      cache.delete(key);
      // It may have promised more than the registry takes it for.
      if (known.isShared === true) groups.refuse(serverOf(request));
    },
  };
}

/**
 * What to try if the answer of a token server shows that the registry, or the proxy before it, has announced a wrong
 * address; undefined for any other answer.
 */
function adviseOnPlace({ status, headers, url }: HttpResponse, registry: URL, advise: Advise): string | undefined {
  const { location = '' } = headers;
  const target = status >= 300 && status < 400 && URL.canParse(location, url.href) ? new URL(location, url) : undefined;
  if (target?.protocol === 'http:' && url.protocol === 'https:') return adviseOnHttp(target, registry, advise);
  // A token server answers these to a login, too.
  const isNoTokenServer = status === 404 || status === 405 || (status >= 300 && status < 400);
  if (!isNoTokenServer || !isOtherPort(url, registry)) return undefined;
  return advise({ kind: 'announces-port', registry: registry.host, host: url.host });
}

/** Identifies one login: another one from the same source has its own tokens. Kept in memory only. */
function credentialKey(credential: Credential): string {
  const secret = credential.kind === 'basic' ? credential.basic : credential.token;
  return JSON.stringify([credential.source, credential.kind, secret]);
}

function parseAnswer(
  response: HttpResponse,
  realm: URL,
  now: Date,
): Issued & { readonly refreshToken: string | undefined } {
  const invalid = (why: string): RegistryError =>
    new RegistryError('REGISTRY_INVALID', `the token server ${realm.origin}${realm.pathname} answered ${why}`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(response.body).toString('utf8'));
  } catch {
    // Without the cause: a JSON error quotes the text, which may contain a token.
    throw invalid('200 with a body that is not JSON');
  }
  if (typeof value !== 'object' || value === null) throw invalid('200 with JSON that is not an object');
  const fields = value as Readonly<Record<string, unknown>>;
  const token = [fields['token'], fields['access_token']].find((field) => typeof field === 'string' && field !== '');
  if (typeof token !== 'string') throw invalid('200 without a token');
  if (!/^[\x21-\x7e]+$/.test(token)) throw invalid('200 with a token that contains invalid characters');
  const lifetime = fields['expires_in'];
  const seconds =
    typeof lifetime === 'number' && lifetime > 0 ? Math.max(lifetime, MIN_LIFETIME_S) : DEFAULT_LIFETIME_S;
  const refreshToken = fields['refresh_token'];
  return {
    token,
    // By our own clock (issued_at is by the server's clock), and a little early.
    expiresAtMs: now.getTime() + seconds * 1000 - Math.min(5_000, seconds * 200),
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : undefined,
  };
}

function noRefreshTokens(realm: URL, { status }: HttpResponse, credential: Credential): RegistryError {
  return new RegistryError(
    'REGISTRY_DENIED',
    `POST ${realm.origin}${realm.pathname} returned ${status}: this token server does not accept refresh tokens`,
    {
      status,
      hint: `The login came from ${credential.source} and is a refresh token (identitytoken). Log in with a user name and a password or access token instead.`,
    },
  );
}

function refusal(refused: {
  readonly what: string;
  readonly response: HttpResponse;
  readonly credential: Credential | undefined;
  readonly advise: Advise;
}): RegistryError {
  const { what, response, credential, advise } = refused;
  const login =
    credential === undefined
      ? advise({ kind: 'login-missing' })
      : `The login came from ${credential.source}; check that it is still valid and has the necessary rights.`;
  // OAuth servers refuse a refresh token with 400 invalid_grant.
  if (response.status === 400 && credential !== undefined) {
    const error = answerError(what, response, login);
    return new RegistryError('REGISTRY_DENIED', error.message, {
      status: 400,
      specCodes: error.specCodes,
      hint: login,
    });
  }
  const isDenied = response.status === 401 || response.status === 403;
  const error = answerError(what, response, isDenied ? login : adviseOnStatus(advise, response.status));
  // The 404 of a token server says nothing about the image.
  if (error.code !== 'IMAGE_NOT_FOUND') return error;
  return new RegistryError('REGISTRY_INVALID', error.message, { status: error.status, specCodes: error.specCodes });
}
