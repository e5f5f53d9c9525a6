import type { Digest } from '../image/digest.ts';
import { canonicalJson, canonicalOrder } from '../text/canonical-json.ts';
import type { ImageFacts, PlatformFacts, SignatureFacts } from './image-facts.ts';

/** One thing that is not as the last run saw it. */
export type News =
  | { readonly kind: 'moved' | 'appeared'; readonly image: ImageFacts; readonly before: Digest | undefined }
  /** `image` as the last run saw it. */
  | { readonly kind: 'disappeared'; readonly image: ImageFacts }
  | ({ readonly kind: 'signature-vanished' | 'signature-appeared'; readonly signature: SignatureFacts } & SameImage)
  | ({
      readonly kind: 'signature-changed';
      readonly before: SignatureFacts;
      readonly signature: SignatureFacts;
    } & SameImage)
  | ({
      readonly kind: 'verdict-changed';
      /** Undefined for the image itself. */
      readonly platform: string | undefined;
      readonly before: Decision;
      readonly after: Decision;
    } & SameImage)
  /** Images with one name and tag on several registries, and not the same content. */
  | { readonly kind: 'registries-differ'; readonly name: string; readonly images: readonly ImageFacts[] };

/** An image whose digest has not changed, under all its names. */
interface SameImage {
  readonly keys: readonly string[];
  readonly repository: string;
  readonly digest: Digest;
}

interface Decision {
  readonly verdict: string;
  readonly reason: string | null;
}

/** From what matters most. */
export const NEWS_KINDS: readonly News['kind'][] = [
  'moved',
  'disappeared',
  'signature-vanished',
  'verdict-changed',
  'signature-changed',
  'registries-differ',
  'appeared',
  'signature-appeared',
];

type Images = ReadonlyMap<string, ImageFacts>;

/**
 * Compares two audits. `before` undefined: the first run, which has nothing to compare with, so that only differences
 * between registries are news. `now` has the images that this run decided. An image of `before` that is not among them has
 * disappeared only if `isGone` says so. The order of the images does not matter.
 */
export function compareAudits(
  before: Images | undefined,
  now: Images,
  isGone: (image: ImageFacts) => boolean,
): readonly News[] {
  const news: News[] = registryNews(before, now);
  if (before === undefined) return sorted(news);
  for (const [key, image] of now) {
    const old = before.get(key);
    if (old === undefined || (old.isMissing && !image.isMissing)) {
      news.push({ kind: 'appeared', image, before: old?.digest });
    } else if (image.isMissing) {
      if (!old.isMissing) news.push({ kind: 'disappeared', image: old });
    } else if (old.digest === image.digest) {
      news.push(...imageNews(old, image));
    } else {
      news.push({ kind: 'moved', image, before: old.digest });
    }
  }
  for (const [key, image] of before) {
    if (!now.has(key) && !image.isMissing && isGone(image)) news.push({ kind: 'disappeared', image });
  }
  return sorted(merged(news));
}

/** What is news about an image with the same digest as before. */
function imageNews(old: ImageFacts, image: ImageFacts): News[] {
  const same = { keys: [image.key], repository: image.repository, digest: image.digest };
  const news: News[] = [];
  if (isOther(old, image)) {
    news.push({ kind: 'verdict-changed', ...same, platform: undefined, ...decisions(old, image) });
  }
  // Which platforms there are follows from the digest, unless one of the two runs did not look.
  const platforms = new Map(old.platforms.map((one) => [platformKey(one), one]));
  for (const platform of image.platforms) {
    const earlier = platforms.get(platformKey(platform));
    if (earlier === undefined || !isOther(earlier, platform)) continue;
    news.push({ kind: 'verdict-changed', ...same, platform: platform.platform, ...decisions(earlier, platform) });
  }
  news.push(...signatureNews(old.signatures, image.signatures, same));
  // An input added or removed since says nothing about the image.
  if (old.attestations !== undefined && image.attestations !== undefined) {
    news.push(...signatureNews(old.attestations, image.attestations, same));
  }
  return news;
}

function platformKey({ platform, digest }: PlatformFacts): string {
  return JSON.stringify([platform, digest]);
}

function isOther(one: Decision, other: Decision): boolean {
  return one.verdict !== other.verdict || one.reason !== other.reason;
}

function decisions(before: Decision, after: Decision): { readonly before: Decision; readonly after: Decision } {
  return {
    before: { verdict: before.verdict, reason: before.reason },
    after: { verdict: after.verdict, reason: after.reason },
  };
}

/**
 * Signatures are compared as a whole and counted: several of one `.sig` tag share the digest of their payload. Of those
 * that have no equal, two that must be the same signature are one that has changed: the bytes of a bundle have one digest,
 * and a signer's payload has one signer.
 */
