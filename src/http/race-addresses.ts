import { ADDRCONFIG, lookup as lookUp } from 'node:dns';
import type { Socket } from 'node:net';

export interface ConnectTarget {
  hostname: string;
  host?: string | undefined;
  protocol: string;
  port: string;
  servername?: string | undefined;
  /** The tunnel in which TLS is opened; default a new connection. */
  httpSocket?: Socket | undefined;
}
export type ConnectDone = (error: Error | null, socket: Socket | null) => void;
/** A connector as undici builds it: it returns the socket at once, and calls `done` when it can be used or has failed. */
export type Connector = (target: ConnectTarget, done: ConnectDone) => unknown;

interface Address {
  readonly address: string;
  readonly family: number;
}
/** The part of node:dns `lookup` that is used here. */
export type Lookup = (
  hostname: string,
  options: { readonly all: true; readonly hints: number },
  done: (error: Error | null, addresses: readonly Address[]) => void,
) => void;

/** Whether a host may be reached at an address that its name resolves to. */
export type AdmitAddress = (target: ConnectTarget, address: string) => boolean;

/** Code of the error for a host none of whose addresses may be reached. */
export const PRIVATE_ADDRESS = 'PRIVATE_ADDRESS';

/** Time before the next address is tried as well, in ms: the value recommended in RFC 8305 section 5. */
const ATTEMPT_DELAY_MS = 250;
/** As in node:net: no IPv6 addresses on a host that has none itself. Windows does so without being asked. */
const HINTS = process.platform === 'win32' ? 0 : ADDRCONFIG;

/**
 * Connects to the addresses of a host as RFC 8305 describes (Happy Eyeballs): address families take turns, the next
 * address starts when the last attempt has failed or after 250 ms, and no attempt is given up. The first TCP
 * connection wins and the others are closed; a TLS failure on it is final. Node's own `autoSelectFamily` gives up an
 * attempt after 250 ms (nodejs/node#54359). Each attempt has the time-out of `open`. If every attempt fails, the
 * error is that of the only one, or an AggregateError in order of failure.
 *
 * Addresses that `admits` refuses are left out here, where it is known what is connected to: a check of the name beforehand
 * would leave its owner time to let it resolve to something else.
 */
export function raceAddresses(open: Connector, lookup: Lookup = lookUp, admits?: AdmitAddress): Connector {
  const addressesOf = shareLookups(lookup);
  return (target, done) =>
    // An address literal is its own answer.
    addressesOf(target.hostname, (failure, found) => {
      if (failure !== null) return done(failure, null);
      const allowed = admits === undefined ? found : found.filter(({ address }) => admits(target, address));
      if (found.length > 0 && allowed.length === 0) return done(privateAddress(target), null);
      const addresses = takeTurns(allowed);
      const attempts = new Set<Socket>();
      const errors: (Error | null)[] = [];
      let winner: Socket | undefined;
      let timer: NodeJS.Timeout | undefined;
      const tryNext = (): void => {
        clearTimeout(timer);
        const hostname = addresses.shift();
        if (hostname === undefined) return;
        const socket = open({ ...target, hostname }, (error, opened) => {
          if (winner === socket) done(error, opened);
          if (winner !== undefined) return;
          attempts.delete(socket);
          errors.push(error);
          tryNext();
          if (attempts.size === 0) done(errors.length > 1 ? new AggregateError(errors) : error, null);
        }) as Socket;
        attempts.add(socket);
        // Before the connector's own listener, which calls back at once where there is no TLS.
        socket.prependOnceListener('connect', () => {
          clearTimeout(timer);
          winner ??= socket;
          for (const other of attempts) if (other !== winner) other.destroy();
        });
        timer = setTimeout(tryNext, ATTEMPT_DELAY_MS);
      };
      tryNext();
    });
}

type Found = Parameters<Lookup>[2];

/**
 * Connections to one host that begin together wait for one lookup: each takes a thread, and there are four (libuv). Its
 * answer is for those that wait for it, and is not kept.
 */
function shareLookups(lookup: Lookup): (hostname: string, done: Found) => void {
  const waiting = new Map<string, Found[]>();
  return (hostname, done) => {
    const others = waiting.get(hostname);
    if (others !== undefined) {
      others.push(done);
      return;
    }
    const all = [done];
    waiting.set(hostname, all);
    lookup(hostname, { all: true, hints: HINTS }, (failure, found) => {
      waiting.delete(hostname);
      for (const one of all) one(failure, found);
    });
  };
}

/** The addresses with the families alternating, the family of the first one first (RFC 8305 section 4). */
function takeTurns(addresses: readonly Address[]): string[] {
  const turn = (one: Address): number => addresses.filter(({ family }) => family === one.family).indexOf(one);
  return [...addresses].sort((a, b) => turn(a) - turn(b)).map(({ address }) => address);
}

function privateAddress({ hostname }: ConnectTarget): Error {
  return Object.assign(new Error(`${hostname} has no public address`), { code: PRIVATE_ADDRESS });
}
