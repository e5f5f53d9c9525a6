import { isAllowedUrl } from '../domain/image/network-host.ts';
import { trimEnd } from '../domain/text/plain-text.ts';

/**
 * True if credentials and requests may go to this URL: https, or plain http to a loopback host or one of
 * `plainHttpHosts` (input `insecure-registries`), without user info or fragment.
 */
export function isSafeServiceUrl(text: string, plainHttpHosts: readonly string[] = []): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return isAllowedUrl(url, plainHttpHosts);
}

/** Joins `base` and `path` without a double slash; `base` may have a path. */
export function joinUrl(base: string, path: string): string {
  return `${trimEnd(base, '/')}${path}`;
}
