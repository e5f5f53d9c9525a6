import { type EscapeCharacter, Unreadable } from './dockerfile-lines.ts';

/**
 * Quotes, escapes and variables of a word of a Dockerfile, as BuildKit (v0.34, frontend/dockerfile/shell) resolves them.
 * What a build could resolve otherwise is refused: a variable without a value, which BuildKit replaces by nothing.
 */

/** Text whose characters may know where they stand in the file. */
export interface TracedText {
  readonly value: string;
  /** Offset into the file of each UTF-16 unit. Undefined: the text is put together from parts, or not from the file. */
  readonly at: readonly number[] | undefined;
}

export type Variable =
  | { readonly kind: 'value'; readonly text: TracedText }
  | { readonly kind: 'unset' }
  /** It has a value that is not known here. */
  | { readonly kind: 'unknown'; readonly why: Unreadable };

export type LookUp = (name: string) => Variable;

/** No reference is longer (domain/image/reference.ts), and texts that double themselves must end. */
export const VALUE_MAX = 1024;
/** Bounds for `${name#pattern}`, whose cost is their product. */
const PATTERN_MAX = 32;
const TRIMMED_MAX = 256;
const DEPTH_MAX = 20;

const SIMPLE = 'write the image out, or give the variable a value without such an expression';

/** Resolves one word. Throws Unreadable. */
export function expandWord(word: TracedText, escaping: EscapeCharacter, lookUp: LookUp): TracedText {
  // BuildKit drops a byte order mark at the beginning of a word, which nobody sees.
  if (word.value.startsWith('\uFEFF')) throw new Unreadable('a word begins with a byte order mark', 'remove it');
  return new Expansion(word, escaping, lookUp).run();
}

class Expansion {
  readonly #word: TracedText;
  readonly #escape: EscapeCharacter;
  readonly #lookUp: LookUp;
  #next = 0;
  #depth = 0;

  constructor(word: TracedText, escaping: EscapeCharacter, lookUp: LookUp) {
    this.#word = word;
    this.#escape = escaping;
    this.#lookUp = lookUp;
  }

  run(): TracedText {
    return this.#until(undefined);
  }

  /** Up to the character `stop`, which is taken, or to the end. */
  #until(stop: string | undefined): TracedText {
    const built = new BuiltText();
    for (let character = this.#peek(); character !== undefined; character = this.#peek()) {
      if (character === stop) {
        this.#next += 1;
        return built.finish();
      }
      if (character === "'") this.#singleQuoted(built);
      else if (character === '"') this.#doubleQuoted(built);
      else if (character === '$') built.addVariable(this.#variable());
      else {
        if (character === this.#escape) this.#next += 1;
        this.#take(built);
      }
    }
    if (stop !== undefined) throw new Unreadable(`${stop} is missing`, 'close the expression');
    return built.finish();
  }

  #singleQuoted(built: BuiltText): void {
    this.#next += 1;
    while (this.#peek() !== "'") {
      if (this.#peek() === undefined) throw new Unreadable("a closing ' is missing", 'close the quotes');
      this.#take(built);
    }
    this.#next += 1;
  }

  #doubleQuoted(built: BuiltText): void {
    this.#next += 1;
    for (let character = this.#peek(); character !== '"'; character = this.#peek()) {
      if (character === undefined) throw new Unreadable('a closing " is missing', 'close the quotes');
      if (character === '$') {
        built.addVariable(this.#variable());
        continue;
      }
      if (character === this.#escape) {
        const escaped = this.#word.value[this.#next + 1];
        if (escaped === '"' || escaped === '$' || escaped === this.#escape) this.#next += 1;
      }
      this.#take(built);
    }
    this.#next += 1;
  }

  /** From `$` on. */
  #variable(): TracedText {
    this.#next += 1;
    if (this.#peek() !== '{') {
      const name = this.#name();
      return name === '' ? { value: '$', at: undefined } : this.#value(name);
    }
    this.#next += 1;
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) throw new Unreadable('its variables are nested too deeply', SIMPLE);
    const text = this.#braced(this.#name());
    this.#depth -= 1;
    return text;
  }

  /** Behind `${name`. */
  #braced(name: string): TracedText {
    let operator = this.#peek() ?? '';
    this.#next += 1;
    if (operator === '}') return this.#value(name);
    const isEmptyUnset = operator === ':';
    if (isEmptyUnset) {
      operator = this.#peek() ?? '';
      this.#next += 1;
    }
    if (name === '' || !['-', '+', '?', ...(isEmptyUnset ? [] : ['#', '%'])].includes(operator)) {
      throw new Unreadable(`the expression \${${name}${isEmptyUnset ? ':' : ''}${operator}… is not supported`, SIMPLE);
    }
    if (operator === '#' || operator === '%') return trim(this.#value(name), operator, this.#pattern());
    const text = this.#lazily(() => this.#until('}'));
    const variable = this.#lookUp(name);
    if (variable.kind === 'unknown') throw variable.why;
    const value = variable.kind === 'unset' || (isEmptyUnset && variable.text.value === '') ? undefined : variable.text;
    if (operator === '+') return value === undefined ? { value: '', at: undefined } : text();
    if (operator === '-') return value ?? text();
    return value ?? this.#value(name, true);
  }

