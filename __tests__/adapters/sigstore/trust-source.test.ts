import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Metadata, MetadataKind } from '@tufjs/models';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { on, withFaults } from '../../../sandbox/http/faults.ts';
import { type Handler, type Served, serve, textReply } from '../../../sandbox/http/serve.ts';
import { startSigstore } from '../../../sandbox/sigstore/sigstore-stack.ts';
import { createTufRepository, type TufRepository } from '../../../sandbox/sigstore/tuf-repository.ts';
import { readRegularFile } from '../../../src/entries/inputs/regular-file.ts';
import { createHttpClient } from '../../../src/http/create-http-client.ts';
import { GITHUB_TUF_ROOT } from '../../../src/sigstore/trust/roots/github.ts';
import { PUBLIC_GOOD_TRUSTED_ROOT, PUBLIC_GOOD_TUF_ROOT } from '../../../src/sigstore/trust/roots/public-good.ts';
import { createTrustSource, type TrustSourceOptions } from '../../../src/sigstore/trust/trust-source.ts';
import { parseTrustedRoot } from '../../../src/sigstore/trust/trusted-root.ts';
import type { TrustOrigin } from '../../../src/usecases/connections.ts';
import { seenBy, testCall } from '../../calls.ts';

const LEAF = { issuerOrganization: 'sigstore.dev', visibility: 'public' };
const clock = { now: () => new Date(), sleep: async () => undefined };

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'countersign-trust-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Trusted root and signing config of a stack that need not run any longer, and of another one. */
async function material() {
  await using stack = await startSigstore();
  await using other = await startSigstore({ instance: 'github' });
  return {
    trustedRoot: stack.trustedRootJson('v1'),
    signingConfig: stack.signingConfigJson('v1'),
    github: other.trustedRootJson('tsa'),
    ca: stack.urls.ca,
    githubCa: other.urls.ca,
  };
}

type Material = Awaited<ReturnType<typeof material>>;

function repositoryOf(content: Material, pathPrefix = ''): TufRepository {
  const targets = { 'trusted_root.json': content.trustedRoot, 'signing_config.v0.2.json': content.signingConfig };
  return createTufRepository({ clock: clock.now, targets, pathPrefix });
}

function sourceOf(
  origin: TrustOrigin,
  { retryFor = 0, ...changes }: Partial<TrustSourceOptions> & { readonly retryFor?: number } = {},
) {
  const warnings: string[] = [];
  const call = testCall({ retryFor, log: { warning: (line) => void warnings.push(line) } });
  const source = createTrustSource({
    origin,
    http: createHttpClient({ clock, random: () => 0 }),
    clock,
    offline: false,
    signing: true,
    cacheDirectory: directory,
    readFile: readRegularFile,
    serverUrl: 'https://github.com',
    ...changes,
  });
  const { rootFor, signingMaterial, prefetch } = seenBy(call, source);
  return { rootFor, signingMaterial, prefetch, warnings };
}

const mirrorOf = (server: Served, repository: TufRepository): TrustOrigin => ({
  kind: 'tuf',
  mirror: new URL(server.url),
  root: repository.initialRoot.toString(),
});

const requestsOf = (server: Served): readonly string[] => server.log.requests().map((entry) => entry.path);

test('files are parsed and answer for every certificate', async () => {
  const { trustedRoot, signingConfig, ca } = await material();
  const source = sourceOf({ kind: 'files', trustedRoot, signingConfig }, { offline: true });
  const loaded = await source.rootFor({ issuerOrganization: 'GitHub, Inc.', visibility: 'private' });
  expect(loaded.label).toBe('trusted-root');
  expect(loaded.root).toEqual(parseTrustedRoot(trustedRoot));
  expect((await source.signingMaterial()).signingConfig.cas[0]?.url).toBe(ca);
});

test('files wait for the first request, but not for one that never leaves', async () => {
  const { trustedRoot } = await material();
  const events: string[] = [];
  const { promise: firstSent, resolve } = Promise.withResolvers<void>();
  const waiting = sourceOf({ ...FILES, trustedRoot }, { firstSent }).rootFor(LEAF);
  void waiting.then(() => events.push('parsed'));
  // One that began later and waits for nothing is parsed first.
  await sourceOf({ ...FILES, trustedRoot }).rootFor(LEAF);
  events.push('sent');
  resolve();
  expect((await waiting).root).toEqual(parseTrustedRoot(trustedRoot));
  expect(events).toEqual(['sent', 'parsed']);
  const never = new Promise<void>(() => undefined);
  expect((await sourceOf({ ...FILES, trustedRoot }, { firstSent: never }).rootFor(LEAF)).root).toBeDefined();
});

