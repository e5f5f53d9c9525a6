import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface MeasuredRun {
  readonly wallMs: number;
  /** performance.now() when it was started. */
  readonly startedAt: number;
  /** High-water mark of the resident set in bytes; undefined where /proc is not. */
  readonly peakRssBytes: number | undefined;
}

/** Runs a program to its end and measures it; anything other than exit code 0 throws with its output. */
export function measuredRun(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<MeasuredRun> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(program, args, { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: 'pipe' });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    let peak: number | undefined;
    const timer = setInterval(() => {
      readFile(`/proc/${child.pid}/status`, 'utf8').then(
        (status) => {
          const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
          if (kib !== undefined) peak = Math.max(peak ?? 0, Number(kib) * 1024);
        },
        () => undefined,
      );
    }, 10);
    child.once('error', (error) => {
      clearInterval(timer);
      reject(error);
    });
    child.once('close', (code) => {
      clearInterval(timer);
      const wallMs = performance.now() - startedAt;
      if (code === 0) resolve({ wallMs, startedAt, peakRssBytes: peak });
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}:\n${Buffer.concat(output)}`));
    });
  });
}
