import { startTunnelProxy, type TunnelProxy } from '../sandbox/http/tunnel-proxy.ts';

/** An https proxy that leads hosts (`host:port`) to one port on loopback without delay, and refuses all others. */
export function openTunnel(hosts: readonly string[], port: number): Promise<TunnelProxy> {
  return startTunnelProxy({ targets: Object.fromEntries(hosts.map((host) => [host, port])), delayMs: 0 });
}
