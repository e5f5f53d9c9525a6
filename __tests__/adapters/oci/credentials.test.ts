import { describe, expect, test } from 'vitest';
import type { RunHelper } from '../../../src/oci/credentials/credential-helper.ts';
import { type CredentialOptions, createCredentials } from '../../../src/oci/credentials/credentials.ts';
import type { Credential } from '../../../src/oci/transport/credential.ts';
import { RegistryError } from '../../../src/oci/transport/registry-error.ts';
import { seenBy, testCall } from '../../calls.ts';

/** A clock that stands. */
const clock = { now: () => new Date('2026-11-22T10:00:00Z') };
const auth = (text: string): string => Buffer.from(text).toString('base64');

interface Setup extends Partial<Omit<CredentialOptions, 'readFile'>> {
  readonly files?: Readonly<Record<string, unknown>>;
  readonly said?: string[];
}

/** The login found for `registry/path`, in a readable form; with what was masked. */
async function find(registry: string, path: string, { files = {}, said = [], ...options }: Setup) {
  const masked: string[] = [];
  const all = createCredentials({
    env: { HOME: '/home/u' },
    clock,
    runHelper: () => Promise.reject(new Error('no helper was expected')),
    mask: (secret) => masked.push(secret),
    ...options,
    readFile: (file) => {
      const content = files[file];
      if (content instanceof Error) return Promise.reject(content);
      if (content === undefined) return Promise.resolve(undefined);
      return Promise.resolve(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)));
    },
  });
  const log = { info: (line: string) => said.push(line) };
  const store = seenBy(testCall({ log }), all, ['describePlaces']);
  return { credential: await store.find({ registry, path }), masked, store };
}

function shown(credential: Credential | undefined): string {
  if (credential === undefined) return 'anonymous';
  switch (credential.kind) {
    case 'basic':
      return Buffer.from(credential.basic, 'base64').toString();
    default:
      return `${credential.kind} ${credential.token}`;
  }
}

const docker = '/home/u/.docker/config.json';
const config = '/home/u/.config/containers/auth.json';

