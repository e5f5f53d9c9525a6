import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluateDefault, readManifest } from '../../sandbox/runner/runner.ts';
import { type RunnerCommand, readStream } from '../../sandbox/runner/workflow-commands.ts';
import { ROOT } from '../../sandbox/world.ts';
import type { CodedError } from '../../src/coded-error.ts';
import type { Results } from '../../src/domain/results.ts';
import { workspaceOf } from '../../src/entries/action/confined-files.ts';
import { environmentSecrets } from '../../src/entries/action/environment-secrets.ts';
import { reportStop } from '../../src/entries/action/report-failure.ts';
import { type RunDeadline, startDeadline } from '../../src/entries/action/run-deadline.ts';
import { globFiles, type RunEnvironment, readRunEnvironment } from '../../src/entries/action/run-environment.ts';
import { AUDIT } from '../../src/entries/audit/audit.ts';
import type { Gate } from '../../src/entries/gate/gate.ts';
import { TIMEOUT_MS as GATE_TIMEOUT_MS } from '../../src/entries/gate/inputs.ts';
import { clearGateOutputs } from '../../src/entries/gate/outputs.ts';
import { publishStopped as publishStoppedGate } from '../../src/entries/gate/publish.ts';
import { runGate } from '../../src/entries/gate/run-gate.ts';
import { TIMEOUT_MS as SIGN_TIMEOUT_MS } from '../../src/entries/sign/inputs.ts';
import { clearSignOutputs } from '../../src/entries/sign/outputs.ts';
import { publishStopped as publishStoppedSign } from '../../src/entries/sign/publish.ts';
import { runSign } from '../../src/entries/sign/run-sign.ts';
import { VERIFY } from '../../src/entries/verify/verify.ts';
import { VERIFY_FILES } from '../../src/entries/verify-files/verify-files.ts';
import { readContext } from '../../src/github/context.ts';
import { appendJobSummary } from '../../src/github/job-summary.ts';
import { createOutlet } from '../../src/github/outlet.ts';

export interface InProcessOptions {
  readonly action: 'sign' | 'verify' | 'verify-files' | 'audit';
  /** The step's `with:`; what is missing has its default of action.yml. */
  readonly inputs: Readonly<Record<string, string>>;
  /** All of the environment; nothing is taken from this process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The event payload. */
  readonly event: unknown;
  /** `github.token`; default none. */
  readonly githubToken?: string;
  /** The clock of the run, given the real one; default that. */
  readonly clock?: (real: RunEnvironment['clock']) => RunEnvironment['clock'];
  /** Default the real one. */
  readonly random?: RunEnvironment['random'];
  /** Called before each output is set; may throw, as a full disk would. */
  readonly onOutput?: (name: string, value: string) => void;
}

export interface InProcessRun {
  readonly exitCode: 0 | 1;
  readonly outputs: Readonly<Record<string, string>>;
  /** Every output in the order in which it was set. */
  readonly outputOrder: readonly (readonly [name: string, value: string])[];
  /** The whole results, which the output of that name cuts above 100,000 bytes; undefined if there are none. */
  readonly results: Results | undefined;
  /** What stopped the run before it had results of its own. */
  readonly failure: CodedError | undefined;
  readonly stdout: string;
  /** What GitHub's runner would take for a command. */
  readonly commands: readonly RunnerCommand[];
  /** The log as people see it, without debug lines. */
  readonly log: readonly string[];
  /** What $GITHUB_STEP_SUMMARY holds afterwards. */
  readonly summary: string;
  readonly durationMs: number;
}

const ACTIONS = {
  sign: {
    manifest: await readManifest(ROOT),
    timeoutMs: SIGN_TIMEOUT_MS,
    clear: clearSignOutputs,
    run: runSign,
    publishStopped: publishStoppedSign,
  },
  verify: await gateAction(VERIFY),
  'verify-files': await gateAction(VERIFY_FILES),
  audit: await gateAction(AUDIT),
} as const;

async function gateAction(gate: Gate) {
  return {
    manifest: await readManifest(join(ROOT, gate.action)),
    timeoutMs: GATE_TIMEOUT_MS,
    clear: gate.reports?.clearOutputs ?? ((run: RunEnvironment) => clearGateOutputs(run, gate.outputs)),
    run: (run: RunEnvironment, deadline: RunDeadline) => runGate(run, deadline, gate),
    publishStopped: (run: RunEnvironment, error: CodedError) =>
      gate.reports === undefined ? publishStoppedGate(run, error, gate) : gate.reports.publishStopped(run, error),
  };
}

/**
 * Runs one action as its main.ts does, in this process: entry, inputs, adapters over real HTTP and report are
 * the product's, only the process around them is ours. A hundred times cheaper than a process each; what bundling
 * does to it, only `dist/` shows. Nothing is written but where `env` says.
 */
export async function runInProcess(options: InProcessOptions): Promise<InProcessRun> {
  const { inputs, env, event, onOutput, githubToken = '' } = options;
  const action = ACTIONS[options.action];
  const real = await readRunEnvironment();
  const outputOrder: [string, string][] = [];
  let stdout = '';
  let exitCode: 0 | 1 = 0;
  let failure: CodedError | undefined;
  const run: RunEnvironment = {
    ...real,
    env,
    linuxUid: undefined,
    clock: options.clock?.(real.clock) ?? real.clock,
    random: options.random ?? real.random,
    context: readContext(env, event),
    ...createOutlet({
      write: (text) => {
        stdout += text;
      },
      setOutput: (name, value) => {
        onOutput?.(name, value);
        outputOrder.push([name, value]);
      },
      appendSummary: async (markdown) => void appendJobSummary(env['GITHUB_STEP_SUMMARY'], markdown),
    }),
    // The real one would look in the workspace of this process.
    files: { ...real.files, glob: (pattern) => globFiles(pattern, workspaceOf(env)) },
    input: (name) =>
      inputs[name] ?? evaluateDefault(action.manifest.inputs[name]?.default ?? '', { github: { token: githubToken } }),
    setExitCode: (code) => {
      exitCode = code;
    },
    kill: () => undefined,
  };
  for (const secret of environmentSecrets(env)) run.mask(secret);
  const started = performance.now();
  const deadline = startDeadline(run, action.timeoutMs);
  try {
    action.clear(run);
    await action.run(run, deadline);
  } catch (error) {
    failure = await reportStop(run, error);
    await action.publishStopped(run, failure);
  } finally {
    deadline.close();
  }
  const durationMs = performance.now() - started;
  const outputs = Object.fromEntries(outputOrder);
  const { commands, log } = readStream(stdout);
  return {
    exitCode,
    outputs,
    outputOrder,
    results: await readResults(outputs),
    failure,
    stdout,
    commands,
    log: log.filter((line) => !line.startsWith('##[debug]')),
    summary: await readFile(env['GITHUB_STEP_SUMMARY'] ?? '', 'utf8').catch(() => ''),
    durationMs,
  };
}

async function readResults(outputs: Readonly<Record<string, string>>): Promise<Results | undefined> {
  const path = outputs['report-path'];
  const text = path ? await readFile(path, 'utf8') : outputs['results'];
  return text ? (JSON.parse(text) as Results) : undefined;
}
