import { type EscapeCharacter, isSpace, type JoinedLine, lineAt, offsetAt, Unreadable } from './dockerfile-lines.ts';
import type { TracedText } from './dockerfile-variables.ts';

/** How the words of an instruction are split, as BuildKit (v0.34, frontend/dockerfile/parser and instructions) does. */

/** A part of a joined line. */
export interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface Instruction {
  /** In capitals. */
  readonly name: string;
  /** As the file has it, at most 64 characters. */
  readonly written: string;
  readonly flags: readonly Flag[];
  readonly args: Span;
  /** The line of its name. Starts at 1. */
  readonly line: number;
}

/** `--name=value`. */
export interface Flag {
  readonly name: string;
  /** Undefined without `=`. */
  readonly value: WordText | undefined;
}

/** A word without its quotes and escapes. */
export interface WordText {
  readonly value: string;
  /** The position in the joined line of each UTF-16 unit. */
  readonly positions: readonly number[];
}

/** RE2's `[\t\v\f\r ]`. */
const SEPARATORS = '\t\v\f\r ';

function isSeparator(character: string | undefined): boolean {
  return character !== undefined && SEPARATORS.includes(character);
}

/** Without the spaces around it. */
function trimSpan(text: string, { start, end }: Span): Span {
  let from = start;
  let to = end;
  while (from < to && isSpace(text[from])) from += 1;
  while (to > from && isSpace(text[to - 1])) to -= 1;
  return { start: from, end: to };
}

/** The name of an instruction, its flags and the rest. Throws Unreadable. */
export function splitInstruction(joined: JoinedLine, whole: Span, escaping: EscapeCharacter): Instruction {
  const { text } = joined;
  const { start, end } = trimSpan(text, whole);
  let nameEnd = start;
  while (nameEnd < end && !isSeparator(text[nameEnd])) nameEnd += 1;
  let next = nameEnd;
  while (next < end && isSeparator(text[next])) next += 1;
  const { flags, rest } = takeFlags(text, { start: next, end }, escaping);
  const written = text.slice(start, Math.min(nameEnd, start + 64));
  return {
    // A name beyond ASCII stays as it is, and is unknown.
    name: written.replace(/[a-z]/g, (letter) => letter.toUpperCase()),
    written,
    flags,
    args: trimSpan(text, { start: rest, end }),
    line: lineAt(joined, start),
  };
}

function takeFlags(text: string, { start, end }: Span, escaping: EscapeCharacter): { flags: Flag[]; rest: number } {
  const flags: Flag[] = [];
  let next = start;
  for (;;) {
    // Byte by byte: no other space is one here, so a flag behind it is an argument.
    while (next < end && '\t\n\v\f\r '.includes(text[next] ?? '')) next += 1;
    if (next >= end || !text.startsWith('--', next) || next + 1 >= end) return { flags, rest: next };
    const { word, rest } = takeFlag(text, { start: next, end }, escaping);
    next = rest;
    if (word.value === '--') return { flags, rest };
    const equals = word.value.indexOf('=');
    flags.push({
      name: word.value.slice(2, equals < 0 ? undefined : equals),
      value: equals < 0 ? undefined : cut(word, equals + 1),
    });
    if (!word.value.startsWith('--')) throw new Unreadable('a flag does not start with --', 'write --name=value');
  }
}

function takeFlag(text: string, { start, end }: Span, escaping: EscapeCharacter): { word: WordText; rest: number } {
  const characters: string[] = [];
  const positions: number[] = [];
  let quote: string | undefined;
  let next = start;
  for (; next < end; next += 1) {
    const character = text[next] ?? '';
    // BuildKit reads flags byte by byte, and takes some bytes of other letters for spaces.
    if (character > '\u007f') throw new Unreadable('a flag holds a letter beyond ASCII', 'write flags in ASCII');
    if (quote === undefined && isSpace(character)) break;
    if (character === quote) {
      quote = undefined;
      continue;
    }
    if (quote === undefined && (character === "'" || character === '"')) {
      quote = character;
      continue;
    }
    if (character === escaping) {
      if (next + 1 >= end) continue;
      next += 1;
      if ((text[next] ?? '') > '\u007f')
        throw new Unreadable('a flag holds a letter beyond ASCII', 'write flags in ASCII');
    }
    characters.push(text[next] ?? '');
    positions.push(next);
  }
  return { word: { value: characters.join(''), positions }, rest: next };
}

function cut({ value, positions }: WordText, start: number, end?: number): WordText {
  return { value: value.slice(start, end), positions: positions.slice(start, end) };
}

/** Which flags an instruction may have, and whether they may be repeated. */
export type FlagKinds = Readonly<Record<string, 'single' | 'repeatable'>>;

