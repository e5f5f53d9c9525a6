import { parseImagePrefix, parseSignatureRepository } from '../../domain/image/parse-signature-repository.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import {
  formatImagePrefix,
  isAbout,
  isSamePrefix,
  type SignatureRepositories,
  type SignatureRepositoryRule,
} from '../../domain/image/signature-repositories.ts';
import { splitKeyValue } from '../../domain/text/key-value.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import { splitLines } from './list-rule.ts';
import type { Reading } from './read-value.ts';

const INPUT = 'signature-repository';
const FORM =
  'Write one repository for all images, such as `ghcr.io/acme/signatures`, or one line `IMAGE-PREFIX=REPOSITORY` for ' +
  'each group of images, such as `ghcr.io/acme/app=ghcr.io/acme/signatures`. Write neither tags, digests nor quotation marks.';
/** The number of repositories named in a message. */
const NAMED_MAX = 5;

/**
 * Reads `signature-repository` (contract §2.3). `images`: the repositories of all images, if they are known; a line that none
 * of them uses is then a problem. Problems are collected.
 */
export function readSignatureRepositories(
  reading: Reading,
  images: readonly Repository[] | undefined,
): SignatureRepositories {
  const problems = reading.problems;
  const known = problems.list.length;
  const lines = splitLines(reading.source.input(INPUT) ?? '').filter((line) => line !== '');
  const rules = lines.flatMap((line) => readRule(reading, line));
  const bare = lines.filter((line) => !line.includes('='));
  if (bare.length > 0 && lines.length > 1) {
    const what =
      bare.length === lines.length
        ? 'it names several repositories, but not which images each one is for.'
        : `${quoted(bare[0] ?? '')} is a repository for all images, but there are lines for some of them too.`;
    problems.add(INPUT, what, FORM);
  }
  refuseTwins(reading, rules);
  if (problems.list.length === known && images !== undefined) refuseUnused(reading, rules, images);
  return rules;
}

function readRule({ problems }: Pick<Reading, 'problems'>, line: string): SignatureRepositoryRule[] {
  const { key, value } = splitKeyValue(line) ?? { key: undefined, value: line };
  try {
    if (value === '') throw new ValueError(`${quoted(line)} names no repository after the \`=\``);
    return [
      { images: key === undefined ? undefined : parseImagePrefix(key), repository: parseSignatureRepository(value) },
    ];
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    problems.add(INPUT, `${error.message}.`, FORM);
    return [];
  }
}

/** Of two lines for the same images, neither is more specific. */
function refuseTwins({ problems }: Pick<Reading, 'problems'>, rules: SignatureRepositories): void {
  rules.forEach(({ images }, index) => {
    if (images === undefined) return;
    const before = rules.slice(0, index).find((one) => one.images !== undefined && isSamePrefix(one.images, images));
    if (before?.images === undefined) return;
    const [first, second] = [formatImagePrefix(before.images), formatImagePrefix(images)];
    const what =
      first === second
        ? `the prefix ${quoted(first)} is given twice.`
        : `the prefixes ${quoted(first)} and ${quoted(second)} name the same images.`;
    problems.add(INPUT, what, 'Keep one line for each group of images.');
  });
}

/**
 * Refuses a line that no image uses: it is most likely misspelt, and its images would silently be signed in, or
 * verified from, another repository.
 */
function refuseUnused(
  { problems }: Pick<Reading, 'problems'>,
  rules: SignatureRepositories,
  images: readonly Repository[],
): void {
  const repositories = new Map(images.map((repository) => [formatRepository(repository), repository]));
  const names = [...repositories.keys()];
  const more = names.length > NAMED_MAX ? ` and ${names.length - NAMED_MAX} more` : '';
  for (const rule of rules) {
    if (rule.images === undefined || [...repositories.values()].some((image) => isAbout(rule, image))) continue;
    problems.add(
      INPUT,
      `no image of this step is in ${quoted(formatImagePrefix(rule.images))} or below it.`,
      `The images are in ${names
        .slice(0, NAMED_MAX)
        .map((name) => quoted(name))
        .join(', ')}${more}. Correct the prefix, or remove the line.`,
    );
  }
}
