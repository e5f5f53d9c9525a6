// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Dockerfiles are what is tested
import { describe, expect, test } from 'vitest';
import { isDockerfileName, readDockerfile } from '../../../src/workloads/dockerfile.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

/** `field image` of every image; problems as `! what`. */
function read(lines: readonly string[] | string, buildArgs: Readonly<Record<string, string>> = {}): string[] {
  const text = typeof lines === 'string' ? lines : `${lines.join('\n')}\n`;
  const { images, problems } = readDockerfile(text, { buildArgs: new Map(Object.entries(buildArgs)) });
  return [...images.map(({ field, image }) => `${field} ${image}`), ...problems.map(({ what }) => `! ${what}`)];
}

test.each([
  ['Dockerfile', true],
  ['dockerfile', true],
  ['Containerfile', true],
  ['Dockerfile.prod', true],
  ['DOCKERFILE.Prod', true],
  ['Containerfile.dev', true],
  ['app.Dockerfile', true],
  ['app.dockerfile', true],
  ['app.containerfile', true],
  ['.Dockerfile', true],
  ['Dockerfile.', true],
  ['Dockerfile.dockerignore', false],
  ['app.Dockerfile.dockerignore', false],
  ['Dockerfile.DockerIgnore', false],
  ['.dockerignore', false],
  ['Dockerfiles', false],
  ['MyDockerfile', false],
  ['Dockerfile-prod', false],
  ['deployment.yaml', false],
])('%s is a Dockerfile by its name: %s', (name, is) => {
  expect(isDockerfileName(name)).toBe(is);
});

test('every image of a file is found, with its place', () => {
  const text = [
    '# syntax=docker/dockerfile:1.7',
    'ARG BASE=node:20 # the base',
    'FROM --platform=$BUILDPLATFORM golang:1.25 AS build',
    'RUN --mount=type=cache,target=/c --mount=type=bind,from=busybox:1,target=/b \\',
    '  # a comment',
    '',
    '  --mount=from=ghcr.io/acme/tools,target=/t true',
    `FROM $BASE`,
    'COPY --from=build /a /b',
    `COPY --chown=1:1 --from="alpine:3@${DIGEST}" --link /a /b`,
    'ONBUILD COPY --from=registry.example:5000/x /a /b',
    'ONBUILD RUN --mount=from=acme/y,target=/y true',
    '',
  ].join('\r\n');
  const { images, problems } = readDockerfile(`\uFEFF${text}`, { buildArgs: new Map() });
  expect(problems).toEqual([]);
  expect(
    images.map(({ image, field, object, line, text: place }) => [image, field, object, line, place?.line]),
  ).toEqual([
    ['docker/dockerfile:1.7', '# syntax', undefined, 1, 1],
    ['golang:1.25', 'FROM', 'stage build', 3, 3],
    ['busybox:1', 'RUN --mount from', 'stage build', 4, 4],
    ['ghcr.io/acme/tools', 'RUN --mount from', 'stage build', 7, 7],
    // Used in line 8, written in line 2.
    ['node:20', 'FROM', 'stage 1', 8, 2],
    [`alpine:3@${DIGEST}`, 'COPY --from', 'stage 1', 10, 10],
    ['registry.example:5000/x', 'ONBUILD COPY --from', 'stage 1', 11, 11],
    ['acme/y', 'ONBUILD RUN --mount from', 'stage 1', 12, 12],
  ]);
  for (const { image, text: place } of images) {
    expect(`\uFEFF${text}`.slice(place?.start, place?.end)).toBe(image);
  }
});

