import { type Reading, readText, type ValueSource } from '../../inputs/read-value.ts';

/** The input `github-token`; undefined if it is empty. The run masks it before it reads any input. */
export function readGithubToken(reading: Pick<Reading<ValueSource>, 'source'>): string | undefined {
  return readText(reading, 'github-token');
}
