import { CodedError, toCodedError } from '../coded-error.ts';
import type { CallLimits, Log } from '../domain/calls/call-limits.ts';
import { isJsonObject } from '../domain/text/json-object.ts';
import { HttpError } from '../http/http-error.ts';
import { backoffMs, createRetryBudget } from '../http/retry-budget.ts';
import { type OpenAnswer, openStream } from './exchange.ts';
import type { KubeCollection, KubeObject, KubeRequest } from './kube-api.ts';
import { createLineSplitter } from './line-splitter.ts';
import { asItem, type ItemTypes, keyOf, type Lists } from './lists.ts';
import { parseJson } from './parse-json.ts';
import { notUnderstood, refusedBy, unreachable } from './refused.ts';
import type { ServerAccess } from './server-access.ts';

export interface WatchOptions {
  readonly settings: { readonly url: URL };
  readonly access: ServerAccess;
  readonly lists: Lists;
  readonly clock: { sleep(ms: number, signal?: AbortSignal): Promise<void> };
  readonly random: () => number;
  readonly log: Log;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  readonly path: string;
  readonly onState: (state: KubeCollection | { readonly failed: string }) => void;
}

/** How long the server keeps one watch open, in seconds; plus up to as much as half of it, so that replicas differ. */
const WATCH_SECONDS = 150;
/** How much later than that the connection counts as dead, in ms. */
const LATE_MS = 15_000;
/** Longest wait for the head of an answer, in ms. */
const HEAD_MS = 30_000;
/** Shortest wait after a failure, in ms. */
const PAUSE_MIN_MS = 250;
/** One line is one object: etcd keeps at most 1.5 MiB of it by default, and JSON may be longer. */
const LINE_MAX_BYTES = 8 * 1024 * 1024;
/** The most items that a watch holds. */
const ITEMS_MAX = 20_000;
const STATUS_MAX_BYTES = 64 * 1024;

/** What a watch has seen. */
interface Seen {
  readonly items: Map<string, KubeObject>;
  readonly types: ItemTypes;
  resourceVersion: string;
}

/**
 * Lists and watches a collection until the signal ends (Kubernetes, "Efficient detection of changes"). The collection is
 * listed again when the server no longer keeps the state that the watch goes on from (410), and after every failure.
 */
export async function watchCollection(options: WatchOptions): Promise<void> {
  const { signal, clock, random, log, path, onState } = options;
  let failures = 0;
  const pause = async (): Promise<void> => {
    failures += 1;
    await clock.sleep(Math.max(PAUSE_MIN_MS, backoffMs(failures, random)), signal).catch(() => undefined);
  };
  while (!signal.aborted) {
    try {
      const seen = await listOnce(options);
      if (signal.aborted) return;
      onState({ items: [...seen.items.values()] });
      await follow(options, seen, {
        pause,
        onLine: () => {
          failures = 0;
        },
      });
      // The server no longer has the state of this list. A server that says so at once must not be asked in a loop.
      await pause();
    } catch (error) {
      if (signal.aborted) return;
      // A defect must not end the watch without a word: what it shows would count for good.
      const { message } = toCodedError(error);
      log.debug(`Kubernetes: the watch of ${path} failed: ${message}`);
      onState({ failed: message });
      await pause();
    }
  }
}

async function listOnce({ lists, path, signal, log }: WatchOptions): Promise<Seen> {
  // This loop is what tries again.
  const call: CallLimits = { signal, retries: createRetryBudget(0), log };
  const { items, types, resourceVersion } = await lists.whole(call, path);
  if (items.length > ITEMS_MAX) throw notUnderstood(`GET ${path}`, `more than ${ITEMS_MAX} items`);
  return { items: new Map(items.map((item) => [keyOf(item) ?? '', item])), types, resourceVersion };
}

/** Follows the changes after a list. Returns when the list has to be read again; throws when something fails. */
async function follow(
  options: WatchOptions,
  seen: Seen,
  { pause, onLine }: { readonly pause: () => Promise<void>; readonly onLine: () => void },
): Promise<void> {
  for (;;) {
    let lines = 0;
    const end = await watchOnce(options, seen, () => {
      lines += 1;
      onLine();
    });
    if (end === 'gone' || options.signal.aborted) return;
    // The server closes every watch after its time. One that closes it at once must not be asked in a loop.
    if (lines === 0 || end === 'lost') await pause();
    if (options.signal.aborted) return;
  }
}

