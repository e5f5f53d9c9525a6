import type { Source } from '../../domain/image/source.ts';
import type { Verdict } from '../../domain/results.ts';
import { errorText } from '../../report/error-text.ts';
import { refusalWords } from '../../report/refusal-words.ts';
import type { ImageReport } from '../../report/verify-details.ts';
import { actionNames } from '../action/report-failure.ts';
import type { RunEnvironment } from '../action/run-environment.ts';

/** GitHub shows ten annotations of a step, so refusals come first, then errors, then allowed images. */
const ANNOTATED: readonly Verdict[] = ['fail', 'error', 'allowed'];

/**
 * Annotates every image that did not pass: on the line of a file that names it, or on the step. An image that several
 * lines name is annotated on the others only after every image had its first.
 */
export function annotateImages(run: RunEnvironment, images: readonly ImageReport[]): void {
  for (const verdict of ANNOTATED) {
    const refused = images.filter(({ result }) => result.verdict === verdict);
    for (const image of refused) annotate(run, image, image.result.sources.find(hasLine));
    for (const image of refused) {
      for (const source of image.result.sources.filter(hasLine).slice(1)) annotate(run, image, source);
    }
  }
}

function hasLine({ line }: Source): boolean {
  return line !== undefined;
}

function annotate(run: RunEnvironment, { result, details }: ImageReport, source: Source | undefined): void {
  const { reference, reason, verdict } = result;
  const { cause, cure, detail } = refusalWords(result, details);
  const message = detail === undefined ? cause : `${cause}\n${detail}`;
  const text =
    reason === null ? { lines: [message] } : errorText({ code: reason, message, hint: cure }, actionNames(run));
  run.annotate({
    level: verdict === 'allowed' ? 'warning' : 'error',
    title: `Countersign: ${reference}: ${reason ?? verdict}`,
    message: text.lines.join('\n'),
    ...(source === undefined ? {} : { file: source.file, line: source.line }),
  });
}
