import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

/** What a name does until its faults are used up. */
export type LookupFault =
  /** EAI_AGAIN: the resolver does not answer. */
  | 'dns'
  /** ENOTFOUND: there is no such name. */
  | 'unknown-host'
  /** The name leads to an address where nothing listens, so the kernel refuses the connection. */
  | 'refused';

export interface FailingName {
  readonly fault: LookupFault;
  readonly times: number | 'always';
}

/** Names whose look-up fails, by host; how often each did. */
export interface FailingLookup {
  add(host: string, failing: FailingName): void;
  hits(host: string): number;
}

/** Loopback, but never bound by the sandbox. */
const DEAD_ADDRESS = '127.0.0.2';

type Done = (error: NodeJS.ErrnoException | null, address?: string | dns.LookupAddress[], family?: number) => void;

/**
 * Replaces the process's DNS look-up: every name under `.localhost` is 127.0.0.1, except those that were
 * told to fail first. The one way to have a name fail once and a port refuse twice, exactly.
 */
export function installFailingLookup(): FailingLookup {
  const names = new Map<string, FailingName>();
  const hits = new Map<string, number>();
  const original = dns.lookup;
  const replacement = (host: string, options: unknown, callback?: Done): void => {
    const done = (typeof options === 'function' ? options : callback) as Done;
    if (!host.endsWith('.localhost')) {
      (original as unknown as (host: string, options: unknown, callback?: Done) => void)(host, options, callback);
      return;
    }
    const all = typeof options === 'object' && options !== null && 'all' in options && options.all === true;
    const answer = (address: string): void => {
      setImmediate(() => (all ? done(null, [{ address, family: 4 }]) : done(null, address, 4)));
    };
    const failing = names.get(host);
    const before = hits.get(host) ?? 0;
    if (failing === undefined || (failing.times !== 'always' && before >= failing.times)) {
      answer('127.0.0.1');
      return;
    }
    hits.set(host, before + 1);
    if (failing.fault === 'refused') {
      answer(DEAD_ADDRESS);
      return;
    }
    const code = failing.fault === 'dns' ? 'EAI_AGAIN' : 'ENOTFOUND';
    const error = Object.assign(new Error(`getaddrinfo ${code} ${host}`), {
      code,
      syscall: 'getaddrinfo',
      hostname: host,
    });
    setImmediate(() => done(error));
  };
  Object.assign(dns, { lookup: replacement });
  // For modules that import the function by its name.
  syncBuiltinESMExports();
  return {
    add: (host, failing) => void names.set(host, failing),
    hits: (host) => hits.get(host) ?? 0,
  };
}
