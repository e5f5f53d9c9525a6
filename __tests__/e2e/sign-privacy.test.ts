import { afterAll, beforeAll, expect, test } from 'vitest';
import { jsonReply } from '../../sandbox/http/serve.ts';
import { withoutProcesses } from '../in-process.ts';
import { createSlots, errorsOf, type Json, type SignWorld, shown, startSignWorld } from './sign-world.ts';

const slot = createSlots();
let world: SignWorld;
/** The same world, whose runs are processes with the committed dist/; those of `world` happen in this process. */
let byDist: SignWorld;

beforeAll(async () => {
  byDist = await startSignWorld();
  world = withoutProcesses(byDist);
});
afterAll(async () => {
  await world.close();
});

/** Neither files nor an instance; and whoever wants to reach the real one meets a closed door. */
const AUTO = { 'trusted-root': '', 'signing-config': '', 'retry-for': '0s' };
const CLOSED = { https_proxy: 'http://127.0.0.1:9', no_proxy: 'localhost,127.0.0.1' };
const repository = (changes: Json): Json => ({ repository: { full_name: 'acme/app', name: 'app', ...changes } });
const privates = [
  ['private', repository({ private: true, visibility: 'private' })],
  ['internal', repository({ private: true, visibility: 'internal' })],
  ['private, by the flag alone', repository({ private: true })],
] as const;

test.each(privates)('a repository that is %s: PUBLIC_LOG_REFUSED before any call at all', async (_what, event) => {
  const image = world.image();
  const seen = world.log.requests().length;
  const run = await byDist.sign({ images: image.pinned, ...AUTO }, { event, env: CLOSED });
  expect(run.exitCode, shown(run)).toBe(1);
  const [error = '', ...more] = errorsOf(run);
  expect(more).toEqual([]);
  expect(error).toContain('PUBLIC_LOG_REFUSED');
  // What would become public, and for each choice who can verify.
  expect(error).toMatch(
    /publishes in a log that is public and never deleted:\n- [^\n]*owner[^\n]*repository\n- [^\n]*workflow file[^\n]*branch or tag/,
  );
  expect(error).toMatch(/`instance: public-good`[\s\S]*Any cosign/);
  expect(error).toMatch(
    /`instance: github`[\s\S]*This action can verify[\s\S]*cosign and cluster verifiers need GitHub's trusted root and must not require a log entry/,
  );
  expect(world.log.requests()).toHaveLength(seen);
  expect(world.referrers(image)).toEqual([]);
});

test.each([
  ['an Enterprise Server', 'https://ghes.example'],
  ['a ghe.com tenant', 'https://acme.ghe.com'],
])('a public repository on %s: PUBLIC_LOG_REFUSED before any call at all', async (_what, server) => {
  const image = world.image();
  const seen = world.log.requests().length;
  const event = repository({ private: false, visibility: 'public' });
  const env = { ...CLOSED, GITHUB_SERVER_URL: server };
  const run = await world.sign({ images: image.pinned, ...AUTO }, { event, env });
  expect(run.exitCode, shown(run)).toBe(1);
  const [error = '', ...more] = errorsOf(run);
  expect(more).toEqual([]);
  expect(error).toContain(`PUBLIC_LOG_REFUSED: this job runs on ${server}, not on github.com`);
  expect(error).toContain('\n- `signing-config` and `trusted-root` name');
  expect(error).not.toContain('`instance:');
  expect(run.summary).toContain('- <code>signing-config</code> and <code>trusted-root</code> name');
  expect(world.log.requests()).toHaveLength(seen);
});

test.concurrent.each([
  ['private', 'skip', {}],
  ['private', 'sign', {}],
  ['internal', 'skip', {}],
  // A payload that calls the repository public does not outvote the id-token.
  ['private', 'skip', repository({ private: false, visibility: 'public' })],
] as const)(
  'an id-token that says %s (if-signed: %s, payload %j): refused before the certificate authority is asked',
  async (visibility, ifSigned, event) => {
    const image = world.image();
    const inputs = { images: image.pinned, 'if-signed': ifSigned, ...AUTO };
    const run = await slot(() => world.sign(inputs, { event, env: { ...CLOSED, ...world.jobOf({ visibility }) } }));
    expect(run.exitCode, shown(run)).toBe(1);
    expect(errorsOf(run).join()).toContain('PUBLIC_LOG_REFUSED');
    expect(errorsOf(run).join()).toContain(`this repository is ${visibility}`);
    expect(world.referrers(image)).toEqual([]);
    expect(world.asked('ca')).toBe(0);
  },
);

