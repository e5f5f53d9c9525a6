import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GITHUB_ISSUER } from '../../../src/domain/identity/github-issuer.ts';
import type { IdentityPair, IdentityRequirement } from '../../../src/domain/identity/requirement.ts';
import { evaluateSigner } from '../../../src/domain/identity/signer-evaluation.ts';
import { parseRegexp } from '../../../src/domain/patterns/regexp.ts';
import type { Facts } from '../../../src/domain/signature/facts.ts';
import { facts, type Inputs, NOW, RELEASE, REPOSITORY, requirement } from './identity-samples.ts';

const OTHER_ISSUER = 'https://issuer.example';
const OTHER_SUBJECT = 'dev@acme.example';
/** Names a signer, so that the inputs can be parsed; pairs take its place. */
const REPLACED: Inputs = { certificateIdentity: ['replaced'] };

function pair(given: Partial<IdentityPair>): IdentityPair {
  return { issuers: [GITHUB_ISSUER], issuerPatterns: [], subjects: [], subjectPatterns: [], ...given };
}

/** What the inputs ask for beside the identity, with these pairs in place of theirs. */
function withPairs(pairs: readonly IdentityPair[], given: Inputs = REPLACED): IdentityRequirement {
  const parsed = requirement(given);
  const [first, ...more] = pairs;
  if (first === undefined) throw new Error('no pair');
  return { ...parsed, identities: [first, ...more] };
}

function evaluate(found: Facts, pairs: readonly IdentityPair[], given: Inputs = REPLACED): string {
  const evaluation = evaluateSigner(found, withPairs(pairs, given), NOW);
  return evaluation.kind === 'accepted' ? 'accepted' : evaluation.reason;
}

/** A person: nothing in the certificate but issuer and address. */
const person = (issuer: string, subject: string): Facts => {
  const found = facts({ issuer, subject, subjectKind: 'email' });
  return { ...found, identity: { ...found.identity, claims: { issuer } } };
};

describe('issuer and subject together', () => {
  const exact = [
    pair({ subjects: [RELEASE] }),
    pair({ issuers: [OTHER_ISSUER], subjects: [OTHER_SUBJECT] }),
    pair({ issuers: ['https://third.example'], subjects: ['someone@third.example'] }),
  ];
  const patterns = [
    pair({ subjectPatterns: [parseRegexp('https://github\\.com/Acme/App/.*')] }),
    pair({
      issuers: [],
      issuerPatterns: [parseRegexp('https://issuer\\.example')],
      subjectPatterns: [parseRegexp('[a-z]+@acme\\.example')],
    }),
  ];

  test.each([
    ['values', exact],
    ['patterns', patterns],
  ])('a signature that matches one pair as a whole is accepted, whichever it is: %s', (_, pairs) => {
    for (const listed of [pairs, pairs.toReversed()]) {
      expect(evaluate(facts(), listed)).toBe('accepted');
      expect(evaluate(person(OTHER_ISSUER, OTHER_SUBJECT), listed)).toBe('accepted');
    }
  });

  test.each([
    ['values', exact],
    ['patterns', patterns],
  ])('the issuer of one and the subject of another is refused: %s', (_, pairs) => {
    for (const listed of [pairs, pairs.toReversed()]) {
      expect(evaluate(person(GITHUB_ISSUER, OTHER_SUBJECT), listed)).toBe('IDENTITY_MISMATCH');
      expect(evaluate(facts({ issuer: OTHER_ISSUER }), listed)).toBe('IDENTITY_MISMATCH');
    }
  });

  test('no mixture of what the pairs hold passes, however many there are', () => {
    const names = fc.constantFrom('a', 'b', 'c');
    const pairs = fc.array(fc.tuple(names, names), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(pairs, names, names, (given, issuer, subject) => {
        const listed = given.map(([one, other]) =>
          pair({ issuers: [`https://${one}`], subjects: [`${other}@x.example`] }),
        );
        const isGiven = given.some(([one, other]) => one === issuer && other === subject);
        const found = person(`https://${issuer}`, `${subject}@x.example`);
        expect(evaluate(found, listed) === 'accepted').toBe(isGiven);
      }),
    );
  });

  test('all else that is asked for must hold for every pair', () => {
    const given: Inputs = { ...REPLACED, annotations: ['team=red'] };
    const wanted = withPairs([pair({ subjects: [RELEASE] }), pair({ subjects: ['x'] })], given);
    expect(evaluateSigner(facts(), wanted, NOW)).toMatchObject({ reason: 'ANNOTATION_MISMATCH' });
    expect(evaluateSigner(facts({ annotations: { team: 'red' } }), wanted, NOW).kind).toBe('accepted');
  });
});

