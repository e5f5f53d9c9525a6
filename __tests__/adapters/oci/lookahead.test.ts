import { expect, test } from 'vitest';
import { errorReply } from '../../../sandbox/http/faults.ts';
import { createRegistry as createSandboxRegistry } from '../../../sandbox/registry/registry.ts';
import { createTokenServer, grantPublicPull } from '../../../sandbox/registry/token-server.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import type { Repository } from '../../../src/domain/image/reference.ts';
import { createRegistry } from '../../../src/oci/registry.ts';
import type { Credential } from '../../../src/oci/transport/credential.ts';
import { createTokensAhead } from '../../../src/oci/transport/tokens-ahead.ts';
import { seenBy, testCall } from '../../calls.ts';
import { clock, seedImage, users } from './harness.ts';
import { hostsInProcess } from './hosts-in-process.ts';

/* What is asked for ahead of images whose turn comes later: their tokens, and nothing else. */

const HOST = 'registry.example';
const LOGIN: Credential = {
  ...{ kind: 'basic', basic: Buffer.from('alice:s3cret').toString('base64') },
  ...{ source: 'a test', isFallback: false },
};
const FIRST = { registry: HOST, path: 'acme/first' };
const LATER = { registry: HOST, path: 'acme/later' };

/** A registry with two repositories, by default behind a token server. */
function visit({ isOpen = false, deniesLater = false, takesFirstOnly = false } = {}) {
  const realm = `https://${HOST}/token`;
  const tokens = createTokenServer({ users, service: 'registry', grant: grantPublicPull });
  const verify: typeof tokens.verify = (token) => tokens.verify(token)?.slice(0, takesFirstOnly ? 1 : undefined);
  const auth = { kind: 'bearer', realm, service: 'registry', verify, anonymousPull: false } as const;
  const sandbox = createSandboxRegistry(isOpen ? {} : { auth });
  const net = hostsInProcess({
    [HOST]: (request) => {
      if (request.url.pathname !== '/token') return sandbox.handle(request);
      const isDenied = deniesLater && request.url.search.includes('later');
      return isDenied ? errorReply(403, 'DENIED', 'not yours') : tokens.handle(request);
    },
  });
  const registry = createRegistry({
    ...{ http: net.http, clock, random: () => 0.5, settleMs: 0, access: 'pull', mask: () => undefined },
    credentials: { find: () => Promise.resolve(LOGIN), describePlaces: () => 'a test' },
  });
  const digests = new Map<string, Digest>();
  for (const repository of [FIRST, LATER]) digests.set(repository.path, seedImage({ sandbox, repository }).digest);
  const seen = seenBy(testCall({ retryFor: 1000 }), registry);
  return {
    registry: seen,
    read: (repository: typeof FIRST) => seen.head(repository, digests.get(repository.path) as Digest),
    /** Paths and statuses, in the order of the answers. */
    sent: () => net.sent.map(({ line }) => line.replace('sha256:…', '…')),
    tokensFor: (path: string) =>
      tokens.issued.flatMap(({ asked }) => asked).filter((scope) => scope === `repository:${path}:pull`).length,
  };
}

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

test('the token of a later image is asked for as soon as its registry has told how to log in', async () => {
  const { registry, read, sent, tokensFor } = visit();
  registry.prepare(LATER, 1);
  await settled();
  expect(sent()).toEqual([]);
  await read(FIRST);
  await settled();
  expect([tokensFor(FIRST.path), tokensFor(LATER.path)]).toEqual([1, 1]);
  const before = sent().length;
  await read(LATER);
  expect(sent().slice(before)).toEqual(['HEAD /v2/acme/later/manifests/… 200']);
});

test('it is asked for at once if the registry has told that before, and once only', async () => {
  const { registry, read, tokensFor } = visit();
  await read(FIRST);
  registry.prepare(LATER, 1);
  registry.prepare(LATER, 1);
  await Promise.all([read(LATER), read(LATER)]);
  expect(tokensFor(LATER.path)).toBe(1);
});

test.each([true, false])('a denial is met once, by whoever needs the token; asked for ahead: %s', async (isAhead) => {
  const { registry, read, sent } = visit({ deniesLater: true });
  await read(FIRST);
  const before = sent().length;
  if (isAhead) registry.prepare(LATER, 1);
  await settled();
  await expect(read(LATER)).rejects.toMatchObject({ code: 'REGISTRY_DENIED' });
  expect(sent().slice(before)).toEqual(['GET /token 403']);
});

test('few are asked for at once, and none whose turn has come meanwhile', async () => {
  const answers = new Map<string, () => void>();
  const ahead = createTokensAhead({
    originOf: ({ registry }) => new URL(`https://${registry}`),
    isLoginKnown: () => true,
    ask: ({ path }) => new Promise((resolve) => void answers.set(path, resolve)),
  });
  const at = (path: string): Repository => ({ registry: HOST, path });
  for (const path of 'abcdefghijk') ahead.expect(at(path));
  expect([...answers.keys()]).toEqual([...'abcdefgh']);
  ahead.expect({ registry: 'other.example', path: 'z' });
  expect([...answers.keys()].at(-1)).toBe('z');
  ahead.begun(at('i'));
  answers.get('b')?.();
  await settled();
  expect([...answers.keys()]).toEqual([...'abcdefghzj']);
});

test.each([false, true])('one token serves images that begin together; it promised too much: %s', async (isLie) => {
  const { read, sent } = visit({ takesFirstOnly: isLie });
  const found = await Promise.all([read(FIRST), read(LATER)]);
  expect(found.map((one) => one?.digest)).toEqual([expect.any(String), expect.any(String)]);
  const statuses = sent().map((line) => line.replace(/^(HEAD|GET) \/(v2\/acme\/)?/, ''));
  const shared = ['first/manifests/… 401', 'token 200', 'first/manifests/… 200'];
  expect(statuses.filter((line) => !line.startsWith('later'))).toEqual(isLie ? [...shared, 'token 200'] : shared);
  // Where the registry takes the token for less than it says, the other image gets its own.
  expect(statuses.filter((line) => line.startsWith('later'))).toEqual(
    isLie ? ['later/manifests/… 401', 'later/manifests/… 200'] : ['later/manifests/… 200'],
  );
});

test('nothing is asked for at a registry that lets everybody in', async () => {
  const { registry, read, sent } = visit({ isOpen: true });
  registry.prepare(LATER, 1);
  await read(FIRST);
  registry.prepare(LATER, 1);
  await settled();
  expect(sent()).toEqual(['HEAD /v2/acme/first/manifests/… 200']);
});
