import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { ownTurn } from '../../domain/calls/own-turn.ts';
import { within } from '../../domain/calls/within.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { isAccessKnown, type OriginState } from './origin-state.ts';
import type { RegistryCall } from './send-call.ts';

/** Sends the first call to a registry alone, so that a single 401 tells all others how to log in. */
export interface FirstCalls {
  /**
   * Waits until this call may be sent. The caller calls the returned function once the answer has been noted, or the
   * call has failed.
   */
  enter(
    context: CallLimits,
    visit: { readonly call: RegistryCall; readonly origin: URL; readonly state: OriginState },
  ): Promise<() => void>;
  /** Sees to it that there is a connection for a call that waits for a token before it is sent to its registry. */
  await<Result>(origin: URL, token: () => Promise<Result>): Promise<Result>;
}

export function createFirstCalls(http: Pick<HttpClient, 'preconnect'>): FirstCalls {
  const openAhead = (origin: URL): void => http.preconnect(origin, { withClientCertificate: true });
  /** Calls that wait for a token, by the origin of their registry. */
  const waiting = new Map<string, number>();
  return {
    async enter(context, { call, origin, state }) {
      while (!isAccessKnown(state, call.access) && state.probe !== undefined) {
        const { probe } = state;
        // This call needs a connection of its own once it is sent. Opening many at once would hold up the first request.
        void ownTurn().then(() => {
          if (state.probe === probe) openAhead(origin);
        });
        // The first request may belong to another call, which has more time than this one.
        await within(context.signal, () => probe);
      }
      if (isAccessKnown(state, call.access)) return () => undefined;
      // A connection for this call too: otherwise it would take the first of those opened for the waiting calls.
      openAhead(origin);
      let done: () => void = () => undefined;
      state.probe = new Promise((resolve) => {
        done = resolve;
      });
      return () => {
        state.probe = undefined;
        done();
      };
    },
    async await({ origin }, token) {
      const count = (waiting.get(origin) ?? 0) + 1;
      waiting.set(origin, count);
      // A token server on the registry's own host may take one of them, and is done with it when the call is sent.
      http.preconnect(origin, { withClientCertificate: true, idle: count });
      try {
        return await token();
      } finally {
        const left = (waiting.get(origin) ?? 1) - 1;
        if (left > 0) waiting.set(origin, left);
        else waiting.delete(origin);
      }
    },
  };
}
