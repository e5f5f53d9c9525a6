import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { buildIndex, pushImage } from '../../sandbox/registry/image-builder.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { ROOT, startWorld, type World } from '../../sandbox/world.ts';
import { BUNDLE_V03, OCI_INDEX } from '../../src/domain/image/media-types.ts';
import type { Results } from '../../src/domain/results.ts';
import { expectHarmless } from '../adversarial/harmless-report.ts';
import { goodBundle } from '../adversarial/signature-seeds.ts';
import { copyTampered } from './copy-tampered.ts';

/* What the sign action writes, the gate accepts, and refuses with one bit changed; both through dist/. */

const identity = (world: World) => ({
  'source-repository': 'octo-org/octo-repo',
  workflow: '.github/workflows/release.yml',
  'source-ref': 'refs/heads/main',
  'certificate-oidc-issuer': world.sigstore.issuer,
  'wait-for': '0s',
});

async function resultsOf(run: { readonly outputs: Readonly<Record<string, string>> }): Promise<Results> {
  const results = JSON.parse(await readFile(run.outputs['report-path'] ?? '', 'utf8')) as Results;
  const schema: unknown = JSON.parse(await readFile(join(ROOT, 'docs/results.schema.json'), 'utf8'));
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema as object);
  expect(validate(results), JSON.stringify(validate.errors)).toBe(true);
  expect(validate(JSON.parse(run.outputs['results'] ?? '')), 'the output').toBe(true);
  return results;
}

describe.each([
  { variant: 'v1', format: 'both', read: ['bundle', 'legacy'] },
  { variant: 'v2', format: 'bundle', read: ['bundle'] },
  { variant: 'tsa', format: 'bundle', read: ['bundle'] },
] as const)('signed with $variant as $format', ({ variant, format, read }) => {
  test('is accepted with every platform, and refused with one bit of the signature changed', async () => {
    await using world = await startWorld({ variant });
    const image = buildIndex({ content: variant });
    const name = `${world.host}/acme/app`;
    await pushImage(world.registryUrl, 'acme/app', image, { tag: '1', ...(await world.pushLogin('acme/app')) });
    const signing = await world.sign({
      images: `${name}@${image.digest}`,
      format,
      recursive: 'true',
      annotations: 'team=red',
    });
    expect(signing.exitCode, signing.log.join('\n')).toBe(0);
    copyTampered(world, 'acme/app', 'acme/twin', image.digest);
    const inputs = { ...identity(world), annotations: 'team=red' };

    for (const one of read) {
      const [accepted, refused] = await Promise.all([
        world.verify({ ...inputs, images: `${name}:1`, format: one, recursive: 'true' }),
        world.verify({ ...inputs, images: `${world.host}/acme/twin@${image.digest}`, format: one }),
      ]);
      expect(accepted.outputs, accepted.log.join('\n')).toMatchObject({
        verified: 'true',
        verdict: 'pass',
        reason: '',
        images: `${name}@${image.digest}`,
        issuer: world.sigstore.issuer,
      });
      expect(accepted.exitCode).toBe(0);
      const [passed] = (await resultsOf(accepted)).images;
      expect(passed?.signatures[0]).toMatchObject({ format: one, verdict: 'accepted', annotations: { team: 'red' } });
      expect(passed?.platforms?.map((platform) => platform.verdict)).toEqual(['pass', 'pass']);

      expect(refused).toMatchObject({
        exitCode: 1,
        outputs: { verified: 'false', reason: 'SIGNATURE_INVALID', images: '' },
      });
      expect((await resultsOf(refused)).images[0]?.signatures).toMatchObject([
        { verdict: 'rejected', reason: 'SIGNATURE_INVALID' },
      ]);
      expectHarmless(accepted);
      expectHarmless(refused);
    }
    const wrong = await world.verify({ ...inputs, annotations: 'team=blue', images: `${name}@${image.digest}` });
    expect(wrong.outputs['reason']).toBe('ANNOTATION_MISMATCH');
  });
});