describe('frontends', () => {
  test.each([
    ['# syntax=a/b:1', ['# syntax a/b:1']],
    ['#syntax = a/b:1 and more', ['# syntax a/b:1']],
    ['# SYNTAX=a/b:1', ['# syntax a/b:1']],
    ['# check=skip=all\n# escape=`\n# syntax=a/b:1', ['# syntax a/b:1']],
    ['#!/usr/bin/env x\n# syntax=a/b:1', ['# syntax a/b:1']],
    // Not among the directives.
    ['# a comment\n# syntax=a/b:1', []],
    ['\n# syntax=a/b:1', []],
    ['# unknown=x\n# syntax=a/b:1', []],
    [' # syntax=a/b:1', []],
    ['# syntax=', []],
  ])('%j names %j', (head, expected) => {
    expect(read([head, 'FROM scratch'])).toEqual(expected);
  });

  test('a file in another language names its frontend and cannot be read', () => {
    const other = '! the file is written for the frontend "a/b:1", not in the language of Dockerfiles';
    expect(read(['// syntax=a/b:1', 'FROM node'])).toEqual(['# syntax a/b:1', other]);
    expect(read('{ "syntax": "a/b:1" }')).toEqual(['# syntax a/b:1', other]);
    // Twin: JSON without a frontend is not a Dockerfile.
    expect(read('{ "image": "a/b:1" }')).toEqual(['! "{" is not an instruction of Dockerfiles']);
  });

  test('BUILDKIT_SYNTAX among the build-args replaces it', () => {
    expect(read(['# syntax=a/b:1', 'FROM scratch'], { BUILDKIT_SYNTAX: ' c/d:2 x' })).toEqual(['# syntax c/d:2']);
  });

  test('a directive given twice, or without a value that can be, is refused', () => {
    expect(read(['# escape=`', '# escape=\\', 'FROM scratch'])).toEqual(['! the directive escape is given twice']);
    expect(read(['# syntax=a/b', '# syntax=c/d', 'FROM scratch'])).toContain('! the directive syntax is given twice');
    expect(read(['# escape=x', 'FROM scratch'])).toEqual(['! the directive escape has another value than \\ and `']);
    expect(read(['# syntax= ', 'FROM scratch'])).toEqual(['! # syntax names no image']);
  });
});

describe('lines', () => {
  test.each([
    ['continued in a word', 'FROM no\\\nde:20', ['FROM node:20']],
    ['spaces behind the escape', 'FROM \\ \t\nnode', ['FROM node']],
    ['a comment and an empty line between', 'FROM \\\n# FROM evil\n\n  \nnode', ['FROM node']],
    ['a comment that ends with an escape continues nothing', '# x \\\nFROM node', ['FROM node']],
    ['an escaped escape continues nothing', 'FROM a\nRUN x \\\\\nFROM node', ['FROM a', 'FROM node']],
    ['an escape on a line of its own', '\\\nFROM node', ['FROM node']],
    ['another escape', '# escape=`\nFROM `\nnode\nRUN dir C:\\\nFROM b', ['FROM node', 'FROM b']],
    ['the escape of a comment further down', '\n# escape=`\nFROM \\\nnode', ['FROM node']],
    ['CRLF', 'FROM \\\r\nnode\r\nFROM b\r\n', ['FROM node', 'FROM b']],
    ['no end of line', 'FROM node', ['FROM node']],
    ['letter case', 'from node As b\nfROM scratch\ncOpY --from=b x y', ['FROM node']],
    ['the end inside a continued line', 'FROM node \\', ['FROM node']],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected);
  });
});

describe('here-documents', () => {
  test.each([
    ['RUN <<EOF', ['FROM evil', 'EOF']],
    ['RUN <<-EOF', ['FROM evil', '\t\tEOF']],
    ['RUN cat <<"EOF" <<B', ['FROM evil', 'EOF', 'FROM evil', 'B']],
    ['COPY <<E /x', ['FROM evil', ' E', 'E']],
    ["COPY <<'E' /x", ['# FROM evil \\', 'E']],
    ['ADD <<E /x', ['FROM evil', 'E']],
    ['ONBUILD RUN <<E', ['FROM evil', 'E']],
    ['RUN 3<< E', ['FROM evil', 'E']],
    ['RUN echo ${x:- <<E}', ['FROM evil', 'E}']],
  ])('%s hides the lines up to its end', (line, content) => {
    expect(read(['FROM a', line, ...content, 'FROM b'])).toEqual(['FROM a', 'FROM b']);
  });

  test.each([
    ['RUN cat <<<E'],
    ['RUN ["a", "<<E"]'],
    ["RUN 'a <<E'"],
    ['RUN echo \\<<E'],
    ['CMD <<E'],
    ['RUN echo ${x^^} <<E'],
    ["RUN it's <<E"],
  ])('%s opens none', (line) => {
    expect(read(['FROM a', line, 'FROM b', 'RUN E', 'FROM c'])).toEqual(['FROM a', 'FROM b', 'FROM c']);
  });

  test('one that does not end is refused, and nothing behind it is believed', () => {
    expect(read(['FROM a', 'RUN <<E', 'FROM b'])).toEqual(['FROM a', '! the here-document "E" does not end']);
  });

  test.each([
    ['RUN <<"RUN true"', ['FROM evil', 'RUN true']],
    ['RUN <<EOF', ['FROM evil', 'RUN true \\', 'EOF']],
    ['RUN <<-EOF', ['FROM evil', 'RUN true \\', '\tEOF']],
    ['COPY <<"#" <<RUN /x', ['copy --from=evil a b', '#', 'RUN']],
  ])('%s with lines that are instructions to the last is refused', (line, content) => {
    const what = '! every line of a here-document is an instruction too, for builders that do not know here-documents';
    expect(read(['FROM a', line, ...content])).toEqual(['FROM a', what]);
  });

  test('a frontend that does not know them reads their lines', () => {
    const body = ['FROM a', 'RUN <<E', 'FROM evil', 'E'];
    for (const old of [
      'docker/dockerfile:1.3',
      'docker/dockerfile:1.0.0-experimental',
      'docker.io/docker/dockerfile:1.3.1',
    ]) {
      expect(read([`# syntax=${old}`, ...body])).toContain(
        `! the frontend ${old} does not know here-documents, and reads their lines as instructions`,
      );
    }
    for (const known of ['1', '1.4', '1.30', '1.3-labs', 'labs']) {
      expect(read([`# syntax=docker/dockerfile:${known}`, ...body])).toEqual([
        `# syntax docker/dockerfile:${known}`,
        'FROM a',
      ]);
    }
  });
});

