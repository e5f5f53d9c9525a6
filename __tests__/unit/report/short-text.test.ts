import { expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import type { ImageResult } from '../../../src/domain/results.ts';
import { cutMarkdown } from '../../../src/report/cut-markdown.ts';
import { checkTitle, STATUS_DESCRIPTION_MAX, statusDescription } from '../../../src/report/short-text.ts';
import type { ImageReport } from '../../../src/report/verify-details.ts';
import { HOSTILE, image, refusedImage, reported } from './report-samples.ts';

const all = (...images: ImageResult[]): ImageReport[] => images.map((one) => reported(one));

const length = (text: string): number => text.length;

test.each([
  ['one that passed', { images: all(image()), verdict: 'pass' }, 'Verified: ghcr.io/acme/app:1.2'],
  ['two that passed', { images: all(image(), image()), verdict: 'pass' }, 'Verified: 2 images'],
  [
    'the first refused one by name, with its reason and how many more',
    { images: all(image(), refusedImage({ tag: 'a' }), refusedImage({ tag: 'b' })), verdict: 'fail' },
    'Refused (IDENTITY_MISMATCH, and 1 more image): ghcr.io/acme/app:a',
  ],
  [
    'the one that could not be decided before the refused one',
    {
      images: all(refusedImage(), image({ verdict: 'error', reason: 'REGISTRY_DENIED', tag: 'c' })),
      verdict: 'error',
    },
    'Not decided (REGISTRY_DENIED, and 1 more image): ghcr.io/acme/app:c',
  ],
  ['nothing at all', { images: [], verdict: 'error' }, 'Not decided: nothing was verified'],
  [
    'what stopped the run',
    {
      images: [],
      verdict: 'error',
      error: new CodedError('INPUT_INVALID', '2 inputs cannot be used:\n- input images: x'),
    },
    'Not decided: INPUT_INVALID: 2 inputs cannot be used: - input images: x',
  ],
  [
    'an image without a reason',
    { images: all(refusedImage({ reason: null })), verdict: 'fail' },
    'Refused (fail): ghcr.io/acme/app:1.2',
  ],
] as const)('says in one line: %s', (_what, report, expected) => {
  expect(statusDescription({ error: undefined, ...report })).toBe(expected);
});

test.each([HOSTILE, '🚀'.repeat(300), 'x'.repeat(300)])('a status is never longer than GitHub takes (%#)', (name) => {
  const report = {
    images: all(refusedImage({ repository: null, reference: name })),
    verdict: 'fail',
    error: undefined,
  } as const;
  const description = statusDescription(report);
  expect([...description].length).toBeLessThanOrEqual(STATUS_DESCRIPTION_MAX);
  expect(description).toMatch(/^Refused \(IDENTITY_MISMATCH\): /);
  expect(description).not.toMatch(/\p{Surrogate}|[\n\u202e]/u);
  expect([...checkTitle(report)].length).toBeLessThanOrEqual(200);
});

test('Markdown that fits is left as it is', () => {
  expect(cutMarkdown('a\nb\n', 4, length)).toBe('a\nb\n');
});

test.each([
  ['in a folded section', ['<details><summary>s</summary>', '', ...Array<string>(300).fill('text')], '</details>'],
  ['in a fence', ['````yaml', ...Array<string>(300).fill('```'), '````'], '````'],
  [
    'after what was closed',
    ['<details><summary>s</summary>', '', '```sh', 'x', '```', '', '</details>', ...Array<string>(300).fill('text')],
    undefined,
  ],
])('a cut %s closes what is open, fits, and says so', (_where, lines, closer) => {
  const text = cutMarkdown(lines.join('\n'), 600, length);
  expect(text.length).toBeLessThanOrEqual(600);
  expect(text.endsWith('See the results file for everything.\n')).toBe(true);
  const tail = text.split('\n').slice(-6);
  if (closer === undefined) expect(tail).not.toContain('</details>');
  else expect(tail).toContain(closer);
});