test('without Rekor v1 a legacy signature is INPUT_INVALID and nothing is written', async () => {
  await using world = await startWorld({ variant: 'v2' });
  const image = buildIndex({ content: 'no v1' });
  await pushImage(world.registryUrl, 'acme/app', image, { tag: '1', ...(await world.pushLogin('acme/app')) });
  const run = await world.sign({ images: `${world.host}/acme/app@${image.digest}`, format: 'legacy' });
  expect(run.exitCode).toBe(1);
  expect(world.registry.store.tags('acme/app')).toEqual(['1']);
});

describe('the process itself', () => {
  test('says no first, whatever stops it; a hostile branch forges nothing; a dead registry is an error', async () => {
    await using world = await startWorld({ auth: 'none' });
    const image = buildIndex({ content: 'hostile' });
    await pushImage(world.registryUrl, 'acme/app', image, { tag: '1' });
    const text = 'x"$(id)`id`;id\n::set-output name=verified::true\n##[set-env name=A]b<img src=x>|';
    const uri = `https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/${text}`;
    const certify = { names: [{ uri }], extensions: { 6: text, 9: uri, 14: `refs/heads/${text}`, 18: uri } };
    const digest = image.digest as Parameters<typeof goodBundle>[1];
    seedReferrer(world.registry.store, 'acme/app', digest, {
      artifactType: BUNDLE_V03,
      layer: JSON.stringify(goodBundle(world.sigstore, digest, { certify })),
    });
    const reference = `${world.host}/acme/app@${image.digest}`;
    const { 'source-ref': _, ...anyRef } = identity(world);
    const [asked, refused, invalid, dead] = await Promise.all([
      world.verify({ images: reference, ...anyRef }),
      world.verify({ images: reference, ...identity(world) }),
      world.verify({ images: '', ...identity(world) }),
      world.verify({ images: `127.0.0.1:9/acme/app@${image.digest}`, ...identity(world), 'retry-for': '0s' }),
    ]);
    for (const run of [asked, refused, invalid, dead]) {
      expectHarmless(run);
      expect(run.timedOut).toBe(false);
    }
    for (const run of [refused, invalid, dead])
      expect(run).toMatchObject({ exitCode: 1, outputs: { verified: 'false', images: '' } });
    expect(refused.outputs['verdict']).toBe('fail');
    expect(invalid.outputs).toMatchObject({ verdict: 'error', reason: 'INPUT_INVALID' });
    expect(dead.outputs).toMatchObject({ verdict: 'error', reason: 'REGISTRY_UNAVAILABLE' });
  });

  test('waits for a signature that the registry shows late, calls nothing else offline, and logs no token', async () => {
    await using world = await startWorld({
      registryFaults: [
        {
          match: ({ method, url }) => method === 'GET' && url.pathname.includes('/referrers/'),
          times: 1,
          action: {
            reply: { status: 200, headers: [['Content-Type', OCI_INDEX]], body: '{"schemaVersion":2,"manifests":[]}' },
          },
        },
      ],
    });
    const image = buildIndex({ content: 'late' });
    await pushImage(world.registryUrl, 'acme/app', image, { tag: '1', ...(await world.pushLogin('acme/app')) });
    const digest = image.digest as Parameters<typeof goodBundle>[1];
    seedReferrer(world.registry.store, 'acme/app', digest, {
      artifactType: BUNDLE_V03,
      layer: JSON.stringify(goodBundle(world.sigstore, digest)),
    });
    world.log.clear();
    const run = await world.verify({
      images: `${world.host}/acme/app@${image.digest}`,
      ...identity(world),
      'wait-for': '20s',
      offline: 'true',
    });
    expect(run.exitCode, run.log.join('\n')).toBe(0);
    expect(run.log.join('\n')).toContain('waiting');
    expect(new Set(world.log.requests().map(({ server }) => server))).toEqual(new Set(['registry', 'token server']));
    for (const secret of ['sandbox-password', Buffer.from('alice:sandbox-password').toString('base64')]) {
      expect(run.log.join('\n')).not.toContain(secret);
      expect(run.summary).not.toContain(secret);
    }
    expect(world.registry.misplaced).toEqual([]);
  });
});
