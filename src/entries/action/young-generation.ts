import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the young generation of V8's heap from growing any further. Nearly everything that a run allocates becomes garbage
 * at once, and by default V8 lets that part grow to 48 MB and more before it collects. Call it when the first request is
 * sent: what the start loads stays, so V8 would only copy it more often.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