describe('a stored login', () => {
  test.each<[string, string, Setup, string]>([
    ['ghcr.io', 'alice:pw', { files: { [docker]: { auths: { 'ghcr.io': { auth: auth('alice:pw') } } } } }, 'the usual'],
    [
      'ghcr.io',
      'alice:p:w',
      { files: { [docker]: { auths: { 'ghcr.io': { auth: auth('alice:p:w') } } } } },
      'split at the first colon',
    ],
    [
      'ghcr.io',
      'a:b',
      { files: { [docker]: { auths: { 'ghcr.io': { auth: auth('a:b').replace(/=+$/, '') } } } } },
      'base64 without padding',
    ],
    ['ghcr.io', 'a:b', { files: { [docker]: { auths: { 'ghcr.io': { auth: auth('a:b\0\0') } } } } }, 'trailing NULs'],
    [
      'ghcr.io',
      'a:b',
      { files: { [docker]: { auths: { 'ghcr.io': { username: 'a', password: 'b' } } } } },
      'user and password apart',
    ],
    [
      'ghcr.io',
      'a:b',
      { files: { [docker]: { auths: { 'https://ghcr.io': { auth: auth('a:b') } } } } },
      'a key with scheme',
    ],
    [
      'ghcr.io',
      'a:b',
      { files: { [docker]: { auths: { 'https://ghcr.io/v1/': { auth: auth('a:b') } } } } },
      'a key with API path',
    ],
    [
      'ghcr.io',
      'a:b',
      {
        files: {
          [docker]: { auths: { 'https://ghcr.io/v2/': { auth: auth('x:y') }, 'ghcr.io': { auth: auth('a:b') } } },
        },
      },
      'the bare host first',
    ],
    [
      'docker.io',
      'a:b',
      { files: { [docker]: { auths: { 'https://index.docker.io/v1/': { auth: auth('a:b') } } } } },
      "Docker Hub's own key",
    ],
    [
      'docker.io',
      'a:b',
      { files: { [docker]: { auths: { 'registry-1.docker.io': { auth: auth('a:b') } } } } },
      'an alias of Docker Hub',
    ],
    [
      'host:5000',
      'a:b',
      { files: { [docker]: { auths: { host: { auth: auth('x:y') }, 'host:5000': { auth: auth('a:b') } } } } },
      'the port counts',
    ],
    [
      'ghcr.io',
      'identity-token tok',
      { files: { [docker]: { auths: { 'ghcr.io': { auth: auth('alice:'), identitytoken: 'tok' } } } } },
      'an identity token beside an empty password',
    ],
    [
      'ghcr.io',
      'registry-token rt',
      {
        files: { [docker]: { auths: { 'ghcr.io': { auth: auth('a:b'), identitytoken: 'it', registrytoken: 'rt' } } } },
      },
      'a registry token first',
    ],
    ['ghcr.io', 'anonymous', { files: { [docker]: { auths: { 'ghcr.io': {} } } } }, 'an empty entry is a marker'],
    [
      'ghcr.io',
      'alice:a-long-password',
      {
        files: {
          [docker]: { auths: { 'ghcr.io': { auth: auth('alice:a-long-password').replace(/.{8}/g, '$&\r\n') } } },
        },
      },
      'base64 with line breaks',
    ],
    ...[null, { auths: null, credHelpers: null, credsStore: null }, { auths: { 'ghcr.io': null } }, '', ' \n'].map(
      (content): [string, string, Setup, string] => [
        'ghcr.io',
        'podman:p',
        { files: { [docker]: content, [config]: { auths: { 'ghcr.io': { auth: auth('podman:p') } } } } },
        `${JSON.stringify(content)} is a file without logins`,
      ],
    ),
    [
      'ghcr.io',
      'a:b',
      {
        files: {
          [docker]: {
            auths: {
              'ghcr.io': { auth: auth('a:b'), username: null, email: null, identitytoken: null, registrytoken: null },
            },
          },
        },
      },
      'null is an absent field',
    ],
    [
      'ghcr.io',
      'a:b',
      {
        files: {
          [docker]: {
            auths: { 'quay.io': { auth: '***' }, 'docker.io': 'x', 'ghcr.io': { auth: auth('a:b') } },
            credHelpers: { 'quay.io': '../evil', 'docker.io': 7 },
          },
        },
      },
      'malformed entries of other registries',
    ],
    [
      'ghcr.io',
      'a:b',
      {
        files: {
          [docker]: { auths: { 'ghcr.io': { auth: auth('a:b') } }, credHelpers: { 'ghcr.io': '' }, credsStore: 'x' },
        },
      },
      'an empty helper turns the store off',
    ],
    ...(
      [
        ['Docker’s', docker, 'hub:1'],
        ['Podman’s', config, 'stale:1'],
      ] as const
    ).map(([whose, file, expected]): [string, string, Setup, string] => [
      'docker.io',
      expected,
      {
        files: {
          [file]: {
            auths: {
              'registry-1.docker.io': { auth: auth('old:1') },
              'docker.io': { auth: auth('stale:1') },
              'https://index.docker.io/v1/': { auth: auth('hub:1') },
            },
          },
        },
      },
      `the key that counts for Docker Hub in ${whose} file`,
    ]),
    [
      'docker.io',
      'hub:1',
      {
        files: {
          [docker]: { auths: { 'docker.io': { auth: auth('stale:1') }, 'index.docker.io': { auth: auth('hub:1') } } },
        },
      },
      'another form of that key',
    ],
    [
      'ghcr.io',
      'anonymous',
      {
        files: {
          [docker]: {
            auths: {
              'evilghcr.io': { auth: auth('a:b') },
              'ghcr.io.evil': { auth: auth('a:b') },
              io: { auth: auth('a:b') },
            },
          },
        },
      },
      'nothing fuzzy',
    ],
    [
      'notdocker.io',
      'anonymous',
      { files: { [docker]: { auths: { 'https://index.docker.io/v1/': { auth: auth('a:b') } } } } },
      'a host that ends like Docker Hub',
    ],
    [
      'ghcr.io',
      'a:b',
      {
        env: { HOME: '/home/u', DOCKER_CONFIG: '/d' },
        files: {
          '/d/config.json': { auths: { 'ghcr.io': { auth: auth('a:b') } } },
          [docker]: { auths: { 'ghcr.io': { auth: auth('x:y') } } },
        },
      },
      'DOCKER_CONFIG instead of the home',
    ],
    [
      'ghcr.io',
      'a:b',
      {
        env: { HOME: '/home/u', DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { 'ghcr.io': { auth: auth('a:b') } } }) },
        files: { [docker]: { auths: { 'ghcr.io': { auth: auth('x:y') } } } },
      },
      'DOCKER_AUTH_CONFIG first',
    ],
    [
      'quay.io',
      'x:y',
      {
        env: { HOME: '/home/u', DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { 'ghcr.io': { auth: auth('a:b') } } }) },
        files: { [docker]: { auths: { 'quay.io': { auth: auth('x:y') } } } },
      },
      'the store where it says nothing',
    ],
    [
      'ghcr.io',
      'a:b',
      { files: { [config]: { auths: { 'ghcr.io': { auth: auth('a:b') } } } } },
      "Podman's config file",
    ],
    [
      'ghcr.io',
      'a:b',
      {
        env: { HOME: '/home/u', XDG_RUNTIME_DIR: '/run/u' },
        files: {
          '/run/u/containers/auth.json': { auths: { 'ghcr.io': { auth: auth('a:b') } } },
          [config]: { auths: { 'ghcr.io': { auth: auth('x:y') } } },
        },
      },
      "Podman's runtime file first",
    ],
    [
      'ghcr.io',
      'anonymous',
      {
        env: { HOME: '/home/u', REGISTRY_AUTH_FILE: '/r.json' },
        files: { [config]: { auths: { 'ghcr.io': { auth: auth('a:b') } } } },
      },
      'REGISTRY_AUTH_FILE instead of both',
    ],
    [
      'ghcr.io',
      'a:b',
      {
        env: { USERPROFILE: '/home/u' },
        files: { '/home/u/.dockercfg': { 'ghcr.io': { auth: auth('a:b'), email: 'x' } } },
      },
      '~/.dockercfg, and a Windows home',
    ],
  ])('for %s is %s: %s', async (registry, expected, setup) => {
    const { credential, masked } = await find(registry, 'acme/app', setup);
    expect(shown(credential)).toBe(expected);
    if (credential?.kind === 'basic') expect(masked).toContain(credential.basic);
  });

  test.each([
    ['acme/app', 'app'],
    ['acme/other', 'acme'],
    ['acme/app/sub', 'app'],
    ['acmes/app', 'host'],
  ])('of Podman for a path: %s gets the one of %s', async (path, expected) => {
    const auths = {
      'ghcr.io': { auth: auth('host:1') },
      'ghcr.io/acme': { auth: auth('acme:1') },
      'ghcr.io/acme/app': { auth: auth('app:1') },
    };
    const { credential } = await find('ghcr.io', path, { files: { [config]: { auths } } });
    expect(shown(credential)).toBe(`${expected}:1`);
  });

  test.each([
    [{ auth: auth('alice:'), identitytoken: 'refresh-me' }, 'as docker login leaves it, with an empty password'],
    [{ auth: auth(':s3cret'), identitytoken: 'refresh-me' }, 'without a user name'],
    [{ identitytoken: 'refresh-me' }, 'alone'],
  ])('with a refresh token makes no password of it: %j, %s', async (entry, _reason) => {
    const { credential } = await find('ghcr.io', 'a', { files: { [docker]: { auths: { 'ghcr.io': entry } } } });
    expect(credential).toMatchObject({ kind: 'identity-token', token: 'refresh-me', basic: undefined });
  });

  test('is masked in every form it is sent in, and named without its secret', async () => {
    const files = { [docker]: { auths: { 'ghcr.io': { auth: auth('alice:s3cret'), identitytoken: 'refresh-me' } } } };
    const { credential, masked } = await find('ghcr.io', 'a', { files });
    expect(masked).toEqual(expect.arrayContaining(['s3cret', 'refresh-me', auth('alice:s3cret')]));
    expect(credential).toMatchObject({ token: 'refresh-me', basic: auth('alice:s3cret') });
    expect(credential?.source).toBe(`the entry "ghcr.io" of ${docker}`);
  });

  test.each([
    [{ files: { [docker]: '{"auths":' } }, 'no JSON'],
    [{ files: { [docker]: '[]' } }, 'a list'],
    [{ files: { [docker]: { auths: [] } } }, 'auths as a list'],
    [{ files: { [docker]: { auths: { 'ghcr.io': 'x' } } } }, 'an entry that is a string'],
    [{ files: { [docker]: { auths: { 'ghcr.io': { auth: '***' } } } } }, 'auth that is no base64'],
    [{ files: { [docker]: { auths: { 'ghcr.io': { auth: auth('nocolon') } } } } }, 'auth without a colon'],
    [{ files: { [docker]: { auths: { 'ghcr.io': { registrytoken: 'a\nb' } } } } }, 'a token with a line break'],
    [{ files: { [docker]: { credsStore: '../evil' } } }, 'a helper name with a path'],
    [{ files: { [docker]: { credHelpers: { 'ghcr.io': 'a b; rm' } } } }, 'a helper name with a command'],
    [{ files: { [docker]: new Error('EACCES') } }, 'a file that cannot be read'],
    [{ files: { [docker]: { credHelpers: { 'ghcr.io': 7 } } } }, 'a helper that is a number'],
    [{ files: { [docker]: { credsStore: ['x'] } } }, 'a store that is a list'],
    [{ files: { [docker]: { auths: { 'ghcr.io': { auth: 7 } } } } }, 'auth that is a number'],
    [{ files: { [docker]: { auths: { 'ghcr.io': { auth: 'YTpi YTpi' } } } } }, 'base64 with a space'],
  ] as [Setup, string][])('%# is an error, not anonymous: %s', async (setup, _reason) => {
    await expect(find('ghcr.io', 'a', setup)).rejects.toThrow(RegistryError);
  });

  test('never stands in an error about its file', async () => {
    const secret = auth('alice:s3cret');
    const message = await find('ghcr.io', 'a', {
      files: { [docker]: `{"auths":{"ghcr.io":{"auth":"${secret}"}}` },
    }).then(
      () => '',
      (error: unknown) => `${String(error)} ${String((error as Error).cause)}`,
    );
    expect(message).toContain(docker);
    expect(message).not.toContain(secret);
  });
});

