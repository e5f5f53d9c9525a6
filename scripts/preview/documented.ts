import { createHash } from 'node:crypto';

/** The pictures that the documentation shows. Each is whole, unless the rest of the page says nothing new. */
export const DOCUMENTED: readonly { readonly name: string; readonly maxHeight?: number }[] = [
  { name: 'sign-1' },
  { name: 'verify-3' },
  { name: 'verify-200', maxHeight: 900 },
];

/** In CSS pixels, as wide as a summary on GitHub. */
export const DOCUMENTED_WIDTH = 1060;

/** What a picture was made from, in docs/pictures/made-from.json: a test compares it with what the code writes now. */
export interface MadeFrom {
  /** Of the Markdown of all steps, in hex. */
  readonly sha256: string;
  /** Of the picture, in pixels. */
  readonly height: number;
}

export const textHash = (markdown: string): string => createHash('sha256').update(markdown).digest('hex');
