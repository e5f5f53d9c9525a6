/** Properties of an annotation (docs.github.com, "Workflow commands", "Setting an error message"). */
export interface AnnotationProperties {
  readonly title: string;
  /** Path in the workspace, with `/`. */
  readonly file?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
}

export type AnnotationLevel = 'error' | 'warning' | 'notice';

/** The log and its commands. Every text is harmless already (log-escape.ts); a writer only encodes it. */
export interface CommandWriter {
  /** One line of the log. */
  line(text: string): void;
  debug(message: string): void;
  annotation(level: AnnotationLevel, message: string, properties: AnnotationProperties): void;
  startGroup(name: string): void;
  endGroup(): void;
}

/**
 * What writes to the runner: our own code before the first request (command-writer.ts, outputs.ts, job-summary.ts),
 * `@actions/core` from publishing on (toolkit-writer.ts). Neither escapes, cuts nor conceals: the outlet did.
 */
export interface RunnerWriter extends CommandWriter {
  /** Sets a step output; setting one again replaces it. */
  setOutput(name: string, value: string): void;
  /** Appends Markdown to the job summary. Never rejects because the summary cannot be written. */
  appendSummary(markdown: string): void | Promise<void>;
}

/** Writes by the first writer until it hands over. */
export interface RelayWriter extends RunnerWriter {
  /** From now on `next` writes, until it throws: that is thrown on, and then the first writer has the last word. */
  handOver(next: RunnerWriter): void;
}

export function createRelayWriter(first: RunnerWriter): RelayWriter {
  let current = first;
  let hasFailed = false;
  const fail = (error: unknown): never => {
    current = first;
    hasFailed = true;
    throw error;
  };
  const write = <Result>(act: (writer: RunnerWriter) => Result): Result => {
    try {
      return act(current);
    } catch (error) {
      return fail(error);
    }
  };
  return {
    line: (text) => write((writer) => writer.line(text)),
    debug: (message) => write((writer) => writer.debug(message)),
    annotation: (level, message, properties) => write((writer) => writer.annotation(level, message, properties)),
    startGroup: (name) => write((writer) => writer.startGroup(name)),
    endGroup: () => write((writer) => writer.endGroup()),
    setOutput: (name, value) => write((writer) => writer.setOutput(name, value)),
    async appendSummary(markdown) {
      try {
        await current.appendSummary(markdown);
      } catch (error) {
        fail(error);
      }
    },
    handOver(next) {
      if (!hasFailed) current = next;
    },
  };
}
