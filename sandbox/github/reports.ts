import { isObject, parseJsonBody } from '../http/json-body.ts';
import { type Headers, jsonReply, type Reply, type SandboxRequest } from '../http/serve.ts';
import { problem } from './replies.ts';

/** Check runs and commit statuses as GitHub's REST API keeps them, as strict as it about what is written. */

export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: string;
  readonly message: string;
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly head_sha: string;
  readonly external_id: string;
  readonly details_url: string | null;
  readonly status: string;
  readonly conclusion: string | null;
  readonly output: {
    readonly title: string | null;
    readonly summary: string | null;
    readonly annotations: readonly CheckAnnotation[];
  };
}

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly state: string;
  readonly context: string;
  readonly description: string | null;
  readonly target_url: string | null;
}

/** What a token may do; a missing right is `none`. */
export interface ReportRights {
  readonly checks?: 'read' | 'write' | 'none';
  readonly statuses?: 'read' | 'write' | 'none';
}

export interface GithubReports {
  readonly checkRuns: readonly CheckRun[];
  /** Every status ever set, oldest first. */
  readonly statuses: readonly CommitStatus[];
  /** Answers a request for check runs or statuses of one repository; undefined if it is for neither. */
  handle(request: SandboxRequest, path: string, rights: ReportRights): Reply | undefined;
}

const TEXT_MAX = 65_535;
const DESCRIPTION_MAX = 140;
const ANNOTATIONS_MAX = 50;
const STATUSES_MAX = 1000;
const SHA = /^[0-9a-f]{40}$/;
/** What a workflow may set (REST API, Create a check run); GitHub alone sets the others. */
const STATES = ['queued', 'in_progress', 'completed'];
const CONCLUSIONS = ['action_required', 'cancelled', 'failure', 'neutral', 'success', 'skipped', 'timed_out'];

/**
 * A store; `path` of its requests starts after `/repos/{owner}/{repo}/`. After each write the next `staleReads` lists
 * are those from before it, as a replica that lags behind would answer.
 */
