import { expect, test } from 'vitest';
import type { Descriptor } from '../../../src/domain/image/descriptor.ts';
import { type Digest, digestOf } from '../../../src/domain/image/digest.ts';
import {
  createExamination,
  type Examination,
  type ExamineOptions,
  examineListing,
  type IsEnough,
  REFERRERS_IN_HAND,
} from '../../../src/usecases/examining/examine-image.ts';
import type { Candidate, Place, ReferrersListing, Registry, SignatureVerifier } from '../../../src/usecases/ports.ts';
import { createSlots } from '../../../src/usecases/slots.ts';
import { testCall } from '../../calls.ts';
import { verifiedBy } from './examination-world.ts';

const BUNDLE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const place = (kind: Place['kind']): Place => ({
  kind,
  request: 'GET',
  status: 200,
  outcome: 'listed',
  entries: 0,
  error: undefined,
});
const listed = (name: string, artifactType: string): Descriptor => ({
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: digestOf(Buffer.from(name)),
  size: 1,
  artifactType,
});
const many = (count: number, artifactType: string): Descriptor[] =>
  Array.from({ length: count }, (_, index) => listed(`${artifactType} ${index}`, artifactType));
const listing = (descriptors: readonly Descriptor[]): ReferrersListing => ({
  place: place('referrers-api'),
  descriptors,
  unreadable: [
    { digest: 'entry 9', place: 'referrers-api', outcome: 'malformed', artifactType: undefined, message: 'x' },
  ],
});

/** A registry whose referrers are signatures, those of the digests given accepted. */
function world(accepted: readonly Descriptor[] = []) {
  const fetched: Digest[] = [];
  let inHand = 0;
  let mostInHand = 0;
  const options: ExamineOptions = {
    call: testCall(),
    registry: {
      fetchReferrer: async (_call, _where, { descriptor: { digest } }) => {
        fetched.push(digest);
        inHand += 1;
        mostInHand = Math.max(mostInHand, inHand);
        await new Promise((resolve) => setImmediate(resolve));
        const candidate: Candidate = { format: 'bundle', digest, bundle: new Uint8Array(9) };
        return { candidates: [candidate], unreadable: [], places: [] };
      },
      fetchLegacy: async () => ({ candidates: [], unreadable: [], places: [place('signature-tag')] }),
      listReferrersTag: async () => ({ place: place('referrers-tag'), descriptors: [], unreadable: [] }),
      listReferrers: async () => listing([]),
    } as Partial<Registry> as Registry,
    verifier: {
      verify: async (_call, { digest }) => {
        inHand -= 1;
        return verifiedBy(accepted.some((one) => one.digest === digest) ? 'good' : 'bad');
      },
    } as Partial<SignatureVerifier> as SignatureVerifier,
    repository: { registry: 'r', path: 'p' },
    digest: digestOf(Buffer.from('image')),
    format: 'any',
    slots: createSlots(REFERRERS_IN_HAND),
  };
  return { options, fetched, mostInHand: () => mostInHand };
}

const isGood: IsEnough = ({ examined }) =>
  examined.some(
    ({ verification }) => verification.kind === 'verified' && verification.facts.identity.subject === 'good',
  );

/** What one rule finds of an image whose referrers API lists these. */
function examine(options: ExamineOptions, descriptors: readonly Descriptor[]): Promise<Examination> {
  const registry = { ...options.registry, listReferrers: async () => listing(descriptors) };
  return createExamination({ ...options, registry, format: 'bundle' }).until(isGood);
}

const annotated = (one: Descriptor, predicateType: string): Descriptor => ({
  ...one,
  annotations: { 'dev.sigstore.bundle.predicateType': predicateType },
});
const untyped = (count: number): Descriptor[] => many(count, 'untyped').map(({ artifactType: _, ...one }) => one);
const nightly = many(1500, BUNDLE).map((one) => annotated(one, 'https://slsa.dev/provenance/v1'));
const notes = many(1500, 'application/vnd.example.note');
const sboms = many(1500, 'application/spdx+json');

