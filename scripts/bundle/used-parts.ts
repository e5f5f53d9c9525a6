import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A part of a package that nobody here uses. */
interface Unused {
  /** Folder below node_modules. */
  readonly packageName: string;
  /** Path in the package of a file that is there for this part alone. Absent: the part is in the file that loads it. */
  readonly file?: string;
  /** The file of the package that loads the part, and how. */
  readonly loadedBy: { readonly file: string; readonly as: string };
  /** What stands in the file instead, or in place of the line that loads the part. */
  readonly instead: string;
}

const UNUSED: readonly Unused[] = [
  {
    // With it come an HTTP client and all of undici.
    packageName: '@actions/core',
    file: 'lib/oidc-utils.js',
    loadedBy: { file: 'lib/core.js', as: "import { OidcClient } from './oidc-utils.js';" },
    instead:
      'export const OidcClient = { getIDToken() { throw new Error("getIDToken is not part of this bundle"); } };\n',
  },
  {
    // With it comes what starts programs.
    packageName: '@actions/core',
    file: 'lib/platform.js',
    loadedBy: { file: 'lib/core.js', as: "export * as platform from './platform.js';" },
    instead: 'export function getDetails() { throw new Error("platform.getDetails is not part of this bundle"); }\n',
  },
  {
    // A request whose body is FormData, which none of ours is, loads it. With it comes a third of what we load of undici.
    packageName: 'undici',
    file: 'lib/web/fetch/body.js',
    loadedBy: {
      file: 'lib/dispatcher/client-h1.js',
      as: "if (util.isFormDataLike(body)) {\n    if (!extractBody) {\n      extractBody = require('../web/fetch/body.js').extractBody",
    },
    instead: 'exports.extractBody = () => { throw new Error("FormData is not part of this bundle"); };\n',
  },
  {
    // A connection speaks HTTP/2 only with `allowH2`, which we never set. With it comes `node:http2`.
    packageName: 'undici',
    file: 'lib/dispatcher/client-h2.js',
    loadedBy: { file: 'lib/dispatcher/client.js', as: "const connectH2 = require('./client-h2.js')" },
    instead: 'module.exports = async () => { throw new Error("HTTP/2 is not part of this bundle"); };\n',
  },
  {
    // Only for a request whose body is a request that a server has received, which none of ours is.
    packageName: 'undici',
    loadedBy: { file: 'lib/core/util.js', as: "const { IncomingMessage } = require('node:http')" },
    instead: 'const IncomingMessage = undefined',
  },
  {
    // Only for a default of a limit, which our pools set themselves.
    packageName: 'undici',
    loadedBy: { file: 'lib/dispatcher/client.js', as: "const http = require('node:http')" },
    instead: "const http = { get maxHeaderSize () { return require('node:http').maxHeaderSize } }",
  },
];

/**
 * Lays copies of packages where the compiled sources find them first, without parts that nobody here uses, so that what
 * those would load is not bundled, or not loaded (docs/decisions/0044). Throws if a package no longer loads them as it
 * did.
 */
export function layUsedParts({ root, compiled }: { readonly root: string; readonly compiled: string }): void {
  const copyOf = (packageName: string): string => join(compiled, 'node_modules', packageName);
  for (const packageName of new Set(UNUSED.map((one) => one.packageName)))
    cpSync(join(root, 'node_modules', packageName), copyOf(packageName), { recursive: true });
  for (const { packageName, file, loadedBy, instead } of UNUSED) {
    const loader = join(copyOf(packageName), loadedBy.file);
    const text = readFileSync(loader, 'utf8');
    if (text.split(loadedBy.as).length !== 2)
      throw new Error(
        `${packageName} does not load ${file ?? 'what is not used'} where it is expected: ${loadedBy.as}`,
      );
    if (file === undefined)
      writeFileSync(
        loader,
        text.replace(loadedBy.as, () => instead),
      );
    else writeFileSync(join(copyOf(packageName), file), instead);
  }
}
