import type { WorkflowRun } from '../github/claims.ts';
import { createOidc, type Oidc } from '../github/oidc.ts';
import type { RequestLog } from '../http/request-log.ts';
import { type Handler, type Served, serve } from '../http/serve.ts';
import {
  type CertificateAuthority,
  type CertificateAuthorityOptions,
  createCertificateAuthority,
} from './certificate-authority.ts';
import { type CtLogOptions, createCtLog } from './ct-log.ts';
import { type SigningConfigContent, signingConfigJson } from './signing-config.ts';
import { createTimestampAuthority, type TimestampAuthority } from './timestamp-authority.ts';
import { createTransparencyLogV1, type TransparencyLogV1 } from './transparency-log-v1.ts';
import {
  createTransparencyLogV2,
  type TransparencyLogV2,
  type TransparencyLogV2Options,
} from './transparency-log-v2.ts';
import { type TrustedRootContent, trustedRootJson } from './trusted-root.ts';
import { createTufRepository, type TufRepository } from './tuf-repository.ts';

/** Names of the services in the request log. */
export type SigstoreService = 'oidc' | 'ca' | 'rekor-v1' | 'rekor-v2' | 'tsa' | 'tuf';

export interface SigstoreOptions {
  /** Time of every service; default the wall clock. */
  readonly clock?: () => Date;
  readonly log?: RequestLog;
  /** Per direction, as serve() has it. */
  readonly latencyMs?: number;
  /** `github`: names of GitHub's own instance, no CT log. Default `local`, as the golden stack. */
  readonly instance?: 'local' | 'github';
  /** `iss` of the id-tokens; default the URL of the endpoint. */
  readonly issuer?: string;
  readonly run?: WorkflowRun;
  /** Who `human` is; default `jane@example.com` by way of `https://accounts.google.com`. */
  readonly human?: { readonly email: string; readonly connector?: string };
  /** Host of the workflow URIs in certificates. */
  readonly serverUrl?: string;
  readonly sctExtensions?: CtLogOptions['sctExtensions'];
  readonly intermediate?: CertificateAuthorityOptions['intermediate'];
  readonly lifetimeSeconds?: number;
  /** How far the timestamp authority's clock is ahead, in milliseconds. */
  readonly timestampSkewMs?: number;
  readonly rekorV2Key?: TransparencyLogV2Options['keyKind'];
  /** Puts faults before a service: `wrap: (service, handler) => service === 'tsa' ? withFaults(handler, rules) : handler`. */
  readonly wrap?: (service: SigstoreService, handler: Handler) => Handler;
}

/** What a trusted root lists or a signing config uses. `v1` and `v2`: one Rekor and the timestamp authority. */
export type StackVariant = 'all' | 'v1' | 'v1-no-tsa' | 'v2' | 'tsa';

export interface SigstoreStack extends AsyncDisposable {
  readonly urls: {
    readonly oidc: string;
    readonly ca: string;
    readonly rekorV1: string;
    readonly rekorV2: string;
    /** The whole endpoint. */
    readonly tsa: string;
    /** Of the TUF repository, whose metadata lies at its top. */
    readonly tuf: string;
    /** Not served: names the CT log in trusted roots. */
    readonly ctLog: string;
  };
  /** Issuer of the id-tokens. */
  readonly issuer: string;
  /** Environment of a job with `id-token: write`. */
  readonly idTokenEnvironment: {
    readonly ACTIONS_ID_TOKEN_REQUEST_URL: string;
    readonly ACTIONS_ID_TOKEN_REQUEST_TOKEN: string;
  };
  readonly oidc: Oidc;
  /** Issuer of e-mail tokens that the CA takes too: `human.issue()`. Not served. */
  readonly human: Oidc;
  readonly ca: CertificateAuthority;
  readonly rekorV1: TransparencyLogV1;
  readonly rekorV2: TransparencyLogV2;
  readonly tsa: TimestampAuthority;
  /** Serves trusted root `all` (for a GitHub instance `tsa`) and signing config `v1` (`tsa`) until told otherwise. */
  readonly tuf: TufRepository;
  /** Every request to every service: the log given, or a new one. */
  readonly log: RequestLog;
  /** What handlers threw: bugs of the sandbox; empty in a good test. */
  failures(): readonly unknown[];
  /** `tsa` has neither transparency logs nor, for a GitHub instance, CT logs. */
  trustedRootContent(variant?: StackVariant): TrustedRootContent;
  trustedRootJson(variant?: StackVariant, changes?: Partial<TrustedRootContent>): string;
  signingConfigContent(variant?: Exclude<StackVariant, 'all'>): SigningConfigContent;
  signingConfigJson(variant?: Exclude<StackVariant, 'all'>, changes?: Partial<SigningConfigContent>): string;
  close(): Promise<void>;
}

const NAMES = {
  local: {
    ca: { organization: 'local', commonName: 'fulcio.local' },
    tsa: 'local',
  },
  github: {
    ca: { organization: 'GitHub, Inc.', commonName: 'Internal Services Root' },
    tsa: 'GitHub, Inc.',
  },
} as const;

