import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { buildIndex } from '../../sandbox/registry/image-builder.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { BUNDLE_V03 } from '../../sandbox/sigstore/hand-signer.ts';
import { imageStatement } from '../../sandbox/sigstore/image-statement.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import {
  type AttestationSeed,
  goodAttestation,
  layerOf,
  provenanceOf,
  putAttestationTag,
  SBOM,
  SLSA,
  SPDX,
  statementAbout,
} from './attestation-seeds.ts';
import { decision, type GateRun, isOpen, type LabImage, openLab, RELEASE, RIGHT_SIGNER } from './in-process-gate.ts';
import { goodBundle, goodLayer, type Json, putLayers, putSignatureTag } from './signature-seeds.ts';

/* The whole gate with `attestations`: every class of pitfall that other verifiers fell into has a test with its name. */

const lab = await openLab();
const { sigstore } = lab;
/** Every line names its own signer, so the step gives no identity input, not even an issuer. */
const LINES_ALONE = { 'require-signature': 'false', 'certificate-oidc-issuer': '' };
const ONLY = { 'require-signature': 'false', ...RIGHT_SIGNER };

const attest = (seed: AttestationSeed = {}, image = lab.freshImage()): LabImage => {
  lab.attach(image.repository, image.digest, goodAttestation(sigstore, image.digest, seed));
  return image;
};
const sbom = (seed: AttestationSeed = {}): AttestationSeed => ({ predicateType: SPDX, predicate: SBOM, ...seed });

async function judge(
  image: LabImage,
  attestations: string,
  inputs: Readonly<Record<string, string>> = ONLY,
): Promise<GateRun> {
  const run = await lab.verify({ images: image.reference, attestations, ...inputs });
  const isPass = decision(run) === 'pass';
  expect(isOpen(run), run.stdout).toBe(isPass);
  return run;
}
const verdict = async (...args: Parameters<typeof judge>): Promise<string> => decision(await judge(...args));

describe('what is there and meets the line', () => {
  test('passes without an image signature only if none is required', async () => {
    const image = attest();
    const run = await judge(image, 'provenance');
    expect(decision(run)).toBe('pass');
    const [result] = run.results.images;
    expect(result?.attestations).toMatchObject([
      { verdict: 'accepted', predicateType: SLSA, requirement: 'provenance', subject: RELEASE.subject, reason: null },
    ]);
    expect(run.outputs).toMatchObject({ subject: RELEASE.subject, issuer: sigstore.issuer, verified: 'true' });
    expect(await verdict(image, 'provenance', RIGHT_SIGNER)).toBe('fail NO_SIGNATURE');
    lab.attach(image.repository, image.digest, goodBundle(sigstore, image.digest));
    expect(await verdict(image, 'provenance', RIGHT_SIGNER)).toBe('pass');
  });

  test('all lines must hold', async () => {
    const image = attest();
    expect(await verdict(image, 'provenance\nsbom')).toBe('fail NO_ATTESTATION');
    attest(sbom(), image);
    expect(await verdict(image, 'provenance\nsbom')).toBe('pass');
    expect(await verdict(image, 'provenance\nsbom\nvuln')).toBe('fail NO_ATTESTATION');
  });

  test('the signature is required in addition: attestations do not replace it, nor it them', async () => {
    const image = lab.freshImage();
    lab.attach(image.repository, image.digest, goodBundle(sigstore, image.digest));
    expect(await verdict(image, 'provenance', RIGHT_SIGNER)).toBe('fail NO_ATTESTATION');
    expect(await verdict(image, 'provenance')).toBe('fail NO_ATTESTATION');
  });

  test('inputs are offered for a signer that is refused, not for one that is accepted and lacks an attestation', async () => {
    const image = lab.freshImage();
    lab.attach(image.repository, image.digest, goodBundle(sigstore, image.digest));
    const lacking = await judge(image, 'sbom', RIGHT_SIGNER);
    expect(decision(lacking)).toBe('fail NO_ATTESTATION');
    expect(lacking.stdout).not.toContain('Inputs that would accept');
    const refused = await judge(image, 'sbom', { ...RIGHT_SIGNER, 'source-ref': 'refs/tags/v1' });
    expect(decision(refused)).toBe('fail CLAIM_MISMATCH');
    expect(refused.stdout).toContain('Inputs that would accept');
  });

  test('bundles and the .att tag are both read, whichever is there', async () => {
    const image = lab.freshImage();
    const bundle = goodAttestation(sigstore, image.digest);
    putAttestationTag(lab.registry.store, image.repository, image.digest, [layerOf(bundle)]);
    expect(await verdict(image, 'provenance')).toBe('pass');
    expect(await verdict(image, 'provenance', { ...ONLY, format: 'bundle' })).toBe('fail NO_ATTESTATION');
    expect(await verdict(image, 'provenance', { ...ONLY, format: 'legacy' })).toBe('pass');
    // A bundle of another type does not hide it, as it does from cosign.
    attest(sbom(), image);
    const run = await judge(image, 'provenance\nsbom');
    expect(decision(run)).toBe('pass');
    expect(
      run.results.images[0]?.attestations?.map(({ format, requirement }) => `${format} ${requirement}`).sort(),
    ).toEqual(['bundle sbom', 'legacy provenance']);
  });

  test('its statement lies in the folder of the output, as it was signed, under a name without foreign text', async () => {
    const image = attest(sbom({ statement: { subject: undefined } }));
    const good = attest(sbom({ predicate: { ...SBOM, name: '../../evil' } }), image);
    const run = await judge(good, 'sbom');
    const path = run.outputs['attestations-path'] ?? '';
    const names = readdirSync(path);
    expect(names).toEqual([expect.stringMatching(/^sha256-[0-9a-f]{64}\.json$/)]);
    const statement = JSON.parse(readFileSync(join(path, names[0] ?? ''), 'utf8'));
    expect(statement).toMatchObject({ predicateType: SPDX, predicate: { name: '../../evil' } });
    const accepted = run.results.images[0]?.attestations?.find(({ verdict }) => verdict === 'accepted');
    expect(accepted?.statementPath).toBe(join(path, names[0] ?? ''));
    expect(existsSync(join(path, '../../evil'))).toBe(false);
    // Nothing is kept of what was not accepted.
    const refused = await judge(attest({ predicateType: 'urn:x' }), 'provenance');
    expect(refused.outputs['attestations-path']).toBe('');
  });
});

