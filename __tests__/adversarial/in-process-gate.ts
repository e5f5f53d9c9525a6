import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type FaultRule, withFaults } from '../../sandbox/http/faults.ts';
import { createRequestLog, type LoggedRequest, type RequestLog } from '../../sandbox/http/request-log.ts';
import { serve } from '../../sandbox/http/serve.ts';
import { type BuiltImage, buildImage } from '../../sandbox/registry/image-builder.ts';
import { createRegistry, type RegistryService } from '../../sandbox/registry/registry.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { RUN_COMMIT } from '../../sandbox/runner/checkout.ts';
import { evaluateDefault, readManifest } from '../../sandbox/runner/runner.ts';
import { type RunnerCommand, readStream } from '../../sandbox/runner/workflow-commands.ts';
import { type SigstoreOptions, type SigstoreStack, startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03 } from '../../src/domain/image/media-types.ts';
import type { Results } from '../../src/domain/results.ts';
import { leadsTo } from '../../src/entries/action/real-path.ts';
import { reportFailure } from '../../src/entries/action/report-failure.ts';
import { startDeadline } from '../../src/entries/action/run-deadline.ts';
import type { RunEnvironment } from '../../src/entries/action/run-environment.ts';
import { TIMEOUT_MS } from '../../src/entries/verify/inputs.ts';
import { clearVerifyOutputs } from '../../src/entries/verify/outputs.ts';
import { publishStopped } from '../../src/entries/verify/publish.ts';
import { runVerify } from '../../src/entries/verify/run-verify.ts';
import { readContext } from '../../src/github/context.ts';
import { appendJobSummary } from '../../src/github/job-summary.ts';
import { createOutlet } from '../../src/github/outlet.ts';

/*
 * The whole verify action in this process: its own entry, inputs, adapters over real HTTP, and report; only
 * the process around it (environment, clock, streams) is ours. So hundreds of attacks take seconds.
 */

export interface GateRun {
  readonly exitCode: 0 | 1;
  readonly outputs: Readonly<Record<string, string>>;
  /** Every `set-output` in order, so that a test sees what was set first. */
  readonly outputOrder: readonly (readonly [name: string, value: string])[];
  /** The whole results: the output is cut above 100,000 bytes. */
  readonly results: Results;
  readonly stdout: string;
  /** What GitHub's runner would take for a command. */
  readonly commands: readonly RunnerCommand[];
  /** The log as people see it, without debug lines. */
  readonly log: readonly string[];
  readonly summary: string;
  /** Every call of the run, to any service. */
  readonly requests: readonly LoggedRequest[];
  /** How far wait-for and retries moved the clock, in ms; no test waits for real. */
  readonly waitedMs: number;
}

export interface RunContext {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly event?: unknown;
  /** Added to the runner's clock, in ms. */
  readonly clockAheadMs?: number;
  /** Called before each output is set; may throw, as a full disk would. */
  readonly onOutput?: (name: string, value: string) => void;
}

export interface Lab extends AsyncDisposable {
  readonly sigstore: SigstoreStack;
  readonly registry: RegistryService;
  readonly log: RequestLog;
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  /** Origin of the registry's blob storage. */
  readonly storageUrl: string;
  /** A directory of this lab, for files. */
  readonly directory: string;
  /** Puts an image of its own into a repository, past all checks; returns its digest. */
  putImage(repository: string, image?: BuiltImage, tag?: string): Digest;
  /** Attaches a bundle as a referrer, past all checks. */
  attach(repository: string, subject: string, bundle: unknown): string;
  /** Faults before the registry, until the next call. */
  setFaults(rules: readonly FaultRule[]): void;
  /** Runs the action. Trust is the sandbox's unless an input says otherwise; nothing is waited for. */
  verify(inputs: Readonly<Record<string, string>>, context?: RunContext): Promise<GateRun>;
}

const VERIFY_ACTION = join(import.meta.dirname, '../../verify');

/** Who signs in the sandbox unless told otherwise. */
export const RELEASE = {
  repository: 'octo-org/octo-repo',
  workflow: '.github/workflows/release.yml',
  ref: 'refs/heads/main',
  subject: 'https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main',
} as const;

