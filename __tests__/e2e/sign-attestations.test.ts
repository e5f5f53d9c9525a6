import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workflowClaims } from '../../sandbox/github/claims.ts';
import { jsonReply } from '../../sandbox/http/serve.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { workflowProvenance } from '../../src/domain/attestation/provenance.ts';
import { expectedIdentity } from '../../src/domain/identity/expected-identity.ts';
import { type Digest, digestOf } from '../../src/domain/image/digest.ts';
import { createSignatureVerifier } from '../../src/sigstore/verifying/verifier.ts';
import { testCall } from '../calls.ts';
import { withoutProcesses } from '../in-process.ts';
import {
  errorsOf,
  IMPATIENT,
  type Json,
  resultsOf,
  type SignWorld,
  type StoredImage,
  SUBJECT,
  shown,
  startSignWorld,
} from './sign-world.ts';

let world: SignWorld;
/** The same world, whose runs happen in this process. */
let here: SignWorld;
let workspace: string;

const SPDX = { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', name: 'app', packages: [{ name: 'a' }] };
const CYCLONEDX = {
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: 'urn:uuid:1',
  components: [{ name: 'a' }],
};
const PROVENANCE = 'https://slsa.dev/provenance/v1';
const SPDX_TYPE = 'https://spdx.dev/Document/v2.3';

beforeAll(async () => {
  world = await startSignWorld();
  here = withoutProcesses(world);
  workspace = join(await mkdtemp(join(tmpdir(), 'countersign-')), 'app');
  await mkdir(workspace);
  for (const [name, content] of Object.entries({ 'sbom.json': SPDX, 'bom.json': CYCLONEDX })) {
    await writeFile(join(workspace, name), JSON.stringify(content, null, 2));
  }
});
afterAll(async () => {
  await world.close();
  await rm(join(workspace, '..'), { recursive: true, force: true });
});

const ok = (run: RunResult): RunResult => {
  expect(run.exitCode, shown(run)).toBe(0);
  return run;
};
const sign = (inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) =>
  here.sign(inputs, { workspace, env });
/** The same by the committed dist/. */
const signByDist = (inputs: Readonly<Record<string, string>>) => world.sign(inputs, { workspace });

/** The statements attached to a digest, by predicate type. */
function statements(image: Pick<StoredImage, 'repository' | 'digest'>): Json[] {
  return world
    .bundles(image)
    .map(({ dsseEnvelope }) => JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString()))
    .sort((a, b) => a.predicateType.localeCompare(b.predicateType));
}
const typesOf = (image: Pick<StoredImage, 'repository' | 'digest'>): string[] =>
  statements(image).map(({ predicateType }) => predicateType);

/** The parsed `.att` manifest of a digest. */
function attestationTag({ repository, digest }: Pick<StoredImage, 'repository' | 'digest'>): Json | undefined {
  const { store } = world.registry;
  const named = store.getTag(repository, `${digest.replace(':', '-')}.att`);
  return named === undefined
    ? undefined
    : JSON.parse(Buffer.from(store.getManifest(repository, named)?.bytes ?? '').toString());
}

/** What the gate's verifier says about an attestation. */
async function verify(bundle: Json, digest: string): Promise<string> {
  const root = TrustedRoot.fromJSON(JSON.parse(world.sigstore.trustedRootJson('all')));
  const verifier = createSignatureVerifier({ trust: { rootFor: async () => ({ label: 'test', root }) } });
  const bytes = Buffer.from(JSON.stringify(bundle));
  const candidate = { format: 'bundle', digest: digestOf(bytes), bundle: bytes } as const;
  const verification = await verifier.verifyAttestation(testCall(), candidate, digest as Digest);
  return verification.kind === 'verified' ? verification.facts.identity.subject : verification.reason;
}

/** The parsed manifest of an index. */
const indexOf = ({ repository, digest }: StoredImage): Json =>
  JSON.parse(Buffer.from(world.registry.store.getManifest(repository, digest)?.bytes ?? '').toString());

const warningsOf = (run: RunResult): string[] =>
  run.commands.filter(({ name }) => name === 'warning').map(({ data }) => data);

