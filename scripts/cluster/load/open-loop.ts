import { Agent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { askHttps } from '../../../sandbox/http/ask-https.ts';
import { isJsonObject } from '../../../src/domain/text/json-object.ts';

/** A server that takes JSON by POST. */
export interface Target {
  /** With its query: `https://127.0.0.1:1234/validate?timeout=10s`. */
  readonly url: string;
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Certificates that it may show, PEM. */
  readonly ca: string;
}

export interface Rate {
  readonly perSecond: number;
  /** Longest wait for an answer, in ms, as the API server has it from `timeoutSeconds`. */
  readonly timeoutMs: number;
  /** `new`: every second request opens a connection of its own, as other replicas of the API server do. */
  readonly connections?: 'kept' | 'new';
}

/** One request and what came of it. */
export interface Sent {
  /** From when it was due to the last byte of the answer: what waits behind a slow one counts. */
  readonly ms: number;
  /** How much of that passed before this process came to send it: the machine was busy. */
  readonly lateMs: number;
  /** Parsed JSON; undefined if there was none. */
  readonly answer: unknown;
  /** Why there is no answer. */
  readonly failed: string | undefined;
}

/** Sends every body when it is due, whatever became of the others. Never rejects. */
export async function sendAtRate(target: Target, bodies: Iterable<string>, rate: Rate): Promise<readonly Sent[]> {
  const kept = new Agent({ keepAlive: true });
  const sent: Promise<Sent>[] = [];
  const startedMs = performance.now();
  for (const body of bodies) {
    const dueMs = startedMs + (sent.length * 1000) / rate.perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    const agent = rate.connections === 'new' && sent.length % 2 === 0 ? new Agent({ keepAlive: false }) : kept;
    sent.push(sendOne(target, body, { dueMs, agent, timeoutMs: rate.timeoutMs }));
  }
  const all = await Promise.all(sent);
  kept.destroy();
  return all;
}

async function sendOne(
  { url, ca, headers: more = {} }: Target,
  body: string,
  { dueMs, agent, timeoutMs }: { readonly dueMs: number; readonly agent: Agent; readonly timeoutMs: number },
): Promise<Sent> {
  const headers = { ...more, 'content-type': 'application/json' };
  const lateMs = performance.now() - dueMs;
  const signal = AbortSignal.timeout(timeoutMs);
  const end = (answer: unknown, failed: string | undefined): Sent => {
    return { ms: performance.now() - dueMs, lateMs, answer, failed };
  };
  try {
    const { status, text } = await askHttps(url, { method: 'POST', ca, agent, headers, signal }, body);
    if (status !== 200 && status !== 201) return end(undefined, `HTTP ${status} ${text.slice(0, 600)}`);
    try {
      return end(JSON.parse(text), undefined);
    } catch {
      return end(undefined, `no JSON: ${text.slice(0, 200)}`);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return end(undefined, signal.aborted ? `no answer in ${Math.ceil(timeoutMs / 1000)} s` : why);
  }
}

/** Why a Pod was not let in, by the webhook or by the API server; undefined if it was. */
export function denialOf({ answer, failed }: Sent): string | undefined {
  if (failed !== undefined) return failed;
  if (isJsonObject(answer) && answer['kind'] === 'Pod') return undefined;
  const response = isJsonObject(answer) ? answer['response'] : undefined;
  if (!isJsonObject(response)) return `not a review: ${JSON.stringify(answer)}`;
  if (response['allowed'] === true) return undefined;
  return isJsonObject(response['status']) ? String(response['status']['message']) : JSON.stringify(response);
}