describe('stages', () => {
  test('a name is a stage in later lines only', () => {
    expect(read(['FROM node AS node', 'FROM node', 'COPY --from=node a b'])).toEqual(['FROM node']);
    expect(read(['FROM b', 'FROM x AS b'])).toEqual(['FROM b', 'FROM x']);
  });

  test('scratch is nothing, unless a stage has that name', () => {
    expect(read(['FROM scratch', 'COPY --from=scratch a b'])).toEqual([]);
    expect(read(['FROM evil AS scratch', 'FROM scratch'])).toEqual(['FROM evil']);
    expect(read(['FROM Scratch'])).toEqual(['FROM Scratch']);
  });

  test.each([
    [['FROM a AS Build', 'FROM c', 'COPY --from=build x y'], 'COPY --from names the stage Build as build'],
    [
      ['FROM a AS build', 'FROM c', 'RUN --mount=from=BUILD,target=/x true'],
      'RUN --mount from names the stage build as BUILD',
    ],
    [['FROM a AS Build', 'FROM build'], 'FROM names the stage Build as build'],
  ])('%j writes a name in two ways, of which buildah takes one for an image', (lines, what) => {
    expect(read(lines)).toContain(`! ${what}, which buildah takes for an image`);
  });

  test('FROM compares names in lower case as BuildKit does', () => {
    expect(read(['FROM a AS Build', 'FROM Build'])).toEqual(['FROM a', 'FROM Build']);
    expect(read(['FROM a AS Build', 'FROM c', 'COPY --from=Build x y'])).toEqual(['FROM a', 'FROM c']);
  });

  test('a number is an earlier stage in COPY, and is refused in a mount', () => {
    expect(read(['FROM a', 'FROM b', 'COPY --from=0 x y'])).toEqual(['FROM a', 'FROM b']);
    expect(read(['FROM a', 'COPY --from=0 x y'])[1]).toMatch(/^! COPY --from "0" is not the number/);
    expect(read(['FROM a', 'COPY --from=99999999999999999999 x y'])[1]).toMatch(/^! COPY --from/);
    expect(read(['FROM a', 'FROM b', 'RUN --mount=from=0,target=/x true'])[2]).toMatch(/^! RUN --mount from "0"/);
  });

  test('a stage that is not complete is refused: other builders take it for an image', () => {
    expect(read(['FROM a', 'COPY --from=later x y', 'FROM b AS later'])[2]).toMatch(/^! .*not complete yet$/);
    expect(read(['FROM a AS self', 'COPY --from=self x y'])[1]).toMatch(/^! .*not complete yet$/);
    expect(read(['FROM a AS self', 'FROM c', 'COPY --from=self x y'])).toEqual(['FROM a', 'FROM c']);
  });

  test('a trigger runs in another file, which has not the stages of this one', () => {
    expect(read(['FROM a AS b', 'FROM c', 'ONBUILD COPY --from=b x y', 'ONBUILD COPY --from=0 x y'])).toEqual([
      'FROM a',
      'FROM c',
      'ONBUILD COPY --from b',
    ]);
  });
});

