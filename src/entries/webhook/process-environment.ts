import type { Clock } from '../../usecases/ports.ts';
import { PROCESS_CLOCK } from '../compose/process-clock.ts';
import type { FileSource } from '../inputs/read-value.ts';
import { readRegularFile } from '../inputs/regular-file.ts';
import type { Environment } from './settings.ts';

/** The process of the webhook. Only this file accesses environment, clock and streams. */
export interface ProcessEnvironment {
  readonly env: Environment;
  /** The user id on Linux, undefined elsewhere. */
  readonly linuxUid: number | undefined;
  readonly clock: Clock;
  readonly random: () => number;
  readonly readFile: FileSource['files']['read'];
  readonly write: (text: string) => void;
  /** Aborts at the first SIGTERM or SIGINT. The second one ends the process. */
  readonly stopping: AbortSignal;
  /** Gets what nobody caught: the first error of each kind that Node reports. */
  readonly onDefect: (act: (kind: 'uncaughtException' | 'unhandledRejection', error: unknown) => void) => void;
  readonly exit: (code: number) => void;
}

export function readProcess(): ProcessEnvironment {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1);
      stopping.abort();
    });
  }
  return {
    env: process.env,
    linuxUid: process.platform === 'linux' ? process.getuid?.() : undefined,
    clock: PROCESS_CLOCK,
    random: Math.random,
    readFile: readRegularFile,
    write: (text) => void process.stdout.write(text),
    stopping: stopping.signal,
    onDefect(act) {
      process.on('uncaughtException', (error) => act('uncaughtException', error));
      process.on('unhandledRejection', (error) => act('unhandledRejection', error));
    },
    // After what was written has left.
    exit: (code) => void process.stdout.write('', () => process.exit(code)),
  };
}