describe('DOCKER_AUTH_CONFIG that Docker cannot read', () => {
  const files = { [docker]: { auths: { 'ghcr.io': { auth: auth('x:y') } } } };
  const secret = 's3cret-of-the-variable';
  const entry = { auth: auth(`a:${secret}`) };

  test.each<[unknown, string]>([
    [{ auths: { 'ghcr.io': entry }, credHelpers: { 'quay.io': 'x' } }, 'has the field \\"credHelpers\\"'],
    [{ auths: { 'ghcr.io': entry }, credsStore: 'x' }, 'has the field \\"credsStore\\"'],
    [{ auths: { 'ghcr.io': { ...entry, email: 'a@b.example' } } }, 'has the field \\"email\\"'],
    [{ auths: { 'ghcr.io': { auth: auth('a:'), identitytoken: secret } } }, 'has the field \\"identitytoken\\"'],
    [{ auths: { 'ghcr.io': entry, 'quay.io': { auth: `${secret}*` } } }, 'auth of \\"quay.io\\" is not base64'],
    [{ auths: { 'ghcr.io': entry, 'quay.io': {} } }, '\\"quay.io\\" has no \\"auth\\"'],
    [{ auths: { 'ghcr.io': entry, 'quay.io': null } }, '\\"quay.io\\" has no \\"auth\\"'],
    [{ auths: { 'ghcr.io': entry, 'quay.io': secret } }, '\\"quay.io\\" is not an object'],
    [{ auths: [entry] }, 'auths is not an object'],
    [`{"auths":{"ghcr.io":{"auth":"${secret}`, 'not valid JSON'],
    [`${JSON.stringify({ auths: { 'ghcr.io': entry } })} {}`, 'not valid JSON'],
  ])('%j: the file counts, and the log says why', async (content, why) => {
    const env = {
      HOME: '/home/u',
      DOCKER_AUTH_CONFIG: typeof content === 'string' ? content : JSON.stringify(content),
    };
    const said: string[] = [];
    const { credential, store } = await find('ghcr.io', 'a', { env, files, said });
    expect(shown(credential)).toBe('x:y');
    await store.find({ registry: 'ghcr.io', path: 'b' });
    expect(said).toHaveLength(1);
    expect(JSON.stringify(said)).toContain(why);
    expect(said[0]).toMatch(/DOCKER_AUTH_CONFIG is ignored, as in Docker$/);
    expect(said[0]).not.toContain(secret);
    // Nor does a registry without a login look as if the variable had been read.
    const anonymous = await find('ghcr.io', 'a', { env });
    expect(anonymous.credential).toBeUndefined();
    expect(anonymous.store.describePlaces()).toContain('DOCKER_AUTH_CONFIG (ignored, see the log)');
  });

  test.each(['', ' ', 'null', '{}', '{"auths":null}'])('%j holds no login, and nothing is said', async (content) => {
    const said: string[] = [];
    const env = { HOME: '/home/u', DOCKER_AUTH_CONFIG: content };
    const { credential, store } = await find('ghcr.io', 'a', { env, files, said });
    expect([shown(credential), said]).toEqual(['x:y', []]);
    expect(store.describePlaces()).not.toContain('ignored');
  });
});

