import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { RUN_COMMIT } from './checkout.ts';
import { parseFileCommands, type RunnerCommand, readStream } from './workflow-commands.ts';

/** The part of an action.yml that the runner needs to run a JavaScript action. */
export interface ActionManifest {
  readonly name: string;
  readonly using: string;
  readonly main: string;
  readonly inputs: Readonly<Record<string, { readonly default: string | undefined; readonly required: boolean }>>;
  readonly outputs: readonly string[];
}

export interface RunOptions {
  /** Directory of the action.yml: the repository root, or the folder of another action. */
  readonly actionDir: string;
  /** The step's `with:`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** More or other environment; undefined removes a variable. ACTIONS_ID_TOKEN_REQUEST_* belong here. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly eventName?: string;
  /** The event payload; by default a push to a public repository acme/app. */
  readonly event?: unknown;
  /** The checked out repository and working directory; a fresh empty one by default. */
  readonly workspace?: string;
  /** `github.token` and `GITHUB_ACTOR`. */
  readonly githubToken?: string;
  readonly actor?: string;
  /** Secrets of the job: masked from the start, as the token is. */
  readonly secrets?: readonly string[];
  /** Subjects earlier steps declared ($GITHUB_ARTIFACTS_LIST), written as given. */
  readonly artifactsList?: string;
  /** After this the process is killed and the result says so. */
  readonly timeoutMs?: number;
  /** Debug logging is on, as after "Re-run jobs" with that box ticked: RUNNER_DEBUG is set. Default false. */
  readonly debugLogging?: boolean;
  /** Samples the peak resident set of the process (Linux only). */
  readonly measureMemory?: boolean;
  /** Where the temporary tree is made (kept until `remove`). */
  readonly tempRoot?: string;
  /** Runs the action's file; default this Node in a process of its own. */
  readonly program?: Program;
}

/** Runs the file of an action in a directory, with all of its environment, and says how that ended. */
export type Program = (
  main: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  options: RunOptions,
) => Promise<FinishedProcess>;

export interface RunResult {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  /** What `steps.<id>.outputs` would hold: GITHUB_OUTPUT, then `::set-output::`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What of them could become outputs of the job: GitHub drops an output that holds a masked value. */
  readonly jobOutputs: Readonly<Record<string, string>>;
  /** The job summary of the step as people see it, Markdown: nothing above 1 MiB. */
  readonly summary: string;
  /** GITHUB_ENV and GITHUB_STATE. */
  readonly exported: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** Every command found in stdout and stderr, also `add-mask`, in order per stream. */
  readonly commands: readonly RunnerCommand[];
  readonly masks: readonly string[];
  /** The log as people see it: masked, both streams, stdout first. */
  readonly log: readonly string[];
  /** The runner's own complaints, such as undeclared inputs or a summary that is too long. */
  readonly warnings: readonly string[];
  /** As printed, unmasked. */
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
  /** When the process was started: performance.now() of this process, as in a RequestLog. */
  readonly startedAt: number;
  /** Only with `measureMemory`, on Linux. */
  readonly peakRssBytes: number | undefined;
  /** RUNNER_TEMP of this run. */
  readonly runnerTemp: string;
  readonly workspace: string;
  /** Deletes the temporary tree. */
  remove(): Promise<void>;
}

/** Reads and checks an action.yml; throws if it is not a JavaScript action. */
export async function readManifest(actionDir: string): Promise<ActionManifest> {
  const document: unknown = parseYaml(await readFile(join(actionDir, 'action.yml'), 'utf8'));
  const root = asRecord(document, 'action.yml');
  const runs = asRecord(root['runs'], 'runs');
  const using = String(runs['using']);
  if (!/^node\d+$/.test(using) || typeof runs['main'] !== 'string') {
    throw new Error(`${actionDir}/action.yml is not a JavaScript action`);
  }
  const inputs: Record<string, { default: string | undefined; required: boolean }> = {};
  for (const [name, value] of Object.entries(asRecord(root['inputs'] ?? {}, 'inputs'))) {
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) throw new Error(`input id '${name}' is not allowed`);
    const input = asRecord(value ?? {}, `inputs.${name}`);
    const fallback = input['default'];
    inputs[name] = {
      default: fallback === undefined || fallback === null ? undefined : String(fallback),
      required: input['required'] === true,
    };
  }
  const outputs = Object.keys(asRecord(root['outputs'] ?? {}, 'outputs'));
  return { name: String(root['name']), using, main: runs['main'], inputs, outputs };
}