describe('each pitfall', () => {
  test('another type counts: the signed type decides, exactly; annotations and aliases prove nothing', async () => {
    const image = lab.freshImage();
    const layer = JSON.stringify(goodAttestation(sigstore, image.digest, { predicateType: `${SLSA}.1` }));
    seedReferrer(lab.registry.store, image.repository, image.digest, {
      artifactType: BUNDLE_V03,
      layer,
      annotations: { 'dev.sigstore.bundle.predicateType': SLSA },
    });
    const run = await judge(image, 'provenance');
    expect(decision(run)).toBe('fail NO_ATTESTATION');
    expect(run.results.images[0]?.message).toContain(`found instead: ${SLSA}.1`);
    // The reverse: a wrong annotation hides nothing.
    const hidden = lab.freshImage();
    seedReferrer(lab.registry.store, hidden.repository, hidden.digest, {
      artifactType: BUNDLE_V03,
      layer: JSON.stringify(goodAttestation(sigstore, hidden.digest)),
      annotations: { 'dev.sigstore.bundle.predicateType': 'https://sigstore.dev/cosign/sign/v1' },
    });
    expect(await verdict(hidden, 'provenance')).toBe('pass');
  });

  test('an attestation offered as image signature, and the reverse', async () => {
    const image = attest();
    expect(await verdict(image, '', RIGHT_SIGNER)).toBe('fail NO_SIGNATURE');
    const signed = lab.freshImage();
    lab.attach(signed.repository, signed.digest, goodBundle(sigstore, signed.digest));
    putAttestationTag(lab.registry.store, signed.repository, signed.digest, [
      { ...goodLayer(sigstore, signed.digest), mediaType: 'application/vnd.dsse.envelope.v1+json' },
      layerOf(goodBundle(sigstore, signed.digest)),
    ]);
    expect(await verdict(signed, 'provenance')).toBe('fail NO_ATTESTATION');
    // An envelope in the .sig tag, or as a layer of cosign's signature artifact, is neither.
    const tagged = lab.freshImage();
    const layer = {
      ...layerOf(goodAttestation(sigstore, tagged.digest)),
      mediaType: 'application/vnd.dsse.envelope.v1+json',
    };
    putSignatureTag(lab.registry.store, tagged.repository, tagged.digest, [layer]);
    putLayers(lab.registry.store, tagged.repository, [layer], tagged.digest);
    expect(await verdict(tagged, 'provenance')).toBe('fail NO_ATTESTATION');
    expect(await verdict(tagged, '', RIGHT_SIGNER)).toBe('fail NO_SIGNATURE');
  });

  test('an empty result passes: each line needs a match, and no line is no requirement', async () => {
    const image = lab.freshImage();
    expect(await verdict(image, 'provenance')).toBe('fail NO_ATTESTATION');
    expect(await verdict(image, '')).toBe('stopped INPUT_INVALID');
    expect(await verdict(image, '\n')).toBe('stopped INPUT_INVALID');
  });

  test('junk beside a good one: passes only without a content condition', async () => {
    const vuln = 'https://cosign.sigstore.dev/attestation/vuln/v1';
    // A type without rules for its content: any one of the signer is enough.
    expect(await verdict(attest({ predicateType: vuln, predicate: {} }), 'vuln')).toBe('pass');
    const junk = attest(sbom({ predicate: {} }));
    expect(await verdict(junk, 'spdx')).toBe('fail ATTESTATION_MISMATCH');
    attest(sbom(), junk);
    expect(await verdict(junk, 'spdx')).toBe('pass');
    const forged = attest({ predicate: {} });
    expect(await verdict(forged, 'provenance')).toBe('fail ATTESTATION_MISMATCH');
    attest({}, forged);
    expect(await verdict(forged, 'provenance')).toBe('pass');
  });

  test('predicate written by any step: provenance of another run, or changed, is refused with field, wanted and found', async () => {
    const predicate = provenanceOf(sigstore);
    predicate.runDetails.builder.id = 'https://github.com/trusted/builder/.github/workflows/b.yml@refs/tags/v1';
    const run = await judge(attest({ predicate }), 'provenance');
    expect(decision(run)).toBe('fail ATTESTATION_MISMATCH');
    expect(run.results.images[0]?.message).toContain(
      `runDetails.builder.id: expected ${RELEASE.subject}, found ${predicate.runDetails.builder.id}`,
    );
    expect(await verdict(attest({ predicate: provenanceOf(sigstore, { sha: 'f'.repeat(40) }) }), 'provenance')).toBe(
      'fail ATTESTATION_MISMATCH',
    );
  });

  test('a foreign build type to avoid the comparison', async () => {
    const predicate = provenanceOf(sigstore);
    predicate.buildDefinition.buildType = 'https://evil.example/v1';
    predicate.runDetails.builder.id = 'https://anything.example';
    const image = attest({ predicate });
    for (const line of ['provenance', SLSA, 'slsaprovenance1']) {
      expect(await verdict(image, line), line).toBe('fail ATTESTATION_MISMATCH');
    }
    expect(await verdict(image, 'provenance build-type=https://evil.example/v1')).toBe('pass');
  });

  test('subject: another digest, algorithm or spelling is another image; names prove nothing', async () => {
    const image = lab.freshImage();
    const hex = image.digest.replace('sha256:', '');
    const with_ = (subject: Json) => attest({ statement: { subject } }, lab.freshImage());
    const other = lab.freshImage();
    lab.attach(image.repository, image.digest, goodAttestation(sigstore, other.digest));
    const run = await judge(image, 'provenance');
    expect(decision(run)).toBe('fail SUBJECT_DIGEST_MISMATCH');
    expect(run.results.images[0]?.message).toContain(other.digest.replace('sha256:', ''));
    for (const digest of [{ sha512: hex }, { SHA256: hex }, { sha256: hex.toUpperCase() }, { sha256: `${hex} ` }, {}]) {
      expect(await verdict(with_([{ name: image.name, digest }]), 'provenance')).toMatch(/^fail (?:SUBJECT|SIGNATURE)/);
    }
    const many = lab.freshImage();
    const ours = { digest: { sha512: 'x', sha256: many.digest.replace('sha256:', '') } };
    const subject = [...Array(1000).fill({ name: 'x', digest: { sha256: '0'.repeat(64) } }), ours];
    attest({ statement: { subject } }, many);
    expect(await verdict(many, 'provenance')).toBe('pass');
    const tooMany = lab.freshImage();
    const mine = { digest: { sha256: tooMany.digest.replace('sha256:', '') } };
    attest({ statement: { subject: Array(1025).fill(mine) } }, tooMany);
    expect(await verdict(tooMany, 'provenance')).toBe('fail SIGNATURE_INVALID');
  });

  test('payloadType: exactly one value, and exactly one signature', async () => {
    const image = lab.freshImage();
    lab.attach(
      image.repository,
      image.digest,
      goodAttestation(sigstore, image.digest, { payloadType: 'application/vnd.in-toto.provenance+json' }),
    );
    expect(await verdict(image, 'provenance')).toBe('fail NO_ATTESTATION');
    const twice = lab.freshImage();
    const bundle = goodAttestation(sigstore, twice.digest);
    bundle.dsseEnvelope.signatures.push(bundle.dsseEnvelope.signatures[0]);
    lab.attach(twice.repository, twice.digest, bundle);
    expect(await verdict(twice, 'provenance')).toBe('fail SIGNATURE_INVALID');
  });

  test.each([
    [
      'in the statement',
      (text: string) => text.replace('"predicateType":', '"predicateType":"urn:x","predicateType":'),
    ],
    ['in the predicate', (text: string) => text.replace('"buildType":', '"buildType":"x","buildType":')],
    ['as an unknown field', (text: string) => text.replace('"predicateType":', '"extra":1,"predicateType":')],
    ['in another spelling', (text: string) => text.replace('"predicateType":', '"PredicateType":"x","predicateType":')],
  ])('duplicate keys and unknown fields: %s', async (_, change) => {
    const image = lab.freshImage();
    const payload = change(JSON.stringify(statementAbout(image.digest, { predicate: provenanceOf(sigstore) })));
    attest({ payload }, image);
    expect(await verdict(image, 'provenance')).toMatch(/^fail (?:SIGNATURE_INVALID|NO_ATTESTATION)$/);
    attest({}, image);
    expect(await verdict(image, 'provenance')).toBe('pass');
  });

  test('predicate not an object: a text is parsed once for an SBOM, and is nothing else', async () => {
    const text = (predicate: Json) => attest(sbom({ predicateType: 'https://spdx.dev/Document', predicate }));
    expect(await verdict(text(JSON.stringify(SBOM)), 'spdx')).toBe('pass');
    expect(await verdict(text('SPDXVersion: SPDX-2.3'), 'spdx')).toBe('fail ATTESTATION_MISMATCH');
    expect(await verdict(attest({ predicate: JSON.stringify(provenanceOf(sigstore)) }), 'provenance')).toBe(
      'fail ATTESTATION_MISMATCH',
    );
    expect(await verdict(attest({ predicate: [] }), 'provenance')).toBe('fail SIGNATURE_INVALID');
  });

  test('changed after it was signed', async () => {
    const image = lab.freshImage();
    const bundle = goodAttestation(sigstore, image.digest, sbom());
    const evil = statementAbout(image.digest, sbom({ predicate: { ...SBOM, name: 'other' } }));
    bundle.dsseEnvelope.payload = Buffer.from(JSON.stringify(evil)).toString('base64');
    lab.attach(image.repository, image.digest, bundle);
    expect(await verdict(image, 'sbom')).toBe('fail SIGNATURE_INVALID');
  });

  test('not logged, or by another Sigstore', async () => {
    expect(await verdict(attest({ entries: [] }), 'provenance')).toBe('fail NOT_LOGGED');
    const image = lab.freshImage();
    const bundle = goodAttestation(sigstore, image.digest);
    putAttestationTag(lab.registry.store, image.repository, image.digest, [
      { ...layerOf(bundle), annotations: { ...layerOf(bundle).annotations, 'dev.sigstore.cosign/bundle': '' } },
    ]);
    expect(await verdict(image, 'provenance')).toMatch(/^fail/);
  });

  test('unsigned discovery: statements without a signature are listed, never counted', async () => {
    const image = lab.freshImage();
    const statement = statementAbout(image.digest, { predicate: provenanceOf(sigstore) });
    seedReferrer(lab.registry.store, image.repository, image.digest, {
      artifactType: 'application/vnd.in-toto+json',
      layer: JSON.stringify(statement),
    });
    const run = await judge(image, 'provenance');
    expect(decision(run)).toBe('fail NO_ATTESTATION');
    expect(run.results.images[0]?.message).toContain('application/vnd.in-toto+json');
  });

  test('a second bundle unchecked: every one is proven, and a bad one hides no good one', async () => {
    const image = attest({ entries: [] });
    attest({ predicate: {} }, image);
    attest({}, image);
    const run = await judge(image, 'provenance');
    expect(decision(run)).toBe('pass');
    expect(run.results.images[0]?.attestations?.map(({ verdict }) => verdict)).toEqual([
      'accepted',
      'rejected',
      'rejected',
    ]);
  });
});

