import { describe, expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import type { GateRequest } from '../../../src/entries/gate/gate.ts';
import { readVerifyFilesInputs } from '../../../src/entries/verify-files/inputs.ts';
import { DIGEST_A, type FakeSource, fakeSource, PULL_REQUEST } from './fake-input-source.ts';

/* The inputs of verify-files, without a file system and without git. */

const NO_COMMITS = { read: async () => undefined };
const at = (path: string) => `/runner/app/${path}`;

function read({ inputs, files = {}, ...fake }: FakeSource): Promise<GateRequest> {
  const placed = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path.startsWith('/') ? path : at(path), text]),
  );
  const given = { 'source-repository': 'acme/app', ...inputs };
  return readVerifyFilesInputs(fakeSource({ ...fake, inputs: given, files: placed }), NO_COMMITS);
}

async function failure(fake: FakeSource): Promise<CodedError> {
  const error: unknown = await read(fake).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CodedError)) throw new Error('the inputs were accepted', { cause: error });
  expect(error.code).toBe('INPUT_INVALID');
  return error;
}

const pod = (...lines: readonly string[]) =>
  ['apiVersion: v1', 'kind: Pod', 'metadata: { name: app }', 'spec:', ...lines.map((line) => `  ${line}`), ''].join(
    '\n',
  );

const images = (request: GateRequest) => request.images.map(({ original }) => original);

