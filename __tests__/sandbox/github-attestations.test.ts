import { afterAll, expect, test } from 'vitest';
import { createGithubApi, type GithubApiOptions } from '../../sandbox/github/api.ts';
import { serve } from '../../sandbox/http/serve.ts';
import { decodeSnappy } from '../../src/github/snappy.ts';
import { type AttestationSeed, goodAttestation, provenanceOf } from '../adversarial/attestation-seeds.ts';
import { openLab } from '../adversarial/in-process-gate.ts';
import type { Json } from '../adversarial/signature-seeds.ts';

/* The sandbox's attestation store refuses what GitHub was seen to refuse. */

const lab = await openLab();
const { sigstore } = lab;
const DIGEST = lab.freshImage().digest;
const HEX = DIGEST.slice(7);
const OTHER_HEX = 'b'.repeat(64);
const NAMED = { name: 'ghcr.io/acme/app', digest: { sha256: HEX } };

const closing: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

async function open(more: Partial<GithubApiOptions> = {}, repository = 'acme/app') {
  const handler = createGithubApi({
    tokens: { writer: { attestations: 'write' }, reader: { attestations: 'read' }, none: {} },
    repositories: { 'acme/app': { refs: {} }, 'acme/secret': { refs: {}, hasAttestations: false } },
    ...more,
  });
  const served = await serve(handler, { name: 'api' });
  closing.push(() => served.close());
  const url = `${served.url}/repos/${repository}/attestations`;
  const headers = (token: string) => ({ 'user-agent': 'test', authorization: `Bearer ${token}` });
  return {
    handler,
    post: async (bundle: Json, token = 'writer') => {
      const response = await fetch(url, { method: 'POST', headers: headers(token), body: JSON.stringify({ bundle }) });
      const { id, message }: Json = await response.json();
      return `${response.status} ${id ?? message}`;
    },
    list: async (query = '', token = 'reader') => {
      const response = await fetch(`${url}/${DIGEST}${query}`, { headers: headers(token) });
      return { status: response.status, link: response.headers.get('link'), json: (await response.json()) as Json };
    },
  };
}

const made = (seed: AttestationSeed = {}): Json => goodAttestation(sigstore, DIGEST, seed);

test('stores what actions/attest writes, and lists it page by page, the newest first', async () => {
  const api = await open();
  const bundles = [made(), made({ predicateType: 'https://spdx.dev/Document/v2.3', predicate: {} }), made()];
  for (const bundle of bundles) expect(await api.post(bundle)).toMatch(/^201 [0-9]+$/);
  const first = await api.list('?per_page=2');
  expect(first.json.attestations.map(({ bundle }: Json) => bundle)).toEqual([bundles[2], bundles[1]]);
  const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.link ?? '') ?? [];
  const second = await api.list(new URL(next).search);
  expect(second.json.attestations.map(({ bundle }: Json) => bundle)).toEqual([bundles[0]]);
  expect(second.link).toBeNull();
  const sboms = await api.list('?predicate_type=https://spdx.dev/Document/v2.3');
  expect(sboms.json.attestations).toHaveLength(1);
});

test('answers 404 about a digest that it does not know', async () => {
  expect((await (await open()).list()).status).toBe(404);
});

test('gives bundles at a URL, compressed, to nobody who sends a token', async () => {
  const api = await open({ storageUrl: 'https://storage.example' });
  const bundle = made();
  await api.post(bundle);
  const [{ bundle: inline, bundle_url: url }] = (await api.list()).json.attestations;
  expect(inline).toBeNull();
  const ask = async (address: string, headers: Record<string, string> = {}) =>
    api.handler.attestations.storage({ method: 'GET', url: new URL(address), headers } as Json);
  const reply = await ask(url);
  expect(JSON.parse(Buffer.from(decodeSnappy(Buffer.from(reply.body ?? ''), 1e6)).toString())).toEqual(bundle);
  expect((await ask(url, { authorization: 'Bearer writer' })).status).toBe(400);
  expect((await ask(url.split('?')[0])).status).toBe(403);
});

const changed = (change: (provenance: Json) => void): AttestationSeed => {
  const predicate = provenanceOf(sigstore);
  change(predicate);
  return { predicate };
};

test.each<[string, AttestationSeed, string]>([
  [
    'duplicate subject names',
    { statement: { subject: [NAMED, { ...NAMED, digest: { sha256: OTHER_HEX } }] } },
    'duplicate',
  ],
  [
    'several digests in one subject',
    { statement: { subject: [{ name: 'a', digest: { sha256: HEX, sha512: OTHER_HEX.repeat(2) } }] } },
    'exactly one digest',
  ],
  ['no subject', { statement: { subject: [] } }, 'no subject'],
  ['a payload that is not JSON', { payload: 'no statement' }, 'not a statement'],
  [
    'a build type that it does not know',
    changed((one) => {
      one.buildDefinition.buildType = 'https://example.com/build/v1';
    }),
    'unsupported build type',
  ],
  [
    'provenance of another commit',
    changed((one) => {
      one.buildDefinition.resolvedDependencies[0].digest.gitCommit = 'f'.repeat(40);
    }),
    'differs from the certificate',
  ],
  [
    'provenance with a further field',
    changed((one) => {
      one.runDetails.metadata.startedOn = '2026-11-22T10:00:00Z';
    }),
    'differs from the certificate',
  ],
])('refuses %s', async (_, seed, why) => {
  const api = await open();
  expect(await api.post(made(seed))).toMatch(new RegExp(`^422 .*${why}`));
  expect(api.handler.attestations.entries).toEqual([]);
});

test('refuses a changed payload, and a bundle of an older version', async () => {
  const api = await open();
  const bundle = made();
  const payload = Buffer.from(`${Buffer.from(bundle.dsseEnvelope.payload, 'base64')} `).toString('base64');
  expect(await api.post({ ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payload } })).toContain('does not verify');
  const mediaType = 'application/vnd.dev.sigstore.bundle+json;version=0.1';
  expect(await api.post({ ...bundle, mediaType })).toContain('media type');
});

test('refuses without the permission, without a plan, and what is too large', async () => {
  const api = await open();
  expect(await api.post(made(), 'reader')).toBe('403 Resource not accessible by integration');
  expect(await api.post(made(), 'stranger')).toBe('401 Bad credentials');
  expect((await api.list('', 'none')).status).toBe(403);
  expect(await (await open({}, 'acme/secret')).post(made())).toMatch(/^404 Feature not available/);
  expect(await (await open({ attestationMaxBytes: 100 })).post(made())).toMatch(/^413 /);
});
