import type { ImageResult, SignatureResult, Verdict } from '../domain/results.ts';
import { markdownCode, markdownLink, markdownText } from './escape.ts';

/** A symbol for each verdict, for readers who only scan. */
export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = { pass: '✅', allowed: '⚠️', fail: '❌', error: '❗' };

/** The only public log with a search page. Others have an API or nothing to open in a browser. */
export const PUBLIC_LOG = 'https://rekor.sigstore.dev';

type NamedImage = Pick<ImageResult, 'repository' | 'tag' | 'reference'>;

/** A tag that a reference gives the image. */
export interface NamedTag {
  readonly name: string;
  /** False for a tag next to a digest: it is only a label, and the registry was not asked about it. */
  readonly isChecked: boolean;
}

/**
 * The tags of an image, each once, starting with its own: those that the registry was asked about, and the others.
 * Without an entry in `tags`, the reference tells about its own tag; the digest may also be an input of its own.
 */
export function tagsOf(
  { tag, reference }: NamedImage,
  tags: readonly NamedTag[],
): { readonly checked: readonly string[]; readonly unchecked: readonly string[] } {
  const isListed = tag === null || tags.some(({ name }) => name === tag);
  const all = isListed ? tags : [{ name: tag, isChecked: !reference.includes('@') }, ...tags];
  const names = [...(tag === null ? [] : [tag]), ...all.map(({ name }) => name)];
  const checked = new Set(all.filter(({ isChecked }) => isChecked).map(({ name }) => name));
  const unique = [...new Set(names)];
  return {
    checked: unique.filter((name) => checked.has(name)),
    unchecked: unique.filter((name) => !checked.has(name)),
  };
}

/** The repository with its tag, as people call the image, but without an unchecked tag. Untrusted. */
export function shortName(image: NamedImage, tags: readonly NamedTag[]): string {
  if (image.repository === null) return image.reference;
  const isChecked = image.tag !== null && tagsOf(image, tags).checked.includes(image.tag);
  return isChecked ? `${image.repository}:${image.tag}` : image.repository;
}

/** One character as markdownText writes it, except a blank. */
const SIGN = String.raw`(?:[\w.:,/…→’-]|&#\d+;)`;
/** Break points: after a slash, or after a dot before a long word, but not too early; without those, anywhere. */
const BREAKABLE = new RegExp(String.raw`${SIGN}{12,31}?(?:/(?=[\w.])|\.(?=\w{5}))|${SIGN}{32}(?=${SIGN})`, 'g');

/**
 * A fixed-width value that may wrap. Otherwise a long value would push the other columns out of view on a narrow
 * page. Only inside `<code>`, because elsewhere a break could turn the following text into a mention.
 */
export function codeCell(text: string): string {
  return `<code>${markdownText(text).replace(BREAKABLE, '$&<wbr>')}</code>`;
}

/** The number of tags listed with an image. */
const TAGS_SHOWN = 5;

/**
 * The name, further tags and the start of the digest: enough to recognise the image. The full digest is in a block
 * that can be copied.
 */
export function imageCell(image: ImageResult, tags: readonly NamedTag[] = []): string {
  const { checked, unchecked } = tagsOf(image, tags);
  const name = [codeCell(shortName(image, tags)), ...tagCells(checked.filter((tag) => tag !== image.tag))].join(' ');
  const what = unchecked.length === 1 ? 'tag' : 'tags';
  const label = unchecked.length === 0 ? '' : `, ${what} ${tagCells(unchecked).join(' ')} not checked`;
  return `${name}<br><sub>${digestStart(image.digest)}${label}</sub>`;
}

function tagCells(tags: readonly string[]): string[] {
  const shown = tags.slice(0, TAGS_SHOWN).map((tag) => codeCell(`:${tag}`));
  return tags.length > TAGS_SHOWN ? [...shown, `+${tags.length - TAGS_SHOWN}`] : shown;
}

/** The number of platforms listed with an image. */
const PLATFORMS_SHOWN = 8;

/** Up to a few platform names in code cells, each once, and the number of the others. */
export function platformCells(platforms: readonly { readonly platform: string }[]): string {
  const names = [...new Set(platforms.map(({ platform }) => platform))];
  const left = names.length > PLATFORMS_SHOWN ? [`+${names.length - PLATFORMS_SHOWN}`] : [];
  return [...names.slice(0, PLATFORMS_SHOWN).map(codeCell), ...left].join(', ');
}

function digestStart(digest: string | null): string {
  if (digest === null) return 'not resolved';
  const start = /^sha256:[0-9a-f]{12}/.exec(digest)?.[0];
  return start === undefined ? markdownCode(digest) : `<code>${start}</code>…`;
}

/** A link to the entry if it has a page, else log and index. */
export function logCell(log: SignatureResult['log']): string {
  if (log === null) return '–';
  if (log.url === PUBLIC_LOG) {
    return markdownLink(String(log.index), `https://search.sigstore.dev/?logIndex=${log.index}`);
  }
  return `${log.index} in ${codeCell(logName(log.url))}`;
}

/** A log's address without its scheme. */
export function logName(url: string): string {
  return url.replace(/^https:\/\//, '');
}

/** `2026-11-22 10:00:00 UTC` of an RFC 3339 time. */
export function timeCell(time: string | null): string {
  if (time === null) return '–';
  const [, date, clock] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(time) ?? [];
  // Only digits and separators, so no escaping: people can copy it and search for it.
  return date === undefined ? markdownText(time) : `${date} ${clock} UTC`;
}

/** `1 image`, `3 images`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A folded section. `title` is trusted Markdown or escaped text. */
export function folded(title: string, ...parts: readonly string[]): string {
  return [`<details><summary>${title}</summary>`, ...parts, '</details>'].join('\n\n');
}

/** A Markdown table. The caller has escaped every cell. */
export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
