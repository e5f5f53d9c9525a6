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
  override readonly name = 'CorrectedValueError';
  /** The input and the value to write, which may differ from those that were read; several are alternatives. */
  readonly instead: readonly Instead[];

  constructor(message: string, instead: readonly Instead[]) {
    super(message);
    this.instead = instead;
  }
}

/** `input: value`. */
export interface Instead {
  readonly input: string;
  readonly value: string;
}
