import { CodedError } from '../coded-error.ts';
import type { CallLimits } from '../domain/calls/call-limits.ts';
import { HttpError } from '../http/http-error.ts';
import { isTransient } from '../http/http-failure.ts';
import { networkTimeMs } from '../http/network-time.ts';
import { retryAfterMs } from '../http/retry-after.ts';
import { backoffMs } from '../http/retry-budget.ts';
import type { Clock, Log } from '../usecases/ports.ts';
import { describe, exchange, type RawAnswer } from './exchange.ts';
import type { KubeAnswer, KubeApi, KubeRequest } from './kube-api.ts';
import { createLists } from './lists.ts';
import { parseJson } from './parse-json.ts';
import { unreachable } from './refused.ts';
import { createServerAccess, type ServerAccessOptions } from './server-access.ts';
import { watchCollection } from './watch-collection.ts';

export interface KubeApiOptions extends Omit<ServerAccessOptions, 'clock'> {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Of watches, which belong to no call. */
  readonly log: Log;
  readonly userAgent: string;
}

/** Largest answer: a page of large Pods. In bytes. */
const ANSWER_MAX_BYTES = 64 * 1024 * 1024;
/** Statuses of a read that another attempt may change. */
const RETRYABLE: readonly number[] = [429, 500, 502, 503, 504];

/**
 * A client of one API server, directly: proxies, roots and logins of registries play no part. Decision 0035 says why it
 * is not the official one.
 */
export function createKubeApi(options: KubeApiOptions): KubeApi {
  const { clock, random, settings, userAgent } = options;
  if (settings.url.protocol !== 'https:') {
    throw new CodedError('INPUT_INVALID', 'the URL of the API server is not https', {
      hint: 'The token of the service account goes there: give an https URL.',
    });
  }
  const access = createServerAccess(options);
  const origin = settings.url;

  const attempt = async (call: CallLimits, request: KubeRequest): Promise<RawAnswer> => {
    const asked = { origin, request, userAgent, signal: call.signal, maxBytes: ANSWER_MAX_BYTES };
    const send = async (): Promise<RawAnswer> =>
      exchange({ ...asked, access: await access.current(), timeoutMs: call.retries.attemptMs(origin.origin) });
    const answer = await send();
    if (answer.status !== 401) return answer;
    // The token may have been replaced since it was read.
    access.renew();
    return send();
  };

  const sendRaw = async (call: CallLimits, request: KubeRequest): Promise<RawAnswer> => {
    const { retries, signal, log } = call;
    const what = describe(origin, request);
    for (let tries = 1; ; tries += 1) {
      const startedMs = networkTimeMs(clock);
      const outcome = await attempt(call, request).catch((error: unknown) => {
        if (error instanceof HttpError) return error;
        throw error;
      });
      const endedMs = networkTimeMs(clock);
      const status = outcome instanceof HttpError ? outcome.failure : outcome.status;
      log.debug(`Kubernetes: ${what} → ${status}${tries > 1 ? `, attempt ${tries}` : ''}`);
      signal.throwIfAborted();
      if (!isWorthRetrying(request, outcome)) return settled(outcome);
      retries.spend(startedMs, endedMs, origin.origin);
      const waitMs = waitFor(outcome, tries);
      if (waitMs > retries.remainingMs() || retries.remainingMs() <= 0) return settled(outcome);
      await clock.sleep(waitMs, signal);
      signal.throwIfAborted();
      retries.spend(endedMs, networkTimeMs(clock), origin.origin);
    }
  };

  const waitFor = (outcome: RawAnswer | HttpError, tries: number): number => {
    const asked =
      outcome instanceof HttpError ? undefined : retryAfterMs(outcome.retryAfter, new Uint8Array(), clock.now());
    return (asked ?? 0) + backoffMs(tries, random);
  };

  const send = async (call: CallLimits, request: KubeRequest): Promise<KubeAnswer> => {
    const { status, body } = await sendRaw(call, request);
    return { status, body: parseJson(body.toString('utf8')) };
  };

  const lists = createLists(send);
  return {
    send,
    eachPage: lists.eachPage,
    watch(signal, path, onState) {
      void watchCollection({ ...options, access, lists, signal, path, onState });
    },
    close: () => access.close(),
  };
}

/** A server that answers 429 has done nothing yet. What else failed may have been done. */
function isWorthRetrying({ method }: KubeRequest, outcome: RawAnswer | HttpError): boolean {
  if (!(outcome instanceof HttpError) && outcome.status === 429) return true;
  if (method !== 'GET') return false;
  return outcome instanceof HttpError ? isTransient(outcome) : RETRYABLE.includes(outcome.status);
}

function settled(outcome: RawAnswer | HttpError): RawAnswer {
  if (!(outcome instanceof HttpError)) return outcome;
  throw unreachable(outcome);
}
