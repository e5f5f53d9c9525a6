import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { createGithubApi } from '../../sandbox/github/api.ts';
import { type Handler, type Served, serve } from '../../sandbox/http/serve.ts';
import { RUN_COMMIT } from '../../sandbox/runner/checkout.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { parseFileCommands } from '../../sandbox/runner/workflow-commands.ts';
import { startWorld, type World } from '../../sandbox/world.ts';
import { localized as localizedTo } from '../../scripts/examples/localized.ts';
import { actionName, runStandIn } from '../../scripts/examples/stand-ins.ts';
import {
  type Job,
  ownAction,
  parseWorkflowFile,
  type Step,
  textOf,
  type Workflow,
} from '../../scripts/examples/workflow.ts';
import { REPOSITORY } from '../../src/entries/compose/product.ts';
import { commitAll, type Files, writeFiles } from '../adversarial/file-gate.ts';
import { withoutProcesses } from '../in-process.ts';
import { type Contexts, interpolate, isTrue, type Status, valueOfExpression } from './expressions.ts';
import { type LabMachine, labMachine } from './job-machine.ts';

/*
 * Runs a workflow as it is written, on this machine: GitHub's own evaluator reads its expressions, bash its `run:` steps,
 * and the sources of this repository are its four actions. Actions of others are stand-ins. Registries are the sandbox's.
 * A job can ask for an id-token only if its permissions say so, and is logged in only where it has logged in.
 */

export interface Lab extends AsyncDisposable {
  readonly world: World;
  run(workflow: string, options?: RunOptions): Promise<WorkflowResult>;
}

export interface RunOptions {
  /** What `actions/checkout` checks out. */
  readonly files?: Files;
  /** The name of the file below .github/workflows; default release.yml. */
  readonly file?: string;
  /** Inputs of `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Programs in the PATH of `run:` steps: name → script. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Called before each step; may push images or change files, as an attacker would. */
  readonly beforeStep?: (job: string, step: Step, workspace: string) => Promise<void>;
  /** More inputs for the steps of our actions. */
  readonly more?: Readonly<Record<string, string>>;
  /** Further workflows that this one calls: what stands behind `uses:` → text. */
  readonly called?: Readonly<Record<string, string>>;
  readonly repository?: string;
}

export interface WorkflowResult {
  readonly jobs: Readonly<Record<string, JobResult>>;
  /** What every `run:` step printed. */
  readonly printed: string;
  /** The runs of our actions, in their order, as `job/step id or action`. */
  readonly actions: readonly (readonly [name: string, run: RunResult])[];
}

interface JobResult {
  readonly result: Status | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
}

/** The text with the registries and the issuer of the sandbox. */
export function localized(text: string, { host, sigstore }: World): string {
  return localizedTo(text, { host, issuer: sigstore.issuer });
}

/** By default the sources run in this process; `byDist`: the committed dist/, as GitHub's runner starts it. None of the services may have failed by mistake. */
export async function startLab({ byDist = false } = {}): Promise<Lab> {
  const started = await startWorld();
  const world = byDist ? started : withoutProcesses(started);
  let api: Handler = () => Promise.resolve({ status: 404, headers: [], body: '' });
  const github = await serve((request) => api(request), { name: 'github', log: world.log });
  return {
    world,
    run: (text, options = {}) =>
      runWorkflow({
        world,
        github,
        text,
        options,
        setApi: (handler) => {
          api = handler;
        },
      }),
    async [Symbol.asyncDispose]() {
      await Promise.all([github.close(), world.close()]);
      expect([...world.failures(), ...github.failures]).toEqual([]);
    },
  };
}

interface Run {
  readonly world: World;
  readonly github: Served;
  readonly text: string;
  readonly options: RunOptions;
  setApi(handler: Handler): void;
}

interface State {
  readonly run: Run;
  readonly root: string;
  readonly sha: string;
  readonly actions: (readonly [string, RunResult])[];
  printed: string;
}

async function runWorkflow(run: Run): Promise<WorkflowResult> {
  const { world, options } = run;
  const root = await realpath(await mkdtemp(join(world.directory, 'workflow-')));
  const files = Object.fromEntries(
    Object.entries(options.files ?? {}).map(([path, text]) => [path, localized(text, world)]),
  );
  await writeFiles(join(root, 'source'), { 'README.md': '# app\n', ...files });
  // Without files of its own, nothing is read from a commit, and git need not make one.
  const sha = options.files === undefined ? RUN_COMMIT : commitAll(join(root, 'source'));
  for (const [name, script] of Object.entries(options.programs ?? {})) {
    await mkdir(join(root, 'bin'), { recursive: true });
    await writeFile(join(root, 'bin', name), script, { mode: 0o755 });
  }
  const state: State = { run, root, sha, actions: [], printed: '' };
  run.setApi(githubOf(state, files));
  const jobs = await runJobs(state, parseWorkflowFile(localized(run.text, world)), {
    inputs: options.inputs ?? {},
    secrets: { REGISTRY_PASSWORD: world.login.password, DOCKERHUB_TOKEN: world.login.password },
  });
  return { jobs, printed: state.printed, actions: state.actions };
}

