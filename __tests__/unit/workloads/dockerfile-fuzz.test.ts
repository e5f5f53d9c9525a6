// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Dockerfiles are what is tested
import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../../../scripts/common/random.ts';
import { readDockerfile } from '../../../src/workloads/dockerfile.ts';

const NONE = { buildArgs: new Map<string, string>() };

// ── a model that knows its images ────────────────────────────────────────────────────────────────

/** A Dockerfile whose images are known, written in one of the many ways in which it can be. */
function makeModel(random: Random): { text: string; images: string[] } {
  const character = random.pick(['\\', '`']);
  const newline = random.pick(['\n', '\r\n']);
  const images: string[] = [];
  const lines: string[] = character === '`' ? ['# escape=`'] : [];
  const gap = (): string => {
    const comment = `${newline}  # FROM evil ${character}${newline}${newline}`;
    return random.pick([' ', '\t', '  ', ` ${character}${newline}`, ` ${character} \t${comment} `]);
  };
  const cased = (word: string): string => random.pick([word, word.toLowerCase()]);
  const image = (): string => random.pick(['node', 'a/b:1', 'ghcr.io/x/y:2.0', 'r.example:5000/z']);
  const quoted = (text: string): string => random.pick([text, `"${text}"`, `'${text}'`]);
  const args: { name: string; value: string }[] = [];
  for (let left = random.below(3); left > 0; left -= 1) {
    const one = { name: `V${left}`, value: image() };
    args.push(one);
    lines.push(`${cased('ARG')}${gap()}${one.name}=${quoted(one.value)}`);
  }
  const names: string[] = [];
  for (let number = 0; number <= random.below(4); number += 1) {
    const used = args[random.below(args.length * 2)];
    const earlier = names[random.below(names.length * 3)];
    const written = image();
    let base = quoted(written);
    let of: string | undefined = written;
    if (used !== undefined)
      [base, of] = [random.pick([`$${used.name}`, `\${${used.name}}`, `\${${used.name}:-no}`]), used.value];
    else if (earlier !== undefined) [base, of] = [earlier, undefined];
    else if (random.below(8) === 0) [base, of] = ['scratch', undefined];
    if (of !== undefined) images.push(`FROM ${of}`);
    const name = `s${number}`;
    const platform = random.below(3) === 0 ? `--platform=$BUILDPLATFORM${gap()}` : '';
    lines.push(`${cased('FROM')}${gap()}${platform}${base}${gap()}${cased('AS')}${gap()}${name}`);
    for (let inside = random.below(5); inside > 0; inside -= 1) {
      const stage = names[random.below(names.length * 2)];
      const source = stage ?? image();
      const trigger = random.below(6) === 0 ? `${cased('ONBUILD')}${gap()}` : '';
      const prefix = trigger === '' ? '' : 'ONBUILD ';
      const what = random.below(4);
      if (what === 0) {
        lines.push(`${trigger}${cased('COPY')}${gap()}--link${gap()}--from=${quoted(source)}${gap()}a${gap()}b`);
        if (stage === undefined || trigger !== '') images.push(`${prefix}COPY --from ${source}`);
      } else if (what === 1) {
        const mount = random.pick([`type=bind,from=${source},target=/x`, `target=/x,FROM=${source}`]);
        lines.push(
          `${trigger}${cased('RUN')}${gap()}--network=none${gap()}--mount=${quoted(mount)}${gap()}echo "FROM x"`,
        );
        if (stage === undefined || trigger !== '') images.push(`${prefix}RUN --mount from ${source}`);
      } else if (what === 2) {
        const word = random.pick(['EOF', '"EOF"', "'EOF'"]);
        lines.push(
          `${cased('RUN')}${gap()}cat${gap()}<<${word}`,
          'FROM evil',
          `COPY --from=evil a b ${character}`,
          ' EOF',
          'EOF',
        );
      } else {
        lines.push(
          random.pick(['ENV A=1', '# FROM evil', '', 'LABEL a="FROM evil"', 'CMD ["FROM", "evil"]', 'ADD a b']),
        );
      }
    }
    names.push(name);
  }
  return { text: `${random.pick(['', '\uFEFF'])}${lines.join(newline)}${random.pick(['', newline])}`, images };
}

