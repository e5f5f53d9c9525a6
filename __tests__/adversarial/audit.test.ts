import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import { beforeEach, describe, expect, test } from 'vitest';
import { errorReply, type FaultRule, on } from '../../sandbox/http/faults.ts';
import { buildImage, buildIndex, storeImage } from '../../sandbox/registry/image-builder.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { OCI_INDEX, OCI_MANIFEST } from '../../src/domain/image/media-types.ts';
import { ROOT } from '../source-files.ts';
import { expectHarmless, expectHarmlessSummary } from './harmless-report.ts';
import { type GateRun, openLab, RELEASE, RIGHT_SIGNER } from './in-process-gate.ts';
import { goodBundle } from './signature-seeds.ts';

/* The whole audit in this process: what changes between two runs is found, and what cannot be decided loses nothing. */

const lab = await openLab();

let baseline = '';
let repository = '';
let nth = 0;
beforeEach(() => {
  nth += 1;
  repository = `acme/audited-${nth}`;
  baseline = join(lab.directory, `baseline-${nth}`, 'baseline.json');
  rmSync(dirname(baseline), { recursive: true, force: true });
  mkdirSync(dirname(baseline), { recursive: true });
});

const audit = (inputs: Readonly<Record<string, string>> = {}): Promise<GateRun> =>
  lab.verify({ images: `${lab.host}/${repository}:*`, ...RIGHT_SIGNER, baseline, ...inputs }, { action: 'audit' });

/** Puts a signed image under a tag, past all checks. */
function putSigned(tag: string, content: string, path = repository): Digest {
  const digest = lab.putImage(path, buildImage({ content }), tag);
  sign(digest, path);
  return digest;
}

const sign = (digest: Digest, path = repository): string => lab.attach(path, digest, goodBundle(lab.sigstore, digest));

const changes = (run: GateRun): string => {
  const path = run.outputs['changes-path'];
  return path ? readFileSync(path, 'utf8') : '';
};

/** Everything that a later step may read about the news. */
const news = (run: GateRun) => ({
  exitCode: run.exitCode,
  changed: run.outputs['changed'],
  title: run.outputs['changes-title'],
});

const fails = (path: RegExp, status = 503): FaultRule => ({
  match: on('GET', path),
  times: 'always',
  action: { reply: errorReply(status, status === 404 ? 'MANIFEST_UNKNOWN' : 'UNAVAILABLE') },
});

const NOTHING = { exitCode: 0, changed: 'false', title: '' };

const keptKeys = (): string[] => {
  const { images } = JSON.parse(readFileSync(baseline, 'utf8')) as { images: { tag: string | null; digest: string }[] };
  return images.map(({ tag, digest }) => `${tag} ${digest.slice(0, 14)}`);
};

describe('a first audit', () => {
  test('records what it sees, leaves out the tags of signatures, and has no news', async () => {
    const digest = putSigned('1.0', 'one');
    putSigned('1.1', 'two');
    const hex = digest.slice('sha256:'.length);
    for (const suffix of ['', '.sig', '.att', '.sbom']) {
      lab.registry.store.setTag(repository, `sha256-${hex}${suffix}`, digest);
    }
    const run = await audit();
    expect(news(run)).toEqual(NOTHING);
    expect(run.results.images.map(({ tag, verdict }) => [tag, verdict])).toEqual([
      ['1.0', 'pass'],
      ['1.1', 'pass'],
    ]);
    expect(run.outputOrder.slice(0, 7).map(([name, value]) => [name, value])).toEqual([
      ['changed', 'false'],
      ['changes-title', ''],
      ['changes-path', ''],
      ['verdict', ''],
      ['reason', ''],
      ['results', ''],
      ['report-path', ''],
    ]);
    expect(run.outputs).toMatchObject({ verdict: 'pass', reason: '', 'changes-path': '' });
    expect(run.summary).toContain('First audit');
    const schema: unknown = JSON.parse(readFileSync(join(ROOT, 'docs/results.schema.json'), 'utf8'));
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema as object);
    expect(validate(JSON.parse(readFileSync(baseline, 'utf8'))), JSON.stringify(validate.errors)).toBe(true);
    expect(news(await audit())).toEqual(NOTHING);
  });

  test('of a pattern that matches nothing is an error, and writes no baseline', async () => {
    putSigned('1.0', 'one');
    const run = await audit({ images: `${lab.host}/${repository}:v*` });
    expect(run.outputs).toMatchObject({ changed: 'false', verdict: 'error', reason: 'IMAGE_NOT_FOUND' });
    expect([run.exitCode, existsSync(baseline)]).toEqual([1, false]);
  });

  test('finds a refused image without failing', async () => {
    lab.putImage(repository, buildImage({ content: 'unsigned' }), '1.0');
    const run = await audit();
    expect(news(run)).toEqual(NOTHING);
    expect(run.outputs).toMatchObject({ verdict: 'fail', reason: 'NO_SIGNATURE' });
    expect(run.waitedMs).toBe(0);
  });
});

