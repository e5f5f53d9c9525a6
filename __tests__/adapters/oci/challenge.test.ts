import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseChallenges } from '../../../src/oci/transport/challenge.ts';

const bearer = { scheme: 'bearer', parameters: { realm: 'https://a.example/token', service: 'reg' } };

describe('parseChallenges', () => {
  test.each([
    [['Bearer realm="https://a.example/token",service="reg"'], [bearer], 'the usual form'],
    [['bearer Realm="https://a.example/token", SERVICE="reg"'], [bearer], 'scheme and names have no case'],
    [['Bearer realm=https://a.example/token,service=reg'], [bearer], 'unquoted values (zot)'],
    [['Bearer realm = "https://a.example/token" , service = "reg"'], [bearer], 'space around ='],
    [
      ['Basic realm="a,b", Bearer realm="https://a.example/token",service="reg"'],
      [{ scheme: 'basic', parameters: { realm: 'a,b' } }, bearer],
      'two challenges in one field, a comma inside quotes',
    ],
    [
      ['Bearer realm="https://a.example/token",service="reg"', 'Basic'],
      [bearer, { scheme: 'basic', parameters: {} }],
      'two fields, one naked (Gitea)',
    ],
    [
      ['Basic, Bearer realm="https://a.example/token",service="reg"'],
      [{ scheme: 'basic', parameters: {} }, bearer],
      'a naked challenge first',
    ],
    [
      ['Bearer realm="a\\"b\\\\c",scope="repository:x:pull,push"'],
      [{ scheme: 'bearer', parameters: { realm: 'a"b\\c', scope: 'repository:x:pull,push' } }],
      'escapes and commas in quotes',
    ],
    [
      ['Negotiate YWJj==, Bearer realm="https://a.example/token",service="reg"'],
      [{ scheme: 'negotiate', parameters: {} }, bearer],
      'a token68',
    ],
    [
      ['Bearer realm="first",realm="second"'],
      [{ scheme: 'bearer', parameters: { realm: 'first' } }],
      'the first of equal names',
    ],
    [['Bearer realm=""'], [{ scheme: 'bearer', parameters: { realm: '' } }], 'an empty value'],
    [['Bearer realm="open'], [{ scheme: 'bearer', parameters: { realm: 'open' } }], 'a quote that is not closed'],
    [[''], [], 'nothing'],
    [[',,, ,'], [], 'only commas'],
    [['"quoted"'], [], 'no scheme'],
  ])('reads %j: %s', (fields, expected, _reason) => {
    expect(parseChallenges(fields)).toEqual(expected);
  });

  test('keeps names such as __proto__ as data', () => {
    const [challenge] = parseChallenges(['Bearer __proto__="x",constructor="y"']);
    expect(Object.keys(challenge?.parameters ?? {})).toContain('constructor');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('ends for any text, in time that grows with its length only', () => {
    const piece = fc.constantFrom('Bearer', ' ', ',', '=', '"', '\\', 'realm', 'a=b', 'x', '\t', '==', 'é');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        for (const { scheme } of parseChallenges([pieces.join('')])) expect(scheme).toMatch(/^[^\s,="]+$/);
      }),
    );
    for (const text of ['a='.repeat(50_000), '"'.repeat(50_000), 'Bearer '.repeat(20_000), '\\"'.repeat(50_000)]) {
      expect(Array.isArray(parseChallenges([text]))).toBe(true);
    }
  });
});
