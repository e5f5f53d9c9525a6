import { ValueError } from '../../domain/text/value-error.ts';

/**
 * Splits a list input like the docker actions (docker/actions-toolkit, Util.getInputList): the whole text is CSV
 * with relaxed quotes. Line breaks and commas separate items. A line with a single field is split at commas again,
 * even if it was quoted. Items are trimmed. Unlike the docker actions, this keeps empty items and leaves the decision
 * to the caller. One final line break adds no item. Throws ValueError for an unclosed quote.
 */
export function splitList(text: string): string[] {
  const body = text.replace(/\r?\n$/, '');
  if (body === '') return [];
  const items: string[] = [];
  for (const record of parseRecords(body)) {
    const [only] = record;
    items.push(...(record.length === 1 && only !== undefined ? only.split(',') : record));
  }
  return items.map((item) => item.trim());
}

/** One value per line, for values that may contain a comma. Values are trimmed, and empty ones kept. */
export function splitLines(text: string): string[] {
  const body = text.replace(/\r?\n$/, '');
  return body === '' ? [] : body.split(/\r?\n/).map((line) => line.trim());
}

function parseRecords(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quotedSince: number | undefined;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quotedSince !== undefined) {
      const next = text[at + 1];
      if (char !== '"') field += char;
      else if (next === '"') {
        field += '"';
        at++;
      } else if (next === undefined || next === ',' || next === '\n' || next === '\r') quotedSince = undefined;
      else field += '"';
    } else if (char === '"' && field === '') {
      quotedSince = at;
    } else if (char === ',') {
      record.push(field);
      field = '';
    } else if (char === '\n') {
      records.push([...record, field.replace(/\r$/, '')]);
      record = [];
      field = '';
    } else {
      field += char;
    }
  }
  if (quotedSince !== undefined) throw new ValueError('a quotation mark is not closed');
  records.push([...record, field.replace(/\r$/, '')]);
  return records;
}
