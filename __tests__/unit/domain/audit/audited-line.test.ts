import { describe, expect, test } from 'vitest';
import {
  coversImage,
  isSignatureTag,
  matchesLine,
  narrowerPattern,
  parseAuditedLine,
} from '../../../../src/domain/audit/audited-line.ts';
import { digestOf } from './audit-samples.ts';

const HEX = '0'.repeat(64);

test.each([
  ['ghcr.io/acme/app:*', 'ghcr.io', 'acme/app', ['1.0', 'latest', 'v1'], []],
  ['ghcr.io/acme/app:v1.*', 'ghcr.io', 'acme/app', ['v1.0', 'v1.'], ['v1', 'v10', 'xv1.0']],
  ['localhost:5000/app:*-rc*', 'localhost:5000', 'app', ['1-rc1', '-rc'], ['1-r']],
  ['nginx:1.*-alpine', 'docker.io', 'library/nginx', ['1.27-alpine'], ['1.27']],
])('%s', (text, registry, path, yes, no) => {
  const line = parseAuditedLine(text);
  expect(line).toMatchObject({ kind: 'pattern', repository: { registry, path } });
  expect(yes.filter((tag) => !matchesLine(line, tag))).toEqual([]);
  expect(no.filter((tag) => matchesLine(line, tag))).toEqual([]);
});

test.each([
  ['ghcr.io/acme/app', 'names neither a tag nor a digest'],
  ['ghcr.io/acme/app*', 'outside its tag'],
  ['ghcr.io/*/app:1', 'outside its tag'],
  ['*:1', 'outside its tag'],
  ['localhost:*/app', 'outside its tag'],
  [`ghcr.io/acme/app:*@${digestOf('1')}`, 'outside its tag'],
  ['ghcr.io/acme/app:**', 'no tag can match'],
  ['ghcr.io/acme/app:.*', 'no tag can match'],
  ['ghcr.io/acme/app:v1/*', 'outside its tag'],
  ['ghcr.io/acme/app:v1+*', 'no tag can match'],
  ['ghcr.io/acme/app:[v]*', 'no tag can match'],
  [`ghcr.io/acme/app:${'x'.repeat(128)}*`, 'no tag can match'],
  ['https://ghcr.io/acme/app:*', 'scheme'],
  ['ghcr.io/Acme App:*', 'space'],
])('%s is refused', (text, problem) => {
  expect(() => parseAuditedLine(text)).toThrow(problem);
});

describe('tags of signatures', () => {
  test.each([`sha256-${HEX}`, `sha256-${HEX}.sig`, `sha256-${HEX}.att`, `sha256-${HEX}.sbom`])(
    '%s is left out',
    (tag) => {
      expect(isSignatureTag(tag)).toBe(true);
      expect(matchesLine(parseAuditedLine('ghcr.io/acme/app:*'), tag)).toBe(false);
    },
  );

  test.each([
    'sha256-1',
    `sha256-${HEX}.cosign`,
    `sha256-${HEX}0`,
    `sha256-${'A'.repeat(64)}`,
    `sha512-${HEX}`,
    `x${HEX}.sig`,
    'app.sig',
  ])('%s is the tag of an image', (tag) => {
    expect(matchesLine(parseAuditedLine('ghcr.io/acme/app:*'), tag)).toBe(true);
  });
});

test('a line covers the images that it names, and no others', () => {
  const image = { key: 'ghcr.io/acme/app:1.0', repository: 'ghcr.io/acme/app', tag: '1.0' };
  const pinned = { ...image, key: `ghcr.io/acme/app@${digestOf('1')}` };
  const covers = (text: string, one = image): boolean => coversImage(parseAuditedLine(text), one);
  expect(['ghcr.io/acme/app:*', 'ghcr.io/acme/app:1.0', 'ghcr.io/acme/app:1*'].map((text) => covers(text))).toEqual([
    true,
    true,
    true,
  ]);
  expect(['ghcr.io/acme/web:*', 'ghcr.io/acme/app:1', 'docker.io/acme/app:*'].some((text) => covers(text))).toBe(false);
  expect(covers('ghcr.io/acme/app:*', pinned)).toBe(false);
  expect(covers(`ghcr.io/acme/app@${digestOf('1')}`, pinned)).toBe(true);
  expect(covers(`ghcr.io/acme/app@${digestOf('2')}`, pinned)).toBe(false);
});

test('a narrower pattern is the largest part that fits', () => {
  const line = parseAuditedLine('ghcr.io/acme/app:v*');
  const tags = [
    ...Array.from({ length: 30 }, (_, n) => `v1.${n}`),
    ...Array.from({ length: 9 }, (_, n) => `v2.${n}`),
    'v3',
  ];
  expect(narrowerPattern(line, tags, 40)).toBe('ghcr.io/acme/app:v1.*');
  expect(narrowerPattern(line, tags, 20)).toBe('ghcr.io/acme/app:v2.*');
  expect(narrowerPattern(line, ['v'], 0)).toBeUndefined();
});
