import { generateKeyPairSync, type JsonWebKey, type KeyObject, randomUUID, sign } from 'node:crypto';
import { messageReply } from '../http/replies.ts';
import { jsonReply, type Reply, type SandboxRequest } from '../http/serve.ts';
import { emailClaims, type TokenClaims, type WorkflowRun, workflowClaims } from './claims.ts';

export interface OidcOptions {
  readonly clock: () => Date;
  /** `iss` of the tokens; if absent, the URL under which the endpoint was reached first. */
  readonly issuer?: string;
  /** The job that asks. */
  readonly run?: WorkflowRun;
  /** A human instead of a job, and the connector that vouched for the address. */
  readonly human?: { readonly email: string; readonly connector?: string };
}

/** Deviations of one token from a good one. */
export interface TokenOptions {
  readonly audience?: string | readonly string[];
  readonly issuer?: string;
  /** Replaces or, with undefined, removes claims. */
  readonly claims?: TokenClaims;
  /** Seconds relative to the clock; defaults: issued now, valid from −600, until +300. */
  readonly notBeforeSeconds?: number;
  readonly expiresSeconds?: number;
  /** Signs with a key that the JWKS does not hold, under a kid that it holds. */
  readonly forged?: boolean;
}

export interface Oidc {
  /** What `ACTIONS_ID_TOKEN_REQUEST_TOKEN` holds. */
  readonly requestToken: string;
  /** Issuer of the tokens; throws before it is known (see OidcOptions.issuer). */
  issuer(): string;
  /** Sets the URL the endpoint is served at, as issuer unless one was given. */
  servedAt(url: string): void;
  handler(request: SandboxRequest): Promise<Reply>;
  /** A signed token, without asking the endpoint. */
  issue(options?: TokenOptions): string;
  /** The public keys of the moment, as the JWKS shows them. */
  keys(): readonly JsonWebKey[];
  /** Makes a new signing key; the old one leaves the JWKS. */
  rotateKey(): void;
  /** From now on the endpoint gives tokens for this job, with these deviations. */
  setJob(run: WorkflowRun, options?: TokenOptions): void;
  /** A further job beside it, as several jobs of a run ask at once; returns the request token that is this job's alone. */
  addJob(run: WorkflowRun): string;
  /** The next requests for a token get these answers instead, in order. */
  answerNext(...replies: readonly Reply[]): void;
}

/** What the real endpoint says while the job is not running yet: worth another try. */
export const PENDING_REPLY: Reply = messageReply(403, `Can't issue ID_TOKEN for job in 'Pending' state`);
/** What it says under load: 200 and no JSON. */
export const NOT_JSON_REPLY: Reply = {
  status: 200,
  headers: [['content-type', 'text/html']],
  body: '<html><body>Service Unavailable</body></html>',
};

interface AskingJob {
  readonly run: WorkflowRun;
  readonly options: TokenOptions;
}

interface RsaKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly jwk: JsonWebKey;
}

/** The keys made so far. An RSA key takes longer than all the rest of a stack, so that the stacks of a process share them. */
const rsaKeys = new Map<string, RsaKey>();

/** The key of a purpose and number. No two of them are equal. */
function rsaKey(purpose: 'job' | 'human' | 'forger', number: number): RsaKey {
  const known = rsaKeys.get(`${purpose} ${number}`);
  if (known !== undefined) return known;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = `local-${number}`;
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const made: RsaKey = { kid, privateKey, jwk: { kty: 'RSA', use: 'sig', alg: 'RS256', kid, n, e } };
  rsaKeys.set(`${purpose} ${number}`, made);
  return made;
}

const base64url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * The runner's id-token endpoint with the discovery document and key set of its issuer.
 * GET …/token?…&audience=A with `Authorization: bearer <requestToken>` → {count, value}; else 401.
 */
export function createOidc(options: OidcOptions): Oidc {
  const requestToken = `request-token-${randomUUID()}`;
  let keyCount = 1;
  // Made when first needed.
  const key = (): RsaKey => rsaKey(options.human === undefined ? 'job' : 'human', keyCount);
  let servedAt: string | undefined;
  let job: AskingJob = { run: options.run ?? {}, options: {} };
  const furtherJobs = new Map<string, AskingJob>();
  const queued: Reply[] = [];

  const issuer = (): string => {
    const value = options.issuer ?? servedAt;
    if (value === undefined) throw new Error('the issuer is not known before the endpoint is served');
    return value;
  };

  const issueFor = (job: AskingJob, token: TokenOptions): string => {
    const now = Math.floor(options.clock().getTime() / 1000);
    const deviations = { ...job.options, ...token };
    const claims: Record<string, unknown> = {
      jti: randomUUID(),
      aud: deviations.audience ?? 'sigstore',
      iss: deviations.issuer ?? issuer(),
      nbf: now + (deviations.notBeforeSeconds ?? -600),
      iat: now,
      exp: now + (deviations.expiresSeconds ?? 300),
      ...(options.human === undefined
        ? workflowClaims(job.run)
        : emailClaims(options.human.email, options.human.connector)),
      ...job.options.claims,
      ...token.claims,
    };
    const signed = `${base64url({ typ: 'JWT', alg: 'RS256', kid: key().kid })}.${base64url(claims)}`;
    const signer = deviations.forged === true ? rsaKey('forger', 0) : key();
    return `${signed}.${sign('sha256', Buffer.from(signed), signer.privateKey).toString('base64url')}`;
  };

  const tokenReply = (request: SandboxRequest): Reply => {
    const [scheme = '', presented = ''] = (request.headers['authorization'] ?? '').split(' ');
    const asking = presented === requestToken ? job : furtherJobs.get(presented);
    if (scheme.toLowerCase() !== 'bearer' || asking === undefined) return messageReply(401, 'Unauthorized');
    const queuedReply = queued.shift();
    if (queuedReply !== undefined) return queuedReply;
    const owner = `https://github.com/${workflowClaims(asking.run)['repository_owner']}`;
    const audience = request.url.searchParams.get('audience') ?? owner;
    return jsonReply(200, { count: 1, value: issueFor(asking, { audience: asking.options.audience ?? audience }) });
  };

  return {
    requestToken,
    issuer,
    issue: (token = {}) => issueFor(job, token),
    servedAt: (url) => {
      servedAt ??= url;
    },
    keys: () => [key().jwk],
    rotateKey: () => {
      keyCount += 1;
    },
    setJob: (run, tokenOptions = {}) => {
      job = { run, options: tokenOptions };
    },
    addJob: (run) => {
      const token = `request-token-${randomUUID()}`;
      furtherJobs.set(token, { run, options: {} });
      return token;
    },
    answerNext: (...replies) => {
      queued.push(...replies);
    },
    handler: async (request) => {
      if (request.method !== 'GET') return messageReply(405, 'Method Not Allowed');
      switch (request.url.pathname) {
        case '/token':
          return tokenReply(request);
        case '/.well-known/openid-configuration':
          return jsonReply(200, {
            issuer: issuer(),
            jwks_uri: `${servedAt ?? issuer()}/.well-known/jwks`,
            response_types_supported: ['id_token'],
            subject_types_supported: ['public', 'pairwise'],
            id_token_signing_alg_values_supported: ['RS256'],
            scopes_supported: ['openid'],
            claims_supported: ['sub', 'aud', 'exp', 'iat', 'iss', 'jti', 'nbf', 'ref', 'sha', 'repository'],
          });
        case '/.well-known/jwks':
          return jsonReply(200, { keys: [key().jwk] });
        default:
          return messageReply(404, 'Not Found');
      }
    },
  };
}
