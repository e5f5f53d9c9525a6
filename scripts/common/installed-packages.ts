import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  readonly version?: string;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

/**
 * Throws unless node_modules holds what package-lock.json says: what is bundled comes from there, and a stale
 * installation gives another dist/ than the committed lockfile. Tools are compared too, since they make the bytes.
 */
export function requireInstalledAsLocked(root: string): void {
  const problems = installationProblems(root);
  if (problems.length === 0) return;
  const shown = problems.slice(0, 10).map((problem) => `  ${problem}\n`);
  const rest = problems.length > 10 ? `  and ${problems.length - 10} more\n` : '';
  throw new Error(`node_modules is not what package-lock.json says; run "npm ci":\n${shown.join('')}${rest}`);
}

/** How node_modules differs from package-lock.json, one line per package. Optional packages may be missing. */
export function installationProblems(root: string): string[] {
  const locked = packagesOf(join(root, 'package-lock.json'));
  const problems: string[] = [];
  for (const [path, { version, optional, devOptional }] of Object.entries(locked)) {
    if (path === '') continue;
    const installed = versionIn(join(root, path));
    if (installed === version || (installed === undefined && (optional || devOptional))) continue;
    problems.push(`${path}: ${installed ?? 'missing'} instead of ${version}`);
  }
  // A package that npm once put deeper in the tree would be bundled in place of the locked one above it.
  for (const path of Object.keys(packagesOf(join(root, 'node_modules', '.package-lock.json')))) {
    if (!Object.hasOwn(locked, path)) problems.push(`${path}: not in package-lock.json`);
  }
  return problems;
}

function packagesOf(lockfile: string): Readonly<Record<string, LockedPackage>> {
  let text: string;
  try {
    text = readFileSync(lockfile, 'utf8');
  } catch (cause) {
    throw new Error(`${lockfile} cannot be read; run "npm ci"`, { cause });
  }
  return (JSON.parse(text) as { packages: Readonly<Record<string, LockedPackage>> }).packages;
}

function versionIn(directory: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as { version?: string }).version;
  } catch {
    return undefined;
  }
}
