import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_RUN } from '../../sandbox/github/claims.ts';
import { tooManyRequests } from '../../sandbox/http/faults.ts';
import { type Handler, type Reply, type SandboxRequest, serve } from '../../sandbox/http/serve.ts';
import { buildImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import { createRegistry } from '../../sandbox/registry/registry.ts';
import { startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { type InProcessRun, runInProcess } from '../common/run-in-process.ts';
import { type SimulatedTime, startSimulatedTime } from '../common/simulated-time.ts';

/** What a service that has had enough says. `page`: a page without a wait, as the proxy before the public Rekor. */
export type Refusal = 'seconds' | 'date' | 'go-duration' | 'page';

/** How often a service may be asked in a minute, which begins with a request and ends for all callers at once. */
export interface Limit {
  readonly perMinute: number;
  readonly refusal: Refusal;
  /** Requests of other callers in the minute in which the run begins; default none. */
  readonly others?: number;
}

export interface LimitedOptions {
  readonly images: number;
  readonly log?: Limit;
  readonly ca?: Limit;
  /** Uploads opened, as GHCR counts them. */
  readonly registry?: Limit;
  /** True if only waits take time, so that limits do not depend on how fast this machine is. */
  readonly isTimeFrozen?: boolean;
  /** Further inputs of the step. */
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface LimitedRun {
  readonly run: InProcessRun;
  /** Images whose repository lists a signature afterwards. */
  readonly signed: number;
  /** Entries that the log has made. */
  readonly logEntries: number;
  /** Requests that were refused with 429. */
  readonly refusals: Readonly<Record<'log' | 'ca' | 'registry', number>>;
  /** From the start of the run to its end, in simulated ms. */
  readonly simulatedMs: number;
}

/** Signs many images in one step, in this process and in simulated time, with services that limit their callers. */
export async function signLimited(options: LimitedOptions): Promise<LimitedRun> {
  using time = startSimulatedTime({ frozen: options.isTimeFrozen ?? false });
  const refusals = { log: 0, ca: 0, registry: 0 };
  let logEntries = 0;
  const limited = (name: keyof typeof refusals, isCounted: (request: SandboxRequest) => boolean, handler: Handler) => {
    const limit = options[name];
    const refuse = () => {
      refusals[name] += 1;
    };
    return time.watch(limit === undefined ? handler : withLimit(handler, { limit, time, isCounted, refuse }));
  };
  const isPost = ({ method }: SandboxRequest): boolean => method === 'POST';
  await using sigstore = await startSigstore({
    clock: time.now,
    wrap: (service, handler) => {
      if (service === 'ca') return limited('ca', isPost, handler);
      if (service !== 'rekor-v1') return time.watch(handler);
      return limited('log', isPost, async (request) => {
        const reply = await handler(request);
        if (reply.status === 201) logEntries += 1;
        return reply;
      });
    },
  });
  const registry = createRegistry();
  const isUpload = (request: SandboxRequest): boolean => isPost(request) && request.url.pathname.endsWith('/uploads/');
  await using server = await serve(limited('registry', isUpload, registry.handle), { name: 'registry' });
  const directory = await mkdtemp(join(tmpdir(), 'countersign-growth-'));
  try {
    const images = Array.from({ length: options.images }, (_, index) => {
      const repository = `growth/app${index}`;
      return { repository, digest: storeImage(registry.store, repository, buildImage({ content: repository }), '1') };
    });
    const temp = join(directory, 'temp');
    await mkdir(temp);
    const startedMs = time.now().getTime();
    const run = await runInProcess({
      action: 'sign',
      clock: () => time.clock,
      inputs: {
        images: images.map(({ repository, digest }) => `${server.host}/${repository}@${digest}`).join('\n'),
        'trusted-root': sigstore.trustedRootJson('all'),
        'signing-config': sigstore.signingConfigJson('v1'),
        summary: 'false',
        ...options.inputs,
      },
      env: {
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_EVENT_NAME: 'push',
        HOME: directory,
        RUNNER_TEMP: temp,
        RUNNER_TOOL_CACHE: join(temp, 'tool'),
        GITHUB_REPOSITORY: DEFAULT_RUN.repository,
        GITHUB_SHA: '1'.repeat(40),
        GITHUB_WORKSPACE: temp,
        ...sigstore.idTokenEnvironment,
      },
      event: { repository: { full_name: DEFAULT_RUN.repository, visibility: 'public', private: false } },
    });
    const isSigned = ({ repository }: { readonly repository: string }): boolean =>
      (registry.store.repository(repository)?.manifests.size ?? 0) > 1;
    const signed = images.filter(isSigned).length;
    return { run, refusals, logEntries, signed, simulatedMs: time.now().getTime() - startedMs };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

const MINUTE_MS = 60_000;

interface Limiting {
  readonly limit: Limit;
  readonly time: SimulatedTime;
  readonly isCounted: (request: SandboxRequest) => boolean;
  readonly refuse: () => void;
}

/** The service, which serves so many requests in each minute and refuses the others until that has ended. */
function withLimit(handler: Handler, { limit, time, isCounted, refuse }: Limiting): Handler {
  let endMs = time.now().getTime() + MINUTE_MS;
  let served = limit.others ?? 0;
  return (request) => {
    if (!isCounted(request)) return handler(request);
    const nowMs = time.now().getTime();
    if (nowMs >= endMs) {
      served = 0;
      endMs = nowMs + MINUTE_MS;
    }
    if (served < limit.perMinute) {
      served += 1;
      return handler(request);
    }
    refuse();
    return refusal(limit.refusal, { nowMs, untilMs: endMs });
  };
}

function refusal(kind: Refusal, { nowMs, untilMs }: { readonly nowMs: number; readonly untilMs: number }): Reply {
  switch (kind) {
    case 'seconds':
      return tooManyRequests({ seconds: Math.ceil((untilMs - nowMs) / 1000) });
    case 'date':
      return tooManyRequests({ date: new Date(untilMs) });
    case 'go-duration':
      return tooManyRequests({ goDuration: `${((untilMs - nowMs) / 1000).toFixed(6)}s` });
    case 'page':
      return {
        status: 429,
        headers: [['Content-Type', 'text/html']],
        body: '<html><head><title>429 Too Many Requests</title></head><body>nginx</body></html>',
      };
  }
}
