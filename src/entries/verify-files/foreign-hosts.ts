import { isListedHost, isPrivateHost } from '../../domain/image/network-host.ts';
import type { Repository } from '../../domain/image/reference.ts';

/**
 * True if a file may not lead the runner to this registry: an address that only this machine or its network has, which the
 * workflow does not list in `insecure-registries` (contract §2.3). Whoever writes a file could otherwise make the runner
 * call services that only it can reach.
 */
export function isForbiddenHost({ registry }: Repository, insecureRegistries: readonly string[]): boolean {
  // As the HTTP client will read it: 2130706433, 0x7f.1 and 127.1 are 127.0.0.1 for a URL.
  if (!URL.canParse(`https://${registry}/`)) return true;
  const url = new URL(`https://${registry}/`);
  if (!isPrivateHost(url.hostname)) return false;
  return !isListedHost(url, insecureRegistries) && !insecureRegistries.includes(registry.toLowerCase());
}
