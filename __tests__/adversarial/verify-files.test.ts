import { writeFileSync } from 'node:fs';
import { chmod, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorReply, type FaultRule, on } from '../../sandbox/http/faults.ts';
import {
  annotationsOf,
  checkFiles,
  commitAll,
  deployment,
  pullRequest,
  signedImage,
  unsignedImage,
  workspaceWith,
  writeFiles,
} from './file-gate.ts';
import { decision, isOpen, openLab, RELEASE } from './in-process-gate.ts';

/* The action verify-files from its inputs to its outputs, in this process: each case with a twin that is refused. */

const lab = await openLab();

describe('an init container counts as any other', () => {
  test('unsigned: refused on its line; signed: it passes, and the output has both', async () => {
    const [app, init, bad] = [signedImage(lab), signedImage(lab), unsignedImage(lab)];
    const workspace = await workspaceWith(lab, {
      'deploy/app.yaml': deployment('app', { app: `${app.name}:1`, init: `${bad.name}:1` }),
    });
    const refused = await checkFiles(lab, workspace, { files: 'deploy/*.yaml' });
    expect(isOpen(refused)).toBe(false);
    expect(refused.outputs).toMatchObject({ verdict: 'fail', reason: 'NO_SIGNATURE', 'pinned-files': '' });
    expect(annotationsOf(refused)).toEqual(['error deploy/app.yaml:14']);
    expect(refused.results.images.find(({ verdict }) => verdict === 'fail')?.sources).toEqual([
      {
        file: 'deploy/app.yaml',
        line: 14,
        document: 1,
        object: 'Deployment/app',
        field: 'spec.template.spec.initContainers[0].image',
      },
    ]);
    const good = deployment('app', { app: `${app.name}:1`, init: `${init.name}:1` });
    await writeFile(join(workspace, 'deploy/app.yaml'), good);
    const passed = await checkFiles(lab, workspace, { files: 'deploy/*.yaml' });
    expect(passed.exitCode).toBe(0);
    expect(passed.outputs).toMatchObject({ verified: 'true', verdict: 'pass', 'pinned-files': '' });
    expect(passed.outputs['images']?.split('\n').toSorted()).toEqual([app.reference, init.reference].toSorted());
    expect(await readFile(join(workspace, 'deploy/app.yaml'), 'utf8')).toBe(good);
  });

  test('one digest is examined once, however many files name it', async () => {
    const app = signedImage(lab);
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`d/${index}.yaml`, deployment(`a${index}`, { app: `${app.name}:1` })]),
    );
    const workspace = await workspaceWith(lab, files);
    const one = await checkFiles(lab, workspace, { files: 'd/0.yaml' });
    const all = await checkFiles(lab, workspace, { files: 'd/*.yaml' });
    expect(decision(all)).toBe('pass');
    expect(all.results.images).toHaveLength(1);
    expect(all.results.images[0]?.sources).toHaveLength(20);
    expect(all.requests.length).toBe(one.requests.length);
  });
});