/** GitHub's API for this repository. The token of a job has the rights of the job. */
function githubOf(state: State, files: Files): Handler {
  const { jobs } = parseWorkflowFile(state.run.text);
  const rights = Object.entries(jobs).map(([name, { permissions = {} }]) => [`ghs_${name}`, permissions]);
  return createGithubApi({
    tokens: Object.fromEntries(rights),
    repositories: { [state.run.options.repository ?? 'acme/app']: { refs: { [state.sha]: files } } },
  });
}

interface Given {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** `owner/name/path@ref` of a called workflow, and the rights of its caller. */
  readonly called?: {
    readonly ref: string;
    readonly job: string;
    readonly permissions: Readonly<Record<string, string>>;
  };
}

async function runJobs(state: State, workflow: Workflow, given: Given): Promise<Record<string, JobResult>> {
  const results: Record<string, JobResult> = {};
  const waiting = new Map(Object.entries(workflow.jobs));
  while (waiting.size > 0) {
    const ready = [...waiting].filter(([, { needs = [] }]) => [needs].flat().every((name) => name in results));
    if (ready.length === 0) throw new Error(`jobs wait for each other: ${[...waiting.keys()]}`);
    for (const [name, job] of ready) {
      waiting.delete(name);
      // Ignored, it would make an example pass that means something else on GitHub.
      if (workflow.env !== undefined || job.env !== undefined) throw new Error(`${name}: only steps may have env here`);
      const needs = Object.fromEntries([job.needs ?? []].flat().map((one) => [one, results[one]]));
      const status: Status = Object.values(needs).every((one) => one?.result === 'success') ? 'success' : 'failure';
      const contexts = { ...contextsOf(state, given), needs };
      results[name] = isTrue(job.if ?? 'success()', contexts, status)
        ? await runJob(state, { name, job, workflow, given, contexts })
        : { result: 'skipped', outputs: {} };
    }
  }
  return results;
}

interface JobRun {
  readonly name: string;
  readonly job: Job;
  readonly workflow: Workflow;
  readonly given: Given;
  readonly contexts: Contexts;
}

async function runJob(state: State, one: JobRun): Promise<JobResult> {
  const { job, contexts } = one;
  if (job.uses !== undefined) return callWorkflow(state, one);
  const all: JobResult[] = [];
  for (const matrix of cellsOf(job.strategy?.matrix, contexts)) {
    all.push(await runCell(state, one, { ...contexts, matrix }));
  }
  const result = all.every((cell) => cell.result === 'success') ? 'success' : 'failure';
  return { result, outputs: Object.assign({}, ...all.map(({ outputs }) => outputs)) };
}

/** Every combination of a matrix; with `include` alone, its entries. Throws on both at once, and where nothing would run: GitHub fails such a job. */
function cellsOf(matrix: Readonly<Record<string, unknown>> | undefined, contexts: Contexts): Record<string, unknown>[] {
  if (matrix === undefined) return [{}];
  const { include, ...lists } = matrix;
  if (include !== undefined && Object.keys(lists).length > 0) throw new Error('include beside lists is not known here');
  const cells = include === undefined ? combinationsOf(lists, contexts) : (include as Record<string, unknown>[]);
  if (!Array.isArray(cells) || cells.length === 0) throw new Error('a matrix without values');
  return cells;
}

function combinationsOf(lists: Readonly<Record<string, unknown>>, contexts: Contexts): Record<string, unknown>[] {
  return Object.entries(lists).reduce<Record<string, unknown>[]>(
    (cells, [name, list]) => {
      const values = (typeof list === 'string' ? valueOfExpression(list, contexts) : list) as unknown[];
      return cells.flatMap((cell) => values.map((value) => ({ ...cell, [name]: value })));
    },
    [{}],
  );
}

