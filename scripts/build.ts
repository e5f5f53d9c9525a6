/**
 * Bundles the actions and the webhook into dist/. Types are compiled away by tsc first: ncc's own TypeScript loader
 * does not accept `module: nodenext` (docs/decisions/0002). Everything is written to a scratch folder and then put
 * in place at once, so that no chunk of an earlier build stays behind and nobody runs half a build.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BundleStats, bundledPackages, unresolvedModules } from './bundle/bundled-packages.ts';
import { billOfMaterials, licensesText } from './bundle/documents.ts';
import { layUsedParts } from './bundle/used-parts.ts';
import { requireInstalledAsLocked } from './common/installed-packages.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const run = (script: string, ...args: string[]): void => {
  execFileSync(process.execPath, [join(root, 'node_modules', script), ...args], { cwd: root, stdio: 'inherit' });
};

requireInstalledAsLocked(root);

/** `debug` asks for it to color its output. */
const DONE_WITHOUT: ReadonlySet<string> = new Set(['supports-color']);

// One fixed place, since the names of chunks come from paths; inside the repository, since ncc looks for
// node_modules above what it bundles. One build at a time: the second finds the folder and says so.
const scratch = join(root, '.build');
try {
  mkdirSync(scratch);
} catch (error) {
  throw new Error(`${scratch} exists: another build is running, or one was killed (then remove it)`, { cause: error });
}
const apache = readFileSync(join(root, 'LICENSE'), 'utf8');
try {
  run('typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', join(scratch, 'js'));
  layUsedParts({ root, compiled: join(scratch, 'js') });
  for (const program of ['sign', 'verify', 'verify-files', 'audit', 'webhook']) {
    const made = join(scratch, program);
    const entry = join(scratch, 'js', 'src', 'entries', program, 'main.js');
    const statsFile = join(scratch, `${program}.stats.json`);
    run('@vercel/ncc/dist/ncc/cli.js', 'build', entry, '-o', made, '-q', '--stats-out', statsFile);
    const stats = JSON.parse(readFileSync(statsFile, 'utf8')) as BundleStats;
    refuseCopies(made);
    settleUnresolved(made, unresolvedModules(stats));
    const bytes = readdirSync(made).reduce((sum, name) => sum + statSync(join(made, name)).size, 0);
    console.log(`dist/${program}: ${bytes} bytes`);
    const packages = bundledPackages(stats, { root, apache });
    writeFileSync(join(made, 'LICENSES.txt'), licensesText(packages));
    writeFileSync(join(made, 'sbom.cdx.json'), billOfMaterials(`countersign/${program}`, packages));
    const target = join(root, 'dist', program);
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(made, target);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/**
 * The bundler copies every file that a path in the code seems to name, up to whole folders of this machine. No code here
 * needs that, and what is copied would be published.
 */
function refuseCopies(folder: string): void {
  const copied = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !/^(?:\d+\.)?index\.js$|^package\.json$/.test(name),
  );
  if (copied.length > 0) throw new Error(`the bundler copies files: ${copied.slice(0, 5).join(', ')}`);
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8');
    if (/__(?:nccwpck|webpack)_require__\.ab \+/.test(text)) throw new Error(`${file} reads files beside itself`);
  }
}

/**
 * Modules that a package asks for in a `try` and does without. The bundler leaves a `require` for a module that it cannot
 * find, which would load whatever has that name above the action's folder on the runner. It becomes a throw.
 */
function settleUnresolved(folder: string, names: readonly string[]): void {
  const unknown = names.filter((name) => !DONE_WITHOUT.has(name));
  if (unknown.length > 0) throw new Error(`the bundler cannot find ${unknown.join(', ')}`);
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const settled = text.replace(
      /^module\.exports = eval\("require"\)\("([^"]+)"\);$/gm,
      (_line, name: string) => `throw new Error(${JSON.stringify(`${name} is not part of this bundle`)});`,
    );
    if (settled.includes('eval("require")')) throw new Error(`${file} loads a module that is not in the bundle`);
    if (settled !== text) writeFileSync(path, settled);
  }
}
