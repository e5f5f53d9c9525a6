import { ownTurn } from '../domain/calls/own-turn.ts';

/** Documents of this size, in bytes, are parsed in a millisecond or less. */
const SMALL_BYTES = 64 * 1024;

/** Await this before a document is parsed: a large one gets its own turn. */
export async function turnFor(document: Uint8Array): Promise<void> {
  if (document.length > SMALL_BYTES) await ownTurn();
}
