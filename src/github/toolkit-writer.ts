import { debug, endGroup, error, info, notice, setOutput, startGroup, summary, warning } from '@actions/core';
import { cutSummary } from './job-summary.ts';
import { requireOutputName } from './outputs.ts';
import type { RunnerWriter } from './runner-writer.ts';

const ANNOTATE = { error, warning, notice } as const;

/**
 * Writes with `@actions/core`, from publishing on. Import this file dynamically: the package loads an HTTP client.
 * `env` is the environment of the process, which the package reads itself. `setFailed` is not used: its annotation has
 * no title, and the exit code must not depend on a package (docs/decisions/0003-dependencies.md).
 */
export function createToolkitWriter(env: Readonly<Record<string, string | undefined>>): RunnerWriter {
  return {
    line: info,
    debug,
    annotation(level, message, { title, file, line }) {
      ANNOTATE[level](message, {
        title,
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { startLine: line }),
      });
    },
    startGroup,
    endGroup,
    setOutput(name, value) {
      // Without the file, the package prints `::set-output::`, a deprecated command.
      if (!env['GITHUB_OUTPUT']) return;
      requireOutputName(name);
      setOutput(name, value);
    },
    async appendSummary(markdown) {
      try {
        await summary.emptyBuffer().addRaw(cutSummary(markdown)).write();
      } catch {
        // No summary file, or one that cannot be written: the verdict must not depend on it.
      }
    },
  };
}
