import { describe, expect, test } from 'vitest';
import type { Quirks } from '../../../sandbox/registry/quirks.ts';
import { TAGS_MAX } from '../../../src/oci/transport/limits.ts';
import { RegistryError } from '../../../src/oci/transport/registry-error.ts';
import { type Bench, openBench } from './harness.ts';

/* Listing tags: what a registry shows completely is returned completely; what may be incomplete is an error. */

const TAGS = ['1.0', '1.1', '2.0', 'latest', 'nightly', 'v1.0.0', 'v1.0.1', `sha256-${'0'.repeat(64)}.sig`].sort();

async function openWith(quirks: Quirks = {}, tags: readonly string[] = TAGS): Promise<Bench> {
  const bench = await openBench({ registry: { quirks } });
  const { store } = bench.sandbox;
  const digest = store.putManifest(bench.repository.path, '{}');
  for (const tag of tags) store.setTag(bench.repository.path, tag, digest);
  return bench;
}

const list = async (bench: Bench): Promise<readonly string[] | string> => {
  try {
    return await bench.connect().listTags(bench.repository);
  } catch (error) {
    return error instanceof RegistryError ? `${error.code}: ${error.message}` : String(error);
  }
};

describe('a complete list', () => {
  test.each<[string, Quirks]>([
    ['on one page', {}],
    ['on pages with relative links', { tagsPageSize: 2 }],
    ['on pages with absolute links', { tagsPageSize: 3, tagsLink: 'absolute' }],
    ['on pages of one tag', { tagsPageSize: 1 }],
    ['cut without a link', { tagsPageSize: 2, tagsLink: 'missing' }],
    ['unsorted', { tagsOrder: 'reversed' }],
    ['unsorted, on pages', { tagsOrder: 'reversed', tagsPageSize: 3 }],
    ['with links that lost a part of the path', { tagsPageSize: 2, tagsLink: 'lost-path' }],
    ['from a registry that ignores the position', { tagsLast: 'ignored' }],
    ['from a registry that does not know the position', { tagsLast: 400 }],
    ['from a registry whose positions are its own', { tagsLast: 404, tagsPageSize: 3 }],
  ])('%s', async (_name, quirks) => {
    await using bench = await openWith(quirks);
    expect(await list(bench)).toEqual(TAGS);
  });

  test('of no tags, written as null or as an empty list', async () => {
    await using bench = await openWith({ tagsBody: '{"name":"acme/app","tags":null}' });
    expect(await list(bench)).toEqual([]);
    bench.sandbox.quirks.tagsBody = '{"name":"acme/app","tags":[]}';
    expect(await list(bench)).toEqual([]);
  });

  test('with a tag on two pages names it once', async () => {
    await using bench = await openWith({ tagsBody: '{"name":"acme/app","tags":["a","b","a"]}' });
    expect(await list(bench)).toEqual(['a', 'b']);
  });

  test('behind a login', async () => {
    await using bench = await openBench({ auth: 'bearer', registry: { quirks: { tagsPageSize: 2 } } });
    const { store } = bench.sandbox;
    const digest = store.putManifest(bench.repository.path, '{}');
    for (const tag of TAGS) store.setTag(bench.repository.path, tag, digest);
    expect(await list(bench)).toEqual(TAGS);
  });
});

describe('a list that may be incomplete is an error', () => {
  test.each<[string, Quirks, RegExp]>([
    ['a link to another host', { tagsPageSize: 2, tagsLink: 'cross-origin' }, /^REGISTRY_INVALID: .*another host/],
    [
      'a link to another repository',
      { tagsPageSize: 2, tagsLink: 'other-repository' },
      /^REGISTRY_INVALID: .*not the list of tags of this repository/,
    ],
    ['a loop', { tagsPaging: 'loop' }, /^REGISTRY_INVALID: .*loop/],
    ['pages without end', { tagsPaging: 'endless' }, /^REGISTRY_INVALID: .*pages of tags/],
    ['an outage at the end', { tagsLast: 500 }, /^REGISTRY_UNAVAILABLE: /],
    ['no list', { tagsBody: '{"name":"acme/app"}' }, /^REGISTRY_INVALID: .*no list of tags/],
    ['a web page', { tagsBody: '<html></html>' }, /^REGISTRY_INVALID: .*not a list of tags/],
    ['two lists', { tagsBody: '{"tags":["a"],"tags":["b"]}' }, /^REGISTRY_INVALID: .*duplicate key/],
    ['two lists in other spellings', { tagsBody: '{"tags":["a"],"Tags":["b"]}' }, /^REGISTRY_INVALID: /],
    ['a number', { tagsBody: '{"tags":["a",1]}' }, /^REGISTRY_INVALID: .*not text/],
    ['a tag with a line break', { tagsBody: '{"tags":["a","b\\n::error::x"]}' }, /^REGISTRY_INVALID: .*not a tag/],
    ['a tag that is a path', { tagsBody: '{"tags":["../../manifests/x"]}' }, /^REGISTRY_INVALID: .*not a tag/],
    ['a refusal', { denyPull: 403 }, /^REGISTRY_DENIED: /],
    ['an unknown repository', { denyPull: 404 }, /^IMAGE_NOT_FOUND: /],
  ])('%s', async (_name, quirks, expected) => {
    await using bench = await openWith(quirks);
    expect(await list(bench)).toMatch(expected);
  });

  test('more tags than the limit, and not one fewer', async () => {
    const names = Array.from({ length: TAGS_MAX }, (_, index) => `t${index}`);
    await using bench = await openWith({ tagsBody: JSON.stringify({ tags: names }) });
    expect(await list(bench)).toHaveLength(TAGS_MAX);
    bench.sandbox.quirks.tagsBody = JSON.stringify({ tags: [...names, 'one-more'] });
    expect(await list(bench)).toMatch(/^REGISTRY_INVALID: .*more than 50000 tags/);
  });
});

test('asks for every page once, and once more for what follows the last tag', async () => {
  await using bench = await openWith({ tagsPageSize: 4 });
  await list(bench);
  expect(bench.traces.filter(({ url }) => url.includes('tags/list'))).toHaveLength(TAGS.length / 4 + 1);
});
