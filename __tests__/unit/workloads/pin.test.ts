// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Dockerfiles are what is tested
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../scripts/common/random.ts';
import { makeDockerfile } from '../../../scripts/workloads/dockerfiles.ts';
import { readDockerfile } from '../../../src/workloads/dockerfile.ts';
import type { FileImages, NamedImage } from '../../../src/workloads/named-image.ts';
import { type PinEdit, type PinnedText, pinText } from '../../../src/workloads/pin.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;

const readFile = (text: string): FileImages => readDockerfile(text, { buildArgs: new Map() });

function editAll(images: readonly NamedImage[], digest = DIGEST): PinEdit[] {
  return images.map((image) => ({ image, pinned: `x/y:1@${digest}` }));
}

function pinAll(text: string, read = readFile): PinnedText {
  return pinText(text, editAll(read(text).images), read);
}

/** What is written, with the digest shortened; or what is wrong. */
function shown(pinned: PinnedText): string | string[] {
  if (pinned.kind === 'pinned') return pinned.text.replaceAll(DIGEST, 'D');
  return pinned.problems.map(({ what }) => what.replaceAll(DIGEST, 'D').replaceAll(OTHER, 'E'));
}

describe('a Dockerfile', () => {
  test('keeps every other byte', () => {
    const text =
      '\uFEFF# syntax=docker/dockerfile:1 x\r\nARG B="node:20" # why\r\nFROM $B \\\r\n # c\r\n  AS a\r\n\r\nFROM scratch\r\nCOPY --from=\'busybox\' a b\t\r\n# FROM old';
    expect(shown(pinAll(text))).toBe(
      '\uFEFF# syntax=docker/dockerfile:1@D x\r\nARG B="node:20@D" # why\r\nFROM $B \\\r\n # c\r\n  AS a\r\n\r\nFROM scratch\r\nCOPY --from=\'busybox@D\' a b\t\r\n# FROM old',
    );
  });

  test('leaves an image that has the digest, and refuses another one', () => {
    expect(shown(pinAll(`FROM node:20@${DIGEST}\n`))).toBe('FROM node:20@D\n');
    expect(shown(pinAll(`FROM node:20@${OTHER}\n`))).toEqual(['"node:20@E" has another digest than D']);
  });

  test('pins a default that several lines use as a whole once', () => {
    expect(shown(pinAll('ARG B=node\nFROM $B\nFROM ${B}\n'))).toBe('ARG B=node@D\nFROM $B\nFROM ${B}\n');
  });

  test('refuses what is not written in one piece', () => {
    expect(shown(pinAll('ARG V=20\nFROM node:$V\n'))).toEqual(['"node:20" is not written in one piece in this file']);
    expect(shown(pinAll('FROM no\\\nde\n'))).toEqual(['"node" is not written in one piece in this file']);
  });

  test('refuses a default that another image uses as a part', () => {
    const text = 'ARG B=node\nFROM $B\nFROM $B:20\n';
    const [whole] = readFile(text).images;
    if (whole === undefined) throw new Error('no image');
    expect(shown(pinText(text, editAll([whole]), readFile))).toEqual([
      'with digests this would name "node@D:20" instead of "node:20"',
    ]);
  });

  test('refuses one place that would need two values', () => {
    const text = 'ARG B=node\nFROM $B\nFROM $B\n';
    const [first, second] = readFile(text).images;
    if (first === undefined || second === undefined) throw new Error('no image');
    const found = pinText(text, [...editAll([first]), ...editAll([second], OTHER)], readFile);
    expect(shown(found)).toEqual(['one place (line 1) would need two values: "node@D" and "node@E"']);
  });

  test('refuses images of another text, and files with problems', () => {
    const { images } = readFile('FROM node\nFROM b\n');
    expect(shown(pinText('FROM node\nFROM c\n', editAll(images), readFile))).toEqual(
      expect.arrayContaining([expect.stringContaining('"b" is written in a form')]),
    );
    expect(shown(pinText('FROM node\nX\n', editAll(readFile('FROM node\n').images), readFile))).toEqual([
      '"X" is not an instruction of Dockerfiles',
    ]);
    expect(shown(pinText('FROM node\n', [{ image: images[0] as NamedImage, pinned: 'node:1' }], readFile))).toEqual([
      '"node:1" has no digest',
    ]);
  });

  test('made at random is pinned, or refused with a cause, and nothing between', () => {
    let pinned = 0;
    for (let number = 0; number < 700; number += 1) {
      const { text, buildArgs } = makeDockerfile(number);
      const read = (one: string): FileImages => readDockerfile(one, { buildArgs: new Map(Object.entries(buildArgs)) });
      const before = read(text);
      const edits = editAll(before.images.filter(({ image }) => !image.includes('@')));
      const outcome = pinText(text, edits, read);
      if (outcome.kind === 'unpinnable') continue;
      pinned += edits.length > 0 ? 1 : 0;
      expect(outcome.text.replaceAll(`@${DIGEST}`, '')).toBe(text);
      expect(read(outcome.text).images.map(({ image }) => image)).toEqual(
        before.images.map(({ image }) => (image.includes('@') ? image : `${image}@${DIGEST}`)),
      );
    }
    expect(pinned).toBeGreaterThan(50);
  });
});

