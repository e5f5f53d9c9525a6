/** A value that breaks its grammar. The entry that read it turns it into INPUT_INVALID naming the input. */
export class ValueError extends Error {
  override readonly name: string = 'ValueError';
}

/** A value that is empty, which is what a dropped job output leaves behind. */
export class EmptyValueError extends ValueError {
  override readonly name = 'EmptyValueError';
  /** What it is the value of, as shown. */
  readonly of: string;

  constructor(of: string) {
    super(`the value of ${of} is empty`);
    this.of = of;
  }
}
