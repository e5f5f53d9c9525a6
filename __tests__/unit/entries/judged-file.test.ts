import { describe, expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import { readJudgedFile } from '../../../src/entries/action/inputs/judged-file.ts';
import { createInputProblems } from '../../../src/entries/inputs/input-problems.ts';
import { type FakeSource, fakeSource, PUBLIC_PUSH, PULL_REQUEST, RUN_COMMIT } from './fake-input-source.ts';

/* Which version of a file decides: the one that is checked out, or that of a commit. */

const BASE = '1'.repeat(40);
const OTHER = 'd'.repeat(40);
const WITH_DEFAULT = { repository: { ...PUBLIC_PUSH.repository, default_branch: 'trunk' } };

interface Outcome {
  readonly content: string | undefined;
  /** `<ref> <path>` of each file asked of the API. */
  readonly asked: readonly string[];
  readonly problem: string | undefined;
}

async function read(value: string, fake: FakeSource = {}, offline = false): Promise<Outcome> {
  const source = fakeSource({ ...fake, inputs: { 'trusted-root': value } });
  const problems = createInputProblems();
  const rules = { isLiteral: (text: string) => text.startsWith('{'), offline };
  const content = await readJudgedFile({ source, problems }, 'trusted-root', rules);
  const [problem] = problems.list;
  return { content, asked: source.asked, problem: problem && `${problem.what} ${problem.cure}` };
}

interface Event {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly event?: unknown;
  /** What decides if it is not what is checked out. */
  readonly ref: string;
}

const TRUSTED: readonly Event[] = ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'release'].map(
  (name) => ({ name, ref: RUN_COMMIT }),
);
const UNTRUSTED: readonly Event[] = [
  { name: 'pull_request', event: PULL_REQUEST, ref: BASE },
  { name: 'pull_request_target', event: PULL_REQUEST, ref: BASE },
  { name: 'merge_group', event: { merge_group: { base_sha: BASE } }, ref: BASE },
  { name: 'workflow_run', event: { ...WITH_DEFAULT, workflow_run: {} }, ref: 'refs/heads/trunk' },
  { name: 'issue_comment', event: { ...WITH_DEFAULT, issue: { pull_request: {} } }, ref: 'refs/heads/trunk' },
  { name: 'workflow_call', event: WITH_DEFAULT, ref: 'refs/heads/trunk' },
  { name: '', event: WITH_DEFAULT, ref: 'refs/heads/trunk' },
  {
    name: 'push',
    env: { GITHUB_REF: 'refs/heads/gh-readonly-queue/trunk/pr-7-x' },
    event: WITH_DEFAULT,
    ref: 'refs/heads/trunk',
  },
];

const on = ({ name, env = {}, event }: Event, fake: FakeSource): FakeSource => ({
  ...fake,
  event,
  env: { GITHUB_EVENT_NAME: name, ...env },
});

interface Place {
  readonly what: string;
  readonly value: string;
  readonly files: FakeSource['files'];
  readonly links?: Readonly<Record<string, string>>;
  /** True if what is checked out is the commit of the run, wherever a link leads. */
  readonly isOfRunCommit: boolean;
  readonly committedPath: string;
}

