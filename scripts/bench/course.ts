import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createRequestLog, type RequestLog } from '../../sandbox/http/request-log.ts';
import { type Handler, type Served, type ServeOptions, serve } from '../../sandbox/http/serve.ts';
import { startTunnelProxy } from '../../sandbox/http/tunnel-proxy.ts';
import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import { createRegistry, type RegistryService } from '../../sandbox/registry/registry.ts';
import { createTokenServer } from '../../sandbox/registry/token-server.ts';
import { runAction } from '../../sandbox/runner/runner.ts';
import { mintLoopbackTls } from '../../sandbox/sigstore/self-signed.ts';
import { createTufRepository } from '../../sandbox/sigstore/tuf-repository.ts';
import { ROOT } from '../../sandbox/world.ts';
import { type Login, writeDockerConfig } from '../common/docker-config.ts';
import { forwardTo } from '../common/forward.ts';
import { SUBJECT, shownRun } from '../common/sandbox-identity.ts';
import type { ServiceUrls, Stack } from '../peers/stack.ts';
import { type MeasuredRun, measuredRun } from './measured-run.ts';

/** One latency: the services behind something that delays and counts, and a registry with token auth. */
export interface Course extends AsyncDisposable {
  /** Every request that came to a service, to the registry or to its token server. */
  readonly log: RequestLog;
  /** Pushes images, each into a repository of its own that knows the empty config; pinned references. */
  prepare(name: string, amount: number, signatures: number): Promise<readonly string[]>;
  sign(who: Contestant, references: readonly string[]): Promise<MeasuredRun>;
  verify(who: Contestant, references: readonly string[]): Promise<MeasuredRun>;
}

export type Contestant = 'ours' | 'cosign';

/** What a course needs of the real services. */
export type Services = Pick<
  Stack,
  'urls' | 'issuer' | 'directory' | 'trustedRoots' | 'idTokenEnvironment' | 'writeSigningConfig'
>;

export interface CourseOptions {
  readonly stack: Services;
  /** Path of cosign 3. */
  readonly cosign: string;
  /** Each way. */
  readonly latencyMs: number;
}

const LOGIN: Login = { username: 'alice', password: 'of-the-bench' };

/**
 * Plain http on loopback, every service behind a proxy of its own; a registry with the referrers API, whose token
 * server is on another origin that nobody knows beforehand; trust from files.
 */
export async function layPlainCourse({ stack, cosign, latencyMs }: CourseOptions): Promise<Course> {
  const log = createRequestLog();
  const open: Served[] = [];
  const proxy = async (name: string, target: string): Promise<string> => {
    const served = await serve(forwardTo(target), { name, log, latencyMs });
    open.push(served);
    return served.url;
  };
  const urls: ServiceUrls = {
    oidc: stack.urls.oidc,
    fulcio: await proxy('Fulcio', stack.urls.fulcio),
    rekor1: await proxy('Rekor', stack.urls.rekor1),
    rekor2: stack.urls.rekor2,
    tsa: `${await proxy('TSA', new URL(stack.urls.tsa).origin)}${new URL(stack.urls.tsa).pathname}`,
  };
  const tokenUrl = idTokenUrl(stack);
  const idTokenEnvironment = {
    ...stack.idTokenEnvironment,
    ACTIONS_ID_TOKEN_REQUEST_URL: `${await proxy('id-token', tokenUrl.origin)}${tokenUrl.pathname}${tokenUrl.search}`,
  };

  const tokens = createTokenServer({ users: { [LOGIN.username]: LOGIN.password } });
  const tokenServer = await serve(tokens.handle, { name: 'token server', log, latencyMs });
  const realm = `${tokenServer.url.replace('127.0.0.1', 'localhost')}/token`;
  const registry = createRegistry({
    auth: { kind: 'bearer', realm, service: tokens.service, verify: tokens.verify },
  });
  const server = await serve(registry.handle, { name: 'registry', log, latencyMs });
  open.push(tokenServer, server);

  const directory = join(stack.directory, `course-${latencyMs}`);
  const signingConfig = await stack.writeSigningConfig(`bench-${latencyMs}`, 'v1', urls);
  const trustedRoot = stack.trustedRoots.logs;
  return openCourse({
    ...{ log, directory, registry, tokens, issuer: stack.issuer, idTokenEnvironment },
    host: `localhost:${server.port}`,
    env: {},
    inputs: { both: { 'trusted-root': trustedRoot }, sign: { 'signing-config': signingConfig } },
    cosign: {
      path: cosign,
      flags: {
        both: ['--trusted-root', trustedRoot, '--allow-http-registry'],
        sign: ['--signing-config', signingConfig],
      },
      env: () => ({}),
    },
    async close() {
      for (const served of open) await served.close();
    },
  });
}