describe('what has changed', () => {
  test('a tag that moved is found, with who signed the new image, and only once', async () => {
    const before = putSigned('1.0', 'one');
    putSigned('1.1', 'two');
    await audit();
    const after = putSigned('1.0', 'three');
    const run = await audit();
    expect(news(run)).toEqual({ exitCode: 0, changed: 'true', title: 'Image audit: 1 tag moved' });
    for (const part of [before, after, 'octo-org/octo-repo', '; pass, signed by '])
      expect(changes(run)).toContain(part);
    expect(run.summary).toContain('1 change');
    expectHarmless(run);
    expect(news(await audit())).toEqual(NOTHING);
  });

  test('a tag that moved to an unsigned image is found, and does not fail the step', async () => {
    putSigned('1.0', 'one');
    await audit();
    lab.putImage(repository, buildImage({ content: 'malicious' }), '1.0');
    const run = await audit();
    expect(news(run)).toMatchObject({ exitCode: 0, changed: 'true' });
    expect(changes(run)).toContain('; fail (NO&#95;SIGNATURE), no signature found'.replace('&#95;', '_'));
    expect(run.outputs).toMatchObject({ verdict: 'fail', reason: 'NO_SIGNATURE' });
  });

  test('a signature that vanished, and one that appeared', async () => {
    const digest = putSigned('1.0', 'one');
    const first = lab.registry.store.referrers(repository, digest)[0]?.digest ?? '';
    sign(digest);
    await audit();
    lab.registry.store.deleteManifest(repository, first);
    const gone = await audit();
    expect(news(gone)).toEqual({ exitCode: 0, changed: 'true', title: 'Image audit: 1 signature vanished' });
    expect(changes(gone)).toContain(first);
    sign(digest);
    const back = await audit();
    expect(news(back)).toEqual({ exitCode: 0, changed: 'true', title: 'Image audit: 1 signature appeared' });
    expect(news(await audit())).toEqual(NOTHING);
  });

  test('the last signature that vanished also changes the verdict', async () => {
    const digest = putSigned('1.0', 'one');
    await audit();
    for (const { digest: referrer } of lab.registry.store.referrers(repository, digest)) {
      lab.registry.store.deleteManifest(repository, referrer);
    }
    const run = await audit();
    expect(run.outputs['changes-title']).toBe('Image audit: 1 signature vanished, 1 verdict changed');
    expect(changes(run)).toContain('pass → fail (NO_SIGNATURE)');
  });

  test('a retag that wraps the image in a new index', async () => {
    const digest = putSigned('1.0', 'one');
    await audit();
    const manifest = lab.registry.store.getManifest(repository, digest);
    const entry = { mediaType: manifest?.mediaType, digest, size: manifest?.bytes.length };
    const index = JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [entry] });
    const wrapper = lab.registry.store.putManifest(repository, index, OCI_INDEX);
    lab.registry.store.setTag(repository, '1.0', wrapper);
    lab.registry.store.setTag(repository, 'latest', wrapper);
    const run = await audit();
    expect(run.outputs['changes-title']).toBe('Image audit: 1 tag moved, 1 image appeared');
    expect(changes(run)).toContain('a new index around the image that the tag named before only');
    expect(changes(run)).toContain('known as');
  });

  test('a new index that cannot be read fails the step, and is news again', async () => {
    const digest = putSigned('1.0', 'one');
    await audit();
    const before = keptKeys();
    const entry = {
      mediaType: OCI_MANIFEST,
      digest,
      size: lab.registry.store.getManifest(repository, digest)?.bytes.length,
    };
    const index = JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [entry] });
    const wrapper = lab.registry.store.putManifest(repository, index, OCI_INDEX);
    lab.registry.store.setTag(repository, '1.0', wrapper);
    lab.setFaults([fails(new RegExp(`manifests/${wrapper}$`))]);
    const run = await audit();
    expect(news(run)).toEqual({ exitCode: 1, changed: 'true', title: 'Image audit: 1 tag moved' });
    expect(run.outputs).toMatchObject({ verdict: 'error', reason: 'REGISTRY_UNAVAILABLE' });
    expect(keptKeys()).toEqual(before);
    lab.setFaults([]);
    const next = await audit();
    expect(news(next)).toEqual({ exitCode: 0, changed: 'true', title: 'Image audit: 1 tag moved' });
    expect(changes(next)).toContain('a new index around the image that the tag named before only');
  });

  test('an index of other images is not taken for a retag', async () => {
    putSigned('1.0', 'one');
    await audit();
    storeImage(lab.registry.store, repository, buildIndex({ content: 'other' }), '1.0');
    const run = await audit();
    expect(run.outputs['changes-title']).toBe('Image audit: 1 tag moved');
    expect(changes(run)).not.toContain('a new index around');
  });

  test('tags that disappeared and appeared', async () => {
    putSigned('1.0', 'one');
    putSigned('1.1', 'two');
    await audit();
    lab.registry.store.repository(repository)?.tags.delete('1.0');
    putSigned('1.2', 'three');
    const run = await audit();
    expect(run.outputs['changes-title']).toBe('Image audit: 1 image disappeared, 1 image appeared');
    expect(news(await audit())).toEqual(NOTHING);
  });

  test('an image that a line names alone disappeared once, and comes back as another one', async () => {
    const images = `${lab.host}/${repository}:1.0`;
    const before = putSigned('1.0', 'one');
    await audit({ images });
    lab.registry.store.repository(repository)?.tags.delete('1.0');
    expect(news(await audit({ images }))).toMatchObject({ exitCode: 0, title: 'Image audit: 1 image disappeared' });
    expect(news(await audit({ images }))).toEqual(NOTHING);
    const after = putSigned('1.0', 'two');
    const run = await audit({ images });
    expect(run.outputs['changes-title']).toBe('Image audit: 1 image appeared');
    expect(changes(run)).toContain('with another digest');
    for (const part of [before, after]) expect(changes(run)).toContain(part);
  });

  test('one name and tag that differ on two registries, also in the first audit, and only once', async () => {
    const other = lab.host.replace('127.0.0.1', 'localhost');
    putSigned('1.0', 'one', `${repository}/app`);
    putSigned('1.0', 'two', `${repository}-copy/app`);
    const images = `${lab.host}/${repository}/app:*\n${other}/${repository}-copy/app:*`;
    const run = await audit({ images });
    expect(news(run)).toEqual({ exitCode: 0, changed: 'true', title: 'Image audit: 1 difference between registries' });
    expect(news(await audit({ images }))).toEqual(NOTHING);
    putSigned('1.0', 'one', `${repository}-copy/app`);
    expect((await audit({ images })).outputs['changes-title']).toBe('Image audit: 1 tag moved');
  });
});

