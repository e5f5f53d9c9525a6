/** A line `key=value`, split at its first `=`, with both halves trimmed; undefined if it has no `=`. */
export function splitKeyValue(line: string): { readonly key: string; readonly value: string } | undefined {
  const at = line.indexOf('=');
  return at < 0 ? undefined : { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
}