describe('huge input', () => {
  test('an attestation of more than 16 MiB is read, for it may have 24', async () => {
    const big = { ...SBOM, packages: [{ name: 'a', comment: 'x'.repeat(15 * 1024 * 1024) }] };
    expect(await verdict(attest(sbom({ predicate: big })), 'sbom')).toBe('pass');
  });

  test('one over the cap is an error for a line that it could have met, and for no other', async () => {
    const image = lab.freshImage();
    lab.attach(image.repository, image.digest, Buffer.alloc(24 * 1024 * 1024 + 1, 0x20));
    const run = await judge(image, 'provenance');
    expect(decision(run)).toBe('error REGISTRY_INVALID');
    expect(run.results.images[0]?.message).toContain('too large');
    attest({}, image);
    expect(await verdict(image, 'provenance')).toBe('pass');
    const tagged = lab.freshImage();
    const layer = { payload: Buffer.alloc(24 * 1024 * 1024 + 1), annotations: {} };
    putAttestationTag(lab.registry.store, tagged.repository, tagged.digest, [layer]);
    expect(await verdict(tagged, 'provenance')).toBe('error REGISTRY_INVALID');
  });

  test.each([
    ['is not served', 404, 'REGISTRY_UNAVAILABLE'],
    ['is refused', 403, 'REGISTRY_DENIED'],
    ['does not come', 503, 'REGISTRY_UNAVAILABLE'],
  ])(
    'one that is listed and %s is an error, whatever its annotation says, unless another is met',
    async (_, status, code) => {
      for (const annotated of [SLSA, 'https://example.com/other']) {
        const image = lab.freshImage();
        const annotations = { 'dev.sigstore.bundle.predicateType': annotated };
        const bundle = JSON.stringify(goodAttestation(sigstore, image.digest, {}));
        const listed = { artifactType: BUNDLE_V03, annotations, layer: bundle };
        const digest = seedReferrer(lab.registry.store, image.repository, image.digest, listed);
        const match = ({ url }: { readonly url: URL }): boolean => url.pathname.endsWith(`/manifests/${digest}`);
        lab.setFaults([{ match, times: 'always', action: { reply: { status } } }]);
        expect(await verdict(image, 'provenance')).toBe(`error ${code}`);
        attest({}, image);
        expect(await verdict(image, 'provenance')).toBe('pass');
      }
    },
  );

  test('a place that fails is an error, never NO_ATTESTATION, unless another has it', async () => {
    const image = lab.freshImage();
    lab.setFaults([
      { match: ({ url }) => url.pathname.endsWith('.att'), times: 'always', action: { reply: { status: 503 } } },
    ]);
    expect(await verdict(image, 'provenance')).toBe('error REGISTRY_UNAVAILABLE');
    attest({}, image);
    expect(await verdict(image, 'provenance')).toBe('pass');
  });
});

