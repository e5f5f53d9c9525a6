import { encodeCommandData, encodeCommandProperty } from './log-escape.ts';
import type { CommandWriter } from './runner-writer.ts';

/**
 * The log and its commands, written by us: before the first request, and where `@actions/core` failed. Its bytes are
 * those of `@actions/core`, which a test compares. `write` is the process's stdout.
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
