import { readdirSync, readFileSync } from 'node:fs';
import { posix, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Which rooms, single files and packages each room of the sandbox may import besides Node's own modules. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  http: [],
  github: ['http/'],
  sigstore: ['http/', 'github/'],
  // The token server signs with a certificate.
  registry: ['http/', 'sigstore/self-signed.ts'],
  runner: ['yaml'],
  // It mounts a certificate.
  webhook: ['http/', 'sigstore/self-signed.ts'],
  '.': [
    ...['http/', 'github/', 'sigstore/', 'registry/', 'runner/', 'webhook/'],
    // The demo asks for a second opinion.
    ...['@sigstore/bundle', '@sigstore/protobuf-specs', '@sigstore/verify'],
    // It says the name of the action as workflows do.
    '../package.json',
    // The one of the webhook reads the manifests.
    'yaml',
  ],
};

/** Every specifier of a static or dynamic import or re-export; of a dynamic one `?` if it is not a literal. */
function specifiersOf(text: string): string[] {
  const statements =
    /^(?:import|export)\b[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*(?:['"]([^'"]+)['"])?/gm;
  return [...text.matchAll(statements)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '?');
}

/** Files of the sandbox with what they import: paths relative to the sandbox, packages as written. */
const FILES: ReadonlyMap<string, readonly string[]> = new Map(
  readdirSync(`${ROOT}/sandbox`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => {
      const slashed = path.split(sep).join('/');
      const specifiers = specifiersOf(readFileSync(`${ROOT}/sandbox/${path}`, 'utf8'));
      const targets = specifiers.map((specifier) =>
        specifier.startsWith('.') ? posix.join(posix.dirname(slashed), specifier) : specifier,
      );
      return [slashed, targets];
    }),
);

/** What a room may not import, as `file imports target`. */
function strays(files: ReadonlyMap<string, readonly string[]>): string[] {
  return [...files].flatMap(([file, targets]) => {
    const room = posix.dirname(file);
    const own =
      room === '.' ? (target: string) => files.has(target) : (target: string) => target.startsWith(`${room}/`);
    const isAllowed = (target: string): boolean =>
      target.startsWith('node:') ||
      own(target) ||
      (ALLOWED[room] ?? []).some((one) => (one.endsWith('/') ? target.startsWith(one) : target === one));
    return targets.filter((target) => !isAllowed(target)).map((target) => `${file} imports ${target}`);
  });
}

/** A circle of imports, closed by its first file; [] if there is none. */
function circleIn(files: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const target of files.get(file) ?? []) {
      const circle = visit(target, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of files.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

test('the sandbox has the rooms of the table, and their imports are seen', () => {
  expect([...new Set([...FILES.keys()].map((file) => posix.dirname(file)))].sort()).toEqual(
    Object.keys(ALLOWED).sort(),
  );
  expect([...FILES.values()].flat().length).toBeGreaterThan(150);
});

test('the sandbox imports nothing of src, and each room only what it may', () => {
  expect(strays(FILES)).toEqual([]);
});

test('no files of the sandbox import each other in a circle', () => {
  expect(circleIn(FILES)).toEqual([]);
});

test.each([
  ["import type { Claims } from '../../src/domain/claims.ts';", 'sigstore/x.ts imports ../src/domain/claims.ts'],
  ["export { a } from '../registry/store.ts';", 'sigstore/x.ts imports registry/store.ts'],
  ["const a = await import('../world.ts');", 'sigstore/x.ts imports world.ts'],
  ['const a = await import(name);', 'sigstore/x.ts imports ?'],
  ["import 'undici';", 'sigstore/x.ts imports undici'],
  ["import {\n  a,\n} from '../../scripts/a.ts';", 'sigstore/x.ts imports ../scripts/a.ts'],
])('%j would be noticed', (line, stray) => {
  const targets = specifiersOf(line).map((one) => (one.startsWith('.') ? posix.join('sigstore', one) : one));
  expect(strays(new Map([['sigstore/x.ts', targets]]))).toEqual([stray]);
});

test('a circle would be noticed, types included', () => {
  const serve = FILES.get('http/serve.ts') ?? [];
  expect(circleIn(new Map([...FILES, ['http/serve.ts', [...serve, 'http/replies.ts']]]))).toEqual([
    'http/serve.ts',
    'http/replies.ts',
    'http/serve.ts',
  ]);
});

test('the README of the sandbox names every room', () => {
  const readme = readFileSync(`${ROOT}/sandbox/README.md`, 'utf8');
  const named = [...readme.matchAll(/^- `(\w+)\/`/gm)].map(([, room]) => room);
  expect(named.sort()).toEqual(
    Object.keys(ALLOWED)
      .filter((room) => room !== '.')
      .sort(),
  );
});
