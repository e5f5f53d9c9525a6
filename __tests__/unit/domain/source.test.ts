import { expect, test } from 'vitest';
import { distinctSources, formatSource, type Source } from '../../../src/domain/image/source.ts';

test.each<[Source, string]>([
  [{ file: 'images' }, 'images'],
  [{ file: '$GITHUB_ARTIFACTS_LIST' }, '$GITHUB_ARTIFACTS_LIST'],
  [{ file: 'out/bake.json', object: 'target app' }, 'out/bake.json target app'],
  [{ file: 'app.yaml', line: 12 }, 'app.yaml:12'],
  [
    { file: 'app.yaml', line: 12, document: 2, object: 'Deployment shop/web', field: 'spec.containers[0].image' },
    'app.yaml:12 document 2 Deployment shop/web spec.containers[0].image',
  ],
])('%j is shown as %s', (source, text) => {
  expect(formatSource(source)).toBe(text);
});

test('sources that read the same are listed once, in order', () => {
  const [b, a, line] = [{ file: 'b' }, { file: 'a' }, { file: 'b', line: 1 }];
  expect(distinctSources([b, a, { file: 'b' }, line])).toEqual([b, a, line]);
});