test('a trusted root whose log has no validity start is refused by name, its good twin is not', async () => {
  const content = await material();
  const withoutStart = change(content.trustedRoot, (root) => {
    delete root.tlogs[0].publicKey.validFor;
  });
  const { root } = await sourceOf({ ...FILES, trustedRoot: content.trustedRoot }).rootFor(LEAF);
  expect(root.tlogs).toHaveLength(1);
  await expect(sourceOf({ ...FILES, trustedRoot: withoutStart }).rootFor(LEAF)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringContaining('tlogs[0] has no validity start'),
  });
});

// biome-ignore lint/suspicious/noExplicitAny: hostile JSON is made by free editing
type Editable = any;
const FILES = { kind: 'files', signingConfig: undefined } as const;

function change(text: string, edit: (value: Editable) => void): string {
  const value = JSON.parse(text);
  edit(value);
  return JSON.stringify(value);
}

test.each<[string, (root: Editable) => void]>([
  ['another media type', (root) => Object.assign(root, { mediaType: 'application/json' })],
  ['no certificate authority: nothing could ever chain', (root) => Object.assign(root, { certificateAuthorities: [] })],
  ['a list that is none', (root) => Object.assign(root, { tlogs: {} })],
  ['a list of other things', (root) => Object.assign(root, { ctlogs: ['x'] })],
  ['more members than any root has', (root) => Object.assign(root, { tlogs: Array(65).fill(root.tlogs[0]) })],
  ['a CA without validity start', (root) => delete root.certificateAuthorities[0].validFor],
  ['a timestamp authority without validity start', (root) => delete root.timestampAuthorities[0].validFor.start],
  ['a CT log without validity start', (root) => delete root.ctlogs[0].publicKey.validFor.start],
  ['a validity that is no time', (root) => Object.assign(root.tlogs[0].publicKey.validFor, { start: 'once' })],
  ['a validity start of another type', (root) => Object.assign(root.tlogs[0].publicKey.validFor, { start: {} })],
  ['a validity start in seconds', (root) => Object.assign(root.ctlogs[0].publicKey.validFor, { start: 1_700_000_000 })],
  [
    'a validity end without time zone',
    (root) => Object.assign(root.certificateAuthorities[0].validFor, { end: '2100-01-01T00:00:00' }),
  ],
  ['a validity that is a day', (root) => Object.assign(root.timestampAuthorities[0].validFor, { start: '2020-01-01' })],
  [
    'a validity that ends first',
    (root) => Object.assign(root.tlogs[0].publicKey.validFor, { end: '2001-01-01T00:00:00Z' }),
  ],
  ['a key that does not parse', (root) => Object.assign(root.tlogs[0].publicKey, { rawBytes: 'AAAA' })],
  ['a log without key', (root) => delete root.tlogs[0].publicKey],
  ['a log without id', (root) => delete root.tlogs[0].logId],
  ['an unknown hash algorithm', (root) => Object.assign(root.tlogs[0], { hashAlgorithm: 'MD5' })],
  ['a weaker hash algorithm', (root) => Object.assign(root.tlogs[0], { hashAlgorithm: 'SHA2_512' })],
  ['an empty chain', (root) => Object.assign(root.certificateAuthorities[0], { certChain: { certificates: [] } })],
  [
    'a certificate that does not parse',
    (root) => Object.assign(root.certificateAuthorities[0].certChain.certificates[0], { rawBytes: 'AAAA' }),
  ],
  ['more text than any root has', (root) => Object.assign(root, { x: 'x'.repeat(1024 * 1024) })],
])('a trusted root with %s is INPUT_INVALID', async (_reason, edit) => {
  const { trustedRoot } = await material();
  await expect(sourceOf({ ...FILES, trustedRoot }).rootFor(LEAF)).resolves.toBeDefined();
  await expect(sourceOf({ ...FILES, trustedRoot: change(trustedRoot, edit) }).rootFor(LEAF)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  });
});

