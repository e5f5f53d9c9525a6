import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Report } from '../../common/report.ts';
import { mustRun, type Ran, runProgram } from '../../common/run-program.ts';
import { actionName, STAND_INS } from '../../examples/stand-ins.ts';
import type { Registry } from '../../peers/registry.ts';
import type { Stack } from '../../peers/stack.ts';
import { COMMITS_VARIABLE, STORE_VARIABLE } from './variables.ts';

export interface ActOptions {
  readonly report: Report;
  readonly stack: Stack;
  /** With a login, which is that of the job's own token. */
  readonly registry: Registry;
  /** Path of act. */
  readonly act: string;
}

/** One run of act: all workflows of a folder that an event starts. */
export interface ActRunOptions extends ActOptions {
  /** `push`, `pull_request`, … */
  readonly event: string;
  /** The payload of the event. */
  readonly payload?: object;
  /** Inputs of `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** Path of the checkout. */
  readonly repository: string;
  /** Folder of the workflow files, or one of them. */
  readonly workflows: string;
  /** Folder in which stand-ins keep what outlives a job. */
  readonly store: string;
  /** Folder with programs that steps find first. */
  readonly programs: string;
  /** `owner/name@ref` → folder, instead of a repository on GitHub. */
  readonly repositories: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}

/** One line of the log. */
export interface ActMessage {
  /** `workflow/job`, or `calling job/called workflow/job`. Empty outside of jobs. */
  readonly job: string;
  readonly text: string;
  /** In the last line of a job. */
  readonly result?: 'success' | 'failure';
  /** Where a step sets an output. */
  readonly output?: { readonly step: string; readonly name: string; readonly value: string };
}

export interface ActRan extends Ran {
  readonly messages: readonly ActMessage[];
}

const LABELS = ['ubuntu-latest', 'ubuntu-24.04', 'ubuntu-24.04-arm', 'self-hosted'];

/** Runs act on this host, without Docker and without GitHub. */
export async function runAct(run: ActRunOptions): Promise<ActRan> {
  const { stack, registry, act, repository, payload } = run;
  const home = join(stack.directory, 'act-home');
  await mkdir(join(home, '.config', 'act'), { recursive: true });
  await writeFile(join(home, '.config', 'act', 'actrc'), '');
  const event = join(home, 'event.json');
  if (payload !== undefined) await writeFile(event, JSON.stringify(payload));
  const flags = (flag: string, values: Readonly<Record<string, string>> = {}): string[] =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);
  const ran = await runProgram(
    act,
    [
      ...[run.event, '--json', '--workflows', run.workflows, ...(payload === undefined ? [] : ['--eventpath', event])],
      ...LABELS.flatMap((label) => ['--platform', `${label}=-self-hosted`]),
      // The user of the job's own token.
      ...['--actor', registry.login?.username ?? 'octocat', '--no-cache-server', '--defaultbranch', 'main'],
      ...flags('--local-repository', run.repositories),
      ...flags('--input', run.inputs),
      ...flags('--var', run.vars),
      ...flags('--secret', { GITHUB_TOKEN: registry.login?.password ?? 'ghs_of_this_job', ...run.secrets }),
      ...flags('--env', { [STORE_VARIABLE]: run.store, [COMMITS_VARIABLE]: repository, ...run.env }),
    ],
    {
      cwd: repository,
      env: {
        HOME: home,
        // act runs the node it finds first.
        PATH: `${run.programs}:${dirname(process.execPath)}:${process.env['PATH'] ?? ''}`,
        // Steps see the environment of this process: no login of it, and no identity where this runs in a real job.
        ...{
          DOCKER_CONFIG: join(home, '.docker'),
          ACTIONS_ID_TOKEN_REQUEST_URL: '',
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: '',
        },
      },
      timeoutMs: 300_000,
    },
  );
  const messages = ran.out.split('\n').map(messageOf);
  return { code: ran.code, out: messages.map(({ job, text }) => `[${job}] ${text.trimEnd()}`).join('\n'), messages };
}

interface LogLine {
  readonly job?: string;
  readonly msg?: string;
  readonly jobResult?: 'success' | 'failure';
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly stepID?: readonly string[];
}

function messageOf(line: string): ActMessage {
  if (!line.startsWith('{')) return { job: '', text: line };
  const { job = '', msg = '', jobResult, command, name = '', arg = '', stepID = [] } = JSON.parse(line) as LogLine;
  return {
    // act pads it, so that lines of several jobs stand below each other.
    ...{ job: job.trimEnd(), text: msg },
    ...(jobResult === undefined ? {} : { result: jobResult }),
    ...(command === 'set-output' ? { output: { step: stepID.join('/'), name, value: arg } } : {}),
  };
}

/**
 * A folder for each action of others that the workflows use, whose action runs its stand-in. Throws if nothing stands in
 * for one, or only for another major version.
 *
 * @param uses `docker/login-action@<commit or tag>` → its version, such as `v4.1.0`.
 * @returns `owner/name@ref` → folder.
 */
export async function writeStandIns(
  directory: string,
  uses: ReadonlyMap<string, string>,
): Promise<Readonly<Record<string, string>>> {
  const repositories: Record<string, string> = {};
  for (const [one, version] of uses) {
    const name = actionName(one);
    const standIn = STAND_INS[name];
    if (standIn === undefined) throw new Error(`nothing stands in for ${name}`);
    if (version.replace(/\..*$/, '') !== standIn.version) {
      throw new Error(`${name} is used as ${version}, and its stand-in has the inputs of ${standIn.version}`);
    }
    // act's own: it leaves the files of the repository in the workspace.
    if (name === 'actions/checkout') continue;
    const [owner = '', repository = '', ...folder] = name.split('/');
    const root = join(directory, `${owner}-${repository}`);
    const place = join(root, ...folder);
    await mkdir(place, { recursive: true });
    const program = new URL('stand-in.ts', import.meta.url).href;
    await writeFile(
      join(place, 'action.yml'),
      `name: ${name}\ndescription: Stands in.\nruns:\n  using: node24\n  main: index.mjs\n`,
    );
    const script = `process.argv[2] = ${JSON.stringify(name)};\nawait import(${JSON.stringify(program)});\n`;
    await writeFile(join(place, 'index.mjs'), script);
    repositories[`${owner}/${repository}@${one.slice(one.indexOf('@') + 1)}`] = root;
  }
  return repositories;
}

/** A repository with one commit of all that lies in the folder. */
export async function commitAll(folder: string, remote: string): Promise<void> {
  const git = gitIn(folder);
  await git('init', '--quiet', '--initial-branch=main');
  await git('remote', 'add', 'origin', `https://github.com/${remote}`);
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Start');
}

/** git in a folder, as somebody. */
export function gitIn(folder: string): (...args: string[]) => Promise<string> {
  const somebody = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  return (...args) => mustRun('git', [...somebody, ...args], { cwd: folder });
}

/** The text of a file, or undefined. */
export const textIfThere = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined);