/** The values of each flag. Throws Unreadable for a flag that BuildKit refuses or that is not known here. */
export function readFlags({ name, flags }: Instruction, kinds: FlagKinds): ReadonlyMap<string, readonly WordText[]> {
  const values = new Map<string, WordText[]>();
  for (const flag of flags) {
    const kind = Object.hasOwn(kinds, flag.name) ? kinds[flag.name] : undefined;
    if (kind === undefined) {
      const shown = JSON.stringify(`--${flag.name.slice(0, 40)}`);
      throw new Unreadable(`${name} has the flag ${shown}, which is not known`, 'remove it; it could name an image');
    }
    const before = values.get(flag.name);
    if (before !== undefined && kind === 'single') {
      throw new Unreadable(`${name} has the flag --${flag.name} twice`, 'give it once');
    }
    if (flag.value === undefined && (flag.name === 'from' || flag.name === 'mount')) {
      throw new Unreadable(`${name} has the flag --${flag.name} without a value`, `write --${flag.name}=…`);
    }
    const value = flag.value ?? { value: '', positions: [] };
    if (before === undefined) values.set(flag.name, [value]);
    else before.push(value);
  }
  return values;
}

/** Words between spaces, quotes and escapes being letters like any other. */
export function splitAtSpaces(text: string, { start, end }: Span): Span[] {
  const words: Span[] = [];
  let next = start;
  while (next < end) {
    const wordStart = next;
    while (next < end && !isSeparator(text[next])) next += 1;
    words.push({ start: wordStart, end: next });
    while (next < end && isSeparator(text[next])) next += 1;
  }
  return words;
}

/** Words between spaces outside quotes, with their quotes and escapes. */
export function splitQuotedWords(text: string, { start, end }: Span, escaping: EscapeCharacter): WordText[] {
  const words: WordText[] = [];
  let next = start;
  for (;;) {
    while (next < end && isSpace(text[next])) next += 1;
    if (next >= end) return words;
    const positions: number[] = [];
    let quote: string | undefined;
    for (; next < end && (quote !== undefined || !isSpace(text[next])); next += 1) {
      const character = text[next];
      if (character === escaping && quote !== "'") {
        // An escape character at the end escapes nothing.
        if (next + 1 >= end) continue;
        positions.push(next);
        next += 1;
      } else if (quote === undefined) {
        if (character === "'" || character === '"') quote = character;
      } else if (character === quote) {
        quote = undefined;
      }
      positions.push(next);
    }
    if (positions.length > 0) words.push({ value: positions.map((at) => text[at]).join(''), positions });
  }
}

/** The part of a word behind its first `=`; undefined without one. */
export function splitAssignment(word: WordText): { name: string; value: WordText | undefined } {
  const equals = word.value.indexOf('=');
  if (equals < 0) return { name: word.value, value: undefined };
  return { name: word.value.slice(0, equals), value: cut(word, equals + 1) };
}

/** The value of `from=` of a mount; undefined without one. Fields are those of one line of CSV. Throws Unreadable. */
export function readMountSource(mount: WordText): WordText | undefined {
  const sources = splitFields(mount).flatMap((field) => {
    const { name, value } = splitAssignment(field);
    return name.toLowerCase() === 'from' && value !== undefined ? [value] : [];
  });
  if (sources.length > 1) throw new Unreadable('a mount has from= twice', 'give it once');
  return sources[0];
}

function splitFields(line: WordText): WordText[] {
  const { value } = line;
  const fields: WordText[] = [];
  const refuse = (): never => {
    throw new Unreadable('the quotes of a mount cannot be read', 'write --mount=type=bind,from=IMAGE,… without quotes');
  };
  if (value === '') throw new Unreadable('a mount is empty', 'write --mount=type=bind,from=IMAGE,…');
  for (let next = 0; ; ) {
    if (value[next] === '"') {
      const end = value.indexOf('"', next + 1);
      // Two quotes stand for one, which no image has.
      if (end < 0 || (end + 1 < value.length && value[end + 1] !== ',')) return refuse();
      fields.push(cut(line, next + 1, end));
      next = end + 1;
    } else {
      const comma = value.indexOf(',', next);
      const end = comma < 0 ? value.length : comma;
      if (value.slice(next, end).includes('"')) return refuse();
      fields.push(cut(line, next, end));
      next = end;
    }
    if (next >= value.length) return fields;
    next += 1;
  }
}

/** Whether arguments are a JSON list of strings. Throws Unreadable for a list with anything else in it. */
export function isJsonForm(args: string): boolean {
  if (!args.startsWith('[')) return false;
  let value: unknown;
  try {
    value = JSON.parse(args);
  } catch {
    // BuildKit takes it for a shell's line.
    return false;
  }
  if (!Array.isArray(value)) return false;
  if (value.some((one) => typeof one !== 'string')) {
    throw new Unreadable('a JSON list holds something else than strings', 'write strings only');
  }
  return true;
}

/** With the place in the file of each character. */
export function trace(joined: JoinedLine, { value, positions }: WordText): TracedText {
  return { value, at: positions.map((at) => offsetAt(joined, at)) };
}

/** The word of a span. */
export function wordOf(text: string, { start, end }: Span): WordText {
  return { value: text.slice(start, end), positions: Array.from({ length: end - start }, (_, more) => start + more) };
}