describe('one step', () => {
  test('signs and attests provenance, an SBOM and an own predicate with one token and one certificate', async () => {
    const image = world.image();
    const before = { certificates: world.asked('ca', 'POST'), entries: world.sigstore.rekorV1.size() };
    const inputs = {
      images: image.pinned,
      provenance: 'true',
      'sbom-path': 'sbom.json',
      'predicate-type': 'https://example.com/review/v1',
      predicate: '{ "by": "octocat", "n": 12345678901234567890 }',
    };
    const run = ok(await signByDist(inputs));
    expect(world.asked('ca', 'POST')).toBe(before.certificates + 1);
    expect(world.sigstore.rekorV1.size()).toBe(before.entries + 4);
    expect(typesOf(image)).toEqual([
      'https://example.com/review/v1',
      'https://sigstore.dev/cosign/sign/v1',
      PROVENANCE,
      SPDX_TYPE,
    ]);

    const [own, , provenance, sbom] = statements(image);
    const claims = expectedIdentity(
      { iss: world.sigstore.issuer, ...workflowClaims() },
      { serverUrl: 'https://github.com' },
    ).claims;
    expect(provenance).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: image.name, digest: { sha256: image.digest.slice(7) } }],
      predicateType: PROVENANCE,
      predicate: workflowProvenance(claims),
    });
    expect(provenance.predicate.runDetails.builder.id).toBe(SUBJECT);
    expect(sbom.predicate).toEqual(SPDX);
    expect(own.predicate.by).toBe('octocat');
    // The listing says what each is, as cosign 3 and actions/attest write it.
    const listed = world.referrers(image).map(({ annotations }) => annotations['dev.sigstore.bundle.predicateType']);
    expect(listed.sort()).toEqual(typesOf(image).sort());

    for (const bundle of world.bundles(image)) {
      const isSignature = JSON.stringify(bundle).includes(Buffer.from('cosign/sign').toString('base64').slice(0, 10));
      if (isSignature) continue;
      const { predicateType } = JSON.parse(Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString());
      if (predicateType === 'https://sigstore.dev/cosign/sign/v1') continue;
      expect(await verify(bundle, image.digest)).toBe(SUBJECT);
      // Twins: another digest, a changed predicate.
      expect(await verify(bundle, `sha256:${'a'.repeat(64)}`)).toBe('SUBJECT_DIGEST_MISMATCH');
      const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64')
        .toString()
        .replace('"predicate":{', '"predicate":{"x":1,');
      const changed = {
        ...bundle,
        dsseEnvelope: { ...bundle.dsseEnvelope, payload: Buffer.from(payload).toString('base64') },
      };
      expect(await verify(changed, image.digest)).toBe('SIGNATURE_INVALID');
    }
    // The number is written as it was given.
    const raw = world.bundles(image).map(({ dsseEnvelope }) => Buffer.from(dsseEnvelope.payload, 'base64').toString());
    expect(raw.some((text) => text.endsWith('"predicate":{"by":"octocat","n":12345678901234567890}}'))).toBe(true);

    const [result] = resultsOf(run).images;
    expect(result.attestations.map((one: Json) => [one.predicateType, one.verdict, one.written]).sort()).toEqual([
      ['https://example.com/review/v1', 'accepted', true],
      [PROVENANCE, 'accepted', true],
      [SPDX_TYPE, 'accepted', true],
    ]);
    expect(result.signatures).toHaveLength(1);
    expect(result.message).toBe('signed; attested');
    const paths = (run.outputs['bundle-paths'] ?? '').split('\n');
    expect(paths).toHaveLength(4);
    expect(paths.filter((path) => path.endsWith('.attestation-provenance_v1.sigstore.json'))).toHaveLength(1);
    expect(warningsOf(run).join()).toContain('Its operator can read them, SBOMs included');
    // The gate accepts all of them, and a twin that requires another builder refuses.
    const gate = {
      images: image.pinned,
      'certificate-identity': SUBJECT,
      'certificate-oidc-issuer': world.sigstore.issuer,
      'wait-for': '0s',
    };
    const lines = 'provenance\nsbom\nhttps://example.com/review/v1';
    const passed = ok(await world.verify({ ...gate, attestations: lines }));
    expect(
      resultsOf(passed)
        .images[0].attestations.map(({ requirement }: Json) => requirement)
        .sort(),
    ).toEqual(lines.split('\n').sort());
    const builder = { attestations: 'provenance builder-id=https://github.com/acme/other' };
    expect(errorsOf(await world.verify({ ...gate, ...builder })).join()).toContain('ATTESTATION_MISMATCH');
    expect(run.summary).toContain('gh attestation verify');
  });

  test('attest-only writes no image signature, and the gate still refuses the image', async () => {
    const image = world.image();
    const run = ok(await sign({ images: image.pinned, provenance: 'true', 'attest-only': 'true' }));
    expect(typesOf(image)).toEqual([PROVENANCE]);
    expect(run.outputs['images']).toBe(image.pinned);
    const gate = {
      images: image.pinned,
      'certificate-identity': SUBJECT,
      'certificate-oidc-issuer': world.sigstore.issuer,
      'wait-for': '0s',
    };
    expect(errorsOf(await here.verify(gate)).join()).toContain('NO_SIGNATURE');
    // Provenance alone tells the log's operator nothing new.
    expect(warningsOf(run)).toEqual([]);
  });

  test('recursive writes provenance for every platform image, and the SBOM of each to its own digest', async () => {
    const index = world.index();
    const { manifests } = indexOf(index);
    const images = manifests.filter(({ platform }: Json) => platform.architecture !== 'unknown');
    for (const { platform } of images) {
      await writeFile(
        join(workspace, `${platform.architecture}.spdx.json`),
        JSON.stringify({ ...SPDX, name: platform.architecture }),
      );
    }
    const run = ok(
      await sign({ images: index.pinned, recursive: 'true', provenance: 'true', 'sbom-path': '{arch}.spdx.json' }),
    );
    expect(typesOf(index)).toEqual(['https://sigstore.dev/cosign/sign/v1', PROVENANCE]);
    for (const { digest, platform } of images) {
      const child = { repository: index.repository, digest };
      expect(typesOf(child)).toEqual(['https://sigstore.dev/cosign/sign/v1', PROVENANCE, SPDX_TYPE]);
      const sbom = statements(child).at(-1);
      expect(sbom.predicate.name).toBe(platform.architecture);
      expect(sbom.subject).toEqual([{ name: index.name, digest: { sha256: digest.slice(7) } }]);
    }
    const [result] = resultsOf(run).images;
    expect(result.platforms.every(({ verdict }: Json) => verdict === 'pass')).toBe(true);
    expect(result.attestations.filter(({ platform }: Json) => platform !== undefined)).toHaveLength(2 * images.length);
  });

  test('a plain SBOM goes to the index with a warning, and a mapped one to its platform', async () => {
    const index = world.index();
    const run = ok(await sign({ images: index.pinned, 'sbom-path': `sbom.json\n${index.name}@linux/amd64=bom.json` }));
    expect(typesOf(index)).toEqual(['https://sigstore.dev/cosign/sign/v1', SPDX_TYPE]);
    const amd64 = indexOf(index).manifests.find(({ platform }: Json) => platform.architecture === 'amd64');
    expect(typesOf({ repository: index.repository, digest: amd64.digest })).toEqual(['https://cyclonedx.org/bom']);
    expect(warningsOf(run).join()).toContain('is attached to the index');
    expect(resultsOf(run).images[0].platforms).toBeUndefined();
  });

  test('several images get the files that the lines name', async () => {
    const [one, two] = [world.image({ repository: 'acme/front' }), world.image({ repository: 'acme/back' })];
    await writeFile(join(workspace, 'front.json'), JSON.stringify({ ...SPDX, name: 'front' }));
    await writeFile(join(workspace, 'back.json'), JSON.stringify({ ...SPDX, name: 'back' }));
    ok(await sign({ images: `${one.pinned}\n${two.pinned}`, 'sbom-path': '{name}.json', 'attest-only': 'true' }));
    expect([one, two].map((image) => statements(image)[0].predicate.name)).toEqual(['front', 'back']);
  });
});