describe('what cannot be decided', () => {
  test('an outage of the list fails the step, keeps the baseline, and the change is found afterwards', async () => {
    putSigned('1.0', 'one');
    await audit();
    const before = keptKeys();
    putSigned('1.0', 'two');
    lab.setFaults([fails(/tags\/list/)]);
    const run = await audit();
    expect(news(run)).toEqual({ exitCode: 1, changed: 'false', title: '' });
    expect(run.outputs).toMatchObject({ verdict: 'error', reason: 'REGISTRY_UNAVAILABLE' });
    expect(keptKeys()).toEqual(before);
    lab.setFaults([]);
    expect(news(await audit())).toMatchObject({ exitCode: 0, title: 'Image audit: 1 tag moved' });
  });

  test('an image that fails alone keeps its old entry, and the news about the others is published', async () => {
    putSigned('1.0', 'one');
    putSigned('1.1', 'two');
    await audit();
    putSigned('1.0', 'three');
    putSigned('1.1', 'four');
    lab.setFaults([fails(/manifests\/1\.1$/)]);
    const run = await audit();
    expect(news(run)).toEqual({ exitCode: 1, changed: 'true', title: 'Image audit: 1 tag moved' });
    expect(changes(run)).toContain('Not decided');
    lab.setFaults([]);
    const next = await audit();
    expect(news(next)).toEqual({ exitCode: 0, changed: 'true', title: 'Image audit: 1 tag moved' });
    expect(changes(next)).toContain(':1.1');
  });

  test('an answer "not found" for a tag that is listed is not a tag that disappeared', async () => {
    putSigned('1.0', 'one');
    await audit();
    lab.setFaults([fails(/manifests\/1\.0$/, 404)]);
    const run = await audit();
    expect(news(run)).toEqual({ exitCode: 1, changed: 'false', title: '' });
    expect(run.outputs['reason']).toBe('IMAGE_NOT_FOUND');
    expect(keptKeys()).toHaveLength(1);
  });

  test.each([
    ['not JSON', 'no changes'],
    ['an empty file', ''],
    ['another version', '{"schemaVersion":1,"verified":true,"images":[]}'],
    ['a duplicate key', '{"schemaVersion":2,"verified":true,"images":[],"images":[]}'],
    ['a shortened output', '{"schemaVersion":2,"verified":true,"truncated":true,"images":[]}'],
    ['an image without a digest', '{"schemaVersion":2,"verified":true,"images":[{"verdict":"pass"}]}'],
  ])('a baseline that is damaged stops the run: %s', async (_name, text) => {
    putSigned('1.0', 'one');
    writeFileSync(baseline, text);
    const run = await audit();
    expect(run.outputs).toMatchObject({ changed: 'false', verdict: 'error', reason: 'INPUT_INVALID' });
    expect([run.exitCode, readFileSync(baseline, 'utf8')]).toEqual([1, text]);
    expect(run.failure?.message).toContain('input baseline');
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['a repository alone', { images: 'ghcr.io/acme/app' }, 'ghcr.io/acme/app:*'],
    ['no image', { images: '' }, 'input images'],
    ['an empty item', { images: 'ghcr.io/acme/app:*,' }, 'is empty'],
    ['a pattern for repositories', { images: 'ghcr.io/acme/*:1' }, 'outside its tag'],
    ['no baseline', { baseline: '' }, 'input baseline'],
    ['a baseline outside', { baseline: '/etc/baseline.json' }, 'outside the workspace'],
    ['a baseline that is the report', { baseline: 'same.json', report: './same.json' }, 'the file of `report`'],
    ['nobody who must have signed', { 'source-repository': '', workflow: '', 'source-ref': '' }, 'INPUT_INVALID'],
  ])('%s is refused, and nothing is written', async (_name, inputs, expected) => {
    putSigned('1.0', 'one');
    const run = await audit(inputs);
    expect(run.outputs).toMatchObject({ changed: 'false', verdict: 'error', reason: 'INPUT_INVALID' });
    expect([run.exitCode, existsSync(baseline)]).toEqual([1, false]);
    expect(`${run.failure?.message} ${run.failure?.hint} ${run.stdout}`).toContain(expected);
  });

  test('an input of the gates is refused', async () => {
    putSigned('1.0', 'one');
    const run = await lab.verify(
      { images: `${lab.host}/${repository}:*`, ...RIGHT_SIGNER, baseline },
      { action: 'audit', env: { INPUT_MODE: 'warn' } },
    );
    expect(run.failure?.message).toContain('input mode: it is an input of the gate');
    expect(existsSync(baseline)).toBe(false);
  });

  test('a baseline that cannot be written fails the step, and the news stays', async () => {
    putSigned('1.0', 'one');
    await audit();
    const kept = readFileSync(baseline, 'utf8');
    putSigned('1.0', 'two');
    const run = await lab.verify(
      { images: `${lab.host}/${repository}:*`, ...RIGHT_SIGNER, baseline },
      {
        action: 'audit',
        onOutput: (name, value) => {
          if (name !== 'changed' || value !== 'true') return;
          // A directory in its place, while the audit runs.
          rmSync(baseline);
          mkdirSync(baseline);
        },
      },
    );
    expect(news(run)).toEqual({ exitCode: 1, changed: 'true', title: 'Image audit: 1 tag moved' });
    expect(run.outputs).toMatchObject({ verdict: 'error', reason: 'INPUT_INVALID' });
    rmSync(baseline, { recursive: true });
    writeFileSync(baseline, kept);
    expect(news(await audit())).toMatchObject({ exitCode: 0, title: 'Image audit: 1 tag moved' });
  });
});

