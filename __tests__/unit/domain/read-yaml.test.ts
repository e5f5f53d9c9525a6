import { expect, test } from 'vitest';
import { readYaml } from '../../../src/domain/yaml/read-yaml.ts';

/** More values than one call can take as its arguments. */
const MANY = 130_000;

test('any number of problems is told by the first of them', () => {
  const read = readYaml(`[${'*x, '.repeat(MANY)}]`);
  expect(read).toMatchObject({ kind: 'unreadable', problems: { length: 50 } });
  expect(read.kind === 'unreadable' && read.problems[0]).toMatchObject({ line: 1, document: 1 });
  expect(read.kind === 'unreadable' && read.problems.map(({ message }) => message)).toContain(
    'no anchor is called "x"',
  );
});

test('the problems of a second document are told beside those of the first', () => {
  const read = readYaml('a: !x 1\n---\nb: !y 1\n');
  expect(read).toMatchObject({
    kind: 'unreadable',
    problems: [
      { document: 1, line: 1, message: 'the tag "!x" is not supported' },
      { document: 2, line: 3, message: 'the tag "!y" is not supported' },
    ],
  });
});

test('a map may merge any number of others', () => {
  const read = readYaml(`<<: [${'{},'.repeat(MANY)}{b: 2}]\n`);
  const root = read.kind === 'documents' ? read.documents[0]?.root : undefined;
  expect(root?.kind === 'map' && [...root.entries.keys()]).toEqual(['b']);
});

test('a key before the merge key is refused if one of many merged maps has it too', () => {
  const text = (key: string): string => `x: 1\n<<: [${'{a: 1},'.repeat(100)}{${key}: 2}]\n`;
  expect(readYaml(text('y')).kind).toBe('documents');
  expect(readYaml(text('x'))).toMatchObject({ kind: 'unreadable', problems: [{ line: 2 }] });
});