/** One request: `closed` by the server at the end of its time, `lost` without an end, or `gone` (410). */
async function watchOnce(options: WatchOptions, seen: Seen, onLine: () => void): Promise<'closed' | 'lost' | 'gone'> {
  const { path, random, signal } = options;
  const seconds = WATCH_SECONDS + Math.floor((random() * WATCH_SECONDS) / 2);
  const query = new URLSearchParams({
    ...{ watch: '1', allowWatchBookmarks: 'true', timeoutSeconds: String(seconds) },
    resourceVersion: seen.resourceVersion,
  });
  const request: KubeRequest = { method: 'GET', path: `${path}${path.includes('?') ? '&' : '?'}${query.toString()}` };
  const dead = new AbortController();
  const timer = setTimeout(() => dead.abort(), seconds * 1000 + LATE_MS);
  try {
    const { status, message } = await open(options, request, AbortSignal.any([signal, dead.signal]));
    if (status !== 200) {
      const answer = { status, body: await readStatus(message) };
      if (status === 410) return 'gone';
      if (status === 401) options.access.renew();
      throw refusedBy(`GET ${path} (watch)`, answer);
    }
    const splitter = createLineSplitter(LINE_MAX_BYTES);
    try {
      for await (const chunk of message as AsyncIterable<Buffer>) {
        let changed = false;
        for (const line of splitLines(splitter, chunk, path)) {
          const event = apply(seen, line, path);
          if (event === 'gone') return 'gone';
          onLine();
          changed ||= event === 'changed';
        }
        if (changed && !signal.aborted) show(options, seen);
      }
    } catch (error) {
      if (error instanceof CodedError) throw error;
      return 'lost';
    }
    return 'closed';
  } finally {
    clearTimeout(timer);
    // Ends the connection if it is still open.
    dead.abort();
  }
}

/** A defect of who is told is not a lost connection. Throws CodedError. */
function show({ onState }: WatchOptions, { items }: Seen): void {
  try {
    onState({ items: [...items.values()] });
  } catch (error) {
    throw toCodedError(error);
  }
}

async function open(options: WatchOptions, request: KubeRequest, signal: AbortSignal): Promise<OpenAnswer> {
  const { access, settings, userAgent } = options;
  try {
    return await openStream({
      ...{ access: await access.current(), origin: settings.url, request, userAgent, signal },
      ...{ timeoutMs: HEAD_MS, maxBytes: LINE_MAX_BYTES },
    });
  } catch (error) {
    throw error instanceof HttpError ? unreachable(error) : error;
  }
}

function splitLines(splitter: ReturnType<typeof createLineSplitter>, chunk: Buffer, path: string): string[] {
  try {
    return splitter.push(chunk);
  } catch (error) {
    throw notUnderstood(`GET ${path} (watch)`, error instanceof Error ? error.message : String(error));
  }
}

/** Applies one event (k8s.io/apimachinery meta/v1 WatchEvent). */
function apply(seen: Seen, line: string, path: string): 'changed' | 'unchanged' | 'gone' {
  const what = `GET ${path} (watch)`;
  const event = parseJson(line);
  const object = isJsonObject(event) ? event['object'] : undefined;
  if (!isJsonObject(event) || !isJsonObject(object)) throw notUnderstood(what, 'a line that is not an event');
  const { type } = event;
  if (type === 'ERROR') {
    const status = typeof object['code'] === 'number' ? object['code'] : 0;
    if (status === 410) return 'gone';
    throw refusedBy(what, { status, body: object });
  }
  const { metadata } = object;
  const version = isJsonObject(metadata) ? metadata['resourceVersion'] : undefined;
  if (typeof version !== 'string' || version === '') throw notUnderstood(what, 'an event without a resourceVersion');
  const key = keyOf(object);
  if (type === 'BOOKMARK') {
    seen.resourceVersion = version;
    return 'unchanged';
  }
  if (key === undefined) throw notUnderstood(what, 'an event without a name');
  if (type === 'ADDED' || type === 'MODIFIED') seen.items.set(key, asItem(object, seen.types));
  else if (type === 'DELETED') seen.items.delete(key);
  else throw notUnderstood(what, 'an event of unknown type');
  if (seen.items.size > ITEMS_MAX) throw notUnderstood(what, `more than ${ITEMS_MAX} items`);
  seen.resourceVersion = version;
  return 'changed';
}

/** The `Status` of a refusal. */
async function readStatus(message: AsyncIterable<Buffer>): Promise<unknown> {
  const chunks: Buffer[] = [];
  let held = 0;
  try {
    for await (const chunk of message) {
      held += chunk.length;
      if (held > STATUS_MAX_BYTES) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return parseJson(Buffer.concat(chunks).toString('utf8'));
}
