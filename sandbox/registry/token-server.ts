import { type KeyObject, randomUUID, sign, verify } from 'node:crypto';
import { type Handler, jsonReply, type Reply, type SandboxRequest } from '../http/serve.ts';
import { mintSelfSignedP256, type SelfSigned } from '../sigstore/self-signed.ts';
import { type Access, formatScope, isUser } from './authorization.ts';
import { asObject, parseObject } from './store.ts';

export interface TokenServerOptions {
  /** `iss` of the tokens; default `sandbox-tokens`. */
  readonly issuer?: string;
  /** `aud`, and the service asked for; default `registry`. */
  readonly service?: string;
  /** Passwords by user name. */
  readonly users?: Readonly<Record<string, string>>;
  /** User names by refresh (identity) token. */
  readonly refreshTokens?: Readonly<Record<string, string>>;
  /**
   * What of the access asked for is granted; `user` is undefined for an anonymous request. Default: all
   * to users, nothing to others. Granting less is answered by 200, as real servers do.
   */
  readonly grant?: (access: Access, user: string | undefined) => readonly string[];
  /** Field(s) of the answer; default `both`. */
  readonly tokenField?: 'token' | 'access_token' | 'both';
  /** Lifetime of the tokens in seconds; default 300. */
  readonly expiresIn?: number;
  /** Leaves expires_in (and issued_at) out; clients must then assume 60 s. */
  readonly omitsExpiry?: boolean;
  /** POST (OAuth2) is answered by this status; default: served. */
  readonly post?: 404 | 405 | 501;
  /** Reads only the first scope parameter, as some servers do. */
  readonly firstScopeOnly?: boolean;
  /** Query parameters that the realm URL carries and the client must keep. */
  readonly requiredQuery?: Readonly<Record<string, string>>;
  /** Adds a refresh_token to answers for a user who asks for offline access. */
  readonly offersRefreshToken?: boolean;
  /** JWTs with `x5c` (default; what distribution 2.8 wants) or opaque strings. */
  readonly form?: 'jwt' | 'opaque';
  readonly now?: () => Date;
}

/** One answered token request. */
export interface IssuedToken {
  readonly method: string;
  readonly user: string | undefined;
  /** Scopes as asked. */
  readonly asked: readonly string[];
  /** Scopes as granted. */
  readonly granted: readonly string[];
}

export interface TokenServer {
  /** Serves every path; the realm is any URL on it, by convention `/token`. */
  readonly handle: Handler;
  readonly service: string;
  /** For RegistryAuth: the rights of a token of this server that has not run out. */
  readonly verify: (token: string) => readonly Access[] | undefined;
  readonly issued: readonly IssuedToken[];
  /** Makes every token given out so far worthless. */
  revokeAll(): void;
  /** For distribution's `rootcertbundle`. */
  readonly certificatePem: string;
}

/** Rights for everybody: pull without a user, all with one. */
export function grantPublicPull({ actions }: Access, user: string | undefined): readonly string[] {
  return user === undefined ? actions.filter((action) => action === 'pull') : actions;
}