export function createGithubReports(staleReads = 0): GithubReports {
  const checkRuns: CheckRun[] = [];
  const statuses: CommitStatus[] = [];
  let before: Pick<GithubReports, 'checkRuns' | 'statuses'> = { checkRuns: [], statuses: [] };
  let staleLeft = 0;

  const writing = (): void => {
    before = { checkRuns: [...checkRuns], statuses: [...statuses] };
    staleLeft = staleReads;
  };
  /** What a list is taken from. */
  const readable = (): typeof before => {
    staleLeft -= 1;
    return staleLeft >= 0 ? before : { checkRuns, statuses };
  };

  const createCheck = (request: SandboxRequest): Reply => {
    const body = parseJsonBody(request.body);
    const wrong = body === undefined ? 'Problems parsing JSON' : checkProblem(body, true);
    if (body === undefined || wrong !== undefined) return invalid(wrong);
    const run = merge(
      {
        id: 1000 + checkRuns.length,
        name: String(body['name']),
        head_sha: String(body['head_sha']),
        external_id: '',
        details_url: null,
        status: 'queued',
        conclusion: null,
        output: { title: null, summary: null, annotations: [] },
      },
      body,
    );
    writing();
    checkRuns.push(run);
    return jsonReply(201, { ...run, app: { slug: 'github-actions' } });
  };

  const updateCheck = (request: SandboxRequest, id: number): Reply => {
    const index = checkRuns.findIndex((run) => run.id === id);
    const old = checkRuns[index];
    if (old === undefined) return problem(404, 'Not Found');
    const body = parseJsonBody(request.body);
    const wrong = body === undefined ? 'Problems parsing JSON' : checkProblem(body, false);
    if (body === undefined || wrong !== undefined) return invalid(wrong);
    if (old.status === 'completed' && (body['status'] ?? 'completed') !== 'completed')
      return invalid('it is completed');
    const run = merge(old, body);
    writing();
    checkRuns[index] = run;
    return jsonReply(200, { ...run, app: { slug: 'github-actions' } });
  };

  const listChecks = (request: SandboxRequest, sha: string): Reply => {
    const name = request.url.searchParams.get('check_name');
    const named = readable().checkRuns.filter((run) => run.head_sha === sha && (name === null || run.name === name));
    // `latest`, the default, leaves out what a newer run of the same name hides, whoever made it.
    const isAll = request.url.searchParams.get('filter') === 'all';
    const found = isAll ? named : [...new Map(named.map((run) => [run.name, run])).values()];
    const { shown, headers } = pageOf(request, found.toReversed());
    const runs = shown.map(({ output: { annotations, ...output }, ...run }) => ({
      ...run,
      output: { ...output, annotations_count: annotations.length },
    }));
    return jsonReply(200, { total_count: found.length, check_runs: runs }, headers);
  };

  const createStatus = (request: SandboxRequest, sha: string): Reply => {
    const body = parseJsonBody(request.body);
    if (body === undefined) return invalid('Problems parsing JSON');
    const { state, context = 'default', description = null, target_url: target = null } = body;
    if (!SHA.test(sha)) return invalid('No commit found for SHA');
    if (!['error', 'failure', 'pending', 'success'].includes(String(state))) return invalid('state is not included');
    if (typeof context !== 'string' || context === '') return invalid('context is invalid');
    if (description !== null && (typeof description !== 'string' || description.length > DESCRIPTION_MAX)) {
      return invalid(`description is too long (maximum is ${DESCRIPTION_MAX} characters)`);
    }
    if (target !== null && (typeof target !== 'string' || !/^https?:\/\//.test(target))) {
      return invalid('Target url must use http(s) scheme');
    }
    if (statuses.filter((one) => one.sha === sha && one.context === context).length >= STATUSES_MAX) {
      return invalid('This SHA and context has reached the maximum number of statuses.');
    }
    const status = { id: 5000 + statuses.length, sha, state: String(state), context, description, target_url: target };
    writing();
    statuses.push(status);
    return jsonReply(201, status);
  };

  const listStatuses = (request: SandboxRequest, sha: string): Reply => {
    const found = readable().statuses.filter((one) => one.sha === sha);
    const { shown, headers } = pageOf(request, found.toReversed());
    return jsonReply(200, shown, headers);
  };

  return {
    checkRuns,
    statuses,
    handle(request, path, rights) {
      const [, id] = /^check-runs(?:\/(\d+))?$/.exec(path) ?? [];
      const [, listed, what] = /^commits\/([^/]+)\/(check-runs|statuses)$/.exec(path) ?? [];
      const [, sha] = /^statuses\/([^/]+)$/.exec(path) ?? [];
      if (path.startsWith('check-runs')) {
        if (rights.checks !== 'write') return forbidden();
        if (request.method === 'POST' && id === undefined) return createCheck(request);
        if (request.method === 'PATCH' && id !== undefined) return updateCheck(request, Number(id));
        return problem(404, 'Not Found');
      }
      if (listed !== undefined && request.method === 'GET') {
        const right = what === 'statuses' ? rights.statuses : rights.checks;
        if (right !== 'read' && right !== 'write') return forbidden();
        return what === 'statuses' ? listStatuses(request, listed) : listChecks(request, listed);
      }
      if (sha !== undefined && request.method === 'POST') {
        return rights.statuses === 'write' ? createStatus(request, sha) : forbidden();
      }
      return undefined;
    },
  };
}

/** The page asked for, 30 entries unless told and never more than 100, and a `Link` header if another one follows. */
function pageOf<Entry>(
  request: SandboxRequest,
  entries: readonly Entry[],
): { readonly shown: readonly Entry[]; readonly headers: Headers } {
  const { searchParams } = request.url;
  const size = Math.min(100, Number(searchParams.get('per_page') ?? 30));
  const number = Number(searchParams.get('page') ?? 1);
  const next = new URL(request.url);
  next.searchParams.set('page', String(number + 1));
  const hasNext = number * size < entries.length;
  return {
    shown: entries.slice((number - 1) * size, number * size),
    headers: hasNext ? [['Link', `<${next}>; rel="next"`]] : [],
  };
}

function merge(before: CheckRun, body: Readonly<Record<string, unknown>>): CheckRun {
  const output = isObject(body['output']) ? body['output'] : {};
  const annotations = Array.isArray(output['annotations']) ? (output['annotations'] as CheckAnnotation[]) : [];
  return {
    ...before,
    name: typeof body['name'] === 'string' ? body['name'] : before.name,
    external_id: typeof body['external_id'] === 'string' ? body['external_id'] : before.external_id,
    details_url: typeof body['details_url'] === 'string' ? body['details_url'] : before.details_url,
    status: body['conclusion'] === undefined ? String(body['status'] ?? before.status) : 'completed',
    conclusion: typeof body['conclusion'] === 'string' ? body['conclusion'] : before.conclusion,
    output: {
      title: typeof output['title'] === 'string' ? output['title'] : before.output.title,
      summary: typeof output['summary'] === 'string' ? output['summary'] : before.output.summary,
      // GitHub adds annotations to those that are there.
      annotations: [...before.output.annotations, ...annotations],
    },
  };
}

/** What GitHub answers with 422, in its order. */
function checkProblem(body: Readonly<Record<string, unknown>>, isNew: boolean): string | undefined {
  if (isNew && (typeof body['name'] !== 'string' || body['name'] === '')) return '"name" wasn\'t supplied.';
  if (isNew && !SHA.test(String(body['head_sha'] ?? ''))) return 'No commit found for SHA';
  if (body['status'] !== undefined && !STATES.includes(String(body['status']))) return 'bad status';
  if (body['status'] === 'completed' && body['conclusion'] === undefined) return '"conclusion" wasn\'t supplied.';
  if (body['conclusion'] !== undefined && !CONCLUSIONS.includes(String(body['conclusion']))) return 'bad conclusion';
  const output = body['output'];
  if (output === undefined) return undefined;
  if (!isObject(output)) return 'output is not an object';
  for (const name of ['title', 'summary', 'text']) {
    const text = output[name];
    if (text === undefined && (name === 'text' || (name === 'title' && !isNew))) continue;
    if (typeof text !== 'string') return `"${name}" wasn't supplied.`;
    if (text.length > TEXT_MAX) return `${name} exceeds a maximum of ${TEXT_MAX} characters`;
  }
  return annotationsProblem(output['annotations'] ?? []);
}

function annotationsProblem(annotations: unknown): string | undefined {
  if (!Array.isArray(annotations)) return 'annotations is not a list';
  if (annotations.length > ANNOTATIONS_MAX) return `No more than ${ANNOTATIONS_MAX} annotations per request`;
  const isGood = (one: unknown): boolean =>
    isObject(one) &&
    typeof one['path'] === 'string' &&
    Number.isInteger(one['start_line']) &&
    Number.isInteger(one['end_line']) &&
    ['notice', 'warning', 'failure'].includes(String(one['annotation_level'])) &&
    typeof one['message'] === 'string';
  return annotations.every(isGood) ? undefined : 'an annotation is invalid';
}

function forbidden(): Reply {
  return problem(403, 'Resource not accessible by integration');
}

function invalid(message: string | undefined): Reply {
  return problem(422, `Validation Failed: ${message ?? ''}`);
}
