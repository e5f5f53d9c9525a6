import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../source-files.ts';

/** V8 says on standard error that it does not know a flag, and goes on. */
const complaints = (flag: string): string =>
  spawnSync(process.execPath, ['-e', `require('node:v8').setFlagsFromString(${JSON.stringify(flag)})`], {
    encoding: 'utf8',
  }).stderr;

test.each([
  { file: 'small-heap.ts', count: 2 },
  { file: 'late-optimizing.ts', count: 4 },
])('this Node knows the flags that $file sets', ({ file, count }) => {
  const source = readFileSync(join(ROOT, 'src', 'entries', 'action', file), 'utf8');
  const flags = [...source.matchAll(/setFlagsFromString\('(.+?)'\)/g)].map(([, flag = '']) => flag);
  expect(flags).toHaveLength(count);
  for (const flag of flags) expect(complaints(flag)).toBe('');
});

test('V8 says which flag it does not know', () => {
  expect(complaints('--no-such-flag=1')).toContain('unrecognized');
});
