/**
 * Bundles both actions into dist/. Types are compiled away by tsc first: ncc's own TypeScript loader
 * does not accept `module: nodenext` (docs/decisions/0002). Everything is written anew and then put in
 * place at once, so that no chunk of an earlier build stays behind and nobody runs half a build.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requireInstalledAsLocked } from './common/installed-packages.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = (script: string, ...args: string[]): void => {
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' });
};

requireInstalledAsLocked(root);

// One fixed place, since the names of chunks come from paths; inside the repository, since ncc looks for
// node_modules above what it bundles. One build at a time: the second finds the folder and says so.
const scratch = join(root, '.build');
try {
  mkdirSync(scratch);
} catch (error) {
  throw new Error(`${scratch} exists: another build is running, or one was killed (then remove it)`, { cause: error });
}
try {
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', join(scratch, 'js'));
  for (const action of ['sign', 'verify']) {
    const made = join(scratch, action);
    const entry = join(scratch, 'js', 'src', 'entries', action, 'main.js');
    run('@vercel/ncc/dist/ncc/cli.js', 'build', entry, '-o', made, '-q', '--license', 'LICENSES.txt');
    const bytes = readdirSync(made)
      .filter((name) => name !== 'LICENSES.txt')
      .reduce((sum, name) => sum + statSync(join(made, name)).size, 0);
    console.log(`dist/${action}: ${bytes} bytes`);
    const target = join(root, 'dist', action);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(made, target);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
