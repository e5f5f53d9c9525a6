import {
  addMoreAnnotations,
  type CheckReport,
  type CheckText,
  createCheckRun,
  listCheckRuns,
  type OurCheckRun,
  updateCheckRun,
} from './check-run-calls.ts';
import { isRefusal, readBack } from './listing.ts';
import type { Published, Reporting } from './report-target.ts';

const OVERRULED: CheckText = {
  title: 'Failed: another step of this run published a failure',
  summary:
    'A step of this run passed, but another one published a failure under this name. The job summaries show both. To see both here, give each step its own `check-name`.',
};
const UNPROVEN: CheckText = {
  title: 'Failed: the result could not be confirmed',
  summary:
    'The step passed, but another step of this run may have published a failure under this name, and this could not be checked. Run the job again.',
};

/**
 * Publishes a completed check run. A success replaces the check runs that earlier attempts of this run published
 * under the name, so that a re-run clears them. A failure always gets its own check run, which no step of the same
 * attempt sets to success, so a step that reads the list after writing sees it. Check runs of other runs are never
 * changed. Needs `checks: write`. Throws the API's error otherwise.
 */
export async function publishCheckRun(reporting: Reporting, report: CheckReport): Promise<Published> {
  if (report.conclusion === 'success') return publishSuccess(reporting, report);
  const id = await createCheckRun(reporting, report);
  // The failure stands in any case, and the step of a concurrent success also checks for it.
  await settle(reporting, report.name, [id]).catch(() => undefined);
  await addMoreAnnotations(reporting, id, report);
  return { kind: 'published' };
}

async function publishSuccess(reporting: Reporting, report: CheckReport): Promise<Published> {
  const before = await listCheckRuns(reporting, report.name);
  if (before.some(isFailureOfAttempt)) return { kind: 'kept' };
  const written: number[] = [];
  try {
    // An update adds to existing annotations, so a check run that has some is left unchanged.
    for (const { id } of before.filter((run) => !run.hasAnnotations)) {
      written.push(id);
      await updateCheckRun(reporting, id, written.length === 1 ? report : { ...report, annotations: undefined });
    }
    if (written.length === 0) written.push(await createCheckRun(reporting, report));
    if (!(await settle(reporting, report.name, written))) return { kind: 'overruled' };
  } catch (cause) {
    if (written.length > 0) {
      const isClosed = await fail(reporting, written, UNPROVEN).then(
        () => true,
        () => false,
      );
      return { kind: 'unproven', isClosed, cause };
    }
    // Without a response, it may have been created.
    if (!isRefusal(cause)) await settle(reporting, report.name, []).catch(() => undefined);
    throw cause;
  }
  const [first] = written;
  if (first !== undefined) await addMoreAnnotations(reporting, first, report);
  return { kind: 'published' };
}

/**
 * Checks whether this attempt published a failure under the name. If so, sets its successes to failure and returns
 * false. `written` are the check runs that the list must contain.
 */
async function settle(reporting: Reporting, name: string, written: readonly number[]): Promise<boolean> {
  const list = async (): Promise<readonly OurCheckRun[]> =>
    (await listCheckRuns(reporting, name)).filter((run) => run.isOfAttempt);
  const isShown = (runs: readonly OurCheckRun[]): boolean => written.every((id) => runs.some((run) => run.id === id));
  const runs = await readBack(reporting.clock, list, isShown);
  if (!runs.some(isFailureOfAttempt)) return true;
  const successes = runs.filter((run) => !isFailureOfAttempt(run)).map((run) => run.id);
  await fail(reporting, successes, OVERRULED);
  return false;
}

/** Sets all of them to failure. Throws if one of the updates fails. */
async function fail(reporting: Reporting, ids: readonly number[], text: CheckText): Promise<void> {
  const failure = { ...text, conclusion: 'failure' } as const;
  const done = await Promise.allSettled(ids.map((id) => updateCheckRun(reporting, id, failure)));
  const broken = done.find((one) => one.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
}

function isFailureOfAttempt(run: OurCheckRun): boolean {
  return run.isOfAttempt && run.conclusion !== 'success';
}
