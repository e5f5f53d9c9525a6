import { createSecrets } from '../domain/text/secrets.ts';
import { type Annotation, createAnnotations } from './annotations.ts';
import { createCommandWriter } from './command-writer.ts';
import { createLog, type RunnerLog } from './log.ts';
import { createMask } from './mask.ts';
import type { SetOutput } from './outputs.ts';
import { createRelayWriter, type RunnerWriter } from './runner-writer.ts';

/** The ways for text to leave the process. Each one removes the secrets of the run (domain/text/secrets.ts). */
export interface Outlet {
  readonly log: RunnerLog;
  readonly annotate: (annotation: Annotation) => void;
  readonly setOutput: SetOutput;
  /** Appends Markdown to the job summary. */
  readonly appendSummary: (markdown: string) => Promise<void>;
  /** Tells the runner to hide a secret, and removes it from every text from now on. */
  readonly mask: (secret: string) => void;
  /** For text that leaves in other ways: results as JSON, requests to GitHub's API. */
  readonly conceal: (text: string) => string;
  /** Loads the toolkit without using it yet. Call it while an answer is awaited. */
  readonly loadToolkit: () => Promise<void>;
  /**
   * Hands everything but masks over to the toolkit. Rejects if it cannot be loaded. Our own writers stay in use in
   * that case, and take over again once the toolkit throws, so that the failure can be reported.
   */
  readonly useToolkit: () => Promise<void>;
}

/** The underlying channels of the process. */
interface OutletTargets {
  /** Standard output. */
  readonly write: (text: string) => void;
  readonly setOutput: SetOutput;
  readonly appendSummary: (markdown: string) => void;
  /** Loads what writes from publishing on. Without it, the targets above go on. */
  readonly loadToolkit?: () => Promise<RunnerWriter>;
  /** False: the runner would drop every debug line, so none is made safe and written. Default true. */
  readonly showsDebug?: boolean;
}

/**
 * Outputs that programs act on, derived from inputs, hashes and our own constants. They stay exact, even if a password
 * is part of a repository's name. `results` is concealed value by value before it becomes JSON.
 */
const EXACT_OUTPUTS: ReadonlySet<string> = new Set([
  'images',
  'digests',
  'verified',
  'verdict',
  'reason',
  'report-path',
  'pinned-files',
  'bundle-paths',
  'results',
]);

/** The single exit for log, annotations, outputs and summary. */
export function createOutlet({
  write,
  setOutput,
  appendSummary,
  loadToolkit,
  showsDebug = true,
}: OutletTargets): Outlet {
  const { add, conceal } = createSecrets();
  const writer = createRelayWriter({ ...createCommandWriter(write), setOutput, appendSummary });
  const log = createLog(writer);
  const annotate = createAnnotations(writer);
  const tellRunner = createMask(write);
  return {
    conceal,
    log: {
      info: (line) => log.info(conceal(line)),
      debug: (line) => {
        if (showsDebug) log.debug(conceal(line));
      },
      warning: (line) => log.warning(conceal(line)),
      group: (name) => log.group(conceal(name)),
      endGroup: log.endGroup,
    },
    annotate: (annotation) =>
      annotate({
        ...annotation,
        title: conceal(annotation.title),
        message: conceal(annotation.message),
        file: annotation.file === undefined ? undefined : conceal(annotation.file),
      }),
    setOutput: (name, value) => {
      const isShown = EXACT_OUTPUTS.has(name) || conceal(value) === value;
      // A partly concealed value would be a different value, so an empty one is better.
      writer.setOutput(name, isShown ? value : '');
      if (isShown) return;
      const message = `The output ${name} stays empty because the value contains a secret of this run.`;
      annotate({ level: 'notice', title: 'Countersign', message });
    },
    appendSummary: async (markdown) => writer.appendSummary(conceal(markdown)),
    mask: (secret) => {
      add(secret);
      tellRunner(secret);
    },
    async loadToolkit() {
      await loadToolkit?.();
    },
    async useToolkit() {
      const toolkit = await loadToolkit?.();
      if (toolkit !== undefined) writer.handOver(toolkit);
    },
  };
}
