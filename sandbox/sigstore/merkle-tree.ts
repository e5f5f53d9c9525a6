import { sha256 } from './keys.ts';

/** Hash of a leaf (RFC 6962 §2.1): SHA-256(0x00 ‖ data). */
export const hashLeaf = (data: Uint8Array): Buffer => sha256(Buffer.concat([Buffer.from([0]), data]));

const hashNode = (left: Uint8Array, right: Uint8Array): Buffer =>
  sha256(Buffer.concat([Buffer.from([1]), left, right]));

/** Largest power of two below n (n ≥ 2). */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Merkle tree hash of the given leaf hashes (RFC 6962 §2.1). */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return sha256(Buffer.alloc(0));
  if (leaves.length === 1) return only;
  const split = splitOf(leaves.length);
  return hashNode(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

/** Audit path of the leaf at `index`, nearest sibling first (RFC 6962 §2.1.1). Throws RangeError beyond the leaves. */
export function inclusionPath(leaves: readonly Buffer[], index: number): Buffer[] {
  if (index < 0 || index >= leaves.length) throw new RangeError(`no leaf ${index} in a tree of ${leaves.length}`);
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  return index < split
    ? [...inclusionPath(leaves.slice(0, split), index), rootOf(leaves.slice(split))]
    : [...inclusionPath(leaves.slice(split), index - split), rootOf(leaves.slice(0, split))];
}
