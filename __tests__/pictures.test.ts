import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DOCUMENTED, DOCUMENTED_WIDTH, type MadeFrom, textHash } from '../scripts/preview/documented.ts';
import { samples } from '../scripts/preview/samples.ts';
import { ROOT } from './source-files.ts';

/* The pictures of the README. If a text differs: `npm run screenshots -- --docs`, and look at the pictures. */

const read = (name: string): Buffer => readFileSync(join(ROOT, 'docs/pictures', name));
const made = JSON.parse(read('made-from.json').toString()) as Readonly<Record<string, MadeFrom>>;
const SAMPLES = new Map(samples().map((sample) => [sample.name, sample]));
const textOf = (name: string): string => SAMPLES.get(name)?.markdown.join('\n') ?? '';

test.each(DOCUMENTED)('the picture $name shows what the code writes now', ({ name, maxHeight }) => {
  expect(made[name]?.sha256).toBe(textHash(textOf(name)));
  // Width and height stand in the first chunk (PNG specification, IHDR).
  const png = read(`${name}.png`);
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([DOCUMENTED_WIDTH, made[name]?.height]);
  if (maxHeight !== undefined) expect(made[name]?.height).toBeLessThanOrEqual(maxHeight);
});

test('another text is noticed', () => {
  expect(textHash(`${textOf('sign-1')} `)).not.toBe(made['sign-1']?.sha256);
});

test('the pictures show refusals before passes, the cause under the heading, platforms and attestations', () => {
  const text = textOf('verify-3');
  const order = ['checkout:1.4.2', 'mail:1.4.2', 'cart:1.4.2'].map((name) => text.indexOf(name));
  expect(order).toEqual(order.toSorted((one, other) => one - other));
  const section = text.slice(text.indexOf('### ❌ '));
  const [heading = '', cause = ''] = section.split('\n\n');
  expect(heading).toContain('checkout:1.4.2');
  expect(cause).toContain('CLAIM_MISMATCH');
  expect(cause).toContain('this step allows only release.yml.');
  for (const name of ['verify-3', 'sign-1']) {
    const shown = textOf(name).replaceAll('<wbr>', '');
    expect(shown).toContain('linux/arm64');
    expect(shown).toContain('https://slsa.dev/provenance/v1');
  }
});

test('every picture is shown or linked in README.md', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  for (const { name } of DOCUMENTED) expect(readme).toContain(`docs/pictures/${name}.png`);
  expect(Object.keys(made).sort()).toEqual(DOCUMENTED.map(({ name }) => name).sort());
});
