import { expect, test } from 'vitest';
import { referenceOf } from '../../../src/workloads/image-value.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['nginx', 'latest', undefined],
  ['nginx:1.27', '1.27', undefined],
  [`nginx@${DIGEST}`, undefined, DIGEST],
  [`nginx:1.27@${DIGEST}`, '1.27', DIGEST],
])('%s means the tag %s and the digest %s', (image, tag, digest) => {
  expect(referenceOf({ image })).toMatchObject({ tag, digest });
});

test('a text that is not a reference is refused', () => {
  expect(() => referenceOf({ image: 'nginx:' })).toThrow('nginx:');
});
