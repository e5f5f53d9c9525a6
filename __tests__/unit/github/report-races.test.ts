import { beforeEach, expect, test } from 'vitest';
import { createGithubApi, type GithubApi, type GithubApiOptions } from '../../../sandbox/github/api.ts';
import type { Reply } from '../../../sandbox/http/serve.ts';
import { publishCheckRun } from '../../../src/github/check-run.ts';
import { publishCommitStatus } from '../../../src/github/commit-status.ts';
import { createOctokit } from '../../../src/github/octokit.ts';
import type { Published, Reporting } from '../../../src/github/report-target.ts';
import type { HttpClient, HttpRequest } from '../../../src/http/http-client.ts';
import { testCall } from '../../calls.ts';

/** Steps of one run attempt that publish under one name at the same time: in every order of their requests. */

const SHA = '1'.repeat(40);
const NAME = 'images';
type Conclusion = 'success' | 'failure';
type Kind = 'check run' | 'commit status';
type Publish = (reporting: Reporting, conclusion: Conclusion) => Promise<Published>;

const publishers: Readonly<Record<Kind, Publish>> = {
  'check run': (reporting, conclusion) =>
    publishCheckRun(reporting, { name: NAME, conclusion, title: conclusion, summary: 's' }),
  'commit status': (reporting, state) => publishCommitStatus(reporting, { name: NAME, state, description: state }),
};
const KINDS = Object.keys(publishers) as Kind[];

let api: GithubApi;
const newApi = (more: Partial<GithubApiOptions> = {}): GithubApi =>
  createGithubApi({
    tokens: { good: { checks: 'write', statuses: 'write' } },
    repositories: { 'acme/app': { refs: {} } },
    ...more,
  });
beforeEach(() => {
  api = newApi();
});

/** What answers a request of a publisher: the API, or something in its place. */
type Answer = (request: HttpRequest, ask: () => Promise<Reply>) => Promise<Reply>;

async function reportingOf(attempt: string, answer: Answer = (_request, ask) => ask()): Promise<Reporting> {
  const http: HttpClient = {
    async request(_, request) {
      const url = new URL(request.url);
      const body = new TextEncoder().encode(typeof request.body === 'string' ? request.body : '');
      const headers = { 'user-agent': 'test', authorization: 'token good' };
      const sent = { method: request.method, url, headers, body, connection: 1, origin: url.origin };
      const reply = await answer(request, async () => api(sent));
      const link = reply.headers?.find(([name]) => name === 'Link')?.[1];
      const found = { 'content-type': 'application/json', ...(link === undefined ? {} : { link }) };
      return { status: reply.status, headers: found, headersDistinct: {}, body: Buffer.from(reply.body ?? ''), url };
    },
    preconnect: () => {},
    close: async () => {},
  };
  const [run, number] = attempt.split('/');
  return {
    octokit: await createOctokit({
      call: testCall(),
      http,
      token: 'good',
      apiUrl: 'https://api.github.com',
      debug: () => {},
      conceal: (text) => text,
    }),
    target: {
      repository: 'acme/app',
      sha: SHA,
      attempt,
      detailsUrl: `https://github.com/acme/app/actions/runs/${run}/attempts/${number}`,
    },
    clock: { sleep: async () => {} },
  };
}

/** Runs the publishers, letting one request through at a time: the one that `choose` names of those that wait. */
async function interleave(
  publish: Publish,
  conclusions: readonly Conclusion[],
  choose: (waiting: number) => number,
): Promise<void> {
  const waiting = new Map<number, () => void>();
  let running = conclusions.length;
  const all = conclusions.map(async (conclusion, index) => {
    const reporting = await reportingOf('9001/2', async (_request, ask) => {
      await new Promise<void>((go) => waiting.set(index, go));
      return ask();
    });
    await publish(reporting, conclusion);
    running -= 1;
  });
  while (running > 0) {
    while (waiting.size < running) await new Promise((next) => setImmediate(next));
    if (running === 0) break;
    const [index, go] = [...waiting].sort(([one], [other]) => one - other)[choose(waiting.size)] ?? [];
    if (index === undefined || go === undefined) throw new Error('chose nobody');
    waiting.delete(index);
    go();
    // It answers before anything else is let through.
    const left = running;
    while (!waiting.has(index) && running === left) await new Promise((next) => setImmediate(next));
  }
  await Promise.all(all);
}

/** Every sequence of choices there is, until `limit` of them; returns how many were run. */
async function everyOrder(limit: number, run: (choose: (options: number) => number) => Promise<void>): Promise<number> {
  let path: { chosen: number; options: number }[] = [];
  for (let count = 1; ; count += 1) {
    let step = 0;
    await run((options) => {
      const at = path[step] ?? { chosen: 0, options };
      path[step] = at;
      step += 1;
      return at.chosen;
    });
    path = path.slice(0, step);
    while (path.length > 0 && (path.at(-1)?.chosen ?? 0) + 1 >= (path.at(-1)?.options ?? 0)) path.pop();
    const last = path.at(-1);
    if (last === undefined || count >= limit) return count;
    last.chosen += 1;
  }
}

/** What of this attempt a person or branch protection may take for a pass. */
function passes(kind: Kind): unknown[] {
  if (kind === 'check run') {
    return api.checkRuns.filter((run) => run.external_id.endsWith('9001/2') && run.conclusion === 'success');
  }
  const latest = api.statuses.findLast((status) => status.context === NAME);
  return latest?.state === 'success' ? [latest] : [];
}

