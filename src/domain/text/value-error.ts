/** A value that breaks its grammar. The entry that read it turns it into INPUT_INVALID naming the input. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
}
