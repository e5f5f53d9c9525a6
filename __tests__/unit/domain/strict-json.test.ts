import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import {
  describeFlaw,
  JsonLimitError,
  type JsonPlace,
  parseStrictJson,
  readStrictJson,
} from '../../../src/domain/text/strict-json.ts';

const LIMITS = { maxBytes: 10_000, maxDepth: 20 };

test.each([
  ['{"a":1,"a":1}', 'a duplicate key'],
  ['{"a":1,"b":{"c":1,"c":2}}', 'a duplicate key further down'],
  ['[{"a":1},{"b":1,"b":1}]', 'a duplicate key in a list'],
  ['{"a":1,"\\u0061":2}', 'a duplicate key in another spelling'],
  ['{"__proto__":1,"__proto__":2}', 'a duplicate inherited name'],
  ['{"":1,"":2}', 'a duplicate empty key'],
  ['{"a\\"b":1,"a\\"b" : 2}', 'a duplicate key with a quote'],
  ['{"a":1} x', 'text after it'],
  ['\ufeff{}', 'a byte order mark'],
  [`${'['.repeat(21)}${']'.repeat(21)}`, 'too deep'],
  ['{"a":NaN}', 'no JSON'],
  ['', 'nothing'],
  ['{"a', 'a string without an end'],
  ['{"a\\\\\\"', 'a string whose only end is escaped'],
  [']]{"a":1', 'brackets in the wrong order'],
])('refuses %s: %s', (text) => {
  expect(() => parseStrictJson(text, LIMITS)).toThrow(SyntaxError);
  expect(() => parseStrictJson(Buffer.from(text), LIMITS)).toThrow(SyntaxError);
});

test.each([
  ['{"a":1,"b":1,"A":1}', 'different keys'],
  ['{"a":{"a":{"a":1}}}', 'one name at different depths'],
  ['["a","a",{"a":"a"}]', 'values equal to keys'],
  ['{"a":"\\",\\"a\\":1"}', 'a value that looks like a key'],
  ['{"a":"{[","b":"]}"}', 'brackets in values'],
  ['{"a":"\\\\","\\\\":"\\\\\\"{"}', 'backslashes at the end of strings'],
  [`${'['.repeat(20)}${']'.repeat(20)}`, 'as deep as allowed'],
])('takes %s: %s', (text) => {
  expect(parseStrictJson(text, LIMITS)).toEqual(JSON.parse(text));
});

test('refuses invalid UTF-8 and what is too large', () => {
  expect(() => parseStrictJson(Buffer.from([0x22, 0xff, 0x22]), LIMITS)).toThrow('UTF-8');
  expect(() => parseStrictJson(`"${'a'.repeat(10_000)}"`, LIMITS)).toThrow('larger than');
});

test('refuses too many members and too much depth before anything else is wrong', () => {
  const large = { maxBytes: 16 * 1024 * 1024, maxDepth: 20 };
  const most = 100_000;
  const lists = (count: number) => `[${Array.from({ length: count }, () => '[]').join()}]`;
  const tooMany = `more than ${most} members`;
  expect(() => parseStrictJson(`[${'{},'.repeat(most)}`, large)).toThrow(tooMany);
  expect(() => parseStrictJson(`{${Array.from({ length: most + 1 }, (_, i) => `"${i}":0`)}}`, large)).toThrow(tooMany);
  // Lists of numbers and texts cost as much as any other.
  expect(() => parseStrictJson(`[${'0,'.repeat(most)}0]`, large)).toThrow(tooMany);
  expect(() => parseStrictJson(`[${'"",'.repeat(most)}0]`, large)).toThrow(JsonLimitError);
  expect(() => parseStrictJson('['.repeat(1_000_000), large)).toThrow('nested deeper than 20');
  // One list, and of each item itself and the comma before it.
  expect(parseStrictJson(lists(most / 2), large)).toHaveLength(most / 2);
  expect(() => parseStrictJson(lists(most / 2 + 1), large)).toThrow(tooMany);
  expect(() => parseStrictJson('[[],[]]', { ...large, maxMembers: 3 })).toThrow(JsonLimitError);
});

test('text that JSON.parse never sees, since the limits end it', () => {
  const parse = vi.spyOn(JSON, 'parse');
  try {
    const limits = { maxBytes: 5 * 1024 * 1024, maxDepth: 20, maxMembers: 1000 };
    for (const unit of ['{}', '[]', '0', '""', '{"a":1}', '"\\u0061"']) {
      const text = `{"a":[${`${unit},`.repeat((4 * 1024 * 1024) / (unit.length + 1))}0]}`;
      expect(() => parseStrictJson(text, limits)).toThrow(JsonLimitError);
    }
    expect(parse).not.toHaveBeenCalled();
  } finally {
    parse.mockRestore();
  }
});

const PLACE: JsonPlace = { mediaType: null, os: null, 'os.version': null, list: { digest: null }, map: null };
const flawsOf = (text: string, snakeCase = false) =>
  readStrictJson(text, { ...LIMITS, place: PLACE, snakeCase }).flaws.map(describeFlaw);

