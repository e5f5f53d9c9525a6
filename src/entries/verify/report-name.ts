import { hasUnseen } from '../../domain/text/visible-text.ts';
import { type Reading, readText } from '../action/inputs/read-value.ts';

/** Longest name of a check run or context of a commit status. */
const NAME_MAX = 100;

/** True for a name that branch protection can require: one line, every character seen. */
export function isReportName(name: string): boolean {
  return name !== '' && name.length <= NAME_MAX && !hasUnseen(name);
}

/** The input `check-name` or `status-name`. */
export function readReportName(reading: Reading, input: 'check-name' | 'status-name'): string | undefined {
  const name = readText(reading, input);
  if (name === undefined || isReportName(name)) return name;
  reading.problems.add(
    input,
    `the name is longer than ${NAME_MAX} characters, or holds a line break or another character that cannot be seen.`,
    'Write a short, stable name: branch protection requires a check by its name.',
  );
  return undefined;
}
