import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatPinned,
  formatRepository,
  parseReference,
  parseRegistryHost,
  parseRepository,
} from '../../../src/domain/image/reference.ts';
import { ValueError } from '../../../src/domain/text/value-error.ts';

const HEX = 'e642dd056ec0b55342871cff231e9cdbd7a63f53444ecc8eb5a3b86e2de20acd';
const DIGEST = `sha256:${HEX}`;

describe('parseReference', () => {
  test.each([
    ['nginx', 'docker.io', 'library/nginx', undefined, 'Hub and library/ are implied, latest is not'],
    ['nginx:1.27', 'docker.io', 'library/nginx', '1.27', 'a tag without a host'],
    ['acme/app:V1_x.y-Z', 'docker.io', 'acme/app', 'V1_x.y-Z', 'tags may have capitals'],
    ['docker.io/nginx', 'docker.io', 'library/nginx', undefined, 'library/ is implied behind the host too'],
    ['index.docker.io/acme/app', 'docker.io', 'acme/app', undefined, 'an alias of Docker Hub'],
    ['registry-1.docker.io/acme/app', 'docker.io', 'acme/app', undefined, 'its API host'],
    ['notdocker.io/nginx', 'notdocker.io', 'nginx', undefined, 'a host that only ends like Docker Hub'],
    ['docker.io.evil.example/nginx', 'docker.io.evil.example', 'nginx', undefined, 'a host that only starts like it'],
    ['host:5000/a', 'host:5000', 'a', undefined, 'a port makes a host'],
    ['host:5000/a/b:tag', 'host:5000', 'a/b', 'tag', 'a port and a tag'],
    ['localhost/a', 'localhost', 'a', undefined, 'localhost is a host without dot and port'],
    ['localhost:5000', 'docker.io', 'library/localhost', '5000', 'without a slash it is a name and a tag'],
    ['localhost', 'docker.io', 'library/localhost', undefined, 'without a slash it is a name'],
    ['LocalHost/a', 'localhost', 'a', undefined, 'capitals make a host, and hosts have no case'],
    ['Host:443/a', 'host:443', 'a', undefined, 'a host in capitals with its port'],
    ['foo/bar/baz', 'docker.io', 'foo/bar/baz', undefined, 'a plain first segment is no host'],
    ['[::1]:5000/a', '[::1]:5000', 'a', undefined, 'IPv6 with a port'],
    ['[2001:db8::1]/a:t', '[2001:db8::1]', 'a', 't', 'IPv6 without a port'],
    ['127.0.0.1:5000/a', '127.0.0.1:5000', 'a', undefined, 'IPv4'],
    ['ghcr.io/a__b/c---d/e.f_g', 'ghcr.io', 'a__b/c---d/e.f_g', undefined, 'every separator'],
    ['sub.domain.example/a', 'sub.domain.example', 'a', undefined, 'a dot makes a host'],
    ['  ghcr.io/acme/app:1  ', 'ghcr.io', 'acme/app', '1', 'surrounding space is trimmed'],
  ])('reads %s as %s and %s', (text, registry, path, tag, _reason) => {
    const parsed = parseReference(text);
    expect(parsed).toEqual({
      repository: { registry, path },
      tag,
      digest: undefined,
      original: text.trim(),
      lowercased: false,
    });
  });

  test('keeps tag and digest apart', () => {
    expect(parseReference(`host:5000/a:v1@${DIGEST}`)).toMatchObject({ tag: 'v1', digest: DIGEST });
    expect(parseReference(`a@${DIGEST}`)).toMatchObject({ tag: undefined, digest: DIGEST });
  });

  test('lower-cases the path of ghcr.io only, never the tag, and says so', () => {
    expect(parseReference('GHCR.io/Acme/App:V1')).toMatchObject({
      repository: { registry: 'ghcr.io', path: 'acme/app' },
      tag: 'V1',
      lowercased: true,
    });
    expect(parseReference('ghcr.io/acme/app')).toMatchObject({ lowercased: false });
    expect(() => parseReference('quay.io/Acme/app')).toThrow(/lower case/);
    expect(() => parseReference('ghcr.io.evil.example/Acme/app')).toThrow(/lower case/);
  });

  test('implies latest only if asked for, and never beside a digest', () => {
    expect(parseReference('nginx', { impliedLatest: true }).tag).toBe('latest');
    expect(parseReference('nginx:1', { impliedLatest: true }).tag).toBe('1');
    expect(parseReference(`nginx@${DIGEST}`, { impliedLatest: true }).tag).toBeUndefined();
  });

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    [HEX, 'a bare image ID'],
    ['https://ghcr.io/a/b', 'a scheme'],
    ['ghcr.io/', 'no path'],
    ['ghcr.io//a', 'an empty segment'],
    ['ghcr.io/a//b', 'an empty segment'],
    ['ghcr.io/a/', 'a trailing slash'],
    ['/a', 'an empty host'],
    ['ghcr.io/../a', 'dots alone'],
    ['ghcr.io/a/../../b', 'path traversal'],
    ['ghcr.io/a..b', 'two dots'],
    ['ghcr.io/a___b', 'three underscores'],
    ['ghcr.io/-a', 'a leading dash'],
    ['ghcr.io/a-', 'a trailing dash'],
    ['ghcr.io/_a', 'a leading underscore'],
    ['ghcr.io/a b', 'a space'],
    ['ghcr.io/a\nb', 'a line break'],
    ['ghcr.io/ä', 'not ASCII'],
    ['ghcr.io/a%2fb', 'percent encoding'],
    ['ghcr.io/a?x=1', 'a query'],
    ['ghcr.io/a#x', 'a fragment'],
    ['user@ghcr.io/a', 'user info'],
    ['user:pass@ghcr.io/a', 'user info with a password'],
    ['ghcr.io/a:', 'an empty tag'],
    ['ghcr.io/a:.b', 'a tag that starts with a dot'],
    ['ghcr.io/a:-b', 'a tag that starts with a dash'],
    ['ghcr.io/a:b:c', 'two tags'],
    [`ghcr.io/a:${'t'.repeat(129)}`, 'a tag of 129 characters'],
    ['ghcr.io/a@', 'an empty digest'],
    [`ghcr.io/a@sha256:${HEX.slice(1)}`, '63 digits'],
    [`ghcr.io/a@sha256:${HEX}0`, '65 digits'],
    [`ghcr.io/a@sha256:${HEX.toUpperCase()}`, 'upper-case digits'],
    [`ghcr.io/a@sha512:${HEX}${HEX}`, 'another algorithm'],
    [`ghcr.io/a@${DIGEST}@${DIGEST}`, 'two digests'],
    [`ghcr.io/a@${DIGEST}:tag`, 'a tag behind the digest'],
    ['Host/a', 'capitals alone do not tell a host from a namespace'],
    ['Acme/app', 'a namespace of Docker Hub in capitals'],
    ['host:port/a', 'a port of letters'],
    ['host:0/a', 'port 0'],
    ['host:65536/a', 'a port too large'],
    ['host:/a', 'an empty port'],
    ['-host.example/a', 'a host that starts with a dash'],
    ['host..example/a', 'an empty label'],
    ['.example/a', 'an empty first label'],
    ['[::1/a', 'an open bracket'],
    ['[:::1]/a', 'no IPv6 address'],
    ['[fe80::1%25eth0]/a', 'a zone id'],
    ['[::ffff:127.0.0.1]/a', 'IPv4-mapped IPv6 in dotted form'],
    ['::1/a', 'IPv6 without brackets'],
    ['1.2.3.256/a', 'an address with a number that is too large'],
    ['app.1/a', 'a name that URLs read as an address'],
    ['my_host.example/a', 'an underscore in a host'],
    [`ghcr.io/${'a'.repeat(256)}`, 'a path of 256 characters'],
    [`${'a.'.repeat(150)}example/a`, 'a host of over 255 characters'],
    ['a'.repeat(100_000), 'very long text'],
  ])('refuses %j: %s', (text, _reason) => {
    expect(() => parseReference(text)).toThrow(ValueError);
  });

  test('accepts a path of exactly 255 characters and a tag of exactly 128', () => {
    const path = 'a'.repeat(255);
    expect(parseReference(`ghcr.io/${path}:${'t'.repeat(128)}`).repository.path).toBe(path);
  });

  test('quotes and cuts hostile text in its message', () => {
    const message = (text: string): string => {
      try {
        parseReference(text);
        return '';
      } catch (error) {
        return error instanceof Error ? error.message : '';
      }
    };
    expect(message('a\n::error::x')).not.toContain('\n');
    expect(message(`ghcr.io/${'é'.repeat(5000)}`).length).toBeLessThan(500);
  });

  test('what it accepts is again accepted, as the same, when formatted', () => {
    const part = fc.stringMatching(/^[a-zA-Z0-9._:@/[\]-]{0,30}$/);
    fc.assert(
      fc.property(
        fc.oneof(
          part,
          fc.string(),
          fc.tuple(part, part).map((parts) => parts.join('/')),
        ),
        (text) => {
          try {
            const { repository } = parseReference(text);
            expect(repository.path).toMatch(/^[a-z0-9]/);
            expect(parseReference(formatRepository(repository)).repository).toEqual(repository);
          } catch (error) {
            expect(error).toBeInstanceOf(ValueError);
          }
        },
      ),
    );
  });
});