/** A reader of lines `image: VALUE` in every style of YAML; `&` and `*` share a place. */
function readLines(text: string): FileImages {
  const images: NamedImage[] = [];
  let anchored: Pick<NamedImage, 'image' | 'text' | 'style'> | undefined;
  const pattern = /^(?:\uFEFF)?( *)image: *(&a )?(?:"([^"\n\r]*)"|'([^'\n\r]*)'|(\*a)|(\|)\r?\n +(\S+)|([^\s"'#]+))/gm;
  for (const match of text.matchAll(pattern)) {
    const [whole, , , double, single, alias, , block, plain] = match;
    const value = double ?? single ?? block ?? plain ?? '';
    const written = double !== undefined ? `"${double}"` : single !== undefined ? `'${single}'` : value;
    const end = match.index + whole.length;
    const line = text.slice(0, match.index).split('\n').length;
    const here = {
      image: value,
      text: { line, start: end - written.length, end },
      style:
        double !== undefined
          ? ('double-quoted' as const)
          : single !== undefined
            ? ('single-quoted' as const)
            : block !== undefined
              ? ('block' as const)
              : ('plain' as const),
    };
    const used = alias === undefined ? here : (anchored ?? here);
    if (match[2] !== undefined) anchored = here;
    images.push({
      ...used,
      line,
      document: 1,
      object: 'Pod/x',
      field: `f${images.length}`,
      owner: undefined,
      annotated: undefined,
    });
  }
  return { images, problems: [] };
}

describe('YAML', () => {
  test.each([
    ['image: nginx:1 # c', 'image: nginx:1@D # c'],
    ['image: "nginx:1"\r', 'image: "nginx:1@D"\r'],
    ["  image:   'nginx'", "  image:   'nginx@D'"],
    ['image: &a nginx\n  image: *a', 'image: &a nginx@D\n  image: *a'],
  ])('%j becomes %j', (text, expected) => {
    expect(shown(pinAll(text, readLines))).toBe(expected);
  });

  test('a block is refused with what to write', () => {
    const outcome = pinAll('image: |\n  nginx\n', readLines);
    expect(shown(outcome)).toEqual(['"nginx" is written as a block of lines']);
    expect(outcome.kind === 'unpinnable' && outcome.problems[0].cure).toBe(`write nginx@${DIGEST} on one line`);
  });

  test('an alias that would change with its anchor is refused', () => {
    const text = 'image: &a nginx\nimage: *a\n';
    const [first] = readLines(text).images;
    expect(shown(pinText(text, editAll([first as NamedImage]), readLines))).toEqual([
      'with digests this would name "nginx@D" instead of "nginx"',
    ]);
  });

  test('text that is not a reference is refused', () => {
    expect(shown(pinAll("image: 'a b'", readLines))).toEqual(['"a b" is not written as a reference']);
  });

  test('at random: only the places change', () => {
    const random = createRandom(5);
    for (let round = 0; round < 300; round += 1) {
      const parts = Array.from({ length: 1 + random.below(8) }, () =>
        random.pick([
          'image: nginx',
          '  image: "ghcr.io/a/b:1"',
          "image: 'x'   # image: y",
          'image: &a z:2',
          'image: *a',
          '# image: no',
          '',
          'other: "é\u2028 \t"',
          `image: q@${DIGEST}`,
        ]),
      );
      const text = `${random.pick(['', '\uFEFF'])}${['image: &a z:2', ...parts].join(random.pick(['\n', '\r\n']))}`;
      const outcome = pinAll(text, readLines);
      if (outcome.kind !== 'pinned') throw new Error(JSON.stringify(outcome));
      expect(outcome.text.replaceAll(`@${DIGEST}`, '')).toBe(text.replaceAll(`@${DIGEST}`, ''));
      expect(readLines(outcome.text).images.every(({ image }) => image.endsWith(`@${DIGEST}`))).toBe(true);
    }
  });
});
