/** Rebuilds dist/ and fails if what is committed is not exactly what the sources give. */
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
execFileSync(process.execPath, [join(root, 'scripts', 'build.ts')], { cwd: root, stdio: 'inherit' });
// `git status`, not `git diff`: a chunk that is new is a difference too.
const changed = execFileSync('git', ['status', '--porcelain', '--', 'dist'], { cwd: root, encoding: 'utf8' });
if (changed !== '') {
  console.error(`dist/ is not what the sources build; run "npm run build" and commit it:\n${changed}`);
  process.exitCode = 1;
} else {
  console.log('dist/ is fresh');
}