test.each(['', '{', '[]', 'null', '"x"'])('the text %j is no trusted root', async (trustedRoot) => {
  await expect(sourceOf({ ...FILES, trustedRoot }).rootFor(LEAF)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});

test('signing from files needs a signing config, and a strict one', async () => {
  const { trustedRoot, signingConfig } = await material();
  const without = sourceOf({ ...FILES, trustedRoot });
  await expect(without.signingMaterial()).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  const broken = change(signingConfig, (config) => Object.assign(config, { extra: 1 }));
  const source = sourceOf({ kind: 'files', trustedRoot, signingConfig: broken });
  await expect(source.signingMaterial()).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringContaining('unknown field'),
  });
});

test('a mirror gives root and services, without credentials, and the next run asks for two files only', async () => {
  const content = await material();
  const repository = repositoryOf(content);
  await using server = await serve(repository.handler);
  const source = sourceOf(mirrorOf(server, repository));
  source.prefetch();
  const { root, signingConfig, label } = await source.signingMaterial();
  expect({ root, label }).toEqual({ root: parseTrustedRoot(content.trustedRoot), label: `${server.url}/` });
  expect(signingConfig.cas[0]?.url).toBe(content.ca);
  expect(requestsOf(server)).toHaveLength(6);
  for (const { headers } of server.log.requests()) {
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['authorization']));
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(['cookie']));
  }
  server.log.clear();
  const again = await sourceOf(mirrorOf(server, repository)).signingMaterial();
  expect(again.root).toEqual(root);
  expect(requestsOf(server)).toEqual(['/2.root.json', '/timestamp.json']);
});

test('verifying asks the repository for the trusted root alone', async () => {
  const repository = repositoryOf(await material());
  await using server = await serve(repository.handler);
  const source = sourceOf(mirrorOf(server, repository), { signing: false });
  await Promise.all([source.rootFor(LEAF), source.rootFor(LEAF)]);
  expect(requestsOf(server).filter((path) => path.startsWith('/targets/'))).toHaveLength(1);
  await expect(source.signingMaterial()).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});

test('a rotated root is followed from the one given, and walked from the cache the next time', async () => {
  const content = await material();
  const repository = repositoryOf(content);
  repository.rotateRoot();
  repository.rotateRoot();
  await using server = await serve(repository.handler);
  await sourceOf(mirrorOf(server, repository)).signingMaterial();
  expect(requestsOf(server)).toContain('/3.root.json');
  server.log.clear();
  await sourceOf(mirrorOf(server, repository)).signingMaterial();
  expect(requestsOf(server)).toEqual(['/4.root.json', '/timestamp.json']);
});

test.each(['root', 'timestamp', 'snapshot', 'targets'] as const)(
  'a repository whose %s is signed by a stranger is refused, its good twin is not',
  async (role) => {
    const content = await material();
    const repository = repositoryOf(content);
    await using server = await serve(repository.handler);
    repository.rotateRoot();
    await expect(sourceOf(mirrorOf(server, repository)).rootFor(LEAF)).resolves.toBeDefined();
    if (role === 'root') repository.rotateRoot({ forged: 'root' });
    else repository.publish({ 'trusted_root.json': content.github }, { forged: role });
    await expect(sourceOf(mirrorOf(server, repository)).rootFor(LEAF)).rejects.toMatchObject({
      code: 'TRUST_ROOT_INVALID',
    });
  },
);

test.each(['root', 'timestamp', 'snapshot', 'targets'] as const)(
  'a repository whose %s has expired is refused, also behind a valid cache',
  async (role) => {
    const content = await material();
    const repository = repositoryOf(content);
    await using server = await serve(repository.handler);
    await sourceOf(mirrorOf(server, repository)).signingMaterial();
    repository.rotateRoot({ expires: { [role]: new Date(Date.now() - 60_000) } });
    await expect(sourceOf(mirrorOf(server, repository)).rootFor(LEAF)).rejects.toMatchObject({
      code: 'TRUST_ROOT_INVALID',
    });
  },
);

test('the time of the run decides about expiry, not only the clock of the machine', async () => {
  const repository = repositoryOf(await material());
  await using server = await serve(repository.handler);
  const later = { ...clock, now: () => new Date(Date.now() + 8 * 86_400_000) };
  await expect(sourceOf(mirrorOf(server, repository), { clock: later }).rootFor(LEAF)).rejects.toMatchObject({
    code: 'TRUST_ROOT_INVALID',
    message: expect.stringContaining('timestamp.json expired'),
  });
});