/** Host names of the course that is shaped like GHCR, and the two that a job of GitHub and its registry use. */
const GHCR = {
  registry: 'ghcr.io',
  storage: 'pkg-containers.githubusercontent.com',
  fulcio: 'fulcio.sigstore.dev',
  rekor: 'rekor.sigstore.dev',
  tsa: 'timestamp.sigstore.dev',
  tuf: 'tuf-repo-cdn.sigstore.dev',
  idToken: 'run-actions-1-azure-eastus.actions.githubusercontent.com',
} as const;

/**
 * As on a fresh runner of GitHub: TLS 1.3 and the real host names, through one CONNECT proxy; GHCR without the
 * referrers API, with its token server on its own host and its blobs by redirect elsewhere; trust and signing config by
 * TUF, of which nothing is cached.
 */
export async function layGhcrCourse({ stack, cosign, latencyMs }: CourseOptions): Promise<Course> {
  const log = createRequestLog();
  const open: (Served | Awaited<ReturnType<typeof startTunnelProxy>>)[] = [];
  const { ca, tls } = mintLoopbackTls(new Date(), Object.values(GHCR));
  const targets: Record<string, number> = {};
  const at = async (name: string, host: string, handler: Handler): Promise<void> => {
    const options: ServeOptions = { name, log, tls };
    const served = await serve(handler, options);
    open.push(served);
    targets[`${host}:443`] = served.port;
  };
  const tokenUrl = idTokenUrl(stack);
  const tsa = new URL(stack.urls.tsa);
  const tokens = createTokenServer({ users: { [LOGIN.username]: LOGIN.password }, service: GHCR.registry });
  const registry = createRegistry({
    auth: {
      ...{ kind: 'bearer', realm: `https://${GHCR.registry}/token`, challenge: 'ghcr' },
      ...{ service: tokens.service, verify: tokens.verify },
    },
    quirks: { referrers: 'not-found', blobRedirect: { origin: `https://${GHCR.storage}` } },
  });
  const signingConfig = await stack.writeSigningConfig(`bench-ghcr-${latencyMs}`, 'v1', {
    ...stack.urls,
    fulcio: `https://${GHCR.fulcio}`,
    rekor1: `https://${GHCR.rekor}`,
    tsa: `https://${GHCR.tsa}${tsa.pathname}`,
  });
  const tuf = createTufRepository({
    clock: () => new Date(),
    pathPrefix: TUF_PATH,
    targets: {
      'trusted_root.json': await readFile(stack.trustedRoots.logs),
      'signing_config.v0.2.json': await readFile(signingConfig),
    },
  });
  await at('registry', GHCR.registry, (request) =>
    request.url.pathname === '/token' ? tokens.handle(request) : registry.handle(request),
  );
  await at('storage', GHCR.storage, registry.storage);
  await at('Fulcio', GHCR.fulcio, forwardTo(stack.urls.fulcio));
  await at('Rekor', GHCR.rekor, forwardTo(stack.urls.rekor1));
  await at('TSA', GHCR.tsa, forwardTo(tsa.origin));
  await at('id-token', GHCR.idToken, forwardTo(tokenUrl.origin));
  await at('TUF', GHCR.tuf, (request) => tuf.handler(request));
  const proxy = await startTunnelProxy({ targets, delayMs: latencyMs });
  open.push(proxy);

  const directory = join(stack.directory, `course-ghcr-${latencyMs}`);
  await mkdir(directory, { recursive: true });
  const files = { ca: join(directory, 'ca.pem'), root: join(directory, 'root.json') };
  await writeFile(files.ca, ca);
  await writeFile(files.root, tuf.initialRoot);
  const mirror = `https://${GHCR.tuf}${TUF_PATH}`;
  let caches = 0;
  return openCourse({
    ...{ log, directory, registry, tokens, issuer: stack.issuer, host: GHCR.registry },
    idTokenEnvironment: {
      ...stack.idTokenEnvironment,
      ACTIONS_ID_TOKEN_REQUEST_URL: `https://${GHCR.idToken}${tokenUrl.pathname}${tokenUrl.search}`,
    },
    env: { HTTPS_PROXY: proxy.url },
    inputs: {
      both: { 'tuf-mirror': mirror, 'tuf-root': String(tuf.initialRoot), 'ca-certificates': ca },
      sign: {},
    },
    cosign: {
      path: cosign,
      flags: { both: [], sign: [] },
      env() {
        caches += 1;
        return {
          SSL_CERT_FILE: files.ca,
          TUF_MIRROR: mirror,
          TUF_ROOT_JSON: files.root,
          TUF_ROOT: join(directory, `tuf-${caches}`),
        };
      },
    },
    async close() {
      for (const one of open) await one.close();
    },
  });
}

