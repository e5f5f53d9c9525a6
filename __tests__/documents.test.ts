import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, test } from 'vitest';
import { parse as parseYaml, stringify as stringifyYaml } from 'yaml';
import { readManifest } from '../sandbox/runner/runner.ts';
import { ownAction } from '../scripts/examples/workflow.ts';
import { parseClaimLine } from '../src/domain/identity/claim-line.ts';
import { readPolicies } from '../src/domain/policy/read-policies.ts';
import { CLAIM_NAMES } from '../src/domain/signature/claims.ts';
import { MAJOR_TAG, REPOSITORY } from '../src/entries/compose/product.ts';
import { scriptProblems, strictYaml, workflowProblems } from './examples/checks.ts';
import { CONTEXT } from './unit/domain/policy/policy-samples.ts';

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

/** A fenced block of a document, with the line on which its content begins. */
interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

function blocksOf(path: string): Block[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/^ *```([a-z]*)\n([\s\S]*?)^ *```$/gm)].map(
    ({ 1: language = '', 2: block = '', index }) => ({
      language,
      text: block,
      line: text.slice(0, index).split('\n').length + 1,
    }),
  );
}

const DOCUMENTED = FILES.filter(
  ([name]) => !/^(?:docs\/decisions\/|__tests__\/|docs\/contract\.md|CHANGELOG)/.test(name),
);
const BLOCKS = DOCUMENTED.flatMap(([name, path]) =>
  blocksOf(path).map((block) => [`${name}:${block.line}`, { ...block, name }] as const),
);
const yamlBlocks = (name: string) => BLOCKS.filter(([, block]) => block.language === 'yaml' && block.name === name);

test('every block of code is in a language that a test reads', () => {
  expect(BLOCKS.length).toBeGreaterThan(15);
  // A drawing, or what a command prints; a block of commands to copy is `sh`.
  const isDrawing = ({ language, text }: Block): boolean =>
    language === 'text' || (language === '' && !/^ *(?:\$ |npm |npx |git |cosign |kubectl |- uses:)/m.test(text));
  const unread = BLOCKS.filter(([, block]) => !['yaml', 'sh'].includes(block.language) && !isDrawing(block));
  expect(unread.map(([where]) => where)).toEqual([]);
  for (const [where, { language, text }] of BLOCKS) {
    if (language !== 'text') continue;
    const commands = [...text.matchAll(/^\$ (.*)$/gm)].map(([, command = '']) => command);
    expect(`${where}: ${commands.map(scriptProblems).join('')}`).toBe(`${where}: `);
  }
});

/** The workflow that a part of one stands for; undefined if the YAML is nothing of a workflow. */
function workflowAround(value: unknown): object | undefined {
  const job = { 'runs-on': 'ubuntu-latest' };
  if (Array.isArray(value)) return { on: 'push', jobs: { job: { ...job, steps: value } } };
  if (typeof value !== 'object' || value === null) return undefined;
  if ('jobs' in value || 'on' in value) {
    return { on: 'push', jobs: { job: { ...job, steps: [{ run: 'true' }] } }, ...value };
  }
  if ('steps' in value) return { on: 'push', jobs: { job: { ...job, ...value } } };
  return undefined;
}

interface Kustomization {
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
}
const isKustomization = (value: unknown): value is Kustomization =>
  (value as { kind?: unknown } | null)?.kind === 'Kustomization';
const isPolicy = (value: unknown): boolean => (value as { kind?: unknown } | null)?.kind === 'ClusterImagePolicy';

