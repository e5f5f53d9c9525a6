import { createHeaderScanner, type HeaderScanner } from './header-scanner.ts';

/** One link of a Link field (RFC 8288 §3). */
export interface Link {
  /** As written between the angle brackets; may be relative. */
  readonly target: string;
  /** Relation types in lower case. */
  readonly relations: readonly string[];
}

/** More than the grammar allows, as registries may write it. */
const NAME = /[^\s;,="<>]+/y;
const BARE_VALUE = /[^\s;,"]+/y;
const BLANKS = ' \t';

/**
 * Parses the values of Link fields, each of which may contain several links joined by commas. A syntax error ends its
 * link; never throws.
 */
export function parseLinks(fields: readonly string[]): readonly Link[] {
  return fields.flatMap(parseField);
}

function parseField(text: string): readonly Link[] {
  const links: Link[] = [];
  const scanner = createHeaderScanner(text);
  while (!scanner.isAtEnd()) {
    scanner.skip(`${BLANKS},`);
    if (scanner.peek() !== '<') {
      // Garbage between commas: continue after the next comma.
      if (scanner.takeUntil(',') === undefined) break;
      continue;
    }
    scanner.skip('<');
    const target = scanner.takeUntil('>');
    if (target === undefined) break;
    links.push({ target, relations: readRelations(scanner) });
  }
  return links;
}

/** Reads the parameters of one link; of equal names, the first one counts (RFC 8288 §3.3). */
function readRelations(scanner: HeaderScanner): readonly string[] {
  let relations: string | undefined;
  for (;;) {
    scanner.skip(BLANKS);
    if (scanner.peek() !== ';') break;
    scanner.skip(`${BLANKS};`);
    const name = scanner.take(NAME);
    scanner.skip(BLANKS);
    const value = scanner.peek() === '=' ? readValue(scanner) : '';
    if (name?.toLowerCase() === 'rel') relations ??= value;
  }
  return (relations ?? '')
    .toLowerCase()
    .split(/\s+/)
    .filter((relation) => relation !== '');
}

function readValue(scanner: HeaderScanner): string {
  scanner.skip('=');
  scanner.skip(BLANKS);
  return scanner.peek() === '"' ? scanner.takeQuoted() : (scanner.take(BARE_VALUE) ?? '');
}
