import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The files of src and what they import, for the tests of the architecture. */

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

export interface Import {
  /** Relative to src with `/` for its files, else as written. */
  readonly target: string;
  readonly typeOnly: boolean;
  /** True for `import('…')`, which loads the file on use. */
  readonly onUse: boolean;
}

export interface SourceFile {
  /** Relative to src, with `/`. */
  readonly path: string;
  /** The first folder of the path; '' for a file at the top. */
  readonly folder: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

export const FILES: readonly SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .map((path) => {
    const text = readFileSync(join(SRC, path), 'utf8');
    const slashed = path.split(sep).join('/');
    const folder = slashed.includes('/') ? (slashed.split('/')[0] ?? '') : '';
    return { path: slashed, folder, text, imports: importsOf(join(SRC, path), text) };
  });

/** What a file imports: statements of every kind, of types too, and calls. */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const statements =
    /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
  for (const [, type, from, bare, dynamic] of text.matchAll(statements)) {
    const written = from ?? bare ?? dynamic ?? '';
    const target = written.startsWith('.')
      ? relative(SRC, resolve(dirname(file), written))
          .split(sep)
          .join('/')
      : written;
    found.push({ target, typeOnly: type !== undefined, onUse: dynamic !== undefined });
  }
  return found;
}

/** True for a file of src, false for a package. */
export function isOwnFile(target: string): boolean {
  return target.endsWith('.ts') || target.endsWith('.json');
}

/** The text without comments. What looks like one inside quotes (a URL, a glob) stays, and what is behind it. */
export function codeOf(text: string): string {
  return text.replace(
    /('(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`)|\/\*[\s\S]*?\*\/|\/\/.*$/gm,
    (_whole, quoted: string | undefined) => quoted ?? '',
  );
}

/** Every circle of nodes found by following arrows from each node once; each as the nodes on its way. */
export function circles(arrows: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (node: string, way: readonly string[]): void => {
    if (way.includes(node)) {
      found.push([...way.slice(way.indexOf(node)), node].join(' → '));
      return;
    }
    if (done.has(node)) return;
    for (const next of arrows.get(node) ?? []) walk(next, [...way, node]);
    done.add(node);
  };
  for (const node of arrows.keys()) walk(node, []);
  return found;
}

/** The files and everything they lead to, by imports of every kind, or only those that are followed. */
export function closureOf(starts: readonly string[], follows: (one: Import) => boolean = () => true): Set<string> {
  const byPath = new Map(FILES.map((file) => [file.path, file] as const));
  const reached = new Set<string>();
  const walk = (path: string): void => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const one of byPath.get(path)?.imports ?? []) if (isOwnFile(one.target) && follows(one)) walk(one.target);
  };
  for (const start of starts) walk(start);
  return reached;
}
