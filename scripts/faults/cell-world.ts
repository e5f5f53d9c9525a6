import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGithubApi } from '../../sandbox/github/api.ts';
import { type FaultRule, withFaults } from '../../sandbox/http/faults.ts';
import { createRequestLog } from '../../sandbox/http/request-log.ts';
import { type Handler, type Served, serve } from '../../sandbox/http/serve.ts';
import { buildImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import { createRegistry, type RegistryService } from '../../sandbox/registry/registry.ts';
import type { Store } from '../../sandbox/registry/store.ts';
import { createTokenServer, type TokenServer } from '../../sandbox/registry/token-server.ts';
import { type SigstoreStack, startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { type Login, writeDockerConfig } from '../common/docker-config.ts';
import { type InProcessRun, runInProcess } from '../common/run-in-process.ts';
import { countSleep } from './counted-sleep.ts';
import type { FailingLookup } from './failing-lookup.ts';
import type { Service, Target } from './targets.ts';

export const REPOSITORY = 'team/app';
/** Signs first and must not be lost: another workflow. */
const STRANGER = 'stranger/app';
/** Who must have signed, as the gate is asked. */
export const SIGNER = 'octo-org/octo-repo';

/** What a registry holds before a cell begins. */
export interface Template {
  readonly store: Store;
  readonly hasApi: boolean;
}

/** What all cells share: key material and services are costly, and stateless but for the log. */
export interface Base extends AsyncDisposable {
  readonly sigstore: SigstoreStack;
  readonly tokens: TokenServer;
  readonly directory: string;
  readonly image: string;
  /** Images that only a stranger has signed, and that both have signed; with and without the referrers API. */
  readonly templates: Readonly<Record<'stranger' | 'both', { readonly api: Template; readonly tags: Template }>>;
}

const LOGIN: Login = { username: 'alice', password: 'sandbox-password' };
const GITHUB_TOKEN = 'ghs_of_the_job';
const PUBLIC_REPOSITORY = { full_name: 'acme/app', visibility: 'public', private: false };
/** A push to a public repository. */
const EVENT = { repository: PUBLIC_REPOSITORY };
/** A pull request of its own branches. */
const PULL_REQUEST = {
  repository: PUBLIC_REPOSITORY,
  pull_request: {
    base: { sha: '2'.repeat(40), repo: PUBLIC_REPOSITORY },
    head: { sha: '3'.repeat(40), repo: PUBLIC_REPOSITORY },
  },
};
const BASE = PULL_REQUEST.pull_request.base.sha;
/** Budget of every run in the matrix. */
export const RETRY_FOR_S = 12;

/** Starts the shared services and signs the images that cells begin with. */
export async function startBase(lookup: FailingLookup): Promise<Base> {
  const sigstore = await startSigstore({ log: createRequestLog() });
  const tokens = createTokenServer({ users: { [LOGIN.username]: LOGIN.password } });
  const directory = await mkdtemp(join(tmpdir(), 'countersign-faults-'));
  const image = buildImage({ content: 'fault matrix' });
  const plain = (hasApi: boolean): Template => {
    const { store } = createRegistry({});
    storeImage(store, REPOSITORY, image, '1');
    return { store, hasApi };
  };
  const base = { sigstore, tokens, directory, image: image.digest };
  const signed = async (from: Template): Promise<Template> => {
    const cell = await startCell({
      ...base,
      lookup,
      template: from,
      id: `seed${Math.random().toString(36).slice(2, 8)}`,
    });
    const run = await cell.run('sign', { format: 'both', 'if-signed': 'sign' });
    await cell.close();
    if (run.exitCode !== 0) throw new Error(`seeding failed: ${run.message}\n${run.log.join('\n')}`);
    return { store: cell.store, hasApi: from.hasApi };
  };
  sigstore.oidc.setJob({ repository: STRANGER });
  const [api, tags] = await Promise.all([signed(plain(true)), signed(plain(false))]);
  sigstore.oidc.setJob({});
  const [bothApi, bothTags] = await Promise.all([signed(api), signed(tags)]);
  return {
    ...base,
    templates: { stranger: { api, tags }, both: { api: bothApi, tags: bothTags } },
    async [Symbol.asyncDispose]() {
      await sigstore.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export interface CellOptions {
  readonly sigstore: SigstoreStack;
  readonly tokens: TokenServer;
  readonly directory: string;
  readonly image: string;
  readonly lookup: FailingLookup;
  readonly template: Template;
  /** Part of the host names; unique. */
  readonly id: string;
  /** What fails; without it the cell is healthy. */
  readonly failing?: { readonly target: Target; readonly arm: (cell: ArmTarget) => FaultRule | undefined };
}

/** What a fault needs to know of the cell it is made for. */
export interface ArmTarget {
  /** Host name, without port, of the service that fails. */
  readonly host: string;
  /** WWW-Authenticate of the registry. */
  readonly challenge: string;
}

export interface Cell {
  readonly store: Store;
  run(action: 'sign' | 'verify', inputs: Readonly<Record<string, string>>): Promise<CellRun>;
  close(): Promise<void>;
}

export interface CellRun extends InProcessRun {
  /** Of the first image, or of what stopped the run. */
  readonly code: string | null;
  readonly message: string;
  /** Time in which the run waited of its own will, in ms as it asked for; waits side by side count once. */
  readonly sleptMs: number;
}

/** One registry with its token server, each service under a name of its own, and the one that fails behind its fault. */
export async function startCell(options: CellOptions): Promise<Cell> {
  const { sigstore, tokens, id, failing, template } = options;
  const servers: Served[] = [];
  const target = failing?.target;
  const hostOf = (service: Service): string => `${id}-${service.replaceAll(' ', '-').toLowerCase()}.localhost`;
  const front = async (service: Service, handler: Handler, challenge: string): Promise<string> => {
    const rule = target?.service === service ? failing?.arm({ host: hostOf(service), challenge }) : undefined;
    const server = await serve(rule === undefined ? handler : withFaults(handler, [rule]), { name: service });
    servers.push(server);
    return `${hostOf(service)}:${server.port}`;
  };
  const tokenHost = await front('token server', tokens.handle, '');
  const realm = `http://${tokenHost}/token`;
  const storage =
    target?.service === 'storage' ? await front('storage', (request) => registry.storage(request), '') : undefined;
  const registry: RegistryService = createRegistry({
    auth: { kind: 'bearer', realm, service: tokens.service, verify: tokens.verify },
    quirks: {
      ...(template.hasApi ? {} : { referrers: 'not-found' as const }),
      ...(storage === undefined ? {} : { blobRedirect: { origin: `http://${storage}` } }),
    },
  });
  copyStore(template.store, registry.store, REPOSITORY);
  const challenge = `Bearer realm="${realm}",service="${tokens.service}",scope="repository:${REPOSITORY}:pull,push"`;
  const registryHost = await front('registry', registry.handle, challenge);

  /** The failing one of these services gets its own front; the others are asked where all cells ask them. */
  const urlOf = async (service: Service, url: string, handler: Handler): Promise<string> => {
    if (target?.service !== service) return url;
    const { pathname, search } = new URL(url);
    const rest = pathname === '/' ? search : `${pathname}${search}`;
    return `http://${await front(service, handler, 'Bearer')}${rest}`;
  };
  const { urls } = sigstore;
  const idTokenUrl = await urlOf(
    'id-token',
    sigstore.idTokenEnvironment.ACTIONS_ID_TOKEN_REQUEST_URL,
    sigstore.oidc.handler,
  );
  const variant = target?.service === 'log v2' ? 'v2' : 'v1';
  const content = sigstore.signingConfigContent(variant);
  const logUrl =
    variant === 'v2'
      ? await urlOf('log v2', urls.rekorV2, sigstore.rekorV2.handler)
      : await urlOf('log', urls.rekorV1, sigstore.rekorV1.handler);
  const signingConfig = sigstore.signingConfigJson(variant, {
    certificateAuthorities: [{ url: await urlOf('CA', urls.ca, sigstore.ca.handler) }],
    logs: content.logs.map((log) => ({ ...log, url: logUrl })),
    timestampAuthorities: [{ url: await urlOf('TSA', urls.tsa, sigstore.tsa.handler) }],
  });
  const github = createGithubApi({
    tokens: { [GITHUB_TOKEN]: { checks: 'write', contents: 'read' } },
    repositories: {
      [EVENT.repository.full_name]: {
        refs: { [BASE]: { 'root.json': sigstore.trustedRootJson('all'), 'config.json': signingConfig } },
      },
    },
  });
  const githubApi = target?.github === undefined ? undefined : await front('GitHub API', github, 'Bearer');
  const tuf = target?.service === 'TUF' ? await urlOf('TUF', urls.tuf, sigstore.tuf.handler) : undefined;

  const directory = await mkdtemp(join(options.directory, `${id}-`));
  await writeDockerConfig(directory, registryHost, LOGIN);
  let runs = 0;
  return {
    store: registry.store,
    async run(action, inputs) {
      runs += 1;
      const temp = join(directory, String(runs));
      await mkdir(temp);
      const trust =
        tuf !== undefined
          ? { 'tuf-mirror': tuf, 'tuf-root': sigstore.tuf.initialRoot.toString('utf8') }
          : {
              'trusted-root': sigstore.trustedRootJson('all'),
              ...(action === 'sign' ? { 'signing-config': signingConfig } : {}),
            };
      const { clock, sleptMs } = countSleep();
      const run = await runInProcess({
        action,
        clock,
        inputs: {
          images: `${registryHost}/${REPOSITORY}@${options.image}`,
          'retry-for': `${RETRY_FOR_S}s`,
          summary: 'false',
          ...trust,
          ...(githubApi === undefined ? {} : { 'github-token': GITHUB_TOKEN }),
          ...(target?.github === 'check run' ? { 'check-name': 'signatures' } : {}),
          ...(target?.github === 'base files' ? { 'trusted-root': 'root.json', 'signing-config': 'config.json' } : {}),
          ...inputs,
        },
        env: {
          GITHUB_SERVER_URL: 'https://github.com',
          GITHUB_EVENT_NAME: 'push',
          DOCKER_CONFIG: directory,
          HOME: directory,
          RUNNER_TEMP: temp,
          RUNNER_TOOL_CACHE: join(temp, 'tool'),
          ...(githubApi === undefined ? {} : { GITHUB_API_URL: `http://${githubApi}` }),
          GITHUB_REPOSITORY: EVENT.repository.full_name,
          GITHUB_SHA: '1'.repeat(40),
          GITHUB_WORKSPACE: temp,
          ACTIONS_ID_TOKEN_REQUEST_URL: idTokenUrl,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: sigstore.idTokenEnvironment.ACTIONS_ID_TOKEN_REQUEST_TOKEN,
        },
        event: target?.github === 'base files' ? PULL_REQUEST : EVENT,
      });
      const [image] = run.results?.images ?? [];
      return {
        ...run,
        code: run.failure?.code ?? image?.reason ?? null,
        message: run.failure?.message ?? image?.message ?? '',
        sleptMs: sleptMs(),
      };
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Everything of one repository, tags included. */
function copyStore(from: Store, to: Store, repository: string): void {
  const source = from.repository(repository);
  if (source === undefined) return;
  for (const bytes of source.blobs.values()) to.putBlob(repository, bytes);
  for (const { bytes, mediaType } of source.manifests.values()) to.putManifest(repository, bytes, mediaType);
  for (const [tag, { digest }] of source.tags) to.setTag(repository, tag, digest);
}
