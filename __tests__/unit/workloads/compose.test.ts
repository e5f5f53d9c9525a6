import { expect, test } from 'vitest';
import { problemsOf, read, shown } from './read.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test('Compose: services, image volumes, models, contexts and inline Dockerfiles', () => {
  const found = read(`name: shop
x-defaults: &defaults
  restart: always
  image: ghcr.io/acme/base:1
services:
  web:
    <<: *defaults
    image: ghcr.io/acme/web:1@${DIGEST}
    volumes:
      - ./data:/data
      - type: image
        source: ghcr.io/acme/assets:1
        target: /assets
      - {type: volume, source: db, target: /x}
  worker: *defaults
  built:
    image: ghcr.io/acme/built:1
    build:
      context: .
      additional_contexts:
        base: docker-image://alpine:3.20
        sources: ../sources
      dockerfile_inline: |
        FROM debian:12
        RUN true
  listed:
    image: "ghcr.io/acme/listed"
    build:
      additional_contexts:
        - "base=docker-image://alpine:3.21"
        - other=service:web
  ai:
    provider: {type: model, options: {model: ai/smollm2}}
models:
  llm: {model: ai/qwen3}
volumes: {db: {}}
`);
  expect(problemsOf(found)).toEqual([]);
  expect(shown(found)).toEqual([
    `8 service web services.web.image ghcr.io/acme/web:1@${DIGEST}`,
    '12 service web services.web.volumes[1].source ghcr.io/acme/assets:1',
    '4 service worker services.worker.image ghcr.io/acme/base:1',
    '17 service built services.built.image ghcr.io/acme/built:1',
    '24 service built services.built.build.dockerfile_inline: FROM debian:12',
    '21 service built services.built.build.additional_contexts.base alpine:3.20',
    '27 service listed services.listed.image ghcr.io/acme/listed',
    '30 service listed services.listed.build.additional_contexts[0] alpine:3.21',
    '33 service ai services.ai.provider.options.model ai/smollm2',
    '35 model llm models.llm.model ai/qwen3',
  ]);
});

test('the places of contexts are those of the image alone', () => {
  const text =
    'services:\n  a:\n    image: x\n    build: {additional_contexts: ["base=docker-image://alpine:3", \'b=docker-image://alpine:3\']}\n';
  const found = read(text);
  expect(found.images.slice(1).map(({ text: place }) => text.slice(place?.start, place?.end))).toEqual([
    'alpine:3',
    'alpine:3',
  ]);
});

test.each([
  ['a variable', `a: {image: "nginx:$\{TAG:-1}"}`, 'docker compose config'],
  ['a short variable', 'a: {image: $IMAGE}', 'docker compose config'],
  ['extends', 'a: {image: b, extends: {file: other.yaml, service: x}}', 'docker compose config'],
  ['neither image nor build', 'a: {command: x}', 'docker compose config'],
  ['a build without a name', 'a: {build: .}', 'allow-empty'],
  ['an image in another spelling', 'a: {Image: evil, image: b}', 'write "image"'],
  ['an image volume without a source', 'a: {image: b, volumes: [{type: image, target: /x}]}', 'docker compose config'],
  [
    'an image volume with a variable',
    'a: {image: b, volumes: [{type: image, source: "$X", target: /x}]}',
    'docker compose config',
  ],
  [
    'a volume type with a variable',
    'a: {image: b, volumes: [{type: "$X", source: evil, target: /x}]}',
    'docker compose config',
  ],
  ['a provider', 'a: {provider: {type: evil}}', 'check it otherwise'],
  ['a service that is text', 'a: nginx', 'docker compose config'],
  ['an image that is a number', 'a: {image: 1.10}', 'quotation marks'],
  ['a context with a variable', 'a: {image: b, build: {additional_contexts: {x: "$X"}}}', 'docker compose config'],
  [
    'an image in a context with a variable',
    'a: {image: b, build: {additional_contexts: {x: "docker-image://$X"}}}',
    'docker compose config',
  ],
])('Compose: %s is refused', (_name, service, cure) => {
  const found = read(`services:\n  ${service}\n`);
  expect(found.problems.length).toBeGreaterThan(0);
  expect(found.problems[0]).toMatchObject({ line: 2, cure: expect.stringContaining(cure) });
});

test('Compose: a build without a name is accepted with allow-empty, and its inline Dockerfile is read', () => {
  const text = 'services:\n  a: {build: {dockerfile_inline: "ARG V\\nFROM debian:$V", args: [V=12]}}\n';
  expect(read(text).problems).toHaveLength(1);
  const found = read(text, { allowEmpty: true });
  expect(found.problems).toEqual([]);
  expect(found.images).toMatchObject([{ image: 'debian:12', object: 'service a', text: undefined }]);
});

