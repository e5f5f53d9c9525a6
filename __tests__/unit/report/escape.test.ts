import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
  isPlainOutput,
  jsonOutput,
  markdownBlock,
  markdownCode,
  markdownLink,
  markdownProse,
  markdownText,
  SHOWN_MAX,
  shellWord,
  yamlScalar,
} from '../../../src/report/escape.ts';

/** What opens an expression in a workflow, and how it is written so that it opens none. */
const OPENER = `\${{`;
const INERT = `\${{ '\${{' }}`;

const HOSTILE = [
  'x"$(id)`id`;id',
  '<img src=x onerror=alert(1)>',
  '</code></td><script>',
  '| cell | cell |',
  'a\\|b',
  '[link](https://evil.example)',
  '![img](https://evil.example)',
  'https://evil.example',
  'www.evil.example',
  'alice@evil.example @acme/team #1',
  '**bold** _it_ ~~x~~ `code`',
  '\n# heading\n\n- list',
  '&lt;b&gt; &#60;',
  '- item',
  '1. item',
  '    code',
  '---',
  '===',
  ':smile: :+1: 10:00:00',
  '_a_ b_c __d__',
  '[!NOTE] verified',
  '$\\hide{x}$ $$y$$',
  'WWW.evil.example',
  'a\u202eb',
  `${OPENER} secrets.TOKEN }}`,
];

test.each(HOSTILE)('the text %j is inert in Markdown', (text) => {
  const shown = markdownText(text);
  // Left over is only what has no meaning inline: letters, digits, a few signs, character references.
  expect(shown).toMatch(/^(?:[A-Za-z0-9 /,.:_-]|&#[0-9]+;|<wbr>)*$/);
  // What is left between the splits makes no link, mention, issue, emoji, emphasis, list or heading.
  for (const node of shown.replace(/&#([0-9]+);/g, (_, code) => String.fromCharCode(Number(code))).split('<wbr>')) {
    expect(node).not.toMatch(/:\/\/|www\.|@\S|#\d|:[\w+-]+:|\[.|\$./);
  }
  expect(shown).not.toMatch(/^[ -]|^\d+\.|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/);
});

test('a message shows what it marks with backticks in fixed width, and stays inert', () => {
  expect(markdownProse('Add `packages: write` to <b>')).toBe('Add <code>packages: write</code> to &#60;b&#62;');
  expect(markdownProse('one ` two')).toBe('one &#96; two');
  expect(markdownProse('`</code><img>`')).toBe('<code>&#60;/code&#62;&#60;img&#62;</code>');
  expect(markdownProse('- `a`')).toBe('&#45; <code>a</code>');
  expect(markdownProse(`${'x'.repeat(498)}://evil`)).not.toContain('://');
  expect(markdownProse('')).toBe('');
  expect(markdownProse('x'.repeat(4_000))).toBe(`${'x'.repeat(3_000)}…`);
});

test('shows what the text says, unseen and foreign characters as \\uXXXX, and cuts it', () => {
  expect(markdownText('refs/heads/main')).toBe('refs/heads/main');
  expect(markdownText('g\u00f6')).toBe('g&#92;u00f6');
  expect(markdownCode('a:b')).toBe('<code>a:b</code>');
  expect(markdownText('x'.repeat(SHOWN_MAX + 5))).toBe(`${'x'.repeat(SHOWN_MAX)}…`);
});

test.each([
  ['https://github.com/acme/app/commit/0123', true, 'plain'],
  ['http://github.com/x', false, 'not https'],
  ['https://user@github.com/x', false, 'credentials'],
  ['https://github.com/x) [evil](https://evil.example/', false, 'ends the link'],
  ['javascript:alert(1)', false, 'another scheme'],
])('links to %s: %s (%s)', (url, linked, _why) => {
  expect(markdownLink('label', url)).toBe(linked ? `[label](${url})` : 'label');
});

test('no text can close the fence of its block', () => {
  expect(markdownBlock('sh', 'a\n````\nb')).toBe('`````sh\na\n````\nb\n`````');
  expect(markdownBlock('text', 'plain')).toBe('```text\nplain\n```');
  expect(markdownBlock('text', 'a\u202eb')).toContain('a\\u202eb');
});

test('a shell reads exactly the word that was quoted', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 40 }), (text) => {
      const word = shellWord(text);
      if (word === undefined) {
        expect(text).toMatch(/[^\x20-\x7e]/);
        return;
      }
      expect(execFileSync('/bin/sh', ['-c', `printf %s ${word}`]).toString()).toBe(text);
    }),
    { numRuns: 60, examples: [['x"$(id)`id`;id'], ["it's"], ['']] },
  );
});

test('YAML reads exactly the text that was quoted, and GitHub finds no expression in it', () => {
  const check = (text: string): void => {
    const scalar = yamlScalar(text);
    if (scalar === undefined) return;
    const read: unknown = parseYaml(`with:\n  key: ${scalar}\n`);
    const value = String((read as { with: { key: unknown } }).with.key);
    expect((read as { with: { key: unknown } }).with.key).toBeTypeOf('string');
    expect(value.replaceAll(INERT, OPENER)).toBe(text);
    expect(value.replaceAll(INERT, '')).not.toContain(OPENER);
  };
  fc.assert(fc.property(fc.string({ unit: 'binary-ascii', maxLength: 30 }), check), {
    examples: [
      ['true'],
      ['null'],
      ['1'],
      ['.5'],
      ['~'],
      ['- a'],
      ['a: b'],
      ['a #b'],
      [`${OPENER} x }}`],
      [''],
      ['no'],
      ['*a'],
      ['.inf'],
    ],
  });
  for (const plain of ['acme/app', '.github/workflows/release.yml', 'refs/tags/v1.2', 'refs/heads/main']) {
    expect(yamlScalar(plain)).toBe(plain);
  }
});

test.each(['a\nb', 'a\u202eb', '\u0000'])('%j is offered for pasting nowhere', (text) => {
  expect(shellWord(text)).toBeUndefined();
  expect(yamlScalar(text)).toBeUndefined();
});

test('the JSON of an output reads back as it was and holds only harmless characters in strings', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = jsonOutput(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      for (const literal of text.match(/"(?:[^"\\]|\\.)*"/g) ?? []) {
        expect(literal.slice(1, -1).replace(/\\u[0-9a-f]{4}/g, '')).toMatch(/^[A-Za-z0-9._:/@+=, -]*$/);
      }
    }),
    { examples: [[{ 'k"ey': 'x"$(id)`id`;id\\' }]] },
  );
});

test.each([
  ['https://github.com/acme/app/.github/workflows/r.yml@refs/heads/main', true],
  ['x"$(id)', false],
  ['a\nb', false],
])('%j may be an output of its own: %s', (text, plain) => {
  expect(isPlainOutput(text)).toBe(plain);
});
