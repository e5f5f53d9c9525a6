/** What is to be done when a signal aborts, by signal: as one listener, because adding one looks through all others. */
const waiting = new WeakMap<AbortSignal, { readonly actions: Set<() => void>; readonly run: () => void }>();

/**
 * Calls `action` when the signal aborts, at once if it has; the returned function takes that back. A signal that nobody
 * waits for any more has no listener, so a long-lived one holds nothing. Actions must not throw.
 */
export function onAbort(signal: AbortSignal, action: () => void): () => void {
  if (signal.aborted) {
    action();
    return () => undefined;
  }
  const known = waiting.get(signal) ?? listenTo(signal);
  // A function of its own, so that the same action may be given twice.
  const own = (): void => action();
  known.actions.add(own);
  return () => {
    if (!known.actions.delete(own) || known.actions.size > 0) return;
    waiting.delete(signal);
    signal.removeEventListener('abort', known.run);
  };
}

function listenTo(signal: AbortSignal): { readonly actions: Set<() => void>; readonly run: () => void } {
  const actions = new Set<() => void>();
  const run = (): void => {
    waiting.delete(signal);
    for (const one of actions) {
      actions.delete(one);
      one();
    }
  };
  const made = { actions, run };
  waiting.set(signal, made);
  signal.addEventListener('abort', run, { once: true });
  return made;
}