test('a repository that goes back behind what was seen is refused', async () => {
  const content = await material();
  const repository = repositoryOf(content);
  await using server = await serve(repository.handler);
  repository.publish({ 'trusted_root.json': content.github, 'signing_config.v0.2.json': content.signingConfig });
  await sourceOf(mirrorOf(server, repository)).signingMaterial();
  repository.rollBack();
  await expect(sourceOf(mirrorOf(server, repository)).rootFor(LEAF)).rejects.toMatchObject({
    code: 'TRUST_ROOT_INVALID',
  });
});

test('a target with other bytes than its metadata lists is refused', async () => {
  const repository = repositoryOf(await material());
  await using server = await serve(repository.handler);
  repository.tamperTarget('trusted_root.json');
  await expect(sourceOf(mirrorOf(server, repository)).rootFor(LEAF)).rejects.toMatchObject({
    code: 'TRUST_ROOT_INVALID',
  });
});

test.each([
  ['no signing config', { 'trusted_root.json': '{}' }],
  ['a trusted root that is none', { 'trusted_root.json': '{}', 'signing_config.v0.2.json': '{}' }],
])('a repository with %s is TRUST_ROOT_INVALID', async (_what, targets) => {
  const repository = createTufRepository({ clock: clock.now, targets });
  await using server = await serve(repository.handler);
  await expect(sourceOf(mirrorOf(server, repository)).signingMaterial()).rejects.toMatchObject({
    code: 'TRUST_ROOT_INVALID',
  });
});

test.each<[string, (content: Material) => string | undefined]>([
  ['the root of another repository', (content) => repositoryOf(content).initialRoot.toString()],
  ['no root, so the public-good one', () => undefined],
  ['a root that is no metadata', () => '{"signed":{}}'],
])('a mirror checked by %s is refused', async (_what, rootOf) => {
  const content = await material();
  const repository = repositoryOf(content);
  await using server = await serve(repository.handler);
  const origin: TrustOrigin = { kind: 'tuf', mirror: new URL(server.url), root: rootOf(content) };
  await expect(sourceOf(origin).rootFor(LEAF)).rejects.toMatchObject({ code: 'TRUST_ROOT_INVALID' });
});

const DOWN = textReply(503, 'down');

test('a repository that is down is replaced by its cache while every file of that is valid', async () => {
  const content = await material();
  const repository = repositoryOf(content);
  repository.rotateRoot();
  let down = false;
  const handler: Handler = async (request) => (down ? DOWN : repository.handler(request));
  await using server = await serve(handler);
  const origin = mirrorOf(server, repository);
  await sourceOf(origin).signingMaterial();
  down = true;
  const source = sourceOf(origin);
  expect((await source.signingMaterial()).root).toEqual(parseTrustedRoot(content.trustedRoot));
  expect(source.warnings).toEqual([expect.stringContaining('cannot be reached')]);
  const later = { ...clock, now: () => new Date(Date.now() + 8 * 86_400_000) };
  await expect(sourceOf(origin, { clock: later }).rootFor(LEAF)).rejects.toMatchObject({
    code: 'TRUST_ROOT_UNAVAILABLE',
  });
});

test('a root says when its repository last answered, and a root from a file does not', async () => {
  const content = await material();
  const repository = repositoryOf(content);
  let down = false;
  await using server = await serve(async (request) => (down ? DOWN : repository.handler(request)));
  const origin = mirrorOf(server, repository);
  const now = new Date();
  const online = await sourceOf(origin, { clock: { ...clock, now: () => now } }).rootFor(LEAF);
  expect(online).toMatchObject({ fetchedAt: now, isFromCache: false });
  down = true;
  const written = new Date('2026-01-02T03:04:05Z');
  const [folder = ''] = await readdir(directory);
  await utimes(join(directory, folder, 'timestamp.json'), written, written);
  expect(await sourceOf(origin).rootFor(LEAF)).toMatchObject({ fetchedAt: written, isFromCache: true });
  const { trustedRoot } = content;
  const fromFile = sourceOf({ kind: 'files', trustedRoot, signingConfig: undefined });
  expect(await fromFile.rootFor(LEAF)).toMatchObject({ fetchedAt: undefined, isFromCache: false });
});

