import type { CodedError } from '../coded-error.ts';
import type { Verdict } from '../domain/results.ts';
import { cutText } from '../domain/text/cut-text.ts';
import { countOf, shortName } from './cells.ts';
import type { ImageReport } from './verify-details.ts';

/** Verdicts as one line of plain text: the title of a check run, the description of a commit status. */

/** GitHub rejects longer descriptions of a commit status. */
export const STATUS_DESCRIPTION_MAX = 140;
/** Nobody reads a longer title. */
const TITLE_MAX = 200;

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'Verified',
  allowed: 'Let through',
  fail: 'Refused',
  error: 'Not decided',
};

export interface ShortReport {
  readonly images: readonly ImageReport[];
  readonly verdict: Verdict;
  readonly error: CodedError | undefined;
}

/** The title of a check run. */
export function checkTitle(report: ShortReport): string {
  return cutText(line(report), TITLE_MAX);
}

/** The description of a commit status. Names the first image that did not pass, and counts the others. */
export function statusDescription(report: ShortReport): string {
  return cutText(line(report), STATUS_DESCRIPTION_MAX);
}

function line({ images, verdict, error }: ShortReport): string {
  // Use all lines: with several bad inputs, the first line only says how many there are.
  if (error !== undefined) return `Not decided: ${error.code}: ${error.message.split('\n').join(' ')}`;
  if (images.length === 0) return 'Not decided: nothing was verified';
  if (verdict === 'pass') return `Verified: ${images.length === 1 ? nameOf(images) : countOf(images.length, 'image')}`;
  const bad = images.filter(({ result }) => result.verdict !== 'pass');
  const first = bad.filter(({ result }) => result.verdict === verdict);
  const more = bad.length > 1 ? `, and ${countOf(bad.length - 1, 'more image')}` : '';
  const reason = first[0]?.result.reason ?? verdict;
  // The name comes last, so that cutting a long one removes neither the verdict nor the reason.
  return `${WORDS[verdict]} (${reason}${more}): ${nameOf(first)}`;
}

function nameOf(images: readonly ImageReport[]): string {
  const [first] = images;
  return first === undefined ? '' : shortName(first.result, first.details.tags);
}
