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

test('this Node knows the flags that keep the heap small', () => {
  const source = readFileSync(join(ROOT, 'src', 'entries', 'action', 'small-heap.ts'), 'utf8');
  const flags = [...source.matchAll(/setFlagsFromString\('(.+?)'\)/g)].map(([, flag = '']) => flag);
  expect(flags).toHaveLength(2);
  for (const flag of flags) expect(complaints(flag)).toBe('');
  expect(complaints('--no-such-flag=1')).toContain('unrecognized');
});