describe('who signed', () => {
  const OTHER = { repository: 'acme/builder', workflowPath: '.github/workflows/build.yml' };

  test('is the signer of the step, unless the line names another', async () => {
    const image = attest({ run: OTHER });
    expect(await verdict(image, 'provenance')).toBe('fail CLAIM_MISMATCH');
    const issuer = `certificate-oidc-issuer=${sigstore.issuer}`;
    const named = `provenance source-repository=acme/builder ${issuer}`;
    expect(await verdict(image, named)).toBe('pass');
    expect(await verdict(image, named, LINES_ALONE)).toBe('pass');
    expect(await verdict(image, `${named} source-ref=refs/heads/other`)).toBe('fail CLAIM_MISMATCH');
    expect(await verdict(image, 'provenance source-repository=acme/builder')).toBe('fail ISSUER_MISMATCH');
  });

  test('is held to every identity rule: pull-request code, both halves', async () => {
    const issuer = `certificate-oidc-issuer=${sigstore.issuer}`;
    const pull = attest({ run: { ...OTHER, pullRequest: 7 } });
    expect(await verdict(pull, `provenance source-repository=acme/builder ${issuer}`)).toBe('fail CLAIM_MISMATCH');
    const called = attest({
      run: { ...OTHER, reusableWorkflow: 'stranger/flows/.github/workflows/x.yml@refs/heads/main' },
    });
    expect(await verdict(called, `provenance source-repository=acme/builder ${issuer}`)).toBe('fail CLAIM_MISMATCH');
    const both = `provenance source-repository=acme/builder signer-workflow=stranger/flows/.github/workflows/x.yml ${issuer}`;
    expect(await verdict(called, both)).toBe('pass');
  });

  test('one and the same attestation must meet all conditions of a line', async () => {
    const image = attest({ predicate: {} });
    attest({ run: OTHER }, image);
    expect(await verdict(image, 'provenance')).toMatch(/^fail/);
  });

  test('the max-age of line and step both hold', async () => {
    const image = attest();
    const later = { clockAheadMs: 2 * 3_600_000 };
    const age = async (line: string, inputs = {}) =>
      decision(await lab.verify({ images: image.reference, attestations: line, ...ONLY, ...inputs }, later));
    expect(await age('provenance')).toBe('pass');
    expect(await age('provenance max-age=3h')).toBe('pass');
    expect(await age('provenance max-age=1h')).toBe('fail TOO_OLD');
    expect(await age('provenance max-age=3h', { 'max-age': '1h' })).toBe('fail TOO_OLD');
  });

  test('must be named by line or step', async () => {
    const image = attest();
    const nobody = { 'require-signature': 'false', workflow: RELEASE.workflow };
    expect(await verdict(image, 'provenance', nobody)).toBe('error INPUT_INVALID');
    const issuer = `certificate-oidc-issuer=${sigstore.issuer}`;
    const line = `provenance source-repository=${RELEASE.repository} ${issuer}`;
    expect(await verdict(image, line, nobody)).toBe('stopped INPUT_INVALID');
    expect(await verdict(image, line, LINES_ALONE)).toBe('pass');
    expect(await verdict(image, line, {})).toBe('error INPUT_INVALID');
  });

  test.each([
    ['an unknown condition', 'provenance ref=x', {}],
    ['a repeated one', 'provenance source-ref=refs/heads/a source-ref=refs/heads/b', {}],
    ['an inapplicable one', 'sbom builder-id=https://x', {}],
    ['an empty one', 'provenance source-ref=', {}],
    ['an empty line', 'provenance\n\nsbom', {}],
    ['a flag with a value', 'provenance buildkit=true', {}],
    ['annotations without a signature', 'provenance', { annotations: 'a=b' }],
  ])('%s is INPUT_INVALID before any request', async (_, lines, inputs) => {
    const run = await judge(lab.freshImage(), lines, { ...ONLY, ...inputs });
    expect(decision(run)).toBe('stopped INPUT_INVALID');
    expect(run.requests).toEqual([]);
  });
});

