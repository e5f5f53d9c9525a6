import { expect, test } from 'vitest';
import { PROFILES } from '../../../sandbox/registry/profiles.ts';
import { artifact, openWithImage, path, put, subject } from './open-registry.ts';

test.each<readonly [keyof typeof PROFILES, number, boolean]>([
  ['ghcr', 404, false],
  ['ghcr-redirect', 303, false],
  ['distribution', 404, false],
  ['quay', 200, false],
  ['gitlab', 404, false],
  ['ecr', 200, true],
  ['harbor', 200, true],
  ['zot', 200, true],
  ['artifact-registry', 200, false],
])('%s takes an artifact, answers a listing by %d and OCI-Subject: %s', async (name, status, hasOciSubject) => {
  await using it = await openWithImage({ quirks: PROFILES[name] });
  const pushed = await it.ask('PUT', path('manifests/x'), put(artifact()));
  expect([pushed.status, pushed.headers.has('oci-subject')]).toEqual([201, hasOciSubject]);
  expect((await it.ask('GET', path(`referrers/${subject}`))).status).toBe(status);
});
