import { errorReply } from '../http/faults.ts';
import type { Headers, Reply, SandboxRequest } from '../http/serve.ts';

/** One right in a token (distribution docs/content/spec/auth/token.md, `access`). */
export interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

/**
 * Form of the Bearer challenge. `distribution`: all parameters quoted. `gitea`: two
 * lines, Bearer without service and scope, then a naked Basic. `zot`: lower-case scheme, unquoted realm.
 * `joined`: `Basic realm="a,b", Bearer …` in one line. `ghcr`: a placeholder scope on /v2/. `harbor`: Basic
 * instead of Bearer to a request that already had an Authorization.
 */
export type ChallengeForm = 'distribution' | 'gitea' | 'zot' | 'joined' | 'ghcr' | 'harbor';

export type RegistryAuth =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'basic';
      readonly users: Readonly<Record<string, string>>;
      /** Reading needs no credentials. */
      readonly anonymousPull?: boolean;
    }
  | {
      readonly kind: 'bearer';
      /** URL of the token server. */
      readonly realm: string;
      readonly service: string;
      /** Rights of a token, undefined if it is not good; TokenServer.verify. */
      readonly verify: (token: string) => readonly Access[] | undefined;
      /** Reading needs not even an anonymous token. */
      readonly anonymousPull?: boolean;
      readonly challenge?: ChallengeForm;
    };

/** A credential that arrived where it must not: the scheme, never the value. */
export interface MisplacedCredential {
  readonly where: 'registry' | 'storage';
  readonly scheme: string;
  readonly request: string;
}

/** Notes a credential that should not have come. */
export function misplaced(where: MisplacedCredential['where'], request: SandboxRequest): MisplacedCredential {
  const scheme = (request.headers['authorization'] ?? '').split(' ')[0] ?? '';
  return { where, scheme, request: `${request.method} ${request.url.pathname}` };
}

/** Decides on a request; a reply is a refusal. `needs` may be empty (`/v2/`): any good credential will do. */
export function authorize(
  auth: RegistryAuth,
  request: SandboxRequest,
  needs: readonly Access[],
  note: (credential: MisplacedCredential) => void,
): Reply | undefined {
  const header = request.headers['authorization'];
  const [scheme = '', credential = ''] = header === undefined ? [] : header.split(/ +/, 2);
  const isPull = needs.length > 0 && needs.every(({ actions }) => actions.every((action) => action === 'pull'));
  switch (auth.kind) {
    case 'none':
      if (header === undefined) return undefined;
      note(misplaced('registry', request));
      return errorReply(400, 'UNSUPPORTED', 'this registry never asked for an Authorization');
    case 'basic': {
      if (header === undefined && auth.anonymousPull === true && isPull) return undefined;
      if (header !== undefined && scheme.toLowerCase() !== 'basic') note(misplaced('registry', request));
      if (scheme.toLowerCase() === 'basic' && isUser(auth.users, credential)) return undefined;
      return unauthorized([['WWW-Authenticate', 'Basic realm="sandbox"']]);
    }
    case 'bearer': {
      if (header === undefined && auth.anonymousPull === true && isPull) return undefined;
      if (header === undefined) return unauthorized(challenge(auth, request, needs, undefined));
      if (scheme.toLowerCase() !== 'bearer') {
        note(misplaced('registry', request));
        return unauthorized(challenge(auth, request, needs, undefined));
      }
      const granted = auth.verify(credential);
      if (granted === undefined) return unauthorized(challenge(auth, request, needs, 'invalid_token'));
      const isGranted = needs.every((need) =>
        need.actions.every((action) =>
          granted.some(
            ({ type, name, actions }) => type === need.type && name === need.name && actions.includes(action),
          ),
        ),
      );
      return isGranted ? undefined : unauthorized(challenge(auth, request, needs, 'insufficient_scope'));
    }
  }
}

/** The 401 of this registry for a request without good credentials. */
export function challengeReply(auth: RegistryAuth, request: SandboxRequest, needs: readonly Access[]): Reply {
  if (auth.kind === 'bearer') return unauthorized(challenge(auth, request, needs, undefined));
  return unauthorized([['WWW-Authenticate', 'Basic realm="sandbox"']]);
}

/** True if the base64 of `user:password` is that of a known user. */
export function isUser(users: Readonly<Record<string, string>>, basic: string): boolean {
  const text = Buffer.from(basic, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon < 0) return false;
  const user = text.slice(0, colon);
  return Object.hasOwn(users, user) && users[user] === text.slice(colon + 1);
}

/** `repository:name:pull,push`. */
export function formatScope({ type, name, actions }: Access): string {
  return `${type}:${name}:${actions.join(',')}`;
}

function unauthorized(headers: Headers): Reply {
  return errorReply(401, 'UNAUTHORIZED', 'authentication required', headers);
}

function challenge(
  auth: RegistryAuth & { readonly kind: 'bearer' },
  request: SandboxRequest,
  needs: readonly Access[],
  error: string | undefined,
): Headers {
  const scope = needs.length === 0 ? undefined : needs.map(formatScope).join(' ');
  const parameters = (realm: string, scopeText: string | undefined): string =>
    [
      `realm=${realm}`,
      `service="${auth.service}"`,
      ...(scopeText === undefined ? [] : [`scope="${scopeText}"`]),
      ...(error === undefined ? [] : [`error="${error}"`]),
    ].join(',');
  const quoted = `"${auth.realm}"`;
  switch (auth.challenge ?? 'distribution') {
    case 'distribution':
      return [['WWW-Authenticate', `Bearer ${parameters(quoted, scope)}`]];
    case 'ghcr':
      return [['WWW-Authenticate', `Bearer ${parameters(quoted, scope ?? 'repository:user/image:pull')}`]];
    case 'joined':
      return [['WWW-Authenticate', `Basic realm="a,b", Bearer ${parameters(quoted, scope)}`]];
    case 'gitea':
      return [
        ['WWW-Authenticate', `Bearer realm=${quoted}`],
        ['WWW-Authenticate', 'Basic'],
      ];
    case 'zot':
      return [['WWW-Authenticate', `bearer ${parameters(auth.realm, scope ?? '')}`]];
    case 'harbor':
      if (request.headers['authorization'] !== undefined) return [['WWW-Authenticate', 'Basic realm="harbor"']];
      return [['WWW-Authenticate', `Bearer ${parameters(quoted, scope)}`]];
  }
}
