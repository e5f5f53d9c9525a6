import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { ROOT, startWorld, type World } from '../../sandbox/world.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03, OCI_MANIFEST } from '../../src/domain/image/media-types.ts';
import type { ImageResult, Results } from '../../src/domain/results.ts';
import {
  goodAttestation,
  layerOf,
  provenanceOf,
  putAttestationTag,
  SBOM,
  SPDX,
} from '../adversarial/attestation-seeds.ts';
import { goodBundle } from '../adversarial/signature-seeds.ts';
import { withoutProcesses } from '../in-process.ts';
import { shown } from './sign-world.ts';

/* Attestations that others wrote, and that we wrote by hand, a few through the committed dist/verify. */

const SAMPLES = join(ROOT, '__tests__/fixtures/attestation-samples');
const GOLDEN = join(ROOT, '__tests__/fixtures/golden');
const read = (...path: readonly string[]): Buffer => readFileSync(join(...path));

let world: World;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: World;
beforeAll(async () => {
  byDist = await startWorld({ auth: 'none' });
  world = withoutProcesses(byDist);
});
afterAll(() => world.close());

interface Judged {
  readonly run: RunResult;
  readonly image: ImageResult | undefined;
  readonly decided: string;
}

async function verify(
  reference: string,
  attestations: string,
  inputs: Readonly<Record<string, string>>,
  by = world,
): Promise<Judged> {
  const run = await by.verify(
    { images: reference, 'wait-for': '0s', 'require-signature': 'false', attestations, ...inputs },
    { timeoutMs: 150_000 },
  );
  const results = JSON.parse(run.outputs['results'] || '{"images":[]}') as Results;
  const [image] = results.images;
  const decided =
    image === undefined ? `stopped ${run.outputs['reason']}` : `${image.verdict} ${image.reason ?? ''}`.trim();
  expect(run.exitCode, shown(run)).toBe(decided === 'pass' ? 0 : 1);
  expect(run.outputs['verified']).toBe(String(decided === 'pass'));
  return { run, image, decided };
}

/** Puts a document into the registry under its digest, past all checks, and attaches what is given. */
function place(repository: string, document: Uint8Array, bundle?: Uint8Array): string {
  const digest = world.registry.store.putManifest(repository, document, OCI_MANIFEST);
  if (bundle !== undefined) {
    seedReferrer(world.registry.store, repository, digest, { artifactType: BUNDLE_V03, layer: bundle });
  }
  return `${world.host}/${repository}@${digest}`;
}

