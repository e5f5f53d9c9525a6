import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintLoopbackTls } from '../../sandbox/sigstore/self-signed.ts';
import type { ReviewAnswer } from '../../sandbox/webhook/review-caller.ts';
import { type RunningWebhook, startWebhook } from '../../sandbox/webhook/start-webhook.ts';
import { ROOT } from '../../sandbox/world.ts';
import { copyTampered } from './copy-tampered.ts';
import { type Json, type SignWorld, type StoredImage, SUBJECT, shown, startSignWorld } from './sign-world.ts';

/*
 * The started bundle of the webhook over https, with reviews that a real API server sent (fixtures), on a registry and a
 * Sigstore of the sandbox. It has the variables and volumes of a Pod, and nothing of a runner.
 */

let world: SignWorld;
let webhook: RunningWebhook;
let good: StoredImage;
/** The same image, with one byte of its signature changed. */
let tampered: string;
let unsigned: StoredImage;
let hanging: string;
const releases: (() => void)[] = [];

const policyFor = (host: string, name = 'ours'): string => `
apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: { name: ${name} }
spec:
  images: [{ glob: '${host}/**' }]
  authorities:
    - name: release
      keyless:
        identities: [{ issuer: '${world.sigstore.issuer}', subject: '${SUBJECT}' }]
`;

beforeAll(async () => {
  world = await startSignWorld();
  good = world.image({ repository: 'shop/web', tag: '1' });
  unsigned = world.image({ repository: 'shop/unsigned', tag: '1' });
  const signing = await world.sign({ images: good.pinned });
  expect(signing.exitCode, shown(signing)).toBe(0);
  copyTampered(world, 'shop/web', 'shop/twin', good.digest);
  tampered = `${world.host}/shop/twin@${good.digest}`;
  // A registry that does not answer until the test says so.
  const service = new URL(world.service(() => new Promise((resolve) => releases.push(() => resolve({ status: 404 })))));
  hanging = service.host;
  webhook = await start();
  await webhook.ready();
});
afterAll(async () => {
  for (const release of releases) release();
  await webhook?.[Symbol.asyncDispose]();
  await world?.close();
});

function start(
  env: Readonly<Record<string, string>> = {},
  policies: Readonly<Record<string, string>> = {
    'ours.yaml': policyFor(world.host),
    'slow.yaml': policyFor(hanging, 'slow'),
  },
): Promise<RunningWebhook> {
  return startWebhook({
    policies,
    env: {
      DOCKER_CONFIG: world.directory,
      COUNTERSIGN_TRUSTED_ROOT: world.files.trustedRoot,
      // Registry, token server and the one that hangs.
      COUNTERSIGN_PRIVATE_HOSTS: 'localhost\n127.0.0.1',
      ...env,
    },
  });
}

/** A review as a real API server sent it, about another image. */
function podReview(image: string): Json {
  const review = JSON.parse(
    readFileSync(join(ROOT, '__tests__/fixtures/admission-reviews/create-pod.json'), 'utf8'),
  ) as Json;
  review.request.object.spec.containers[0].image = image;
  return review;
}

function messageOf({ response }: ReviewAnswer): string {
  return response?.status?.message ?? '';
}

