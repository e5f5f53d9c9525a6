import { spawn } from 'node:child_process';

export interface Ran {
  /** 127 if there is no such program; null if a signal ended it. */
  readonly code: number | null;
  /** Both streams in one text. */
  readonly out: string;
}

export interface RunProgramOptions {
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Default two minutes. */
  readonly timeoutMs?: number;
  /** Written to its standard input, which is otherwise empty. */
  readonly input?: string;
  /** Also prints what it prints, while it runs. */
  readonly shown?: boolean;
}

/** Runs a program to its end; its exit code is a value, never a throw. */
export function runProgram(
  program: string,
  args: readonly string[],
  { env = {}, cwd, timeoutMs = 120_000, input, shown = false }: RunProgramOptions = {},
): Promise<Ran> {
  return new Promise((settle) => {
    const child = spawn(program, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if (shown) process.stdout.write(chunk);
      });
    }
    child.once('error', (error) => settle({ code: 127, out: error.message }));
    child.once('close', (code) => settle({ code, out: Buffer.concat(chunks).toString('utf8') }));
    // A program that reads nothing may have closed its input by now.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** The same, but anything other than exit code 0 throws with the output. */
export async function mustRun(
  program: string,
  args: readonly string[],
  options: RunProgramOptions = {},
): Promise<string> {
  const { code, out } = await runProgram(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${out}`);
  return out;
}

/** True if a program ran to its end and said no: not if it could not start, or had to be ended. */
export function hasRefused({ code }: Ran): boolean {
  return code !== 0 && code !== null && code !== 127;
}
