import { describe, expect, test } from 'vitest';
import type { Repository } from '../../../src/domain/image/reference.ts';
import { parsePullSecret, pullLoginsFor, readPullSecrets } from '../../../src/oci/credentials/pull-secrets.ts';

const base64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
const auth = (user: string): Readonly<Record<string, string>> => ({ auth: base64(`${user}:pw`) });
const secret = (auths: Readonly<Record<string, unknown>>, name = 'regcred') => ({
  namespace: 'team',
  name,
  type: 'kubernetes.io/dockerconfigjson',
  data: { '.dockerconfigjson': base64({ auths }) },
});
const repositoryOf = (text: string): Repository => {
  const slash = text.indexOf('/');
  return { registry: text.slice(0, slash), path: text.slice(slash + 1) };
};
/** The user names that are tried for a repository, in order. */
const users = (secrets: readonly ReturnType<typeof secret>[], repository: string): unknown[] =>
  pullLoginsFor(readPullSecrets(secrets), repositoryOf(repository)).map(({ login }) => login.username);

describe('the key of an entry', () => {
  // kubelet's tests: k8s.io/kubernetes pkg/credentialprovider/keyring_test.go.
  test.each<[string, string, boolean]>([
    ['ghcr.io', 'ghcr.io/acme/app', true],
    ['https://ghcr.io', 'ghcr.io/acme/app', true],
    ['http://ghcr.io', 'ghcr.io/acme/app', true],
    ['GHCR.io', 'ghcr.io/acme/app', true],
    ['ghcr.io/', 'ghcr.io/acme/app', true],
    ['https://ghcr.io/v1/', 'ghcr.io/acme/app', true],
    ['https://ghcr.io/v2/', 'ghcr.io/acme/app', true],
    ['ghcr.io/acme', 'ghcr.io/acme/app', true],
    ['https://ghcr.io/v2/acme', 'ghcr.io/acme/app', true],
    ['ghcr.io/other', 'ghcr.io/acme/app', false],
    ['ghcr.io/acme/app/more', 'ghcr.io/acme/app', false],
    ['ghcr.io:443', 'ghcr.io/acme/app', true],
    ['ghcr.io:5000', 'ghcr.io/acme/app', false],
    ['reg.example:5000', 'reg.example:5000/app', true],
    ['reg.example', 'reg.example:5000/app', false],
    ['*.example:5000', 'reg.example:5000/app', true],
    ['*.example', 'reg.example:5000/app', false],
    ['*.kubernetes.io', 'prefix.kubernetes.io/x', true],
    ['prefix.*.io', 'prefix.kubernetes.io/x', true],
    ['*-good.kubernetes.io', 'prefix-good.kubernetes.io/x', true],
    ['pre*.kubernetes.io', 'prefix.kubernetes.io/x', true],
    ['prefi?.kubernetes.io', 'prefix.kubernetes.io/x', true],
    ['*.kubernetes.io', 'kubernetes.io/x', false],
    ['*.io', 'prefix.kubernetes.io/x', false],
    ['*', 'prefix.kubernetes.io/x', false],
    ['*.kubernetes.io', 'a.b.kubernetes.io/x', false],
    ['*kubernetes.io', 'evil.kubernetes.io/x', false],
    ['prefix.kubernetes.io', 'prefixxkubernetes.io/x', false],
    ['user@ghcr.io', 'ghcr.io/acme/app', false],
    ['', 'ghcr.io/acme/app', false],
    ['[::1]', 'ghcr.io/acme/app', false],
    ['https://index.docker.io/v1/', 'docker.io/library/nginx', true],
    ['docker.io', 'docker.io/library/nginx', true],
    ['registry-1.docker.io', 'docker.io/acme/app', true],
    ['index.docker.io/acme', 'docker.io/acme/app', true],
    ['index.docker.io/other', 'docker.io/acme/app', false],
    ['index.docker.io', 'index.docker.io.evil.example/x', false],
  ])('%s, for %s: %s', (key, repository, isFound) => {
    expect(users([secret({ [key]: auth('u') })], repository)).toEqual(isFound ? ['u'] : []);
  });

  test('globs in linear time', () => {
    const key = `${'*a'.repeat(40)}b.example`;
    expect(users([secret({ [key]: auth('u') })], `${'a'.repeat(60)}.example/x`)).toEqual([]);
  });
});