describe('variables', () => {
  test.each([
    ['ARG B=node:20', 'FROM $B', 'node:20'],
    ['ARG B=node:20', 'FROM ${B}', 'node:20'],
    ['ARG B="node:20"', "FROM '${B}'", '${B}'],
    ["ARG B='node:20'", 'FROM "$B"', 'node:20'],
    ['ARG V=20 B=node:$V', 'FROM $B', 'node:20'],
    ['ARG V=20', 'FROM node:${V}-alpine', 'node:20-alpine'],
    ['ARG V', 'FROM node:${V:-18}', 'node:18'],
    ['ARG V=', 'FROM node:${V:-18}', 'node:18'],
    ['ARG V=', 'FROM node${V-:18}', 'node'],
    ['ARG V=20', 'FROM node${V:+:x}', 'node:x'],
    ['ARG V=', 'FROM node${V:+:x}', 'node'],
    ['ARG V=20.1.2', 'FROM node:${V%%.*}', 'node:20'],
    ['ARG V=20.1.2', 'FROM node:${V%.*}', 'node:20.1'],
    ['ARG V=v20.1', 'FROM node:${V#v}', 'node:20.1'],
    ['ARG V=a-b-20', 'FROM node:${V##*-}', 'node:20'],
    ['ARG V=20', 'FROM node:${V:?needed}', 'node:20'],
    ['ARG V=1', 'FROM no\\de', 'node'],
    ['ARG A=1\nARG A=2', 'FROM node:$A', 'node:2'],
    ['ARG A=1\nARG A', 'FROM node:$A', 'node:1'],
    ['ARG TARGETARCH=amd64', 'FROM node:$TARGETARCH', 'node:amd64'],
    ['ARG A=${UNUSED}', 'FROM node', 'node'],
    ['ARG A=${B:-${C:-node}}', 'FROM $A', 'node'],
  ])('%s, %s: %s', (arg, from, image) => {
    expect(read([arg, from])).toEqual([`FROM ${image}`]);
  });

  test.each([
    ['ARG V', 'FROM node:$V', 'the variable V has no value'],
    ['ARG V=1', 'FROM node$W', 'the variable W has no value'],
    ['ARG V=', 'FROM $V', 'the image is empty'],
    ['ARG V', 'FROM ${V:?needed}', 'the variable V has no value'],
    ['ARG A=$B\nARG B=1', 'FROM node:$A', 'the variable B has no value'],
    ['ARG V=1', 'FROM node:$1', 'the variable 1 has no value'],
    ['ARG V=1', 'FROM node:$TARGETARCH', 'TARGETARCH depends on the platform of the build'],
    ['ARG TARGETARCH', 'FROM node:${TARGETARCH:-x}', 'TARGETARCH depends on the platform of the build'],
    ['ARG V=1', 'FROM node:$TARGETSTAGE', 'TARGETSTAGE depends on the target of the build'],
    ['ARG V=1', 'FROM node:${V/1/2}', 'the expression ${V/… is not supported'],
    ['ARG V=1', 'FROM node:${V#"1"}', 'the pattern of a variable is not supported'],
    ['ARG V=1', 'FROM node:${V', 'the expression ${V… is not supported'],
    ['ARG V=1', 'FROM "node', 'a closing " is missing'],
    ['ARG V=1', 'FROM \uFEFFnode', 'a word begins with a byte order mark'],
    ['ARG V=1', 'FROM $Vé', 'the name of a variable runs into a letter beyond ASCII'],
  ])('%s, %s is refused: %s', (arg, from, what) => {
    expect(read([arg, from])).toEqual([`! ${what}`]);
  });

  test('build-args replace declared ARGs only', () => {
    expect(read(['ARG V=1', 'FROM node:$V'], { V: '2' })).toEqual(['FROM node:2']);
    expect(read(['ARG V', 'FROM node:$V'], { V: '2' })).toEqual(['FROM node:2']);
    expect(read(['FROM node:$V'], { V: '2' })).toEqual(['! the variable V has no value']);
    // Values are taken as they are.
    expect(read(['ARG V', 'FROM node:$V'], { V: '"$X' })).toEqual(['FROM node:"$X']);
    expect(read(['FROM node:$TARGETARCH'], { TARGETARCH: 'arm64' })).toEqual(['FROM node:arm64']);
  });

  test('the ARGs of a stage decide no base', () => {
    expect(read(['ARG V=1', 'FROM node:$V', 'ARG V=2', 'FROM node:$V'])).toEqual(['FROM node:1', 'FROM node:1']);
  });

  test.each([
    ['COPY --from=$X a b'],
    ['COPY --from=${X:-node} a b'],
    ['RUN --mount=from=$X,target=/x true'],
    ['COPY --from=\'\\"node\\"\' a b'],
  ])('%s holds what builders read differently', (line) => {
    const found = read(['ARG X=node', 'FROM scratch', 'ARG X', line]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^! .*which builders read differently$/);
  });
});

