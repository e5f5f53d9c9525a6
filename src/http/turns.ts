import { setImmediate as nextTurn } from 'node:timers/promises';

/** Documents of this size, in bytes, are parsed in a millisecond or less. */
const SMALL_BYTES = 64 * 1024;

let last: Promise<void> = Promise.resolve();

/**
 * Await this before a document is parsed: each large document gets its own turn of the event loop, in order. Otherwise,
 * large documents that arrive together would be parsed without a break, and responses for other images would miss their
 * deadlines.
 */
export async function turnFor(document: Uint8Array): Promise<void> {
  if (document.length <= SMALL_BYTES) return;
  last = last.then(() => nextTurn());
  await last;
}