describe('which files are read', () => {
  test('paths and patterns in their order, without what `!` excludes', async () => {
    const request = await read({
      inputs: { files: 'z/Dockerfile\nd/*.yaml\n!d/no*.yaml\n' },
      globs: { 'd/*.yaml': ['d/no.yaml', 'd/b.yaml', 'd/a.yaml'], 'd/no*.yaml': ['d/no.yaml'] },
      files: {
        'z/Dockerfile': 'FROM z\n',
        'd/a.yaml': pod('containers: [{ name: c, image: a }]'),
        'd/b.yaml': pod('containers: [{ name: c, image: b }]'),
        'd/no.yaml': 'not: {read',
      },
    });
    expect(images(request)).toEqual(['z', 'a', 'b']);
    // An absent tag means `latest`.
    expect(request.images.map(({ tag }) => tag)).toEqual(['latest', 'latest', 'latest']);
  });

  test.each<[string, string, FakeSource, string]>([
    ['no files', '', {}, 'no file is given'],
    ['a pattern without a file', 'd/*.yaml', {}, '"d/*.yaml" matches no file'],
    ['a file that is missing', 'none.yaml', {}, '"none.yaml" matches no file'],
    ['an empty line', 'Dockerfile\n\n\n', { files: { Dockerfile: 'FROM a' } }, 'line 2 of 3 is empty'],
    ['everything excluded', 'Dockerfile\n!Dockerfile', { files: { Dockerfile: 'FROM a' } }, 'exclude every file'],
    [
      'a file outside',
      '../other/Dockerfile',
      { files: { '/runner/other/Dockerfile': 'FROM a' } },
      'outside the workspace',
    ],
    [
      'a link that leads out',
      'Dockerfile',
      { links: { '/runner/app/Dockerfile': '/etc/Dockerfile' }, files: { '/etc/Dockerfile': 'FROM a' } },
      'resolves to "/etc/Dockerfile"',
    ],
    [
      'a name of two lines',
      'd/*',
      { globs: { 'd/*': ['d/a\n::error::x.yaml'] }, files: { 'd/a\n::error::x.yaml': 'a' } },
      'invisible character',
    ],
    [
      'bytes that are not text',
      'Dockerfile',
      { files: { Dockerfile: new Uint8Array([0xff, 0xfe]) } },
      'not text in UTF-8',
    ],
    [
      'no image',
      'a.yaml',
      { files: { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' } },
      'name no image',
    ],
    ['values of a chart', 'values.yaml', { files: { 'values.yaml': 'image: a' } }, 'helm template'],
  ])('%s is refused', async (_what, files, fake, says) => {
    const { message, hint } = await failure({ ...fake, inputs: { files } });
    expect(`${message} ${hint}`).toContain(says);
  });

  test('files under RUNNER_TEMP are read, such as what an earlier step rendered', async () => {
    const request = await read({
      inputs: { files: '/runner/_temp/Dockerfile' },
      files: { '/runner/_temp/Dockerfile': 'FROM a' },
    });
    expect(request.images[0]?.sources).toEqual([
      { file: '/runner/_temp/Dockerfile', line: 1, object: 'stage 0', field: 'FROM' },
    ]);
  });

  test('what is in .git is never read', async () => {
    const error = await failure({
      inputs: { files: '**/Dockerfile' },
      globs: { '**/Dockerfile': ['.git/Dockerfile'] },
      files: { '.git/Dockerfile': 'FROM a' },
    });
    expect(error.message).toContain('matches no file');
  });

  test('no image is right with allow-empty, and then the gate has nothing to check', async () => {
    const files = { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' };
    const request = await read({ inputs: { files: 'a.yaml', 'allow-empty': 'true' }, files });
    expect(request).toMatchObject({ images: [], nothingToCheck: 'the files name no image' });
    // Twin: with an image there is something.
    const one = await read({ inputs: { files: 'Dockerfile', 'allow-empty': 'true' }, files: { Dockerfile: 'FROM a' } });
    expect(one.nothingToCheck).toBeUndefined();
  });
});

describe('rows 19, 20, 23, 27, 28, 32 and 33 of the cases of admission verifiers', () => {
  const one = async (text: string, name = 'a.yaml') =>
    images(await read({ inputs: { files: name }, files: { [name]: text } }));

  test('19: init containers, restartable sidecars, ephemeral containers and image volumes', async () => {
    const text = pod(
      'containers: [{ name: c, image: one }]',
      'initContainers: [{ name: i, image: two }, { name: s, image: three, restartPolicy: Always }]',
      'ephemeralContainers: [{ name: e, image: four }]',
      'volumes: [{ name: v, image: { reference: five } }]',
    );
    expect((await one(text)).toSorted()).toEqual(['five', 'four', 'one', 'three', 'two']);
  });

  test('20: ConfigMap volumes and rbd.image name none', async () => {
    const text = pod(
      'containers: [{ name: c, image: one }]',
      'volumes: [{ name: v, configMap: { name: x } }, { name: r, rbd: { image: disk, monitors: [a] } }]',
    );
    expect(await one(text)).toEqual(['one']);
  });

  test.each([`app:1`, `app:1@${DIGEST_A}`, `app@${DIGEST_A}`])('23: %s is accepted', async (image) => {
    expect(await one(pod(`containers: [{ name: c, image: "${image}" }]`))).toEqual([image]);
  });

  test.each(['app@sha256:abc', 'app:', 'App/x:1', 'a b', 'ghcr.io/acme/../evil', 'https://ghcr.io/acme/app'])(
    '23, 28: %s is refused on its line',
    async (image) => {
      const error = await failure({
        inputs: { files: 'a.yaml' },
        files: { 'a.yaml': pod(`containers: [{ name: c, image: "${image}" }]`) },
      });
      expect(error.places).toEqual([expect.objectContaining({ file: 'a.yaml', line: 5 })]);
    },
  );

  test('27: the names of Docker Hub are one repository', async () => {
    const hub = ['x', 'docker.io/x', 'index.docker.io/library/x', 'docker.io/library/x:latest'];
    const request = await read({
      inputs: { files: 'Dockerfile' },
      files: { Dockerfile: hub.map((name) => `FROM ${name}\n`).join('') },
    });
    expect(
      new Set(request.images.map(({ repository, tag }) => `${repository.registry}/${repository.path}:${tag}`)),
    ).toEqual(new Set(['docker.io/library/x:latest']));
  });

  test('28: a host in capitals is the same registry', async () => {
    const request = await read({ inputs: { files: 'Dockerfile' }, files: { Dockerfile: 'FROM GHCR.IO/acme/app:1\n' } });
    expect(request.images[0]?.repository.registry).toBe('ghcr.io');
  });

  test('32: merge keys, lists of lists, a PodList without kinds and CRLF are found; a duplicate key is refused', async () => {
    const merged = pod(
      'initContainers:',
      '  - &c { name: c, image: merged }',
      'containers:',
      '  - <<: *c',
      '    name: d',
    );
    expect(await one(merged)).toEqual(['merged', 'merged']);
    const inner = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers: [{ name: 'c', image: 'nested' }] },
    };
    const list = (items: readonly unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });
    expect(await one(JSON.stringify(list([list([inner])])), 'a.json')).toEqual(['nested']);
    const { spec } = inner;
    expect(
      await one(
        JSON.stringify({ apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'a' }, spec }] }),
        'a.json',
      ),
    ).toEqual(['nested']);
    const crlf =
      `${pod('containers: [{ name: c, image: one }]')}---\n${pod('containers: [{ name: c, image: two }]')}`.replaceAll(
        '\n',
        '\r\n',
      );
    expect(await one(crlf)).toEqual(['one', 'two']);
    const error = await failure({
      inputs: { files: 'a.yaml' },
      files: { 'a.yaml': pod('containers:', '  - image: one', '    name: c', '    image: two') },
    });
    expect(error.message).toContain('a.yaml');
  });

  test('33: PodTemplate and CronJob count; no annotation or owner vouches for an image', async () => {
    expect(
      await one(
        'apiVersion: v1\nkind: PodTemplate\nmetadata: { name: a }\ntemplate: { spec: { containers: [{ name: c, image: t }] } }\n',
      ),
    ).toEqual(['t']);
    expect(
      await one(
        'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: a }\nspec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: c, image: j }] } } } } }\n',
      ),
    ).toEqual(['j']);
    const forged = pod('containers: [{ name: c, image: f }]').replace(
      'metadata: { name: app }',
      'metadata: { name: app, deletionTimestamp: "2026-01-01T00:00:00Z", ownerReferences: [{ kind: ReplicaSet, name: x, apiVersion: apps/v1, uid: y }], annotations: { "kyverno.io/verify-images": "{}" } }',
    );
    expect(await one(forged)).toEqual(['f']);
  });
});

