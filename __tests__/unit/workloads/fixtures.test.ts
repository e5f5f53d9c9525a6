import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { read } from './read.ts';
import { walkText } from './reference-walker.ts';

const EVIL = 'evil.example/x:1';
const FOLDER = join(import.meta.dirname, '../../fixtures/workloads');
const EXPECTED = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as Readonly<
  Record<string, { readonly images: readonly string[]; readonly problems: readonly string[] }>
>;
const FILES = readdirSync(FOLDER)
  .filter((name) => name !== 'expected.json')
  .map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));
/** Files of Kubernetes objects, which the reference walker understands. */
const OBJECTS = FILES.filter(({ text }) => /^\W*"?(?:apiVersion|kind)/m.test(text));

test('every fixture has its expectations', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(FILES.map(({ name }) => name).sort());
  expect(FILES.length).toBeGreaterThanOrEqual(30);
  expect(OBJECTS.length).toBeGreaterThan(25);
});

describe.each(FILES)('$name', ({ name, text }) => {
  const found = read(text, { name });

  test('names exactly its images, with document, line, object and field', () => {
    const images = found.images.map(({ line, document, object, field, image }) =>
      [line, document, object, field, image].join(' '),
    );
    expect(images).toEqual(EXPECTED[name]?.images);
    expect(found.problems.map(({ line, object, field }) => `${line} ${object} ${field}`)).toEqual(
      EXPECTED[name]?.problems,
    );
  });

  test('the texts of images are where it says', () => {
    for (const { text: place, image, line } of found.images) {
      if (place === undefined) continue;
      expect(text.slice(place.start, place.end).replace(/^["']|["']$/g, '')).toBe(image);
      expect(text.slice(0, place.start).split('\n').length).toBe(place.line);
      expect(place.line).toBe(line);
    }
  });

  test('twin: an image that is tampered with is found as it is then', () => {
    const last = found.images.findLast(({ text: place, style }) => place !== undefined && style !== 'block');
    const place = last?.text;
    if (place === undefined) return;
    const changed = `${text.slice(0, place.start)}${last?.style === 'word' ? EVIL : JSON.stringify(EVIL)}${text.slice(place.end)}`;
    const twin = read(changed, { name });
    // A place that is read through aliases names several.
    const times = found.images.filter((one) => one.text?.start === place.start).length;
    expect(twin.images.filter(({ image }) => image === EVIL)).toHaveLength(times);
    expect(twin.images).toHaveLength(found.images.length);
  });
});

/** Whatever the reference walker finds is found; or the file is refused. */
function expectNothingMissed(text: string, name = 'file.yaml'): 'found' | 'refused' | 'unreadable' {
  const found = read(text, { name });
  const walked = walkText(text);
  if (walked === undefined) {
    expect(found.problems.length).toBeGreaterThan(0);
    return 'unreadable';
  }
  if (found.problems.length > 0) return 'refused';
  const left = found.images.map(({ image }) => image);
  for (const image of walked.images) {
    const at = left.indexOf(image);
    expect(at, `${image} in ${text}`).toBeGreaterThanOrEqual(0);
    left.splice(at, 1);
  }
  const all = found.images.map(({ image }) => image);
  for (const image of walked.suspicious) expect(all, text).toContain(image);
  return 'found';
}

test.each(OBJECTS)('$name names what a reference walker finds', ({ name, text }) => {
  const outcome = expectNothingMissed(text, name);
  const known = EXPECTED[name]?.problems.length === 0;
  expect(outcome).toBe(known ? 'found' : 'refused');
});

const image = fc.constantFrom(
  'nginx',
  'ghcr.io/acme/app:1',
  `registry.example:5000/a/b@sha256:${'0'.repeat(64)}`,
  'evil/x:2',
);
const name = fc.constantFrom('a', 'b', 'main');
const container = fc.record(
  { name, image, args: fc.constant(['image']), env: fc.constant([{ name: 'IMAGE', value: 'x' }]) },
  { requiredKeys: ['name', 'image'] },
);
const volume = fc.oneof(
  fc.record({ name, image: fc.record({ reference: image }) }),
  fc.record({ name, rbd: fc.record({ monitors: fc.constant([]) }) }),
  fc.record({ name, emptyDir: fc.constant({}) }),
);
const podSpec = fc.record(
  {
    containers: fc.array(container, { minLength: 1, maxLength: 3 }),
    initContainers: fc.array(container, { maxLength: 2 }),
    ephemeralContainers: fc.array(container, { maxLength: 1 }),
    volumes: fc.array(volume, { maxLength: 2 }),
    nodeSelector: fc.constant({ image: 'x' }),
  },
  { requiredKeys: ['containers'] },
);
const type = fc.constantFrom(
  ...([
    ['v1', 'Pod'],
    ['apps/v1', 'Deployment'],
    ['batch/v1', 'CronJob'],
    ['v1', 'ConfigMap'],
    ['v1', 'List'],
    ['argoproj.io/v1alpha1', 'Workflow'],
    ['tekton.dev/v1', 'Task'],
    ['serving.knative.dev/v1', 'Service'],
    ['acme.example/v1', 'Thing'],
    ['kyverno.io/v1', 'ClusterPolicy'],
  ] as const),
);
/** Objects with pod specifications at any depth, below any key; sometimes with keys that hold an image where none is known. */
const nested = fc.letrec<{ body: unknown; object: Record<string, unknown> }>((tie) => ({
  body: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ spec: podSpec }),
    fc.dictionary(fc.constantFrom('spec', 'template', 'jobTemplate', 'steps', 'x', 'data', 'resource'), tie('body'), {
      maxKeys: 2,
    }),
    fc.array(tie('body'), { maxLength: 2 }),
    tie('object'),
    fc.dictionary(fc.constantFrom('x', 'replicas', 'image', 'sidecarImage', 'Image'), fc.oneof(fc.constant(1), image), {
      maxKeys: 1,
    }),
  ),
  object: fc
    .tuple(
      type,
      fc.dictionary(fc.constantFrom('spec', 'template', 'data'), tie('body'), { maxKeys: 2 }),
      fc.option(fc.array(tie('object'), { maxLength: 2 })),
    )
    .map(([[apiVersion, kind], body, items]) => ({ apiVersion, kind, ...body, ...(items === null ? {} : { items }) })),
}));

