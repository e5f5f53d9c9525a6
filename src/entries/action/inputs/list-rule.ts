import { ValueError } from '../../../domain/text/value-error.ts';

/**
 * Splits a list input by the rule of the docker actions (docker/actions-toolkit, Util.getInputList): CSV
 * over the whole text with relaxed quotes; line breaks and commas separate; a line of one field is split at
 * commas again, even if it was quoted. Items are trimmed and, other than there, empty ones are kept, so
 * that the caller decides; one final line break makes no item. Throws ValueError for a quote never closed.
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

/** One value a line, for values in which a comma may be part of the text; trimmed, empty ones kept. */
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
  if (quotedSince !== undefined) throw new ValueError('a quotation mark is never closed');
  records.push([...record, field.replace(/\r$/, '')]);
  return records;
}
