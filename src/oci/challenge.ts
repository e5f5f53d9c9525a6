/** One challenge of a WWW-Authenticate field (RFC 9110 §11.6.1). */
export interface Challenge {
  /** Lower case. */
  readonly scheme: string;
  /** Names in lower case; the first of equal names counts. */
  readonly parameters: Readonly<Record<string, string>>;
}

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
/** Registries send unquoted URLs (zot), which the grammar does not allow. */
const BARE_VALUE = /[^\s,"]*/y;
const TOKEN68 = /[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;
/** Longest field looked at, in characters. */
const FIELD_MAX = 16_384;

/**
 * Parses the values of WWW-Authenticate, each possibly holding several challenges joined by commas. What
 * breaks the grammar ends its challenge; never throws.
 */
export function parseChallenges(fields: readonly string[]): readonly Challenge[] {
  return fields.flatMap((field) => parseField(field.slice(0, FIELD_MAX)));
}

function parseField(text: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const skip = (characters: string): void => {
    while (at < text.length && characters.includes(text.charAt(at))) at += 1;
  };
  const startsParameter = (): boolean => {
    const rest = text.slice(at);
    return /^[ \t]*=(?!=)/.test(rest);
  };

  while (at < text.length) {
    skip(' \t,');
    const word = take(TOKEN);
    if (word === undefined) {
      // Garbage between commas: go on behind the next comma.
      const comma = text.indexOf(',', at + 1);
      at = comma < 0 ? text.length : comma;
      continue;
    }
    const current = challenges.at(-1);
    if (current === undefined || !startsParameter()) {
      challenges.push({ scheme: word.toLowerCase(), parameters: Object.create(null) as Record<string, string> });
      skip(' \t');
      skipToken68();
      continue;
    }
    skip(' \t');
    at += 1;
    skip(' \t');
    const value = text.charAt(at) === '"' ? takeQuoted() : (take(BARE_VALUE) ?? '');
    const name = word.toLowerCase();
    if (!(name in current.parameters)) current.parameters[name] = value;
  }
  return challenges.map(({ scheme, parameters }) => ({ scheme, parameters: { ...parameters } }));

  /** `Negotiate abc==`: a value without a name belongs to the scheme and is of no use here. */
  function skipToken68(): void {
    const before = at;
    const found = take(TOKEN68);
    if (found === undefined) return;
    // A lone word may be the next scheme (`Basic, Bearer …`); only `=` padding proves a token68.
    if (!found.endsWith('=')) at = before;
  }

  function takeQuoted(): string {
    let value = '';
    at += 1;
    while (at < text.length) {
      const character = text.charAt(at);
      at += 1;
      if (character === '"') return value;
      if (character === '\\' && at < text.length) {
        value += text.charAt(at);
        at += 1;
      } else {
        value += character;
      }
    }
    return value;
  }
}
