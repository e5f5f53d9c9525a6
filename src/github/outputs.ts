import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/** Sets a step output. Setting it again replaces the value. */
export type SetOutput = (name: string, value: string) => void;

/**
 * Writes step outputs to the file at `GITHUB_OUTPUT` (docs.github.com, "Setting an output parameter"): a block with a
 * random delimiter, so that no value can end it. Used before the first request, because @actions/core loads an HTTP
 * client first. Writes the same bytes as @actions/core; a test compares them. Without the file (an old or foreign
 * runner) nothing is written.
 */
export function createSetOutput(path: string | undefined): SetOutput {
  return (name, value) => {
    if (path === undefined || path === '') return;
    const delimiter = `ghadelimiter_${randomUUID()}`;
    requireOutputName(name);
    if (value.includes(delimiter)) throw new Error('an output contains its own random delimiter');
    appendFileSync(path, `${name}<<${delimiter}\n${value}\n${delimiter}\n`, 'utf8');
  };
}

/** Throws for a name that could break the file. @actions/core accepts any name, even with line breaks. */
export function requireOutputName(name: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) throw new Error(`'${name}' is not a valid output name`);
}