function asRecord(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${what} is not a mapping`);
  return value as Record<string, unknown>;
}

/** Evaluates `${{ github.x }}` and `${{ runner.x }}`; anything else in a default is an error. */
export function evaluateDefault(
  text: string,
  contexts: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_whole, expression: string) => {
    const [context, key, ...more] = expression.split('.');
    if (context === undefined || key === undefined || more.length > 0 || contexts[context] === undefined) {
      throw new Error(`cannot evaluate '${expression}' in an input default`);
    }
    return contexts[context][key] ?? '';
  });
}

/** The name under which an action finds an input: `INPUT_IMAGE-DIGEST`. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

/** A larger summary is not shown at all (actions/runner, CreateStepSummaryCommand). */
const SUMMARY_MAX_BYTES = 1_048_576;

const DEFAULT_EVENT = {
  repository: {
    id: 4242,
    full_name: 'acme/app',
    name: 'app',
    owner: { login: 'acme', id: 77 },
    private: false,
    visibility: 'public',
  },
};

/** `runs.using` of every action of this repository. */
const ACTIONS_NODE = 'node24';

/**
 * Runs an action as GitHub's runner would: inputs and defaults from its action.yml, fresh file-command
 * files, an otherwise empty environment (only PATH is inherited), Node 24, and its output read for
 * workflow commands. Asynchronous, so that servers in this process can answer.
 */
export async function runAction(options: RunOptions): Promise<RunResult> {
  const manifest = await readManifest(options.actionDir);
  const thisNode = `node${process.versions.node.split('.')[0]}`;
  // The next LTS is tried before runners have it: this variable says which Node stands in for the actions'.
  const standIn = process.env['COUNTERSIGN_TEST_NODE'];
  const wanted = standIn !== undefined && manifest.using === ACTIONS_NODE ? `node${standIn}` : manifest.using;
  if (wanted !== thisNode) throw new Error(`the action is for ${wanted}, this is ${thisNode}`);
  const root = await mkdtemp(join(await realpath(options.tempRoot ?? tmpdir()), 'runner-'));
  const directory = async (name: string): Promise<string> => {
    await mkdir(join(root, name), { recursive: true });
    return join(root, name);
  };
  const runnerTemp = await directory('_temp');
  const fileCommands = await directory('_temp/_runner_file_commands');
  const workspace = options.workspace ?? (await directory('work/app/app'));
  const files = {
    GITHUB_OUTPUT: join(fileCommands, 'set_output_1'),
    GITHUB_STEP_SUMMARY: join(fileCommands, 'step_summary_1'),
    GITHUB_ENV: join(fileCommands, 'set_env_1'),
    GITHUB_STATE: join(fileCommands, 'save_state_1'),
    GITHUB_PATH: join(fileCommands, 'add_path_1'),
    GITHUB_ARTIFACTS: join(fileCommands, 'artifacts_1'),
    GITHUB_ARTIFACTS_LIST: join(fileCommands, 'artifacts_list_1'),
  };
  for (const path of Object.values(files)) await writeFile(path, '');
  if (options.artifactsList !== undefined) await writeFile(files.GITHUB_ARTIFACTS_LIST, options.artifactsList);
  const eventPath = join(await directory('_temp/_github_workflow'), 'event.json');
  const event = options.event ?? DEFAULT_EVENT;
  await writeFile(eventPath, JSON.stringify(event));

  const environment: Record<string, string> = {
    ...defaultEnvironment(options, event),
    ...files,
    GITHUB_EVENT_PATH: eventPath,
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: runnerTemp,
    RUNNER_TOOL_CACHE: await directory('_tool'),
    RUNNER_WORKSPACE: resolve(workspace, '..'),
    HOME: await directory('home'),
    ...(options.debugLogging === true ? { RUNNER_DEBUG: '1' } : {}),
  };
  for (const [name, value] of Object.entries(options.env ?? {})) {
    if (value === undefined) delete environment[name];
    else environment[name] = value;
  }
  const { variables, warnings } = inputVariables(manifest, options.inputs ?? {}, {
    github: githubContext(environment, options.githubToken ?? 'ghs_sandbox'),
    runner: { temp: runnerTemp, os: environment['RUNNER_OS'] ?? '' },
  });
  Object.assign(environment, variables);

  const program = options.program ?? runProcess;
  const child = await program(resolve(options.actionDir, manifest.main), workspace, environment, options);
  // The runner masks the job's token and secrets before the step starts.
  const fromStdout = readStream(child.stdout, [options.githubToken ?? 'ghs_sandbox', ...(options.secrets ?? [])]);
  const fromStderr = readStream(child.stderr, fromStdout.masks);
  const read = async (name: keyof typeof files): Promise<string> =>
    (await readFile(environment[name] ?? files[name], 'utf8').catch(() => '')).replace(/^\uFEFF/, '');
  const commands = [...fromStdout.commands, ...fromStderr.commands];
  const outputs = parseFileCommands(await read('GITHUB_OUTPUT'));
  for (const command of commands) {
    const name = command.properties['name'];
    if (command.name === 'set-output' && name !== undefined) outputs[name] = command.data;
  }
  const summary = await read('GITHUB_STEP_SUMMARY');
  const summaryFits = Buffer.byteLength(summary) <= SUMMARY_MAX_BYTES;
  if (!summaryFits) warnings.push(`$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k`);
  return {
    ...child,
    outputs,
    jobOutputs: Object.fromEntries(
      Object.entries(outputs).filter(([, value]) => !fromStderr.masks.some((secret) => value.includes(secret))),
    ),
    summary: summaryFits ? summary : '',
    exported: parseFileCommands(await read('GITHUB_ENV')),
    state: parseFileCommands(await read('GITHUB_STATE')),
    commands,
    masks: fromStderr.masks,
    log: [...fromStdout.log, ...fromStderr.log],
    warnings,
    runnerTemp,
    workspace,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

function inputVariables(
  manifest: ActionManifest,
  given: Readonly<Record<string, string>>,
  contexts: Readonly<Record<string, Readonly<Record<string, string>>>>,
): { variables: Record<string, string>; warnings: string[] } {
  const variables: Record<string, string> = {};
  const warnings: string[] = [];
  const declared = new Map(Object.keys(manifest.inputs).map((name) => [name.toLowerCase(), name]));
  for (const [name, input] of Object.entries(manifest.inputs)) {
    variables[inputVariable(name)] = evaluateDefault(input.default ?? '', contexts);
  }
  for (const [name, value] of Object.entries(given)) {
    if (!declared.has(name.toLowerCase())) {
      const valid = Object.keys(manifest.inputs).join("', '");
      warnings.push(`Unexpected input(s) '${name}', valid inputs are ['${valid}']`);
    }
    variables[inputVariable(name)] = value;
  }
  return { variables, warnings };
}

function githubContext(environment: Readonly<Record<string, string>>, token: string): Record<string, string> {
  const context: Record<string, string> = { token };
  for (const [name, value] of Object.entries(environment)) {
    if (name.startsWith('GITHUB_')) context[name.slice('GITHUB_'.length).toLowerCase()] = value;
  }
  return context;
}

function defaultEnvironment(options: RunOptions, event: unknown): Record<string, string> {
  const payload = asRecord(event, 'event');
  const repository = asRecord(payload['repository'] ?? DEFAULT_EVENT.repository, 'event.repository');
  const owner = asRecord(repository['owner'] ?? {}, 'event.repository.owner');
  const fullName = String(repository['full_name']);
  const actor = options.actor ?? 'octocat';
  const isPull = (options.eventName ?? 'push').startsWith('pull_request');
  const ref = isPull ? 'refs/pull/7/merge' : 'refs/heads/main';
  const inherited: Record<string, string> = { PATH: process.env['PATH'] ?? '' };
  // Without it no Windows process can open a socket.
  if (process.env['SystemRoot'] !== undefined) inherited['SystemRoot'] = process.env['SystemRoot'];
  return {
    ...inherited,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: '__acme_countersign',
    GITHUB_ACTOR: actor,
    GITHUB_ACTOR_ID: '583231',
    GITHUB_TRIGGERING_ACTOR: actor,
    GITHUB_API_URL: 'https://api.github.com',
    GITHUB_GRAPHQL_URL: 'https://api.github.com/graphql',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_EVENT_NAME: options.eventName ?? 'push',
    GITHUB_JOB: 'build',
    GITHUB_REF: ref,
    GITHUB_REF_NAME: ref.replace(/^refs\/(?:heads|pull)\//, ''),
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REF_PROTECTED: 'false',
    GITHUB_BASE_REF: isPull ? 'main' : '',
    GITHUB_HEAD_REF: isPull ? 'topic' : '',
    GITHUB_REPOSITORY: fullName,
    GITHUB_REPOSITORY_ID: String(repository['id'] ?? ''),
    GITHUB_REPOSITORY_OWNER: fullName.split('/')[0] ?? '',
    GITHUB_REPOSITORY_OWNER_ID: String(owner['id'] ?? ''),
    GITHUB_RETENTION_DAYS: '90',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '9001',
    GITHUB_RUN_NUMBER: '12',
    GITHUB_SHA: RUN_COMMIT,
    GITHUB_WORKFLOW: 'release',
    GITHUB_WORKFLOW_REF: `${fullName}/.github/workflows/release.yml@${ref}`,
    GITHUB_WORKFLOW_SHA: RUN_COMMIT,
    RUNNER_ARCH: process.arch === 'arm64' ? 'ARM64' : 'X64',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_NAME: 'sandbox',
    RUNNER_OS: { linux: 'Linux', darwin: 'macOS', win32: 'Windows' }[process.platform as string] ?? 'Linux',
  };
}

export interface FinishedProcess {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
  readonly startedAt: number;
  readonly peakRssBytes: number | undefined;
}

/** What still runs. */
const running = new Set<ChildProcess>();
let isGuarded = false;

/** Kills the child if this process ends first, so that it cannot write into directories that are being removed. */
function endWithThisProcess(child: ChildProcess): void {
  // One listener for all children: Node warns about more than ten.
  if (!isGuarded) process.once('exit', () => running.forEach((one) => void one.kill('SIGKILL')));
  isGuarded = true;
  running.add(child);
  child.once('close', () => running.delete(child));
}

/** Runs the file with this Node; a timeout kills it, the streams are kept. */
export function runProcess(
  main: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  options: RunOptions,
): Promise<FinishedProcess> {
  return new Promise((settle, fail) => {
    const startedAt = performance.now();
    const child = spawn(process.execPath, [main], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    endWithThisProcess(child);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, options.timeoutMs ?? 120_000);
    const memory = options.measureMemory === true && child.pid !== undefined ? sampleMemory(child.pid) : undefined;
    child.once('error', (error) => {
      clearTimeout(timer);
      memory?.stop();
      fail(error);
    });
    child.once('close', (exitCode) => {
      clearTimeout(timer);
      settle({
        exitCode,
        timedOut,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
        durationMs: performance.now() - startedAt,
        startedAt,
        peakRssBytes: memory?.stop(),
      });
    });
  });
}

/** Reads the high-water mark from /proc often enough to see the last one before the end. */
function sampleMemory(pid: number): { stop(): number | undefined } {
  let peak: number | undefined;
  const timer = setInterval(() => {
    readFile(`/proc/${pid}/status`, 'utf8').then(
      (status) => {
        const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
        if (kib !== undefined) peak = Math.max(peak ?? 0, Number(kib) * 1024);
      },
      () => undefined,
    );
  }, 10);
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}