test('a signature behind 3,000 other artifacts is read first, with a few of those that may be one', async () => {
  const good = listed('good', BUNDLE);
  const { options, fetched } = world([good]);
  const found = await examine(options, [...sboms, ...notes, good]);
  expect(fetched[0]).toBe(good.digest);
  expect(fetched).toHaveLength(16);
  expect(found.places).toMatchObject([{ outcome: 'listed' }]);
  // Each is told of, and what is written again must hold every one.
  expect(found.unreadable).toHaveLength(1 + 1500 + 1500 - 15);
  expect(found.listed).toHaveLength(3001);
  expect(found.unreadable[0]).toMatchObject({ digest: 'entry 9', outcome: 'malformed' });
});

test('without an accepted one 1,000 that may be signatures are read, and the place has failed', async () => {
  const { options, fetched } = world();
  const found = await examine(options, [...sboms, ...nightly, ...notes]);
  expect(new Set(fetched).size).toBe(1000);
  expect(found.places[0]).toMatchObject({ outcome: 'failed', error: { code: 'REGISTRY_INVALID' } });
  expect(String(found.places[0]?.error)).toContain('1500 referrers that may be signatures; only 1000 are read');
});

test('as many as are read is not too many, and what need not be read does not count', async () => {
  const { options, fetched } = world();
  const found = await examine(options, [...sboms, ...notes.slice(0, 1000)]);
  expect(fetched).toHaveLength(1000);
  expect(found.places[0]).toMatchObject({ outcome: 'listed' });
});

test('more attestations than are read do not make the place a failed one: each is listed', async () => {
  const { options, fetched } = world();
  const found = await examine(options, [...nightly, ...sboms]);
  expect(new Set(fetched).size).toBe(1000);
  expect(found.places[0]).toMatchObject({ outcome: 'listed' });
  const passed = found.unreadable.filter(({ message }) => message.includes('only 1000 are'));
  expect(passed).toHaveLength(500);
  expect(passed.every(({ outcome }) => outcome === 'not-a-signature')).toBe(true);
});

test('one that is accepted in the crowd decides, though more were there than are read', async () => {
  const good = listed('good', 'application/vnd.example.other');
  const { options } = world([good]);
  const crowd = [...notes.slice(0, 500), good, ...notes.slice(500)];
  const found = await examine(options, crowd);
  expect(found.examined.map(({ candidate }) => candidate.digest)).toContain(good.digest);
});

test('a look for a signature of our own does not read the crowd', async () => {
  const { options, fetched } = world();
  const found = await examineListing(options, Promise.resolve(listing(notes)), new Set());
  expect(fetched).toHaveLength(16);
  expect(found.places).toMatchObject([{ outcome: 'listed' }]);
});

test('a run holds no more referrers at once than it may, over all images', async () => {
  const { options, mostInHand, fetched } = world();
  const bundles = many(40, BUNDLE);
  const registry = { ...options.registry, listReferrers: async () => listing(bundles) };
  await Promise.all(Array.from({ length: 16 }, () => createExamination({ ...options, registry }).until(isGood)));
  expect(fetched).toHaveLength(16 * 40);
  expect(mostInHand()).toBeLessThanOrEqual(REFERRERS_IN_HAND);
  expect(mostInHand()).toBeGreaterThan(8);
});

test('a signature that one place calls an SBOM is read where the other calls it what it is', async () => {
  const good = listed('good', BUNDLE);
  const called: Descriptor = { ...good, artifactType: 'application/spdx+json' };
  const { options, fetched } = world([good]);
  const registry = {
    ...options.registry,
    listReferrers: async () => listing([called]),
    listReferrersTag: async () => listing([good]),
  };
  const found = await createExamination({ ...options, registry }).until(isGood);
  expect(fetched).toEqual([good.digest]);
  expect(found.examined).toHaveLength(1);
});

test('a signature that names itself is read before 1,001 entries that name nothing', async () => {
  const good = annotated(listed('good', BUNDLE), 'https://sigstore.dev/cosign/sign/v1');
  const { options, fetched } = world([good]);
  const found = await examine(options, [...untyped(1001), good]);
  expect(fetched[0]).toBe(good.digest);
  expect(found.examined.map(({ candidate }) => candidate.digest)).toContain(good.digest);
});