describe('several logins', () => {
  test('come with the longest path first, then by secret, and globs last', () => {
    const auths = { '*.example': auth('glob'), 'reg.example': auth('host'), 'reg.example/team': auth('team') };
    const all = [
      secret({ 'reg.example/team/app': auth('app') }, 'b'),
      secret(auths),
      secret({ 'https://reg.example': auth('host2') }, 'c'),
    ];
    expect(users(all, 'reg.example/team/app')).toEqual(['app', 'team', 'host', 'host2', 'glob']);
    expect(users(all, 'reg.example/other')).toEqual(['host', 'host2', 'glob']);
    expect(users(all.toReversed(), 'reg.example/other')).toEqual(['host2', 'host', 'glob']);
  });

  test('are no more than ten', () => {
    const auths = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`reg.example/${'a'.repeat(n)}`, auth(`u${n}`)]),
    );
    expect(users([secret(auths)], `reg.example/${'a'.repeat(60)}`)).toHaveLength(10);
  });
});

describe('a secret', () => {
  test('of the old type has the entries at its top', () => {
    const data = { '.dockercfg': base64({ 'ghcr.io': { username: 'u', password: 'p', email: 'x' } }) };
    const [one] = readPullSecrets([{ namespace: 'team', name: 'old', type: 'kubernetes.io/dockercfg', data }]);
    expect(pullLoginsFor(one === undefined ? [] : [one], repositoryOf('ghcr.io/a/b'))).toEqual([
      {
        source: 'the entry "ghcr.io" of pull secret team/old',
        login: { username: 'u', password: 'p', identityToken: '', registryToken: '' },
      },
    ]);
  });

  test('of another type is none', () => {
    const opaque = { ...secret({ 'ghcr.io': auth('u') }), type: 'Opaque' };
    expect(parsePullSecret(opaque)).toBeUndefined();
    expect(users([opaque], 'ghcr.io/a/b')).toEqual([]);
  });

  test('never runs a helper that it names', () => {
    const data = { '.dockerconfigjson': base64({ auths: {}, credsStore: 'evil', credHelpers: { 'ghcr.io': 'evil' } }) };
    const [one] = readPullSecrets([{ ...secret({}), data }]);
    expect(Object.keys(one ?? {}).toSorted()).toEqual(['entries', 'name']);
    expect(pullLoginsFor(one === undefined ? [] : [one], repositoryOf('ghcr.io/a/b'))).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['no data', undefined],
    ['no key', {}],
    ['a key that is not text', { '.dockerconfigjson': 1 }],
    ['no JSON, but a password', { '.dockerconfigjson': base64('hunter2') }],
    ['a list', { '.dockerconfigjson': base64([]) }],
    ['too much', { '.dockerconfigjson': 'A'.repeat(256 * 1024 + 1) }],
    [
      'too many entries',
      {
        '.dockerconfigjson': base64({
          auths: Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`h${n}`, {}])),
        }),
      },
    ],
  ])('is refused by its name, and never quoted, with %s', (_what, data) => {
    const refused = () => readPullSecrets([{ ...secret({}), data }]);
    expect(refused).toThrow(
      expect.objectContaining({ code: 'REGISTRY_DENIED', message: expect.stringContaining('team/regcred') }),
    );
    expect(refused).not.toThrow(/hunter2/);
  });

  test('with a malformed entry is refused only for the registry of that entry', () => {
    const auths = { 'bad.example': { auth: '%%%' }, 'ghcr.io': auth('u') };
    expect(users([secret(auths)], 'ghcr.io/a/b')).toEqual(['u']);
    expect(() => users([secret(auths)], 'bad.example/x')).toThrow('auth of "bad.example" is not base64');
  });
});
