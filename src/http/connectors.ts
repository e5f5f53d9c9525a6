import type { SecureContext } from 'node:tls';
import type { Pool } from 'undici';
import { type EarlyConnections, preferEarly } from './early-connections.ts';
import type { ClientCertificate } from './http-client.ts';
import type { AdmitAddress, Connector, Lookup } from './race-addresses.ts';

export interface ConnectorOptions {
  /** PEM certificates trusted besides the default roots. */
  readonly caPems: readonly string[];
  /** Default: that of node:dns. */
  readonly lookup?: Lookup | undefined;
  /** Which addresses hosts may be reached at, except proxies. Default: any. */
  readonly admits?: AdmitAddress | undefined;
  /** Connections that were opened before, at addresses that nobody checked. */
  readonly early?: EarlyConnections | undefined;
}

/** What opens connections; it notes requests for client certificates (certificate-request.ts). */
export interface ConnectorPair {
  /** Connects to one address, or continues on a given socket. */
  readonly open: Connector;
  /** Resolves the host and tries all its addresses. */
  readonly race: Connector;
}

/** undici, which is loaded with the first connection, and connectors for it. */
export interface Connectors {
  readonly Pool: typeof Pool;
  /** Makes a connector of undici try all addresses of a proxy, which may be private. */
  readonly race: (open: unknown) => Connector;
  /** The TLS settings of connections that present no client certificate, made once: parsing all roots is slow. */
  readonly tls: TlsSettings;
  /** Connectors that present no client certificate. */
  readonly plain: ConnectorPair;
  /** Connectors that present this certificate. They share no TLS session with any other. */
  presenting(certificate: ClientCertificate): Promise<ConnectorPair>;
}

interface TlsSettings {
  /** Absent: Node's own. */
  readonly secureContext?: SecureContext;
}

/** Longest time to connect to one address, TLS included, in ms. */
export const CONNECT_TIMEOUT_MS = 10_000;

export async function loadConnectors({ caPems, lookup, admits, early }: ConnectorOptions): Promise<Connectors> {
  const { buildConnector, noteCertificateRequests, Pool, raceAddresses } = await import('./undici-pool.ts');
  const pairWith = (tls: TlsSettings): ConnectorPair => {
    const open = noteCertificateRequests(buildConnector({ timeout: CONNECT_TIMEOUT_MS, ...tls }) as Connector);
    return { open, race: preferEarly(early, { open, race: raceAddresses(open, lookup, admits) }) };
  };
  const made = new Map<ClientCertificate, Promise<ConnectorPair>>();
  const tls = await tlsWith(caPems);
  return {
    Pool,
    tls,
    race: (open) => raceAddresses(open as Connector, lookup),
    plain: pairWith(tls),
    presenting(certificate) {
      const pair = made.get(certificate) ?? tlsWith(caPems, certificate).then(pairWith);
      made.set(certificate, pair);
      return pair;
    },
  };
}

/**
 * The TLS settings of connections. A context is created only if there is something to add to the defaults, because
 * parsing all roots is slow.
 */
async function tlsWith(caPems: readonly string[], certificate?: ClientCertificate): Promise<TlsSettings> {
  if (caPems.length === 0 && certificate === undefined) return {};
  const tls = await import('node:tls');
  return {
    secureContext: tls.createSecureContext({
      // 'default' includes NODE_EXTRA_CA_CERTS (Node 24).
      ca: [...tls.getCACertificates('default'), ...caPems],
      ...(certificate === undefined ? {} : { cert: certificate.certificate, key: certificate.key }),
    }),
  };
}