/** Starts id-token endpoint, certificate authority with CT log, both Rekors, timestamp authority and TUF repository on loopback. */
export async function startSigstore(options: SigstoreOptions = {}): Promise<SigstoreStack> {
  const clock = options.clock ?? (() => new Date());
  const names = NAMES[options.instance ?? 'local'];

  const oidc = createOidc({
    clock,
    ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
    ...(options.run === undefined ? {} : { run: options.run }),
  });
  const human = createOidc({
    clock,
    issuer: 'https://oauth2.sandbox.example/auth',
    human: options.human ?? { email: 'jane@example.com', connector: 'https://accounts.google.com' },
  });
  const ctLog =
    options.instance === 'github'
      ? undefined
      : createCtLog({
          clock,
          ...(options.sctExtensions === undefined ? {} : { sctExtensions: options.sctExtensions }),
        });
  const ca = createCertificateAuthority({
    clock,
    issuers: [
      { kind: 'github-workflow', ...oidc },
      { kind: 'email', ...human },
    ],
    ctLog,
    name: names.ca,
    ...(options.serverUrl === undefined ? {} : { serverUrl: options.serverUrl }),
    ...(options.intermediate === undefined ? {} : { intermediate: options.intermediate }),
    ...(options.lifetimeSeconds === undefined ? {} : { lifetimeSeconds: options.lifetimeSeconds }),
  });
  const rekorV1 = createTransparencyLogV1({ clock });
  const rekorV2 = createTransparencyLogV2(options.rekorV2Key === undefined ? {} : { keyKind: options.rekorV2Key });
  const tsa = createTimestampAuthority({
    clock,
    organization: names.tsa,
    skewMs: options.timestampSkewMs ?? 0,
  });

  const served: Served[] = [];
  const start = async (service: SigstoreService, handler: Handler): Promise<Served> => {
    const wrapped = options.wrap?.(service, handler) ?? handler;
    const log = options.log ?? served[0]?.log;
    const server = await serve(wrapped, {
      name: service,
      ...(log === undefined ? {} : { log }),
      ...(options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs }),
    });
    served.push(server);
    return server;
  };
  const oidcServer = await start('oidc', oidc.handler);
  oidc.servedAt(oidcServer.url);
  const services = {
    oidc: oidcServer.url,
    ca: (await start('ca', ca.handler)).url,
    rekorV1: (await start('rekor-v1', rekorV1.handler)).url,
    rekorV2: (await start('rekor-v2', rekorV2.handler)).url,
    tsa: `${(await start('tsa', tsa.handler)).url}/api/v1/timestamp`,
  };
  // Its targets name the others, so it is made once they are served.
  let tuf: TufRepository | undefined;
  const tufServer = await start('tuf', (request) => tuf?.handler(request) ?? { status: 503 });
  const urls = { ...services, tuf: tufServer.url, ctLog: 'http://127.0.0.1:6962' };

  const trustedRootContent = (variant: StackVariant = 'all'): TrustedRootContent => {
    const logs = {
      v2: { baseUrl: urls.rekorV2, key: rekorV2.key, keyId: rekorV2.keyId },
      v1: { baseUrl: urls.rekorV1, key: rekorV1.key, keyId: rekorV1.key.keyId },
    };
    const listed = {
      all: [logs.v2, logs.v1],
      v1: [logs.v1],
      'v1-no-tsa': [logs.v1],
      v2: [logs.v2],
      tsa: [],
    };
    return {
      logs: listed[variant],
      certificateAuthorities: [{ uri: urls.ca, name: ca.name, chain: ca.chain }],
      ctLogs: ctLog === undefined ? [] : [{ baseUrl: urls.ctLog, key: ctLog.key, keyId: ctLog.key.keyId }],
      timestampAuthorities: variant === 'v1-no-tsa' ? [] : [{ uri: urls.tsa, name: tsa.name, chain: tsa.chain }],
    };
  };

  const signingConfigContent = (variant: Exclude<StackVariant, 'all'> = 'v1'): SigningConfigContent => {
    const v1 = { url: urls.rekorV1 };
    const listed = { v1: [v1], 'v1-no-tsa': [v1], v2: [{ url: urls.rekorV2, majorApiVersion: 2 }], tsa: [] };
    return {
      certificateAuthorities: [{ url: urls.ca }],
      oidc: [{ url: oidc.issuer() }],
      logs: listed[variant],
      timestampAuthorities: variant === 'v1-no-tsa' ? [] : [{ url: urls.tsa }],
    };
  };

  tuf = createTufRepository({
    clock,
    targets: {
      'trusted_root.json': trustedRootJson(trustedRootContent(ctLog === undefined ? 'tsa' : 'all')),
      'signing_config.v0.2.json': signingConfigJson(signingConfigContent(ctLog === undefined ? 'tsa' : 'v1')),
    },
  });

  const close = async (): Promise<void> => {
    await Promise.all(served.map((server) => server.close()));
  };

  return {
    urls,
    issuer: oidc.issuer(),
    idTokenEnvironment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${urls.oidc}/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: oidc.requestToken,
    },
    oidc,
    human,
    ca,
    rekorV1,
    rekorV2,
    tsa,
    tuf,
    log: oidcServer.log,
    failures: () => served.flatMap((server) => server.failures),
    trustedRootContent,
    trustedRootJson: (variant, changes) => trustedRootJson({ ...trustedRootContent(variant), ...changes }),
    signingConfigContent,
    signingConfigJson: (variant, changes) => signingConfigJson({ ...signingConfigContent(variant), ...changes }),
    close,
    [Symbol.asyncDispose]: close,
  };
}
