import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildImage } from '../../sandbox/registry/image-builder.ts';
import type { GateRun, Lab, LabImage, RunContext } from './in-process-gate.ts';
import { RIGHT_SIGNER } from './in-process-gate.ts';
import { goodBundle } from './signature-seeds.ts';

/* Files of a deployment, in a workspace, and the verify-files action over them. */

export type Files = Readonly<Record<string, string>>;

/** A workspace with these files; each call makes a new one. */
export async function workspaceWith(lab: Lab, files: Files): Promise<string> {
  const workspace = await mkdtemp(join(lab.directory, 'workspace-'));
  await writeFiles(workspace, files);
  return workspace;
}

export async function writeFiles(workspace: string, files: Files): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }
}

/** An image of its own with the tag `1`, signed as the sandbox's default workflow. */
export function signedImage(lab: Lab): LabImage {
  const image = unsignedImage(lab);
  lab.attach(image.repository, image.digest, goodBundle(lab.sigstore, image.digest));
  return image;
}

export function unsignedImage(lab: Lab): LabImage {
  return lab.freshImage(buildImage({ content: `${Math.random()}` }), '1');
}

/** Runs verify-files in the workspace, with the identity that signs in the sandbox. */
export function checkFiles(
  lab: Lab,
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  { env, ...context }: RunContext = {},
): Promise<GateRun> {
  const machine = { PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'], GITHUB_WORKSPACE: workspace };
  return lab.verifyFiles({ ...RIGHT_SIGNER, ...inputs }, { ...context, env: { ...machine, ...env } });
}

/** A Deployment with containers and init containers; documents in one file are joined by the caller. */
export function deployment(name: string, images: { readonly app: string; readonly init?: string }): string {
  const init =
    images.init === undefined
      ? ''
      : `      initContainers:
        - name: init
          image: ${images.init}
`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  selector:
    matchLabels: { app: ${name} }
  template:
    metadata:
      labels: { app: ${name} }
    spec:
${init}      containers:
        - name: app # the service itself
          image: ${images.app}
`;
}

/** The annotations of a run, as GitHub would show them on a line of a file. */
export function annotationsOf(run: Pick<GateRun, 'commands'>): string[] {
  return run.commands
    .filter(({ name }) => name === 'error' || name === 'warning')
    .map(({ name, properties }) => `${name} ${properties['file'] ?? '-'}:${properties['line'] ?? '-'}`);
}

/** Runs git in a folder of the test, with nothing of this machine. Returns what it prints, trimmed. */
export function git(folder: string, ...args: readonly string[]): string {
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'octocat',
    GIT_AUTHOR_EMAIL: 'octocat@example.com',
    GIT_COMMITTER_NAME: 'octocat',
    GIT_COMMITTER_EMAIL: 'octocat@example.com',
  };
  return execFileSync('git', [...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

/** Makes the workspace a repository and commits everything in it; returns the commit. */
export function commitAll(workspace: string): string {
  git(workspace, 'init', '-q', '-b', 'main', '.');
  git(workspace, 'add', '-A');
  git(workspace, 'commit', '-q', '--allow-empty', '-m', 'commit');
  return git(workspace, 'rev-parse', 'HEAD');
}

interface Pull {
  readonly base: string;
  /** Default: a branch of this repository. */
  readonly headRepository?: string | null;
}

/** The environment and payload of a pull request to acme/app. */
export function pullRequest({ base, headRepository = 'acme/app' }: Pull): RunContext {
  return {
    env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge' },
    event: {
      repository: { full_name: 'acme/app', default_branch: 'main', private: false, visibility: 'public' },
      pull_request: {
        number: 7,
        base: { sha: base, ref: 'main', repo: { full_name: 'acme/app' } },
        head: { sha: 'f'.repeat(40), repo: headRepository === null ? null : { full_name: headRepository } },
      },
    },
  };
}