describe('formats', () => {
  test('both: one signature and one log entry in two places; the layer is the envelope of the bundle', async () => {
    const image = world.image();
    const before = world.sigstore.rekorV1.size();
    ok(await signByDist({ images: image.pinned, format: 'both', provenance: 'true', 'attest-only': 'true' }));
    expect(world.sigstore.rekorV1.size()).toBe(before + 1);
    const [bundle] = world.bundles(image);
    const tag = attestationTag(image);
    expect(tag.layers).toHaveLength(1);
    const [layer] = tag.layers;
    expect(layer.mediaType).toBe('application/vnd.dsse.envelope.v1+json');
    expect(layer.annotations.predicateType).toBe(PROVENANCE);
    const envelope = Buffer.from(world.registry.store.getBlob(image.repository, layer.digest) ?? '').toString();
    expect(JSON.parse(envelope)).toEqual(bundle.dsseEnvelope);
    const [entry] = bundle.verificationMaterial.tlogEntries;
    const body = JSON.parse(Buffer.from(entry.canonicalizedBody, 'base64').toString());
    expect(`sha256:${body.spec.envelopeHash.value}`).toBe(layer.digest);
    expect(world.signatureTag(image)).toBeUndefined();
  });

  test('legacy keeps the attestations of others and touches no referrer', async () => {
    const image = world.image();
    const legacy = { images: image.pinned, format: 'legacy', 'attest-only': 'true' };
    ok(await sign({ ...legacy, provenance: 'true' }));
    const [first] = attestationTag(image).layers;
    ok(await sign({ ...legacy, 'sbom-path': 'sbom.json' }));
    const { layers } = attestationTag(image);
    expect(layers).toHaveLength(2);
    expect(layers[0]).toEqual(first);
    expect(world.referrers(image)).toEqual([]);
  });

  test('a bundle beside .att attestations is announced, because cosign finds those no more', async () => {
    const image = world.image();
    ok(await sign({ images: image.pinned, format: 'legacy', provenance: 'true', 'attest-only': 'true' }));
    const run = ok(await sign({ images: image.pinned, 'sbom-path': 'sbom.json', 'attest-only': 'true' }));
    expect(warningsOf(run).join()).toContain('reads only bundles and does not find them any more');
    expect(attestationTag(image).layers).toHaveLength(1);
    // Twin: nothing is announced where there is no such tag, nor for the tag itself.
    const other = world.image();
    const none = ok(await sign({ images: other.pinned, 'sbom-path': 'sbom.json', 'attest-only': 'true' }));
    expect(warningsOf(none).join()).not.toContain('does not find them');
    const same = ok(
      await sign({ images: image.pinned, format: 'legacy', 'sbom-path': 'sbom.json', 'attest-only': 'true' }),
    );
    expect(warningsOf(same).join()).not.toContain('does not find them');
  });

  test('legacy with Rekor v2 alone is refused before anything is asked of it', async () => {
    const image = world.image();
    const config = world.configWith({}, 'v2');
    const inputs = { images: image.pinned, format: 'legacy', provenance: 'true', 'signing-config': config };
    expect(errorsOf(await sign(inputs)).join()).toContain('INPUT_INVALID');
    ok(await sign({ ...inputs, format: 'bundle' }));
    const [entry] = world.bundles(image).flatMap(({ verificationMaterial }) => verificationMaterial.tlogEntries);
    expect(entry.kindVersion).toEqual({ kind: 'hashedrekord', version: '0.0.2' });
  });
});

