import { encodeCommandData } from './log-escape.ts';

/**
 * Tells the runner to hide a secret from now on, once. A mask covers a value, not a part of it: every line of a
 * multi-line secret gets its own. Empty values are left out; the runner would warn about them.
 */
export function createMask(write: (text: string) => void): (secret: string) => void {
  const told = new Set<string>();
  return (secret) => {
    const parts = secret.includes('\n') ? [secret, ...secret.split(/\r?\n/)] : [secret];
    for (const part of parts) {
      if (part.trim() === '' || told.has(part)) continue;
      told.add(part);
      // Encoded only: the mask must be the very bytes of the secret.
      write(`::add-mask::${encodeCommandData(part)}\n`);
    }
  };
}
