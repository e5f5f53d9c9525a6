import { writeFileSync } from 'node:fs';
import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { annotationsOf, checkFiles, deployment, signedImage, unsignedImage, workspaceWith } from './file-gate.ts';
import { decision, isOpen, openLab } from './in-process-gate.ts';

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
