import { isSpace, Unreadable } from './dockerfile-lines.ts';

/**
 * Which here-documents a line opens, as BuildKit (v0.34, heredocsFromLine in frontend/dockerfile/parser) finds them: it
 * splits the whole line into words by rules of its own, and by those a line that a shell would read otherwise opens one
 * or does not. Lines that follow are instructions or not, so nothing of it may be done better here.
 */

export interface Heredoc {
  readonly name: string;
  /** `<<-`: tabs before the closing line do not count. */
  readonly stripsTabs: boolean;
}

const DEPTH_MAX = 100;

/** The here-documents of a joined line, in their order. Throws Unreadable. */
export function findHeredocs(line: string): Heredoc[] {
  let words: readonly string[];
  try {
    words = new Splitter(line, true).words();
  } catch (error) {
    // BuildKit goes on without here-documents.
    if (error instanceof Unbalanced) return [];
    throw error;
  }
  const found: Heredoc[] = [];
  for (const word of words) {
    const match = /^[0-9]*<<(-?)[\t\n\f\r ]*([^<]+)$/.exec(word);
    if (match === null) continue;
    const names = new Splitter(match[2] ?? '', false).words();
    if (names.length === 1) found.push({ name: names[0] ?? '', stripsTabs: match[1] === '-' });
  }
  return found;
}

/** Quotes or an expression that do not close. */
class Unbalanced extends Unreadable {
  constructor(what: string) {
    super(`${what} of a here-document`, 'close the quotes and expressions of its line');
  }
}

/** Splits text into words; variables stay as they are written. The escape character is always `\`. */
class Splitter {
  readonly #text: string;
  readonly #keepsQuotes: boolean;
  #keepsEscapes: boolean;
  #next: number;
  #depth = 0;
  /** The word that is being read. Nested expressions empty it, as BuildKit's share one buffer. */
  #word: string[] = [];

  constructor(text: string, keepsWriting: boolean) {
    this.#text = text;
    this.#keepsQuotes = keepsWriting;
    this.#keepsEscapes = keepsWriting;
    // Go's scanner skips a byte order mark at the beginning.
    this.#next = text.startsWith('\uFEFF') ? 1 : 0;
  }

  words(): string[] {
    return this.#until(undefined, this.#keepsEscapes, false).words;
  }