describe('flags', () => {
  test.each([
    ['COPY --fr"om=no"de a b', 'COPY --from node'],
    ['COPY --\\from=node a b', 'COPY --from node'],
    ["COPY --link --from='node' a b", 'COPY --from node'],
    ['RUN --network=none --mount=from=node,target=/x true', 'RUN --mount from node'],
    ['RUN --mount=type=cache,FROM=node,target=/x true', 'RUN --mount from node'],
    ['RUN --mount=type=tmpfs,from=node,target=/x true', 'RUN --mount from node'],
    ['RUN --mount=\'target=/x,"from=node"\' true', 'RUN --mount from node'],
    ['RUN --mount=from=node,target=/x --mount=type=secret,id=x true', 'RUN --mount from node'],
  ])('%s: %s', (line, image) => {
    expect(read(['FROM scratch', line])).toEqual([image]);
  });

  test.each([
    ['COPY -- --from=node a b'],
    ['COPY a --from=node b'],
    ['COPY \u00a0--from=node a b'],
    ['COPY --from= a b'],
    ['RUN echo --mount=from=node'],
    ['ADD https://example.com/x /x'],
    ['RUN --mount=from=,target=/x true'],
    ['LABEL a="FROM node"'],
  ])('%j names no image', (line) => {
    expect(read(['FROM scratch', line])).toEqual([]);
  });

  test.each([
    ['COPY --from=a --from=b x y', 'COPY has the flag --from twice'],
    ['COPY --from x y', 'COPY has the flag --from without a value'],
    ['COPY --source=a x y', 'COPY has the flag "--source", which is not known'],
    ['ADD --from=a x y', 'ADD has the flag "--from", which is not known'],
    ['ARG --x A=1', 'ARG has the flag "--x", which is not known'],
    ['ONBUILD --x RUN true', 'ONBUILD has the flag "--x", which is not known'],
    ['RUN --mount=from=a,from=b,target=/x true', 'a mount has from= twice'],
    ['COPY --from=é x y', 'a flag holds a letter beyond ASCII'],
    ['RUN --mount= true', 'a mount is empty'],
    ['ONBUILD FROM a', 'ONBUILD FROM is not allowed'],
    ['ONBUILD ONBUILD RUN true', 'ONBUILD ONBUILD is not allowed'],
  ])('%s is refused: %s', (line, what) => {
    expect(read(['FROM scratch', line])).toEqual([`! ${what}`]);
  });
});

test.each([
  ['', 'it has no FROM'],
  ['# only a comment\n', 'it has no FROM'],
  ['ARG A=1\n', 'it has no FROM'],
  ['RUN x\nFROM a\n', 'RUN stands before the first FROM'],
  ['FROM\n', 'FROM has neither one nor three words'],
  ['FROM a b\n', 'FROM has neither one nor three words'],
  ['FROM a AS b c\n', 'FROM has neither one nor three words'],
  ['FROM a WITH b\n', 'the second word of FROM is not AS'],
  ['FROM a AS 1b\n', 'the name of the stage is not allowed'],
  ['FROM a AS \u212Aey\n', 'the name of the stage is not allowed'],
  ['FROM\u00a0a\n', '"FROM\u00a0a" is not an instruction of Dockerfiles'],
  ['FROM a\nIMPORT evil\n', '"IMPORT" is not an instruction of Dockerfiles'],
  ['apiVersion: v1\nkind: Pod\n', '"apiVersion:" is not an instruction of Dockerfiles'],
])('%j is refused: %s', (text, what) => {
  expect(read(text)).toContain(`! ${what}`);
});

test('an image that is put together has no place', () => {
  const places = (text: string): (number | undefined)[] =>
    readDockerfile(text, { buildArgs: new Map([['G', 'node']]) }).images.map(({ text: place }) => place?.start);
  expect(places('ARG V=20\nFROM node:$V')).toEqual([undefined]);
  expect(places('FROM no\\\nde')).toEqual([undefined]);
  expect(places('FROM no"de"')).toEqual([undefined]);
  expect(places('ARG G\nFROM $G')).toEqual([undefined]);
  expect(places('ARG A=node\nARG B=$A\nFROM ${B}')).toEqual([6]);
  expect(places('FROM ${A:-node}')).toEqual([10]);
  expect(places('FROM "node"')).toEqual([6]);
});

test('a file that is something else stops after a few problems', () => {
  expect(read('key: value\n'.repeat(1000)).length).toBeLessThan(25);
});