test('no image is missed in objects of any shape, however they are written', () => {
  const outcomes = { found: 0, refused: 0, unreadable: 0 };
  fc.assert(
    fc.property(
      fc.array(nested.object, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      fc.boolean(),
      (objects, isFlow, isCrlf) => {
        const options = { aliasDuplicateObjects: true, ...(isFlow ? { collectionStyle: 'flow' as const } : {}) };
        const text = objects.map((object) => stringify(object, options)).join('---\n');
        outcomes[expectNothingMissed(isCrlf ? text.replaceAll('\n', '\r\n') : text)] += 1;
      },
    ),
    { numRuns: 400, seed: 14 },
  );
  // Neither all refused nor all without images.
  expect(outcomes.found).toBeGreaterThan(50);
  expect(outcomes.refused).toBeGreaterThan(50);
});

test('files that are tampered with crash nothing and hide nothing', () => {
  const outcomes = { found: 0, refused: 0, unreadable: 0 };
  const edit = fc.record({
    at: fc.nat(),
    cut: fc.nat({ max: 12 }),
    put: fc.constantFrom(
      '',
      '\n',
      '  ',
      '- ',
      ': ',
      '&a ',
      '*a',
      '<<: *a\n',
      '---\n',
      '...\n',
      '"',
      "'",
      '{',
      '}',
      '[',
      ']',
      '#',
      '|\n',
      '\t',
      '\r',
      '\u2028',
      '!!str ',
      'image: x\n',
      '\u0000',
    ),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...OBJECTS),
      fc.array(edit, { minLength: 1, maxLength: 4 }),
      ({ name: file, text }, edits) => {
        let changed = text;
        for (const { at, cut, put } of edits) {
          const start = at % (changed.length + 1);
          changed = changed.slice(0, start) + put + changed.slice(start + cut);
        }
        outcomes[expectNothingMissed(changed, file)] += 1;
      },
    ),
    { numRuns: 600, seed: 14 },
  );
  expect(outcomes.found).toBeGreaterThan(20);
  expect(outcomes.unreadable).toBeGreaterThan(20);
});

test('any text at all ends as images or problems', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom('a.yaml', 'a.json', 'compose.yaml', 'docker-bake.json', 'Dockerfile'),
      (text, file) => {
        const found = read(text, { name: file });
        expect(Array.isArray(found.images) && Array.isArray(found.problems)).toBe(true);
      },
    ),
    { numRuns: 300, seed: 14 },
  );
});

test('a thousand documents that name 300 images: every one is found, and an alias costs nothing', () => {
  const text = Array.from(
    { length: 1000 },
    (_, index) =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: app-${index}}\nspec:\n  template:\n    spec:\n      containers:\n      - name: app\n        image: ghcr.io/acme/app-${index % 300}:1\n`,
  ).join('---\n');
  const found = read(text);
  expect(found.problems).toEqual([]);
  expect(found.images).toHaveLength(1000);
  expect(new Set(found.images.map((one) => one.image)).size).toBe(300);
});
