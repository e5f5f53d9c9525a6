import type { Fault, Handler, Headers, Reply, SandboxRequest } from './serve.ts';

/**
 * What to do with a matching request.
 * reply: answer this instead; the service does not see the request. fault: the connection fails;
 * before the head the service does not see the request either, unless `afterEffect` (the answer is
 * lost, the effect is not). change: the service answers and its reply is altered.
 */
export type FaultAction =
  | { readonly reply: Reply | ((request: SandboxRequest) => Reply | Promise<Reply>) }
  | { readonly fault: Fault; readonly afterEffect?: boolean }
  | { readonly change: (reply: Reply, request: SandboxRequest) => Reply };

export interface FaultRule {
  readonly match: (request: SandboxRequest) => boolean;
  /** How many matching requests it hits. */
  readonly times: number | 'always';
  /** Matching requests to let through first; default 0. */
  readonly skip?: number;
  readonly action: FaultAction;
}

/** The service with faults before it; the first rule that matches and is not used up decides. */
export function withFaults(handler: Handler, rules: readonly FaultRule[]): Handler {
  const seen = rules.map(() => 0);
  return async (request) => {
    for (const [index, rule] of rules.entries()) {
      if (!rule.match(request)) continue;
      const before = seen[index] ?? 0;
      seen[index] = before + 1;
      const skip = rule.skip ?? 0;
      if (before < skip || (rule.times !== 'always' && before >= skip + rule.times)) continue;
      return act(handler, request, rule.action);
    }
    return handler(request);
  };
}

async function act(handler: Handler, request: SandboxRequest, action: FaultAction): Promise<Reply> {
  if ('reply' in action) return typeof action.reply === 'function' ? action.reply(request) : action.reply;
  if ('change' in action) return action.change(await handler(request), request);
  const early = action.fault === 'reset' || action.fault === 'hang-before-headers';
  if (early && action.afterEffect !== true) return { status: 0, fault: action.fault };
  return { ...(await handler(request)), fault: action.fault };
}

/** Matches by method (any if undefined) and path; the path is tested with its query. */
export function on(method: string | undefined, path: RegExp): (request: SandboxRequest) => boolean {
  return (request) =>
    (method === undefined || request.method === method) && path.test(request.url.pathname + request.url.search);
}

/** A status with a JSON error body in the registries' shape (distribution-spec v1.1.1, Error Codes). */
export function errorReply(status: number, code: string, message = code.toLowerCase(), headers: Headers = []): Reply {
  return {
    status,
    headers: [['Content-Type', 'application/json'], ...headers],
    body: JSON.stringify({ errors: [{ code, message, detail: null }] }),
  };
}

/** 429 with Retry-After in seconds, or as a date; or as GHCR: a Go duration only inside the message. */
export function tooManyRequests(
  wait: { readonly seconds: number } | { readonly date: Date } | { readonly goDuration: string },
): Reply {
  if ('goDuration' in wait)
    return errorReply(429, 'TOOMANYREQUESTS', `retry-after: ${wait.goDuration}, allowed: 2000/minute`);
  const value = 'seconds' in wait ? String(wait.seconds) : wait.date.toUTCString();
  return errorReply(429, 'TOOMANYREQUESTS', 'too many requests', [['Retry-After', value]]);
}

/** A page for people, as a login page in the place of an answer. */
export function htmlPage(status = 200): Reply {
  return {
    status,
    headers: [['Content-Type', 'text/html; charset=utf-8']],
    body: '<!doctype html><title>Sign in</title><h1>Sign in</h1>',
  };
}

/** The true reply under another Content-Type. */
export function withContentType(contentType: string): FaultAction {
  return {
    change: (reply) => ({
      ...reply,
      headers: [
        ...(reply.headers ?? []).filter(([name]) => name.toLowerCase() !== 'content-type'),
        ['Content-Type', contentType],
      ],
    }),
  };
}

/** The true reply with one bit of its body flipped; `at` is the byte, default the middle one. */
export function flipBit(at?: number): FaultAction {
  return {
    change: (reply) => {
      const body = Buffer.from(reply.body ?? '');
      const index = at ?? Math.floor(body.length / 2);
      const byte = body[index];
      if (byte !== undefined) body[index] = byte ^ 1;
      return { ...reply, body };
    },
  };
}

/** The true reply, its body in pieces of `chunkBytes` with a pause after each. */
export function slowly(chunkBytes: number, pauseMs: number): FaultAction {
  return { change: (reply) => ({ ...reply, pace: { chunkBytes, pauseMs } }) };
}