const HEAD = '/runner/app/.git/HEAD';
const TREE = { '/runner/app/trust/root.json': 'tree' };
const PLACES: readonly Place[] = [
  { what: 'a relative path', value: 'trust/root.json', files: TREE },
  { what: 'a path in other words', value: './x/../trust//root.json', files: TREE },
  { what: 'a path out and in again', value: '../../runner/app/trust/root.json', files: TREE },
  { what: 'an absolute path', value: '/runner/app/trust/root.json', files: TREE },
  {
    what: 'a link into the workspace',
    value: '/elsewhere/root.json',
    links: { '/elsewhere/root.json': '/runner/app/trust/root.json' },
    files: TREE,
  },
  {
    what: 'a linked directory into the workspace',
    value: '/elsewhere/x/root.json',
    links: { '/elsewhere/x': '/runner/app/trust' },
    files: TREE,
  },
  {
    what: 'a link out of the workspace',
    value: 'trust/root.json',
    links: { '/runner/app/trust/root.json': '/elsewhere/root.json' },
    files: { '/elsewhere/root.json': 'tree' },
  },
  {
    what: 'a link within the checkout',
    value: 'trust/root.json',
    links: { '/runner/app/trust': '/runner/app/shared' },
    files: { '/runner/app/shared/root.json': 'tree' },
  },
  {
    what: 'a workspace that is a link itself',
    value: 'trust/root.json',
    links: { '/runner/app': '/disk/app' },
    files: { [HEAD]: undefined, '/disk/app/.git/HEAD': RUN_COMMIT, '/disk/app/trust/root.json': 'tree' },
  },
].map((place) => ({ isOfRunCommit: true, committedPath: 'trust/root.json', ...place }));
const NESTED: readonly Place[] = [
  {
    what: 'a checkout of the commit below the workspace, as with `path: src`',
    value: 'src/trust/root.json',
    files: { [HEAD]: undefined, '/runner/app/src/.git/HEAD': RUN_COMMIT, '/runner/app/src/trust/root.json': 'tree' },
    isOfRunCommit: true,
    committedPath: 'trust/root.json',
  },
  {
    what: 'a checkout of something else within that of the commit, as with `path: pr`',
    value: 'pr/trust/root.json',
    files: { '/runner/app/pr/.git/HEAD': OTHER, '/runner/app/pr/trust/root.json': 'tree' },
    isOfRunCommit: false,
    committedPath: 'pr/trust/root.json',
  },
  {
    what: 'a submodule or linked worktree, whose .git is a file',
    value: 'sub/root.json',
    files: {
      '/runner/app/sub/.git': 'gitdir: ../.git/modules/sub\n',
      '/runner/app/.git/modules/sub/HEAD': RUN_COMMIT,
      '/runner/app/sub/root.json': 'tree',
    },
    isOfRunCommit: false,
    committedPath: 'sub/root.json',
  },
  {
    what: 'a .git that is a link to that of the commit',
    value: 'pr/root.json',
    links: { '/runner/app/pr/.git': '/runner/app/.git' },
    files: { '/runner/app/pr/root.json': 'tree' },
    isOfRunCommit: false,
    committedPath: 'pr/root.json',
  },
  {
    what: 'a link of the commit to what a pull request wrote',
    value: 'trust/root.json',
    links: { '/runner/app/trust': '/runner/app/pr/trust' },
    files: { '/runner/app/pr/.git/HEAD': OTHER, '/runner/app/pr/trust/root.json': 'tree' },
    isOfRunCommit: false,
    committedPath: 'trust/root.json',
  },
  {
    what: 'a link of a pull request to another file of the commit',
    value: 'pr/root.json',
    links: { '/runner/app/pr/root.json': '/runner/app/test/root.json' },
    files: { '/runner/app/pr/.git/HEAD': OTHER, '/runner/app/test/root.json': 'tree' },
    isOfRunCommit: false,
    committedPath: 'pr/root.json',
  },
  {
    what: 'a workspace without a checkout',
    value: 'trust/root.json',
    files: { [HEAD]: undefined, ...TREE },
    isOfRunCommit: false,
    committedPath: 'trust/root.json',
  },
  {
    what: 'the head of a pull request as the workspace',
    value: 'trust/root.json',
    files: { [HEAD]: OTHER, ...TREE },
    isOfRunCommit: false,
    committedPath: 'trust/root.json',
  },
  {
    what: 'a checkout above the workspace only',
    value: 'trust/root.json',
    files: { [HEAD]: undefined, '/runner/.git/HEAD': RUN_COMMIT, ...TREE },
    isOfRunCommit: false,
    committedPath: 'trust/root.json',
  },
];

describe.each([...PLACES, ...NESTED])('$what', ({ value, files = {}, links = {}, isOfRunCommit, committedPath }) => {
  const committed = { [committedPath]: 'committed' };

  test.each(TRUSTED)('on $name', async (event) => {
    const outcome = await read(value, on(event, { files, links, committed }));
    const asked = isOfRunCommit ? [] : [`${RUN_COMMIT} ${committedPath}`];
    expect(outcome).toEqual({ content: isOfRunCommit ? 'tree' : 'committed', asked, problem: undefined });
  });

  test.each(UNTRUSTED)('on $name, for which $ref decides', async (event) => {
    const outcome = await read(value, on(event, { files, links, committed }));
    expect(outcome).toEqual({ content: 'committed', asked: [`${event.ref} ${committedPath}`], problem: undefined });
  });
});

describe.each([...TRUSTED, ...UNTRUSTED])('on $name, whatever is checked out', (event) => {
  test.each([OTHER, RUN_COMMIT, undefined])(
    'literals and files elsewhere are taken as they are (HEAD %s)',
    async (head) => {
      const files = { [HEAD]: head, '/runner/_temp/root.json': 'temp', '/runner/app-2/root.json': 'beside' };
      for (const [value, content] of [
        ['{"a":1}', '{"a":1}'],
        ['/runner/_temp/root.json', 'temp'],
        ['../_temp/root.json', 'temp'],
        ['../app-2/root.json', 'beside'],
      ] as const) {
        expect(await read(value, on(event, { files }), true)).toEqual({ content, asked: [], problem: undefined });
      }
    },
  );
});

