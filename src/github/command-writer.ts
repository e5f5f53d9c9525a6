import { encodeCommandData, encodeCommandProperty } from './log-escape.ts';
import type { CommandWriter } from './runner-writer.ts';

/**
 * Our own writer for the log and its workflow commands (docs.github.com, "Workflow commands"): used before the first
 * request, and after `@actions/core` has failed. Writes the same bytes as `@actions/core`; a test compares them.
 * `write` is the process's stdout.
 */
export function createCommandWriter(write: (text: string) => void): CommandWriter {
  return {
    line: (text) => write(`${text}\n`),
    debug: (message) => write(`::debug::${encodeCommandData(message)}\n`),
    annotation(level, message, { title, file, line }) {
      const properties = [`title=${encodeCommandProperty(title)}`];
      if (file !== undefined) properties.push(`file=${encodeCommandProperty(file)}`);
      if (line !== undefined) properties.push(`line=${line}`);
      write(`::${level} ${properties.join(',')}::${encodeCommandData(message)}\n`);
    },
    startGroup: (name) => write(`::group::${encodeCommandData(name)}\n`),
    endGroup: () => write('::endgroup::\n'),
  };
}
