// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of shells and Dockerfiles are what is made
import { createRandom, type Random } from '../common/random.ts';

/** A Dockerfile made at random, and the build-args for it. */
export interface TestDockerfile {
  readonly text: string;
  readonly buildArgs: Readonly<Record<string, string>>;
}

const IMAGES = [
  'node',
  'node:20',
  'ghcr.io/acme/app:1.2',
  'localhost:5000/x',
  'alpine@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
] as const;
const STAGES = ['build', 'Base', 'final', 'node'] as const;
const VARIABLES = ['BASE', 'TAG', 'REG', 'EMPTY', 'UNSET'] as const;
const VALUES = ['node', 'node:20', '20-alpine', 'ghcr.io', '', '1.2.3', 'build', 'scratch'] as const;
/** What rules about quotes, escapes, spaces, comments, variables and here-documents turn on. */
const SPECIAL = [
  ...'\\`\'"$${}<<<##=,-:+?%/*@|()[]',
  ...' \t\v\f\r\n',
  '\\\n',
  '`\n',
  '\u00a0',
  '\u0085',
  '\u2028',
  '\uFEFF',
  '\0',
  'é',
  'K',
  '<<EOF',
  'EOF\n',
  ' --from=evil',
  '\nFROM evil\n',
  '--mount=from=evil ',
] as const;

/** The same number makes the same file. A third of them is changed at random places as well. */
export function makeDockerfile(number: number): TestDockerfile {
  const random = createRandom(number * 7919 + 17);
  const maker = new Maker(random);
  let text = maker.file();
  if (random.below(3) === 0) {
    for (let left = 1 + random.below(3); left > 0; left -= 1) {
      const at = random.below(text.length + 1);
      text = text.slice(0, at) + random.pick(SPECIAL as unknown as [string]) + text.slice(at + random.below(2));
    }
  }
  const buildArgs: Record<string, string> = {};
  if (random.below(4) === 0) buildArgs[random.pick(VARIABLES)] = random.pick(VALUES);
  if (random.below(40) === 0) buildArgs['BUILDKIT_SYNTAX'] = 'acme/frontend:1 --x';
  return { text, buildArgs };
}

