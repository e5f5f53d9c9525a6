import { describe, expect, test } from 'vitest';
import { parseImagePath } from '../../../src/workloads/image-paths.ts';
import { askMutate, askValidate, digestOf, type Json, patchOf, tampered, UNSIGNED } from './reviews.ts';

const APP = 'registry.test/acme/app';
const UNSIGNED_OTHER = { verdicts: { 'registry.test/acme/other': UNSIGNED } };

/** An UPDATE of the recorded Pod, whose new object is changed. */
function updateOfPod(annotations: Readonly<Record<string, string>>, change: (object: Json) => void): Json {
  return tampered('create-pod', (request) => {
    Object.assign(request.object.metadata, { annotations });
    Object.assign(request, { operation: 'UPDATE', oldObject: structuredClone(request.object) });
    change(request.object);
  });
}

describe('an image that image-paths names outside of the specification', () => {
  const imagePaths = [parseImagePath('Pod metadata/annotations/sidecar.test~1image')];
  const settings = { imagePaths };
  const before = { 'sidecar.test/image': `${APP}:1` };

  test('an UPDATE of nothing but that annotation is judged, and refused for another image', async () => {
    const body = updateOfPod(before, ({ metadata }) => {
      metadata.annotations = { 'sidecar.test/image': 'registry.test/acme/other:1' };
    });
    const { response, asked, message } = await askValidate(body, { settings, ...UNSIGNED_OTHER });
    expect(asked).toEqual(['registry.test/acme/other:1']);
    expect(response.allowed).toBe(false);
    expect(message).toContain('NO_SIGNATURE');
    const pinned = await askMutate(body, { settings, resolve: async () => digestOf('c') });
    expect(patchOf(pinned)).toEqual([
      {
        ...{ op: 'replace', path: '/metadata/annotations/sidecar.test~1image' },
        value: `registry.test/acme/other:1@${digestOf('c')}`,
      },
    ]);
  });

  test('an UPDATE of another annotation is not', async () => {
    const body = updateOfPod(before, ({ metadata }) => {
      metadata.annotations = { ...before, note: 'new' };
    });
    const { response, asked } = await askValidate(body, { settings });
    expect(response).toMatchObject({ allowed: true, auditAnnotations: { verdict: 'unchanged' } });
    expect(asked).toEqual([]);
  });

  test('in the status of a custom resource too, whatever else of metadata and status changes', async () => {
    const custom = (change: (object: Json) => void): Json =>
      tampered('create-pod', (request) => {
        const kind = { group: 'apps.test', version: 'v1', kind: 'Build' };
        const resource = { group: 'apps.test', version: 'v1', resource: 'builds' };
        const object = {
          ...{ apiVersion: 'apps.test/v1', kind: 'Build', metadata: { name: 'main', resourceVersion: '1' } },
          ...{ spec: {}, status: { ready: 0, latestImage: `${APP}:1` } },
        };
        Object.assign(request, { kind, resource, operation: 'UPDATE', object, oldObject: structuredClone(object) });
        change(request.object);
      });
    const paths = { imagePaths: [parseImagePath('Build.apps.test status/latestImage')] };
    const changed = custom(({ status }) => {
      status.latestImage = 'registry.test/acme/other:1';
    });
    const refused = await askValidate(changed, { settings: paths, ...UNSIGNED_OTHER });
    expect(refused.asked).toEqual(['registry.test/acme/other:1']);
    expect(refused.response.allowed).toBe(false);
    const same = custom(({ status, metadata }) => {
      status.ready = 1;
      metadata.resourceVersion = '2';
    });
    const kept = await askValidate(same, { settings: paths });
    expect(kept.response).toMatchObject({ allowed: true, auditAnnotations: { verdict: 'unchanged' } });
  });
});

describe('an image that image-paths names in a kind without images', () => {
  const configMap = (data: Readonly<Record<string, string>>): Json =>
    tampered('create-pod', (request) => {
      const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'runner' }, data };
      const [kind, resource] = [
        { group: '', version: 'v1', kind: 'ConfigMap' },
        { group: '', version: 'v1', resource: 'configmaps' },
      ];
      Object.assign(request, { kind, resource, object });
    });
  const settings = { imagePaths: [parseImagePath('ConfigMap data/image')] };

  test('is judged, and refused if it is not signed', async () => {
    const body = configMap({ image: 'registry.test/acme/other:1' });
    const { response, asked } = await askValidate(body, { settings, ...UNSIGNED_OTHER });
    expect(asked).toEqual(['registry.test/acme/other:1']);
    expect(response.allowed).toBe(false);
  });

  test('another object of that kind, and every one without the setting, is admitted without a word', async () => {
    for (const [body, given] of [
      [configMap({ color: 'red' }), settings],
      [configMap({ image: 'registry.test/acme/other:1' }), {}],
    ] as const) {
      const { response, asked } = await askValidate(body, { settings: given, ...UNSIGNED_OTHER });
      expect(response).toMatchObject({ allowed: true, auditAnnotations: { verdict: 'none' } });
      expect(response.warnings).toBeUndefined();
      expect(asked).toEqual([]);
    }
  });
});