describe('the identity rules hold for each pair', () => {
  const SHARED = 'https://github.com/shared/flows/.github/workflows/sign.yml@refs/tags/v3';
  const FOREIGN = 'https://github.com/foreign/flows/.github/workflows/sign.yml@refs/tags/v3';

  test('rule 1 and 2: pairs that name nobody or no issuer are no requirement', () => {
    const subjects = [RELEASE];
    const broken: readonly (readonly IdentityPair[])[] = [
      [],
      [pair({})],
      [pair({ subjects }), pair({})],
      [pair({ subjects, issuers: [] })],
      [pair({ subjects }), pair({ subjects, issuers: [] })],
    ];
    for (const identities of broken) {
      const wanted = { ...requirement(REPLACED), identities } as unknown as IdentityRequirement;
      expect(() => evaluateSigner(facts(), wanted, NOW)).toThrow(TypeError);
    }
    expect(evaluate(facts(), [pair({ subjects })])).toBe('accepted');
  });

  test.each<[string, Inputs]>([
    ['source-repository', { sourceRepository: ['acme/app'] }],
    ['workflow', { ...REPLACED, workflow: ['.github/workflows/release.yml'] }],
    ['source-ref', { ...REPLACED, sourceRef: ['refs/heads/main'] }],
    ['signer-workflow', { ...REPLACED, signerWorkflow: ['acme/app/.github/workflows/release.yml'] }],
  ])('rule 2: what only one issuer may vouch for needs exactly one in each pair: %s', (_, given) => {
    const subjects = [RELEASE];
    expect(evaluate(facts(), [pair({ subjects })], given)).toBe('accepted');
    const two = pair({ subjects, issuers: [GITHUB_ISSUER, OTHER_ISSUER] });
    const pattern = pair({ subjects, issuers: [], issuerPatterns: [parseRegexp('https://token\\..*')] });
    for (const bad of [two, pattern]) {
      expect(() => evaluate(facts(), [pair({ subjects }), bad], given)).toThrow(TypeError);
    }
  });

  test('rule 2: a claim names the source only for a pair with exactly one issuer', () => {
    const claims = ['source-repository-identifier=1234'];
    const signer = { subjects: [SHARED] };
    const found = facts({ subject: SHARED });
    expect(evaluate(found, [pair(signer)], { claims })).toBe('accepted');
    expect(evaluate(found, [pair({ ...signer, issuers: [GITHUB_ISSUER, OTHER_ISSUER] })], { claims })).toBe(
      'CLAIM_MISMATCH',
    );
  });

  test('rule 3: a signer that another pair names is not named for this one', () => {
    const given: Inputs = { sourceRepository: ['acme/app'], annotations: [] };
    const pairs = [pair({}), pair({ subjects: [SHARED] })];
    expect(evaluate(facts({ subject: SHARED }), pairs, given)).toBe('accepted');
    // The first pair takes any subject of ours; the twin is a foreign workflow that ours calls.
    expect(evaluate(facts({ subject: FOREIGN }), pairs, given)).toBe('CLAIM_MISMATCH');
    expect(evaluate(facts(), pairs, given)).toBe('accepted');
  });

  test('rule 4: a ref that another pair spells out is not spelled out for this one', () => {
    const subject = `${REPOSITORY}/.github/workflows/release.yml@refs/pull/7/merge`;
    const found = facts({ subject, claims: { 'source-repository-ref': undefined, 'github-workflow-ref': undefined } });
    const any = pair({ subjectPatterns: [parseRegexp('https://github\\.com/Acme/App/.*')] });
    expect(evaluate(found, [any])).toBe('CLAIM_MISMATCH');
    expect(evaluate(found, [any, pair({ issuers: [OTHER_ISSUER], subjects: [subject] })])).toBe('CLAIM_MISMATCH');
    expect(evaluate(found, [any, pair({ subjects: [subject] })])).toBe('accepted');
  });

  test('rule 7: a pattern that matches anybody is refused in every pair', () => {
    const anybody = pair({ subjectPatterns: [parseRegexp('.*')] });
    const anyIssuer = pair({ issuers: [], issuerPatterns: [parseRegexp('.*')], subjects: [RELEASE] });
    for (const bad of [anybody, anyIssuer]) {
      expect(evaluate(facts(), [pair({ subjects: ['x'] }), bad])).not.toBe('accepted');
      const wanted = { ...withPairs([pair({ subjects: ['x'] }), bad]), allowAnyIdentity: true };
      expect(evaluateSigner(facts(), wanted, NOW).kind).toBe('accepted');
    }
  });
});

describe('what is told of several pairs', () => {
  const tell = (pairs: readonly IdentityPair[]) => evaluateSigner(facts(), withPairs(pairs), NOW);
  const fields = (evaluation: ReturnType<typeof tell>): string[] =>
    evaluation.kind === 'mismatch' ? evaluation.findings.map(({ expected, ok }) => `${expected} ${ok}`) : [];
  const wrongIssuer = pair({ issuers: [OTHER_ISSUER], subjects: [RELEASE] });
  const wrongSubject = pair({ subjects: [RELEASE.toUpperCase()] });
  const bothWrong = pair({ issuers: [OTHER_ISSUER], subjects: ['x'] });

  test('is the pair that got furthest, with its findings and hints only', () => {
    for (const pairs of [
      [wrongIssuer, wrongSubject],
      [wrongSubject, wrongIssuer],
    ]) {
      const told = tell(pairs);
      expect(told).toEqual(tell([wrongSubject]));
      expect(told).toMatchObject({
        reason: 'IDENTITY_MISMATCH',
        hints: [expect.stringContaining('upper and lower case')],
      });
      expect(fields(told)).toEqual([`${GITHUB_ISSUER} true`, `${RELEASE.toUpperCase()} false`]);
    }
  });

  test('of two with one reason it is the one with fewer rules unmet, and then the first', () => {
    expect(tell([bothWrong, wrongIssuer])).toEqual(tell([wrongIssuer]));
    expect(tell([wrongIssuer, bothWrong])).toEqual(tell([wrongIssuer]));
    const other = pair({ subjects: ['y'] });
    expect(tell([wrongSubject, other])).toEqual(tell([wrongSubject]));
    expect(tell([other, wrongSubject])).toEqual(tell([other]));
  });

  test('of an accepted signature, what the first pair leaves open that accepts it', () => {
    const loose = pair({ subjectPatterns: [parseRegexp('https://github\\.com/Acme/App/.*')] });
    const exact = pair({ subjects: [RELEASE] });
    expect(tell([wrongIssuer, exact, loose])).toEqual({ kind: 'accepted', notes: [] });
    expect(tell([loose, exact])).toMatchObject({ notes: [expect.stringContaining('any branch or tag')] });
  });
});
