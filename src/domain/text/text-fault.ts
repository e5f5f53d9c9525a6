/** A fault that a value can have whatever it names. */
export interface TextFault {
  /** Continues after the value: `has quotation marks around it`. */
  readonly what: string;
  /** The value without the fault. */
  readonly right: string;
}

/**
 * Characters that nobody sees and that no name contains: controls, spaces other than the plain one, zero-width spaces,
 * soft hyphens, byte order marks and controls of direction. Line breaks, which separate values, and joiners between emoji
 * are not among them.
 */
const UNSEEN =
  /(?![ \n])[\p{Cc}\p{Zs}\p{Zl}\p{Zp}\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|(?<=[\x20-\x7e]|^)[\u200c\u200d]/gu;

const QUOTES = '"\'`\u2018\u2019\u201c\u201d\u00ab\u00bb';

/** The maximum length of a value that is judged, in UTF-16 units. No name of people is longer. */
export const JUDGED_MAX_CHARS = 2048;

/** The first fault of a value; undefined if it has none. */
export function findTextFault(value: string): TextFault | undefined {
  const unseen = value.match(UNSEEN)?.[0];
  if (unseen !== undefined) {
    const point = unseen.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    const right = value.replace(UNSEEN, (found) => (/\s/.test(found) && found !== '\ufeff' ? ' ' : '')).trim();
    return { what: `contains the invisible character U+${point}`, right };
  }
  const inner = value.slice(isQuote(value[0]) ? 1 : 0, isQuote(value.at(-1)) ? -1 : undefined).trim();
  if (inner !== value) return { what: 'has quotation marks around it', right: inner };
  if (value.startsWith('- ')) return { what: 'starts with a dash, as in a list of YAML', right: value.slice(2).trim() };
  return undefined;
}

function isQuote(character: string | undefined): boolean {
  return character !== undefined && QUOTES.includes(character);
}
