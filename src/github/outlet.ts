import { createSecrets } from '../domain/text/secrets.ts';
import { type Annotation, createAnnotations } from './annotations.ts';
import { createLog, type RunnerLog } from './log.ts';
import { createMask } from './mask.ts';
import type { SetOutput } from './outputs.ts';

/** The ways for text to leave the process. Each one removes the secrets of the run (domain/text/secrets.ts). */
export interface Outlet {
  readonly log: RunnerLog;
  readonly annotate: (annotation: Annotation) => void;
  readonly setOutput: SetOutput;
  /** Appends Markdown to the job summary. */
  readonly appendSummary: (markdown: string) => void;
  /** Tells the runner to hide a secret, and removes it from every text from now on. */
  readonly mask: (secret: string) => void;
  /** For text that leaves in other ways: results as JSON, requests to GitHub's API. */
  readonly conceal: (text: string) => string;
}

/** The underlying channels of the process. */
export interface OutletTargets {
  /** Standard output. */
  readonly write: (text: string) => void;
  readonly setOutput: SetOutput;
  readonly appendSummary: (markdown: string) => void;
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
  'bundle-paths',
  'results',
]);

/** The single exit for log, annotations, outputs and summary. */
export function createOutlet({ write, setOutput, appendSummary }: OutletTargets): Outlet {
  const { add, conceal } = createSecrets();
  const log = createLog(write);
  const annotate = createAnnotations(write);
  const tellRunner = createMask(write);
  return {
    conceal,
    log: {
      info: (line) => log.info(conceal(line)),
      debug: (line) => log.debug(conceal(line)),
      warning: (line) => log.warning(conceal(line)),
      group: (name) => log.group(conceal(name)),
      endGroup: log.endGroup,
    },
    annotate: (annotation) =>
      annotate({ ...annotation, title: conceal(annotation.title), message: conceal(annotation.message) }),
    setOutput: (name, value) => {
      const isShown = EXACT_OUTPUTS.has(name) || conceal(value) === value;
      // A partly concealed value would be a different value, so an empty one is better.
      setOutput(name, isShown ? value : '');
      if (isShown) return;
      const message = `The output ${name} stays empty because the value contains a secret of this run.`;
      annotate({ level: 'notice', title: 'Countersign', message });
    },
    appendSummary: (markdown) => appendSummary(conceal(markdown)),
    mask: (secret) => {
      add(secret);
      tellRunner(secret);
    },
  };
}
