import { expect, test } from 'vitest';
import { readTopLevelText } from '../../../src/domain/text/top-level-text.ts';

const read = (text: string) => readTopLevelText(Buffer.from(text), 'predicateType', { maxBytes: 1000 });

test.each([
  ['{"predicateType":"a"}', 'a'],
  ['{"x":{"predicateType":"no"},"y":["predicateType","no"], "predicateType" : \n "\\u0061"}', 'a'],
  ['{"x":"\\"predicateType\\":1","predicateType":"a","predicate":[{},[[]]]}', 'a'],
  ['{"predicate":{"predicateType":"no"}}', undefined],
  ['{"x":"predicateType"}', undefined],
])('%s has %s', (text, found) => {
  expect(read(text)).toBe(found);
});

test.each([
  '{"predicateType":"a","predicateType":"b"}',
  '{"predicateType":"a","predicate\\u0054ype":"b"}',
  '{"PredicateType":"b"}',
  '{"predicateType":"a","predicate_type":"b"}',
  '{"predicateType":7}',
  '{"predicateType":{"predicateType":"a"}}',
  `{"predicateType":${' '.repeat(200)}"a"}`,
  `{"x":"${'x'.repeat(1000)}"}`,
  '{"predicateType',
])('%s has no one reading', (text) => {
  expect(() => read(text)).toThrow(SyntaxError);
});

test('is not led to a key by what lies in between', () => {
  expect(() => readTopLevelText(Buffer.from([0x22, 0xff, 0x22]), 'a', { maxBytes: 10 })).toThrow('UTF-8');
});
