import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { readManifest } from '../sandbox/runner/runner.ts';
import { MAJOR_TAG, REPOSITORY } from '../src/entries/action/product.ts';

const ROOT = join(import.meta.dirname, '..');
const NOT_OURS = new Set(['node_modules', '.git', 'dist', 'preview', '.build', 'coverage']);

function markdownFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (NOT_OURS.has(entry.name)) return [];
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

/** The text without code, where brackets are no links and `#` starts no heading. */
const prose = (path: string): string =>
  readFileSync(path, 'utf8')
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, (code) => code.replaceAll(/[[\]()<>]/g, ' '));

/** Anchors of the headings, as GitHub makes them. */
function anchorsOf(path: string): ReadonlySet<string> {
  const headings = [...prose(path).matchAll(/^#{1,6} (.*)$/gm)].map(([, text = '']) => text);
  return new Set(
    headings.map((text) =>
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(' ', '-'),
    ),
  );
}

/** What is wrong with a link target written in `from`; undefined if it leads somewhere or is none of ours. */
function problemOf(from: string, target: string): string | undefined {
  if (/^(?:https?:|mailto:)/.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : join(dirname(from), decodeURIComponent(path));
  if (!existsSync(file)) return `${target}: there is no such file`;
  if (relative(ROOT, file).startsWith('..')) return `${target} leads out of the repository`;
  if (anchor === undefined || !statSync(file).isFile() || !file.endsWith('.md')) return undefined;
  return anchorsOf(file).has(anchor) ? undefined : `${target}: no such heading`;
}

const FILES = markdownFiles(ROOT).map((path) => [relative(ROOT, path).split(sep).join('/'), path] as const);

test('the documents are found, and their links are seen', () => {
  expect(FILES.map(([name]) => name)).toEqual(
    expect.arrayContaining(['README.md', 'verify/README.md', 'docs/architecture.md', 'CHANGELOG.md']),
  );
  expect(problemOf(join(ROOT, 'README.md'), 'docs/none.md')).toContain('no such file');
  expect(problemOf(join(ROOT, 'README.md'), 'docs/threat-model.md#none')).toContain('no such heading');
  expect(problemOf(join(ROOT, 'README.md'), 'docs/threat-model.md#out-of-scope')).toBeUndefined();
});

test.each(FILES)('every relative link in %s leads somewhere', (_name, path) => {
  const targets = [...prose(path).matchAll(/\]\(([^)\s]+)[^)]*\)|(?:href|src)="([^"]+)"/g)];
  const problems = targets.map(([, inline, html]) => problemOf(path, inline ?? html ?? ''));
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
});

test.each(FILES)('every npm script that %s names is there', (_name, path) => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const named = [...readFileSync(path, 'utf8').matchAll(/\bnpm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => name);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

/** Every mapping within a YAML value. */
function* mappings(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>;
  for (const inner of Object.values(value)) yield* mappings(inner);
}

const ACTIONS: Readonly<Record<string, string>> = {
  [`${REPOSITORY}@${MAJOR_TAG}`]: '.',
  [`${REPOSITORY}/verify@${MAJOR_TAG}`]: 'verify',
  [`${REPOSITORY}/verify-files@${MAJOR_TAG}`]: 'verify-files',
  [`${REPOSITORY}/audit@${MAJOR_TAG}`]: 'audit',
};

test.each(['README.md', 'verify/README.md', 'verify-files/README.md'])(
  'the workflows of %s use only what the actions declare',
  async (name) => {
    const text = readFileSync(join(ROOT, name), 'utf8');
    const blocks = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
    const used = blocks
      .flatMap((block) => [...mappings(parseYaml(block))])
      .filter((step) => Object.hasOwn(ACTIONS, String(step['uses'])));
    expect(used.length).toBeGreaterThan(1);
    for (const { uses, with: inputs } of used) {
      const manifest = await readManifest(join(ROOT, ACTIONS[String(uses)] ?? 'none'));
      expect(Object.keys(manifest.inputs)).toEqual(expect.arrayContaining(Object.keys(inputs as object)));
    }
    const { outputs } = await readManifest(join(ROOT, name === 'verify-files/README.md' ? 'verify-files' : 'verify'));
    const asked = [...text.matchAll(/\bsteps\.gate\.outputs\.([a-z-]+)/g)].map(([, output = '']) => output);
    expect(asked.length).toBeGreaterThan(0);
    expect(outputs).toEqual(expect.arrayContaining(asked));
  },
);

test('the first workflow of README.md fits in fifteen lines and grants what signing needs', () => {
  const [, block = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
  expect(block.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
  const workflow = parseYaml(block) as { readonly permissions: unknown; readonly jobs: { readonly image: object } };
  expect(workflow.permissions).toEqual({});
  expect(workflow.jobs.image).toMatchObject({ permissions: { packages: 'write', 'id-token': 'write' } });
});

test('the inputs that README.md advises by task are declared', async () => {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const section = /^## By task\n([\s\S]*?)^## /m.exec(text)?.[1] ?? '';
  const named = [...section.matchAll(/`([a-z-]+): /g)].map(([, input = '']) => input);
  expect(named.length).toBeGreaterThan(5);
  expect(Object.keys((await readManifest(ROOT)).inputs)).toEqual(expect.arrayContaining(named));
});

test('examples/audit-nightly.yml saves the baseline last, and not if the news was not delivered', () => {
  const { jobs } = parseYaml(readFileSync(join(ROOT, 'examples/audit-nightly.yml'), 'utf8')) as {
    readonly jobs: { readonly audit: { readonly permissions: unknown; readonly steps: readonly ExampleStep[] } };
  };
  expect(jobs.audit.permissions).toEqual({ packages: 'read', issues: 'write' });
  expect(jobs.audit.steps.at(-1)?.uses).toMatch(/^actions\/cache\/save@/);
  expect(jobs.audit.steps.at(-1)?.if).toContain("steps.issue.outcome != 'failure'");
});

interface ExampleStep {
  readonly uses?: string;
  readonly if?: string;
}
