import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Digest } from '../../../../src/domain/image/digest.ts';
import { parseReference } from '../../../../src/domain/image/reference.ts';
import { readImageGlob } from '../../../../src/domain/policy/image-glob.ts';
import { matchedName } from '../../../../src/domain/policy/image-name.ts';
import type { ImageGlob } from '../../../../src/domain/policy/policy.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}` as Digest;

function nameOf(image: string): string {
  return matchedName(parseReference(image).repository, DIGEST);
}

function globOf(source: string): ImageGlob {
  const read = readImageGlob(source);
  if (read.kind !== 'glob') throw new Error(read.what);
  return read.glob;
}

/** What policy-controller makes of a glob, as a regular expression. Only for trusted globs: it backtracks. */
function reference(source: string): RegExp {
  const glob = { '*': 'index.docker.io/library/*', '*/*': 'index.docker.io/*/*' }[source] ?? source;
  const pattern = glob.replaceAll('.', '\\.').replaceAll('**', '#').replaceAll('*', '[^/]*').replaceAll('#', '.*');
  return new RegExp(`^${pattern}$`);
}

test.each([
  ['nginx', 'index.docker.io/library/nginx'],
  ['docker.io/nginx', 'index.docker.io/library/nginx'],
  ['index.docker.io/library/nginx', 'index.docker.io/library/nginx'],
  ['registry-1.docker.io/library/nginx', 'index.docker.io/library/nginx'],
  ['registry-1.docker.io:443/library/nginx', 'index.docker.io/library/nginx'],
  ['acme/app', 'index.docker.io/acme/app'],
  ['GHCR.IO/acme/app', 'ghcr.io/acme/app'],
  ['ghcr.io:443/acme/app', 'ghcr.io/acme/app'],
  ['GHCR.io:0443/acme/app', 'ghcr.io/acme/app'],
  ['ghcr.io/Acme/App', 'ghcr.io/acme/app'],
  ['localhost:5000/app', 'localhost:5000/app'],
  ['localhost:05000/app', 'localhost:5000/app'],
  ['localhost:443/app', 'localhost/app'],
  // Without its port it would look like a namespace of Docker Hub.
  ['registry:443/app', 'registry:443/app'],
  ['[0:0:0:0:0:0:0:1]:5000/app', '[::1]:5000/app'],
])('the image %s is called %s', (image, name) => {
  expect(nameOf(image)).toBe(`${name}@${DIGEST}`);
});

test.each(['ghcr.io/acme/../evil', 'ghcr.io/acme//evil', 'ghcr.io/./evil', 'quay.io/Acme/app', 'ghcr.io./acme/app'])(
  'the image %s has no name',
  (image) => {
    expect(() => parseReference(image)).toThrow();
  },
);