test('a signed image is admitted, and what decided is in the audit log', async () => {
  const review = podReview(good.pinned);
  const answer = await webhook.post(review);
  expect(answer.status).toBe(200);
  expect(JSON.parse(answer.body)).toMatchObject({ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' });
  expect(answer.response).toMatchObject({ uid: review.request.uid, allowed: true });
  expect(JSON.stringify(answer.response?.auditAnnotations)).toContain(good.digest);
});

test('its twin with a changed signature is refused, and so is an image without one, each with image, field, policy and reason', async () => {
  const refused = await webhook.post(podReview(tampered));
  expect(refused.response).toMatchObject({ allowed: false, status: { code: 403 } });
  for (const part of [tampered, 'spec.containers[0].image', 'ours', 'SIGNATURE_INVALID']) {
    expect(messageOf(refused)).toContain(part);
  }
  const bare = await webhook.post(podReview(unsigned.pinned));
  expect(bare.response).toMatchObject({ allowed: false });
  for (const part of [unsigned.pinned, 'spec.containers[0].image', 'ours', 'NO_SIGNATURE']) {
    expect(messageOf(bare)).toContain(part);
  }
});

test('a tag is refused with what it means now, and /mutate pins it, so that it is admitted', async () => {
  const tag = `${good.name}:1`;
  const refused = await webhook.post(podReview(tag));
  expect(refused.response?.allowed).toBe(false);
  expect(messageOf(refused)).toContain(`${tag}@${good.digest}`);
  const mutated = await webhook.post(podReview(tag), { path: '/mutate?timeout=10s' });
  expect(mutated.response).toMatchObject({ allowed: true, patchType: 'JSONPatch' });
  const patch = JSON.parse(Buffer.from(mutated.response?.patch ?? '', 'base64').toString()) as Json;
  expect(patch).toEqual([{ op: 'replace', path: '/spec/containers/0/image', value: `${tag}@${good.digest}` }]);
  expect((await webhook.post(podReview(patch[0].value))).response?.allowed).toBe(true);
  // Once more changes nothing.
  const again = await webhook.post(podReview(patch[0].value), { path: '/mutate?timeout=10s' });
  expect(again.response?.patch).toBeUndefined();
});

test('a registry that does not answer is a refusal before the deadline of the API server', async () => {
  const answer = await webhook.post(podReview(`${hanging}/0/app@${good.digest}`), { path: '/validate?timeout=2s' });
  expect(answer).toMatchObject({ status: 200, response: { allowed: false } });
  expect(messageOf(answer)).toContain('TIMEOUT');
  expect((await webhook.page('/metrics')).body).toContain('countersign_deadline_expired_total{path="/validate"} 1');
});

test.each([
  ['text that is not JSON', '{"kind":', {}, 400],
  ['JSON that is not a review', '[]', {}, 400],
  ['a body that is too large', Buffer.alloc(8 * 1024 * 1024 + 1, 0x20), {}, 413],
  ['another type of content', '{}', { headers: { 'Content-Type': 'text/plain' } }, 415],
  ['another method', '', { method: 'PUT' }, 405],
  ['another path', '{}', { path: '/' }, 404],
])('%s gets an error and no review', async (_what, body, options, status) => {
  const answer = await webhook.post(body, options);
  expect(answer.status).toBe(status);
  expect(answer.response).toBeUndefined();
});

test('an object as large as an API server sends is judged', async () => {
  const review = podReview(unsigned.pinned);
  review.request.object.metadata.annotations = { large: 'x'.repeat(3 * 1024 * 1024) };
  review.request.oldObject = { metadata: { annotations: { large: 'y'.repeat(3 * 1024 * 1024) } } };
  const answer = await webhook.post(review);
  expect(answer).toMatchObject({ status: 200, response: { uid: review.request.uid, allowed: false } });
});

test('broken policies leave the last good ones in force, loudly; without any, nothing is admitted', async () => {
  await using fresh = await start({}, { 'ours.yaml': 'kind: ClusterImagePolicy\nspec: {}\n' });
  await fresh.logged(({ message }) => message === 'no policies are in force');
  expect(await fresh.page('/readyz')).toMatchObject({ status: 503, body: expect.stringContaining('ours.yaml') });
  const denied = await fresh.post(podReview(good.pinned));
  expect(denied.response).toMatchObject({
    allowed: false,
    status: { message: expect.stringMatching(/^INPUT_INVALID: no policies are in force, .*ours\.yaml/) },
  });
  // An update that changes no image is refused too: everything is, until there are policies.
  const unchanged = podReview(good.pinned);
  Object.assign(unchanged.request, { operation: 'UPDATE', oldObject: unchanged.request.object });
  expect((await fresh.post(unchanged)).response?.allowed).toBe(false);
  await fresh.mountPolicies({ 'ours.yaml': policyFor(world.host) });
  await fresh.ready();
  expect((await fresh.post(unchanged)).response?.allowed).toBe(true);
  expect((await fresh.post(podReview(good.pinned))).response?.allowed).toBe(true);
  await fresh.mountPolicies({ 'ours.yaml': 'kind: [' });
  await fresh.logged(({ message }) => message === 'newer policies are not in force');
  expect((await fresh.post(podReview(good.pinned))).response?.allowed).toBe(true);
  expect((await fresh.post(podReview(unsigned.pinned))).response?.allowed).toBe(false);
  expect((await fresh.page('/metrics')).body).toMatch(/^countersign_policies_broken 1$/m);
});

test('a certificate that is replaced while requests run drops none of them, and a pair that does not fit is not used', async () => {
  await using fresh = await start();
  await fresh.ready();
  const before = await servedFingerprint(fresh);
  let isRunning = true;
  const verdicts: (boolean | undefined)[] = [];
  const caller = async (): Promise<void> => {
    while (isRunning) verdicts.push((await fresh.post(podReview(good.pinned))).response?.allowed);
  };
  const callers = [caller(), caller(), caller()];
  await fresh.mountTls();
  const used = await fresh.logged(({ message }) => message === 'a new certificate is in use');
  const [one, other] = [mintLoopbackTls(), mintLoopbackTls()];
  await fresh.mountTls({ cert: one.tls.cert, key: other.tls.key });
  await fresh.logged(({ level, message }) => level === 'error' && message.startsWith('the certificate files'));
  isRunning = false;
  await Promise.all(callers);
  expect(new Set(verdicts)).toEqual(new Set([true]));
  const after = await servedFingerprint(fresh);
  expect(after).not.toBe(before);
  expect(after).toBe(used['fingerprint']);
});

test('SIGTERM: not ready at once, what runs and what still comes is answered, then the process ends well', async () => {
  await using fresh = await start({ COUNTERSIGN_DRAIN_FOR: '2s' });
  await fresh.ready();
  const slow = fresh.post(podReview(`${hanging}/0/app@${good.digest}`), { path: '/validate?timeout=2s' });
  fresh.stop();
  await fresh.logged(({ message }) => message === 'draining');
  expect(await fresh.page('/readyz')).toMatchObject({ status: 503, body: expect.stringContaining('shutting down') });
  expect((await fresh.page('/healthz')).status).toBe(200);
  expect((await fresh.post(podReview(good.pinned))).response?.allowed).toBe(true);
  expect((await slow).response?.allowed).toBe(false);
  expect(await fresh.ended).toBe(0);
});

test('neither log nor metrics hold the password of the registry or the key of the server', async () => {
  const written = `${JSON.stringify(webhook.log())}${(await webhook.page('/metrics')).body}`;
  expect(written).not.toContain(world.login.password);
  expect(written).not.toContain(Buffer.from(`${world.login.username}:${world.login.password}`).toString('base64'));
  expect(written).not.toContain('PRIVATE KEY');
  expect(webhook.log().some(({ message }) => message === 'refused')).toBe(true);
});

function servedFingerprint({ port }: RunningWebhook): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256.replaceAll(':', '').toLowerCase());
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
