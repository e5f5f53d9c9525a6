import { quoted } from './quoted.ts';

/** A value that does not match its grammar. The entry that read it reports INPUT_INVALID with the name of the input. */
export class ValueError extends Error {
  override readonly name: string = 'ValueError';
}

/** An empty value, which is often the result of a dropped job output. */
export class EmptyValueError extends ValueError {
  override readonly name = 'EmptyValueError';
  /** The name of its key, for messages. */
  readonly of: string;

  constructor(of: string) {
    super(`the value of ${of} is empty`);
    this.of = of;
  }
}

/** A value that cannot be right, with what to write instead. */
export class CorrectedValueError extends ValueError {
  override readonly name: string = 'CorrectedValueError';
  /** Several lines of one input are alternatives, lines of different inputs belong together. */
  readonly instead: readonly Instead[];

  constructor(message: string, instead: readonly Instead[]) {
    super(message);
    this.instead = instead;
  }
}

/** Several values on one line, where each needs its own. `instead` has them all. */
export class ListedValuesError extends CorrectedValueError {
  override readonly name = 'ListedValuesError';

  constructor(text: string, input: string, values: readonly string[]) {
    const given = values.map((value) => value.trim()).filter((value) => value !== '');
    super(
      `${quoted(text)} is a list; write one value per line`,
      given.map((value) => ({ input, value })),
    );
  }
}

/** `input: value`. The input may be another one than the value was read from. */
export interface Instead {
  readonly input: string;
  readonly value: string;
}
