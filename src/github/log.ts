import type { Log } from '../usecases/ports.ts';
import { escapeCommandData, escapeLogLine } from './log-escape.ts';

/** The runner's log. `write` is the process's stdout. Escapes every text, so callers need not. */
export interface RunnerLog extends Log {
  /** Opens a folded section; sections do not nest. */
  group(name: string): void;
  endGroup(): void;
}

export function createLog(write: (text: string) => void): RunnerLog {
  return {
    info: (line) => write(`${escapeLogLine(line)}\n`),
    debug: (line) => write(`::debug::${escapeCommandData(line)}\n`),
    // A plain line, because annotations have their own channel and a limit of ten.
    warning: (line) => write(`Warning: ${escapeLogLine(line)}\n`),
    group: (name) => write(`::group::${escapeCommandData(name.replaceAll('\n', ' '))}\n`),
    endGroup: () => write('::endgroup::\n'),
  };
}
