/** Properties of an annotation (docs.github.com, "Workflow commands", "Setting an error message"). */
export interface AnnotationProperties {
  readonly title: string;
  /** Path in the workspace, with `/`. */
  readonly file?: string | undefined;
  /** From 1. */
  readonly line?: number | undefined;
}

export type AnnotationLevel = 'error' | 'warning' | 'notice';

/** The log and its workflow commands. The caller has escaped every text (log-escape.ts); a writer only encodes it. */
export interface CommandWriter {
  /** One line of the log. */
  line(text: string): void;
  debug(message: string): void;
  annotation(level: AnnotationLevel, message: string, properties: AnnotationProperties): void;
  startGroup(name: string): void;
  endGroup(): void;
}

/**
 * Writes everything that the runner reads. Our own code does it up to publishing (command-writer.ts, outputs.ts,
 * job-summary.ts), `@actions/core` from then on (toolkit-writer.ts). The outlet has escaped and concealed every text.
 */
export interface RunnerWriter extends CommandWriter {
  /** Sets a step output; setting one again replaces it. */
  setOutput(name: string, value: string): void;
  /** Appends Markdown to the job summary. Never rejects because the summary cannot be written. */
  appendSummary(markdown: string): void | Promise<void>;
}

/** Passes everything to one writer, and after `handOver` to another. */
interface RelayWriter extends RunnerWriter {
  /** From now on `next` writes. When it throws, the error is passed on, and the first writer takes over for good. */
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
