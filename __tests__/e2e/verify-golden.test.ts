import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seedFolder, seedReferrer } from '../../sandbox/registry/seed.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { ROOT, startWorld, type World } from '../../sandbox/world.ts';
import { digestOf } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03 } from '../../src/domain/image/media-types.ts';
import type { ImageResult, Results } from '../../src/domain/results.ts';
import { withoutProcesses } from '../in-process.ts';

/* Each golden folder through verify, some through the committed dist/, the trusted root beside it (contract §3.4, §2.5). */

const GOLDEN = join(ROOT, '__tests__/fixtures/golden');
const LOGS = { 'trusted-root': join(GOLDEN, 'trust/trusted_root.json') };
const TSA_ONLY = { 'trusted-root': join(GOLDEN, 'trust/trusted_root-tsa.json') };
const ISSUER = { 'certificate-oidc-issuer': 'http://127.0.0.1:8000', 'wait-for': '0s' };
const SUBJECT = 'https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main';
const CALLED = 'octo-org/shared-workflows/.github/workflows/sign.yml';

let world: World;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: World;

beforeAll(async () => {
  byDist = await startWorld();
  world = withoutProcesses(byDist);
  for (const folder of FOLDERS) {
    const { subject, signature } = seedFolder(world.registry.store, `golden/${folder}`, join(GOLDEN, folder));
    if (signature !== undefined) continue;
    const layer = readFileSync(join(GOLDEN, folder, 'bundle.json'));
    seedReferrer(world.registry.store, `golden/${folder}`, subject, { artifactType: BUNDLE_V03, layer });
  }
});
afterAll(() => world.close());

const FOLDERS = [
  'cosign2-legacy',
  'cosign2-legacy-two-signers-tsa',
  'cosign3-attestation-slsa',
  'cosign3-bundle-annotations',
  'cosign3-bundle-private-environment',
  'cosign3-bundle-pull-request',
  'cosign3-bundle-reusable-workflow',
  'cosign3-bundle-tsa',
  'cosign3-bundle-v1',
  'cosign3-bundle-v1-notsa',
  'cosign3-bundle-v2',
  'cosign3-legacy',
  'sigstore-go-intoto-v2',
] as const;
type Folder = (typeof FOLDERS)[number];

async function verify(folders: readonly Folder[], inputs: Readonly<Record<string, string>>, by = world) {
  const images = folders.map(
    (folder) =>
      `${world.host}/golden/${folder}@${digestOf(readFileSync(join(GOLDEN, folder, 'subject-manifest.json')))}`,
  );
  const run: RunResult = await by.verify({ images: images.join('\n'), ...ISSUER, ...inputs });
  const results = JSON.parse(await readFile(run.outputs['report-path'] ?? '', 'utf8')) as Results;
  expect(results.images.map((image) => image.reference)).toEqual(images);
  return { run, images: results.images, decided: Object.fromEntries(results.images.map(decided)) };
}