const pullRequestHead = (name: string, event: unknown, committed: FakeSource['committed']): FakeSource => ({
  files: { [HEAD]: OTHER, ...TREE },
  event,
  env: { GITHUB_EVENT_NAME: name },
  ...(committed === undefined ? {} : { committed }),
});

describe('what cannot be read is a problem that says where it was looked for', () => {
  test.each<[string, unknown, string]>([
    ['workflow_dispatch', PUBLIC_PUSH, `the commit of this run (${RUN_COMMIT} of acme/app)`],
    ['pull_request', PULL_REQUEST, `the base commit of this pull request (${BASE} of acme/app)`],
    ['merge_group', { merge_group: { base_sha: BASE } }, `the base commit of this merge group (${BASE} of acme/app)`],
    ['workflow_run', WITH_DEFAULT, 'the default branch (refs/heads/trunk of acme/app)'],
  ])('on %s', async (name, event, where) => {
    const missing = await read('trust/root.json', pullRequestHead(name, event, {}));
    expect(missing.content).toBeUndefined();
    expect(missing.problem).toContain(`${where} has no file "trust/root.json"`);
    expect(missing.problem).toContain('contents: read');

    const refusal = new CodedError('INPUT_INVALID', 'GET x returned 403');
    const refused = await read('trust/root.json', pullRequestHead(name, event, refusal));
    expect(refused.content).toBeUndefined();
    expect(refused.problem).toContain(`reading "trust/root.json" from ${where} failed: GET x returned 403`);
    expect(refused.problem).toContain('contents: read');

    const offline = await read('trust/root.json', pullRequestHead(name, event, { 'trust/root.json': 'x' }), true);
    expect(offline).toMatchObject({ content: undefined, asked: [] });
    expect(offline.problem).toContain(`\`offline\` forbids reading "trust/root.json" from ${where}`);
    for (const { problem } of [missing, refused, offline]) {
      expect(problem).toContain('Give the content itself');
      expect(problem).toContain('RUNNER_TEMP');
    }

    const outage = new CodedError('GITHUB_API_UNAVAILABLE', 'GET x returned 503');
    await expect(read('trust/root.json', pullRequestHead(name, event, outage))).rejects.toBe(outage);
  });

  test('in the checked-out commit', async () => {
    const { content, asked, problem } = await read('trust/root.json', { committed: { 'trust/root.json': 'x' } });
    expect({ content, asked }).toEqual({ content: undefined, asked: [] });
    expect(problem).toContain('there is no file "/runner/app/trust/root.json"');
  });

  test.each([
    ['push', PUBLIC_PUSH, { GITHUB_SHA: '' }, 'GITHUB_SHA and GITHUB_REPOSITORY do not name that commit'],
    ['issue_comment', PUBLIC_PUSH, {}, 'neither a base commit nor a default branch'],
    ['', undefined, {}, 'on an unknown event'],
  ])('if nothing says which commit decides (%s)', async (name, event, env, text) => {
    const files = { [HEAD]: OTHER, ...TREE };
    const outcome = await read('trust/root.json', { files, event, env: { GITHUB_EVENT_NAME: name, ...env } });
    expect(outcome).toMatchObject({ content: undefined, asked: [] });
    expect(outcome.problem).toContain(text);
  });

  test('if the path cannot be resolved', async () => {
    const source = fakeSource({ inputs: { 'trusted-root': 'loop/root.json' } });
    const realPath = () => Promise.reject(Object.assign(new Error('loop'), { code: 'ELOOP' }));
    const problems = createInputProblems();
    const reading = { source: { ...source, files: { ...source.files, realPath } }, problems };
    const rules = { isLiteral: () => false, offline: false };
    expect(await readJudgedFile(reading, 'trusted-root', rules)).toBeUndefined();
    expect(problems.list).toMatchObject([{ what: '"loop/root.json" cannot be read (ELOOP).' }]);
  });
});

test('without GITHUB_WORKSPACE the working directory is the workspace', async () => {
  const path = `${process.cwd()}/trust/root.json`;
  const env = { GITHUB_WORKSPACE: '', GITHUB_EVENT_NAME: 'issue_comment' };
  const committed = { 'trust/root.json': 'committed' };
  for (const value of ['trust/root.json', path]) {
    const outcome = await read(value, { env, event: WITH_DEFAULT, files: { [path]: 'tree' }, committed });
    expect(outcome).toMatchObject({ content: 'committed', asked: ['refs/heads/trunk trust/root.json'] });
  }
});
