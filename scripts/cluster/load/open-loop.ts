import { Agent, request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { isJsonObject } from '../../../src/domain/text/json-object.ts';

/** A server that takes JSON by POST. */
export interface Target {
  /** `https://127.0.0.1:1234/validate`. */
  readonly url: string;
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

function sendOne(
  { url, ca }: Target,
  body: string,
  { dueMs, agent, timeoutMs }: { readonly dueMs: number; readonly agent: Agent; readonly timeoutMs: number },
): Promise<Sent> {
  const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  const seconds = Math.ceil(timeoutMs / 1000);
  return new Promise((resolve) => {
    const end = (answer: unknown, failed: string | undefined): void =>
      resolve({ ms: performance.now() - dueMs, answer, failed });
    const signal = AbortSignal.timeout(timeoutMs);
    const asked = request(`${url}?timeout=${seconds}s`, { method: 'POST', ca, agent, headers, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', (error) => end(undefined, error.message));
      response.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode !== 200) return end(undefined, `HTTP ${response.statusCode} ${text.slice(0, 200)}`);
        try {
          end(JSON.parse(text), undefined);
        } catch {
          end(undefined, `no JSON: ${text.slice(0, 200)}`);
        }
      });
    });
    asked.once('error', (error) => end(undefined, signal.aborted ? `no answer in ${seconds} s` : error.message));
    asked.end(body);
  });
}

/** Why a Pod was not let in; undefined if it was. */
export function denialOf({ answer, failed }: Sent): string | undefined {
  if (failed !== undefined) return failed;
  const response = isJsonObject(answer) ? answer['response'] : undefined;
  if (!isJsonObject(response)) return `not a review: ${JSON.stringify(answer)}`;
  if (response['allowed'] === true) return undefined;
  return isJsonObject(response['status']) ? String(response['status']['message']) : JSON.stringify(response);
}
