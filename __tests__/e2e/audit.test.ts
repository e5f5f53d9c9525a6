import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { startWorld } from '../../sandbox/world.ts';
import { expectHarmless } from '../adversarial/harmless-report.ts';

/* The audit through dist/: night after night, as a workflow runs it. */

const TITLES = { moved: 'Image audit: 1 tag moved', none: '' };

async function openNights() {
  const world = await startWorld({ variant: 'v2', auth: 'bearer' });
  const workspace = join(world.directory, 'workspace');
  await mkdir(workspace);
  const put = (tag: string, content: string): string =>
    storeImage(world.registry.store, 'acme/app', buildImage({ content }), tag);
  const sign = async (digest: string): Promise<void> => {
    const run = await world.sign({ images: `${world.host}/acme/app@${digest}` });
    expect([run.exitCode, run.stdout]).toEqual([0, expect.anything()]);
  };
  const audit = (inputs: Readonly<Record<string, string>> = {}): Promise<RunResult> =>
    world.audit(
      {
        images: `${world.host}/acme/app:*`,
        'source-repository': 'octo-org/octo-repo',
        'source-ref': 'refs/heads/main',
        'certificate-oidc-issuer': world.sigstore.issuer,
        'retry-for': '0s',
        baseline: 'state/baseline.json',
        ...inputs,
      },
      { workspace },
    );
  return { world, put, sign, audit, baseline: join(workspace, 'state/baseline.json') };
}

test('a nightly audit finds a moved tag, once, and posts what is harmless', async () => {
  const { world, put, sign, audit, baseline } = await openNights();
  await using _world = world;
  const good = put('1.0', 'one');
  await sign(good);
  const first = await audit();
  expect([first.exitCode, first.outputs['changed'], first.outputs['verdict']]).toEqual([0, 'false', 'pass']);
  const bad = put('1.0', 'malicious');
  const second = await audit();
  expect([second.exitCode, second.outputs['changed']]).toEqual([0, 'true']);
  expect(second.outputs).toMatchObject({ 'changes-title': TITLES.moved, verdict: 'fail', reason: 'NO_SIGNATURE' });
  const changes = await readFile(second.outputs['changes-path'] ?? '', 'utf8');
  for (const part of [good, bad, 'no signature found']) expect(changes).toContain(part);
  expectHarmless(second);
  expect(JSON.parse(await readFile(baseline, 'utf8'))).toMatchObject({ images: [{ tag: '1.0', digest: bad }] });
  const third = await audit();
  expect([third.exitCode, third.outputs['changed'], third.outputs['changes-title']]).toEqual([0, 'false', TITLES.none]);
});

test('a night without a registry, or with a damaged baseline, fails and loses nothing', async () => {
  const { world, put, sign, audit, baseline } = await openNights();
  await using _world = world;
  await sign(put('1.0', 'one'));
  await audit();
  const kept = await readFile(baseline, 'utf8');
  put('1.0', 'malicious');
  world.registry.quirks.tagsBody = '<html>';
  const outage = await audit();
  expect([outage.exitCode, outage.outputs['changed']]).toEqual([1, 'false']);
  expect(outage.outputs['reason']).toBe('REGISTRY_INVALID');
  expect(JSON.parse(await readFile(baseline, 'utf8')).images).toEqual(JSON.parse(kept).images);
  delete world.registry.quirks.tagsBody;
  await writeFile(baseline, kept.replace('"digest"', '"digest":"x","digest"'));
  const damaged = await audit();
  expect([damaged.exitCode, damaged.outputs['changed'], damaged.outputs['reason']]).toEqual([
    1,
    'false',
    'INPUT_INVALID',
  ]);
  await writeFile(baseline, kept);
  expect((await audit()).outputs['changes-title']).toBe(TITLES.moved);
});