test('text of others in the news stays text', async () => {
  const texts = [
    'x\n::set-output name=changed::false\n',
    '</code></details><h1>No change</h1>',
    'x | y |\n| a | b |',
    '@octocat closes #1 www.evil.example [a](javascript:b)',
    'x`$(id)`"id"\n```\n# heading',
    '*x &y !!js/function $(id) ;id',
  ];
  lab.putImage(repository, buildImage({ content: 'unsigned' }), 'none');
  for (const [index] of texts.entries()) putSigned(`t${index}`, `old ${index}`);
  const inputs = { 'source-repository': RELEASE.repository, workflow: '', 'source-ref': '' };
  await audit(inputs);
  for (const [index, text] of texts.entries()) {
    const digest = lab.putImage(repository, buildImage({ content: `new ${index}` }), `t${index}`);
    const uri = `https://github.com/${RELEASE.repository}/${RELEASE.workflow}@refs/heads/${text}`;
    const certify = { names: [{ uri }], extensions: { 9: uri, 14: `refs/heads/${text}`, 18: uri } };
    lab.attach(repository, digest, goodBundle(lab.sigstore, digest, { certify, annotations: { [text]: text } }));
  }
  const run = await audit(inputs);
  expect(run.outputs['changes-title']).toBe(`Image audit: ${texts.length} tags moved`);
  expectHarmless(run);
  expectHarmlessSummary(changes(run));
  expect(changes(run).split('octo-org').length).toBe(texts.length + 1);
});

