import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const text = readFileSync(join(ROOT, 'docs/threat-model.md'), 'utf8');
const FOLDERS = ['adversarial', 'adapters', 'deploy', 'e2e', 'sandbox', 'unit'];

test('every check and every test that the threat model names is there', () => {
  const named = [...text.matchAll(/`([a-z][a-z0-9-]*\/[a-z0-9/.-]*)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(40);
  const missing = named.filter((path) => {
    const isTest = FOLDERS.includes(path.split('/')[0] ?? '');
    const base = join(ROOT, isTest ? '__tests__' : 'src', path);
    if (path === 'src/' || path === 'unknown/unknown') return false;
    return !existsSync(base) && !(isTest && existsSync(`${base}.test.ts`));
  });
  expect(missing).toEqual([]);
});

test('every advisory that a test is named after stands in the threat model', () => {
  for (const file of ['adversarial/advisories.test.ts', 'unit/verifying/advisories.test.ts']) {
    const tests = readFileSync(join(ROOT, '__tests__', file), 'utf8');
    const titles = tests
      .split('\n')
      .filter((line) => /^\s*test\(/.test(line))
      .join('\n');
    const ids = [...titles.matchAll(/\b(?:CVE-\d{4}-\d+|GHSA(?:-[a-z0-9]{4}){3})\b/g)].map(([id]) => id);
    expect(ids.length).toBeGreaterThan(5);
    for (const id of ids) expect(text).toContain(id);
  }
});
