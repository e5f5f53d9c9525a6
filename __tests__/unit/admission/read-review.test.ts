import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readReview } from '../../../src/admission/read-review.ts';
import { askMutate, askValidate, type Json, recorded, tampered } from './reviews.ts';

test('a recorded review is read field by field', () => {
  const { request } = recorded('update-pod-ephemeral');
  expect(readReview(recorded('update-pod-ephemeral'))).toEqual({
    kind: 'request',
    request: {
      ...{ uid: request.uid, operation: 'UPDATE', subResource: 'ephemeralcontainers' },
      ...{ kind: { group: '', version: 'v1', kind: 'Pod' }, resource: { group: '', version: 'v1', resource: 'pods' } },
      ...{ namespace: 'shop', name: 'debugged', dryRun: false },
      ...{ object: request.object, oldObject: request.oldObject },
    },
  });
});

test('a dry run says so', () => {
  expect(readReview(recorded('create-pod-dry-run'))).toMatchObject({ request: { dryRun: true } });
});

const BROKEN: readonly (readonly [string, (review: Json) => unknown, string])[] = [
  ['nothing', () => undefined, 'the body is not an AdmissionReview'],
  ['null', () => null, 'the body is not an AdmissionReview'],
  ['text', () => 'AdmissionReview', 'the body is not an AdmissionReview'],
  ['a list', (review) => [review], 'the body is not an AdmissionReview'],
  ['an empty object', () => ({}), 'the kind (absent) is not AdmissionReview'],
  ['another kind', (review) => ({ ...review, kind: 'Pod' }), 'the kind "Pod" is not AdmissionReview'],
  [
    'another group',
    (review) => ({ ...review, apiVersion: 'admission.k8s.io/v2' }),
    '"admission.k8s.io/v2" is not answered',
  ],
  ['no version', ({ apiVersion: _, ...review }) => review, 'the apiVersion (absent) is not answered'],
  ['no request', ({ request: _, ...review }) => review, 'the review has no request'],
  [
    'an inherited request',
    ({ request: _, ...review }) => Object.setPrototypeOf(review, { request: {} }),
    'the review has no request',
  ],
  ['a response', ({ request, ...review }) => ({ ...review, response: request }), 'the review has no request'],
];

test.each(BROKEN)('%s is refused', async (_name, change, what) => {
  const body = change(recorded('create-pod'));
  for (const ask of [askValidate, askMutate]) {
    const { review, response, message } = await ask(body);
    expect(review).toMatchObject({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' });
    expect(response).toMatchObject({ allowed: false, status: { code: 403 } });
    expect(message).toContain(what);
  }
});

const FIELDS: readonly (readonly [string, (request: Json) => void, string])[] = [
  ['an unknown operation', (request) => (request.operation = 'PATCH'), 'the operation "PATCH" is not known'],
  ['an operation in small letters', (request) => (request.operation = 'create'), 'the operation "create" is not known'],
  ['no operation', (request) => delete request.operation, 'the operation (absent) is not known'],
  ['no kind', (request) => delete request.kind, 'the kind of the request is not'],
  ['a kind that is text', (request) => (request.kind = 'Pod'), 'the kind of the request is not'],
  ['an empty kind', (request) => (request.kind.kind = ''), 'the kind of the request is not'],
  ['a group that is a number', (request) => (request.kind.group = 1), 'the kind of the request is not'],
  ['no resource', (request) => delete request.resource, 'the resource of the request is not'],
  [
    'a subresource that is a list',
    (request) => (request.subResource = []),
    'the subResource of the request is not text',
  ],
  ['a namespace that is a number', (request) => (request.namespace = 5), 'the namespace of the request is not a name'],
  [
    'a namespace that is too long',
    (request) => (request.namespace = 'x'.repeat(254)),
    'the namespace of the request is not',
  ],
  ['a name that is a number', (request) => (request.name = 5), 'the name of the request is not text'],
  ['dryRun that is text', (request) => (request.dryRun = 'true'), 'dryRun of the request is neither'],
];

test.each(FIELDS)('a request with %s is refused under its uid', async (_name, change, what) => {
  const body = tampered('create-pod', change);
  const { response, message } = await askValidate(body);
  expect(response).toMatchObject({ uid: body.request.uid, allowed: false });
  expect(message).toContain(what);
});

test.each([[undefined], [null], [''], [7], [{}], ['u'.repeat(257)]])('a uid like %j is not sent back', async (uid) => {
  const { response } = await askValidate(tampered('create-pod', (request) => (request.uid = uid)));
  expect(response).toMatchObject({ uid: '', allowed: false });
});

test('v1beta1 is refused in its own version, and under its uid', async () => {
  const body = recorded('create-pod-v1beta1');
  const { review, response, message, asked } = await askValidate(body);
  expect(review.apiVersion).toBe('admission.k8s.io/v1beta1');
  expect(response).toMatchObject({ uid: body.request.uid, allowed: false });
  expect(message).toContain('admissionReviewVersions: ["v1"]');
  expect(asked).toEqual([]);
});

test('what a refusal quotes can neither be seen as another line nor hide', async () => {
  const { message } = await askValidate({ apiVersion: 'admission.k8s.io/v1', kind: 'x\ndenied\u202e\u0007' });
  expect(message).toBe('the review cannot be read: the kind "x\\ndenied\\u202e\\u0007" is not AdmissionReview');
});

test('any JSON is answered, and nothing but a request of this shape is asked about', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (value) => {
      const { response, asked } = await askValidate(value);
      expect(response.allowed).toBe(false);
      expect(asked).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
