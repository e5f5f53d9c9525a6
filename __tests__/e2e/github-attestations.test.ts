import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGithubApi, type GithubApi, type GithubApiOptions } from '../../sandbox/github/api.ts';
import { type Handler, jsonReply, type Served, serve } from '../../sandbox/http/serve.ts';
import { storeImage } from '../../sandbox/registry/image-builder.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import { withoutProcesses } from '../in-process.ts';
import {
  errorsOf,
  IMPATIENT,
  type Json,
  resultsOf,
  type SignWorld,
  type StoredImage,
  shown,
  startSignWorld,
} from './sign-world.ts';

/* GitHub's attestation store, written by sign and read by verify: once by the committed dist/, else in this process. */

const REPOSITORY = 'octo-org/octo-repo';
const SPDX = { spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', name: 'app', packages: [{ name: 'a' }] };
const ATTESTED = { provenance: 'true', 'sbom-path': 'sbom.json', 'github-attestations': 'true' };

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;
let workspace: string;
let server: Served;
let storage: Served;
let api: GithubApi;
/** Answers before the store does. */
let through: (request: Parameters<Handler>[0]) => ReturnType<Handler> | undefined;
/** Requests to the API, as `METHOD path authorization`. */
let asked: string[];

beforeAll(async () => {
  byDist = await startSignWorld();
  world = withoutProcesses(byDist);
  workspace = join(await mkdtemp(join(tmpdir(), 'countersign-')), 'app');
  await mkdir(workspace);
  await writeFile(join(workspace, 'sbom.json'), JSON.stringify(SPDX));
  server = await serve(
    (request) => {
      asked.push(`${request.method} ${request.url.pathname} ${request.headers['authorization']}`);
      return through(request) ?? api(request);
    },
    { name: 'github', log: world.log },
  );
  storage = await serve((request) => api.attestations.storage(request), { name: 'github storage', log: world.log });
});
beforeEach(() => {
  asked = [];
  through = () => undefined;
  api = openApi();
});
afterAll(async () => {
  await Promise.all([server.close(), storage.close(), world.close()]);
  await rm(join(workspace, '..'), { recursive: true, force: true });
});

function openApi(more: Partial<GithubApiOptions> = {}): GithubApi {
  return createGithubApi({
    tokens: { writer: { attestations: 'write' }, reader: { attestations: 'read' }, none: {} },
    repositories: { [REPOSITORY]: { refs: {} }, 'octo-org/other': { refs: {} } },
    ...more,
  });
}

const env = () => ({ GITHUB_API_URL: server.url, GITHUB_REPOSITORY: REPOSITORY });

const sign = (inputs: Readonly<Record<string, string>>, githubToken = 'writer', by = world): Promise<RunResult> =>
  by.sign({ ...ATTESTED, ...inputs }, { workspace, githubToken, env: env() });

async function signed(inputs: Readonly<Record<string, string>>, by = world): Promise<RunResult> {
  const run = await sign(inputs, 'writer', by);
  expect(run.exitCode, shown(run)).toBe(0);
  return run;
}

/** Decision of the gate about the same image in a registry that has none of its attestations. */
async function verdictElsewhere(
  { built }: StoredImage,
  inputs: Readonly<Record<string, string>> = {},
  githubToken = 'reader',
  by = world,
): Promise<string> {
  const repository = `lost/${built.digest.slice(7, 19)}`;
  const digest = storeImage(world.registry.store, repository, built);
  const run = await by.verify(
    {
      images: `${world.host}/${repository}@${digest}`,
      attestations: 'provenance\nsbom',
      'require-signature': 'false',
      'github-attestations': 'true',
      'source-repository': REPOSITORY,
      'certificate-oidc-issuer': world.sigstore.issuer,
      'wait-for': '0s',
      ...IMPATIENT,
      ...inputs,
    },
    { githubToken, env: env() },
  );
  const [image] = resultsOf(run).images;
  expect(run.exitCode, shown(run)).toBe(image.verdict === 'pass' ? 0 : 1);
  return `${image.verdict} ${image.reason ?? ''}`.trim();
}

describe('an image that the store knows', () => {
  test('passes the gate where the registry lost its attestations', async () => {
    const image = world.image();
    const run = await signed({ images: image.pinned }, byDist);
    const { entries } = api.attestations;
    expect(entries.map(({ predicateType }) => predicateType).sort()).toEqual([
      'https://slsa.dev/provenance/v1',
      'https://spdx.dev/Document/v2.3',
    ]);
    const ids = run.outputs['attestation-ids']?.split('\n') ?? [];
    expect(ids.toSorted()).toEqual(entries.map(({ id }) => String(id)).sort());
    expect(run.outputs['attestation-urls']).toBe(
      ids.map((id) => `https://github.com/${REPOSITORY}/attestations/${id}`).join('\n'),
    );
    // After the registry, and the bundles are those that it has. Never the image signature.
    const attached = world.bundles(image);
    expect(attached).toHaveLength(3);
    for (const { bundle } of entries) expect(attached).toContainEqual(bundle);
    expect(asked).toEqual(Array(2).fill(`POST /repos/${REPOSITORY}/attestations Bearer writer`));
    const written = world.log.requests().map(({ server: name, method }) => `${name} ${method}`);
    expect(written.lastIndexOf('registry PUT')).toBeLessThan(written.indexOf('github POST'));
    for (const { id } of entries) expect(run.summary).toContain(`https://github.com/${REPOSITORY}/attestations/${id}`);
    const stored = resultsOf(run).images[0].attestations.map(({ github }: Json) => github.id);
    expect(stored).toEqual(ids);

    expect(await verdictElsewhere(image, {}, 'reader', byDist)).toBe('pass');
    // Twins: nobody asks the store; another repository's part of it; without the permission; another image.
    expect(await verdictElsewhere(image, { 'github-attestations': 'false' })).toBe('fail NO_ATTESTATION');
    expect(await verdictElsewhere(image, { 'source-repository': 'octo-org/other' })).toBe('fail NO_ATTESTATION');
    expect(await verdictElsewhere(image, {}, 'none')).toBe('error ATTESTATION_STORE_REFUSED');
    expect(await verdictElsewhere(world.image(), {}, 'reader', byDist)).toBe('fail NO_ATTESTATION');
  });

  test('passes with bundles at a URL, which never gets the token, and fails once they are tampered with', async () => {
    api = openApi({ storageUrl: storage.url });
    const image = world.image();
    await signed({ images: image.pinned });
    expect(await verdictElsewhere(image)).toBe('pass');
    const [entry] = api.attestations.entries;
    const bundle = structuredClone(entry?.bundle) as Json;
    const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString();
    bundle.dsseEnvelope.payload = Buffer.from(payload.replace('"predicate":{', '"predicate":{"x":1,')).toString(
      'base64',
    );
    Object.assign(entry ?? {}, { bundle });
    expect(await verdictElsewhere(image)).toBe('fail SIGNATURE_INVALID');
  });

  test('is one entry per digest and predicate, whatever number of repositories and formats', async () => {
    const first = world.image();
    const copy = `${world.host}/copies/app`;
    storeImage(world.registry.store, 'copies/app', first.built);
    const run = await signed({ images: `${first.pinned}\n${copy}@${first.digest}`, format: 'both' });
    expect(api.attestations.entries).toHaveLength(2);
    expect(run.outputs['attestation-ids']?.split('\n')).toHaveLength(2);
  });

  test('gets what a refused run left out, with the bundles that the registry has already', async () => {
    const image = world.image();
    expect((await sign({ images: image.pinned }, 'reader')).exitCode).toBe(1);
    expect(api.attestations.entries).toEqual([]);
    const before = world.sigstore.rekorV1.size();
    await signed({ images: image.pinned });
    expect(world.sigstore.rekorV1.size()).toBe(before);
    expect(await verdictElsewhere(image)).toBe('pass');
  });
});

describe('a refusal', () => {
  test.each<[string, Partial<GithubApiOptions>, string, RegExp]>([
    [
      'without the permission',
      {},
      'reader',
      /returned 403: "Resource not accessible by integration".*attestations: write/s,
    ],
    [
      'of a private repository without a plan',
      { repositories: { [REPOSITORY]: { refs: {}, hasAttestations: false } } },
      'writer',
      /returned 404: "Feature not available for user owned private repositories\."/,
    ],
    ['of a bundle that is too large', { attestationMaxBytes: 1000 }, 'writer', /returned 413: "Payload Too Large"/],
    ['of a token that is not known', {}, 'stranger', /returned 401: "Bad credentials"/],
  ])('%s ends the step, names the cause, and what the registry has', async (_, options, token, cause) => {
    api = openApi(options);
    const image = world.image();
    const run = await sign({ images: image.pinned }, token);
    expect(run.exitCode).toBe(1);
    const errors = errorsOf(run).join('\n');
    expect(errors).toContain('ATTESTATION_STORE_REFUSED');
    expect(errors).toMatch(cause);
    expect(errors).toContain(`in the registry already: ${image.pinned} (image signature, `);
    expect(world.bundles(image)).toHaveLength(3);
    expect(resultsOf(run)).toMatchObject({
      verified: false,
      images: [{ verdict: 'error', reason: 'ATTESTATION_STORE_REFUSED' }],
    });
    expect([run.outputs['images'], run.outputs['attestation-ids'], run.outputs['attestation-urls']]).toEqual([
      '',
      '',
      '',
    ]);
    expect(run.summary).toContain('ATTESTATION_STORE_REFUSED');
  });

  test('in hostile words forges no command and shows no secret', async () => {
    const message = '\n::error::forged\n::set-output name=x::y ghs_sandboxsecret';
    through = () => jsonReply(422, { message });
    const image = world.image();
    const run = await byDist.sign(
      { ...ATTESTED, images: image.pinned },
      { workspace, githubToken: 'ghs_sandboxsecret', env: env() },
    );
    expect(errorsOf(run).join('\n')).toContain('ATTESTATION_STORE_REFUSED');
    expect(errorsOf(run).filter((one) => one.includes('forged') && !one.includes('422'))).toEqual([]);
    const masks = run.log.filter((line) => !line.startsWith('::add-mask::')).join('\n');
    expect(masks + run.summary + run.outputs['results']).not.toContain('ghs_sandboxsecret');
  });

  test('of one attestation does not keep the other from the store', async () => {
    through = ({ body }) => {
      const { bundle } = JSON.parse(Buffer.from(body).toString() || '{}');
      const isSbom = Buffer.from(bundle.dsseEnvelope.payload, 'base64').includes('spdx.dev');
      return isSbom ? jsonReply(422, { message: 'no SBOM' }) : undefined;
    };
    const run = await sign({ images: world.image().pinned });
    expect(run.exitCode).toBe(1);
    expect(api.attestations.entries).toHaveLength(1);
    expect(run.outputs['attestation-ids']).toBe(String(api.attestations.entries[0]?.id));
  });
});

test('an outage is ATTESTATION_STORE_UNAVAILABLE, and a short one is retried', async () => {
  let left = 1;
  through = () => (left-- > 0 ? jsonReply(503, { message: 'later' }) : undefined);
  const image = world.image();
  await signed({ images: image.pinned });
  expect(api.attestations.entries).toHaveLength(2);
  left = 1000;
  const run = await sign({ images: world.image().pinned, ...IMPATIENT });
  expect(errorsOf(run).join('\n')).toMatch(/ATTESTATION_STORE_UNAVAILABLE.*returned 503.*in the registry already/s);
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['with upload: false', { upload: 'false' }, '`upload` is false'],
  ['with nothing to attest', { provenance: 'false', 'sbom-path': '' }, 'nothing is to be attested'],
  ['without a token', { 'github-token': '' }, 'without a `github-token`'],
])('%s it is INPUT_INVALID, before anything is asked', async (_, inputs, why) => {
  const run = await sign({ images: world.image().pinned, ...inputs });
  expect(run.exitCode).toBe(1);
  expect(errorsOf(run).join('\n')).toContain('INPUT_INVALID');
  expect(errorsOf(run).join('\n')).toContain(why);
  expect(asked).toEqual([]);
});

test('a dry run writes nothing, and says that the permission cannot be checked beforehand', async () => {
  const run = await signed({ images: world.image().pinned, 'dry-run': 'true' });
  expect(asked).toEqual([]);
  for (const text of [run.log.join('\n'), run.summary]) {
    expect(text).toContain('Whether the job may do that (`attestations: write`) cannot be checked beforehand');
  }
  expect(run.log.join('\n')).toContain(new URL(server.url).host);
});
