import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration } from '../../../src/domain/text/duration.ts';
import { quoted } from '../../../src/domain/text/quoted.ts';
import { ValueError } from '../../../src/domain/text/value-error.ts';
import { parseArtifactsList } from '../../../src/entries/action/inputs/artifacts-list.ts';
import { parseBuildDocument } from '../../../src/entries/action/inputs/build-documents.ts';

import { splitLines, splitList } from '../../../src/entries/inputs/list-rule.ts';
import { DIGEST_A, DIGEST_B } from './fake-input-source.ts';

test.each([
  ['a,b', ['a', 'b'], 'commas'],
  ['a\nb\r\nc', ['a', 'b', 'c'], 'line breaks of both kinds'],
  ['a\n', ['a'], 'one final line break makes no item'],
  ['a\n\nb,', ['a', '', 'b', ''], 'empty items are kept for the caller to judge'],
  [' a , b ', ['a', 'b'], 'blanks around items'],
  ['"a,b"', ['a', 'b'], 'a line of one field is split again, although quoted'],
  ['"a,b",c', ['a,b', 'c'], 'a quoted field beside another keeps its comma'],
  ['"a""b",c', ['a"b', 'c'], 'a doubled quote'],
  ['"a"b",c', ['a"b', 'c'], 'relaxed: a stray quote in a quoted field'],
  ['a"b,c', ['a"b', 'c'], 'relaxed: a quote inside a plain field'],
  ['"a"\r\nb', ['a', 'b'], 'a quoted field before a line break'],
  ['"a\nb",c', ['a\nb', 'c'], 'a line break within quotes'],
  ['', [], 'nothing'],
  ['\n', [], 'only the final line break'],
])('splits %j as the docker actions do (%#)', (text, items, _why) => {
  expect(splitList(text)).toEqual(items);
});

test('refuses a quote that is never closed', () => {
  expect(() => splitList('"a')).toThrow(ValueError);
});

test('lines keep commas and empty lines, but not one final line break', () => {
  expect(splitLines('a,b\n\n c \n')).toEqual(['a,b', '', 'c']);
  expect(splitLines('')).toEqual([]);
});

test.each([
  ['30s', 30_000],
  ['5m', 300_000],
  ['12h', 43_200_000],
  ['30d', 2_592_000_000],
  ['4w', 2_419_200_000],
  ['0s', 0],
])('reads the duration %s as %i ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each(['', '5', 's', '-5s', '1.5h', '5 m', '5M', '1e3s', '99999d', '5m5s'])('%j is no duration', (text) => {
  expect(() => parseDuration(text)).toThrow(ValueError);
});

test.each([
  ['{', 'not valid JSON'],
  ['{"version":2,"subjects":[]}', 'not in version 1'],
  ['{"version":1}', 'not in version 1'],
  ['{"version":1,"subjects":[{"kind":"oci"}]}', 'without a name'],
  ['{"version":1,"subjects":[{"kind":"oci","name":"a/b"}]}', 'without a sha256 digest'],
  ['{"version":1,"subjects":[{"kind":"oci","name":"a/b","digest":"sha512:00"}]}', 'without a sha256 digest'],
])('refuses the artifacts list %s', (text, message) => {
  expect(() => parseArtifactsList(text)).toThrow(message);
});

test('an artifacts list that is empty, has a byte order mark or only files is no error', () => {
  expect(parseArtifactsList('')).toEqual([]);
  expect(parseArtifactsList('\ufeff{"version":1,"subjects":[{"kind":"file","name":"x"},null]}')).toEqual([]);
});

test.each([
  [{ 'image.name': 7 }, 'image.name is not a string'],
  [{ 'containerimage.digest': 7 }, 'is not a sha256 digest'],
  [{ 'containerimage.digest': DIGEST_A, 'containerimage.descriptor': { digest: DIGEST_B } }, 'different digests'],
  [Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`t${i}`, {}])), 'more than 1000 targets'],
])('refuses build metadata %#', (document, message) => {
  expect(() => parseBuildDocument(JSON.stringify(document))).toThrow(message);
});

test('takes an empty digest as none, and equal digests as one', () => {
  expect(parseBuildDocument('{"containerimage.digest":"","image.name":"a/b"}')[0]?.digest).toBeUndefined();
  const twice = { 'containerimage.digest': DIGEST_A, 'containerimage.descriptor': { digest: DIGEST_A } };
  expect(parseBuildDocument(JSON.stringify(twice))[0]?.digest).toBe(DIGEST_A);
});

test('no parser does anything with hostile text but parse it or throw ValueError', () => {
  const parsers = [splitList, parseDuration, parseArtifactsList, parseBuildDocument];
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom(...parsers), (text, parse) => {
      try {
        parse(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ValueError);
      }
    }),
    { numRuns: 500 },
  );
});

test('a value in a message is quoted and cut', () => {
  expect(quoted('a\n"b"')).toBe('"a\\n\\"b\\""');
  expect(quoted('x'.repeat(500))).toHaveLength(303);
});
