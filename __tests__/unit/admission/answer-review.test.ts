import { expect, test } from 'vitest';
import { answerBody } from '../../../src/admission/answer-body.ts';
import { answerReview } from '../../../src/admission/answer-review.ts';
import type { AdmissionAnswer } from '../../../src/admission/review.ts';
import { type Json, recorded } from './reviews.ts';

const REFUSAL: AdmissionAnswer = {
  ...{ uid: 'u', isAllowed: false, message: 'no', warnings: [], auditAnnotations: {}, patch: [] },
};
const ALLOWED: AdmissionAnswer = { ...REFUSAL, isAllowed: true, message: undefined };
const PATCH = [{ op: 'replace', path: '/spec/containers/0/image', value: 'ä@sha256:1' }] as const;
const responseOf = (answer: AdmissionAnswer): Json => (answerReview(answer) as Json).response;

test('a refusal has a status, and nothing else', () => {
  expect(answerReview(REFUSAL)).toEqual({
    ...{ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' },
    response: {
      ...{ uid: 'u', allowed: false },
      status: { status: 'Failure', code: 403, reason: 'Forbidden', message: 'no' },
    },
  });
});

test('what is allowed has no status, and a patch only with its type', () => {
  expect(responseOf(ALLOWED)).toEqual({ uid: 'u', allowed: true });
  const patch = Buffer.from(JSON.stringify(PATCH), 'utf8').toString('base64');
  expect(responseOf({ ...ALLOWED, patch: PATCH })).toEqual({ uid: 'u', allowed: true, patchType: 'JSONPatch', patch });
});

test('a refusal never patches', () => {
  const response = responseOf({ ...REFUSAL, patch: PATCH });
  expect(response.patch).toBeUndefined();
  expect(response.patchType).toBeUndefined();
});

test.each([[1], ['true'], [undefined], [{}], [null]])('isAllowed that is %j refuses', (isAllowed) => {
  const response = responseOf({ ...ALLOWED, isAllowed: isAllowed as never });
  expect(response).toMatchObject({ allowed: false, status: { code: 403 } });
});

test.each([[undefined], [''], [' \n ']])('a refusal with the message %j says something', (message) => {
  expect(responseOf({ ...REFUSAL, message }).status.message).toBe('the image policies do not allow it');
});

test('a message keeps its lines, shows what cannot be seen, and ends', () => {
  const { message } = responseOf({
    ...REFUSAL,
    message: `one\ntwo\r\u001b[31m\u202e\ud800${'x'.repeat(10_000)}`,
  }).status;
  expect(message.startsWith('one\ntwo\\u000d\\u001b[31m\\u202e\\ud800xxx')).toBe(true);
  expect(message.length).toBeLessThanOrEqual(6_001);
});

test('warnings are divided between words, without control characters, and bounded in number and length', () => {
  const { warnings } = responseOf({ ...ALLOWED, warnings: ['a\nb', '', `${'word '.repeat(100)}end`] });
  expect(warnings[0]).toBe('a\\u000ab');
  expect(warnings.slice(1).join(' ')).toBe(`${'word '.repeat(100)}end`);
  expect(warnings.length).toBeGreaterThan(2);
  const many = responseOf({
    ...ALLOWED,
    warnings: Array.from({ length: 500 }, (_, at) => `${at} ${'😀'.repeat(300)}`),
  }).warnings;
  expect(many.length).toBeLessThanOrEqual(20);
  expect(many.at(-1)).toContain('more warnings');
  expect(many.join('').length).toBeLessThanOrEqual(4_096);
  for (const one of [...warnings, ...many]) {
    expect(one.length).toBeLessThanOrEqual(256);
    expect(one).toBe(one.toWellFormed());
  }
});

test('audit annotations have names that the API server takes, and bounded values', () => {
  const { auditAnnotations } = responseOf({
    ...ALLOWED,
    auditAnnotations: {
      verdict: 'a\nb',
      'a/b': 'x',
      '': 'x',
      '-a': 'x',
      ['n'.repeat(64)]: 'x',
      long: 'y'.repeat(9_000),
    },
  });
  expect(Object.keys(auditAnnotations)).toEqual(['verdict', 'long']);
  expect(auditAnnotations.verdict).toBe('a\\u000ab');
  expect(auditAnnotations.long.length).toBe(2_048);
});

test('an answer that throws, or that belongs to another request, is a refusal', async () => {
  const review = recorded('create-pod');
  const { uid } = review.request;
  const thrown = new Error('the registry said: pwned');
  const answers: readonly (() => Promise<AdmissionAnswer>)[] = [
    () => Promise.reject(thrown),
    () => {
      throw thrown;
    },
    async () => ({ ...ALLOWED, uid: 'another' }),
    async () => undefined as never,
  ];
  for (const answer of answers) {
    const defects: unknown[] = [];
    const { response }: Json = await answerBody(review, answer, (error) => defects.push(error));
    expect(response).toMatchObject({ uid, allowed: false });
    expect(JSON.stringify(response)).not.toContain('pwned');
    expect(defects).toHaveLength(1);
  }
  const { response }: Json = await answerBody(review, async (request) => ({ ...ALLOWED, uid: request.uid }));
  expect(response).toEqual({ uid, allowed: true });
});