test.each([
  ['include', 'include: [other.yaml]\nservices: {a: {image: b}}\n'],
  ['services that are a list', 'services: [{image: a}]\n'],
  ['Services', 'Services: {a: {image: b}}\nservices: {}\n'],
  ['a tag of Compose', 'services: {a: {image: !reset null}}\n'],
])('Compose: %s is refused', (_name, text) => {
  expect(read(text, { name: 'compose.yaml' }).problems.length).toBeGreaterThan(0);
});

test('what tools would read differently is refused', () => {
  const services = 'services: {a: {image: evil}}\n';
  const kind = 'apiVersion: v1\nkind: ConfigMap\n';
  for (const [text, name] of [
    [kind + services, 'compose.yaml'],
    [kind + services, 'a.yaml'],
    [`${kind}data: {}\n`, 'docker-compose.prod.yml'],
    ['{"apiVersion":"v1","kind":"ConfigMap","target":{"a":{"contexts":{"x":"docker-image://evil"}}}}', 'x.json'],
    ['{"services":{"a":{"image":"a"}},"target":{"a":{}}}', 'x.json'],
  ] as const) {
    const found = read(text, { name });
    expect(found.images).toEqual([]);
    expect(found.problems, text).toMatchObject([
      { what: expect.stringContaining('tools read the document differently') },
    ]);
  }
});

test('bake: contexts and inline Dockerfiles, as `--print` writes them', () => {
  const text = `{
  "group": {"default": {"targets": ["app"]}},
  "target": {
    "app": {
      "context": ".",
      "dockerfile": "Dockerfile",
      "contexts": {
        "base": "docker-image://alpine:3.20",
        "lib": "target:lib",
        "src": "https://github.com/acme/app.git"
      },
      "tags": ["ghcr.io/acme/app:1"]
    },
    "lib": {
      "args": {"V": "12"},
      "dockerfile-inline": "ARG V\\nFROM debian:$V\\n"
    }
  }
}
`;
  const found = read(text, { name: 'bake.json' });
  expect(problemsOf(found)).toEqual([]);
  expect(shown(found)).toEqual([
    '8 target app target.app.contexts.base alpine:3.20',
    '16 target lib target.lib.dockerfile-inline: FROM debian:12',
  ]);
  const twin = read(text.replace('alpine:3.20', `$\{BASE}`), { name: 'bake.json' });
  expect(twin.problems).toMatchObject([{ line: 8, cure: expect.stringContaining('docker buildx bake --print') }]);
  for (const wrong of ['{"target": []}', '{"target": {"a": []}}', '{"target": {"a": {"contexts": []}}}']) {
    expect(read(wrong, { name: 'docker-bake.json' }).problems, wrong).toHaveLength(1);
  }
});

test('build metadata: every name with its digest', () => {
  const build = { 'image.name': 'ghcr.io/acme/app:1,ghcr.io/acme/app:latest', 'containerimage.digest': DIGEST };
  const one = read(JSON.stringify(build, null, 1), { name: 'metadata.json' });
  expect(problemsOf(one)).toEqual([]);
  expect(one.images.map(({ image, line }) => [image, line])).toEqual([
    [`ghcr.io/acme/app:1@${DIGEST}`, 2],
    [`ghcr.io/acme/app:latest@${DIGEST}`, 2],
  ]);
  const targets = read(JSON.stringify({ web: build }, null, 1), { name: 'metadata.json' });
  expect(targets.images).toMatchObject([{ object: 'target web', line: 2 }, { object: 'target web' }]);
  const list = [
    { type: 'Docker Image', path: 'ghcr.io/acme/app:1', name: 'ghcr.io/acme/app:1', extra: { Digest: DIGEST } },
  ];
  const goreleaser = read(JSON.stringify(list), { name: 'dist/artifacts.json' });
  expect(goreleaser.images.map(({ image }) => image)).toEqual([`ghcr.io/acme/app:1@${DIGEST}`]);
});

test.each([
  ['no digest', { 'image.name': 'ghcr.io/acme/app:1' }],
  ['no name', { 'containerimage.digest': DIGEST }],
  ['a digest that is none', { 'image.name': 'a', 'containerimage.digest': 'sha256:x' }],
  ['a name with capitals', { 'image.name': 'registry.example/Acme/app:1', 'containerimage.digest': DIGEST }],
  ['another document', { a: 'b' }],
  ['a list of something', [{ a: 'b' }]],
])('build metadata: %s is refused', (_name, document) => {
  const found = read(JSON.stringify(document), { name: 'x.json' });
  expect(found.images).toEqual([]);
  expect(found.problems.length).toBeGreaterThan(0);
});

test.each(['Dockerfile', 'build/Dockerfile.web', 'web.Dockerfile', 'Containerfile'])(
  '%s is read as a Dockerfile',
  (name) => {
    expect(read('FROM debian:12\n', { name }).images).toMatchObject([{ image: 'debian:12', line: 1 }]);
  },
);
