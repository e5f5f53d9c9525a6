import type { CallLimits } from '../../domain/calls/call-limits.ts';
import { createExpiringMap } from '../../domain/calls/expiring-map.ts';
import { createSharedWork } from '../../domain/calls/shared-work.ts';

/**
 * Most requests that one token serves. A token names what it grants, about 120 bytes for each repository, and registries
 * limit the headers of a request; nginx allows 8 kB each.
 */
const GROUP_MAX = 8;
/** How long a server is remembered that grants one repository only, in ms, and how many servers are. */
const REFUSALS = { lifetimeMs: 10 * 60_000, entriesMax: 256 };

/** A request for a token. `key` and `server` are any texts that tell one from another; a server includes the login. */
export interface GroupMember<Request> {
  readonly key: string;
  readonly server: string;
  readonly request: Request;
}

/** Asks for the tokens of several repositories in one request, at servers that grant that. */
export interface TokenGroups<Request> {
  /**
   * Waits until a token is asked for that serves all who join in the same turn of the event loop. Asks for nothing if
   * nobody else does, or if the server has been refused. Rejects only when the call ends.
   */
  join(call: CallLimits, member: GroupMember<Request>): Promise<void>;
  /** From now on, nothing is asked for at this server. */
  refuse(server: string): void;
}

export interface TokenGroupsOptions<Request> {
  readonly clock: { now(): Date };
  /** Asks once for a token of all these requests, two or more. How many of them it serves, as far as can be seen. */
  readonly ask: (call: CallLimits, requests: readonly [Request, ...Request[]]) => Promise<number>;
}

interface Group<Request> {
  readonly id: string;
  readonly requests: Map<string, Request>;
  isOpen: boolean;
}

export function createTokenGroups<Request>({ clock, ask }: TokenGroupsOptions<Request>): TokenGroups<Request> {
  const refused = createExpiringMap<true>({ clock, entriesMax: REFUSALS.entriesMax });
  const work = createSharedWork<void>();
  /** By server: the group that others may still enter. */
  const gathering = new Map<string, Group<Request>>();
  /** By key: the group that asks for it. */
  const asking = new Map<string, Group<Request>>();
  let groups = 0;

  const refuse = (server: string): void => refused.set(server, true, REFUSALS.lifetimeMs);

  const begin = (server: string): Group<Request> => {
    const group = { id: String(groups++), requests: new Map<string, Request>(), isOpen: true };
    gathering.set(server, group);
    return group;
  };

  const enter = ({ key, server, request }: GroupMember<Request>): Group<Request> => {
    const own = asking.get(key);
    if (own !== undefined) return own;
    const last = gathering.get(server);
    const group = last?.isOpen === true ? last : begin(server);
    group.requests.set(key, request);
    group.isOpen = group.requests.size < GROUP_MAX;
    asking.set(key, group);
    return group;
  };

  const askFor = async (call: CallLimits, group: Group<Request>, server: string): Promise<void> => {
    try {
      await new Promise((resolve) => setImmediate(resolve));
      group.isOpen = false;
      const [first, ...others] = group.requests.values();
      if (first === undefined || others.length === 0) return;
      if ((await ask(call, [first, ...others])) < 2) refuse(server);
    } catch {
      // Each asks for its own token then, and reports what is wrong.
      if (!call.signal.aborted) refuse(server);
    } finally {
      if (gathering.get(server) === group) gathering.delete(server);
      for (const key of group.requests.keys()) asking.delete(key);
    }
  };

  return {
    async join(call, member) {
      if (refused.get(member.server) === true) return;
      const group = enter(member);
      await work.join(call, group.id, (joint) => askFor(joint, group, member.server));
    },
    refuse,
  };
}
