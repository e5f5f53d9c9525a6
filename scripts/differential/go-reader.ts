import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../common/run-program.ts';
import { peersCache } from '../peers/install.ts';
import type { TestDocument } from './documents.ts';
import { fingerprint, type Views } from './views.ts';

const SOURCE = join(import.meta.dirname, 'go');

/** Path of Go's readers, built once and kept outside the repository; or why there are none. */
export async function buildGoReader(): Promise<{ path: string } | { missing: string }> {
  if ((await runProgram('go', ['version'])).code !== 0) return { missing: 'Go is not installed' };
  const sources = ['go.mod', 'go.sum', 'main.go'].map((name) => readFileSync(join(SOURCE, name), 'utf8'));
  const directory = join(peersCache(), 'bin', `differential-${fingerprint(sources.join('\n'))}`);
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

/** What each of Go's readers sees of each document; null where it refuses. */
export function readInGo(path: string, documents: readonly TestDocument[]): Promise<readonly Views[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      const lines = Buffer.concat(chunks).toString('utf8').split('\n').filter(Boolean);
      if (code !== 0 || lines.length !== documents.length) {
        reject(new Error(`the Go reader ended with ${code} after ${lines.length} of ${documents.length} documents`));
        return;
      }
      resolve(lines.map((line) => JSON.parse(line) as Views));
    });
    child.stdin.on('error', reject);
    child.stdin.end(documents.map(({ kind, bytes }) => `${kind}\t${bytes.toString('base64')}\n`).join(''));
  });
}