describe('an index', () => {
  const index = (): LabImage & { readonly children: readonly Digest[] } => {
    const built = buildIndex({ content: `index ${Math.random()}` });
    const image = lab.freshImage(built);
    return { ...image, children: childrenOf(image) };
  };
  const childrenOf = ({ repository, digest }: LabImage): Digest[] => {
    const { manifests } = JSON.parse(
      Buffer.from(lab.registry.store.getManifest(repository, digest)?.bytes ?? '').toString(),
    );
    return manifests.filter((one: Json) => one.platform?.os !== 'unknown').map((one: Json) => one.digest as Digest);
  };
  const attestChild = (image: LabImage, digest: Digest, seed: AttestationSeed = {}) =>
    lab.attach(image.repository, digest, goodAttestation(sigstore, digest, seed));

  test('amd64 SBOM on an index, attested at child, sought at index: every platform image, or the index itself', async () => {
    const image = index();
    expect(image.children.length).toBeGreaterThan(1);
    const [first, ...others] = image.children as [Digest, ...Digest[]];
    expect(await verdict(image, 'sbom')).toBe('fail NO_ATTESTATION');
    attestChild(image, first, sbom());
    const run = await judge(image, 'sbom');
    expect(decision(run)).toBe('fail NO_ATTESTATION');
    expect(run.results.images[0]?.message).toMatch(/platform linux\/.* \(1 of 2 platform images do not meet it\)/);
    for (const other of others) attestChild(image, other, sbom());
    const all = await judge(image, 'sbom');
    expect(decision(all)).toBe('pass');
    expect(all.results.images[0]?.attestations?.map(({ platform }) => platform)).toEqual([
      'linux/amd64',
      'linux/arm64',
    ]);
    // An attestation about one platform does not count for the index, even if it is attached there.
    const mixed = index();
    lab.attach(mixed.repository, mixed.digest, goodAttestation(sigstore, mixed.children[0] as Digest, sbom()));
    expect(await verdict(mixed, 'sbom')).toBe('fail SUBJECT_DIGEST_MISMATCH');
  });

  test('per-platform accepts only attestations about every platform image', async () => {
    const image = index();
    lab.attach(image.repository, image.digest, goodAttestation(sigstore, image.digest));
    expect(await verdict(image, 'provenance')).toBe('pass');
    expect(await verdict(image, 'provenance per-platform')).toBe('fail NO_ATTESTATION');
    for (const child of image.children) attestChild(image, child);
    expect(await verdict(image, 'provenance per-platform')).toBe('pass');
    // A plain image is its own platform image.
    expect(await verdict(attest(), 'provenance per-platform')).toBe('pass');
  });

  test('an index without platform images meets nothing per platform', async () => {
    const bytes = JSON.stringify({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [],
    });
    const repository = 'acme/empty-index';
    const digest = lab.registry.store.putManifest(
      repository,
      bytes,
      'application/vnd.oci.image.index.v1+json',
    ) as Digest;
    const image = {
      repository,
      digest,
      name: `${lab.host}/${repository}`,
      reference: `${lab.host}/${repository}@${digest}`,
    };
    expect(await verdict(image, 'provenance')).toBe('fail NO_ATTESTATION');
    lab.attach(repository, digest, goodAttestation(sigstore, digest));
    expect(await verdict(image, 'provenance')).toBe('pass');
    expect(await verdict(image, 'provenance per-platform')).toBe('fail NO_ATTESTATION');
  });
});

