import type { TextPlace } from '../domain/yaml/located.ts';

/**
 * The lines of a Dockerfile as BuildKit (v0.34, frontend/dockerfile/parser) joins them: continued lines become one, and
 * comments and empty lines between them go. Every character knows where it stands in the file.
 */

/** The place of a part of a joined line. */
interface Piece {
  /** Where it begins in the joined line. */
  readonly at: number;
  /** Where it begins in the file. */
  readonly offset: number;
  /** Starts at 1. */
  readonly line: number;
}

/** One instruction with its arguments. */
export interface JoinedLine {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** The character that escapes, and that continues a line at its end. */
export type EscapeCharacter = '\\' | '`';

/** What cannot be read, and what to write instead. Thrown inside this room only: readers make a FileProblem of it. */
export class Unreadable extends Error {
  readonly cure: string;

  constructor(what: string, cure: string) {
    super(what);
    this.cure = cure;
  }
}

/** Go's unicode.IsSpace. It is not what `\s` means here: U+0085 is a space, U+FEFF is none. */
export function isSpace(character: string | undefined): boolean {
  return character !== undefined && SPACES.has(character);
}

const SPACES: ReadonlySet<string> = new Set(
  '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000',
);

/** A line of the file without its end. */
interface FileLine {
  readonly start: number;
  readonly end: number;
  /** Starts at 1. */
  readonly number: number;
}

const DIRECTIVES: readonly string[] = ['syntax', 'escape', 'check'];
/** RE2's `\s` without the end of a line. */
const DIRECTIVE = /^([a-zA-Z][a-zA-Z0-9]*)[\t\f\r ]*=[\t\f\r ]*/;

interface Directive {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
  /** Where the value begins in the file. */
  readonly start: number;
}

/** A directive in `text` from `start` (behind the mark of the comment) to `end`; undefined for any other comment. */
function readDirective(text: string, start: number, end: number): Directive | undefined {
  let from = start;
  while (from < end && isSpace(text[from])) from += 1;
  const head = DIRECTIVE.exec(text.slice(from, Math.min(end, from + 4096)));
  const name = head?.[1]?.toLowerCase();
  if (head === null || name === undefined || !DIRECTIVES.includes(name)) return undefined;
  let to = end;
  while (to > from && '\t\f\r '.includes(text[to - 1] ?? '')) to -= 1;
  const valueStart = from + head[0].length;
  // Nothing but spaces behind `=`: the value is the last of them. Nothing at all: a comment.
  if (to <= valueStart) return text[end - 1] === '=' ? undefined : { name, value: ' ', start: end - 1 };
  return { name, value: text.slice(valueStart, to), start: valueStart };
}

/** Reads a Dockerfile line by line; here-documents are taken by their names, which only the caller knows. */
export class LineReader {
  readonly #text: string;
  #next: number;
  #number = 0;
  #inDirectives = true;
  readonly #seen = new Set<string>();
  /** As the directives read so far have it. */
  escape: EscapeCharacter = '\\';

  constructor(text: string) {
    this.#text = text;
    this.#next = text.startsWith('\uFEFF') ? 1 : 0;
  }

  /** A reader of text that has no directives. */
  static inside(text: string, escaping: EscapeCharacter): LineReader {
    const reader = new LineReader(text);
    reader.escape = escaping;
    reader.#inDirectives = false;
    return reader;
  }

  /** The text from an offset up to the next line. */
  since(offset: number): string {
    return this.#text.slice(offset, this.#next);
  }

  /** Where the next line begins. */
  get offset(): number {
    return this.#next;
  }

  /** The number of the last line that was read. Starts at 1. */
  get line(): number {
    return this.#number;
  }

