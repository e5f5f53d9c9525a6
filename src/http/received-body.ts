/** Bytes that arrive in pieces, whose sender decides how many there are. */
export interface ReceivedBody {
  add(piece: Buffer): void;
  /** All pieces together. */
  bytes(): Buffer;
}

/** Pieces that are held apart. A body of 24 MiB in pieces of 64 KiB, as a socket is read, has fewer. */
const APART_MAX = 1024;

/**
 * Collects a body in little more memory than its bytes. With chunked transfer coding (RFC 9112 section 7.1) a sender may
 * make each byte a piece of its own, and a piece takes a hundred bytes besides what it holds: a limit on the bytes alone
 * would allow a hundred times as many.
 */
export function createReceivedBody(): ReceivedBody {
  const joined: Buffer[] = [];
  let apart: Buffer[] = [];
  return {
    add(piece) {
      apart.push(piece);
      if (apart.length < APART_MAX) return;
      joined.push(Buffer.concat(apart));
      apart = [];
    },
    bytes: () => Buffer.concat([...joined, ...apart]),
  };
}
