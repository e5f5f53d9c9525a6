import { join } from 'node:path';
import { createRequestLog, type RequestLog } from '../../sandbox/http/request-log.ts';
import { type Served, serve } from '../../sandbox/http/serve.ts';
import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import { createRegistry } from '../../sandbox/registry/registry.ts';
import { createTokenServer } from '../../sandbox/registry/token-server.ts';
import { runAction } from '../../sandbox/runner/runner.ts';
import { ROOT } from '../../sandbox/world.ts';
import { type Login, writeDockerConfig } from '../common/docker-config.ts';
import { forwardTo } from '../common/forward.ts';
import { SUBJECT, shownRun } from '../common/sandbox-identity.ts';
import type { ServiceUrls, Stack } from '../peers/stack.ts';
import { type MeasuredRun, measuredRun } from './measured-run.ts';

/** One latency: the real services behind proxies that delay and count, and a registry with token auth. */
export interface Course extends AsyncDisposable {
  /** Every request that came through a proxy, to the registry or to its token server. */
  readonly log: RequestLog;
  /** Pushes images, each into a repository of its own that knows the empty config; pinned references. */
  prepare(name: string, amount: number, signatures: number): Promise<readonly string[]>;
  sign(who: Contestant, references: readonly string[]): Promise<MeasuredRun>;
  verify(who: Contestant, references: readonly string[]): Promise<MeasuredRun>;
}

export type Contestant = 'ours' | 'cosign';

const LOGIN: Login = { username: 'alice', password: 'of-the-bench' };

/** Lays a course of `latencyMs` each way; `cosign` is the path of cosign 3. */
export async function layCourse(stack: Stack, cosign: string, latencyMs: number): Promise<Course> {
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
  const idToken = new URL(stack.idTokenEnvironment['ACTIONS_ID_TOKEN_REQUEST_URL'] ?? '');
  const idTokenEnvironment = {
    ...stack.idTokenEnvironment,
    ACTIONS_ID_TOKEN_REQUEST_URL: `${await proxy('id-token', idToken.origin)}${idToken.pathname}${idToken.search}`,
  };

  const tokens = createTokenServer({ users: { [LOGIN.username]: LOGIN.password } });
  const tokenServer = await serve(tokens.handle, { name: 'token server', log, latencyMs });
  const realm = `${tokenServer.url.replace('127.0.0.1', 'localhost')}/token`;
  const registry = createRegistry({
    auth: { kind: 'bearer', realm, service: tokens.service, verify: tokens.verify },
  });
  const server = await serve(registry.handle, { name: 'registry', log, latencyMs });
  open.push(tokenServer, server);
  const host = `localhost:${server.port}`;

  const directory = join(stack.directory, `course-${latencyMs}`);
  await writeDockerConfig(directory, host, LOGIN);
  const signingConfig = await stack.writeSigningConfig(`bench-${latencyMs}`, 'v1', urls);
  const trustedRoot = stack.trustedRoots.logs;
  const env = { DOCKER_CONFIG: directory };
  // What may not be timed goes to the same registry, past the delay.
  const aside = await serve(registry.handle, { name: 'aside' });
  open.push(aside);

  const ours = async (inputs: Readonly<Record<string, string>>, verify: boolean): Promise<MeasuredRun> => {
    const run = await runAction({
      actionDir: verify ? join(ROOT, 'verify') : ROOT,
      inputs: { 'trusted-root': trustedRoot, ...inputs },
      env: verify ? env : { ...env, ...idTokenEnvironment },
      tempRoot: directory,
      measureMemory: true,
    });
    await run.remove();
    if (run.exitCode !== 0) throw new Error(shownRun(run));
    return { wallMs: run.durationMs, peakRssBytes: run.peakRssBytes };
  };
  const theirs = (args: readonly string[]): Promise<MeasuredRun> =>
    measuredRun(cosign, [...args, '--trusted-root', trustedRoot, '--allow-http-registry'], {
      ...env,
      ...idTokenEnvironment,
      HOME: directory,
      COSIGN_YES: 'true',
    });
  const identity = ['--certificate-identity', SUBJECT, '--certificate-oidc-issuer', stack.issuer];

  return {
    log,
    async prepare(name, amount, signatures) {
      const references: string[] = [];
      for (let i = 0; i < amount; i++) {
        const repository = `${name}-${i}`;
        const image = buildImage({ content: repository });
        // The empty config is there after the first signature of a repository: the common case.
        await pushImage(
          aside.url,
          repository,
          { ...image, blobs: [...image.blobs, Buffer.from('{}')] },
          { tag: '1', credentials: LOGIN },
        );
        references.push(`${host}/${repository}@${image.digest}`);
      }
      for (let i = 0; i < signatures; i++) {
        await ours({ images: references.join('\n'), 'signing-config': signingConfig, 'if-signed': 'sign' }, false);
      }
      return references;
    },
    sign: (who, references) =>
      who === 'ours'
        ? ours({ images: references.join('\n'), 'signing-config': signingConfig }, false)
        : theirs(['sign', '--signing-config', signingConfig, ...references]),
    verify: (who, references) =>
      who === 'ours'
        ? ours(
            {
              images: references.join('\n'),
              'certificate-identity': SUBJECT,
              'certificate-oidc-issuer': stack.issuer,
            },
            true,
          )
        : theirs(['verify', ...identity, ...references]),
    [Symbol.asyncDispose]: async () => {
      for (const served of open) await served.close();
    },
  };
}