describe('what is pinned', () => {
  test('every image gets its digest, and nothing else changes', async () => {
    const [app, init, base] = [signedImage(lab), signedImage(lab), signedImage(lab)];
    const yaml = deployment('app', { app: `"${app.name}:1"`, init: `${init.name}:1` }).replaceAll('\n', '\r\n');
    const docker = `# keep me\nFROM ${base.name}:1 AS build\nFROM scratch\nCOPY --from=build /x /x\n`;
    const workspace = await workspaceWith(lab, { 'a/app.yaml': yaml, 'a/Dockerfile': docker });
    await chmod(join(workspace, 'a/app.yaml'), 0o640);
    const run = await checkFiles(lab, workspace, { files: 'a/*', pin: 'true' });
    expect(run.exitCode, run.stdout).toBe(0);
    expect(run.outputs['pinned-files']).toBe('a/Dockerfile\na/app.yaml');
    const text = await readFile(join(workspace, 'a/app.yaml'), 'utf8');
    expect(text).toBe(
      yaml
        .replace(`"${app.name}:1"`, `"${app.name}:1@${app.digest}"`)
        .replace(`${init.name}:1`, `${init.name}:1@${init.digest}`),
    );
    expect((await stat(join(workspace, 'a/app.yaml'))).mode & 0o777).toBe(0o640);
    expect(await readFile(join(workspace, 'a/Dockerfile'), 'utf8')).toBe(
      docker.replace(`${base.name}:1`, `${base.name}:1@${base.digest}`),
    );
    // Again: nothing is left to pin, and what is there passes.
    const again = await checkFiles(lab, workspace, { files: 'a/*', pin: 'true' });
    expect(again.outputs['pinned-files']).toBe('a/Dockerfile\na/app.yaml');
    expect(await readFile(join(workspace, 'a/app.yaml'), 'utf8')).toBe(text);
  });

  test('nothing is pinned if one image is refused', async () => {
    const yaml = deployment('app', { app: `${signedImage(lab).name}:1`, init: `${unsignedImage(lab).name}:1` });
    const workspace = await workspaceWith(lab, { 'app.yaml': yaml });
    const run = await checkFiles(lab, workspace, { files: 'app.yaml', pin: 'true' });
    expect(isOpen(run)).toBe(false);
    expect(run.outputs['pinned-files']).toBe('');
    expect(await readFile(join(workspace, 'app.yaml'), 'utf8')).toBe(yaml);
  });

  test('with mode: warn a refused image is allowed and pinned; one that is not there is not', async () => {
    const bad = unsignedImage(lab);
    const yaml = deployment('app', { app: `${bad.name}:1` });
    const workspace = await workspaceWith(lab, { 'app.yaml': yaml, 'none.yaml': yaml.replace(':1', ':none') });
    const run = await checkFiles(lab, workspace, { files: 'app.yaml', pin: 'true', mode: 'warn' });
    expect(run.outputs).toMatchObject({ verified: 'false', verdict: 'allowed', images: bad.reference });
    expect(run.outputs['pinned-files']).toBe('app.yaml');
    expect(annotationsOf(run)).toEqual(['warning app.yaml:14']);
    const none = await checkFiles(lab, workspace, { files: 'none.yaml', pin: 'true', mode: 'warn' });
    expect(none.outputs).toMatchObject({ verdict: 'allowed', images: '', 'pinned-files': '' });
  });

  test('a file that changes while it is checked stays as it is, and the gate stays closed', async () => {
    const app = signedImage(lab);
    const other = signedImage(lab);
    const [one, two] = [deployment('one', { app: `${app.name}:1` }), deployment('two', { app: `${other.name}:1` })];
    const workspace = await workspaceWith(lab, { 'one.yaml': one, 'two.yaml': two });
    const changed = `${two}# later\n`;
    const stop = changeWhileChecked(join(workspace, 'two.yaml'), changed);
    const run = await checkFiles(lab, workspace, { files: '*.yaml', pin: 'true' }).finally(stop);
    expect(isOpen(run), run.stdout).toBe(false);
    expect(run.failure).toMatchObject({ code: 'INPUT_INVALID' });
    expect(run.failure?.message).toContain('changed while this step checked it');
    expect(await readFile(join(workspace, 'one.yaml'), 'utf8')).toBe(one);
    expect(await readFile(join(workspace, 'two.yaml'), 'utf8')).toBe(changed);
  });

  test('no link is followed, and an image in parts is refused before any request', async () => {
    const app = signedImage(lab);
    const workspace = await workspaceWith(lab, { 'real/app.yaml': deployment('app', { app: `${app.name}:1` }) });
    await symlink('real/app.yaml', join(workspace, 'link.yaml'));
    const linked = await checkFiles(lab, workspace, { files: 'link.yaml', pin: 'true' });
    expect(decision(linked)).toBe('stopped INPUT_INVALID');
    expect(linked.failure?.message).toContain('reached through a symbolic link');
    expect(linked.requests).toEqual([]);
    // Twin: without pinning, it is read, and checked.
    expect(decision(await checkFiles(lab, workspace, { files: 'link.yaml' }))).toBe('pass');
  });

  test('pin with changed-only is refused', async () => {
    const workspace = await workspaceWith(lab, { 'a.yaml': deployment('a', { app: `${signedImage(lab).name}:1` }) });
    const run = await checkFiles(lab, workspace, { files: 'a.yaml', pin: 'true', 'changed-only': 'true' });
    expect(decision(run)).toBe('stopped INPUT_INVALID');
  });
});

