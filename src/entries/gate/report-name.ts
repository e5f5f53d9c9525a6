import { hasUnseen } from '../../domain/text/visible-text.ts';
import type { Reading } from '../action/inputs/input-source.ts';
import { readText, type ValueSource } from '../inputs/read-value.ts';

/** The longest name of a check run or context of a commit status. */
const NAME_MAX = 100;

/** True for a name that branch protection can require: one line without invisible characters. */
function isReportName(name: string): boolean {
  return name !== '' && name.length <= NAME_MAX && !hasUnseen(name);
}

/** The input `check-name` or `status-name`. */
export function readReportName(reading: Reading<ValueSource>, input: 'check-name' | 'status-name'): string | undefined {
  const name = readText(reading, input);
  if (name === undefined || isReportName(name)) return name;
  reading.problems.add(
    input,
    `the name is longer than ${NAME_MAX} characters, or contains a line break or another invisible character.`,
    'Write a short, stable name, because branch protection refers to checks by name.',
  );
  return undefined;
}