export async function startLab(options: { readonly sigstore?: SigstoreOptions } = {}): Promise<Lab> {
  const log = createRequestLog();
  const sigstore = await startSigstore({ log, ...options.sigstore });
  const registry = createRegistry();
  let handle = registry.handle;
  const server = await serve((request) => handle(request), { name: 'registry', log });
  const storage = await serve(registry.storage, { name: 'storage', log });
  const directory = await mkdtemp(join(tmpdir(), 'gate-'));
  const host = new URL(server.url).host;
  const manifest = await readManifest(VERIFY_ACTION);
  let runs = 0;

  const verify: Lab['verify'] = async (inputs, context = {}) => {
    runs += 1;
    const temp = join(directory, `run-${runs}`);
    const env: Record<string, string | undefined> = {
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_API_URL: 'https://api.github.invalid',
      GITHUB_REPOSITORY: 'acme/app',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_SHA: RUN_COMMIT,
      GITHUB_WORKSPACE: directory,
      RUNNER_TEMP: temp,
      RUNNER_TOOL_CACHE: join(temp, 'tool'),
      GITHUB_STEP_SUMMARY: join(directory, `summary-${runs}.md`),
      HOME: temp,
      ...context.env,
    };
    const given: Record<string, string> = {
      'wait-for': '0s',
      'retry-for': '0s',
      ...('tuf-mirror' in inputs || 'instance' in inputs ? {} : { 'trusted-root': sigstore.trustedRootJson('all') }),
      ...('certificate-oidc-issuer' in inputs || 'certificate-oidc-issuer-regexp' in inputs
        ? {}
        : { 'certificate-oidc-issuer': sigstore.issuer }),
      ...inputs,
    };
    let stdout = '';
    let exitCode: 0 | 1 = 0;
    const outputOrder: [string, string][] = [];
    const write = (text: string): void => {
      stdout += text;
    };
    let waitedMs = 0;
    const run: RunEnvironment = {
      env,
      linuxUid: undefined,
      clock: {
        now: () => new Date(Date.now() + (context.clockAheadMs ?? 0) + waitedMs),
        sleep: async (ms) => {
          waitedMs += ms;
          await nextTurn();
        },
      },
      random: () => 0.5,
      context: readContext(env, context.event),
      event: context.event,
      ...createOutlet({
        write,
        setOutput: (name, value) => {
          context.onOutput?.(name, value);
          outputOrder.push([name, value]);
        },
        appendSummary: (markdown) => void appendJobSummary(env['GITHUB_STEP_SUMMARY'], markdown),
      }),
      files: {
        read: (path) => readFile(path).catch(() => undefined),
        glob: () => Promise.resolve([]),
        realPath: (path) => realpath(path).catch(() => undefined),
        leadsTo,
      },
      input: (name) => {
        const value = given[name] ?? manifest.inputs[name]?.default ?? '';
        return evaluateDefault(value, { github: { token: 'ghs_lab' } });
      },
      setExitCode: (code) => {
        exitCode = code;
      },
      after: () => () => undefined,
      kill: () => undefined,
    };
    const deadline = startDeadline(run, TIMEOUT_MS);
    const before = log.requests().length;
    try {
      clearVerifyOutputs(run);
      await runVerify(run, deadline);
    } catch (error) {
      await publishStopped(run, reportFailure(run, error));
    }
    const outputs = Object.fromEntries(outputOrder);
    const read = readStream(stdout, []);
    return {
      exitCode,
      outputs,
      outputOrder,
      results: await readResults(outputs),
      stdout,
      commands: read.commands,
      log: read.log.filter((line) => !line.startsWith('##[debug]')),
      summary: await readFile(env['GITHUB_STEP_SUMMARY'] ?? '', 'utf8').catch(() => ''),
      requests: log.requests().slice(before),
      waitedMs,
    };
  };

  return {
    sigstore,
    registry,
    log,
    host,
    storageUrl: storage.url,
    directory,
    putImage(repository, image = buildImage({ content: repository }), tag = undefined) {
      for (const blob of image.blobs) registry.store.putBlob(repository, blob);
      for (const one of image.manifests) registry.store.putManifest(repository, one.bytes, one.mediaType);
      if (tag !== undefined) registry.store.setTag(repository, tag, image.digest);
      return image.digest as Digest;
    },
    attach: (repository, subject, bundle) =>
      seedReferrer(registry.store, repository, subject, {
        artifactType: BUNDLE_V03,
        layer: typeof bundle === 'string' || bundle instanceof Uint8Array ? bundle : JSON.stringify(bundle),
      }),
    setFaults(rules) {
      handle = withFaults(registry.handle, rules);
    },
    verify,
    async [Symbol.asyncDispose]() {
      await Promise.all([server.close(), storage.close(), sigstore.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function readResults(outputs: Readonly<Record<string, string>>): Promise<Results> {
  const path = outputs['report-path'];
  const text = path
    ? await readFile(path, 'utf8')
    : outputs['results'] || '{"schemaVersion":1,"verified":false,"images":[]}';
  return JSON.parse(text) as Results;
}

/** Identity inputs that accept the sandbox's default signer. */
export const RIGHT_SIGNER = {
  'source-repository': RELEASE.repository,
  workflow: RELEASE.workflow,
  'source-ref': RELEASE.ref,
} as const;

/** Verdict and reason of the first image. */
export function decision(run: GateRun): string {
  const [image] = run.results.images;
  return image === undefined ? `stopped ${run.outputs['reason']}` : `${image.verdict} ${image.reason ?? ''}`.trim();
}

/** True if anything a later step may read says that the gate opened. */
export function isOpen(run: { readonly exitCode: number | null; readonly outputs: Readonly<Record<string, string>> }) {
  return run.exitCode === 0 || run.outputs['verified'] === 'true' || run.outputs['images'] !== '';
}
