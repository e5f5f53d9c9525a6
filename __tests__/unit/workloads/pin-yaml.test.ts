import { expect, test } from 'vitest';
import { createRandom, type Random } from '../../../scripts/common/random.ts';
import type { FileImages } from '../../../src/workloads/named-image.ts';
import { pinText } from '../../../src/workloads/pin.ts';
import { readFileImages } from '../../../src/workloads/read-file.ts';

const DIGEST = `sha256:${'c'.repeat(64)}`;

function reader(name: string): (text: string) => FileImages {
  return (text) =>
    readFileImages({ name, text }, { imagePaths: [], buildArgs: new Map(), allowEmpty: true, readBuilds: () => [] });
}

function pinAll(name: string, text: string): string | readonly string[] {
  const read = reader(name);
  const edits = read(text).images.map((image) => ({ image, pinned: `x/y@${DIGEST}` }));
  const pinned = pinText(text, edits, read);
  return pinned.kind === 'pinned'
    ? pinned.text.replaceAll(DIGEST, 'D')
    : pinned.problems.map(({ what, cure }) => `${what}: ${cure}`.replaceAll(DIGEST, 'D'));
}

const POD = ['apiVersion: v1', 'kind: Pod', 'metadata: {name: a}', 'spec:', '  containers:'];

test.each([
  ['plain', '  - {name: a, image: nginx:1} # c', '  - {name: a, image: nginx:1@D} # c'],
  ['double quotes', '  - name: a\n    image: "nginx:1"', '  - name: a\n    image: "nginx:1@D"'],
  ['an escape', '  - name: a\n    image: "ngin\\x78:1"', '  - name: a\n    image: "nginx:1@D"'],
  ['single quotes', "  - image: 'nginx'\n    name: a", "  - image: 'nginx@D'\n    name: a"],
  ['a tag', '  - {name: a, image: !!str nginx}', '  - {name: a, image: !!str nginx@D}'],
  [
    'an anchor',
    '  - {name: a, image: &i nginx}\n  - {name: b, image: *i}',
    '  - {name: a, image: &i nginx@D}\n  - {name: b, image: *i}',
  ],
  [
    'a merge key',
    '  - &c {name: a, image: nginx}\n  - {<<: *c, name: b}',
    '  - &c {name: a, image: nginx@D}\n  - {<<: *c, name: b}',
  ],
  ['CRLF', '  - name: a\r\n    image: nginx \t# c\r\n', '  - name: a\r\n    image: nginx@D \t# c\r\n'],
  ['a digest', `  - {name: a, image: "nginx@${DIGEST}"}`, '  - {name: a, image: "nginx@D"}'],
])('a Pod, %s', (_, containers, expected) => {
  const newline = containers.includes('\r') ? '\r\n' : '\n';
  const head = `\uFEFF# top${newline}---${newline}${POD.join(newline)}${newline}`;
  expect(pinAll('pod.yaml', `${head}${containers}`)).toBe(`${head}${expected}`);
});

test.each([
  ['|-\n      nginx', 'as a block of lines'],
  ['>-\n      nginx', 'as a block of lines'],
])('a Pod with a block is refused with what to write', (value, how) => {
  expect(pinAll('pod.yaml', [...POD, `  - name: a\n    image: ${value}`].join('\n'))).toEqual([
    `"nginx" is written ${how}: write nginx@D on one line`,
  ]);
});

test('JSON, Compose and bake', () => {
  expect(
    pinAll(
      'pod.json',
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","image":"ghcr.io\\/a"}]}}',
    ),
  ).toBe(
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","image":"ghcr.io/a@D"}]}}',
  );
  expect(pinAll('compose.yaml', 'services:\n  web:\n    image: nginx # c\n  db: {image: "pg:1"}\n')).toBe(
    'services:\n  web:\n    image: nginx@D # c\n  db: {image: "pg:1@D"}\n',
  );
  expect(pinAll('bake.json', '{"target":{"a":{"dockerfile":"x","contexts":{"base":"docker-image://alpine:3"}}}}')).toBe(
    '{"target":{"a":{"dockerfile":"x","contexts":{"base":"docker-image://alpine:3@D"}}}}',
  );
});

// ── at random ────────────────────────────────────────────────────────────────────────────────────

/** Objects with images in every style that can be changed, and what looks like images and is none. */
function makeManifest(random: Random): string {
  const newline = random.pick(['\n', '\r\n']);
  const image = (): string => {
    const written = random.pick(['nginx', 'nginx:1.2', 'ghcr.io/acme/app', `r.example:5000/x@${DIGEST}`]);
    return random.pick([written, `"${written}"`, `'${written}'`, `!!str ${written}`]);
  };
  const comment = (): string => random.pick(['', ' # image: evil', '\t# "x"', '   ']);
  const documents = Array.from({ length: 1 + random.below(3) }, (_, number) => {
    const lines = [
      `# document ${number}`,
      'apiVersion: v1',
      `kind: Pod${comment()}`,
      `metadata: {name: "a${number}", annotations: {x: "image: é"}}`,
    ];
    lines.push(
      'spec:',
      '  initContainers:',
      `  - &c${number} {name: i, image: ${image()}}${comment()}`,
      '  containers:',
    );
    for (let left = 1 + random.below(3); left > 0; left -= 1) {
      lines.push(
        random.pick([
          `  - {"name": "n${left}", image: ${image()}}${comment()}`,
          `  - name: n${left}${newline}    image: ${image()}${comment()}`,
          `  - <<: *c${number}${comment()}${newline}    name: n${left}`,
          `  - image:   &i${number}${left} ${image()}${comment()}${newline}    name: n${left}${newline}  - {name: m${left}, image: *i${number}${left}}`,
          `  - name: n${left}${newline}    command: [sh, -c, "image: evil"]${newline}    image: ${image()}`,
        ]),
      );
    }
    return lines.join(newline);
  });
  return `${random.pick(['', '\uFEFF'])}${documents.join(`${newline}---${comment()}${newline}`)}${random.pick(['', newline])}`;
}

test('at random: every image gets its digest, and no other byte changes', () => {
  const random = createRandom(23);
  const read = reader('all.yaml');
  let count = 0;
  for (let round = 0; round < 100; round += 1) {
    const text = makeManifest(random);
    const before = read(text);
    expect(before.problems).toEqual([]);
    const pinned = pinText(
      text,
      before.images.map((image) => ({ image, pinned: `x/y@${DIGEST}` })),
      read,
    );
    if (pinned.kind !== 'pinned') throw new Error(JSON.stringify({ text, pinned }));
    count += before.images.length;
    // Only digests were added: without them both texts are the same.
    expect(pinned.text.replaceAll(`@${DIGEST}`, '')).toBe(text.replaceAll(`@${DIGEST}`, ''));
    expect(read(pinned.text).images.map(({ image }) => image)).toEqual(
      before.images.map(({ image }) => (image.includes('@') ? image : `${image}@${DIGEST}`)),
    );
  }
  expect(count).toBeGreaterThan(300);
});