describe('if-signed', () => {
  test.each(['bundle', 'legacy', 'both'])('skip repeats no equal attestation: %s', async (format) => {
    const image = world.image();
    const inputs = {
      images: image.pinned,
      format,
      provenance: 'true',
      'sbom-path': 'sbom.json',
      'predicate-type': 'custom',
      predicate: 'a text',
    };
    ok(await sign(inputs));
    const before = world.sigstore.rekorV1.size();
    // Time passes for the stamp of `custom`.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const again = ok(await sign(inputs));
    expect(world.sigstore.rekorV1.size()).toBe(before);
    const [result] = resultsOf(again).images;
    expect(result.attestations.every(({ written, verdict }: Json) => written === false && verdict === 'accepted')).toBe(
      true,
    );
    expect(result.message).toContain('already attested');
    // Twins: another content of the same type, another run, and `sign`.
    const each = format === 'both' ? 2 : 1;
    const entries = async (change: Readonly<Record<string, string>>, env = {}): Promise<number> => {
      const size = world.sigstore.rekorV1.size();
      ok(await sign({ ...inputs, 'attest-only': 'true', ...change }, env));
      return world.sigstore.rekorV1.size() - size;
    };
    expect(await entries({ predicate: 'another text' })).toBe(1);
    expect(await entries({}, world.jobOf({ runId: '77' }))).toBe(1);
    expect(await entries({}, world.jobOf({ workflowPath: '.github/workflows/other.yml' }))).toBe(3);
    expect(await entries({ 'if-signed': 'sign' })).toBe(3);
    expect(each).toBeGreaterThan(0);
  });

  test('an attestation that only says it is equal is not believed', async () => {
    const image = world.image();
    const inputs = { images: image.pinned, 'sbom-path': 'sbom.json', 'attest-only': 'true' };
    ok(await sign(inputs));
    // The registry's owner replaces the bundle with one that does not verify.
    const { store } = world.registry;
    const [manifest] = world.referrers(image);
    const bundle = world.bundles(image)[0];
    const forged = Buffer.from(
      JSON.stringify({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, signatures: [{ sig: 'AAAA' }] } }),
    );
    const twin = {
      ...manifest,
      layers: [{ ...manifest.layers[0], digest: store.putBlob(image.repository, forged), size: forged.length }],
    };
    for (const { digest } of store.referrers(image.repository, image.digest))
      store.deleteManifest(image.repository, digest);
    store.putManifest(image.repository, Buffer.from(JSON.stringify(twin)));
    const before = world.sigstore.rekorV1.size();
    ok(await sign(inputs));
    expect(world.sigstore.rekorV1.size()).toBe(before + 1);
  });
});