/** A token server by GET and POST (distribution docs/content/spec/auth/{token,oauth,jwt}.md), strict about both. */
export function createTokenServer(options: TokenServerOptions = {}): TokenServer {
  const now = options.now ?? (() => new Date());
  const issuer = options.issuer ?? 'sandbox-tokens';
  const service = options.service ?? 'registry';
  const grant = options.grant ?? ((access, user) => (user === undefined ? [] : access.actions));
  const signer = mintSelfSignedP256(issuer, now());
  const issued: IssuedToken[] = [];
  const opaque = new Map<string, { readonly access: readonly Access[]; readonly expires: number }>();
  const refreshTokens = new Map(Object.entries(options.refreshTokens ?? {}));
  let revokedBefore = 0;
  let serial = 0;

  const mint = (user: string | undefined, access: readonly Access[]): string => {
    const seconds = Math.floor(now().getTime() / 1000);
    const expires = seconds + (options.expiresIn ?? 300);
    serial += 1;
    if (options.form === 'opaque') {
      const token = `opaque-${serial}-${randomUUID()}`;
      opaque.set(token, { access, expires });
      return token;
    }
    return signJwt(signer, {
      iss: issuer,
      sub: user ?? '',
      aud: service,
      exp: expires,
      nbf: seconds - 10,
      iat: seconds,
      jti: String(serial),
      access,
    });
  };

  const answer = (
    request: SandboxRequest,
    user: string | undefined,
    scopes: readonly string[],
    offline: boolean,
  ): Reply => {
    const asked: Access[] = [];
    for (const scope of options.firstScopeOnly === true ? scopes.slice(0, 1) : scopes) {
      const access = parseScope(scope);
      if (access === undefined) return jsonReply(400, { details: `bad scope ${scope}` });
      asked.push(access);
    }
    const granted = asked
      .map((access) => ({ ...access, actions: grant(access, user) }))
      .filter(({ actions }) => actions.length > 0);
    issued.push({ method: request.method, user, asked: scopes, granted: granted.map(formatScope) });
    const token = mint(user, granted);
    const field = options.tokenField ?? 'both';
    const refreshToken = `refresh-${randomUUID()}`;
    const refreshes = offline && user !== undefined && options.offersRefreshToken === true;
    if (refreshes) refreshTokens.set(refreshToken, user);
    return jsonReply(200, {
      ...(field === 'access_token' ? {} : { token }),
      ...(field === 'token' ? {} : { access_token: token }),
      ...(options.omitsExpiry === true ? {} : { expires_in: options.expiresIn ?? 300, issued_at: now().toISOString() }),
      ...(refreshes ? { refresh_token: refreshToken } : {}),
    });
  };

  const get = (request: SandboxRequest): Reply => {
    const { searchParams } = request.url;
    const authorization = request.headers['authorization'];
    const [scheme, credential = ''] = authorization?.split(/ +/, 2) ?? [];
    if (authorization !== undefined && scheme?.toLowerCase() !== 'basic')
      return jsonReply(400, { details: 'only Basic is known here' });
    if (authorization !== undefined && !isUser(options.users ?? {}, credential)) return denied();
    const user = authorization === undefined ? undefined : userOf(credential);
    // Each scope is a parameter of its own; scopes joined by blanks are what POST takes.
    const scopes = searchParams.getAll('scope').filter((scope) => scope !== '');
    return answer(request, user, scopes, searchParams.get('offline_token') === 'true');
  };

  const post = (request: SandboxRequest): Reply => {
    if (request.headers['authorization'] !== undefined)
      return oauthError('invalid_request', 'no Authorization with POST');
    if (request.headers['content-type']?.split(';')[0]?.trim() !== 'application/x-www-form-urlencoded')
      return oauthError('invalid_request', 'not a form');
    const form = new URLSearchParams(Buffer.from(request.body).toString());
    if (form.get('service') !== service) return oauthError('invalid_request', 'another service');
    if ((form.get('client_id') ?? '') === '') return oauthError('invalid_request', 'client_id is missing');
    const user = userOfForm(form);
    if (user === undefined) return denied();
    if (user === 'unsupported') return oauthError('unsupported_grant_type', form.get('grant_type') ?? '');
    const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    return answer(request, user.name, scopes, form.get('access_type') === 'offline');
  };

  const userOfForm = (form: URLSearchParams): { readonly name: string } | 'unsupported' | undefined => {
    switch (form.get('grant_type')) {
      case 'refresh_token': {
        const name = refreshTokens.get(form.get('refresh_token') ?? '');
        return name === undefined ? undefined : { name };
      }
      case 'password': {
        const name = form.get('username') ?? '';
        const basic = Buffer.from(`${name}:${form.get('password') ?? ''}`).toString('base64');
        return isUser(options.users ?? {}, basic) ? { name } : undefined;
      }
      default:
        return 'unsupported';
    }
  };

  return {
    service,
    issued,
    certificatePem: signer.certificatePem,
    handle: (request) => {
      for (const [name, value] of Object.entries(options.requiredQuery ?? {}))
        if (request.url.searchParams.get(name) !== value) return jsonReply(400, { details: `${name} was dropped` });
      if (request.method === 'POST') {
        if (options.post !== undefined) return jsonReply(options.post, { details: 'not implemented' });
        return post(request);
      }
      if (request.method !== 'GET') return jsonReply(405, { details: 'GET or POST' });
      if (request.url.searchParams.get('service') !== service) return jsonReply(400, { details: 'another service' });
      return get(request);
    },
    revokeAll: () => {
      revokedBefore = serial + 1;
      opaque.clear();
    },
    verify: (token) => {
      const seconds = now().getTime() / 1000;
      if (options.form === 'opaque') {
        const known = opaque.get(token);
        return known !== undefined && known.expires > seconds ? known.access : undefined;
      }
      const claims = verifyJwt(signer.publicKey, token);
      // The key is this server's own: a good signature says who issued it, and for whom.
      if (claims === undefined) return undefined;
      if (Number(claims['exp']) <= seconds || Number(claims['nbf']) > seconds) return undefined;
      if (Number(claims['jti']) < revokedBefore) return undefined;
      return parseAccess(claims['access']);
    },
  };
}

function denied(): Reply {
  return jsonReply(401, { errors: [{ code: 'UNAUTHORIZED', message: 'incorrect username or password' }] });
}

function oauthError(error: string, description: string): Reply {
  return jsonReply(400, { error, error_description: description });
}

function userOf(basic: string): string {
  return Buffer.from(basic, 'base64').toString().split(':')[0] ?? '';
}

/** `type:name:actions`; the name may have colons (a port), so it is cut from both ends. */
function parseScope(scope: string): Access | undefined {
  const [, type, name, actions] = /^([a-z]+(?:\([a-z0-9]+\))?):(\S+):([a-z,*]+)$/.exec(scope) ?? [];
  if (type === undefined || name === undefined || actions === undefined) return undefined;
  return { type, name, actions: actions.split(',') };
}

function parseAccess(value: unknown): readonly Access[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.map(asObject).flatMap((entry) => {
    const { type, name, actions } = entry ?? {};
    return typeof type === 'string' && typeof name === 'string' && Array.isArray(actions)
      ? [{ type, name, actions: actions.map(String) }]
      : [];
  });
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** ES256 with the certificate in x5c, which distribution 2.8 checks against its rootcertbundle. */
function signJwt(signer: SelfSigned, claims: unknown): string {
  const text = `${encode({ typ: 'JWT', alg: 'ES256', x5c: [signer.certificateBase64] })}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(text), { key: signer.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

function verifyJwt(key: KeyObject, token: string): Readonly<Record<string, unknown>> | undefined {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
  const isSigned = verify(
    'sha256',
    Buffer.from(`${header}.${payload}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return isSigned ? parseObject(Buffer.from(payload, 'base64url')) : undefined;
}
