import { expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import { parseAuditedLine } from '../../../src/domain/audit/audited-line.ts';
import { AUDITED_MAX } from '../../../src/domain/audit/baseline.ts';
import { findTags } from '../../../src/usecases/auditing/find-tags.ts';
import type { Registry } from '../../../src/usecases/ports.ts';
import { testCall } from '../../calls.ts';

/** Finds the tags of lines in a registry that has these, by path; a path that is not there cannot be listed. */
async function find(texts: readonly string[], has: Readonly<Record<string, readonly string[]>>, isKnown = false) {
  const asked: string[] = [];
  const registry = {
    listTags: async (_call: unknown, { path }: { readonly path: string }) => {
      asked.push(path);
      const tags = has[path];
      if (tags === undefined) throw new CodedError('REGISTRY_UNAVAILABLE', `${path} is down`);
      return tags;
    },
  } as unknown as Registry;
  const options = { registry, concurrency: 4, isKnown: () => isKnown };
  const { images, listed, failed } = await findTags(testCall({}), texts.map(parseAuditedLine), options);
  return {
    asked,
    names: images.map(({ original }) => original),
    listed: [...listed],
    failed: failed.map(({ line, error }) => `${line.original}: ${error.code}`),
    hints: failed.map(({ error }) => error.hint),
  };
}

test('each repository is listed once, and each image found once', async () => {
  const found = await find(['r.io/a:1.*', 'r.io/a:*', 'r.io/b:1', 'r.io/a:2.0'], { a: ['1.0', '1.1', '2.0'] });
  expect(found.asked).toEqual(['a']);
  expect(found.names).toEqual(['r.io/a:1.0', 'r.io/a:1.1', 'r.io/a:2.0', 'r.io/b:1']);
  expect(found.listed).toEqual(['r.io/a:1.0', 'r.io/a:1.1', 'r.io/a:2.0']);
  expect(found.failed).toEqual([]);
});

test('a list that fails hides neither the others nor what is named beside it', async () => {
  const found = await find(['r.io/down:*', 'r.io/down:1', 'r.io/a:*'], { a: ['1'] });
  expect(found.names).toEqual(['r.io/down:1', 'r.io/a:1']);
  expect(found.failed).toEqual(['r.io/down:*: REGISTRY_UNAVAILABLE']);
});

test('a pattern that matches nothing is a mistake, unless the last run found something', async () => {
  expect((await find(['r.io/a:v*'], { a: ['1'] })).failed).toEqual(['r.io/a:v*: IMAGE_NOT_FOUND']);
  expect((await find(['r.io/a:v*'], { a: [] })).failed).toEqual(['r.io/a:v*: IMAGE_NOT_FOUND']);
  expect(await find(['r.io/a:v*'], { a: ['1'] }, true)).toMatchObject({ names: [], failed: [] });
});

test('a line beyond the limit is an error that names a narrower pattern, and not one image fewer', async () => {
  const tags = Array.from({ length: AUDITED_MAX }, (_, index) => `v1.${index}`);
  expect((await find(['r.io/a:*'], { a: tags })).names).toHaveLength(AUDITED_MAX);
  const found = await find(['r.io/b:x', 'r.io/a:*'], { a: [...tags.slice(1), 'v2.0', 'latest'] });
  expect(found.names).toEqual(['r.io/b:x']);
  expect(found.failed).toEqual(['r.io/a:*: INPUT_INVALID']);
  expect(found.hints[0]).toContain('`r.io/a:v1.*`');
  const narrower = await find(['r.io/a:v*'], { a: [...tags, 'v2.0', 'v2.1'] });
  expect(narrower.hints[0]).toMatch(/`r\.io\/a:v1\.\*`/);
});