describe('actions/attest', () => {
  const seeds = createRequire(import.meta.url)('@sigstore/tuf/seeds.json');
  const publicGood = Buffer.from(
    seeds['https://tuf-repo-cdn.sigstore.dev'].targets['trusted_root.json'],
    'base64',
  ).toString();
  const sample = (name: string): string =>
    place(`samples/${name}`, read(SAMPLES, `${name}.artifact`), read(SAMPLES, `${name}.json`));

  test.each([
    {
      name: 'actions-attest-public-good',
      root: publicGood,
      inputs: {
        'source-repository': 'too-legit/attest',
        'certificate-oidc-issuer': 'https://token.actions.githubusercontent.com/hammer-time',
      },
      twin: { 'certificate-oidc-issuer': 'https://token.actions.githubusercontent.com' },
      refused: 'ISSUER_MISMATCH',
    },
    {
      name: 'actions-attest-reusable-workflow',
      root: publicGood,
      inputs: {
        'source-repository': 'malancas/attest-demo',
        'signer-workflow': 'github/artifact-attestations-workflows/.github/workflows/attest.yml',
      },
      twin: { 'signer-workflow': 'github/artifact-attestations-workflows/.github/workflows/other.yml' },
      refused: 'IDENTITY_MISMATCH',
    },
    {
      name: 'actions-attest-github-instance',
      root: read(SAMPLES, 'github-trusted-root.json').toString(),
      inputs: { 'source-repository': 'actions/attest-demo' },
      twin: { 'source-repository': 'actions/other' },
      refused: 'CLAIM_MISMATCH',
    },
  ])('$name is accepted as provenance, which its certificate confirms, and refused by another rule', async (one) => {
    const reference = sample(one.name);
    const inputs = { ...one.inputs, 'trusted-root': one.root };
    const { run, image, decided } = await verify(reference, 'provenance', inputs);
    expect(decided, shown(run)).toBe('pass');
    expect(image?.attestations).toMatchObject([
      { verdict: 'accepted', predicateType: 'https://slsa.dev/provenance/v1' },
    ]);
    const [file = ''] = readdirSync(run.outputs['attestations-path'] ?? '');
    const statement = JSON.parse(read(run.outputs['attestations-path'] ?? '', file).toString());
    expect(statement.predicateType).toBe('https://slsa.dev/provenance/v1');
    // The attested file is not an image, so what is below it cannot be read, but what it lacks itself is known.
    const twin = await verify(reference, 'provenance', { ...inputs, ...one.twin });
    expect(twin.decided).toBe('error REGISTRY_INVALID');
    expect(twin.image?.attestations).toMatchObject([{ verdict: 'rejected', reason: one.refused, statementPath: null }]);
    const other = await verify(reference, 'sbom', inputs);
    expect(other.image).toMatchObject({
      attestations: [],
      message: expect.stringContaining('no attestation of this type'),
    });
  });

  test('without the input it is no image signature, and the report prints what would accept it', async () => {
    const { run, decided } = await verify(sample('actions-attest-reusable-workflow'), '', {
      'require-signature': 'true',
      'source-repository': 'malancas/attest-demo',
      'trusted-root': publicGood,
    });
    expect(decided).toBe('fail NO_SIGNATURE');
    for (const text of [run.summary, run.log.join('\n')]) {
      expect(text).toContain('require-signature: false');
      expect(text).toContain('attestations: "provenance"');
    }
  });

  test('slsa-github-generator’s .att layer needs its build type to be named', async () => {
    const folder = join(SAMPLES, 'slsa-generator-att');
    const { store } = world.registry;
    const subject = store.putManifest('samples/generator', read(folder, 'subject-manifest.json'));
    for (const blob of ['config.json', 'layer0']) store.putBlob('samples/generator', read(folder, blob));
    const tag = store.putManifest('samples/generator', read(folder, 'manifest.json'));
    store.setTag('samples/generator', `${subject.replace(':', '-')}.att`, tag);
    const reference = `${world.host}/samples/generator@${subject}`;
    const inputs = {
      'trusted-root': publicGood,
      'source-repository': 'slsa-framework/example-package',
      'signer-workflow':
        'slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/v1.10.0',
    };
    const type = 'build-type=https://github.com/slsa-framework/slsa-github-generator/container@v1';
    const builder = `builder-id=https://github.com/${inputs['signer-workflow']}`;
    const line = `slsaprovenance\n  ${type}\n  ${builder}`;
    const { run, image, decided } = await verify(reference, line, inputs);
    expect(decided, shown(run)).toBe('pass');
    expect(image?.attestations).toMatchObject([{ format: 'legacy', requirement: `slsaprovenance ${type} ${builder}` }]);
    // Its platform images are not here.
    for (const other of ['slsaprovenance', `slsaprovenance ${type}2`]) {
      const refused = await verify(reference, other, inputs);
      expect(refused.decided).toBe('error IMAGE_NOT_FOUND');
      expect(refused.image?.attestations).toMatchObject([{ verdict: 'rejected', reason: 'ATTESTATION_MISMATCH' }]);
    }
    const other = await verify(reference, 'provenance', inputs);
    expect(other.image?.attestations).toMatchObject([{ verdict: 'rejected', reason: null, requirement: null }]);
  });
});

