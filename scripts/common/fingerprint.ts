import { createHash } from 'node:crypto';

/** Short and unlikely to be that of another text. */
export function fingerprint(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
