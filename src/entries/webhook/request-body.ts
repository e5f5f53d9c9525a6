import type { IncomingMessage } from 'node:http';
import { createReceivedBody } from '../../http/received-body.ts';

/** What the bodies of all requests may hold together. */
export interface BodyBudget {
  readonly eachBytes: number;
  /** False if there is no room for so many more bytes. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export function createBodyBudget({
  eachBytes,
  allBytes,
}: {
  readonly eachBytes: number;
  readonly allBytes: number;
}): BodyBudget {
  let used = 0;
  return {
    eachBytes,
    take(bytes) {
      if (used + bytes > allBytes) return false;
      used += bytes;
      return true;
    },
    give(bytes) {
      used -= bytes;
    },
  };
}

export type ReadBody =
  | {
      readonly bytes: Uint8Array;
      /** Call this when the bytes are no longer needed. */
      readonly free: () => void;
    }
  | { readonly problem: 'too-large' | 'no-room' | 'late' | 'broken' };

/**
 * The body of a request. Room is taken as bytes arrive, not as they are announced, so that connections that announce much
 * and send little hold nothing.
 */
export function readBody(
  request: IncomingMessage,
  { signal, budget }: { readonly signal: AbortSignal; readonly budget: BodyBudget },
): Promise<ReadBody> {
  return new Promise((resolve) => {
    const body = createReceivedBody();
    let length = 0;
    let taken = 0;
    const free = (): void => {
      budget.give(taken);
      taken = 0;
    };
    const settle = (result: ReadBody): void => {
      signal.removeEventListener('abort', onAbort);
      request.off('data', onData).off('end', onEnd).off('close', onBroken);
      if ('problem' in result) free();
      resolve(result);
    };
    const onAbort = (): void => settle({ problem: 'late' });
    const onBroken = (): void => settle({ problem: 'broken' });
    const onEnd = (): void => settle({ bytes: body.bytes(), free });
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > budget.eachBytes) settle({ problem: 'too-large' });
      else if (!budget.take(chunk.length)) settle({ problem: 'no-room' });
      else {
        taken += chunk.length;
        body.add(chunk);
      }
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