  #until(stop: string | undefined, keepsEscapes: boolean, isPattern: boolean): { text: string; words: string[] } {
    const outerKeeps = this.#keepsEscapes;
    this.#keepsEscapes = keepsEscapes;
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) {
      throw new Unreadable('expressions are nested too deeply beside <<', 'move the script into a file');
    }
    this.#word = [];
    const words: string[] = [];
    const text: string[] = [];
    let isInWord = false;
    const endWord = (): void => {
      if (this.#word.length === 0) return;
      words.push(this.#word.join(''));
      this.#word = [];
      isInWord = false;
    };
    const addRaw = (written: string): void => {
      if (written !== '') this.#word.push(written);
      isInWord = true;
    };
    const add = (character: string): void => {
      if (!isSpace(character)) addRaw(character);
      else if (isInWord) endWord();
    };
    let isClosed = stop === undefined;
    for (let character = this.#peek(); character !== undefined; character = this.#peek()) {
      if (character === stop) {
        this.#next += 1;
        isClosed = true;
        break;
      }
      if (character === '$') {
        const written = this.#variable();
        text.push(written);
        for (const one of written) add(one);
      } else if (character === "'" || character === '"' || character === '<') {
        const written =
          character === '<'
            ? this.#angles()
            : character === "'"
              ? this.#singleQuoted(isPattern)
              : this.#doubleQuoted(isPattern);
        text.push(written);
        addRaw(written);
      } else if (character === '\\') {
        this.#next += 1;
        if (this.#keepsEscapes) {
          addRaw(character);
          text.push(character);
        }
        const escaped = this.#take();
        if (escaped === undefined) break;
        addRaw(escaped);
        text.push(escaped);
      } else {
        this.#next += character.length;
        add(character);
        text.push(character);
      }
    }
    if (!isClosed) throw new Unbalanced(`${stop ?? ''} is missing`);
    endWord();
    this.#keepsEscapes = outerKeeps;
    this.#depth -= 1;
    return { text: text.join(''), words };
  }

  #singleQuoted(isPattern: boolean): string {
    this.#next += 1;
    const end = this.#text.indexOf("'", this.#next);
    if (end < 0) throw new Unbalanced("a closing ' is missing");
    let inner = this.#text.slice(this.#next, end);
    this.#next = end + 1;
    if (isPattern) inner = inner.replaceAll('\\', '\\\\');
    return this.#keepsQuotes ? `'${inner}'` : inner;
  }

  #doubleQuoted(isPattern: boolean): string {
    this.#next += 1;
    const inner: string[] = [];
    for (let character = this.#peek(); character !== '"'; character = this.#peek()) {
      if (character === undefined) throw new Unbalanced('a closing " is missing');
      if (character === '$') {
        inner.push(this.#variable());
        continue;
      }
      this.#next += character.length;
      if (character !== '\\') {
        inner.push(character);
        continue;
      }
      const escaped = this.#peek();
      if (escaped === undefined) continue;
      if (escaped === '"' || escaped === '$' || escaped === '\\') {
        if (this.#keepsEscapes) inner.push('\\');
        this.#next += 1;
        inner.push(escaped);
      } else {
        if (this.#keepsEscapes && (!this.#keepsQuotes || isPattern)) inner.push('\\');
        inner.push('\\');
      }
    }
    this.#next += 1;
    return this.#keepsQuotes ? `"${inner.join('')}"` : inner.join('');
  }

  #variable(): string {
    this.#next += 1;
    if (this.#peek() !== '{') {
      const name = this.#name();
      return `$${name}`;
    }
    this.#next += 1;
    const first = this.#peek();
    if (first === undefined || first === '{' || first === '}' || first === ':') throw new Unbalanced('${');
    const name = this.#name();
    let operator = this.#take() ?? '';
    if (operator === '}') return `\${${name}}`;
    if (operator === '/') {
      const all = this.#peek() === '/';
      if (all) this.#next += 1;
      const { text: pattern } = this.#until('/', true, true);
      const { text: replacement } = this.#until('}', true, false);
      return `\${${name}/${pattern}/${replacement}}`;
    }
    if (!['+', '-', '?', '#', '%', ':'].includes(operator)) throw new Unbalanced('${');
    let written = operator;
    if (operator === ':') {
      operator = this.#take() ?? '';
      written += operator;
      if (operator === '#' || operator === '%') throw new Unbalanced('${');
    }
    const isPattern = operator === '#' || operator === '%';
    return `\${${name}${written}${this.#until('}', isPattern, isPattern).text}}`;
  }

  #name(): string {
    const start = this.#next;
    const first = this.#peek();
    if (first !== undefined && /\p{Nd}/u.test(first)) this.#skip(/\p{Nd}/u);
    else if (first !== undefined && '@*#?-$!'.includes(first)) this.#next += 1;
    else this.#skip(/[\p{L}\p{Nd}_]/u);
    return this.#text.slice(start, this.#next);
  }

  #skip(pattern: RegExp): void {
    for (let one = this.#peek(); one !== undefined && pattern.test(one); one = this.#peek()) this.#next += one.length;
  }

  /** `<`, or `<<` with the spaces behind it, which belong to the word. */
  #angles(): string {
    const start = this.#next;
    this.#next += 1;
    if (this.#text[this.#next] !== '<') return '<';
    this.#next += 1;
    while ('\t\r '.includes(this.#text[this.#next] ?? '-')) this.#next += 1;
    return this.#text.slice(start, this.#next);
  }

  #take(): string | undefined {
    const character = this.#peek();
    this.#next += character?.length ?? 0;
    return character;
  }

  #peek(): string | undefined {
    const code = this.#text.codePointAt(this.#next);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }
}