describe('what a pull request changes', () => {
  const docker = (...bases: readonly string[]) => bases.map((base, index) => `FROM ${base} AS s${index}\n`).join('');

  test('a base image that changes is annotated on its line; what base has is not asked for', async () => {
    const [old, bad] = [unsignedImage(lab), unsignedImage(lab)];
    const workspace = await workspaceWith(lab, { 'app/Dockerfile': docker(`${old.name}:1`, `${old.name}:1`) });
    const base = commitAll(workspace);
    await writeFile(join(workspace, 'app/Dockerfile'), docker(`${old.name}:1`, `${bad.name}:1`));
    const inputs = { files: '**/Dockerfile', 'changed-only': 'true' };
    const changed = await checkFiles(lab, workspace, inputs, pullRequest({ base }));
    expect(isOpen(changed)).toBe(false);
    expect(annotationsOf(changed)).toEqual(['error app/Dockerfile:2']);
    expect(changed.results.images.map(({ repository }) => repository)).toEqual([bad.name]);
    expect(changed.requests.filter(({ path }) => path.includes(old.repository))).toEqual([]);
    // Twin: on another event everything is checked.
    const all = await checkFiles(lab, workspace, inputs);
    expect(all.results.images.map(({ repository }) => repository)).toEqual([old.name, bad.name]);
    expect(all.stdout).toContain('Everything is checked, not only what changed: there is no base on push.');
  });

  test('with nothing new the step succeeds as allowed, and nothing is asked', async () => {
    const workspace = await workspaceWith(lab, { Dockerfile: docker(`${unsignedImage(lab).name}:1`) });
    const base = commitAll(workspace);
    const inputs = { files: 'Dockerfile', 'changed-only': 'true' };
    const run = await checkFiles(lab, workspace, inputs, pullRequest({ base }));
    expect(run.exitCode, run.stdout).toBe(0);
    expect(run.outputs).toMatchObject({ verdict: 'allowed', verified: 'false', images: '', reason: '' });
    expect(run.requests).toEqual([]);
    expect(run.stdout).toContain('Nothing to check: no image is new');
    // Twin: without an identity it refuses, however little there is to check.
    const nobody = await lab.verifyFiles(inputs, {
      ...pullRequest({ base }),
      env: { ...pullRequest({ base }).env, GITHUB_WORKSPACE: workspace },
    });
    expect(nobody.exitCode).toBe(1);
  });

  test.each([
    ['moves to another file', 'prod/app.yaml', (text: string) => text],
    ['moves to another object', 'examples/app.yaml', (text: string) => text.replace('name: app\n', 'name: prod\n')],
    ['is named twice', 'examples/app.yaml', (text: string) => `${text}---\n${text}`],
  ])('an image that %s is new', async (_what, path, change) => {
    const text = deployment('app', { app: `${unsignedImage(lab).name}:1` });
    const workspace = await workspaceWith(lab, { 'examples/app.yaml': text });
    const base = commitAll(workspace);
    await writeFiles(workspace, { [path]: change(text) });
    const run = await checkFiles(lab, workspace, { files: '**/*.yaml', 'changed-only': 'true' }, pullRequest({ base }));
    expect(run.results.images).toHaveLength(1);
    expect(run.stdout).toMatch(/Compared with the base commit .*: 1 of [12] images are new/);
    expect(isOpen(run)).toBe(false);
  });

  test('a link that head adds does not show what base has elsewhere', async () => {
    const text = deployment('app', { app: `${unsignedImage(lab).name}:1` });
    const workspace = await workspaceWith(lab, { 'examples/app.yaml': text, 'prod/other.yaml': text });
    const base = commitAll(workspace);
    await symlink('../examples/app.yaml', join(workspace, 'prod/app.yaml'));
    const inputs = { files: 'prod/app.yaml', 'changed-only': 'true' };
    expect(isOpen(await checkFiles(lab, workspace, inputs, pullRequest({ base })))).toBe(false);
    // Twin: the file itself is in base.
    const itself = { files: 'prod/other.yaml', 'changed-only': 'true' };
    expect((await checkFiles(lab, workspace, itself, pullRequest({ base }))).outputs['verdict']).toBe('allowed');
  });

  test('a default of an ARG that changes is new', async () => {
    const [old, bad] = [unsignedImage(lab), unsignedImage(lab)];
    const file = (name: string) => `ARG BASE=${name}:1\nFROM $BASE\n`;
    const workspace = await workspaceWith(lab, { Dockerfile: file(old.name) });
    const base = commitAll(workspace);
    await writeFile(join(workspace, 'Dockerfile'), file(bad.name));
    const run = await checkFiles(
      lab,
      workspace,
      { files: 'Dockerfile', 'changed-only': 'true' },
      pullRequest({ base }),
    );
    expect(run.results.images.map(({ repository }) => repository)).toEqual([bad.name]);
  });

  test('base that is nowhere: everything is checked, and a notice says why', async () => {
    const workspace = await workspaceWith(lab, { Dockerfile: docker(`${signedImage(lab).name}:1`) });
    commitAll(workspace);
    const run = await checkFiles(
      lab,
      workspace,
      { files: 'Dockerfile', 'changed-only': 'true', offline: 'true' },
      pullRequest({ base: '1'.repeat(40) }),
    );
    expect(decision(run)).toBe('pass');
    expect(run.stdout).toContain('Everything is checked, not only what changed: the checkout does not hold');
  });

  test('a `.git` that leads elsewhere is not entered', async () => {
    const workspace = await workspaceWith(lab, { Dockerfile: docker(`${unsignedImage(lab).name}:1`) });
    const base = commitAll(workspace);
    const inputs = { files: 'Dockerfile', 'changed-only': 'true', offline: 'true' };
    expect((await checkFiles(lab, workspace, inputs, pullRequest({ base }))).outputs['verdict']).toBe('allowed');
    await rename(join(workspace, '.git'), join(workspace, 'd'));
    await writeFile(join(workspace, '.git'), 'gitdir: d\n');
    const run = await checkFiles(lab, workspace, inputs, pullRequest({ base }));
    expect(isOpen(run)).toBe(false);
    expect(run.stdout).toContain('Everything is checked');
  });

  test('base-files: what base rendered, outside the workspace', async () => {
    const [old, bad] = [unsignedImage(lab), unsignedImage(lab)];
    const text = deployment('app', { app: `${old.name}:1` });
    const workspace = await workspaceWith(lab, { 'out/app.yaml': text.replace(`${old.name}:1`, `${bad.name}:1`) });
    const base = commitAll(workspace);
    const outside = await workspaceWith(lab, { 'base/app.yaml': text });
    const inputs = { files: 'out/*.yaml', 'changed-only': 'true', 'base-files': `${outside}/base/*.yaml` };
    const changed = await checkFiles(lab, workspace, inputs, pullRequest({ base }));
    expect(changed.results.images.map(({ repository }) => repository)).toEqual([bad.name]);
    await writeFiles(workspace, { 'out/app.yaml': text, 'base/app.yaml': text });
    expect((await checkFiles(lab, workspace, inputs, pullRequest({ base }))).outputs['verdict']).toBe('allowed');
    // Twin: a rendering in the workspace could be the pull request's own.
    const within = { ...inputs, 'base-files': 'base/*.yaml' };
    const refused = await checkFiles(lab, workspace, within, pullRequest({ base }));
    expect(refused.failure?.message).toContain('is in the workspace, where a pull request can write');
  });
});

