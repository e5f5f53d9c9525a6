import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import { textOf } from '../../scripts/examples/workflow.ts';
import { HAS_BASH } from './checks.ts';
import { type Lab, startLab, type WorkflowResult } from './run-workflow.ts';

/*
 * A reader who copies the blocks of README.md, in their order and without any other knowledge, gets a signed image and a
 * gate that refuses an unsigned one. Run with the committed dist/, as people get it.
 */

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ byDist: true });
});
afterAll(() => lab[Symbol.asyncDispose]());

/** The block of YAML with this number, from 0. */
const block = (path: string, number: number): string =>
  [...textOf(path).matchAll(/^```yaml\n([\s\S]*?)^```/gm)][number]?.[1] ?? '';
const KUBECTL = '#!/bin/sh\necho "kubectl $*"\n';
const run = (text: string, file: string): Promise<WorkflowResult> =>
  lab.run(text, { file, programs: { kubectl: KUBECTL } });

test.skipIf(!HAS_BASH).each(['README.md', 'verify/README.md'])(
  'the workflow of README.md signs, the gate of %s lets it through, and no image that nobody signed',
  async (gate) => {
    const deploy = block(gate, gate === 'README.md' ? 1 : 0);
    const before = await run(deploy, 'deploy.yml');
    // Nothing is there yet.
    expect([before.jobs['deploy']?.result, before.printed]).toEqual(['failure', '']);

    const released = await run(block('README.md', 0), 'release.yml');
    const [, signed] = released.actions[0] ?? [];
    expect(signed?.exitCode, signed?.log.join('\n')).toBe(0);
    expect(signed?.summary).toContain('Signed');

    const deployed = await run(deploy, 'deploy.yml');
    expect(deployed.jobs['deploy']?.result, deployed.actions[0]?.[1].log.join('\n')).toBe('success');
    expect(deployed.printed).toBe(`kubectl set image deployment/app app=${signed?.outputs['images']}\n`);

    const stranger = buildImage({ content: `${gate} by a stranger` });
    await pushImage(lab.world.registryUrl, 'acme/app', stranger, {
      tag: 'latest',
      ...(await lab.world.pushLogin('acme/app')),
    });
    const refused = await run(deploy, 'deploy.yml');
    expect([refused.jobs['deploy']?.result, refused.printed]).toEqual(['failure', '']);
    expect(refused.actions[0]?.[1].outputs).toMatchObject({ verified: 'false', reason: 'NO_SIGNATURE' });
    expect(refused.actions[0]?.[1].summary).toContain('NO_SIGNATURE');
    lab.world.registry.store.deleteManifest('acme/app', stranger.digest);
  },
);

test.skipIf(!HAS_BASH)('the gate of README.md refuses what release.yml pushes without its last step', async () => {
  const release = block('README.md', 0);
  const unsigned = release.slice(0, release.lastIndexOf('      - uses: '));
  expect(unsigned).not.toContain('countersign');
  const pushed = await run(unsigned, 'release.yml');
  expect(pushed.jobs['image']?.result).toBe('success');
  const refused = await run(block('README.md', 1), 'deploy.yml');
  expect([refused.jobs['deploy']?.result, refused.printed]).toEqual(['failure', '']);
  expect(refused.actions[0]?.[1].outputs).toMatchObject({ verified: 'false', reason: 'NO_SIGNATURE' });

  await run(release, 'release.yml');
  expect((await run(block('README.md', 1), 'deploy.yml')).jobs['deploy']?.result).toBe('success');
});

test.skipIf(!HAS_BASH)('the gate of README.md names the workflow file that its reader must have chosen', async () => {
  await run(block('README.md', 0), 'ci.yml');
  const refused = await run(block('README.md', 1), 'deploy.yml');
  expect(refused.actions[0]?.[1].outputs).toMatchObject({ verified: 'false', reason: 'CLAIM_MISMATCH' });
  // The message says which file signed, so that the reader can mend it.
  expect(refused.actions[0]?.[1].summary).toContain('ci.yml');
});
