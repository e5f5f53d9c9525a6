import { encodeCommandData } from './log-escape.ts';

/**
 * Tells the runner once to hide a secret from now on. A mask covers a whole value only, so every line of a multi-line
 * secret gets its own mask. Empty values are skipped, because the runner would warn about them.
 */
export function createMask(write: (text: string) => void): (secret: string) => void {
  const told = new Set<string>();
  return (secret) => {
    const parts = secret.includes('\n') ? [secret, ...secret.split(/\r?\n/)] : [secret];
    for (const part of parts) {
      if (part.trim() === '' || told.has(part)) continue;
      told.add(part);
      // Only encoded, because the mask must have exactly the bytes of the secret.
      write(`::add-mask::${encodeCommandData(part)}\n`);
    }
  };
}
