import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { namedFiles, renamed } from '../scripts/rename.ts';
import { MAJOR_TAG, REPOSITORY, VERSION } from '../src/entries/compose/product.ts';
import { ROOT } from './source-files.ts';

/** What people see of the product's name: one place defines it (package.json), everything else agrees. */

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const TEXTS = namedFiles();
const ACTIONS = ['action.yml', ...readdirSync(ROOT).map((name) => `${name}/action.yml`)].filter((path) =>
  TEXTS.includes(path),
);

test('the name is one of GitHub, and the version a semantic one', () => {
  expect(REPOSITORY).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/);
  expect(VERSION).toMatch(/^[1-9]\d*\.\d+\.\d+(-[\w.]+)?$/);
  expect(VERSION.startsWith(`${MAJOR_TAG.slice(1)}.`)).toBe(true);
});

test('no placeholder is left in text for users', () => {
  expect(TEXTS).toContain('README.md');
  expect(TEXTS.filter((path) => /\bOWNER\/(?!NAME)/.test(read(path)))).toEqual([]);
  expect(TEXTS.filter((path) => /countersign\.invalid/.test(read(path)))).toEqual([]);
});

test('every line that uses the action names it as package.json does', () => {
  const used = TEXTS.flatMap((path) =>
    [...read(path).matchAll(/uses: ([\w.-]+\/countersign[^@\s`]*)@(\S+?)[`'"]?(?=\s|$)/g)].map(
      ([, name, ref]) => [path, name, ref] as const,
    ),
  );
  expect(used.length).toBeGreaterThan(3);
  for (const [path, name = '', ref] of used) {
    expect(`${path}: ${name.split('/').slice(0, 2).join('/')}`).toBe(`${path}: ${REPOSITORY}`);
    expect([MAJOR_TAG, expect.stringMatching(/^[0-9a-f]{40}$/)]).toContainEqual(ref);
  }
});

test("the schema's id is where the schema is", () => {
  const { $id } = JSON.parse(read('docs/results.schema.json')) as { readonly $id: string };
  expect($id).toBe(`https://raw.githubusercontent.com/${REPOSITORY}/${MAJOR_TAG}/docs/results.schema.json`);
});

test.each(ACTIONS)('%s can be published: a description below 125 characters', (path) => {
  const { description } = parseYaml(read(path)) as { readonly description: string };
  expect(description.length).toBeGreaterThan(20);
  expect(description.length).toBeLessThan(125);
});

test('what a runner downloads has all that the actions run, and neither source nor tests', () => {
  const main = (path: string): string => (parseYaml(read(path)) as { runs: { main: string } }).runs.main;
  const needed = ACTIONS.flatMap((path) => [path, join(dirname(path), main(path)), join(dirname(path), 'README.md')]);
  expect(needed).toContain('dist/verify-files/index.js');
  const isLeftOut = (path: string): boolean =>
    execFileSync('git', ['check-attr', 'export-ignore', '--', path], { cwd: ROOT, encoding: 'utf8' }).endsWith(
      ': set\n',
    );
  // An attribute of a folder holds for all that is in it.
  const withFolders = needed.flatMap((path) =>
    path.split('/').map((_, index, all) => all.slice(0, index + 1).join('/')),
  );
  expect(withFolders.filter(isLeftOut)).toEqual([]);
  const others = ['src', '__tests__', 'docs', 'sandbox', 'scripts', 'examples', 'deploy', 'dist/webhook'];
  expect(others.filter((folder) => !isLeftOut(folder))).toEqual([]);
});

test('the display name that Marketplace shows is not the name of an account', () => {
  const { name } = parseYaml(read('action.yml')) as { readonly name: string };
  // A name of several words cannot be that of an account.
  expect(name.split(' ').length).toBeGreaterThan(1);
});

test('a fork is renamed where the name stands as a whole', () => {
  const text = 'uses: acme/app@v1, acme/app/verify@v1, acme/app-x, x.acme/app, https://github.com/acme/app.';
  expect(renamed(text, 'acme/app', 'b/c')).toBe(
    'uses: b/c@v1, b/c/verify@v1, acme/app-x, x.acme/app, https://github.com/b/c.',
  );
});
