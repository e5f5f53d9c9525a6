import { debug, endGroup, error, info, notice, setOutput, startGroup, summary, warning } from '@actions/core';
import { cutSummary } from './job-summary.ts';
import { requireOutputName } from './outputs.ts';
import type { RunnerWriter } from './runner-writer.ts';

const ANNOTATE = { error, warning, notice } as const;

/**
 * `@actions/core` as the writer from publishing on. Import this file on use: the package loads a whole HTTP client.
 * `env` is the process's own, which the package reads too. Not used are `setFailed`, whose annotation cannot have a
 * title (the exit code is set beside it, and must not depend on a package), and `getIDToken`
 * (docs/decisions/0003-dependencies.md).
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
      // Without the file it would print `::set-output::`, which the runner is about to refuse.
      if (!env['GITHUB_OUTPUT']) return;
      requireOutputName(name);
      setOutput(name, value);
    },
    async appendSummary(markdown) {
      try {
        await summary.emptyBuffer().addRaw(cutSummary(markdown)).write();
      } catch {
        // A runner without summaries, or an unwritable file: the verdict must not depend on it.
      }
    },
  };
}
