import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLinks } from '../../../src/oci/transport/link-header.ts';

const next = (target: string) => ({ target, relations: ['next'] });

describe('parseLinks', () => {
  test.each([
    ['</v2/a?last=x&n=5>; rel="next"', [next('/v2/a?last=x&n=5')], 'as registries write it'],
    ['<a>; rel=next', [next('a')], 'a token instead of a quoted string'],
    ['<a>;rel=next', [next('a')], 'no space'],
    [' \t<a> \t; \t REL \t=\t "NEXT" ', [next('a')], 'blanks everywhere, no case'],
    ['<a>; rel="prev next"', [{ target: 'a', relations: ['prev', 'next'] }], 'several relations'],
    ['<a>; rel="  last \t next  "', [{ target: 'a', relations: ['last', 'next'] }], 'more blanks between them'],
    ['<a>; rel="next-archive"', [{ target: 'a', relations: ['next-archive'] }], 'a relation that only starts so'],
    [
      '<a>; rel="https://x.example/next"',
      [{ target: 'a', relations: ['https://x.example/next'] }],
      'a URI as relation',
    ],
    ['<a>; rel=next; rel=prev', [next('a')], 'of two the first counts'],
    ['<a>; title="x"; rel=next; type=text/html', [next('a')], 'other parameters around it'],
    ['<a>; title="a, b; rel=prev, <c>"; rel=next', [next('a')], 'signs of the grammar in a quoted parameter'],
    ['<a>; title="\\"; rel=prev; \\\\"; rel=next', [next('a')], 'escaped quotes'],
    ["<a>; title*=UTF-8''%e2%82%ac; rel=next", [next('a')], 'an extended parameter'],
    ['<a>; crossorigin; rel=next', [next('a')], 'a parameter without a value'],
    ['<a>;; rel=next;', [next('a')], 'empty parameters'],
    ['<a,b;c="d">; rel=next', [next('a,b;c="d"')], 'a comma in a target'],
    ['<>; rel=next', [next('')], 'an empty target'],
    ['<a>; rel=prev, <b>; rel=next', [{ target: 'a', relations: ['prev'] }, next('b')], 'two links in one field'],
    ['<a>,<b>; rel=next,', [{ target: 'a', relations: [] }, next('b')], 'one without parameters'],
    [', ,<a>; rel=next', [next('a')], 'empty elements'],
    ['nonsense, <a>; rel=next', [next('a')], 'garbage before'],
    ['<a>; rel=next nonsense, <b>; rel=prev', [next('a'), { target: 'b', relations: ['prev'] }], 'garbage behind'],
    ['<a>; rel="next', [next('a')], 'a quote never closed'],
    ['<a; rel=next', [], 'a target never closed'],
    ['a; rel=next', [], 'no brackets'],
    ['', [], 'nothing'],
  ])('reads %j: %s', (field, links, _reason) => {
    expect(parseLinks([field])).toEqual(links);
  });

  test('reads several fields in their order', () => {
    expect(parseLinks(['<a>; rel=prev', '<b>; rel=next'])).toEqual([{ target: 'a', relations: ['prev'] }, next('b')]);
  });

  test('takes anything', () => {
    const piece = fc.constantFrom('<', '>', ';', ',', '"', '\\', '=', ' ', 'rel', 'next', 'a');
    fc.assert(fc.property(fc.array(piece), (pieces) => void parseLinks([pieces.join('')])));
  });
});
