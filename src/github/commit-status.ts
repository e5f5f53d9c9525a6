import { everyEntry, isRefusal, PAGE_ENTRIES, readBack } from './listing.ts';
import { type Published, type Reporting, splitRepository } from './report-target.ts';

interface StatusReport {
  /** The context. Must be stable, because branch protection refers to statuses by it. */
  readonly name: string;
  readonly state: 'success' | 'failure';
  /** At most 140 characters. GitHub rejects more. */
  readonly description: string;
}

const OVERRULED = 'Failed: another step of this run published a failure under this name';
const UNPROVEN = 'Failed: could not check what other steps of this run published under this name';

/**
 * Sets a commit status. Only the latest status of a context counts, and a status cannot be changed. If a success
 * turns out to hide a failure of the same attempt, a failure is added after it. Needs `statuses: write`. Throws the
 * API's error otherwise.
 */
export async function publishCommitStatus(reporting: Reporting, report: StatusReport): Promise<Published> {
  const { name, state } = report;
  if (state === 'failure') {
    const id = await createStatus(reporting, report);
    // A success may have been set in between. Its own step also checks for that.
    await settle(reporting, name, id).catch(() => undefined);
    return { kind: 'published' };
  }
  if ((await listStatuses(reporting, name)).some(isFailure)) return { kind: 'kept' };
  let isWritten = false;
  try {
    const id = await createStatus(reporting, report);
    isWritten = true;
    return { kind: (await settle(reporting, name, id)) ? 'published' : 'overruled' };
  } catch (cause) {
    if (!isWritten && isRefusal(cause)) throw cause;
    // Without a response, it may have been set.
    const isClosed = await createStatus(reporting, { name, state: 'failure', description: UNPROVEN }).then(
      () => true,
      () => false,
    );
    if (!isWritten && !isClosed) throw cause;
    return { kind: 'unproven', isClosed, cause };
  }
}

/**
 * Checks whether this attempt set a failure under the name. If so, makes sure that the latest status is a failure and
 * returns false. `written` is the status that the list must contain.
 */
async function settle(reporting: Reporting, name: string, written: number): Promise<boolean> {
  const list = (): Promise<readonly OurStatus[]> => listStatuses(reporting, name);
  const isShown = (shown: readonly OurStatus[]): boolean => shown.some((one) => one.id === written);
  const [latest, ...older] = await readBack(reporting.clock, list, isShown);
  if (latest === undefined || (!isFailure(latest) && !older.some(isFailure))) return true;
  if (!isFailure(latest)) await createStatus(reporting, { name, state: 'failure', description: OVERRULED });
  return false;
}

interface OurStatus {
  readonly id: number;
  readonly state: string;
}

/** The statuses that this attempt set under the name, latest first. The URL of the run's page contains the attempt. */
async function listStatuses({ octokit, target }: Reporting, name: string): Promise<readonly OurStatus[]> {
  const all = await everyEntry(async (page) => {
    const { data, headers } = await octokit.request('GET /repos/{owner}/{repo}/commits/{ref}/statuses', {
      ...splitRepository(target.repository),
      ref: target.sha,
      per_page: PAGE_ENTRIES,
      page,
    });
    return { entries: data, link: headers.link };
  });
  return all.filter(({ context, target_url: url }) => context === name && url === (target.detailsUrl ?? null));
}

/** Returns the id of the new status. */
async function createStatus({ octokit, target }: Reporting, report: StatusReport): Promise<number> {
  const { data } = await octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
    ...splitRepository(target.repository),
    sha: target.sha,
    context: report.name,
    state: report.state,
    description: report.description,
    ...(target.detailsUrl === undefined ? {} : { target_url: target.detailsUrl }),
  });
  return data.id;
}

function isFailure({ state }: OurStatus): boolean {
  return state === 'failure' || state === 'error';
}