test('the message about a missing login names the places that are not read', async () => {
  const { store } = await find('ghcr.io', 'a', {});
  expect(store.describePlaces()).toBe(
    `DOCKER_AUTH_CONFIG, ${docker}, ${config}, /home/u/.dockercfg; ` +
      'logins of docker/login-action with a scope, of Buildx and of Helm are not read',
  );
});

describe('an explicit login', () => {
  const explicit = { registry: 'ghcr.io', username: 'u', password: 'p', source: 'the settings' };
  const files = { [docker]: { auths: { 'ghcr.io': { auth: auth('x:y') }, 'quay.io': { auth: auth('x:y') } } } };

  test('comes before every other, for its one registry only', async () => {
    const { credential } = await find('ghcr.io', 'a', { explicit, files });
    expect([shown(credential), credential?.source]).toEqual(['u:p', 'the settings']);
    expect(shown((await find('quay.io', 'a', { explicit, files })).credential)).toBe('x:y');
    expect(shown((await find('ghcr.io:8443', 'a', { explicit })).credential)).toBe('anonymous');
  });
});

test.each<[string, CredentialOptions['env'], number | undefined, string]>([
  [
    'podman',
    { HOME: '/home/u' },
    1001,
    'the place Podman writes to on Linux without XDG_RUNTIME_DIR (root, containers)',
  ],
  ['anonymous', { HOME: '/home/u', XDG_RUNTIME_DIR: '/x' }, 1001, 'not beside XDG_RUNTIME_DIR'],
  ['anonymous', { HOME: '/home/u' }, 0, 'not of another user'],
  ['anonymous', { HOME: '/home/u' }, undefined, 'not where users have no numbers'],
])('/run/containers gives %s: %s', async (expected, env, uid) => {
  const files = { '/run/containers/1001/auth.json': { auths: { 'ghcr.io': { auth: auth('podman:p') } } } };
  const { credential } = await find('ghcr.io', 'a', { env, uid, files });
  expect(shown(credential).split(':')[0]).toBe(expected);
});