function signatureNews(old: readonly SignatureFacts[], now: readonly SignatureFacts[], same: SameImage): News[] {
  const [vanished, appeared] = withoutEqual(old, now);
  const news: News[] = [];
  for (const rule of [isSameSigner, isSameBundle]) {
    for (const before of [...vanished]) {
      const index = appeared.findIndex((one) => rule(before, one));
      const [signature] = index < 0 ? [] : appeared.splice(index, 1);
      if (signature === undefined) continue;
      vanished.splice(vanished.indexOf(before), 1);
      news.push({ kind: 'signature-changed', ...same, before, signature });
    }
  }
  for (const signature of vanished) news.push({ kind: 'signature-vanished', ...same, signature });
  for (const signature of appeared) news.push({ kind: 'signature-appeared', ...same, signature });
  return news;
}

/** Those of each list that the other has not, or has fewer times, in an order that does not depend on that of the lists. */
function withoutEqual(
  old: readonly SignatureFacts[],
  now: readonly SignatureFacts[],
): readonly [SignatureFacts[], SignatureFacts[]] {
  const left = new Map<string, SignatureFacts[]>();
  for (const one of now) {
    const text = canonicalJson(one);
    const equal = left.get(text);
    if (equal === undefined) left.set(text, [one]);
    else equal.push(one);
  }
  const vanished = old.filter((one) => left.get(canonicalJson(one))?.pop() === undefined);
  return [canonicalOrder(vanished), canonicalOrder([...left.values()].flat())];
}

function isSameSigner(one: SignatureFacts, other: SignatureFacts): boolean {
  return isSamePlace(one, other) && one.issuer !== null && one.issuer === other.issuer && one.subject === other.subject;
}

function isSameBundle(one: SignatureFacts, other: SignatureFacts): boolean {
  return isSamePlace(one, other) && one.format === 'bundle';
}

function isSamePlace(one: SignatureFacts, other: SignatureFacts): boolean {
  return one.format === other.format && one.digest === other.digest && one.platform === other.platform;
}

/** `app:1.0` on two registries must be the same image: they share the last part of the path, and the tag. */
function registryNews(before: Images | undefined, now: Images): News[] {
  const groups = new Map<string, ImageFacts[]>();
  for (const image of now.values()) {
    if (image.tag === null || image.isMissing || image.key.includes('@')) continue;
    const name = `${image.repository.split('/').at(-1)}:${image.tag}`;
    groups.set(name, [...(groups.get(name) ?? []), image]);
  }
  return [...groups].flatMap(([name, images]): News[] => {
    const registries = new Set(images.map(({ repository }) => repository.split('/')[0]));
    const digests = new Set(images.map(({ digest }) => digest));
    if (registries.size < 2 || digests.size < 2) return [];
    const isKnown = images.every(({ key, digest }) => {
      const old = before?.get(key);
      return old !== undefined && !old.isMissing && old.digest === digest;
    });
    const ordered = images.toSorted((a, b) => compareText(a.key, b.key));
    return isKnown ? [] : [{ kind: 'registries-differ', name, images: ordered }];
  });
}

/** News about one digest that has several tags is told once, with all of them. */
function merged(news: readonly News[]): News[] {
  const rest: News[] = [];
  const byContent = new Map<string, { readonly one: News & SameImage; readonly keys: string[] }>();
  const seen = new Map<string, number>();
  for (const one of news) {
    if (!('keys' in one)) {
      rest.push(one);
      continue;
    }
    // Equal news about one key are two signatures, and stay two.
    const content = canonicalJson({ ...one, keys: [] });
    const own = `${content} ${one.keys.join(' ')}`;
    const nth = (seen.get(own) ?? 0) + 1;
    seen.set(own, nth);
    const id = `${nth} ${content}`;
    const before = byContent.get(id);
    if (before === undefined) byContent.set(id, { one, keys: [...one.keys] });
    else before.keys.push(...one.keys);
  }
  return [...rest, ...[...byContent.values()].map(({ one, keys }) => ({ ...one, keys: keys.toSorted(compareText) }))];
}

function sorted(news: readonly News[]): News[] {
  const ranked = news.map((one) => ({
    one,
    kind: NEWS_KINDS.indexOf(one.kind),
    text: `${nameOf(one)} ${canonicalJson(one)}`,
  }));
  return ranked.sort((a, b) => a.kind - b.kind || compareText(a.text, b.text)).map(({ one }) => one);
}

function nameOf(one: News): string {
  if ('keys' in one) return one.keys.join(' ');
  return one.kind === 'registries-differ' ? one.name : one.image.key;
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
