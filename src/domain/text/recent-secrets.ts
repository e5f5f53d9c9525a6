import { createSecrets, type Secrets } from './secrets.ts';

/**
 * Secrets of a process that lives for months and gets new tokens all the time. The newest are concealed, at least
 * `keptMin` of them, and those of `always` for good. A secret that is added again counts as new, so whoever uses one for
 * long adds it each time that it is read. Each takes about 7 kB, however long it is.
 */
export function createRecentSecrets({ keptMin }: { readonly keptMin: number }): Secrets & {
  /** Those that the process has from its start. */
  readonly always: Secrets;
} {
  const always = createSecrets();
  let current = createSecrets();
  let before = createSecrets();
  let added = new Set<string>();
  return {
    always,
    add(secret) {
      if (added.has(secret)) return;
      if (added.size >= keptMin) {
        before = current;
        current = createSecrets();
        added = new Set();
      }
      added.add(secret);
      current.add(secret);
    },
    conceal: (text) => [always, before, current].reduce((shown, secrets) => secrets.conceal(shown), text),
  };
}
