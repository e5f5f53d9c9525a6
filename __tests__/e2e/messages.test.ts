import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunOptions, RunResult } from '../../sandbox/runner/runner.ts';
import { withoutProcesses } from '../in-process.ts';
import { type SignWorld, type StoredImage, shown, startSignWorld } from './sign-world.ts';

/** What a person reads first, the first through the committed dist/: the log line, the annotation and the summary of the gate. */

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;
let signed: StoredImage;
/** An index whose platform images are signed too, and one whose own signature is all there is. */
let whole: StoredImage;
let indexOnly: StoredImage;

beforeAll(async () => {
  byDist = await startSignWorld();
  world = withoutProcesses(byDist);
  signed = world.image();
  whole = world.index();
  indexOnly = world.index();
  const images = [signed.pinned, indexOnly.pinned].join('\n');
  const runs = [await world.sign({ images }), await world.sign({ images: whole.pinned, recursive: 'true' })];
  for (const run of runs) expect(run.exitCode, shown(run)).toBe(0);
});
afterAll(() => world.close());

/** The annotations without their titles. */
const errorsOf = (run: RunResult): string[] =>
  run.commands.filter((command) => command.name === 'error').map((command) => command.data);

function verify(inputs: Record<string, string>, more: Partial<RunOptions> = {}, by = world): Promise<RunResult> {
  const identity = { 'source-repository': 'octo-org/octo-repo', 'certificate-oidc-issuer': world.sigstore.issuer };
  return by.verify({ ...identity, 'wait-for': '0s', ...inputs }, more);
}

test('another workflow: cause and cure in log, annotation and summary; the right one passes', async () => {
  const images = signed.pinned;
  const run = await verify({ images, workflow: '.github/workflows/nightly.yml' }, {}, byDist);
  expect(run.exitCode, shown(run)).toBe(1);
  const cause = 'Signed by release.yml; this step allows only nightly.yml.';
  const cure = 'If that workflow may sign this image, change `workflow` in this step.';
  expect(run.log).toContain(`REFUSED ${images}: CLAIM_MISMATCH: ${cause}`);
  expect(run.log.join('\n')).toContain(`What to do: ${cure}`);
  const [error = ''] = errorsOf(run);
  expect(error.split('\n')[0]).toBe(`CLAIM_MISMATCH: ${cause}`);
  expect(error).toContain(cure);
  expect(run.summary).toContain(cause.replace(';', '&#59;'));
  const passed = await verify({ images, workflow: '.github/workflows/release.yml' }, {}, byDist);
  expect(passed.exitCode, shown(passed)).toBe(0);
});

test('an unsigned image: one line, and the requests in a fold at the end of the log', async () => {
  const image = world.image();
  const run = await verify({ images: image.pinned });
  expect(run.exitCode, shown(run)).toBe(1);
  const line = `NO_SIGNATURE: No signature was found for this digest in ${image.name}.`;
  expect(run.log).toContain(`REFUSED ${image.pinned}: ${line}`);
  expect(errorsOf(run)[0]?.split('\n')[0]).toBe(line);
  const fold = run.log.findIndex((text) => text.includes('Where the action looked'));
  const requests = run.log.flatMap((text, at) => (/^ {2}GET \/v2\//.test(text) ? [at] : []));
  expect(requests.length).toBeGreaterThan(0);
  expect(fold).toBeGreaterThan(0);
  expect(Math.min(...requests)).toBeGreaterThan(fold);
});

test('a signature-repository that is set is named', async () => {
  const image = world.image();
  const store = `${world.host}/acme/signatures`;
  const run = await verify({ images: image.pinned, 'signature-repository': store });
  expect(run.exitCode, shown(run)).toBe(1);
  expect(errorsOf(run)[0]).toContain(`in ${store}, where \`signature-repository\` says that signatures are.`);
});

test('platform images that passed are named; one that is not signed says how to sign it', async () => {
  const passed = await verify({ images: whole.pinned, recursive: 'true' });
  expect(passed.exitCode, shown(passed)).toBe(0);
  expect(passed.log.join('\n')).toMatch(/PASS .*; 2 platforms passed: linux\/amd64, linux\/arm64/);
  expect(passed.summary).toContain('and 2 platforms: <code>linux/amd64</code>, <code>linux/arm64</code>');

  const refused = await verify({ images: indexOnly.pinned, recursive: 'true' });
  expect(refused.exitCode, shown(refused)).toBe(1);
  const [error = ''] = errorsOf(refused);
  expect(error).toMatch(/^NO_SIGNATURE: No signature was found for the platform image linux\/amd64/);
  expect(error).toContain('Sign with `recursive: true`');
  expect(refused.summary).toContain('2 platform images checked, 0 passed');

  const without = await verify({ images: indexOnly.pinned });
  expect(without.exitCode, shown(without)).toBe(0);
  expect(without.log.join('\n')).not.toContain('platform');
});

test('signer-workflow alone: log and annotation say why that is not enough', async () => {
  const run = await world.verify({
    images: signed.pinned,
    'signer-workflow': 'octo-org/octo-repo/.github/workflows/release.yml',
    'certificate-oidc-issuer': world.sigstore.issuer,
  });
  expect(run.exitCode, shown(run)).toBe(1);
  const why = '`signer-workflow` names the workflow that held the key. Any repository that may call that workflow';
  expect(errorsOf(run).join()).toContain(why);
  expect(run.log.join('\n')).toContain(why);
  expect(run.summary).toContain('Any repository that may call that workflow');
});

test('warn mode does not wait for the signature of an unsigned image, unless it is told to', async () => {
  const image = world.image();
  const waits = async (more: Record<string, string>): Promise<string[]> => {
    // Not `verify`, which waits for nothing.
    const run = await world.verify({
      images: image.pinned,
      'source-repository': 'octo-org/octo-repo',
      'certificate-oidc-issuer': world.sigstore.issuer,
      ...more,
    });
    expect(run.outputs['reason'], shown(run)).toBe('NO_SIGNATURE');
    return run.log.filter((line) => line.startsWith('waiting '));
  };
  const [byDefault, told] = await Promise.all([waits({ mode: 'warn' }), waits({ mode: 'warn', 'wait-for': '8s' })]);
  expect(byDefault).toEqual([]);
  expect(told).not.toEqual([]);
});

test.each([
  ['github.com', 'https://github.com', []],
  [
    'another server',
    'https://ghes.example',
    [
      '(If this server has its own copy of the action: docs/troubleshooting.md of acme/countersign on https://ghes.example)',
    ],
  ],
])('help on %s leads to the documentation', async (_what, server, more) => {
  const env = {
    GITHUB_SERVER_URL: server,
    GITHUB_ACTION_REPOSITORY: 'acme/countersign',
    GITHUB_ACTION_REF: 'v1',
  };
  const run = await verify({ images: world.image().pinned }, { env });
  const page = 'https://github.com/acme/countersign/blob/v1/docs/troubleshooting.md#no_signature';
  expect(errorsOf(run)[0]?.split('\n')).toEqual(expect.arrayContaining([`See ${page}`, ...more]));
  expect(run.summary).toContain(`[\`NO_SIGNATURE\`](${page})`);
  expect(run.summary).not.toContain(`${server === 'https://github.com' ? 'https://ghes' : server}/acme/countersign`);
});
