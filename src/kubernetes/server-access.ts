import { Agent } from 'node:https';
import { CodedError } from '../coded-error.ts';
import type { KubeSettings } from './settings.ts';

/** What one request needs to reach the API server. */
export interface Access {
  readonly agent: Agent;
  readonly token: string;
}

/** The token and the connections to one API server, renewed when their files change. */
export interface ServerAccess {
  /** Throws KUBERNETES_UNAVAILABLE if a file cannot be used. */
  current(): Promise<Access>;
  /** Has the files read again by the next request: the server has refused the token. */
  renew(): void;
  close(): void;
}

export interface ServerAccessOptions {
  readonly settings: KubeSettings;
  readonly clock: { now(): Date };
  /** Undefined if the file does not exist. Throws if it cannot be read or is larger than `maxBytes`. */
  readonly readFile: (path: string, maxBytes?: number) => Promise<Uint8Array | undefined>;
  /** Called with every token before it is used. */
  readonly mask: (secret: string) => void;
}

/** How long the files are taken as read, in ms. kubelet replaces a token when a fifth of its lifetime is left. */
const REREAD_MS = 10_000;
/** The same for files that cannot be read, in ms. */
const FAILED_MS = 1_000;
const TOKEN_MAX_BYTES = 64 * 1024;
const CA_MAX_BYTES = 1024 * 1024;
/** Connections: watches keep one each. */
const SOCKETS_MAX = 32;

export function createServerAccess({ settings, clock, readFile, mask }: ServerAccessOptions): ServerAccess {
  let known: (Access & { readonly ca: string }) | undefined;
  let untilMs = 0;
  let reading: Promise<Access> | undefined;

  const read = async (): Promise<Access> => {
    const token = (await readText(settings.tokenFile, TOKEN_MAX_BYTES)).trim();
    if (!/^[\x21-\x7e]+$/.test(token)) throw unusable(settings.tokenFile, 'it does not hold a token');
    const ca = await readText(settings.caFile, CA_MAX_BYTES);
    if (!ca.includes('-----BEGIN CERTIFICATE-----')) throw unusable(settings.caFile, 'it does not hold a certificate');
    if (token !== known?.token) mask(token);
    if (known === undefined || known.ca !== ca) {
      if (known !== undefined) retire(known.agent);
      known = { token, ca, agent: createAgent(ca) };
    } else known = { ...known, token };
    untilMs = clock.now().getTime() + REREAD_MS;
    return known;
  };

  /** What was read before serves on while the files cannot be read: kubelet may be replacing them, and the server decides. */
  const readOrKeep = async (): Promise<Access> => {
    try {
      return await read();
    } catch (error) {
      if (known === undefined) throw error;
      untilMs = clock.now().getTime() + FAILED_MS;
      return known;
    }
  };

  const readText = async (path: string, maxBytes: number): Promise<string> => {
    let bytes: Uint8Array | undefined;
    try {
      bytes = await readFile(path, maxBytes);
    } catch (cause) {
      throw unusable(path, 'it cannot be read', cause);
    }
    if (bytes === undefined) throw unusable(path, 'it does not exist');
    return Buffer.from(bytes).toString('utf8');
  };

  return {
    current() {
      if (known !== undefined && clock.now().getTime() < untilMs) return Promise.resolve(known);
      reading ??= readOrKeep().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    renew: () => {
      untilMs = 0;
    },
    close: () => known?.agent.destroy(),
  };
}

/** Trusts the certificates of the file and nothing else, whatever the environment says about roots and checks. */
function createAgent(ca: string): Agent {
  return new Agent({
    ca,
    rejectUnauthorized: true,
    keepAlive: true,
    maxSockets: SOCKETS_MAX,
    maxFreeSockets: 4,
    minVersion: 'TLSv1.2',
  });
}

/** Lets what is under way come to its end, and keeps no connection after it. */
function retire(agent: Agent): void {
  agent.maxFreeSockets = 0;
  for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
}

function unusable(path: string, why: string, cause?: unknown): CodedError {
  return new CodedError('KUBERNETES_UNAVAILABLE', `the file ${path} identifies the API server, but ${why}`, {
    cause,
    hint: 'Let kubelet mount the token of the service account (`automountServiceAccountToken: true`).',
  });
}
