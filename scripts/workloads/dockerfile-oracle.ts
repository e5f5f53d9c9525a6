import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readDockerfile } from '../../src/workloads/dockerfile.ts';
import { runProgram } from '../common/run-program.ts';
import { fingerprint } from '../differential/views.ts';
import { peersCache } from '../peers/install.ts';
import type { TestDockerfile } from './dockerfiles.ts';

/** Which images BuildKit's own parser finds in Dockerfiles, and whether ours finds the same. */

const SOURCE = join(import.meta.dirname, 'go');

/** What BuildKit's parser says of one Dockerfile. */
export interface OracleAnswer {
  readonly images: readonly { readonly field: string; readonly image: string }[];
  readonly refused?: string;
  /** A variable was replaced by nothing. */
  readonly unset?: boolean;
}

/** Path of the program, built once and kept outside the repository; or why there is none. */
export async function buildOracle(): Promise<{ path: string } | { missing: string }> {
  if ((await runProgram('go', ['version'])).code !== 0) return { missing: 'Go is not installed' };
  const sources = ['go.mod', 'go.sum', 'main.go'].map((name) => readFileSync(join(SOURCE, name), 'utf8'));
  const directory = join(peersCache(), 'bin', `dockerfiles-${fingerprint(sources.join('\n'))}`);
  const path = join(directory, 'reader');
  if (existsSync(path)) return { path };
  await mkdir(directory, { recursive: true });
  const { code, out } = await runProgram('go', ['build', '-trimpath', '-o', path, '.'], {
    cwd: SOURCE,
    env: { CGO_ENABLED: '0', GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' },
    timeoutMs: 900_000,
  });
  return code === 0 ? { path } : { missing: `go build ended with ${code}: ${out.slice(-400)}` };
}

export function askOracle(path: string, files: readonly TestDockerfile[]): Promise<readonly OracleAnswer[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, { stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const lines = Buffer.concat(chunks).toString('utf8').split('\n').filter(Boolean);
      if (code === 0 && lines.length === files.length) resolve(lines.map((line) => JSON.parse(line) as OracleAnswer));
      else reject(new Error(`the oracle ended with ${code} after ${lines.length} of ${files.length} Dockerfiles`));
    });
    child.stdin.on('error', reject);
    const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
    child.stdin.end(files.map((file) => `${encode(file.text)}\t${encode(JSON.stringify(file.buildArgs))}\n`).join(''));
  });
}

/** Answers that are kept in __tests__/fixtures/dockerfiles.jsonl, one per line. */
export const RECORDED = 800;

/** What BuildKit's parser said of one Dockerfile, short. */
export interface RecordedAnswer {
  /** Fingerprint of the file and its build-args. */
  readonly file: string;
  /** Fingerprint of the images; null where BuildKit refuses. */
  readonly images: string | null;
}

export function record(file: TestDockerfile, answer: OracleAnswer): RecordedAnswer {
  return {
    file: fingerprint(JSON.stringify(file)),
    images: answer.refused === undefined ? fingerprint(list(answer.images)) : null,
  };
}

export type Comparison = 'both' | 'only ours takes' | 'only BuildKit takes' | 'neither' | { readonly ours: string };

/** Where both take a file, they must find the same images. */
export function compareWithRecorded(file: TestDockerfile, answer: RecordedAnswer): Comparison {
  const { images, problems } = readDockerfile(file.text, { buildArgs: new Map(Object.entries(file.buildArgs)) });
  if (problems.length > 0) return answer.images === null ? 'neither' : 'only BuildKit takes';
  if (answer.images === null) return 'only ours takes';
  const ours = list(images);
  return fingerprint(ours) === answer.images ? 'both' : { ours };
}

/** Every image with its field, in an order of its own. */
export function list(images: OracleAnswer['images']): string {
  return images
    .map(({ field, image }) => `${field} ${image}`)
    .sort()
    .join('\n');
}