const BEFORE = ['nothing', 'success', 'failure'] as const;

for (const kind of KINDS) {
  const publish = publishers[kind];

  test.each(BEFORE)(
    `${kind}: a success and a failure end as a failure in every order, after %s before`,
    async (was) => {
      const orders = await everyOrder(Number.POSITIVE_INFINITY, async (choose) => {
        api = newApi();
        if (was !== 'nothing') await publish(await reportingOf('9001/1'), was);
        await interleave(publish, ['success', 'failure'], choose);
        expect(passes(kind)).toEqual([]);
      });
      // Two requests of the one and three of the other, at least.
      expect(orders).toBeGreaterThanOrEqual(10);
    },
  );

  test(`${kind}: so do two successes and a failure`, async () => {
    let state = 1;
    const random = (options: number): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state % options;
    };
    for (let count = 0; count < 150; count += 1) {
      api = newApi();
      await publish(await reportingOf('9001/1'), 'failure');
      await interleave(publish, ['success', 'failure', 'success'], random);
      expect(passes(kind)).toEqual([]);
    }
  });

  test(`${kind}: two successes stay one, whatever the attempt before was`, async () => {
    await everyOrder(40, async (choose) => {
      api = newApi();
      await publish(await reportingOf('9001/1'), 'failure');
      await interleave(publish, ['success', 'success'], choose);
      expect([...api.checkRuns.map((run) => run.conclusion), api.statuses.at(-1)?.state ?? 'success']).not.toContain(
        'failure',
      );
    });
  });

  test(`${kind}: a failure behind more than a hundred others is seen, before writing and after`, async () => {
    const more = async (): Promise<void> => {
      const { octokit, target } = await reportingOf('9001/2');
      for (let count = 0; count < 120; count += 1) {
        const common = { owner: 'acme', repo: 'app' };
        if (kind === 'check run')
          await octokit.request('POST /repos/{owner}/{repo}/check-runs', {
            ...common,
            name: NAME,
            head_sha: target.sha,
          });
        else
          await octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
            ...common,
            sha: SHA,
            state: 'success',
            context: `c${count}`,
          });
      }
    };
    await publish(await reportingOf('9001/2'), 'failure');
    await more();
    expect(await publish(await reportingOf('9001/2'), 'success')).toEqual({ kind: 'kept' });
    expect(passes(kind)).toEqual([]);

    api = newApi();
    let isFirst = true;
    const late = await reportingOf('9001/2', async (request, ask) => {
      // Others write between its first look and its success.
      if (request.method !== 'GET' && isFirst) {
        isFirst = false;
        await publish(await reportingOf('9001/2'), 'failure');
        await more();
      }
      return ask();
    });
    expect(await publish(late, 'success')).toEqual({ kind: 'overruled' });
    expect(passes(kind)).toEqual([]);
  });

  test(`${kind}: more pages than are read close the gate, before writing and after`, async () => {
    let isEndless = true;
    let writes = 0;
    const reporting = await reportingOf('9001/2', async (request, ask) => {
      if (request.method !== 'GET') {
        writes += 1;
        isEndless = true;
      }
      const reply = await ask();
      return request.method === 'GET' && isEndless
        ? { ...reply, headers: [['Link', '<https://x/>; rel="next"']] }
        : reply;
    });
    await expect(publish(reporting, 'success')).rejects.toThrow('too many');
    expect(writes).toBe(0);
    isEndless = false;
    expect(await publish(reporting, 'success')).toMatchObject({ kind: 'unproven', isClosed: true });
    expect(passes(kind)).toEqual([]);
  });

  test(`${kind}: a success that cannot be looked at again is set to failure, and said if that fails`, async () => {
    for (const isClosed of [true, false]) {
      api = newApi();
      let writes = 0;
      const reporting = await reportingOf('9001/2', async (request, ask) => {
        if (request.method !== 'GET') writes += 1;
        const isBroken = request.method === 'GET' ? writes > 0 : writes > 1 && !isClosed;
        return isBroken ? { status: 502, body: '{"message":"bad gateway"}' } : ask();
      });
      const outcome = await publish(reporting, 'success');
      expect(outcome).toMatchObject({ kind: 'unproven', isClosed, cause: { status: 502 } });
      expect(passes(kind)).toHaveLength(isClosed ? 0 : 1);
    }
  });

  test(`${kind}: a list that is out of date is read again; one that stays so proves nothing`, async () => {
    api = newApi({ staleReads: 2 });
    expect(await publish(await reportingOf('9001/2'), 'success')).toEqual({ kind: 'published' });
    api = newApi({ staleReads: 50 });
    expect(await publish(await reportingOf('9001/2'), 'success')).toMatchObject({ kind: 'unproven', isClosed: true });
    expect(passes(kind)).toEqual([]);
  });

  test(`${kind}: a success whose answer was lost does not stand over a failure`, async () => {
    let isFirst = true;
    const reporting = await reportingOf('9001/2', async (request, ask) => {
      if (request.method !== 'POST' || !isFirst) return ask();
      isFirst = false;
      await publish(await reportingOf('9001/2'), 'failure');
      await ask();
      return { status: 502, body: '{"message":"bad gateway"}' };
    });
    await publish(reporting, 'success').catch(() => undefined);
    expect(passes(kind)).toEqual([]);
  });
}
