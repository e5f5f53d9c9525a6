import type { CallLimits } from '../domain/calls/call-limits.ts';
import type { KubeApi, KubeRequest } from './kube-api.ts';

/** Counts writes of which one that fails does not stop the others. */
export interface Writes {
  /** The status; undefined without an answer. Throws the reason of the signal. */
  send(request: KubeRequest): Promise<number | undefined>;
  /** Notes whether a thing is written now. */
  note(isDone: boolean): void;
  /** True after so many failures in a row that nothing can be written. */
  isHopeless(): boolean;
  readonly failed: number;
  /** What the first failure was: `POST /apis/… answered 403`. */
  readonly failure: string | undefined;
}

const FAILURES_MAX = 10;

export function createWrites(
  api: KubeApi,
  newCall: () => { readonly call: CallLimits; close(): void },
  signal: AbortSignal,
): Writes {
  let failed = 0;
  let inARow = 0;
  let last: string | undefined;
  let failure: string | undefined;
  return {
    async send(request) {
      signal.throwIfAborted();
      const { call, close } = newCall();
      const status = await api
        .send(call, request)
        .then(
          (answer) => answer.status,
          () => undefined,
        )
        .finally(close);
      signal.throwIfAborted();
      last = `${request.method} ${request.path.replace(/\?.*$/s, '')} ${status === undefined ? 'got no answer' : `answered ${status}`}`;
      return status;
    },
    note(isDone) {
      inARow = isDone ? 0 : inARow + 1;
      if (isDone) return;
      failed += 1;
      failure ??= last;
    },
    isHopeless: () => inARow >= FAILURES_MAX,
    get failed() {
      return failed;
    },
    get failure() {
      return failure;
    },
  };
}
