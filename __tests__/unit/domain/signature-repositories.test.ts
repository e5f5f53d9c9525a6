import { describe, expect, test } from 'vitest';
import { parseImagePrefix, parseSignatureRepository } from '../../../src/domain/image/parse-signature-repository.ts';
import { parseRepository } from '../../../src/domain/image/reference.ts';
import {
  formatImagePrefix,
  formatRule,
  isSamePrefix,
  type SignatureRepositories,
  signatureRepositoryOf,
  signaturesElsewhere,
} from '../../../src/domain/image/signature-repositories.ts';
import { ValueError } from '../../../src/domain/text/value-error.ts';

const rules = (...lines: readonly string[]): SignatureRepositories =>
  lines.map((line) => {
    const [first = '', second] = line.split('=');
    return second === undefined
      ? { images: undefined, repository: parseSignatureRepository(first) }
      : { images: parseImagePrefix(first), repository: parseSignatureRepository(second) };
  });
const storeOf = (lines: readonly string[], image: string): string =>
  signaturesElsewhere(rules(...lines), parseRepository(image)) ?? 'own';

describe('signature-repository', () => {
  test.each([
    [[], 'ghcr.io/acme/app', 'own'],
    [['ghcr.io/s'], 'ghcr.io/acme/app', 'ghcr.io/s'],
    [['ghcr.io/s'], 'ghcr.io/s', 'own'],
    // Whole segments, and what lies below them.
    [['ghcr.io/acme/app=ghcr.io/s'], 'ghcr.io/acme/app', 'ghcr.io/s'],
    [['ghcr.io/acme/app=ghcr.io/s'], 'ghcr.io/acme/app/cache', 'ghcr.io/s'],
    [['ghcr.io/acme/app=ghcr.io/s'], 'ghcr.io/acme/app2', 'own'],
    [['ghcr.io/acme/app=ghcr.io/s'], 'ghcr.io/acme', 'own'],
    [['ghcr.io/acme=ghcr.io/s'], 'quay.io/acme/app', 'own'],
    [['ghcr.io=ghcr.io/s'], 'ghcr.io/acme/app', 'ghcr.io/s'],
    [['ghcr.io=ghcr.io/s'], 'ghcr.io:443/acme/app', 'own'],
    [['localhost:5000=localhost:5000/s'], 'localhost:5000/acme/app', 'localhost:5000/s'],
    [['localhost:5000=localhost:5000/s'], 'localhost:5001/acme/app', 'own'],
    [['[::1]:5000/acme=ghcr.io/s'], '[::1]:5000/acme/app', 'ghcr.io/s'],
    [['GHCR.io/acme=ghcr.io/s'], 'ghcr.io/acme/app', 'ghcr.io/s'],
    // ghcr.io ignores case, and github.repository_owner keeps it; images are changed alike.
    [['ghcr.io/Acme=ghcr.io/Acme/s'], 'ghcr.io/acme/app', 'ghcr.io/acme/s'],
    // The longest prefix wins, wherever it stands.
    [['ghcr.io/acme=ghcr.io/s1', 'ghcr.io/acme/app=ghcr.io/s2'], 'ghcr.io/acme/app', 'ghcr.io/s2'],
    [
      ['ghcr.io/acme/app=ghcr.io/s2', 'ghcr.io/acme=ghcr.io/s1', 'ghcr.io=ghcr.io/s0'],
      'ghcr.io/acme/app',
      'ghcr.io/s2',
    ],
    [
      ['ghcr.io/acme/app=ghcr.io/s2', 'ghcr.io/acme=ghcr.io/s1', 'ghcr.io=ghcr.io/s0'],
      'ghcr.io/acme/web',
      'ghcr.io/s1',
    ],
    [['ghcr.io/acme/app=ghcr.io/s2', 'ghcr.io/acme=ghcr.io/s1', 'ghcr.io=ghcr.io/s0'], 'ghcr.io/eve/app', 'ghcr.io/s0'],
    // A line may keep some images where they are.
    [['ghcr.io/acme=ghcr.io/s1', 'ghcr.io/acme/app=ghcr.io/acme/app'], 'ghcr.io/acme/app', 'own'],
    // Docker Hub, as Docker normalises it, on both sides.
    ...[
      'nginx',
      'library/nginx',
      'docker.io/nginx',
      'docker.io/library/nginx',
      'index.docker.io/library/nginx',
    ].flatMap((prefix) =>
      ['nginx', 'docker.io/library/nginx', 'index.docker.io/library/nginx'].map((image): [string[], string, string] => [
        [`${prefix}=sigs`],
        image,
        'docker.io/library/sigs',
      ]),
    ),
    [['docker.io=acme/s'], 'nginx', 'docker.io/acme/s'],
    [['index.docker.io=acme/s'], 'acme/app', 'docker.io/acme/s'],
    [['acme=acme/s'], 'acme/app', 'docker.io/acme/s'],
    [['docker.io/acme=acme/s'], 'acme/app', 'docker.io/acme/s'],
    [['library/acme=acme/s'], 'acme/app', 'own'],
    [['docker.io/acme=acme/s'], 'ghcr.io/acme/app', 'own'],
    [['docker.io=ghcr.io/a', 'library=ghcr.io/b', 'nginx=ghcr.io/c'], 'docker.io/nginx', 'ghcr.io/c'],
    [['docker.io=ghcr.io/a', 'library=ghcr.io/b', 'nginx=ghcr.io/c'], 'docker.io/redis', 'ghcr.io/b'],
  ] as [string[], string, string][])('%j: signatures of %s are in %s', (lines, image, store) => {
    expect(storeOf(lines, image)).toBe(store);
    expect(storeOf(lines.toReversed(), image)).toBe(store);
  });

  test.each([
    ['', 'it is empty'],
    ['ghcr.io/acme/app:1', 'remove the tag'],
    ['ghcr.io/acme/app:latest', 'remove the tag'],
    ['nginx:latest', 'remove the tag'],
    ['ghcr.io/acme/app@sha256:0', 'remove the digest'],
    ['ghcr.io/acme/', 'remove the slash'],
    ['ghcr.io//app', 'repository segments'],
    ['/app', 'repository segments'],
    ['ghcr.io/acme/*', 'write no `*`'],
    ['https://ghcr.io/acme', 'without a scheme'],
    ['quay.io/Acme', 'lower case'],
    ['Acme', 'lower case'],
    ['Acme/app', 'has capitals'],
    ['"ghcr.io/acme', 'quotation marks'],
    ['ghcr.io:99999', 'is not a registry'],
    ['ghcr.io/acme app', 'contains a space'],
  ])('%j is not a prefix: %s', (prefix, why) => {
    expect(() => parseImagePrefix(prefix)).toThrow(ValueError);
    expect(() => parseImagePrefix(prefix)).toThrow(why);
  });

  test.each([
    ['ghcr.io', 'names a registry but no repository'],
    ['localhost', 'names a registry but no repository'],
    ['localhost:5000', 'names a registry but no repository'],
    ['ghcr.io/', 'the repository is missing'],
    ['ghcr.io/acme/sigs:1', 'remove the tag'],
    [`ghcr.io/acme/sigs@sha256:${'a'.repeat(64)}`, 'remove the tag and the digest'],
    ['quay.io/Acme/sigs', 'lower case'],
  ])('%j is not a repository for signatures: %s', (repository, why) => {
    expect(() => parseSignatureRepository(repository)).toThrow(why);
  });

  test('prefixes of the same images are recognised, and written back as they are understood', () => {
    const same = (one: string, other: string) => isSamePrefix(parseImagePrefix(one), parseImagePrefix(other));
    expect(same('nginx', 'index.docker.io/library/nginx')).toBe(true);
    expect(same('docker.io/nginx', 'nginx')).toBe(true);
    expect(same('ghcr.io/acme', 'ghcr.io/acme/app')).toBe(false);
    expect(same('acme', 'ghcr.io/acme')).toBe(false);
    expect(same('library/nginx', 'nginx/nginx')).toBe(false);
    for (const text of ['ghcr.io', 'ghcr.io/acme', 'docker.io/nginx', 'docker.io/library/nginx', '[::1]:5000/a']) {
      expect(formatImagePrefix(parseImagePrefix(text))).toBe(text);
    }
    expect(rules('nginx=sigs', 'ghcr.io/s').map(formatRule)).toEqual([
      'docker.io/nginx=docker.io/library/sigs',
      'ghcr.io/s',
    ]);
  });

  test('an image without a rule keeps its own repository, the same object', () => {
    const image = parseRepository('ghcr.io/acme/app');
    expect(signatureRepositoryOf([], image)).toBe(image);
  });
});