describe('BuildKit’s own statements', () => {
  const TYPE = 'build-type=https://mobyproject.org/buildkit@v1';
  const LINE = `slsaprovenance buildkit ${TYPE}`;
  let count = 0;
  /** An index with its children and BuildKit's attestation manifests, changed by `change` before it is stored. */
  const built = (change: (statement: Json) => Json = (statement) => statement, drop = 0): LabImage => {
    count += 1;
    const repository = `acme/buildkit-${count}`;
    const { store } = lab.registry;
    const image = buildIndex({ content: repository, attestations: true });
    lab.putImage(repository, image);
    const index = JSON.parse(Buffer.from(store.getManifest(repository, image.digest)?.bytes ?? '').toString());
    for (const entry of index.manifests.filter((one: Json) => one.platform.os === 'unknown')) {
      const manifest = JSON.parse(Buffer.from(store.getManifest(repository, entry.digest)?.bytes ?? '').toString());
      for (const layer of manifest.layers) {
        const statement = JSON.parse(Buffer.from(store.getBlob(repository, layer.digest) ?? '').toString());
        const bytes = Buffer.from(JSON.stringify(change(statement)));
        layer.digest = store.putBlob(repository, bytes);
        layer.size = bytes.length;
      }
      const bytes = Buffer.from(JSON.stringify(manifest));
      entry.digest = store.putManifest(repository, bytes, entry.mediaType);
      entry.size = bytes.length;
    }
    index.manifests.splice(index.manifests.length - drop, drop);
    const digest = store.putManifest(repository, JSON.stringify(index), index.mediaType) as Digest;
    return { repository, digest, name: `${lab.host}/${repository}`, reference: `${lab.host}/${repository}@${digest}` };
  };
  const sign = (image: LabImage, seed = {}): LabImage => {
    lab.attach(image.repository, image.digest, goodBundle(sigstore, image.digest, seed));
    return image;
  };

  test('count only where the line says so and the index carries a signature that it accepts', async () => {
    const image = built();
    expect(await verdict(image, LINE)).toBe('fail NO_ATTESTATION');
    sign(image);
    const run = await judge(image, LINE, RIGHT_SIGNER);
    expect(decision(run)).toBe('pass');
    expect(run.results.images[0]?.attestations).toMatchObject([
      { format: 'buildkit', platform: 'linux/amd64', requirement: LINE, subject: RELEASE.subject },
      { format: 'buildkit', platform: 'linux/arm64', requirement: LINE },
    ]);
    expect(readdirSync(run.outputs['attestations-path'] ?? '')).toHaveLength(2);
    expect(await verdict(image, `slsaprovenance ${TYPE}`, RIGHT_SIGNER)).toBe('fail NO_ATTESTATION');
    // Without a required signature, that of the index is still needed.
    expect(await verdict(image, LINE)).toBe('pass');
  });

  test('need the right signer of the index, with every condition of the line', async () => {
    const image = sign(built());
    expect(await verdict(image, `${LINE} source-ref=refs/heads/other`)).toBe('fail NO_ATTESTATION');
    const issuer = `certificate-oidc-issuer=${sigstore.issuer}`;
    expect(await verdict(image, `${LINE} source-repository=acme/other ${issuer}`)).toBe('fail NO_ATTESTATION');
    expect(await verdict(image, `${LINE} source-repository=${RELEASE.repository} ${issuer}`)).toBe('pass');
    const unlogged = sign(built(), { entries: [] });
    expect(await verdict(unlogged, LINE)).toBe('fail NO_ATTESTATION');
    // An attestation about the index is no signature of it.
    const attested = attest(sbom(), built());
    expect(await verdict(attested, LINE)).toBe('fail NO_ATTESTATION');
  });

  test('a signature of a platform image or of the attestation manifest is not one of the index', async () => {
    const image = built();
    const { manifests } = JSON.parse(
      Buffer.from(lab.registry.store.getManifest(image.repository, image.digest)?.bytes ?? '').toString(),
    );
    for (const { digest } of manifests) lab.attach(image.repository, digest, goodBundle(sigstore, digest));
    expect(await verdict(image, LINE)).toBe('fail NO_ATTESTATION');
  });

  test('must be there for every platform, about it, of the type, and say what the line asks for', async () => {
    expect(await verdict(sign(built(undefined, 1)), LINE)).toBe('fail NO_ATTESTATION');
    const other = (statement: Json) => ({ ...statement, subject: [{ name: 'x', digest: { sha256: '0'.repeat(64) } }] });
    expect(await verdict(sign(built(other)), LINE)).toBe('fail NO_ATTESTATION');
    const typed = (statement: Json) => ({ ...statement, predicateType: SLSA });
    expect(await verdict(sign(built(typed)), LINE)).toBe('fail NO_ATTESTATION');
    expect(await verdict(sign(built()), 'slsaprovenance buildkit')).toBe('fail ATTESTATION_MISMATCH');
    expect(await verdict(sign(built()), `${LINE} builder-id=https://x`)).toBe('fail ATTESTATION_MISMATCH');
    const spdx = (statement: Json) => ({ ...statement, predicateType: 'https://spdx.dev/Document', predicate: SBOM });
    expect(await verdict(sign(built(spdx)), 'spdx buildkit')).toBe('pass');
    const empty = (statement: Json) => ({ ...spdx(statement), predicate: {} });
    expect(await verdict(sign(built(empty)), 'spdx buildkit')).toBe('fail ATTESTATION_MISMATCH');
    const twice = (statement: Json) => ({ ...statement, extra: 1 });
    expect(await verdict(sign(built(twice)), LINE)).toBe('fail NO_ATTESTATION');
  });

  test('a statement that is missing or larger than the cap is an error', async () => {
    const huge = (statement: Json) => ({
      ...statement,
      predicate: { ...statement.predicate, x: 'y'.repeat(26_000_000) },
    });
    expect(await verdict(sign(built(huge)), LINE)).toBe('error REGISTRY_INVALID');
    const image = sign(built());
    lab.setFaults([
      {
        match: ({ url }) => url.pathname.includes('/blobs/'),
        times: 'always',
        // Only a bare statement holds this text as it is.
        action: {
          change: (reply) => (Buffer.from(reply.body ?? '').includes('/Statement/v0.1') ? { status: 404 } : reply),
        },
      },
    ]);
    expect(await verdict(image, LINE)).toBe('error IMAGE_NOT_FOUND');
  });
});

