import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { ROOT } from '../../sandbox/world.ts';
import { createSlots, errorsOf, type SignWorld, type StoredImage, shown, startSignWorld } from './sign-world.ts';

/* A gate whose @actions/core cannot be loaded, or throws, still closes, and says so; copies of dist/ with a fault in it. */

let world: SignWorld;
let signed: StoredImage;
let folder: string;
const slot = createSlots();

beforeAll(async () => {
  world = await startSignWorld();
  folder = await mkdtemp(join(tmpdir(), 'broken-toolkit-'));
  signed = world.image();
  const run = await world.sign({ images: signed.pinned });
  expect(run.exitCode, shown(run)).toBe(0);
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true });
});

/** A copy of both actions; `change` gets the part of the bundle that holds @actions/core, null removes it. */
async function copyWith(change: (text: string) => string | null): Promise<string> {
  const copy = await mkdtemp(join(folder, 'copy-'));
  for (const name of ['action.yml', 'verify', 'dist'])
    await cp(join(ROOT, name), join(copy, name), { recursive: true });
  for (const action of ['sign', 'verify']) {
    const directory = join(copy, 'dist', action);
    let found = 0;
    for (const name of (await readdir(directory)).filter((one) => one.endsWith('.js'))) {
      const text = await readFile(join(directory, name), 'utf8');
      if (!text.includes('#adding-a-job-summary')) continue;
      // Never the part that the runner starts: it would come before the first request.
      expect(name).not.toBe('index.js');
      found += 1;
      const changed = change(text);
      if (changed === null) await rm(join(directory, name));
      else await writeFile(join(directory, name), changed);
    }
    expect(found, action).toBe(1);
  }
  return copy;
}

/** Throws at the beginning of one of its functions, if `when` holds. */
const throwIn =
  (head: RegExp, when = 'true') =>
  (text: string): string => {
    const changed = text.replace(head, `$& if (${when}) throw new Error('toolkit is broken');`);
    expect(changed).not.toBe(text);
    return changed;
  };

const SET_OUTPUT = /^function (?:core_)?setOutput\(name, value\) \{/m;
const INFO = /^function (?:core_)?info\(message\) \{/m;
const ISSUE = /^function (?:command_)?issueCommand\(command, properties, message\) \{/m;

const verify = (root: string, image: StoredImage): Promise<RunResult> =>
  slot(() =>
    world.verify(
      {
        images: image.pinned,
        'source-repository': 'octo-org/octo-repo',
        'certificate-oidc-issuer': world.sigstore.issuer,
        'wait-for': '0s',
      },
      { actionDir: join(root, 'verify') },
    ),
  );

test('an untouched copy passes, and publishes by the toolkit', async () => {
  const root = await copyWith((text) => text.replace(INFO, "$& process.stdout.write('by the toolkit: ');"));
  const run = await verify(root, signed);
  expect(run.exitCode, shown(run)).toBe(0);
  expect(run.outputs).toMatchObject({ verified: 'true', verdict: 'pass', images: signed.pinned });
  expect(run.summary).not.toBe('');
  expect(run.log.some((line) => line.startsWith('by the toolkit: '))).toBe(true);
});

test.each([
  ['is missing', () => null],
  ['cannot be parsed', (text: string) => `${text}\n)`],
  [
    'throws while it is loaded',
    (text: string) => text.replace(/^export const modules = \{/m, "throw new Error('toolkit is broken');\n$&"),
  ],
  ['throws at the first output of the verdict', throwIn(SET_OUTPUT, "name === 'verdict'")],
  ['throws once the image has passed', throwIn(SET_OUTPUT, "name === 'verified' && value === 'true'")],
  ['throws at a line of the log', throwIn(INFO)],
  // The first to be told by it is the failure of the line.
  ['throws at a line of the log and at every command', (text: string) => throwIn(INFO)(throwIn(ISSUE)(text))],
])('a gate whose toolkit %s fails, verifies nothing and says so', async (_what, change) => {
  const run = await verify(await copyWith(change), signed);
  expect(run.timedOut).toBe(false);
  expect(run.exitCode, shown(run)).toBe(1);
  expect(run.outputs).toMatchObject({
    verified: 'false',
    verdict: 'error',
    reason: 'INTERNAL_ERROR',
    images: '',
    subject: '',
  });
  expect(errorsOf(run).join('\n')).toContain('INTERNAL_ERROR');
  expect(run.summary).toContain('INTERNAL_ERROR');
  expect(run.stderr).toBe('');
});

test('a refusal is told as well when the toolkit throws at its annotation', async () => {
  const root = await copyWith(throwIn(ISSUE, "command === 'error'"));
  const run = await verify(root, world.image());
  expect(run.exitCode, shown(run)).toBe(1);
  expect(run.outputs).toMatchObject({ verified: 'false', images: '' });
  expect(errorsOf(run)).not.toEqual([]);
});

test('what stops a run before any image is told as well when the toolkit throws at its annotation', async () => {
  const root = await copyWith(throwIn(ISSUE, "command === 'error'"));
  const run = await slot(() => world.verify({ images: 'no reference' }, { actionDir: join(root, 'verify') }));
  expect(run.exitCode, shown(run)).toBe(1);
  expect(run.outputs).toMatchObject({ verified: 'false', verdict: 'error', reason: 'INPUT_INVALID' });
  expect(errorsOf(run).join('\n')).toContain('INPUT_INVALID');
  expect(run.stderr).toBe('');
});

test('a sign step whose toolkit cannot be loaded fails, and an untouched copy does not', async () => {
  for (const [change, exitCode] of [
    [() => null, 1],
    [(text: string) => text, 0],
  ] as const) {
    const root = await copyWith(change);
    const image = world.image();
    const run = await slot(() => world.sign({ images: image.pinned }, { actionDir: root }));
    expect(run.exitCode, shown(run)).toBe(exitCode);
    expect(run.outputs['images']).toBe(exitCode === 0 ? image.pinned : '');
  }
});

test('what is under way when the process crashes cannot open the gate before it exits', async () => {
  const script = join(folder, 'crash.cjs');
  // Beside the guard's listener, the last to write: as a report does that was waiting for an answer.
  const crash = `
    const guarded = setInterval(() => {
      // Its outputs are cleared once it is reading: before that nothing of ours can set one.
      if (require('node:fs').statSync(process.env.GITHUB_OUTPUT).size === 0) return;
      clearInterval(guarded);
      process.on('uncaughtException', () => {
        require('node:fs').appendFileSync(process.env.GITHUB_OUTPUT, 'verified=true\\nimages=any\\n');
      });
      throw new Error('broken');
    }, 1);`;
  await writeFile(script, crash);
  const env = { NODE_OPTIONS: `--require=${script}` };
  const run = await slot(() => world.verify({ images: signed.pinned, 'wait-for': '0s' }, { env }));
  expect(run.exitCode, shown(run)).toBe(1);
  expect(run.outputs).toMatchObject({ verified: 'false', images: '' });
  expect(errorsOf(run).join('\n')).toContain('INTERNAL_ERROR');
});
