import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import { startWorld, type World } from '../../sandbox/world.ts';
import { identityInputs } from '../../scripts/common/sandbox-identity.ts';

/* What the committed dist/ sets of V8, and when: before the first request, settings cost time (decision 0045). */

let world: World;
let folder: string;
let image = '';
beforeAll(async () => {
  world = await startWorld();
  folder = await mkdtemp(join(tmpdir(), 'v8-settings-'));
  const built = buildImage({ content: 'v8' });
  await pushImage(world.registryUrl, 'v8/app', built, { tag: '1', ...(await world.pushLogin('v8/app')) });
  image = `${world.host}/v8/app@${built.digest}`;
  const run = await world.sign({ images: image });
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

/** Writes down, in order, each setting and each write to a server. */
const RECORDER = `
  const v8 = require('node:v8');
  const { Socket } = require('node:net');
  const { appendFileSync } = require('node:fs');
  const note = (line) => appendFileSync(process.env.V8_SETTINGS, line + '\\n');
  const { setFlagsFromString } = v8;
  v8.setFlagsFromString = (flag) => {
    note(flag);
    setFlagsFromString(flag);
  };
  for (const name of ['_write', '_writev']) {
    const write = Socket.prototype[name];
    Socket.prototype[name] = function (...given) {
      if (this.remotePort !== undefined) note('sent');
      return write.apply(this, given);
    };
  }`;

test.each(['sign', 'verify'] as const)(
  '%s optimizes later and keeps its heap small, once a request is sent',
  async (verb) => {
    const [preload, written] = [join(folder, 'preload.cjs'), join(folder, verb)];
    await writeFile(preload, RECORDER);
    const env = { NODE_OPTIONS: `--require ${preload}`, V8_SETTINGS: written };
    const run =
      verb === 'sign'
        ? await world.sign({ images: image, 'if-signed': 'sign' }, { env })
        : await world.verify({ images: image, ...identityInputs(world) }, { env });
    expect(run.exitCode, run.stdout + run.stderr).toBe(0);
    const [first, ...others] = (await readFile(written, 'utf8')).trimEnd().split('\n');
    expect(first).toBe('sent');
    expect(others.filter((line) => line !== 'sent').sort()).toEqual([
      '--heap-growing-percent=50',
      '--invocation-count-for-maglev-osr=1000',
      '--invocation-count-for-maglev=8000',
      '--invocation-count-for-osr=5000',
      '--invocation-count-for-turbofan=60000',
      '--semi-space-growth-factor=1',
    ]);
  },
);