test('no image of a known model is missed, none is made up, and each place holds its image', () => {
  const random = createRandom(14);
  for (let round = 0; round < 1000; round += 1) {
    const { text, images: expected } = makeModel(random);
    const { images, problems } = readDockerfile(text, NONE);
    const found = images.map(({ field, image }) => `${field} ${image}`).sort();
    const misplaced = images.filter(({ image, text: place }) => text.slice(place?.start, place?.end) !== image);
    if (problems.length > 0 || misplaced.length > 0 || found.join('\n') !== expected.sort().join('\n')) {
      expect({ text, found, problems, misplaced }).toEqual({ text, found: expected, problems: [], misplaced: [] });
    }
  }
});

// ── anything at all ──────────────────────────────────────────────────────────────────────────────

test('no text makes the reader throw, and what is taken has a base', () => {
  const random = createRandom(5);
  const pieces = [
    ...'\\`\'"$${}<#=,-:+?%/*@|()[] \t\v\f\r\n\n\n\0é',
    ...[
      'FROM ',
      'ARG A=',
      'COPY ',
      '--from=',
      'RUN ',
      '--mount=',
      'from=',
      '<<E',
      '\nE\n',
      'node',
      'ONBUILD ',
      ' AS b',
    ],
    ...[
      '# syntax=',
      '# escape=`\n',
      '\u00a0',
      '\u0085',
      '\u2028',
      '\uFEFF',
      '\ud800',
      '😀',
      '${A',
      ':-',
      '["a"',
      '{"syntax":"x"}',
    ],
  ] as unknown as [string];
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from({ length: 1 + random.below(30) }, () => random.pick(pieces)).join('');
    const { images, problems } = readDockerfile(text, NONE);
    if (problems.length === 0 && images.length === 0 && !/scratch/i.test(text)) expect(text).toBe('names nothing');
  }
});

// ── nothing takes longer than its length ─────────────────────────────────────────────────────────

/** What grows faster than its length does not end within the time of a test. */
describe('texts made to take long', () => {
  const LENGTH = 150_000;
  const long = (piece: string): string => piece.repeat(Math.ceil(LENGTH / piece.length));
  test.each<[string, string]>([
    ['a long word', `FROM ${long('a')}`],
    ['a long line of spaces', `FROM a${long(' ')}b`],
    ['a directive of spaces', `# syntax=a${long(' ')}b\nFROM a`],
    ['spaces before =', `# syntax${long(' ')}\nFROM a`],
    ['continued lines', `FROM a\nRUN ${long('x \\\n')}`],
    ['comments in a continued line', `FROM a\nRUN x \\\n${long('# x\n')}`],
    ['many stages', long('FROM a AS b\nCOPY --from=b x y\n')],
    [
      'variables that double',
      `ARG A0=a\n${Array.from({ length: 60 }, (_, n) => `ARG A${n + 1}=$A${n}$A${n}`).join('\n')}\nFROM $A60`,
    ],
    ['a long value used often', `ARG A=${'a'.repeat(1000)}\n${long('FROM $A\n')}`],
    ['nested defaults', `FROM ${long('${A:-')}`],
    ['nested defaults that close', `FROM ${'${A:-'.repeat(15)}x${'}'.repeat(15)}`],
    ['patterns', `ARG A=${'a'.repeat(250)}\nFROM ${'${A#*a*a*a*a*a*b}'.repeat(60)}`],
    ['nested expressions beside <<', `FROM a\nRUN <<E ${long('${a:-')}`],
    ['quotes beside <<', `FROM a\nRUN <<E ${long('"\'"')}`],
    ['many here-documents', `FROM a\nRUN ${long('<<E ')}`],
    ['many here-documents in many lines', `FROM a\n${long('RUN <<E\nE\n')}`],
    ['a here-document of many lines', `FROM a\nRUN <<E\n${long('x\n')}`],
    ['mounts', `FROM a\nRUN ${long('--mount=from=b,target=/x ')}true`],
    ['a mount of many fields', `FROM a\nRUN --mount=${long('a,')}from=b true`],
    ['a mount of quotes', `FROM a\nRUN --mount='${long('"",')}' true`],
    ['JSON that nests', `FROM a\nCOPY ${long('[')} <<E`],
    ['JSON as a frontend', `{"a":${long('[')}`],
    ['unknown instructions', long('X\n')],
    ['carriage returns', `FROM a${long('\r')}b`],
  ])('%s', (_, text) => {
    expect(() => readDockerfile(text, NONE)).not.toThrow();
  });
});