describe('what files name, and where the runner may be led', () => {
  const inputs = (image: string, more: Readonly<Record<string, string>> = {}): FakeSource => ({
    inputs: { files: 'Dockerfile', ...more },
    files: { Dockerfile: `FROM ${image}\n` },
  });

  test.each([
    'localhost:5000/a',
    '127.0.0.1/a',
    '127.1:80/a',
    '0x7f.1/a',
    '2130706433:80/a',
    '10.0.0.5:5000/a',
    '192.168.1.1/a',
    '169.254.169.254/a',
    '[::1]:5000/a',
    '[fe80::1]:80/a',
    '[fd00::1]:80/a',
    'x.localhost/a',
  ])('%s is refused, unless the workflow lists it', async (image) => {
    const error = await failure(inputs(image));
    expect(error.message).toContain('which only this machine or its network has');
    expect(error.places).toEqual([expect.objectContaining({ file: 'Dockerfile', line: 1 })]);
    const host = image.slice(0, image.lastIndexOf('/'));
    if (!host.startsWith('['))
      expect(images(await read(inputs(image, { 'insecure-registries': host })))).toEqual([image]);
  });

  test.each(['ghcr.io/acme/a', '8.8.8.8/a', 'registry.example:5000/a'])('%s is allowed', async (image) => {
    expect(images(await read(inputs(image)))).toEqual([image]);
  });

  test('a login needs the registry that it is for, because files do not say it', async () => {
    const login = { 'registry-username': 'a', 'registry-password': 'password-1' };
    expect((await failure(inputs('ghcr.io/acme/a', login))).message).toContain('registry');
    expect(images(await read(inputs('ghcr.io/acme/a', { ...login, registry: 'ghcr.io' })))).toEqual(['ghcr.io/acme/a']);
  });

  const fork = {
    ...PULL_REQUEST,
    pull_request: { ...PULL_REQUEST.pull_request, head: { sha: '2'.repeat(40), repo: { full_name: 'stranger/app' } } },
  };
  const gone = {
    ...PULL_REQUEST,
    pull_request: { ...PULL_REQUEST.pull_request, head: { sha: '2'.repeat(40), repo: null } },
  };
  const run = (name: string) => ({ workflow_run: { head_repository: { full_name: name } } });
  test.each<[string, unknown, boolean]>([
    ['push', undefined, false],
    ['schedule', undefined, false],
    ['merge_group', { merge_group: { base_sha: '1'.repeat(40) } }, false],
    ['pull_request', PULL_REQUEST, false],
    ['pull_request', fork, true],
    ['pull_request', gone, true],
    ['pull_request_target', fork, true],
    ['workflow_run', run('acme/app'), false],
    ['workflow_run', run('stranger/app'), true],
    ['issue_comment', { issue: { pull_request: {} } }, true],
    ['', undefined, true],
  ])('%s, case %#: anonymous or not', async (eventName, event, isAnonymous) => {
    const request = await read({
      ...inputs('ghcr.io/acme/a'),
      event: event ?? undefined,
      env: { GITHUB_EVENT_NAME: eventName },
    });
    expect(request.network.isAnonymous).toBe(isAnonymous);
    expect(request.notices.join().includes('anonymously')).toBe(isAnonymous);
  });
});