  /** The next instruction, or undefined at the end. Throws Unreadable for a bad directive, and can go on after it. */
  nextInstruction(): JoinedLine | undefined {
    for (let line = this.#nextLine(); line !== undefined; line = this.#nextLine()) {
      let start = line.start;
      while (start < line.end && isSpace(this.#text[start])) start += 1;
      if (this.#inDirectives) this.#takeDirective(start, line.end);
      if (start === line.end || this.#text[start] === '#') continue;
      return this.#join(line, start);
    }
    return undefined;
  }

  /** Skips the content of a here-document. False if its end is missing. */
  skipHeredoc(name: string, stripsTabs: boolean): boolean {
    for (let line = this.#nextLine(); line !== undefined; line = this.#nextLine()) {
      let start = line.start;
      if (stripsTabs) while (start < line.end && this.#text[start] === '\t') start += 1;
      if (line.end - start === name.length && this.#text.startsWith(name, start)) return true;
    }
    return false;
  }

  /** Without every `\r` and `\n` at its end. */
  #nextLine(): FileLine | undefined {
    const start = this.#next;
    if (start >= this.#text.length) return undefined;
    const newline = this.#text.indexOf('\n', start);
    let end = newline < 0 ? this.#text.length : newline;
    this.#next = newline < 0 ? end : newline + 1;
    while (end > start && this.#text[end - 1] === '\r') end -= 1;
    this.#number += 1;
    return { start, end, number: this.#number };
  }

  #takeDirective(start: number, end: number): void {
    const directive = this.#text[start] === '#' ? readDirective(this.#text, start + 1, end) : undefined;
    if (directive === undefined) {
      this.#inDirectives = false;
      return;
    }
    const { name, value } = directive;
    if (this.#seen.has(name)) throw new Unreadable(`the directive ${name} is given twice`, 'give it once');
    this.#seen.add(name);
    if (name !== 'escape') return;
    if (value !== '\\' && value !== '`') {
      throw new Unreadable('the directive escape has another value than \\ and `', 'write # escape=` or leave it out');
    }
    this.escape = value;
  }

  #join(first: FileLine, start: number): JoinedLine {
    const parts: string[] = [];
    const pieces: Piece[] = [];
    let length = 0;
    const take = (from: number, to: number, line: number): void => {
      if (to <= from) return;
      parts.push(this.#text.slice(from, to));
      pieces.push({ at: length, offset: from, line });
      length += to - from;
    };
    let continued = this.#continuedAt(start, first.end);
    take(start, continued ?? first.end, first.number);
    while (continued !== undefined) {
      const line = this.#nextLine();
      if (line === undefined) break;
      let shown = line.start;
      while (shown < line.end && isSpace(this.#text[shown])) shown += 1;
      if (shown === line.end || this.#text[shown] === '#') continue;
      continued = this.#continuedAt(line.start, line.end);
      take(line.start, continued ?? line.end, line.number);
    }
    if (pieces.length === 0) pieces.push({ at: 0, offset: start, line: first.number });
    return { text: parts.join(''), pieces };
  }

  /** Where a line ends that the next one continues: before the escape character. */
  #continuedAt(start: number, end: number): number | undefined {
    let at = end;
    while (at > start && (this.#text[at - 1] === ' ' || this.#text[at - 1] === '\t')) at -= 1;
    if (at === start || this.#text[at - 1] !== this.escape) return undefined;
    return at - 1 > start && this.#text[at - 2] === this.escape ? undefined : at - 1;
  }
}

/** The frontend that a file names itself: BuildKit runs this image to read the file. */
export interface NamedFrontend {
  readonly image: string;
  readonly text: TextPlace | undefined;
  /** True if the file is written in another language than Dockerfile. */
  readonly isForeign: boolean;
}

/**
 * As BuildKit detects it before it reads anything else: `# syntax=` among the directives, which begin in the first
 * column here, behind a line `#!`; else the same behind `//`; else the key `syntax` of a file that is JSON.
 */
export function findFrontend(text: string): NamedFrontend | undefined {
  return findDirective(text, '#') ?? findDirective(text, '//') ?? findInJson(text);
}

function findDirective(text: string, mark: string): NamedFrontend | undefined {
  let next = text.startsWith('\uFEFF') ? 1 : 0;
  let number = 0;
  const hasShebang = text.startsWith('#!', next);
  const seen = new Set<string>();
  while (next < text.length) {
    const newline = text.indexOf('\n', next);
    const start = next;
    const end = newline < 0 ? text.length : newline;
    next = end + 1;
    number += 1;
    if (number === 1 && hasShebang) continue;
    const directive = text.startsWith(mark, start) ? readDirective(text, start + mark.length, end) : undefined;
    if (directive === undefined || seen.has(directive.name)) return undefined;
    seen.add(directive.name);
    if (directive.name !== 'syntax') continue;
    const image = directive.value.split(' ', 1)[0] ?? '';
    const place = { line: number, start: directive.start, end: directive.start + image.length };
    return { image, text: place, isForeign: mark !== '#' };
  }
  return undefined;
}

function findInJson(text: string): NamedFrontend | undefined {
  if (!/^\uFEFF?[\t\n\r ]*\{/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    // Not JSON, so it names no frontend; as a Dockerfile it cannot be read either.
    return undefined;
  }
  const image = (value as Readonly<Record<string, unknown>>)['syntax'];
  return typeof image === 'string' ? { image, text: undefined, isForeign: true } : undefined;
}

/** The piece that a position of the joined line lies in. */
function pieceAt({ pieces }: JoinedLine, at: number): Piece {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.at ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return pieces[low] ?? { at: 0, offset: 0, line: 1 };
}

/** Where a position of the joined line stands in the file. */
export function offsetAt(joined: JoinedLine, at: number): number {
  const piece = pieceAt(joined, at);
  return piece.offset + at - piece.at;
}

/** The line of the file, from 1, on which a position of the joined line stands. */
export function lineAt(joined: JoinedLine, at: number): number {
  return pieceAt(joined, at).line;
}
