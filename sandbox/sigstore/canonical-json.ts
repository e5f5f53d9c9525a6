/**
 * JSON with sorted keys and no white space (RFC 8785) for what the sandbox signs and hashes: strings,
 * booleans, integers, null, arrays and objects. Members with the value undefined are left out. `quote`
 * is for the older canonical form of TUF, which leaves control characters in strings as they are.
 */
export function canonicalJson(value: unknown, quote: (text: string) => string = JSON.stringify): string {
  if (Array.isArray(value)) return `[${value.map((member) => canonicalJson(member, quote)).join(',')}]`;
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${quote(key)}:${canonicalJson(member, quote)}`).join(',')}}`;
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new TypeError(`not an integer: ${value}`);
  return JSON.stringify(value);
}
