import { describe, expect, test } from 'vitest';
import {
  DocumentLimitError,
  divideFlaws,
  documentKind,
  readDocument,
  writtenMediaType,
} from '../../../src/domain/image/registry-document.ts';
import { ValueError } from '../../../src/domain/text/value-error.ts';

const LIMITS = { maxBytes: 1000, maxMembers: 50 };
const read = (text: string) => readDocument(Buffer.from(text), LIMITS, 'x');

test.each([
  ['{"config":{}}', 'manifest'],
  ['{"layers":[]}', 'manifest'],
  ['{"fsLayers":[]}', 'manifest'],
  ['{"manifests":[]}', 'index'],
  ['{"manifests":null}', 'index'],
  ['{"manifests":null,"layers":[]}', 'both'],
  ['{"manifests":[],"config":null}', 'both'],
  ['{"schemaVersion":2}', 'neither'],
  ['{"Manifests":[],"manifeſts":[]}', 'neither'],
  ['{"__proto__":{"manifests":[]}}', 'neither'],
])('%s is %s by its fields', (text, kind) => {
  expect(documentKind(read(text).json)).toBe(kind);
});

describe('readDocument', () => {
  test.each(['', '[]', 'null', '"x"', '7', '{} {}', '\ufeff{}', '{', `${'{"a":'.repeat(10)}`])('refuses %j', (text) => {
    expect(() => read(text)).toThrow(ValueError);
    expect(() => read(text)).not.toThrow(DocumentLimitError);
  });

  test('tells what is too large for its kind from what is malformed', () => {
    expect(() => read(`{"a":"${'x'.repeat(1000)}"}`)).toThrow(DocumentLimitError);
    expect(() => read(`{"a":[${'0,'.repeat(50)}0]}`)).toThrow('x: JSON has more than 50 members');
    expect(() => read(`{"a":${'['.repeat(40)}`)).toThrow(DocumentLimitError);
  });

  test('names the flaws of an index at every depth, and those of no map', () => {
    const { flaws } = read(
      '{"Manifests":[],"manifests":[{"digest":1,"digeſt":2,"annotations":{"Digest":1}},{"platform":{"OS":1}}],"annotations":{"OS":1}}',
    );
    expect(flaws.map(({ path, problem }) => [path.join('.'), problem.split(',')[0]])).toEqual([
      ['', 'key "Manifests"'],
      ['manifests.0', 'key "digeſt"'],
      ['manifests.1.platform', 'key "OS"'],
    ]);
    const { outside, ofEntry } = divideFlaws(flaws, 'manifests');
    expect(outside).toHaveLength(1);
    expect([...ofEntry.keys()]).toEqual([0, 1]);
    // A list that is none has no entries that could stand for themselves.
    expect(divideFlaws(read('{"manifests":{"Digest":1}}').flaws, 'manifests').outside).toHaveLength(1);
  });
});

test('writtenMediaType takes null for none, but not an empty text', () => {
  expect(writtenMediaType({}, 'x')).toBeUndefined();
  expect(writtenMediaType({ mediaType: '' }, 'x')).toBe('');
  expect(writtenMediaType({ mediaType: null }, 'x')).toBeUndefined();
  expect(writtenMediaType({ mediaType: 'a/b' }, 'x')).toBe('a/b');
  expect(() => writtenMediaType({ mediaType: 7 }, 'x')).toThrow(ValueError);
});
