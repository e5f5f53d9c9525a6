import { expect, test } from 'vitest';
import { workflowClaims } from '../../../sandbox/github/claims.ts';
import { CodedError } from '../../../src/coded-error.ts';
import type { Predicate } from '../../../src/domain/attestation/predicate.ts';
import { parseSbomLine } from '../../../src/domain/attestation/sbom-lines.ts';
import { expectedIdentity } from '../../../src/domain/identity/expected-identity.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { parseRepository } from '../../../src/domain/image/reference.ts';
import type { ResolvedImage } from '../../../src/usecases/examining/resolve-images.ts';
import type { AttestationsRequest } from '../../../src/usecases/signing/attestations-request.ts';
import { type AttestedImage, planAttestations } from '../../../src/usecases/signing/plan-attestations.ts';

const digest = (letter: string): Digest => `sha256:${letter.repeat(64)}` as Digest;
const MEDIA_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const child = (platform: string, letter: string) => ({
  platform,
  digest: digest(letter),
  mediaType: MEDIA_TYPE,
  size: 7,
});

function attested(
  name: string,
  letter: string,
  platforms: ResolvedImage['platforms'] = [],
  recursive = false,
): AttestedImage {
  const repository = parseRepository(name);
  const first = { original: name, repository, tag: undefined, digest: digest(letter), sources: [] };
  const base = {
    first,
    references: [first],
    repository,
    digest: digest(letter),
    mediaType: MEDIA_TYPE,
    size: 5,
    skipped: [],
  };
  return { image: { ...base, platforms: recursive ? platforms : [] }, platforms };
}

const identityOf = (run: Parameters<typeof workflowClaims>[0] = {}) =>
  expectedIdentity(
    { iss: 'https://token.actions.githubusercontent.com', ...workflowClaims(run) },
    { serverUrl: 'https://github.com' },
  );
const SBOM: Predicate = { type: 'https://spdx.dev/Document/v2.3', json: '{"a":1}' };
const request = (over: Partial<AttestationsRequest>): AttestationsRequest => ({
  provenance: false,
  sbomLines: [],
  readSbom: async () => ({ predicate: SBOM, warnings: [] }),
  predicate: undefined,
  only: false,
  github: false,
  ...over,
});
const APP = attested('ghcr.io/acme/app', 'a');
const plan = async (over: Partial<AttestationsRequest>, images: readonly AttestedImage[], identity = identityOf()) => {
  const { targets, warnings } = await planAttestations(request(over), images, identity);
  const shown = targets.map(({ image, subject, platform, attestation }) =>
    [
      image.repository.path,
      subject.digest.slice(7, 8),
      platform ?? '-',
      attestation.predicateType.split('/').at(-2),
    ].join(' '),
  );
  return { shown, warnings };
};

test('provenance is about every image, and with recursive about every platform image once', async () => {
  const platforms = [child('linux/amd64', '1'), child('linux/arm64', '2'), child('linux/arm64/v8', '2')];
  expect((await plan({ provenance: true }, [APP, attested('ghcr.io/acme/index', 'f', platforms)])).shown).toEqual([
    'acme/app a - provenance',
    'acme/index f - provenance',
  ]);
  expect((await plan({ provenance: true }, [attested('ghcr.io/acme/index', 'f', platforms, true)])).shown).toEqual([
    'acme/index f - provenance',
    'acme/index 1 linux/amd64 provenance',
    'acme/index 2 linux/arm64/v8 provenance',
  ]);
});

test('an SBOM of a platform is about that digest, with the size that the registry reported', async () => {
  const index = attested('ghcr.io/acme/app', 'f', [child('linux/amd64', '1'), child('linux/arm64', '2')]);
  const sbomLines = [parseSbomLine('ghcr.io/acme/app@linux/arm64=x.json')];
  const { targets } = await planAttestations(request({ sbomLines }), [index], identityOf());
  expect(targets).toMatchObject([{ subject: { digest: digest('2'), size: 7 }, platform: 'linux/arm64' }]);
});

test('each file is read once, and an image that is named twice gets an attestation once', async () => {
  const read: string[] = [];
  const readSbom = async (path: string) => {
    read.push(path);
    return { predicate: SBOM, warnings: [`about ${path}`] };
  };
  const mirror = attested('docker.io/acme/app', 'a');
  const found = await plan({ sbomLines: [parseSbomLine('x.json')], readSbom }, [APP, mirror, APP]);
  expect(found).toEqual({ shown: ['acme/app a - Document', 'acme/app a - Document'], warnings: ['about x.json'] });
  expect(read).toEqual(['x.json']);
});

test.each([
  ['push', 0],
  ['schedule', 1],
])('provenance of the event %s has %i warnings', async (eventName, count) => {
  expect((await plan({ provenance: true }, [APP], identityOf({ eventName }))).warnings).toHaveLength(count);
  expect((await plan({ predicate: SBOM }, [APP], identityOf({ eventName }))).warnings).toEqual([]);
});

test.each<[Partial<AttestationsRequest>, string]>([
  [{ sbomLines: [parseSbomLine('ghcr.io/acme/web=x.json')] }, 'no image of this step'],
  [{ sbomLines: [parseSbomLine('{arch}.json')] }, 'not an index of several platforms'],
  [{ predicate: { type: 'urn:big', json: `"${'x'.repeat(200 * 1024 * 1024)}"` } }, 'more than 536870912'],
])('what does not fit is INPUT_INVALID before anything is signed: %#', async (over, problem) => {
  const images = [APP, attested('ghcr.io/acme/app2', 'b'), attested('ghcr.io/acme/app3', 'c')];
  const error: unknown = await plan(over, images).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CodedError);
  expect(error).toMatchObject({ code: 'INPUT_INVALID', message: expect.stringContaining(problem) });
});

test('a token without the claims of a workflow run gives no provenance, but other attestations', async () => {
  const other = { ...identityOf(), claims: {} };
  await expect(plan({ provenance: true }, [APP], other)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  expect((await plan({ predicate: SBOM }, [APP], other)).shown).toHaveLength(1);
});

test('a large attestation is announced for Kyverno', async () => {
  const predicate = (bytes: number): Predicate => ({ type: 'urn:a/b', json: `"${'x'.repeat(bytes)}"` });
  expect((await plan({ predicate: predicate(8_000_000) }, [APP])).warnings.join()).toContain('Kyverno');
  expect((await plan({ predicate: predicate(7_000_000) }, [APP])).warnings).toEqual([]);
});

test('equal predicates have one key, others another; the statement names one image', async () => {
  const { targets } = await planAttestations(request({ predicate: SBOM }), [APP], identityOf());
  const same = await planAttestations(request({ predicate: { ...SBOM } }), [APP], identityOf());
  const other = await planAttestations(request({ predicate: { ...SBOM, json: '{"a":2}' } }), [APP], identityOf());
  const keyOf = (found: typeof same) => found.targets[0]?.attestation.key;
  expect(targets[0]?.attestation.key).toBe(keyOf(same));
  expect(keyOf(other)).not.toBe(keyOf(same));
  const statement = targets[0]?.attestation.statement({ repository: APP.image.repository, digest: digest('a') });
  expect(JSON.parse(new TextDecoder().decode(statement)).subject).toEqual([
    { name: 'ghcr.io/acme/app', digest: { sha256: 'a'.repeat(64) } },
  ]);
});
