import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Handler, jsonReply, type Reply, type Served, serve } from '../../sandbox/http/serve.ts';
import { goodAttestation } from './attestation-seeds.ts';
import { decision, type GateRun, isOpen, type LabImage, openLab, RELEASE, RIGHT_SIGNER } from './in-process-gate.ts';
import { goodBundle, type Json } from './signature-seeds.ts';

/* GitHub's attestation store as one more place: what it answers, where the token goes, and what counts. */

const lab = await openLab();
const { sigstore } = lab;

let api: Served;
let blobs: Served;
let answer: Handler;
/** What the host of the bundles got. */
let seen: { readonly authorization: string | undefined }[];
let stored: Uint8Array;

beforeAll(async () => {
  api = await serve((request) => answer(request), { name: 'github', log: lab.log });
  blobs = await serve(
    (request): Reply => {
      seen.push({ authorization: request.headers['authorization'] });
      return { status: 200, headers: [['content-type', 'application/x-snappy']], body: stored };
    },
    { name: 'blobs', log: lab.log },
  );
});
afterAll(() => Promise.all([api.close(), blobs.close()]));
beforeEach(() => {
  seen = [];
});

/** Snappy without compression: one literal. */
function snappy(bytes: Uint8Array): Uint8Array {
  const length = [];
  for (let left = bytes.length; ; left = Math.floor(left / 128)) {
    length.push((left % 128) + (left >= 128 ? 128 : 0));
    if (left < 128) break;
  }
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bytes.length - 1);
  return Buffer.concat([Buffer.from([...length, 63 << 2]), size, bytes]);
}

const inline =
  (...bundles: Json[]): Handler =>
  () =>
    jsonReply(200, { attestations: bundles.map((bundle) => ({ bundle, repository_id: 1 })) });

async function judge(image: LabImage, inputs: Readonly<Record<string, string>> = {}): Promise<GateRun> {
  const run = await lab.verify(
    {
      images: image.reference,
      attestations: 'provenance',
      'require-signature': 'false',
      'github-attestations': 'true',
      'github-token': 'ghs_store',
      ...RIGHT_SIGNER,
      ...inputs,
    },
    { env: { GITHUB_API_URL: api.url } },
  );
  expect(isOpen(run), run.stdout).toBe(decision(run) === 'pass');
  return run;
}

test('an attestation that is only in the store counts, and is asked for by repository and digest, with the token', async () => {
  const image = lab.freshImage();
  const asked: string[] = [];
  answer = (request) => {
    asked.push(`${request.url.pathname} ${request.headers['authorization']}`);
    return inline(goodAttestation(sigstore, image.digest))(request);
  };
  expect(decision(await judge(image))).toBe('pass');
  expect(asked).toEqual([`/repos/${RELEASE.repository}/attestations/${image.digest} Bearer ghs_store`]);
  // Twin: without the input nobody asks.
  expect(decision(await judge(image, { 'github-attestations': 'false' }))).toBe('fail NO_ATTESTATION');
  expect(asked).toHaveLength(1);
});

test('a bundle at a URL is fetched without the token, and decompressed', async () => {
  const image = lab.freshImage();
  stored = snappy(Buffer.from(JSON.stringify(goodAttestation(sigstore, image.digest))));
  answer = () => jsonReply(200, { attestations: [{ bundle: null, bundle_url: `${blobs.url}/b.json.sn?sig=secret` }] });
  const run = await judge(image);
  expect(decision(run)).toBe('pass');
  expect(seen).toEqual([{ authorization: undefined }]);
  expect(run.stdout).not.toContain('sig=secret');
  stored = Buffer.from('not snappy');
  expect(decision(await judge(image))).toBe('error ATTESTATION_STORE_UNAVAILABLE');
});

test('what it holds is proven like everything else', async () => {
  const image = lab.freshImage();
  answer = inline(goodAttestation(sigstore, image.digest, { entries: [] }));
  expect(decision(await judge(image))).toBe('fail NOT_LOGGED');
  answer = inline(goodAttestation(sigstore, lab.freshImage().digest));
  expect(decision(await judge(image))).toBe('fail SUBJECT_DIGEST_MISMATCH');
  answer = inline(goodAttestation(sigstore, image.digest, { run: { repository: 'acme/other' } }));
  expect(decision(await judge(image))).toBe('fail CLAIM_MISMATCH');
});