test.each<[string, Handler]>([
  ['answers 503', async () => DOWN],
  ['answers 404', async () => textReply(404, 'nothing here')],
  ['hangs up', async () => ({ status: 0, fault: 'reset' })],
  ['never stops sending', async () => ({ status: 200, body: 'x', fault: 'endless' })],
])('a repository that %s is TRUST_ROOT_UNAVAILABLE without a cache', async (_what, handler) => {
  await using server = await serve(handler);
  const root = repositoryOf(await material()).initialRoot.toString();
  const source = sourceOf({ kind: 'tuf', mirror: new URL(server.url), root });
  await expect(source.rootFor(LEAF)).rejects.toMatchObject({ code: 'TRUST_ROOT_UNAVAILABLE' });
});

async function cacheFiles(): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test.skipIf(process.platform === 'win32')('named pipes in the cache hold up nothing, and are replaced', async () => {
  const repository = repositoryOf(await material());
  await using server = await serve(repository.handler);
  const origin = mirrorOf(server, repository);
  const { root } = await sourceOf(origin).signingMaterial();
  const files = await cacheFiles();
  expect(files.length).toBeGreaterThan(3);
  await Promise.all(files.map((file) => rm(file)));
  execFileSync('mkfifo', [...files]);
  expect((await sourceOf(origin).signingMaterial()).root).toEqual(root);
  for (const file of files) expect((await stat(file)).isFile(), file).toBe(true);
});

test('a spoiled cache neither hurts a good repository nor stands in for one that is down', async () => {
  const content = await material();
  const repository = repositoryOf(content);
  repository.rotateRoot();
  let down = false;
  await using server = await serve(async (request) => (down ? DOWN : repository.handler(request)));
  const origin = mirrorOf(server, repository);
  await sourceOf(origin).signingMaterial();
  const files = await cacheFiles();
  expect(files.map((file) => file.slice(directory.length)).sort()).toHaveLength(6);
  for (const file of files) await writeFile(file, 'spoiled');
  const { root } = await sourceOf(origin).signingMaterial();
  expect(root).toEqual(parseTrustedRoot(content.trustedRoot));
  for (const file of files) await writeFile(file, 'spoiled again');
  down = true;
  await expect(sourceOf(origin).rootFor(LEAF)).rejects.toMatchObject({ code: 'TRUST_ROOT_UNAVAILABLE' });
});

test('a cache that an earlier job made a link is not written through', async () => {
  const content = await material();
  const repository = repositoryOf(content);
  await using server = await serve(repository.handler, { name: 'tuf' });
  const [own, theirs] = [join(directory, 'own'), join(directory, 'theirs')];
  await mkdir(theirs);
  await symlink(theirs, own);
  const linked = sourceOf(mirrorOf(server, repository), { cacheDirectory: join(own, 'tuf') });
  expect(await linked.rootFor(LEAF)).toBeDefined();
  expect((await readdir(theirs, { recursive: true })).filter((name) => name.endsWith('.json'))).toEqual([]);
  const plain = sourceOf(mirrorOf(server, repository), { cacheDirectory: join(directory, 'plain', 'tuf') });
  expect(await plain.rootFor(LEAF)).toBeDefined();
  const kept = await readdir(join(directory, 'plain'), { recursive: true });
  expect(kept.filter((name) => name.endsWith('.json'))).not.toEqual([]);
});

test('a foreign trusted root put into the cache in the place of the good one is not used', async () => {
  const content = await material();
  const repository = repositoryOf(content);
  let down = false;
  await using server = await serve(async (request) => (down ? DOWN : repository.handler(request)));
  const origin = mirrorOf(server, repository);
  await sourceOf(origin).signingMaterial();
  for (const file of await cacheFiles()) {
    if ((await readFile(file, 'utf8')) === content.trustedRoot) await writeFile(file, content.github);
  }
  expect((await sourceOf(origin).rootFor(LEAF)).root).toEqual(parseTrustedRoot(content.trustedRoot));
  for (const file of await cacheFiles()) {
    if ((await readFile(file, 'utf8')) === content.trustedRoot) await writeFile(file, content.github);
  }
  down = true;
  await expect(sourceOf(origin).rootFor(LEAF)).rejects.toMatchObject({ code: 'TRUST_ROOT_UNAVAILABLE' });
});

test('no session leaves its files behind', async () => {
  const repository = repositoryOf(await material());
  await using server = await serve(repository.handler);
  await sourceOf(mirrorOf(server, repository)).signingMaterial();
  repository.tamperTarget('trusted_root.json');
  expect((await readdir(directory)).filter((name) => name.startsWith('session-'))).toEqual([]);
});

