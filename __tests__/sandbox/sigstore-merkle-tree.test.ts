import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../../sandbox/sigstore/keys.ts';
import { hashLeaf, inclusionPath, rootOf } from '../../sandbox/sigstore/merkle-tree.ts';

/** Root that an audit path leads to (RFC 9162 §2.1.3.2); undefined if the path has the wrong length. */
function climb(leaf: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer | undefined {
  let [fn, sn, hash] = [index, size - 1, leaf];
  const node = (left: Buffer, right: Buffer) => sha256(Buffer.concat([Buffer.from([1]), left, right]));
  for (const sibling of path) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      hash = node(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else {
      hash = node(hash, sibling);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 ? hash : undefined;
}

// Test vectors of certificate-transparency: the first leaves and their roots.
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS: readonly [number, string][] = [
  [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
];

test.each(ROOTS)('the tree of the first %i known leaves has the known root', (size, root) => {
  const leaves = LEAVES.slice(0, size).map((hex) => hashLeaf(Buffer.from(hex, 'hex')));
  expect(rootOf(leaves).toString('hex')).toBe(root);
});

test('every audit path leads from its leaf to the root, and from no other leaf', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, seed) => {
      const leaves = Array.from({ length: size }, (_, number) => hashLeaf(Buffer.from(`leaf ${number}`)));
      const index = seed % size;
      const path = inclusionPath(leaves, index);
      const leaf = leaves[index] ?? Buffer.alloc(0);
      expect(climb(leaf, index, size, path)).toEqual(rootOf(leaves));
      expect(climb(hashLeaf(Buffer.from('other')), index, size, path)).not.toEqual(rootOf(leaves));
    }),
    { numRuns: 60 },
  );
});

test('there is no path to a leaf beyond the tree', () => {
  expect(() => inclusionPath([hashLeaf(Buffer.alloc(0))], 1)).toThrow(RangeError);
});
