/**
 * Which packages a bundle contains, by the statistics of webpack: exactly the modules that were bundled, not what
 * package.json asks for.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A module in webpack's statistics; concatenated ones have `modules` of their own. */
interface StatsModule {
  /** Loaders and file. */
  readonly identifier?: string | null;
  /** The file. */
  readonly nameForCondition?: string | null;
  readonly modules?: readonly StatsModule[];
}

/** The part of webpack's statistics (`ncc build --stats-out`) that is read here. */
export interface BundleStats {
  readonly modules: readonly StatsModule[];
}

export interface BundledPackage {
  /** As in package.json, with its scope: `@sigstore/verify`. */
  readonly name: string;
  readonly version: string;
  /** The SPDX identifier in its package.json. */
  readonly license: string;
  /** The text of its license file. */
  readonly licenseText: string;
}

/** Licenses that may be bundled into a work under Apache-2.0. Another one is a decision, not a build. */
const PERMITTED = new Set(['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT']);
const LICENSE_FILES = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'LICENCE', 'license', 'license.md', 'license.txt'];

/** ncc's stand-in for a module that it could not find, with the name that was asked for. */
const NOT_FOUND = /@@notfound\.js\?(.+)$/;

/**
 * The packages in a bundle, sorted by name and version. `root` is the repository; `apache` is the text of Apache-2.0, for
 * packages under it that ship no license file. Throws if a license is missing or not permitted.
 */
export function bundledPackages(
  stats: BundleStats,
  { root, apache }: { readonly root: string; readonly apache: string },
): BundledPackage[] {
  const folders = new Set<string>();
  for (const { nameForCondition } of allModules(stats)) {
    const folder = packageFolder(nameForCondition ?? '');
    if (folder !== undefined) folders.add(folder);
  }
  const packages = [...folders].map((folder) => describe(join(root, folder), apache));
  // One package may be installed in several folders.
  const distinct = new Map(packages.map((one) => [`${one.name}@${one.version}`, one]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

/** The names of modules that the bundler could not find, sorted. The bundle would look for them where it runs. */
export function unresolvedModules(stats: BundleStats): string[] {
  const names = allModules(stats).flatMap(({ identifier }) => NOT_FOUND.exec(identifier ?? '')?.[1] ?? []);
  return [...new Set(names)].sort();
}

function allModules({ modules }: BundleStats): StatsModule[] {
  return modules.flatMap((module) => [module, ...allModules({ modules: module.modules ?? [] })]);
}

/** `node_modules/a/node_modules/@b/c` for a file in that package; undefined for other files. */
function packageFolder(path: string): string | undefined {
  if (path.includes('@@notfound.js')) return undefined;
  const match = /(?:^|[\\/])(node_modules[\\/](?:.*[\\/]node_modules[\\/])?(?:@[^\\/|!]+[\\/])?[^\\/|!]+)[\\/]/.exec(
    path,
  );
  return match?.[1]?.replaceAll('\\', '/');
}

function describe(folder: string, apache: string): BundledPackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: unknown;
  };
  const { name, version, license } = manifest;
  if (typeof license !== 'string' || !PERMITTED.has(license)) {
    throw new Error(
      `${name}@${version} has the license ${JSON.stringify(license)}; permitted: ${[...PERMITTED].join(', ')}`,
    );
  }
  const file = LICENSE_FILES.find((one) => existsSync(join(folder, one)));
  if (file !== undefined) {
    return { name, version, license, licenseText: readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n') };
  }
  // Its text is the same for everyone who uses it; the other licenses name their authors.
  if (license === 'Apache-2.0') return { name, version, license, licenseText: apache };
  throw new Error(`${name}@${version} is under ${license} and ships no license file`);
}
