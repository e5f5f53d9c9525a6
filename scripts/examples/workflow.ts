import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { ROOT } from '../../sandbox/world.ts';
import { MAJOR_TAG, REPOSITORY } from '../../src/entries/compose/product.ts';

/** A workflow file as far as running and checking it needs. Values are as YAML has them. */
export interface Workflow {
  readonly name?: string;
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix?: Readonly<Record<string, unknown>> };
  readonly steps?: readonly Step[];
  /** The workflow that the job calls. */
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly 'working-directory'?: string;
}

/** The text of a file of this repository. */
export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const parseWorkflowFile = (text: string): Workflow => parseYaml(text) as Workflow;

export const stepsOf = (workflow: Workflow): readonly Step[] =>
  Object.values(workflow.jobs).flatMap(({ steps = [] }) => steps);

/** `sign`, `verify`, … if the step uses an action of this repository. */
export function ownAction(uses: string): 'sign' | 'verify' | 'verify-files' | 'audit' | undefined {
  if (uses === '$/verify') return 'verify';
  if (!uses.startsWith(`${REPOSITORY}@`) && !uses.startsWith(`${REPOSITORY}/`)) return undefined;
  const [, name = 'sign'] = /^[^/]+\/[^/@]+(?:\/([a-z-]+))?@/.exec(uses) ?? [];
  if (!uses.endsWith(`@${MAJOR_TAG}`)) throw new Error(`${uses} is not of this version`);
  return name as 'sign';
}
