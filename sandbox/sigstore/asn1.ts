/** DER (X.690): the writer and the small reader that the sandbox's certificates and timestamps need. */

/** What a constructed value may be made of. */
export type Der = Buffer;

function tagged(tag: number, content: Uint8Array): Der {
  const length = content.length;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.concat([Buffer.from([tag, 0x80 | bytes.length, ...bytes]), content]);
}

function base128(value: bigint): number[] {
  const bytes = [Number(value & 0x7fn)];
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) bytes.unshift(Number(rest & 0x7fn) | 0x80);
  return bytes;
}

export const sequence = (...items: readonly Uint8Array[]): Der => tagged(0x30, Buffer.concat(items));

/** SET OF: members in ascending order of their encodings (X.690 §11.6). */
export const setOf = (...items: readonly Uint8Array[]): Der =>
  tagged(0x31, Buffer.concat(items.toSorted(Buffer.compare)));

/** INTEGER from a number or from the big-endian bytes of a positive number. */
export function integer(value: number | bigint | Uint8Array): Der {
  let bytes: Buffer;
  if (value instanceof Uint8Array) {
    bytes = Buffer.from(value);
  } else {
    const hex = BigInt(value).toString(16);
    bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  }
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  bytes = bytes.subarray(start);
  return tagged(0x02, ((bytes[0] ?? 0) & 0x80) === 0 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));
}

/** OBJECT IDENTIFIER from dotted decimal. */
export function oid(dotted: string): Der {
  const [first = 0n, second = 0n, ...rest] = dotted.split('.').map(BigInt);
  return tagged(0x06, Buffer.from([first * 40n + second, ...rest].flatMap(base128)));
}

export const octetString = (bytes: Uint8Array): Der => tagged(0x04, bytes);
/** BIT STRING of whole bytes. */
export const bitString = (bytes: Uint8Array): Der => tagged(0x03, Buffer.concat([Buffer.from([0]), bytes]));
/** BIT STRING of named bits, most significant first, trailing zero bits removed (X.690 §11.2.2). */
export function namedBits(...bits: readonly number[]): Der {
  const highest = Math.max(...bits);
  const bytes = Buffer.alloc(Math.floor(highest / 8) + 1);
  for (const bit of bits) bytes[Math.floor(bit / 8)] = (bytes[Math.floor(bit / 8)] ?? 0) | (0x80 >> (bit % 8));
  return tagged(0x03, Buffer.concat([Buffer.from([7 - (highest % 8)]), bytes]));
}
export const utf8String = (text: string): Der => tagged(0x0c, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Der => tagged(0x13, Buffer.from(text, 'ascii'));
export const boolean = (value: boolean): Der => tagged(0x01, Buffer.from([value ? 0xff : 0]));
export const nullValue = (): Der => tagged(0x05, Buffer.alloc(0));
/** Context-specific tag around whole values (EXPLICIT, or an IMPLICIT constructed one given its content). */
export const context = (tag: number, ...items: readonly Uint8Array[]): Der => tagged(0xa0 | tag, Buffer.concat(items));
/** Context-specific primitive tag (IMPLICIT). */
export const contextPrimitive = (tag: number, bytes: Uint8Array): Der => tagged(0x80 | tag, bytes);

const digits = (date: Date): string => date.toISOString().replace(/[-:T]|\.\d+Z/g, '');

export const generalizedTime = (date: Date): Der => tagged(0x18, Buffer.from(`${digits(date)}Z`, 'ascii'));
export const utcTime = (date: Date): Der => tagged(0x17, Buffer.from(`${digits(date).slice(2)}Z`, 'ascii'));
/** Time of a certificate: UTCTime up to 2049 (RFC 5280 §4.1.2.5). Whole seconds. */
export const time = (date: Date): Der => (date.getUTCFullYear() < 2050 ? utcTime(date) : generalizedTime(date));

/** One decoded value: its tag byte, its content, and the bytes it was read from. */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
  readonly whole: Buffer;
}

/** Reads every value that `bytes` is a concatenation of; throws RangeError on anything malformed. */
export function readDer(bytes: Uint8Array): DerValue[] {
  const buffer = Buffer.from(bytes);
  const values: DerValue[] = [];
  for (let at = 0; at < buffer.length; ) {
    const tag = buffer.readUInt8(at);
    let length = buffer.readUInt8(at + 1);
    let start = at + 2;
    if (length >= 0x80) {
      const count = length & 0x7f;
      if (count === 0 || count > 4) throw new RangeError('DER length of an unsupported form');
      length = buffer.readUIntBE(start, count);
      start += count;
    }
    if (start + length > buffer.length) throw new RangeError('DER value is longer than its container');
    values.push({ tag, content: buffer.subarray(start, start + length), whole: buffer.subarray(at, start + length) });
    at = start + length;
  }
  return values;
}

/** The members of a constructed value with this tag; throws RangeError if it is another value. */
export function readMembers(value: DerValue | undefined, tag = 0x30): DerValue[] {
  if (value?.tag !== tag) throw new RangeError(`DER value is not of type 0x${tag.toString(16)}`);
  return readDer(value.content);
}
