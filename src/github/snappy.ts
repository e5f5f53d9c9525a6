/**
 * Decodes the snappy block format (google/snappy, format_description.txt): the length in bytes as a varint, then literals
 * and copies from what was decoded before. Throws TypeError if it is malformed or longer than `maxBytes`.
 */
export function decodeSnappy(bytes: Uint8Array, maxBytes: number): Uint8Array {
  let at = 0;
  const next = (): number => {
    const byte = bytes[at];
    if (byte === undefined) throw new TypeError('snappy: it ends too early');
    at += 1;
    return byte;
  };
  const little = (count: number): number => {
    let value = 0;
    for (let index = 0; index < count; index += 1) value += next() * 2 ** (8 * index);
    return value;
  };
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    if (shift > 28) throw new TypeError('snappy: its length is malformed');
    const byte = next();
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  if (length > maxBytes) throw new TypeError(`snappy: it has ${length} bytes, more than ${maxBytes}`);
  const out = new Uint8Array(length);
  let end = 0;
  while (at < bytes.length) {
    const tag = next();
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const size = (short < 60 ? short : little(short - 59)) + 1;
      if (at + size > bytes.length || end + size > length) throw new TypeError('snappy: a literal is too long');
      out.set(bytes.subarray(at, at + size), end);
      at += size;
      end += size;
      continue;
    }
    const size = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const offset = kind === 1 ? (tag >> 5) * 256 + next() : little(kind === 2 ? 2 : 4);
    if (offset === 0 || offset > end || end + size > length) throw new TypeError('snappy: a copy leaves its bounds');
    // Byte by byte: a copy may overlap with itself.
    for (let index = 0; index < size; index += 1) out[end + index] = out[end + index - offset] ?? 0;
    end += size;
  }
  if (end !== length) throw new TypeError('snappy: it is shorter than it says');
  return out;
}