describe('whose login is used for what files name', () => {
  const denied = (repository: string): readonly FaultRule[] => [
    {
      match: on(undefined, new RegExp(`/v2/${repository}/`)),
      times: 'always',
      action: { reply: errorReply(401, 'UNAUTHORIZED', 'log in', [['WWW-Authenticate', 'Basic realm="x"']]) },
    },
  ];

  test.each([
    ['a fork', 'stranger/app', true],
    ['a fork that was deleted', null, true],
    ['a branch of this repository', 'acme/app', false],
  ] as const)('%s', async (_what, headRepository, isAnonymous) => {
    const image = signedImage(lab);
    const workspace = await workspaceWith(lab, { 'a.yaml': deployment('a', { app: `${image.name}:1` }) });
    lab.setFaults(denied(image.repository));
    const pull = pullRequest({ base: '1'.repeat(40), headRepository });
    const login = { registry: lab.host, 'registry-username': 'alice', 'registry-password': 'lab-password-1' };
    const run = await checkFiles(lab, workspace, { files: 'a.yaml', ...login }, pull);
    expect(isOpen(run)).toBe(false);
    expect(decision(run)).toBe('error REGISTRY_DENIED');
    const sent = run.requests.filter(({ headers }) => headers['authorization'] !== undefined);
    expect(sent.length > 0).toBe(!isAnonymous);
    const [{ message } = { message: '' }] = run.results.images;
    expect(message.includes('fork: read anonymously')).toBe(isAnonymous);
  });
});