test('an image signature in the store counts for nothing', async () => {
  const image = lab.freshImage();
  answer = inline(goodBundle(sigstore, image.digest), goodAttestation(sigstore, image.digest));
  const run = await judge(image, { 'require-signature': 'true' });
  expect(decision(run)).toBe('fail NO_SIGNATURE');
  expect(run.results.images[0]?.signatures).toEqual([]);
});

test.each([
  [401, 'error ATTESTATION_STORE_REFUSED'],
  [403, 'error ATTESTATION_STORE_REFUSED'],
  [404, 'error ATTESTATION_STORE_REFUSED'],
  [500, 'error ATTESTATION_STORE_UNAVAILABLE'],
])('status %i is an error of a line that it could have met: %s', async (status, wanted) => {
  const image = lab.freshImage();
  answer = () => jsonReply(status, { message: 'no' });
  expect(decision(await judge(image))).toBe(wanted);
  lab.attach(image.repository, image.digest, goodAttestation(sigstore, image.digest));
  expect(decision(await judge(image))).toBe('pass');
});

test.each<[string, () => Reply]>([
  ['no list', () => jsonReply(200, {})],
  ['an attestation without a bundle', () => jsonReply(200, { attestations: [{}] })],
  ['duplicate keys', () => ({ status: 200, body: '{"attestations":[],"attestations":[]}' })],
  ['a bundle on a private host', () => jsonReply(200, { attestations: [{ bundle_url: 'https://10.0.0.1/b' }] })],
  ['a bundle over plain http', () => jsonReply(200, { attestations: [{ bundle_url: 'http://example.com/b' }] })],
  [
    'a next page on another host',
    () => ({ ...jsonReply(200, { attestations: [] }), headers: [['link', '<https://evil.example/x>; rel="next"']] }),
  ],
  [
    'pages without end',
    () => ({
      ...jsonReply(200, { attestations: [] }),
      headers: [['link', `<${api.url}/repos/o/r/attestations/x?after=${Math.random()}>; rel="next"`]],
    }),
  ],
])('%s is an error, and never "there is none"', async (_, reply) => {
  answer = reply;
  expect(decision(await judge(lab.freshImage()))).toBe('error ATTESTATION_STORE_UNAVAILABLE');
});

test('an empty list means that there is none, and the message names the place', async () => {
  answer = inline();
  const run = await judge(lab.freshImage());
  expect(decision(run)).toBe('fail NO_ATTESTATION');
  expect(run.results.images[0]?.message).toContain(`GET /repos/${RELEASE.repository}/attestations/sha256:`);
});

test('404 about a digest of a repository that GitHub shows means that there is none', async () => {
  answer = ({ url }) =>
    url.pathname === `/repos/${RELEASE.repository}`
      ? jsonReply(200, { id: 1 })
      : jsonReply(404, { message: 'Not Found' });
  expect(decision(await judge(lab.freshImage()))).toBe('fail NO_ATTESTATION');
  // Twins: a repository that is hidden, and one about which nothing is known.
  answer = () => jsonReply(404, { message: 'Not Found' });
  expect(decision(await judge(lab.freshImage()))).toBe('error ATTESTATION_STORE_REFUSED');
  answer = ({ url }) => jsonReply(url.pathname === `/repos/${RELEASE.repository}` ? 500 : 404, { message: 'no' });
  expect(decision(await judge(lab.freshImage()))).not.toContain('NO_ATTESTATION');
});

test.each([
  ['without attestations', { attestations: '', 'require-signature': 'true' }],
  ['with offline', { offline: 'true' }],
  [
    'without a source-repository of this server',
    { 'source-repository': '', workflow: '', 'source-ref': '', 'certificate-identity': RELEASE.subject },
  ],
])('%s the input is INPUT_INVALID', async (_, inputs) => {
  const run = await judge(lab.freshImage(), inputs);
  expect(decision(run)).toBe('stopped INPUT_INVALID');
  expect(run.requests).toEqual([]);
});
