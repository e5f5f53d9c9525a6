import { expect, test } from 'vitest';
import { type RenderedNode, renderTree as render } from '../../../scripts/preview/render-markdown.ts';
import { samples } from '../../../scripts/preview/samples.ts';
import { visibleText } from '../../../src/domain/text/visible-text.ts';
import { CHECK_TEXT_MAX } from '../../../src/github/check-run-calls.ts';
import { cutMarkdown } from '../../../src/report/cut-markdown.ts';

/** Every kind of job summary as GitHub would render it: what it looks like, and that nothing in it acts. */

type Element = Extract<RenderedNode, { type: 'element' }>;

const SAMPLES = samples();
const CASES = SAMPLES.flatMap(({ name, markdown }) =>
  markdown.map((text, index) => [markdown.length === 1 ? name : `${name} ${index + 1}`, text] as const),
);
const MIB = 1_048_576;

/** Pages that a summary may lead to: the run's own repository, this action's help, the public log. */
const LINKS = [
  /^https:\/\/github\.com\/acme\/shop(?:\/(?:commit\/[0-9a-f]{40}|actions\/runs\/\d+\/attempts\/\d+))?$/,
  /^https:\/\/github\.com\/acme\/countersign\/blob\/v1\/docs\/troubleshooting\.md#[a-z_]+$/,
  /^https:\/\/search\.sigstore\.dev\/\?logIndex=\d+$/,
];
const TAGS =
  'a blockquote br code details div em h2 h3 li p pre strong sub summary table tbody td th thead tr ul wbr'.split(' ');

/** The trees so far, which no test changes: several tests look at each sample. */
const trees = new Map<string, RenderedNode>();

function renderTree(markdown: string): RenderedNode {
  const known = trees.get(markdown) ?? render(markdown);
  trees.set(markdown, known);
  return known;
}

function elements(node: RenderedNode): Element[] {
  if (!('children' in node)) return [];
  const inner = node.children.flatMap(elements);
  return node.type === 'element' ? [node, ...inner] : inner;
}

function all(node: RenderedNode, tag: string): Element[] {
  return elements(node).filter((element) => element.tagName === tag);
}

function textOf(node: RenderedNode): string {
  if ('children' in node) return node.children.map(textOf).join('');
  return node.type === 'text' ? (node.value ?? '') : '';
}

/** Each piece of text; `<wbr>` stands between two. */
function textsOf(node: RenderedNode): string[] {
  if ('children' in node) return node.children.flatMap(textsOf);
  return node.type === 'text' ? [node.value ?? ''] : [];
}

/** Text that GitHub's filters for mentions, issues, links and emoji look at. */
function looseTexts(node: RenderedNode): string[] {
  if (node.type === 'element' && ['code', 'pre', 'a'].includes(node.tagName)) return [];
  if ('children' in node) return node.children.flatMap(looseTexts);
  return node.type === 'text' ? [node.value ?? ''] : [];
}

