import { expect, test } from 'vitest';
import { createListedEntries } from '../../../src/oci/listed-entries.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const entry = (artifactType: string) => ({ mediaType: 'a/b', digest, size: 1, artifactType });
const BUNDLE = entry('application/vnd.dev.sigstore.bundle.v0.3+json');
const SBOM = entry('application/spdx+json');

test.each([
  [[SBOM, BUNDLE], 'the likelier one second'],
  [[BUNDLE, SBOM], 'the likelier one first'],
])('of two descriptors of one digest none rules the other out: %#', (entries) => {
  const list = createListedEntries('referrers-api');
  for (const one of entries) list.add({ entries: [one], flaws: new Map() });
  expect(list.listing().descriptors).toEqual([BUNDLE]);
  expect(list.count()).toBe(1);
});
