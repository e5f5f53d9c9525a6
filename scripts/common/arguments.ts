/** Whether `--name` was given on the command line. */
export function hasFlag(name: string): boolean {
  return process.argv.includes(`--${name}`);
}

/** Value of `--name=value`; undefined if it was not given. */
export function optionOf(name: string): string | undefined {
  const prefix = `--${name}=`;
  return process.argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length);
}

/** The same as a whole number of at least 1; throws for anything else. */
export function countOf(name: string, absent: number): number {
  const given = optionOf(name);
  if (given === undefined) return absent;
  if (!/^[1-9]\d{0,5}$/.test(given)) throw new Error(`--${name}=${given} is not a number of at least 1`);
  return Number(given);
}