test.each([
  ['{"os":"a","OS":"b"}', 'key "OS", which other readers treat as "os"'],
  ['{"OS":"b"}', 'key "OS", which other readers treat as "os"'],
  ['{"o\\u017f":"b"}', 'key "oſ", which other readers treat as "os"'],
  ['{"ſ":1,"Os.VERSION":1}', 'key "Os.VERSION", which other readers treat as "os.version"'],
  ['{"MEDIATYPE":1}', 'key "MEDIATYPE", which other readers treat as "mediaType"'],
  ['{"list":[{},{"digest":1,"Digest":2}]}', 'key "Digest", which other readers treat as "digest" at list[1]'],
  ['{"list":{"digeſt":2}}', 'key "digeſt", which other readers treat as "digest" at list'],
  ['{"list":[[{"DIGEST":2}]]}', 'key "DIGEST", which other readers treat as "digest" at list[0][0]'],
  ['{"map":{"a":1,"\\u0061":2}}', 'duplicate key "a" at map'],
  ['{"list":[{"digest":1,"digest":2}]}', 'duplicate key "digest" at list[0]'],
  ['{"map":{"a":"\\ud800"}}', 'text with half of a surrogate pair at map'],
  ['{"map":{"\\udc00\\ud800":1}}', 'text with half of a surrogate pair at map'],
])('%s reads differently elsewhere: %s', (text, flaw) => {
  expect(flawsOf(text)).toEqual([flaw]);
  expect(() => parseStrictJson(text, { ...LIMITS, place: PLACE })).toThrow(flaw);
});

test.each([
  '{"map":{"Digest":1,"digest":2,"OS":3,"media_type":4}}',
  '{"x":{"OS":1},"list":[{"os":1,"MediaType":2}]}',
  '{"media_type":1,"mediatypes":2,"o":3,"":4}',
  '{"os":"\\ud83d\\ude00","map":"\\\\ud800"}',
  '{"__proto__":1,"constructor":2,"toString":3}',
])('%s is the same for everybody', (text) => {
  expect(flawsOf(text)).toEqual([]);
});

test('protobuf JSON has a second spelling of every key', () => {
  expect(flawsOf('{"media_type":1}', true)).toEqual(['key "media_type", which other readers treat as "mediaType"']);
  expect(flawsOf('{"Media_Type":1}', true)).toHaveLength(1);
  expect(flawsOf('{"media_types":1,"map":{"media_type":1}}', true)).toEqual([]);
});

test('tells what writing the value again would lose from what it would keep', () => {
  const text = '{"map":{"a":1,"a":2},"text":{"b":"\\ud800"},"OS":1}';
  const kinds = readStrictJson(text, { ...LIMITS, place: PLACE }).flaws.map(({ kind, path }) => [kind, path]);
  expect(kinds).toEqual([
    ['lossy', ['map']],
    ['lossy', ['text']],
    ['twin', []],
  ]);
});

test('reads every JSON value as JSON.parse does, and refuses it once a key is doubled', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.nat(3), (value, indent) => {
      const text = JSON.stringify(value, null, indent);
      if (text.length > 9000) return;
      expect(parseStrictJson(text, LIMITS)).toEqual(JSON.parse(text));
      if (text.startsWith('{"')) {
        const key = Object.keys(JSON.parse(text))[0] ?? '';
        expect(() =>
          parseStrictJson(
            text.replace('{', () => `{${JSON.stringify(key)}:0,`),
            LIMITS,
          ),
        ).toThrow('duplicate');
      }
    }),
  );
});

test('a long key is not copied for each of the flaws below it', () => {
  const key = 'k'.repeat(100_000);
  const limits = { maxBytes: 1_000_000, maxDepth: 20, maxMembers: 100_000, place: { [key]: { id: null } } };
  // Copies would take 3 GB.
  const items = Array.from({ length: 30_000 }, () => '{"a":1,"a":1}');
  const { flaws } = readStrictJson(`{"${key}":[${items.join(',')},{"ID":1}]}`, limits);
  expect(flaws.map(({ kind }) => kind)).toEqual([...items.map(() => 'lossy'), 'twin']);
  expect(flaws.at(-2)).toEqual({ kind: 'lossy', path: [key, 29_999], problem: 'duplicate key "a"' });
  expect(flaws.at(-1)?.path).toEqual([key, 30_000]);
});

test('no number of flaws hides the next one, and each part has one of a kind', () => {
  const crowd = `{${Array.from({ length: 5000 }, () => '"a":0').join(',')}}`;
  const limits = { maxBytes: 1_000_000, maxDepth: 20, place: { manifests: { digest: null }, mediaType: null } };
  const text = `{"x":${crowd},"y":[${crowd},${crowd}],"MediaType":"z","manifests":[{"a":1,"a":2},{"Digest":1}]}`;
  const { flaws } = readStrictJson(text, limits);
  expect(flaws.map(({ kind, path }) => [kind, ...path])).toEqual([
    ['lossy', 'x'],
    ['lossy', 'y', 0],
    ['lossy', 'y', 1],
    ['lossy', 'manifests', 0],
    ['twin'],
    ['twin', 'manifests', 1],
  ]);
});
