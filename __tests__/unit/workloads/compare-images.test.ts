import { expect, test } from 'vitest';
import { type FileImage, findNewImages } from '../../../src/workloads/compare-images.ts';
import { readDockerfile } from '../../../src/workloads/dockerfile.ts';
import type { NamedImage, ObjectIdentity } from '../../../src/workloads/named-image.ts';

const POD: ObjectIdentity = { apiVersion: 'v1', kind: 'Pod', namespace: 'prod', name: 'app', labels: new Map() };

function named(image: string, more: Partial<NamedImage> = {}): NamedImage {
  return {
    image,
    text: undefined,
    style: 'plain',
    line: 1,
    document: 1,
    object: 'Pod/app',
    field: 'spec.containers[0].image',
    owner: POD,
    annotated: undefined,
    ...more,
  };
}

function at(file: string, image: NamedImage): FileImage {
  return { file, image };
}

function images(found: readonly FileImage[]): string[] {
  return found.map(({ file, image }) => `${file} ${image.line} ${image.image}`);
}

test('what base names too is not news, wherever it stands in the file', () => {
  const base = [at('a.yaml', named('nginx:1'))];
  const moved = named('nginx:1', {
    line: 99,
    document: 4,
    style: 'double-quoted',
    owner: { ...POD, labels: new Map([['a', 'b']]) },
  });
  expect(findNewImages([at('a.yaml', moved)], base)).toEqual([]);
});

test.each<[string, FileImage]>([
  ['another image', at('a.yaml', named('nginx:2'))],
  ['another spelling', at('a.yaml', named('docker.io/library/nginx:1'))],
  ['another file, as from an example into production', at('prod.yaml', named('nginx:1'))],
  ['another field', at('a.yaml', named('nginx:1', { field: 'spec.initContainers[0].image' }))],
  ['another namespace', at('a.yaml', named('nginx:1', { owner: { ...POD, namespace: 'test' } }))],
  ['no namespace', at('a.yaml', named('nginx:1', { owner: { ...POD, namespace: undefined } }))],
  ['another name', at('a.yaml', named('nginx:1', { owner: { ...POD, name: 'b' } }))],
  ['another kind', at('a.yaml', named('nginx:1', { owner: { ...POD, kind: 'Job' } }))],
  ['another apiVersion', at('a.yaml', named('nginx:1', { owner: { ...POD, apiVersion: 'v2' } }))],
  ['no object', at('a.yaml', named('nginx:1', { owner: undefined }))],
])('%s is news', (_, head) => {
  expect(findNewImages([head], [at('a.yaml', named('nginx:1'))])).toEqual([head]);
});

test('duplicates count, and the last ones are news', () => {
  const one = (line: number): FileImage => at('a.yaml', named('nginx:1', { line }));
  expect(images(findNewImages([one(1), one(5), one(9)], [one(1), one(2)]))).toEqual(['a.yaml 9 nginx:1']);
  expect(findNewImages([one(1)], [one(1), one(2)])).toEqual([]);
});

test('an empty text is not nothing, and no text can pose as two', () => {
  const base = [at('a.yaml', named('x', { owner: { ...POD, namespace: '' } }))];
  expect(findNewImages([at('a.yaml', named('x', { owner: { ...POD, namespace: undefined } }))], base)).toHaveLength(1);
  const service = (object: string | undefined, field: string): FileImage =>
    at('compose.yaml', named('x', { owner: undefined, object, field }));
  expect(findNewImages([service('a","b', 'c')], [service('a', 'b","c')])).toHaveLength(1);
  expect(findNewImages([service('service web', 'image')], [service('service db', 'image')])).toHaveLength(1);
});

test('a default of a Dockerfile that changes is news, by the image that comes of it', () => {
  const read = (text: string, buildArgs: Readonly<Record<string, string>> = {}): FileImage[] =>
    readDockerfile(text, { buildArgs: new Map(Object.entries(buildArgs)) }).images.map((image) =>
      at('Dockerfile', image),
    );
  const base = read('ARG V=20\nFROM node:$V\n');
  expect(images(findNewImages(read('ARG V=22\nFROM node:$V\n'), base))).toEqual(['Dockerfile 2 node:22']);
  expect(findNewImages(read('# why\nARG W=node:20\nFROM $W\n'), base)).toEqual([]);
  // In another stage it may be built into something else.
  expect(findNewImages(read('FROM node:20 AS test\n'), base)).toHaveLength(1);
});

test('without base everything is news', () => {
  const head = [at('a.yaml', named('a')), at('b.yaml', named('b'))];
  expect(findNewImages(head, [])).toEqual(head);
});
