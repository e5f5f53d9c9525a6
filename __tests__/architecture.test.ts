import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readManifest } from '../sandbox/runner/runner.ts';
import { DOCUMENTS, withTables } from '../scripts/update-docs.ts';
import { ERROR_CODES } from '../src/coded-error.ts';
import { REFUSAL_REASONS } from '../src/domain/signature/refusal.ts';
import { readSignInputs, SIGN_INPUTS } from '../src/entries/sign/inputs.ts';
import { readVerifyInputs, VERIFY_INPUTS } from '../src/entries/verify/inputs.ts';
import { DIGEST_A, fakeSource } from './unit/entries/fake-input-source.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
}

interface SourceFile {
  /** Relative to src, with `/`. */
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** Files of src with what they import; targets within src are relative to it, others as written. */
const FILES: readonly SourceFile[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .map((path) => {
    const text = readFileSync(join(SRC, path), 'utf8');
    const slashed = path.split(sep).join('/');
    const folder = slashed.includes('/') ? (slashed.split('/')[0] ?? '') : '';
    return { path: slashed, folder, text, imports: importsOf(path, text) };
  });

function importsOf(path: string, text: string): Import[] {
  const found: Import[] = [];
  const statements =
    /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
  for (const [, type, from, bare, dynamic] of text.matchAll(statements)) {
    const written = from ?? bare ?? dynamic ?? '';
    const target = written.startsWith('.')
      ? relative(SRC, resolve(SRC, dirname(path), written))
          .split(sep)
          .join('/')
      : written;
    found.push({ target, typeOnly: type !== undefined });
  }
  return found;
}

/** Which folders and packages each folder may import besides its own (the table of docs/architecture.md). */
const ALLOWED: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: readonly RegExp[] }>> =
  {
    domain: { folders: [], packages: [/^node:crypto$/, /^re2js$/] },
    report: { folders: ['domain'], packages: [] },
    usecases: { folders: ['domain'], packages: [] },
    http: { folders: ['domain'], packages: [/^undici(?:\/|$)/, /^node:/] },
    oci: { folders: ['domain', 'http'], packages: [/^tldts$/, /^node:/] },
    sigstore: { folders: ['domain', 'http'], packages: [/^@sigstore\//, /^tuf-js(?:\/|$)/, /^node:/] },
    github: { folders: ['domain', 'http'], packages: [/^@actions\/(?:core|github)$/, /^node:/] },
    entries: { folders: ['domain', 'report', 'usecases', 'http', 'oci', 'sigstore', 'github'], packages: [/^node:/] },
  };
const ADAPTERS = ['oci', 'sigstore', 'github'];

test('there are files to look at, and their imports are seen', () => {
  expect(FILES.length).toBeGreaterThan(40);
  expect(FILES.flatMap((file) => file.imports).length).toBeGreaterThan(200);
});

test.each(FILES.map((file) => [file.path, file] as const))('%s imports only what its folder may', (_path, file) => {
  const rule = ALLOWED[file.folder];
  if (rule === undefined) {
    expect(file.path).toBe('coded-error.ts');
    expect(file.imports).toEqual([]);
    return;
  }
  for (const { target, typeOnly } of file.imports) {
    const isFile = target.endsWith('.ts') || target.endsWith('.json');
    const folder = target.includes('/') ? (target.split('/')[0] ?? '') : '';
    // Adapters see the use-cases only as types: the ports they implement and the requests they serve.
    const isPort = typeOnly && ADAPTERS.includes(file.folder) && folder === 'usecases';
    const allowed = isFile
      ? target === 'coded-error.ts' || folder === file.folder || rule.folders.includes(folder) || isPort
      : rule.packages.some((pattern) => pattern.test(target));
    expect(allowed, `${file.path} imports ${target}`).toBe(true);
  }
});

test('docs/architecture.md shows this table', () => {
  const rows = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8').matchAll(/^\| `src\/(\w+)` \|.*\| (.*) \|$/gm);
  const shown = Object.fromEntries([...rows].map(([, folder = '', imports = '']) => [folder, imports]));
  expect(Object.keys(shown).sort()).toEqual(Object.keys(ALLOWED).sort());
  const { entries: _, ...folders } = ALLOWED;
  for (const [folder, rule] of Object.entries(folders)) {
    const text = shown[folder] ?? '';
    const named = Object.keys(ALLOWED).filter((name) => new RegExp(`(?<![\\w/@])${name}\\b`).test(text));
    expect(named.sort(), folder).toEqual([...rule.folders, ...(ADAPTERS.includes(folder) ? ['usecases'] : [])].sort());
    const packages = [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name.replace('*', 'x'));
    for (const name of packages)
      expect(
        rule.packages.some((pattern) => pattern.test(name)),
        name,
      ).toBe(true);
    expect(rule.packages.filter((pattern) => !/node/.test(pattern.source)).length, folder).toBeLessThanOrEqual(
      packages.length,
    );
  }
});

test('no entry imports another entry', () => {
  for (const file of FILES.filter((one) => one.folder === 'entries')) {
    const own = posix.dirname(file.path);
    for (const { target } of file.imports) {
      const entry = /^entries\/(sign|verify)\//.exec(target)?.[1];
      if (entry !== undefined) expect(own, `${file.path} imports ${target}`).toBe(`entries/${entry}`);
    }
  }
});

test.each([
  ['process.env', /\bprocess\.(?:env|exit|stdout|argv)\b/],
  ['the clock', /\bDate\.now\(|\bnew Date\(\)/],
  ['randomness that is no secret', /\bMath\.random\b/],
  // A parameter may be called fetch; the global one may not be used.
  ['the global fetch', /\bglobalThis\.fetch\b|^(?![\s\S]*\bfetch[:,])[\s\S]*(?<![.\w])fetch\(/],
])('%s is touched only by entries', (_name, pattern) => {
  const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const touching = FILES.filter((file) => file.folder !== 'entries' && pattern.test(code(file.text)));
  expect(touching.map((file) => file.path)).toEqual([]);
});

/** Every file that lets anything out of the process but by HTTP, and by what. */
const WAYS_OUT: Readonly<Record<string, string>> = {
  'entries/action/run-environment.ts': 'process.stdout',
  // Waits until all is written; writes nothing itself.
  'entries/action/guard-crash.ts': 'process.stdout',
  'github/outputs.ts': 'appendFileSync',
  // From publishing on; what it is given has passed the outlet.
  'github/toolkit-writer.ts': "'@actions/core'",
  'github/job-summary.ts': 'appendFileSync',
  // Results, concealed before, and bundles, as they were signed.
  'entries/action/confined-files.ts': 'writeFile',
  // What a TUF repository published, checked by hash; no credential goes there.
  'sigstore/trust/tuf-cache.ts': 'writeFile',
  'sigstore/trust/tuf-client.ts': 'writeFile',
  'sigstore/trust/tuf-fetcher.ts': 'writeFile',
};

test('text leaves the process in no other file than those that conceal secrets', () => {
  const out =
    /\bconsole\b|\bprocess\.(?:stdout|stderr|emitWarning|report)\b|\b(?:writeFile|appendFile|writeFileSync|appendFileSync|writeSync|createWriteStream|copyFile|symlink)\b|'@actions\/core'/g;
  const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const found = FILES.flatMap(({ path, text }) => {
    const ways = [...new Set(code(text).match(out) ?? [])];
    return ways.length === 0 ? [] : [[path, ways.join()] as const];
  });
  expect(Object.fromEntries(found)).toEqual(WAYS_OUT);
});

test.each([
  // What writes raw is made only where it is wrapped.
  ['createLog', ['github/outlet.ts']],
  ['createAnnotations', ['github/outlet.ts']],
  ['createCommandWriter', ['github/outlet.ts']],
  ['createMask', ['github/outlet.ts']],
  ['createSetOutput', ['entries/action/run-environment.ts']],
  ['appendJobSummary', ['entries/action/run-environment.ts']],
  ['resultsFile', ['entries/action/publish-results.ts']],
  ['resultsOutput', ['entries/action/publish-results.ts']],
  ['writeConfined', ['entries/action/publish-results.ts', 'entries/sign/bundle-directory.ts']],
])('%s is used only where secrets are concealed', (name, files) => {
  const users = FILES.filter(({ text }) => new RegExp(`import [^;]*\\b${name}\\b[^;]*;`).test(text));
  expect(users.map(({ path }) => path)).toEqual(files);
});

test('the toolkit is loaded on use: its HTTP client would come before the first request', () => {
  const loading = /^import (?!type)[^;]*toolkit-writer\.ts'|import\('[^']*toolkit-writer\.ts'\)/gm;
  const found = FILES.flatMap(({ path, text }) => [...text.matchAll(loading)].map(([how]) => [path, how]));
  expect(found).toEqual([['entries/action/run-environment.ts', "import('../../github/toolkit-writer.ts')"]]);
});

test.each(['utils', 'helpers', 'common', 'shared', 'types', 'index', 'misc'])(
  'no file or folder is called %s',
  (name) => {
    const named = FILES.filter((file) => file.path.split('/').some((part) => part.replace(/\.ts$/, '') === name));
    expect(named.map((file) => file.path)).toEqual([]);
  },
);

test.each([
  ['.', SIGN_INPUTS, ['images', 'digests', 'issuer', 'subject', 'bundle-paths', 'results', 'report-path']],
  ['verify', VERIFY_INPUTS, ['verified', 'verdict', 'reason', 'images', 'issuer', 'subject', 'results', 'report-path']],
])(
  '%s/action.yml declares exactly the inputs that are read and the outputs of the contract',
  async (dir, inputs, outputs) => {
    const manifest = await readManifest(join(ROOT, dir));
    expect(Object.keys(manifest.inputs).sort()).toEqual([...inputs].sort());
    expect([...manifest.outputs].sort()).toEqual([...outputs].sort());
    expect(manifest.using).toBe('node24');
  },
);

test.each([
  ['.', readSignInputs],
  ['verify', readVerifyInputs],
])('the defaults of %s/action.yml are those of the code', async (dir, read) => {
  const manifest = await readManifest(join(ROOT, dir));
  const defaults = Object.fromEntries(
    Object.entries(manifest.inputs).map(([name, input]) => [
      name,
      name === 'github-token' ? '' : (input.default ?? ''),
    ]),
  );
  const images = `ghcr.io/acme/app@${DIGEST_A}`;
  // Identity rules carry a random word that is new each time.
  const plain = async (inputs: Record<string, string>): Promise<string> =>
    JSON.stringify(await read(fakeSource({ inputs })), (key, value: unknown) => (key === 'randomWord' ? '' : value));
  expect(await plain({ ...defaults, images })).toBe(await plain({ images }));
});

test.each([...ERROR_CODES, ...REFUSAL_REASONS])('docs/troubleshooting.md has a heading for %s', (code) => {
  const headings = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8').match(/^## .*$/gm) ?? [];
  expect(headings.filter((heading) => heading === `## ${code}`)).toHaveLength(1);
});

test('docs/troubleshooting.md has no heading for a code that does not exist', () => {
  const headings = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8').match(/^## .*$/gm) ?? [];
  const codes = new Set<string>([...ERROR_CODES, ...REFUSAL_REASONS].map((code) => `## ${code}`));
  expect(headings.filter((heading) => !codes.has(heading))).toEqual([]);
});

test.each(DOCUMENTS)('the tables of $readme are those of $action', ({ readme, action }) => {
  const text = readFileSync(join(ROOT, readme), 'utf8');
  expect(withTables(text, readFileSync(join(ROOT, action), 'utf8'))).toBe(text);
  expect(text).toContain('| `images` |');
});
