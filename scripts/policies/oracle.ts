import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runProgram } from '../common/run-program.ts';
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
  const print = createHash('sha256').update(readFileSync(SOURCE)).digest('hex').slice(0, 12);
  const module = join(dirname(tester), 'module');
  const path = join(dirname(tester), `oracle-${print}`);
  if (existsSync(path)) return { path };
  const folder = join(module, 'oracle');
  await mkdir(folder, { recursive: true });
  await copyFile(SOURCE, join(folder, 'main.go'));
  const args = ['build', '-trimpath', '-ldflags=-s -w', '-o', path, './oracle'];
  const env = { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=mod' };
  const { code, out } = await runProgram('go', args, { cwd: module, env, timeoutMs: 900_000 });
  return code === 0 ? { path } : { missing: `go build ended with ${code}: ${out.slice(-400)}` };
}

/** The answers, in the order of the questions. */
export function ask(path: string, questions: readonly Question[]): Promise<readonly Answer[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, { stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const lines = Buffer.concat(chunks).toString('utf8').split('\n').filter(Boolean);
      if (code !== 0 || lines.length !== questions.length) {
        reject(new Error(`the oracle ended with ${code} after ${lines.length} of ${questions.length} questions`));
        return;
      }
      resolve(lines.map((line) => JSON.parse(line) as Answer));
    });
    child.stdin.on('error', reject);
    child.stdin.end(questions.map((question) => `${JSON.stringify(question)}\n`).join(''));
  });
}