describe('a fallback login', () => {
  const fallback = { registry: 'ghcr.io', username: 'octocat', password: 'ghs_x', source: 'the token of the job' };

  test('is used for its registry without a login', async () => {
    const { credential, masked } = await find('ghcr.io', 'a', { fallback });
    expect(credential).toMatchObject({ kind: 'basic', isFallback: true, source: 'the token of the job' });
    expect(shown(credential)).toBe('octocat:ghs_x');
    expect(masked).toContain('ghs_x');
  });

  test.each<[string, Setup, string]>([
    ['quay.io', { fallback }, 'another registry'],
    ['ghcr.io:443', { fallback }, 'another spelling of the port'],
    ['pkg.ghcr.io', { fallback }, 'a sub-domain'],
    ['ghcr.io', { fallback: { ...fallback, password: '' } }, 'no password'],
    ['ghcr.io', { fallback, insecureRegistries: ['ghcr.io'] }, 'a registry that is called over plain http'],
  ])('is not used for %s: %s', async (registry, setup) => {
    expect((await find(registry, 'a', setup)).credential).toBeUndefined();
  });

  test('yields to a stored login', async () => {
    const files = { [docker]: { auths: { 'ghcr.io': { auth: auth('a:b') } } } };
    expect(shown((await find('ghcr.io', 'a', { fallback, files })).credential)).toBe('a:b');
  });
});

