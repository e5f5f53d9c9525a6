import { expect, test } from 'vitest';
import { digestOf } from '../../../src/domain/image/digest.ts';
import { dockerReference, simpleSigningPayload } from '../../../src/domain/signature/simple-signing.ts';

const DIGEST = digestOf(Buffer.from('an image'));
const REPOSITORY = { registry: '127.0.0.1:5000', path: 'golden/cosign2-legacy' };
const text = (annotations: Record<string, string>): string =>
  Buffer.from(simpleSigningPayload(REPOSITORY, DIGEST, annotations)).toString();

test('is what cosign v2 signs, with optional null where nothing was annotated', () => {
  expect(text({})).toBe(
    `{"critical":{"identity":{"docker-reference":"127.0.0.1:5000/golden/cosign2-legacy"},"image":{"docker-manifest-digest":"${DIGEST}"},` +
      '"type":"cosign container image signature"},"optional":null}',
  );
});

test.each<[string, Record<string, string>, string]>([
  ['sorted by key', { team: 'red', a: '1' }, '{"a":"1","team":"red"}'],
  [
    'with keys that look like numbers in the order of their bytes',
    { b: '', '10': '', '9': '' },
    '{"10":"","9":"","b":""}',
  ],
  ['with the HTML escapes of Go', { '<k>': 'a & b' }, '{"\\u003ck\\u003e":"a \\u0026 b"}'],
  ['with the line separators escaped', { k: '\u2028\u2029' }, '{"k":"\\u2028\\u2029"}'],
  ['with JSON escapes and UTF-8 as it is', { k: '"\\\n\u0001ü' }, '{"k":"\\"\\\\\\n\\u0001ü"}'],
])('writes annotations %s', (_rule, annotations, expected) => {
  expect(text(annotations).endsWith(`"optional":${expected}}`)).toBe(true);
  expect(JSON.parse(text(annotations)).optional).toEqual(annotations);
});

test.each([
  ['docker.io', 'library/nginx', 'index.docker.io/library/nginx', 'go-containerregistry names Docker Hub so'],
  ['ghcr.io', 'acme/app', 'ghcr.io/acme/app', 'every other host as it is'],
  ['localhost:5000', 'app', 'localhost:5000/app', 'with its port'],
])('the docker-reference of %s/%s is %s: %s', (registry, path, expected) => {
  expect(dockerReference({ registry, path })).toBe(expected);
});
