import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorReply, on } from '../../sandbox/http/faults.ts';
import { type Handler, jsonReply, type Reply, textReply } from '../../sandbox/http/serve.ts';
import { createKey } from '../../sandbox/sigstore/keys.ts';
import { withoutProcesses } from '../in-process.ts';
import {
  createSlots,
  errorsOf,
  IMPATIENT,
  type Json,
  type SignWorld,
  type StoredImage,
  shown,
  startSignWorld,
} from './sign-world.ts';

/*
 * Services that are away or lie. What is knowable beforehand ends before anything is logged; a later
 * failure leaves nothing in the registry, and the error names the log entries already created.
 */

let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;
const slot = createSlots();
const NOWHERE = 'http://127.0.0.1:9';

beforeAll(async () => {
  byDist = await startSignWorld({
    registryFaults: [
      { match: on(undefined, /^\/v2\/broken\//), times: 'always', action: { reply: textReply(503, 'maintenance') } },
      {
        match: on('POST', /^\/v2\/denied\//),
        times: 'always',
        action: { reply: errorReply(403, 'DENIED', 'installation not allowed to Create organization package') },
      },
      {
        match: on('PUT', /^\/v2\/readonly\/.*manifests/),
        times: 'always',
        action: { reply: textReply(500, 'disk full') },
      },
    ],
  });
  world = withoutProcesses(byDist);
});
afterAll(async () => {
  await world.close();
});

const down: Handler = () => textReply(500, 'out of order');
const edited = (reply: Reply, edit: (answer: Json) => void): Reply => {
  const answer = JSON.parse(Buffer.from(reply.body ?? '').toString());
  edit(answer);
  return { ...reply, body: JSON.stringify(answer) };
};
const flipped = (base64: string): string => {
  const bytes = Buffer.from(base64, 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return bytes.toString('base64');
};

interface Failure {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
}
const tokenFrom = (handler: Handler | string): Failure => ({
  env: { ACTIONS_ID_TOKEN_REQUEST_URL: `${typeof handler === 'string' ? handler : world.service(handler)}/token?v=1` },
});
const caAt = (handler: Handler | string): Failure => {
  const url = typeof handler === 'string' ? handler : world.service(handler);
  return { inputs: { 'signing-config': world.configWith({ certificateAuthorities: [{ url }] }) } };
};
const logAt = (handler: Handler | string): Failure => {
  const url = typeof handler === 'string' ? handler : world.service(handler);
  return { inputs: { 'signing-config': world.configWith({ logs: [{ url }] }) } };
};
const tsaAt = (handler: Handler | string): Failure => {
  const url = `${typeof handler === 'string' ? handler : world.service(handler)}/api/v1/timestamp`;
  return { inputs: { 'signing-config': world.configWith({ timestampAuthorities: [{ url }] }) } };
};

/** Runs and checks what every failure has in common: exit 1, nothing in the registry, no image put out. */
async function failure(image: StoredImage, { inputs = {}, env = {} }: Failure): Promise<string> {
  const { store } = world.registry;
  const held = () => ({
    manifests: store.manifests(image.repository).map(({ digest }) => digest),
    blobs: [...(store.repository(image.repository)?.blobs.keys() ?? [])],
    tags: store.tags(image.repository),
  });
  const before = held();
  const run = await slot(() => world.sign({ images: image.pinned, ...IMPATIENT, ...inputs }, { env }));
  expect(run.exitCode, shown(run)).toBe(1);
  expect(held()).toEqual(before);
  expect(run.outputs).toMatchObject({ images: '', digests: '', issuer: '', subject: '' });
  const [error = '', ...more] = errorsOf(run);
  expect(more).toEqual([]);
  return error;
}

let logged: number;
beforeAll(() => {
  logged = world.sigstore.rekorV1.size();
});

// ── before anything is logged ───────────────────────────────────────────────────────────────────

test.concurrent.each<[string, () => Failure, string, RegExp]>([
  ['id-token endpoint unreachable', () => tokenFrom(NOWHERE), 'IDENTITY_TOKEN_UNAVAILABLE', /127\.0\.0\.1:9/],
  ['id-token endpoint 500', () => tokenFrom(down), 'IDENTITY_TOKEN_UNAVAILABLE', /the id-token: GET .* returned 500/],
  [
    'id-token endpoint without JSON',
    () => tokenFrom(() => textReply(200, '<html>')),
    'IDENTITY_TOKEN_UNAVAILABLE',
    /200 with a body that is not JSON/,
  ],
  [
    'id-token endpoint that refuses',
    () => tokenFrom(() => jsonReply(403, { message: 'not you' })),
    'IDENTITY_TOKEN_UNAVAILABLE',
    /returned 403 "not you"/,
  ],
  [
    'an expired id-token',
    () => tokenFrom(() => jsonReply(200, { value: world.sigstore.oidc.issue({ expiresSeconds: -60 }) })),
    'IDENTITY_TOKEN_UNAVAILABLE',
    /expired at/,
  ],
  [
    'an id-token for another audience',
    () => tokenFrom(() => jsonReply(200, { value: world.sigstore.oidc.issue({ audience: 'api://other' }) })),
    'IDENTITY_TOKEN_UNAVAILABLE',
    /audience .*api:\/\/other.*, not sigstore/,
  ],
  [
    'CA 400 for a forged id-token',
    () => tokenFrom(() => jsonReply(200, { value: world.sigstore.oidc.issue({ forged: true }) })),
    'CA_REFUSED',
    /returned 400.*issuer http:\/\/127\.0\.0\.1:\d+ for audience sigstore/,
  ],
  ['CA 500', () => caAt(down), 'CA_UNAVAILABLE', /the CA: POST .* returned 500/],
  ['CA unreachable', () => caAt(NOWHERE), 'CA_UNAVAILABLE', /the CA: POST http:\/\/127\.0\.0\.1:9/],
  [
    'CA with a certificate for another key',
    () =>
      caAt(() => {
        const { chainPem } = world.sigstore.ca.certify({ publicKey: createKey().publicKey });
        return jsonReply(200, { signedCertificateEmbeddedSct: { chain: { certificates: chainPem } } });
      }),
    'CA_INVALID',
    /another key/,
  ],
])('%s: the error names it, and nothing was logged', async (_what, failing, code, told) => {
  const error = await failure(world.image(), failing());
  expect(error).toContain(code);
  expect(error).toMatch(told);
  expect(error).not.toContain('log entries already created');
});

test.concurrent.each<[string, () => StoredImage, string, RegExp]>([
  [
    'a registry that answers 503',
    () => world.image({ repository: 'broken/app' }),
    'REGISTRY_UNAVAILABLE',
    /broken\/app.* returned 503/,
  ],
  [
    'a registry that cannot be reached',
    () => ({ ...world.image(), pinned: `127.0.0.1:9/acme/app@sha256:${'0'.repeat(64)}` }),
    'REGISTRY_UNAVAILABLE',
    /127\.0\.0\.1:9/,
  ],
  [
    'a registry that denies the push',
    () => world.image({ repository: 'denied/app' }),
    'REGISTRY_DENIED',
    /POST .*denied\/app\/blobs\/uploads\/ returned 403 DENIED[\s\S]*the right to push to denied\/app/,
  ],
])('%s: the error names it, and nothing was logged', async (_what, image, code, told) => {
  const error = await failure(image(), {});
  expect(error).toContain(code);
  expect(error).toMatch(told);
  expect(error).not.toContain('log entries already created');
});

test.concurrent.each<[string, Handler | string, string, RegExp]>([
  ['a log that answers 500', down, 'LOG_UNAVAILABLE', /the log: POST .*returned 500/],
  ['a log that cannot be reached', NOWHERE, 'LOG_UNAVAILABLE', /the log: POST http:\/\/127\.0\.0\.1:9/],
  ['a log that answers with a page', () => textReply(201, '<html>'), 'LOG_INVALID', /the log/],
])('%s: the error names it, and nothing was uploaded', async (_what, handler, code, told) => {
  const error = await failure(world.image(), logAt(handler));
  expect(error).toContain(code);
  expect(error).toMatch(told);
});

test('nothing of all this was logged, and no upload is left open', () => {
  expect(world.sigstore.rekorV1.size()).toBe(logged);
  expect(world.registry.openUploads()).toBe(0);
  expect(world.sigstore.failures()).toEqual([]);
});

// ── after something was logged ──────────────────────────────────────────────────────────────────

const alteredEntry =
  (edit: (entry: Json) => void): Handler =>
  async (request) =>
    edited(await world.sigstore.rekorV1.handler(request), (answer) => edit(Object.values(answer)[0]));

test.concurrent.each<[string, () => Failure, string, boolean]>([
  [
    'a log entry with an altered SET',
    () =>
      logAt(
        alteredEntry(({ verification }) => {
          verification.signedEntryTimestamp = flipped(verification.signedEntryTimestamp);
        }),
      ),
    'LOG_INVALID',
    true,
  ],
  [
    'a log entry with an altered proof',
    () =>
      logAt(
        alteredEntry(({ verification: { inclusionProof } }) => {
          inclusionProof.rootHash = inclusionProof.rootHash.replace(/^./, (digit: string) =>
            digit === '0' ? '1' : '0',
          );
        }),
      ),
    'LOG_INVALID',
    true,
  ],
  [
    'the log entry of another signature',
    () =>
      logAt(async (request) => {
        await world.sigstore.rekorV1.handler(request);
        const { url } = request;
        url.searchParams.set('logIndex', '25579');
        return { ...(await world.sigstore.rekorV1.handler({ ...request, method: 'GET', url })), status: 201 };
      }),
    'LOG_INVALID',
    // The entry that came back is not ours, so of ours nothing is known.
    false,
  ],
  ['a timestamp authority that answers 500', () => tsaAt(down), 'TSA_UNAVAILABLE', true],
  ['a timestamp authority that cannot be reached', () => tsaAt(NOWHERE), 'TSA_UNAVAILABLE', true],
  ['a timestamp authority with garbage', () => tsaAt(() => textReply(201, 'garbage')), 'TSA_INVALID', true],
  [
    'a timestamp of something else',
    () =>
      tsaAt(() => ({
        status: 201,
        headers: [['Content-Type', 'application/timestamp-reply']],
        body: world.sigstore.tsa.stamp({ data: Buffer.from('something else') }),
      })),
    'TSA_INVALID',
    true,
  ],
])('%s: nothing is uploaded, and the entries made are named', async (_what, failing, code, named) => {
  const error = await failure(world.image(), failing());
  expect(error).toContain(code);
  if (named) expect(error).toMatch(/log entries already created: \d+ \(http:\/\/127\.0\.0\.1:\d+/);
});

test.concurrent('if one of several images cannot be logged, none is uploaded, and the others’ entries are named', async () => {
  const [first, second] = [world.image(), world.image()];
  let posts = 0;
  const breaking = logAt((request) => {
    posts += request.method === 'POST' ? 1 : 0;
    return posts > 1 ? textReply(500, 'full') : world.sigstore.rekorV1.handler(request);
  });
  const run = await slot(() =>
    byDist.sign({
      images: `${first.pinned}\n${second.pinned}`,
      concurrency: '1',
      ...IMPATIENT,
      ...breaking.inputs,
    }),
  );
  expect(run.exitCode, shown(run)).toBe(1);
  const told = errorsOf(run).join('\n');
  expect(told).toMatch(/LOG_UNAVAILABLE[\s\S]*log entries already created: \d+/);
  expect([...world.referrers(first), ...world.referrers(second)]).toEqual([]);
  // Those bundles are still handed over, so that nobody has to log again.
  expect(run.outputs['bundle-paths']).not.toBe('');
});

test.concurrent('a registry that fails at the very end: the error names the entries, and the bundle is kept', async () => {
  const image = world.image({ repository: 'readonly/app' });
  const run = await slot(() => byDist.sign({ images: image.pinned, ...IMPATIENT }));
  expect(run.exitCode, shown(run)).toBe(1);
  expect(errorsOf(run).join('\n')).toMatch(/REGISTRY_UNAVAILABLE[\s\S]*log entries already created: \d+/);
  expect(world.referrers(image)).toEqual([]);
  expect(run.outputs).toMatchObject({ images: '', digests: '' });
  expect(run.outputs['bundle-paths']).not.toBe('');
});

test('after all these failures the same world still signs, and no upload is left open', async () => {
  const image = world.image();
  const run = await byDist.sign({ images: image.pinned });
  expect(run.exitCode, shown(run)).toBe(0);
  expect(world.bundles(image)).toHaveLength(1);
  expect(world.registry.openUploads()).toBe(0);
  expect(world.sigstore.failures()).toEqual([]);
});
