import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from '../common/fingerprint.ts';
import { runProgram } from '../common/run-program.ts';
import { type Found, peersCache } from './install.ts';

/** Programs in Go of this repository, which answer questions line by line. */

const BUILD_MS = 900_000;
/** What is shown of the words of a program that failed, in characters. */
const SAID_MAX = 400;

/**
 * Path of the program whose module is in `source`, built once for each state of its files and kept outside the repository
 * under `name`; or why there is none.
 */
export async function buildGoProgram(source: string, name: string): Promise<Found> {
  if ((await runProgram('go', ['version'])).code !== 0) return { missing: 'Go is not installed' };
  const sources = ['go.mod', 'go.sum', 'main.go'].map((file) => readFileSync(join(source, file), 'utf8'));
  const directory = join(peersCache(), 'bin', `${name}-${fingerprint(sources.join('\n'))}`);
  const path = join(directory, 'reader');
  if (existsSync(path)) return { path };
  await mkdir(directory, { recursive: true });
  return runGoBuild(['-o', path, '.'], { cwd: source, path, modules: 'readonly' });
}

/** Runs `go build -trimpath`, which writes the program to `path`. `modules`: whether it may change go.mod. */
export async function runGoBuild(
  args: readonly string[],
  { cwd, path, modules }: { readonly cwd: string; readonly path: string; readonly modules: 'readonly' | 'mod' },
): Promise<Found> {
  const { code, out } = await runProgram('go', ['build', '-trimpath', ...args], {
    ...{ cwd, timeoutMs: BUILD_MS },
    env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: `-mod=${modules}` },
  });
  return code === 0 ? { path } : { missing: `go build ended with ${code}: ${out.slice(-SAID_MAX)}` };
}

/** Sends every line to a program that answers each with a line of JSON, in their order. Rejects unless it answers all. */
export function askLines<Answer>(path: string, lines: readonly string[]): Promise<readonly Answer[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, { stdio: ['pipe', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString('utf8')}`.slice(-SAID_MAX);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      const answers = Buffer.concat(chunks).toString('utf8').split('\n').filter(Boolean);
      if (code === 0 && answers.length === lines.length) resolve(answers.map((one) => JSON.parse(one) as Answer));
      else reject(new Error(`${path} ended with ${code} after ${answers.length} of ${lines.length} answers: ${said}`));
    });
    child.stdin.on('error', reject);
    child.stdin.end(lines.map((line) => `${line}\n`).join(''));
  });
}
