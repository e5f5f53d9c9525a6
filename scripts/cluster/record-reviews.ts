/**
 * Writes what a real API server asks an admission webhook (__tests__/fixtures/admission-reviews): creates, changes and
 * deletes objects on one, with a webhook that allows everything and keeps each review. Run it after an update of
 * kube-apiserver: `npm exec -- node scripts/cluster/record-reviews.ts`.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mintLoopbackTls } from '../../sandbox/sigstore/self-signed.ts';
import { isJsonObject, type JsonObject } from '../../src/domain/text/json-object.ts';
import { findKube, KUBE_NAME, type Kube } from '../peers/kube.ts';
import { RECORDED, type RecordedRequest } from './recorded-requests.ts';

const FOLDER = join(import.meta.dirname, '../../__tests__/fixtures/admission-reviews');

/** A review that came in, with the path that it was sent to. */
interface Received {
  readonly path: string;
  readonly review: JsonObject;
}

interface Recorder {
  readonly url: string;
  /** PEM. */
  readonly ca: string;
  /** In the order of arrival; emptied by whoever looks. */
  readonly received: Received[];
  close(): void;
}

async function startRecorder(): Promise<Recorder> {
  const { ca, tls } = mintLoopbackTls();
  const received: Received[] = [];
  const server = createServer(tls, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const review: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      if (!isJsonObject(review) || !isJsonObject(review['request'])) throw new Error('not an AdmissionReview');
      received.push({ path: request.url ?? '', review });
      const { apiVersion, kind } = review;
      const answered = { apiVersion, kind, response: { uid: review['request']['uid'], allowed: true } };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answered));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the recorder has no port');
  return { url: `https://127.0.0.1:${address.port}`, ca, received, close: () => void server.close() };
}

/** More than the webhook's own rules, so that it is known what it would be asked if somebody widened them. */
const RULES = [
  { apiGroups: [''], resources: ['pods', 'pods/*', 'replicationcontrollers', 'podtemplates', 'configmaps'] },
  { apiGroups: ['apps'], resources: ['deployments', 'deployments/*', 'replicasets', 'daemonsets', 'statefulsets'] },
  { apiGroups: ['batch'], resources: ['jobs', 'cronjobs'] },
].map((rule) => ({ ...rule, apiVersions: ['*'], operations: ['*'], scope: 'Namespaced' }));

async function register(kube: Kube, { url, ca }: Recorder): Promise<void> {
  for (const [kind, path, version] of [
    ['MutatingWebhookConfiguration', 'mutate', 'v1'],
    ['ValidatingWebhookConfiguration', 'validate', 'v1'],
    ['ValidatingWebhookConfiguration', 'old', 'v1beta1'],
  ] as const) {
    const webhook = {
      name: `${path}.countersign.test`,
      clientConfig: { url: `${url}/${path}`, caBundle: Buffer.from(ca).toString('base64') },
      rules: RULES,
      ...{ sideEffects: 'None', admissionReviewVersions: [version], timeoutSeconds: 10, failurePolicy: 'Fail' },
    };
    const { status, body } = await kube.send({
      method: 'POST',
      path: `/apis/admissionregistration.k8s.io/v1/${kind.toLowerCase()}s`,
      body: {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind,
        metadata: { name: `countersign-${path}` },
        webhooks: [webhook],
      },
    });
    if (status !== 201) throw new Error(`${kind}: ${status} ${JSON.stringify(body)}`);
  }
}

/** Until all three are called. */
async function untilCalled(kube: Kube, { received }: Recorder): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    await kube.send({
      method: 'POST',
      path: '/api/v1/namespaces/default/configmaps?dryRun=All',
      body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'probe' } },
    });
    const paths = new Set(received.splice(0).map(({ path }) => path.split('?')[0]));
    if (paths.size === 3) return;
    await sleep(200);
  }
  throw new Error('the webhook is not called');
}

async function record(kube: Kube, { received }: Recorder, one: RecordedRequest): Promise<JsonObject> {
  for (const [method, path, body] of one.before ?? []) await send(kube, method, path, body);
  received.splice(0);
  await send(kube, ...one.send);
  const found = received.splice(0).filter(({ path }) => path.startsWith(`/${one.path ?? 'validate'}?`));
  // It asks twice about the deletion of a Pod.
  const last = found.at(-1);
  if (last === undefined) throw new Error(`${one.name}: no review came`);
  return last.review;
}

/** An update is of the object as it is stored, changed by the function. */
async function send(kube: Kube, ...[method, path, body]: RecordedRequest['send']): Promise<void> {
  const read = path.split('?')[0] ?? path;
  const whole = typeof body === 'function' ? body((await kube.send({ path: read })).body as JsonObject) : body;
  const answer = await kube.send({ method, path, body: whole });
  // What the API server itself refuses has been reviewed by then.
  console.log(`${answer.status} ${method} ${path}`);
}

const found = await findKube();
if ('missing' in found) throw new Error(`${KUBE_NAME}: ${found.missing}`);
const directory = await mkdtemp(join(tmpdir(), 'countersign-reviews-'));
const kube = await found.start(directory);
const recorder = await startRecorder();
try {
  await register(kube, recorder);
  await kube.send({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  });
  await untilCalled(kube, recorder);
  await mkdir(FOLDER, { recursive: true });
  for (const one of RECORDED) {
    const review = await record(kube, recorder, one);
    await writeFile(join(FOLDER, `${one.name}.json`), `${JSON.stringify(review, undefined, 1)}\n`);
  }
  await writeFile(
    join(FOLDER, 'README.md'),
    [
      '# Recorded AdmissionReviews',
      '',
      `What ${KUBE_NAME} sent to a webhook on loopback; only the white space differs. Made by`,
      '`scripts/cluster/record-reviews.ts`; what was done for each is in `scripts/cluster/recorded-requests.ts`.',
      '',
    ].join('\n'),
  );
} finally {
  recorder.close();
  await kube.stop();
  await rm(directory, { recursive: true, force: true });
}