describe('a credential helper', () => {
  const helper =
    (exitCode: number, stdout: string, calls: string[] = []): RunHelper =>
    (_, { program, args, stdin }) => {
      calls.push([program, ...args, stdin].join(' '));
      return Promise.resolve({ exitCode, stdout });
    };
  const answer = JSON.stringify({ ServerURL: 'ghcr.io', Username: 'a', Secret: 'b' });

  test.each([
    ['ghcr.io', { credHelpers: { 'ghcr.io': 'one' }, credsStore: 'two' }, 'docker-credential-one get ghcr.io'],
    ['quay.io', { credHelpers: { 'ghcr.io': 'one' }, credsStore: 'two' }, 'docker-credential-two get quay.io'],
    ['docker.io', { credHelpers: { 'docker.io': 'one' } }, 'docker-credential-one get https://index.docker.io/v1/'],
    ['docker.io', { credsStore: 'two' }, 'docker-credential-two get https://index.docker.io/v1/'],
    ['host:5000', { credsStore: 'two' }, 'docker-credential-two get host:5000'],
  ])('for %s is called once by Docker’s protocol', async (registry, file, call) => {
    const calls: string[] = [];
    const { credential, store } = await find(registry, 'a', {
      files: { [docker]: file },
      runHelper: helper(0, answer, calls),
    });
    await store.find({ registry, path: 'another' });
    expect(shown(credential)).toBe('a:b');
    expect(calls).toEqual([call]);
  });

  test.each([
    ['{"Username":"\\u003ctoken\\u003e","Secret":"idt"}', 'identity-token idt', 'an identity token, as Go writes it'],
    ['{"Username":"a","Secret":""}', 'anonymous', 'an empty secret'],
  ])('that answers %s gives %s: %s', async (stdout, expected, _reason) => {
    const files = { [docker]: { credsStore: 'x' } };
    expect(shown((await find('ghcr.io', 'a', { files, runHelper: helper(0, stdout) })).credential)).toBe(expected);
  });

  test('that knows nothing is not overruled by user and password in the same file', async () => {
    const files = { [docker]: { credsStore: 'x', auths: { 'ghcr.io': { auth: auth('stale:login') } } } };
    const runHelper = helper(1, 'credentials not found in native keychain\n');
    expect((await find('ghcr.io', 'a', { files, runHelper })).credential).toBeUndefined();
  });

  test.each([
    [helper(1, 'keychain is locked'), 'another failure'],
    [helper(1, ''), 'a silent failure'],
    [helper(3, JSON.stringify({ Username: 'alice', Secret: 'opensesame' })), 'a login all the same'],
    [helper(0, 'not json'), 'no JSON'],
    [helper(0, '{"Username":"a"}'), 'no secret'],
    [helper(0, 'null'), 'null'],
    [(() => Promise.reject(new Error('ENOENT'))) as RunHelper, 'no such program'],
  ])('%# that fails is an error that names it: %s', async (runHelper, _reason) => {
    const files = { [docker]: { credsStore: 'x' } };
    await expect(find('ghcr.io', 'a', { files, runHelper })).rejects.toThrow(/docker-credential-x/);
    // Neither its words nor a login are quoted.
    await expect(find('ghcr.io', 'a', { files, runHelper })).rejects.not.toThrow(/locked|alice|opensesame|not json/);
  });
});
