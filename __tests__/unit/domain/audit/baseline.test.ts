import { describe, expect, test } from 'vitest';
import { AUDITED_MAX, formatBaseline, parseBaseline } from '../../../../src/domain/audit/baseline.ts';
import { digestOf, imageResult, signatureResult } from './audit-samples.ts';

const read = (text: string) => parseBaseline(Buffer.from(text));
const good = { schemaVersion: 2, verified: false, images: [imageResult()] };

test('a baseline is read as it was written', () => {
  const { images } = read(formatBaseline([imageResult(), imageResult({ tag: '1.1' })]));
  expect([...images.keys()]).toEqual(['ghcr.io/acme/app:1.0', 'ghcr.io/acme/app:1.1']);
  expect(images.get('ghcr.io/acme/app:1.0')?.written).toEqual(imageResult());
});

test('results of a gate serve as one: undecided images are left out, and digests have keys of their own', () => {
  const pinned = imageResult({ reference: `ghcr.io/acme/app:1.0@${digestOf('1')}` });
  const undecided = { ...imageResult(), verdict: 'error', reason: 'REGISTRY_UNAVAILABLE', digest: null };
  const { images } = read(JSON.stringify({ ...good, verified: true, images: [pinned, undecided] }));
  expect([...images.keys()]).toEqual([`ghcr.io/acme/app@${digestOf('1')}`]);
});

describe('a damaged baseline is refused', () => {
  const image = (change: object): object => ({ ...good, images: [{ ...imageResult(), ...change }] });
  const signature = (change: object): object => image({ signatures: [{ ...signatureResult(), ...change }] });
  test.each<[string, unknown, string]>([
    ['a list', [], 'not a JSON object'],
    ['null', null, 'not a JSON object'],
    ['no version', { ...good, schemaVersion: undefined }, 'schemaVersion'],
    ['a version as text', { ...good, schemaVersion: '2' }, 'schemaVersion'],
    ['no images', { ...good, images: undefined }, 'images is not a list'],
    ['images that are null', { ...good, images: null }, 'images is not a list'],
    ['an image that is null', { ...good, images: [null] }, 'images[0] is not an object'],
    ['no verified', { ...good, verified: undefined }, 'verified'],
    ['a shortened output', { ...good, truncated: true }, 'shortened'],
    ['an image twice', { ...good, images: [imageResult(), imageResult()] }, 'images[1] is there twice'],
    ['no verdict', image({ verdict: undefined }), 'verdict is not text'],
    ['another verdict', image({ verdict: 'PASS' }), 'verdict is not one of'],
    ['no digest', image({ digest: null }), 'digest is null'],
    ['a digest that is none', image({ digest: 'sha256:1' }), 'digest is not a sha256 digest'],
    ['a tag that is none', image({ tag: '../x' }), 'tag is not a tag'],
    ['no repository', image({ repository: null }), 'repository is null'],
    ['a reason that is prose', image({ reason: 'because\n::error::' }), 'reason is not a reason code'],
    ['no signatures', image({ signatures: undefined }), 'signatures is not a list'],
    ['a signature that is text', image({ signatures: ['x'] }), 'signatures[0] is not an object'],
    ['a subject that is a number', signature({ subject: 1 }), 'subject is not text'],
    ['no claims', signature({ claims: undefined }), 'claims is not an object'],
    ['a claim that is a number', signature({ claims: { x: 1 } }), 'claims: a value is not text'],
    ['a log without index', signature({ log: { url: 'x' } }), 'log.index is not a number'],
    ['attestations that are null', image({ attestations: null }), 'attestations is not a list'],
    ['an attestation without type', image({ attestations: [signatureResult()] }), 'predicateType is not text'],
    ['platforms that are null', image({ platforms: null }), 'platforms is not a list'],
    ['unverified as text', signature({ unverified: 'true' }), 'unverified is not true or false'],
  ])('%s', (_name, value, problem) => {
    expect(() => read(JSON.stringify(value))).toThrow(problem);
  });

  test.each([
    ['nothing', ''],
    ['half of it', JSON.stringify(good).slice(0, 400)],
    ['a duplicate key', JSON.stringify(good).replace('"images":', '"images":[],"images":')],
    ['a key in another spelling', JSON.stringify(good).replace('"images":', '"Images":[],"images":')],
    ['a digest in another spelling', JSON.stringify(good).replace('"digest":', '"DIGEST":"x","digest":')],
    ['a byte order mark', `\ufeff${JSON.stringify(good)}`],
  ])('%s', (_name, text) => {
    expect(() => read(text)).toThrow('it is not valid JSON');
  });

  test('bytes that are no text', () => {
    expect(() => parseBaseline(Buffer.from([0x7b, 0xff, 0x7d]))).toThrow('it is not valid JSON');
  });
});

test('more images than two runs can leave behind are neither written nor read', () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => imageResult({ tag: `t${index}` }));
  expect(read(formatBaseline(many(2 * AUDITED_MAX))).images.size).toBe(2 * AUDITED_MAX);
  expect(() => formatBaseline(many(2 * AUDITED_MAX + 1))).toThrow('more than 4000 images');
  const text = JSON.stringify({ ...good, images: many(2 * AUDITED_MAX + 1) });
  expect(() => read(text)).toThrow('more than 4000 images');
});