describe('nothing is written', () => {
  test('upload: false signs, logs and writes files only', async () => {
    const image = world.image();
    const run = ok(await sign({ images: image.pinned, provenance: 'true', upload: 'false' }));
    expect(world.referrers(image)).toEqual([]);
    const paths = (run.outputs['bundle-paths'] ?? '').split('\n');
    const bundles = await Promise.all(paths.map(async (path) => JSON.parse(await readFile(path, 'utf8'))));
    const types = bundles.map(
      ({ dsseEnvelope }) => JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString()).predicateType,
    );
    expect(types.sort()).toEqual(['https://sigstore.dev/cosign/sign/v1', PROVENANCE]);
    expect(resultsOf(run).images[0].attestations[0].written).toBe(false);
  });

  test('a dry run says what would be attested, and signs nothing', async () => {
    const image = world.image();
    const before = world.sigstore.rekorV1.size();
    const run = ok(
      await sign({ images: image.pinned, provenance: 'true', 'sbom-path': 'sbom.json', 'dry-run': 'true' }),
    );
    expect([world.sigstore.rekorV1.size(), world.referrers(image).length]).toEqual([before, 0]);
    expect(run.log.join('\n')).toContain(PROVENANCE);
    expect(run.summary).toContain('spdx.dev/Document/v2.3 about');
    // Twin: files that do not fit are found by it.
    const wrong = { images: image.pinned, 'sbom-path': `${image.name}@linux/arm64=sbom.json`, 'dry-run': 'true' };
    expect(errorsOf(await sign(wrong)).join()).toMatch(/INPUT_INVALID[\s\S]*is one image, not an index/);
  });

  test('when one attestation cannot be logged, none is uploaded, and the entries that exist are named', async () => {
    const image = world.image();
    let posts = 0;
    const log = world.service((request) => {
      posts += 1;
      if (posts > 1) return { status: 400, body: 'no' };
      return world.sigstore.rekorV1.handler(request);
    });
    const config = world.configWith({ logs: [{ url: log, majorApiVersion: 1 }] } as Json);
    const run = await signByDist({
      images: image.pinned,
      provenance: 'true',
      'signing-config': config,
      concurrency: '1',
      ...IMPATIENT,
    });
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run).join()).toMatch(/log entries already created: \d+/);
    expect(world.referrers(image)).toEqual([]);
  });
});

