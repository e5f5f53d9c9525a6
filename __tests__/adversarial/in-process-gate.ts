import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, expect } from 'vitest';
import { DEFAULT_RUN, DEFAULT_SUBJECT } from '../../sandbox/github/claims.ts';
import { type FaultRule, withFaults } from '../../sandbox/http/faults.ts';
import { createRequestLog, type LoggedRequest, type RequestLog } from '../../sandbox/http/request-log.ts';
import { serve } from '../../sandbox/http/serve.ts';
import { type BuiltImage, buildImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import type { Quirks } from '../../sandbox/registry/quirks.ts';
import { createRegistry, type RegistryService } from '../../sandbox/registry/registry.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { RUN_COMMIT } from '../../sandbox/runner/checkout.ts';
import { BUNDLE_V03 } from '../../sandbox/sigstore/hand-signer.ts';
import { type SigstoreOptions, type SigstoreStack, startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { type InProcessOptions, type InProcessRun, runInProcess } from '../../scripts/common/run-in-process.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import type { Results } from '../../src/domain/results.ts';

/* The whole verify action in this process, against a registry and a Sigstore: hundreds of attacks take seconds. */

export interface GateRun extends InProcessRun {
  /** Without images where there are none. */
  readonly results: Results;
  /** Every call of the run, to any service. */
  readonly requests: readonly LoggedRequest[];
  /** How far wait-for and retries moved the clock, in ms; no test waits for real. */
  readonly waitedMs: number;
}

export interface RunContext extends Partial<Pick<InProcessOptions, 'action' | 'env' | 'event' | 'onOutput'>> {
  /** Added to the runner's clock, in ms. */
  readonly clockAheadMs?: number;
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
  /** Puts an image into a repository of its own, past all checks. */
  freshImage(image?: BuiltImage, tag?: string): LabImage;
  /** Puts an image of its own into a repository, past all checks; returns its digest. */
  putImage(repository: string, image?: BuiltImage, tag?: string): Digest;
  /** Attaches a bundle as a referrer, past all checks. */
  attach(repository: string, subject: string, bundle: unknown): string;
  /** What handlers threw: bugs of the sandbox, which a run takes for a registry that is down. */
  failures(): readonly unknown[];
  /** Faults before the registry, until the next call. */
  setFaults(rules: readonly FaultRule[]): void;
  /** Runs the action. Trust is the sandbox's unless an input says otherwise; nothing is waited for. */
  verify(inputs: Readonly<Record<string, string>>, context?: RunContext): Promise<GateRun>;
  /** The same for verify-files; files may name the registry of this lab. */
  verifyFiles(inputs: Readonly<Record<string, string>>, context?: RunContext): Promise<GateRun>;
}

export interface LabImage {
  readonly repository: string;
  readonly digest: Digest;
  /** `127.0.0.1:<port>/<repository>`. */
  readonly name: string;
  /** The same with the digest. */
  readonly reference: string;
}

/** A lab for all tests of a file: each finds the registry without faults and quirks. None of its services may have failed by mistake. */
export async function openLab(): Promise<Lab> {
  const lab = await startLab();
  afterEach(() => {
    lab.setFaults([]);
    for (const name of Object.keys(lab.registry.quirks)) delete lab.registry.quirks[name as keyof Quirks];
  });
  afterAll(async () => {
    await lab[Symbol.asyncDispose]();
    expect(lab.failures()).toEqual([]);
  });
  return lab;
}

/** Who signs in the sandbox unless told otherwise. */
export const RELEASE = {
  repository: DEFAULT_RUN.repository,
  workflow: DEFAULT_RUN.workflowPath,
  ref: DEFAULT_RUN.ref,
  subject: DEFAULT_SUBJECT,
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
  let runs = 0;
  let images = 0;

  const runGate = async (
    action: 'verify' | 'verify-files',
    inputs: Readonly<Record<string, string>>,
    { clockAheadMs = 0, ...context }: RunContext = {},
  ): Promise<GateRun> => {
    runs += 1;
    const temp = join(directory, `run-${runs}`);
    const before = log.requests().length;
    let waitedMs = 0;
    const run = await runInProcess({
      action,
      inputs: {
        ...(context.action === 'audit' ? {} : { 'wait-for': '0s' }),
        'retry-for': '0s',
        ...('tuf-mirror' in inputs || 'instance' in inputs ? {} : { 'trusted-root': sigstore.trustedRootJson('all') }),
        ...('certificate-oidc-issuer' in inputs || 'certificate-oidc-issuer-regexp' in inputs
          ? {}
          : { 'certificate-oidc-issuer': sigstore.issuer }),
        ...inputs,
      },
      event: undefined,
      githubToken: 'ghs_lab',
      random: () => 0.5,
      clock: () => ({
        now: () => new Date(Date.now() + clockAheadMs + waitedMs),
        sleep: async (ms) => {
          waitedMs += ms;
          await nextTurn();
        },
      }),
      ...context,
      env: {
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
      },
    });
    const { results = { schemaVersion: 2, verified: false, images: [] } } = run;
    return { ...run, results, requests: log.requests().slice(before), waitedMs };
  };

  const putImage: Lab['putImage'] = (repository, image = buildImage({ content: repository }), tag = undefined) =>
    storeImage(registry.store, repository, image, tag) as Digest;

  return {
    sigstore,
    registry,
    log,
    host,
    storageUrl: storage.url,
    directory,
    putImage,
    freshImage(image, tag) {
      images += 1;
      const repository = `acme/fresh-${images}`;
      const digest = putImage(repository, image, tag);
      const name = `${host}/${repository}`;
      return { repository, digest, name, reference: `${name}@${digest}` };
    },
    attach: (repository, subject, bundle) =>
      seedReferrer(registry.store, repository, subject, {
        artifactType: BUNDLE_V03,
        layer: typeof bundle === 'string' || bundle instanceof Uint8Array ? bundle : JSON.stringify(bundle),
      }),
    failures: () => [...server.failures, ...storage.failures, ...sigstore.failures()],
    setFaults(rules) {
      handle = withFaults(registry.handle, rules);
    },
    verify: (inputs, context) => runGate('verify', inputs, context),
    verifyFiles: (inputs, context) => runGate('verify-files', { 'insecure-registries': host, ...inputs }, context),
    async [Symbol.asyncDispose]() {
      await Promise.all([server.close(), storage.close(), sigstore.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
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