// Every row of the table of globs in which an image has a digest.
test.each([
  ['ghcr.io/acme/*', 'ghcr.io/acme/app', true],
  ['ghcr.io/acme/*', 'ghcr.io/acme/team/app', false],
  ['ghcr.io/acme/**', 'ghcr.io/acme/team/app', true],
  ['ghcr.io/acme/app@*', 'ghcr.io/acme/app', true],
  ['ghcr.io/acme/app@*', 'ghcr.io/acme/app-evil', false],
  ['ghcr.io/acme/app*', 'ghcr.io/acme/app-evil', true],
  ['ghcr.io/acme**', 'ghcr.io/acme-evil/x', true],
  ['*', 'nginx', true],
  ['*', 'ghcr.io/acme/x', false],
  ['*/*', 'acme/app', true],
  ['*/*', 'nginx', true],
  ['*/*', 'ghcr.io/acme/x', false],
  ['**', 'ghcr.io/acme/x', true],
  ['*/**', 'ghcr.io/acme/x', true],
  ['*/*/*', 'ghcr.io/acme/x', true],
  ['*/*/*', 'ghcr.io/acme/team/x', false],
  ['index.docker.io/library/*', 'nginx', true],
  ['index.docker.io/acme/*', 'docker.io/acme/app', true],
  ['index.docker.io/**', 'registry-1.docker.io/acme/app', true],
  ['**/acme/*', 'evil.example/acme/x', true],
  ['ghcr.io/**', 'GHCR.IO/acme/x', true],
  ['ghcr.io/**', 'ghcr.io:443/acme/x', true],
  ['ghcr.io/**', 'ghcr.io:8443/acme/x', false],
  ['ghcr.io/**', 'ghcr.io.evil.example/acme/x', false],
  // A dot is a dot.
  ['ghcr.io/acme/a.p@*', 'ghcr.io/acme/app', false],
  [`ghcr.io/acme/app@${DIGEST}`, 'ghcr.io/acme/app', true],
  [`ghcr.io/acme/app@sha256:${'0b'.repeat(32)}`, 'ghcr.io/acme/app', false],
  ['ghcr.io/***', 'ghcr.io/acme/team/x', true],
])('%s on %s: %s', (glob, image, expected) => {
  const { matches, matchesSomeOf } = globOf(glob);
  expect(matches(nameOf(image))).toBe(expected);
  expect(reference(glob).test(nameOf(image))).toBe(expected);
  if (expected) expect(matchesSomeOf(parseReference(image).repository)).toBe(true);
});

// Globs that protect nothing: they match no image by its digest.
test.each([
  ['ghcr.io/acme/app', ['ghcr.io/acme/app@*', 'ghcr.io/acme/**']],
  ['ghcr.io/acme/app:*', ['ghcr.io/acme/app@*', 'ghcr.io/acme/**']],
  ['ghcr.io/acme/app:**', ['ghcr.io/acme/app@*', 'ghcr.io/acme/**']],
  ['ghcr.io/acme/app:v1.2', ['ghcr.io/acme/app@*', 'ghcr.io/acme/**']],
  ['docker.io/library/*', ['index.docker.io/library/*']],
  ['docker.io/acme/*', ['index.docker.io/acme/*']],
  ['docker.io/**', ['index.docker.io/**']],
  ['registry-1.docker.io/acme/*', ['index.docker.io/acme/*']],
  ['nginx*', ['index.docker.io/library/nginx@*', 'index.docker.io/library/**']],
  ['nginx', ['index.docker.io/library/nginx@*', 'index.docker.io/library/**']],
  ['acme/*', ['index.docker.io/acme/*']],
  ['acme/app:v1', ['index.docker.io/acme/app@*', 'index.docker.io/acme/**']],
  ['index.docker.io/nginx@*', ['index.docker.io/library/nginx@*']],
  ['GHCR.IO/acme/*', ['ghcr.io/acme/*']],
  ['ghcr.io/Acme/*', ['ghcr.io/acme/*']],
  ['ghcr.io:443/acme/*', ['ghcr.io/acme/*']],
  ['ghcr.io', ['ghcr.io/**']],
  ['**/app', ['**/app@*']],
  ['ghcr.io/acme/app@sha512:*', ['ghcr.io/acme/app@*', 'ghcr.io/acme/**']],
  ['ghcr.io/acme/app@sha256:abc', ['ghcr.io/acme/app@*', 'ghcr.io/acme/**']],
  ['ghcr.io/acme/../app@*', []],
  ['images.*', []],
])('%s can match nothing, write %j', (glob, instead) => {
  const read = readImageGlob(glob);
  expect(read).toMatchObject({ kind: 'unusable', instead });
  expect(read.kind === 'unusable' && read.what).toContain(`"${glob}" matches no image: `);
  for (const right of instead) expect(readImageGlob(right).kind).toBe('glob');
});

test.each([
  '',
  '[',
  '[a-z]',
  '$FOO*',
  'ghcr.io/acme/a?p@*',
  'ghcr.io/acme/*\n',
  'ghcr.io/ácme/*',
  `ghcr.io/${'a'.repeat(600)}@*`,
  `ghcr.io/${'*a'.repeat(10)}@*`,
])('the glob %j is not one', (glob) => {
  expect(readImageGlob(glob)).toMatchObject({ kind: 'unusable', instead: [] });
});