describe('the annotations of the tutorial ask for more', () => {
  const pod = (
    image: string,
    { subject, issuer }: { readonly subject?: string; readonly issuer?: string },
  ) => `apiVersion: v1
kind: Pod
metadata:
  name: demo
  annotations:
${subject === undefined ? '' : `    subject.cosign.sigstore.dev/demo: ${subject}\n`}${issuer === undefined ? '' : `    issuer.cosign.sigstore.dev/demo: ${issuer}\n`}spec:
  containers:
    - name: demo
      image: ${image}
`;
  /** The example policy: JSON is YAML. */
  const policyFor = (glob: string): string =>
    JSON.stringify({
      apiVersion: 'policy.sigstore.dev/v1beta1',
      kind: 'ClusterImagePolicy',
      metadata: { name: 'ours' },
      spec: {
        images: [{ glob }],
        authorities: [{ keyless: { identities: [{ issuer: lab.sigstore.issuer, subject: RELEASE.subject }] } }],
      },
    });
  const noIdentity = { 'source-repository': '', workflow: '', 'source-ref': '', 'certificate-oidc-issuer': '' };
  const issuer = lab.sigstore.issuer;

  test.each<[string, { readonly subject?: string; readonly issuer?: string }, string]>([
    ['the good Pod', { subject: RELEASE.subject, issuer }, 'pass'],
    ['a Pod with a subject only', { subject: RELEASE.subject }, 'pass'],
    ['a Pod with an issuer only', { issuer }, 'pass'],
    ['the bad Pod, another subject', { subject: RELEASE.subject.replace('main', 'invalid') }, 'fail IDENTITY_MISMATCH'],
    [
      'the bad Pod, another issuer',
      { subject: RELEASE.subject, issuer: 'https://bad.example' },
      'fail ISSUER_MISMATCH',
    ],
  ])('%s, by the policy and by identity inputs', async (_what, annotations, verdict) => {
    const image = signedImage(lab);
    const workspace = await workspaceWith(lab, { 'pod.yaml': pod(`${image.name}:1`, annotations) });
    const byPolicy = { files: 'pod.yaml', ...noIdentity, policy: policyFor(`${lab.host}/acme/**`) };
    for (const inputs of [byPolicy, { files: 'pod.yaml' }]) {
      const run = await checkFiles(lab, workspace, inputs);
      expect(decision(run), run.stdout).toBe(verdict);
      expect(isOpen(run)).toBe(verdict === 'pass');
      if (verdict !== 'pass') expect(annotationsOf(run)).toEqual([expect.stringMatching(/^error pod\.yaml:\d+$/)]);
    }
  });

  test('they never replace a policy: POLICY_NO_MATCH prints the one that they mean', async () => {
    const image = signedImage(lab);
    const workspace = await workspaceWith(lab, {
      'pod.yaml': pod(`${image.name}:1`, { subject: RELEASE.subject, issuer }),
    });
    const run = await checkFiles(lab, workspace, {
      files: 'pod.yaml',
      ...noIdentity,
      policy: policyFor('ghcr.io/acme/**'),
    });
    expect(decision(run)).toBe('fail POLICY_NO_MATCH');
    expect(run.stdout).toContain('kind: ClusterImagePolicy');
    expect(run.stdout).toContain(RELEASE.subject);
    // Twin: with nothing that says who must have signed, the annotations do not say it either.
    const alone = await checkFiles(lab, workspace, { files: 'pod.yaml', ...noIdentity });
    expect(isOpen(alone)).toBe(false);
    expect(alone.stdout).toContain('kind: ClusterImagePolicy');
  });

  test.each([
    ['an empty value', (text: string) => text.replace(/(subject[^:]*: ).*/, '$1""')],
    [
      'a container that the Pod does not have',
      (text: string) => text.replace('sigstore.dev/demo', 'sigstore.dev/other'),
    ],
  ])('%s is refused', async (_what, change) => {
    const text = pod(`${signedImage(lab).name}:1`, { subject: RELEASE.subject, issuer });
    const workspace = await workspaceWith(lab, { 'pod.yaml': change(text), 'good.yaml': text });
    expect(decision(await checkFiles(lab, workspace, { files: 'pod.yaml' }))).toBe('stopped INPUT_INVALID');
    expect(decision(await checkFiles(lab, workspace, { files: 'good.yaml' }))).toBe('pass');
  });

  test('18: a policy with `match` judges only what names such an object', async () => {
    const image = unsignedImage(lab);
    const matched = JSON.parse(policyFor(`${lab.host}/**`));
    matched.spec.match = [
      { group: '', version: 'v1', resource: 'pods', selector: { matchLabels: { match: 'match' } } },
    ];
    const labelled = pod(`${image.name}:1`, { issuer }).replace(
      'name: demo\n  ann',
      'name: demo\n  labels: { match: match }\n  ann',
    );
    const plain = pod(`${image.name}:1`, {}).replace('  annotations:\n', '');
    const workspace = await workspaceWith(lab, { 'labelled.yaml': labelled, 'plain.yaml': plain });
    const inputs = { ...noIdentity, policy: JSON.stringify(matched), 'no-match-policy': 'allow' };
    expect(isOpen(await checkFiles(lab, workspace, { ...inputs, files: 'labelled.yaml' }))).toBe(false);
    expect(decision(await checkFiles(lab, workspace, { ...inputs, files: 'plain.yaml' }))).toBe(
      'allowed POLICY_NO_MATCH',
    );
  });
});

/** Changes a file as soon as the gate has asked the registry, which is after it has read all files. */
function changeWhileChecked(path: string, text: string): () => void {
  const before = lab.log.requests().length;
  const timer = setInterval(() => {
    if (lab.log.requests().length === before) return;
    writeFileSync(path, text);
    clearInterval(timer);
  }, 1);
  return () => clearInterval(timer);
}
