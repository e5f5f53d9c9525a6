import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fingerprint } from '../common/fingerprint.ts';
import { askLines, runGoBuild } from '../peers/go-program.ts';
import type { Found } from '../peers/install.ts';

const SOURCE = join(import.meta.dirname, 'go/main.go');

/** Whether policy-controller accepts a file, or whether its glob matches a name. */
export type Question = { readonly policies: string } | { readonly glob: string; readonly name: string };

export interface Answer {
  readonly yes: boolean;
  /** Its error or warning; empty if it has none. */
  readonly why: string;
}

/** The path of our program around its packages, built in the module of policy-tester. `tester` is the path of that one. */
export async function buildOracle(tester: string): Promise<Found> {
  const module = join(dirname(tester), 'module');
  const path = join(dirname(tester), `oracle-${fingerprint(readFileSync(SOURCE))}`);
  if (existsSync(path)) return { path };
  const folder = join(module, 'oracle');
  await mkdir(folder, { recursive: true });
  await copyFile(SOURCE, join(folder, 'main.go'));
  return runGoBuild(['-ldflags=-s -w', '-o', path, './oracle'], { cwd: module, path, modules: 'mod' });
}

/** The answers, in the order of the questions. */
export function ask(path: string, questions: readonly Question[]): Promise<readonly Answer[]> {
  return askLines(
    path,
    questions.map((question) => JSON.stringify(question)),
  );
}
