import { expect, test } from 'vitest';
import { digestOf } from '../../../src/domain/image/digest.ts';
import { imageStatement } from '../../../src/domain/signature/statement.ts';

const DIGEST = digestOf(Buffer.from('an image'));
const HEX = DIGEST.slice(7);
const text = (annotations: Record<string, string>): string =>
  Buffer.from(imageStatement(DIGEST, annotations)).toString();

test('is what cosign v3 signs, compact: annotations and predicate are there though empty', () => {
  expect(text({})).toBe(
    `{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"${HEX}"},"annotations":{}}],` +
      '"predicateType":"https://sigstore.dev/cosign/sign/v1","predicate":{}}',
  );
});

test.each<[string, Record<string, string>, string]>([
  ['sorted by key', { b: '2', a: '1' }, '{"a":"1","b":"2"}'],
  [
    'with keys that look like numbers in the order of their bytes',
    { b: '', '10': '', '9': '' },
    '{"10":"","9":"","b":""}',
  ],
  ['sorted by UTF-8 bytes, not UTF-16 units', { '\u{1F600}': 'x', '\uFF5E': 'y' }, '{"\uFF5E":"y","\u{1F600}":"x"}'],
  ['without HTML escapes, as protojson writes them', { note: 'a <b> & ü' }, '{"note":"a <b> & ü"}'],
  ['with JSON escapes', { 'a"b': 'c\\d\ne' }, '{"a\\"b":"c\\\\d\\ne"}'],
])('writes annotations %s', (_rule, annotations, expected) => {
  expect(text(annotations)).toContain(`"annotations":${expected}}],`);
  expect(JSON.parse(text(annotations)).subject[0].annotations).toEqual(annotations);
});
