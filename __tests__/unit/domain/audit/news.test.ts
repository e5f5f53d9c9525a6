import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatBaseline, missingImage, parseBaseline } from '../../../../src/domain/audit/baseline.ts';
import { compareAudits, type News } from '../../../../src/domain/audit/news.ts';
import type { ImageResult, SignatureResult } from '../../../../src/domain/results.ts';
import { changesTitle } from '../../../../src/report/audit-changes.ts';
import { digestOf, IMAGES, imageResult, imagesOf, SIGNATURE, signatureResult } from './audit-samples.ts';

const always = (): boolean => true;
const compare = (before: readonly ImageResult[] | undefined, now: readonly ImageResult[]): readonly News[] =>
  compareAudits(before && imagesOf(before), imagesOf(now), always);
const kinds = (news: readonly News[]): readonly string[] => news.map(({ kind }) => kind);

describe('an audit compared with itself', () => {
  test('has no news, also through the file', () => {
    fc.assert(
      fc.property(IMAGES, (images) => {
        expect(compare(images, images)).toEqual([]);
        const { images: kept } = parseBaseline(Buffer.from(formatBaseline(images)));
        const before = new Map([...kept].map(([key, { facts }]) => [key, facts]));
        expect(compareAudits(before, imagesOf(images), always)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('has no news in another order of images, signatures and keys', () => {
    fc.assert(
      fc.property(IMAGES, (images) => {
        const turned = images.toReversed().map((image) => ({ ...image, signatures: image.signatures.toReversed() }));
        const rewritten = JSON.parse(
          JSON.stringify(turned, (_key, part: unknown) =>
            typeof part === 'object' && part !== null && !Array.isArray(part)
              ? Object.fromEntries(Object.entries(part).reverse())
              : part,
          ),
        ) as ImageResult[];
        expect(compare(images, rewritten)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

test('two audits have the same news whatever the order of their images', () => {
  fc.assert(
    fc.property(IMAGES, IMAGES, (before, now) => {
      expect(compare(before.toReversed(), now.toReversed())).toEqual(compare(before, now));
    }),
    { numRuns: 200 },
  );
});

test('what is different is told, and nothing is told of what is equal', () => {
  fc.assert(
    fc.property(IMAGES, IMAGES, (before, now) => {
      const told = compare(before, now).filter(({ kind }) => kind !== 'registries-differ');
      expect(told.length > 0).toBe(JSON.stringify(sorted(before)) !== JSON.stringify(sorted(now)));
    }),
    { numRuns: 300 },
  );
});

/** What the news is about, in an order of its own. */
function sorted(images: readonly ImageResult[]): unknown {
  const text = (one: unknown): string => JSON.stringify(one);
  return [...imagesOf(images)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, facts]) => text(facts));
}

describe('every single field that is tampered with is told', () => {
  const other = digestOf('9');
  const signature: readonly [string, Partial<SignatureResult>][] = [
    ['format', { format: 'legacy' }],
    ['digest', { digest: other }],
    ['verdict', { verdict: 'rejected' }],
    ['reason', { reason: 'TOO_OLD' }],
    ['issuer', { issuer: 'https://other.example' }],
    ['no issuer', { issuer: null }],
    ['subject', { subject: 'someone@else.example' }],
    ['no subject', { subject: null }],
    ['unverified', { unverified: true }],
    ['a claim', { claims: { 'source-repository-uri': 'https://github.com/acme/other' } }],
    ['one more claim', { claims: { ...signatureResult().claims, 'build-trigger': 'push' } }],
    ['no claim', { claims: {} }],
    ['an annotation', { annotations: { team: 'blue' } }],
    ['no annotation', { annotations: {} }],
    ['signedAt', { signedAt: '2026-11-22T10:00:00.001Z' }],
    ['no time', { signedAt: null }],
    ['the URL of the log', { log: { url: 'https://other.example', index: 123 } }],
    ['the index of the log', { log: { url: 'https://rekor.sigstore.dev', index: 124 } }],
    ['no log', { log: null }],
  ];
  const before = imageResult({ signatures: [signatureResult(), signatureResult({ digest: digestOf('b') })] });

  test.each(signature)('%s of a signature', (_name, change) => {
    const now = { ...before, signatures: [signatureResult(change), signatureResult({ digest: digestOf('b') })] };
    expect(compare([before], [now]).length).toBeGreaterThan(0);
    expect(compare([now], [before]).length).toBeGreaterThan(0);
  });

  test.each(signature)('%s of an attestation', (_name, change) => {
    const attestation = { ...signatureResult(), predicateType: 'x', requirement: null, statementPath: null };
    const old = { ...before, attestations: [attestation] };
    const now = { ...before, attestations: [{ ...attestation, ...change }] };
    expect(compare([old], [now]).length).toBeGreaterThan(0);
  });

  test.each<[string, Partial<ImageResult>, string]>([
    ['digest', { digest: other }, 'moved'],
    ['verdict', { verdict: 'fail', reason: 'TOO_OLD' }, 'verdict-changed'],
    ['verdict alone', { verdict: 'allowed' }, 'verdict-changed'],
    ['reason alone', { reason: 'TOO_OLD' }, 'verdict-changed'],
    ['tag', { tag: '1.1', reference: 'ghcr.io/acme/app:1.1' }, 'disappeared'],
    ['repository', { repository: 'ghcr.io/acme/web' }, 'disappeared'],
    ['a signature less', { signatures: [signatureResult()] }, 'signature-vanished'],
    ['no signature', { signatures: [] }, 'signature-vanished'],
  ])('%s of an image', (_name, change, kind) => {
    expect(kinds(compare([before], [{ ...before, ...change }]))).toContain(kind);
  });

  test('the verdict of a platform', () => {
    const platforms = [{ platform: 'linux/amd64', digest: other, verdict: 'pass', reason: null }] as const;
    const now = [{ ...platforms[0], verdict: 'fail', reason: 'NO_SIGNATURE' }] as const;
    const [news] = compare([{ ...before, platforms }], [{ ...before, platforms: now }]);
    expect(news).toMatchObject({ kind: 'verdict-changed', platform: 'linux/amd64', after: { verdict: 'fail' } });
  });

  test('words, paths and places are not news', () => {
    const now = { ...before, message: 'other words', sources: [], reference: 'ghcr.io/ACME/app:1.0' };
    expect(compare([before], [now])).toEqual([]);
  });
});

describe('signatures', () => {
  test('several of one .sig tag share the digest of their payload, and are counted', () => {
    const layer = signatureResult({ format: 'legacy' });
    const two = imageResult({ signatures: [layer, layer] });
    const one = imageResult({ signatures: [layer] });
    expect(kinds(compare([two], [one]))).toEqual(['signature-vanished']);
    expect(kinds(compare([one], [two]))).toEqual(['signature-appeared']);
    expect(kinds(compare([imageResult({ signatures: [layer, layer, layer] })], [one]))).toEqual([
      'signature-vanished',
      'signature-vanished',
    ]);
  });

  test('another signer of the same payload is one that vanished and one that appeared', () => {
    const mallory = signatureResult({ format: 'legacy', subject: 'mallory@evil.example' });
    const news = compare(
      [imageResult({ signatures: [signatureResult({ format: 'legacy' })] })],
      [imageResult({ signatures: [mallory] })],
    );
    expect(kinds(news)).toEqual(['signature-vanished', 'signature-appeared']);
  });

  test('a bundle whose certificate is no longer trusted has changed', () => {
    const refused = {
      verdict: 'rejected',
      reason: 'CERTIFICATE_UNTRUSTED',
      unverified: true,
      signedAt: null,
      log: null,
    };
    const now = imageResult({ signatures: [signatureResult(refused as Partial<SignatureResult>)] });
    expect(kinds(compare([imageResult()], [now]))).toEqual(['signature-changed']);
  });

  test('news about one digest with several tags is told once, with all of them', () => {
    const tags = ['1.0', '1.0.0', 'latest'];
    const before = tags.map((tag) => imageResult({ tag, reference: `ghcr.io/acme/app:${tag}` }));
    const news = compare(
      before,
      before.map((image) => ({ ...image, signatures: [] })),
    );
    expect(news).toHaveLength(1);
    expect(news[0]).toMatchObject({ keys: tags.map((tag) => `ghcr.io/acme/app:${tag}`) });
  });

  test('as many vanish and appear as there are fewer and more', () => {
    fc.assert(
      fc.property(fc.array(SIGNATURE, { maxLength: 5 }), fc.array(SIGNATURE, { maxLength: 5 }), (old, now) => {
        const news = compare([imageResult({ signatures: old })], [imageResult({ signatures: now })]);
        const count = (kind: string): number => news.filter((one) => one.kind === kind).length;
        expect(count('signature-appeared') - count('signature-vanished')).toBe(now.length - old.length);
      }),
      { numRuns: 200 },
    );
  });

  test('an input that asks for attestations is no news', () => {
    expect(compare([imageResult()], [{ ...imageResult(), attestations: [] }])).toEqual([]);
  });
});

describe('registries', () => {
  const there = (digest: string, repository: string): ImageResult => imageResult({ repository, digest });
  const same = [there(digestOf('1'), 'ghcr.io/acme/app'), there(digestOf('1'), 'docker.io/acmeinc/app')];
  const differ = [there(digestOf('1'), 'ghcr.io/acme/app'), there(digestOf('2'), 'docker.io/acmeinc/app')];

  test('that differ are news without a baseline, and once', () => {
    expect(kinds(compare(undefined, differ))).toEqual(['registries-differ']);
    expect(compare(undefined, same)).toEqual([]);
    expect(kinds(compare(same, differ))).toEqual(['moved', 'registries-differ']);
    expect(compare(differ, differ)).toEqual([]);
  });

  test('two repositories of one registry may differ', () => {
    expect(
      compare(undefined, [there(digestOf('1'), 'ghcr.io/acme/app'), there(digestOf('2'), 'ghcr.io/web/app')]),
    ).toEqual([]);
  });
});

describe('images that are gone', () => {
  test('have disappeared only if that is known', () => {
    const before = imagesOf([imageResult()]);
    expect(kinds(compareAudits(before, new Map(), always))).toEqual(['disappeared']);
    expect(compareAudits(before, new Map(), () => false)).toEqual([]);
  });

  test('and come back are compared with the last digest', () => {
    const { images } = parseBaseline(Buffer.from(formatBaseline([imageResult()])));
    const [kept] = images.values();
    if (kept === undefined) throw new Error('nothing was kept');
    const gone = parseBaseline(Buffer.from(formatBaseline([missingImage(kept)]))).images;
    const before = new Map([...gone].map(([key, { facts }]) => [key, facts]));
    expect([...before.values()][0]).toMatchObject({ isMissing: true, digest: digestOf('1') });
    expect(compareAudits(before, before, always)).toEqual([]);
    const [back] = compareAudits(before, imagesOf([imageResult({ digest: digestOf('2') })]), always);
    expect(back).toMatchObject({ kind: 'appeared', before: digestOf('1') });
  });
});

test('the title counts, and has no text of others', () => {
  const hostile = imageResult({ repository: 'ghcr.io/acme/x', signatures: [signatureResult({ subject: '$(id)' })] });
  expect(changesTitle(compare([], [hostile, imageResult()]))).toBe('Image audit: 2 images appeared');
  expect(changesTitle([])).toBe('');
});
