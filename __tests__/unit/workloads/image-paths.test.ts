import { expect, test } from 'vitest';
import { imagePathLine, parseImagePath, valuesAt } from '../../../src/workloads/image-paths.ts';
import { read, shown } from './read.ts';

test.each([
  ['Prometheus.monitoring.coreos.com spec/image', 'Prometheus', 'monitoring.coreos.com', ['spec', 'image']],
  ['  ConfigMap   data/proxy ', 'ConfigMap', '', ['data', 'proxy']],
  ['Thing.acme.example spec/a~1b/c~0d/*', 'Thing', 'acme.example', ['spec', 'a/b', 'c~d', '*']],
])('%s', (line, kind, group, steps) => {
  expect(parseImagePath(line)).toEqual({ kind, group, steps });
});

test.each([
  '',
  'Prometheus',
  'spec/image',
  'Prometheus.monitoring.coreos.com',
  'Prometheus.monitoring.coreos.com /spec/image',
  'Prometheus.monitoring.coreos.com spec/image/',
  'Prometheus.monitoring.coreos.com spec//image',
  'Prometheus.monitoring.coreos.com spec image',
  'Prometheus. spec/image',
  '.monitoring.coreos.com spec/image',
  'monitoring.coreos.com/v1/Prometheus spec/image',
  'Thing.acme.example spec/a~2',
])('twin: %j is refused', (line) => {
  expect(() => parseImagePath(line)).toThrow(/write|is not|has a ~/);
});

test('the line that is offered leads back to the field', () => {
  const type = { kind: 'Thing', group: 'acme.example' };
  const line = imagePathLine(type, ['spec', 'pods', 3, 'a/b', 'image']);
  expect(line).toBe('Thing.acme.example spec/pods/*/a~1b/image');
  expect(parseImagePath(line ?? '').steps).toEqual(['spec', 'pods', '*', 'a/b', 'image']);
  // Text of a file that would forge a line is not offered.
  expect(imagePathLine(type, ['spec', 'a b'])).toBeUndefined();
  expect(imagePathLine(type, ['spec', 'a\nb'])).toBeUndefined();
  expect(imagePathLine({ kind: 'X\n', group: '' }, ['spec'])).toBeUndefined();
});

test('`*` is every item of a list and every value of a map, and what is not there is no image', () => {
  const text = `apiVersion: acme.example/v1
kind: Thing
spec:
  pods: [{image: a}, {image: b}, {other: 1}, text]
  byName: {x: {image: c}, y: {image: null}}
  images: [d, e]
`;
  const imagePaths = ['pods/*/image', 'byName/*/image', 'images', 'absent/*/image'].map(
    (path) => `Thing.acme.example spec/${path}`,
  );
  const found = read(text, { imagePaths });
  expect(found.problems).toEqual([]);
  expect(shown(found)).toEqual([
    '4 Thing spec.pods[0].image a',
    '4 Thing spec.pods[1].image b',
    '5 Thing spec.byName.x.image c',
    '6 Thing spec.images[0] d',
    '6 Thing spec.images[1] e',
  ]);
});

test('a path to a map or to something that is not text is a problem', () => {
  const text = 'apiVersion: acme.example/v1\nkind: Thing\nspec: {image: {repository: a, tag: 1}, count: 3}\n';
  for (const path of ['spec/image', 'spec/count', 'spec']) {
    expect(read(text, { imagePaths: [`Thing.acme.example ${path}`] }).problems.length, path).toBeGreaterThan(0);
  }
});

test('valuesAt is empty where the path leads nowhere', () => {
  const scalar = { kind: 'scalar', value: 'x', style: 'plain', line: 1, start: 0, end: 1 } as const;
  expect([...valuesAt(scalar, ['a'])]).toEqual([]);
  expect([...valuesAt(scalar, ['*'])]).toEqual([]);
  expect([...valuesAt(scalar, [])]).toEqual([{ value: scalar, path: [] }]);
});
