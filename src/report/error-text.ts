import type { CodedError } from '../coded-error.ts';
import type { Reason } from '../domain/results.ts';
import { visibleText } from '../domain/text/visible-text.ts';
import { markdownBlock, markdownLink, markdownProse } from './escape.ts';
import { NEXT_STEPS } from './next-steps.ts';

/** An error in the same words for log, annotation and summary. Untrusted text, for the channel to escape. */
export interface ErrorText {
  /** `INPUT_INVALID` with what it means. */
  readonly title: string;
  /** The code, what was tried and what came back, then the next thing to try; lines. */
  readonly lines: readonly string[];
  /** True if the message was too long for an annotation. */
  readonly isCut: boolean;
}

/**
 * The runner cuts an annotation at 4096 characters. The message gives way, so that what to do and where to read on
 * always remain: at most this many characters, as they are shown.
 */
const MESSAGE_MAX = 2_200;
const ADVICE_MAX = 800;

/** What an error and a refusal have in common; `hint` overrules the general advice for the reason. */
export interface Problem {
  readonly code: Reason;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Describes a problem: its own message and hint, else the general advice for its code. */
export function errorText(problem: Problem, troubleshootingUrl: string | undefined): ErrorText {
  const { code, hint } = problem;
  // The log shows the message of an annotation only, not its title: the code belongs into both.
  const message = shown(`${code}: ${problem.message}`, MESSAGE_MAX);
  const advice = shown(hint ?? NEXT_STEPS[code].doThis, ADVICE_MAX);
  return {
    title: `${code}: ${NEXT_STEPS[code].meaning}`,
    lines: [
      ...message.lines,
      ...advice.lines,
      ...(troubleshootingUrl === undefined ? [] : [`See ${troubleshootingUrl}#${anchorOf(code)}`]),
    ],
    isCut: message.isCut || advice.isCut,
  };
}

/** The lines of a text with every unseen character shown, `max` characters in all. */
function shown(text: string, max: number): { readonly lines: readonly string[]; readonly isCut: boolean } {
  const visible = text.split('\n').map(visibleText).join('\n');
  const isCut = visible.length > max;
  return { lines: (isCut ? `${visible.slice(0, max)}…` : visible).split('\n'), isCut };
}

/** The error as a section of a summary. */
export function errorSection(error: CodedError, troubleshootingUrl: string | undefined): string {
  const message = error.message.split('\n').map((line) => `> ${markdownProse(line)}`);
  const advice = error.hint === undefined ? NEXT_STEPS[error.code].doThis : hintMarkdown(error.hint);
  return [
    `**${reasonLink(error.code, troubleshootingUrl)}** ${NEXT_STEPS[error.code].meaning}`,
    message.join('  \n'),
    `**What to do:** ${advice}`,
  ].join('\n\n');
}

/** A line of a workflow file, as our hints print them: `permissions:`, `  id-token: write`, `if: …`. */
const WORKFLOW_LINE = /^ *[a-z][a-z-]*:(?: .*)?$/;

/** A hint whose lines for a workflow file become a block that can be copied. Untrusted text. */
export function hintMarkdown(hint: string): string {
  const parts: string[] = [];
  let block: string[] = [];
  const endBlock = (): void => {
    if (block.length > 0) parts.push(markdownBlock('yaml', block.join('\n')));
    block = [];
  };
  hint.split('\n').forEach((line, index) => {
    if (index > 0 && WORKFLOW_LINE.test(line)) {
      block.push(line);
      return;
    }
    endBlock();
    parts.push(markdownProse(line));
  });
  endBlock();
  return parts.join('\n\n');
}

/** A reason code, linked to its heading in docs/troubleshooting.md where that is known. */
export function reasonLink(reason: Reason, troubleshootingUrl: string | undefined): string {
  // One of our own words: nothing to escape.
  const label = `\`${reason}\``;
  return troubleshootingUrl === undefined ? label : markdownLink(label, `${troubleshootingUrl}#${anchorOf(reason)}`);
}

/** GitHub's anchor of the heading that is the code. */
function anchorOf(reason: Reason): string {
  return reason.toLowerCase();
}