  /** Reads on in any case; what is wrong in it counts only if it is used. An unclosed expression counts at once. */
  #lazily(read: () => TracedText): () => TracedText {
    const start = this.#next;
    try {
      const text = read();
      return () => text;
    } catch (error) {
      if (!(error instanceof UnsetVariable)) throw error;
      // Reads the same again without values, to find its end.
      this.#next = start;
      const inner = new Expansion(this.#word, this.#escape, () => ({
        kind: 'value',
        text: { value: 'x', at: undefined },
      }));
      inner.#next = start;
      inner.#depth = this.#depth;
      inner.#until('}');
      this.#next = inner.#next;
      return () => {
        throw error;
      };
    }
  }

  /** Only `*` and `?` are more than themselves; a pattern with quotes, escapes or variables is refused. */
  #pattern(): string {
    const end = this.#word.value.indexOf('}', this.#next);
    const pattern = this.#word.value.slice(this.#next, end < 0 ? undefined : end);
    if (end < 0 || pattern.length > PATTERN_MAX || /['"$\\`]/.test(pattern)) {
      throw new Unreadable('the pattern of a variable is not supported', SIMPLE);
    }
    this.#next = end + 1;
    return pattern;
  }

  #name(): string {
    const { value } = this.#word;
    const first = value[this.#next] ?? '';
    let end = this.#next;
    if (/[0-9]/.test(first)) while (/[0-9]/.test(value[end] ?? '')) end += 1;
    else if ('@*#?-$!'.includes(first) && first !== '') end += 1;
    else while (/[A-Za-z0-9_]/.test(value[end] ?? '')) end += 1;
    if ((value.codePointAt(end) ?? 0) > 0x7f) {
      throw new Unreadable('the name of a variable runs into a letter beyond ASCII', 'put its name in braces');
    }
    const name = value.slice(this.#next, end);
    this.#next = end;
    return name;
  }

  #value(name: string, mustBeFilled = false): TracedText {
    const variable = this.#lookUp(name);
    if (variable.kind === 'unknown') throw variable.why;
    if (variable.kind === 'unset' || mustBeFilled) {
      throw new UnsetVariable(
        `the variable ${name} has no value`,
        `write "ARG ${name}=…" before the first FROM, or give the input build-args a line ${name}=…`,
      );
    }
    return variable.text;
  }

  #peek(): string | undefined {
    return this.#word.value[this.#next];
  }

  #take(built: BuiltText): void {
    const character = this.#peek();
    if (character === undefined) return;
    built.addLiteral(character, this.#word.at?.[this.#next]);
    this.#next += 1;
  }
}

class UnsetVariable extends Unreadable {}

class BuiltText {
  readonly #characters: string[] = [];
  readonly #at: number[] = [];
  readonly #variables: TracedText[] = [];
  #length = 0;
  #isTraced = true;

  addLiteral(character: string, at: number | undefined): void {
    this.#count(1);
    this.#characters.push(character);
    if (at === undefined) this.#isTraced = false;
    else this.#at.push(at);
  }

  addVariable(variable: TracedText): void {
    this.#count(variable.value.length);
    this.#characters.push(variable.value);
    this.#variables.push(variable);
  }

  #count(more: number): void {
    this.#length += more;
    if (this.#length > VALUE_MAX) throw new Unreadable('it is longer than any image', 'write the image out');
  }

  /** Text that is one literal, or one variable that is, can be changed where it is written. */
  finish(): TracedText {
    const [variable] = this.#variables;
    if (variable !== undefined && this.#characters.length === 1) return variable;
    const isLiteral = variable === undefined && this.#isTraced;
    return { value: this.#characters.join(''), at: isLiteral ? this.#at : undefined };
  }
}

/** `${name#pattern}`, `##`, `%`, `%%`. */
function trim({ value }: TracedText, operator: '#' | '%', written: string): TracedText {
  const isLongest = written.startsWith(operator);
  const pattern = [...(isLongest ? written.slice(1) : written)];
  if (value.length > TRIMMED_MAX) throw new Unreadable('a pattern is applied to a long value', SIMPLE);
  const characters = [...value];
  if (operator === '%') {
    pattern.reverse();
    characters.reverse();
  }
  const lengths = prefixLengths(pattern, characters);
  const length = (isLongest ? lengths.at(-1) : lengths[0]) ?? 0;
  const left = characters.slice(length);
  return { value: (operator === '%' ? left.reverse() : left).join(''), at: undefined };
}

/** How long the beginnings of the text are that the pattern matches whole, in ascending order. */
function prefixLengths(pattern: readonly string[], text: readonly string[]): number[] {
  // After each part of the pattern: the lengths of text that the parts so far match.
  let lengths = [0];
  for (const part of pattern) {
    if (part === '*') {
      const from = lengths[0];
      lengths = from === undefined ? [] : Array.from({ length: text.length - from + 1 }, (_, more) => from + more);
    } else {
      lengths = lengths.filter((at) => at < text.length && (part === '?' || text[at] === part)).map((at) => at + 1);
    }
  }
  return lengths;
}