describe('what changed', () => {
  const changed = (fake: FakeSource): FakeSource => ({
    event: PULL_REQUEST,
    ...fake,
    inputs: { files: 'Dockerfile', 'changed-only': 'true', ...fake.inputs },
    env: { GITHUB_EVENT_NAME: 'pull_request', ...fake.env },
  });

  test('without local objects, base comes from the contents API', async () => {
    const request = await read(
      changed({ files: { Dockerfile: 'FROM a\nFROM b\n' }, committed: { Dockerfile: 'FROM a\n' } }),
    );
    expect(images(request)).toEqual(['b']);
    // Twin: a file that base does not have is new.
    expect(
      images(await read(changed({ files: { Dockerfile: 'FROM a\n' }, committed: { 'other/Dockerfile': 'FROM a\n' } }))),
    ).toEqual(['a']);
  });

  test('a base that cannot be judged or read hides nothing', async () => {
    const broken = await read(
      changed({ files: { Dockerfile: 'FROM a\n' }, committed: { Dockerfile: 'FROM a\nFROM $X\n' } }),
    );
    expect(images(broken)).toEqual(['a']);
    expect(broken.notices.join()).toContain('counts as new');
    for (const committed of [new CodedError('INPUT_INVALID', '403'), new CodedError('GITHUB_API_UNAVAILABLE', '500')]) {
      const request = await read(changed({ files: { Dockerfile: 'FROM a\n' }, committed }));
      expect(images(request)).toEqual(['a']);
      expect(request.notices.join()).toContain('Everything is checked, not only what changed');
    }
    await expect(
      read(changed({ files: { Dockerfile: 'FROM a\n' }, committed: new CodedError('TIMEOUT', 'end') })),
    ).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  test('a problem of head fails, whatever base has', async () => {
    const fake = changed({ files: { Dockerfile: 'FROM $X\n' }, committed: { Dockerfile: 'FROM $X\n' } });
    expect((await failure(fake)).places).toHaveLength(1);
  });

  test.each([
    [{ 'base-files': '/x/*' }, 'it has no effect without `changed-only: true`'],
    [{ pin: 'true', 'changed-only': 'true' }, 'the files cannot be pinned'],
  ])('%o is refused', async (more, says) => {
    expect(
      (await failure({ inputs: { files: 'Dockerfile', ...more }, files: { Dockerfile: 'FROM a' } })).message,
    ).toContain(says);
  });
});

describe('a policy that the pull request changes', () => {
  const policy = (subject: string) => `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: { name: ours }
spec:
  images: [{ glob: "index.docker.io/**" }]
  authorities:
    - keyless:
        url: https://fulcio.sigstore.dev
        identities:
          - issuer: https://token.actions.githubusercontent.com
            ${subject}
`;
  const good = policy('subject: https://github.com/acme/app/.github/workflows/ci.yml@refs/heads/main');
  const bad = policy('subjekt: x');
  const pull = (files: FakeSource['files'], committed: Readonly<Record<string, string>>): FakeSource => ({
    inputs: { files: 'Dockerfile', policy: 'policy.yaml', 'source-repository': '' },
    files: { Dockerfile: 'FROM a\n', ...files },
    committed,
    event: PULL_REQUEST,
    env: { GITHUB_EVENT_NAME: 'pull_request' },
  });

  test('base decides, and head is parsed too', async () => {
    const request = await read(pull({ 'policy.yaml': good }, { 'policy.yaml': good }));
    expect(request.policies?.set.policies.map(({ name }) => name)).toEqual(['ours']);
    const error = await failure(pull({ 'policy.yaml': bad }, { 'policy.yaml': good }));
    expect(error.message).toContain("This is head's version");
    expect(error.places[0]).toMatchObject({ file: 'policy.yaml' });
    // Base's own errors are told once.
    expect((await failure(pull({ 'policy.yaml': bad }, { 'policy.yaml': bad }))).message).not.toContain(
      "head's version",
    );
  });

  test('a policy that only head has decides nothing: it must be merged first', async () => {
    const error = await failure(pull({ 'policy.yaml': good }, {}));
    expect(`${error.message} ${error.hint}`).toContain('Merge the policy first');
  });
});
