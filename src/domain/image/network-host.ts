/** Facts about a host name or address literal that need no DNS. */

/** The host in lower case, without brackets, port, and the final dot of a fully qualified name. */
export function bareHost(host: string): string {
  const inBrackets = /^\[([^\]]*)\](?::[0-9]*)?$/.exec(host);
  const bare = inBrackets?.[1] ?? (host.split(':').length === 2 ? host.slice(0, host.indexOf(':')) : host);
  return bare.toLowerCase().replace(/\.$/, '');
}

/** True for `localhost`, its sub-domains (RFC 6761), 127.0.0.0/8 and ::1; with or without brackets and port. */
export function isLoopbackHost(host: string): boolean {
  const bare = bareHost(host);
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true;
  const octets = toIpv4(bare);
  if (octets !== undefined) return octets[0] === 127;
  const groups = toIpv6(bare);
  if (groups === undefined) return false;
  return groups.slice(0, 7).every((group) => group === 0) && groups[7] === 1;
}

/**
 * True if a list of `host` (any port) and `host:port` entries contains the host of the URL. Compares whole names and
 * ignores case.
 */
export function isListedHost(url: URL, list: readonly string[]): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return list.some((text) => {
    const entry = text.trim().toLowerCase();
    return entry === url.hostname || entry === `${url.hostname}:${port}`;
  });
}

/** True if requests to the URL are allowed: https always, plain http for loopback and hosts listed as insecure. */
export function isAllowedUrl(url: URL, insecureHosts: readonly string[]): boolean {
  if (url.protocol === 'https:') return true;
  return url.protocol === 'http:' && (isLoopbackHost(url.hostname) || isListedHost(url, insecureHosts));
}

/** True for an IPv4 or IPv6 address literal. */
export function isAddressLiteral(host: string): boolean {
  const bare = bareHost(host);
  return toIpv4(bare) !== undefined || toIpv6(bare) !== undefined;
}

/**
 * True for names and literals that no public service has: loopback, private (RFC 1918, RFC 4193), shared (RFC 6598),
 * link-local (which includes cloud metadata services), unspecified, multicast and reserved; of IPv6, everything outside of
 * global unicast (RFC 4291), and what leads to such an IPv4 address.
 */
export function isPrivateHost(host: string): boolean {
  if (isLoopbackHost(host)) return true;
  const bare = bareHost(host);
  const octets = toIpv4(bare);
  if (octets !== undefined) return isPrivateIpv4(octets);
  const groups = toIpv6(bare);
  if (groups === undefined) return false;
  const inside = ipv4Inside(groups);
  if (inside !== undefined) return isPrivateIpv4(inside);
  const [first = 0, second = 0] = groups;
  // Teredo (RFC 4380) has been given up, and names an IPv4 address in disguise.
  const isTeredo = first === 0x2001 && second === 0;
  // 2000::/3. The NAT64 prefix of local networks (RFC 8215) is outside of it.
  return (first & 0xe000) !== 0x2000 || isTeredo;
}

/** The IPv4 address that an IPv6 address leads to: ::, IPv4-compatible, IPv4-mapped, NAT64 (RFC 6052), 6to4 (RFC 3056). */
function ipv4Inside(groups: readonly number[]): readonly number[] | undefined {
  const [first = 0, second = 0, third = 0] = groups;
  const isLast =
    groups.slice(0, 5).every((group) => group === 0) ||
    (first === 0x64 && second === 0xff9b && groups.slice(2, 6).every((group) => group === 0));
  if (!isLast && first !== 0x2002) return undefined;
  const [high = 0, low = 0] = isLast ? groups.slice(6) : [second, third];
  return [high >> 8, high & 255, low >> 8, low & 255];
}

function isPrivateIpv4([a = 0, b = 0, c = 0, d = 0]: readonly number[]): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    // RFC 6890, IETF protocol assignments; a cloud has its metadata service there.
    (a === 192 && b === 0 && c === 0) ||
    (a === 198 && (b === 18 || b === 19)) ||
    // Azure's host answers its machines, and nobody else, at this public address.
    (a === 168 && b === 63 && c === 129 && d === 16) ||
    a >= 224
  );
}

function toIpv4(bare: string): readonly number[] | undefined {
  if (!/^[0-9]{1,3}(\.[0-9]{1,3}){3}$/.test(bare)) return undefined;
  const octets = bare.split('.').map(Number);
  return octets.every((octet) => octet <= 255) ? octets : undefined;
}

/** Eight 16-bit groups; undefined for anything that is not an IPv6 literal. Refuses zone ids. */
function toIpv6(bare: string): readonly number[] | undefined {
  if (!bare.includes(':')) return undefined;
  const halves = bare.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [toGroups(halves[0] ?? ''), toGroups(halves[1] ?? '')];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1) return missing === 0 ? head : undefined;
  return missing >= 1 ? [...head, ...new Array<number>(missing).fill(0), ...tail] : undefined;
}

function toGroups(text: string): readonly number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const octets = index === parts.length - 1 ? toIpv4(part) : undefined;
    if (octets !== undefined) {
      const [a = 0, b = 0, c = 0, d = 0] = octets;
      groups.push(a * 256 + b, c * 256 + d);
    } else if (/^[0-9a-f]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups.length <= 8 ? groups : undefined;
}