test.each(BLOCKS.filter(([, { language }]) => language === 'yaml'))(
  'the YAML at %s is a workflow that GitHub takes, a policy, or inputs that an action has',
  async (where, { name, text }) => {
    const value = strictYaml(text);
    const around = workflowAround(value);
    if (around !== undefined) {
      // Steps in an excerpt have other steps before them, which the parser need not see.
      expect(workflowProblems(where, stringifyYaml(around))).toEqual([]);
    } else if (isPolicy(value)) {
      expect(readPolicies([{ file: where, text }], CONTEXT)).toMatchObject({ kind: 'policies' });
    } else if (isKustomization(value)) {
      // Its paths are written from a folder beside deploy/.
      const { resources = [], components = [] } = value;
      const paths = [...resources, ...components].map((path) => path.replace(/^\.\.\//, ''));
      expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    } else {
      const inputs = (value as { readonly with?: object }).with ?? value;
      const folder = /^(?:verify|verify-files|audit)(?=\/)/.exec(name)?.[0];
      const manifests = await Promise.all(
        (folder === undefined ? Object.values(ACTIONS) : [folder]).map((one) => readManifest(join(ROOT, one))),
      );
      const known = manifests.flatMap((manifest) => Object.keys(manifest.inputs));
      expect(known).toEqual(expect.arrayContaining(Object.keys(inputs as object)));
    }
  },
);

test.each(BLOCKS.filter(([, { language }]) => language === 'yaml'))(
  'the steps at %s give our actions what they declare, use outputs that they have, and run what bash can read',
  async (_where, { text }) => {
    const steps = [...mappings(strictYaml(text))];
    for (const { uses, with: inputs, id } of steps) {
      // A commit in the place of the version, as README.md advises.
      const action = ownAction(String(uses ?? '').replace(/@[0-9a-f]{40}$/, `@${MAJOR_TAG}`));
      if (action === undefined) continue;
      const manifest = await readManifest(join(ROOT, action === 'sign' ? '.' : action));
      expect(Object.keys(manifest.inputs)).toEqual(expect.arrayContaining(Object.keys((inputs ?? {}) as object)));
      const outputs = [...text.matchAll(new RegExp(`\\bsteps\\.${id ?? '-'}\\.outputs\\.([a-z-]+)`, 'g'))];
      expect(manifest.outputs).toEqual(expect.arrayContaining(outputs.map(([, output = '']) => output)));
    }
    for (const { run } of steps) if (typeof run === 'string') expect(scriptProblems(run)).toBe('');
  },
);

test.each(BLOCKS.filter(([, { language }]) => language === 'sh'))(
  'the commands at %s are ones that a shell can read',
  (_where, { text }) => {
    expect(scriptProblems(text)).toBe('');
    // A placeholder in angle brackets would be a redirection.
    expect(text).not.toMatch(/<[a-z]/);
  },
);

test.each(['README.md', 'verify/README.md', 'verify-files/README.md', 'audit/README.md'])(
  'the first block of %s is a whole workflow that grants what its steps need',
  (name) => {
    const [, block] = yamlBlocks(name)[0] ?? [];
    const workflow = parseYaml(block?.text ?? '') as {
      readonly on?: unknown;
      readonly jobs: Readonly<Record<string, { readonly permissions: object; readonly steps: readonly object[] }>>;
    };
    expect(workflow.on).toBeDefined();
    const [job] = Object.values(workflow.jobs);
    expect(job?.permissions).toMatchObject(
      name === 'README.md' ? { packages: 'write', 'id-token': 'write' } : { packages: 'read' },
    );
    expect(job?.steps.length).toBeGreaterThan(0);
  },
);

test.each(Object.entries(CLAIM_NAMES).map(([number, name]) => [name, number] as const))(
  'the example of the claim %s in verify/README.md is a value that the gate takes',
  (name) => {
    const text = readFileSync(join(ROOT, 'verify/README.md'), 'utf8');
    const value = new RegExp(`^\\| \`${name}\` \\| .* \\| \`(.*)\` \\|$`, 'm').exec(text)?.[1] ?? '';
    const context = { issuer: 'https://token.actions.githubusercontent.com', serverUrl: 'https://github.com' };
    expect(parseClaimLine(`${name}=${value}`, context)).toEqual({ name, value });
  },
);

test('the index of docs/ names every page, and README.md leads to it', () => {
  const index = readFileSync(join(ROOT, 'docs/README.md'), 'utf8');
  const pages = readdirSync(join(ROOT, 'docs')).filter(
    (name) => /\.(?:md|schema\.json)$/.test(name) && name !== 'README.md',
  );
  expect(pages.length).toBeGreaterThan(15);
  expect(pages.filter((name) => !index.includes(`](${name})`))).toEqual([]);
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain('](docs/README.md)');
});

test('the first workflow of README.md fits in fifteen lines and grants what signing needs', () => {
  const [, block = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
  expect(block.trimEnd().split('\n').length).toBeLessThanOrEqual(15);
  const workflow = parseYaml(block) as { readonly jobs: { readonly image: object } };
  expect(workflow.jobs.image).toMatchObject({ permissions: { packages: 'write', 'id-token': 'write' } });
});

test('the figures with which README.md compares are those of docs/benchmarks.md, and of its date', () => {
  const page = readFileSync(join(ROOT, 'docs/benchmarks.md'), 'utf8');
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, date = ''] = /Written by `npm run bench -- --write` on (\d{4}-\d\d-\d\d)/.exec(page) ?? [];
  const [, cosign = ''] = /\bcosign (\d+\.\d+\.\d+)/.exec(page) ?? [];
  expect(readme).toContain(`Measured on ${date} against cosign ${cosign}, at 25 ms of latency each way`);
  /** Ours and cosign's: seconds and MiB at 25 ms. */
  const measured = (what: string): readonly [string, string, string, string] => {
    const row = new RegExp(
      `^\\| ${what} \\| 25 ms \\| \\d+ \\| ([\\d.]+) / ([\\d.]+) .* ([\\d.]+) / ([\\d.]+) \\|$`,
      'm',
    );
    const [, ours = '', theirs = '', memory = '', theirMemory = ''] = row.exec(page) ?? [];
    return [
      Number(ours).toFixed(1),
      Number(theirs).toFixed(1),
      Number(memory).toFixed(0),
      Number(theirMemory).toFixed(0),
    ];
  };
  const [signOne, signMany] = [measured('sign 1 image'), measured('sign 20 images')];
  const [verifyOne, verifyMany] = [measured('verify 1 image, one signature'), measured('verify 50 images')];
  const [, ours = '', theirs = ''] =
    /Download before the first signature: ([\d.]+) MiB .* against ([\d.]+) MiB/.exec(page) ?? [];
  for (const row of [
    `| to download first | ${ours} MiB | ${theirs} MiB |`,
    `| sign 1 image, 20 images | ${signOne[0]} s, ${signMany[0]} s | ${signOne[1]} s, ${signMany[1]} s |`,
    `| verify 1 image, 50 images | ${verifyOne[0]} s, ${verifyMany[0]} s | ${verifyOne[1]} s, ${verifyMany[1]} s |`,
    `| memory when verifying 1 image | ${verifyOne[2]} MiB | ${verifyOne[3]} MiB |`,
  ]) {
    expect(readme.split('\n').filter((line) => line.startsWith(row.slice(0, 15)))[0]).toContain(row);
  }
});

test('the inputs that README.md advises by task are declared', async () => {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const section = /^## By task\n([\s\S]*?)^## /m.exec(text)?.[1] ?? '';
  const named = [...section.matchAll(/`([a-z-]+): /g)].map(([, input = '']) => input);
  expect(named.length).toBeGreaterThan(5);
  const manifests = await Promise.all(Object.values(ACTIONS).map((folder) => readManifest(join(ROOT, folder))));
  expect(manifests.flatMap(({ inputs }) => Object.keys(inputs))).toEqual(expect.arrayContaining(named));
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
