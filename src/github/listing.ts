import type { Reporting } from './report-target.ts';

/** Entries of a page of a list, the most that GitHub gives. */
export const PAGE_ENTRIES = 100;
/** Pages of one list. GitHub keeps 1,000 reports of a name, but lists the commit statuses of all names together. */
const PAGES_MAX = 30;

/** One page of a list, and its `Link` header. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly link: string | undefined;
}

/** Every entry of a list. Throws if it has more pages than are read: what is not seen may be a failure. */
export async function everyEntry<Entry>(read: (page: number) => Promise<Page<Entry>>): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (let number = 1; number <= PAGES_MAX; number += 1) {
    const page = await read(number);
    entries.push(...page.entries);
    if (page.link?.includes('rel="next"') !== true) return entries;
  }
  throw new Error(
    `the commit has more than ${PAGES_MAX * PAGE_ENTRIES} check runs or statuses, too many to look through`,
  );
}

/** Pauses before a list is read again that does not show yet what was written, in ms. */
const LAG_MS = [500, 1000, 2000] as const;

/**
 * Reads a list until it shows what was written before: one that does not is out of date, and may also lack a failure
 * that was written earlier. Throws if it never does.
 */
export async function readBack<Entry>(
  clock: Reporting['clock'],
  list: () => Promise<readonly Entry[]>,
  isShown: (entries: readonly Entry[]) => boolean,
): Promise<readonly Entry[]> {
  for (const pause of [...LAG_MS, undefined]) {
    const entries = await list();
    if (isShown(entries)) return entries;
    if (pause !== undefined) await clock.sleep(pause);
  }
  throw new Error('what was just written is not listed');
}

/** True if the API refused a request: then nothing was written. Without an answer, or after a 5xx, it may have been. */
export function isRefusal(error: unknown): boolean {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined;
  return typeof status === 'number' && status >= 400 && status < 500;
}
