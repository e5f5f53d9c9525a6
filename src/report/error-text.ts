import type { CodedError } from '../coded-error.ts';
import type { Reason } from '../domain/results.ts';
import { markdownLink, markdownProse } from './escape.ts';
import { NEXT_STEPS } from './next-steps.ts';

/** An error in the same words for log, annotation and summary. Untrusted text, for the channel to escape. */
export interface ErrorText {
  /** `INPUT_INVALID` with what it means. */
  readonly title: string;
  /** The code, what was tried and what came back, then the next thing to try; lines. */
  readonly lines: readonly string[];
}

/** Describes a coded error: its own message and hint, else the general advice for its code. */
export function errorText(error: CodedError, troubleshootingUrl: string | undefined): ErrorText {
  const step = NEXT_STEPS[error.code];
  return {
    title: `${error.code}: ${step.meaning}`,
    lines: [
      // The log shows the message of an annotation only, not its title: the code belongs into both.
      ...`${error.code}: ${error.message}`.split('\n'),
      ...(error.hint ?? step.doThis).split('\n'),
      ...(troubleshootingUrl === undefined ? [] : [`See ${troubleshootingUrl}#${anchorOf(error.code)}`]),
    ],
  };
}

/** The error as a section of a summary. */
export function errorSection(error: CodedError, troubleshootingUrl: string | undefined): string {
  const message = error.message.split('\n').map((line) => `> ${markdownProse(line)}`);
  const hint = error.hint?.split('\n').map(markdownProse) ?? [NEXT_STEPS[error.code].doThis];
  return [
    `**${reasonLink(error.code, troubleshootingUrl)}** ${NEXT_STEPS[error.code].meaning}`,
    message.join('  \n'),
    `**What to do:** ${hint.join(' ')}`,
  ].join('\n\n');
}

/** A reason code, linked to its heading in docs/troubleshooting.md where that is known. */
export function reasonLink(reason: Reason, troubleshootingUrl: string | undefined): string {
  // One of our own words: nothing to escape.
  const label = `\`${reason}\``;
  return troubleshootingUrl === undefined ? label : markdownLink(label, `${troubleshootingUrl}#${anchorOf(reason)}`);
}

/** GitHub's anchor of the heading that is the code. */
export function anchorOf(reason: Reason): string {
  return reason.toLowerCase();
}