test('a process that ends during a session removes its files, and has nothing to do after it', async () => {
  const repository = repositoryOf(await material());
  const acts = new Set<() => void>();
  const sessions = async (): Promise<string[]> =>
    (await readdir(directory)).filter((name) => name.startsWith('session-'));
  const seen: string[][] = [];
  await using server = await serve(async (request) => {
    if (seen.length === 0) {
      seen.push(await sessions());
      for (const act of acts) act();
      seen.push(await sessions());
    }
    return repository.handler(request);
  });
  const atExit = (act: () => void): (() => void) => {
    acts.add(act);
    return () => void acts.delete(act);
  };
  // Its directory is gone, as if the process were.
  await sourceOf(mirrorOf(server, repository), { atExit })
    .signingMaterial()
    .catch(() => undefined);
  expect(seen).toEqual([[expect.stringMatching(/^session-/)], []]);
  expect(acts.size).toBe(0);
});

test('a cache directory that cannot be made is an error that names it', async () => {
  const repository = repositoryOf(await material());
  await using server = await serve(repository.handler);
  const file = join(directory, 'file');
  await writeFile(file, '');
  await expect(sourceOf(mirrorOf(server, repository), { cacheDirectory: file }).rootFor(LEAF)).rejects.toMatchObject({
    code: 'TRUST_ROOT_UNAVAILABLE',
    message: expect.stringContaining(file),
  });
});

