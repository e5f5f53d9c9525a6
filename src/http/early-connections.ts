import { connect, type Socket } from 'node:net';
import { type Connector, type ConnectTarget, raceAddresses } from './race-addresses.ts';

/** Where a run will most likely send its first requests. */
export interface EarlyTarget {
  readonly hostname: string;
  readonly port: number;
}

/** TCP connections that are opened while the code is loaded that uses them. Nothing is sent over them before. */
export interface EarlyConnections {
  /**
   * The connection to this target, for the first who asks; undefined if there is none. Rejects if it failed, or took
   * longer than 3 s.
   */
  take(target: EarlyTarget): Promise<Socket> | undefined;
  /** Resolves once the address of each target is known and its connection begun, or that has failed. */
  readonly begun: Promise<unknown>;
  /** Closes those that nobody took. */
  close(): void;
}

/** Time for the address and the connection, in ms; a packet that is lost once is sent again after one second (RFC 6298). */
const EARLY_MS = 3_000;
/** As undici has it for the sockets that it opens. */
const SOCKET = { highWaterMark: 64 * 1024, keepAlive: true, keepAliveInitialDelay: 60_000, noDelay: true } as const;

/** Never throws: a connection that cannot be opened fails the request that needs it, which tries again itself. */
export function openEarly(targets: readonly EarlyTarget[]): EarlyConnections {
  // One for each: a second to the same target would be neither taken nor closed.
  const distinct = new Map(targets.map((target) => [keyOf(target), target]));
  const untaken = new Map([...distinct].map(([key, target]) => [key, openOne(target)]));
  const beginnings = [...untaken.values()].map(({ begun }) => begun);
  return {
    take(target) {
      const key = keyOf(target);
      const taken = untaken.get(key)?.socket;
      untaken.delete(key);
      return taken;
    },
    begun: Promise.all(beginnings),
    close() {
      for (const { giveUp } of untaken.values()) giveUp();
      untaken.clear();
    },
  };
}

/** A connector that goes on with an early connection, if there is one, and else opens its own with `race`. */
export function preferEarly(
  early: EarlyConnections | undefined,
  { open, race }: { readonly open: Connector; readonly race: Connector },
): Connector {
  if (early === undefined) return race;
  return (target, done) => {
    const isHttps = target.protocol === 'https:';
    const port = target.port === '' ? (isHttps ? 443 : 80) : Number(target.port);
    const taken = early.take({ hostname: target.hostname, port });
    if (taken === undefined) return race(target, done);
    taken.then(
      (socket) => {
        // The server may have closed it meanwhile.
        if (socket.destroyed || socket.readyState !== 'open') race(target, done);
        else if (isHttps) open({ ...target, httpSocket: socket }, done);
        else done(null, socket);
      },
      () => race(target, done),
    );
    return undefined;
  };
}

function keyOf({ hostname, port }: EarlyTarget): string {
  return `${hostname.toLowerCase()} ${port}`;
}

interface EarlyConnection {
  readonly socket: Promise<Socket>;
  readonly begun: Promise<void>;
  /** Closes it, open or not. */
  readonly giveUp: () => void;
}

function openOne(target: EarlyTarget): EarlyConnection {
  const { promise: socket, resolve, reject } = Promise.withResolvers<Socket>();
  const { promise: begun, resolve: onBegun } = Promise.withResolvers<void>();
  // Whoever takes it sees the failure.
  socket.catch(() => undefined);
  const sockets = new Set<Socket>();
  let isOver = false;
  const giveUp = (): void => {
    isOver = true;
    for (const one of sockets) one.destroy();
    reject(new Error('given up'));
  };
  // An address that is found only later must not leave a socket behind.
  const open: Connector = ({ hostname, port }, done) => {
    const made = connect({ ...SOCKET, host: hostname, port: Number(port) });
    sockets.add(made);
    // The listener for errors stays: until the socket is taken, nobody else has one.
    made.once('connect', () => done(null, made)).on('error', (error) => done(error, null));
    if (isOver) made.destroy();
    // node:net connects when this turn is over.
    setImmediate(onBegun);
    return made;
  };
  const timer = setTimeout(giveUp, EARLY_MS).unref();
  const to: ConnectTarget = { hostname: target.hostname, port: String(target.port), protocol: 'tcp:' };
  raceAddresses(open)(to, (error, made) => {
    clearTimeout(timer);
    onBegun();
    if (error !== null || made === null) reject(error ?? new Error('no socket'));
    else resolve(made);
  });
  return { socket, begun, giveUp };
}
