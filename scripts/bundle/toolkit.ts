import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = join('node_modules', '@actions', 'core');

/** A file of the package that holds only functions nobody here calls. */
interface Unused {
  readonly file: string;
  /** How the package's entry imports it. */
  readonly importedBy: string;
  /** What stands in the file instead. */
  readonly instead: string;
}

const UNUSED: readonly Unused[] = [
  {
    // With it come an HTTP client and all of undici.
    file: 'oidc-utils.js',
    importedBy: "import { OidcClient } from './oidc-utils.js';",
    instead:
      'export const OidcClient = { getIDToken() { throw new Error("getIDToken is not part of this bundle"); } };\n',
  },
  {
    // With it comes what starts programs.
    file: 'platform.js',
    importedBy: "export * as platform from './platform.js';",
    instead: 'export function getDetails() { throw new Error("platform.getDetails is not part of this bundle"); }\n',
  },
];

/**
 * Lays a copy of `@actions/core` where the compiled sources find it first, without the functions that nobody calls, so
 * that what those would load is not bundled (docs/decisions/0043). Throws if the package no longer imports them as it did.
 */
export function layToolkit({ root, compiled }: { readonly root: string; readonly compiled: string }): void {
  const copy = join(compiled, PACKAGE);
  cpSync(join(root, PACKAGE), copy, { recursive: true });
  const entry = readFileSync(join(copy, 'lib', 'core.js'), 'utf8');
  for (const { file, importedBy, instead } of UNUSED) {
    if (!entry.includes(importedBy)) throw new Error(`@actions/core does not import ${file} where it is expected`);
    writeFileSync(join(copy, 'lib', file), instead);
  }
}
