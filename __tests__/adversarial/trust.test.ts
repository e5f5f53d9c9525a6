import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGithubApi } from '../../sandbox/github/api.ts';
import { serve } from '../../sandbox/http/serve.ts';
import { checkOut } from '../../sandbox/runner/checkout.ts';
import { type SigstoreStack, startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';
import { decision, isOpen, type Lab, RIGHT_SIGNER, startLab } from './in-process-gate.ts';
import { goodBundle } from './signature-seeds.ts';

/* Where trust comes from, to the verdict (contract §2.2). The TUF client's own rules have their tests in adapters/sigstore. */

let lab: Lab;
let stranger: SigstoreStack;
let isDown = false;
let reference: string;
let cache: string;

beforeAll(async () => {
  lab = await startLab({
    sigstore: {
      wrap: (service, handler) =>
        service === 'tuf' ? (request) => (isDown ? { status: 503 } : handler(request)) : handler,
    },
  });
  stranger = await startSigstore();
  const digest = lab.putImage('acme/trust');
  lab.attach('acme/trust', digest, goodBundle(lab.sigstore, digest));
  reference = `${lab.host}/acme/trust@${digest}`;
});
afterAll(async () => {
  await Promise.all([stranger.close(), lab[Symbol.asyncDispose]()]);
});
beforeEach(async () => {
  isDown = false;
  cache = await mkdtemp(join(lab.directory, 'cache-'));
});

const mirror = () => ({
  images: reference,
  ...RIGHT_SIGNER,
  'tuf-mirror': lab.sigstore.urls.tuf,
  'tuf-root': lab.sigstore.tuf.initialRoot.toString('utf8'),
});
const ask = (inputs: Readonly<Record<string, string>> = mirror()) =>
  lab.verify(inputs, { env: { RUNNER_TOOL_CACHE: cache } });
const publish = (
  options: Parameters<SigstoreStack['tuf']['publish']>[1] = {},
  root = lab.sigstore.trustedRootJson('all'),
) =>
  lab.sigstore.tuf.publish(
    { 'trusted_root.json': root, 'signing_config.v0.2.json': lab.sigstore.signingConfigJson('v1') },
    options,
  );

describe('a TUF mirror', () => {
  test('gives the trusted root that accepts, and no credential goes there', async () => {
    const run = await ask({ ...mirror(), 'registry-username': 'alice', 'registry-password': 'a-secret' });
    expect(decision(run)).toBe('pass');
    const calls = run.requests.filter(({ server }) => server === 'tuf');
    expect(calls.length).toBeGreaterThan(0);
    for (const { headers } of calls) expect(headers['authorization']).toBeUndefined();
  });

  test('that is down is replaced by its valid cache, and without one is an error', async () => {
    expect(decision(await ask())).toBe('pass');
    isDown = true;
    expect(decision(await ask())).toBe('pass');
    cache = await mkdtemp(join(lab.directory, 'empty-'));
    const run = await ask();
    expect(decision(run)).toBe('error TRUST_ROOT_UNAVAILABLE');
    expect(isOpen(run)).toBe(false);
  });

  test('that is down does not let a cache in which the trusted root was changed stand in', async () => {
    expect(decision(await ask())).toBe('pass');
    const files = await readdir(cache, { recursive: true });
    const target = files.find((name) => name.includes('target-')) ?? '';
    expect(target).not.toBe('');
    const path = join(cache, target);
    await writeFile(path, (await readFile(path, 'utf8')).replace('"', ' "'));
    isDown = true;
    expect(isOpen(await ask())).toBe(false);
  });

  test('rotates its root: the one given still leads there', async () => {
    lab.sigstore.tuf.rotateRoot();
    lab.sigstore.tuf.rotateRoot();
    expect(decision(await ask())).toBe('pass');
  });

  test.each([
    { what: 'a root that is not its own', root: () => stranger.tuf.initialRoot.toString('utf8') },
    { what: 'the built-in public-good root', root: () => undefined },
  ])('checked by $what is refused', async ({ root }) => {
    const { 'tuf-root': _, ...others } = mirror();
    const given = root();
    const run = await ask({ ...others, ...(given === undefined ? {} : { 'tuf-root': given }) });
    expect(decision(run)).toMatch(/^error TRUST_ROOT_/);
    expect(isOpen(run)).toBe(false);
  });

  test.each(['timestamp', 'snapshot', 'targets'] as const)('with an expired %s is refused', async (role) => {
    publish({ expires: { [role]: new Date(Date.now() - 1_000) } });
    const run = await ask();
    publish();
    expect(decision(run)).toMatch(/^error TRUST_ROOT_/);
    expect(isOpen(run)).toBe(false);
  });

  test.each(['timestamp', 'snapshot', 'targets'] as const)(
    'whose %s is signed by another key is refused',
    async (role) => {
      publish({ forged: role });
      const run = await ask();
      publish();
      expect(decision(run)).toMatch(/^error TRUST_ROOT_/);
      expect(isOpen(run)).toBe(false);
    },
  );

  test('that publishes another Sigstore’s root makes our signatures untrusted, not unread', async () => {
    publish({}, stranger.trustedRootJson('all'));
    const run = await ask();
    publish();
    expect(decision(run)).toBe('fail CERTIFICATE_UNTRUSTED');
    expect(decision(await ask())).toBe('pass');
  });

  test('with other bytes than its metadata lists for the trusted root is refused', async () => {
    lab.sigstore.tuf.tamperTarget('trusted_root.json');
    const run = await ask();
    publish();
    expect(decision(run)).toMatch(/^error TRUST_ROOT_/);
    expect(isOpen(run)).toBe(false);
  });
});

describe('a trusted root given as a file or literal', () => {
  test.each([
    { what: 'another Sigstore’s', root: () => stranger.trustedRootJson('all'), decided: 'fail CERTIFICATE_UNTRUSTED' },
    {
      what: 'ours with another’s logs',
      root: () => lab.sigstore.trustedRootJson('all', { logs: stranger.trustedRootContent('all').logs }),
      decided: 'fail NOT_LOGGED',
    },
    {
      what: 'ours with another’s CT log',
      root: () => lab.sigstore.trustedRootJson('all', { ctLogs: stranger.trustedRootContent('all').ctLogs }),
      decided: 'fail CERTIFICATE_UNTRUSTED',
    },
    {
      what: 'ours without any certificate authority',
      root: () => lab.sigstore.trustedRootJson('all', { certificateAuthorities: [] }),
      decided: undefined,
    },
    {
      what: 'ours without logs, for a signature without timestamp',
      root: () => lab.sigstore.trustedRootJson('tsa'),
      decided: 'fail TIMESTAMP_INVALID',
    },
    {
      what: 'an empty object of the right type',
      root: () => '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}',
      decided: undefined,
    },
    { what: 'no JSON', root: () => '{', decided: 'stopped INPUT_INVALID' },
    { what: 'of another type', root: () => '{"mediaType":"application/json"}', decided: 'stopped INPUT_INVALID' },
  ])('$what opens nothing', async ({ root, decided }) => {
    const run = await lab.verify({ images: reference, ...RIGHT_SIGNER, 'trusted-root': root() });
    expect(isOpen(run)).toBe(false);
    if (decided === undefined)
      expect(decision(run)).toMatch(/^(fail CERTIFICATE_UNTRUSTED|stopped INPUT_INVALID|error (INPUT|TRUST_ROOT)_)/);
    else expect(decision(run)).toBe(decided);
  });
});

describe('on a pull request', () => {
  const base = '1'.repeat(40);
  const event = {
    pull_request: {
      base: { sha: base, repo: { full_name: 'acme/app' } },
      head: { sha: 'f'.repeat(40), repo: { full_name: 'stranger/app' } },
    },
  };

  async function onPullRequest(
    committed: Readonly<Record<string, string>>,
    checkedOut: string,
    contents: 'read' | 'none',
  ) {
    await checkOut(lab.directory, { 'root.json': checkedOut });
    const handler = createGithubApi({
      tokens: { ghs_lab: { contents } },
      repositories: { 'acme/app': { refs: { [base]: committed } } },
    });
    await using api = await serve(handler, { name: 'github', log: lab.log });
    return await lab.verify(
      { images: reference, ...RIGHT_SIGNER, 'trusted-root': 'root.json' },
      { event, env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_API_URL: api.url } },
    );
  }

  test('the trusted root of the base commit judges, whatever the pull request checked out', async () => {
    const ours = lab.sigstore.trustedRootJson('all');
    const theirs = stranger.trustedRootJson('all');
    expect(decision(await onPullRequest({ 'root.json': ours }, theirs, 'read'))).toBe('pass');
    expect(decision(await onPullRequest({ 'root.json': theirs }, ours, 'read'))).toBe('fail CERTIFICATE_UNTRUSTED');
  });

  test.each([
    { what: 'the base commit has no such file', committed: {}, contents: 'read' },
    { what: 'the job may not read contents', committed: undefined, contents: 'none' },
  ] as const)('if $what, the checked-out file is not used instead', async ({ committed, contents }) => {
    const ours = lab.sigstore.trustedRootJson('all');
    const run = await onPullRequest(committed ?? { 'root.json': ours }, ours, contents);
    expect(isOpen(run)).toBe(false);
    expect(run.outputs['reason']).toBe('INPUT_INVALID');
    expect(run.requests.some(({ server }) => server === 'registry')).toBe(false);
  });
});