async function callWorkflow(state: State, { name: caller, job, contexts }: JobRun): Promise<JobResult> {
  const uses = job.uses ?? '';
  const own = `${REPOSITORY}/.github/workflows/`;
  const text = uses.startsWith(own)
    ? textOf(uses.slice(REPOSITORY.length + 1).replace(/@.*$/, ''))
    : state.run.options.called?.[uses];
  if (text === undefined) throw new Error(`there is no workflow ${uses}`);
  const workflow = parseWorkflowFile(localized(text, state.run.world));
  const { inputs = {}, outputs = {} } = (workflow.on as { workflow_call: Called }).workflow_call;
  const unknown = Object.keys(job.with ?? {}).filter((name) => !(name in inputs));
  if (unknown.length > 0) throw new Error(`${uses} has no input ${unknown}`);
  const missing = Object.keys(inputs).filter((name) => inputs[name]?.required === true && !(name in (job.with ?? {})));
  if (missing.length > 0) throw new Error(`${uses} needs the input ${missing}`);
  // GitHub refuses to start a workflow that asks for more than its caller grants.
  for (const { permissions = {} } of Object.values(workflow.jobs)) {
    for (const [right, level] of Object.entries(permissions)) {
      const granted = job.permissions?.[right];
      if (granted !== level && granted !== 'write') throw new Error(`${uses} asks for ${right}: ${level}, not granted`);
    }
  }
  const given = {
    inputs: Object.fromEntries(
      Object.entries(inputs).map(([name, { default: fallback = '' }]) => [
        name,
        name in (job.with ?? {}) ? interpolate(String(job.with?.[name]), contexts) : fallback,
      ]),
    ),
    secrets: {},
    called: { ref: uses.replace(/@(v\d.*)$/, '@refs/tags/$1'), job: caller, permissions: job.permissions ?? {} },
  };
  const jobs = await runJobs(state, workflow, given);
  const result = Object.values(jobs).every((one) => one.result !== 'failure') ? 'success' : 'failure';
  const values = Object.entries(outputs).map(([name, { value }]) => [name, interpolate(value, { jobs })]);
  return { result, outputs: Object.fromEntries(values) };
}

interface Called {
  readonly inputs?: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly outputs?: Readonly<Record<string, { readonly value: string }>>;
}

function contextsOf({ run, sha }: State, { inputs, secrets }: Given): Record<string, unknown> {
  const repository = run.options.repository ?? 'acme/app';
  return {
    github: {
      actor: 'octocat',
      event: { repository: { default_branch: 'main' } },
      event_name: 'push',
      ref: 'refs/heads/main',
      ref_name: 'main',
      repository,
      repository_owner: repository.split('/')[0],
      run_attempt: '1',
      run_id: '9001',
      sha,
    },
    inputs,
    secrets,
    vars: { REGISTRY_USERNAME: run.world.login.username, DOCKERHUB_USERNAME: run.world.login.username },
    env: {},
  };
}

async function runCell(state: State, one: JobRun, contexts: Contexts): Promise<JobResult> {
  const home = await mkdtemp(join(state.root, `${one.name}-`));
  const machine = labMachine({
    world: state.run.world,
    source: join(state.root, 'source'),
    workspace: join(home, 'work'),
    temp: join(home, 'temp'),
    docker: join(home, 'docker'),
    artifacts: join(state.root, 'artifacts'),
    cache: join(state.root, 'cache'),
    sha: state.sha,
  });
  for (const folder of [machine.workspace, machine.temp, machine.docker]) await mkdir(folder);
  setJob(state, one);
  const steps: Record<string, { outputs: Readonly<Record<string, string>>; outcome: string }> = {};
  let status: Status = 'success';
  const now = (): Contexts => ({
    ...contexts,
    github: { ...(contexts['github'] as object), token: tokenOf(one) },
    runner: { temp: machine.temp, os: 'Linux' },
    steps,
  });
  for (const [index, step] of (one.job.steps ?? []).entries()) {
    if (!isTrue(step.if ?? 'success()', now(), status)) {
      if (step.id !== undefined) steps[step.id] = { outputs: {}, outcome: 'skipped' };
      continue;
    }
    await state.run.options.beforeStep?.(one.name, step, machine.workspace);
    const ended = await runStep(state, one, { step, index, machine, contexts: now() });
    if (step.id !== undefined) {
      steps[step.id] = { outputs: ended.outputs, outcome: ended.isGood ? 'success' : 'failure' };
    }
    if (!ended.isGood) status = 'failure';
  }
  const outputs = Object.entries(one.job.outputs ?? {}).map(([name, value]) => [
    name,
    interpolate(value, now(), status),
  ]);
  return { result: status, outputs: Object.fromEntries(outputs) };
}

/** `github.token`: a called workflow has that of the job that calls it. */
const tokenOf = ({ name, given }: Pick<JobRun, 'name' | 'given'>): string => `ghs_${given.called?.job ?? name}`;

/** Who a token of this job would name. */
function setJob({ run, sha }: State, { job, given }: JobRun): void {
  run.world.sigstore.oidc.setJob({
    repository: run.options.repository ?? 'acme/app',
    workflowPath: `.github/workflows/${run.options.file ?? 'release.yml'}`,
    ref: 'refs/heads/main',
    sha,
    ...(job.environment === undefined ? {} : { environment: job.environment }),
    ...(given.called === undefined ? {} : { reusableWorkflow: given.called.ref }),
  });
}

