import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import { startWorld, type World } from '../../sandbox/world.ts';
import { createSlots, errorsOf, shown } from './sign-world.ts';

/*
 * Inputs that nobody reads, as a workflow would write them, through the built dist/: the runner only warns of them.
 * All names of both actions are in unit/entries/unknown-inputs.
 */

let world: World;
let image: string;
let before: number;
const slot = createSlots();

beforeAll(async () => {
  world = await startWorld();
  const built = buildImage({ content: 'unread inputs' });
  await pushImage(world.registryUrl, 'acme/app', built, { tag: '1', ...(await world.pushLogin('acme/app')) });
  image = `${world.host}/acme/app@${built.digest}`;
  before = world.log.requests().length;
});
afterAll(() => world.close());

type Inputs = Readonly<Record<string, string>>;
const GATE = (): Inputs => ({
  images: image,
  'source-repository': 'octo-org/octo-repo',
  'certificate-oidc-issuer': world.sigstore.issuer,
  'wait-for': '0s',
});
const run = (action: 'sign' | 'verify', inputs: Inputs, env: Readonly<Record<string, string>> = {}) =>
  slot(() =>
    action === 'sign'
      ? world.sign({ images: image, ...inputs }, { env })
      : world.verify({ ...GATE(), ...inputs }, { env }),
  );

test.concurrent.each<['sign' | 'verify', string, string, string]>([
  ['verify', 'annotation', 'team=red', 'annotations: "team=red"'],
  ['verify', 'claim', 'runner-environment=github-hosted', 'claims: "runner-environment=github-hosted"'],
  ['verify', 'workflows', '.github/workflows/x.yml', 'workflow: .github/workflows/x.yml'],
  ['verify', 'maxage', '1h', 'max-age: "1h"'],
  ['verify', 'source_ref', 'refs/heads/main', 'source-ref: refs/heads/main'],
  ['verify', 'ref', 'main', 'source-ref: refs/heads/main'],
  ['verify', 'branch', '', 'source-ref: refs/heads/main'],
  ['verify', 'issuer', 'https://a.example', 'certificate-oidc-issuer: https://a.example'],
  ['verify', 'identity', 'a@b.example', 'certificate-identity: "a@b.example"'],
  ['verify', 'image', 'acme/other', 'images: acme/other'],
  ['verify', 'provenance', 'true', 'attestations: provenance'],
  ['verify', 'policies', 'policy.yaml', 'policy: "policy.yaml"'],
  ['sign', 'source-repository', 'acme/app', 'the gate (`…/verify`)'],
  ['sign', 'dryrun', 'true', 'dry-run: "true"'],
  ['sign', 'sbom', 'sbom.json', 'sbom-path: "sbom.json"'],
  ['sign', 'ref', '', 'source-ref: refs/heads/main'],
])('%s, %s: %s', async (action, name, value, says) => {
  const stopped = await run(action, { [name]: value });
  expect(stopped.exitCode, shown(stopped)).toBe(1);
  expect(stopped.warnings.join()).toContain(`Unexpected input(s) '${name}'`);
  const [error, ...more] = errorsOf(stopped);
  expect(more).toEqual([]);
  expect(error).toContain('INPUT_INVALID');
  expect(error).toContain(`input ${name}: `);
  expect(error).toContain(says);
  expect(stopped.outputs).toMatchObject({ images: '', subject: '' });
  if (action === 'verify') expect(stopped.outputs).toMatchObject({ verified: 'false', reason: 'INPUT_INVALID' });
});

test('none of all this asked anything of anybody', () => {
  expect(world.log.requests()).toHaveLength(before);
});

test('without them the image is signed and passes; a variable of the job is named in log and summary', async () => {
  const env = { INPUT_VERSION: '1.2.3' };
  for (const action of ['sign', 'verify'] as const) {
    const passed = await run(action, {}, env);
    expect(passed.exitCode, shown(passed)).toBe(0);
    const warnings = passed.commands.filter(({ name }) => name === 'warning').map(({ data }) => data);
    expect(warnings).toEqual([expect.stringContaining('Ignored INPUT_VERSION: ')]);
    expect(passed.summary).toContain('Ignored INPUT_VERSION: ');
    const quiet = await run(action, {});
    expect(quiet.exitCode, shown(quiet)).toBe(0);
    expect(quiet.commands.filter(({ name }) => name === 'warning')).toEqual([]);
    expect(quiet.summary).not.toContain('Ignored');
  }
  const dry = await run('sign', { 'dry-run': 'true' }, env);
  expect(dry.exitCode, shown(dry)).toBe(0);
  expect(dry.summary).toContain('Ignored INPUT_VERSION: ');
});
