import { expect, test } from 'vitest';
import { parsePathGlob } from '../../../src/entries/action/inputs/path-glob.ts';

test.each([
  [
    'policies/*.yaml',
    'policies',
    ['policies/a.yaml'],
    ['policies/a.yml', 'policies/b/a.yaml', 'a.yaml', 'policies/.a.yaml'],
  ],
  ['**/*.yaml', '', ['a.yaml', 'a/b/c.yaml'], ['a.yml', '.github/a.yaml', 'a/.b/c.yaml']],
  ['.github/**/p-*.yaml', '.github', ['.github/p-1.yaml', '.github/a/b/p-.yaml'], ['.github/p.yaml', 'p-1.yaml']],
  ['a/**', 'a', ['a/b', 'a/b/c'], ['ab', 'b/a']],
  ['*/p.yaml', '', ['a/p.yaml'], ['p.yaml', 'a/b/p.yaml']],
])('%s begins in %j and matches the right paths', (pattern, base, right, wrong) => {
  const glob = parsePathGlob(pattern);
  expect(glob.base).toBe(base);
  for (const path of right) expect(glob.matches(path), path).toBe(true);
  for (const path of wrong) expect(glob.matches(path), path).toBe(false);
  // Every folder on the way to a match is worth listing.
  for (const path of right) {
    const parts = path.split('/').slice(0, -1);
    for (const [index] of parts.entries()) {
      const folder = parts.slice(0, index + 1).join('/');
      if (folder.length > base.length) expect(glob.mayHold(folder), folder).toBe(true);
    }
  }
});

test('folders that cannot hold a match are not listed', () => {
  const glob = parsePathGlob('a/*/c.yaml');
  expect(['a/b', 'b', 'a/b/c', 'a/.b'].map(glob.mayHold)).toEqual([true, false, false, false]);
});

test.each(['a/[bc]*.yaml', '*.{yaml,yml}', '!*.yaml', 'a/?*', '../*.yaml', 'a/**.yaml', '***'])(
  '%s, which tools read in different ways, is refused',
  (pattern) => expect(() => parsePathGlob(pattern)).toThrow(),
);

test('a long pattern takes no long time', () => {
  const glob = parsePathGlob(`${'**/'.repeat(50)}x`);
  expect(glob.matches(`${'a/'.repeat(200)}y`)).toBe(false);
});