const decided = ({ repository, verdict, reason }: ImageResult): [string, string] => [
  (repository ?? '').replace(/^.*\/golden\//, ''),
  `${verdict} ${reason ?? ''}`.trim(),
];

describe('what cosign and sigstore-go wrote', () => {
  const accepted = [
    'cosign2-legacy',
    'cosign2-legacy-two-signers-tsa',
    'cosign3-bundle-annotations',
    'cosign3-bundle-v1',
    'cosign3-bundle-v1-notsa',
    'cosign3-bundle-v2',
    'cosign3-legacy',
    'sigstore-go-intoto-v2',
  ] as const;

  test('is accepted in every format and era, under the trusted root with logs', async () => {
    const { run, decided: all } = await verify(accepted, { ...LOGS, 'certificate-identity': SUBJECT }, byDist);
    expect(all).toEqual(Object.fromEntries(accepted.map((folder) => [folder, 'pass'])));
    expect(run.exitCode).toBe(0);
    expect(run.outputs).toMatchObject({ verified: 'true', verdict: 'pass', subject: SUBJECT, reason: '' });
    expect(run.outputs['images']?.split('\n')).toHaveLength(accepted.length);
  });

  test('is refused for another subject, naming the one that was found', async () => {
    const {
      run,
      images,
      decided: all,
    } = await verify(accepted, {
      ...LOGS,
      'certificate-identity': SUBJECT.replace('main', 'other'),
    });
    expect(all).toEqual(Object.fromEntries(accepted.map((folder) => [folder, 'fail IDENTITY_MISMATCH'])));
    for (const image of images) expect(image.message).toContain(SUBJECT);
    expect(run).toMatchObject({ exitCode: 1, outputs: { verified: 'false', images: '', issuer: '', subject: '' } });
  });

  test('is decided each by its own rule when a repository is asked for', async () => {
    const folders = [
      'cosign3-attestation-slsa',
      'cosign3-bundle-pull-request',
      'cosign3-bundle-reusable-workflow',
      'cosign3-bundle-tsa',
      'cosign3-bundle-private-environment',
      'cosign3-bundle-v2',
    ] as const;
    const { run, images, decided: all } = await verify(folders, { ...LOGS, 'source-repository': 'octo-org/octo-repo' });
    expect(all).toEqual({
      'cosign3-attestation-slsa': 'fail NO_SIGNATURE',
      'cosign3-bundle-pull-request': 'fail CLAIM_MISMATCH',
      'cosign3-bundle-reusable-workflow': 'fail CLAIM_MISMATCH',
      'cosign3-bundle-tsa': 'fail NOT_LOGGED',
      'cosign3-bundle-private-environment': 'fail NOT_LOGGED',
      'cosign3-bundle-v2': 'pass',
    });
    // `cosign verify` accepts this one (measured).
    expect(images[0]?.message).toContain('https://slsa.dev/provenance/v1');
    expect(images[1]?.message).toContain('refs/pull/7/merge');
    expect(images[2]?.message).toContain('https://github.com/octo-org/shared-workflows');
    expect(run).toMatchObject({
      exitCode: 1,
      outputs: { verified: 'false', verdict: 'fail', reason: 'NO_SIGNATURE', images: '' },
    });
    expect(run.log.join('\n')).toContain('https://slsa.dev/provenance/v1');
  });
});

describe('a reusable workflow needs both halves', () => {
  const folder = ['cosign3-bundle-reusable-workflow'] as const;

  test.each([
    {
      given: 'the caller alone',
      inputs: { 'source-repository': 'octo-org/octo-repo' },
      decided: 'fail CLAIM_MISMATCH',
    },
    {
      given: 'the called alone',
      inputs: { 'certificate-identity': `https://github.com/${CALLED}@refs/tags/v3` },
      decided: 'fail CLAIM_MISMATCH',
    },
    {
      given: 'both',
      inputs: { 'source-repository': 'octo-org/octo-repo', 'signer-workflow': `${CALLED}@refs/tags/v3` },
      decided: 'pass',
    },
    {
      given: 'both, of another caller',
      inputs: { 'source-repository': 'octo-org/other', 'signer-workflow': `${CALLED}@refs/tags/v3` },
      decided: 'fail CLAIM_MISMATCH',
    },
    {
      given: 'both, of another tag',
      inputs: { 'source-repository': 'octo-org/octo-repo', 'signer-workflow': `${CALLED}@refs/tags/v4` },
      decided: 'fail IDENTITY_MISMATCH',
    },
  ])('$given: $decided', async ({ inputs, decided: expected }) => {
    const { run, decided: all } = await verify(folder, { ...LOGS, ...inputs });
    expect(all[folder[0]]).toBe(expected);
    expect(run.outputs['verified']).toBe(String(expected === 'pass'));
  });
});

test('a pull request’s own signature passes only where refs/pull is spelled out', async () => {
  const folder = ['cosign3-bundle-pull-request'] as const;
  const repository = { ...LOGS, 'source-repository': 'octo-org/octo-repo' };
  const refused = await verify(folder, { ...repository, 'source-ref': 'refs/**' });
  expect(refused.decided[folder[0]]).toBe('fail CLAIM_MISMATCH');
  const accepted = await verify(folder, { ...repository, 'source-ref': 'refs/pull/7/merge' });
  expect(accepted.decided[folder[0]]).toBe('pass');
});

test('a timestamp alone is enough only under a trusted root without logs', async () => {
  const folders = ['cosign3-bundle-tsa', 'cosign3-bundle-private-environment', 'cosign3-bundle-v1-notsa'] as const;
  const { run, decided: all } = await verify(folders, {
    ...TSA_ONLY,
    'source-repository': 'octo-org/octo-repo',
    'source-ref': 'refs/heads/main',
  });
  expect(all).toEqual({
    'cosign3-bundle-tsa': 'pass',
    'cosign3-bundle-private-environment': 'pass',
    // Its one proof is a log entry, which a root without logs cannot check.
    'cosign3-bundle-v1-notsa': 'fail TIMESTAMP_INVALID',
  });
  expect(run.exitCode).toBe(1);
});

test('of two signers either is found, and neither opens for a third', async () => {
  const folder = ['cosign2-legacy-two-signers-tsa'] as const;
  const first = await verify(folder, { ...LOGS, 'certificate-identity': SUBJECT });
  const subjects = first.images[0]?.signatures.map(({ subject }) => subject);
  expect(new Set(subjects).size).toBe(2);
  expect(first.run.outputs['subject']).toBe(SUBJECT);
  const other = subjects?.find((subject) => subject !== SUBJECT) ?? '';
  // The second one is a reusable workflow's: its caller has to be named too.
  const caller = { 'source-repository': 'octo-org/octo-repo' };
  const second = await verify(folder, { ...LOGS, ...caller, 'certificate-identity': other });
  expect(second.decided[folder[0]]).toBe('pass');
  expect(second.run.outputs['subject']).toBe(other);
  const third = await verify(folder, { ...LOGS, 'certificate-identity': `${other}x` });
  expect(third.decided[folder[0]]).toBe('fail IDENTITY_MISMATCH');
  expect(third.images[0]?.signatures.map(({ verdict }) => verdict)).toEqual(['rejected', 'rejected']);
});

test('signed annotations are compared, and a value that differs is refused', async () => {
  const folder = ['cosign3-bundle-annotations'] as const;
  const base = { ...LOGS, 'certificate-identity': SUBJECT };
  const right = await verify(folder, { ...base, annotations: 'team=red\nnote=a <b> & ü' });
  expect(right.decided[folder[0]]).toBe('pass');
  const wrong = await verify(folder, { ...base, annotations: 'team=blue' });
  expect(wrong.decided[folder[0]]).toBe('fail ANNOTATION_MISMATCH');
});
