import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';

const FOLDER = join(import.meta.dirname, '../.github/workflows');

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: readonly string[];
  readonly strategy?: { readonly matrix?: { readonly os?: readonly string[] } };
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const WORKFLOWS = readdirSync(FOLDER).map(
  (name) => [name, parseYaml(readFileSync(join(FOLDER, name), 'utf8')) as Workflow] as const,
);
const stepsOf = (workflow: Workflow): readonly Step[] => Object.values(workflow.jobs).flatMap(({ steps }) => steps);

test('there are workflows to look at', () => {
  expect(WORKFLOWS.map(([name]) => name)).toContain('ci.yml');
});

test.each(WORKFLOWS)('%s grants nothing at the top, and no job may write', (_name, workflow) => {
  expect(workflow.permissions).toEqual({});
  for (const { permissions = {} } of Object.values(workflow.jobs))
    expect(Object.values(permissions).filter((right) => right !== 'read')).toEqual([]);
});

test.each(WORKFLOWS)('%s pins every action by commit and leaves no token in a checkout', (_name, workflow) => {
  for (const { uses, with: inputs } of stepsOf(workflow)) {
    if (uses === undefined) continue;
    expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/);
    if (uses.startsWith('actions/checkout@')) expect(inputs?.['persist-credentials']).toBe(false);
  }
});

test.each(WORKFLOWS)('%s puts no expression into a script', (_name, workflow) => {
  expect(stepsOf(workflow).filter(({ run }) => run?.includes('${{'))).toEqual([]);
});

test.each(WORKFLOWS)('%s runs pull requests without the rights of the base repository', (_name, workflow) => {
  expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
});

test('ci.yml runs on the three systems, and its last job waits for every other', () => {
  const jobs = WORKFLOWS.find(([name]) => name === 'ci.yml')?.[1].jobs ?? {};
  expect(jobs['test']?.strategy?.matrix?.os).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
  const { passed, ...others } = jobs;
  expect([...(passed?.needs ?? [])].sort()).toEqual(Object.keys(others).sort());
});