class Maker {
  readonly #random: Random;
  #escape = '\\';
  /** Names of the stages so far. */
  readonly #stages: string[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  file(): string {
    const lines: string[] = [];
    if (this.#one(12)) lines.push('#!/usr/bin/env docker');
    for (let left = this.#random.below(3); left > 0; left -= 1) lines.push(this.#directive());
    for (let left = this.#random.below(4); left > 0; left -= 1) lines.push(this.#arg());
    for (let left = 1 + this.#random.below(3); left > 0; left -= 1) {
      lines.push(this.#from());
      for (let inside = this.#random.below(5); inside > 0; inside -= 1) lines.push(this.#instruction());
    }
    const end = this.#one(4) ? '\r\n' : '\n';
    const text = lines.map((line) => line.replaceAll('\n', end)).join(end);
    return `${this.#one(10) ? '\uFEFF' : ''}${text}${this.#one(3) ? '' : end}`;
  }

  #directive(): string {
    const character = this.#one(3) ? '`' : '\\';
    const directive = this.#random.pick([
      `# escape=${character}`,
      `#escape = ${character} `,
      '# syntax=docker/dockerfile:1',
      '# Syntax = docker/dockerfile:1.7 with words',
      '#check=skip=all',
      '# a comment',
      ' # syntax=indented/frontend',
      '// syntax=other/frontend',
      '',
    ]);
    if (directive.includes('escape')) this.#escape = character;
    return directive;
  }

  #arg(): string {
    const pairs = Array.from({ length: 1 + this.#random.below(2) }, () => {
      const name = this.#random.pick(VARIABLES);
      if (this.#one(5)) return name;
      const value = this.#one(3) ? this.#expression() : this.#random.pick(VALUES);
      return `${name}=${this.#quoted(value)}`;
    });
    return this.#messy(['ARG', ...pairs]);
  }

  #from(): string {
    const image = this.#random.pick([
      this.#random.pick(IMAGES),
      this.#random.pick(IMAGES),
      this.#quoted(this.#random.pick(IMAGES)),
      this.#stage().toLowerCase(),
      this.#expression(),
      `${this.#random.pick(IMAGES)}${this.#expression()}`,
      'scratch',
    ]);
    const platform = this.#one(4) ? [this.#random.pick(['--platform=$BUILDPLATFORM', '--platform="linux/amd64"'])] : [];
    const name = this.#one(2) ? [this.#random.pick(STAGES)] : [];
    const text = this.#messy(['FROM', ...platform, image, ...name.flatMap((one) => [this.#case('as'), one])]);
    this.#stages.push(...name);
    return text;
  }

  /** Mostly one that is there. */
  #stage(): string {
    const names = this.#one(8) ? STAGES : this.#stages.slice(0, -1);
    return names[this.#random.below(names.length)] ?? this.#random.pick(IMAGES);
  }

  #instruction(isTrigger = false): string {
    const source = this.#random.pick([
      this.#random.pick(IMAGES),
      this.#random.pick(IMAGES),
      this.#stage(),
      this.#one(6) ? '0' : 'context',
      'scratch',
    ]);
    const type = this.#random.pick(['type=bind,', 'type=cache,', '', 'TYPE=bind,', 'type=tmpfs,']);
    const mount = this.#random.pick([
      `--mount=${type}from=${source},target=/x`,
      `--mount="${type}target=/x,from=${source}"`,
      `--mount=${type}target=/x,"from=${source}"`,
      `--mount='${type}target=/x,"from=${source}"'`,
      `--mo"unt=${type}fr"om=${source},target=/x`,
      `--mount=type=secret,id=a`,
      `--mount=${type}From=${source},target=/x`,
    ]);
    const heredoc = this.#random.pick(['<<EOF', '<<-EOF', '<<"EOF"', "<<'E'OF", '<< EOF', '3<<EOF', '<<E\\OF', '<<$X']);
    const end = this.#random.pick(['EOF', 'EOF', 'EOF', '\tEOF\nEOF', 'EOF \nEOF', '$X\nEOF']);
    const shell = this.#random.pick([
      'echo "a b" $x ${y:-z}',
      "sed 's/<</x/'",
      'cat <<< x',
      'echo $((1<<2))',
      'echo ${x:- <<EOF}',
      'x="${a#<<}" y',
      'echo ${x^^} <<EOF',
      "it's <<EOF",
      'a${x:-b}<<EOF',
      'echo \\<<EOF',
      '["a", "<<EOF"]',
      '["a", 1',
      '[]',
    ]);
    const made: () => string = this.#random.pick<() => string>([
      () => this.#messy(['COPY', `--from=${this.#quoted(source)}`, '/a', '/b']),
      () => this.#messy(['COPY', `--from=${source}`, '--chown=a:b', '--link', '["/a", "/b"]']),
      () => this.#messy(['RUN', mount, shell]),
      () => this.#messy(['RUN', mount, '--network=none', mount, 'true']),
      () => `${this.#messy(['RUN', mount, 'cat', heredoc])}\nFROM evil\nRUN <<X\n${end}`,
      () => `${this.#messy(['COPY', heredoc, heredoc, '/x/'])}\nFROM evil\nEOF\nCOPY --from=evil a b\n${end}`,
      () => this.#messy(['RUN', shell]),
      () => this.#messy(['ENV', 'a=b', 'c="d e"']),
      () => this.#messy(['LABEL', 'a=FROM', 'b="x"']),
      () => this.#messy(['ARG', 'BASE=inner']),
      () => this.#messy(['CMD', '["a", "b"]']),
      () => this.#messy(['HEALTHCHECK', '--interval=1s', 'CMD', 'true']),
      ...(isTrigger ? [] : [() => this.#messy(['ONBUILD', this.#instruction(true)])]),
    ]);
    return made();
  }

  #expression(): string {
    const name = this.#random.pick(VARIABLES);
    const word = this.#random.pick([
      this.#random.pick(VALUES),
      this.#random.pick(IMAGES),
      `\${${this.#random.pick(VARIABLES)}:-x}`,
    ]);
    return this.#random.pick([
      `$${name}`,
      `\${${name}}`,
      `\${${name}:-${word}}`,
      `\${${name}-${word}}`,
      `\${${name}:+${word}}`,
      `\${${name}+${word}}`,
      `\${${name}:?no}`,
      `\${${name}#*.}`,
      `\${${name}##*.}`,
      `\${${name}%-*}`,
      `\${${name}%%.?*}`,
      `\${${name}:-"${word}"}`,
      `"$${name}"`,
    ]);
  }

  #quoted(text: string): string {
    const half = text.length >> 1;
    return this.#random.pick([
      text,
      text,
      `"${text}"`,
      `'${text}'`,
      `${text.slice(0, half)}"${text.slice(half)}"`,
      `${text.slice(0, half)}${this.#escape}${text.slice(half)}`,
    ]);
  }

  /** Words with spaces, letter cases, continued lines and comments between them. */
  #messy(words: readonly string[]): string {
    const [first = '', ...rest] = words;
    let text = `${this.#one(5) ? '  ' : ''}${this.#case(first)}`;
    for (const word of rest) {
      text += this.#random.pick([
        ' ',
        ' ',
        ' ',
        '\t',
        '  ',
        ` ${this.#escape}\n`,
        ` ${this.#escape} \t\n  # a comment ${this.#escape}\n\n `,
      ]);
      // In the middle of a word.
      const cut = word.length >> 1;
      text += this.#one(15) ? `${word.slice(0, cut)}${this.#escape}\n${word.slice(cut)}` : word;
    }
    return text + (this.#one(10) ? ' ' : '');
  }

  #case(word: string): string {
    return this.#random.pick([word, word, word.toLowerCase(), `${word.slice(0, 1).toLowerCase()}${word.slice(1)}`]);
  }

  #one(of: number): boolean {
    return this.#random.below(of) === 0;
  }
}