describe('the reports', () => {
  test('NO_SIGNATURE names attestations found and prints the inputs that would accept them', async () => {
    const image = attest();
    const run = await judge(image, '', RIGHT_SIGNER);
    expect(decision(run)).toBe('fail NO_SIGNATURE');
    expect(run.results.images[0]?.message).toContain(SLSA);
    for (const text of [run.summary, run.stdout]) {
      expect(text).toContain('require-signature: false');
      expect(text).toContain('attestations: "provenance"');
    }
    // Pasted, they accept it.
    expect(await verdict(image, 'provenance', { ...RIGHT_SIGNER, 'require-signature': 'false' })).toBe('pass');
    // Twin: without attestations there is nothing to offer.
    expect((await judge(lab.freshImage(), '', RIGHT_SIGNER)).summary).not.toContain('require-signature');
    const hostile = attest({ predicateType: 'urn:x$(id)`x`' });
    expect((await judge(hostile, '', RIGHT_SIGNER)).stdout).not.toContain('attestations: ');
  });

  test('the log says that an empty value means none', async () => {
    const run = await judge(lab.freshImage(), '', RIGHT_SIGNER);
    expect(run.stdout).toContain('No attestation is required');
  });

  test('a run without the input asks for no .att tag and no index', async () => {
    const image = lab.freshImage();
    lab.attach(image.repository, image.digest, goodBundle(sigstore, image.digest));
    const plain = await judge(image, '', RIGHT_SIGNER);
    expect(plain.requests.filter(({ path }) => path.endsWith('.att'))).toEqual([]);
    const run = await judge(image, 'provenance', RIGHT_SIGNER);
    expect(run.requests.filter(({ path }) => path.endsWith('.att'))).toHaveLength(1);
  });

  test('the summary shows type, signer, time and line; hostile text is escaped', async () => {
    const predicateType = 'https://evil.example/|<img/src=x>@octocat/v1';
    const image = attest({ predicateType, predicate: {} });
    attest({}, image);
    const run = await judge(image, `provenance\n${predicateType}`);
    expect(decision(run)).toBe('pass');
    expect(run.summary).toContain('| Image | Attestation | By | Signed at | Meets |');
    expect(run.summary).toContain('✅ <code>provenance</code>');
    expect(run.summary).not.toContain('<img');
    expect(run.summary).not.toContain('@octocat');
  });

  test('wait-for holds for attestations too', async () => {
    const image = lab.freshImage();
    const run = await judge(image, 'provenance', { ...ONLY, 'wait-for': '3s' });
    expect(decision(run)).toBe('fail NO_ATTESTATION');
    expect(run.waitedMs).toBeGreaterThan(2000);
  });
});

test('an image statement is not an attestation, whatever a line says', async () => {
  const image = lab.freshImage();
  lab.attach(
    image.repository,
    image.digest,
    goodAttestation(sigstore, image.digest, { payload: imageStatement(image.digest, {}) }),
  );
  expect(await verdict(image, 'https://sigstore.dev/cosign/sign/v1')).toBe('stopped INPUT_INVALID');
  expect(await verdict(image, 'custom')).toBe('fail NO_ATTESTATION');
  expect(
    await verdict(attest({ predicateType: 'https://cosign.sigstore.dev/attestation/v1', predicate: {} }), 'custom'),
  ).toBe('pass');
});