describe('parseRepository', () => {
  test('takes a reference without tag and digest', () => {
    expect(parseRepository('ghcr.io/acme/signatures')).toEqual({ registry: 'ghcr.io', path: 'acme/signatures' });
  });

  test.each([['ghcr.io/a:1'], [`ghcr.io/a@${DIGEST}`], ['host:5000']])('refuses %s', (text) => {
    expect(() => parseRepository(text)).toThrow(ValueError);
  });
});

describe('parseRegistryHost', () => {
  test.each([
    ['ghcr.io', 'ghcr.io'],
    ['Localhost:5000', 'localhost:5000'],
    ['registry-1.docker.io', 'docker.io'],
    ['[::1]:5000', '[::1]:5000'],
  ])('reads %s as %s', (text, host) => {
    expect(parseRegistryHost(text)).toBe(host);
  });

  test.each([['https://ghcr.io'], ['ghcr.io/acme'], ['ghcr.io/'], [''], ['a b'], ['user@ghcr.io']])(
    'refuses %j',
    (text) => {
      expect(() => parseRegistryHost(text)).toThrow(ValueError);
    },
  );
});

test('formatPinned writes registry, path and digest', () => {
  const { repository, digest } = parseReference(`docker.io/nginx:1@${DIGEST}`);
  expect(digest === undefined ? '' : formatPinned(repository, digest)).toBe(`docker.io/library/nginx@${DIGEST}`);
});
