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
