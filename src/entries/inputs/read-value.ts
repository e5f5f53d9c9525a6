import { ANNOTATIONS_MAX_LENGTH, annotationsLength, rightAnnotation } from '../../domain/signature/annotations.ts';
import { parseDuration } from '../../domain/text/duration.ts';
import { splitKeyValue } from '../../domain/text/key-value.ts';
import { nearName } from '../../domain/text/near-name.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { rightDurations } from '../../domain/text/right-duration.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import { createInputProblems, type InputProblems } from './input-problems.ts';
import { writeInstead } from './instead.ts';
import { splitLines } from './list-rule.ts';

/** Where values come from: the inputs of an action, or the variables of a program. */
export interface ValueSource {
  /** The raw value of a declared input. Undefined and empty both mean "not given". */
  input(name: string): string | undefined;
}

/** A source whose values may name files, or be secrets. */
export interface FileSource extends ValueSource {
  readonly files: {
    /**
     * The bytes of a file; undefined if it does not exist. Throws if it is unreadable, not a regular file, or larger
     * than `maxBytes` (default 16 MiB).
     */
    read(path: string, maxBytes?: number): Promise<Uint8Array | undefined>;
  };
  /** Registers a secret the moment it is read. */
  mask(value: string): void;
}

/** The context that every input reader needs. */
export interface Reading<Source extends ValueSource = ValueSource> {
  readonly source: Source;
  readonly problems: InputProblems;
}

/**
 * A reading for values that are needed before all inputs are judged, or after the run stopped. Its problems are not
 * shown, because the same readers report them when all inputs are judged; until then the default applies.
 */
export function quietReading<Source extends ValueSource>(source: Source): Reading<Source> {
  return { source, problems: createInputProblems() };
}

/** The trimmed text of an input, or undefined if nothing was given. */
export function readText({ source }: Pick<Reading, 'source'>, name: string): string | undefined {
  const value = source.input(name)?.trim();
  return value === undefined || value === '' ? undefined : value;
}

/** Words that other formats accept, and what they mean there. */
const BOOLEANS: ReadonlyMap<string, string> = new Map([
  ...['yes', 'y', 'on', '1'].map((word) => [word, 'true'] as const),
  ...['no', 'n', 'off', '0'].map((word) => [word, 'false'] as const),
]);

/** Accepts exactly the spellings of YAML 1.2 core. Anything else, such as a typo, is a problem. */
export function readBoolean(reading: Reading, name: string, absent: boolean): boolean {
  const value = readText(reading, name);
  if (value === undefined) return absent;
  if (['true', 'True', 'TRUE'].includes(value)) return true;
  if (['false', 'False', 'FALSE'].includes(value)) return false;
  const meant = BOOLEANS.get(value.toLowerCase());
  const cure = meant === undefined ? undefined : writeInstead([{ input: name, value: meant }]);
  reading.problems.add(name, `${quoted(value)} is neither true nor false.`, cure ?? 'Write `true` or `false`.');
  return absent;
}

/** Accepts exactly one of the choices. */
export function readChoice<const Choice extends string>(
  reading: Reading,
  name: string,
  { choices, absent }: { readonly choices: readonly Choice[]; readonly absent: NoInfer<Choice> },
): Choice {
  const value = readText(reading, name);
  if (value === undefined) return absent;
  const choice = choices.find((one) => one === value);
  if (choice !== undefined) return choice;
  const meant = nearName(value, choices);
  const guess = meant === undefined ? undefined : writeInstead([{ input: name, value: meant }]);
  const cure = `Write one of ${choices.join(', ')}.`;
  reading.problems.add(name, `${quoted(value)} is not a valid value.`, guess === undefined ? cure : `${cure} ${guess}`);
  return absent;
}

interface IntegerRange {
  readonly min: number;
  readonly max: number;
  readonly absent: number;
}

/** A whole number in decimal digits, within the inclusive range. */
export function readInteger(reading: Reading, name: string, range: IntegerRange): number {
  const value = readText(reading, name);
  if (value === undefined) return range.absent;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= range.min && number <= range.max) return number;
  reading.problems.add(
    name,
    `${quoted(value)} is not a whole number from ${range.min} to ${range.max}.`,
    `Write a number from ${range.min} to ${range.max}.`,
  );
  return range.absent;
}

/** A duration such as `5m` in milliseconds, or `absent`. */
export function readDuration<Absent extends number | undefined>(
  reading: Reading,
  name: string,
  absent: Absent,
): number | Absent {
  const value = readText(reading, name);
  if (value === undefined) return absent;
  try {
    return parseDuration(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    reading.problems.add(name, `${quoted(value)} ${error.message}.`, writeDuration(name, value, '5m'));
    return absent;
  }
}

/** What to write instead of a text that is not a duration. */
export function writeDuration(name: string, value: string, example: string): string {
  const right = rightDurations(value).map((one) => ({ input: name, value: one }));
  const general = `Write a number and a unit, such as \`${example}\`.`;
  return [writeInstead(right), general].filter((one) => one !== undefined).join(' ');
}

/** Lines `key=value`, split at the first `=` and trimmed, as in the gate. A repeated key is a problem. */
export function readAnnotations(reading: Reading): Readonly<Record<string, string>> {
  const pairs = new Map<string, string>();
  for (const line of splitLines(reading.source.input('annotations') ?? '')) {
    if (line === '') continue;
    const { key, value } = splitKeyValue(line) ?? { key: '', value: '' };
    const right = rightAnnotation(line);
    if (key === '' || right !== undefined) {
      const guess = right === undefined ? undefined : writeInstead([{ input: 'annotations', value: right }]);
      reading.problems.add(
        'annotations',
        `${quoted(line)} does not have the form key=value.`,
        guess ?? 'Write one `key=value` per line.',
      );
      continue;
    }
    if (pairs.has(key)) {
      reading.problems.add('annotations', `the key ${quoted(key)} is given twice.`, 'Keep one line per key.');
    }
    pairs.set(key, value);
  }
  const annotations = Object.fromEntries(pairs);
  if (annotationsLength(annotations) > ANNOTATIONS_MAX_LENGTH) {
    reading.problems.add(
      'annotations',
      `they have more than ${ANNOTATIONS_MAX_LENGTH} characters, which is the limit of the gate.`,
      'Annotate with the digest of a long text instead.',
    );
  }
  return annotations;
}
