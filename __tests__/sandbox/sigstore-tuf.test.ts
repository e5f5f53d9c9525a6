import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initTUF } from '@sigstore/tuf';
import { attest, verify } from 'sigstore';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serve } from '../../sandbox/http/serve.ts';
import { type SigstoreStack, startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { createTufRepository, type TufRepository } from '../../sandbox/sigstore/tuf-repository.ts';

let directory: string;
let folders = 0;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandbox-tuf-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const clock = () => new Date();
const TARGETS = { 'trusted_root.json': '{"trusted":1}', 'signing_config.v0.2.json': '{"signing":"ü"}' };

/** A client with an own cache; asked again it refreshes. */
function createClient(url: string, repository: TufRepository) {
  folders += 1;
  const rootPath = join(directory, `root-${folders}.json`);
  const cachePath = join(directory, `cache-${folders}`);
  writeFileSync(rootPath, repository.initialRoot);
  return async (target: string): Promise<string> => {
    const tuf = await initTUF({ mirrorURL: url, rootPath, cachePath, forceInit: false, forceCache: false, retry: 0 });
    return tuf.getTarget(target);
  };
}

async function startRepository() {
  const repository = createTufRepository({ clock, targets: TARGETS });
  const server = await serve(repository.handler, { name: 'tuf' });
  const [client, served] = [createClient(server.url, repository), () => server.log.requests().map(({ path }) => path)];
  return { repository, client, served, url: server.url, [Symbol.asyncDispose]: () => server.close() };
}

test('a client that has the initial root gets the targets, by consistent snapshots', async () => {
  await using tuf = await startRepository();
  expect(await tuf.client('signing_config.v0.2.json')).toBe(TARGETS['signing_config.v0.2.json']);
  const hash = createHash('sha256').update(TARGETS['signing_config.v0.2.json']).digest('hex');
  expect(tuf.served()).toEqual([
    '/2.root.json',
    '/timestamp.json',
    '/1.snapshot.json',
    '/1.targets.json',
    `/targets/${hash}.signing_config.v0.2.json`,
  ]);
});

test('a client follows new targets and a rotated root', async () => {
  await using tuf = await startRepository();
  await tuf.client('trusted_root.json');
  tuf.repository.publish({ ...TARGETS, 'trusted_root.json': '{"trusted":2}' });
  expect(await tuf.client('trusted_root.json')).toBe('{"trusted":2}');
  tuf.repository.rotateRoot();
  expect(await tuf.client('trusted_root.json')).toBe('{"trusted":2}');
  expect(tuf.served()).toContain('/2.root.json');
  expect(tuf.served()).toContain('/3.snapshot.json');
});

test.each<[string, (repository: TufRepository) => void, RegExp]>([
  ['an expired timestamp', (r) => r.publish(TARGETS, { expires: { timestamp: new Date(0) } }), /expired/i],
  ['an expired snapshot', (r) => r.publish(TARGETS, { expires: { snapshot: new Date(0) } }), /expired/i],
  ['an expired root', (r) => r.rotateRoot({ expires: { root: new Date(0) } }), /expired/i],
  ['a timestamp by another key', (r) => r.publish(TARGETS, { forged: 'timestamp' }), /signed/i],
  ['targets by another key', (r) => r.publish(TARGETS, { forged: 'targets' }), /signed/i],
  ['a root that the old keys signed and the new ones did not', (r) => r.rotateRoot({ forged: 'root' }), /signed/i],
  ['a tampered target', (r) => r.tamperTarget('trusted_root.json'), /hash|length/i],
])('a client refuses %s', async (_, spoil, message) => {
  await using tuf = await startRepository();
  spoil(tuf.repository);
  await expect(tuf.client('trusted_root.json')).rejects.toSatisfy((error: unknown) => message.test(messagesOf(error)));
});

test('a client that has seen the newer timestamp refuses a rollback', async () => {
  await using tuf = await startRepository();
  tuf.repository.publish(TARGETS);
  await tuf.client('trusted_root.json');
  tuf.repository.rollBack();
  await expect(tuf.client('trusted_root.json')).rejects.toSatisfy((error: unknown) =>
    /version/i.test(messagesOf(error)),
  );
});

test('another repository’s root does not open this one', async () => {
  await using tuf = await startRepository();
  const stranger = createTufRepository({ clock, targets: TARGETS });
  await expect(createClient(tuf.url, stranger)('trusted_root.json')).rejects.toThrow();
});

/** Messages of an error and its causes. */
function messagesOf(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.message} ${messagesOf(error.cause)}` : '';
}

const SAN = 'https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main';

function sigstoreOptions(stack: SigstoreStack) {
  folders += 1;
  const tufRootPath = join(directory, `root-${folders}.json`);
  writeFileSync(tufRootPath, stack.tuf.initialRoot);
  return {
    tufMirrorURL: stack.urls.tuf,
    tufRootPath,
    tufCachePath: join(directory, `cache-${folders}`),
    certificateIssuer: stack.issuer,
  };
}

test('the sigstore package signs against the stack and verifies by its TUF repository', async () => {
  await using stack = await startSigstore();
  const bundle = await attest(Buffer.from('{"_type":"x"}'), 'application/vnd.in-toto+json', {
    fulcioURL: stack.urls.ca,
    rekorURL: stack.urls.rekorV1,
    tsaServerURL: new URL(stack.urls.tsa).origin,
    identityToken: stack.oidc.issue(),
    tlogUpload: true,
  });
  const options = sigstoreOptions(stack);
  const signer = await verify(bundle, options);
  expect(signer.identity?.subjectAlternativeName).toBe(SAN);
  await expect(verify(bundle, { ...options, certificateIssuer: 'https://token.example' })).rejects.toThrow();
  await using other = await startSigstore();
  await expect(verify(bundle, { ...sigstoreOptions(other), certificateIssuer: stack.issuer })).rejects.toThrow();
});