test.concurrent.each([
  ['nothing', undefined],
  ['something that is no visibility', 'open'],
])('an id-token that says %s about it: refused, whatever the payload says', async (_what, visibility) => {
  const image = world.image();
  const claims = { repository_visibility: visibility };
  const url = world.service(() => jsonReply(200, { value: world.sigstore.oidc.issue({ claims }) }));
  const env = { ...CLOSED, ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/token?api-version=2.0` };
  const event = repository({ private: false, visibility: 'public' });
  const run = await slot(() => world.sign({ images: image.pinned, ...AUTO }, { event, env }));
  expect(run.exitCode, shown(run)).toBe(1);
  expect(errorsOf(run).join()).toMatch(
    /PUBLIC_LOG_REFUSED[\s\S]*the id-token does not say whether this repository is public/,
  );
  expect(world.asked('ca')).toBe(0);
});

test.concurrent('a public repository is not refused: the run ends at the door of the public instance', async () => {
  const run = await slot(() => byDist.sign({ images: world.image().pinned, ...AUTO }, { event: {}, env: CLOSED }));
  expect(run.exitCode).toBe(1);
  expect(errorsOf(run).join()).toContain('TRUST_ROOT_UNAVAILABLE');
  expect(errorsOf(run).join()).not.toContain('PUBLIC_LOG_REFUSED');
});

test('of all these nothing reached a certificate authority, and no upload is left open', () => {
  expect(world.asked('ca')).toBe(0);
  expect(world.registry.openUploads()).toBe(0);
});

test.each([
  ['on github.com', {}],
  ['on an Enterprise Server', { GITHUB_SERVER_URL: 'https://ghes.example' }],
])('files are an explicit choice: a private repository %s signs with them', async (_where, more) => {
  const image = world.image();
  const env = { ...world.jobOf({ visibility: 'private' }), ...more };
  const run = await world.sign({ images: image.pinned }, { event: privates[0][1], env });
  expect(run.exitCode, shown(run)).toBe(0);
  expect(world.bundles(image)).toHaveLength(1);
});

// ── no id-token ─────────────────────────────────────────────────────────────────────────────────

const NO_TOKEN = { ACTIONS_ID_TOKEN_REQUEST_URL: undefined, ACTIONS_ID_TOKEN_REQUEST_TOKEN: undefined };
const pullRequest = (head: Json, user = 'octocat'): Json => ({
  ...repository({ private: false, visibility: 'public' }),
  pull_request: {
    base: { sha: '1'.repeat(40), repo: { full_name: 'acme/app' } },
    head: { sha: '2'.repeat(40), repo: head },
    user: { login: user },
  },
});
const IF_LINE =
  "if: github.actor != 'dependabot[bot]' && (github.event_name != 'pull_request' || " +
  'github.event.pull_request.head.repo.full_name == github.repository)';
const literalTrust = (): Record<string, string> => ({
  'trusted-root': world.sigstore.trustedRootJson('all'),
  'signing-config': world.sigstore.signingConfigJson('v1'),
});

test.concurrent.each([
  ['a fork', { event: pullRequest({ full_name: 'stranger/app' }) }, 'a pull request from a fork'],
  ['a fork that is gone', { event: pullRequest(null) }, 'a pull request from a fork'],
  ['Dependabot', { event: pullRequest({ full_name: 'acme/app' }, 'dependabot[bot]') }, 'a Dependabot run'],
  [
    'Dependabot as actor',
    { event: pullRequest({ full_name: 'acme/app' }), actor: 'dependabot[bot]' },
    'a Dependabot run',
  ],
])('%s: there is no id-token, in those words and with the if: line', async (_what, more, who) => {
  const image = world.image();
  const run = await slot(() =>
    world.sign({ images: image.pinned, ...literalTrust() }, { eventName: 'pull_request', env: NO_TOKEN, ...more }),
  );
  expect(run.exitCode, shown(run)).toBe(1);
  const [error = ''] = errorsOf(run);
  expect(error).toContain('IDENTITY_TOKEN_UNAVAILABLE');
  expect(error).toContain('runs of forks and Dependabot get no id-token');
  expect(error).toContain(who);
  expect(error).toContain(IF_LINE);
  expect(error).not.toContain('id-token: write');
});

test.concurrent.each([
  ['a push', { event: repository({ private: false }) }],
  [
    'a pull request of the own repository',
    { eventName: 'pull_request', event: pullRequest({ full_name: 'Acme/App' }) },
  ],
  // These run as the own repository, whoever caused them: an id-token is only a permission away.
  [
    'a pull_request_target of a fork',
    { eventName: 'pull_request_target', event: pullRequest({ full_name: 'stranger/app' }) },
  ],
  [
    'a workflow_run that a fork caused',
    {
      eventName: 'workflow_run',
      event: {
        ...repository({ private: false }),
        workflow_run: { head_repository: { full_name: 'stranger/app' }, head_sha: '2'.repeat(40) },
      },
    },
  ],
])('%s without id-token: the permissions block, and that a caller must grant it too', async (_what, more) => {
  const image = world.image();
  const before = world.asked('ca');
  const run = await slot(() => world.sign({ images: image.pinned, ...literalTrust() }, { env: NO_TOKEN, ...more }));
  expect(run.exitCode, shown(run)).toBe(1);
  const [error = ''] = errorsOf(run);
  expect(error).toContain('IDENTITY_TOKEN_UNAVAILABLE');
  expect(error).toContain('permissions:\n  contents: read\n  id-token: write\n  packages: write');
  expect(error).toContain('In a called workflow, the caller must grant them too');
  expect(error).not.toContain('if: github');
  expect(world.asked('ca')).toBe(before);
  expect(world.referrers(image)).toEqual([]);
});

test('no upload of a run without id-token is left open', () => {
  expect(world.registry.openUploads()).toBe(0);
});