/** Both instances, each with its own repository on its own server. */
async function instances() {
  const content = await material();
  const publicGood = repositoryOf(content);
  const github = createTufRepository({
    clock: clock.now,
    targets: { 'trusted_root.json': content.github },
  });
  const servers = await Promise.all([serve(publicGood.handler), serve(github.handler)]);
  const [publicServer, githubServer] = servers;
  return {
    content,
    githubServer,
    repositories: {
      publicGood: { url: publicServer.url, root: publicGood.initialRoot },
      github: { url: githubServer.url, root: github.initialRoot },
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

test.each([
  ['auto', 'GitHub, Inc.', 'private', 'github'],
  ['auto', 'GitHub, Inc.', 'internal', 'github'],
  ['auto', 'GitHub, Inc.', 'public', 'public-good'],
  ['auto', 'GitHub, Inc.', undefined, 'public-good'],
  ['auto', 'GitHub, Inc', 'private', 'public-good'],
  ['auto', 'sigstore.dev', 'private', 'public-good'],
  ['auto', undefined, 'private', 'public-good'],
  ['public-good', 'GitHub, Inc.', 'private', 'public-good'],
  ['github', 'sigstore.dev', 'public', 'github'],
] as const)(
  'under %s a leaf by %s of visibility %s is judged by %s alone',
  async (instance, organization, visibility, label) => {
    await using world = await instances();
    const source = sourceOf({ kind: 'instance', instance }, { repositories: world.repositories, signing: false });
    const loaded = await source.rootFor({ issuerOrganization: organization, visibility });
    expect(loaded.label).toBe(label);
    expect(loaded.root).toEqual(
      parseTrustedRoot(label === 'github' ? world.content.github : world.content.trustedRoot),
    );
  },
);

test("GitHub's repository is asked only when a certificate calls for it", async () => {
  await using world = await instances();
  const source = sourceOf({ kind: 'instance', instance: 'auto' }, { repositories: world.repositories });
  source.prefetch();
  await source.rootFor(LEAF);
  expect(requestsOf(world.githubServer)).toEqual([]);
  await source.rootFor({ issuerOrganization: 'GitHub, Inc.', visibility: 'private' });
  expect(requestsOf(world.githubServer)).not.toEqual([]);
});

test("signing with GitHub's instance uses its CA and timestamp authority and no log", async () => {
  await using world = await instances();
  const source = sourceOf({ kind: 'instance', instance: 'github' }, { repositories: world.repositories });
  const { signingConfig } = await source.signingMaterial();
  expect(signingConfig.logs).toEqual([]);
  expect([...signingConfig.cas, ...signingConfig.tsas].map((service) => service.url)).toEqual([
    'https://fulcio.githubapp.com',
    'https://timestamp.githubapp.com/api/v1/timestamp',
  ]);
});

test('on a ghe.com tenant the root of github.com does not stand in for that of the tenant', async () => {
  await using world = await instances();
  const options = { repositories: world.repositories, serverUrl: 'https://acme-corp.ghe.com' };
  const source = sourceOf({ kind: 'instance', instance: 'github' }, options);
  await expect(source.signingMaterial()).rejects.toMatchObject({ code: 'TRUST_ROOT_UNAVAILABLE' });
  await expect(source.rootFor(LEAF)).rejects.toMatchObject({ code: 'TRUST_ROOT_UNAVAILABLE' });
  expect(requestsOf(world.githubServer)).toEqual([]);
});

test('offline asks no repository', async () => {
  await using world = await instances();
  const options = { repositories: world.repositories, offline: true };
  for (const instance of ['auto', 'public-good', 'github'] as const) {
    const source = sourceOf({ kind: 'instance', instance }, options);
    await expect(source.rootFor(LEAF)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  }
  expect(requestsOf(world.githubServer)).toEqual([]);
});

test('a fault of one request inside the budget is not seen', async () => {
  const repository = repositoryOf(await material());
  const handler = withFaults(repository.handler, [
    { match: on('GET', /timestamp/), times: 1, action: { reply: DOWN } },
  ]);
  await using server = await serve(handler);
  await expect(sourceOf(mirrorOf(server, repository), { retryFor: 10_000 }).rootFor(LEAF)).resolves.toBeDefined();
});

test.each([
  ['public-good', PUBLIC_GOOD_TUF_ROOT, 16],
  ['GitHub', GITHUB_TUF_ROOT, 1],
])('the built-in TUF root of %s carries a threshold of its own signatures', (_name, json, version) => {
  const root = Metadata.fromJSON(MetadataKind.Root, JSON.parse(json));
  expect(root.signed.version).toBe(version);
  expect(() => root.verifyDelegate(MetadataKind.Root, root)).not.toThrow();
  root.signatures = {};
  expect(() => root.verifyDelegate(MetadataKind.Root, root)).toThrow();
});

test.each([
  ['public-good.ts', PUBLIC_GOOD_TUF_ROOT],
  ['public-good.ts, its target', PUBLIC_GOOD_TRUSTED_ROOT],
  ['github.ts', GITHUB_TUF_ROOT],
])('%s has the bytes whose hash its README gives', (_name, json) => {
  const readme = readFileSync(new URL('../../../src/sigstore/trust/roots/README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`\`${createHash('sha256').update(json).digest('hex')}\``);
});

test('the built-in trusted root parses and names the public-good services', () => {
  const root = parseTrustedRoot(PUBLIC_GOOD_TRUSTED_ROOT);
  expect(root.tlogs.map((log) => log.baseUrl)).toContain('https://rekor.sigstore.dev');
  expect(root.certificateAuthorities.every((ca) => ca.subject?.organization === 'sigstore.dev')).toBe(true);
});

test.each<[TrustOrigin, boolean, readonly string[]]>([
  [{ kind: 'instance', instance: 'auto' }, true, ['fulcio', 'rekor', 'timestamp']],
  [{ kind: 'instance', instance: 'public-good' }, true, ['fulcio', 'rekor', 'timestamp']],
  [{ kind: 'instance', instance: 'auto' }, false, []],
  [{ kind: 'instance', instance: 'github' }, true, []],
  [{ kind: 'tuf', mirror: new URL('https://tuf.example'), root: undefined }, true, []],
  [
    { kind: 'tuf', mirror: new URL('https://tuf-repo-cdn.sigstore.dev/'), root: '{}' },
    true,
    ['fulcio', 'rekor', 'timestamp'],
  ],
  [{ kind: 'tuf', mirror: new URL('https://tuf-repo-cdn.sigstore.dev.example/'), root: '{}' }, true, []],
  [{ kind: 'files', trustedRoot: '{}', signingConfig: '{}' }, true, []],
])(
  'only who signs by the repository of the public-good instance expects its services: %j, signing %s',
  (origin, signing, names) => {
    const { expectedServices } = createTrustSource({
      ...{ origin, signing, http: createHttpClient({ clock, random: () => 0 }), clock, offline: false },
      ...{ cacheDirectory: directory, readFile: readRegularFile, serverUrl: 'https://github.com' },
    });
    expect(expectedServices).toEqual(names.map((name) => `https://${name}.sigstore.dev`));
  },
);