/** A summary whose rows are only as long as its head, and whose parts are only what we write. */
function expectSound(markdown: string): void {
  const tree = renderTree(markdown);
  expect([...new Set(elements(tree).map((element) => element.tagName))].filter((tag) => !TAGS.includes(tag))).toEqual(
    [],
  );
  for (const link of all(tree, 'a')) {
    const href = String(link.properties['href']);
    expect(
      LINKS.some((pattern) => pattern.test(href)),
      href,
    ).toBe(true);
  }
  expect(all(tree, 'h2')).toHaveLength(1);
  for (const table of all(tree, 'table')) {
    const width = all(table, 'th').length;
    expect(width).toBeGreaterThan(0);
    for (const row of all(table, 'tr')) {
      expect(row.children.filter((cell) => cell.type === 'element')).toHaveLength(width);
    }
  }
  for (const section of all(tree, 'details')) {
    expect(section.properties).toEqual({});
    expect(section.children.find((child) => child.type === 'element')).toMatchObject({ tagName: 'summary' });
  }
  for (const text of looseTexts(tree)) {
    expect(text).not.toMatch(/(?:^|\W)@[A-Za-z0-9]|#\d|\bGH-\d|:(?!\d\d:)[\w+-]+:|:\/\/|\bwww\./);
  }
  expect(visibleText(textOf(tree).replaceAll('\n', ''))).toBe(textOf(tree).replaceAll('\n', ''));
  expect(Buffer.byteLength(markdown)).toBeLessThan(MIB);
}

test.each(CASES)(
  '%s keeps its structure, and nothing in it executes, links out or breaks a table',
  (_name, markdown) => {
    expectSound(markdown);
  },
);

test.each(SAMPLES.filter(({ name }) => name !== 'hostile'))(
  'the first line of $name is the outcome',
  ({ markdown }) => {
    for (const text of markdown) {
      expect(text).toMatch(/^## (?:✅|❌|❗|⚠️|Dry run)/);
    }
  },
);

test('the names of two steps tell their summaries apart', () => {
  const steps = SAMPLES.find(({ name }) => name === 'sign-steps')?.markdown.map((text) => text.split('\n')[0]);
  expect(new Set(steps).size).toBe(2);
});

test('the summaries of one job stay apart when they are put together', () => {
  const steps = SAMPLES.find(({ name }) => name === 'sign-steps')?.markdown ?? [];
  const tree = renderTree(steps.join('\n'));
  expect(all(tree, 'h2')).toHaveLength(steps.length);
  // Nothing of the second step lies inside something that the first left open.
  const top = 'children' in tree ? tree.children : [];
  expect(top.filter((node) => node.type === 'element' && node.tagName === 'h2')).toHaveLength(steps.length);
});

test.each(CASES)('on a narrow page no value of %s widens its table: each can be broken', (_name, markdown) => {
  const values = all(renderTree(markdown), 'td').flatMap((cell) => all(cell, 'code'));
  const words = values.flatMap(textsOf).flatMap((text) => text.split(/\s/));
  expect(words.filter((word) => word.length > 40)).toEqual([]);
});

test.each(['sign-200', 'verify-200', 'verify-200-refused'])('%s names each of its 200 images in a table', (name) => {
  const tree = renderTree(SAMPLES.find((sample) => sample.name === name)?.markdown[0] ?? '');
  const named = all(tree, 'td').map(textOf).join('\n');
  for (let index = 1; index <= 200; index += 1) {
    expect(named).toContain(`service-${String(index).padStart(3, '0')}:1.4.2`);
  }
});

test('of 200 images those that did not pass stand open on top, and all others are folded', () => {
  const tree = renderTree(SAMPLES.find(({ name }) => name === 'verify-200')?.markdown[0] ?? '');
  const [first] = all(tree, 'table');
  const rows = first === undefined ? [] : all(first, 'tr').slice(1).map(textOf);
  expect(rows.map((row) => /refused|not decided/.exec(row)?.[0])).toEqual(['refused', 'refused', 'not decided']);
  const folded = all(tree, 'details').map((section) => textOf(section).split('\n')[0]);
  expect(folded.some((title) => title?.includes('197 more images, all passed'))).toBe(true);
});

test('the side-by-side of a refusal shows what was expected and what was found', () => {
  const tree = renderTree(SAMPLES.find(({ name }) => name === 'verify-refused')?.markdown[0] ?? '');
  const rows = all(tree, 'tr').map((row) => row.children.filter((cell) => cell.type === 'element').map(textOf));
  expect(rows).toContainEqual(['❌ workflow', '.github/workflows/release.yml', '.github/workflows/nightly.yml']);
});

test.each([2_000, 20_000, 65_535])('a report cut to %i characters is still sound', (max) => {
  for (const name of ['verify-200', 'verify-200-refused', 'hostile']) {
    const markdown = SAMPLES.find((sample) => sample.name === name)?.markdown[0] ?? '';
    const cut = cutMarkdown(markdown, max, (text) => text.length);
    expect(cut.length).toBeLessThanOrEqual(max);
    expectSound(cut);
  }
});

test.each([
  ['verify-200', 3],
  ['verify-200-refused', 20],
])('a check run has room for what is wrong with the images of %s', (name, sections) => {
  const markdown = SAMPLES.find((sample) => sample.name === name)?.markdown[0] ?? '';
  const cut = cutMarkdown(markdown, CHECK_TEXT_MAX, (text) => Buffer.byteLength(text));
  expect(cut).not.toBe(markdown);
  expect(all(renderTree(cut), 'h3')).toHaveLength(sections);
});

test('what the renderer would let through is seen by these checks', () => {
  for (const markdown of [
    '## a\n[click](https://evil.example)',
    '## a\nhttps://evil.example',
    '## a\n<img src=https://evil.example/x>',
    '## a\n@octocat',
    '## a\n\n## b',
    '## a\n<details open><summary>x</summary></details>',
  ]) {
    expect(() => expectSound(markdown)).toThrow();
  }
});
