import { mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunOptions, RunResult } from '../../sandbox/runner/runner.ts';
import { startWorld, type World } from '../../sandbox/world.ts';
import {
  annotationsOf,
  commitAll,
  deployment,
  type Files,
  git,
  pullRequest,
  writeFiles,
} from '../adversarial/file-gate.ts';
import { createAppPusher } from './push-apps.ts';
import { shown } from './sign-world.ts';

/* The action verify-files through the built dist/, as the runner runs it. Its cases are in adversarial/verify-files. */

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const push = createAppPusher(() => world);

const sign = (image: { readonly pinned: string }) => world.sign({ images: image.pinned });

async function workspaceOf(files: Files): Promise<string> {
  const workspace = await mkdtemp(join(world.directory, 'checkout-'));
  await writeFiles(workspace, files);
  return workspace;
}

function check(
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  more: Partial<RunOptions> = {},
): Promise<RunResult> {
  const identity = {
    'source-repository': 'octo-org/octo-repo',
    'source-ref': 'refs/heads/main',
    'certificate-oidc-issuer': world.sigstore.issuer,
    'wait-for': '0s',
  };
  return world.verifyFiles({ ...identity, ...inputs }, { workspace, ...more });
}

test('a deployment whose init container is unsigned is blocked; once it is signed, it passes and is pinned', async () => {
  const [app, init] = [await push(), await push()];
  const text = deployment('app', { app: `${app.name}:1`, init: `${init.name}:1` });
  const workspace = await workspaceOf({ 'deploy/app.yaml': text });
  await sign(app);
  const inputs = { files: 'deploy/*.yaml', pin: 'true' };
  const blocked = await check(workspace, inputs);
  expect(blocked.exitCode, shown(blocked)).toBe(1);
  expect(annotationsOf(blocked)).toEqual(['error deploy/app.yaml:14']);
  expect(blocked.outputs).toMatchObject({ verified: 'false', reason: 'NO_SIGNATURE', images: '', 'pinned-files': '' });
  expect(await readFile(join(workspace, 'deploy/app.yaml'), 'utf8')).toBe(text);

  await sign(init);
  const passed = await check(workspace, inputs);
  expect(passed.exitCode, shown(passed)).toBe(0);
  expect(passed.outputs).toMatchObject({ verified: 'true', 'pinned-files': 'deploy/app.yaml' });
  expect(passed.outputs['images']?.split('\n').toSorted()).toEqual([app.pinned, init.pinned].toSorted());
  expect(await readFile(join(workspace, 'deploy/app.yaml'), 'utf8')).toBe(
    text
      .replace(`${app.name}:1`, `${app.name}:1@${app.digest}`)
      .replace(`${init.name}:1`, `${init.name}:1@${init.digest}`),
  );
});

test('a pull request that changes a base image is annotated on its line', async () => {
  const [old, other] = [await push(), await push()];
  const docker = (base: string) => `# syntax is the default\nFROM scratch AS empty\nFROM ${base}:1\n`;
  const workspace = await workspaceOf({ 'app/Dockerfile': docker(old.name) });
  const base = commitAll(workspace);
  await writeFile(join(workspace, 'app/Dockerfile'), docker(other.name));
  const { event } = pullRequest({ base });
  const inputs = { files: '**/Dockerfile', 'changed-only': 'true' };
  const run = await check(workspace, inputs, { eventName: 'pull_request', event });
  expect(run.exitCode, shown(run)).toBe(1);
  expect(annotationsOf(run)).toEqual(['error app/Dockerfile:3']);
  // Twin: what base has is not checked, and then there is nothing to check.
  await writeFile(join(workspace, 'app/Dockerfile'), docker(old.name));
  const same = await check(workspace, inputs, { eventName: 'pull_request', event });
  expect(same.exitCode, shown(same)).toBe(0);
  expect(same.outputs).toMatchObject({ verdict: 'allowed', verified: 'false', images: '' });
});

test('hostile surroundings: configuration of git, links, names of files, text in them', async () => {
  const app = await push();
  await sign(app);
  const workspace = await workspaceOf({ 'd/app.yaml': deployment('app', { app: `${app.name}:1` }) });
  const base = commitAll(workspace);
  const marker = join(world.directory, 'ran');
  await writeFile(join(workspace, '.git/run.sh'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
  for (const key of ['core.fsmonitor', 'core.pager', 'core.sshCommand']) git(workspace, 'config', key, '.git/run.sh');
  // A folder that looks like a repository, with an attacker's configuration, as a pull request can add it.
  await writeFiles(workspace, {
    'd/HEAD': 'ref: refs/heads/main\n',
    'd/config': '[core]\n\tbare = true\n\tfsmonitor = touch ../ran\n',
    'd/objects/x': '',
    'd/refs/x': '',
  });
  const { event } = pullRequest({ base });
  const changed = { files: 'd/*.yaml', 'changed-only': 'true' };
  const nothingNew = await check(workspace, changed, {
    eventName: 'pull_request',
    event,
    env: { GIT_DIR: join(workspace, 'd') },
  });
  expect(nothingNew.outputs['verdict'], shown(nothingNew)).toBe('allowed');
  expect(await readdir(world.directory)).not.toContain('ran');

  await symlink('/etc/hostname', join(workspace, 'd/secret.yaml'));
  const out = await check(workspace, { files: 'd/*.yaml' });
  expect(out.exitCode).toBe(1);
  expect(out.log.join('\n')).toContain('outside the workspace');

  await writeFiles(workspace, {
    'e/a\n::set-output name=verified::true\n.yaml': 'x',
    'f/::error::x,line=1.yaml': deployment('::error title=x::y', { app: `${app.name}:none` }),
  });
  const named = await check(workspace, { files: 'e/*' });
  expect(named.exitCode).toBe(1);
  expect(named.outputs['verified']).toBe('false');
  const odd = await check(workspace, { files: 'f/*.yaml' });
  expect(odd.exitCode).toBe(1);
  expect(odd.outputs).toMatchObject({ verified: 'false', reason: 'IMAGE_NOT_FOUND' });
  expect(annotationsOf(odd)).toHaveLength(1);
});