test('a tag of which only the list knows, in a repository behind pages, is found', async () => {
  lab.registry.quirks.tagsPageSize = 2;
  for (let index = 0; index < 5; index += 1) putSigned(`v${index}`, `content ${index}`);
  expect((await audit()).results.images).toHaveLength(5);
  const digest = putSigned('v4', 'moved');
  const run = await audit();
  expect(run.outputs['changes-title']).toBe('Image audit: 1 tag moved');
  expect(changes(run)).toContain(digest);
});

test('policies judge in place of an identity, and a verdict that they change is news', async () => {
  putSigned('1.0', 'one');
  const policy = (subject: string): string =>
    JSON.stringify({
      apiVersion: 'policy.sigstore.dev/v1beta1',
      kind: 'ClusterImagePolicy',
      metadata: { name: 'ours' },
      spec: {
        images: [{ glob: `${lab.host}/**` }],
        authorities: [{ keyless: { identities: [{ issuer: lab.sigstore.issuer, subject }] } }],
      },
    });
  const judge = (subject: string): Promise<GateRun> =>
    lab.verify(
      { images: `${lab.host}/${repository}:*`, baseline, policy: policy(subject), 'certificate-oidc-issuer': '' },
      { action: 'audit' },
    );
  const first = await judge(RELEASE.subject);
  expect([first.exitCode, first.outputs['verdict']]).toEqual([0, 'pass']);
  expect(news(await judge(RELEASE.subject))).toEqual(NOTHING);
  const refused = await judge(RELEASE.subject.replace('octo-org', 'other-org'));
  expect(news(refused)).toMatchObject({ exitCode: 0, changed: 'true' });
  expect(refused.outputs['changes-title']).toContain('1 verdict changed');
  expect(refused.outputs['verdict']).toBe('fail');
});
