import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { errorReply, on } from '../../sandbox/http/faults.ts';
import { withoutProcesses } from '../in-process.ts';
import {
  errorsOf,
  IMPATIENT,
  type Json,
  resultsOf,
  type SignWorld,
  SUBJECT,
  shown,
  startSignWorld,
} from './sign-world.ts';

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;

beforeAll(async () => {
  byDist = await startSignWorld({
    registryFaults: [
      {
        match: on(undefined, /^\/v2\/unreadable\/app\/manifests\//),
        times: 'always',
        action: { reply: errorReply(403, 'DENIED', 'you may push, but not pull') },
      },
    ],
  });
  world = withoutProcesses(byDist);
});
afterEach(() => {
  world.sigstore.oidc.setJob({});
});
afterAll(async () => {
  await world.close();
});

const OUTPUTS = [
  'attestation-ids',
  'attestation-urls',
  'bundle-paths',
  'digests',
  'images',
  'issuer',
  'report-path',
  'results',
  'subject',
];

async function schemaProblems(value: unknown): Promise<unknown> {
  const schema = JSON.parse(await readFile(new URL('../../docs/results.schema.json', import.meta.url), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);
  return validate(value) ? undefined : validate.errors;
}

test('the outputs are those of the contract, and the results those of the schema', async () => {
  const [one, two] = [world.image({ tag: '1' }), world.index()];
  const run = await byDist.sign({
    images: `${one.name}:1@${one.digest}\n${two.pinned}`,
    recursive: 'true',
    annotations: 'note=`x` <y>',
  });
  expect(run.exitCode, shown(run)).toBe(0);
  expect(Object.keys(run.outputs).sort()).toEqual(OUTPUTS);
  expect(run.outputs).toMatchObject({
    images: `${one.pinned}\n${two.pinned}`,
    digests: `${one.digest}\n${two.digest}`,
    issuer: world.sigstore.issuer,
    subject: SUBJECT,
  });
  const results = resultsOf(run);
  expect(await schemaProblems(results)).toBeUndefined();
  // The twin that shows that the schema would refuse.
  expect(await schemaProblems({ ...results, verified: 'yes' })).toBeDefined();
  expect(results).toMatchObject({ schemaVersion: 2, verified: true });
  expect(results.images[0]).toMatchObject({
    reference: `${one.name}:1@${one.digest}`,
    resolved: one.pinned,
    repository: one.name,
    tag: '1',
    digest: one.digest,
    verdict: 'pass',
    reason: null,
    signatures: [{ format: 'bundle', verdict: 'accepted', written: true, subject: SUBJECT }],
  });
  // The output can be pasted into a shell or YAML, the file is plain JSON.
  expect(run.outputs['results']).not.toMatch(/[`<>]/);
  const file = await readFile(run.outputs['report-path'] ?? '', 'utf8');
  expect(JSON.parse(file)).toEqual(results);
  expect(file).toContain('`x` <y>');
  const paths = (run.outputs['bundle-paths'] ?? '').split('\n');
  expect(paths).toHaveLength(4);
  for (const path of paths) {
    expect(path.startsWith(run.runnerTemp)).toBe(true);
    expect(JSON.parse(await readFile(path, 'utf8')).mediaType).toContain('bundle.v0.3');
  }
  expect(run.warnings).toEqual([]);
  expect(world.registry.openUploads()).toBe(0);
});

test.each([
  ['an unknown format', { format: 'cosign' }],
  ['no images', { images: '' }],
])('with %s every output is set, and none names an image or a signer', async (_what, inputs) => {
  const run = await byDist.sign({ images: world.image().pinned, ...inputs });
  expect(run.exitCode).toBe(1);
  expect(Object.keys(run.outputs).sort()).toEqual(OUTPUTS);
  const { results, 'report-path': _path, ...others } = run.outputs;
  expect(Object.values(others)).toEqual(['', '', '', '', '', '', '']);
  expect(results === '' ? false : resultsOf(run).verified).toBe(false);
});

test('after a failure the results say why, by the schema, and no image is put out', async () => {
  const good = world.image();
  const missing = `${good.name}@sha256:${'0'.repeat(64)}`;
  const run = await world.sign({ images: `${good.pinned}\n${missing}` });
  expect(run.exitCode).toBe(1);
  const results = resultsOf(run);
  expect(await schemaProblems(results)).toBeUndefined();
  expect(results.verified).toBe(false);
  expect(results.images.map(({ verdict, reason }: { verdict: string; reason: string }) => [verdict, reason])).toEqual([
    ['error', 'IMAGE_NOT_FOUND'],
    ['error', 'IMAGE_NOT_FOUND'],
  ]);
  expect(run.outputs).toMatchObject({ images: '', digests: '', 'bundle-paths': '', issuer: '', subject: '' });
  expect(run.summary).toContain('❌');
});

test('a branch with a hostile name leaves the subject empty, with a notice, and forges nothing', async () => {
  const ref = 'refs/heads/x"$(id)`id`;id';
  world.sigstore.oidc.setJob({ ref });
  const run = await world.sign({ images: world.image().pinned });
  expect(run.exitCode, shown(run)).toBe(0);
  expect(run.outputs['subject']).toBe('');
  expect(run.outputs['issuer']).toBe(world.sigstore.issuer);
  expect(run.commands.filter(({ name }) => name === 'notice')).toHaveLength(1);
  expect(run.outputs['results']).not.toContain('$(id)');
  expect(resultsOf(run).images[0].signatures[0].subject).toContain(ref);
  // In the summary only where it is quoted for its language.
  for (const line of run.summary.split('\n')) expect(line).not.toMatch(/^[^']*"\$\(id\)`/);
});

test('digests reach the next job where a masked value in the name keeps the other outputs back', async () => {
  const image = world.image();
  const [owner = ''] = image.name.split('/').slice(1);
  const inputs = { images: image.pinned, 'if-signed': 'sign' };
  const [plain, masked] = await Promise.all([world.sign(inputs), byDist.sign(inputs, { secrets: [owner] })]);
  expect(plain.jobOutputs).toEqual(plain.outputs);
  expect(masked.outputs['images']).toBe(image.pinned);
  expect(masked.jobOutputs['images']).toBeUndefined();
  expect(masked.jobOutputs['digests']).toBe(image.digest);
});

test('upload: false signs, logs and writes the files, and only reads the registry', async () => {
  const image = world.image();
  const before = world.sigstore.rekorV1.size();
  const seen = world.log.requests().length;
  const run = await world.sign({ images: image.pinned, format: 'both', upload: 'false', 'bundle-directory': 'out' });
  expect(run.exitCode, shown(run)).toBe(0);
  expect(world.sigstore.rekorV1.size()).toBe(before + 2);
  const asked = world.log.requests().slice(seen);
  expect(asked.filter(({ server, method }) => server === 'registry' && !/GET|HEAD/.test(method))).toEqual([]);
  expect(world.bundles(image)).toEqual([]);
  expect(world.signatureTag(image)).toBeUndefined();
  const paths = (run.outputs['bundle-paths'] ?? '').split('\n');
  expect(paths.map(dirname)).toEqual(Array(2).fill(join(run.workspace, 'out')));
  expect(await readdir(join(run.workspace, 'out'))).toHaveLength(2);
  expect(resultsOf(run).images[0].signatures.map(({ written }: { written: boolean }) => written)).toEqual([
    false,
    false,
  ]);
  expect(run.summary).toContain('not uploaded');
});

test('a bundle-directory that cannot be made ends the run before anything is logged', async () => {
  const image = world.image();
  const before = world.sigstore.rekorV1.size();
  const run = await world.sign({ images: image.pinned, 'bundle-directory': '/dev/null/bundles' });
  expect(run.exitCode).toBe(1);
  expect(errorsOf(run).join()).toMatch(/INPUT_INVALID[\s\S]*bundle-directory/);
  expect(world.sigstore.rekorV1.size()).toBe(before);
});

test('a bundle file that cannot be written fails the step, but what was signed is still put out', async () => {
  const [image, other] = [world.image(), world.image()];
  const workspace = await mkdtemp(join(tmpdir(), 'bundles-'));
  // What the file of the first image would be called is a directory already.
  const probe = await world.sign({ images: image.pinned, 'bundle-directory': 'out' }, { workspace });
  const path = probe.outputs['bundle-paths'] ?? '';
  await rm(path);
  await mkdir(path);
  const images = `${image.pinned}\n${other.pinned}`;
  const run = await byDist.sign({ images, 'if-signed': 'sign', 'bundle-directory': 'out' }, { workspace });
  expect(run.exitCode, shown(run)).toBe(1);
  expect(errorsOf(run)).toHaveLength(1);
  expect(errorsOf(run)[0]).toMatch(/INPUT_INVALID[\s\S]*bundle-directory[\s\S]*can write to/);
  expect(world.bundles(image)).toHaveLength(2);
  expect(run.outputs).toMatchObject({ images: `${image.pinned}\n${other.pinned}`, subject: SUBJECT });
  expect(run.outputs['bundle-paths']?.split('\n')).toHaveLength(1);
  expect(resultsOf(run).images.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['pass', 'pass']);
});

test('summary: false writes no job summary; otherwise it has what people need', async () => {
  const image = world.image({ tag: '1' });
  const [silent, told] = await Promise.all([
    world.sign({ images: image.pinned, summary: 'false', upload: 'false' }),
    world.sign({ images: `${image.name}:1`, digest: image.digest }),
  ]);
  expect(silent.summary).toBe('');
  const commit = '0123456789abcdef0123456789abcdef01234567';
  for (const needed of [
    image.digest,
    `https://github.com/octo-org/octo-repo/commit/${commit}`,
    'https://github.com/octo-org/octo-repo/actions/runs/17000000001/attempts/1',
    'Sigstore bundle',
    'countersign/verify@v1',
    'cosign verify',
    `--certificate-identity ${SUBJECT}`,
  ]) {
    expect(told.summary).toContain(needed);
  }
});

// ── dry run ─────────────────────────────────────────────────────────────────────────────────────

test('a dry run signs, logs and uploads nothing, and says what would become public and where', async () => {
  const image = world.image();
  const before = { ca: world.asked('ca'), tsa: world.asked('tsa'), rekor: world.asked('rekor-v1') };
  const seen = world.log.requests().length;
  const run = await world.sign({ images: image.pinned, format: 'both', 'dry-run': 'true' });
  expect(run.exitCode, shown(run)).toBe(0);
  expect({ ca: world.asked('ca'), tsa: world.asked('tsa'), rekor: world.asked('rekor-v1') }).toEqual(before);
  expect(world.referrers(image)).toEqual([]);
  expect(world.registry.store.tags(image.repository)).toEqual([]);
  expect(world.registry.openUploads()).toBe(0);
  expect(run.outputs).toMatchObject({ images: '', digests: '', 'bundle-paths': '' });
  expect(await schemaProblems(resultsOf(run))).toBeUndefined();
  expect(resultsOf(run)).toMatchObject({ verified: false, images: [{ verdict: 'pass' }] });
  const told = `${run.log.join('\n')}\n${run.summary}`;
  const { ca, rekorV1, tsa } = world.sigstore.urls;
  for (const host of [world.host, ...[ca, rekorV1, tsa].map((url) => new URL(url).host)]) expect(told).toContain(host);
  // Whom it asked already, it names too, also those that no input names.
  const asked = world.log.requests().slice(seen);
  expect(new Set(asked.map(({ server }) => server))).toEqual(new Set(['registry', 'token server', 'oidc']));
  const hosts = /^Hosts: (.*)$/m.exec(run.log.join('\n'))?.[1]?.split(', ') ?? [];
  for (const { headers } of asked) expect(hosts).toContain(headers['host']);
  expect(run.log.join('\n')).toContain(SUBJECT);
});

test('a dry run reports an image that is not there yet, and passes', async () => {
  const missing = `${world.image().name}@sha256:${'0'.repeat(64)}`;
  const run = await world.sign({ images: missing, 'dry-run': 'true' });
  expect(run.exitCode, shown(run)).toBe(0);
  expect(resultsOf(run).images).toMatchObject([{ verdict: 'allowed', reason: 'IMAGE_NOT_FOUND' }]);
  expect(run.log.join('\n')).toContain('not in the registry yet');
});

test('a dry run fails where a real one would: no right to push, no id-token, a bad input', async () => {
  const image = world.image();
  const env = { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined };
  const dry = { images: image.pinned, 'dry-run': 'true', ...IMPATIENT };
  const [noToken, badInput] = await Promise.all([world.sign(dry, { env }), world.sign({ ...dry, format: 'x' })]);
  expect([noToken, badInput].map((run) => run.exitCode)).toEqual([1, 1]);
  expect(errorsOf(noToken).join()).toContain('IDENTITY_TOKEN_UNAVAILABLE');
  expect(errorsOf(badInput).join()).toContain('INPUT_INVALID');
  world.registry.quirks.denyPush = true;
  const denied = await world.sign(dry);
  world.registry.quirks.denyPush = false;
  expect(denied.exitCode).toBe(1);
  expect(errorsOf(denied).join()).toMatch(/REGISTRY_DENIED[\s\S]*right to push/);
});

test('a dry run tells the image that cannot be signed from the one beside it that can', async () => {
  const good = world.image();
  const gone = `localhost:1/acme/gone@sha256:${'0'.repeat(64)}`;
  const run = await world.sign({ images: `${good.pinned}\n${gone}`, 'dry-run': 'true', 'retry-for': '0s' });
  expect(run.exitCode).toBe(1);
  expect(resultsOf(run).images.map(({ verdict, reason }: Json) => [verdict, reason])).toEqual([
    ['pass', null],
    ['error', 'REGISTRY_UNAVAILABLE'],
  ]);
  expect(run.summary).toContain('1 of 2 images would be');
});

test('a dry run fails for an image that cannot be read, though it could be pushed', async () => {
  const image = world.image({ repository: 'unreadable/app' });
  const run = await world.sign({ images: image.pinned, 'dry-run': 'true', ...IMPATIENT });
  expect(run.exitCode).toBe(1);
  expect(errorsOf(run).join()).toMatch(/REGISTRY_DENIED/);
});

test('a dry run fails if an image cannot be asked for, and a missing one beside it is no excuse', async () => {
  const dry = { 'dry-run': 'true', ...IMPATIENT };
  const elsewhere = `127.0.0.1:9/acme/app@sha256:${'0'.repeat(64)}`;
  const missing = `${world.image().name}@sha256:${'0'.repeat(64)}`;
  // Where signatures go is reachable, so only the image itself can be what stops it.
  const run = await world.sign({
    ...dry,
    images: `${elsewhere}\n${missing}`,
    'signature-repository': world.image().name,
  });
  expect(run.exitCode, shown(run)).toBe(1);
  expect(errorsOf(run)).toHaveLength(1);
  expect(errorsOf(run)[0]).toContain('REGISTRY_UNAVAILABLE');
  expect(resultsOf(run).images).toMatchObject([
    { verdict: 'error', reason: 'REGISTRY_UNAVAILABLE' },
    { verdict: 'allowed', reason: 'IMAGE_NOT_FOUND' },
  ]);
});

test('a dry run of upload: false needs no right to push and asks for none', async () => {
  const image = world.image();
  const seen = world.log.requests().length;
  world.registry.quirks.denyPush = true;
  const run = await world.sign({ images: image.pinned, 'dry-run': 'true', upload: 'false', ...IMPATIENT });
  world.registry.quirks.denyPush = false;
  expect(run.exitCode, shown(run)).toBe(0);
  const asked = world.log.requests().slice(seen);
  expect(asked.filter(({ server, method }) => server === 'registry' && !/GET|HEAD/.test(method))).toEqual([]);
});