describe('inputs', () => {
  const image = (): StoredImage => world.image();

  test.each<[Readonly<Record<string, string>>, RegExp]>([
    [{ 'attest-only': 'true' }, /attest-only: nothing is to be attested/],
    [
      { 'attest-only': 'true', provenance: 'true', annotations: 'a=b' },
      /annotations: annotations are part of an image signature/,
    ],
    [{ predicate: '{}' }, /predicate-type: a predicate is given without its type/],
    [{ 'predicate-type': 'vuln' }, /predicate-type: there is no predicate/],
    [{ 'predicate-type': 'vuln', predicate: '{}', 'predicate-path': 'sbom.json' }, /together with predicate-path/],
    [{ 'predicate-type': 'vulnerabilities', predicate: '{}' }, /neither a URI nor a name that cosign knows/],
    [{ 'predicate-type': 'https://sigstore.dev/cosign/sign/v1', predicate: '{}' }, /type of an image signature/],
    [{ 'predicate-type': 'vuln', predicate: '[]' }, /predicate: it is not a JSON object/],
    [{ 'predicate-type': 'vuln', predicate: '{"a":1,"a":2}' }, /duplicate key/],
    [{ 'predicate-type': 'vuln', 'predicate-path': 'nowhere.json' }, /there is no file/],
    [{ 'sbom-path': 'nowhere.json' }, /there is no file/],
    [{ 'sbom-path': '../../etc/passwd' }, /outside the workspace/],
    [{ 'sbom-path': '/etc/passwd' }, /outside the workspace/],
    [{ 'sbom-path': 'link.json' }, /resolves to .*outside the workspace/],
    [{ 'sbom-path': 'text.json' }, /neither an SPDX 2\.x nor a CycloneDX document/],
    [{ 'sbom-path': 'ghcr.io/acme/other=sbom.json' }, /no image of this step is in that repository/],
    [{ 'sbom-path': 'sbom-{foo}.json' }, /none of \{name\}/],
    [{ provenance: 'yes' }, /neither true nor false/],
  ])('%j is refused, and nothing is signed', async (inputs, problem) => {
    await writeFile(join(workspace, 'text.json'), '{}');
    await writeFile(join(workspace, '..', 'outside.json'), JSON.stringify(SPDX));
    await symlink(join(workspace, '..', 'outside.json'), join(workspace, 'link.json')).catch(() => undefined);
    const { pinned, ...stored } = image();
    const run = await sign({ images: pinned, ...inputs }, { RUNNER_TEMP: join(workspace, 'temp') });
    expect(run.exitCode).toBe(1);
    expect(errorsOf(run).join()).toMatch(/INPUT_INVALID/);
    expect(errorsOf(run).join()).toMatch(problem);
    expect(world.referrers(stored)).toEqual([]);
  });

  test('an SBOM of more than 16 MiB is refused', async () => {
    await writeFile(join(workspace, 'big.json'), Buffer.alloc(16 * 1024 * 1024 + 1, ' '));
    expect(errorsOf(await signByDist({ images: image().pinned, 'sbom-path': 'big.json' })).join()).toContain(
      '16777216 bytes',
    );
  });

  test('one file for several digests prints the mapped form', async () => {
    const inputs = { images: `${image().pinned}\n${image().pinned}`, 'sbom-path': 'sbom.json' };
    expect(errorsOf(await sign(inputs)).join()).toMatch(/INPUT_INVALID[\s\S]*write one line per image, IMAGE=PATH/);
  });

  test('an id-token that describes no workflow run cannot give provenance', async () => {
    const claims = { ...workflowClaims(), run_id: undefined };
    const token = world.service(() => jsonReply(200, { count: 1, value: world.sigstore.oidc.issue({ claims }) }));
    const env = { ACTIONS_ID_TOKEN_REQUEST_URL: `${token}/token?x=1` };
    const run = await sign({ images: image().pinned, provenance: 'true' }, env);
    expect(errorsOf(run).join()).toMatch(/INPUT_INVALID[\s\S]*there is no claim run-invocation-uri/);
  });
});

test('a bundle of an SBOM of 16 MiB is written and its own verifier reads it', async () => {
  const image = world.image();
  const big = { ...SPDX, comment: 'x'.repeat(16 * 1024 * 1024 - 200) };
  await writeFile(join(workspace, 'largest.json'), JSON.stringify(big));
  const run = ok(await signByDist({ images: image.pinned, 'sbom-path': 'largest.json', 'attest-only': 'true' }));
  const [bundle] = world.bundles(image);
  expect(JSON.stringify(bundle).length).toBeGreaterThan(22_000_000);
  expect(warningsOf(run).join()).toContain('Kyverno');
  const before = world.sigstore.rekorV1.size();
  ok(await sign({ images: image.pinned, 'sbom-path': 'largest.json', 'attest-only': 'true' }));
  expect(world.sigstore.rekorV1.size()).toBe(before);
});

test('a run without attestations asks nothing about them', async () => {
  const image = world.image();
  ok(await sign({ images: image.pinned, 'predicate-type': '', 'sbom-path': '', provenance: 'false' }));
  expect(world.log.requests().filter(({ path }) => path.includes(image.repository) && path.includes('.att'))).toEqual(
    [],
  );
  expect(typesOf(image)).toEqual(['https://sigstore.dev/cosign/sign/v1']);
});