test('cosign attest: its golden attestation is accepted with its build type named, and never as an image signature', async () => {
  const folder = join(GOLDEN, 'cosign3-attestation-slsa');
  const reference = place('golden/attestation', read(folder, 'subject-manifest.json'), read(folder, 'bundle.json'));
  const inputs = {
    'trusted-root': join(GOLDEN, 'trust/trusted_root.json'),
    'certificate-oidc-issuer': 'http://127.0.0.1:8000',
    'source-repository': 'octo-org/octo-repo',
  };
  const line = 'provenance build-type=https://example.com/b builder-id=https://example.com/builder';
  expect((await verify(reference, line, inputs, byDist)).decided).toBe('pass');
  expect((await verify(reference, 'provenance', inputs)).decided).toBe('fail ATTESTATION_MISMATCH');
  expect((await verify(reference, line, { ...inputs, 'require-signature': 'true' })).decided).toBe('fail NO_SIGNATURE');
});

describe('of our own', () => {
  const fresh = (name: string) => {
    const repository = `own/${name}`;
    const digest = storeImage(world.registry.store, repository, buildImage({ content: name })) as Digest;
    return { repository, digest, reference: `${world.host}/${repository}@${digest}` };
  };
  const attach = ({ repository, digest }: ReturnType<typeof fresh>, bundle: unknown): void => {
    seedReferrer(world.registry.store, repository, digest, { artifactType: BUNDLE_V03, layer: JSON.stringify(bundle) });
  };
  const inputs = () => ({
    'require-signature': 'true',
    'source-repository': 'octo-org/octo-repo',
    'source-ref': 'refs/heads/main',
    'certificate-oidc-issuer': world.sigstore.issuer,
  });
  const validate = new Ajv({ strict: false }).compile(JSON.parse(read(ROOT, 'docs/results.schema.json').toString()));

  test('signature, provenance and SBOM pass together, by the schema; without one of them the image is refused', async () => {
    const image = fresh('all');
    const { sigstore } = world;
    attach(image, goodBundle(sigstore, image.digest));
    attach(image, goodAttestation(sigstore, image.digest));
    expect((await verify(image.reference, 'provenance\nspdx', inputs(), byDist)).decided).toBe('fail NO_ATTESTATION');
    const bundle = goodAttestation(sigstore, image.digest, { predicateType: SPDX, predicate: SBOM });
    putAttestationTag(world.registry.store, image.repository, image.digest, [layerOf(bundle)]);
    const { run, decided } = await verify(image.reference, 'provenance\nspdx', inputs(), byDist);
    expect(decided, shown(run)).toBe('pass');
    const results: unknown = JSON.parse(read(run.outputs['report-path'] ?? '').toString());
    expect(validate(results), JSON.stringify(validate.errors)).toBe(true);
    expect(results).toMatchObject({ schemaVersion: 2, images: [{ attestations: [{}, {}] }] });
    expect(readdirSync(run.outputs['attestations-path'] ?? '')).toHaveLength(2);
    expect(run.summary).toContain('| Image | Attestation | By | Signed at | Meets |');
  });

  test('provenance that names another builder is refused with field, wanted and found', async () => {
    const image = fresh('forged');
    const predicate = provenanceOf(world.sigstore);
    predicate.runDetails.builder.id = 'https://github.com/trusted/flows/.github/workflows/b.yml@refs/tags/v1';
    attach(image, goodAttestation(world.sigstore, image.digest, { predicate }));
    const { run, decided } = await verify(image.reference, 'provenance', { ...inputs(), 'require-signature': 'false' });
    expect(decided).toBe('fail ATTESTATION_MISMATCH');
    expect(run.summary).toContain('runDetails.builder.id');
    expect(run.outputs).toMatchObject({ reason: 'ATTESTATION_MISMATCH', images: '', 'attestations-path': '' });
  });

  test('an empty value means none, and the log says so', async () => {
    const image = fresh('none');
    attach(image, goodBundle(world.sigstore, image.digest));
    const { run, decided } = await verify(image.reference, '', inputs());
    expect(decided).toBe('pass');
    expect(run.log.join('\n')).toContain('No attestation is required');
  });
});
