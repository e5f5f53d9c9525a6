import { createHeaderScanner, TOKEN } from './header-scanner.ts';

/** One challenge of a WWW-Authenticate field (RFC 9110 §11.6.1). */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  /** Names in lower case; of equal names, the first one counts. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Registries send unquoted URLs (zot), which the grammar does not allow. */
const BARE_VALUE = /[^\s,"]*/y;
/** Marks the preceding word as the name of a parameter; `==` ends a token68. */
const PARAMETER_MARK = /[ \t]*=(?!=)[ \t]*/y;
/** A lone word may be the next scheme (`Basic, Bearer …`); only padding proves a token68. */
const TOKEN68 = /[A-Za-z0-9._~+/-]+=+(?=\s*(?:,|$))/y;
/** Longest part of a field that is parsed, in characters. */
const FIELD_MAX = 16_384;

/**
 * Parses the values of WWW-Authenticate, each of which may contain several challenges joined by commas. A syntax error
 * ends its challenge; never throws.
 */
export function parseChallenges(fields: readonly string[]): readonly Challenge[] {
  return fields.flatMap((field) => parseField(field.slice(0, FIELD_MAX)));
}

function parseField(text: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  const scanner = createHeaderScanner(text);
  while (!scanner.isAtEnd()) {
    scanner.skip(' \t,');
    const word = scanner.take(TOKEN);
    if (word === undefined) {
      // Garbage between commas: continue after the next comma.
      if (scanner.takeUntil(',') === undefined) break;
      continue;
    }
    const current = challenges.at(-1);
    if (current === undefined || scanner.take(PARAMETER_MARK) === undefined) {
      challenges.push({ scheme: word.toLowerCase(), parameters: Object.create(null) as Record<string, string> });
      scanner.skip(' \t');
      // `Negotiate abc==`: a value without a name belongs to the scheme and is not needed here.
      scanner.take(TOKEN68);
      continue;
    }
    const value = scanner.peek() === '"' ? scanner.takeQuoted() : (scanner.take(BARE_VALUE) ?? '');
    const name = word.toLowerCase();
    if (!(name in current.parameters)) current.parameters[name] = value;
  }
  return challenges.map(({ scheme, parameters }) => ({ scheme, parameters: { ...parameters } }));
}
