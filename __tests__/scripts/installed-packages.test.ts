import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installationProblems, requireInstalledAsLocked } from '../../scripts/common/installed-packages.ts';

const ROOT = join(import.meta.dirname, '../..');
let root = '';

const LOCKED = {
  '': { version: '0.0.0' },
  'node_modules/tuf-js': { version: '6.0.2' },
  'node_modules/undici': { version: '6.29.1' },
  'node_modules/@actions/core/node_modules/@actions/http-client': { version: '4.0.1' },
  'node_modules/typescript': { version: '6.0.3', dev: true },
  'node_modules/only-on-windows': { version: '1.0.0', dev: true, optional: true },
};
type Packages = Readonly<Record<string, { readonly version: string; readonly optional?: boolean }>>;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'installed-'));
  writeJson('package-lock.json', { lockfileVersion: 3, packages: LOCKED });
  const { '': _root, 'node_modules/only-on-windows': _optional, ...installed } = LOCKED;
  install(installed);
});
afterEach(() => rmSync(root, { recursive: true }));

function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), JSON.stringify(value));
}

/** As npm leaves it: a tree, and its own lockfile of the tree. */
function install(packages: Packages): void {
  writeJson('node_modules/.package-lock.json', { packages });
  for (const [path, { version }] of Object.entries(packages)) writeJson(`${path}/package.json`, { version });
}

test('an installation of what is locked is taken; an optional package may be missing', () => {
  expect(installationProblems(root)).toEqual([]);
  expect(() => requireInstalledAsLocked(root)).not.toThrow();
});

test.each([
  ['an older version', 'node_modules/tuf-js', '6.0.0', 'node_modules/tuf-js: 6.0.0 instead of 6.0.2'],
  ['a newer version', 'node_modules/undici', '6.30.0', 'node_modules/undici: 6.30.0 instead of 6.29.1'],
  ['another compiler', 'node_modules/typescript', '5.9.0', 'node_modules/typescript: 5.9.0 instead of 6.0.3'],
  [
    'an optional one of another version',
    'node_modules/only-on-windows',
    '2.0.0',
    'node_modules/only-on-windows: 2.0.0',
  ],
  [
    'an older one deeper in the tree',
    'node_modules/@actions/core/node_modules/@actions/http-client',
    '4.0.0',
    'http-client: 4.0.0 instead of 4.0.1',
  ],
])('%s is refused, with what to do', (_what, path, version, problem) => {
  writeJson(`${path}/package.json`, { version });
  expect(() => requireInstalledAsLocked(root)).toThrow(problem);
  expect(() => requireInstalledAsLocked(root)).toThrow('run "npm ci"');
});

test('a missing package is refused, and one that the lockfile does not know', () => {
  rmSync(join(root, 'node_modules/tuf-js'), { recursive: true });
  expect(installationProblems(root)).toEqual(['node_modules/tuf-js: missing instead of 6.0.2']);
  install({
    'node_modules/tuf-js': LOCKED['node_modules/tuf-js'],
    'node_modules/a/node_modules/undici': { version: '5.0.0' },
  });
  expect(installationProblems(root)).toEqual(['node_modules/a/node_modules/undici: not in package-lock.json']);
});

test('without any installation the message says the same', () => {
  rmSync(join(root, 'node_modules'), { recursive: true });
  expect(() => requireInstalledAsLocked(root)).toThrow('run "npm ci"');
});

test('scripts/build.ts begins nothing on a stale installation', () => {
  for (const path of ['scripts/build.ts', 'scripts/bundle', 'scripts/common/installed-packages.ts'])
    cpSync(join(ROOT, path), join(root, path), { recursive: true });
  writeJson('package.json', { type: 'module' });
  writeJson('node_modules/tuf-js/package.json', { version: '6.0.0' });
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/build.ts')], { encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stderr).toContain('node_modules/tuf-js: 6.0.0 instead of 6.0.2');
  expect(stderr).toContain('run "npm ci"');
  expect(existsSync(join(root, '.build'))).toBe(false);
});
