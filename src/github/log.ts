import type { Log } from '../usecases/ports.ts';
import { escapeCommandText, escapeLogLine } from './log-escape.ts';
import type { CommandWriter } from './runner-writer.ts';

/** The runner's log. Escapes every text, so callers need not. */
export interface RunnerLog extends Log {
  /** Opens a folded section; sections do not nest. */
  group(name: string): void;
  endGroup(): void;
}

export function createLog(writer: CommandWriter): RunnerLog {
  return {
    info: (line) => writer.line(escapeLogLine(line)),
    debug: (line) => writer.debug(escapeCommandText(line)),
    // A plain line, because annotations have their own channel and a limit of ten.
    warning: (line) => writer.line(`Warning: ${escapeLogLine(line)}`),
    group: (name) => writer.startGroup(escapeLogLine(name.replaceAll('\n', ' '))),
    endGroup: () => writer.endGroup(),
  };
}