interface StepRun {
  readonly step: Step;
  readonly index: number;
  readonly machine: LabMachine;
  readonly contexts: Contexts;
}

interface StepResult {
  readonly isGood: boolean;
  readonly outputs: Readonly<Record<string, string>>;
}

async function runStep(state: State, one: JobRun, stepRun: StepRun): Promise<StepResult> {
  const { step, machine, contexts } = stepRun;
  const inputs = interpolated(step.with, contexts);
  if (step.run !== undefined) return runScript(state, stepRun);
  const own = ownAction(step.uses ?? '');
  if (own !== undefined) return runOwnAction(state, one, { ...stepRun, own, inputs });
  return { isGood: true, outputs: await runStandIn(actionName(step.uses ?? ''), inputs, machine) };
}

const interpolated = (values: object | undefined, contexts: Contexts): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]) => [name, interpolate(String(value ?? ''), contexts)]),
  );

const eventOf = (repository = 'acme/app') => ({
  repository: {
    id: 4242,
    full_name: repository,
    owner: { login: repository.split('/')[0], id: 77 },
    private: false,
    visibility: 'public',
  },
});

/** A test does not wait for a signature that nobody makes. */
const NO_WAIT = { 'wait-for': '0s' };

interface OwnStep extends StepRun {
  readonly own: NonNullable<ReturnType<typeof ownAction>>;
  readonly inputs: Readonly<Record<string, string>>;
}

async function runOwnAction(state: State, { name, job, given }: JobRun, one: OwnStep): Promise<StepResult> {
  const { step, machine, own, inputs, contexts } = one;
  const { world, github, options } = state.run;
  const rights = given.called?.permissions ?? job.permissions ?? {};
  const mayAsk = job.permissions?.['id-token'] === 'write' && rights['id-token'] === 'write';
  const how = {
    workspace: machine.workspace,
    event: eventOf(options.repository),
    githubToken: tokenOf({ name, given }),
    env: {
      DOCKER_CONFIG: machine.docker,
      RUNNER_TEMP: machine.temp,
      GITHUB_SHA: state.sha,
      GITHUB_API_URL: github.url,
      ...(mayAsk ? {} : { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined }),
      ...interpolated(step.env, contexts),
    },
  };
  // The sandbox's Sigstore, where the example means the public or GitHub's one.
  const { instance: _, ...rest } = Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== ''));
  const ours = { ...rest, ...options.more };
  const issuer =
    rest['policy'] || rest['certificate-oidc-issuer'] ? {} : { 'certificate-oidc-issuer': world.sigstore.issuer };
  const result = await {
    sign: () => world.sign(ours, how),
    verify: () => world.verify({ ...NO_WAIT, ...ours, ...issuer }, how),
    'verify-files': () => world.verifyFiles({ ...NO_WAIT, ...ours, ...issuer }, how),
    audit: () => world.audit({ ...ours, ...issuer }, how),
  }[own]();
  state.actions.push([`${name}/${step.id ?? own}`, result]);
  return { isGood: result.exitCode === 0, outputs: result.outputs };
}

/** Runs a script as the runner does where no shell is named: bash, which stops at the first failure. */
async function runScript(state: State, { step, index, machine, contexts }: StepRun): Promise<StepResult> {
  const script = join(machine.temp, `script-${index}.sh`);
  const output = join(machine.temp, `output-${index}`);
  await writeFile(script, interpolate(step.run ?? '', contexts));
  await writeFile(output, '');
  const folder = step['working-directory'];
  const cwd = folder === undefined ? machine.workspace : interpolate(folder, contexts);
  const { isGood, printed } = await new Promise<{ isGood: boolean; printed: string }>((settle) => {
    execFile(
      'bash',
      ['-e', script],
      {
        cwd,
        env: {
          PATH: `${join(state.root, 'bin')}:${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
          HOME: machine.temp,
          DOCKER_CONFIG: machine.docker,
          RUNNER_TEMP: machine.temp,
          GITHUB_OUTPUT: output,
          GITHUB_SHA: state.sha,
          GITHUB_REF: 'refs/heads/main',
          GITHUB_REPOSITORY: state.run.options.repository ?? 'acme/app',
          GITHUB_WORKSPACE: machine.workspace,
          ...interpolated(step.env, contexts),
        },
        timeout: 60_000,
      },
      (error, stdout, stderr) => settle({ isGood: error === null, printed: `${stdout}${stderr}` }),
    );
  });
  state.printed += printed;
  return { isGood, outputs: parseFileCommands(await readFile(output, 'utf8')) };
}
