/** Splits a stream of bytes into lines, of which none may be longer than a limit. */
export interface LineSplitter {
  /** The lines that this chunk completes, without their line breaks. Throws RangeError for a line that is too long. */
  push(chunk: Buffer): string[];
}

/** `maxBytes`: of one line. */
export function createLineSplitter(maxBytes: number): LineSplitter {
  let parts: Buffer[] = [];
  let held = 0;
  const hold = (part: Buffer): void => {
    held += part.length;
    if (held > maxBytes) throw new RangeError(`a line has more than ${maxBytes} bytes`);
    parts.push(part);
  };
  return {
    push(chunk) {
      const lines: string[] = [];
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        hold(chunk.subarray(start, end));
        lines.push(Buffer.concat(parts).toString('utf8'));
        parts = [];
        held = 0;
        start = end + 1;
      }
      if (start < chunk.length) hold(chunk.subarray(start));
      return lines;
    },
  };
}
