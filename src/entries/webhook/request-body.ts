import type { IncomingMessage } from 'node:http';
import { createReceivedBody } from '../../http/received-body.ts';

/** The memory that all requests may hold together in bodies and in what was parsed from them. */
export interface BodyRoom {
  /** The part of one request; empty at first. */
  open(): BodyShare;
}

/** What one request holds of the room. */
export interface BodyShare {
  /** False if there is no room for so many more bytes; then nothing is taken. */
  take(bytes: number): boolean;
  /** Gives everything back. Call it when the request is answered. */
  free(): void;
}

/** What each request has for itself, so that large ones never keep out small ones: their number is limited as well. */
const OWN_BYTES = 64 * 1024;

/** `allBytes`: of all requests together, beyond the first 64 KiB of each. */
export function createBodyRoom(allBytes: number): BodyRoom {
  let used = 0;
  const shared = (held: number): number => Math.max(0, held - OWN_BYTES);
  return {
    open() {
      let held = 0;
      return {
        take(bytes) {
          const more = shared(held + bytes) - shared(held);
          if (used + more > allBytes) return false;
          used += more;
          held += bytes;
          return true;
        },
        free() {
          used -= shared(held);
          held = 0;
        },
      };
    },
  };
}

export type BodyProblem = 'too-large' | 'no-room' | 'late' | 'broken';

interface BodyRules {
  /** Ends the wait. */
  readonly signal: AbortSignal;
  readonly share: BodyShare;
  /** The largest body, in bytes. */
  readonly maxBytes: number;
}

/**
 * The JSON of a request; undefined for a body that is not JSON. Its bytes are not kept, but its share is: until the request is
 * answered, what was parsed takes their place.
 */
export async function readJsonBody(
  request: IncomingMessage,
  rules: BodyRules,
): Promise<{ readonly json: unknown } | { readonly problem: BodyProblem }> {
  const read = await readBody(request, rules);
  if ('problem' in read) return read;
  if (!rules.share.take(valuesBytes(read.bytes))) return { problem: 'no-room' };
  try {
    return { json: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(read.bytes)) };
  } catch {
    // Also for what is nested too deeply.
    return { json: undefined };
  }
}

/** What V8 needs for an item or a member beyond its text: `[]` and `{}` have at least two of the marks below. In bytes. */
const MARK_BYTES = 32;
const [LIST, MAP, COMMA, COLON] = [0x5b, 0x7b, 0x2c, 0x3a];

/**
 * About what the values of a JSON text take in memory beside their texts, told before they are parsed: `[[],[],…]` takes
 * twenty times its length.
 */
function valuesBytes(json: Uint8Array): number {
  let marks = 0;
  for (const byte of json) if (byte === COMMA || byte === COLON || byte === LIST || byte === MAP) marks += 1;
  return marks * MARK_BYTES;
}

/**
 * The body of a request. Room is taken as bytes arrive, not as they are announced, so that connections that announce much
 * and send little hold nothing.
 */
function readBody(
  request: IncomingMessage,
  { signal, share, maxBytes }: BodyRules,
): Promise<{ readonly bytes: Uint8Array } | { readonly problem: BodyProblem }> {
  return new Promise((resolve) => {
    const body = createReceivedBody();
    let length = 0;
    const settle = (result: { readonly bytes: Uint8Array } | { readonly problem: BodyProblem }): void => {
      signal.removeEventListener('abort', onAbort);
      request.off('data', onData).off('end', onEnd).off('close', onBroken);
      resolve(result);
    };
    const onAbort = (): void => settle({ problem: 'late' });
    const onBroken = (): void => settle({ problem: 'broken' });
    const onEnd = (): void => settle({ bytes: body.bytes() });
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > maxBytes) settle({ problem: 'too-large' });
      else if (!share.take(chunk.length)) settle({ problem: 'no-room' });
      else body.add(chunk);
    };
    request.on('error', () => undefined);
    if (signal.aborted) {
      settle({ problem: 'late' });
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    request.on('data', onData).once('end', onEnd).once('close', onBroken);
  });
}
