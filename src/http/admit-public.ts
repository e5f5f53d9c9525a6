import { isAddressLiteral, isListedHost, isPrivateHost } from '../domain/image/network-host.ts';
import type { AdmitAddress } from './race-addresses.ts';

/** Admits public addresses; of listed hosts (`host` or `host:port`) all. What is not understood counts as private. */
export function admitPublic(privateHosts: readonly string[]): AdmitAddress {
  return ({ hostname, protocol, port }, address) => {
    if (isAddressLiteral(address) && !isPrivateHost(address)) return true;
    const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
    const url = `${protocol}//${host}${port === '' ? '' : `:${port}`}`;
    return URL.canParse(url) && isListedHost(new URL(url), privateHosts);
  };
}