/** Not the top: for the mirror's plain address, cosign takes the root that is built into it. */
const TUF_PATH = '/bench';

function idTokenUrl({ idTokenEnvironment }: Services): URL {
  return new URL(idTokenEnvironment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '');
}

/** Something for both verbs, and more for signing. */
interface ForVerbs<Value> {
  readonly both: Value;
  readonly sign: Value;
}

interface Grounds {
  readonly log: RequestLog;
  /** Of this course alone. */
  readonly directory: string;
  /** As references name it. */
  readonly host: string;
  readonly registry: RegistryService;
  readonly tokens: ReturnType<typeof createTokenServer>;
  readonly issuer: string;
  readonly idTokenEnvironment: Readonly<Record<string, string>>;
  /** For both contestants. */
  readonly env: Readonly<Record<string, string>>;
  readonly inputs: ForVerbs<Readonly<Record<string, string>>>;
  readonly cosign: {
    readonly path: string;
    readonly flags: ForVerbs<readonly string[]>;
    /** Of one run. */
    env(): Readonly<Record<string, string>>;
  };
  close(): Promise<void>;
}

async function openCourse(grounds: Grounds): Promise<Course> {
  const { log, directory, host, registry, tokens, issuer, idTokenEnvironment, inputs, cosign } = grounds;
  await writeDockerConfig(directory, host, LOGIN);
  const env = { DOCKER_CONFIG: directory, ...grounds.env };
  // What may not be timed goes to the same registry and the same tokens, past the delay.
  const aside = await serve((request) => registry.handle(request), { name: 'aside' });
  const push = async (repository: string, image: ReturnType<typeof buildImage>): Promise<void> => {
    const scope = `repository:${repository}:pull,push`;
    const basic = Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64');
    const { body } = await tokens.handle({
      ...{ method: 'GET', headers: { authorization: `Basic ${basic}` }, body: new Uint8Array(), connection: 0 },
      url: new URL(`http://aside/token?service=${tokens.service}&scope=${encodeURIComponent(scope)}`),
      origin: 'http://aside',
    });
    const { token } = JSON.parse(String(body)) as { token: string };
    await pushImage(aside.url, repository, image, { tag: '1', authorization: `Bearer ${token}` });
  };

  const ours = async (own: Readonly<Record<string, string>>, verify: boolean): Promise<MeasuredRun> => {
    const run = await runAction({
      actionDir: verify ? join(ROOT, 'verify') : ROOT,
      inputs: { ...inputs.both, ...(verify ? {} : inputs.sign), ...own },
      env: verify ? env : { ...env, ...idTokenEnvironment },
      tempRoot: directory,
      measureMemory: true,
    });
    await run.remove();
    if (run.exitCode !== 0) throw new Error(shownRun(run));
    return { wallMs: run.durationMs, startedAt: run.startedAt, peakRssBytes: run.peakRssBytes };
  };
  const theirs = (args: readonly string[]): Promise<MeasuredRun> =>
    measuredRun(cosign.path, [...args, ...cosign.flags.both], {
      ...{ ...env, ...idTokenEnvironment, ...cosign.env() },
      HOME: directory,
      COSIGN_YES: 'true',
    });
  const identity = ['--certificate-identity', SUBJECT, '--certificate-oidc-issuer', issuer];

  return {
    log,
    async prepare(name, amount, signatures) {
      const references: string[] = [];
      for (let i = 0; i < amount; i++) {
        const repository = `${name}-${i}`;
        const image = buildImage({ content: repository });
        // The empty config is there after the first signature of a repository: the common case.
        await push(repository, { ...image, blobs: [...image.blobs, Buffer.from('{}')] });
        references.push(`${host}/${repository}@${image.digest}`);
      }
      for (let i = 0; i < signatures; i++) {
        await ours({ images: references.join('\n'), 'if-signed': 'sign' }, false);
      }
      return references;
    },
    sign: (who, references) =>
      who === 'ours'
        ? ours({ images: references.join('\n') }, false)
        : theirs(['sign', ...cosign.flags.sign, ...references]),
    verify: (who, references) =>
      who === 'ours'
        ? ours(
            {
              images: references.join('\n'),
              'certificate-identity': SUBJECT,
              'certificate-oidc-issuer': issuer,
            },
            true,
          )
        : theirs(['verify', ...identity, ...references]),
    [Symbol.asyncDispose]: async () => {
      await aside.close();
      await grounds.close();
    },
  };
}
