import type { CodedError } from '../coded-error.ts';
import type { Reason } from '../domain/results.ts';
import { visibleText } from '../domain/text/visible-text.ts';
import { markdownBlock, markdownLink, markdownProse } from './escape.ts';
import { NEXT_STEPS } from './next-steps.ts';

/** The text of an error, the same for log, annotation and summary. Untrusted: each channel escapes it. */
interface ErrorText {
  /** The code and its meaning, such as `INPUT_INVALID: The step’s inputs cannot be used.` */
  readonly title: string;
  /** Lines: the code, what was tried and what came back, then the next thing to try. */
  readonly lines: readonly string[];
  /** True if the message was too long for an annotation. */
  readonly isCut: boolean;
}

/**
 * The runner cuts an annotation at 4096 characters. The message is shortened first, so that the advice and the link
 * always remain. Both limits count characters as shown.
 */
const MESSAGE_MAX = 2_200;
const ADVICE_MAX = 800;

/** The common part of an error and a refusal. `hint` replaces the general advice for the code. */
export interface Problem {
  readonly code: Reason;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Where the documentation of this action is. */
export interface HelpPages {
  /** docs/troubleshooting.md of this version, if known. */
  readonly troubleshootingUrl: string | undefined;
  /** On a server other than github.com: the repository that has the same page if the server has its own copy. */
  readonly copy: string | undefined;
}

/** Describes a problem by its message and its hint, or by the general advice for its code if it has no hint. */
export function errorText(problem: Problem, { troubleshootingUrl, copy }: HelpPages): ErrorText {
  const { code, hint } = problem;
  // The log shows only the message of an annotation, not its title, so the code goes into both.
  const message = shown(`${code}: ${problem.message}`, MESSAGE_MAX);
  const advice = shown(hint ?? NEXT_STEPS[code].doThis, ADVICE_MAX);
  return {
    title: `${code}: ${NEXT_STEPS[code].meaning}`,
    lines: [
      ...message.lines,
      ...advice.lines,
      ...(troubleshootingUrl === undefined ? [] : [`See ${troubleshootingUrl}#${anchorOf(code)}`]),
      ...(troubleshootingUrl === undefined || copy === undefined
        ? []
        : [`(If this server has its own copy of the action: docs/troubleshooting.md of ${copy})`]),
    ],
    isCut: message.isCut || advice.isCut,
  };
}

/** The lines of a text with every invisible character made visible, at most `max` characters in total. */
function shown(text: string, max: number): { readonly lines: readonly string[]; readonly isCut: boolean } {
  const visible = text.split('\n').map(visibleText).join('\n');
  const isCut = visible.length > max;
  return { lines: (isCut ? `${visible.slice(0, max)}…` : visible).split('\n'), isCut };
}

/** The error as a section of a summary. */
export function errorSection(error: CodedError, troubleshootingUrl: string | undefined): string {
  // The break keeps lines of text apart; an item of a list needs none, and would show it.
  const message = error.message
    .split('\n')
    .map((line, index, all) => `> ${lineMarkdown(line)}${all[index + 1]?.startsWith(ITEM) === false ? '  ' : ''}`);
  const advice = error.hint === undefined ? NEXT_STEPS[error.code].doThis : hintMarkdown(error.hint);
  return [
    `**${reasonLink(error.code, troubleshootingUrl)}** ${NEXT_STEPS[error.code].meaning}`,
    message.join('\n'),
    `**What to do:** ${advice}`,
  ].join('\n\n');
}

/** A line of a workflow file, as our hints print it: `permissions:`, `  id-token: write`, `if: …`. */
const WORKFLOW_LINE = /^ *[a-z][a-z-]*:(?: .*)?$/;

/**
 * A hint as Markdown. Lines for a workflow file become a code block that can be copied, and lines that start with `- `
 * a list. Untrusted text.
 */
export function hintMarkdown(hint: string): string {
  const parts: { readonly kind: 'code' | 'list' | 'text'; readonly lines: string[] }[] = [];
  hint.split('\n').forEach((line, index) => {
    const kind = index > 0 && WORKFLOW_LINE.test(line) ? 'code' : line.startsWith(ITEM) ? 'list' : 'text';
    const last = parts.at(-1);
    if (last?.kind === kind && kind !== 'text') last.lines.push(line);
    else parts.push({ kind, lines: [line] });
  });
  return parts
    .map(({ kind, lines }) =>
      kind === 'code' ? markdownBlock('yaml', lines.join('\n')) : lines.map(lineMarkdown).join('\n'),
    )
    .join('\n\n');
}

/** The start of a line of a list in a message or hint. */
const ITEM = '- ';

/** One line of a message or hint. Only the dash of a list has an effect. Untrusted text. */
function lineMarkdown(line: string): string {
  return line.startsWith(ITEM) ? `${ITEM}${markdownProse(line.slice(ITEM.length))}` : markdownProse(line);
}

/** A reason code, linked to its heading in docs/troubleshooting.md if the URL of that page is known. */
export function reasonLink(reason: Reason, troubleshootingUrl: string | undefined): string {
  // The code is one of our own constants and needs no escaping.
  const label = `\`${reason}\``;
  return troubleshootingUrl === undefined ? label : markdownLink(label, `${troubleshootingUrl}#${anchorOf(reason)}`);
}

/** The anchor that GitHub gives to the heading of a code. */
function anchorOf(reason: Reason): string {
  return reason.toLowerCase();
}
