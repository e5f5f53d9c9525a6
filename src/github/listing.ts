import type { Reporting } from './report-target.ts';

/** The number of entries per page, GitHub's maximum. */
export const PAGE_ENTRIES = 100;
/** The page limit. GitHub keeps 1,000 reports per name, but lists the commit statuses of all names together. */
const PAGES_MAX = 30;

/** One page of a list, and its `Link` header. */
interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly link: string | undefined;
}

/** All entries of a list. Throws if the list exceeds the page limit, because an unread entry may be a failure. */
export async function everyEntry<Entry>(read: (page: number) => Promise<Page<Entry>>): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for (let number = 1; number <= PAGES_MAX; number += 1) {
    const page = await read(number);
    entries.push(...page.entries);
    if (page.link?.includes('rel="next"') !== true) return entries;
  }
  throw new Error(
    `the commit has more than ${PAGES_MAX * PAGE_ENTRIES} check runs or statuses, which is too many to search`,
  );
}

/** Pauses before reading a list again that does not contain a new entry yet, in ms. */
const LAG_MS = [500, 1000, 2000] as const;

/**
 * Reads a list until it contains the entry that was just written. A list without it is outdated and may also lack a
 * failure that was written earlier. Throws if the entry never appears.
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
  throw new Error('GitHub does not list the new entry');
}

/** True if the API refused the request: nothing was written. After a 5xx or no response, it may have been written. */
export function isRefusal(error: unknown): boolean {
  const status: unknown = error instanceof Error ? Reflect.get(error, 'status') : undefined;
  return typeof status === 'number' && status >= 400 && status < 500;
}
