import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run rename -- owner/name` gives the project another home, for a fork: package.json, which the code reads, and every
 * text that shows how to use the action. Then build and commit `dist/`.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Tracked files that show the name: text for users, manifests and workflows. Generated and frozen files stay. */
export function namedFiles(): string[] {
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0');
  return tracked.filter(
    (path) =>
      /\.(?:md|ya?ml|json)$|\/CODEOWNERS$/.test(path) &&
      !/^(?:dist|__tests__)\/|^docs\/contract\.md$|^package-lock\.json$/.test(path),
  );
}

/** The text with one name replaced by the other, where it stands as a whole, and with its team of maintainers. */
export function renamed(text: string, from: string, to: string): string {
  const [owner = '', name = ''] = from.split('/');
  const escaped = `${owner}/${name}`.replace(/[.]/g, '\\.');
  return text
    .replace(new RegExp(`(?<![\\w.-])${escaped}(?![\\w-])`, 'g'), to)
    .replaceAll(`@${owner}/maintainers`, `@${to.split('/')[0]}/maintainers`);
}

function main(): void {
  const [to = ''] = process.argv.slice(2);
  if (!/^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/.test(to)) {
    console.error('Give the new home as owner/name: npm run rename -- acme/countersign');
    process.exitCode = 1;
    return;
  }
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { repository: string };
  const from = manifest.repository.replace(/^github:/, '');
  for (const path of namedFiles()) {
    const before = readFileSync(join(ROOT, path), 'utf8');
    const after = renamed(before, from, to);
    if (after === before) continue;
    writeFileSync(join(ROOT, path), after);
    console.log(`renamed in ${path}`);
  }
  console.log('Now run `npm run build` and commit dist/ with the rest.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
