import { afterAll, beforeAll, expect, test } from 'vitest';
import { at, type JsonObject, parseJsonBody } from '../../../sandbox/http/json-body.ts';
import { jsonReply, type Reply, type Served, serve } from '../../../sandbox/http/serve.ts';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import { type Admission, createApiServer } from '../../../sandbox/webhook/admission.ts';
import { createReviewCaller } from '../../../sandbox/webhook/review-caller.ts';

/* The sandbox's API server believes a webhook as little as the real one does. */

const authority = mintLoopbackTls();
let server: Served;
let answer: (request: JsonObject, path: string) => Reply;

beforeAll(async () => {
  server = await serve(
    ({ url, body }) => {
      const request = at(parseJsonBody(body), 'request') as JsonObject;
      return answer(request, `${url.pathname}${url.search}`);
    },
    { tls: authority.tls },
  );
});
afterAll(() => server.close());

const respond = (response: JsonObject): Reply =>
  jsonReply(200, { apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', response });
const POD: JsonObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [{ image: 'x:1' }] },
};

interface Rule {
  readonly failurePolicy?: 'Fail' | 'Ignore';
  readonly kind?: 'MutatingWebhookConfiguration' | 'ValidatingWebhookConfiguration';
  readonly namespaceSelector?: object;
  /** Further fields of the webhook. */
  readonly more?: object;
  readonly ca?: string;
}

async function admit(rule: Rule = {}, namespace = 'default'): Promise<Admission> {
  const { failurePolicy = 'Fail', kind = 'ValidatingWebhookConfiguration', namespaceSelector = {} } = rule;
  const webhook = {
    ...{ name: 'validate.test.svc', failurePolicy, namespaceSelector, timeoutSeconds: 7, ...rule.more },
    clientConfig: { service: { name: 'webhook', namespace: 'countersign-system', path: '/here' } },
    rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
  };
  const service = createReviewCaller({ port: server.port, ca: () => rule.ca ?? authority.ca });
  const cluster = createApiServer({ configurations: [{ kind, webhooks: [webhook] }], service });
  return cluster.admit({ namespace, object: POD }).finally(service.close);
}

const allow = (request: JsonObject): Reply => respond({ uid: request['uid'], allowed: true });
const denial = (request: JsonObject, status: JsonObject): Reply =>
  respond({ uid: request['uid'], allowed: false, status });

test('sends a review with the time that the webhook has, and stores what it allows', async () => {
  const seen: unknown[] = [];
  answer = (request, path) => {
    seen.push(path, at(request, 'resource', 'resource'), at(request, 'object'), at(request, 'namespace'));
    return allow(request);
  };
  expect(await admit()).toEqual({ kind: 'stored', object: POD, warnings: [], called: 1 });
  expect(seen).toEqual(['/here?timeout=7s', 'pods', POD, 'default']);
});

test('prints a refusal as kubectl does, with a reason and without', async () => {
  answer = (request) => denial(request, { code: 403, message: 'not signed' });
  const denied = 'admission webhook "validate.test.svc" denied the request: not signed';
  expect(await admit()).toMatchObject({ kind: 'refused', error: `Error from server: ${denied}` });
  answer = (request) => denial(request, { code: 403, reason: 'Forbidden', message: 'not signed' });
  expect(await admit()).toMatchObject({ error: `Error from server (Forbidden): ${denied}` });
});

const patch = (operations: unknown): JsonObject => ({
  ...{ patchType: 'JSONPatch', patch: Buffer.from(JSON.stringify(operations)).toString('base64') },
});

test('applies the patch of a mutating webhook', async () => {
  const operation = { op: 'replace', path: '/spec/containers/0/image', value: 'x:1@sha256:0' };
  answer = ({ uid }) => respond({ uid, allowed: true, ...patch([operation]) });
  const admission = await admit({ kind: 'MutatingWebhookConfiguration' });
  expect(admission).toMatchObject({ object: { spec: { containers: [{ image: 'x:1@sha256:0' }] } } });
  expect(POD).toMatchObject({ spec: { containers: [{ image: 'x:1' }] } });
});

test.each<[string, (request: JsonObject) => Reply, Rule]>([
  ['another uid', () => respond({ uid: 'other', allowed: true }), {}],
  [
    'a review of another version',
    ({ uid }) =>
      jsonReply(200, {
        apiVersion: 'admission.k8s.io/v1beta1',
        kind: 'AdmissionReview',
        response: { uid, allowed: true },
      }),
    {},
  ],
  ['a patch from a validating webhook', ({ uid }) => respond({ uid, allowed: true, ...patch([]) }), {}],
  [
    'a patch without its type',
    ({ uid }) => respond({ uid, allowed: true, patch: 'W10=' }),
    { kind: 'MutatingWebhookConfiguration' },
  ],
  [
    'a patch that leads nowhere',
    ({ uid }) => respond({ uid, allowed: true, ...patch([{ op: 'replace', path: '/spec/none/0', value: 1 }]) }),
    { kind: 'MutatingWebhookConfiguration' },
  ],
  [
    'a patch that is not a list',
    ({ uid }) => respond({ uid, allowed: true, ...patch({ op: 'replace', path: '/kind', value: 'x' }) }),
    { kind: 'MutatingWebhookConfiguration' },
  ],
  [
    'a patch whose path is not a pointer',
    ({ uid }) => respond({ uid, allowed: true, ...patch([{ op: 'replace', path: 'x/kind', value: 'x' }]) }),
    { kind: 'MutatingWebhookConfiguration' },
  ],
  ['a status other than 200', () => ({ status: 500 }), {}],
  ['text', () => ({ status: 200, body: 'OK' }), {}],
  ['a certificate of another authority', allow, { ca: mintLoopbackTls().ca }],
  ['a reset', () => ({ status: 200, fault: 'reset' }), {}],
])('takes %s for a failure, which failurePolicy decides', async (_what, reply, rule) => {
  answer = reply;
  const failed = await admit(rule);
  expect(failed.kind === 'refused' ? failed.error : 'stored').toMatch(
    /^Error from server \(InternalError\): Internal error occurred: failed calling webhook "validate\.test\.svc": /,
  );
  expect(await admit({ ...rule, failurePolicy: 'Ignore' })).toMatchObject({ kind: 'stored', object: POD });
});

test('calls only for the namespaces that the selector takes', async () => {
  answer = (request) => denial(request, { message: 'no' });
  const key = 'kubernetes.io/metadata.name';
  const without = { namespaceSelector: { matchExpressions: [{ key, operator: 'NotIn', values: ['kube-system'] }] } };
  expect(await admit(without, 'kube-system')).toMatchObject({ kind: 'stored', called: 0 });
  expect(await admit(without)).toMatchObject({ kind: 'refused' });
  const labelled = { namespaceSelector: { matchLabels: { include: 'true' } } };
  expect(await admit(labelled)).toMatchObject({ kind: 'stored', called: 0 });
});

test.each([
  ['objectSelector', { objectSelector: { matchLabels: { judged: 'true' } } }],
  ['matchConditions', { matchConditions: [{ name: 'never', expression: 'false' }] }],
])('calls nobody by a webhook whose %s it cannot evaluate', async (_what, more) => {
  answer = allow;
  await expect(admit({ more })).rejects.toThrow('the sandbox evaluates neither');
  expect(await admit({ more: { objectSelector: {}, matchConditions: [] } })).toMatchObject({ called: 1 });
});
