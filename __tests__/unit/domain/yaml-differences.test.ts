import { describe, expect, test } from 'vitest';
import { readYaml } from '../../../src/domain/yaml/read-yaml.ts';

const problems = (text: string): string[] => {
  const read = readYaml(text);
  return read.kind === 'unreadable' ? read.problems.map(({ line, message }) => `${line}: ${message}`) : [];
};

describe('what kubectl reads differently from YAML 1.2 is refused', () => {
  test.each([
    ['U+0085', 'a: b # c\u0085d: e\n', 1],
    ['U+2028', 'x: y\na: b # c\u2028d: e\n', 2],
    ['U+2029', 'a: "b\u2029c"\n', 1],
    ['U+000D', 'a: b # c\rd: e\r\n', 1],
  ])('%s', (name, text, line) => {
    expect(problems(text)).toEqual([expect.stringMatching(`^${line}: .*${name.replace('+', '\\+')}`)]);
    // Twin: CRLF, and the characters as escapes.
    expect(problems('a: b # c\r\nd: "\\u2028\\u0085\\r"\r\n')).toEqual([]);
  });

  test('a merge key after a key that it has', () => {
    expect(problems('a: 1\n<<: {a: 2}\n')).toEqual([expect.stringMatching(/^2: .*"a".*write `<<` first/)]);
    expect(problems('<<: {a: 2}\na: 1\n')).toEqual([]);
    expect(problems('b: 1\n<<: {a: 2}\n')).toEqual([]);
    expect(problems('a: 1\n<<: [{c: 1}, {a: 2}]\n')).toHaveLength(1);
  });

  test('two merge keys, one in quotes, one that is not a map', () => {
    expect(problems('<<: {a: 1}\n<<: {b: 2}\n')).toEqual([expect.stringContaining('occurs twice')]);
    expect(problems('"<<": {a: 1}\n')).toEqual([expect.stringContaining('in quotes')]);
    expect(problems('<<: [a]\n')).toEqual([expect.stringContaining('not a map')]);
  });
});

test('an alias is the last node with its anchor before it', () => {
  const read = readYaml('a: &x 1\nb: *x\nc: &x 2\nd: *x\n');
  const root = read.kind === 'documents' ? read.documents[0]?.root : undefined;
  const value = (key: string): unknown => {
    const one = root?.kind === 'map' ? root.entries.get(key)?.value : undefined;
    return one?.kind === 'scalar' ? one.value : undefined;
  };
  expect(['a', 'b', 'c', 'd'].map(value)).toEqual([1, 1, 2, 2]);
  // Twins: before its anchor, in another document, inside of itself.
  expect(problems('b: *x\na: &x 1\n')).toHaveLength(1);
  expect(problems('a: &x 1\n---\nb: *x\n').length).toBeGreaterThan(0);
  expect(problems('a: &x [*x]\n')).toEqual([expect.stringContaining('contains itself')]);
});

test('the number of problems has a limit', () => {
  expect(problems(`[${'*a, '.repeat(1000)}]\n`)).toHaveLength(50);
});