test.each([
  ['*', 'means "index.docker.io/library/*" only'],
  ['*/*', 'means "index.docker.io/*/*" only'],
  ['**/acme/*', 'does not name the registry'],
  ['*/acme/**', 'does not name the registry'],
  ['*.io/acme/*', 'does not name the registry'],
  ['ghcr.io/acme/app*', 'write "ghcr.io/acme/app@*" for this name alone'],
  ['ghcr.io/acme**', 'write "ghcr.io/acme/**" for what is below it'],
  ['ghcr.io/acme*/app@*', 'also matches names that only begin with "ghcr.io/acme"'],
  ['ghcr.io/acme-*/app@*', 'also matches names that only begin with "ghcr.io/acme-"'],
])('%s is noted: %s', (glob, notice) => {
  const read = readImageGlob(glob);
  expect(read.kind === 'glob' ? read.notices.join('\n') : read.what).toContain(notice);
});

test.each(['**', '*/**', '*/*/*', 'ghcr.io/**', 'ghcr.io/acme/*', 'ghcr.io/acme/app@*', 'ghcr.io/acme/app-*@*'])(
  'nothing is noted about %s',
  (glob) => {
    expect(readImageGlob(glob)).toMatchObject({ kind: 'glob', notices: [] });
  },
);

const PIECES = ['ghcr.io', 'index.docker.io', '/', '/', '*', '**', '@', 'acme', 'app', '-x', ':5000', '@*', 'A', '.'];
const anyGlob = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join(''));
const IMAGES = [
  'nginx',
  'acme/app',
  'ghcr.io/acme/app',
  'ghcr.io/acme/app-x',
  'ghcr.io:5000/app',
  'ghcr.io/a/b/c/acme',
];

test('matches what the same pattern of policy-controller matches; what is refused matches nothing there', () => {
  fc.assert(
    fc.property(anyGlob, fc.constantFrom(...IMAGES), (source, image) => {
      const read = readImageGlob(source);
      const matches = read.kind === 'glob' && read.glob.matches(nameOf(image));
      expect(matches).toBe(reference(source).test(nameOf(image)));
    }),
    { numRuns: 400 },
  );
});

test('selects a repository exactly if some digest of it matches', () => {
  const digests = ['0'.repeat(64), `5000${'0'.repeat(60)}`, '0a'.repeat(32)].map((hex) => `sha256:${hex}` as Digest);
  fc.assert(
    fc.property(anyGlob, fc.constantFrom(...IMAGES), (source, image) => {
      const read = readImageGlob(source);
      const { repository } = parseReference(image);
      if (read.kind !== 'glob') return;
      // These globs say nothing about the digits but that they begin with 5000.
      const some = digests.some((digest) => read.glob.matches(matchedName(repository, digest)));
      expect(read.glob.matchesSomeOf(repository)).toBe(some);
    }),
    { numRuns: 400 },
  );
});

test('selects a repository whose digest is only partly known', () => {
  const { repository } = parseReference('ghcr.io/acme/app');
  expect(globOf('ghcr.io/acme/app@sha256:ab*').matchesSomeOf(repository)).toBe(true);
  expect(globOf('ghcr.io/acme/app@sha256:*ff').matchesSomeOf(repository)).toBe(true);
  expect(globOf('ghcr.io/acme/other@sha256:ab*').matchesSomeOf(repository)).toBe(false);
});

test('a glob full of stars is matched without backtracking', () => {
  const glob = globOf(`ghcr.io/${'*z'.repeat(9)}@*`);
  expect(glob.matches(`ghcr.io/${'z'.repeat(255)}@${DIGEST}`)).toBe(true);
  expect(glob.matches(`ghcr.io/${'z'.repeat(254)}y@${DIGEST}`)).toBe(false);
});
