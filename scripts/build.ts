/**
 * Bundles both actions into dist/. Types are compiled away by tsc first: ncc's own TypeScript loader
 * does not accept `module: nodenext` (docs/decisions/0002). Everything is rewritten from nothing, so
 * that what is committed is what the sources say and no chunk of an earlier build stays behind.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = process.argv[2] ?? join(root, 'dist');
const run = (script: string, ...args: string[]): void => {
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' });
};

rmSync(join(root, '.build'), { recursive: true, force: true });
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');

for (const action of ['sign', 'verify']) {
  const entry = join(root, '.build', 'src', 'entries', action, 'main.js');
  const target = join(out, action);
  rmSync(target, { recursive: true, force: true });
  run(
    '@vercel/ncc/dist/ncc/cli.js',
    'build',
    existsSync(entry) ? entry : `missing ${entry}`,
    '-o',
    target,
    '-q',
    '--license',
    'LICENSES.txt',
  );
  const bytes = readdirSync(target)
    .filter((name) => name !== 'LICENSES.txt')
    .reduce((sum, name) => sum + statSync(join(target, name)).size, 0);
  console.log(`dist/${action}: ${bytes} bytes`);
}
rmSync(join(root, '.build'), { recursive: true, force: true });
