import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImageVerdict } from '../../../src/admission/image-judge.ts';
import { askMutate, askValidate, FIXTURES, type Json, recorded, UNSIGNED } from './reviews.ts';

/** Reviews of any change to a recorded one: never a crash, and never an image that the judge refuses. */

const NAMES = readdirSync(FIXTURES).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
const BAD = 'registry.test/bad/app';
const VALUES: readonly Json[] = [
  ...[null, '', 0, true, [], {}, 'x', [null], [{}], { items: [] }, [[[]]]],
  ...[BAD, `${BAD}:1`, `${BAD}@sha256:${'a'.repeat(64)}`, `${BAD}:1@sha256:${'b'.repeat(64)}`],
  ...[{ name: 'x', image: `${BAD}:2` }, [{ name: 'y', image: `${BAD}:3` }], { image: { reference: `${BAD}:4` } }],
  { containers: [{ name: 'z', image: `${BAD}:5` }] },
  ...['CREATE', 'UPDATE', 'DELETE', 'CONNECT', 'status', 'scale', 'Pod', 'Deployment', 'ConfigMap', 'v1', 'apps/v1'],
  ...[{ 'subject.cosign.sigstore.dev/app': 'x' }, { 'issuer.cosign.sigstore.dev/nobody': 'x' }],
];
const KEYS = [
  ...['image', 'reference', 'containers', 'initContainers', 'ephemeralContainers', 'volumes', 'spec', 'template'],
  ...['annotations', 'labels', 'items', '__proto__', 'constructor', 'toString', 'Containers', 'kind', 'apiVersion'],
];

interface Edit {
  /** Which place, counted through the whole request. */
  readonly at: number;
  readonly how: 'set' | 'remove' | 'add' | 'copy-old' | 'image';
  readonly key: string;
  readonly value: Json;
}

const edits = fc.array(
  fc.record<Edit>({
    at: fc.nat({ max: 100_000 }),
    how: fc.constantFrom('set', 'remove', 'add', 'copy-old', 'image'),
    key: fc.constantFrom(...KEYS),
    value: fc.constantFrom(...VALUES),
  }),
  { maxLength: 4 },
);

/** Every place of a value: what holds it, and its key. */
function placesOf(value: Json, found: (readonly [Json, string])[] = []): (readonly [Json, string])[] {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push([value, key]);
    placesOf(value[key], found);
  }
  return found;
}

function edit(review: Json, { at, how, key, value }: Edit): void {
  const { request } = review;
  const own = structuredClone(value);
  const everywhere = placesOf(review);
  // Managed fields are most of an object, and decide nothing.
  const images = placesOf(request).filter(([, one]) => one === 'image' || one === 'reference');
  const places = how === 'image' ? images : everywhere;
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return;
  const [holder, name] = place;
  if (how === 'remove') delete holder[name];
  else if (how === 'add')
    Object.defineProperty(holder, key, { value: own, enumerable: true, configurable: true, writable: true });
  else if (how === 'copy-old' && request?.object) request.oldObject = structuredClone(request.object);
  else if (how === 'image') holder[name] = typeof holder[name] === 'string' ? `${BAD}:${at % 3}` : own;
  else holder[name] = own;
}

/** The images of a Pod or workload that a plain walk finds, by place. */
function plainImages(object: Json): Map<string, string> {
  const found = new Map<string, string>();
  const specs: Json[] = [object?.spec, object?.spec?.template?.spec, object?.template?.spec];
  specs.push(object?.spec?.jobTemplate?.spec?.template?.spec);
  for (const [nth, spec] of specs.entries()) {
    for (const list of ['containers', 'initContainers', 'ephemeralContainers', 'volumes']) {
      for (const [index, item] of (Array.isArray(spec?.[list]) ? spec[list] : []).entries()) {
        const image = list === 'volumes' ? item?.image?.reference : item?.image;
        if (typeof image === 'string') found.set(`${nth} ${list} ${index}`, image);
      }
    }
  }
  return found;
}

const isBad = (image: string): boolean => image.startsWith(`${BAD}:`) || image.startsWith(`${BAD}@`) || image === BAD;

test('no change of a recorded review crashes, or admits an image that the judge refuses', async () => {
  const seen = { allowed: 0, refused: 0, unchanged: 0 };
  const refusing: { verdicts: Record<string, ImageVerdict> } = { verdicts: { [BAD]: UNSIGNED } };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...NAMES), edits, fc.boolean(), async (name, changes, areLabelsJudged) => {
      const review = recorded(name);
      for (const change of changes) edit(review, change);
      const before = JSON.stringify(review);
      const { response, defects } = await askValidate(review, { ...refusing, settings: { areLabelsJudged } });
      expect(defects).toEqual([]);
      expect(typeof response.allowed).toBe('boolean');
      const pinned = await askMutate(review, { resolve: async () => UNSIGNED.digest });
      expect(pinned.defects).toEqual([]);
      // A review is read, never changed.
      expect(JSON.stringify(review)).toBe(before);
      if (!response.allowed) {
        expect(response.status.message.trim()).not.toBe('');
        seen.refused += 1;
        return;
      }
      seen.allowed += 1;
      const { operation, object, oldObject } = review.request;
      if (operation === 'DELETE' || operation === 'CONNECT') return;
      // Of these kinds, nothing runs.
      if (['Binding', 'ConfigMap', 'Eviction', 'Scale'].includes(object.kind)) return;
      const old = operation === 'UPDATE' ? plainImages(oldObject) : new Map<string, string>();
      for (const [place, image] of plainImages(object)) {
        if (!isBad(image)) continue;
        seen.unchanged += 1;
        expect(old.get(place)).toBe(image);
      }
    }),
    { numRuns: 1_500, seed: 37 },
  );
  // Neither all refused nor all without bad images.
  expect(seen.allowed).toBeGreaterThan(300);
  expect(seen.refused).toBeGreaterThan(300);
  expect(seen.unchanged).toBeGreaterThan(3);
});

test('a bad image in any field of any kind is refused', async () => {
  const kinds = NAMES.filter(
    (name) => name.startsWith('create-') && plainImages(recorded(name).request.object).size > 0,
  )
    // Refused for its version.
    .filter((name) => name !== 'create-pod-v1beta1');
  expect(kinds.length).toBeGreaterThan(10);
  for (const name of kinds) {
    const places = placesOf(recorded(name).request.object).filter(
      ([holder, key]) => ['image', 'reference'].includes(key) && /^registry|^ghcr/.test(holder[key]),
    );
    expect(places.length).toBeGreaterThan(0);
    for (const index of places.keys()) {
      const review = recorded(name);
      const [holder, key] = placesOf(review.request.object).filter(
        ([one, at]) => ['image', 'reference'].includes(at) && /^registry|^ghcr/.test(one[at]),
      )[index] as readonly [Json, string];
      expect((await askValidate(structuredClone(review))).response.allowed).toBe(true);
      holder[key] = `${BAD}:1`;
      const { response, message } = await askValidate(review, { verdicts: { [BAD]: UNSIGNED } });
      expect(response.allowed).toBe(false);
      expect(message).toContain(BAD);
    }
  }
});
